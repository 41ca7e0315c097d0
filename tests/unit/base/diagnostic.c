/* diagnostic.c - templates filled, sorted by place, doubles dropped; and the table of all kinds held to its rules. */
#include "base/diagnostic.h"
#include "base/workers.h"

#include <string.h>

static const RnDiagnostic *only (RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (sink, &n);
	g_assert_cmpuint (n, ==, 1);
	return all[0];
}

#define ASSERT_MESSAGE(wanted, ...) G_STMT_START { \
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new (); \
	rn_diagnose (sink, __VA_ARGS__); \
	g_assert_cmpstr (only (sink)->message, ==, (wanted)); \
} G_STMT_END

static void test_templates (void)
{
	const RnPlace at = RN_PLACE ("a.md", 1, 2);
	ASSERT_MESSAGE ("no page 'faq/patnet'; did you mean 'faq/patent'?", RN_D_LINK_MISSING, at, "faq/patnet", "faq/patent");
	ASSERT_MESSAGE ("no page 'x'", RN_D_LINK_MISSING, at, "x", "");
	ASSERT_MESSAGE ("no page 'x'", RN_D_LINK_MISSING, at, "x");
	ASSERT_MESSAGE ("the link has no text", RN_D_LINK_EMPTY, at);
	ASSERT_MESSAGE ("the type 'faq' has no field 'colour' (12 pages, first here)", RN_D_FIELD_UNKNOWN, at, "faq", "colour", "", "12");
	ASSERT_MESSAGE ("the type 'faq' has no field 'colour'; did you mean 'color'?", RN_D_FIELD_UNKNOWN, at, "faq", "colour", "color");
	/* What content holds is not a template, and cannot break the line. */
	ASSERT_MESSAGE ("no page '{1}}{0'", RN_D_LINK_MISSING, at, "{1}}{0");
	ASSERT_MESSAGE ("no page 'a b c'", RN_D_LINK_MISSING, at, "a\nb\x1b" "c");
	ASSERT_MESSAGE ("no page 'a\xef\xbf\xbd" "b'", RN_D_LINK_MISSING, at, "a\xff" "b");
	rn_diagnose (NULL, RN_D_LINK_EMPTY, at);
}

static void test_remedies (void)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	rn_diagnose (sink, RN_D_LANGUAGE_UNKNOWN, RN_PLACE (NULL, 0, 0), "ky");
	g_assert_cmpstr (only (sink)->remedy, ==, "Copy layouts/lang/en.yaml to layouts/lang/ky.yaml and translate it.");
	g_autoptr (RnDiagnostics) other = rn_diagnostics_new ();
	rn_diagnose (other, RN_D_ANCHOR_TWICE, RN_PLACE (NULL, 0, 0), "a", "3");
	g_assert_cmpstr (only (other)->remedy, ==, "Give the headings different {#names}.");
}

static void test_order (void)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	static const struct { const char *file; guint line, col; RnDiagnosticId id; } in[] = {
		{ "b.md", 1, 1, RN_D_LINK_EMPTY }, { "a.md", 10, 1, RN_D_LINK_EMPTY }, { "a.md", 9, 5, RN_D_LINK_EMPTY }, { "a.md", 9, 5, RN_D_TITLE_MISSING },
		{ NULL, 0, 0, RN_D_LINK_EMPTY }, { "a.md", 9, 4, RN_D_LINK_EMPTY }, { "a.md", 10, 1, RN_D_LINK_EMPTY }, { "a.md", 0, 0, RN_D_LINK_EMPTY },
	};
	static const guint wanted[] = { 4, 7, 5, 3, 2, 1, 0 };
	for (guint i = 0; i < G_N_ELEMENTS (in); i++) {
		g_autofree char *copy = g_strdup (in[i].file);
		rn_diagnose (sink, in[i].id, RN_PLACE (copy, in[i].line, in[i].col));
	}
	guint n;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (sink, &n);
	g_assert_cmpuint (n, ==, G_N_ELEMENTS (wanted));
	for (guint i = 0; i < n; i++) {
		g_assert_cmpstr (all[i]->where.file, ==, in[wanted[i]].file);
		g_assert_cmpuint (all[i]->where.line, ==, in[wanted[i]].line);
		g_assert_cmpuint (all[i]->where.col, ==, in[wanted[i]].col);
		g_assert_cmpint (all[i]->id, ==, in[wanted[i]].id);
	}
	g_assert_cmpuint (rn_diagnostics_count (sink, RN_WARNING), ==, 7);
	/* Read, then told more, then read again. */
	rn_diagnose (sink, RN_D_LINK_FILE, RN_PLACE ("a.md", 9, 4), "x");
	rn_diagnose (sink, RN_D_LINK_EMPTY, RN_PLACE ("a.md", 9, 4));
	g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR), ==, 1);
	rn_diagnostics_sorted (sink, &n);
	g_assert_cmpuint (n, ==, 8);
}

static void test_intern (void)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autofree char *one = g_strdup ("content/a.md"), *two = g_strdup ("content/a.md");
	g_assert_true (rn_diagnostics_intern (sink, one) == rn_diagnostics_intern (sink, two));
	g_assert_true (rn_diagnostics_intern (sink, one) != one);
	g_assert_null (rn_diagnostics_intern (sink, NULL));
}

static gboolean tell (gpointer state, guint index, gpointer sink, GError **error)
{
	(void) state, (void) error;
	g_autofree char *file = g_strdup_printf ("%u.md", index % 97), *text = g_strdup_printf ("%u", index % 31);
	rn_diagnose (sink, RN_D_LINK_MISSING, RN_PLACE (rn_diagnostics_intern (sink, file), index % 13, 1), text, "");
	return TRUE;
}

/* The report does not depend on how many threads told it. */
static void test_threads (void)
{
	char *reports[2];
	for (guint i = 0; i < 2; i++) {
		g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
		g_autoptr (GString) report = g_string_new (NULL);
		g_assert_true (rn_workers_run (i ? 8 : 1, 20000, NULL, tell, NULL, sink, NULL, NULL));
		guint n;
		const RnDiagnostic *const *all = rn_diagnostics_sorted (sink, &n);
		for (guint j = 0; j < n; j++)
			g_string_append_printf (report, "%s:%u:%s\n", all[j]->where.file, all[j]->where.line, all[j]->message);
		reports[i] = g_string_free (g_steal_pointer (&report), FALSE);
	}
	g_assert_cmpstr (reports[0], ==, reports[1]);
	g_free (reports[0]);
	g_free (reports[1]);
}

static gboolean id_is_well_formed (const char *id)
{
	return g_regex_match_simple ("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", id, 0, 0);
}

/* Is TEXT a template whose braces can be read: {0}, and {1?...} closed? */
static void check_template (const char *id, const char *text)
{
	gint depth = 0;
	for (const char *p = text; *p; p++) {
		if (*p == '{' && g_ascii_isdigit (p[1])) {
			if (p[2] == '?')
				depth++, p += 2;
			else if (p[2] == '}')
				p += 2;
			else
				g_error ("%s: '%s': neither {n} nor {n?...}", id, text);
		} else if (*p == '}' && depth) {
			depth--;
		}
	}
	if (depth)
		g_error ("%s: '%s': a {n? is not closed", id, text);
}

static void test_table (void)
{
	g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < RN_D_COUNT; i++) {
		const RnDiagnosticKind *kind = rn_diagnostic_kind ((RnDiagnosticId) i);
		g_assert_true (id_is_well_formed (kind->id));
		if (!g_hash_table_add (ids, (gpointer) kind->id))
			g_error ("the id %s stands twice", kind->id);
		check_template (kind->id, kind->message);
		check_template (kind->id, kind->remedy);
		if (g_str_has_suffix (kind->message, ".") || !g_str_has_suffix (kind->explanation, "."))
			g_error ("%s: a message ends without a full stop, an explanation with one", kind->id);
		if (!*kind->remedy)
			g_error ("%s has no remedy", kind->id);
	}
}

/* What one sink told goes into another as it was; a rule of a plugin's by its own name; a name of no table is refused. */
static void test_put (void)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new (), other = rn_diagnostics_new ();
	guint n;
	rn_diagnose (sink, RN_D_LINK_MISSING, RN_PLACE ("a.md", 2, 3), "x", "y");
	g_assert_true (rn_diagnostics_put (other, rn_diagnostics_sorted (sink, &n)[0]));
	g_assert_true (rn_diagnostics_put (other, &(RnDiagnostic) { 0, "rules/short", RN_ERROR, RN_PLACE ("a.md", 1, 1), (char *) "too\nshort", (char *) "", NULL, 0 }));
	g_assert_false (rn_diagnostics_put (other, &(RnDiagnostic) { 0, "gone", RN_ERROR, RN_PLACE (NULL, 0, 0), (char *) "m", (char *) "", NULL, 0 }));
	const RnDiagnostic *const *all = rn_diagnostics_sorted (other, &n), *const *first = rn_diagnostics_sorted (sink, &(guint) { 0 });
	g_assert_cmpuint (n, ==, 2);
	g_assert_cmpstr (all[0]->name, ==, "rules/short");
	g_assert_cmpstr (all[0]->message, ==, "too short");
	g_assert_cmpint (all[0]->id, ==, RN_D_PLUGIN_CHECK);
	g_assert_cmpint (all[0]->severity, ==, RN_ERROR);
	g_assert_cmpstr (all[1]->message, ==, first[0]->message);
	g_assert_cmpint (all[1]->id, ==, RN_D_LINK_MISSING);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/diagnostic/templates", test_templates);
	g_test_add_func ("/diagnostic/remedies", test_remedies);
	g_test_add_func ("/diagnostic/order", test_order);
	g_test_add_func ("/diagnostic/intern", test_intern);
	g_test_add_func ("/diagnostic/threads", test_threads);
	g_test_add_func ("/diagnostic/table", test_table);
	g_test_add_func ("/diagnostic/put", test_put);
	return g_test_run ();
}
