/* query-int.h - a query on its way: words typed, what each may stand for, what FTS5 is asked, how a row is ranked. */
#ifndef RN_SEARCH_QUERY_INT_H
#define RN_SEARCH_QUERY_INT_H

#include "search/database.h"
#include "search/query.h"
#include "search/stem.h"

/* --- lexicon.c: the terms of one language, for what is not among them ---------------------------------------------------------- */

typedef struct { char *form, *term; gunichar *letters; guint n, pages; guint64 mask; } RnKnown;

typedef struct {
	char *code, *table;
	RnRules *rules;
	RnStemmer *stemmer;
	GHashTable *by_term;        /* term -> RnKnown; NULL: not loaded yet */
	RnKnown *all; guint n;
} RnTongue;

void rn_tongue_clear (RnTongue *tongue);

/* What a word may have been meant for: at most RN_GUESSES, the best first; weight below 1. */
#define RN_GUESSES 6
typedef struct { const RnKnown *known; double weight; } RnGuess;

/* Terms near to the N folded LETTERS of a word. */
guint rn_guess_near (const RnTongue *tongue, const gunichar *letters, guint n, RnGuess guesses[RN_GUESSES]);
/* Terms that are written WORD in Latin letters; 0 also where it is not Latin, or the language is. reading: the likeliest in the language's letters, to be freed; NULL: it is no such word. */
guint rn_guess_latin (const RnTongue *tongue, const char *word, gsize len, RnGuess guesses[RN_GUESSES], char **reading);

/* --- query_parse.c -------------------------------------------------------------------------------------------------------------- */

/* A word as it was typed: bytes of the query. clause: words of one phrase share it. */
typedef struct { gsize begin, end; guint clause; gboolean phrase, exclude; } RnTyped;

/* TEXT is valid UTF-8. At most RN_QUERY_WORDS. */
guint rn_query_parse (const RnRules *rules, const char *text, RnTyped words[RN_QUERY_WORDS]);

/* --- the plan: what FTS5 is asked, and what the answer is worth ----------------------------------------------------------------- */

/* A phrase of terms that stands for words FIRST .. FIRST + SPAN - 1 of the query. */
typedef struct { char *terms; double weight; guint first, span; } RnAlternative;

typedef struct {
	RnTongue *tongue;
	RnTyped typed[RN_QUERY_WORDS]; guint n;
	gboolean counts[RN_QUERY_WORDS];    /* the word must be matched; not one that says nothing, or is excluded */
	const char *meant[RN_QUERY_WORDS];  /* the form that stands for a word that there is not; NULL: as typed */
	GArray *alternatives;               /* RnAlternative: the first phrases of the FTS5 query, in this order */
	gboolean titles;                    /* only words that say nothing: titles alone are asked */
	gboolean exact;                     /* each word is in the language as it was typed */
	GString *match;                     /* what FTS5 is asked; empty: nothing */
} RnPlan;

typedef struct { guint group; guint tongue; char *words; } RnSynonym;

struct RnSearch {
	sqlite3 *db;
	RnTongue *tongues; guint n;
	char **codes;
	GArray *synonyms;           /* RnSynonym */
	const RnPlan *plan;         /* of the statement that runs, for the ranking */
};

/* Once, before TONGUE is asked for a plan. */
gboolean rn_lexicon_load (RnSearch *search, RnTongue *tongue, GError **error);

RnPlan  *rn_plan_new (RnSearch *search, RnTongue *tongue, const char *text);
void     rn_plan_free (RnPlan *plan);

/* --- rank.c ---------------------------------------------------------------------------------------------------------------------- */

/* Registers the function rohnamo_rank (table), which goes by the search's plan. */
gboolean rn_rank_register (RnSearch *search, GError **error);

/* --- snippet.c ------------------------------------------------------------------------------------------------------------------- */

/* Around the best place for PLAN's words; never NULL. See RnHit. */
char   **rn_snippet (const RnPlan *plan, const char *text, gsize len);

#endif
