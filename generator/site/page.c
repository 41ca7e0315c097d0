/* page.c - body, then layout. */
#include "site/page.h"
#include "site/html.h"

#include <string.h>

struct RnPageMaker {
	RnHost *host;
	const RnLibrary *library;
	RnDiagnostics *sink;
	GString *body;
};

RnPageMaker *rn_page_maker_new (RnHost *host, const RnLibrary *library, RnDiagnostics *sink)
{
	RnPageMaker *maker = g_new0 (RnPageMaker, 1);
	*maker = (RnPageMaker) { host, library, sink, g_string_sized_new (65536) };
	return maker;
}

void rn_page_maker_free (RnPageMaker *maker)
{
	if (!maker)
		return;
	g_string_free (maker->body, TRUE);
	g_free (maker);
}

static gboolean is_list (const RnPage *page)
{
	return page->kind == RN_PAGE_SECTION || page->kind == RN_PAGE_HOME;
}

static const char *layout_of_kind (const RnPage *page)
{
	static const char *const layouts[] = {
		[RN_PAGE_ROOT] = "root", [RN_PAGE_HOME] = "home", [RN_PAGE_SECTION] = "section", [RN_PAGE_CONTENT] = "page", [RN_PAGE_TAGS] = "tags",
		[RN_PAGE_TAG] = "tag", [RN_PAGE_AUDIENCE] = "audience", [RN_PAGE_CUSTOM] = "page", [RN_PAGE_NOT_FOUND] = "404",
	};
	return layouts[page->kind];
}

/* The layout asked for, told where there is none; else its kind's. */
static const char *choose_layout (RnPageMaker *maker, const RnPage *page)
{
	const char *wanted = page->layout;
	if (!wanted && (page->kind == RN_PAGE_CONTENT || page->kind == RN_PAGE_SECTION))
		wanted = is_list (page) ? page->type->list_layout : page->type->layout;
	if (!wanted || rn_host_has_layout (maker->host, wanted))
		return wanted ? wanted : layout_of_kind (page);
	rn_diagnose (maker->sink, RN_D_LAYOUT_MISSING, page->layout ? RN_PLACE (page->file, 1, 1) : RN_PLACE (NULL, 0, 0), wanted);
	return layout_of_kind (page);
}

static RnHtmlOptions options_for (const RnPage *page, const RnSite *site)
{
	return (RnHtmlOptions) { .page = page, .explicit_index = site->explicit_index, .language = page->language };
}

void rn_page_snippet (const RnNode *node, const RnPage *page, const RnSite *site, GString *out)
{
	const RnHtmlOptions options = options_for (page, site);
	rn_html_render (node, &options, out);
}

gboolean rn_page_make (RnPageMaker *maker, const RnPage *page, const RnDocument *document, GString *out, GError **error)
{
	RnRender what = { .page = page };
	g_string_truncate (out, 0);
	g_string_truncate (maker->body, 0);
	if (document) {
		const RnHtmlOptions options = options_for (page, rn_library_site (maker->library));
		rn_html_render (document->root, &options, maker->body);
		what.content = maker->body->str;
		what.content_len = maker->body->len;
		what.headings = document->headings;
		what.n_headings = document->n_headings;
	}
	return rn_host_render (maker->host, choose_layout (maker, page), &what, out, error);
}

void rn_page_file (const RnPage *page, GString *out)
{
	g_string_append (out, page->url + 1);
	if (!out->len || out->str[out->len - 1] == '/')
		g_string_append (out, "index.html");
}
