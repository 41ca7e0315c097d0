/*
 * table_record.c - a table that no page is wide enough for: its rows one below the other, each a list of "head: cell".
 *
 * In: the table's nodes. Out: pieces, and the hint table-stacked. Invariant: every cell that has text is set, with its column's head before
 * it; the first record has all heads.
 */
#include "print/table-int.h"

typedef struct {
	RnBlocks  *blocks;
	RnTextStyle body;
	char     **heads;           /* by column, as words; NULL-terminated */
	const RnNode *head;         /* the head's row; NULL: none */
	RnTag     *tag;
} Records;

static void tell (RnBlocks *blocks, const RnNode *node)
{
	RnSetter *setter = blocks->setter;
	g_autofree char *key = g_strdup_printf ("table-stacked %s:%u", setter->page != NULL && setter->page->file != NULL ? setter->page->file : "", node->line);
	if (rn_setter_first (setter, key))
		rn_diagnose (setter->sink, RN_D_TABLE_STACKED, rn_setter_place (setter, node->line), setter->product != NULL ? setter->product->name : "");
}

static void read_heads (Records *records, const RnNode *table, const RnTableLook *look)
{
	GPtrArray *heads = g_ptr_array_new ();
	const RnNode *row = table->first;
	if (!look->by_row && row->flags & RN_NODE_F_HEADER && row->next != NULL) {
		records->head = row;
		for (const RnNode *cell = row->first; cell != NULL; cell = cell->next) {
			GString *text = g_string_new (NULL);
			rn_node_text (cell, text);
			g_ptr_array_add (heads, g_strstrip (g_string_free (text, FALSE)));
		}
	}
	g_ptr_array_add (heads, NULL);
	records->heads = (char **) g_ptr_array_free (heads, FALSE);
}

/* "head: " in the head's face; with its notes the first time. */
static void add_head (Records *records, RnParagraph *paragraph, guint column, gboolean first)
{
	const RnNode *cell = records->head != NULL ? records->head->first : NULL;
	if (column >= g_strv_length (records->heads) || *records->heads[column] == '\0')
		return;
	for (guint i = 0; cell != NULL && i < column; i++)
		cell = cell->next;
	if (first && cell != NULL && !rn_table_has_blocks (cell))
		rn_paragraph_nodes (paragraph, cell->first, RN_TEXT_BOLD);
	else
		rn_paragraph_text (paragraph, records->heads[column], -1, RN_TEXT_BOLD, NULL, NULL);
	rn_paragraph_text (paragraph, ": ", -1, RN_TEXT_BOLD, NULL, NULL);
}

static void set_field (Records *records, const RnNode *cell, guint column, gboolean first, RnTag *list)
{
	RnBlocks inner = *records->blocks;
	RnTag *item = rn_blocks_tag (&inner, list, RN_ROLE_ITEM);
	inner.parent = rn_blocks_tag (&inner, item, RN_ROLE_ITEM_BODY);
	inner.body = &records->body;
	inner.bare = TRUE;
	RnParagraph *paragraph = rn_paragraph_new (inner.setter, &records->body, inner.parent);
	rn_paragraph_footnotes (paragraph, inner.footnotes);
	add_head (records, paragraph, column, first);
	gboolean blocks = rn_table_has_blocks (cell);
	if (!blocks && cell->first != NULL)
		rn_paragraph_nodes (paragraph, cell->first, 0);
	if (paragraph->first != NULL)
		rn_paragraph_set (paragraph, inner.galley, inner.x, inner.measure);
	if (blocks)
		rn_set_children (&inner, cell);
}

static void rule_below (RnBlocks *blocks, RnPiece *piece, RnLength padding)
{
	RnLength thick = MAX (blocks->setter->styles.rule, 1);
	piece->height += padding;
	const RnMark mark = { .kind = RN_MARK_RULE, .tint = 55, .x = blocks->x, .y = piece->height - thick, .w = blocks->measure, .h = thick };
	rn_piece_add_marks (blocks->galley->arena, piece, &mark, 1, TRUE);
}

static void set_record (Records *records, const RnNode *row, gboolean first)
{
	RnBlocks *blocks = records->blocks;
	RnLength padding = blocks->setter->styles.table_padding;
	guint start = blocks->galley->pieces->len, column = 0;
	RnTag *list = rn_blocks_tag (blocks, records->tag, RN_ROLE_LIST);
	blocks->galley->after = MAX (blocks->galley->after, padding);
	for (const RnNode *cell = row->first; cell != NULL; cell = cell->next, column++)
		if (cell->first != NULL || first)
			set_field (records, cell, column, first, list);
	guint n = blocks->galley->pieces->len;
	if (n == start)
		return;
	/* A record begins and ends with two lines at least. */
	if (n - start > 1)
		rn_blocks_piece (blocks, start + 1)->penalty = rn_blocks_piece (blocks, n - 1)->penalty = RN_KEEP;
	for (guint i = start; i < n; i++)
		rn_blocks_piece (blocks, i)->line = row->line;
	rule_below (blocks, rn_blocks_piece (blocks, n - 1), padding);
}

void rn_table_records (RnBlocks *blocks, const RnNode *table, const RnTableLook *look)
{
	Records records = { .blocks = blocks, .body = *look->body };
	tell (blocks, table);
	records.body.before = records.body.after = records.body.first_indent = records.body.left = records.body.right = 0;
	records.body.on_grid = FALSE;
	records.tag = rn_blocks_tag (blocks, blocks->parent, RN_ROLE_DIV);
	read_heads (&records, table, look);
	blocks->galley->after = MAX (blocks->galley->after, look->body->before);
	gboolean first = TRUE;
	for (const RnNode *row = table->first; row != NULL; row = row->next) {
		if (row == records.head)
			continue;
		set_record (&records, row, first);
		first = FALSE;
	}
	g_strfreev (records.heads);
	blocks->galley->after = look->body->after;
}
