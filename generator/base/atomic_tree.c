/*
 * atomic_tree.c - the stage beside the target, the comparison with what stands there, and the swap.
 *
 * A put file that is the same as the old one is only remembered; at commit it is hard-linked into the stage, so that it keeps
 * inode and time. Where no file was written and none has gone, the stage is thrown away and the old folder stays untouched.
 */
#include "base/atomic_tree-int.h"
#include "base/folder.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_QUARK (rn-atomic-tree-error-quark, rn_atomic_tree_error)

gboolean rn_atomic_tree_fault (GError **error, const char *what, const char *path)
{
	int why = errno;
	g_set_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_IO, "%s '%s': %s", _(what), path, rn_words_system (why));
	return FALSE;
}

/* --- beginning ------------------------------------------------------------------------------------------------------------ */

#define ASIDE ".old"   /* what follows a stage's name while the old edition steps aside */

static gboolean kept_at_top (const char *name)
{
	return *name == '.' || !strcmp (name, "README.md");
}

/* Is the old folder one that may be replaced: ours, or empty but for what is carried over? */
static gboolean check_ours (RnAtomicTree *tree, const char *marker, GError **error)
{
	if (!faccessat (tree->old_fd, marker, F_OK, AT_SYMLINK_NOFOLLOW))
		return TRUE;
	if (errno != ENOENT)
		return rn_atomic_tree_fault (error, "cannot read the file", marker);
	g_autoptr (GPtrArray) names = rn_folder_names (tree->dir);
	if (!names)
		return rn_atomic_tree_fault (error, "cannot read the folder", tree->dir);
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		if (kept_at_top (name))
			continue;
		g_set_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_FOREIGN,
		             _("'%s' holds files that no build made ('%s'): choose another folder, or empty this one"), tree->dir, name);
		return FALSE;
	}
	return TRUE;
}

/*
 * Dot-folders of the old edition (.git of a published branch) move over; their files are not linked one by one. Also out of the stage of a run that was
 * killed before it came to that. FALSE with errno: one is still in OLD_FD's folder.
 */
static gboolean move_dot_folders (int old_fd, int new_fd, const char *new_name)
{
	g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", old_fd);
	g_autoptr (GPtrArray) names = rn_folder_names (path);
	struct stat info;
	for (guint i = 0; names && i < names->len; i++) {
		const char *name = names->pdata[i];
		if (*name != '.' || !g_strcmp0 (name, new_name))
			continue;
		if (fstatat (old_fd, name, &info, AT_SYMLINK_NOFOLLOW) ||
		    (S_ISDIR (info.st_mode) && renameat (old_fd, name, new_fd, name) && errno != EEXIST && errno != ENOTEMPTY))
			return FALSE;
	}
	return names != NULL;
}

/* Removes stages of writers that are no more; FALSE where one of them lives. */
static gboolean clear_stale (const RnAtomicTree *tree, int home, const char *prefix, GError **error)
{
	const char *where = tree->inside ? tree->dir : tree->parent;
	g_autoptr (GPtrArray) names = rn_folder_names (where);
	if (!names)
		return rn_atomic_tree_fault (error, "cannot read the folder", where);
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		if (!g_str_has_prefix (name, prefix))
			continue;
		int fd = openat (home, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0 && errno != ENOTDIR && errno != ENOENT)
			return rn_atomic_tree_fault (error, "cannot open the folder", name);
		if (fd < 0)
			continue;
		gboolean stale = !flock (fd, LOCK_EX | LOCK_NB);
		gboolean moved = !stale || tree->inside || tree->old_fd < 0 || move_dot_folders (fd, tree->old_fd, NULL);
		int why = errno;
		close (fd);
		errno = why;
		if (!stale) {
			g_set_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_BUSY, _("another build is writing there (%s)"), name);
			return FALSE;
		}
		if (!moved)
			return rn_atomic_tree_fault (error, "cannot clear what an earlier run left,", name);
		rn_folder_remove (home, name);
	}
	return TRUE;
}

/* A run that was killed between the two renames of a disk without exchange (see swap) left the old edition aside: it goes back, for what is aside is cleared. */
static gboolean take_back (const RnAtomicTree *tree, GError **error)
{
	g_autofree char *base = g_path_get_basename (tree->dir), *prefix = g_strdup_printf (".%s.new-", base);
	g_autoptr (GPtrArray) names = rn_folder_names (tree->parent);
	if (!names)
		return rn_atomic_tree_fault (error, "cannot read the folder", tree->parent);
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, ASIDE))
			continue;
		g_autofree char *stage = g_strndup (name, strlen (name) - strlen (ASIDE));
		int fd = openat (tree->parent_fd, stage, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0 && errno != ENOENT)
			return rn_atomic_tree_fault (error, "cannot open the folder", stage);
		gboolean lives = fd >= 0 && flock (fd, LOCK_EX | LOCK_NB);
		if (fd >= 0)
			close (fd);
		if (!lives)
			return !renameat (tree->parent_fd, name, tree->parent_fd, base) || rn_atomic_tree_fault (error, "cannot put back what an earlier run set aside,", name);
	}
	return TRUE;
}

static gboolean same_device (int a, int b)
{
	struct stat one, two;
	return !fstat (a, &one) && !fstat (b, &two) && one.st_dev == two.st_dev;
}

/* Makes and locks the stage. The parent is locked meanwhile, so that no other writer takes the new folder for a stale one. */
static gboolean open_stage (RnAtomicTree *tree, GError **error)
{
	g_autofree char *base = g_path_get_basename (tree->dir);
	tree->inside = tree->old_fd >= 0 && (!same_device (tree->old_fd, tree->parent_fd) || faccessat (tree->parent_fd, ".", W_OK, AT_EACCESS));
	int home = tree->inside ? tree->old_fd : tree->parent_fd;
	g_autofree char *prefix = g_strdup_printf (".%s.new-", base);
	tree->stage_name = g_strdup_printf ("%s%ld", prefix, (long) getpid ());
	if (flock (home, LOCK_EX))
		return rn_atomic_tree_fault (error, "cannot lock", tree->dir);
	gboolean fine = clear_stale (tree, home, prefix, error);
	if (fine && (mkdirat (home, tree->stage_name, 0777) ||
	             (tree->stage_fd = openat (home, tree->stage_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0 ||
	             flock (tree->stage_fd, LOCK_EX | LOCK_NB)))
		fine = rn_atomic_tree_fault (error, "cannot begin a new edition of", tree->dir);
	struct stat old;
	if (fine && tree->old_fd >= 0 && !fstat (tree->old_fd, &old) && fchmod (tree->stage_fd, old.st_mode & 07777))
		fine = rn_atomic_tree_fault (error, "cannot set the permissions of", tree->dir);
	flock (home, LOCK_UN);
	return fine;
}

RnAtomicTree *rn_atomic_tree_begin (const char *dir, const char *marker, GError **error)
{
	RnAtomicTree *tree = g_new0 (RnAtomicTree, 1);
	/* A link to a folder elsewhere stays a link: what it leads to is replaced. */
	g_autofree char *plain = g_canonicalize_filename (dir, NULL), *real = realpath (plain, NULL);
	tree->dir = g_strdup (real ? real : plain);
	tree->parent = g_path_get_dirname (tree->dir);
	tree->parent_fd = tree->old_fd = tree->stage_fd = -1;
	g_mutex_init (&tree->lock);
	tree->names = rn_arena_new (0);
	tree->put = g_ptr_array_new ();
	tree->same = g_ptr_array_new ();

	gboolean fine = !g_mkdir_with_parents (tree->parent, 0777) || rn_atomic_tree_fault (error, "cannot make the folder", tree->parent);
	if (fine && (tree->parent_fd = open (tree->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		fine = rn_atomic_tree_fault (error, "cannot open the folder", tree->parent);
	if (fine && faccessat (tree->parent_fd, tree->dir, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT)
		fine = take_back (tree, error);
	if (fine && (tree->old_fd = open (tree->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0 && errno != ENOENT)
		fine = rn_atomic_tree_fault (error, "cannot open the folder", tree->dir);
	if (fine && (tree->old_fd < 0 || check_ours (tree, marker, error)) && open_stage (tree, error))
		return tree;
	rn_atomic_tree_abort (tree);
	return NULL;
}

/* --- one file ------------------------------------------------------------------------------------------------------------- */

static gboolean same_as_old (RnAtomicTree *tree, const char *path, const char *data, gsize len, struct stat *info)
{
	char chunk[65536];
	int fd = openat (tree->old_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return FALSE;
	gboolean same = !fstat (fd, info) && S_ISREG (info->st_mode) && (gsize) info->st_size == len;
	for (gsize at = 0; same && at < len;) {
		gssize n = read (fd, chunk, MIN (sizeof chunk, len - at));
		same = n > 0 && !memcmp (chunk, data + at, (gsize) n);
		at += same ? (gsize) n : 0;
	}
	close (fd);
	return same;
}

/* A page mostly has a folder of its own, so that is made first; other files mostly find theirs. */
int rn_atomic_tree_create (int fd, const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
	if (g_str_has_suffix (path, "/index.html") && !rn_folder_make_parents (fd, path))
		return -1;
	int file = openat (fd, path, flags, 0666);
	if (file < 0 && errno == ENOENT && rn_folder_make_parents (fd, path))
		file = openat (fd, path, flags, 0666);
	return file;
}

void rn_atomic_tree_note (RnAtomicTree *tree, const char *path, const struct stat *info, gboolean same)
{
	g_mutex_lock (&tree->lock);
	char *name = rn_arena_strndup (tree->names, path, -1);
	g_ptr_array_add (tree->put, name);
	if (same)
		g_ptr_array_add (tree->same, name);
	tree->bytes += (guint64) info->st_size;
	tree->state += rn_folder_state (path, info);
	g_mutex_unlock (&tree->lock);
}

gboolean rn_atomic_tree_put_unseen (RnAtomicTree *tree, const char *path, const char *data, gsize len, GError **error)
{
	struct stat info;
	gboolean same = tree->old_fd >= 0 && same_as_old (tree, path, data, len, &info);
	if (!same) {
		int fd = rn_atomic_tree_create (tree->stage_fd, path);
		if (fd < 0)
			return rn_atomic_tree_fault (error, "cannot make the file", path);
		gboolean written = rn_write_all (fd, data, len) && !fstat (fd, &info);
		int why = errno;
		if (close (fd) && written)
			written = FALSE, why = errno;
		errno = why;
		if (!written)
			return rn_atomic_tree_fault (error, "cannot write the file", path);
	}
	rn_atomic_tree_note (tree, path, &info, same);
	return TRUE;
}

gboolean rn_atomic_tree_put (RnAtomicTree *tree, const char *path, const char *data, gsize len, GError **error)
{
	return rn_atomic_tree_put_unseen (tree, path, data, len, error) && (!tree->watch || tree->watch (tree->watch_user, path, data, len, error));
}

static gboolean remember (const char *path, gpointer user)
{
	RnAtomicTree *tree = user;
	char *name = rn_arena_strndup (tree->names, path, -1);
	g_ptr_array_add (tree->put, name);
	g_ptr_array_add (tree->same, name);
	return TRUE;
}

/* but: how the names of those begin that are not kept; NULL: none. */
typedef struct { RnAtomicTree *tree; const char *const *but; } Keeping;

/* A file of the old edition that stays in the new one, and is counted with it. */
static gboolean keep_file (const char *path, gpointer user)
{
	const Keeping *keeping = user;
	RnAtomicTree *tree = keeping->tree;
	struct stat info;
	for (const char *const *but = keeping->but; but && *but; but++)
		if (g_str_has_prefix (path, *but))
			return TRUE;
	if (fstatat (tree->old_fd, path, &info, AT_SYMLINK_NOFOLLOW))
		return FALSE;
	tree->bytes += (guint64) info.st_size;
	tree->state += rn_folder_state (path, &info);
	return remember (path, tree);
}

gboolean rn_atomic_tree_keep (RnAtomicTree *tree, const char *path, const char *const *but, GError **error)
{
	Keeping keeping = { tree, but };
	struct stat info;
	if (tree->old_fd < 0)
		return TRUE;
	if (fstatat (tree->old_fd, path, &info, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || rn_atomic_tree_fault (error, "cannot read the file", path);
	g_mutex_lock (&tree->lock);
	gboolean fine = S_ISDIR (info.st_mode) ? rn_folder_walk (tree->old_fd, path, keep_file, &keeping) : keep_file (path, &keeping);
	g_mutex_unlock (&tree->lock);
	return fine || (S_ISDIR (info.st_mode) ? rn_atomic_tree_unread (tree, path, error) : rn_atomic_tree_fault (error, "cannot read the file", path));
}

/* --- the end -------------------------------------------------------------------------------------------------------------- */

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

/* put: how many names were put before the comparison; those are sorted, what is carried over comes behind them. */
typedef struct { RnAtomicTree *tree; guint put, removed; } Comparison;

/* A file of the old folder: one that was put, one to carry over, or one that goes. */
static gboolean compare_old (const char *path, gpointer user)
{
	Comparison *comparison = user;
	RnAtomicTree *tree = comparison->tree;
	if (bsearch (&path, tree->put->pdata, comparison->put, sizeof (gpointer), by_name))
		return TRUE;
	if (!kept_at_top (path))
		comparison->removed++;
	else if (!strchr (path, '/'))
		remember (path, tree);
	return TRUE;
}

/* Copies what cannot be linked (FAT, another device), its time with it. */
static gboolean copy_file (RnAtomicTree *tree, const char *path)
{
	char chunk[65536];
	struct stat info;
	int from = openat (tree->old_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int to = from < 0 ? -1 : openat (tree->stage_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	gboolean fine = to >= 0 && !fstat (from, &info);
	for (gssize n; fine && (n = read (from, chunk, sizeof chunk)) != 0;)
		fine = n > 0 && rn_write_all (to, chunk, (gsize) n);
	if (fine)
		futimens (to, (struct timespec[]) { info.st_atim, info.st_mtim });
	int why = errno;
	if (from >= 0)
		close (from);
	if (to >= 0)
		close (to);
	errno = why;
	return fine;
}

static gboolean link_same (RnAtomicTree *tree, GError **error)
{
	for (guint i = 0; i < tree->same->len; i++) {
		const char *path = tree->same->pdata[i];
		if (g_str_has_suffix (path, "/index.html"))
			rn_folder_make_parents (tree->stage_fd, path);
		if (!linkat (tree->old_fd, path, tree->stage_fd, path, 0))
			continue;
		gboolean there = errno != ENOENT || rn_folder_make_parents (tree->stage_fd, path);
		if (there && !linkat (tree->old_fd, path, tree->stage_fd, path, 0))
			continue;
		if (!there || !copy_file (tree, path))
			return rn_atomic_tree_fault (error, "cannot carry over the file", path);
	}
	return TRUE;
}

/* One name for another in one step, or FALSE with errno and all as it was; where the file system knows no exchange, the old one steps aside first. */
static gboolean swap (int home, const char *stage, int target_home, const char *target)
{
	if (!renameat2 (home, stage, target_home, target, RENAME_EXCHANGE))
		return TRUE;
	if (errno == ENOENT)
		return !renameat (home, stage, target_home, target);
	if (errno != EINVAL && errno != ENOSYS)
		return FALSE;
	g_autofree char *aside = g_strconcat (stage, ASIDE, NULL);
	if (renameat (target_home, target, home, aside))
		return FALSE;
	if (renameat (home, stage, target_home, target)) {
		int why = errno;
		renameat (home, aside, target_home, target); /* where that fails too, the next run finds it aside */
		errno = why;
		return FALSE;
	}
	renameat (home, aside, home, stage);
	return TRUE;
}

/* Puts back the first N entries of NAMES that swap_entries has exchanged. */
static void swap_back (RnAtomicTree *tree, const GPtrArray *names, GPtrArray *fresh)
{
	for (guint i = names->len; i-- > 0;) {
		const char *name = names->pdata[i];
		if (!g_ptr_array_find_with_equal_func (fresh, name, g_str_equal, NULL))
			swap (tree->stage_fd, name, tree->old_fd, name);
		else
			renameat (tree->old_fd, name, tree->stage_fd, name);
	}
}

/* The stage lies inside the target: its entries go in one by one, and what has no successor goes out, into the stage, which is removed then. */
static gboolean swap_entries (RnAtomicTree *tree)
{
	g_autofree char *stage_path = g_build_filename (tree->dir, tree->stage_name, NULL);
	g_autoptr (GPtrArray) ours = rn_folder_names (stage_path), all = rn_folder_names (tree->dir);
	g_autoptr (GPtrArray) done = g_ptr_array_new (), fresh = g_ptr_array_new ();
	gboolean fine = ours && all;
	for (guint i = 0; fine && i < ours->len; i++) {
		char *name = ours->pdata[i];
		if (kept_at_top (name))
			continue;
		if (!g_ptr_array_find_with_equal_func (all, name, g_str_equal, NULL))
			g_ptr_array_add (fresh, name);
		fine = swap (tree->stage_fd, name, tree->old_fd, name);
		if (fine)
			g_ptr_array_add (done, name);
	}
	for (guint i = 0; fine && i < all->len; i++) {
		char *name = all->pdata[i];
		if (kept_at_top (name) || g_ptr_array_find_with_equal_func (ours, name, g_str_equal, NULL))
			continue;
		fine = !renameat (tree->old_fd, name, tree->stage_fd, name);
	}
	int why = errno;
	if (!fine)
		swap_back (tree, done, fresh);
	errno = why;
	return fine;
}

static gboolean publish (RnAtomicTree *tree, GError **error)
{
	if (!link_same (tree, error))
		return FALSE;
	if (syncfs (tree->stage_fd))
		return rn_atomic_tree_fault (error, "cannot write to the disk below", tree->dir);
	if (tree->inside)
		return swap_entries (tree) || rn_atomic_tree_fault (error, "cannot put the new edition into", tree->dir);
	g_autofree char *base = g_path_get_basename (tree->dir);
	if (!swap (tree->parent_fd, tree->stage_name, tree->parent_fd, base))
		return rn_atomic_tree_fault (error, "cannot put the new edition in place of", tree->dir);
	fsync (tree->parent_fd);
	if (tree->old_fd < 0 || move_dot_folders (tree->old_fd, tree->stage_fd, tree->stage_name))
		return TRUE;
	/* Removed with the old edition they would be lost: it takes its place again, with those that have moved. */
	int why = errno;
	if (!swap (tree->parent_fd, tree->stage_name, tree->parent_fd, base))
		g_clear_pointer (&tree->stage_name, g_free); /* it stays; the next run takes them out of it */
	else
		move_dot_folders (tree->stage_fd, tree->old_fd, NULL);
	errno = why;
	return rn_atomic_tree_fault (error, "cannot carry over what is hidden in", tree->dir);
}

gboolean rn_atomic_tree_commit (RnAtomicTree *tree, RnAtomicTreeStats *stats, GError **error)
{
	Comparison comparison = { tree, tree->put->len, 0 };
	guint files = tree->put->len, changed = files - tree->same->len;
	gboolean fine = TRUE;
	g_ptr_array_sort (tree->put, by_name);
	if (tree->old_fd >= 0)
		fine = rn_folder_walk (tree->old_fd, "", compare_old, &comparison) || rn_atomic_tree_unread (tree, "", error);
	if (fine && (changed || comparison.removed || tree->old_fd < 0))
		fine = publish (tree, error);
	if (fine && stats)
		*stats = (RnAtomicTreeStats) { files, changed, comparison.removed, tree->bytes, tree->state };
	rn_atomic_tree_abort (tree);
	return fine;
}

gboolean rn_atomic_tree_again (RnAtomicTree *tree, GError **error)
{
	g_autofree char *path = rn_atomic_tree_stage (tree);
	g_autoptr (GDir) entries = g_dir_open (path, 0, error);
	if (!entries)
		return FALSE;
	for (const char *name; (name = g_dir_read_name (entries));)
		if (!rn_folder_remove (tree->stage_fd, name))
			return rn_atomic_tree_fault (error, "cannot begin a new edition of", tree->dir);
	g_ptr_array_set_size (tree->put, 0);
	g_ptr_array_set_size (tree->same, 0);
	tree->bytes = tree->state = 0;
	tree->watch = NULL;
	return TRUE;
}

/* What the stage's name stands for now, the new edition or the old one, goes. */
void rn_atomic_tree_abort (RnAtomicTree *tree)
{
	if (!tree)
		return;
	if (tree->stage_fd >= 0 && tree->stage_name)
		rn_folder_remove (tree->inside ? tree->old_fd : tree->parent_fd, tree->stage_name);
	for (guint i = 0; i < 3; i++) {
		int fd = (int[]) { tree->stage_fd, tree->old_fd, tree->parent_fd }[i];
		if (fd >= 0)
			close (fd);
	}
	g_mutex_clear (&tree->lock);
	rn_arena_free (tree->names);
	g_ptr_array_unref (tree->put);
	g_ptr_array_unref (tree->same);
	g_free (tree->dir);
	g_free (tree->parent);
	g_free (tree->stage_name);
	g_free (tree);
}
