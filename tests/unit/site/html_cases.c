/*
 * Golden cases: tests/cases/markdown/NAME.md in the page faq/case of the site beside them, against NAME.html and NAME.diag.
 * With RN_UPDATE in the environment the goldens are written anew (read the diff).
 */
#include <stdlib.h>
#include <string.h>

#include "markdown/parse.h"
#include "site/html.h"

#define CASES RN_TESTS "/cases/markdown"

typedef struct { RnLibrary *library; const RnPage *page; } World;

static RnNode *node (RnFenceMade *made, RnNodeType type, const char *text)
{
	RnNode *made_node = rn_arena_new0 (made->arena, RnNode);
	made_node->type = (guint8) type;
	made_node->text = text;
	made_node->len = text ? (guint32) strlen (text) : 0;
	return made_node;
}

/* A heading, a table whose row has data, a drawing, and what is for the web alone. */
static RnFenceResult tree (RnFenceMade *made)
{
	RnNode *heading = made->nodes = node (made, RN_NODE_HEADING, NULL);
	heading->level = 3;
	heading->first = node (made, RN_NODE_TEXT, "1. A *line* {#own}");
	RnNode *table = heading->next = node (made, RN_NODE_TABLE, NULL);
	table->first = node (made, RN_NODE_ROW, " data-n=\"1\"");
	table->first->first = node (made, RN_NODE_CELL, NULL);
	table->first->first->first = node (made, RN_NODE_TEXT, "a | b [нет](/faq/zz)");
	RnNode *figure = table->next = node (made, RN_NODE_FIGURE, NULL);
	figure->first = node (made, RN_NODE_DRAWING, "<svg role=\"img\" aria-label=\"circle\"/>");
	figure->first->extra = "circle";
	figure->next = node (made, RN_NODE_TEXT, "- of *lines*\n- two");
	made->web = "<input type=range data-x=1><script>x</script>";
	g_ptr_array_add (made->uses, (gpointer) "plugin/a.js");
	return RN_FENCE_NODES;
}

static RnFenceResult fence (gpointer user, const RnFence *block, RnFenceMade *made)
{
	GString *result = made->text;
	(void) user;
	if (!strcmp (block->name, "shout")) {
		g_string_append_printf (result, "## %s\n\n**%s** [нет](/faq/zz)[^1]\n\n[^1]: inner\n", block->arguments, block->body);
		return RN_FENCE_MARKDOWN;
	}
	if (!strcmp (block->name, "draw")) {
		return tree (made);
	}
	if (!strcmp (block->name, "again")) {
		g_string_append (result, "```again\n```\n");
		return RN_FENCE_MARKDOWN;
	}
	if (!strcmp (block->name, "broken")) {
		g_string_append (result, "no data");
		return RN_FENCE_FAILED;
	}
	return RN_FENCE_UNKNOWN;
}

static void compare (const char *name, const char *suffix, const char *got)
{
	g_autofree char *path = g_strdup_printf (CASES "/%.*s%s", (int) strlen (name) - 3, name, suffix), *wanted = NULL;
	if (g_getenv ("RN_UPDATE")) {
		g_assert_true (g_file_set_contents (path, got, -1, NULL));
		return;
	}
	g_assert_true (g_file_get_contents (path, &wanted, NULL, NULL));
	if (strcmp (wanted, got))
		g_test_message ("%s\n--- expected\n%s--- got\n%s", path, wanted, got);
	g_assert_true (!strcmp (wanted, got));
}

static void run_case (const World *world, const char *name)
{
	g_autofree char *path = g_build_filename (CASES, name, NULL), *text = NULL;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (GString) html = g_string_new (NULL);
	g_autoptr (GString) told = g_string_new (NULL);
	RnMarkdownOptions options = { .fence = fence };
	RnHtmlOptions how = { .page = world->page, .language = world->page->language, .explicit_index = TRUE, .web = TRUE };
	gsize len;
	guint n;
	g_assert_true (g_file_get_contents (path, &text, &len, NULL));
	RnMarkdown *md = rn_markdown_new (world->library, &options, sink);
	const RnDocument *doc = rn_markdown_parse (md, world->page, text, len, 1);
	g_assert_nonnull (doc);
	rn_html_render (doc->root, &how, html);
	const RnDiagnostic *const *all = rn_diagnostics_sorted (sink, &n);
	for (guint i = 0; i < n; i++)
		g_string_append_printf (told, "%u:%u: %s [%s]\n", all[i]->where.line, all[i]->where.col, all[i]->message, rn_diagnostic_kind (all[i]->id)->id);
	for (guint i = 0; i < doc->n_links; i++)
		g_string_append_printf (told, "%u:%u: to %s#%s\n", doc->links[i].line, doc->links[i].col, doc->links[i].page->key, doc->links[i].fragment);
	compare (name, ".html", html->str);
	compare (name, ".diag", told->str);
	rn_markdown_free (md);
}

static void test_cases (void)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	RnSiteOptions when = { .clock = 1800000000 };
	g_autoptr (GError) error = NULL;
	RnTree *tree = rn_tree_open_work (CASES "/site", NULL, NULL, sink, &error);
	g_assert_no_error (error);
	RnTree *shipped = rn_tree_open_work (".", (const char *const[]) { "layouts", NULL }, NULL, sink, &error);
	g_assert_no_error (error);
	RnSite *site = rn_site_open (tree, shipped, &when, sink, &error);
	g_assert_no_error (error);
	RnLibrary *library = rn_library_load (site, NULL, 1, NULL, sink, &error);
	g_assert_no_error (error);
	rn_library_freeze (library);
	World world = { library, rn_library_page (library, rn_site_language (site, "ru"), "faq/case") };
	g_assert_nonnull (world.page);

	GDir *dir = g_dir_open (CASES, 0, NULL);
	guint cases = 0;
	for (const char *name; (name = g_dir_read_name (dir));)
		if (g_str_has_suffix (name, ".md"))
			run_case (&world, name), cases++;
	g_dir_close (dir);
	g_assert_cmpuint (cases, >=, 5);
	rn_library_free (library);
	rn_site_free (site);
	rn_tree_free (shipped);
	rn_tree_free (tree);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/html/cases", test_cases);
	return g_test_run ();
}
