/* text.c - UTF-8: validity, places, nearness, escaping, slugs. */
#include "base/text.h"

#include <string.h>

static void test_invalid (void)
{
	g_assert_cmpint (rn_text_invalid_at ("", 0), ==, -1);
	g_assert_cmpint (rn_text_invalid_at ("салом", 10), ==, -1);
	g_assert_cmpint (rn_text_invalid_at ("ab\xff" "c", 4), ==, 2);
	g_assert_cmpint (rn_text_invalid_at ("ab\0c", 4), ==, 2);
	g_assert_cmpint (rn_text_invalid_at ("а\xd0", 3), ==, 2); /* cut in the middle of a letter */
	g_assert_cmpint (rn_text_invalid_at ("\xed\xa0\x80", 3), ==, 0); /* a surrogate */
	g_assert_cmpint (rn_text_invalid_at ("\xc0\xaf", 2), ==, 0); /* overlong */
}

/* Random bytes of four tempers, held against GLib's own reading. */
static void test_invalid_property (void)
{
	static const guchar edges[] = { 0xe0, 0xed, 0xf0, 0xf4, 0xc2, 0xd0, 0x00, 0x41 };
	g_autoptr (GRand) random = g_rand_new_with_seed (7);
	for (guint i = 0; i < 300000; i++) {
		guchar bytes[80];
		guint n = g_rand_int (random) % 80, temper = i % 4;
		for (guint k = 0; k < n; k++) {
			guint32 r = g_rand_int (random);
			bytes[k] = (guchar) (temper == 0 ? r : temper == 1 ? (k & 1 ? 0x80 | (r & 0x3f) : 0xc0 | (r & 0x1f)) : temper == 2 ? r & 0x7f :
			                     r % 3 ? 0x80 | (r >> 8 & 0x7f) : edges[r >> 9 & 7]);
		}
		const char *end;
		gssize wanted = g_utf8_validate_len ((char *) bytes, n, &end) ? -1 : end - (char *) bytes;
		g_assert_cmpint (rn_text_invalid_at ((char *) bytes, n), ==, wanted);
	}
}

static void test_position (void)
{
	static const struct { const char *text; gsize offset; guint line, col; } cases[] = {
		{ "", 0, 1, 1 }, { "abc", 0, 1, 1 }, { "abc", 2, 1, 3 }, { "abc", 99, 1, 4 },
		{ "a\nb", 1, 1, 2 }, { "a\nb", 2, 2, 1 }, { "\n\n\n", 3, 4, 1 }, { "ҷ\nғӯзa", 9, 2, 4 },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		guint line, col;
		rn_text_position (cases[i].text, strlen (cases[i].text), cases[i].offset, &line, &col);
		g_assert_cmpuint (line, ==, cases[i].line);
		g_assert_cmpuint (col, ==, cases[i].col);
	}
}

static void test_nearest (void)
{
	static const char *const keys[] = { "faq/patent", "faq/passport", "lists/registration", "патент", NULL };
	static const char *const none[] = { NULL };
	static const char *const two[] = { "abcd", "abdc", NULL };
	g_assert_cmpstr (rn_text_nearest ("faq/patnet", keys), ==, "faq/patent");
	g_assert_cmpstr (rn_text_nearest ("faq/patent", keys), ==, "faq/patent");
	g_assert_cmpstr (rn_text_nearest ("faq/pasport", keys), ==, "faq/passport");
	g_assert_cmpstr (rn_text_nearest ("партент", keys), ==, "патент");
	g_assert_null (rn_text_nearest ("services/consulate-of-somewhere", keys));
	g_assert_null (rn_text_nearest ("x", none));
	g_assert_cmpstr (rn_text_nearest ("abdc", two), ==, "abdc");
	g_assert_cmpstr (rn_text_nearest ("acbd", two), ==, "abcd"); /* two neighbours swapped count as one change */
	/* What is not UTF-8 is near to nothing, and is not read beyond its end. */
	g_autofree char *cut = g_memdup2 ("faq/paten\xd0", 11);
	g_assert_null (rn_text_nearest (cut, keys));
}

static void test_escape (void)
{
	g_autoptr (GString) out = g_string_new ("[");
	rn_text_escape (out, "a<b>&\"c\"", -1, FALSE);
	g_assert_cmpstr (out->str, ==, "[a&lt;b&gt;&amp;\"c\"");
	g_string_truncate (out, 0);
	rn_text_escape (out, "a<b>&\"c\"", -1, TRUE);
	g_assert_cmpstr (out->str, ==, "a&lt;b&gt;&amp;&quot;c&quot;");
	g_string_truncate (out, 0);
	rn_text_escape (out, "&&&", 2, TRUE);
	g_assert_cmpstr (out->str, ==, "&amp;&amp;");
	g_string_truncate (out, 0);
	rn_text_escape (out, "", -1, TRUE);
	g_assert_cmpstr (out->str, ==, "");
}

static void check_slug (const char *text, RnTransliteration *table, const char *wanted)
{
	g_autofree char *slug = rn_text_slug (text, -1, table);
	g_assert_cmpstr (slug, ==, wanted);
}

static void test_slug (void)
{
	g_autoptr (RnTransliteration) table = rn_transliteration_new ();
	rn_transliteration_add (table, "Ҷ", "j");
	rn_transliteration_add (table, "о", "o");
	rn_transliteration_add (table, "ъ", "");
	rn_transliteration_add (table, "щ", "longer than a cell");
	rn_transliteration_add (table, "ẞ", "ss"); /* three bytes; ß has two */
	rn_transliteration_add (table, "оо", "never");
	rn_transliteration_add (table, "", "never");
	rn_transliteration_add (table, "h", "never");
	check_slug ("Hello, World!", NULL, "hello-world");
	check_slug ("  --a--  ", NULL, "a");
	check_slug ("", NULL, "-");
	check_slug ("!!!", NULL, "-");
	check_slug ("18.8", NULL, "18-8");
	check_slug ("Über Größe", NULL, "uber-große");
	check_slug ("Ҷо ъ 5", table, "jo-5");
	check_slug ("Щоо, hẞо щ", table, "longer than a celloo-hsso-longer than a cell");
	check_slug ("ъ ъ", table, "-");
	check_slug ("патент", NULL, "патент");
	check_slug ("e\xcc\x81t\xc3\xa9", NULL, "ete"); /* one decomposed, one composed */
	g_autofree char *cut = rn_text_slug ("abcdef", 3, NULL);
	g_assert_cmpstr (cut, ==, "abc");
}

/* The rule letter by letter, without cells: what the fast way is held against. */
static char *plain_slug (const char *text, GHashTable *letters)
{
	g_autoptr (GString) out = g_string_new (NULL);
	gboolean gap = FALSE;
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		g_autoptr (GString) said = g_string_new (NULL);
		gunichar c = g_unichar_tolower (g_utf8_get_char (p)), base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
		const char *latin = c < 0x80 ? NULL : g_hash_table_lookup (letters, GUINT_TO_POINTER (c));
		if (latin)
			g_string_append (said, latin);
		else if (g_unichar_isalnum (c))
			g_string_append_unichar (said, g_unichar_fully_decompose (c, FALSE, base, G_N_ELEMENTS (base)) > 1 && base[0] < 0x80 ? base[0] : c);
		else if (c < 0x80 || !g_unichar_ismark (c))
			gap = TRUE;
		if (said->len) {
			g_string_append (out, gap && out->len ? "-" : "");
			g_string_append (out, said->str);
			gap = FALSE;
		}
	}
	return g_strdup (out->len ? out->str : "-");
}

static void test_slug_rule (void)
{
	static const char *const latin[] = { "", "a", "shch", "seven77", "eight888", "much longer than that" };
	static const gunichar ends[] = { 0x80, 0x500, 0x600, 0x800, 0x900, 0x2100, 0x20000 };
	for (guint round = 0; round < 60; round++) {
		g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);
		g_autoptr (RnTransliteration) table = round ? rn_transliteration_new () : NULL;
		for (guint n = 0; round && n < 100; n++) {
			char utf8[7] = { 0 };
			gunichar c = g_unichar_tolower ((gunichar) g_test_rand_int_range (0x80, n % 2 ? 0x500 : 0x2100));
			const char *text = latin[g_test_rand_int_range (0, G_N_ELEMENTS (latin))];
			g_unichar_to_utf8 (g_test_rand_bit () ? c : g_unichar_toupper (c), utf8);
			g_autofree char *lower = g_utf8_strdown (utf8, -1);
			if (g_utf8_strlen (lower, -1) == 1)
				g_hash_table_insert (letters, GUINT_TO_POINTER (g_utf8_get_char (lower)), (gpointer) text);
			rn_transliteration_add (table, utf8, text);
		}
		for (guint k = 0; k < 300; k++) {
			g_autoptr (GString) text = g_string_new (NULL);
			for (guint n = (guint) g_test_rand_int_range (0, 200); n; n--) {
				gunichar c = (gunichar) g_test_rand_int_range (1, (gint32) ends[g_test_rand_int_range (0, G_N_ELEMENTS (ends))]);
				g_string_append_unichar (text, c >= 0xd800 && c < 0xe000 ? ' ' : c);
			}
			g_autofree char *wanted = plain_slug (text->str, letters);
			check_slug (text->str, table, wanted);
		}
	}
}

/* Whatever goes in: a slug is valid, lower case, has no gap at its ends nor two in a row, and is its own slug. */
static void test_slug_property (void)
{
	for (guint round = 0; round < 2000; round++) {
		g_autoptr (GString) text = g_string_new (NULL);
		for (guint n = (guint) g_test_rand_int_range (0, 20); n; n--) {
			gunichar c = (gunichar) g_test_rand_int_range (1, g_test_rand_bit () ? 0x80 : 0x600);
			g_string_append_unichar (text, c);
		}
		g_autofree char *slug = rn_text_slug (text->str, -1, NULL), *again = rn_text_slug (slug, -1, NULL);
		g_assert_true (g_utf8_validate (slug, -1, NULL));
		g_assert_cmpstr (slug, ==, again);
		g_assert_null (strstr (slug, "--"));
		g_assert_true (!strcmp (slug, "-") || (*slug != '-' && !g_str_has_suffix (slug, "-")));
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/text/invalid", test_invalid);
	g_test_add_func ("/text/invalid-property", test_invalid_property);
	g_test_add_func ("/text/position", test_position);
	g_test_add_func ("/text/nearest", test_nearest);
	g_test_add_func ("/text/escape", test_escape);
	g_test_add_func ("/text/slug", test_slug);
	g_test_add_func ("/text/slug-rule", test_slug_rule);
	g_test_add_func ("/text/slug-property", test_slug_property);
	return g_test_run ();
}
