/* Parses in threads against parses in a row; hostile input against the clock. */
#include <string.h>
#include <unistd.h>

#include "markdown/parse.h"

static const RnLanguage language = { .code = "xx", .name = "x", .dir = "ltr" };
static const RnPage page = { .language = &language, .file = "a.md", .url = "/xx/a/", .title = "T", .key = "a" };

#define PAGES 60

/* Bodies that ask for different extensions, so that what one sets would be missed by another. */
static char *body (guint i)
{
	static const char *const parts[] = {
		"~~gone~~ and *here* a~b\n\n", "www.example.com and a@b.example\n\n", "| a | b |\n|---|:-:|\n| ~~x~~ | y |\n\n", "- [x] done\n- [ ] open\n\n",
		"note[^1] *a **b***\n\n[^1]: text ~~s~~\n\n", "plain words with w and : in them\n\n", "# Heading\n\n> quote\n\n`code`\n\n",
	};
	GString *text = g_string_new (NULL);
	for (guint k = 0; k < 40; k++)
		g_string_append (text, parts[(i * 7 + k * (i + 3)) % G_N_ELEMENTS (parts)]);
	return g_string_free (text, FALSE);
}

static void dump (const RnNode *node, GString *out)
{
	g_string_append_printf (out, "(%u %u:%u %s", node->type, node->line, node->col, node->text ? node->text : "");
	for (const RnNode *child = node->first; child; child = child->next)
		dump (child, out);
	g_string_append_c (out, ')');
}

static char *tree_of (RnMarkdown *md, guint i)
{
	g_autofree char *text = body (i);
	const RnDocument *doc = rn_markdown_parse (md, &page, text, strlen (text), 1);
	GString *out = g_string_new (NULL);
	if (doc)
		dump (doc->root, out);
	return g_string_free (out, FALSE);
}

static gpointer work (gpointer expected)
{
	char **trees = expected;
	RnMarkdownOptions options = { 0 };
	RnMarkdown *md = rn_markdown_new (NULL, &options, NULL);
	guint wrong = 0;
	for (guint round = 0; round < 10; round++)
		for (guint i = 0; i < PAGES; i++) {
			g_autofree char *tree = tree_of (md, i);
			wrong += strcmp (tree, trees[i]) != 0;
		}
	rn_markdown_free (md);
	return GUINT_TO_POINTER (wrong);
}

static void test_threads (void)
{
	char *trees[PAGES];
	GThread *threads[4];
	RnMarkdownOptions options = { 0 };
	RnMarkdown *md = rn_markdown_new (NULL, &options, NULL);
	for (guint i = 0; i < PAGES; i++)
		trees[i] = tree_of (md, i);
	for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
		threads[i] = g_thread_new ("parse", work, trees);
	for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
		g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 0);
	for (guint i = 0; i < PAGES; i++)
		g_free (trees[i]);
	rn_markdown_free (md);
}

typedef struct { const char *before, *repeated, *after; guint times; gboolean refused; } Hostile;

static const Hostile hostile[] = {
	{ "", "*a **a ", "", 50000, FALSE }, { "", "_a ", "", 50000, FALSE }, { "", "a_ ", "", 50000, FALSE }, { "", "a]", "", 50000, FALSE },
	{ "", "[a", "", 50000, FALSE }, { "", "*a_ ", "", 50000, FALSE }, { "a**b", "c* ", "", 50000, FALSE }, { "", "[ a_", "", 50000, FALSE },
	{ "", "[ (](", "", 50000, FALSE }, { "", "[", "a", 50000, FALSE }, { "", "![", "", 50000, TRUE }, { "", "> ", "a", 50000, TRUE },
	{ "", ">", "a", 50000, TRUE }, { "", "- ", "x", 50000, TRUE }, { "", "* ", "a", 50000, TRUE }, { "", "- ", "\n", 50000, FALSE },
	{ "", "1. ", "", 50000, TRUE }, { "", "* - + ", "a", 50000, TRUE }, { "", "[^1]:", "", 50000, TRUE }, { "", "[a](<b", "", 50000, FALSE },
	{ "", "[a](b", "", 50000, FALSE }, { "", "![[]()", "", 50000, TRUE }, { "", "[[]()", "", 50000, FALSE }, { "", "_", "", 50000, FALSE },
	{ "", "*_", "", 50000, FALSE }, { "a", "~", "a", 50000, FALSE }, { "", "`a``", "", 50000, FALSE }, { "", "a <?", "", 50000, TRUE },
	{ "", "a <!A ", "", 50000, TRUE }, { "", "a <![CDATA[", "", 50000, TRUE }, { "", "<a b='", "", 50000, FALSE }, { "", "www.a_b_", "", 50000, TRUE },
	{ "http://a", ")", "", 50000, TRUE }, { "", "a@a.", "", 50000, TRUE }, { "", "aaa\rbbb\n-\v\n", "", 50000, FALSE },
	{ "", "|a|b\n|-\n", "", 50000, TRUE }, { "", "a\n", "|a|\n|-|\n", 50000, TRUE }, { "|a|\n", "|-", "\n", 50000, TRUE },
	{ "", "[^a]", "\n\n[^a]: x\n", 50000, FALSE }, { "", "[^a]", "", 50000, FALSE }, { "", "[^a[", "]", 50000, FALSE },
	{ "", "[[a]] ", "", 50000, FALSE }, { "", "\\[\\[a]] ", "", 50000, FALSE }, { "", "# a\n", "", 50000, FALSE },
	{ "", "```\n", "", 50000, FALSE }, { "", "<div>\n", "", 50000, FALSE }, { "", "<b>", "", 50000, FALSE }, { "", "\"", "", 50000, FALSE },
	{ "", "a - ", "", 50000, FALSE }, { "", "*[a]: b\n", "\na", 5000, FALSE },
};

/* Half a minute each, also under a sanitizer: what is quadratic takes longer. */
static void test_hostile (void)
{
	RnMarkdownOptions options = { 0 };
	for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
		const Hostile *h = &hostile[i];
		g_autoptr (GString) text = g_string_new (h->before);
		for (guint k = 0; k < h->times; k++)
			g_string_append (text, h->repeated);
		g_string_append (text, h->after);
		RnDiagnostics *sink = rn_diagnostics_new ();
		RnMarkdown *md = rn_markdown_new (NULL, &options, sink);
		gint64 start = g_get_monotonic_time ();
		alarm (30);
		const RnDocument *doc = rn_markdown_parse (md, &page, text->str, text->len, 1);
		alarm (0);
		double seconds = (double) (g_get_monotonic_time () - start) / 1e6;
		if (seconds > 1 || (doc == NULL) != h->refused)
			g_test_message ("%s x %u: %.1f s, %s", h->repeated, h->times, seconds, doc ? "read" : "refused");
		g_assert_cmpint (!doc, ==, h->refused);
		if (!doc)
			g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR), >=, 1);
		rn_markdown_free (md);
		rn_diagnostics_free (sink);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/markdown/threads", test_threads);
	g_test_add_func ("/markdown/hostile", test_hostile);
	return g_test_run ();
}
