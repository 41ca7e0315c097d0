/* cms_files.c - the files that a web editor may have: pages and media inside the content, never through a link. */
#include "preview/cms-int.h"
#include "base/words.h"
#include "base/folder.h"
#include "base/path.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Says by errno why PATH could not be looked at. TRUE: it is not there. */
static gboolean is_absent (const RnCms *cms, const char *path)
{
	const int why = errno;
	if (why == ENOENT || why == ENOTDIR)
		return TRUE;
	if (cms->refused && !*cms->refused)
		g_set_error (cms->refused, G_FILE_ERROR, g_file_error_from_errno (why), _("'%s' cannot be read: %s"), path, rn_words_system (why));
	return FALSE;
}

/* Is there no link at PATH and none on the way? What is not there yet is none. */
static gboolean has_no_link (const RnCms *cms, const char *path)
{
	for (const char *slash = path; slash; slash = strchr (slash + 1, '/')) {
		g_autofree char *part = slash == path ? g_strdup ("") : g_strndup (path, (gsize) (slash - path));
		g_autofree char *full = g_build_filename (cms->dir, part, NULL);
		struct stat info;
		if (*part && (lstat (full, &info) ? !is_absent (cms, part) : S_ISLNK (info.st_mode)))
			return FALSE;
	}
	g_autofree char *full = g_build_filename (cms->dir, path, NULL);
	struct stat info;
	return lstat (full, &info) ? is_absent (cms, path) : S_ISREG (info.st_mode) || S_ISDIR (info.st_mode);
}

static gboolean is_media (const char *path)
{
	static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".pdf", ".mp3", ".ogg", ".mp4", ".webm" };
	g_autofree char *small = g_ascii_strdown (path, -1);
	for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
		if (g_str_has_suffix (small, endings[i]))
			return TRUE;
	return FALSE;
}

gboolean rn_cms_may (const RnCms *cms, const char *path, RnCmsKind kind)
{
	if (!path || !g_utf8_validate (path, -1, NULL) || rn_path_check (path) != RN_PATH_FINE)
		return FALSE;
	if (!g_str_has_prefix (path, cms->content) || strstr (path, "/.") || *path == '.')
		return FALSE;
	if (kind == RN_CMS_PAGE ? !g_str_has_suffix (path, ".md") : !is_media (path) || strncmp (path + strlen (cms->content), "media/", 6))
		return FALSE;
	return has_no_link (cms, path);
}

GString *rn_cms_read (const RnCms *cms, const char *path, gsize max, GError **error)
{
	g_autofree char *full = g_build_filename (cms->dir, path, NULL);
	struct stat info;
	char *text;
	gsize len;
	if (lstat (full, &info)) {
		is_absent (cms, path);
		return NULL;
	}
	if (!S_ISREG (info.st_mode))
		return NULL;
	if ((guint64) info.st_size > max) {
		g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("%s is too large for the editor."), path);
		return NULL;
	}
	g_autoptr (GError) why = NULL;
	if (!g_file_get_contents (full, &text, &len, &why)) {
		if (cms->refused && !*cms->refused)
			*cms->refused = g_error_copy (why);
		g_propagate_error (error, g_steal_pointer (&why));
		return NULL;
	}
	GString *out = g_string_new_len (text, (gssize) len);
	g_free (text);
	return out;
}

gboolean rn_cms_write (const RnCms *cms, const char *path, const char *data, gsize len, GError **error)
{
	g_autofree char *full = g_build_filename (cms->dir, path, NULL), *folder = g_path_get_dirname (full);
	struct stat info;
	const int mode = lstat (full, &info) ? 0644 : (int) (info.st_mode & 0777);
	g_mkdir_with_parents (folder, 0777);
	return rn_file_put (full, data, len, TRUE, mode, error);
}

static void list_below (const RnCms *cms, const char *folder, const char *ending, guint depth, RnCmsKind kind, GPtrArray *files)
{
	g_autofree char *full = g_build_filename (cms->dir, folder, NULL);
	g_autoptr (GPtrArray) names = rn_folder_names (full);
	if (!names)
		is_absent (cms, folder);
	for (guint i = 0; names && i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_strconcat (folder, "/", name, NULL), *entry = g_build_filename (cms->dir, path, NULL);
		struct stat info;
		if (*name == '.')
			continue;
		if (lstat (entry, &info)) {
			is_absent (cms, path);
			continue;
		}
		if (S_ISDIR (info.st_mode) && depth > 1)
			list_below (cms, path, ending, depth - 1, kind, files);
		else if (S_ISREG (info.st_mode) && (!ending || g_str_has_suffix (name, ending)) && rn_cms_may (cms, path, kind))
			g_ptr_array_add (files, g_steal_pointer (&path));
	}
}

static gint by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *rn_cms_list (const RnCms *cms, const char *folder, const char *ending, guint depth, RnCmsKind kind)
{
	GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *inside = folder ? g_strconcat (folder, "/", NULL) : NULL;
	if (inside && rn_path_check (folder) == RN_PATH_FINE && g_str_has_prefix (inside, cms->content) && has_no_link (cms, folder))
		list_below (cms, folder, ending, depth, kind, files);
	g_ptr_array_sort (files, by_name);
	return files;
}
