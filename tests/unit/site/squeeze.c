/* squeeze.c - what is left of a script, and what is not touched. */
#include "site/squeeze.h"

#include <string.h>

#define ASKS "// names: count total\n//   item\n"

static const struct { const char *what, *script, *left; } cases[] = {
	{ "remarks and white space go", ASKS "// why\nlet a = 1;   // here too\n\tlet b  =  2;\n", "let a=1;let b=2;" },
	{ "names become short, behind a dot too", ASKS "const count = 1;\no.count = count + total.item;\n", "const a=1;o.a=a+c.b;" },
	{ "the shortest for what stands most often, none that is there", ASKS "let a = item, b = total, total = 3, total;\n", "let a=d,b=c,c=3,c;" },
	{ "strings stay", ASKS "f('// count  \\' x', \"a  item\");\n", "f('// count  \\' x',\"a  item\");" },
	{ "patterns stay", ASKS "x = /[/\"' ]  count\\/ /g; y = a / b / count;\n", "x=/[/\"' ]  count\\/ /g;y=a/b/c;" },
	{ "a value behind a bracket is divided, not a pattern", ASKS "(a) / 2 // count\n / c[1] / item;\n", "(a)/2/c[1]/b;" },
	{ "words stay apart", ASKS "return\tcount;\nelse   if (item in total) typeof x;\n", "return a;else if(b in c)typeof x;" },
	{ "signs that would join stay apart", ASKS "a + +b; a - -b; a + -b; a ++ + b;\n", "a+ +b;a- -b;a+-b;a++ +b;" },
	{ "a line that ends in a brace ends", ASKS "f = () => {\n}\ng();\nif (a) {\n}\nelse { }\n", "f=()=>{}\ng();if(a){}\nelse{}" },
	{ "a string that is not closed ends with its line", ASKS "a = 'count\nb = 1;\n", "a='count\nb=1;" },
	{ "nothing but remarks", ASKS, "" },
};

static void test_cases (void)
{
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		GString *left = rn_squeeze (cases[i].script, strlen (cases[i].script), NULL, NULL);
		g_test_message ("%s", cases[i].what);
		g_assert_nonnull (left);
		g_assert_cmpstr (left->str, ==, cases[i].left);
		g_string_free (left, TRUE);
	}
}

/* Names that are keys of data, each told once, at its line. */
static void test_keys (void)
{
	static const char script[] = "// names: count firstItem total item\ncount = e.dataset\n\t.count;\nf('[data-first-item=\"1\"]', firstItem);\ntotal = o.dataset.total + a.item;\ndataset(item);\n";
	RnDiagnostics *sink = rn_diagnostics_new ();
	GString *left = rn_squeeze (script, strlen (script), "a.js", sink);
	guint n;
	const RnDiagnostic *const *told = rn_diagnostics_sorted (sink, &n);
	g_assert_cmpstr (left->str, ==, "count=e.dataset.count;f('[data-first-item=\"1\"]',firstItem);total=o.dataset.total+a.b;dataset(b);");
	g_assert_cmpuint (n, ==, 3);
	for (guint i = 0; i < n; i++) {
		g_assert_cmpstr (told[i]->where.file, ==, "a.js");
		g_assert_cmpuint (told[i]->where.line, ==, i + 3);
	}
	g_string_free (left, TRUE);
	rn_diagnostics_free (sink);
}

static void test_not_asked (void)
{
	g_assert_null (rn_squeeze ("let a = 1; // names: a\n", 23, NULL, NULL));
	g_assert_null (rn_squeeze ("", 0, NULL, NULL));
	g_assert_null (rn_squeeze ("// names", 8, NULL, NULL));
}

/* Any bytes: it ends, and reads no byte beyond them. */
static void test_any_bytes (void)
{
	static const char signs[] = "'\"/\\\n `[]{}()+-*=a9\xd1$_:";
	g_autoptr (GRand) rand = g_rand_new_with_seed (5);
	for (guint i = 0; i < 20000; i++) {
		g_autoptr (GString) text = g_string_new (ASKS);
		for (guint n = (guint) g_rand_int_range (rand, 0, 30); n; n--)
			g_string_append_c (text, signs[g_rand_int_range (rand, 0, sizeof signs - 1)]);
		g_autofree char *exact = g_memdup2 (text->str, text->len);
		g_string_free (rn_squeeze (exact, text->len, NULL, NULL), TRUE);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/squeeze/cases", test_cases);
	g_test_add_func ("/squeeze/keys", test_keys);
	g_test_add_func ("/squeeze/not-asked", test_not_asked);
	g_test_add_func ("/squeeze/any-bytes", test_any_bytes);
	return g_test_run ();
}
