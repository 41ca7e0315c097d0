/* repository.h - a repository made for a test, with git itself. */
#ifndef RN_TESTS_REPOSITORY_H
#define RN_TESTS_REPOSITORY_H

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* Runs a shell command in DIR, which must succeed; gives what it printed, without the last newline. */
G_GNUC_UNUSED G_GNUC_PRINTF (2, 3) static char *run (const char *dir, const char *format, ...)
{
	va_list args;
	char   *out = NULL;
	int     status;

	va_start (args, format);
	g_autofree char *command = g_strdup_vprintf (format, args);
	va_end (args);
	g_autofree char *whole = g_strdup_printf ("cd '%s' && %s", dir, command);
	const char *const argv[] = { "/bin/sh", "-c", whole, NULL };
	g_autoptr (GError) error = NULL;
	g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error));
	if (!g_spawn_check_wait_status (status, NULL))
		g_error ("failed: %s", whole);
	return g_strchomp (out);
}

/* An empty folder that is the test's own. */
G_GNUC_UNUSED static char *make_folder (void)
{
	char *dir = g_dir_make_tmp ("rohnamo-test-XXXXXX", NULL);

	g_assert_nonnull (dir);
	return dir;
}

G_GNUC_UNUSED static void remove_folder (const char *dir)
{
	g_free (run ("/", "chmod -R u+rwX '%s' && rm -rf '%s'", dir, dir));
}

G_GNUC_UNUSED static void write_file (const char *dir, const char *path, const char *text)
{
	g_autofree char *file = g_build_filename (dir, path, NULL), *folder = g_path_get_dirname (file);

	g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
	g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

/* Nothing of the user's own configuration plays a part. */
G_GNUC_UNUSED static void use_plain_git (void)
{
	g_setenv ("GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
	g_setenv ("GIT_CONFIG_SYSTEM", "/dev/null", TRUE);
	g_setenv ("GIT_AUTHOR_NAME", "Editor", TRUE);
	g_setenv ("GIT_AUTHOR_EMAIL", "editor@example.org", TRUE);
	g_setenv ("GIT_COMMITTER_NAME", "Press", TRUE);
	g_setenv ("GIT_COMMITTER_EMAIL", "press@example.org", TRUE);
	g_setenv ("LC_ALL", "C", TRUE);
}

#endif
