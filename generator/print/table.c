/*
 * table.c - tables: rows side by side as wide as table_width.c says, with thin rules between them.
 *
 * In: TABLE nodes. Out: a piece a row; a row that is higher than half a column is as many pieces as its longest cell has. Invariant: the
 * head's rows are one piece, which every row's pieces
 * name as their `repeat`.
 */
#include "print/table-int.h"

#include <string.h>

#define RULE_TINT ((RnTint) 55)

typedef struct {
	RnTable   *table;
	RnGalley **columns;       /* the cells of the row at hand */
	RnLength   full;           /* the table's width */
	const RnPiece *head;       /* to be repeated; NULL: none */
} Rows;

/* Is the cell a head, of a column or (by_row) of its row? */
static gboolean is_head (const RnTable *table, const RnNode *row, guint column)
{
	return table->look->by_row ? column == 0 : (row->flags & RN_NODE_F_HEADER) != 0;
}

gboolean rn_table_has_blocks (const RnNode *cell)
{
	return cell->first != NULL && cell->first->type < RN_NODE_TEXT;
}

const RnNode *rn_table_cell (const RnTable *table, guint row, guint column)
{
	return table->cells[(gsize) row * table->n_columns + column];
}

const RnTextStyle *rn_table_style (const RnTable *table, const RnNode *row, guint column, const RnNode *cell)
{
	RnAlign align = cell->level == 'c' ? RN_ALIGN_CENTRE : cell->level == 'r' ? RN_ALIGN_RIGHT : RN_ALIGN_LEFT;
	return &table->styles[is_head (table, row, column)][align];
}

/* A cell that shows no text still has its place in the row for those who hear it: text without a letter stands for it. */
static void mark_empty (RnGalley *galley, const RnTag *tag, const RnFont *font)
{
	for (guint i = 0; i < galley->pieces->len; i++) {
		const RnPiece *piece = g_ptr_array_index (galley->pieces, i);
		for (guint k = 0; k < piece->n_marks; k++)
			if (piece->marks[k].tag)
				return;
	}
	RnPiece *piece = galley->pieces->len ? rn_galley_last (galley) : rn_galley_add (galley, 0);
	const RnMark mark = { .kind = RN_MARK_TEXT, .tag = tag, .text.font = font };
	rn_piece_add_marks (galley->arena, piece, &mark, 1, FALSE);
}

static void fill_cell (Rows *rows, guint row, guint column)
{
	RnTable *table = rows->table;
	RnBlocks *blocks = table->blocks;
	const RnNode *cell = rn_table_cell (table, row, column);
	RnGalley *galley = rows->columns[column];
	if (cell == NULL)
		return;
	RnParagraph *paragraph = table->paragraphs[(gsize) row * table->n_columns + column];
	if (paragraph != NULL) {
		rn_paragraph_set (paragraph, galley, 0, table->widths[column]);
		return;
	}
	RnBlocks inner = *blocks;
	inner.galley = galley;
	inner.x = 0;
	inner.measure = table->widths[column];
	inner.parent = table->tags[(gsize) row * table->n_columns + column];
	inner.body = rn_table_style (table, table->rows[row], column, cell);
	inner.list_depth = 0;
	inner.bare = TRUE;
	rn_set_children (&inner, cell);
}

/* Sets one cell into its galley. */
static void set_cell (Rows *rows, guint row, guint column)
{
	RnTag *tag = rows->table->tags[(gsize) row * rows->table->n_columns + column];
	fill_cell (rows, row, column);
	if (tag)
		mark_empty (rows->columns[column], tag, rn_style_font (rows->table->blocks->setter, &rows->table->styles[0][RN_ALIGN_LEFT], 0));
}

static RnLength highest (const Rows *rows)
{
	RnLength height = 0;
	for (guint i = 0; i < rows->table->n_columns; i++)
		height = MAX (height, rn_galley_height (rows->columns[i]));
	return height;
}

typedef struct { guint marks, notes, anchors; } Counts;

static Counts count_row (const Rows *rows)
{
	Counts all = { 0 };
	for (guint k = 0; k < rows->table->n_columns; k++)
		for (guint i = 0; i < rows->columns[k]->pieces->len; i++) {
			const RnPiece *piece = g_ptr_array_index (rows->columns[k]->pieces, i);
			all.marks += piece->n_marks;
			all.notes += piece->n_notes;
			all.anchors += piece->n_anchors;
		}
	return all;
}

/* All cells of a row as one piece at the galley's end, its text TOP below its upper edge. */
static RnPiece *join_row (Rows *rows, RnLength top, RnLength height)
{
	RnGalley *galley = rows->table->blocks->galley;
	Counts all = count_row (rows);
	RnPiece *out = rn_galley_add (galley, height);
	RnMark *marks = rn_arena_newn (galley->arena, RnMark, all.marks);
	const RnNote **notes = rn_arena_newn (galley->arena, const RnNote *, all.notes);
	const char **anchors = rn_arena_newn (galley->arena, const char *, all.anchors);
	for (guint k = 0; k < rows->table->n_columns; k++) {
		RnLength y = top;
		for (guint i = 0; i < rows->columns[k]->pieces->len; i++) {
			const RnPiece *piece = g_ptr_array_index (rows->columns[k]->pieces, i);
			y += i > 0 ? piece->space : 0;
			for (guint m = 0; m < piece->n_marks; m++) {
				RnMark *mark = &marks[out->n_marks++];
				*mark = piece->marks[m];
				mark->x += rows->table->xs[k];
				mark->y += y;
			}
			for (guint m = 0; m < piece->n_notes; m++)
				notes[out->n_notes++] = piece->notes[m];
			for (guint m = 0; m < piece->n_anchors; m++)
				anchors[out->n_anchors++] = piece->anchors[m];
			y += piece->height;
		}
	}
	out->marks = marks;
	out->notes = notes;
	out->anchors = anchors;
	return out;
}

static RnMark rule_at (const Rows *rows, RnLength y)
{
	RnLength thick = MAX (rows->table->blocks->setter->styles.rule, 1);
	return (RnMark) { .kind = RN_MARK_RULE, .tint = RULE_TINT, .x = rows->table->blocks->x, .y = y, .w = rows->full, .h = thick };
}

/* A row's rules and tint: below its last piece, behind all; above the first too if the table begins with it. */
static void finish_row (Rows *rows, guint start, gboolean first, gboolean head)
{
	RnBlocks *blocks = rows->table->blocks;
	RnArena *arena = blocks->galley->arena;
	guint n = blocks->galley->pieces->len;
	for (guint i = start; i < n; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		RnMark marks[3];
		guint n_marks = 0;
		if (head && blocks->setter->styles.table_head_tint > 0)
			marks[n_marks++] = (RnMark) {
				.kind = RN_MARK_RULE, .tint = blocks->setter->styles.table_head_tint, .x = blocks->x, .w = rows->full, .h = piece->height,
			};
		if (first && i == start)
			marks[n_marks++] = rule_at (rows, 0);
		if (i + 1 == n)
			marks[n_marks++] = rule_at (rows, piece->height - MAX (blocks->setter->styles.rule, 1));
		rn_piece_add_marks (arena, piece, marks, n_marks, TRUE);
	}
}

/* A row that may be broken over columns, line by line. */
static void zip_row (Rows *rows, RnLength padding)
{
	RnBlocks *blocks = rows->table->blocks;
	guint start = blocks->galley->pieces->len;
	RnPiece *piece;
	rn_galley_zip (blocks->galley, rows->columns, rows->table->xs, rows->table->n_columns);
	guint n = blocks->galley->pieces->len;
	for (guint i = start; i < n; i++) {
		piece = rn_blocks_piece (blocks, i);
		piece->on_grid = FALSE;
		rn_piece_close (piece);
	}
	piece = rn_blocks_piece (blocks, start);
	rn_piece_shift (piece, 0, padding);
	piece->height += padding;
	rn_blocks_piece (blocks, n - 1)->height += padding;
}

/* The head as it stands again over the next column: heard once is enough, so there it is an artifact. */
static const RnPiece *repeated (RnArena *arena, const RnPiece *head)
{
	RnPiece *copy = rn_arena_new0 (arena, RnPiece);
	RnMark *marks = rn_arena_newn (arena, RnMark, head->n_marks);
	if (head->n_marks > 0)
		memcpy (marks, head->marks, sizeof *marks * head->n_marks);
	for (guint i = 0; i < head->n_marks; i++) {
		marks[i].tag = NULL;
		marks[i].target = NULL;
	}
	copy->height = head->height;
	copy->marks = marks;
	copy->n_marks = head->n_marks;
	return copy;
}

static void clear (Rows *rows)
{
	for (guint i = 0; i < rows->table->n_columns; i++) {
		RnGalley *galley = rows->columns[i];
		g_ptr_array_set_size (galley->pieces, 0);
		galley->after = 0;
		galley->hold = FALSE;
	}
}

static void set_row (Rows *rows, guint row)
{
	RnTable *table = rows->table;
	RnBlocks *blocks = table->blocks;
	RnLength padding = table->padding;
	const RnNode *node = table->rows[row];
	gboolean head = !table->look->by_row && (node->flags & RN_NODE_F_HEADER) != 0;
	guint start = blocks->galley->pieces->len;
	RnLength space = rn_galley_meet (blocks->galley, row == 0 ? table->look->body->before : 0, 0);

	clear (rows);
	for (guint column = 0; column < table->n_columns; column++)
		set_cell (rows, row, column);
	RnLength height = MAX (highest (rows), table->styles[0][RN_ALIGN_LEFT].leading) + 2 * padding;
	if (blocks->column_height > 0 && height > blocks->column_height / 2)
		zip_row (rows, padding);
	else
		join_row (rows, padding, height);
	RnPiece *first = rn_blocks_piece (blocks, start);
	first->space = space;
	for (guint i = start; i < blocks->galley->pieces->len; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		piece->line = node->line;
		piece->repeat = rows->head;
	}
	finish_row (rows, start, row == 0, head);
	blocks->galley->after = 0;
	blocks->galley->hold = head;
	if (head && row == 0 && blocks->galley->pieces->len == start + 1)
		rows->head = repeated (blocks->galley->arena, first);
}

static void set_rows (RnTable *table)
{
	RnBlocks *blocks = table->blocks;
	Rows rows = { .table = table };
	RnLength x = blocks->x;
	rows.columns = g_newa (RnGalley *, table->n_columns);
	for (guint i = 0; i < table->n_columns; i++) {
		rows.columns[i] = rn_galley_new (blocks->galley->arena);
		table->xs[i] = x + table->padding;
		x += table->widths[i] + 2 * table->padding;
	}
	rows.full = x - blocks->x;
	guint start = blocks->galley->pieces->len;
	for (guint row = 0; row < table->n_rows; row++)
		set_row (&rows, row);
	/* The head holds its first row anyway. */
	rn_blocks_cohere (blocks, rows.head && table->n_rows > 1 ? start + 1 : start);
	for (guint i = 0; i < table->n_columns; i++)
		rn_galley_free (rows.columns[i]);
	blocks->galley->hold = FALSE;
	blocks->galley->after = table->look->body->after;
}

/* Cells in a style have no white and no indent of their own. */
static void make_styles (RnTable *table)
{
	for (guint head = 0; head < 2; head++)
		for (guint align = 0; align < RN_TABLE_ALIGNS; align++) {
			RnTextStyle *style = &table->styles[head][align];
			*style = head ? *table->look->head : *table->look->body;
			style->before = style->after = style->first_indent = style->left = style->right = 0;
			style->align = (guint8) align;
			/* At first: see table_width.c. */
			style->hyphenate = FALSE;
			style->on_grid = style->keep_with_next = FALSE;
		}
}

static void collect (RnTable *table)
{
	RnBlocks *blocks = table->blocks;
	RnTag *tag = rn_blocks_tag (blocks, blocks->parent, RN_ROLE_TABLE);
	guint row = 0;
	for (const RnNode *node = table->node->first; node != NULL; node = node->next, row++) {
		RnTag *row_tag = rn_blocks_tag (blocks, tag, RN_ROLE_ROW);
		guint column = 0;
		table->rows[row] = node;
		for (const RnNode *cell = node->first; cell != NULL; cell = cell->next, column++) {
			gsize at = (gsize) row * table->n_columns + column;
			gboolean head = is_head (table, node, column) || (cell->flags & RN_NODE_F_HEADER) != 0;
			RnTag *cell_tag = rn_blocks_tag (blocks, row_tag, head ? RN_ROLE_HEADER_CELL : RN_ROLE_CELL);
			cell_tag->by_row = head && !(node->flags & RN_NODE_F_HEADER);
			table->cells[at] = cell;
			table->tags[at] = cell_tag;
		}
	}
}

void rn_set_table_as (RnBlocks *blocks, const RnNode *node, const RnTableLook *look)
{
	RnTable table = { .blocks = blocks, .look = look, .node = node, .padding = blocks->setter->styles.table_padding, .percent = 100 };
	for (const RnNode *row = node->first; row != NULL; row = row->next, table.n_rows++) {
		guint n = 0;
		for (const RnNode *cell = row->first; cell != NULL; cell = cell->next)
			n++;
		table.n_columns = MAX (table.n_columns, n);
	}
	if (table.n_columns == 0)
		return;
	gboolean fits = FALSE;
	if (table.n_columns <= RN_TABLE_COLUMNS) {
		gsize n = (gsize) table.n_rows * table.n_columns;
		g_autofree const RnNode **rows = g_new0 (const RnNode *, table.n_rows), **cells = g_new0 (const RnNode *, n);
		g_autofree RnParagraph **paragraphs = g_new0 (RnParagraph *, n);
		g_autofree RnTag **tags = g_new0 (RnTag *, n);
		RnLength lengths[RN_TABLE_COLUMNS * 4] = { 0 };
		table.rows = rows;
		table.cells = cells;
		table.paragraphs = paragraphs;
		table.tags = tags;
		table.words = lengths;
		table.most = lengths + RN_TABLE_COLUMNS;
		table.widths = lengths + RN_TABLE_COLUMNS * 2;
		table.xs = lengths + RN_TABLE_COLUMNS * 3;
		make_styles (&table);
		collect (&table);
		fits = rn_table_choose (&table);
		if (fits)
			set_rows (&table);
	}
	if (!fits)
		rn_table_records (blocks, node, look);
}

void rn_set_table (RnBlocks *blocks, const RnNode *table)
{
	const RnStyles *styles = &blocks->setter->styles;
	const RnTableLook look = { .head = &styles->text[RN_STYLE_TABLE_HEAD], .body = &styles->text[RN_STYLE_TABLE] };
	rn_set_table_as (blocks, table, &look);
}
