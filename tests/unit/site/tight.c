/* tight.c - what a page does without, and what stays to the letter. */
#include "site/tight.h"

#include <string.h>

static const struct { const char *what, *html, *left; } cases[] = {
	{ "white space beside blocks goes, the rest stays", "<div>\n<p> a <b>b</b>\n <i>c</i> d\ne\n</p>\n</div>\n", "<div><p>a <b>b</b>\n<i>c</i> d\ne</div>" },
	{ "items, terms", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul><dl><dt>a</dt><dd>b</dd>\n<dd>c</dd></dl>",
	  "<ul><li>a<li>b<ul><li>c</ul></ul><dl><dt>a<dd>b<dd>c</dl>" },
	{ "tables", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n<td></td>\n</tr>\n<tr>\n</tr>\n</tbody>\n</table>",
	  "<table><thead><tr><th>a<th>b<tbody><tr><td>c<td><tr></table>" },
	{ "a paragraph before a block, before the end of one", "<main><p>a</p><p class=\"x\">b</p><h2>c</h2><p>d</p></main>", "<main><p>a<p class=\"x\">b<h2>c</h2><p>d</main>" },
	{ "not before words, inline elements, the end of a link or of nothing", "<a><p>a</p></a><p>b</p>c<p>d</p> <span>e</span><p>f</p><!-- --><p>g</p>",
	  "<a><p>a</p></a><p>b</p>c<p>d</p><span>e</span><p>f</p><!-- --><p>g</p>" },
	{ "an item before words, a term before none", "<ul><li>a</li>b</ul><dl><div><dt>a</dt><dd>b</dd></div><dt>c</dt></dl>", "<ul><li>a</li>b</ul><dl><div><dt>a<dd>b</dd></div><dt>c</dt></dl>" },
	{ "raw text", "<pre>\n a <b> b </b>\n</pre>\n<p>c</p>\n<script> if (a </p>\n<p>) </script>\n<style> p </style> <textarea> x </textarea>",
	  "<pre>\n a <b> b </b>\n</pre><p>c</p><script> if (a </p>\n<p>) </script>\n<style> p </style> <textarea> x </textarea>" },
	{ "'>' in a value ends no tag", "<p title=\"a > </p> <p>\"> b </p> <p data-x='>\"'>c", "<p title=\"a > </p> <p>\">b<p data-x='>\"'>c" },
	{ "comments", "<p>a <!-- </p> <p> --> b</p>", "<p>a <!-- </p> <p> --> b</p>" },
	{ "what is not closed", "<p>a<p title=\"b", "<p>a<p title=\"b" },
	{ "signs that begin no tag", "a < b <", "a < b <" },
	{ "nothing", "", "" },
	{ "unknown elements are words", "<x-y> <b>a</b> </x-y> <lix> </lix>", "<x-y> <b>a</b> </x-y> <lix> </lix>" },
};

static void test_cases (void)
{
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autoptr (GString) html = g_string_new (cases[i].html);
		g_test_message ("%s", cases[i].what);
		rn_tighten (html);
		g_assert_cmpstr (html->str, ==, cases[i].left);
		/* What is tight stays so. */
		rn_tighten (html);
		g_assert_cmpstr (html->str, ==, cases[i].left);
	}
}

/* Whatever the bytes: no longer, and it comes to an end. */
static void test_any (void)
{
	static const char *const pieces[] = { "<p>", "</p>", "<pre>", "</pre>", "<li", "</", "<", ">", " ", "\n", "a", "\"", "'", "<!--", "-->", "<script>", "</script>", "</ul>", "<td>", "</td>", "</tr>" };
	for (guint i = 0; i < 3000; i++) {
		g_autoptr (GString) html = g_string_new (NULL);
		g_autoptr (GRand) random = g_rand_new_with_seed (i);
		for (gint n = g_rand_int_range (random, 0, 20); n; n--)
			g_string_append (html, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
		const gsize before = html->len;
		rn_tighten (html);
		g_assert_cmpuint (html->len, <=, before);
		g_assert_cmpuint (html->len, ==, strlen (html->str));
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/tight/cases", test_cases);
	g_test_add_func ("/tight/any", test_any);
	return g_test_run ();
}
