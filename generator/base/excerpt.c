/* excerpt.c - a line found by its number; a window of it around a column. */
#include "base/excerpt.h"

#include <string.h>
#include <sys/stat.h>

const char *rn_excerpt_line (const char *text, gsize text_len, guint line, gsize *len)
{
	const char *p = text, *end = text + text_len;
	for (guint i = 1; i < line && p; i++)
		if ((p = memchr (p, '\n', (gsize) (end - p))))
			p++;
	if (!p || p >= end)
		return NULL;
	const char *stop = memchr (p, '\n', (gsize) (end - p));
	*len = (gsize) ((stop ? stop : end) - p);
	return p;
}

void rn_excerpt (const char *line, gsize len, guint col, GString *shown, GString *caret)
{
	/* A paragraph may be one long line: no more of it is looked at than is shown. A character has four bytes at most. */
	while (len && g_ascii_isspace (line[len - 1]))
		len--;
	const gsize most = 4 * ((gsize) col + RN_EXCERPT_WIDTH + 1);
	if (len > most)
		for (len = most; len > most - 4 && ((guchar) line[len] & 0xc0) == 0x80; len--);
	g_autofree char *valid = g_utf8_validate_len (line, len, NULL) ? NULL : g_utf8_make_valid (line, (gssize) len);
	const char *begin = valid ? valid : line, *end = valid ? valid + strlen (valid) : line + len, *stop;
	glong at = 0, n;
	for (stop = begin; stop < end && at < (glong) MAX (col, 1) - 1; at++)
		stop = g_utf8_next_char (stop);
	const glong from = at > RN_EXCERPT_WIDTH * 2 / 3 ? at - RN_EXCERPT_WIDTH / 2 : 0;
	for (n = at; n > from; n--)
		stop = g_utf8_prev_char (stop);
	begin = stop;
	for (n = 0; n < RN_EXCERPT_WIDTH && stop < end; n++)
		stop = g_utf8_next_char (stop);
	g_autofree char *window = g_strndup (begin, (gsize) (stop - begin));
	for (char *p = window; *p; p = g_utf8_next_char (p))
		if ((guchar) *p < ' ' && *p != '\t')
			*p = ' ';
	g_string_assign (shown, from ? "…" : "");
	g_string_append (shown, window);
	g_string_append (shown, stop < end ? "…" : "");
	g_string_assign (caret, from ? " " : "");
	const char *p = window;
	for (glong i = from; i < at && *p; i++, p = g_utf8_next_char (p)) {
		const gunichar c = g_utf8_get_char (p);
		if (!g_unichar_iszerowidth (c))
			g_string_append (caret, c == '\t' ? "\t" : g_unichar_iswide (c) ? "  " : " ");
	}
	g_string_append_c (caret, '^');
}

/* Listing a whole site again for a few lines would take longer than telling them: a folder's file is read by its name. */
static gboolean read_below (const char *dir, const char *file, GString *text)
{
	g_autofree char *path = g_build_filename (dir, file, NULL), *bytes = NULL;
	struct stat info;
	gsize len;
	if (lstat (path, &info) || !S_ISREG (info.st_mode) || !g_file_get_contents (path, &bytes, &len, NULL))
		return FALSE;
	g_string_append_len (text, bytes, (gssize) len);
	return TRUE;
}

gboolean rn_excerpt_file (const char *dir, const char *share, const char *file, GString *text)
{
	return read_below (dir, file, text) || (share && read_below (share, file, text));
}
