/*
 * history-int.h - the parts of the history: raw objects, the walk over commits, renames, the cache.
 *
 * Names here are paths inside the repository (the site's prefix among them).
 */
#ifndef RN_SOURCE_HISTORY_INT_H
#define RN_SOURCE_HISTORY_INT_H

#include "source/history.h"
#include "source/tree-int.h"

#define NO_AUTHOR G_MAXUINT32

typedef git_odb_object RnObject;
typedef git_odb        RnOdb;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnObject, git_odb_object_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnOdb, git_odb_free)

struct RnHistory {
	RnTree        *tree;
	RnArena       *arena;        /* of the authors' names */
	RnFileHistory *files;        /* by the tree's index */
	git_oid       *commits;      /* the same: the commit that last changed it; zero: unknown */
	git_mailmap   *mailmap;      /* NULL: none */
	GMutex         lock;         /* over the arena, once the history is open */
};

/* "name\nemail" as .mailmap has it, the name alone, as long as HISTORY; NULL for nobody. */
const char *rn_history_author (RnHistory *history, const char *author);

/* Reads objects and keeps the trees that were used last. */
typedef struct {
	RnTree  *tree;                /* whose history; told of what the system fails to read */
	git_odb *odb;
	struct { git_oid id; git_odb_object *object; guint64 used; } kept[64];
	guint64  now;
	gsize    bytes;
} RnObjects;

git_odb_object *rn_objects_read (RnObjects *objects, const git_oid *id, GError **error);
git_odb_object *rn_objects_tree (RnObjects *objects, const git_oid *id, GError **error);
void            rn_objects_clear (RnObjects *objects);

/* One entry of a raw tree; a file is a regular one, links and submodules are neither. */
typedef struct { const guchar *begin, *end, *id; const char *name; gsize len; gboolean folder, file; } RnRawEntry;
/* Reads the entry at *AT and steps over it; FALSE at END or where the object is damaged. */
gboolean rn_raw_entry (const guchar **at, const guchar *end, RnRawEntry *entry);

/* NAME is valid during the call. OLD, NEW: the file's blob, NULL where it is absent. A change of mode alone has both and the same. */
typedef void (*RnChanged) (gpointer data, const char *name, const git_oid *before, const git_oid *after);
/* Calls CHANGED for every file that differs between two trees (NULL: the empty one). */
gboolean rn_objects_compare (RnObjects *objects, const git_oid *before, const git_oid *after, RnChanged changed, gpointer data,
                             GError **error);
/* The blob of the file NAME in TREE: 1 and ID, 0: it has none, -1: ERROR. */
gint     rn_objects_find (RnObjects *objects, const git_oid *tree, const char *name, git_oid *id, GError **error);

typedef struct {
	git_oid id, tree;
	gint64  time;
	GArray *parents;             /* of git_oid */
	char   *author;              /* "name\nemail" */
} RnRawCommit;
gboolean rn_objects_commit (RnObjects *objects, const git_oid *id, RnRawCommit *commit, GError **error);
void     rn_raw_commit_clear (RnRawCommit *commit);

/* What is known of one file at a commit. rank: later along every line of descent, whatever the clocks said. */
typedef struct {
	const char *name;
	git_oid     id, commit;      /* its blob; the commit that last changed it, zero where that is unknown */
	gint64      first, last, rank;
	guint32     first_author, last_author; /* into the authors; NO_AUTHOR */
} RnRecord;

typedef struct {
	git_oid    tip;
	gint64     rank;             /* the tip's */
	GArray    *records;          /* of RnRecord, sorted by name */
	GPtrArray *authors;          /* "name\nemail", as the commits have them */
	gint64     boundary;         /* of a shallow clone: its newest commit's time; 0: whole */
	guint64    shallow;          /* of .git/shallow: another boundary, another answer */
	RnArena   *arena;            /* of the names and authors */
} RnRecords;

RnRecords *rn_records_new (void);
void       rn_records_free (RnRecords *records);
RnRecord  *rn_records_find (const RnRecords *records, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRecords, rn_records_free)

/* Those of TREE's commit, by a walk that ends at KNOWN (may be NULL) where it meets its tip. */
RnRecords *rn_history_walk (RnTree *tree, RnObjects *objects, const RnRecords *known, GError **error);
/* The commits at which a shallow clone ends: a set of git_oid, or NULL; and a number for what it holds. */
GHashTable *rn_history_shallow (RnTree *tree, guint64 *mark);

/* Which of the GONE files (of git_oid and name) was AFTER, whose name is NAME, before? NULL: none of them. */
typedef struct { const char *name; git_oid id; gpointer spans; } RnGone;
const RnGone *rn_rename_source (RnObjects *objects, GArray *gone, const char *name, const git_oid *after, gboolean many);
void          rn_gone_clear (gpointer gone);

/* The records of TREE's commit, or of one before it; NULL: none that can be used. */
RnRecords *rn_history_cache_load (const char *dir, RnTree *tree, guint64 shallow);
void       rn_history_cache_save (const char *dir, RnTree *tree, const RnRecords *records);

guint      rn_oid_hash (gconstpointer id);
gboolean   rn_oid_equal (gconstpointer a, gconstpointer b);

#endif
