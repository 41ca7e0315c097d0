/*
 * html_inline.c - text, emphasis, links and pictures of sanitised HTML as inline nodes.
 *
 * In: elements. Out: nodes as Markdown's parser makes them. Invariant: blanks are one between words and none at a paragraph's beginning.
 */
#include "print/html-int.h"

#include <string.h>

#include "base/path.h"

static void add_words (RnHtmlReader *reader, const char *text, RnNode ***tail)
{
	g_autoptr (GString) out = g_string_new (NULL);
	for (const char *p = text; *p != '\0'; p++) {
		gboolean blank = strchr (" \t\r\n\f", *p) != NULL;
		if (!blank || !reader->blank)
			g_string_append_c (out, blank ? ' ' : *p);
		reader->blank = blank;
	}
	if (out->len > 0)
		rn_html_add_text (reader, tail, RN_NODE_TEXT, out->str, out->len);
}

/* --- addresses ------------------------------------------------------------------------------------------------------------ */

/* PATH, relative to the page at hand or from the site's root, as an address of the site. */
static const char *absolute (RnHtmlReader *reader, const char *path)
{
	const RnPage *page = reader->setter->page;
	g_autofree char *decoded = g_uri_unescape_string (path, NULL);
	g_autofree char *base = g_strconcat (page != NULL ? page->url + 1 : "", "-", NULL);
	g_autofree char *joined = rn_path_join (base, decoded != NULL ? decoded : path);
	if (joined == NULL || !g_utf8_validate (joined, -1, NULL))
		return "";
	gsize len = strlen (joined);
	gboolean index = g_str_has_suffix (joined, "/index.html");
	if (index)
		len -= strlen ("index.html");
	gboolean folder = !index && len > 0 && (path[0] == '\0' || g_str_has_suffix (path, "/") || g_str_has_suffix (path, ".."));
	return rn_arena_printf (reader->arena, "/%.*s%s", (int) len, joined, folder ? "/" : "");
}

/* Fills in where LINK leads: as the Markdown parser would have it. */
static void resolve (RnHtmlReader *reader, RnNode *link, const char *href)
{
	g_autofree char *scheme = g_uri_parse_scheme (href);
	if (scheme != NULL || *href == '#') {
		link->flags |= scheme != NULL ? RN_NODE_F_EXTERNAL : 0;
		link->text = href;
	} else {
		gsize n = strcspn (href, "#?");
		const char *fragment = strchr (href, '#');
		const char *url = absolute (reader, rn_arena_strndup (reader->arena, href, (gssize) n));
		if (reader->setter->library != NULL)
			link->page = rn_library_at (reader->setter->library, url);
		link->text = fragment != NULL ? rn_arena_printf (reader->arena, "%s%s", url, fragment) : url;
	}
	link->len = (guint32) strlen (link->text);
}

/* --- elements ------------------------------------------------------------------------------------------------------------- */

static void children (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	if (reader->depth >= RN_HTML_DEEPEST) {
		g_autoptr (GString) text = g_string_new (NULL);
		rn_html_text (node, text, 0);
		add_words (reader, text->str, tail);
		return;
	}
	reader->depth++;
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		rn_html_inline (reader, child, tail);
	reader->depth--;
}

static void around (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail, RnNodeType type)
{
	RnNode *out = rn_html_add (reader, tail, type), **first = &out->first;
	children (reader, node, &first);
}

static void link_element (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	const char *href = rn_html_attribute (reader, node, "href");
	if (href == NULL || *href == '\0') {
		children (reader, node, tail);
		return;
	}
	RnNode *out = rn_html_add (reader, tail, RN_NODE_LINK), **first = &out->first;
	resolve (reader, out, href);
	children (reader, node, &first);
}

static void picture (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	const char *src = rn_html_attribute (reader, node, "src"), *alt = rn_html_attribute (reader, node, "alt");
	if (src == NULL) {
		add_words (reader, alt != NULL ? alt : "", tail);
		return;
	}
	RnNode *out = rn_html_add (reader, tail, RN_NODE_IMAGE), **first = &out->first;
	resolve (reader, out, src);
	if (alt != NULL && *alt != '\0')
		rn_html_add_text (reader, &first, RN_NODE_TEXT, alt, strlen (alt));
	reader->blank = FALSE;
}

static void code (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	g_autoptr (GString) text = g_string_new (NULL);
	rn_html_text (node, text, 0);
	if (text->len == 0)
		return;
	g_strdelimit (text->str, "\t\r\n", ' ');
	rn_html_add_text (reader, tail, RN_NODE_CODE, text->str, text->len);
	reader->blank = FALSE;
}

/* What paragraph.h knows by its tags alone. */
static void tagged (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	g_autofree char *open = g_strdup_printf ("<%s>", (const char *) node->name), *close = g_strdup_printf ("</%s>", (const char *) node->name);
	rn_html_add_text (reader, tail, RN_NODE_HTML, open, strlen (open));
	children (reader, node, tail);
	rn_html_add_text (reader, tail, RN_NODE_HTML, close, strlen (close));
}

static void quoted (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	const RnTypography *typography = &reader->setter->language->typography;
	const char *open = typography->open[0] != NULL ? typography->open[0] : "\"", *close = typography->close[0] != NULL ? typography->close[0] : "\"";
	rn_html_add_text (reader, tail, RN_NODE_TEXT, open, strlen (open));
	reader->blank = TRUE;
	children (reader, node, tail);
	rn_html_add_text (reader, tail, RN_NODE_TEXT, close, strlen (close));
	reader->blank = FALSE;
}

static void line_break (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	(void) node;
	rn_html_add (reader, tail, RN_NODE_LINE_BREAK);
	reader->blank = TRUE;
}

static void word_break (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	(void) node;
	rn_html_add_text (reader, tail, RN_NODE_TEXT, "\u200b", strlen ("\u200b"));
}

static void strong (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail) { around (reader, node, tail, RN_NODE_STRONG); }
static void emphasis (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail) { around (reader, node, tail, RN_NODE_EMPHASIS); }
static void strike (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail) { around (reader, node, tail, RN_NODE_STRIKE); }

static const struct { const char *name; void (*read) (RnHtmlReader *, const xmlNode *, RnNode ***); } elements[] = {
	{ "a", link_element }, { "b", strong }, { "strong", strong }, { "i", emphasis }, { "em", emphasis }, { "cite", emphasis }, { "dfn", emphasis },
	{ "var", emphasis }, { "s", strike }, { "del", strike }, { "code", code }, { "kbd", code }, { "samp", code }, { "sub", tagged }, { "sup", tagged },
	{ "u", tagged }, { "ins", tagged }, { "mark", tagged }, { "br", line_break }, { "wbr", word_break }, { "img", picture }, { "q", quoted },
};

void rn_html_inline (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
		add_words (reader, (const char *) node->content, tail);
		return;
	}
	if (node->type != XML_ELEMENT_NODE)
		return;
	for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
		if (strcmp ((const char *) node->name, elements[i].name) == 0) {
			elements[i].read (reader, node, tail);
			return;
		}
	/* A block within a link or the like is read as words, apart from the others. */
	gboolean block = rn_html_is_block (node);
	if (block)
		add_words (reader, " ", tail);
	children (reader, node, tail);
	if (block)
		add_words (reader, " ", tail);
}
