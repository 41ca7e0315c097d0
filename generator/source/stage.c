/* stage.c - files of a folder in; the index of its repository with them out. */
#include "source/stage.h"
#include "source/tree-int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct RnStage {
	git_repository *repo;
	git_index *index;
	char *dir, *prefix;       /* of DIR inside the repository: "" or "a/" */
	char commit[41];
};

static void note_commit (RnStage *stage)
{
	git_reference *head = NULL;
	git_object *commit = NULL;
	if (!git_repository_head (&head, stage->repo) && !git_reference_peel (&commit, head, GIT_OBJECT_COMMIT))
		git_oid_tostr (stage->commit, sizeof stage->commit, git_object_id (commit));
	git_object_free (commit);
	git_reference_free (head);
}

RnStage *rn_stage_open (const char *dir, GError **error)
{
	g_autoptr (RnStage) stage = g_new0 (RnStage, 1);
	g_autofree char *real = realpath (dir, NULL);
	g_autofree char *base = real ? g_strconcat (real, g_str_has_suffix (real, "/") ? "" : "/", NULL) : NULL;
	if (!base) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_IO, "%s: %s", dir, g_strerror (errno));
		return NULL;
	}
	rn_git_init ();
	const int found = rn_git_open (&stage->repo, real, 0);
	if (found) {
		if (found != GIT_ENOTFOUND)
			rn_git_fail (error, RN_TREE_ERROR_IO, dir);
		return NULL;
	}
	const char *top = git_repository_workdir (stage->repo);
	if (!top || !g_str_has_prefix (base, top))
		return NULL;
	if (rn_git_index (&stage->index, stage->repo)) {
		rn_git_fail (error, RN_TREE_ERROR_IO, "its index");
		return NULL;
	}
	stage->dir = g_steal_pointer (&base);
	stage->prefix = g_strdup (stage->dir + strlen (top));
	note_commit (stage);
	return g_steal_pointer (&stage);
}

void rn_stage_free (RnStage *stage)
{
	git_index_free (stage->index);
	git_repository_free (stage->repo);
	g_free (stage->dir);
	g_free (stage->prefix);
	g_free (stage);
}

RnStageState rn_stage_state (RnStage *stage, const char *file, GError **error)
{
	g_autofree char *path = g_strconcat (stage->prefix, file, NULL);
	unsigned int status = 0;
	if (!git_index_get_bypath (stage->index, path, 0))
		return RN_STAGE_UNKNOWN;
	const int known = git_status_file (&status, stage->repo, path);
	if (known) {
		if (known != GIT_ENOTFOUND)
			rn_git_fail (error, RN_TREE_ERROR_IO, path);
		return RN_STAGE_UNKNOWN;
	}
	if (status & (GIT_STATUS_WT_MODIFIED | GIT_STATUS_WT_DELETED | GIT_STATUS_WT_TYPECHANGE | GIT_STATUS_CONFLICTED))
		return RN_STAGE_CHANGED;
	return status & (GIT_STATUS_INDEX_NEW | GIT_STATUS_INDEX_MODIFIED | GIT_STATUS_INDEX_RENAMED) ? RN_STAGE_STAGED : RN_STAGE_CLEAN;
}

const char *rn_stage_commit (RnStage *stage)
{
	return *stage->commit ? stage->commit : NULL;
}

gboolean rn_stage_add (RnStage *stage, const char *file, GError **error)
{
	g_autofree char *path = g_strconcat (stage->prefix, file, NULL), *full = g_strconcat (stage->dir, file, NULL);
	struct stat info;
	const gboolean there = !lstat (full, &info);
	if (there ? git_index_add_bypath (stage->index, path) : git_index_remove_bypath (stage->index, path))
		return rn_git_fail (error, RN_TREE_ERROR_IO, path);
	return TRUE;
}

gboolean rn_stage_write (RnStage *stage, GError **error)
{
	return !git_index_write (stage->index) || rn_git_fail (error, RN_TREE_ERROR_IO, "writing the index");
}
