/*
 * wikitext.c - a page's wikitext in; its Markdown out: the blocks, one after another.
 *
 * Invariant: a block is looked at once; what it is depends on its first characters alone.
 */
#include "import/wikitext-int.h"
#include "import/import.h"

#include <string.h>

typedef struct {
	RnWiki *wiki;
	GString *out, *paragraph;
	gboolean list;           /* the last block was one */
} Blocks;

static void put (Blocks *b, const char *block, gboolean list)
{
	b->list = list;
	if (!*block)
		return;
	if (b->out->len)
		g_string_append (b->out, "\n\n");
	g_string_append (b->out, block);
}

/* --- paragraphs -------------------------------------------------------------------------------------------------------------- */

static void put_words (RnWiki *wiki, GString *out, const char *text, gsize len)
{
	g_autofree char *markdown = rn_wiki_inline (wiki, text, len, FALSE);
	char *begin = markdown;
	/* Line breaks at either end break nothing. */
	for (gsize n = strlen (begin); n && g_ascii_isspace (begin[n - 1]); n = strlen (begin)) {
		gboolean broken = n > 1 && begin[n - 1] == '\n' && begin[n - 2] == '\\' && !(n > 2 && begin[n - 3] == '\\');
		begin[n - (broken ? 2 : 1)] = 0;
	}
	while (g_ascii_isspace (*begin) || g_str_has_prefix (begin, "\\\n"))
		begin += *begin == '\\' ? 2 : 1;
	if (!*begin)
		return;
	if (out->len)
		g_string_append (out, "\n\n");
	rn_wiki_lines (out, begin);
}

char *rn_wiki_flow (RnWiki *wiki, const char *text, gsize len)
{
	GString *out = g_string_new (NULL);
	const char *end = text + len, *from = text;
	for (const char *p = text; p < end;) {
		gsize n = 1;
		const RnStrip *strip = rn_wiki_marked (wiki, p, end, &n);
		if (strip && strip->kind == RN_STRIP_BLOCK) {
			put_words (wiki, out, from, (gsize) (p - from));
			g_string_append_printf (out, "%s%s", out->len ? "\n\n" : "", strip->text);
			from = p + n;
		}
		p += strip ? n : 1;
	}
	put_words (wiki, out, from, (gsize) (end - from));
	return g_string_free (out, FALSE);
}

static void end_paragraph (Blocks *b)
{
	if (!b->paragraph->len)
		return;
	g_autofree char *flow = rn_wiki_flow (b->wiki, b->paragraph->str, b->paragraph->len);
	g_string_truncate (b->paragraph, 0);
	if (*flow)
		put (b, flow, FALSE);
}

/* --- headings ---------------------------------------------------------------------------------------------------------------- */

/* The id of a <span> in a heading, which leaves the text; NULL: there is none. */
static char *take_id (GString *text)
{
	for (gsize i = 0; i < text->len; i++) {
		RnWikiTag tag;
		gsize n = text->str[i] == '<' ? rn_wiki_tag (text->str + i, text->str + text->len, &tag) : 0;
		g_autofree char *id = n && !strcmp (tag.name, "span") && !tag.closes ? rn_wiki_attribute (tag.attributes, tag.len, "id") : NULL;
		if (!id || !*id || strpbrk (id, " {}#\t\n\1"))
			continue;
		g_string_erase (text, (gssize) i, (gssize) n);
		char *close = strstr (text->str + i, "</span>");
		if (close)
			g_string_erase (text, close - text->str, (gssize) strlen ("</span>"));
		return g_steal_pointer (&id);
	}
	return NULL;
}

/* "== text ==": its level and text; FALSE: the line is none. */
static gboolean heading (Blocks *b, const char *line, gsize len)
{
	gsize left = 0, right = 0;
	while (len && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		len--;
	while (left < len && line[left] == '=')
		left++;
	while (right < len && line[len - 1 - right] == '=')
		right++;
	gsize level = MIN (6, MIN (left, right));
	if (!level || len < 2 * level + 1)
		return FALSE;
	g_autoptr (GString) text = g_string_new_len (line + level, (gssize) (len - 2 * level));
	end_paragraph (b);
	g_autofree char *id = take_id (text), *words = rn_wiki_inline (b->wiki, text->str, text->len, TRUE);
	g_autofree char *marks = g_strnfill (MAX (level, 2), '#');
	g_strstrip (words);
	g_autofree char *made = g_strdup_printf ("%s %s%s%s%s", marks, words, id ? " {#" : "", id ? id : "", id ? "}" : "");
	if (*words)
		put (b, made, FALSE);
	return TRUE;
}

/* --- blocks of several lines ------------------------------------------------------------------------------------------------- */

/* The end of the lines from P on that begin with one of FIRST. */
static const char *run_of (const char *p, const char *end, const char *first)
{
	while (p < end && *p != '\n' && strchr (first, *p)) {
		const char *stop = memchr (p, '\n', (gsize) (end - p));
		p = stop ? stop + 1 : end;
	}
	return p;
}

static const char *list (Blocks *b, const char *p, const char *end)
{
	const char *stop = run_of (p, end, "*#:;");
	gsize len = (gsize) (stop - p) - (stop > p && stop[-1] == '\n');
	end_paragraph (b);
	b->wiki->other_marks = b->list && !b->wiki->other_marks;
	g_autofree char *made = rn_wiki_list (b->wiki, p, len);
	put (b, made, TRUE);
	return stop;
}

/* Lines that begin with a blank: as they stand. */
static const char *typed (Blocks *b, const char *p, const char *end)
{
	const char *stop = run_of (p, end, " ");
	g_autoptr (GString) code = g_string_new (NULL);
	for (const char *q = p; q < stop; q++) {
		gsize n = 1;
		const RnStrip *strip = rn_wiki_marked (b->wiki, q, stop, &n);
		if (*q == ' ' && (q == p || q[-1] == '\n'))
			continue;
		if (strip) {
			g_string_append (code, strip->text);
			q += n - 1;
		} else if (*q == '&' && (n = rn_wiki_entity (code, q, stop))) {
			q += n - 1;
		} else if (*q == '\'' && q + 1 < stop && q[1] == '\'') {
			q += MIN (strspn (q, "'"), (gsize) (stop - q)) - 1;
		} else {
			g_string_append_c (code, *q);
		}
	}
	end_paragraph (b);
	if (strstr (code->str, "[[") || strstr (code->str, "[http"))
		rn_wiki_tell (b->wiki, TRUE, "Links in text that stands as it was typed are not links any more.");
	g_autofree char *body = g_strchomp (g_strdup (code->str));
	g_string_printf (code, "```\n%s\n```", body);
	if (strstr (body, "```"))
		g_string_printf (code, "~~~~~~\n%s\n~~~~~~", body);
	put (b, code->str, FALSE);
	return stop;
}

static const char *table (Blocks *b, const char *p, const char *end)
{
	gsize used;
	end_paragraph (b);
	g_autofree char *made = rn_wiki_table (b->wiki, p, (gsize) (end - p), &used);
	put (b, made, FALSE);
	return p + used;
}

/* <references>: the notes that are named in it. */
static const char *references (Blocks *b, const char *p, const char *end)
{
	const char *stop = memchr (p, '\4', (gsize) (end - p));
	stop = stop ? stop : end;
	for (const char *q = p + 1; q < stop;) {
		gsize n = 1;
		const RnStrip *strip = rn_wiki_marked (b->wiki, q, stop, &n);
		gboolean used = strip && strip->name && g_hash_table_contains (b->wiki->named, strip->name);
		if (used)
			g_free (rn_wiki_inline (b->wiki, q, n, FALSE));
		else if (strip && *strip->text)
			rn_wiki_tell (b->wiki, TRUE, "No place in the text leads to this note: %s", strip->text);
		else if (!strip && !g_ascii_isspace (*q))
			g_string_append_c (b->paragraph, *q);
		q += strip ? n : 1;
	}
	return stop < end ? stop + 1 : end;
}

/* The block that begins with the line P: where the next does; NULL: the line belongs to a paragraph. */
static const char *block (Blocks *b, const char *p, const char *stop, const char *end)
{
	gsize blank = strspn (p, " \t:");
	const char *first = MIN (p + blank, stop);
	if (first == stop) {
		end_paragraph (b);
		return *p == ':' ? stop : MIN (stop + 1, end);
	}
	if (end - first >= 2 && !memcmp (first, "{|", 2))
		return table (b, first, end);
	if (strchr ("*#:;", *p))
		return list (b, p, end);
	if (*p == '=' && heading (b, p, (gsize) (stop - p)))
		return MIN (stop + 1, end);
	if (*p == ' ' && !b->paragraph->len && *first != '\1' && *first != '<' && *first != '\3')
		return typed (b, p, end);
	if (stop - p >= 4 && !memcmp (p, "----", 4)) {
		end_paragraph (b);
		put (b, "---", FALSE);
		return p + strspn (p, "-");
	}
	return NULL;
}

char *rn_wiki_blocks (RnWiki *wiki, const char *text, gsize len)
{
	g_autoptr (GString) paragraph = g_string_new (NULL);
	Blocks b = { wiki, g_string_new (NULL), paragraph, FALSE };
	for (const char *p = text, *end = text + len; p < end;) {
		const char *stop = memchr (p, '\n', (gsize) (end - p)), *note = NULL, *next;
		stop = stop ? stop : end;
		if ((next = block (&b, p, stop, end)) != NULL) {
			/* A line of blanks and colons alone has nothing to show. */
			p = next == p ? MIN (stop + 1, end) : next;
			continue;
		}
		note = memchr (p, '\3', (gsize) (stop - p));
		const char *until = note ? note : stop;
		if (paragraph->len && until > p)
			g_string_append_c (paragraph, '\n');
		g_string_append_len (paragraph, p, until - p);
		p = note ? references (&b, note, end) : MIN (stop + 1, end);
	}
	end_paragraph (&b);
	return g_string_free (b.out, FALSE);
}

/* --- the whole --------------------------------------------------------------------------------------------------------------- */

char *rn_wiki_whole (RnWiki *wiki, const char *text, gsize len, gboolean blocks)
{
	if (wiki->depth > RN_WIKI_DEPTH)
		return rn_wiki_inline (wiki, text, len, FALSE);
	wiki->depth++;
	g_autofree char *ready = blocks ? g_strndup (text, len) : rn_wiki_expand (wiki, text, len);
	g_autofree char *html = blocks ? rn_wiki_html (wiki, ready) : NULL;
	char *made = blocks ? rn_wiki_blocks (wiki, html, strlen (html)) : rn_wiki_inline (wiki, ready, strlen (ready), FALSE);
	wiki->depth--;
	return made;
}

static void strip_free (gpointer data)
{
	RnStrip *strip = data;
	g_free (strip->text);
	g_free (strip->name);
	g_free (strip);
}

/* Footnotes that the text leads to and that say nothing. */
static void tell_empty_notes (RnWiki *wiki)
{
	GHashTableIter iter;
	gpointer name, number;
	g_autoptr (GPtrArray) empty = g_ptr_array_new ();
	g_hash_table_iter_init (&iter, wiki->named);
	while (g_hash_table_iter_next (&iter, &name, &number)) {
		g_autofree char *said = g_strdup_printf ("\1%s", (char *) name);
		if (*(char *) name != '\1' && !g_hash_table_contains (wiki->named, said))
			g_ptr_array_add (empty, name);
	}
	rn_import_sort (empty);
	for (guint i = 0; i < empty->len; i++) {
		number = g_hash_table_lookup (wiki->named, empty->pdata[i]);
		rn_wiki_tell (wiki, TRUE, "The note '%s' is called and says nothing.", (char *) empty->pdata[i]);
		g_string_append_printf (wiki->notes, "[^%u]: -\n", GPOINTER_TO_UINT (number));
	}
}

char *rn_wikitext_markdown (const RnWikiHooks *hooks, const char *text)
{
	RnWiki wiki = { .hooks = hooks };
	g_autoptr (GString) clean = g_string_sized_new (strlen (text)), notes = g_string_new (NULL), abbreviations = g_string_new (NULL);
	for (const char *p = text; *p; p++)
		if ((guchar) *p >= 0x20 || *p == '\n' || *p == '\t')
			g_string_append_c (clean, *p);
	wiki.strips = g_ptr_array_new_with_free_func (strip_free);
	wiki.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	wiki.short_forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	wiki.notes = notes;
	wiki.abbreviations = abbreviations;
	g_autofree char *stripped = rn_wiki_strip (&wiki, clean->str, clean->len, FALSE);
	g_autofree char *expanded = rn_wiki_expand (&wiki, stripped, strlen (stripped));
	g_autofree char *html = rn_wiki_html (&wiki, expanded), *body = rn_wiki_blocks (&wiki, html, strlen (html));
	GString *out = g_string_new (body);
	tell_empty_notes (&wiki);
	if (out->len)
		g_string_append_c (out, '\n');
	if (abbreviations->len)
		g_string_append_printf (out, "%s%s", out->len ? "\n" : "", abbreviations->str);
	if (notes->len)
		g_string_append_printf (out, "%s%s", out->len ? "\n" : "", notes->str);
	/* Marks that stand where no step reads them, as in code. */
	char *made = rn_wiki_unmark (&wiki, out->str);
	g_string_free (out, TRUE);
	g_ptr_array_unref (wiki.strips);
	g_hash_table_unref (wiki.named);
	g_hash_table_unref (wiki.short_forms);
	return made;
}
