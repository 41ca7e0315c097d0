/*
 * worktree_git.c - what a work tree's repository says of its files: which are ignored, which are changed.
 *
 * In: the list of the folder. Out: the list without ignored files, each tracked one with its blob. A tracked file is never
 * ignored, and is not asked about. Used by the thread that opens the tree, and by the history's.
 */
#include "source/worktree-int.h"

#include "base/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* PATH as the repository names it; borrowed from PATH or BUFFER. */
static const char *full_path (const RnWorkTree *work, const char *path, GString *buffer)
{
	if (work->base.prefix[0] == '\0')
		return path;
	g_string_assign (buffer, work->base.prefix);
	g_string_append (buffer, path);
	return buffer->str;
}

gboolean rn_worktree_ignores (RnWorkTree *work, const char *path)
{
	g_autoptr (GString) buffer = g_string_new (NULL);

	return work->ignore && rn_ignore_test (work->ignore, full_path (work, path, buffer));
}

/* Is there nothing tracked in the folder (with its final '/'), and is it ignored? Then it need not be read. */
gboolean rn_worktree_skips_folder (RnWorkTree *work, const char *path)
{
	g_autoptr (GString) buffer = g_string_new (NULL);
	size_t at;

	if (work->index == NULL || git_index_find_prefix (&at, work->index, full_path (work, path, buffer)) == 0)
		return FALSE;
	return rn_worktree_ignores (work, path);
}

gboolean rn_worktree_is_submodule (RnWorkTree *work, const char *path)
{
	g_autoptr (GString) buffer = g_string_new (NULL);

	if (work->index == NULL)
		return FALSE;
	g_autofree char       *name = g_strndup (path, strlen (path) - 1);
	const git_index_entry *entry = git_index_get_bypath (work->index, full_path (work, name, buffer), 0);
	return entry && entry->mode == GIT_FILEMODE_COMMIT;
}

static void forget_repository (RnWorkTree *work)
{
	rn_ignore_free (work->ignore);
	work->ignore = NULL;
	git_index_free (work->index);
	work->index = NULL;
	git_repository_free (work->base.repo);
	work->base.repo = NULL;
	g_free (work->base.prefix);
	work->base.prefix = g_strdup ("");
}

/* What the index has of PATH (as the repository names it), or NULL. NEXT: where it is expected, since both lists are sorted. */
static const git_index_entry *tracked_at (const RnWorkTree *work, const char *path, size_t *next)
{
	const git_index_entry *entry = git_index_get_byindex (work->index, *next);
	size_t                 at;

	/* Entries of a merge's sides have a stage of their own. */
	if (entry == NULL || strcmp (entry->path, path) != 0 || GIT_INDEX_ENTRY_STAGE (entry) != 0) {
		entry = git_index_get_bypath (work->index, path, 0);
		if (entry == NULL || git_index_find (&at, work->index, path) < 0)
			return entry;
		*next = at;
	}
	(*next)++;
	return entry;
}

static gboolean note_head (RnTree *tree, GError **error)
{
	git_reference *head = NULL;
	git_object    *commit = NULL;
	int            found = git_repository_head (&head, tree->repo);
	gboolean       fine = TRUE;

	/* A repository without a commit has no HEAD yet. */
	if (found == 0 && (found = git_reference_peel (&commit, head, GIT_OBJECT_COMMIT)) == 0)
		rn_tree_set_commit (tree, (git_commit *) commit);
	else if (found != GIT_EUNBORNBRANCH && found != GIT_ENOTFOUND)
		fine = rn_git_fail (error, RN_TREE_ERROR_IO, "its HEAD");
	git_object_free (commit);
	git_reference_free (head);
	return fine;
}

static gboolean lies_in_repository (RnTree *tree, const char *real)
{
	g_autofree char *folder = g_strdup (real);

	for (;;) {
		g_autofree char *git = g_build_filename (folder, ".git", NULL);
		char            *slash = strrchr (folder, '/');

		if (access (git, F_OK) == 0)
			return TRUE;
		rn_tree_trouble (tree, git, errno);
		if (slash == NULL || folder[1] == '\0')
			return FALSE;
		slash[slash == folder] = '\0'; /* "/a" leads to "/" */
	}
}

gboolean rn_worktree_find_repository (RnWorkTree *work, const char *real, GError **error)
{
	RnTree          *tree = &work->base;
	g_autofree char *base = g_strconcat (real, g_str_has_suffix (real, "/") ? "" : "/", NULL);

	/* To start libgit2 takes as long as to list a site (it reads all certificates of the system), so only
	 * where there is something to open. */
	if (!lies_in_repository (tree, real))
		return TRUE;
	rn_git_init ();
	int found = rn_git_open (&tree->repo, real, 0);
	if (found == GIT_ENOTFOUND)
		return TRUE;
	if (found < 0)
		return rn_git_fail (error, RN_TREE_ERROR_IO, "opening it");
	const char *top = git_repository_workdir (tree->repo);
	if (top == NULL || !g_str_has_prefix (base, top)) {
		forget_repository (work);
		return TRUE;
	}
	g_free (tree->prefix);
	tree->prefix = g_strdup (base + strlen (top));
	if (rn_git_index (&work->index, tree->repo))
		return rn_git_fail (error, RN_TREE_ERROR_IO, "its index");
	work->ignore = rn_ignore_new (tree);
	/* A folder that its repository ignores as a whole (a site made below build/) is none of the repository's. */
	if (tree->prefix[0] && rn_worktree_skips_folder (work, ""))
		forget_repository (work);
	else if (!note_head (tree, error))
		return FALSE;
	return TRUE;
}

static gint by_path (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnTreeEntry *) a)->path, ((const RnTreeEntry *) b)->path);
}

void rn_worktree_drop_ignored (RnWorkTree *work)
{
	GArray *entries = work->base.entries;
	guint   kept = 0;
	size_t  next = 0;
	g_autoptr (GString) buffer = g_string_new (NULL);

	if (work->index == NULL)
		return;
	g_array_sort (entries, by_path);
	for (guint i = 0; i < entries->len; i++) {
		RnTreeEntry           *entry = &g_array_index (entries, RnTreeEntry, i);
		const git_index_entry *tracked = tracked_at (work, full_path (work, entry->path, buffer), &next);

		if (tracked)
			entry->id = tracked->id;
		else if (rn_worktree_ignores (work, entry->path))
			continue;
		g_array_index (entries, RnTreeEntry, kept++) = *entry;
	}
	g_array_set_size (entries, kept);
}

/*
 * Has the file, whose status is INFO, been left alone since git wrote TRACKED into the index of INDEX_INFO? What was written in
 * the index's own instant is not certain, and some writers of an index keep whole seconds only.
 */
static gboolean is_untouched (const git_index_entry *tracked, const struct stat *info, const struct stat *index_info)
{
	gint64   file = info->st_mtim.tv_sec, index = index_info->st_mtim.tv_sec;
	gboolean fine = tracked->mtime.nanoseconds != 0;

	if (tracked->file_size != (guint32) info->st_size || tracked->mtime.seconds != (gint32) file ||
	    (fine && tracked->mtime.nanoseconds != (guint32) info->st_mtim.tv_nsec))
		return FALSE;
	return file < index || (fine && file == index && info->st_mtim.tv_nsec < index_info->st_mtim.tv_nsec);
}

/* The status of PATH; FOLDER and its descriptor are kept from one file to the next, most of which lie in the same folder. */
static gboolean status_of (const RnWorkTree *work, const char *path, GString *folder, int *fd, struct stat *info)
{
	const char *slash = strrchr (path, '/');
	gsize       len = slash ? (gsize) (slash - path) : 0;

	if (slash == NULL)
		return fstatat (work->folder, path, info, AT_SYMLINK_NOFOLLOW) == 0;
	if (*fd < 0 || folder->len != len || memcmp (folder->str, path, len) != 0) {
		if (*fd >= 0)
			close (*fd);
		g_string_truncate (folder, 0);
		g_string_append_len (folder, path, (gssize) len);
		*fd = rn_open_beneath (work->folder, folder->str, O_PATH | O_DIRECTORY);
	}
	return *fd >= 0 && fstatat (*fd, slash + 1, info, AT_SYMLINK_NOFOLLOW) == 0;
}

#define RUN 512 /* files that one worker looks at in a row */

enum { UNTOUCHED, CHANGED, SUSPECT }; /* suspect: only its bytes can tell */

typedef struct { RnWorkTree *work; struct stat index; gboolean *changed; } Check;

static gboolean check_run (gpointer state G_GNUC_UNUSED, guint run, gpointer data, GError **error G_GNUC_UNUSED)
{
	const Check      *check = data;
	RnWorkTree       *work = check->work;
	struct stat       info;
	size_t            next = 0;
	int               fd = -1;
	g_autoptr (GString) buffer = g_string_new (NULL), folder = g_string_new (NULL);

	for (guint i = run * RUN, end = MIN (i + RUN, work->base.entries->len); i < end; i++) {
		const RnTreeEntry     *entry = &g_array_index (work->base.entries, RnTreeEntry, i);
		const git_index_entry *tracked = tracked_at (work, full_path (work, entry->path, buffer), &next);

		if (tracked && status_of (work, entry->path, folder, &fd, &info)) {
			check->changed[i] = is_untouched (tracked, &info, &check->index) ? UNTOUCHED : SUSPECT;
			continue;
		}
		if (tracked)
			rn_tree_trouble (&work->base, entry->path, errno);
		check->changed[i] = CHANGED;
	}
	if (fd >= 0)
		close (fd);
	return TRUE;
}

void rn_worktree_changed (RnTree *tree, gboolean *changed)
{
	RnWorkTree *work = (RnWorkTree *) tree;
	Check       check = { .work = work, .changed = changed };
	g_autoptr (GString) buffer = g_string_new (NULL);
	git_oid     id;

	if (work->index == NULL)
		return;
	if (stat (git_index_path (work->index), &check.index) < 0) {
		rn_tree_trouble (tree, git_index_path (work->index), errno);
		return;
	}
	rn_workers_run (0, (tree->entries->len + RUN - 1) / RUN, NULL, check_run, NULL, &check, NULL, NULL);
	for (guint i = 0; i < tree->entries->len; i++) {
		const RnTreeEntry *entry = &g_array_index (tree->entries, RnTreeEntry, i);

		if (changed[i] != SUSPECT)
			continue;
		int hashed = git_repository_hashfile (&id, tree->repo, full_path (work, entry->path, buffer), GIT_OBJECT_BLOB, NULL);
		/* One that has gone, or may not be read, is told where it is read. */
		if (hashed < 0 && hashed != GIT_ENOTFOUND && faccessat (work->folder, entry->path, R_OK, AT_EACCESS) == 0)
			rn_git_trouble (tree, entry->path, FALSE);
		changed[i] = hashed < 0 || !git_oid_equal (&id, &entry->id);
	}
}
