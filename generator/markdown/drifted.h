/*
 * drifted.h - what of a translation's source changed since the translation was made, passage by passage.
 *
 * The source as it was: the text that `translates:` names; else what the source was when a commit last changed the translation. As it is: the bytes of
 * the tree, committed or not. Where the old text cannot be had, that is said and nothing is made up.
 */
#ifndef RN_MARKDOWN_DRIFTED_H
#define RN_MARKDOWN_DRIFTED_H

#include "markdown/passages.h"
#include "source/history.h"

typedef enum {
	RN_DRIFTED_KNOWN,
	RN_DRIFTED_NO_TEXT,        /* the repository does not hold the text that the translation names */
	RN_DRIFTED_NO_COMMIT,      /* the history does not say what it was made from */
	RN_DRIFTED_UNREADABLE,     /* one of the three texts is damaged */
} RnDriftedState;

typedef struct {
	RnPassageFate fate;                /* never SAME */
	RnPassageKind kind;
	const char   *name;                /* FIELD: its name; else NULL */
	const char   *old_text, *text;     /* "" where there is none */
	guint32       old_line, line, col; /* in the source as it was, and as it is; 0: it is not there */
	guint32       here, here_col;      /* in the translation, where to go on; never 0 */
	gboolean      exact;               /* that is the passage itself, not a heading above it or what stands before it */
} RnDriftedPassage;

typedef struct {
	RnDriftedState state;
	guint total, n;                    /* passages of both versions together, and those that changed */
	const RnDriftedPassage *passages;  /* n, in the order of the source as it is */
} RnDrifted;

typedef struct RnDrifter RnDrifter;    /* a worker's own */

/* history may be NULL. */
RnDrifter       *rn_drifter_new (RnTree *tree, RnHistory *history);
void             rn_drifter_free (RnDrifter *drifter);

/* Of TRANSLATION, a page with a source, whether or not it counts as stale. Valid until the next call. */
const RnDrifted *rn_drifter_read (RnDrifter *drifter, const RnPage *translation);

/*
 * The same of all PAGES (const RnPage), over JOBS cores (0: all); TAKE gets each with its number, from any thread, and keeps what it needs.
 */
typedef void (*RnDriftedTake) (gpointer user, guint index, const RnDrifted *drifted);
void             rn_drifted_all (RnTree *tree, RnHistory *history, const GPtrArray *pages, guint jobs, RnDriftedTake take, gpointer user);

/* What became of PASSAGE and where to go on in the translation, for people, as one sentence: "a paragraph changed; its translation is in line 10". Free it. */
char            *rn_drifted_sentence (const RnDriftedPassage *passage);

/* "a paragraph", "a row of a table", "the field 'title'". Free it. */
char            *rn_drifted_what (const RnDriftedPassage *passage);

/* Why it is not known, for people, as it stands behind a colon; NULL where it is. */
const char      *rn_drifted_reason (RnDriftedState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDrifter, rn_drifter_free)

#endif
