/* update.c - manifests and updates: what is written, in which order, what goes, and what a run that was interrupted leaves known. */
#include "publish/update.h"

#include <glib/gstdio.h>

#define SUM_X "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"   /* of "x" */

static void put (const char *out, const char *path, const char *text)
{
	g_autofree char *name = g_build_filename (out, path, NULL), *folder = g_path_get_dirname (name);
	g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
	g_assert_true (g_file_set_contents (name, text, -1, NULL));
}

/* An output with some files, and what a build leaves there beside them. */
static char *output (void)
{
	char *out = g_dir_make_tmp ("rohnamo-update-XXXXXX", NULL);
	put (out, "build.json", "{}");
	put (out, "site/index.html", "x");
	put (out, "site/a.css", "x");
	put (out, "site/tg/index.html", "y");
	put (out, "site/offline/root.json", "{}");
	put (out, "site/print/a.pdf", "in the site");
	put (out, "print/a.pdf", "printed");
	put (out, "print/b.pdf", "printed");
	put (out, "search.db", "index");
	return out;
}

static void drop (char *out)
{
	g_autofree char *command = g_strdup_printf ("rm -r '%s'", out);
	g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
	g_free (out);
}

static void test_manifest (void)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (RnManifest) manifest = rn_manifest_parse (SUM_X "  tg/index.html\n" SUM_X "  a b.css\r\n\n", &error);
	g_assert_no_error (error);
	g_assert_cmpstr (rn_manifest_sum (manifest, "a b.css"), ==, SUM_X);
	g_assert_null (rn_manifest_sum (manifest, "b.css"));
	g_autofree char *text = rn_manifest_text (manifest);
	g_assert_cmpstr (text, ==, SUM_X "  a b.css\n" SUM_X "  tg/index.html\n");
	static const char *const wrong[] = { "abc  a\n", SUM_X " a\n", SUM_X "  ../a\n", SUM_X "  /etc/a\n", SUM_X "  a/../../b\n", SUM_X "  \n" };
	for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
		g_autoptr (GError) refused = NULL;
		g_assert_null (rn_manifest_parse (wrong[i], &refused));
		g_assert_error (refused, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET);
	}
}

static void test_edition (void)
{
	char *out = output ();
	g_autoptr (GError) error = NULL;
	g_autoptr (RnEdition) site = rn_edition_open (out, "c0ffee", 0, NULL, &error), all = rn_edition_open (out, NULL, RN_ALSO_PRINT | RN_ALSO_SEARCH, NULL, &error);
	g_assert_no_error (error);
	g_assert_cmpuint (rn_edition_count (site), ==, 5);
	g_assert_cmpstr (rn_edition_find (site, "index.html")->sum, ==, SUM_X);
	g_assert_cmpstr (rn_edition_commit (site), ==, "c0ffee");
	g_assert_null (rn_edition_find (site, "build.json"));
	/* Where both have a path, it is the site's. */
	g_assert_cmpuint (rn_edition_count (all), ==, 7);
	g_assert_cmpstr (rn_edition_find (all, "print/a.pdf")->source, ==, "site/print/a.pdf");
	g_assert_cmpstr (rn_edition_find (all, "print/b.pdf")->source, ==, "print/b.pdf");
	g_assert_true (rn_edition_check (all, &error));
	put (out, "build.json", "{ }");
	g_assert_false (rn_edition_check (all, &error));
	g_assert_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_CHANGED);
	drop (out);
}

static void test_update (void)
{
	char *out = output ();
	g_autoptr (GError) error = NULL;
	g_autoptr (RnEdition) edition = rn_edition_open (out, NULL, 0, NULL, &error);
	g_autoptr (RnManifest) old = rn_manifest_parse (SUM_X "  index.html\n" SUM_X "  tg/index.html\n" SUM_X "  old.css\n", &error);
	g_autoptr (RnUpdate) update = rn_update_new (old, edition);
	static const char *const order[] = { "a.css", "print/a.pdf", "tg/index.html", "offline/root.json" };
	g_assert_no_error (error);
	g_assert_cmpuint (update->added, ==, 3);
	g_assert_cmpuint (update->changed, ==, 1);
	g_assert_cmpuint (update->same, ==, 1);
	g_assert_cmpuint (update->put->len, ==, G_N_ELEMENTS (order));
	for (guint i = 0; i < G_N_ELEMENTS (order); i++)
		g_assert_cmpstr (((RnEditionFile *) update->put->pdata[i])->path, ==, order[i]);
	g_assert_cmpuint (update->gone->len, ==, 1);
	g_assert_cmpstr (update->gone->pdata[0], ==, "old.css");

	/* Whoever comes after an interruption does all of it again, and removes what only the edition that was interrupted had. */
	g_autoptr (RnManifest) pending = rn_update_pending (update, old), done = rn_update_done (edition);
	g_autoptr (RnUpdate) again = rn_update_new (pending, edition), none = rn_update_new (done, edition);
	g_assert_cmpuint (again->put->len, ==, 4);
	g_assert_cmpuint (again->gone->len, ==, 1);
	g_assert_cmpstr (rn_manifest_sum (pending, "index.html"), ==, SUM_X);
	g_assert_true (rn_update_is_empty (none));
	g_assert_false (rn_update_is_empty (again));
	drop (out);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/publish/manifest", test_manifest);
	g_test_add_func ("/publish/edition", test_edition);
	g_test_add_func ("/publish/update", test_update);
	return g_test_run ();
}
