/* markup.c - from '<' to '<'. */
#include "site/markup.h"

#include <string.h>

static gboolean is_void (const char *name)
{
	static const char *const names[] = { "br", "img", "hr", "meta", "link", "input", "col", "source", "wbr", "area", "base", "embed", "param", "track", NULL };
	return g_strv_contains (names, name);
}

void rn_markup_begin (RnMarkup *markup, const char *html, gsize len)
{
	memset (markup, 0, sizeof *markup);
	markup->next = html;
	markup->end = html + len;
}

/* Ends the piece before STOP. */
static gboolean piece (RnMarkup *markup, RnMarkupType type, const char *stop)
{
	markup->type = type;
	markup->at = markup->next;
	markup->len = (gsize) (stop - markup->next);
	markup->next = stop;
	return TRUE;
}

/* The end of the tag at P, behind its '>': a '>' in quotes is none. */
static const char *tag_end (const char *p, const char *end)
{
	char quote = 0;
	for (; p < end; p++) {
		if (quote)
			quote = *p == quote ? 0 : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>')
			return p + 1;
	}
	return end;
}

static gboolean tag (RnMarkup *markup)
{
	const char *p = markup->next + 1, *stop = tag_end (p, markup->end);
	gboolean close = *p == '/';
	gsize n = 0;
	for (p += close; p < stop && !strchr (" \t\r\n/>", *p); p++)
		if (n + 1 < sizeof markup->name)
			markup->name[n++] = g_ascii_tolower (*p);
	markup->name[n] = 0;
	markup->attributes = p;
	markup->attributes_end = stop - 1;
	markup->empty = !close && (stop[-2] == '/' || is_void (markup->name));
	if (!close && stop[-2] == '/')
		markup->attributes_end--;
	return piece (markup, close ? RN_MARKUP_CLOSE : RN_MARKUP_OPEN, stop);
}

static const char *find (const char *p, const char *end, const char *what)
{
	const char *found = g_strstr_len (p, end - p, what);
	return found ? found : end;
}

/* Between <script> and </script>, where '<' means nothing. */
static gboolean raw_text (RnMarkup *markup)
{
	gboolean script = !strcmp (markup->name, "script");
	if (markup->type != RN_MARKUP_OPEN || markup->empty || (!script && strcmp (markup->name, "style")))
		return FALSE;
	const char *stop = find (markup->next, markup->end, script ? "</script" : "</style");
	markup->raw = TRUE;
	return stop > markup->next && piece (markup, RN_MARKUP_TEXT, stop);
}

gboolean rn_markup_next (RnMarkup *markup)
{
	const char *p = markup->next, *end = markup->end;
	markup->raw = FALSE;
	if (p >= end)
		return piece (markup, RN_MARKUP_END, end), FALSE;
	if (raw_text (markup))
		return TRUE;
	markup->raw = FALSE;
	if (*p == '<' && end - p > 2 && (g_ascii_isalpha (p[1]) || p[1] == '/'))
		return tag (markup);
	if (*p == '<' && end - p > 3 && !memcmp (p, "<!--", 4)) {
		const char *stop = find (p + 4, end, "-->");
		return piece (markup, RN_MARKUP_NOTE, stop < end ? stop + 3 : end);
	}
	if (*p == '<' && end - p > 1 && (p[1] == '!' || p[1] == '?'))
		return piece (markup, RN_MARKUP_NOTE, tag_end (p, end));
	const char *stop = memchr (p + 1, '<', (gsize) (end - p - 1));
	return piece (markup, RN_MARKUP_TEXT, stop ? stop : end);
}

gboolean rn_markup_attribute (const RnMarkup *markup, const char **at, RnMarkupAttribute *attribute)
{
	const char *p = *at, *end = markup->attributes_end;
	while (p < end && g_ascii_isspace (*p))
		p++;
	if (p >= end)
		return FALSE;
	attribute->name = p;
	while (p < end && !g_ascii_isspace (*p) && *p != '=')
		p++;
	attribute->name_len = (gsize) (p - attribute->name);
	attribute->value = NULL;
	attribute->value_len = 0;
	if (p < end && *p == '=') {
		char quote = p + 1 < end && (p[1] == '"' || p[1] == '\'') ? p[1] : 0;
		attribute->value = p += quote ? 2 : 1;
		while (p < end && (quote ? *p != quote : !g_ascii_isspace (*p)))
			p++;
		attribute->value_len = (gsize) (p - attribute->value);
		p += quote && p < end;
	}
	*at = MAX (p, *at + 1);
	return TRUE;
}

gboolean rn_markup_value (const RnMarkup *markup, const char *name, GString *out)
{
	const char *at = markup->attributes;
	RnMarkupAttribute attribute;
	while (rn_markup_attribute (markup, &at, &attribute)) {
		if (attribute.name_len != strlen (name) || g_ascii_strncasecmp (attribute.name, name, attribute.name_len))
			continue;
		if (attribute.value)
			rn_markup_read (attribute.value, attribute.value_len, out);
		return TRUE;
	}
	return FALSE;
}

/* The entity at TEXT, which begins with '&': its letters to OUT; its length, or 0 where it is none. */
static gsize entity (const char *text, gsize len, GString *out)
{
	static const struct { const char *name, *letters; } named[] = {
		{ "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" }, { "nbsp", "\u00A0" },
	};
	const char *stop = memchr (text, ';', MIN (len, 12));
	gsize n = stop ? (gsize) (stop - text) - 1 : 0;
	if (!n)
		return 0;
	for (guint i = 0; i < G_N_ELEMENTS (named); i++)
		if (n == strlen (named[i].name) && !memcmp (text + 1, named[i].name, n)) {
			g_string_append (out, named[i].letters);
			return n + 2;
		}
	if (text[1] != '#')
		return 0;
	gboolean hex = text[2] == 'x' || text[2] == 'X';
	guint64 c = g_ascii_strtoull (text + (hex ? 3 : 2), NULL, hex ? 16 : 10);
	if (!c || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	g_string_append_unichar (out, (gunichar) c);
	return n + 2;
}

void rn_markup_read (const char *text, gsize len, GString *out)
{
	for (const char *end = text + len; text < end;) {
		const char *and = memchr (text, '&', (gsize) (end - text));
		g_string_append_len (out, text, (and ? and : end) - text);
		if (!and)
			return;
		gsize n = entity (and, (gsize) (end - and), out);
		if (!n)
			g_string_append_c (out, '&');
		text = and + MAX (n, 1);
	}
}
