/* wikitext_inline.c - the text of one block in; Markdown of a paragraph out: emphasis, links, elements, marks, escapes. */
#include "import/wikitext-int.h"

#include <string.h>

typedef struct {
	RnWiki *wiki;
	RnWikiQuotes *quotes;
	GString *plain;          /* characters as they stand, not yet escaped */
	GHashTable *links;
	const char *text, *end;
	gboolean in_table;
	guint sub, sup, strike;  /* how many are open */
} Inline;

static void flush (Inline *in)
{
	g_autoptr (GString) markdown = g_string_new (NULL);
	rn_wiki_escape (markdown, in->plain->str, in->plain->len);
	rn_wiki_quotes_text (in->quotes, markdown->str, markdown->len);
	g_string_truncate (in->plain, 0);
}

static void put (Inline *in, const char *markdown)
{
	flush (in);
	rn_wiki_quotes_text (in->quotes, markdown, strlen (markdown));
}

/* --- marks ------------------------------------------------------------------------------------------------------------------ */

/* A footnote's number; its text is noted where it comes first. */
static void note (Inline *in, const RnStrip *strip)
{
	RnWiki *wiki = in->wiki;
	guint number = strip->name ? GPOINTER_TO_UINT (g_hash_table_lookup (wiki->named, strip->name)) : 0;
	gboolean known = number != 0;
	if (!known)
		number = ++wiki->n_notes;
	if (strip->name && !known)
		g_hash_table_insert (wiki->named, g_strdup (strip->name), GUINT_TO_POINTER (number));
	g_autofree char *mark = g_strdup_printf ("[^%u]", number), *key = strip->name ? g_strdup_printf ("\1%s", strip->name) : NULL;
	put (in, mark);
	gboolean said = key && g_hash_table_contains (wiki->named, key);
	if (!*strip->text) {
		return;
	} else if (said) {
		rn_wiki_tell (wiki, FALSE, "The note '%s' is there already: %s", strip->name, strip->text);
		return;
	}
	if (key)
		g_hash_table_add (wiki->named, g_steal_pointer (&key));
	g_autofree char *text = rn_wiki_whole (wiki, strip->text, strlen (strip->text), FALSE), *tidy = rn_wiki_indent (g_strstrip (text), "", "    ");
	g_string_append_printf (wiki->notes, "[^%u]: %s\n", number, *tidy ? tidy : "-");
}

/* A block where there is no room for one: its text as code, its lines parted. */
static void squeeze (Inline *in, const char *block)
{
	g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
	gboolean first = TRUE;
	flush (in);
	for (guint i = 0; lines[i]; i++) {
		const char *text = lines[i] + strspn (lines[i], "> ");
		if (g_str_has_prefix (text, "```"))
			text += strspn (text, "`");
		if (!*text || g_str_has_prefix (text, "[!"))
			continue;
		if (!first)
			put (in, in->in_table ? "<br>" : " ");
		g_autoptr (GString) escaped = g_string_new (NULL);
		if (*block == '`')
			rn_wiki_escape (escaped, text, strlen (text));
		put (in, *block == '`' ? escaped->str : text);
		first = FALSE;
	}
	rn_wiki_tell (in->wiki, TRUE, "A block stands inside of a line, where none can stand: its words are kept in the line.");
}

static void marked (Inline *in, const RnStrip *strip)
{
	switch (strip->kind) {
	case RN_STRIP_LITERAL: {
		g_autoptr (GString) markdown = g_string_new (NULL);
		rn_wiki_escape (markdown, strip->text, strlen (strip->text));
		flush (in);
		/* Apostrophes in it are no marks, and the text on both sides does not run together with it. */
		rn_wiki_quotes_text (in->quotes, markdown->str, markdown->len);
		break;
	}
	case RN_STRIP_INLINE: put (in, strip->text); break;
	case RN_STRIP_NOTE: note (in, strip); break;
	case RN_STRIP_BLOCK: squeeze (in, strip->text); break;
	}
}

/* --- elements --------------------------------------------------------------------------------------------------------------- */

/* <code>: what is inside, as code; marks in it as their text. Its bytes with the closing tag; 0: it does not end here. */
static gsize code (Inline *in, const RnWikiTag *tag, const char *p)
{
	g_autofree char *close = g_strdup_printf ("</%s>", tag->name);
	const char *stop = g_strstr_len (p, MIN (in->end - p, 4000), close);
	g_autoptr (GString) text = g_string_new (NULL);
	if (!stop)
		return 0;
	for (const char *q = p; q < stop;) {
		gsize n = 1;
		const RnStrip *strip = rn_wiki_marked (in->wiki, q, stop, &n);
		if (strip && strip->kind != RN_STRIP_LITERAL)
			return 0;
		if (strip) {
			g_string_append (text, strip->text);
		} else if (*q == '&' && (n = rn_wiki_entity (text, q, stop))) {
			q += n;
			continue;
		} else {
			n = 1;
			g_string_append_c (text, *q == '\n' ? ' ' : *q);
		}
		q += n;
	}
	gsize longest = 0, run = 0;
	for (gsize i = 0; i < text->len; i++) {
		run = text->str[i] == '`' ? run + 1 : 0;
		longest = MAX (longest, run);
	}
	if (in->in_table)
		g_string_replace (text, "|", "\\|", 0);
	g_autofree char *fence = g_strnfill (longest + 1, '`'), *bare = g_strstrip (g_strdup (text->str));
	g_autofree char *made = g_strdup_printf ("%s%s%s%s%s", fence, *bare == '`' ? " " : "", bare, *bare && bare[strlen (bare) - 1] == '`' ? " " : "", fence);
	put (in, *bare ? made : "");
	return (gsize) (stop - p) + strlen (close);
}

/* <abbr title="...">: the explanation goes to the page's end. */
static void abbreviation (Inline *in, const RnWikiTag *tag, const char *p)
{
	g_autofree char *value = rn_wiki_attribute (tag->attributes, tag->len, "title"), *title = value ? rn_wiki_decoded (value, strlen (value)) : NULL;
	const char *stop = memchr (p, '<', (gsize) (in->end - p));
	g_autofree char *key = stop && stop - p <= 60 ? g_strndup (p, (gsize) (stop - p)) : NULL;
	if (!title || !key || !*key || strpbrk (key, "[]\n:\1") || strpbrk (title, "\n\1")) {
		if (title && *title)
			rn_wiki_tell (in->wiki, TRUE, "An explanation cannot be kept: %s", title);
		return;
	}
	const char *old = g_hash_table_lookup (in->wiki->short_forms, key);
	if (old && strcmp (old, title))
		rn_wiki_tell (in->wiki, TRUE, "'%s' is explained twice: '%s' stands, this is left out: %s", key, old, title);
	if (old)
		return;
	g_string_append_printf (in->wiki->abbreviations, "*[%s]: %s\n", key, title);
	g_hash_table_insert (in->wiki->short_forms, g_steal_pointer (&key), g_steal_pointer (&title));
}

/* Elements that are allowed in a page as they are. */
static gboolean kept_element (Inline *in, const RnWikiTag *tag)
{
	guint *open = !strcmp (tag->name, "sub") ? &in->sub : !strcmp (tag->name, "sup") ? &in->sup : NULL;
	gboolean strike = !strcmp (tag->name, "s") || !strcmp (tag->name, "strike") || !strcmp (tag->name, "del");
	if (strike)
		open = &in->strike;
	if (!open || (tag->closes && !*open) || (!tag->closes && *open))
		return open != NULL;
	*open = !tag->closes;
	g_autofree char *markdown = g_strdup_printf ("<%s%s>", tag->closes ? "/" : "", strike ? "del" : tag->name);
	put (in, markdown);
	return TRUE;
}

static gboolean emphasis (Inline *in, const RnWikiTag *tag)
{
	static const char *const bold[] = { "b", "strong", NULL }, *const italic[] = { "i", "em", "cite", "dfn", "var", NULL };
	gboolean is_bold = g_strv_contains (bold, tag->name);
	if (!is_bold && !g_strv_contains (italic, tag->name))
		return FALSE;
	flush (in);
	rn_wiki_quotes_tag (in->quotes, is_bold ? RN_QUOTE_BOLD : RN_QUOTE_ITALIC, tag->closes);
	return TRUE;
}

/* An element at P. Its bytes; 0: it is text. */
static gsize element (Inline *in, const char *p)
{
	static const char *const passed[] = { "span", "font", "small", "big", "u", "ins", "bdi", "bdo", "abbr", "q", "mark", "time", "wbr", "blockquote",
		"noinclude", "includeonly", "onlyinclude", "samp", "code", "tt", "kbd", "nowiki", "ref", "references", "pre", "gallery", "poem", "math", "source", "syntaxhighlight", NULL };
	RnWikiTag tag;
	gsize n = rn_wiki_tag (p, in->end, &tag), more = 0;
	if (!n)
		return 0;
	if (!strcmp (tag.name, "br")) {
		put (in, in->in_table ? "<br>" : "\\\n");
		/* What follows begins a line. */
		while (!in->in_table && p + n < in->end && (p[n] == ' ' || p[n] == '\n'))
			n++;
	} else if (!tag.closes && (!strcmp (tag.name, "code") || !strcmp (tag.name, "tt") || !strcmp (tag.name, "kbd") || !strcmp (tag.name, "samp"))) {
		more = code (in, &tag, p + n);
	} else if (!tag.closes && !strcmp (tag.name, "abbr")) {
		abbreviation (in, &tag, p + n);
		return n;
	} else if (!emphasis (in, &tag) && !kept_element (in, &tag) && !g_strv_contains (passed, tag.name)) {
		/* What is no element at all is text. */
		return 0;
	}
	rn_wiki_tell_looks (in->wiki, tag.attributes, tag.len);
	return n + more;
}

/* --- the text --------------------------------------------------------------------------------------------------------------- */

/* [[...]] at P, [address label], an address. Its bytes; 0: it is text. */
static gsize link_at (Inline *in, const char *p)
{
	gsize used = 0;
	g_autofree char *made = NULL;
	if (p + 1 < in->end && p[1] == '[') {
		gpointer close = g_hash_table_lookup (in->links, GUINT_TO_POINTER ((guint) (p - in->text)));
		const char *stop = in->text + GPOINTER_TO_UINT (close);
		made = close ? rn_wiki_link (in->wiki, p + 2, (gsize) (stop - p - 2), stop + 2, in->end, &used) : NULL;
		used += made ? (gsize) (stop + 2 - p) : 0;
	}
	if (!made)
		made = rn_wiki_external (in->wiki, p, in->end, &used);
	if (!made)
		return 0;
	put (in, made);
	return used;
}

/* __TOC__ and its like; ~~~~. */
static gsize magic_at (Inline *in, const char *p)
{
	const char *q = p;
	if (*p == '~') {
		gsize n = MIN (strspn (p, "~"), (gsize) (in->end - p));
		if (n < 3 || n > 5)
			return 0;
		rn_wiki_tell (in->wiki, FALSE, "A signature is left out.");
		return n;
	}
	if (in->end - p < 5 || p[1] != '_')
		return 0;
	for (q = p + 2; q < in->end && q < p + 60 && *q != '_'; q = g_utf8_next_char (q))
		if (!g_unichar_isupper (g_utf8_get_char (q)))
			return 0;
	if (q == p + 2 || in->end - q < 2 || q[0] != '_' || q[1] != '_')
		return 0;
	rn_wiki_tell (in->wiki, FALSE, "Words for the wiki alone are left out: %.*s", (int) (q + 2 - p), p);
	return (gsize) (q + 2 - p);
}

/* What begins at P and is no plain character: its bytes; 0: it is one. */
static gsize special (Inline *in, const char *p)
{
	gsize n = 0;
	const RnStrip *strip;
	switch (*p) {
	case '\1':
		if ((strip = rn_wiki_marked (in->wiki, p, in->end, &n)) != NULL)
			marked (in, strip);
		return MAX (n, 1);
	case '\2': case '\3': case '\4': return 1;
	case '\n':
		flush (in);
		rn_wiki_quotes_line (in->quotes);
		put (in, in->in_table ? "<br>" : "\n");
		return 1;
	case '\'':
		while (p + n < in->end && p[n] == '\'')
			n++;
		if (n < 2)
			return 0;
		flush (in);
		rn_wiki_quotes_run (in->quotes, (guint) n);
		return n;
	case '[': return link_at (in, p);
	case '<': return element (in, p);
	case '&': return rn_wiki_entity (in->plain, p, in->end);
	case '_': case '~': return magic_at (in, p);
	default: return 0;
	}
}

char *rn_wiki_inline (RnWiki *wiki, const char *text, gsize len, gboolean in_table)
{
	Inline in = { .wiki = wiki, .text = text, .end = text + len, .in_table = in_table };
	if (wiki->depth > RN_WIKI_DEPTH) {
		GString *out = g_string_new (NULL);
		rn_wiki_tell (wiki, TRUE, "What is nested too deep stands as it was typed.");
		rn_wiki_escape (out, text, len);
		return g_string_free (out, FALSE);
	}
	wiki->depth++;
	in.quotes = rn_wiki_quotes_new ();
	in.plain = g_string_new (NULL);
	in.links = rn_wiki_brackets (text, len);
	for (const char *p = text; p < in.end;) {
		gboolean word = p > text && (g_ascii_isalnum (p[-1]) || (guchar) p[-1] >= 0x80);
		gsize n = special (&in, p);
		g_autofree char *bare = !n && !word && strchr ("hHmMtTsSgG", *p) ? rn_wiki_bare (p, in.end, &n) : NULL;
		if (bare)
			put (&in, bare);
		else if (!n)
			g_string_append_c (in.plain, *p);
		p += n ? n : 1;
	}
	flush (&in);
	const struct { guint open; const char *name; } left[] = { { in.strike, "</del>" }, { in.sub, "</sub>" }, { in.sup, "</sup>" } };
	for (guint i = 0; i < G_N_ELEMENTS (left); i++)
		if (left[i].open)
			put (&in, left[i].name);
	g_string_free (in.plain, TRUE);
	g_hash_table_unref (in.links);
	wiki->depth--;
	return rn_wiki_quotes_end (in.quotes);
}
