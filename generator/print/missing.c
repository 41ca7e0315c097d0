/*
 * missing.c - a character that no face of the text has -> a message where it was written.
 *
 * In: the characters, and the line of their text if it has one. Text of a body has; titles, and what YAML says, are looked for where they came from. Invariant: each
 * character is told where it was written, for each font at a line of a body, and not again where the text stands again: in contents, running heads, an index.
 */
#include "print/product-int.h"
#include "print/setter.h"

#include <string.h>

/* A page's title that stands again, the product's words, the site's. FALSE: it is not known where that was written. */
static gboolean find_words (const RnSetter *setter, const char *character, RnPlace *where)
{
	const RnPages *pages = setter->library ? rn_library_pages (setter->library) : NULL;
	const RnValue *words;
	for (guint i = 0; pages && i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		const RnPage *shown = page->fallback ? page->fallback : page;
		if (page->language != setter->language || !shown->file || (setter->in_book && !g_hash_table_contains (setter->in_book, page)))
			continue;
		if ((words = rn_value_holding (rn_value_get (shown->front, "title"), character))) {
			*where = rn_page_place (shown, words->line, words->col);
			return TRUE;
		}
	}
	if (rn_product_find (setter->product, character, where))
		return TRUE;
	if ((words = rn_value_holding (setter->site->config, character)))
		*where = RN_PLACE (setter->site->config_file, words->line, words->col);
	return words != NULL;
}

/* FALSE: *WHERE is no more than the file. */
static gboolean find_place (const RnSetter *setter, const char *character, guint32 line, RnPlace *where)
{
	const RnPage *page = rn_setter_shown (setter);
	*where = rn_setter_place (setter, line);
	if (line)
		return TRUE;
	const RnValue *words = page ? rn_value_holding (page->front, character) : NULL;
	if (!words)
		return find_words (setter, character, where);
	*where = rn_page_place (page, words->line, words->col);
	return TRUE;
}

void rn_tell_missing (RnSetter *setter, const RnFont *font, GString *missing, guint32 line)
{
	for (const char *p = missing->str; *p && setter->sink; p = g_utf8_next_char (p)) {
		char code[16], character[8] = "";
		RnPlace where;
		g_snprintf (code, sizeof code, "U+%04X", g_utf8_get_char (p));
		memcpy (character, p, (gsize) (g_utf8_next_char (p) - p));
		const gboolean found = find_place (setter, character, line, &where);
		g_autofree char *anywhere = g_strconcat ("glyph-missing ", code, NULL);
		g_autofree char *there = g_strdup_printf ("%s %s:%u", anywhere, where.file ? where.file : "", where.line);
		const gboolean first = rn_setter_first (setter, anywhere);
		if (line || (found ? rn_setter_first (setter, there) : first))
			rn_diagnose (setter->sink, RN_D_GLYPH_MISSING, where, font->face->file, character, code);
	}
	g_string_truncate (missing, 0);
}
