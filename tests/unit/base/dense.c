/* dense.c - markup that is refused before a reader gets it, and what looks like it and is not. */
#include "base/dense.h"

#include <string.h>

static gboolean dense (const char *before, const char *unit, guint n, const char *after)
{
	g_autoptr (GString) text = g_string_new (before);
	for (guint i = 0; i < n; i++)
		g_string_append (text, unit);
	g_string_append (text, after);
	/* Alone, so that a byte too far is seen. */
	g_autofree char *copy = g_memdup2 (text->str, text->len);
	return rn_dense_markup (copy, text->len);
}

static void attributes (void)
{
	g_assert_true (dense ("<a ", "b=c ", 201, ">"));
	g_assert_true (dense ("<a", " b='>'", 201, ">"));
	g_assert_true (dense ("<a", "/b", 201, ""));
	g_assert_true (dense ("<a b=\">\"", " c = \"d e\"", 200, ">"));
	g_assert_true (dense ("<a \"", " b", 201, "\">"));
	g_assert_false (dense ("<a ", "b=c ", 200, ">"));
	g_assert_false (dense ("", "<a b='c' d=\"e\"/>", 5000, ""));
	g_assert_false (dense ("<a b='", "word ", 5000, "'>"));
	g_assert_false (dense ("<a b='", "word ", 5000, ""));
	g_assert_false (dense ("a < b ", "word ", 5000, ""));
	g_assert_false (dense ("<!-- <a ", "word ", 5000, "-->"));
	g_assert_false (dense ("<style><![CDATA[ <a ", "word ", 5000, "]]></style>"));
}

static void comments (void)
{
	g_assert_true (dense ("", "<!--", 5000, ""));
	g_assert_true (dense ("", "<![CDATA[", 5000, ""));
	g_assert_false (dense ("", "<!---->", 5000, "<!--"));
	g_assert_false (dense ("", "<!-- a -->", 50000, ""));
	g_assert_false (dense ("<!--", "a", 500000, ""));
	g_assert_false (dense ("", "", 0, ""));
	g_assert_false (dense ("", "<", 50000, ""));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/dense/attributes", attributes);
	g_test_add_func ("/dense/comments", comments);
	return g_test_run ();
}
