/* kept.c - what was last shown stays while it is broken; the table stays small. */
#include "preview/kept-int.h"

static RnTold *told_one (void)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	rn_diagnose (sink, RN_D_FILE_CHANGED, RN_PLACE (rn_diagnostics_intern (sink, "content/a.md"), 0, 0));
	rn_diagnose (sink, RN_D_FILE_CHANGED, RN_PLACE (rn_diagnostics_intern (sink, "content/b.md"), 0, 0));
	return rn_told_new (sink, NULL, "/nowhere", NULL);
}

static void faults (void)
{
	RnKept *kept = rn_kept_new ();
	g_autoptr (GString) html = g_string_new ("was here before"), page = g_string_new ("<p>well</p>");
	g_autoptr (RnTold) told = told_one ();
	g_assert_false (rn_kept_get (kept, "/a/", html));
	g_assert_cmpstr (html->str, ==, "");
	rn_kept_fail (kept, "/a/", told);
	g_assert_false (rn_kept_get (kept, "/a/", html));
	rn_kept_put (kept, "/a/", "content/a.md", page);
	g_assert_null (rn_kept_fault (kept, "/a/"));
	rn_kept_fail (kept, "/a/", told);
	g_autoptr (RnTold) fault = rn_kept_fault (kept, "/a/");
	g_assert_true (fault == told);
	g_assert_true (rn_kept_get (kept, "/a/", html));
	g_assert_cmpstr (html->str, ==, "<p>well</p>");
	g_autofree char *file = rn_kept_file (kept, "/a/");
	g_assert_cmpstr (file, ==, "content/a.md");
	rn_kept_free (kept);
}

static void room (void)
{
	RnKept *kept = rn_kept_new ();
	g_autoptr (GString) html = g_string_new (NULL), page = g_string_new ("x");
	for (guint i = 0; i < RN_KEPT_MAX + 10; i++) {
		g_autofree char *url = g_strdup_printf ("/%u/", i);
		rn_kept_put (kept, url, NULL, page);
		g_assert_true (rn_kept_get (kept, "/0/", html));   /* who is asked for stays */
	}
	g_assert_false (rn_kept_get (kept, "/1/", html));
	g_assert_true (rn_kept_get (kept, "/73/", html));
	rn_kept_free (kept);
}

static void parts (void)
{
	g_autoptr (RnTold) told = told_one (), part = rn_told_part (told, "content/b.md");
	g_autoptr (GString) link = g_string_new (NULL);
	g_assert_cmpuint (told->n, ==, 2);
	g_assert_cmpuint (part->n, ==, 1);
	g_assert_cmpuint (part->count[RN_WARNING], ==, 1);
	g_assert_cmpuint (rn_told_count (told, RN_WARNING, "content/a.md"), ==, 1);
	g_assert_cmpuint (rn_told_count (told, RN_ERROR, "content/a.md"), ==, 0);
	rn_told_link (RN_PLACE ("a\"<b>.md", 3, 5), NULL, "/nowhere", link);
	g_assert_cmpstr (link->str, ==, "<code class=\"place\" translate=\"no\">a&quot;&lt;b&gt;.md:3:5</code>");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/kept/faults", faults);
	g_test_add_func ("/kept/room", room);
	g_test_add_func ("/told/parts", parts);
	return g_test_run ();
}
