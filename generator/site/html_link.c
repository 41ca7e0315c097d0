/* html_link.c - links and pictures: addresses relative to the page, and escaped. */
#include "base/path.h"
#include "model/parts.h"
#include "site/html-int.h"

/* Bytes that stand in an href as they are: unreserved, reserved, and the per cent sign of what is encoded already. */
static const char safe[256] = {
	['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['('] = 1, [')'] = 1, ['*'] = 1, ['+'] = 1, [','] = 1, ['-'] = 1, ['.'] = 1, ['/'] = 1,
	['0' ... '9'] = 1, [':'] = 1, [';'] = 1, ['='] = 1, ['?'] = 1, ['@'] = 1, ['A' ... 'Z'] = 1, ['_'] = 1, ['a' ... 'z'] = 1, ['~'] = 1,
};

void rn_html_address (RnHtml *html, const char *text, gsize len)
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

void rn_html_relative (const RnHtml *html, const char *text, GString *out)
{
	const RnPage *page = html->options->page, *with = page;
	if (*text == '#') {
		/* Of a place in the text, only its own piece knows. */
		g_autofree char *anchor = html->options->in_pieces ? g_uri_unescape_string (text + 1, NULL) : NULL;
		with = anchor ? rn_page_with (page, anchor) : page;
		if (with == page) {
			g_string_append (out, text);
			return;
		}
	}
	g_autofree char *to = with != page ? g_strconcat (with->url, text, NULL) : NULL;
	rn_path_relative (out, page->url, to ? to : text, html->options->explicit_index);
}

static void own_address (RnHtml *html, const char *url)
{
	g_autoptr (GString) relative = g_string_sized_new (128);
	rn_html_relative (html, url, relative);
	rn_html_address (html, relative->str, relative->len);
}

static gboolean is_own (const RnHtml *html, const RnNode *node)
{
	return !html->options->plain && !(node->flags & RN_NODE_F_EXTERNAL) && *node->text == '/' && html->options->page;
}

static void href (RnHtml *html, const RnNode *node)
{
	if (is_own (html, node) || (html->options->in_pieces && *node->text == '#'))
		own_address (html, node->text);
	else
		rn_html_address (html, node->text, node->len);
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
	if (html->options->images && !node->page && is_own (html, node))
		rn_images_want (html->options->images, node->text);
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

static void picture_address (gpointer user, GString *out, const char *url)
{
	const RnHtml *html = user;
	RnHtml part = { .out = out, .options = html->options };
	own_address (&part, url);
}

gboolean rn_html_picture (RnHtml *html, const RnNode *node, const char *url, const char *alt, const char *words, guint width)
{
	RnImages *images = html->options->images;
	const RnImage *image = rn_images_get (images, url, rn_page_place (html->options->page, node->line, node->col));
	if (!image)
		return FALSE;
	const RnImageTag tag = { .alt = alt, .title = words, .width = width, .first = !html->pictures++, .address = picture_address, .user = html };
	html->dear += rn_image_html (images, image, &tag, html->out);
	return TRUE;
}

/* The picture in its versions. FALSE: it is none of the site's, or cannot be shown. */
static gboolean own_picture (RnHtml *html, const RnNode *node)
{
	if (!html->options->images || !is_own (html, node))
		return FALSE;
	g_autoptr (GString) alt = g_string_sized_new (256), words = g_string_sized_new (64);
	RnHtml part = { .out = alt, .options = html->options };
	description (&part, node);
	part.out = words;
	if (node->extra)
		rn_html_escape (&part, node->extra, strlen (node->extra), "&<>\"");
	return rn_html_picture (html, node, node->text, alt->str, node->extra ? words->str : NULL, 0);
}

void rn_html_image (RnHtml *html, const RnNode *node)
{
	gboolean gone = node->flags & RN_NODE_F_GONE;
	if (!gone && own_picture (html, node))
		return;
	if (gone || (html->options->images && is_own (html, node))) {
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
