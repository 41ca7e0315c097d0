/*
 * html_moved.c - raw HTML in a piece of a text: its relative addresses as seen from the page.
 *
 * The sanitiser made addresses relative to the text's own page. A piece stands deeper, and places of the text are on other pages: there
 * each relative address is worked out anew. Invariant: what is no address stays byte by byte.
 */
#include "base/path.h"
#include "base/text.h"
#include "model/parts.h"
#include "site/html-int.h"

/* ADDRESS, as the sanitiser escaped it, plain. */
static char *unescape (const char *text, gsize len)
{
	static const struct { const char *entity, *plain; } entities[] = { { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&amp;", "&" } };
	g_autoptr (GString) out = g_string_new_len (text, (gssize) len);
	for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
		g_string_replace (out, entities[i].entity, entities[i].plain, 0);
	return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Appends the relative address TEXT as seen from the page. */
static void move_address (const RnHtml *html, const char *text, gsize len, GString *out)
{
	const RnPage *first = rn_page_of_text (html->options->page);
	g_autofree char *plain = unescape (text, len), *from = g_strconcat (first->url + 1, "x", NULL);
	const gsize path = strcspn (plain, "#?");
	g_autofree char *encoded = g_strndup (plain, path), *decoded = g_uri_unescape_string (encoded, NULL);
	g_autofree char *joined = path ? rn_path_join (from, decoded ? decoded : encoded) : NULL;
	g_autofree char *to = joined ? g_strdup_printf ("/%s%s%s", joined, *joined && plain[path - 1] == '/' ? "/" : "", plain + path) : g_strdup (plain + path);
	g_autoptr (GString) relative = g_string_new (NULL);
	rn_html_relative (html, to, relative);
	rn_text_escape (out, relative->str, (gssize) relative->len, TRUE);
}

/* Is it one that depends on where it stands? */
static gboolean is_relative (const char *text, gsize len)
{
	const gsize name = strcspn (text, "/?#\"");
	return len && *text != '/' && !memchr (text, ':', MIN (name, len));
}

/* Does what begins at BEGIN, behind a quotation mark in TEXT, stand in an attribute that holds an address? */
static gboolean in_address (const char *text, const char *begin)
{
	static const char *const attributes[] = { " href=\"", " src=\"", " poster=\"", " cite=\"" };
	for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
		gsize n = strlen (attributes[i]);
		if ((gsize) (begin - text) >= n && !strncmp (begin - n, attributes[i], n))
			return TRUE;
	}
	return FALSE;
}

char *rn_html_moved (const RnHtml *html, const char *text)
{
	const RnHtmlOptions *options = html->options;
	const char *from = text;
	if (!options->page || !(options->in_pieces || rn_page_of_text (options->page) != options->page))
		return NULL;
	GString *out = g_string_new (NULL);
	for (const char *p = text; (p = strchr (p, '"'));) {
		const char *begin = ++p, *end = in_address (text, begin) ? strchr (begin, '"') : NULL;
		if (!end)
			continue;
		if (is_relative (begin, (gsize) (end - begin))) {
			g_string_append_len (out, from, begin - from);
			move_address (html, begin, (gsize) (end - begin), out);
			from = end;
		}
		p = end + 1;
	}
	g_string_append (out, from);
	return g_string_free (out, FALSE);
}
