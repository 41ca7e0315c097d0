/*
 * language - plural categories against CLDR's own samples, dates, numbers and strings of languages given as data.
 */
#include "model/language.h"
#include "source/yaml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct { RnArena *arena; RnDiagnostics *sink; RnLanguage *language; } Fixture;

static const RnValue *yaml (Fixture *f, const char *text)
{
	return text == NULL ? NULL : rn_yaml_parse (f->arena, text, strlen (text), RN_PLACE ("test.yaml", 1, 1), f->sink);
}

static Fixture make (const char *code, const char *own, const char *shipped)
{
	Fixture f = { .arena = rn_arena_new (0), .sink = rn_diagnostics_new () };
	f.language = rn_language_new (f.arena, code, 0, yaml (&f, own), yaml (&f, shipped), f.sink);
	return f;
}

static void done (Fixture *f)
{
	rn_language_free (f->language);
	rn_diagnostics_free (f->sink);
	rn_arena_free (f->arena);
}

static guint told (Fixture *f, const char *id)
{
	guint n, found = 0;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (f->sink, &n);
	for (guint i = 0; i < n; i++)
		found += strcmp (rn_diagnostic_kind (all[i]->id)->id, id) == 0;
	return found;
}

/* From plurals.xml of CLDR 44; the samples after @ are the expectation. */
static const struct { const char *code, *rules; } cldr[] = {
	{ "en", "one: 'i = 1 and v = 0 @integer 1'\n"
		"other: ' @integer 0, 2~16, 100, 1000, 10000, 100000, 1000000, … @decimal 0.0~1.5, 10.0, 100.0, 1000.0'\n" },
	{ "tg", "other: ' @integer 0~15, 100, 1000, 10000, 100000, 1000000, … @decimal 0.0~1.5, 10.0, 100.0'\n" },
	{ "fa", "one: 'i = 0 or n = 1 @integer 0, 1 @decimal 0.0~1.0, 0.00~0.04'\n"
		"other: ' @integer 2~17, 100, 1000, 10000, 100000, 1000000, … @decimal 1.1~2.6, 10.0, 100.0, 1000.0'\n" },
	{ "ru", "one: 'v = 0 and i % 10 = 1 and i % 100 != 11 @integer 1, 21, 31, 41, 51, 61, 71, 81, 101, 1001, …'\n"
		"few: 'v = 0 and i % 10 = 2..4 and i % 100 != 12..14 @integer 2~4, 22~24, 32~34, 42~44, 52~54, 62, 102, 1002, …'\n"
		"many: 'v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14"
		" @integer 0, 5~19, 100, 1000, 10000, 100000, 1000000, …'\n"
		"other: ' @decimal 0.0~1.5, 10.0, 100.0, 1000.0, 10000.0, 100000.0, 1000000.0, …'\n" },
	{ "pl", "one: 'i = 1 and v = 0 @integer 1'\n"
		"few: 'v = 0 and i % 10 = 2..4 and i % 100 != 12..14 @integer 2~4, 22~24, 32~34, 102, 1002, …'\n"
		"many: 'v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14"
		" @integer 0, 5~19, 21, 31, 100, 1000, 10000, …'\n"
		"other: ' @decimal 0.0~1.5, 10.0, 100.0, …'\n" },
	{ "ar", "zero: 'n = 0 @integer 0 @decimal 0.0, 0.00, 0.000, 0.0000'\n"
		"one: 'n = 1 @integer 1 @decimal 1.0, 1.00, 1.000, 1.0000'\n"
		"two: 'n = 2 @integer 2 @decimal 2.0, 2.00, 2.000, 2.0000'\n"
		"few: 'n % 100 = 3..10 @integer 3~10, 103~110, 1003, … @decimal 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 103.0, 1003.0, …'\n"
		"many: 'n % 100 = 11..99 @integer 11~26, 111, 1011, … @decimal 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 111.0, 1011.0, …'\n"
		"other: ' @integer 100~102, 200~202, 300~302, 1000, 10000, 100000, … @decimal 0.1~0.9, 1.1~1.7, 10.1, 100.0, 1000.0, …'\n" },
	{ "lv", "zero: 'n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19 @integer 0, 10~20, 30, 40, 100, … @decimal 0.0, 10.0, 11.0'\n"
		"one: 'n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1"
		" @integer 1, 21, 31, 101, 1001, … @decimal 0.1, 1.0, 1.1, 2.1, 3.1, 10.1, …'\n"
		"other: ' @integer 2~9, 22~29, 102, 1002, … @decimal 0.2~0.9, 1.2~1.9, 10.2, …'\n" },
	{ "br", "one: 'n % 10 = 1 and n % 100 != 11,71,91 @integer 1, 21, 31, 41, 51, 61, 81, 101, 1001, …'\n"
		"two: 'n % 10 = 2 and n % 100 != 12,72,92 @integer 2, 22, 32, 42, 52, 62, 82, 102, 1002, …'\n"
		"few: 'n % 10 = 3..4,9 and n % 100 != 10..19,70..79,90..99 @integer 3, 4, 9, 23, 24, 29, 33, 34, 39, 103, 1003, …'\n"
		"many: 'n != 0 and n % 1000000 = 0 @integer 1000000, …'\n"
		"other: ' @integer 0, 5~8, 10~20, 100, 1000, 10000, 100000, …'\n" },
	{ "lt", "one: 'n % 10 = 1 and n % 100 != 11..19 @integer 1, 21, 31, 101, 1001, … @decimal 1.0, 21.0, 31.0'\n"
		"few: 'n % 10 = 2..9 and n % 100 != 11..19 @integer 2~9, 22~29, 102, 1002, …'\n"
		"many: 'f != 0 @decimal 0.1~0.9, 1.1~1.7, 10.1, 100.1, …'\n"
		"other: ' @integer 0, 10~20, 30, 40, 100, 1000, … @decimal 0.0, 10.0, 11.0, 12.0, …'\n" },
};

static guint digits_of (const char *number)
{
	const char *dot = strchr (number, '.');
	return dot == NULL ? 0 : (guint) strlen (dot + 1);
}

static void check_samples (const RnLanguage *language, const char *category, const char *samples)
{
	g_auto (GStrv) items = g_strsplit_set (samples, ", ", -1);
	for (guint i = 0; items[i] != NULL; i++) {
		if (!g_ascii_isdigit (items[i][0]))
			continue;
		g_auto (GStrv) ends = g_strsplit (items[i], "~", 2);
		guint digits = digits_of (ends[0]);
		double step = pow (10, -(double) digits), last = g_ascii_strtod (ends[ends[1] != NULL ? 1 : 0], NULL);
		for (double n = g_ascii_strtod (ends[0], NULL); n <= last + step / 2; n += step) {
			const char *found = rn_language_plural (language, n, digits);
			if (strcmp (found, category) != 0)
				g_error ("%s: %.*f is '%s', not '%s'", language->code, (int) digits, n, found, category);
		}
	}
}

static void test_plurals (void)
{
	for (guint i = 0; i < G_N_ELEMENTS (cldr); i++) {
		g_auto (GStrv) lines = g_strsplit (cldr[i].rules, "\n", -1);
		g_autofree char *indented = g_strjoinv ("\n  ", lines);
		g_autofree char *text = g_strconcat ("plural:\n  ", indented, "\n", NULL);
		Fixture f = make (cldr[i].code, text, NULL);
		g_assert_cmpuint (told (&f, "language-data") + told (&f, "yaml-syntax"), ==, 0);
		const RnValue *map = rn_value_get (f.language->data, "plural");
		g_assert_nonnull (map);
		for (guint p = 0; p < map->n; p++)
			check_samples (f.language, map->pairs[p].name, strchr (rn_value_string (map->pairs[p].value), '@'));
		done (&f);
	}
}

static void test_plural_faults (void)
{
	static const char *const wrong[] = { "n =", "x = 1", "n % 0 = 1", "n = 1 and", "n = 1 n = 2", "n 1", "n = 1..", "nn = 1", "n not 3" };
	for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
		g_autofree char *text = g_strdup_printf ("plural: {one: \"%s\"}", wrong[i]);
		Fixture f = make ("xx", text, NULL);
		if (told (&f, "language-data") != 1)
			g_error ("'%s' was taken for a rule", wrong[i]);
		g_assert_cmpstr (rn_language_plural (f.language, 1, 0), ==, "other");
		done (&f);
	}
	Fixture f = make ("xx", "plural: {one: 'n is 1', two: 'n in 2', few: 'n not in 1..2,5 and n within 0..4', many: 'n mod 10 is not 0'}", NULL);
	g_assert_cmpuint (told (&f, "language-data"), ==, 0);
	g_assert_cmpstr (rn_language_plural (f.language, -1, 0), ==, "one");
	g_assert_cmpstr (rn_language_plural (f.language, 2, 0), ==, "two");
	g_assert_cmpstr (rn_language_plural (f.language, 3.5, 1), ==, "few");
	g_assert_cmpstr (rn_language_plural (f.language, 5, 0), ==, "many");
	g_assert_cmpstr (rn_language_plural (f.language, 10, 0), ==, "other");
	g_assert_cmpstr (rn_language_plural (f.language, NAN, 0), ==, "other");
	g_assert_cmpstr (rn_language_plural (f.language, INFINITY, 0), ==, "other");
	g_assert_cmpstr (rn_language_plural (f.language, 1e300, 0), ==, "other");
	done (&f);
}

static const char shipped_file[] =
	"name: Русский\n"
	"plural: {one: \"v = 0 and i % 10 = 1 and i % 100 != 11\", few: \"v = 0 and i % 10 = 2..4 and i % 100 != 12..14\", many: \"v = 0\"}\n"
	"number: {decimal: \",\", group: \"\u00a0\"}\n"
	"date:\n"
	"  months: [января, февраля, марта, апреля, мая, июня, июля, августа, сентября, октября, ноября, декабря]\n"
	"  months_standalone: [январь, февраль, март, апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь]\n"
	"  long: \"{d} {month} {yyyy} г.\"\n"
	"  short: \"{dd}.{mm}.{yyyy}\"\n"
	"  month: \"{month_standalone} {yyyy}\"\n"
	"  odd: \"{no} {d {hh}:{min} {yy}\"\n"
	"typography: {quotes: [\"«\", \"»\"], dash: \"–\", dash_nbsp: true, nbsp_after: [В, к]}\n"
	"transliterate: {Ҷ: j, ь: \"\"}\n"
	"strings:\n"
	"  home: Главная\n"
	"  pages: {one: \"{n} страница\", few: \"{n} страницы\", other: \"{n} страниц\"}\n"
	"  status: {draft: черновик, number: 5}\n";

static void test_strings (void)
{
	Fixture f = make ("ru", "strings: {home: Начало}\nplural: {one: 'n = 1'}", shipped_file);
	g_assert_cmpuint (told (&f, "language-data"), ==, 0);
	g_assert_cmpstr (f.language->name, ==, "Русский");
	g_assert_cmpstr (rn_language_string (f.language, "home", 0), ==, "Начало");
	g_assert_cmpstr (rn_language_string (f.language, "status.draft", 0), ==, "черновик");
	g_assert_cmpstr (rn_language_string (f.language, "status.number", 0), ==, "5");
	g_assert_null (rn_language_string (f.language, "status", 0));
	g_assert_cmpstr (rn_language_string (f.language, "pages", 21), ==, "{n} страниц"); /* the own rules replace the shipped ones whole */
	done (&f);

	f = make ("ru", NULL, shipped_file);
	g_assert_cmpstr (rn_language_string (f.language, "pages", 21), ==, "{n} страница");
	g_assert_cmpstr (rn_language_string (f.language, "pages", 3), ==, "{n} страницы");
	g_assert_cmpstr (rn_language_string (f.language, "pages", 11), ==, "{n} страниц");
	g_assert_cmpstr (rn_language_string (f.language, "pages", 1.5), ==, "{n} страниц");
	g_assert_true (g_hash_table_contains (f.language->typography.nbsp_after, "в"));
	g_assert_cmpstr (f.language->typography.open[0], ==, "«");
	g_assert_null (f.language->typography.open[1]);
	g_autofree char *slug = rn_text_slug ("Ҷьҷ", -1, f.language->transliteration);
	g_assert_cmpstr (slug, ==, "jj");
	done (&f);
}

static void assert_date (const RnLanguage *language, const char *iso, const char *form, const char *expected)
{
	g_autoptr (GString) out = g_string_new (NULL);
	gint64 seconds;
	gboolean has_time;
	g_assert_true (rn_date_parse (iso, &seconds, &has_time));
	rn_language_date (language, out, seconds, form);
	g_assert_cmpstr (out->str, ==, expected);
}

static void test_dates (void)
{
	Fixture f = make ("ru", NULL, shipped_file);
	assert_date (f.language, "2026-03-05", "long", "5 марта 2026 г.");
	assert_date (f.language, "2024-02-29", "short", "29.02.2024");
	assert_date (f.language, "1969-12-31", "month", "декабрь 1969");
	assert_date (f.language, "2000-01-01", "iso", "2000-01-01");
	assert_date (f.language, "2000-01-01", NULL, "2000-01-01");
	assert_date (f.language, "2026-01-31 10:05", "odd", "{no} {d 10:05 26");
	for (gint64 day = -800000; day < 800000; day += 37) { /* against GLib's calendar */
		g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (day * 86400 + 86399);
		if (time == NULL)
			continue;
		g_autofree char *expected = g_strdup_printf ("%02d.%02d.%04d", g_date_time_get_day_of_month (time), g_date_time_get_month (time),
		                                             g_date_time_get_year (time));
		g_autoptr (GString) out = g_string_new (NULL);
		rn_language_date (f.language, out, day * 86400 + 86399, "short");
		g_assert_cmpstr (out->str, ==, expected);
	}
	done (&f);
	f = make ("xx", NULL, NULL);
	assert_date (f.language, "2026-03-05", "long", "2026-03-05");
	done (&f);
}

static void assert_number (const RnLanguage *language, double n, int digits, const char *expected)
{
	g_autoptr (GString) out = g_string_new (NULL);
	rn_language_number (language, out, n, digits);
	g_assert_cmpstr (out->str, ==, expected);
}

static void test_numbers (void)
{
	Fixture f = make ("ru", NULL, shipped_file);
	assert_number (f.language, 0, -1, "0");
	assert_number (f.language, -0.0, 2, "0,00");
	assert_number (f.language, 999, -1, "999");
	assert_number (f.language, 1000, -1, "1\u00a0000");
	assert_number (f.language, -1234567.891, 2, "-1\u00a0234\u00a0567,89");
	assert_number (f.language, 0.1 + 0.2, -1, "0,3");
	assert_number (f.language, 1e15, 0, "1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000");
	g_autoptr (GString) longest = g_string_new (NULL);
	rn_language_number (f.language, longest, -1.7e308, 20);
	g_assert_cmpuint (longest->len, ==, 1 + 309 + 102 * 2 + 1 + 20);
	done (&f);
}

static void test_numbers_plain (void)
{
	Fixture f = make ("xx", NULL, NULL);
	assert_number (f.language, 1234567.5, -1, "1234567.5");
	assert_number (f.language, INFINITY, -1, "inf");
	done (&f);
	f = make ("xx", "number: {group: ' ', group_from: 5, minus: '−'}", NULL);
	assert_number (f.language, -1234, -1, "−1234");
	assert_number (f.language, 12345, -1, "12 345");
	done (&f);
}

/* Letters in the alphabet's order, among themselves and between those of other scripts; without one by their codes. */
static void test_alphabet (void)
{
	static const char *const order[] = { "1", "a", "z", "\u0430", "\u0433", "\u0493", "\u0434", "\u0438", "\u04e3", "\u043a", "\u049b", "\u043b", "\u0445",
		"\u04b3", "\u0447", "\u04b7", "\u044f", "\u0905" };
	Fixture f = make ("xx", "alphabet: \u0430\u0431\u0432\u0433\u0493\u0434\u0435\u0451\u0436\u0437\u0438\u0439\u04e3\u043a\u049b\u043b\u0445\u04b3"
	                        "\u0447\u04b7\u044f\n", NULL);
	for (guint i = 1; i < G_N_ELEMENTS (order); i++)
		g_assert_cmpuint (rn_language_letter (f.language, g_utf8_get_char (order[i - 1])), <, rn_language_letter (f.language, g_utf8_get_char (order[i])));
	g_assert_cmpuint (rn_language_letter (f.language, 0x492), ==, rn_language_letter (f.language, 0x493));
	done (&f);
	f = make ("xx", "name: Plain\n", NULL);
	g_assert_cmpuint (rn_language_letter (f.language, 0x493), >, rn_language_letter (f.language, 0x44f));
	done (&f);
	f = make ("xx", "alphabet: [a, b]\n", NULL);
	g_assert_cmpuint (told (&f, "language-data"), ==, 1);
	done (&f);
}

static void test_faults (void)
{
	Fixture f = make ("zz", NULL, NULL);
	g_assert_cmpuint (told (&f, "language-unknown"), ==, 1);
	g_assert_cmpstr (f.language->name, ==, "zz");
	g_assert_cmpstr (f.language->dir, ==, "ltr");
	done (&f);
	f = make ("zz", "dir: up\nplural: []\ndate: {months: [a, b]}\nnumber: {decimal: [1]}\ntransliterate: 1\n"
	          "typography: {quotes: ['«'], nbsp_after: x}\nstrings: {a: [1], b: {one: x}}", NULL);
	g_assert_cmpuint (told (&f, "language-data"), ==, 9);
	g_assert_cmpstr (rn_language_string (f.language, "b", 5), ==, "x");
	done (&f);
	f = make ("zz", "[1, 2]", NULL);
	g_assert_cmpuint (told (&f, "language-data"), ==, 1);
	done (&f);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/language/plurals", test_plurals);
	g_test_add_func ("/language/plural-faults", test_plural_faults);
	g_test_add_func ("/language/strings", test_strings);
	g_test_add_func ("/language/dates", test_dates);
	g_test_add_func ("/language/numbers", test_numbers);
	g_test_add_func ("/language/numbers-plain", test_numbers_plain);
	g_test_add_func ("/language/alphabet", test_alphabet);
	g_test_add_func ("/language/faults", test_faults);
	return g_test_run ();
}
