/*
 * The examples of the CommonMark and GFM specification through our own pipeline: parse, convert, render, byte for byte.
 * tests/setup/spec puts the specification at build/spec/spec.txt; without it the test is skipped.
 */
#include <string.h>

#include "site/html.h"
#include "markdown/parse.h"

typedef struct { guint number, line; char *extension; GString *markdown, *html; } Example;

static char *render (const char *text, gsize len, gboolean gfm)
{
	RnMarkdownOptions options = { .plain = TRUE, .gfm = gfm };
	RnHtmlOptions html = { .plain = TRUE };
	RnMarkdown *md = rn_markdown_new (NULL, &options, NULL);
	const RnDocument *doc = rn_markdown_parse (md, NULL, text, len, 1);
	GString *out = g_string_new (NULL);
	if (doc)
		rn_html_render (doc->root, &html, out);
	rn_markdown_free (md);
	return g_string_free (out, FALSE);
}

static void example_free (gpointer data)
{
	Example *example = data;
	g_free (example->extension);
	g_string_free (example->markdown, TRUE);
	g_string_free (example->html, TRUE);
	g_free (example);
}

static GPtrArray *read_examples (const char *text)
{
	static const char fence[] = "````````````````````````````````";
	GPtrArray *examples = g_ptr_array_new_with_free_func (example_free);
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	Example *now = NULL;
	GString *part = NULL;
	for (guint i = 0; lines[i]; i++) {
		g_auto (GStrv) parts = g_strsplit (lines[i], "→", -1);
		g_autofree char *line = g_strjoinv ("\t", parts);
		if (g_str_has_prefix (line, fence) && strstr (line, " example")) {
			now = g_new0 (Example, 1);
			now->number = examples->len + 1;
			now->line = i + 1;
			now->extension = g_strdup (g_strstrip (strstr (line, " example") + 8));
			part = now->markdown = g_string_new (NULL);
			now->html = g_string_new (NULL);
			g_ptr_array_add (examples, now);
		} else if (!strcmp (line, fence))
			now = NULL, part = NULL;
		else if (now && part == now->markdown && !strcmp (line, "."))
			part = now->html;
		else if (part)
			g_string_append_printf (part, "%s\n", line);
	}
	return examples;
}

/* The two examples of task lists show another order of attributes than cmark-gfm writes. */
static void as_cmark (GString *html)
{
	g_string_replace (html, "<input disabled=\"\" type=\"checkbox\">", "<input type=\"checkbox\" disabled=\"\" />", 0);
	g_string_replace (html, "<input checked=\"\" disabled=\"\" type=\"checkbox\">", "<input type=\"checkbox\" checked=\"\" disabled=\"\" />", 0);
}

static void test_examples (void)
{
	g_autofree char *text = NULL;
	if (!g_file_get_contents ("build/spec/spec.txt", &text, NULL, NULL)) {
		g_test_skip ("no build/spec/spec.txt: run tests/setup/spec");
		return;
	}
	g_autoptr (GPtrArray) examples = read_examples (text);
	guint passed = 0;
	for (guint i = 0; i < examples->len; i++) {
		const Example *e = g_ptr_array_index (examples, i);
		g_autofree char *html = render (e->markdown->str, e->markdown->len, *e->extension != 0);
		if (!strcmp (e->extension, "disabled"))
			as_cmark (e->html);
		if (!strcmp (html, e->html->str))
			passed++;
		else
			g_test_message ("example %u (line %u, %s)\n%s--- expected\n%s--- got\n%s", e->number, e->line, e->extension, e->markdown->str, e->html->str, html);
	}
	g_test_message ("%u of %u examples", passed, examples->len);
	g_assert_cmpuint (examples->len, >=, 670);
	g_assert_cmpuint (passed, ==, examples->len);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/html/spec", test_examples);
	return g_test_run ();
}
