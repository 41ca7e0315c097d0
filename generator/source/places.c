/* places.c - git's folders by git's rules (gitrepository-layout(5)), git's settings by libgit2. Invariant: no object and no page is read. */
#include "source/places.h"
#include "source/tree-int.h"

#include <string.h>

#define BORROWED_MAX 5   /* git itself goes no further from one borrowed place to the next */

/* The first line of FOLDER/NAME; NULL: there is none. Free it. */
static char *line_of (const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename (folder, name, NULL);
	char *text = NULL;
	if (!g_file_get_contents (path, &text, NULL, NULL))
		return NULL;
	text[strcspn (text, "\r\n")] = '\0';
	return text;
}

/* PATH as FOLDER means it. */
static char *from (const char *folder, const char *path)
{
	return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (folder, path, NULL);
}

static gboolean is_repository (const char *folder)
{
	g_autofree char *head = g_build_filename (folder, "HEAD", NULL), *objects = g_build_filename (folder, "objects", NULL), *common = g_build_filename (folder, "commondir", NULL);
	return g_file_test (head, G_FILE_TEST_EXISTS) && (g_file_test (objects, G_FILE_TEST_IS_DIR) || g_file_test (common, G_FILE_TEST_EXISTS));
}

/* Where .git in FOLDER is, or leads to (work trees, submodules). NULL: nowhere. */
static char *beside (const char *folder)
{
	g_autofree char *git = g_build_filename (folder, ".git", NULL);
	if (g_file_test (git, G_FILE_TEST_IS_DIR))
		return g_steal_pointer (&git);
	g_autofree char *line = line_of (folder, ".git");
	return line && g_str_has_prefix (line, "gitdir:") ? from (folder, g_strstrip (line + strlen ("gitdir:"))) : NULL;
}

static void add_borrowed (const char *objects, guint depth, GPtrArray *places)
{
	g_autofree char *path = g_build_filename (objects, "info", "alternates", NULL), *text = NULL;
	if (!depth || !g_file_get_contents (path, &text, NULL, NULL))
		return;
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	for (char **line = lines; *line; line++) {
		if (!*g_strstrip (*line) || **line == '#')
			continue;
		char *place = from (objects, *line);
		g_ptr_array_add (places, place);
		add_borrowed (place, depth - 1, places);
	}
}

void rn_places_repository (const char *path, GPtrArray *places)
{
	g_autofree char *real = g_canonicalize_filename (path, NULL), *git = is_repository (real) ? g_strdup (real) : beside (real);
	while (!git && strcmp (real, "/")) {
		char *above = g_path_get_dirname (real);
		g_free (real);
		real = above;
		git = beside (real);
	}
	if (!git)
		return;
	g_autofree char *shared = line_of (git, "commondir"), *common = shared ? from (git, shared) : g_strdup (git), *objects = g_build_filename (common, "objects", NULL);
	g_ptr_array_add (places, g_strdup (git));
	if (shared)
		g_ptr_array_add (places, g_strdup (common));
	add_borrowed (objects, BORROWED_MAX, places);
}

/* --- settings ------------------------------------------------------------------------------------------------------------------- */

/* The file that ENTRY of the settings names, as the settings in FOLDER mean it. */
static char *named (const git_config_entry *entry, const char *folder)
{
	if (g_str_has_prefix (entry->value, "~/"))
		return g_build_filename (g_get_home_dir (), entry->value + 2, NULL);
	return from (folder, entry->value);
}

/* NAME as libgit2 has it: section and key in small letters. */
static gboolean names_file (const char *name)
{
	return !strcmp (name, "include.path") || !strcmp (name, "core.excludesfile") || !strcmp (name, "core.attributesfile") || (g_str_has_prefix (name, "includeif.") && g_str_has_suffix (name, ".path"));
}

/* include.path, includeIf.*.path: libgit2 follows them while it reads, and gives up where it may not. What is written in one is meant from where that one lies. */
static void add_named (git_config *settings, GPtrArray *folders, GPtrArray *places)
{
	git_config_iterator *each = NULL;
	git_config_entry *entry;
	if (git_config_iterator_new (&each, settings))
		return;
	while (!git_config_next (&entry, each))
		for (guint i = 0; entry->value && names_file (entry->name) && i < folders->len; i++) {
			g_autofree char *file = named (entry, folders->pdata[i]), *folder = g_path_get_dirname (file);
			if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
				continue;
			if (!g_ptr_array_find_with_equal_func (folders, folder, g_str_equal, NULL))
				g_ptr_array_add (folders, g_steal_pointer (&folder));
			if (!g_ptr_array_find_with_equal_func (places, file, g_str_equal, NULL))
				g_ptr_array_add (places, g_steal_pointer (&file));
		}
	git_config_iterator_free (each);
}

void rn_places_settings (GPtrArray *places)
{
	git_config *settings = NULL;
	const guint repositories = places->len;
	g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
	g_ptr_array_add (places, g_build_filename (g_get_home_dir (), ".gitconfig", NULL));
	g_ptr_array_add (places, g_build_filename (g_get_user_config_dir (), "git", NULL));
	rn_git_init ();
	if (git_config_open_default (&settings) && git_config_new (&settings))
		return;
	g_ptr_array_add (folders, g_strdup (g_get_home_dir ()));
	g_ptr_array_add (folders, g_build_filename (g_get_user_config_dir (), "git", NULL));
	for (guint i = 0; i < repositories; i++) {
		g_autofree char *file = g_build_filename (places->pdata[i], "config", NULL);
		if (!git_config_add_file_ondisk (settings, file, GIT_CONFIG_LEVEL_LOCAL, NULL, TRUE))
			g_ptr_array_add (folders, g_strdup (places->pdata[i]));
	}
	for (guint before = 0; before != folders->len;) {
		before = folders->len;
		add_named (settings, folders, places);
	}
	git_config_free (settings);
}
