/* What is written reads back as the same: texts that look like anything else, values in values, random texts. */
#include "source/yaml_write.h"
#include "source/yaml.h"

#include <string.h>

static const RnValue *read_back (RnArena *arena, const char *yaml)
{
	g_autofree char *text = g_strdup_printf ("a: %s\nb: [x, %s]\n", yaml, yaml);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	const RnValue *map = rn_yaml_parse (arena, text, strlen (text), RN_PLACE ("t", 1, 1), sink);
	guint n;
	rn_diagnostics_sorted (sink, &n);
	g_assert_cmpuint (n, ==, 0);
	const RnValue *list = rn_value_get (map, "b");
	g_assert_true (list && list->n == 2 && rn_value_equal (list->items[1], rn_value_get (map, "a")));
	return rn_value_get (map, "a");
}

static void hold_text (const char *text)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GString) yaml = g_string_new (NULL);
	rn_yaml_write_text (yaml, text);
	g_assert_null (strchr (yaml->str, '\n'));
	const RnValue *value = read_back (arena, yaml->str);
	g_assert_cmpstr (rn_value_string (value), ==, text);
}

static void test_texts (void)
{
	static const char *const texts[] = { "", " ", "a", "a ", " a", "true", "No", "null", "~", "12", "1.5", "2026-01-31", "-", "- a", "a: b", "a #b", "#a", "'", "\"", "\\", "a\nb", "\ta", "a,b",
		"[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "a|b", ">", "?", "? a", "---", "...", "\xc2\xa0", "a\xc2\xa0", "\xe2\x80\x8b", "Статья 5", "«Дом»", "№ 115-ФЗ", "x: 1", "0x10", "1e3",
		".inf", "=", "<<", "y", "a:b", "http://x.example/#a", "\x7f", "\xef\xbb\xbf", "\xf0\x9f\x98\x80", "\xe2\x80\xa8" };
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
		hold_text (texts[i]);
}

static void test_random (void)
{
	static const char *const parts[] = { "a", "Ж", " ", ":", "#", "\"", "'", "\\", "\n", "\t", "-", "[", "]", "{", "}", ",", "1", ".", "&", "*", "!", "|", ">", "%", "@", "`", "~", "?", "\xc2\xa0", "\xe2\x80\xa8" };
	GRand *rand = g_rand_new_with_seed (3);
	for (guint round = 0; round < 3000; round++) {
		g_autoptr (GString) text = g_string_new (NULL);
		for (gint n = g_rand_int_range (rand, 0, 9); n > 0; n--)
			g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
		hold_text (text->str);
	}
	g_rand_free (rand);
}

static void test_values (void)
{
	static const char *const values[] = { "{from: 60000, to: 80000.5, currency: RUB, \"x: y\": [1, true, null]}", "[]", "{}", "[2026-01-31, \"2026-01-31\", -5, 0.25]", "false" };
	for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
		g_autoptr (RnArena) arena = rn_arena_new (0);
		g_autoptr (GString) yaml = g_string_new (NULL);
		const RnValue *value = read_back (arena, values[i]);
		rn_yaml_write_value (yaml, value);
		g_assert_true (rn_value_equal (read_back (arena, yaml->str), value));
		g_assert_cmpstr (yaml->str, ==, values[i]);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/yaml-write/texts", test_texts);
	g_test_add_func ("/yaml-write/random", test_random);
	g_test_add_func ("/yaml-write/values", test_values);
	return g_test_run ();
}
