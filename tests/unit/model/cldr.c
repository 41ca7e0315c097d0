/*
 * cldr.c - the languages that come with the tool, held against CLDR (tests/cases/model/cldr.tsv).
 *
 * CLDR's Tajik is a first draft: it writes months with capitals and without the ending that ties a day to its month. There ours is held against it but for these.
 */
#include "model/language.h"
#include "source/yaml.h"

#include <stdlib.h>
#include <string.h>

typedef struct { RnArena *arena; RnDiagnostics *sink; RnLanguage *language; } Shipped;

static Shipped open_language (const char *code)
{
	Shipped shipped = { rn_arena_new (0), rn_diagnostics_new (), NULL };
	g_autofree char *path = g_strdup_printf ("layouts/lang/%s.yaml", code), *text = NULL;
	g_autoptr (GError) error = NULL;
	g_file_get_contents (path, &text, NULL, &error);
	g_assert_no_error (error);
	const RnValue *data = rn_yaml_parse (shipped.arena, text, strlen (text), RN_PLACE (path, 1, 1), shipped.sink);
	shipped.language = rn_language_new (shipped.arena, code, 0, NULL, data, shipped.sink);
	return shipped;
}

static void close_language (Shipped *shipped)
{
	rn_language_free (shipped->language);
	rn_diagnostics_free (shipped->sink);
	rn_arena_free (shipped->arena);
}

/* The rows of KIND for the language CODE: their cells after these two. */
static GPtrArray *rows (const char *kind, const char *code)
{
	GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
	g_autofree char *text = NULL, *begin = g_strdup_printf ("%s\t%s\t", kind, code);
	g_assert_true (g_file_get_contents (RN_TESTS "/cases/model/cldr.tsv", &text, NULL, NULL));
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (g_str_has_prefix (*line, begin))
			g_ptr_array_add (list, g_strsplit (*line + strlen (begin), "\t", -1));
	return list;
}

/* All spaces alike: whether one may break is the layouts' to say. */
static char *with_plain_spaces (const char *text)
{
	g_auto (GStrv) parts = g_strsplit (text, "\u00a0", -1);
	g_autofree char *some = g_strjoinv (" ", parts);
	g_auto (GStrv) narrow = g_strsplit (some, "\u202f", -1);
	return g_strjoinv (" ", narrow);
}

static void plurals (gconstpointer code)
{
	Shipped shipped = open_language (code);
	g_autoptr (GPtrArray) list = rows ("plural", code);
	g_assert_cmpuint (list->len, ==, 107);
	for (guint i = 0; i < list->len; i++) {
		char **row = list->pdata[i];
		g_assert_cmpstr (rn_language_plural (shipped.language, g_ascii_strtod (row[0], NULL), (guint) atoi (row[1])), ==, row[2]);
	}
	for (guint n = 100; n <= 1000000; n++) {
		char **row = list->pdata[n % 100];
		if (strcmp (rn_language_plural (shipped.language, n, 0), row[2]))
			g_error ("%s: %u is not %s", (const char *) code, n, row[2]);
	}
	close_language (&shipped);
}

static void numbers (gconstpointer code)
{
	Shipped shipped = open_language (code);
	g_autoptr (GPtrArray) list = rows ("number", code);
	g_assert_cmpuint (list->len, ==, 11);
	for (guint i = 0; i < list->len; i++) {
		char **row = list->pdata[i];
		g_autoptr (GString) out = g_string_new (NULL);
		rn_language_number (shipped.language, out, g_ascii_strtod (row[0], NULL), -1);
		g_autofree char *ours = with_plain_spaces (out->str), *theirs = with_plain_spaces (row[1]);
		g_auto (GStrv) minus = g_strsplit (ours, "−", -1);
		g_autofree char *plain = g_strjoinv ("-", minus);
		/* Four digits in a row stand together in print and in schools; from five on they are parted, as CLDR has it. */
		g_auto (GStrv) digits = g_strsplit (theirs, " ", -1);
		g_autofree char *together = g_strjoinv ("", digits);
		g_assert_cmpstr (plain, ==, !strcmp (row[0], "1234") ? together : theirs);
	}
	close_language (&shipped);
}

static void dates (void)
{
	Shipped shipped = open_language ("ru");
	g_autoptr (GPtrArray) list = rows ("date", "ru");
	g_assert_cmpuint (list->len, ==, 36);
	for (guint i = 0; i < list->len; i++) {
		char **row = list->pdata[i];
		g_autoptr (GString) out = g_string_new (NULL);
		rn_language_date (shipped.language, out, g_ascii_strtoll (row[0], NULL, 10), row[1]);
		g_autofree char *ours = with_plain_spaces (out->str), *theirs = with_plain_spaces (row[2]);
		g_assert_cmpstr (ours, ==, theirs);
	}
	close_language (&shipped);
}

/* "5 марти соли 2026": the month ends in the vowel that ties words together. */
static void tajik_months (void)
{
	Shipped shipped = open_language ("tg");
	g_autoptr (GPtrArray) list = rows ("month", "tg");
	g_assert_cmpuint (list->len, ==, 12);
	for (guint i = 0; i < list->len; i++) {
		char **row = list->pdata[i];
		const RnValue *names = rn_value_get (rn_value_get (shipped.language->data, "date"), "months_standalone");
		g_autofree char *theirs = g_utf8_strdown (row[2], -1), *wanted = g_strdup_printf ("5 %sи соли 2026", theirs);
		g_autoptr (GString) out = g_string_new (NULL);
		g_autoptr (GDateTime) day = g_date_time_new_utc (2026, (gint) i + 1, 5, 0, 0, 0);
		g_assert_cmpstr (rn_value_string (names->items[i]), ==, theirs);
		rn_language_date (shipped.language, out, g_date_time_to_unix (day), "long");
		g_autofree char *ours = with_plain_spaces (out->str);
		g_assert_cmpstr (ours, ==, wanted);
	}
	close_language (&shipped);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_data_func ("/cldr/plurals/ru", "ru", plurals);
	g_test_add_data_func ("/cldr/plurals/tg", "tg", plurals);
	g_test_add_data_func ("/cldr/numbers/ru", "ru", numbers);
	g_test_add_data_func ("/cldr/numbers/tg", "tg", numbers);
	g_test_add_func ("/cldr/dates", dates);
	g_test_add_func ("/cldr/tajik-months", tajik_months);
	return g_test_run ();
}
