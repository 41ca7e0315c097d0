/* wikitext_text.c - small things that all steps from wikitext to Markdown use: tags, entities, escapes, marks, brackets. */
#include "import/wikitext-int.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

/* --- telling ---------------------------------------------------------------------------------------------------------------- */

void rn_wiki_tell (RnWiki *wiki, gboolean lost, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	g_autofree char *marked = g_strdup_vprintf (format, args), *text = rn_wiki_unmark (wiki, marked);
	va_end (args);
	wiki->hooks->tell (wiki->hooks->user, lost, text);
}

void rn_wiki_tell_looks (RnWiki *wiki, const char *attributes, gsize len)
{
	g_autofree char *text = g_strstrip (g_strndup (attributes, len));
	if (*text && strcmp (text, "/"))
		rn_wiki_tell (wiki, FALSE, "How it looked is left out: %s", text);
}

/* --- tags ------------------------------------------------------------------------------------------------------------------- */

gsize rn_wiki_tag (const char *text, const char *end, RnWikiTag *tag)
{
	const char *p = text + 1;
	guint n = 0;
	*tag = (RnWikiTag) { .closes = p < end && *p == '/' };
	p += tag->closes;
	while (p < end && n + 1 < sizeof tag->name && (g_ascii_isalpha (*p) || (n && g_ascii_isdigit (*p))))
		tag->name[n++] = g_ascii_tolower (*p++);
	if (!n || p >= end || !strchr (" \t\n/>", *p))
		return 0;
	tag->attributes = p;
	for (char quote = 0; p < end && *p != '\1' && *p != '<' && (quote || *p != '>'); p++) {
		if (!quote && (*p == '"' || *p == '\'') && p[-1] == '=')
			quote = *p;
		else if (quote && *p == quote)
			quote = 0;
	}
	if (p >= end || *p != '>')
		return 0;
	tag->len = (gsize) (p - tag->attributes);
	tag->empty = tag->len && p[-1] == '/';
	tag->len -= tag->empty;
	return (gsize) (p + 1 - text);
}

char *rn_wiki_attribute (const char *attributes, gsize len, const char *name)
{
	const char *end = attributes + len;
	gsize n = strlen (name);
	for (const char *p = attributes; p + n < end; p++) {
		if (g_ascii_strncasecmp (p, name, n) || (p > attributes && !g_ascii_isspace (p[-1])))
			continue;
		const char *v = p + n;
		while (v < end && g_ascii_isspace (*v))
			v++;
		if (v >= end || *v != '=')
			continue;
		for (v++; v < end && g_ascii_isspace (*v);)
			v++;
		char quote = v < end && (*v == '"' || *v == '\'') ? *v++ : 0;
		const char *stop = v;
		while (stop < end && (quote ? *stop != quote : !g_ascii_isspace (*stop)))
			stop++;
		return g_strndup (v, (gsize) (stop - v));
	}
	return NULL;
}

/* --- entities, escapes ------------------------------------------------------------------------------------------------------ */

gsize rn_wiki_entity (GString *out, const char *text, const char *end)
{
	const char *stop = text + 1;
	while (stop < end && stop < text + 12 && (g_ascii_isalnum (*stop) || *stop == '#'))
		stop++;
	if (stop >= end || *stop != ';' || stop == text + 1)
		return 0;
	g_autofree char *name = g_strndup (text + 1, (gsize) (stop - text - 1));
	gunichar c = 0;
	if (*name == '#') {
		c = (gunichar) (g_ascii_tolower (name[1]) == 'x' ? strtoul (name + 2, NULL, 16) : strtoul (name + 1, NULL, 10));
	} else {
		const htmlEntityDesc *entity = htmlEntityLookup (BAD_CAST name);
		c = entity ? entity->value : 0;
	}
	if (c < 0x20 || !g_unichar_validate (c))
		return 0;
	g_string_append_unichar (out, c);
	return (gsize) (stop + 1 - text);
}

char *rn_wiki_decoded (const char *text, gsize len)
{
	GString *out = g_string_new (NULL);
	for (const char *p = text, *end = text + len; p < end;) {
		gsize n = *p == '&' ? rn_wiki_entity (out, p, end) : 0;
		if (!n)
			g_string_append_c (out, *p);
		p += n ? n : 1;
	}
	return g_string_free (out, FALSE);
}

static gboolean is_letter_at (const char *text, const char *from)
{
	return from > text && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (from)));
}

void rn_wiki_escape (GString *out, const char *text, gsize len)
{
	const char *end = text + len;
	for (const char *p = text; p < end; p++) {
		gboolean inside = *p == '_' && p + 1 < end && is_letter_at (text, p) && g_unichar_isalnum (g_utf8_get_char (p + 1));
		gboolean entity = *p == '&' && p + 1 < end && (g_ascii_isalnum (p[1]) || p[1] == '#');
		if (*p && (strchr ("\\`*[]<~{|", *p) || (*p == '_' && !inside) || entity))
			g_string_append_c (out, '\\');
		g_string_append_c (out, *p);
	}
}

void rn_wiki_lines (GString *out, const char *markdown)
{
	for (const char *line = markdown; *line;) {
		line += strspn (line, " \t");
		const char *stop = strchrnul (line, '\n');
		gsize digits = strspn (line, "0123456789");
		gboolean number = digits && digits < 10 && (line[digits] == '.' || line[digits] == ')');
		if (number)
			g_string_append_len (out, line, (gssize) digits);
		gboolean item = (*line == '+' || *line == '-') && (!line[1] || strchr (" \t\n-", line[1]));
		if (number || item || *line == '#' || *line == '>' || *line == '=')
			g_string_append_c (out, '\\');
		line += number ? digits : 0;
		g_string_append_len (out, line, (gssize) (stop - line));
		while (out->len > 1 && out->str[out->len - 1] == ' ')
			g_string_truncate (out, out->len - 1);
		if (!*stop)
			break;
		g_string_append_c (out, '\n');
		line = stop + 1;
	}
}

char *rn_wiki_indent (const char *text, const char *first, const char *prefix)
{
	GString *out = g_string_new (NULL);
	for (const char *line = text; *line;) {
		const char *stop = strchrnul (line, '\n'), *lead = line == text ? first : prefix;
		gsize blank = stop == line ? strlen (lead) : 0;
		while (blank && lead[blank - 1] == ' ')
			blank--;
		g_string_append_len (out, lead, stop == line ? (gssize) blank : -1);
		g_string_append_len (out, line, (gssize) (stop - line));
		if (!*stop)
			break;
		g_string_append_c (out, '\n');
		line = stop + 1;
	}
	return g_string_free (out, FALSE);
}

char *rn_wiki_plain (const char *text, gsize len)
{
	GString *out = g_string_new (NULL);
	for (const char *p = text, *end = text + len; p < end;) {
		gsize n = *p == '&' ? rn_wiki_entity (out, p, end) : 0, run = 0;
		while (p + run < end && p[run] == '\'')
			run++;
		const char *bar = p + 1 < end && p[0] == '[' && p[1] == '[' ? memchr (p, '|', (gsize) (end - p)) : NULL, *close = bar ? g_strstr_len (p, end - p, "]]") : NULL;
		if (!n && run > 1)
			n = run;
		else if (!n && close && bar < close)
			n = (gsize) (bar + 1 - p);
		else if (!n && p + 1 < end && p[0] == p[1] && (*p == '[' || *p == ']'))
			n = 2;
		else if (!n)
			g_string_append_c (out, *p);
		p += n ? n : 1;
	}
	return g_strstrip (g_string_free (out, FALSE));
}

/* --- marks and brackets ------------------------------------------------------------------------------------------------------ */

void rn_wiki_mark (RnWiki *wiki, GString *out, RnStripKind kind, char *text, char *name)
{
	RnStrip *strip = g_new0 (RnStrip, 1);
	*strip = (RnStrip) { kind, text, name };
	g_string_append_printf (out, "\1%u\2", wiki->strips->len);
	g_ptr_array_add (wiki->strips, strip);
}

const RnStrip *rn_wiki_marked (const RnWiki *wiki, const char *text, const char *end, gsize *len)
{
	guint number = 0;
	const char *p = text + 1;
	if (text >= end || *text != '\1')
		return NULL;
	for (; p < end && g_ascii_isdigit (*p); p++)
		number = number * 10 + (guint) (*p - '0');
	if (p >= end || *p != '\2' || number >= wiki->strips->len)
		return NULL;
	*len = (gsize) (p + 1 - text);
	return wiki->strips->pdata[number];
}

/* One round: marks in marks stay. */
static char *unmark_once (const RnWiki *wiki, const char *text, gboolean *more)
{
	GString *out = g_string_new (NULL);
	const char *end = text + strlen (text);
	for (const char *p = text; p < end;) {
		gsize n = 1;
		const RnStrip *strip = rn_wiki_marked (wiki, p, end, &n);
		if (strip)
			g_string_append (out, strip->text);
		else if (*p < 1 || *p > 4)
			g_string_append_c (out, *p);
		*more |= strip && strpbrk (strip->text, "\1\2\3\4");
		p += strip ? n : 1;
	}
	return g_string_free (out, FALSE);
}

char *rn_wiki_unmark (const RnWiki *wiki, const char *text)
{
	gboolean more = strpbrk (text, "\1\2\3\4") != NULL;
	char *now = g_strdup (text);
	while (more) {
		more = FALSE;
		char *next = unmark_once (wiki, now, &more);
		g_free (now);
		now = next;
	}
	return now;
}

GHashTable *rn_wiki_brackets (const char *text, gsize len)
{
	GHashTable *pairs = g_hash_table_new (NULL, NULL);
	g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
	for (gsize i = 0; i + 1 < len; i++) {
		guint at = (guint) i;
		if (text[i] == '[' && text[i + 1] == '[') {
			g_array_append_val (open, at);
			i++;
		} else if (text[i] == ']' && text[i + 1] == ']' && open->len) {
			g_hash_table_insert (pairs, GUINT_TO_POINTER (g_array_index (open, guint, open->len - 1)), GUINT_TO_POINTER (at));
			g_array_set_size (open, open->len - 1);
			i++;
		}
	}
	return pairs;
}
