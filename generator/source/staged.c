/*
 * staged.c - what is staged for the next commit as a tree: the index's bytes, not the work tree's.
 *
 * In: a repository's folder and its index. Out: the index's blobs below that folder, as a revision has them. Of a merge that is not finished, our side stands.
 * Invariant: as in
 * revision.c; what is staged counts as changed since the last commit where its blob is another.
 */
#include "base/words.h"
#include "source/repository-int.h"
#include "source/tree-int.h"

#include <string.h>

typedef struct {
	RnTree   base;
	git_odb *odb;
} RnStaged;

static gboolean unread (RnTree *tree, const RnTreeEntry *entry, GError **error)
{
	rn_git_trouble (tree, entry->path, TRUE);
	return rn_git_fail (error, RN_TREE_ERROR_IO, entry->path);
}

static gboolean staged_read (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error)
{
	const RnTreeEntry *entry = &g_array_index (tree->entries, RnTreeEntry, index);
	git_odb_object *object;
	if (git_odb_read (&object, ((RnStaged *) tree)->odb, &entry->id) < 0)
		return unread (tree, entry, error);
	const gsize whole = git_odb_object_size (object);
	const gboolean fits = whole <= max || rn_tree_too_large (error, entry->path, whole, max);
	if (fits)
		g_string_append_len (buffer, git_odb_object_data (object), (gssize) (head && head < whole ? head : whole));
	git_odb_object_free (object);
	if (size)
		*size = whole;
	return fits;
}

static void staged_close (RnTree *tree)
{
	git_odb_free (((RnStaged *) tree)->odb);
}

/* Held against the tree of the last commit. */
static void staged_changed (RnTree *tree, gboolean *changed)
{
	git_object *head = NULL;
	const gboolean has_head = git_revparse_single (&head, tree->repo, "HEAD^{tree}") == 0;
	for (guint i = 0; i < tree->entries->len; i++) {
		const RnTreeEntry *entry = &g_array_index (tree->entries, RnTreeEntry, i);
		g_autofree char *path = g_strconcat (tree->prefix, entry->path, NULL);
		git_tree_entry *old = NULL;
		changed[i] = !has_head || git_tree_entry_bypath (&old, (git_tree *) head, path) || !git_oid_equal (git_tree_entry_id (old), &entry->id);
		git_tree_entry_free (old);
	}
	git_object_free (head);
}

/* The index may be written again within the same instant; nobody builds of it. */
static gboolean staged_stamp (RnTree *tree G_GNUC_UNUSED, GChecksum *sum G_GNUC_UNUSED)
{
	return FALSE;
}

static const RnTreeKind staged_kind = {
	.read = staged_read, .close = staged_close, .changed = staged_changed, .stamp = staged_stamp, .size = sizeof (RnStaged), .revision = FALSE,
};

/* Takes PATH, which has its folders in it; each part must be one that a site can hold. */
static void offer (RnTree *tree, const git_index_entry *entry, const char *path, const char *const *roots, RnDiagnostics *sink)
{
	const char *slash = strchr (path, '/');
	g_autofree char *first = slash ? g_strndup (path, (gsize) (slash - path)) : g_strdup (path), *folder = g_path_get_dirname (path);
	g_autofree char *name = g_path_get_basename (path);
	if (!rn_tree_wanted (first, roots) || *path == '.' || strstr (path, "/."))
		return;
	if (entry->mode == GIT_FILEMODE_LINK || entry->mode == GIT_FILEMODE_COMMIT) {
		rn_tree_tell (sink, entry->mode == GIT_FILEMODE_LINK ? RN_D_PATH_SYMLINK : RN_D_PATH_SUBMODULE, path, NULL);
		return;
	}
	g_autofree char *parent = slash ? g_strconcat (folder, "/", NULL) : g_strdup ("");
	const char *joined = rn_tree_join (tree, parent, name, FALSE, sink);
	if (joined)
		rn_tree_offer (tree, joined, &entry->id);
}

static void list (RnTree *tree, git_index *index, const char *const *roots, RnDiagnostics *sink)
{
	const gsize len = strlen (tree->prefix);
	for (size_t i = 0, n = git_index_entrycount (index); i < n; i++) {
		const git_index_entry *entry = git_index_get_byindex (index, i);
		const int side = GIT_INDEX_ENTRY_STAGE (entry);
		if ((side == 0 || side == 2) && !strncmp (entry->path, tree->prefix, len))
			offer (tree, entry, entry->path + len, roots, sink);
	}
	rn_tree_settle (tree, sink);
}

RnTree *rn_tree_open_staged (const char *repo, const char *index, const char *subdir, const char *const *roots, RnDiagnostics *sink, GError **error)
{
	g_autoptr (RnTree) tree = rn_tree_new (&staged_kind);
	git_object *commit = NULL;
	rn_git_init ();
	g_free (tree->prefix);
	tree->prefix = rn_tree_prefix (subdir);
	if (rn_git_open (&tree->repo, repo, GIT_REPOSITORY_OPEN_CROSS_FS) < 0 || git_repository_odb (&((RnStaged *) tree)->odb, tree->repo) < 0) {
		rn_git_fail (error, RN_TREE_ERROR_MISSING, "opening it");
		g_prefix_error (error, _("the repository '%s' cannot be read: "), repo);
		return NULL;
	}
	git_index *staged = rn_repository_index (tree->repo, index, error);
	if (!staged)
		return NULL;
	if (git_revparse_single (&commit, tree->repo, "HEAD^{commit}") == 0)
		rn_tree_set_commit (tree, (git_commit *) commit);
	git_object_free (commit);
	list (tree, staged, roots, sink);
	git_index_free (staged);
	return g_steal_pointer (&tree);
}
