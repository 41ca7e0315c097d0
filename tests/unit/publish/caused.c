/* caused.c - what a commit is answerable for. */
#include "publish/caused.h"

static guint told (RnDiagnostics *sink)
{
	guint n;
	rn_diagnostics_sorted (sink, &n);
	return n;
}

static void test_caused (void)
{
	g_autoptr (GPtrArray) changed = g_ptr_array_new ();
	g_autoptr (RnDiagnostics) before = rn_diagnostics_new (), sink = rn_diagnostics_new ();
	g_ptr_array_add (changed, (gpointer) "a.md");
	rn_diagnose (sink, RN_D_LINK_MISSING, RN_PLACE ("a.md", 5, 1), "x", "");
	g_assert_false (rn_caused_elsewhere (sink, changed));
	rn_diagnose (before, RN_D_LINK_MISSING, RN_PLACE ("b.md", 3, 1), "old", "");
	/* The same one, some lines further down; a new one; a hint; the changed file's own, though it was there before. */
	rn_diagnose (sink, RN_D_LINK_MISSING, RN_PLACE ("b.md", 9, 1), "old", "");
	rn_diagnose (sink, RN_D_LINK_MISSING, RN_PLACE ("b.md", 4, 1), "new", "");
	rn_diagnose (sink, RN_D_SENTENCE_LONG, RN_PLACE ("c.md", 4, 1), "A", "31", "30");
	g_assert_true (rn_caused_elsewhere (sink, changed));
	rn_caused_keep (sink, changed, before);
	g_assert_cmpuint (told (sink), ==, 2);
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	g_assert_cmpstr (list[0]->where.file, ==, "a.md");
	g_assert_cmpuint (list[1]->where.line, ==, 4);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/publish/caused", test_caused);
	return g_test_run ();
}
