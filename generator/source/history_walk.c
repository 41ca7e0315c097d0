/*
 * history_walk.c - one walk from a commit back: when did each of its files last change, and when was it added?
 *
 * In: the commit's tree, and records of an earlier commit, if there are. Out: the records of this one.
 *
 * Every file starts at the tip and is handed on to the parent that holds it unchanged, the first such one of a merge; where none does,
 * the commit changed it, and all parents that have it are asked on. So a file's last change is that of `git log -1 -- PATH`. A file that
 * its parent lacks was added there, or renamed from one that is gone: then it goes on under its old name (a track).
 * What is handed on is one bit a track; commits are met children first, so that each is looked at once.
 */
#include "source/bits-int.h"
#include "source/history-int.h"

#include <string.h>

typedef struct {
	RnRawCommit raw;             /* its parents are those that can be followed */
	gint64      rank;
	guint32     author;
	guint       children;        /* not yet met */
	gboolean    shallow, known;  /* history ends here; the records of it are known */
	GArray     *bits;            /* of guint64: the tracks that were handed to it; NULL: none */
} Commit;

typedef struct { guint file; const char *name; guint next; } Track; /* next: of the same name, +1 */
typedef struct { const char *name; git_oid before; gboolean had, has; } Change;

typedef struct {
	RnObjects       *objects;
	const RnRecords *known;
	RnRecords       *records;
	GHashTable      *shallow;    /* of git_oid; NULL */
	GHashTable      *commits;    /* git_oid -> Commit */
	GPtrArray       *order;      /* of Commit, children first */
	GHashTable      *authors;    /* text -> number + 1 */
	GArray          *tracks;     /* of Track; the first are the files */
	GHashTable      *names;      /* name -> track + 1 */
	GArray          *changes;    /* of Change: of the comparison at hand, in scratch */
	RnArena         *scratch;
	gboolean        *unknown;    /* a file's beginning lies beyond the boundary */
	gboolean         lost;       /* a file came to KNOWN that it does not tell of */
} Walk;

#define RECORD(walk, i) (&g_array_index ((walk)->records->records, RnRecord, (i)))

static void commit_free (gpointer data)
{
	Commit *commit = data;

	rn_raw_commit_clear (&commit->raw);
	if (commit->bits)
		g_array_free (commit->bits, TRUE);
	g_free (commit);
}

static guint32 author_number (Walk *walk, const char *text)
{
	guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (walk->authors, text));

	if (number == 0) {
		char *copy = rn_arena_strndup (walk->records->arena, text, -1);
		g_ptr_array_add (walk->records->authors, copy);
		number = walk->records->authors->len;
		g_hash_table_insert (walk->authors, copy, GUINT_TO_POINTER (number));
	}
	return number - 1;
}

/* The commit ID, read when it is first asked for. */
static Commit *commit_at (Walk *walk, const git_oid *id, GError **error)
{
	Commit *commit = g_hash_table_lookup (walk->commits, id);

	if (commit)
		return commit;
	commit = g_new0 (Commit, 1);
	if (!rn_objects_commit (walk->objects, id, &commit->raw, error)) {
		g_free (commit);
		return NULL;
	}
	commit->author = author_number (walk, commit->raw.author ? commit->raw.author : "\n");
	g_clear_pointer (&commit->raw.author, g_free);
	commit->shallow = walk->shallow && g_hash_table_contains (walk->shallow, id);
	commit->known = walk->known && git_oid_equal (&walk->known->tip, id);
	if (commit->shallow && commit->raw.time > walk->records->boundary)
		walk->records->boundary = commit->raw.time;
	if (commit->shallow || commit->known)
		g_array_set_size (commit->raw.parents, 0);
	g_hash_table_insert (walk->commits, &commit->raw.id, commit);
	return commit;
}

/* Reads every commit that is to be met, counts its children, and puts all in order. */
static gboolean load_commits (Walk *walk, const git_oid *tip, GError **error)
{
	g_autoptr (GPtrArray) found = g_ptr_array_new ();
	Commit *first = commit_at (walk, tip, error);

	if (first == NULL)
		return FALSE;
	g_ptr_array_add (found, first);
	for (guint i = 0; i < found->len; i++) {
		const Commit *commit = found->pdata[i];

		for (guint k = 0; k < commit->raw.parents->len; k++) {
			Commit *parent = commit_at (walk, &g_array_index (commit->raw.parents, git_oid, k), error);
			if (parent == NULL)
				return FALSE;
			if (parent->children++ == 0)
				g_ptr_array_add (found, parent);
		}
	}
	g_ptr_array_add (walk->order, first);
	for (guint i = 0; i < walk->order->len; i++) {
		const Commit *commit = walk->order->pdata[i];

		for (guint k = 0; k < commit->raw.parents->len; k++) {
			Commit *parent = g_hash_table_lookup (walk->commits, &g_array_index (commit->raw.parents, git_oid, k));
			if (--parent->children == 0)
				g_ptr_array_add (walk->order, parent);
		}
	}
	for (guint i = walk->order->len; i-- > 0;) {
		Commit *commit = walk->order->pdata[i];

		commit->rank = commit->known ? walk->known->rank : commit->raw.time;
		for (guint k = 0; k < commit->raw.parents->len; k++) {
			const Commit *parent = g_hash_table_lookup (walk->commits, &g_array_index (commit->raw.parents, git_oid, k));
			commit->rank = MAX (commit->rank, parent->rank + 1);
		}
	}
	return TRUE;
}

static void note_last (Walk *walk, guint file, const git_oid *commit, gint64 time, gint64 rank, guint32 author)
{
	RnRecord *record = RECORD (walk, file);

	if (record->rank != G_MININT64)
		return;
	record->commit = *commit;
	record->last = time;
	record->rank = rank;
	record->last_author = author;
}

/* Two lines of history may have added the same file: the earlier one counts, of two at once the author that sorts first. */
static void note_first (Walk *walk, guint file, gint64 time, guint32 author)
{
	RnRecord        *record = RECORD (walk, file);
	const GPtrArray *authors = walk->records->authors;

	if (record->first_author == NO_AUTHOR || time < record->first ||
	    (time == record->first && strcmp (authors->pdata[author], authors->pdata[record->first_author]) < 0)) {
		record->first = time;
		record->first_author = author;
	}
}

/* The commit changed the track's file; with ADDED it also begins there. */
static void note (Walk *walk, const Commit *commit, guint track, gboolean added)
{
	guint file = g_array_index (walk->tracks, Track, track).file;

	note_last (walk, file, &commit->raw.id, commit->raw.time, commit->rank, commit->author);
	if (added)
		note_first (walk, file, commit->raw.time, commit->author);
}

static guint track_of (Walk *walk, guint file, const char *name)
{
	guint head = GPOINTER_TO_UINT (g_hash_table_lookup (walk->names, name));

	for (guint at = head; at; at = g_array_index (walk->tracks, Track, at - 1).next)
		if (g_array_index (walk->tracks, Track, at - 1).file == file)
			return at - 1;
	Track track = { file, rn_arena_strndup (walk->records->arena, name, -1), head };
	g_array_append_val (walk->tracks, track);
	g_hash_table_replace (walk->names, (gpointer) track.name, GUINT_TO_POINTER (walk->tracks->len));
	return walk->tracks->len - 1;
}

static void take_change (gpointer data, const char *name, const git_oid *before, const git_oid *after)
{
	Walk  *walk = data;
	Change change = { .had = before != NULL, .has = after != NULL };

	/* What no file was ever called matters only as the source of a rename. */
	if (before)
		change.before = *before;
	else if (!g_hash_table_contains (walk->names, name))
		return;
	change.name = rn_arena_strndup (walk->scratch, name, -1);
	g_array_append_val (walk->changes, change);
}

static gboolean compare (Walk *walk, const Commit *parent, const Commit *commit, GError **error)
{
	g_array_set_size (walk->changes, 0);
	rn_arena_reset (walk->scratch);
	return rn_objects_compare (walk->objects, &parent->raw.tree, &commit->raw.tree, take_change, walk, error);
}

/* The next track of COMMIT after TRACK (0: the first, else a number + 1) that is called NAME; 0: none. */
static guint next_track (Walk *walk, const Commit *commit, const char *name, guint track)
{
	guint at = track ? g_array_index (walk->tracks, Track, track - 1).next : GPOINTER_TO_UINT (g_hash_table_lookup (walk->names, name));

	while (at && !has_bit (commit->bits, at - 1))
		at = g_array_index (walk->tracks, Track, at - 1).next;
	return at;
}

/* One parent: what it lacks was added or renamed here. */
static gboolean meet_plain (Walk *walk, Commit *commit, Commit *parent, GError **error)
{
	g_autoptr (GArray) gone = NULL;
	guint added = 0;

	if (!compare (walk, parent, commit, error))
		return FALSE;
	for (guint i = 0; i < walk->changes->len; i++)
		added += !g_array_index (walk->changes, Change, i).had;
	for (guint i = 0; added && i < walk->changes->len; i++) {
		const Change *change = &g_array_index (walk->changes, Change, i);
		RnGone        one = { change->name, change->before, NULL };

		if (change->has)
			continue;
		if (gone == NULL) {
			gone = g_array_new (FALSE, FALSE, sizeof (RnGone));
			g_array_set_clear_func (gone, rn_gone_clear);
		}
		g_array_append_val (gone, one);
	}
	gboolean many = gone && (guint64) gone->len * added > 10000;
	for (guint i = 0; i < walk->changes->len; i++) {
		const Change *change = &g_array_index (walk->changes, Change, i);

		for (guint track = 0; change->has && (track = next_track (walk, commit, change->name, track)) != 0;) {
			const RnGone *source = NULL;

			if (!change->had && gone) {
				git_oid id;
				if (rn_objects_find (walk->objects, &commit->raw.tree, change->name, &id, error) < 0)
					return FALSE;
				source = rn_rename_source (walk->objects, gone, change->name, &id, many);
			}
			note (walk, commit, track - 1, !change->had && !source);
			if (!change->had)
				clear_bit (commit->bits, track - 1);
			if (source)
				set_bit (&parent->bits, track_of (walk, g_array_index (walk->tracks, Track, track - 1).file, source->name));
		}
	}
	hand_on (&commit->bits, &parent->bits);
	return TRUE;
}

typedef struct { guint track; guint64 present; guint seen; } Differing; /* present: bit i: parent i has it, and it is another one */

/* The tracks that differ from the first parent; those that a later one holds unchanged are its own. */
static gboolean meet_merge (Walk *walk, Commit *commit, Commit **parents, guint n, GError **error)
{
	g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (Differing));
	g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL); /* track + 1 -> place in rest + 1 */

	for (guint p = 0; p < n && (p == 0 || rest->len > 0); p++) {
		if (!compare (walk, parents[p], commit, error))
			return FALSE;
		for (guint i = 0; i < walk->changes->len; i++) {
			const Change *change = &g_array_index (walk->changes, Change, i);

			for (guint track = 0; change->has && (track = next_track (walk, commit, change->name, track)) != 0;) {
				guint     place = GPOINTER_TO_UINT (g_hash_table_lookup (places, GUINT_TO_POINTER (track)));
				Differing fresh = { .track = track - 1 };

				if (p == 0) {
					g_array_append_val (rest, fresh);
					place = rest->len;
					g_hash_table_insert (places, GUINT_TO_POINTER (track), GUINT_TO_POINTER (place));
				}
				if (place == 0)
					continue;
				Differing *one = &g_array_index (rest, Differing, place - 1);
				one->seen += one->seen == p;
				one->present |= (guint64) change->had << p;
			}
		}
	}
	for (guint i = 0; i < rest->len; i++) {
		const Differing *one = &g_array_index (rest, Differing, i);

		clear_bit (commit->bits, one->track);
		if (one->seen < n) { /* parent number `seen` holds it unchanged */
			set_bit (&parents[one->seen]->bits, one->track);
			continue;
		}
		note (walk, commit, one->track, one->present == 0);
		for (guint p = 0; p < n; p++)
			if (one->present >> p & 1)
				set_bit (&parents[p]->bits, one->track);
	}
	hand_on (&commit->bits, &parents[0]->bits);
	return TRUE;
}

/* The end of a line of history: its beginning, a clone's boundary, or what was known before. */
static void meet_end (Walk *walk, const Commit *commit)
{
	for (guint i = 0; i < commit->bits->len * 64; i++) {
		if (!has_bit (commit->bits, i))
			continue;
		const Track    *track = &g_array_index (walk->tracks, Track, i);
		const RnRecord *old = commit->known ? rn_records_find (walk->known, track->name) : NULL;

		if (commit->shallow) {
			walk->unknown[track->file] = TRUE;
		} else if (!commit->known) {
			note (walk, commit, i, TRUE);
		} else if (old == NULL) {
			walk->lost = TRUE;
		} else {
			if (old->last_author != NO_AUTHOR)
				note_last (walk, track->file, &old->commit, old->last, old->rank,
				           author_number (walk, walk->known->authors->pdata[old->last_author]));
			if (old->first_author != NO_AUTHOR)
				note_first (walk, track->file, old->first,
				            author_number (walk, walk->known->authors->pdata[old->first_author]));
			else
				walk->unknown[track->file] = TRUE;
		}
	}
}

static gboolean meet (Walk *walk, Commit *commit, GError **error)
{
	Commit *parents[64];
	guint   n = MIN (commit->raw.parents->len, G_N_ELEMENTS (parents));
	gboolean fine = TRUE;

	if (commit->bits == NULL)
		return TRUE;
	for (guint i = 0; i < n; i++)
		parents[i] = g_hash_table_lookup (walk->commits, &g_array_index (commit->raw.parents, git_oid, i));
	if (n == 0)
		meet_end (walk, commit);
	else
		fine = n == 1 ? meet_plain (walk, commit, parents[0], error) : meet_merge (walk, commit, parents, n, error);
	if (commit->bits)
		g_array_free (g_steal_pointer (&commit->bits), TRUE);
	return fine;
}

static void add_file (gpointer data, const char *name, const git_oid *before G_GNUC_UNUSED, const git_oid *after)
{
	Walk    *walk = data;
	RnRecord record = { .name = rn_arena_strndup (walk->records->arena, name, -1), .id = *after, .rank = G_MININT64,
		            .first_author = NO_AUTHOR, .last_author = NO_AUTHOR };

	g_array_append_val (walk->records->records, record);
}

static gint by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnRecord *) a)->name, ((const RnRecord *) b)->name);
}

/* The files of the tip, each a track of its own. Those outside the site's folder are not asked about. */
static gboolean list_files (Walk *walk, const RnTree *tree, Commit *tip, GError **error)
{
	GArray *records = walk->records->records;
	guint   kept = 0;

	if (!rn_objects_compare (walk->objects, NULL, &tip->raw.tree, add_file, walk, error))
		return FALSE;
	for (guint i = 0; i < records->len; i++)
		if (g_str_has_prefix (RECORD (walk, i)->name, tree->prefix))
			*RECORD (walk, kept++) = *RECORD (walk, i);
	g_array_set_size (records, kept);
	g_array_sort (records, by_name);
	for (guint i = 0; i < records->len; i++)
		set_bit (&tip->bits, track_of (walk, i, RECORD (walk, i)->name));
	walk->unknown = g_new0 (gboolean, records->len + 1);
	return TRUE;
}

static void finish (Walk *walk, const Commit *tip)
{
	walk->records->tip = tip->raw.id;
	walk->records->rank = tip->rank;
	for (guint i = 0; i < walk->records->records->len; i++)
		if (walk->unknown[i]) {
			RECORD (walk, i)->first = 0;
			RECORD (walk, i)->first_author = NO_AUTHOR;
		}
	if (walk->known && walk->known->boundary > walk->records->boundary)
		walk->records->boundary = walk->known->boundary;
}

static gboolean run (Walk *walk, const RnTree *tree, GError **error)
{
	git_oid tip;

	if (git_oid_fromstr (&tip, tree->commit) < 0)
		return rn_git_fail (error, RN_TREE_ERROR_IO, tree->commit);
	if (!load_commits (walk, &tip, error) || !list_files (walk, tree, walk->order->pdata[0], error))
		return FALSE;
	for (guint i = 0; i < walk->order->len && !walk->lost; i++)
		if (!meet (walk, walk->order->pdata[i], error))
			return FALSE;
	finish (walk, walk->order->pdata[0]);
	return TRUE;
}

RnRecords *rn_history_walk (RnTree *tree, RnObjects *objects, const RnRecords *known, GError **error)
{
	g_autoptr (RnRecords) records = rn_records_new ();
	Walk walk = { .objects = objects, .known = known, .records = records };

	walk.shallow = rn_history_shallow (tree, &records->shallow);
	walk.commits = g_hash_table_new_full (rn_oid_hash, rn_oid_equal, NULL, commit_free);
	walk.order = g_ptr_array_new ();
	walk.authors = g_hash_table_new (g_str_hash, g_str_equal);
	walk.tracks = g_array_new (FALSE, FALSE, sizeof (Track));
	walk.names = g_hash_table_new (g_str_hash, g_str_equal);
	walk.changes = g_array_new (FALSE, FALSE, sizeof (Change));
	walk.scratch = rn_arena_new (1 << 16);
	gboolean fine = run (&walk, tree, error);
	g_clear_pointer (&walk.shallow, g_hash_table_unref);
	g_hash_table_unref (walk.commits);
	g_ptr_array_free (walk.order, TRUE);
	g_hash_table_unref (walk.authors);
	g_array_free (walk.tracks, TRUE);
	g_hash_table_unref (walk.names);
	g_array_free (walk.changes, TRUE);
	rn_arena_free (walk.scratch);
	g_free (walk.unknown);
	if (!fine)
		return NULL;
	return walk.lost ? rn_history_walk (tree, objects, NULL, error) : g_steal_pointer (&records);
}
