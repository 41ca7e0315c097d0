/* renderer.c - one thread's host, parsers and page maker, tied to each other; a page's body and copy by them. */
#include "press/renderer.h"
#include "press/body.h"

static gboolean snippet (gpointer user, const RnPage *page, const char *text, gsize len, GString *out)
{
	RnRenderer *renderer = user;
	const RnRenderWith *with = renderer->with;
	const RnMarkdownOptions options = { .scheme = rn_host_scheme, .scheme_user = renderer->host };
	if (!renderer->snippets)
		renderer->snippets = rn_markdown_new (with->library, &options, with->sink);
	const RnDocument *document = rn_markdown_parse (renderer->snippets, page, text, len, 0);
	if (document)
		rn_page_snippet (document->root, page, rn_library_site (with->library), with->images, out);
	return document != NULL;
}

static void name_file (gpointer images, const char *address)
{
	rn_images_want (images, address);
}

RnRenderer *rn_renderer_new (const RnRenderWith *with)
{
	RnRenderer *renderer = g_new0 (RnRenderer, 1);
	const RnHostOptions host = {
		.asset = rn_assets_url, .asset_names = rn_assets_names, .asset_user = (gpointer) with->assets,
		.markdown = snippet, .markdown_user = renderer, .stops = with->stops,
		.file = with->images ? name_file : NULL, .picture = with->images ? rn_page_picture : NULL, .pictures = with->images,
	};
	renderer->with = with;
	renderer->host = rn_host_new (with->library, &host, with->sink);
	rn_host_load_plugins (renderer->host);
	const RnMarkdownOptions markdown = { .fence = rn_host_fence, .fence_user = renderer->host, .scheme = rn_host_scheme, .scheme_user = renderer->host };
	renderer->markdown = rn_markdown_new (with->library, &markdown, with->sink);
	renderer->maker = rn_page_maker_new (renderer->host, with->library, with->assets, with->images, with->sink);
	rn_page_maker_tell (renderer->maker, with->structured, with->drawn);
	renderer->sharer = with->share ? rn_sharer_new (with->share, with->images) : NULL;
	renderer->text = g_string_sized_new (65536);
	renderer->html = g_string_sized_new (65536);
	renderer->offer = g_string_sized_new (256);
	return renderer;
}

void rn_renderer_free (RnRenderer *renderer)
{
	if (!renderer)
		return;
	rn_sharer_free (renderer->sharer);
	rn_page_maker_free (renderer->maker);
	rn_markdown_free (renderer->markdown);
	if (renderer->snippets)
		rn_markdown_free (renderer->snippets);
	rn_host_free (renderer->host);
	g_string_free (renderer->text, TRUE);
	g_string_free (renderer->html, TRUE);
	g_string_free (renderer->offer, TRUE);
	g_free (renderer);
}

gboolean rn_renderer_has_body (const RnPage *page)
{
	return page->file && page->slice <= 1 && page->kind != RN_PAGE_TAG && page->kind != RN_PAGE_AUDIENCE;
}

const RnDocument *rn_renderer_parse (RnRenderer *renderer, const RnPage *page)
{
	return rn_body_parse (renderer->markdown, page, rn_library_site (renderer->with->library)->tree, renderer->text, renderer->with->sink);
}

gboolean rn_renderer_share (RnRenderer *renderer, const RnPage *page, const RnDocument *document, GError **why, GError **error)
{
	RnShare *share = renderer->with->share;
	guint64 bytes = 0;
	if (!share)
		return TRUE;
	if (rn_share_has (share, page)) {
		const gboolean made = rn_page_make_copy (renderer->maker, RN_SHARE_LAYOUT, page, rn_share_withholds (page) ? NULL : document, renderer->html, why);
		if (!rn_sharer_take (renderer->sharer, page, made ? renderer->html : NULL, error))
			return FALSE;
	}
	const gboolean offered = rn_share_file (share, page, renderer->offer, &bytes);
	rn_page_offer (renderer->maker, offered ? renderer->offer->str : NULL, bytes);
	return TRUE;
}
