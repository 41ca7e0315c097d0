/* path.c - names that every system can hold, joining, and relative addresses. */
#include "base/path.h"

#include <string.h>

static void test_check (void)
{
	static const struct { const char *path; RnPathFault fault; } cases[] = {
		{ "a", RN_PATH_FINE }, { "content/faq/patent.tg.md", RN_PATH_FINE }, { "ҷ/ғ.md", RN_PATH_FINE }, { "a b", RN_PATH_FINE },
		{ ".hidden", RN_PATH_FINE }, { "console", RN_PATH_FINE }, { "com10", RN_PATH_FINE }, { "a/.github/b", RN_PATH_FINE },
		{ "", RN_PATH_EMPTY }, { "/a", RN_PATH_EMPTY }, { "a//b", RN_PATH_EMPTY }, { "a/", RN_PATH_EMPTY },
		{ ".", RN_PATH_ESCAPES }, { "a/../b", RN_PATH_ESCAPES }, { "a/./b", RN_PATH_ESCAPES },
		{ "a/.git/b", RN_PATH_RESERVED }, { "a/.GIT", RN_PATH_RESERVED }, { "con", RN_PATH_RESERVED }, { "a/AUX.txt", RN_PATH_RESERVED },
		{ "lpt1.md", RN_PATH_RESERVED }, { "a.", RN_PATH_RESERVED }, { "a ", RN_PATH_RESERVED }, { "a:b", RN_PATH_RESERVED },
		{ "a\\b", RN_PATH_RESERVED }, { "a\nb", RN_PATH_RESERVED }, { "a?b", RN_PATH_RESERVED }, { "a\x7f", RN_PATH_RESERVED },
		{ "a\xff", RN_PATH_INVALID },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		if (rn_path_check (cases[i].path) != cases[i].fault)
			g_error ("'%s': %d, not %d", cases[i].path, rn_path_check (cases[i].path), cases[i].fault);
		g_assert_true ((*rn_path_fault_text (cases[i].fault) == 0) == (cases[i].fault == RN_PATH_FINE));
	}
	g_autofree char *part = g_strnfill (256, 'a'), *fine = g_strnfill (255, 'a');
	g_assert_cmpint (rn_path_check (part), ==, RN_PATH_TOO_LONG);
	g_assert_cmpint (rn_path_check (fine), ==, RN_PATH_FINE);
	g_autoptr (GString) deep = g_string_new ("a");
	while (deep->len <= 4000)
		g_string_append (deep, "/a");
	g_assert_cmpint (rn_path_check (deep->str), ==, RN_PATH_TOO_LONG);
}

static void test_join (void)
{
	static const struct { const char *base, *relative, *joined; } cases[] = {
		{ "a/b.md", "c.md", "a/c.md" }, { "a/b.md", "../c.md", "c.md" }, { "a/b.md", "../../c.md", NULL }, { "b.md", "c/./d//e", "c/d/e" },
		{ "a/b.md", "/c.md", "c.md" }, { "a/b.md", "/../c", NULL }, { "a/b.md", "", "a" }, { "b.md", "..", NULL }, { "a/b/c", "../..", "" },
		{ "a/b.md", "c/..", "a" }, { "a/b.md", "...", "a/..." },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *joined = rn_path_join (cases[i].base, cases[i].relative);
		g_assert_cmpstr (joined, ==, cases[i].joined);
	}
}

static void test_relative (void)
{
	static const struct { const char *from, *to; gboolean index; const char *address; } cases[] = {
		{ "/tg/faq/a/", "/tg/faq/b/", TRUE, "../b/index.html" }, { "/tg/faq/a/", "/tg/faq/b/", FALSE, "../b/" },
		{ "/tg/faq/a/", "/tg/faq/a/", TRUE, "index.html" }, { "/tg/faq/a/", "/tg/faq/a/", FALSE, "./" },
		{ "/tg/faq/a/", "/tg/faq/a/#x", FALSE, "./#x" }, { "/tg/faq/a/", "/", TRUE, "../../../index.html" }, { "/", "/", FALSE, "./" },
		{ "/tg/faq/a/", "/tg/", FALSE, "../../" }, { "/", "/tg/faq/", TRUE, "tg/faq/index.html" }, { "/tg/404.html", "/tg/", FALSE, "./" },
		{ "/tg/404.html", "/assets/a.css", TRUE, "../assets/a.css" }, { "/tg/a/", "/assets/a.css?v=1#y", TRUE, "../../assets/a.css?v=1#y" },
		{ "/tg/a/", "/tg/ab/", FALSE, "../ab/" }, { "/tg/", "/tg/б/", FALSE, "%D0%B1/" }, { "/", "/a b/100%.html", FALSE, "a%20b/100%25.html" },
		{ "/", "/a:b/", FALSE, "./a:b/" }, { "/", "/a:b.html", FALSE, "./a:b.html" }, { "/", "/a:b.html#c/d", FALSE, "./a:b.html#c/d" },
		{ "/x/", "/a:b.html", FALSE, "../a:b.html" }, { "/", "/a#b:c", FALSE, "a#b:c" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		rn_path_relative (out, cases[i].from, cases[i].to, cases[i].index);
		g_assert_cmpstr (out->str, ==, cases[i].address);
	}
}

static char *random_address (void)
{
	GString *address = g_string_new ("/");
	for (gint n = g_test_rand_int_range (0, 5); n; n--)
		g_string_append_printf (address, "%c%s", 'a' + g_test_rand_int_range (0, 2), n > 1 || g_test_rand_bit () ? "/" : "");
	return g_string_free (address, FALSE);
}

/* A relative address, resolved as a browser does it from the page, leads where it should. */
static void test_relative_property (void)
{
	for (guint round = 0; round < 5000; round++) {
		g_autofree char *from = random_address (), *to = random_address (), *base = g_strconcat ("http://x", from, NULL);
		g_autofree char *wanted = g_strconcat ("http://x", to, NULL);
		g_autoptr (GString) out = g_string_new (NULL);
		rn_path_relative (out, from, to, FALSE);
		g_autofree char *got = g_uri_resolve_relative (base, out->str, G_URI_FLAGS_NONE, NULL);
		if (g_strcmp0 (got, wanted))
			g_error ("from %s to %s: %s leads to %s", from, to, out->str, got);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/path/check", test_check);
	g_test_add_func ("/path/join", test_join);
	g_test_add_func ("/path/relative", test_relative);
	g_test_add_func ("/path/relative-property", test_relative_property);
	return g_test_run ();
}
