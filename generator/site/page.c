/* page.c - body, then layout. */
#include "site/page.h"
#include "base/path.h"
#include "base/text.h"
#include "model/parts.h"
#include "site/html.h"
#include "site/policy.h"
#include "site/style.h"
#include "site/tight.h"

#include <string.h>

struct RnPageMaker {
	RnHost *host;
	const RnLibrary *library;
	RnImages *images;
	RnDiagnostics *sink;
	const RnAssets *assets;
	RnStyle *style;         /* NULL: sheets stay linked */
	GString *body, *told;
	const RnStructured *structured;   /* NULL: none */
	const char *share;                /* what page.share tells, borrowed */
	guint64 share_bytes;
	const RnDrawn *drawn;             /* NULL: none */
};

RnPageMaker *rn_page_maker_new (RnHost *host, const RnLibrary *library, const RnAssets *assets, RnImages *images, RnDiagnostics *sink)
{
	RnPageMaker *maker = g_new0 (RnPageMaker, 1);
	*maker = (RnPageMaker) { host, library, images, sink, assets, rn_library_site (library)->inline_style ? rn_style_new (assets) : NULL, g_string_sized_new (65536),
	                         g_string_new (NULL), NULL, NULL, 0, NULL };
	return maker;
}

void rn_page_maker_free (RnPageMaker *maker)
{
	if (!maker)
		return;
	rn_style_free (maker->style);
	g_string_free (maker->body, TRUE);
	g_string_free (maker->told, TRUE);
	g_free (maker);
}

void rn_page_maker_tell (RnPageMaker *maker, const RnStructured *structured, const RnDrawn *drawn)
{
	maker->structured = structured;
	maker->drawn = drawn;
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
		[RN_PAGE_SEARCH] = "search", [RN_PAGE_PART] = "part",
	};
	return layouts[page->kind];
}

/* The layout that PAGE or its type asks for, and where; NULL: none. */
static const char *asked_for (const RnPage *page, RnPlace *where)
{
	const RnValue *value = rn_page_field (page, "layout");
	*where = RN_PLACE (page->file, value ? value->line : 1, value ? value->col : 1);
	if (page->layout || (page->kind != RN_PAGE_CONTENT && page->kind != RN_PAGE_SECTION))
		return page->layout;
	*where = RN_PLACE (NULL, 0, 0);
	return is_list (page) ? page->type->list_layout : page->type->layout;
}

/* The layout asked for; where there is none, its kind's. */
static const char *choose_layout (RnPageMaker *maker, const RnPage *page)
{
	RnPlace where;
	const char *wanted = asked_for (page, &where);
	return wanted && rn_host_has_layout (maker->host, wanted) ? wanted : layout_of_kind (page);
}

static char *nearest_layout (const RnSite *site, const char *name)
{
	g_auto (GStrv) files = rn_site_list (site, "layouts/");
	g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
	for (char **file = files; *file; file++)
		if (g_str_has_suffix (*file, ".html"))
			g_ptr_array_add (names, g_strndup (*file + strlen ("layouts/"), strlen (*file) - strlen ("layouts/.html")));
	g_ptr_array_add (names, NULL);
	return g_strdup (rn_text_nearest (name, (const char *const *) names->pdata));
}

typedef struct { const char *name; RnPlace where; guint pages; } Missing;

void rn_page_check_layouts (RnHost *host, const RnLibrary *library, RnDiagnostics *sink)
{
	const RnPages *pages = rn_library_pages (library);
	g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
	g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
	for (guint i = 0; i < pages->n; i++) {
		Missing *missing;
		RnPlace where;
		const char *wanted = asked_for (pages->items[i], &where);
		if (!wanted)
			continue;
		if (!g_hash_table_lookup_extended (known, wanted, NULL, (gpointer *) &missing)) {
			missing = rn_host_has_layout (host, wanted) ? NULL : g_new0 (Missing, 1);
			if (missing) {
				*missing = (Missing) { wanted, where, 0 };
				g_ptr_array_add (list, missing);
			}
			g_hash_table_insert (known, (gpointer) wanted, missing);
		}
		if (missing && !pages->items[i]->fallback && pages->items[i]->slice <= 1)
			missing->pages++;
	}
	for (guint i = 0; i < list->len; i++) {
		const Missing *missing = list->pdata[i];
		g_autofree char *nearest = nearest_layout (rn_library_site (library), missing->name);
		g_autofree char *many = missing->pages > 1 ? g_strdup_printf ("%u", missing->pages) : g_strdup ("");
		rn_diagnose (sink, RN_D_LAYOUT_MISSING, missing->where, missing->name, nearest ? nearest : "", many);
	}
}

static RnHtmlOptions options_for (const RnPage *page, const RnSite *site, RnImages *images)
{
	return (RnHtmlOptions) { .page = page, .explicit_index = site->explicit_index, .language = page->language, .images = images };
}

void rn_page_snippet (const RnNode *node, const RnPage *page, const RnSite *site, RnImages *images, GString *out)
{
	const RnHtmlOptions options = options_for (page, site, images);
	rn_html_render (node, &options, out);
}

/* Where PAGE's front matter names the file; its file as a whole where it does not. */
static RnPlace place_of (const RnPage *page, const char *address)
{
	for (guint i = 0; page->fields && i < page->type->n_fields; i++) {
		const RnValue *value = page->fields[i];
		for (guint k = 0; value && k < (value->kind == RN_LIST ? value->n : 1); k++) {
			const RnValue *item = value->kind == RN_LIST ? value->items[k] : value;
			if (item->kind == RN_STRING && !strcmp (item->string, address))
				return rn_page_place (page, item->line, item->col);
		}
	}
	return rn_page_place (page, 0, 0);
}

gboolean rn_page_picture (gpointer user, const RnPage *page, const RnPictureCall *call, GString *out)
{
	RnImages *images = user;
	const RnImage *image = rn_images_get (images, call->file, place_of (page, call->file));
	if (!image)
		return FALSE;
	const RnImageTag tag = { .alt = call->alt, .address = call->address, .user = call->user };
	rn_image_html (images, image, &tag, out);
	return TRUE;
}

/* The body into the maker's buffer, and behind a piece of a text the contents of what lies below it. */
static gboolean make_body (RnPageMaker *maker, RnRender *what, const RnDocument *document, GError **error)
{
	const RnPage *page = what->page;
	RnHtmlOptions options = options_for (page, rn_library_site (maker->library), maker->images);
	options.web = TRUE;
	options.in_pieces = page->split && page != page->split->whole;
	what->pictures = rn_html_render (document->root, &options, maker->body);
	if (options.in_pieces && !rn_host_render (maker->host, "contents", &(RnRender) { .page = page }, maker->body, error))
		return FALSE;
	what->content = maker->body->str;
	what->content_len = maker->body->len;
	what->headings = document->headings;
	what->n_headings = document->n_headings;
	return TRUE;
}

gboolean rn_page_make_copy (RnPageMaker *maker, const char *layout, const RnPage *page, const RnDocument *document, GString *out, GError **error)
{
	RnRender what = { .page = page };
	g_string_truncate (out, 0);
	g_string_truncate (maker->body, 0);
	if (document) {
		const RnHtmlOptions options = options_for (page, rn_library_site (maker->library), maker->images);
		rn_html_render (document->root, &options, maker->body);
		what.content = maker->body->str;
		what.content_len = maker->body->len;
	}
	return rn_host_render (maker->host, layout, &what, out, error);
}

/* At the end of the head: what the page's blocks use, each once; scripts wait until the page stands. */
static void add_uses (RnPageMaker *maker, const RnPage *page, const RnDocument *document, GString *html)
{
	const char *head = document->n_uses ? strstr (html->str, "</head>") : NULL;
	if (!head)
		return;
	g_autoptr (GString) links = g_string_new (NULL);
	for (guint i = 0; i < document->n_uses; i++) {
		const char *url = rn_assets_url ((gpointer) maker->assets, document->uses[i]);
		gboolean script = g_str_has_suffix (document->uses[i], ".js");
		if (!url)
			continue;
		g_string_append (links, script ? "<script defer src=\"" : "<link rel=\"stylesheet\" href=\"");
		rn_path_relative (links, page->url, url, FALSE);
		g_string_append (links, script ? "\"></script>\n" : "\">\n");
	}
	g_string_insert_len (html, head - html->str, links->str, (gssize) links->len);
}

void rn_page_offer (RnPageMaker *maker, const char *url, guint64 bytes)
{
	maker->share = url;
	maker->share_bytes = bytes;
}

/* Where pages hold their style they are made for the poorest line. The policy is about what then stands there. */
static void finish (RnPageMaker *maker, GString *html)
{
	if (maker->style) {
		rn_tighten (html);
		rn_style_inline (maker->style, html);
	}
	rn_policy_put (html);
}

gboolean rn_page_make_text (RnPageMaker *maker, const RnPage *page, const GString *body, GString *out, GError **error)
{
	const RnRender what = { .page = page, .content = body->str, .content_len = body->len };
	g_string_truncate (out, 0);
	if (!rn_host_render (maker->host, choose_layout (maker, page), &what, out, error))
		return FALSE;
	finish (maker, out);
	return TRUE;
}

gboolean rn_page_make (RnPageMaker *maker, const RnPage *page, const RnDocument *document, GString *out, GError **error)
{
	RnRender what = { .page = page, .share = maker->share, .share_bytes = maker->share_bytes };
	g_string_truncate (out, 0);
	g_string_truncate (maker->body, 0);
	if (document && !make_body (maker, &what, document, error))
		return FALSE;
	what.preview = maker->drawn ? rn_drawn_of (maker->drawn, page) : NULL;
	if (maker->structured && rn_structured_make (maker->structured, page, document, maker->told)) {
		what.structured = maker->told->str;
		what.structured_len = maker->told->len;
	}
	if (!rn_host_render (maker->host, choose_layout (maker, page), &what, out, error))
		return FALSE;
	if (document)
		add_uses (maker, page, document, out);
	finish (maker, out);
	return TRUE;
}

void rn_page_file (const RnPage *page, GString *out)
{
	g_string_append (out, page->url + 1);
	if (!out->len || out->str[out->len - 1] == '/')
		g_string_append (out, "index.html");
}
