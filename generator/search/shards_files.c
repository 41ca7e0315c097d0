/* shards_files.c - files kept until all are there, for their folder's name is their hash; each a script of one call. */
#include "search/shards-int.h"

#include <string.h>

void rn_files_init (RnFiles *files)
{
	files->bytes = g_string_new (NULL);
	files->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
	files->names = g_ptr_array_new_with_free_func (g_free);
}

void rn_files_clear (RnFiles *files)
{
	g_string_free (files->bytes, TRUE);
	g_array_unref (files->ends);
	g_ptr_array_unref (files->names);
}

void rn_files_add (RnFiles *files, char letter, guint number, const guint8 *content, gsize len)
{
	GString *bytes = files->bytes;
	g_string_append_printf (bytes, "rohnamo(\"%c%u\",\"", letter, number);
	for (gsize i = 0; i < len; i++) {
		const guint8 byte = content[i];
		if (byte == '\n' || byte == '\r' || byte == '"' || byte == '\\')
			g_string_append_c (bytes, '\\');
		g_string_append_c (bytes, byte == '\n' ? 'n' : byte == '\r' ? 'r' : (char) byte);
	}
	g_string_append (bytes, "\")");
	g_array_append_val (files->ends, bytes->len);
	g_ptr_array_add (files->names, g_strdup_printf ("%c%u.js", letter, number));
}

void rn_files_hash (const RnFiles *files, char hash[9])
{
	g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) files->bytes->str, files->bytes->len);
	g_strlcpy (hash, sum, 9);
}

gboolean rn_files_put (const RnFiles *files, const char *folder, RnAtomicTree *out, GError **error)
{
	gsize begin = 0;
	for (guint i = 0; i < files->names->len; i++) {
		g_autofree char *path = g_strconcat (folder, files->names->pdata[i], NULL);
		gsize end = g_array_index (files->ends, gsize, i);
		if (!rn_atomic_tree_put (out, path, files->bytes->str + begin, end - begin, error))
			return FALSE;
		begin = end;
	}
	return TRUE;
}

/* --- where files are parted -------------------------------------------------------------------------------------------------- */

/* Where files end is told by the words themselves: what changes in one moves no word of the others to another file. */
RnShardSize rn_shard_size (double bytes, double word)
{
	/* Steps of a half or a third, so that a little more text makes no other size of all files. */
	guint whole = 1, every = 1;
	while (whole * 2 <= bytes)
		whole *= 2;
	whole += whole * 1.5 <= bytes ? whole / 2 : 0;
	while (every * word * 2 <= whole * 0.25)
		every *= 2;
	return (RnShardSize) { whole / 2, whole * 3 / 2, every };
}

gboolean rn_shard_parts (const RnShardSize *size, gsize bytes, RnUnits word)
{
	guint32 hash = 2166136261u;
	for (guint i = 0; i < word.n; i++)
		hash = (hash ^ word.units[i]) * 16777619u;
	return bytes >= size->most || (bytes >= size->least && !((hash ^ hash >> 15) & (size->every - 1)));
}

/* --- where files begin --------------------------------------------------------------------------------------------------------- */

/* The first N units of WORD, or one less where they would part a letter of two. */
static guint whole (RnUnits word, guint n)
{
	return n && n < word.n && (word.units[n] & 0xfc00) == 0xdc00 ? n - 1 : n;
}

void rn_series_begin (RnSeries *series, RnUnits last, RnUnits first)
{
	RnUnits begin = { first.units, 0 };
	if (series->n) {
		begin.n = rn_units_shared (last, first) + 1;
		begin.n += whole (first, begin.n) < begin.n;
	}
	guint shared = whole (begin, MIN (rn_units_shared (series->before, begin), 35));
	g_autofree char *rest = g_utf16_to_utf8 (begin.units + shared, begin.n - shared, NULL, NULL, NULL);
	g_string_append_printf (series->begins, "%s%c%s", series->n ? " " : "", "0123456789abcdefghijklmnopqrstuvwxyz"[shared], rest);
	series->before = begin;
	series->n++;
}

/* --- UTF-16 ------------------------------------------------------------------------------------------------------------------------ */

guint rn_units_shared (RnUnits a, RnUnits b)
{
	guint n = MIN (a.n, b.n), i = 0;
	while (i < n && a.units[i] == b.units[i])
		i++;
	return i;
}

gint rn_units_compare (RnUnits a, RnUnits b)
{
	guint i = rn_units_shared (a, b);
	if (i < a.n && i < b.n)
		return a.units[i] < b.units[i] ? -1 : 1;
	return a.n == b.n ? 0 : a.n < b.n ? -1 : 1;
}

RnUnits rn_units_of (RnArena *arena, const char *text)
{
	guint n = 0;
	for (const char *p = text; *p; p = g_utf8_next_char (p))
		n += 1 + ((guchar) *p >= 0xf0);
	guint16 *units = rn_arena_alloc (arena, n * sizeof *units), *unit = units;
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (c >= 0x10000) {
			*unit++ = (guint16) (0xd800 + ((c - 0x10000) >> 10));
			c = 0xdc00 + (c & 0x3ff);
		}
		*unit++ = (guint16) c;
	}
	return (RnUnits) { units, n };
}
