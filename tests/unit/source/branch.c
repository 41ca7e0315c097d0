/* branch.c - commits on a branch without a work tree; what is staged as a tree; tips and ancestors. */
#include "source/branch.h"

#include <glib/gstdio.h>
#include <string.h>

/* Runs words of the shell in a new folder of repositories; its path. */
static char *repository (const char *words)
{
	char *folder = g_dir_make_tmp ("rohnamo-branch-XXXXXX", NULL);
	g_autofree char *command = g_strdup_printf ("cd '%s' && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 && "
		"g () { git -c user.name=A -c user.email=a@b \"$@\"; } && git init -q -b main . && { %s; }", folder, words);
	const char *const argv[] = { "/bin/sh", "-c", command, NULL };
	int status = 0;
	g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
	g_assert_cmpint (status, ==, 0);
	return folder;
}

static void drop (char *folder)
{
	g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
	g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
	g_free (folder);
}

static char *commit (RnRepository *repository, const char *text)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (RnBranch) branch = rn_branch_begin (repository, "pages", &error);
	char *made = NULL;
	g_assert_no_error (error);
	g_assert_true (rn_branch_put (branch, "tg/index.html", text, strlen (text), &error) && rn_branch_put (branch, "a.css", "", 0, &error));
	rn_branch_keep (branch, "CNAME");
	g_assert_true (rn_branch_commit (branch, "An edition\n", &made, &error));
	g_assert_no_error (error);
	return made;
}

static void test_branch (void)
{
	char *folder = repository ("echo x >x && g add x && g commit -q -m x");
	g_autoptr (GError) error = NULL;
	g_autoptr (RnRepository) found = rn_repository_open (folder, &error);
	g_autofree char *first = commit (found, "one"), *same = commit (found, "one"), *second = commit (found, "two");
	char tip[41];
	gboolean before = FALSE;
	g_assert_nonnull (first);
	g_assert_null (same);
	g_assert_true (rn_repository_tip (found, "pages", tip, &error));
	g_assert_cmpstr (tip, ==, second);
	g_assert_true (rn_repository_tip (found, "nobody", tip, &error) && !*tip);
	g_assert_true (rn_repository_is_before (found, first, second, &before, &error) && before);
	g_assert_true (rn_repository_is_before (found, second, first, &before, &error) && !before);
	g_assert_true (rn_repository_is_before (found, first, first, &before, &error) && !before);
	g_assert_true (rn_repository_is_before (found, "0000000000000000000000000000000000000001", first, &before, &error) && !before);
	/* One that began before another was made does not take its place. */
	g_autoptr (RnBranch) late = rn_branch_begin (found, "pages", &error);
	g_autofree char *third = commit (found, "three"), *none = NULL;
	g_assert_true (rn_branch_put (late, "b", "", 0, &error));
	g_assert_false (rn_branch_commit (late, "late", &none, &error));
	g_assert_error (error, RN_TREE_ERROR, RN_TREE_ERROR_REVISION);
	g_assert_true (rn_repository_tip (found, "pages", tip, &error));
	g_assert_cmpstr (tip, ==, third);
	g_clear_error (&error);
	g_assert_null (rn_branch_begin (found, "main", &error));
	g_clear_error (&error);
	g_assert_null (rn_branch_begin (found, "a..b", &error));
	drop (folder);
}

static void test_staged (void)
{
	char *folder = repository ("mkdir -p s/content && echo old >s/content/a && echo gone >s/content/b && g add . && g commit -q -m x && "
		"echo staged >s/content/a && git rm -q s/content/b && g add . && echo work >s/content/a && echo new >s/content/c && ln -s a s/content/l && git add s/content/l");
	g_autoptr (GError) error = NULL;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (RnRepository) found = rn_repository_open (folder, &error);
	g_autoptr (GPtrArray) paths = rn_repository_staged (found, NULL, &error);
	g_autoptr (RnTree) tree = rn_tree_open_staged (folder, NULL, "s", (const char *const[]) { "content", NULL }, sink, &error);
	g_autoptr (GString) text = g_string_new (NULL);
	g_assert_no_error (error);
	g_assert_cmpuint (paths->len, ==, 3);
	g_assert_cmpstr (paths->pdata[0], ==, "s/content/a");
	g_assert_cmpstr (paths->pdata[1], ==, "s/content/b");
	g_assert_cmpuint (rn_tree_count (tree), ==, 1);
	g_assert_true (rn_tree_read (tree, 0, 0, 1000, text, NULL, &error));
	g_assert_cmpstr (text->str, ==, "staged\n");
	g_assert_false (rn_tree_read (tree, 0, 0, 3, text, NULL, NULL));
	g_assert_nonnull (rn_tree_commit (tree));
	g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR) + rn_diagnostics_count (sink, RN_WARNING), ==, 1);   /* the link */
	drop (folder);
}

static void test_settings (void)
{
	char *folder = repository ("true");
	g_autoptr (GError) error = NULL;
	g_autoptr (RnRepository) found = rn_repository_open (folder, &error);
	g_assert_null (rn_repository_get (found, "rohnamo.target"));
	g_assert_true (rn_repository_set (found, "rohnamo.target", "/srv/a b", &error));
	g_autofree char *value = rn_repository_get (found, "rohnamo.target"), *head = NULL, *hooks = NULL;
	g_assert_true (rn_repository_head (found, &head, &error));
	g_assert_cmpstr (value, ==, "/srv/a b");
	g_assert_cmpstr (head, ==, "main");
	g_assert_true (rn_repository_hooks (found, &hooks) && g_str_has_suffix (hooks, "/.git/hooks/"));
	g_assert_true (rn_repository_set (found, "rohnamo.target", NULL, &error) && rn_repository_set (found, "rohnamo.target", NULL, &error));
	g_assert_null (rn_repository_get (found, "rohnamo.target"));
	drop (folder);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/source/branch", test_branch);
	g_test_add_func ("/source/staged", test_staged);
	g_test_add_func ("/source/settings", test_settings);
	return g_test_run ();
}
