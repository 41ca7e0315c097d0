/*
 * history_versions.c - every earlier state of one file.
 *
 * In: a file of the tree. Out: its blobs, newest first, each from the commit that brought it. One line of descent is followed: the parent
 * that holds the file unchanged, else the first that has it, else, under its older name, the one that it was renamed in.
 */
#include "source/history-int.h"

#include <string.h>

typedef struct {
	RnHistory  *history;
	RnObjects  *objects;
	GHashTable *shallow;
	GArray     *versions;
	char       *name;            /* of the file at the commit at hand */
	git_oid     blob;
} Versions;

static void add_version (Versions *v, const RnRawCommit *commit, gboolean known)
{
	RnFileVersion version = { .time = known ? commit->time : 0 };

	version.author = known && commit->author ? rn_history_author (v->history, commit->author) : NULL;
	git_oid_tostr (version.commit, sizeof version.commit, &commit->id);
	git_oid_tostr (version.blob, sizeof version.blob, &v->blob);
	g_array_append_val (v->versions, version);
}

static void take_gone (gpointer data, const char *name, const git_oid *before, const git_oid *after)
{
	RnGone one = { .spans = NULL };

	if (after)
		return;
	one.name = g_strdup (name);
	one.id = *before;
	g_array_append_val ((GArray *) data, one);
}

static void clear_gone (gpointer data)
{
	g_free ((char *) ((RnGone *) data)->name);
	rn_gone_clear (data);
}

/* The file is not in the only PARENT: goes on under its older name. 0: it begins here. */
static gint follow_rename (Versions *v, const RnRawCommit *commit, const RnRawCommit *parent, GError **error)
{
	g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (RnGone));

	g_array_set_clear_func (gone, clear_gone);
	if (!rn_objects_compare (v->objects, &parent->tree, &commit->tree, take_gone, gone, error))
		return -1;
	const RnGone *source = rn_rename_source (v->objects, gone, v->name, &v->blob, gone->len > 1000);
	if (source == NULL)
		return 0;
	g_free (v->name);
	v->name = g_strdup (source->name);
	v->blob = source->id;
	return 1;
}

/* From COMMIT to the parent that goes on, which is put in its place: 1; 0: the file begins here; -1: ERROR. */
static gint step (Versions *v, RnRawCommit *commit, GError **error)
{
	RnRawCommit next = { .time = 0 }, parent;
	git_oid     next_blob = v->blob, blob;
	gint        has = 0;

	for (guint i = 0; i < commit->parents->len; i++) {
		if (!rn_objects_commit (v->objects, &g_array_index (commit->parents, git_oid, i), &parent, error))
			goto failed;
		gint found = rn_objects_find (v->objects, &parent.tree, v->name, &blob, error);
		gboolean same = found > 0 && git_oid_equal (&blob, &v->blob);
		if (same || (found > 0 && !has)) {
			rn_raw_commit_clear (&next);
			next = parent;
			next_blob = blob;
			has = 1;
		} else if (found == 0 && !has && commit->parents->len == 1) {
			next = parent;
		} else {
			rn_raw_commit_clear (&parent);
		}
		if (found < 0)
			goto failed;
		if (same)
			break;
	}
	if (!has || !git_oid_equal (&next_blob, &v->blob))
		add_version (v, commit, TRUE);
	v->blob = next_blob;
	if (!has && next.parents)
		has = follow_rename (v, commit, &next, error);
	rn_raw_commit_clear (commit);
	*commit = next;
	return has;
failed:
	rn_raw_commit_clear (&next);
	return -1;
}

GArray *rn_history_versions (RnHistory *history, guint index, GError **error)
{
	RnTree                *tree = history->tree;
	g_autoptr (GArray)     versions = g_array_new (FALSE, FALSE, sizeof (RnFileVersion));
	g_autoptr (RnOdb)     odb = NULL;
	g_autoptr (GHashTable) shallow = NULL;
	guint64                mark;
	git_oid                tip;
	RnObjects              objects = { .tree = tree };
	RnRawCommit            commit;

	if (tree->repo == NULL || tree->commit[0] == '\0')
		return g_steal_pointer (&versions);
	if (git_repository_odb (&odb, tree->repo) < 0 || git_oid_fromstr (&tip, tree->commit) < 0) {
		rn_git_fail (error, RN_TREE_ERROR_IO, "the repository's objects");
		return NULL;
	}
	objects.odb = odb;
	shallow = rn_history_shallow (tree, &mark);
	if (!rn_objects_commit (&objects, &tip, &commit, error))
		return NULL;
	Versions v = { .history = history, .objects = &objects, .shallow = shallow, .versions = versions };
	v.name = g_strconcat (tree->prefix, rn_tree_path (tree, index), NULL);
	gint going = rn_objects_find (&objects, &commit.tree, v.name, &v.blob, error);
	while (going > 0) {
		if (shallow && g_hash_table_contains (shallow, &commit.id)) {
			add_version (&v, &commit, FALSE);
			break;
		}
		going = step (&v, &commit, error);
	}
	rn_raw_commit_clear (&commit);
	g_free (v.name);
	rn_objects_clear (&objects);
	return going < 0 ? NULL : g_steal_pointer (&versions);
}
