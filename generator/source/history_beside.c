/*
 * history_beside.c - earlier states: a blob by its id, and what one file was when another last changed.
 *
 * In: an id, or two files of the tree. Out: bytes, or an id. What the repository does not hold is said to be missing, never made up.
 */
#include "source/history-int.h"
#include "base/words.h"

#include <string.h>

/* Shorter ones are met by chance. */
#define MIN_DIGITS 7

gboolean rn_tree_read_blob (RnTree *tree, const char *id, gsize max, GString *buffer, GError **error)
{
	g_autoptr (RnOdb)    odb = NULL;
	g_autoptr (RnObject) object = NULL;
	gsize                digits = strlen (id), whole;
	git_oid              oid, full;

	g_string_truncate (buffer, 0);
	if (tree->repo == NULL) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("there is no repository that could hold the text %s"), id);
		return FALSE;
	}
	if (git_repository_odb (&odb, tree->repo) < 0)
		return rn_git_fail (error, RN_TREE_ERROR_IO, "the repository's objects");
	int failed = digits < MIN_DIGITS || digits > GIT_OID_HEXSZ || git_oid_fromstrn (&oid, id, digits) < 0 ? GIT_ENOTFOUND : git_odb_exists_prefix (&full, odb, &oid, digits);
	if (!failed)
		failed = git_odb_read (&object, odb, &full);
	if (failed && failed != GIT_ENOTFOUND && failed != GIT_EAMBIGUOUS) {
		rn_git_trouble (tree, id, TRUE);
		return rn_git_fail (error, RN_TREE_ERROR_IO, id);
	}
	if (failed || git_odb_object_type (object) != GIT_OBJECT_BLOB) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("the repository does not hold the text %s: it was never committed, or this clone is shallow"), id);
		return FALSE;
	}
	whole = git_odb_object_size (object);
	if (whole > max)
		return rn_tree_too_large (error, id, whole, max);
	g_string_append_len (buffer, git_odb_object_data (object), (gssize) whole);
	return TRUE;
}

/* The file had another name then: its newest version that COMMIT has behind it. Walks the whole history, which few files ask for. */
static gboolean find_renamed (RnHistory *history, guint index, const git_oid *commit, char blob[41], GError **error)
{
	g_mutex_lock (&history->lock);
	g_autoptr (GArray) versions = rn_history_versions (history, index, error);
	for (guint i = 0; versions && i < versions->len; i++) {
		const RnFileVersion *version = &g_array_index (versions, RnFileVersion, i);
		git_oid              since;

		if (git_oid_fromstr (&since, version->commit) == 0 &&
		    (git_oid_equal (&since, commit) || git_graph_descendant_of (history->tree->repo, commit, &since) == 1)) {
			memcpy (blob, version->blob, 41);
			break;
		}
	}
	g_mutex_unlock (&history->lock);
	return versions != NULL;
}

gboolean rn_history_beside (RnHistory *history, guint index, guint other, char blob[41], GError **error)
{
	RnTree           *tree = history->tree;
	g_autoptr (RnOdb) odb = NULL;
	RnObjects         objects = { .tree = tree };
	RnRawCommit       commit;
	git_oid           id;

	blob[0] = '\0';
	if (tree->repo == NULL || git_oid_is_zero (&history->commits[other]))
		return TRUE;
	if (git_repository_odb (&odb, tree->repo) < 0)
		return rn_git_fail (error, RN_TREE_ERROR_IO, "the repository's objects");
	objects.odb = odb;
	if (!rn_objects_commit (&objects, &history->commits[other], &commit, error))
		return FALSE;
	g_autofree char *name = g_strconcat (tree->prefix, rn_tree_path (tree, index), NULL);
	const gint found = rn_objects_find (&objects, &commit.tree, name, &id, error);
	rn_raw_commit_clear (&commit);
	rn_objects_clear (&objects);
	if (found > 0)
		git_oid_tostr (blob, 41, &id);
	return found > 0 || (found == 0 && find_renamed (history, index, &history->commits[other], blob, error));
}
