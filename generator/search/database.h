/* database.h - statements with their errors told in words. */
#ifndef RN_SEARCH_DATABASE_H
#define RN_SEARCH_DATABASE_H

#include "search/index.h"

#include <sqlite3.h>

/* FALSE with what DB says, after WHAT was being done. */
gboolean      rn_database_fault (sqlite3 *db, const char *what, GError **error);

gboolean      rn_database_run (sqlite3 *db, const char *what, GError **error, const char *sql, ...);   /* sqlite3_mprintf's format */
sqlite3_stmt *rn_database_prepare (sqlite3 *db, const char *what, GError **error, const char *sql, ...);

/* Steps a statement that gives no row, and resets it. */
gboolean      rn_database_step (sqlite3_stmt *statement, const char *what, GError **error);

/* The FTS5 table of a language; free it with sqlite3_free. */
char         *rn_database_table (const char *code);

#endif
