/* commit.c - files of the work tree in; a commit of them alone on HEAD out. Invariant: what others staged is neither committed nor lost. */
#include "source/commit.h"
#include "source/tree-int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* prefix: of DIR inside the work tree, "" or "site/". */
typedef struct { git_repository *git; git_index *staged, *next; git_commit *parent; char *prefix, *dir; } Job;

/* NULL: there is no repository (*none), or none that can be opened. */
static git_repository *open_work (const char *dir, char **base, char **prefix, gboolean *none)
{
	g_autofree char *real = realpath (dir, NULL);
	git_repository *git = NULL;
	rn_git_init ();
	const int failed = real ? rn_git_open (&git, real, 0) : -1;
	*none = !failed || failed == GIT_ENOTFOUND;
	if (failed)
		return NULL;
	const char *top = git_repository_workdir (git);
	*base = g_strconcat (real, g_str_has_suffix (real, "/") ? "" : "/", NULL);
	if (!top || !g_str_has_prefix (*base, top)) {
		git_repository_free (git);
		return NULL;
	}
	*prefix = g_strdup (*base + strlen (top));
	return git;
}

RnCommitState rn_commit_state (const char *dir)
{
	g_autofree char *base = NULL, *prefix = NULL;
	gboolean none;
	git_repository *git = open_work (dir, &base, &prefix, &none);
	git_signature *who = NULL;
	RnCommitState state = RN_COMMIT_READY;
	/* Who then commits is told why that cannot be. */
	if (!git)
		return none ? RN_COMMIT_NONE : RN_COMMIT_READY;
	if (git_repository_state (git) != GIT_REPOSITORY_STATE_NONE)
		state = RN_COMMIT_BUSY;
	else if (git_signature_default (&who, git))
		state = RN_COMMIT_UNKNOWN;
	git_signature_free (who);
	git_repository_free (git);
	return state;
}

gboolean rn_commit_author (const char *dir, const char *name, const char *email, GError **error)
{
	g_autofree char *base = NULL, *prefix = NULL;
	gboolean none;
	git_repository *git = open_work (dir, &base, &prefix, &none);
	git_config *all = NULL, *own = NULL;
	const gboolean fine = git && !git_repository_config (&all, git) && !git_config_open_level (&own, all, GIT_CONFIG_LEVEL_LOCAL) &&
		!git_config_set_string (own, "user.name", name) && !git_config_set_string (own, "user.email", email);
	git_config_free (own);
	git_config_free (all);
	git_repository_free (git);
	return fine || rn_git_fail (error, RN_TREE_ERROR_IO, "writing who edits into the repository's settings");
}

/* The commit that HEAD is at, and its files as an index in memory; both empty before the first commit. */
static gboolean read_head (Job *job)
{
	git_oid id;
	git_tree *tree = NULL;
	if (git_index_new (&job->next))
		return FALSE;
	if (git_reference_name_to_id (&id, job->git, "HEAD"))
		return git_repository_head_unborn (job->git) == 1;
	const gboolean fine = !git_commit_lookup (&job->parent, job->git, &id) && !git_commit_tree (&tree, job->parent) && !git_index_read_tree (job->next, tree);
	git_tree_free (tree);
	return fine;
}

static gboolean take (Job *job, const char *file)
{
	g_autofree char *path = g_strconcat (job->prefix, file, NULL), *full = g_strconcat (job->dir, file, NULL);
	struct stat info;
	if (lstat (full, &info)) {
		if (errno != ENOENT && errno != ENOTDIR) {
			git_error_set (GIT_ERROR_OS, "failed to look at '%s'", file);
			return FALSE;
		}
		git_index_remove (job->next, path, 0);
		git_index_remove_bypath (job->staged, path);
		return TRUE;
	}
	if (git_index_add_bypath (job->staged, path))
		return FALSE;
	const git_index_entry *entry = git_index_get_bypath (job->staged, path, 0);
	return entry && rn_git_whole (job->git, &entry->id) && !git_index_add (job->next, entry);
}

/* HEAD's branch goes on to ID, unless somebody else has moved it since it was read. */
static gboolean move_head (Job *job, const git_oid *id, const char *message)
{
	git_reference *head = NULL, *moved = NULL;
	const git_oid none = { { 0 } };
	g_autofree char *told = g_strconcat (job->parent ? "commit: " : "commit (initial): ", message, NULL);
	gboolean fine = !git_reference_lookup (&head, job->git, "HEAD");
	const gboolean branch = fine && git_reference_type (head) == GIT_REFERENCE_SYMBOLIC;
	fine = fine && !git_reference_create_matching (&moved, job->git, branch ? git_reference_symbolic_target (head) : "HEAD", id, job->parent != NULL,
		job->parent ? git_commit_id (job->parent) : &none, told);
	git_reference_free (head);
	git_reference_free (moved);
	return fine;
}

static gboolean write_commit (Job *job, const char *message)
{
	git_oid top, id;
	git_tree *tree = NULL;
	git_signature *who = NULL;
	const git_commit *parents[] = { job->parent };
	gboolean fine = !git_index_write_tree_to (&top, job->next, job->git) && rn_git_whole_tree (job->git, &top);
	if (fine && job->parent && git_oid_equal (git_commit_tree_id (job->parent), &top))
		return TRUE;
	fine = fine && !git_tree_lookup (&tree, job->git, &top) && !git_signature_default (&who, job->git) &&
		!git_commit_create (&id, job->git, NULL, who, who, NULL, message, tree, job->parent != NULL, parents) && rn_git_whole (job->git, &id) && move_head (job, &id, message);
	git_signature_free (who);
	git_tree_free (tree);
	return fine;
}

gboolean rn_commit_files (const char *dir, const char *const *files, const char *message, GError **error)
{
	Job job = { 0 };
	gboolean none;
	job.git = open_work (dir, &job.dir, &job.prefix, &none);
	gboolean fine = job.git && !git_repository_index (&job.staged, job.git) && read_head (&job);
	for (; fine && *files; files++)
		fine = take (&job, *files);
	/* The index first: where somebody else is writing it, nothing has happened yet. */
	fine = fine && !git_index_write (job.staged) && write_commit (&job, message);
	git_commit_free (job.parent);
	git_index_free (job.next);
	git_index_free (job.staged);
	git_repository_free (job.git);
	g_free (job.prefix);
	g_free (job.dir);
	return fine || rn_git_fail (error, RN_TREE_ERROR_IO, "committing what was saved");
}
