/* repository.c - settings, branches and staged paths, by libgit2. In: names. Out: texts of the caller's. Invariant: no object and no branch is ever changed here. */
#include "source/repository-int.h"
#include "base/words.h"
#include "source/tree-int.h"

#include <string.h>

RnRepository *rn_repository_open (const char *path, GError **error)
{
	git_repository *git = NULL;
	rn_git_init ();
	if (rn_git_open (&git, path, GIT_REPOSITORY_OPEN_CROSS_FS) < 0) {
		rn_git_fail (error, RN_TREE_ERROR_MISSING, "opening it");
		g_prefix_error (error, _("'%s' is no git repository that can be read: "), path);
		return NULL;
	}
	RnRepository *repository = g_new0 (RnRepository, 1);
	repository->git = git;
	return repository;
}

void rn_repository_free (RnRepository *repository)
{
	if (!repository)
		return;
	git_repository_free (repository->git);
	g_free (repository);
}

gboolean rn_repository_make (const char *path, GError **error)
{
	git_repository *git = NULL;
	rn_git_init ();
	if (git_repository_open_bare (&git, path) < 0 && git_repository_init (&git, path, TRUE) < 0)
		return rn_git_fail (error, RN_TREE_ERROR_IO, path);
	git_repository_free (git);
	return TRUE;
}

const char *rn_repository_folder (const RnRepository *repository)
{
	return git_repository_path (repository->git);
}

const char *rn_repository_work (const RnRepository *repository)
{
	return git_repository_workdir (repository->git);
}

/* --- settings ------------------------------------------------------------------------------------------------------------------- */

char *rn_repository_get (RnRepository *repository, const char *name)
{
	git_config *config = NULL;
	git_buf value = { 0 };
	char *text = NULL;
	if (!git_repository_config (&config, repository->git) && !git_config_get_string_buf (&value, config, name))
		text = g_strdup (value.ptr);
	git_buf_dispose (&value);
	git_config_free (config);
	return text;
}

gboolean rn_repository_hooks (RnRepository *repository, char **path)
{
	git_buf own = { 0 };
	*path = rn_repository_get (repository, "core.hooksPath");
	if (*path)
		return FALSE;
	if (!git_repository_item_path (&own, repository->git, GIT_REPOSITORY_ITEM_HOOKS))
		*path = g_strdup (own.ptr);
	git_buf_dispose (&own);
	return *path != NULL;
}

gboolean rn_repository_set (RnRepository *repository, const char *name, const char *value, GError **error)
{
	git_config *config = NULL, *own = NULL;
	int failed = git_repository_config (&config, repository->git);
	if (!failed)
		failed = git_config_open_level (&own, config, GIT_CONFIG_LEVEL_LOCAL);
	if (!failed && value)
		failed = git_config_set_string (own, name, value);
	else if (!failed && (failed = git_config_delete_entry (own, name)) == GIT_ENOTFOUND)
		failed = 0;
	git_config_free (own);
	git_config_free (config);
	return !failed || rn_git_fail (error, RN_TREE_ERROR_IO, "writing the repository's settings");
}

/* --- branches ------------------------------------------------------------------------------------------------------------------- */

gboolean rn_repository_tip (RnRepository *repository, const char *name, char hex[41], GError **error)
{
	g_autofree char *full = g_strconcat ("refs/heads/", name, NULL);
	git_oid id;
	*hex = '\0';
	const int failed = git_reference_name_to_id (&id, repository->git, full);
	if (!failed)
		git_oid_tostr (hex, 41, &id);
	return !failed || failed == GIT_ENOTFOUND || failed == GIT_EINVALIDSPEC || rn_git_fail (error, RN_TREE_ERROR_IO, full);
}

gboolean rn_repository_head (RnRepository *repository, char **name, GError **error)
{
	git_reference *head = NULL;
	*name = NULL;
	if (git_reference_lookup (&head, repository->git, "HEAD"))
		return rn_git_fail (error, RN_TREE_ERROR_IO, "HEAD");
	const char *to = git_reference_symbolic_target (head);
	if (to && g_str_has_prefix (to, "refs/heads/"))
		*name = g_strdup (to + strlen ("refs/heads/"));
	git_reference_free (head);
	return TRUE;
}

/* 0: HEX is a commit, with its ID; GIT_ENOTFOUND: it is none, or not there. */
static int find_commit (git_repository *git, const char *hex, git_oid *id)
{
	git_commit *commit = NULL;
	const int failed = git_oid_fromstr (id, hex) ? GIT_ENOTFOUND : git_commit_lookup (&commit, git, id);
	git_commit_free (commit);
	return failed;
}

gboolean rn_repository_is_before (RnRepository *repository, const char *commit, const char *later, gboolean *before, GError **error)
{
	git_oid one, two;
	int found = find_commit (repository->git, commit, &one);
	if (!found)
		found = find_commit (repository->git, later, &two);
	if (!found)
		found = git_graph_descendant_of (repository->git, &two, &one);
	*before = found == 1;
	return found >= 0 || found == GIT_ENOTFOUND || rn_git_fail (error, RN_TREE_ERROR_IO, later);
}

char *rn_repository_subject (RnRepository *repository, const char *commit)
{
	git_commit *found = NULL;
	git_oid id;
	char *subject = NULL;
	if (!git_oid_fromstr (&id, commit) && !git_commit_lookup (&found, repository->git, &id))
		subject = g_utf8_make_valid (git_commit_summary (found) ? git_commit_summary (found) : "", -1);
	git_commit_free (found);
	return subject;
}

/* --- what is staged ------------------------------------------------------------------------------------------------------------- */

git_index *rn_repository_index (git_repository *git, const char *index, GError **error)
{
	git_index *found = NULL;
	if (index ? git_index_open (&found, index) : git_repository_index (&found, git)) {
		rn_git_fail (error, RN_TREE_ERROR_IO, "reading what is staged");
		return NULL;
	}
	return found;
}

static git_tree *tree_of_head (git_repository *git)
{
	git_reference *head = NULL;
	git_object *tree = NULL;
	if (!git_repository_head (&head, git))
		git_reference_peel (&tree, head, GIT_OBJECT_TREE);
	git_reference_free (head);
	return (git_tree *) tree;
}

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *rn_repository_staged (RnRepository *repository, const char *index, GError **error)
{
	git_index *staged = rn_repository_index (repository->git, index, error);
	git_tree *head = tree_of_head (repository->git);
	git_diff *diff = NULL;
	GPtrArray *paths = NULL;
	if (staged && git_diff_tree_to_index (&diff, repository->git, head, staged, NULL)) {
		rn_git_fail (error, RN_TREE_ERROR_IO, "comparing what is staged");
	} else if (staged) {
		paths = g_ptr_array_new_with_free_func (g_free);
		for (size_t i = 0, n = git_diff_num_deltas (diff); i < n; i++)
			g_ptr_array_add (paths, g_strdup (git_diff_get_delta (diff, i)->new_file.path));
		g_ptr_array_sort (paths, by_name);
	}
	git_diff_free (diff);
	git_tree_free (head);
	git_index_free (staged);
	return paths;
}
