/*
 * revision.c - a revision of a repository as a tree, without a checkout.
 *
 * In: a repository and a name of a commit or a tree in it. Out: its blobs. Links and submodules are entries with a
 * mode of their own and are refused; names are checked before anything is made of them, since a hostile
 * repository can hold any. libgit2's object database is read from many threads at once.
 */
#include "base/words.h"
#include "source/tree-int.h"

#include <string.h>

typedef struct {
	RnTree   base;
	git_odb *odb;
} RnRevision;

typedef git_tree   GitTree;
typedef git_object GitObject;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GitTree, git_tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GitObject, git_object_free)

/* The folder names the object: that it is not there is never for the content to mend. */
static gboolean unread (RnTree *tree, const RnTreeEntry *entry, GError **error)
{
	rn_git_trouble (tree, entry->path, TRUE);
	return rn_git_fail (error, RN_TREE_ERROR_IO, entry->path);
}

static gboolean revision_read (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error)
{
	const RnTreeEntry *entry = &g_array_index (tree->entries, RnTreeEntry, index);
	git_odb           *odb = ((RnRevision *) tree)->odb;
	git_odb_object    *object;
	git_object_t       type;
	size_t             whole;

	/* The size is known before the bytes are inflated. */
	if (git_odb_read_header (&whole, &type, odb, &entry->id) < 0)
		return unread (tree, entry, error);
	if (whole > max)
		return rn_tree_too_large (error, entry->path, whole, max);
	if (git_odb_read (&object, odb, &entry->id) < 0)
		return unread (tree, entry, error);
	whole = git_odb_object_size (object);   /* of the bytes that are there, not of what was said of them */
	g_string_append_len (buffer, git_odb_object_data (object), (gssize) (head && head < whole ? head : whole));
	git_odb_object_free (object);
	if (size)
		*size = whole;
	return TRUE;
}

static void revision_close (RnTree *tree)
{
	git_odb_free (((RnRevision *) tree)->odb);
}

/* What a revision holds is committed. */
static void revision_changed (RnTree *tree, gboolean *changed)
{
	memset (changed, 0, sizeof *changed * tree->entries->len);
}

/* The commit says it all, and is added already. */
static gboolean revision_stamp (RnTree *tree, GChecksum *sum)
{
	g_checksum_update (sum, (const guchar *) tree->prefix, -1);
	return tree->commit[0] != '\0';
}

static const RnTreeKind revision_kind = {
	.read = revision_read, .close = revision_close, .changed = revision_changed, .stamp = revision_stamp, .size = sizeof (RnRevision), .revision = TRUE,
};

typedef struct { char *path; git_oid id; } Folder;

static void visit (RnTree *tree, const char *parent, const git_tree_entry *entry, GArray *folders, RnDiagnostics *sink)
{
	const char    *name = git_tree_entry_name (entry);
	git_filemode_t mode = git_tree_entry_filemode (entry);
	gboolean       folder = mode == GIT_FILEMODE_TREE;

	if (name[0] == '.' && strcmp (name, ".") != 0 && strcmp (name, "..") != 0)
		return;
	if (mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT) {
		g_autofree char *path = g_strconcat (parent, name, NULL);
		rn_tree_tell (sink, mode == GIT_FILEMODE_LINK ? RN_D_PATH_SYMLINK : RN_D_PATH_SUBMODULE, path, NULL);
		return;
	}
	char *path = rn_tree_join (tree, parent, name, folder, sink);
	if (path == NULL)
		return;
	if (folder) {
		Folder next = { path, *git_tree_entry_id (entry) };
		g_array_append_val (folders, next);
	} else {
		rn_tree_offer (tree, path, git_tree_entry_id (entry));
	}
}

static gboolean list (RnTree *tree, const git_oid *top, const char *const *roots, RnDiagnostics *sink, GError **error)
{
	g_autoptr (GArray) folders = g_array_new (FALSE, FALSE, sizeof (Folder));
	Folder first = { (char *) "", *top };

	g_array_append_val (folders, first);
	for (guint i = 0; i < folders->len; i++) {
		Folder folder = g_array_index (folders, Folder, i);
		g_autoptr (GitTree) object = NULL;

		if (git_tree_lookup (&object, tree->repo, &folder.id) < 0)
			return rn_git_fail (error, RN_TREE_ERROR_IO, *folder.path ? folder.path : "its top folder");
		for (size_t k = 0, n = git_tree_entrycount (object); k < n; k++) {
			const git_tree_entry *entry = git_tree_entry_byindex (object, k);

			if (i > 0 || rn_tree_wanted (git_tree_entry_name (entry), roots))
				visit (tree, folder.path, entry, folders, sink);
		}
		if (tree->entries->len + folders->len > RN_MAX_FILES) {
			g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_TOO_LARGE, _("it has more than %d files"), RN_MAX_FILES);
			return FALSE;
		}
	}
	rn_tree_settle (tree, sink);
	return TRUE;
}

/* The tree of REV, at the folder that the prefix names. */
static gboolean resolve (RnTree *tree, const char *rev, git_oid *top, GError **error)
{
	g_autoptr (GitObject) object = NULL, commit = NULL, root = NULL;

	if (git_revparse_single (&object, tree->repo, rev) < 0)
		return rn_git_fail (error, RN_TREE_ERROR_REVISION, "no such revision");
	if (git_object_peel (&commit, object, GIT_OBJECT_COMMIT) == 0)
		rn_tree_set_commit (tree, (git_commit *) commit);
	if (git_object_peel (&root, object, GIT_OBJECT_TREE) < 0)
		return rn_git_fail (error, RN_TREE_ERROR_REVISION, "it is neither a commit nor a tree");
	*top = *git_object_id (root);
	if (tree->prefix[0] == '\0')
		return TRUE;
	g_autofree char *path = g_strndup (tree->prefix, strlen (tree->prefix) - 1);
	git_tree_entry  *entry = NULL;
	gboolean         folder = git_tree_entry_bypath (&entry, (git_tree *) root, path) == 0 &&
	                          git_tree_entry_type (entry) == GIT_OBJECT_TREE;
	if (folder)
		*top = *git_tree_entry_id (entry);
	else
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("there is no folder '%s' in it"), path);
	git_tree_entry_free (entry);
	return folder;
}

char *rn_tree_prefix (const char *subdir)
{
	g_auto (GStrv) parts = g_strsplit (subdir ? subdir : "", "/", -1);
	GString *prefix = g_string_new (NULL);

	for (char **part = parts; *part; part++)
		if (**part && strcmp (*part, ".") != 0)
			g_string_append_printf (prefix, "%s/", *part);
	return g_string_free (prefix, FALSE);
}

RnTree *rn_tree_open_revision (const char *repo, const char *rev, const char *subdir, const char *const *roots, RnDiagnostics *sink,
                               GError **error)
{
	g_autoptr (RnTree) tree = rn_tree_new (&revision_kind);
	git_oid top;

	rn_git_init ();
	g_free (tree->prefix);
	tree->prefix = rn_tree_prefix (subdir);
	if (rn_git_open (&tree->repo, repo, GIT_REPOSITORY_OPEN_CROSS_FS) < 0) {
		rn_git_fail (error, RN_TREE_ERROR_MISSING, "opening it");
		g_prefix_error (error, _("the repository '%s' cannot be read: "), repo);
		return NULL;
	}
	if (git_repository_odb (&((RnRevision *) tree)->odb, tree->repo) < 0)
		rn_git_fail (error, RN_TREE_ERROR_IO, "its objects");
	else if (resolve (tree, rev, &top, error) && list (tree, &top, roots, sink, error))
		return g_steal_pointer (&tree);
	g_prefix_error (error, _("the revision '%s' of '%s' cannot be read: "), rev, repo);
	return NULL;
}
