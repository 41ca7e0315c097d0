/* setter.c - words of the language files, and places for messages. */
#include "print/setter.h"

#include <string.h>

const char *rn_setter_string (RnSetter *setter, const char *key, double n)
{
	const char *text = rn_language_string (setter->language, key, n);
	if (text)
		return text;
	rn_diagnose (setter->sink, RN_D_STRING_MISSING, setter->product->where, key, setter->language->code);
	text = rn_language_string (setter->site->languages[0], key, n);
	return text ? text : key;
}

const char *rn_setter_fill (RnSetter *setter, const char *template, const char *name, const char *value)
{
	gsize length = strlen (name);
	for (const char *at = template; (at = strchr (at, '{')); at++)
		if (!strncmp (at + 1, name, length) && at[1 + length] == '}')
			return rn_arena_printf (setter->book->arena, "%.*s%s%s", (int) (at - template), template, value, at + length + 2);
	return template;
}

const RnPage *rn_setter_shown (const RnSetter *setter)
{
	const RnPage *page = setter->page;
	/* The text of a page that stands in for a missing translation is the other's. */
	if (page && !page->file && page->fallback)
		page = page->fallback;
	return page && page->file ? page : NULL;
}

RnPlace rn_setter_place (const RnSetter *setter, guint32 line)
{
	const RnPage *page = rn_setter_shown (setter);
	return page ? rn_page_place (page, line, line ? 1 : 0) : setter->product->where;
}

gboolean rn_setter_first (RnSetter *setter, const char *key)
{
	return !setter->quiet || g_hash_table_add (setter->quiet, g_strdup (key));
}
