/*
 * wikitext_strip.c - remarks out; what is no wikitext inside (nowiki, pre, code, footnotes, galleries) into marks.
 *
 * Of a template's source <noinclude> goes, of a page's <includeonly>; the first of <onlyinclude> in a template is all of it.
 */
#include "import/wikitext-int.h"

#include <string.h>

typedef struct {
	RnWiki *wiki;
	GString *out;
	const char *end;
	gboolean template;
	guint32 unclosed;        /* kinds of which no closing tag follows */
} Strip;

enum { NOWIKI, PRE, HIGHLIGHT, SOURCE, MATH, REF, REFERENCES, GALLERY, POEM, CODE_END };
static const char *const kinds[] = { "nowiki", "pre", "syntaxhighlight", "source", "math", "ref", "references", "gallery", "poem" };

/* The </name> at or after P; NULL: there is none. */
static const char *find_close (const char *p, const char *end, const char *name, gsize *len)
{
	gsize n = strlen (name);
	for (; (p = memchr (p, '<', (gsize) (end - p))) != NULL; p++)
		if ((gsize) (end - p) > n + 2 && p[1] == '/' && !g_ascii_strncasecmp (p + 2, name, n)) {
			const char *stop = p + 2 + n;
			while (stop < end && g_ascii_isspace (*stop))
				stop++;
			if (stop < end && *stop == '>') {
				*len = (gsize) (stop + 1 - p);
				return p;
			}
		}
	return NULL;
}

/* A fence that is longer than any in TEXT, and the text in it. */
static char *fenced (const char *text, const char *language)
{
	gsize longest = 2, run = 0;
	for (const char *p = text; *p; p++) {
		run = *p == '`' ? run + 1 : 0;
		longest = MAX (longest, run);
	}
	g_autofree char *fence = g_strnfill (longest + 1, '`');
	g_autofree char *bare = g_strdup (text);
	g_strchomp (bare);
	return g_strdup_printf ("%s%s\n%s\n%s", fence, language ? language : "", *bare == '\n' ? bare + 1 : bare, fence);
}

static void strip_code (Strip *s, const RnWikiTag *tag, const char *text, gsize len)
{
	g_autofree char *language = rn_wiki_attribute (tag->attributes, tag->len, "lang");
	g_autofree char *code = !strcmp (tag->name, "pre") ? rn_wiki_decoded (text, len) : g_strndup (text, len);
	if (language && strspn (language, "abcdefghijklmnopqrstuvwxyz0123456789-+#") != strlen (language))
		g_clear_pointer (&language, g_free);
	if (!language)
		rn_wiki_tell_looks (s->wiki, tag->attributes, tag->len);
	if (!strcmp (tag->name, "math"))
		rn_wiki_tell (s->wiki, TRUE, "A formula stands as it was typed: %s", code);
	rn_wiki_mark (s->wiki, s->out, RN_STRIP_BLOCK, fenced (code, !strcmp (tag->name, "math") ? "math" : language), NULL);
}

/* <gallery>: a picture a line. */
static void strip_gallery (Strip *s, const char *text, gsize len)
{
	g_autofree char *inner = g_strndup (text, len);
	g_auto (GStrv) lines = g_strsplit (inner, "\n", -1);
	g_string_append_c (s->out, '\n');
	for (guint i = 0; lines[i]; i++) {
		const char *rest, *line = g_strstrip (lines[i]);
		if (!*line)
			continue;
		gboolean named = rn_dump_namespace (s->wiki->hooks->wiki, line, &rest) == RN_WIKI_FILE;
		g_string_append_printf (s->out, "\n[[%s%s]]\n\n", named ? "" : "File:", line);
	}
}

/* <poem>: every line ends where it ends. */
static void strip_poem (Strip *s, const char *text, gsize len)
{
	g_autofree char *inner = rn_wiki_strip (s->wiki, text, len, s->template);
	g_auto (GStrv) lines = g_strsplit (g_strstrip (inner), "\n", -1);
	for (guint i = 0; lines[i]; i++)
		g_string_append_printf (s->out, "%s%s", lines[i], !lines[i + 1] ? "" : *lines[i] && *lines[i + 1] ? "<br>" : "\n\n");
}

static void strip_element (Strip *s, guint kind, const RnWikiTag *tag, const char *text, gsize len)
{
	switch (kind) {
	case NOWIKI:
		rn_wiki_tell_looks (s->wiki, tag->attributes, tag->len);
		rn_wiki_mark (s->wiki, s->out, RN_STRIP_LITERAL, rn_wiki_decoded (text, len), NULL);
		return;
	case REF: {
		char *name = rn_wiki_attribute (tag->attributes, tag->len, "name");
		if (!name)
			rn_wiki_tell_looks (s->wiki, tag->attributes, tag->len);
		rn_wiki_mark (s->wiki, s->out, RN_STRIP_NOTE, rn_wiki_strip (s->wiki, text, len, s->template), name);
		return;
	}
	case REFERENCES: {
		g_autofree char *notes = rn_wiki_strip (s->wiki, text, len, s->template);
		rn_wiki_tell_looks (s->wiki, tag->attributes, tag->len);
		g_string_append (s->out, "\3");
		g_string_append (s->out, notes);
		g_string_append (s->out, "\4");
		return;
	}
	case GALLERY:
		rn_wiki_tell_looks (s->wiki, tag->attributes, tag->len);
		strip_gallery (s, text, len);
		return;
	case POEM: strip_poem (s, text, len); return;
	default: strip_code (s, tag, text, len);
	}
}

/* <!-- ... -->, with its line where nothing else stands in it. Gives where to go on. */
static const char *strip_remark (Strip *s, const char *p)
{
	const char *stop = g_strstr_len (p + 4, s->end - p - 4, "-->"), *after = stop ? stop + 3 : s->end;
	g_autofree char *text = g_strstrip (g_strndup (p + 4, (gsize) ((stop ? stop : s->end) - p - 4)));
	if (*text)
		rn_wiki_tell (s->wiki, FALSE, "A remark is left out: %s", text);
	gboolean begins = !s->out->len || s->out->str[s->out->len - 1] == '\n';
	while (begins && after < s->end && *after == ' ')
		after++;
	return begins && after < s->end && *after == '\n' ? after + 1 : after;
}

/* <noinclude> and its like. 0: the tag is none of them. */
static gsize strip_include (Strip *s, const char *p, const RnWikiTag *tag, gsize n)
{
	gsize close_len = 0;
	if (strcmp (tag->name, "noinclude") && strcmp (tag->name, "includeonly") && strcmp (tag->name, "onlyinclude"))
		return 0;
	gboolean goes = !strcmp (tag->name, s->template ? "noinclude" : "includeonly") && !tag->closes && !tag->empty;
	if (!goes)
		return n;
	const char *close = find_close (p + n, s->end, tag->name, &close_len), *stop = close ? close : s->end;
	if (!s->template) {
		g_autofree char *text = g_strstrip (g_strndup (p + n, (gsize) (stop - p) - n));
		rn_wiki_tell (s->wiki, FALSE, "What is meant for other pages is left out: %s", text);
	}
	return (gsize) (stop + close_len - p);
}

/* An element that begins at P. Its bytes; 0: it is passed on as text. */
static gsize strip_tag (Strip *s, const char *p)
{
	RnWikiTag tag;
	gsize n = rn_wiki_tag (p, s->end, &tag), close_len = 0;
	guint kind = 0;
	if (!n)
		return 0;
	gsize include = strip_include (s, p, &tag, n);
	if (include)
		return include;
	while (kind < CODE_END && strcmp (kinds[kind], tag.name))
		kind++;
	if (kind == CODE_END || tag.closes)
		return 0;
	if (tag.empty) {
		strip_element (s, kind, &tag, "", 0);
		return n;
	}
	const char *close = s->unclosed & 1u << kind ? NULL : find_close (p + n, s->end, tag.name, &close_len);
	if (!close) {
		s->unclosed |= 1u << kind;
		if (kind == REFERENCES)
			strip_element (s, kind, &tag, "", 0);
		else
			rn_wiki_tell (s->wiki, TRUE, "<%s> does not end: the tag is left out, its text stands. %.*s", tag.name, (int) tag.len, tag.attributes);
		return n;
	}
	strip_element (s, kind, &tag, p + n, (gsize) (close - p) - n);
	return (gsize) (close + close_len - p);
}

char *rn_wiki_strip (RnWiki *wiki, const char *text, gsize len, gboolean template)
{
	Strip s = { wiki, g_string_sized_new (len), text + len, template, 0 };
	gsize close_len;
	const char *only = template ? g_strstr_len (text, (gssize) len, "<onlyinclude>") : NULL, *p = text;
	const char *close = only ? find_close (only, s.end, "onlyinclude", &close_len) : NULL;
	if (++wiki->depth > RN_WIKI_DEPTH) {
		wiki->depth--;
		g_string_free (s.out, TRUE);
		rn_wiki_tell (wiki, TRUE, "Elements are nested too deep: what is inside stands as it was typed.");
		return g_strndup (text, len);
	}
	if (close) {
		p = only + strlen ("<onlyinclude>");
		s.end = close;
	}
	while (p < s.end) {
		gsize n = 0;
		if (*p == '<' && s.end - p >= 4 && !memcmp (p, "<!--", 4)) {
			p = strip_remark (&s, p);
			continue;
		}
		if (*p == '<')
			n = strip_tag (&s, p);
		if (!n)
			g_string_append_c (s.out, *p);
		p += n ? n : 1;
	}
	wiki->depth--;
	return g_string_free (s.out, FALSE);
}
