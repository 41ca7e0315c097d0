/* markdown - a page's body: parsed in a site, as HTML, as text, in pieces, as passages, read by the proofreader; with a plugin's blocks of any kind. */
#include "../world.h"
#include "markdown/passages.h"
#include "markdown/pieces.h"
#include "markdown/proof.h"
#include "site/html.h"
#include "site/plain.h"
#include "site/tight.h"

static const char site[] =
	"-- content/site.yaml --\nlanguages: [ru, tg]\nlink_schemes: {law: 'legislation/{}'}\n-- content/media/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\n"
	"-- content/media/b.txt --\nx\n-- content/faq/a.ru.md --\n---\ntitle: A\n---\n-- content/faq/b.ru.md --\n---\ntitle: B\n---\n-- content/faq/c.tg.md --\n---\ntitle: C\n---\n"
	"-- content/legislation/koap.ru.md --\n---\ntitle: K\n---\n";

/* ```md: Markdown; ```fail: a reason; ```tree: nodes whose texts are Markdown; others: code. */
static RnFenceResult fence (gpointer user, const RnFence *block, RnFenceMade *made)
{
	static const RnNodeType types[] = { RN_NODE_PARAGRAPH, RN_NODE_HEADING, RN_NODE_QUOTE };
	(void) user;
	g_string_append (made->text, block->body);
	if (!strcmp (block->name, "md"))
		return RN_FENCE_MARKDOWN;
	if (!strcmp (block->name, "fail"))
		return RN_FENCE_FAILED;
	if (strcmp (block->name, "tree"))
		return RN_FENCE_UNKNOWN;
	RnNode **at = &made->nodes;
	for (guint i = 0; i < G_N_ELEMENTS (types); i++, at = &(*at)->next) {
		*at = rn_arena_new0 (made->arena, RnNode);
		(*at)->type = (guint8) types[i];
		(*at)->level = 2;
		RnNode *text = (*at)->first = rn_arena_new0 (made->arena, RnNode);
		const gsize n = types[i] == RN_NODE_QUOTE ? strlen (block->body) : strcspn (block->body, "\n");
		text->type = RN_NODE_TEXT;
		text->text = rn_arena_strndup (made->arena, block->body, (gssize) n);
		text->len = (guint32) n;
	}
	made->web = rn_arena_strndup (made->arena, block->body, -1);
	return RN_FENCE_NODES;
}

static void write_out (const RnPage *page, const RnDocument *document)
{
	g_autoptr (GString) html = g_string_new (NULL);
	g_autoptr (GString) text = g_string_new (NULL);
	const RnHtmlOptions how = { .page = page, .language = page->language, .web = TRUE };
	rn_node_text (document->root, text);
	rn_html_render (document->root, &how, html);
	g_assert_true (g_utf8_validate (html->str, (gssize) html->len, NULL));
	rn_tighten (html);
	rn_plain (html->str, html->len, text);
}

static void cut (const RnPage *page, const RnDocument *document)
{
	RnSplitPlan plan = { 0 };
	g_autoptr (RnArena) arena = rn_arena_new (0);
	rn_pieces_plan (document, 60, arena, &plan);
	g_autoptr (RnPieces) pieces = rn_pieces_new (document);
	for (guint i = 0; i <= plan.n_cuts; i++)
		write_out (page, rn_pieces_next (pieces, i < plan.n_cuts ? plan.cuts[i].line : 0, i ? plan.cuts[i - 1].level : 0));
}

static void pair_passages (RnMarkdown *bare, const RnPage *page, const char *text, gsize size)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnPassages old, new;
	const gsize half = size / 2;
	if (!rn_passages_read (bare, page, text, size, arena, &new) || !rn_passages_read (bare, page, text + half, size - half, arena, &old))
		return;
	G_GNUC_UNUSED g_autoptr (GArray) pairs = rn_passages_pair (&old, &new);
	G_GNUC_UNUSED g_autofree RnPassagePlace *places = rn_passages_places (&old, &new);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	FuzzWorld *world = fuzz_world_once (site, fuzz_shipped ());
	static RnProof *proof;
	rn_markdown_init ();
	if (!proof)
		proof = rn_proof_new (world->site, world->sink);
	const RnMarkdownOptions options = { .fence = fence }, none = { 0 };
	const RnPage *page = fuzz_page (world, "ru", "faq/a");
	g_autofree char *text = fuzz_text (data, size);
	RnMarkdown *markdown = rn_markdown_new (world->library, &options, world->sink), *bare = rn_markdown_new (NULL, &none, world->sink);
	const RnDocument *document = rn_markdown_parse (markdown, page, text, size, 1);
	if (document) {
		write_out (page, document);
		rn_proof_page (proof, page, document, text, size, 1);
		cut (page, document);
	}
	pair_passages (bare, page, text, size);
	rn_markdown_free (bare);
	rn_markdown_free (markdown);
	return 0;
}
