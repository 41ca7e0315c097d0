/* diff.h - what became of what, in two sequences and in two texts. Pure: the same in, the same out. */
#ifndef RN_BASE_DIFF_H
#define RN_BASE_DIFF_H

#include <glib.h>

/* From number A on N_A of the old sequence, from B on N_B of the new one: the same on both sides, or what stands in the place of what. */
typedef struct { guint a, n_a, b, n_b; gboolean same; } RnDiffRun;

/*
 * Runs in order that cover both sequences, such as are the same and others in turn. As few numbers as can be are in the others (Myers); where more than
 * RN_DIFF_MOST would have to come or go, all between what both begin and end with is one run. GArray of RnDiffRun; unref it.
 */
#define RN_DIFF_MOST 1000
GArray *rn_diff (const guint32 *a, guint n_a, const guint32 *b, guint n_b);

typedef enum { RN_WORDS_SAME, RN_WORDS_GONE, RN_WORDS_CAME } RnWordsKind;

/* A piece of one of the two texts: borrowed from it, not NUL-terminated, of whole characters with their marks. */
typedef struct { RnWordsKind kind; const char *text; gsize len; } RnWords;

/*
 * How the text BEFORE became AFTER (both valid UTF-8), word by word: those that are SAME or GONE make BEFORE, those that are SAME or CAME make AFTER,
 * each in their order. What went stands before what came in its place. A blank or a short word alone between two changes goes with them, for it would
 * only break them up. GArray of RnWords; unref it.
 */
GArray *rn_diff_words (const char *before, const char *after);

#endif
