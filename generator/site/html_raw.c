/*
 * html_raw.c - raw HTML of a page: its pictures become ours, and files that it links are noted.
 *
 * In: what the sanitiser wrote, whose attributes stand in double quotes and hold no '<', '>' or '"'. Out: the same, but for <img>.
 */
#include "base/path.h"
#include "site/html-int.h"

/* The value of attribute NAME (" src=\"") of the TAG; NULL: it has none. Free with g_free. */
static char *attribute (const char *tag, gsize len, const char *name)
{
	const char *found = g_strstr_len (tag, (gssize) len, name);
	const char *value = found ? found + strlen (name) : NULL, *end = value ? memchr (value, '"', (gsize) (tag + len - value)) : NULL;
	return end ? g_strndup (value, (gsize) (end - value)) : NULL;
}

/* VALUE, relative to the page and escaped, as the site's address; NULL: it is none. Free with g_free. */
static char *site_address (const RnHtml *html, char *value)
{
	g_autofree char *whole = value;
	g_auto (GStrv) parts = whole ? g_strsplit (whole, "&amp;", -1) : NULL;
	g_autofree char *plain = parts ? g_strjoinv ("&", parts) : NULL, *scheme = plain ? g_uri_parse_scheme (plain) : NULL;
	if (!plain || scheme || *plain == '#')
		return NULL;
	g_autofree char *decoded = g_uri_unescape_string (plain, NULL), *path = decoded ? rn_path_join (html->options->page->url + 1, decoded) : NULL;
	return path ? g_strconcat ("/", path, NULL) : NULL;
}

/* Writes the picture of the tag. FALSE: it is none of the site's. */
static gboolean picture (RnHtml *html, const RnNode *node, const char *tag, gsize len)
{
	g_autofree char *address = site_address (html, attribute (tag, len, " src=\"")), *alt = attribute (tag, len, " alt=\""), *width = attribute (tag, len, " width=\"");
	return address && rn_html_picture (html, node, address, alt ? alt : "", NULL, width ? (guint) g_ascii_strtoull (width, NULL, 10) : 0);
}

void rn_html_raw (RnHtml *html, const RnNode *node)
{
	g_autofree char *moved = rn_html_moved (html, node->text);
	const char *at = moved ? moved : node->text, *end = at + (moved ? strlen (moved) : node->len);
	for (const char *tag; html->options->images && (tag = memchr (at, '<', (gsize) (end - at)));) {
		const char *close = memchr (tag, '>', (gsize) (end - tag));
		if (!close)
			break;
		gsize len = (gsize) (++close - tag);
		rn_html_put (html, at, (gsize) (tag - at));
		if (len > 3 && !memcmp (tag, "<a ", 3)) {
			g_autofree char *address = site_address (html, attribute (tag, len, " href=\""));
			if (address)
				rn_images_want (html->options->images, address);
		}
		if (len < 5 || memcmp (tag, "<img ", 5) || !picture (html, node, tag, len))
			rn_html_put (html, tag, len);
		at = close;
	}
	rn_html_put (html, at, (gsize) (end - at));
}
