/* table.c - the bytes of a CSV file in; its cells out. */
#include "import/table.h"
#include "base/words.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_BYTES ((gsize) 256 << 20)

/* --- encoding --------------------------------------------------------------------------------------------------------------- */

static char *convert (const char *bytes, gsize len, const char *from, GError **error)
{
	g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", from, error);
	if (!converter)
		return NULL;
	g_charset_converter_set_use_fallback (converter, TRUE);
	g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (bytes, (gssize) len, NULL);
	g_autoptr (GInputStream) stream = g_converter_input_stream_new (plain, G_CONVERTER (converter));
	g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
	const GOutputStreamSpliceFlags close = G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET;
	if (g_output_stream_splice (out, stream, close, NULL, error) < 0) {
		g_prefix_error (error, _("the text is neither UTF-8 nor %s: "), from);
		return NULL;
	}
	GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (out);
	const char *text = g_memory_output_stream_get_data (memory);   /* NULL where nothing was written, as of a mark alone */
	return g_strndup (text ? text : "", g_memory_output_stream_get_data_size (memory));
}

/* The text in UTF-8, and in *from what it was in. */
static char *as_utf8 (const char *bytes, gsize len, const char **from, GError **error)
{
	*from = NULL;
	if (len >= 3 && !memcmp (bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		len -= 3;
	}
	if (len >= 2 && (!memcmp (bytes, "\xff\xfe", 2) || !memcmp (bytes, "\xfe\xff", 2)))
		*from = "UTF-16";
	else if (g_utf8_validate (bytes, (gssize) len, NULL))
		return g_strndup (bytes, len);
	else
		*from = "Windows-1251";
	return convert (bytes, len, *from, error);
}

/* --- rows ------------------------------------------------------------------------------------------------------------------- */

/* What parts the cells of the first line: the one of the three that it has most of. */
static char separator (const char *text)
{
	guint counts[3] = { 0 }, best = 0;
	gboolean quoted = FALSE;
	for (const char *p = text; *p && (quoted || *p != '\n'); p++) {
		quoted ^= *p == '"';
		for (guint i = 0; i < 3 && !quoted; i++)
			counts[i] += *p == ",;\t"[i];
	}
	for (guint i = 1; i < 3; i++)
		if (counts[i] > counts[best])
			best = i;
	return ",;\t"[best];
}

/* A quoted cell from its quote on; NULL: it does not end. */
static const char *quoted_cell (const char *p, GString *cell)
{
	for (p++; *p; p++) {
		if (*p == '"' && p[1] != '"')
			return p + 1;
		p += *p == '"';
		if (*p != '\r')
			g_string_append_c (cell, *p);
	}
	return NULL;
}

static gboolean is_empty (const GPtrArray *cells)
{
	for (guint i = 0; i < cells->len; i++)
		if (*(char *) cells->pdata[i])
			return FALSE;
	return TRUE;
}

/* One row; gives where the next begins. */
static const char *read_row (RnCsv *table, const char *p, char parts)
{
	GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
	for (gboolean more = TRUE; more;) {
		g_autoptr (GString) cell = g_string_new (NULL);
		const char *lead = p + strspn (p, " ");
		if (*lead == '"') {
			const char *after = quoted_cell (lead, cell);
			if (!after) {
				table->open_row = table->rows->len + 1;
				after = lead + strlen (lead);
			}
			p = after;
		}
		gsize n = 0;
		while (p[n] && p[n] != parts && p[n] != '\n')
			n++;
		g_string_append_len (cell, p, (gssize) n);
		p += n;
		more = *p == parts;
		p += more;
		g_ptr_array_add (cells, g_strstrip (g_strdup (cell->str)));
	}
	g_ptr_array_add (table->rows, cells);
	return *p ? p + 1 : p;
}

RnCsv *rn_csv_parse (const char *bytes, gsize len, GError **error)
{
	const char *from;
	g_autofree char *text = as_utf8 (bytes, len, &from, error);
	if (!text)
		return NULL;
	RnCsv *table = g_new0 (RnCsv, 1);
	table->converted = from;
	table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
	char parts = separator (text);
	for (const char *p = text; *p;)
		p = read_row (table, p, parts);
	while (table->rows->len && is_empty (table->rows->pdata[table->rows->len - 1]))
		g_ptr_array_set_size (table->rows, (gint) table->rows->len - 1);
	return table;
}

RnCsv *rn_csv_read (const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize len;
	if (!g_file_get_contents (path, &bytes, &len, error))
		return NULL;
	if (len > MAX_BYTES) {
		g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("'%s' is too large for a table: split it"), path);
		return NULL;
	}
	RnCsv *table = rn_csv_parse (bytes, len, error);
	if (!table)
		g_prefix_error (error, "%s: ", path);
	return table;
}

void rn_csv_free (RnCsv *table)
{
	if (!table)
		return;
	g_ptr_array_unref (table->rows);
	g_free (table);
}

const char *rn_csv_cell (const RnCsv *table, guint row, guint column)
{
	const GPtrArray *cells = row < table->rows->len ? table->rows->pdata[row] : NULL;
	return cells && column < cells->len ? cells->pdata[column] : "";
}

gint rn_csv_column (const RnCsv *table, const char *name)
{
	const GPtrArray *cells = table->rows->len ? table->rows->pdata[0] : NULL;
	for (guint i = 0; cells && i < cells->len; i++)
		if (!g_ascii_strcasecmp (cells->pdata[i], name))
			return (gint) i;
	return -1;
}
