/*
 * history.c - the history as the rooms above see it: one answer a file of the tree.
 *
 * In: a tree, and a folder for the cache. Out: dates, authors by .mailmap, an order to compare by, and whether the bytes are
 * those of the commit. What is not known stays 0 and NULL.
 */
#include "source/history-int.h"
#include "base/words.h"

#include "source/value.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

RnRecords *rn_records_new (void)
{
	RnRecords *records = g_new0 (RnRecords, 1);

	records->arena = rn_arena_new (1 << 16);
	records->records = g_array_new (FALSE, TRUE, sizeof (RnRecord));
	records->authors = g_ptr_array_new ();
	return records;
}

void rn_records_free (RnRecords *records)
{
	if (records == NULL)
		return;
	g_array_free (records->records, TRUE);
	g_ptr_array_free (records->authors, TRUE);
	rn_arena_free (records->arena);
	g_free (records);
}

RnRecord *rn_records_find (const RnRecords *records, const char *name)
{
	guint low = 0, high = records->records->len;

	while (low < high) {
		guint     middle = low + (high - low) / 2;
		RnRecord *record = &g_array_index (records->records, RnRecord, middle);
		int       order = strcmp (record->name, name);

		if (order == 0)
			return record;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

GHashTable *rn_history_shallow (RnTree *tree, guint64 *mark)
{
	g_autofree char *path = g_build_filename (git_repository_commondir (tree->repo), "shallow", NULL), *text = NULL;
	GHashTable      *commits = NULL;

	*mark = 0;
	g_autoptr (GError) why = NULL;
	if (!g_file_get_contents (path, &text, NULL, &why)) {
		rn_tree_trouble_error (tree, why);
		return NULL;
	}
	for (const char *line = text; *line; line += *line == '\n') {
		gsize   len = strcspn (line, "\n");
		git_oid id;

		if (len == 40 && git_oid_fromstr (&id, line) == 0) {
			if (commits == NULL)
				commits = g_hash_table_new_full (rn_oid_hash, rn_oid_equal, g_free, NULL);
			g_hash_table_add (commits, g_memdup2 (&id, sizeof id));
			*mark = *mark * 31 + g_str_hash (line) + 1;
		}
		line += len;
	}
	return commits;
}

/* The .mailmap of what is built: the commit's for a revision, the file's for a work tree. */
static git_mailmap *read_mailmap (RnTree *tree)
{
	git_mailmap     *mailmap = NULL;
	g_autofree char *text = NULL;
	gsize            len = 0;

	if (tree->kind->revision) {
		g_autofree char *spec = g_strconcat (tree->commit, ":.mailmap", NULL);
		git_object      *blob = NULL;

		const int failed = git_revparse_single (&blob, tree->repo, spec);
		if (failed && failed != GIT_ENOTFOUND)
			rn_git_trouble (tree, ".mailmap", TRUE);
		if (!failed && git_object_type (blob) == GIT_OBJECT_BLOB) {
			len = git_blob_rawsize ((git_blob *) blob);
			text = g_memdup2 (git_blob_rawcontent ((git_blob *) blob), len);
		}
		git_object_free (blob);
	} else {
		g_autofree char *path = g_build_filename (git_repository_workdir (tree->repo), ".mailmap", NULL);
		GStatBuf         info;

		g_autoptr (GError) why = NULL;
		if (g_lstat (path, &info))
			rn_tree_trouble (tree, path, errno);
		else if (S_ISREG (info.st_mode) && !g_file_get_contents (path, &text, &len, &why))
			rn_tree_trouble_error (tree, why);
	}
	if (text)
		git_mailmap_from_buffer (&mailmap, text, len);
	return mailmap;
}

const char *rn_history_author (RnHistory *history, const char *author)
{
	const char      *newline = strchr (author, '\n'), *real_name = NULL, *real_email;
	g_autofree char *name = g_strndup (author, (gsize) (newline - author));

	if (history->mailmap && git_mailmap_resolve (&real_name, &real_email, history->mailmap, name, newline + 1) < 0)
		real_name = NULL;
	g_autofree char *valid = g_utf8_make_valid (real_name ? real_name : name, -1);
	return *valid ? rn_arena_strndup (history->arena, valid, -1) : NULL;
}

static int newest_first (const void *a, const void *b)
{
	gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* Turns ranks into 0, 1, 2 ...: the n-th newest of the commits that last changed a file. */
static guint32 order_of (const gint64 *ranks, guint n, gint64 rank)
{
	guint low = 0, high = n;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (ranks[middle] > rank)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The ranks of all records, newest first, each once. */
static gint64 *sorted_ranks (const RnRecords *records, guint *n)
{
	GArray *all = records->records;
	gint64 *ranks = g_new (gint64, all->len + 1);

	for (guint i = 0; i < all->len; i++)
		ranks[i] = g_array_index (all, RnRecord, i).rank;
	qsort (ranks, all->len, sizeof *ranks, newest_first);
	*n = 0;
	for (guint i = 0; i < all->len; i++)
		if (*n == 0 || ranks[*n - 1] != ranks[i])
			ranks[(*n)++] = ranks[i];
	return ranks;
}

static void fill (RnHistory *history, const RnRecords *records)
{
	RnTree *tree = history->tree;
	guint   n_ranks, n = rn_tree_count (tree), at = 0;
	gsize   skip = strlen (tree->prefix);
	g_autofree gint64      *ranks = sorted_ranks (records, &n_ranks);
	g_autofree const char **authors = g_new0 (const char *, records->authors->len + 1);
	g_autofree gboolean    *changed = g_new0 (gboolean, n + 1);

	for (guint i = 0; i < records->authors->len; i++)
		authors[i] = rn_history_author (history, records->authors->pdata[i]);
	tree->kind->changed (tree, changed);
	/* Both are sorted by the bytes of their paths. */
	for (guint i = 0; i < n; i++) {
		const RnTreeEntry *entry = &g_array_index (tree->entries, RnTreeEntry, i);
		RnFileHistory     *file = &history->files[i];
		const RnRecord    *record = NULL;
		int                order = -1;

		for (; at < records->records->len && order < 0; at += order < 0) {
			record = &g_array_index (records->records, RnRecord, at);
			order = strcmp (record->name + skip, entry->path);
		}
		if (order != 0) {
			file->uncommitted = TRUE;
			continue;
		}
		file->uncommitted = changed[i] || !git_oid_equal (&record->id, &entry->id);
		file->first = record->first;
		file->last = record->last;
		file->first_author = record->first_author == NO_AUTHOR ? NULL : authors[record->first_author];
		file->last_author = record->last_author == NO_AUTHOR ? NULL : authors[record->last_author];
		history->commits[i] = record->commit;
		if (record->last_author != NO_AUTHOR)
			file->last_order = order_of (ranks, n_ranks, record->rank);
	}
}

static void tell_shallow (const RnHistory *history, const RnRecords *records, RnDiagnostics *sink)
{
	gboolean unknown = FALSE;

	for (guint i = 0; i < rn_tree_count (history->tree) && !unknown; i++)
		unknown = history->files[i].first == 0 && !history->files[i].uncommitted;
	if (unknown && records->boundary) {
		g_autoptr (GString) date = g_string_new (NULL);
		rn_date_format (date, records->boundary, FALSE);
		rn_diagnose (sink, RN_D_HISTORY_SHALLOW, RN_PLACE (NULL, 0, 0), date->str);
	}
}

static RnRecords *find_records (RnTree *tree, const char *cache_dir, GError **error)
{
	guint64                 mark;
	g_autoptr (GHashTable)  shallow = rn_history_shallow (tree, &mark);
	g_autoptr (RnRecords)   known = cache_dir ? rn_history_cache_load (cache_dir, tree, mark) : NULL;
	g_autoptr (RnOdb)      odb = NULL;
	RnObjects               objects = { .tree = tree };
	char                    hex[41];

	if (known && strcmp (git_oid_tostr (hex, sizeof hex, &known->tip), tree->commit) == 0)
		return g_steal_pointer (&known);
	if (git_repository_odb (&odb, tree->repo) < 0) {
		rn_git_fail (error, RN_TREE_ERROR_IO, "the repository's objects");
		return NULL;
	}
	objects.odb = odb;
	RnRecords *records = rn_history_walk (tree, &objects, known, error);
	rn_objects_clear (&objects);
	if (records && cache_dir && rn_tree_sound (tree, NULL))
		rn_history_cache_save (cache_dir, tree, records);
	return records;
}

RnHistory *rn_history_open (RnTree *tree, const char *cache_dir, RnDiagnostics *sink, GError **error)
{
	g_autoptr (RnHistory) history = g_new0 (RnHistory, 1);
	guint n = rn_tree_count (tree);

	history->tree = tree;
	history->arena = rn_arena_new (4096);
	history->files = g_new0 (RnFileHistory, n + 1);
	history->commits = g_new0 (git_oid, n + 1);
	g_mutex_init (&history->lock);
	for (guint i = 0; i < n; i++)
		history->files[i].last_order = G_MAXUINT32;
	if (tree->repo == NULL || tree->commit[0] == '\0') {
		for (guint i = 0; i < n; i++)
			history->files[i].uncommitted = tree->repo && !tree->kind->revision;
		return g_steal_pointer (&history);
	}
	g_autoptr (RnRecords) records = find_records (tree, cache_dir, error);
	if (records == NULL) {
		g_prefix_error (error, _("reading the history of %s: "), tree->commit);
		return NULL;
	}
	history->mailmap = read_mailmap (tree);
	fill (history, records);
	tell_shallow (history, records, sink);
	return g_steal_pointer (&history);
}

void rn_history_free (RnHistory *history)
{
	if (history == NULL)
		return;
	git_mailmap_free (history->mailmap);
	rn_arena_free (history->arena);
	g_free (history->files);
	g_free (history->commits);
	g_mutex_clear (&history->lock);
	g_free (history);
}

const RnFileHistory *rn_history_get (const RnHistory *history, guint index)
{
	return &history->files[index];
}
