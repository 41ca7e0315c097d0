/*
 * query.h - asks search.db what a reader typed.
 *
 *   words            pages that hold more of them come first; all forms of a word, typed on any keyboard, in Latin letters or with a mistake
 *   "some words"     must stand next to each other in this order, in any of their forms
 *   -word, -"words"  must not occur
 *
 * Nothing else has a meaning: what FTS5 takes for its syntax is words, any bytes are safe, and no query is an error.
 */
#ifndef RN_SEARCH_QUERY_H
#define RN_SEARCH_QUERY_H

#include <glib.h>

#include "search/index.h"

#define RN_QUERY_WORDS 32       /* words beyond are passed over */

typedef struct RnSearch RnSearch;

/* PATH: the file. MISSING, BROKEN: see RnSearchError. */
RnSearch *rn_search_open (const char *path, GError **error);
void      rn_search_free (RnSearch *search);

/* The codes of its languages, in the site's order; NULL-terminated, the search's. */
const char *const *rn_search_languages (const RnSearch *search);

typedef struct {
	const char *language;       /* NULL: all, together */
	const char *type;           /* a type's or a section's name; NULL: all */
	guint  limit;               /* hits at most */
	gint64 now;                 /* seconds: what has expired by then is not found; 0: all that is in the database */
} RnSearchOptions;

/* snippet: pieces of the text, the second, fourth ... are words that were asked for; NULL-terminated. description may be NULL. */
typedef struct { guint id; double score; char *language, *url, *title, *description, *type, *section, **snippet; } RnHit;

typedef struct { const char *language; guint hits; } RnElsewhere;

typedef struct {
	GPtrArray *hits;            /* RnHit, best first */
	char   *meant;              /* the query with its mistakes put right; NULL: nothing was */
	GArray *elsewhere;          /* where the asked language has nothing: RnElsewhere, languages that have something */
} RnResults;

/* NULL: what cannot go on, or LANGUAGE. QUERY may be any bytes. */
RnResults *rn_search_query (RnSearch *search, const char *query, const RnSearchOptions *options, GError **error);
void       rn_results_free (RnResults *results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSearch, rn_search_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnResults, rn_results_free)

#endif
