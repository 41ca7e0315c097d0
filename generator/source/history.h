/*
 * history.h - who changed each file when, from one walk of the repository's history.
 *
 * The walk compares raw tree objects newest first (no diff, no blob is read). A merge hands a path to
 * the first parent that holds it unchanged, as git log's simplification does, so that the dates are those of
 * `git log -1 -- PATH`; exact renames (same blob) and git's similar ones (half the content) carry a file's first date over.
 * It goes on from where it stopped: the cache (one file by commit id below CACHE_DIR) gives the answer at once for the same tip and
 * is extended for a descendant; deleting it changes no answer. In a shallow clone what lies beyond the
 * boundary is unknown (0, NULL), told once by a diagnostic, never invented.
 */
#ifndef RN_SOURCE_HISTORY_H
#define RN_SOURCE_HISTORY_H

#include "source/tree.h"

typedef struct {
	gint64      first, last;         /* committer dates, seconds; 0: unknown */
	const char *first_author;        /* name through .mailmap; NULL: unknown */
	const char *last_author;
	guint32     last_order;          /* 0: by the newest commit that last changed any; larger: earlier; G_MAXUINT32: unknown */
	gboolean    uncommitted;         /* the work tree's bytes are not those of HEAD, or it is not tracked */
} RnFileHistory;

/* One earlier state of a file: its blob from that commit on. */
typedef struct { char commit[41], blob[41]; gint64 time; const char *author; } RnFileVersion;

typedef struct RnHistory RnHistory;

/* The history of TREE's files. cache_dir may be NULL (no cache). A tree without a repository gives a history that knows nothing. */
RnHistory *rn_history_open (RnTree *tree, const char *cache_dir, RnDiagnostics *sink, GError **error);
void       rn_history_free (RnHistory *history);

/* What is known of the tree's file INDEX; never NULL. */
const RnFileHistory *rn_history_get (const RnHistory *history, guint index);

/* The file's versions, newest first (walks its history again: for one file at a time). GArray of RnFileVersion; unref it. */
GArray    *rn_history_versions (RnHistory *history, guint index, GError **error);

/*
 * The blob that the file INDEX was, under whatever name, when a commit last changed the file OTHER: what a translation was made from. "" where that is not known
 * (a shallow clone; a file that no commit holds). Thread-safe.
 */
gboolean   rn_history_beside (RnHistory *history, guint index, guint other, char blob[41], GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnHistory, rn_history_free)

#endif
