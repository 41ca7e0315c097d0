/* html_link.c - links and pictures: addresses relative to the page, and escaped. */
#include "base/path.h"
#include "site/html-int.h"

/* Bytes that stand in an href as they are: unreserved, reserved, and the per cent sign of what is encoded already. */
static const char safe[256] = {
	['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['('] = 1, [')'] = 1, ['*'] = 1, ['+'] = 1, [','] = 1, ['-'] = 1, ['.'] = 1, ['/'] = 1,
	['0' ... '9'] = 1, [':'] = 1, [';'] = 1, ['='] = 1, ['?'] = 1, ['@'] = 1, ['A' ... 'Z'] = 1, ['_'] = 1, ['a' ... 'z'] = 1, ['~'] = 1,
};

static void address (RnHtml *html, const char *text, gsize len)
{
	static const char hex[] = "0123456789ABCDEF";
	for (const char *end = text + len; text < end;) {
		const char *run = text;
		while (text < end && safe[(guchar) *text])
			text++;
		rn_html_put (html, run, (gsize) (text - run));
		if (text == end)
			break;
		guchar c = (guchar) *text++;
		if (c == '&')
			PUT (html, "&amp;");
		else if (c == '\'')
			PUT (html, "&#x27;");
		else {
			char encoded[3] = { '%', hex[c >> 4], hex[c & 15] };
			rn_html_put (html, encoded, 3);
		}
	}
}

static void href (RnHtml *html, const RnNode *node)
{
	const RnHtmlOptions *options = html->options;
	if (options->plain || node->flags & RN_NODE_F_EXTERNAL || *node->text != '/' || !options->page) {
		address (html, node->text, node->len);
		return;
	}
	g_autoptr (GString) relative = g_string_sized_new (128);
	rn_path_relative (relative, options->page->url, node->text, options->explicit_index);
	address (html, relative->str, relative->len);
}

static void title (RnHtml *html, const RnNode *node)
{
	if (!node->extra)
		return;
	PUT (html, " title=\"");
	rn_html_escape (html, node->extra, strlen (node->extra), "&<>\"");
	PUT (html, "\"");
}

void rn_html_link (RnHtml *html, const RnNode *node)
{
	if (node->flags & RN_NODE_F_GONE) {
		PUT (html, "<span class=\"gone\">");
		rn_html_children (html, node);
		PUT (html, "</span>");
		return;
	}
	PUT (html, "<a href=\"");
	href (html, node);
	PUT (html, "\"");
	title (html, node);
	if (node->flags & RN_NODE_F_EXTERNAL && !html->options->plain && g_str_has_prefix (node->text, "http"))
		PUT (html, " rel=\"noopener\"");
	PUT (html, ">");
	rn_html_children (html, node);
	PUT (html, "</a>");
}

/* The words of a picture's description. */
static void description (RnHtml *html, const RnNode *node)
{
	for (const RnNode *child = node->first; child; child = child->next) {
		gboolean literal = child->type == RN_NODE_TEXT || child->type == RN_NODE_CODE || (child->type == RN_NODE_HTML && html->options->plain);
		if (literal)
			rn_html_escape (html, child->text, child->len, "&<>\"");
		else if (child->type == RN_NODE_SOFT_BREAK || child->type == RN_NODE_LINE_BREAK)
			PUT (html, " ");
		else
			description (html, child);
	}
}

void rn_html_image (RnHtml *html, const RnNode *node)
{
	if (node->flags & RN_NODE_F_GONE) {
		PUT (html, "<span class=\"gone\">");
		description (html, node);
		PUT (html, "</span>");
		return;
	}
	PUT (html, "<img src=\"");
	href (html, node);
	PUT (html, "\" alt=\"");
	description (html, node);
	PUT (html, "\"");
	title (html, node);
	if (html->options->plain)
		PUT (html, " />");
	else
		PUT (html, " loading=\"lazy\" decoding=\"async\">");
}
