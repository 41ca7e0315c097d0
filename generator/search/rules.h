/*
 * rules.h - how a language's words become the terms of the index, as data: `search:` of layouts/lang/<code>.yaml.
 *
 * Nothing here knows a language. The data goes into search.db as JSON (table `languages`), so that whoever asks the database later, the
 * loadable tokenizer or a script in another language, folds and stems exactly as the build did. Each key may be missing.
 *
 *   fold: {ғ: г, "х,": х}       one to four letters -> none or more; longest first, one pass. A key that ends in a sign that is no letter
 *                                counts between two letters only
 *   marks: drop                 what is left loses its diacritics (Unicode's decomposition without non-spacing marks)
 *   single: и                   letters that count once where they then stand twice
 *   stemmer: NAME               "suffixes", "none" (the default), or one of libstemmer's
 *   suffixes: {3: [хо, ро]}     for "suffixes", folded: the letters that must be left -> what is taken off, longest first, again and again
 *   steps: {regions: [P], rules: [[0, P, "$1", 2]]}    a libstemmer stemmer once more as patterns, for those who have no libstemmer; it is
 *                                not used here, and must do the same. A region begins where the match of its pattern in the folded word ends;
 *                                without a match its rules are passed over. Rules in order: the pattern's match within region 0 is replaced;
 *                                where that changed something, the next 2 rules are passed over
 *   after: {ё: е}               as fold, on the stem
 *   stop: [ва, ба]              words that say nothing by themselves
 *   latin: {x: х}               Latin spellings beside those of `transliterate`
 *   keyboard: [йцукен, фывап]   the rows of the keyboard: neighbours are mistaken for each other
 */
#ifndef RN_SEARCH_RULES_H
#define RN_SEARCH_RULES_H

#include <glib.h>

#define RN_WORD_LETTERS 64      /* a longer word counts with its first letters */
#define RN_FOLD_KEY 4
#define RN_FOLD_TABLE 0x800     /* letters below are looked up, others searched for */

typedef struct { gunichar from[RN_FOLD_KEY], to[RN_FOLD_KEY]; guint8 n, m; } RnFold;

typedef struct { RnFold *folds; guint n; } RnFolds;       /* by first letter, longer keys first */

typedef struct { gunichar *letters; guint n, least; } RnSuffix;

typedef struct { char *latin; gunichar *letters; guint n; } RnSpelling;   /* one Latin group and what it may stand for, a folded letter each */

typedef struct {
	RnFolds fold, after;
	gunichar *single; guint n_single;
	gboolean drop_marks;
	char *stemmer;               /* NULL: none; "suffixes"; a name of libstemmer's */
	RnSuffix *suffixes; guint n_suffixes;    /* longest first */
	GHashTable *stop;            /* set of terms */
	RnSpelling *spellings; guint n_spellings;    /* longest first */
	gunichar **keyboard;         /* rows, each ends with 0; NULL-terminated */
	guint8 kinds[RN_FOLD_TABLE]; /* RN_KIND_* */
} RnRules;

enum { RN_KIND_NONE, RN_KIND_WORD, RN_KIND_JOINS };   /* JOINS: may stand between two letters of a word, see fold */

/* Compiles what rn_rules_json wrote. NULL: it is not that. */
RnRules *rn_rules_new (const char *json);
void     rn_rules_free (RnRules *rules);

/* Is NAME a stemmer of libstemmer's? */
gboolean rn_stemmer_known (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRules, rn_rules_free)

#endif
