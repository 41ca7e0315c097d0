/*
 * tokenizer.h - the words of a language as FTS5 sees them: tokenize='rohnamo <code>'.
 *
 * LANGUAGE_DATA takes any text and the rules of the database's table `languages`: what the loadable extension registers. TERMS takes text
 * that is terms already, a space after each: what the build and the queries of this program register, who fold and stem each word once.
 */
#ifndef RN_SEARCH_TOKENIZER_H
#define RN_SEARCH_TOKENIZER_H

#ifdef RN_EXTENSION
#include <sqlite3ext.h>
#else
#include <sqlite3.h>
#endif

typedef enum { RN_TOKENIZER_LANGUAGE_DATA, RN_TOKENIZER_TERMS } RnTokenizerKind;

/* SQLite's result code; SQLITE_ERROR where there is no FTS5. */
int rn_tokenizer_register (sqlite3 *db, RnTokenizerKind kind);

/* FTS5's own interface; NULL: there is no FTS5. */
#ifndef RN_EXTENSION
fts5_api *rn_fts5_api (sqlite3 *db);
#endif

#endif
