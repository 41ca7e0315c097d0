/*
 * worktree.c - a folder on disk, in a git work tree or not, as a tree.
 *
 * In: the folder. Out: its files, and their bytes. No path is ever resolved through a symbolic link: the kernel refuses
 * it (openat2), or, where it is too old to, every part is opened by itself. Listing asks for no file's status; the
 * type comes with its name.
 */
#include "source/worktree-int.h"
#include "base/words.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_by_parts (int root, const char *path, int flags)
{
	int folder = root;

	for (;;) {
		gsize            len = strcspn (path, "/");
		gboolean         last = path[len] == '\0';
		g_autofree char *part = g_strndup (path, len);
		int              next = openat (folder, part, last ? flags : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		int              failure = errno;

		if (folder != root)
			close (folder);
		errno = failure;
		if (last || next < 0)
			return next;
		folder = next;
		path += len + 1;
	}
}

int rn_open_beneath (int root, const char *path, int flags)
{
	static gint     too_old; /* to know openat2; set by whoever finds out */
	struct open_how how = { .flags = (guint64) (flags | O_CLOEXEC | O_NOFOLLOW),
		                .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS };

	if (!g_atomic_int_get (&too_old)) {
		int fd = (int) syscall (SYS_openat2, root, path, &how, sizeof how);

		if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
			return fd;
		if (errno == ENOSYS)
			g_atomic_int_set (&too_old, 1);
	}
	return open_by_parts (root, path, flags | O_CLOEXEC | O_NOFOLLOW);
}

static gboolean fail (GError **error, const char *path, int code)
{
	g_set_error (error, RN_TREE_ERROR, code == ENOENT ? RN_TREE_ERROR_MISSING : RN_TREE_ERROR_IO, _("'%s' cannot be read: %s"), path,
	             rn_words_system (code));
	return FALSE;
}

/* Reads up to WANT bytes more; fewer at the file's end. */
static gboolean read_bytes (int fd, GString *buffer, gsize want)
{
	while (want > 0) {
		gsize   had = buffer->len;
		g_string_set_size (buffer, had + want);
		ssize_t got = read (fd, buffer->str + had, want);

		g_string_truncate (buffer, had + (gsize) MAX (got, 0));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		want -= (gsize) got;
	}
	return TRUE;
}

static gboolean read_open (RnTree *tree, int fd, const char *path, gsize head, gsize max, GString *buffer, gsize *size, GError **error)
{
	struct stat info;

	if (fstat (fd, &info) < 0) {
		int why = errno;
		rn_tree_trouble (tree, path, why);
		return fail (error, path, why);
	}
	if (!S_ISREG (info.st_mode)) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_IO, _("'%s' is no longer a file"), path);
		return FALSE;
	}
	gsize whole = (gsize) info.st_size;
	if (whole > max)
		return rn_tree_too_large (error, path, whole, max);
	if (!read_bytes (fd, buffer, head && head < whole ? head : whole)) {
		int why = errno;
		rn_tree_trouble (tree, path, why);
		return fail (error, path, why);
	}
	if (size)
		*size = whole;
	return TRUE;
}

static gboolean work_read (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error)
{
	const char *path = rn_tree_path (tree, index);
	/* Not to wait for the other end of a pipe that somebody put in the file's place. */
	int fd = rn_open_beneath (((RnWorkTree *) tree)->folder, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);

	if (fd < 0) {
		int why = errno;
		rn_tree_trouble (tree, path, why);
		return fail (error, path, why);
	}
	gboolean fine = read_open (tree, fd, path, head, max, buffer, size, error);
	close (fd);
	return fine;
}

static void work_close (RnTree *tree)
{
	RnWorkTree *work = (RnWorkTree *) tree;

	rn_ignore_free (work->ignore);
	git_index_free (work->index);
	if (work->folder >= 0)
		close (work->folder);
}

/* A clock's tick, and some: what changed within it may change again and bear the same time. */
#define LATELY ((gint64) 100 * 1000000)

static gboolean work_stamp (RnTree *tree, GChecksum *sum)
{
	struct timespec now;
	clock_gettime (CLOCK_REALTIME, &now);
	for (guint i = 0; i < rn_tree_count (tree); i++) {
		const char *path = rn_tree_path (tree, i);
		struct stat info;
		if (fstatat (((RnWorkTree *) tree)->folder, path, &info, AT_SYMLINK_NOFOLLOW))
			return FALSE;
		gint64 age = ((gint64) now.tv_sec - info.st_ctim.tv_sec) * 1000000000 + (now.tv_nsec - info.st_ctim.tv_nsec);
		if (age < LATELY)
			return FALSE;
		gint64 state[] = { info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec, (gint64) info.st_ino };
		g_checksum_update (sum, (const guchar *) path, (gssize) strlen (path) + 1);
		g_checksum_update (sum, (const guchar *) state, sizeof state);
	}
	return TRUE;
}

static const RnTreeKind work_kind = {
	.read = work_read, .close = work_close, .changed = rn_worktree_changed, .stamp = work_stamp, .size = sizeof (RnWorkTree), .revision = FALSE,
};

typedef struct {
	RnWorkTree        *work;
	const char *const *roots;
	GPtrArray         *exclude;         /* relative to the folder, with a final '/' */
	GPtrArray         *folders;         /* yet to be read, as arena strings with a final '/' */
	RnDiagnostics     *sink;
} Walk;

static gboolean is_excluded (const Walk *walk, const char *path)
{
	for (guint i = 0; i < walk->exclude->len; i++) {
		const char *exclude = walk->exclude->pdata[i];
		gsize       len = strlen (exclude) - 1;

		if (strncmp (path, exclude, len) == 0 && (path[len] == '\0' || path[len] == '/'))
			return TRUE;
	}
	return FALSE;
}

static guchar type_of (int folder, const struct dirent *entry)
{
	struct stat info;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat (folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return S_ISREG (info.st_mode) ? DT_REG : S_ISDIR (info.st_mode) ? DT_DIR : S_ISLNK (info.st_mode) ? DT_LNK : DT_FIFO;
}

/* A link or a pipe that git would not look at is none of the site's. */
static void refuse (Walk *walk, const char *parent, const char *name, guchar type)
{
	g_autofree char *path = g_strconcat (parent, name, NULL);

	if (!is_excluded (walk, path) && !rn_worktree_ignores (walk->work, path))
		rn_tree_tell (walk->sink, type == DT_LNK ? RN_D_PATH_SYMLINK : RN_D_PATH_SPECIAL, path, NULL);
}

static void visit (Walk *walk, int folder, const char *parent, const struct dirent *entry)
{
	RnTree *tree = &walk->work->base;
	guchar  type = type_of (folder, entry);

	if (type == DT_UNKNOWN)
		return; /* gone since */
	if (type != DT_REG && type != DT_DIR) {
		refuse (walk, parent, entry->d_name, type);
		return;
	}
	char *path = rn_tree_join (tree, parent, entry->d_name, type == DT_DIR, walk->sink);
	if (path == NULL || (walk->exclude->len && is_excluded (walk, path)))
		return;
	if (type == DT_REG)
		rn_tree_offer (tree, path, NULL);
	else
		g_ptr_array_add (walk->folders, path);
}

/* FALSE: another repository begins here. */
static gboolean read_folder (Walk *walk, const char *path)
{
	gboolean         top = *path == '\0';
	g_autofree char *name = top ? g_strdup (".") : g_strndup (path, strlen (path) - 1);
	int              fd = rn_open_beneath (walk->work->folder, name, O_RDONLY | O_DIRECTORY);
	DIR             *folder = fd < 0 ? NULL : fdopendir (fd);
	guint            entries = walk->work->base.entries->len, folders = walk->folders->len;
	gboolean         foreign = FALSE;

	if (folder == NULL) {
		int why = errno;
		rn_tree_trouble (&walk->work->base, top ? "." : name, why);
		rn_tree_tell (walk->sink, RN_D_FILE_UNREADABLE, top ? "." : name, rn_words_system (why));
		if (fd >= 0)
			close (fd);
		return TRUE;
	}
	for (struct dirent *entry; !foreign && (errno = 0, entry = readdir (folder)) != NULL;) {
		if (entry->d_name[0] == '.')
			foreign = !top && strcmp (entry->d_name, ".git") == 0;
		else if (!top || rn_tree_wanted (entry->d_name, walk->roots))
			visit (walk, fd, path, entry);
	}
	if (!foreign && errno)
		rn_tree_trouble (&walk->work->base, top ? "." : name, errno);
	closedir (folder);
	if (foreign) {
		g_array_set_size (walk->work->base.entries, entries);
		g_ptr_array_set_size (walk->folders, (gint) folders);
	}
	return !foreign;
}

static void walk_folders (Walk *walk)
{
	g_ptr_array_add (walk->folders, (gpointer) "");
	/* By number: reading one adds its own, and what stays open at once does not grow with the depth. */
	for (guint i = 0; i < walk->folders->len; i++) {
		const char *path = walk->folders->pdata[i];

		if (*path && rn_worktree_skips_folder (walk->work, path))
			continue;
		if ((*path && rn_worktree_is_submodule (walk->work, path)) || !read_folder (walk, path)) {
			g_autofree char *name = g_strndup (path, strlen (path) - 1);
			rn_tree_tell (walk->sink, RN_D_PATH_SUBMODULE, name, NULL);
		}
	}
}

/* EXCLUDE's paths as seen from the folder REAL. */
static GPtrArray *relative_excludes (const char *real, const char *const *exclude)
{
	GPtrArray       *found = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *base = g_str_has_suffix (real, "/") ? g_strdup (real) : g_strconcat (real, "/", NULL);

	for (; exclude && *exclude; exclude++) {
		g_autofree char *resolved = realpath (*exclude, NULL), *plain = g_canonicalize_filename (*exclude, NULL);
		const char      *path = resolved ? resolved : plain;

		if (g_str_has_prefix (path, base))
			g_ptr_array_add (found, g_strconcat (path + strlen (base), "/", NULL));
	}
	return found;
}

RnTree *rn_tree_open_work (const char *dir, const char *const *roots, const char *const *exclude, RnDiagnostics *sink, GError **error)
{
	g_autoptr (RnTree) tree = rn_tree_new (&work_kind);
	RnWorkTree      *work = (RnWorkTree *) tree;
	g_autofree char *real = realpath (dir, NULL);

	work->folder = real ? open (real, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (work->folder < 0) {
		fail (error, dir, errno);
		return NULL;
	}
	if (!rn_worktree_find_repository (work, real, error)) {
		g_prefix_error (error, _("the git repository of '%s' cannot be read: "), dir);
		return NULL;
	}
	g_autoptr (GPtrArray) excludes = relative_excludes (real, exclude), folders = g_ptr_array_new ();
	Walk walk = { .work = work, .roots = roots, .exclude = excludes, .folders = folders, .sink = sink };
	walk_folders (&walk);
	rn_worktree_drop_ignored (work);
	rn_tree_settle (tree, sink);
	return g_steal_pointer (&tree);
}
