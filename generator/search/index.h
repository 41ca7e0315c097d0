/*
 * index.h - search.db while the press runs over the pages: each worker folds and stems its pages, rows are written in the order of pages.
 *
 * The bytes depend on the library and the documents alone, not on who took which page. README.md describes the database.
 */
#ifndef RN_SEARCH_INDEX_H
#define RN_SEARCH_INDEX_H

#include "base/atomic_tree.h"
#include "markdown/document.h"
#include "model/library.h"

#define RN_SEARCH_FILE "search.db"
#define RN_SEARCH_SCHEMA 1

#define RN_SEARCH_ERROR (rn_search_error_quark ())
GQuark rn_search_error_quark (void);
typedef enum {
	RN_SEARCH_ERROR_MISSING,     /* there is no database */
	RN_SEARCH_ERROR_BROKEN,      /* it is none, is damaged, or of another version */
	RN_SEARCH_ERROR_LANGUAGE,    /* it has not that language */
	RN_SEARCH_ERROR_FAILED,
} RnSearchError;

/* Tells what is wrong in the languages' data and in the synonyms, and makes nothing. */
void       rn_index_check (const RnLibrary *library, RnDiagnostics *sink);

typedef struct RnIndex RnIndex;
typedef struct RnIndexer RnIndexer;    /* a worker's */

/* Begins a database for a frozen LIBRARY. commit: "" or NULL for none. What is wrong in the languages' data and the synonyms is told. */
RnIndex   *rn_index_new (const RnLibrary *library, const char *commit, RnDiagnostics *sink, GError **error);
void       rn_index_free (RnIndex *index);

RnIndexer *rn_indexer_new (RnIndex *index);
/* Its counts go to the index. */
void       rn_indexer_free (RnIndexer *indexer);

/*
 * Page I of the library's, with its body (NULL: it has none). Each page is told once, by take or by pass; rows are written once all
 * before it are told. Thread-safe.
 */
gboolean   rn_indexer_take (RnIndexer *indexer, guint i, const RnDocument *document, GError **error);
/* Page I is not in the index. */
gboolean   rn_indexer_pass (RnIndexer *indexer, guint i, GError **error);

/* When all pages are told and all indexers freed: the database goes to OUT as search.db. */
gboolean   rn_index_finish (RnIndex *index, RnAtomicTree *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnIndex, rn_index_free)

#endif
