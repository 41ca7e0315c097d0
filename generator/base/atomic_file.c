/* atomic_file.c - files of an edition that are written in pieces, stand under two names, or are read back. */
#include "base/atomic_tree-int.h"
#include "base/folder.h"
#include "base/sums.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct RnAtomicFile {
	RnAtomicTree *tree;
	char *path;
	int fd;
};

void rn_atomic_tree_watch (RnAtomicTree *tree, RnAtomicTreeWatch watch, gpointer user)
{
	tree->watch = watch;
	tree->watch_user = user;
}

char *rn_atomic_tree_stage (const RnAtomicTree *tree)
{
	return g_build_filename (tree->inside ? tree->dir : tree->parent, tree->stage_name, NULL);
}

/* --- two names ---------------------------------------------------------------------------------------------------------------- */

static gboolean one_file (int fd, const char *path, const char *other, struct stat *info)
{
	struct stat second;
	return fd >= 0 && !fstatat (fd, path, info, AT_SYMLINK_NOFOLLOW) && !fstatat (fd, other, &second, AT_SYMLINK_NOFOLLOW) &&
	       info->st_ino == second.st_ino && info->st_dev == second.st_dev;
}

static gboolean link_in (RnAtomicTree *tree, int from, const char *path, const char *other)
{
	if (!linkat (from, path, tree->stage_fd, other, 0))
		return TRUE;
	return errno == ENOENT && rn_folder_make_parents (tree->stage_fd, other) && !linkat (from, path, tree->stage_fd, other, 0);
}

/* OTHER as a second name of PATH, which is put already. FALSE: the disk has no such links. */
static gboolean second_name (RnAtomicTree *tree, const char *path, const char *other)
{
	struct stat info;
	gboolean staged = !faccessat (tree->stage_fd, path, F_OK, AT_SYMLINK_NOFOLLOW);
	if (!staged && errno != ENOENT)
		return FALSE;
	if (!staged && one_file (tree->old_fd, path, other, &info)) {
		rn_atomic_tree_note (tree, other, &info, TRUE);
		return TRUE;
	}
	if (!link_in (tree, staged ? tree->stage_fd : tree->old_fd, path, other) || fstatat (tree->stage_fd, other, &info, AT_SYMLINK_NOFOLLOW))
		return FALSE;
	rn_atomic_tree_note (tree, other, &info, FALSE);
	return TRUE;
}

gboolean rn_atomic_tree_put_twice (RnAtomicTree *tree, const char *path, const char *other, const char *data, gsize len, GError **error)
{
	return rn_atomic_tree_put (tree, path, data, len, error) && (second_name (tree, path, other) || rn_atomic_tree_put_unseen (tree, other, data, len, error));
}

/* --- in pieces ---------------------------------------------------------------------------------------------------------------- */

RnAtomicFile *rn_atomic_tree_open (RnAtomicTree *tree, const char *path, GError **error)
{
	int fd = rn_atomic_tree_create (tree->stage_fd, path);
	if (fd < 0) {
		rn_atomic_tree_fault (error, "cannot make the file", path);
		return NULL;
	}
	RnAtomicFile *file = g_new0 (RnAtomicFile, 1);
	*file = (RnAtomicFile) { tree, g_strdup (path), fd };
	return file;
}

gboolean rn_atomic_file_write (RnAtomicFile *file, const char *data, gsize len, GError **error)
{
	return rn_write_all (file->fd, data, len) || rn_atomic_tree_fault (error, "cannot write the file", file->path);
}

/* Do both files hold the same? */
static gboolean same_bytes (int a, int b)
{
	char left[32768], right[32768];
	for (gssize n;;) {
		if ((n = read (a, left, sizeof left)) < 0)
			return FALSE;
		for (gssize have = 0, more; have < n; have += more)
			if ((more = read (b, right + have, (gsize) (n - have))) <= 0)
				return FALSE;
		if (!n)
			return !read (b, right, 1);
		if (memcmp (left, right, (gsize) n))
			return FALSE;
	}
}

static gboolean as_it_was (const RnAtomicFile *file, struct stat *info)
{
	const RnAtomicTree *tree = file->tree;
	int now = openat (tree->stage_fd, file->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int old = tree->old_fd < 0 ? -1 : openat (tree->old_fd, file->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	gboolean same = now >= 0 && old >= 0 && !fstat (old, info) && S_ISREG (info->st_mode) && same_bytes (now, old);
	if (now >= 0)
		close (now);
	if (old >= 0)
		close (old);
	return same;
}

/* Where the disk has no links: the same bytes once more. */
static gboolean write_again (RnAtomicTree *tree, const char *path, const char *other, GError **error)
{
	g_autoptr (GString) bytes = g_string_new (NULL);
	return rn_atomic_tree_read (tree, path, bytes, error) && rn_atomic_tree_put_unseen (tree, other, bytes->str, bytes->len, error);
}

gboolean rn_atomic_file_close (RnAtomicFile *file, const char *other, GError **error)
{
	RnAtomicTree *tree = file->tree;
	struct stat info = { 0 };
	gboolean fine = !fstat (file->fd, &info);
	if (close (file->fd))
		fine = FALSE;
	file->fd = -1;
	if (!fine)
		rn_atomic_tree_fault (error, "cannot write the file", file->path);
	if (fine) {
		struct stat old;
		gboolean same = as_it_was (file, &old);
		if (same)
			unlinkat (tree->stage_fd, file->path, 0);
		rn_atomic_tree_note (tree, file->path, same ? &old : &info, same);
		fine = !other || second_name (tree, file->path, other) || write_again (tree, file->path, other, error);
	}
	rn_atomic_file_abort (file);
	return fine;
}

void rn_atomic_file_abort (RnAtomicFile *file)
{
	if (!file)
		return;
	if (file->fd >= 0)
		close (file->fd);
	g_free (file->path);
	g_free (file);
}

/* --- reading back ------------------------------------------------------------------------------------------------------------- */

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *rn_atomic_tree_list (RnAtomicTree *tree, const char *prefix)
{
	GPtrArray *list = g_ptr_array_new ();
	g_mutex_lock (&tree->lock);
	for (guint i = 0; i < tree->put->len; i++)
		if (g_str_has_prefix (tree->put->pdata[i], prefix))
			g_ptr_array_add (list, tree->put->pdata[i]);
	g_mutex_unlock (&tree->lock);
	g_ptr_array_sort (list, by_name);
	return list;
}

gboolean rn_atomic_tree_read (RnAtomicTree *tree, const char *path, GString *out, GError **error)
{
	struct stat info;
	int fd = openat (tree->stage_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && tree->old_fd >= 0)
		fd = openat (tree->old_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	g_string_truncate (out, 0);
	gboolean fine = fd >= 0 && !fstat (fd, &info);
	if (fine)
		g_string_set_size (out, (gsize) info.st_size);
	gsize have = 0;
	for (gssize n; fine && have < out->len; have += (gsize) n)
		fine = (n = read (fd, out->str + have, out->len - have)) > 0;
	if (!fine)
		rn_atomic_tree_fault (error, "cannot read the file", path);
	if (fd >= 0)
		close (fd);
	return fine;
}

gboolean rn_atomic_tree_sum (RnAtomicTree *tree, const char *path, char sum[65], GError **error)
{
	guint64 size;
	return rn_file_sum (tree->stage_fd, path, FALSE, sum, &size) || (tree->old_fd >= 0 && rn_file_sum (tree->old_fd, path, FALSE, sum, &size)) ||
	       rn_atomic_tree_fault (error, "cannot read the file", path);
}

gboolean rn_atomic_tree_unread (const RnAtomicTree *tree, const char *path, GError **error)
{
	const int why = errno;
	g_autofree char *where = g_build_filename (tree->dir, *rn_folder_stopped () ? rn_folder_stopped () : path, NULL);
	errno = why;
	return rn_atomic_tree_fault (error, "cannot read the folder", where);
}
