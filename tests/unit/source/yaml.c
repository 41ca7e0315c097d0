/* YAML: every tests/cases/source/NAME.yaml gives the tree and the diagnostics of NAME.tree. RN_UPDATE=1 writes them anew, to be read over. */
#include "source/yaml.h"

#include <string.h>

#define CASES RN_TESTS "/cases/source"

static void dump (GString *out, const RnValue *value, guint indent)
{
	g_autofree char *text = rn_value_text (value);

	switch ((RnKind) value->kind) {
	case RN_LIST:
		g_string_append_printf (out, "list of %u at %u:%u\n", value->n, value->line, value->col);
		for (guint32 i = 0; i < value->n; i++) {
			g_string_append_printf (out, "%*s- ", indent, "");
			dump (out, value->items[i], indent + 2);
		}
		break;
	case RN_MAP:
		g_string_append_printf (out, "map of %u at %u:%u\n", value->n, value->line, value->col);
		for (guint32 i = 0; i < value->n; i++) {
			g_string_append_printf (out, "%*s%s (%u:%u): ", indent, "", value->pairs[i].name, value->pairs[i].line, value->pairs[i].col);
			dump (out, value->pairs[i].value, indent + 2);
		}
		break;
	default: {
		g_autofree char *escaped = g_strescape (text, NULL);
		g_autofree char *readable = g_strcompress (escaped);
		const char      *kind = value->kind == RN_FLOAT ? "real" : value->kind == RN_INT ? "integer" : rn_kind_name (value->kind);

		g_strdelimit (readable, "\n", '|');
		g_string_append_printf (out, "%s%s %u:%u [%s]\n", kind, value->quoted ? " quoted" : "", value->line, value->col, readable);
	}
	}
}

static void dump_diagnostics (GString *out, RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (sink, &n);

	for (guint i = 0; i < n; i++)
		g_string_append_printf (out, "%u:%u: %s [%s]\n", all[i]->where.line, all[i]->where.col, all[i]->message,
		                        rn_diagnostic_kind (all[i]->id)->id);
}

static char *result_of (const char *text, gsize len)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	GString       *out = g_string_new (NULL);
	const RnValue *value = rn_yaml_parse (arena, text, len, RN_PLACE ("x.yaml", 1, 1), sink);

	if (value)
		dump (out, value, 2);
	else
		g_string_append (out, "nothing\n");
	dump_diagnostics (out, sink);
	return g_string_free (out, FALSE);
}

static void test_case (gconstpointer data)
{
	g_autofree char *path = g_strdup (data), *text = NULL, *expected = NULL;
	gsize            len;

	g_assert_true (g_file_get_contents (path, &text, &len, NULL));
	g_autofree char *got = result_of (text, len);
	g_autofree char *golden = g_strdup_printf ("%.*s.tree", (int) strlen (path) - 5, path);
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (golden, got, -1, NULL));
	g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
	g_assert_cmpstr (got, ==, expected);
	/* CRLF changes nothing, neither texts nor places. */
	g_autoptr (GString) crlf = g_string_new_len (text, (gssize) len);
	if (strchr (text, '\r') == NULL && strlen (text) == len && !strstr (expected, "[encoding]")) {
		g_string_replace (crlf, "\n", "\r\n", 0);
		g_autofree char *again = result_of (crlf->str, crlf->len);
		g_assert_cmpstr (again, ==, expected);
	}
}

/* What a reader of the whole tree would walk through stays small, and so does the time. */
static void test_bombs (void)
{
	g_autoptr (GString) text = g_string_new ("a: &a [x, x, x, x, x, x, x, x, x, x]\n");

	for (char c = 'b'; c < 'k'; c++)
		g_string_append_printf (text, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c - 1, c - 1, c - 1, c - 1, c - 1,
		                        c - 1, c - 1, c - 1, c - 1);
	g_autofree char *laughs = result_of (text->str, text->len);
	g_assert_nonnull (strstr (laughs, "[yaml-bomb]"));
	g_string_truncate (text, 0);
	for (guint i = 0; i < 10000; i++)
		g_string_append_c (text, '[');
	g_autofree char *deep = result_of (text->str, text->len);
	g_assert_nonnull (strstr (deep, "[yaml-bomb]"));
	g_string_assign (text, "a: &a [1]\n");
	for (guint i = 0; i < 60; i++) /* depth by aliases of aliases */
		g_string_append_printf (text, "k%u: &a [*a]\n", i);
	g_autofree char *stairs = result_of (text->str, text->len);
	g_assert_nonnull (strstr (stairs, "[yaml-bomb]"));
	g_string_assign (text, "a: &a [*a]\n");
	g_autofree char *self = result_of (text->str, text->len);
	g_assert_nonnull (strstr (self, "[yaml-syntax]"));
}

static void test_large_map (void)
{
	g_autoptr (GString) text = g_string_new (NULL);

	for (guint i = 0; i < 100000; i++)
		g_string_append_printf (text, "key%u: %u\n", i, i);
	g_string_append (text, "key7: 8\n");
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	const RnValue *value = rn_yaml_parse (arena, text->str, text->len, RN_PLACE ("x.yaml", 1, 1), sink);
	g_assert_cmpuint (value->n, ==, 100000);
	g_assert_cmpint (rn_value_int (rn_value_get (value, "key7"), 0), ==, 7);
	g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR), ==, 1);
}

/* Every byte of a page cut off or replaced: never a crash, and NULL only with a diagnostic. */
static void test_damaged (void)
{
	static const char text[] = "title: \"Патент: 2026\"\ndate: 2026-01-31\ntags: [a, 'б', {c: d}]\nbase: &b\n  - x: |\n      много\n      строк\n"
	                           "  - *b\nlast: !!str 12\n# end\n";
	static const char signs[] = "\t:{}[]&*!|>%@`'\"-#?\n\r,\xff\x01\xef\xbb\xbf\\~ ";

	for (gsize i = 0; i < sizeof text - 1; i++)
		for (gsize k = 0; k < sizeof signs; k++) {
			char copy[sizeof text];

			memcpy (copy, text, sizeof text);
			copy[i] = signs[k];
			g_autofree char *got = result_of (copy, k + 1 < sizeof signs ? sizeof text - 1 : i);
			g_assert_true (!g_str_has_prefix (got, "nothing") || strstr (got, "[") != NULL);
		}
}

static void test_dates (void)
{
	static const struct { const char *text; gint64 seconds; gboolean timed; } fine[] = {
		{ "1970-01-01", 0, FALSE }, { "2026-01-31", 1769817600, FALSE }, { "2024-02-29", 1709164800, FALSE },
		{ "2026-01-31T10:00:00+05:00", 1769835600, TRUE }, { "2026-01-31 10:00", 1769853600, TRUE }, { "2026-01-31T10:00:00.5Z", 1769853600, TRUE },
		{ "2026-01-31 10:00:00 +0500", 1769835600, TRUE }, { "1969-12-31", -86400, FALSE }, { "0001-01-01", -62135596800, FALSE },
		{ "9999-12-31", 253402214400, FALSE }, { "2000-02-29", 951782400, FALSE },
	};
	static const char *const wrong[] = { "", "2026", "2026-13-01", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-01-00", "2026-01-32",
		"2026-1-5", "2026-01-31x", "2026-01-31T", "2026-01-31T25:00", "2026-01-31T10:60", "2026-01-31T10:00:61", "0000-01-01", "2026-01-31T10:00+",
		"31.01.2026", "2026-01-31T10:00+99:00" };

	for (guint i = 0; i < G_N_ELEMENTS (fine); i++) {
		gint64   seconds;
		gboolean timed;

		g_assert_true (rn_date_parse (fine[i].text, &seconds, &timed));
		g_assert_cmpint (seconds, ==, fine[i].seconds);
		g_assert_cmpint (timed, ==, fine[i].timed);
	}
	for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
		g_assert_false (rn_date_parse (wrong[i], NULL, NULL));
	/* Every day of 800 years, there and back, against GLib's calendar. */
	for (gint64 day = -150000; day < 150000; day++) {
		g_autoptr (GString) text = g_string_new (NULL);
		gint64 back;
		GDate  date;
		char   expected[32];

		rn_date_format (text, day * 86400, FALSE);
		g_assert_true (rn_date_parse (text->str, &back, NULL));
		g_assert_cmpint (back, ==, day * 86400);
		g_date_clear (&date, 1);
		g_date_set_julian (&date, (guint32) (day + 719163));
		g_snprintf (expected, sizeof expected, "%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
		g_assert_cmpstr (text->str, ==, expected);
	}
	g_autoptr (GString) timed = g_string_new (NULL);
	rn_date_format (timed, -1, TRUE);
	g_assert_cmpstr (timed->str, ==, "1969-12-31T23:59:59Z");
}

static void test_values (void)
{
	static const char text[] = "a: {x: 1, y: [2, 2.50]}\nb: {y: [2.0, 2.5], x: 1.0}\nc: {x: 1, y: [2]}\nd: 1e400\n";
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnValue *v = rn_yaml_parse (arena, text, sizeof text - 1, RN_PLACE ("x", 1, 1), NULL);

	g_assert_true (rn_value_equal (rn_value_get (v, "a"), rn_value_get (v, "b")));
	g_assert_false (rn_value_equal (rn_value_get (v, "a"), rn_value_get (v, "c")));
	g_assert_false (rn_value_equal (rn_value_get (v, "a"), NULL));
	g_autofree char *shown = rn_value_text (rn_value_get (v, "a"));
	g_assert_cmpstr (shown, ==, "x: 1, y: 2, 2.50");
	g_assert_cmpint (rn_value_int (rn_value_get (rn_value_get (v, "b"), "x"), -1), ==, 1);
	g_assert_null (rn_value_string (rn_value_get (NULL, "x")));
	g_assert_cmpint (rn_value_int (rn_value_get (v, "none"), 7), ==, 7);
	g_assert_true (rn_value_bool (v, TRUE));
	RnValue *made = rn_value_new_string (arena, "матн", 3, 4);
	g_assert_cmpuint (made->n, ==, 8);
}

static void test_front_matter (void)
{
	static const struct { const char *text; gsize yaml, yaml_len, body; guint32 line; gboolean toml, open; } cases[] = {
		{ "", 0, 0, 0, 1, FALSE, FALSE },
		{ "text\n", 0, 0, 0, 1, FALSE, FALSE },
		{ "---\na: b\n---\nbody", 4, 5, 13, 4, FALSE, FALSE },
		{ "\xEF\xBB\xBF---\r\na: b\r\n--- \r\nbody", 8, 6, 20, 4, FALSE, FALSE },
		{ "\xEF\xBB\xBFtext", 0, 0, 3, 1, FALSE, FALSE },
		{ "---\na: b\n...\nbody", 4, 5, 13, 4, FALSE, FALSE },
		{ "---\n---\nbody", 4, 0, 8, 3, FALSE, FALSE },
		{ "---\na: b\n---", 4, 5, 12, 4, FALSE, FALSE },
		{ "\n---\na: b\n---\n", 0, 0, 0, 1, FALSE, FALSE },
		{ " ---\na: b\n---\n", 0, 0, 0, 1, FALSE, FALSE },
		{ "----\na: b\n---\n", 0, 0, 0, 1, FALSE, FALSE },
		{ "---\na: b\n ---\n", 4, 10, 14, 4, FALSE, TRUE },
		{ "---\na: b\n----\n", 4, 10, 14, 4, FALSE, TRUE },
		{ "---", 3, 0, 3, 2, FALSE, TRUE },
		{ "+++\na = 1\n+++\nbody", 0, 0, 14, 4, TRUE, FALSE },
		{ "+++\na = 1\n", 0, 0, 10, 3, TRUE, TRUE },
	};

	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		RnFrontMatter found;

		rn_front_matter_find (cases[i].text, strlen (cases[i].text), &found);
		g_assert_cmpuint (found.yaml, ==, cases[i].yaml);
		g_assert_cmpuint (found.yaml_len, ==, cases[i].yaml_len);
		g_assert_cmpuint (found.body, ==, cases[i].body);
		g_assert_cmpuint (found.body_line, ==, cases[i].line);
		g_assert_cmpint (found.toml, ==, cases[i].toml);
		g_assert_cmpint (found.open, ==, cases[i].open);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_autoptr (GDir) dir = g_dir_open (CASES, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name (dir)) != NULL;)
		if (g_str_has_suffix (name, ".yaml")) {
			g_autofree char *test = g_strconcat ("/source/yaml/", name, NULL);
			g_test_add_data_func_full (test, g_build_filename (CASES, name, NULL), test_case, g_free);
		}
	g_test_add_func ("/source/yaml/bombs", test_bombs);
	g_test_add_func ("/source/yaml/large-map", test_large_map);
	g_test_add_func ("/source/yaml/damaged", test_damaged);
	g_test_add_func ("/source/dates", test_dates);
	g_test_add_func ("/source/values", test_values);
	g_test_add_func ("/source/front-matter", test_front_matter);
	return g_test_run ();
}
