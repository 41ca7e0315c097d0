/* sitemap.c - the library's pages in the sitemap protocol. */
#include "site/sitemap.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

/* What a search engine should find: no stand-ins (their text has its own address), no slices, no 404, nothing for who is there already; of a text in pieces these, not the whole. */
static gboolean listed (const RnSite *site, const RnPage *page)
{
	/* The front door of one language leads to its home alone. */
	if (page->kind == RN_PAGE_ROOT)
		return site->n_languages > 1;
	if (page->kind == RN_PAGE_PART && !page->part)
		return FALSE;
	return page->kind != RN_PAGE_NOT_FOUND && !page->online && !page->fallback && page->slice <= 1;
}

guint rn_sitemap_parts (const RnLibrary *library)
{
	const RnPages *pages = rn_library_pages (library);
	guint n = 0;
	for (guint i = 0; i < pages->n; i++)
		n += listed (rn_library_site (library), pages->items[i]);
	return MAX (1, (n + RN_SITEMAP_MAX - 1) / RN_SITEMAP_MAX);
}

static void absolute (GString *out, const RnSite *site, const char *url)
{
	if (site->base_url)
		rn_text_escape (out, site->base_url, -1, TRUE);
	gsize from = out->len;
	rn_path_encode (out, url);
	/* Of what a path may hold, & and ' alone mean something to XML. */
	if (memchr (out->str + from, '&', out->len - from)) {
		g_autofree char *plain = g_strdup (out->str + from);
		g_string_truncate (out, from);
		rn_text_escape (out, plain, -1, TRUE);
	}
}

static void alternate (GString *out, const RnSite *site, const char *code, const RnPage *page)
{
	g_string_append (out, "<xhtml:link rel=\"alternate\" hreflang=\"");
	g_string_append (out, code);
	g_string_append (out, "\" href=\"");
	absolute (out, site, page->url);
	g_string_append (out, "\"/>\n");
}

/* A piece has the other text's own page beside it, where that one is cut otherwise: this is no twin. */
static gboolean is_twin (const RnPage *page, const RnPage *other)
{
	return other && other->url && !other->fallback && other->kind == page->kind;
}

static void entry (GString *out, const RnLibrary *library, const RnPage *page)
{
	const RnSite *site = rn_library_site (library);
	const RnPage *first = NULL;
	guint twins = 0;
	g_string_append (out, "<url>\n<loc>");
	absolute (out, site, page->url);
	g_string_append (out, "</loc>\n");
	/* The front door is for whoever reads none of the homes' languages. */
	gboolean door = page->kind == RN_PAGE_ROOT, home = door || page->kind == RN_PAGE_HOME;
	if (door)
		page = rn_library_home (library, site->languages[0]);
	for (guint i = 0; page->twins && i < site->n_languages; i++)
		if (is_twin (page, page->twins[i])) {
			first = first ? first : page->twins[i];
			twins++;
		}
	for (guint i = 0; twins > 1 && i < site->n_languages; i++)
		if (is_twin (page, page->twins[i]))
			alternate (out, site, site->languages[i]->code, page->twins[i]);
	if (twins > 1)
		alternate (out, site, "x-default", home ? rn_library_at (library, "/") : first);
	if (page->lastmod && !door) {
		g_string_append (out, "<lastmod>");
		rn_date_format (out, page->lastmod, FALSE);
		g_string_append (out, "</lastmod>\n");
	}
	g_string_append (out, "</url>\n");
}

static void make_index (const RnLibrary *library, GString *out)
{
	const RnSite *site = rn_library_site (library);
	g_string_append (out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (guint i = 1; i <= rn_sitemap_parts (library); i++) {
		g_autofree char *url = g_strdup_printf ("/sitemap-%u.xml", i);
		g_string_append (out, "<sitemap><loc>");
		absolute (out, site, url);
		g_string_append (out, "</loc></sitemap>\n");
	}
	g_string_append (out, "</sitemapindex>\n");
}

void rn_sitemap_make (const RnLibrary *library, guint part, GString *out)
{
	const RnSite *site = rn_library_site (library);
	const RnPages *pages = rn_library_pages (library);
	guint n = 0;
	g_string_truncate (out, 0);
	if (!part) {
		make_index (library, out);
		return;
	}
	g_string_append (out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
	                      "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
	for (guint i = 0; i < pages->n; i++)
		if (listed (site, pages->items[i]) && n++ / RN_SITEMAP_MAX == part - 1)
			entry (out, library, pages->items[i]);
	g_string_append (out, "</urlset>\n");
}
