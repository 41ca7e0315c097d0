/* excerpt.c - the caret stands under its column, whatever stands before it. */
#include "base/excerpt.h"

#include <string.h>

static void carets (void)
{
	static const struct { const char *line; guint col; const char *shown, *caret; } cases[] = {
		{ "title: One", 8, "title: One", "       ^" }, { "\tя x", 3, "\tя x", "\t ^" }, { "日本x", 3, "日本x", "    ^" }, { "a\x01" "b\r\n", 3, "a b", "  ^" },
		{ "", 1, "", "^" }, { "ab", 99, "ab", "  ^" }, { "ab", 0, "ab", "^" }, { "\xff" "b", 2, "\xef\xbf\xbd" "b", " ^" },
	};
	g_autoptr (GString) shown = g_string_new ("old"), caret = g_string_new ("old");
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		rn_excerpt (cases[i].line, strlen (cases[i].line), cases[i].col, shown, caret);
		g_assert_cmpstr (shown->str, ==, cases[i].shown);
		g_assert_cmpstr (caret->str, ==, cases[i].caret);
	}
}

/* Of a long line a window is shown; the sign under the caret is the one of that column. */
static void windows (void)
{
	g_autoptr (GString) line = g_string_new (NULL), shown = g_string_new (NULL), caret = g_string_new (NULL);
	for (guint i = 0; i < 1000; i++)
		g_string_append_c (line, (char) ('a' + i % 26));
	for (guint col = 1; col <= 1000; col += 7) {
		rn_excerpt (line->str, line->len, col, shown, caret);
		const char *at = g_utf8_offset_to_pointer (shown->str, (glong) caret->len - 1);
		g_assert_cmpint (*at, ==, line->str[col - 1]);
		g_assert_cmpint (g_utf8_strlen (shown->str, -1), <=, RN_EXCERPT_WIDTH + 2);
	}
}

/* What is looked at of a line ends with a whole character, of however many bytes. */
static void characters (void)
{
	static const char *const all[] = { "я", "日", "𝄞", "aя日𝄞" };
	for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
		g_autoptr (GString) line = g_string_new (NULL), shown = g_string_new (NULL), caret = g_string_new (NULL);
		while (line->len < 4000)
			g_string_append (line, all[i]);
		const guint count = (guint) g_utf8_strlen (line->str, -1);
		for (guint col = 1; col <= count; col += 3) {
			rn_excerpt (line->str, line->len, col, shown, caret);
			g_assert_null (strstr (shown->str, "\xef\xbf\xbd"));
			const guint from = g_str_has_prefix (shown->str, "…") ? col - 1 - RN_EXCERPT_WIDTH / 2 : 0;
			g_assert_cmpint (g_str_has_suffix (shown->str, "…"), ==, from + RN_EXCERPT_WIDTH < count);
		}
	}
}

static void lines (void)
{
	static const char text[] = "one\ntwo\n\nfour";
	static const char *const all[] = { "one", "two", "", "four" };
	gsize len = 0;
	for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
		const char *line = rn_excerpt_line (text, strlen (text), i + 1, &len);
		g_assert_cmpmem (line, len, all[i], strlen (all[i]));
	}
	g_assert_null (rn_excerpt_line (text, strlen (text), 5, &len));
	g_assert_null (rn_excerpt_line ("", 0, 1, &len));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/excerpt/carets", carets);
	g_test_add_func ("/excerpt/windows", windows);
	g_test_add_func ("/excerpt/characters", characters);
	g_test_add_func ("/excerpt/lines", lines);
	return g_test_run ();
}
