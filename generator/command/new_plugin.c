/*
 * new_plugin.c - rohnamo new plugin NAME: a plugin that works, with its test.
 *
 * In: plugins/sample of the tool. Out: the same in plugins/NAME of the site, where its name stands in place of the sample's. Invariant: nothing that is
 * there is written over.
 */
#include "command/new-int.h"
#include "base/folder.h"
#include "base/words.h"
#include "command/terminal.h"
#include "source/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define SAMPLE "sample"

/* TEXT with NAME for every SAMPLE. */
static void rename_in (GString *text, const char *name)
{
	g_string_replace (text, SAMPLE, name, 0);
}

static gboolean copy (RnTree *tree, guint file, const char *dir, const char *name, GError **error)
{
	g_autoptr (GString) text = g_string_new (NULL), path = g_string_new (NULL);
	if (!rn_tree_read (tree, file, 0, 1 << 20, text, NULL, error))
		return FALSE;
	rename_in (text, name);
	g_string_printf (path, "%s/%s", dir, rn_tree_path (tree, file));
	rename_in (path, name);
	if (!rn_new_create (path->str, text, error))
		return FALSE;
	puts (path->str);
	return TRUE;
}

static gboolean is_name (const char *name)
{
	return g_ascii_islower (*name) && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (name);
}

int rn_new_plugin (const char *dir, const char *share, const char *name)
{
	g_autofree char *folder = g_build_filename (dir, "plugins", name, NULL);
	g_autoptr (GError) error = NULL;
	guint begin = 0, end = 0;
	if (!is_name (name)) {
		rn_terminal_error ("'%s' cannot be a plugin's name: small letters, digits and dashes, such as price-list", name);
		return RN_EXIT_USAGE;
	}
	if (g_file_test (folder, G_FILE_TEST_EXISTS)) {
		rn_terminal_error ("'%s' is there already: nothing was written", folder);
		return RN_EXIT_USAGE;
	}
	g_autoptr (RnTree) tree = rn_tree_open_work (share, (const char *const[]) { "plugins", NULL }, NULL, NULL, &error);
	if (tree)
		rn_tree_range (tree, "plugins/" SAMPLE "/", &begin, &end);
	for (guint i = begin; tree && !error && i < end; i++)
		copy (tree, i, dir, name, &error);
	if (tree && !error && rn_tree_sound (tree, &error) && begin == end)
		g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("'%s' has no plugins/%s"), share, SAMPLE);
	if (error) {
		/* It was not there before. */
		rn_folder_remove (AT_FDCWD, folder);
		rn_terminal_error ("%s", error->message);
		return RN_EXIT_FAILED;
	}
	printf (_("\nNext:  add %s to plugins: in site.yaml, and see its README.md\n"), name);
	return RN_EXIT_FINE;
}
