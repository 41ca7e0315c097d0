/*
 * wikitext_table.c - {| tables |} in; Markdown's tables out.
 *
 * A cell of Markdown has one line and stands in one row and column: lines are parted by <br>, merged cells leave empty ones, and a
 * table inside of a cell becomes its words.
 */
#include "import/wikitext-int.h"

#include <stdlib.h>
#include <string.h>

#define MOST_COLUMNS 100u

typedef struct { GString *text; gboolean head; guint columns, rows; } Cell;

typedef struct {
	RnWiki *wiki;
	GPtrArray *rows;         /* GPtrArray of Cell */
	GString *caption, *last; /* where a line that begins nothing goes on; NULL: nowhere */
	GString *stray;          /* text of the table that stands in no cell */
	guint inner;             /* tables in cells that are open */
	gboolean merged, nested;
} Table;

static void cell_free (gpointer data)
{
	Cell *cell = data;
	g_string_free (cell->text, TRUE);
	g_free (cell);
}

static GPtrArray *row (Table *table)
{
	GPtrArray *cells = g_ptr_array_new_with_free_func (cell_free);
	g_ptr_array_add (table->rows, cells);
	return cells;
}

static guint span (Table *table, const char *attributes, gsize len, const char *name)
{
	g_autofree char *value = rn_wiki_attribute (attributes, len, name);
	guint n = value ? (guint) CLAMP (g_ascii_strtoll (value, NULL, 10), 1, (gint64) MOST_COLUMNS) : 1;
	table->merged |= n > 1;
	return n;
}

/* Where the attributes of a cell end: at a bar that belongs to no link. 0: it has none. */
static gsize attributes_end (const char *text, gsize len)
{
	for (gsize i = 0; i < len; i++) {
		if (text[i] == '|')
			return i + 1 < len && text[i + 1] == '|' ? 0 : i;
		if (text[i] == '[' || text[i] == '{' || text[i] == '\1' || text[i] == '<')
			return 0;
	}
	return 0;
}

static void add_cell (Table *table, const char *text, gsize len, gboolean head)
{
	GPtrArray *cells = table->rows->len ? table->rows->pdata[table->rows->len - 1] : row (table);
	Cell *cell = g_new0 (Cell, 1);
	gsize attributes = attributes_end (text, len);
	*cell = (Cell) { g_string_new (NULL), head, 1, 1 };
	if (attributes) {
		cell->columns = span (table, text, attributes, "colspan");
		cell->rows = span (table, text, attributes, "rowspan");
		rn_wiki_tell_looks (table->wiki, text, attributes);
		text += attributes + 1;
		len -= attributes + 1;
	}
	g_string_append_len (cell->text, text, (gssize) len);
	g_ptr_array_add (cells, cell);
	table->last = cell->text;
}

/* The cells of one line, parted by || (and of heads by !!). */
static void add_cells (Table *table, const char *text, gsize len, gboolean head)
{
	gsize from = 0, links = 0;
	for (gsize i = 0; i < len; i++) {
		gboolean two = i + 1 < len && text[i] == text[i + 1];
		if (two && text[i] == '[')
			links++, i++;
		else if (two && text[i] == ']' && links)
			links--, i++;
		else if (two && !links && (text[i] == '|' || (head && text[i] == '!'))) {
			add_cell (table, text + from, i - from, head);
			from = i + 2;
			i++;
		}
	}
	add_cell (table, text + from, len - from, head);
}

static void go_on (Table *table, const char *text, gsize len)
{
	GString *to = table->last ? table->last : table->stray;
	if (to->len)
		g_string_append_c (to, '\n');
	g_string_append_len (to, text, (gssize) len);
}

/* A line of a table inside of a cell: its words. */
static void inner_line (Table *table, const char *line, gsize len)
{
	gsize skip = len && (*line == '|' || *line == '!') ? 1 : 0;
	if (len >= 2 && line[0] == '|' && strchr ("-+}", line[1]))
		skip = 2;
	if (len >= 2 && !memcmp (line, "{|", 2)) {
		table->inner++;
		rn_wiki_tell_looks (table->wiki, line + 2, len - 2);
		return;
	}
	if (len >= 2 && !memcmp (line, "|}", 2))
		table->inner--;
	go_on (table, line + skip, len - skip);
}

/* FALSE: the table ends in this line; what is behind its mark is not the table's. */
static gboolean read_line (Table *table, const char *line, gsize len)
{
	if (table->inner || (len >= 2 && !memcmp (line, "{|", 2))) {
		table->nested = TRUE;
		inner_line (table, line, len);
	} else if (len >= 2 && line[0] == '|' && line[1] == '}') {
		return FALSE;
	} else if (len >= 2 && line[0] == '|' && line[1] == '-') {
		gsize dashes = 1 + strspn (line + 1, "-");
		rn_wiki_tell_looks (table->wiki, line + MIN (len, dashes), len - MIN (len, dashes));
		row (table);
		table->last = NULL;
	} else if (len >= 2 && line[0] == '|' && line[1] == '+') {
		gsize attributes = attributes_end (line + 2, len - 2);
		rn_wiki_tell_looks (table->wiki, line + 2, attributes);
		table->last = table->caption;
		attributes += attributes ? 1 : 0;
		go_on (table, line + 2 + attributes, len - 2 - attributes);
	} else if (len && (*line == '|' || *line == '!')) {
		add_cells (table, line + 1, len - 1, *line == '!');
	} else {
		go_on (table, line, len);
	}
	return TRUE;
}

/* --- Markdown ---------------------------------------------------------------------------------------------------------------- */

/* The lines of a cell as one: items with their marks. */
static char *cell_text (RnWiki *wiki, const GString *text)
{
	g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
	g_autoptr (GString) flat = g_string_new (NULL);
	guint number = 0;
	for (guint i = 0; lines[i]; i++) {
		char *line = g_strstrip (lines[i]);
		gsize marks = strspn (line, "*#:;"), equals = strspn (line, "="), n = strlen (line);
		number = marks && line[marks - 1] == '#' ? number + 1 : 0;
		if (!*line)
			continue;
		if (flat->len)
			g_string_append_c (flat, '\n');
		if (number)
			g_string_append_printf (flat, "%u. ", number);
		else if (marks && line[marks - 1] == '*')
			g_string_append (flat, "• ");
		gboolean heading = equals && n > 2 * equals && g_str_has_suffix (line, "=");
		if (heading)
			g_strchomp (g_strdelimit (line, "=", ' '));
		const char *words = line + (heading ? equals : marks);
		g_string_append (flat, words + strspn (words, " "));
	}
	char *made = rn_wiki_inline (wiki, flat->str, flat->len, TRUE);
	return g_strstrip (made);
}

static void write_row (Table *table, GString *out, GPtrArray *cells, guint *below, guint width, gboolean head)
{
	guint column = 0;
	g_string_append_c (out, '|');
	for (guint i = 0; column < width; column++) {
		/* Of a table that is very wide, rows end with their last cell. */
		if (i >= cells->len && width > 2 * MOST_COLUMNS)
			break;
		if (below[column] || i >= cells->len) {
			below[column] -= below[column] != 0;
			g_string_append (out, "  |");
			continue;
		}
		const Cell *cell = cells->pdata[i++];
		g_autofree char *text = cell_text (table->wiki, cell->text);
		gboolean bold = cell->head && !head && *text && !g_str_has_prefix (text, "**");
		g_string_append_printf (out, bold ? " **%s** |" : " %s |", text);
		for (guint k = 0; k < cell->columns && column + k < width; k++)
			below[column + k] = cell->rows - 1;
		for (guint k = 1; k < cell->columns && column + 1 < width; k++, column++)
			g_string_append (out, "  |");
	}
	g_string_append_c (out, '\n');
}

static gboolean is_head (const GPtrArray *cells)
{
	for (guint i = 0; i < cells->len; i++)
		if (!((const Cell *) cells->pdata[i])->head)
			return FALSE;
	return cells->len > 0;
}

/* As many columns as the rows could need: their cells, and room for those that come down from rows above. */
static guint most_columns (const Table *table)
{
	guint width = 0, down = 0;
	for (guint i = 0; i < table->rows->len; i++) {
		const GPtrArray *cells = table->rows->pdata[i];
		guint sum = 0, tall = 0;
		for (guint k = 0; k < cells->len; k++) {
			const Cell *cell = cells->pdata[k];
			sum += cell->columns;
			tall += cell->rows > 1 ? cell->columns : 0;
		}
		width = MAX (width, sum);
		down = MAX (down, tall);
	}
	return width + MIN (down, MOST_COLUMNS);
}

/* As many as they do need, from where each cell comes to stand. */
static guint width_of (const Table *table)
{
	guint most = most_columns (table), width = 0;
	g_autofree guint *below = g_new0 (guint, most + 1);
	for (guint i = 0; i < table->rows->len; i++) {
		const GPtrArray *cells = table->rows->pdata[i];
		for (guint column = 0, k = 0; cells->len && column < most; column++) {
			if (below[column] || k >= cells->len) {
				below[column] -= below[column] != 0;
				continue;
			}
			const Cell *cell = cells->pdata[k++];
			for (guint c = 0; c < cell->columns && column + c < most; c++)
				below[column + c] = cell->rows - 1;
			column += MIN (cell->columns, most - column) - 1;
			width = MAX (width, column + 1);
		}
	}
	return width;
}

static void write_table (Table *table, GString *out)
{
	guint width = width_of (table), first = 0;
	g_autofree guint *below = g_new0 (guint, width + 1);
	while (first < table->rows->len && !((GPtrArray *) table->rows->pdata[first])->len)
		first++;
	if (first == table->rows->len)
		return;
	gboolean head = is_head (table->rows->pdata[first]);
	g_autoptr (GPtrArray) none = g_ptr_array_new ();
	write_row (table, out, head ? table->rows->pdata[first] : none, below, width, TRUE);
	g_string_append_c (out, '|');
	for (guint i = 0; i < width; i++)
		g_string_append (out, " --- |");
	g_string_append_c (out, '\n');
	for (guint i = first + (guint) head; i < table->rows->len; i++)
		if (((GPtrArray *) table->rows->pdata[i])->len)
			write_row (table, out, table->rows->pdata[i], below, width, FALSE);
}

static char *finish (Table *table)
{
	GString *out = g_string_new (NULL);
	g_autofree char *stray = rn_wiki_flow (table->wiki, table->stray->str, table->stray->len), *caption = NULL;
	/* It is bold as a whole. */
	g_string_replace (table->caption, "'''", "", 0);
	caption = cell_text (table->wiki, table->caption);
	if (*stray)
		g_string_append_printf (out, "%s\n\n", stray);
	if (*caption)
		g_string_append_printf (out, "**%s**\n\n", caption);
	write_table (table, out);
	if (table->merged)
		rn_wiki_tell (table->wiki, TRUE, "A table has merged cells: they stand apart, with empty ones beside them.");
	if (table->nested)
		rn_wiki_tell (table->wiki, TRUE, "A table stands in another one's cell: its words are kept in the cell.");
	g_string_free (table->caption, TRUE);
	g_string_free (table->stray, TRUE);
	g_ptr_array_unref (table->rows);
	return g_strchomp (g_string_free (out, FALSE));
}

char *rn_wiki_table (RnWiki *wiki, const char *text, gsize len, gsize *used)
{
	Table table = { .wiki = wiki, .caption = g_string_new (NULL), .stray = g_string_new (NULL) };
	const char *end = text + len, *p = memchr (text, '\n', len);
	table.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
	p = p ? p : end;
	rn_wiki_tell_looks (wiki, text + 2, (gsize) (p - text) - 2);
	*used = len;
	for (p++; p < end;) {
		const char *stop = memchr (p, '\n', (gsize) (end - p)), *line = p + strspn (p, " \t:");
		stop = stop ? stop : end;
		line = MIN (line, stop);
		/* A blank or a colon before what is no mark of the table belongs to the text. */
		if (line < stop && !strchr ("|!{", *line))
			line = p;
		if (!read_line (&table, line, (gsize) (stop - line))) {
			*used = (gsize) (line + 2 - text);
			break;
		}
		p = stop + 1;
	}
	return finish (&table);
}
