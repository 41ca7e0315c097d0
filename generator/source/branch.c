/*
 * branch.c - blobs, trees and a commit by libgit2. In: files. Out: a commit, and the branch at it. Invariant: the branch moves only from the commit that was
 * read at the beginning.
 */
#include "source/branch.h"
#include "base/words.h"
#include "source/repository-int.h"
#include "source/tree-int.h"

#include <string.h>

struct RnBranch {
	git_repository *git;   /* borrowed */
	char *name;            /* refs/heads/… */
	git_index *files;      /* in memory: it writes the trees */
	git_commit *parent;    /* NULL: the branch is new */
	git_tree *old;         /* the parent's; NULL likewise */
};

/* The repository may be a mirror that nobody knows of: it is named. */
static gboolean fail (git_repository *git, GError **error, const char *what)
{
	rn_git_fail (error, RN_TREE_ERROR_IO, what);
	g_prefix_error (error, "%s: ", git_repository_path (git));
	return FALSE;
}

static gboolean is_checked_out (git_repository *git, const char *name)
{
	git_reference *branch = NULL;
	gboolean out = FALSE;
	if (!git_repository_is_bare (git) && !git_reference_lookup (&branch, git, name))
		out = git_branch_is_checked_out (branch) == 1 || git_branch_is_head (branch) == 1;
	git_reference_free (branch);
	return out;
}

RnBranch *rn_branch_begin (RnRepository *repository, const char *name, GError **error)
{
	g_autoptr (RnBranch) branch = g_new0 (RnBranch, 1);
	g_autoptr (GError) none = NULL;
	git_oid id;
	int valid = 0;
	branch->git = repository->git;
	branch->name = g_strconcat ("refs/heads/", name, NULL);
	g_autofree char *head = NULL;
	if (!rn_repository_head (repository, &head, error))
		return NULL;
	if (git_branch_name_is_valid (&valid, name) || !valid) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_REVISION, _("'%s' cannot be the name of a branch"), name);
		return NULL;
	}
	if (is_checked_out (branch->git, branch->name) || (!git_repository_is_bare (branch->git) && !g_strcmp0 (head, name))) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_REVISION, _("the branch '%s' is checked out: choose one that holds nothing but the site"), name);
		return NULL;
	}
	if (git_index_new (&branch->files)) {
		fail (branch->git, error, "beginning a commit");
		return NULL;
	}
	if (git_reference_name_to_id (&id, branch->git, branch->name) == 0 &&
	    (git_commit_lookup (&branch->parent, branch->git, &id) || git_commit_tree (&branch->old, branch->parent))) {
		fail (branch->git, error, "reading the branch");
		return NULL;
	}
	return g_steal_pointer (&branch);
}

void rn_branch_free (RnBranch *branch)
{
	if (!branch)
		return;
	git_index_free (branch->files);
	git_tree_free (branch->old);
	git_commit_free (branch->parent);
	g_free (branch->name);
	g_free (branch);
}

/* --- what is there -------------------------------------------------------------------------------------------------------------- */

typedef struct { RnBranch *branch; RnBranchEach each; gpointer user; gboolean stopped; } Walk;

static int visit (const char *folder, const git_tree_entry *entry, void *payload)
{
	Walk *walk = payload;
	git_blob *blob = NULL;
	if (git_tree_entry_type (entry) != GIT_OBJECT_BLOB)
		return 0;
	g_autofree char *path = g_strconcat (folder, git_tree_entry_name (entry), NULL);
	if (git_blob_lookup (&blob, walk->branch->git, git_tree_entry_id (entry)))
		return -1;
	walk->stopped = !walk->each (path, git_blob_rawcontent (blob), (gsize) git_blob_rawsize (blob), walk->user);
	git_blob_free (blob);
	return walk->stopped ? -1 : 0;
}

gboolean rn_branch_walk (RnBranch *branch, RnBranchEach each, gpointer user, GError **error)
{
	Walk walk = { branch, each, user, FALSE };
	if (!branch->old || git_tree_walk (branch->old, GIT_TREEWALK_PRE, visit, &walk) == 0)
		return TRUE;
	if (!walk.stopped)
		fail (branch->git, error, "reading the branch");
	return FALSE;
}

gboolean rn_branch_read (RnBranch *branch, const char *path, GString *out, GError **error)
{
	git_tree_entry *entry = NULL;
	git_blob *blob = NULL;
	int failed = branch->old ? git_tree_entry_bypath (&entry, branch->old, path) : GIT_ENOTFOUND;
	if (failed == GIT_ENOTFOUND)
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("the branch has no '%s'"), path);
	else if (failed || (failed = git_blob_lookup (&blob, branch->git, git_tree_entry_id (entry))))
		fail (branch->git, error, path);
	else
		g_string_append_len (out, git_blob_rawcontent (blob), (gssize) git_blob_rawsize (blob));
	git_blob_free (blob);
	git_tree_entry_free (entry);
	return !failed;
}

/* --- the commit ----------------------------------------------------------------------------------------------------------------- */

gboolean rn_branch_put (RnBranch *branch, const char *path, const char *data, gsize len, GError **error)
{
	git_index_entry entry = { .path = path, .mode = GIT_FILEMODE_BLOB };
	if (!git_blob_create_from_buffer (&entry.id, branch->git, data, len) && rn_git_whole (branch->git, &entry.id) && !git_index_add (branch->files, &entry))
		return TRUE;
	return fail (branch->git, error, path);
}

void rn_branch_keep (RnBranch *branch, const char *path)
{
	git_tree_entry *old = NULL;
	if (branch->old && !git_tree_entry_bypath (&old, branch->old, path) && !git_index_get_bypath (branch->files, path, 0)) {
		const git_index_entry entry = { .path = path, .mode = GIT_FILEMODE_BLOB, .id = *git_tree_entry_id (old) };
		git_index_add (branch->files, &entry);
	}
	git_tree_entry_free (old);
}

/* Who commits: as git's settings say, else the program. */
static gboolean sign (git_repository *git, git_signature **who)
{
	return !git_signature_default (who, git) || !git_signature_now (who, "Rohnamo", "rohnamo@localhost");
}

static gboolean write_commit (RnBranch *branch, const git_oid *top, const char *message, git_oid *id, GError **error)
{
	git_signature *who = NULL;
	git_tree *tree = NULL;
	const git_commit *parents[] = { branch->parent };
	const gboolean fine = sign (branch->git, &who) && !git_tree_lookup (&tree, branch->git, top) &&
		!git_commit_create (id, branch->git, NULL, who, who, NULL, message, tree, branch->parent != NULL, parents) && rn_git_whole (branch->git, id);
	git_tree_free (tree);
	git_signature_free (who);
	return fine || fail (branch->git, error, "writing the commit");
}

/* The branch goes from the commit that it was at to ID. */
static gboolean move (RnBranch *branch, const git_oid *id, GError **error)
{
	git_reference *moved = NULL;
	const git_oid none = { { 0 } };
	int failed = branch->parent ? git_reference_create_matching (&moved, branch->git, branch->name, id, TRUE, git_commit_id (branch->parent), "rohnamo publish") :
	                              git_reference_create_matching (&moved, branch->git, branch->name, id, FALSE, &none, "rohnamo publish");
	git_reference_free (moved);
	if (failed == GIT_EMODIFIED || failed == GIT_EEXISTS || failed == GIT_ELOCKED)
		return rn_git_fail (error, RN_TREE_ERROR_REVISION, "the branch was moved by somebody else meanwhile, publish once more");
	return !failed || fail (branch->git, error, branch->name);
}

gboolean rn_branch_commit (RnBranch *branch, const char *message, char **commit, GError **error)
{
	git_oid top, id;
	char hex[41];
	*commit = NULL;
	if (git_index_write_tree_to (&top, branch->files, branch->git) || !rn_git_whole_tree (branch->git, &top))
		return fail (branch->git, error, "writing the folders");
	if (branch->old && git_oid_equal (git_tree_id (branch->old), &top))
		return TRUE;
	if (!write_commit (branch, &top, message, &id, error) || !move (branch, &id, error))
		return FALSE;
	*commit = g_strdup (git_oid_tostr (hex, sizeof hex, &id));
	return TRUE;
}
