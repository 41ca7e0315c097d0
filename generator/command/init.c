/* init.c - rohnamo init DIR: the starter content in a folder of its own, ready to build. */
#include "base/folder.h"
#include "base/words.h"
#include "command/command.h"
#include "command/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static gboolean is_empty (const char *dir)
{
	g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
	for (const char *name; entries && (name = g_dir_read_name (entries));)
		if (strcmp (name, ".git"))
			return FALSE;
	return TRUE;
}

static gboolean write_new (const char *dir, const char *name, const char *data, gsize len, GError **error)
{
	g_autofree char *path = g_build_filename (dir, name, NULL), *folder = g_path_get_dirname (path);
	if (!g_file_test (folder, G_FILE_TEST_IS_DIR) && g_mkdir_with_parents (folder, 0777)) {
		g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("cannot make the folder '%s': %s"), folder, rn_words_system (errno));
		return FALSE;
	}
	return rn_file_put (path, data, len, FALSE, 0666, error);
}

static gboolean copy_content (const char *share, const char *dir, guint *files, GError **error)
{
	g_autoptr (RnTree) tree = rn_tree_open_work (share, (const char *const[]) { "content", NULL }, NULL, NULL, error);
	g_autoptr (GString) text = g_string_new (NULL);
	if (!tree)
		return FALSE;
	for (guint i = 0; i < rn_tree_count (tree); i++) {
		if (!rn_tree_read (tree, i, 0, 64 << 20, text, NULL, error) || !write_new (dir, rn_tree_path (tree, i), text->str, text->len, error))
			return FALSE;
		++*files;
	}
	return TRUE;
}

/* What was written goes again, so that the next try finds the folder as this one did. */
static void leave_as_found (const char *dir, gboolean was_there)
{
	static const char *const own[] = { "content", ".gitignore" };
	if (!was_there)
		rn_folder_remove (AT_FDCWD, dir);
	for (guint i = 0; was_there && i < G_N_ELEMENTS (own); i++) {
		g_autofree char *path = g_build_filename (dir, own[i], NULL);
		rn_folder_remove (AT_FDCWD, path);
	}
}

int rn_command_init (int argc, char **argv)
{
	static const char ignore[] = "/output/\n/build/\n";
	const GOptionEntry none[] = { { 0 } };
	g_autoptr (GError) error = NULL;
	guint files = 0;
	int leave;
	if (!rn_command_parse (rn_command_find ("init"), none, "DIR must be empty or new. Its content/ is yours to change; layouts and plugins are the program's until\n"
	                       "the site has its own.\n", &argc, &argv, &leave))
		return leave;
	if (argc != 2) {
		rn_terminal_error (argc < 2 ? N_("init needs a folder: rohnamo init DIR") : "init takes one folder; see: rohnamo init --help");
		return RN_EXIT_USAGE;
	}
	const char *dir = argv[1];
	if (g_file_test (dir, G_FILE_TEST_EXISTS) && (!g_file_test (dir, G_FILE_TEST_IS_DIR) || !is_empty (dir))) {
		rn_terminal_error ("'%s' is there already and not empty: nothing was written; name a new folder", dir);
		return RN_EXIT_USAGE;
	}
	const gboolean was_there = g_file_test (dir, G_FILE_TEST_EXISTS);
	g_autofree char *share = rn_command_share ();
	if (!copy_content (share, dir, &files, &error) || !write_new (dir, ".gitignore", ignore, strlen (ignore), &error)) {
		leave_as_found (dir, was_there);
		rn_terminal_error ("%s", error->message);
		return RN_EXIT_FAILED;
	}
	printf (_("%s: %u files of starter content\n\nNext:  rohnamo build -s %s\nThen open %s/output/site/index.html\n"), dir, files, dir, dir);
	return RN_EXIT_FINE;
}
