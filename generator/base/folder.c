/* folder.c - making, walking and removing folders with the *at calls. */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean rn_folder_may_be (const char *path)
{
	struct stat info;
	return stat (path, &info) ? errno != ENOENT && errno != ENOTDIR : S_ISDIR (info.st_mode);
}

gboolean rn_folder_make_parents (int fd, const char *path)
{
	const char *slash = strrchr (path, '/');
	if (!slash)
		return TRUE;
	g_autofree char *dir = g_strndup (path, (gsize) (slash - path));
	if (!mkdirat (fd, dir, 0777) || errno == EEXIST)
		return TRUE;
	if (errno != ENOENT || !rn_folder_make_parents (fd, dir))
		return FALSE;
	return !mkdirat (fd, dir, 0777) || errno == EEXIST;
}

static __thread char stopped_at[4096];

const char *rn_folder_stopped (void)
{
	return stopped_at;
}

/* Keeps errno. */
static gboolean stop (const char *path)
{
	g_strlcpy (stopped_at, path, sizeof stopped_at);
	return FALSE;
}

static gboolean remove_entries (int fd)
{
	DIR *dir = fdopendir (fd);
	if (!dir) {
		close (fd);
		return FALSE;
	}
	gboolean fine = TRUE;
	for (struct dirent *entry; fine && (errno = 0, entry = readdir (dir));)
		if (strcmp (entry->d_name, ".") && strcmp (entry->d_name, ".."))
			fine = rn_folder_remove (dirfd (dir), entry->d_name);
	int why = errno;
	closedir (dir);
	errno = why;
	return fine && !why;
}

/* What is below NAME stopped; keeps errno. */
static gboolean stop_in (const char *name)
{
	const int why = errno;
	g_autofree char *path = *stopped_at ? g_strconcat (name, "/", stopped_at, NULL) : g_strdup (name);
	errno = why;
	return stop (path);
}

gboolean rn_folder_remove (int fd, const char *name)
{
	*stopped_at = '\0';
	if (!unlinkat (fd, name, 0) || errno == ENOENT)
		return TRUE;
	/* EACCES: who may move folders there, and no files (confine.h), learns only so that it is one. */
	const int why = errno;
	if (why != EISDIR && why != EPERM && why != EACCES)
		return stop (name);
	int sub = openat (fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (sub < 0) {
		const gboolean gone = errno == ENOENT;
		errno = errno == ENOTDIR ? why : errno;
		return gone || stop (name);
	}
	if (!remove_entries (sub))
		return stop_in (name);
	return !unlinkat (fd, name, AT_REMOVEDIR) || errno == ENOENT || stop (name);
}

/* PATH is the walk's own growing name: each level appends and takes away its part. */
static gboolean walk (int fd, GString *path, RnFolderEach each, gpointer user)
{
	DIR *dir = fdopendir (fd);
	if (!dir) {
		const int why = errno;
		close (fd);
		errno = why;
		return stop (path->str);
	}
	gboolean fine = TRUE;
	gsize len = path->len;
	for (struct dirent *entry; fine && (errno = 0, entry = readdir (dir));) {
		if (!strcmp (entry->d_name, ".") || !strcmp (entry->d_name, ".."))
			continue;
		g_string_truncate (path, len);
		if (len)
			g_string_append_c (path, '/');
		g_string_append (path, entry->d_name);
		int sub = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN ?
			openat (dirfd (dir), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
		/* A folder that has gone since is none; one that cannot be opened must not pass for a file. */
		if (sub < 0 && entry->d_type == DT_DIR && errno == ENOENT)
			continue;
		if (sub < 0 && (entry->d_type == DT_DIR || (entry->d_type == DT_UNKNOWN && errno != ENOTDIR && errno != ELOOP)))
			fine = stop (path->str);
		else
			fine = sub >= 0 ? walk (sub, path, each, user) : each (path->str, user);
	}
	int why = errno;
	if (!fine && !*stopped_at)
		stop (path->str);
	g_string_truncate (path, len);
	closedir (dir);
	if (fine && why)
		stop (path->str);
	errno = why;
	return fine && !why;
}

gboolean rn_folder_walk (int fd, const char *prefix, RnFolderEach each, gpointer user)
{
	*stopped_at = '\0';
	int top = openat (fd, *prefix ? prefix : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (top < 0)
		return FALSE;
	g_autoptr (GString) path = g_string_new (prefix);
	return walk (top, path, each, user);
}

GPtrArray *rn_folder_names (const char *path)
{
	DIR *dir = opendir (path);
	if (!dir)
		return NULL;
	GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
	for (struct dirent *entry; (errno = 0, entry = readdir (dir));)
		if (strcmp (entry->d_name, ".") && strcmp (entry->d_name, ".."))
			g_ptr_array_add (names, g_strdup (entry->d_name));
	int why = errno;
	closedir (dir);
	if (why)
		g_clear_pointer (&names, g_ptr_array_unref);
	errno = why;
	return names;
}

static gboolean is_leftover (const char *name)
{
	gsize len = strlen (name);
	if (len < 8 || name[len - 7] != '.')
		return FALSE;
	for (const char *p = name + len - 6; *p; p++)
		if (!g_ascii_isdigit (*p) && !g_ascii_isupper (*p))
			return FALSE;
	return TRUE;
}

void rn_folder_sweep (const char *path)
{
	g_autoptr (GPtrArray) names = rn_folder_names (path);
	for (guint i = 0; names && i < names->len; i++) {
		g_autofree char *file = is_leftover (names->pdata[i]) ? g_build_filename (path, names->pdata[i], NULL) : NULL;
		if (file)
			unlink (file);
	}
}

static const char *scratch_place;

void rn_folder_scratch_in (const char *place)
{
	scratch_place = place;
}

char *rn_folder_scratch (GError **error)
{
	if (!scratch_place)
		return g_dir_make_tmp ("rohnamo-XXXXXX", error);
	g_autofree char *folder = g_build_filename (scratch_place, "rohnamo-XXXXXX", NULL);
	if (g_mkdtemp_full (folder, 0700))
		return g_steal_pointer (&folder);
	const int why = errno;
	g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), "%s: %s", folder, g_strerror (why));
	return NULL;
}

gboolean rn_write_all (int fd, const char *data, gsize len)
{
	while (len) {
		gssize n = write (fd, data, len);
		if (n < 0 && errno != EINTR)
			return FALSE;
		if (n > 0)
			data += n, len -= (gsize) n;
	}
	return TRUE;
}

guint64 rn_folder_state (const char *path, const struct stat *info)
{
	const guint64 state[] = { (guint64) info->st_size, (guint64) info->st_mtim.tv_sec, (guint64) info->st_mtim.tv_nsec, info->st_ino, info->st_mode };
	guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325); /* FNV-1a, a word at a time for the numbers */
	for (const char *p = path; *p; p++)
		hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (0x100000001b3);
	for (guint i = 0; i < G_N_ELEMENTS (state); i++)
		hash = (hash ^ state[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

gboolean rn_file_put (const char *path, const char *data, gsize len, gboolean durable, int mode, GError **error)
{
	const GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | (durable ? G_FILE_SET_CONTENTS_DURABLE : G_FILE_SET_CONTENTS_NONE);
	if (g_file_set_contents_full (path, data, (gssize) len, flags, mode, error))
		return TRUE;
	/* GLib does not name it in all cases. */
	g_prefix_error (error, "'%s': ", path);
	return FALSE;
}
