/*
 * html_table.c - a table of sanitised HTML as TABLE, ROW and CELL nodes.
 *
 * In: a table element. Out: its caption as a paragraph, its rows. Invariant: a cell over several columns or rows stands in the first, the
 * others are empty, so that what is
 * below one another stays so.
 */
#include "print/html-int.h"

/* Beyond that no cell is spread. */
#define WIDEST 40

typedef struct {
	RnHtmlReader *reader;
	RnNode **rows;           /* where the next goes */
	guint below[WIDEST];     /* rows that are still taken, by column */
} Table;

static guint span (RnHtmlReader *reader, const xmlNode *cell, const char *name, guint most)
{
	const char *value = rn_html_attribute (reader, cell, name);
	guint64 n = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;
	return (guint) CLAMP (n, 1, most);
}

static gboolean has_blocks (const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		if (rn_html_is_block (child))
			return TRUE;
	return FALSE;
}

static void fill (RnHtmlReader *reader, const xmlNode *element, RnNode *cell)
{
	RnNode **tail = &cell->first;
	if (reader->depth >= RN_HTML_DEEPEST || !has_blocks (element)) {
		reader->blank = TRUE;
		for (const xmlNode *child = element->children; child != NULL; child = child->next)
			rn_html_inline (reader, child, &tail);
		return;
	}
	rn_html_blocks (reader, element->children, &tail);
}

static void empty_cells (Table *table, RnNode *row, RnNode ***cells, guint *column)
{
	while (*column < WIDEST && table->below[*column] > 0) {
		table->below[(*column)++]--;
		rn_html_add (table->reader, cells, RN_NODE_CELL)->flags = row->flags;
	}
}

static void add_row (Table *table, const xmlNode *element, gboolean in_head)
{
	RnHtmlReader *reader = table->reader;
	RnNode *row = rn_html_add (reader, &table->rows, RN_NODE_ROW), **cells = &row->first;
	guint column = 0;
	row->flags = in_head ? RN_NODE_F_HEADER : 0;
	for (const xmlNode *child = element->children; child != NULL; child = child->next) {
		gboolean head = rn_html_is (child, "th");
		if (!head && !rn_html_is (child, "td"))
			continue;
		empty_cells (table, row, &cells, &column);
		guint wide = span (reader, child, "colspan", WIDEST), deep = span (reader, child, "rowspan", 1000);
		RnNode *cell = rn_html_add (reader, &cells, RN_NODE_CELL);
		cell->flags = in_head || head ? RN_NODE_F_HEADER : 0;
		fill (reader, child, cell);
		for (guint i = 0; i < wide; i++, column++) {
			if (i > 0 && column < WIDEST)
				rn_html_add (reader, &cells, RN_NODE_CELL)->flags = row->flags;
			if (column < WIDEST)
				table->below[column] = deep - 1;
		}
	}
	empty_cells (table, row, &cells, &column);
}

/* A first row of heads alone is the table's head, also outside a thead. */
static gboolean all_heads (const xmlNode *row)
{
	guint heads = 0;
	for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
		if (rn_html_is (cell, "td"))
			return FALSE;
		heads += rn_html_is (cell, "th");
	}
	return heads > 0;
}

static void add_rows (Table *table, const xmlNode *element, gboolean in_head, gboolean *begun)
{
	for (const xmlNode *child = element->children; child != NULL; child = child->next) {
		if (rn_html_is (child, "tr")) {
			add_row (table, child, in_head || (!*begun && all_heads (child)));
			*begun = TRUE;
		} else if (rn_html_is (child, "thead") || rn_html_is (child, "tbody") || rn_html_is (child, "tfoot")) {
			if (table->reader->depth >= RN_HTML_DEEPEST)
				continue;
			table->reader->depth++;
			add_rows (table, child, rn_html_is (child, "thead"), begun);
			table->reader->depth--;
		}
	}
}

void rn_html_nodes_table (RnHtmlReader *reader, const xmlNode *element, RnNode ***tail)
{
	for (const xmlNode *child = element->children; child != NULL; child = child->next)
		if (rn_html_is (child, "caption")) {
			RnNode *paragraph = rn_html_add (reader, tail, RN_NODE_PARAGRAPH), **first = &paragraph->first;
			RnNode *strong = rn_html_add (reader, &first, RN_NODE_STRONG), **words = &strong->first;
			reader->blank = TRUE;
			for (const xmlNode *inner = child->children; inner != NULL; inner = inner->next)
				rn_html_inline (reader, inner, &words);
		}
	RnNode *out = rn_html_add (reader, tail, RN_NODE_TABLE);
	Table table = { .reader = reader, .rows = &out->first };
	gboolean begun = FALSE;
	out->extra = rn_html_attribute (reader, element, "id");
	add_rows (&table, element, FALSE, &begun);
}
