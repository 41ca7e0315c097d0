/*
 * site - a whole site in one text (files after "-- content/site.yaml --" and the like; what stands before is site.yaml): opened, resolved, its pages parsed, its
 * links resolved, its products read. Layouts, languages and plugins are its own alone.
 */
#include "../world.h"
#include "markdown/parse.h"
#include "markdown/proof.h"
#include "model/link.h"
#include "print/product.h"
#include "search/index.h"
#include "site/html.h"

static void each_link (const FuzzWorld *world, const RnPage *page, const char *text)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_auto (GStrv) words = g_strsplit_set (text, " \n\t,[]{}()", 40);
	for (guint i = 0; words[i]; i++) {
		const RnLink link = rn_link_resolve (world->library, page, words[i], arena);
		g_assert_true (link.kind != RN_LINK_PAGE || link.page);
		g_assert_true (link.kind != RN_LINK_EXTERNAL || rn_link_scheme_allowed (link.url));
	}
}

static void each_page (const FuzzWorld *world, RnMarkdown *markdown, const RnProof *proof, const RnPage *page)
{
	g_autoptr (GString) text = g_string_new (NULL);
	g_autoptr (GString) html = g_string_new (NULL);
	g_assert_nonnull (page->url);
	g_assert_nonnull (page->title);
	if (!page->file || page->text || !rn_tree_read (world->tree, page->tree_index, 0, 1 << 20, text, NULL, NULL))
		return;
	g_assert_cmpuint (page->body, <=, text->len);
	const RnDocument *document = rn_markdown_parse (markdown, page, text->str + page->body, text->len - page->body, page->body_line);
	const RnHtmlOptions how = { .page = page, .language = page->language, .web = TRUE };
	each_link (world, page, text->str);
	if (!document)
		return;
	rn_html_render (document->root, &how, html);
	rn_proof_page (proof, page, document, text->str + page->body, text->len - page->body, page->body_line);
}

static void whole (const FuzzWorld *world)
{
	const RnMarkdownOptions options = { 0 };
	const RnPages *pages = rn_library_pages (world->library);
	RnMarkdown *markdown = rn_markdown_new (world->library, &options, world->sink);
	g_autoptr (RnProof) proof = rn_proof_new (world->site, world->sink);
	for (guint i = 0; i < pages->n && i < 200; i++)
		each_page (world, markdown, proof, pages->items[i]);
	rn_markdown_free (markdown);
	rn_index_check (world->library, world->sink);
	RnProducts *products = rn_products_new (world->library, NULL, world->sink);
	for (guint i = 0; i < rn_products_count (products); i++)
		g_ptr_array_unref (rn_product_pages (rn_products_nth (products, i), world->library, world->site->languages[0], world->sink));
	rn_products_free (products);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	FuzzWorld world = { .sink = rn_diagnostics_new () };
	guint n;
	fuzz_begin ();
	rn_markdown_init ();
	g_autofree char *text = fuzz_text (data, size);
	fuzz_world_open (&world, fuzz_tree (text, size, "content/site.yaml", world.sink), NULL, TRUE);
	if (world.library)
		whole (&world);
	rn_diagnostics_sorted (world.sink, &n);
	fuzz_world_close (&world);
	return 0;
}
