/*
 * html.c - a document's tree -> HTML. Each function writes one type of node, children included.
 *
 * Text goes out in runs between the characters that must be escaped; the string grows by doubling and nothing else is allocated.
 */
#include "site/html.h"

#include <string.h>

#include "base/path.h"
#include "site/html-int.h"

void rn_html_escape (RnHtml *html, const char *text, gsize len, const char *which)
{
	/* TEXT ends in NUL, so that strcspn, which looks at many bytes at once, can look for the next. */
	for (const char *end = text + len; text < end;) {
		gsize n = MIN (strcspn (text, which), (gsize) (end - text));
		rn_html_put (html, text, n);
		text += n;
		if (text == end)
			break;
		switch (*text++) {
		case '&': PUT (html, "&amp;"); break;
		case '<': PUT (html, "&lt;"); break;
		case '>': PUT (html, "&gt;"); break;
		case '"': PUT (html, "&quot;"); break;
		default: rn_html_put (html, text - 1, 1); break; /* a NUL */
		}
	}
}

/* In plain mode as cmark does it, quotes included. */
static void escape (RnHtml *html, const char *text, gsize len)
{
	rn_html_escape (html, text, len, html->options->plain ? "&<>\"" : "&<>");
}

static void attribute (RnHtml *html, const char *text)
{
	rn_html_escape (html, text, strlen (text), "&<>\"");
}

void rn_html_line (RnHtml *html)
{
	GString *out = html->out;
	if (out->len > html->start && out->str[out->len - 1] != '\n')
		PUT (html, "\n");
}

static void number (RnHtml *html, guint n)
{
	char text[12];
	rn_html_put (html, text, (gsize) g_snprintf (text, sizeof text, "%u", n));
}

static void children (RnHtml *html, const RnNode *node)
{
	for (const RnNode *child = node->first; child; child = child->next)
		rn_html_node (html, child);
}

/* Children that are blocks of their own: a list around them is not their list. */
static void blocks (RnHtml *html, const RnNode *node)
{
	gboolean tight = html->tight;
	html->tight = FALSE;
	children (html, node);
	html->tight = tight;
}

static void back_links (RnHtml *html, const RnNode *note)
{
	const char *label = rn_language_string (html->options->language, "footnote_back", 0);
	for (guint use = note->len + 1; use <= MAX (note->number2, note->len + 1); use++) {
		PUT (html, " <a href=\"#fnref-");
		number (html, note->number);
		if (use > 1)
			PUT (html, "-"), number (html, use);
		PUT (html, "\" role=\"doc-backlink\" aria-label=\"");
		attribute (html, label ? label : "↩");
		PUT (html, "\">↩</a>");
	}
}

static void document (RnHtml *html, const RnNode *node)
{
	const RnNode *child = node->first;
	for (; child && child->type != RN_NODE_FOOTNOTE; child = child->next)
		rn_html_node (html, child);
	if (!child)
		return;
	rn_html_line (html);
	PUT (html, "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
	for (; child; child = child->next)
		rn_html_node (html, child);
	PUT (html, "</ol>\n</div>\n");
}

static void footnote (RnHtml *html, const RnNode *node)
{
	const RnNode *last = node->first;
	while (last && last->next)
		last = last->next;
	PUT (html, "<li id=\"");
	attribute (html, node->extra);
	PUT (html, "\">\n");
	html->note = node;
	html->note_end = last && last->type == RN_NODE_PARAGRAPH ? last : NULL;
	blocks (html, node);
	if (!html->note_end && html->options->language)
		back_links (html, node), PUT (html, "\n");
	html->note_end = NULL;
	PUT (html, "</li>\n");
}

static void paragraph (RnHtml *html, const RnNode *node)
{
	if (html->tight) {
		children (html, node);
		return;
	}
	rn_html_line (html);
	PUT (html, "<p>");
	children (html, node);
	if (node == html->note_end && html->options->language)
		back_links (html, html->note);
	PUT (html, "</p>\n");
}

static void heading (RnHtml *html, const RnNode *node)
{
	char close[] = "</h0>\n";
	close[3] = (char) ('0' + node->level);
	rn_html_line (html);
	PUT (html, "<h");
	rn_html_put (html, close + 3, 1);
	if (node->extra) {
		PUT (html, " id=\"");
		attribute (html, node->extra);
		PUT (html, "\"");
	}
	PUT (html, ">");
	children (html, node);
	rn_html_put (html, close, 6);
}

static void list (RnHtml *html, const RnNode *node)
{
	gboolean ordered = node->flags & RN_NODE_F_ORDERED, tight = html->tight;
	rn_html_line (html);
	if (!ordered)
		PUT (html, "<ul>\n");
	else if (node->number == 1)
		PUT (html, "<ol>\n");
	else {
		PUT (html, "<ol start=\"");
		number (html, node->number);
		PUT (html, "\">\n");
	}
	html->tight = (node->flags & RN_NODE_F_TIGHT) != 0;
	children (html, node);
	html->tight = tight;
	if (ordered)
		PUT (html, "</ol>\n");
	else
		PUT (html, "</ul>\n");
}

static void checkbox (RnHtml *html, const RnNode *node)
{
	gboolean done = node->flags & RN_NODE_F_DONE;
	if (html->options->plain) {
		rn_html_put_text (html, done ? "<input type=\"checkbox\" checked=\"\" disabled=\"\" /> " : "<input type=\"checkbox\" disabled=\"\" /> ");
		return;
	}
	g_autoptr (GString) label = g_string_new (NULL);
	if (node->first)
		rn_node_text (node->first, label);
	rn_html_put_text (html, done ? "<input type=\"checkbox\" checked disabled aria-label=\"" : "<input type=\"checkbox\" disabled aria-label=\"");
	attribute (html, label->str);
	PUT (html, "\"> ");
}

static void item (RnHtml *html, const RnNode *node)
{
	rn_html_line (html);
	PUT (html, "<li>");
	if (node->flags & RN_NODE_F_TASK)
		checkbox (html, node);
	children (html, node);
	PUT (html, "</li>\n");
}

static void quote (RnHtml *html, const RnNode *node)
{
	rn_html_line (html);
	PUT (html, "<blockquote>\n");
	blocks (html, node);
	rn_html_line (html);
	PUT (html, "</blockquote>\n");
}

static void callout (RnHtml *html, const RnNode *node)
{
	g_autofree char *key = g_strconcat ("callout_", node->text, NULL);
	const char *title = node->extra;
	if (!title && html->options->language)
		title = rn_language_string (html->options->language, key, 0);
	g_autofree char *capital = g_strdup (node->text);
	*capital = g_ascii_toupper (*capital);
	rn_html_line (html);
	PUT (html, "<div class=\"callout ");
	rn_html_put (html, node->text, node->len);
	PUT (html, "\" role=\"note\">\n<p class=\"callout-title\">");
	attribute (html, title ? title : capital);
	PUT (html, "</p>\n");
	blocks (html, node);
	rn_html_line (html);
	PUT (html, "</div>\n");
}

static void code_block (RnHtml *html, const RnNode *node)
{
	rn_html_line (html);
	PUT (html, "<pre");
	if (!html->options->plain)
		/* As a table's box: whoever moves by keyboard must be able to stop here and scroll. */
		PUT (html, " tabindex=\"0\"");
	if (node->extra) {
		PUT (html, "><code class=\"language-");
		g_autofree char *name = g_strndup (node->extra, strcspn (node->extra, " \t\n\v\f\r"));
		attribute (html, name);
		PUT (html, "\">");
	} else
		PUT (html, "><code>");
	escape (html, node->text, node->len);
	PUT (html, "</code></pre>\n");
}

static void html_block (RnHtml *html, const RnNode *node)
{
	rn_html_line (html);
	rn_html_raw (html, node);
	rn_html_line (html);
}

static void rule (RnHtml *html, const RnNode *node)
{
	(void) node;
	rn_html_line (html);
	rn_html_put_text (html, html->options->plain ? "<hr />\n" : "<hr>\n");
}

static void figure (RnHtml *html, const RnNode *node)
{
	rn_html_line (html);
	PUT (html, "<figure>");
	rn_html_node (html, node->first);
	if (node->first->next)
		PUT (html, "<figcaption>");
	for (const RnNode *child = node->first->next; child; child = child->next)
		rn_html_node (html, child);
	rn_html_put_text (html, node->first->next ? "</figcaption></figure>\n" : "</figure>\n");
}

static void drawing (RnHtml *html, const RnNode *node)
{
	rn_html_put (html, node->text, node->len);
}

static void web (RnHtml *html, const RnNode *node)
{
	if (html->options->web)
		html_block (html, node);
}

static void text (RnHtml *html, const RnNode *node)
{
	escape (html, node->text, node->len);
}

static void soft_break (RnHtml *html, const RnNode *node)
{
	(void) node;
	PUT (html, "\n");
}

static void line_break (RnHtml *html, const RnNode *node)
{
	(void) node;
	rn_html_put_text (html, html->options->plain ? "<br />\n" : "<br>\n");
}

static void code (RnHtml *html, const RnNode *node)
{
	PUT (html, "<code>");
	escape (html, node->text, node->len);
	PUT (html, "</code>");
}

static void emphasis (RnHtml *html, const RnNode *node)
{
	PUT (html, "<em>");
	children (html, node);
	PUT (html, "</em>");
}

static void strong (RnHtml *html, const RnNode *node)
{
	PUT (html, "<strong>");
	children (html, node);
	PUT (html, "</strong>");
}

static void strike (RnHtml *html, const RnNode *node)
{
	PUT (html, "<del>");
	children (html, node);
	PUT (html, "</del>");
}

static void reference (RnHtml *html, const RnNode *node)
{
	PUT (html, "<sup><a href=\"#fn-");
	number (html, node->number);
	PUT (html, "\" id=\"fnref-");
	number (html, node->number);
	if (node->number2 > 1)
		PUT (html, "-"), number (html, node->number2);
	PUT (html, "\" role=\"doc-noteref\">");
	number (html, node->number);
	PUT (html, "</a></sup>");
}

static void abbreviation (RnHtml *html, const RnNode *node)
{
	PUT (html, "<abbr title=\"");
	attribute (html, node->extra);
	PUT (html, "\">");
	children (html, node);
	PUT (html, "</abbr>");
}

static void (*const functions[RN_NODE_TYPES]) (RnHtml *html, const RnNode *node) = {
	[RN_NODE_DOCUMENT] = document, [RN_NODE_PARAGRAPH] = paragraph, [RN_NODE_HEADING] = heading, [RN_NODE_LIST] = list, [RN_NODE_ITEM] = item,
	[RN_NODE_QUOTE] = quote, [RN_NODE_CALLOUT] = callout, [RN_NODE_CODE_BLOCK] = code_block, [RN_NODE_HTML_BLOCK] = html_block,
	[RN_NODE_RULE] = rule, [RN_NODE_TABLE] = rn_html_table, [RN_NODE_ROW] = children, [RN_NODE_CELL] = children, [RN_NODE_FIGURE] = figure,
	[RN_NODE_FOOTNOTE] = footnote, [RN_NODE_GROUP] = children, [RN_NODE_WEB] = web,
	[RN_NODE_TEXT] = text, [RN_NODE_SOFT_BREAK] = soft_break, [RN_NODE_LINE_BREAK] = line_break, [RN_NODE_CODE] = code,
	[RN_NODE_EMPHASIS] = emphasis, [RN_NODE_STRONG] = strong, [RN_NODE_STRIKE] = strike, [RN_NODE_LINK] = rn_html_link,
	[RN_NODE_IMAGE] = rn_html_image, [RN_NODE_DRAWING] = drawing, [RN_NODE_HTML] = rn_html_raw, [RN_NODE_FOOTNOTE_REFERENCE] = reference, [RN_NODE_ABBREVIATION] = abbreviation,
};

void rn_html_node (RnHtml *html, const RnNode *node)
{
	functions[node->type] (html, node);
}

void rn_html_children (RnHtml *html, const RnNode *node)
{
	children (html, node);
}

guint rn_html_render (const RnNode *node, const RnHtmlOptions *options, GString *out)
{
	RnHtml html = { .out = out, .options = options, .start = out->len };
	rn_html_node (&html, node);
	return html.dear;
}
