/* database.c - SQLite's answers as GErrors. */
#include "search/database.h"

G_DEFINE_QUARK (rn-search-error-quark, rn_search_error)

gboolean rn_database_fault (sqlite3 *db, const char *what, GError **error)
{
	int code = sqlite3_errcode (db);
	gboolean broken = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
	g_set_error (error, RN_SEARCH_ERROR, broken ? RN_SEARCH_ERROR_BROKEN : RN_SEARCH_ERROR_FAILED, "%s: %s", what, sqlite3_errmsg (db));
	return FALSE;
}

gboolean rn_database_run (sqlite3 *db, const char *what, GError **error, const char *sql, ...)
{
	va_list args;
	va_start (args, sql);
	char *text = sqlite3_vmprintf (sql, args);
	va_end (args);
	int result = text ? sqlite3_exec (db, text, NULL, NULL, NULL) : SQLITE_NOMEM;
	sqlite3_free (text);
	return result == SQLITE_OK || rn_database_fault (db, what, error);
}

sqlite3_stmt *rn_database_prepare (sqlite3 *db, const char *what, GError **error, const char *sql, ...)
{
	sqlite3_stmt *statement = NULL;
	va_list args;
	va_start (args, sql);
	char *text = sqlite3_vmprintf (sql, args);
	va_end (args);
	if (!text || sqlite3_prepare_v2 (db, text, -1, &statement, NULL) != SQLITE_OK)
		rn_database_fault (db, what, error);
	sqlite3_free (text);
	return statement;
}

gboolean rn_database_step (sqlite3_stmt *statement, const char *what, GError **error)
{
	int result = sqlite3_step (statement);
	gboolean fine = result == SQLITE_DONE || rn_database_fault (sqlite3_db_handle (statement), what, error);
	sqlite3_reset (statement);
	return fine;
}

char *rn_database_table (const char *code)
{
	char *name = sqlite3_mprintf ("fts_%s", code);
	for (char *p = name; p && *p; p++)
		if (!g_ascii_isalnum (*p))
			*p = '_';
	return name;
}
