/* tokenizer.c - FTS5's tokenizer interface over fold.h and stem.h; with RN_EXTENSION the loadable extension build/librohnamo-fts5.so. */
#include "search/tokenizer.h"
#include "search/stem.h"

#include <string.h>

#ifdef RN_EXTENSION
SQLITE_EXTENSION_INIT1
#define SCOPE static
SCOPE fts5_api *rn_fts5_api (sqlite3 *db);
#else
#define SCOPE
#endif

typedef struct { sqlite3 *db; RnTokenizerKind kind; } Registered;

typedef struct { RnRules *rules; RnStemmer *stemmer; } Tokenizer;

typedef int (*TakeToken) (void *context, int flags, const char *token, int len, int begin, int end);

/* The rules of language CODE from the first database of the connection that has them. */
static RnRules *read_rules (sqlite3 *db, const char *code)
{
	RnRules *rules = NULL;
	const char *name;
	for (int i = 0; !rules && (name = sqlite3_db_name (db, i)); i++) {
		char *sql = sqlite3_mprintf ("SELECT rules FROM \"%w\".languages WHERE code = ?", name);
		sqlite3_stmt *statement = NULL;
		if (!sqlite3_prepare_v2 (db, sql, -1, &statement, NULL)) {
			sqlite3_bind_text (statement, 1, code, -1, SQLITE_STATIC);
			if (sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_text (statement, 0))
				rules = rn_rules_new ((const char *) sqlite3_column_text (statement, 0));
		}
		sqlite3_finalize (statement);
		sqlite3_free (sql);
	}
	return rules;
}

static void tokenizer_delete (Fts5Tokenizer *fts)
{
	Tokenizer *tokenizer = (Tokenizer *) fts;
	rn_stemmer_free (tokenizer->stemmer);
	rn_rules_free (tokenizer->rules);
	g_free (tokenizer);
}

static int tokenizer_create (void *user, const char **arguments, int n, Fts5Tokenizer **out)
{
	const Registered *registered = user;
	RnRules *rules = NULL;
	if (registered->kind == RN_TOKENIZER_LANGUAGE_DATA && (n != 1 || !(rules = read_rules (registered->db, arguments[0]))))
		return SQLITE_ERROR;
	Tokenizer *tokenizer = g_new0 (Tokenizer, 1);
	tokenizer->rules = rules;
	tokenizer->stemmer = rules ? rn_stemmer_new (rules) : NULL;
	*out = (Fts5Tokenizer *) tokenizer;
	return SQLITE_OK;
}

static int take_terms (void *context, const char *text, int len, TakeToken take)
{
	const char *end = text + len;
	int result = SQLITE_OK;
	for (const char *p = text; p < end && result == SQLITE_OK;) {
		const char *stop = memchr (p, ' ', (gsize) (end - p));
		if (!stop)
			stop = end;
		if (stop > p)
			result = take (context, 0, p, (int) (stop - p), (int) (p - text), (int) (stop - text));
		p = stop + 1;
	}
	return result;
}

static int tokenize (Fts5Tokenizer *fts, void *context, int flags, const char *text, int len, TakeToken take)
{
	Tokenizer *tokenizer = (Tokenizer *) fts;
	gsize at = 0, begin, end;
	char term[RN_TERM_MAX];
	int result = SQLITE_OK;
	(void) flags;
	if (!text || len <= 0)
		return SQLITE_OK;
	if (!tokenizer->rules)
		return take_terms (context, text, len, take);
	while (result == SQLITE_OK && rn_words_next (tokenizer->rules, text, (gsize) len, &at, &begin, &end)) {
		gsize bytes = rn_stemmer_term (tokenizer->stemmer, text + begin, end - begin, term);
		if (bytes)
			result = take (context, 0, term, (int) bytes, (int) begin, (int) end);
	}
	return result;
}

SCOPE fts5_api *rn_fts5_api (sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2 (db, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step (statement);
	}
	sqlite3_finalize (statement);
	return api;
}

int rn_tokenizer_register (sqlite3 *db, RnTokenizerKind kind)
{
	fts5_tokenizer functions = { tokenizer_create, tokenizer_delete, tokenize };
	fts5_api *api = rn_fts5_api (db);
	if (!api)
		return SQLITE_ERROR;
	Registered *registered = g_new (Registered, 1);
	*registered = (Registered) { db, kind };
	return api->xCreateTokenizer (api, "rohnamo", registered, &functions, g_free);
}

#ifdef RN_EXTENSION
__attribute__ ((visibility ("default"))) int sqlite3_extension_init (sqlite3 *db, char **why, const sqlite3_api_routines *routines);

int sqlite3_extension_init (sqlite3 *db, char **why, const sqlite3_api_routines *routines)
{
	SQLITE_EXTENSION_INIT2 (routines);
	int result = rn_tokenizer_register (db, RN_TOKENIZER_LANGUAGE_DATA);
	if (result != SQLITE_OK && why)
		*why = sqlite3_mprintf ("this SQLite has no FTS5");
	return result;
}
#endif
