/*
 * table_width.c - how wide each column of a table is: CSS's automatic layout, between the narrowest and the widest that its text can be.
 *
 * In: the cells. Out: a size in percent, the paragraphs made at that size, the columns' widths. Invariant: widths and paddings together
 * never exceed the measure.
 *
 * Words are parted only where whole ones do not fit beside each other; then the type is made smaller; what still does not fit is no table
 * on this page.
 */
#include "print/table-int.h"

/* A column whose words may be parted is still so many times its size wide, or as wide as its longest word. */
#define LEAST_EMS 4
/* A text of more lines is parted too, so that its lines are full. */
#define LONG_LINES 3
#define SMALLEST 80
#define STEP 5

/* The text of a cell of blocks, for its widths alone. */
static RnParagraph *words_of (const RnTable *table, const RnNode *cell, const RnTextStyle *style)
{
	g_autoptr (GString) text = g_string_new (NULL);
	RnParagraph *paragraph = rn_paragraph_new (table->blocks->setter, style, NULL);
	rn_node_text (cell, text);
	rn_paragraph_text (paragraph, text->str, (gssize) text->len, 0, NULL, NULL);
	return paragraph;
}

static RnParagraph *make (RnTable *table, guint row, guint column, const RnNode *cell)
{
	RnBlocks *blocks = table->blocks;
	gsize at = (gsize) row * table->n_columns + column;
	RnParagraph *paragraph = rn_paragraph_new (blocks->setter, rn_table_style (table, table->rows[row], column, cell), table->tags[at]);
	rn_paragraph_footnotes (paragraph, blocks->footnotes);
	rn_paragraph_at (paragraph, cell->line);
	rn_paragraph_nodes (paragraph, cell->first, 0);
	return table->paragraphs[at] = paragraph;
}

/* Makes every cell's paragraph and notes the widths of each column. */
static void make_all (RnTable *table)
{
	for (guint row = 0; row < table->n_rows; row++)
		for (guint column = 0; column < table->n_columns; column++) {
			const RnNode *cell = rn_table_cell (table, row, column);
			if (cell == NULL || cell->first == NULL)
				continue;
			gboolean blocks = rn_table_has_blocks (cell);
			RnLength word, line;
			rn_paragraph_widths (blocks ? words_of (table, cell, rn_table_style (table, table->rows[row], column, cell)) : make (table, row, column, cell),
			                     &word, &line);
			/* Lists and the like are moved to the right, by about so much. */
			RnLength aside = blocks ? table->blocks->setter->styles.list_indent : 0;
			table->words[column] = MAX (table->words[column], word + aside);
			table->most[column] = MAX (table->most[column], line + aside);
		}
}

/* The narrowest a column may be at PERCENT of the size. */
static RnLength narrowest (const RnTable *table, guint column, guint percent, gboolean parted)
{
	gint64 word = (gint64) table->words[column] * percent / 100 + (percent < 100 ? 100 : 0);
	gint64 least = (gint64) table->look->body->size * LEAST_EMS * percent / 100;
	return (RnLength) (parted ? MIN (word, least) : word);
}

/* Gives each column its part of ROOM. FALSE: there is not enough. */
static gboolean distribute (RnTable *table, RnLength room, guint percent, gboolean parted)
{
	gint64 least = 0, most = 0;
	for (guint i = 0; i < table->n_columns; i++) {
		RnLength low = narrowest (table, i, percent, parted);
		table->widths[i] = low;
		least += low;
		most += MAX ((gint64) table->most[i] * percent / 100, low);
	}
	if (least > room)
		return FALSE;
	/* A table that is much narrower than the measure is left so; else it is made as wide. Labels stay near their values. */
	gboolean fill = most * 3 > (gint64) room * (table->look->by_row ? 2 : 1);
	gint64 spare = most > room ? room - least : fill ? room - most : 0;
	gint64 over = most > room ? most - least : most;
	for (guint i = 0; i < table->n_columns; i++) {
		RnLength low = table->widths[i];
		gint64 wish = MAX ((gint64) table->most[i] * percent / 100, low);
		if (most > room)
			table->widths[i] = (RnLength) (low + spare * (wish - low) / MAX (over, 1));
		else
			table->widths[i] = (RnLength) (wish + spare * wish / MAX (over, 1));
	}
	return TRUE;
}

static gboolean fit (RnTable *table, RnLength room)
{
	for (guint parted = 0; parted < 2; parted++)
		for (table->percent = 100; table->percent >= SMALLEST; table->percent -= STEP) {
			/* Whole words at full size, then parted ones; only then smaller, parted again. */
			if (!parted && table->percent < 100)
				break;
			if (distribute (table, room, table->percent, parted != 0))
				return TRUE;
		}
	return FALSE;
}

static void scale (RnTextStyle *style, guint percent)
{
	style->size = (RnLength) ((gint64) style->size * percent / 100);
	style->leading = (RnLength) ((gint64) style->leading * percent / 100);
}

/* From here on words may be parted, where the columns ask for it or a text is long. */
static void settle (RnTable *table)
{
	for (guint head = 0; head < 2; head++)
		for (guint align = 0; align < RN_TABLE_ALIGNS; align++) {
			table->styles[head][align].hyphenate = TRUE;
			scale (&table->styles[head][align], table->percent);
		}
	for (gsize i = 0; i < (gsize) table->n_rows * table->n_columns; i++) {
		RnParagraph *paragraph = table->paragraphs[i];
		guint column = (guint) (i % table->n_columns);
		if (paragraph == NULL)
			continue;
		scale (&paragraph->style, table->percent);
		paragraph->style.hyphenate = table->words[column] > table->widths[column] || table->most[column] / LONG_LINES > table->widths[column];
	}
}

gboolean rn_table_choose (RnTable *table)
{
	RnLength room = table->blocks->measure - 2 * table->padding * (RnLength) table->n_columns;
	RnSetter *setter = table->blocks->setter;
	const guint note_number = setter->note_number;
	struct RnCalled *const called = setter->called;
	make_all (table);
	if (!fit (table, room)) {
		setter->note_number = note_number;
		setter->called = called;
		return FALSE;
	}
	settle (table);
	return TRUE;
}
