/* query.c - the database opened, a plan for each language, the rows it gives, their snippets. */
#include "search/query.h"
#include "base/words.h"
#include "search/query-int.h"
#include "search/tokenizer.h"

#include <libdeflate.h>
#include <string.h>

#define TEXT_MOST (64 << 20)    /* bytes of a page's text; a damaged database may name any */

static const char opening[] = "opening the search index", asking[] = "asking the search index";

/* --- opening -------------------------------------------------------------------------------------------------------------------- */

/* A view in a table's place, or a column that is worked out, is a program of whoever made the file, and may go on for ever. */
static gboolean tables_alone (RnSearch *search)
{
	sqlite3_stmt *select = rn_database_prepare (search->db, opening, NULL, "SELECT 1 FROM sqlite_schema s LEFT JOIN "
	                                            "pragma_table_xinfo (iif (s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL%%', s.name, NULL)) x "
	                                            "WHERE s.type IN ('view', 'trigger') OR x.hidden IN (2, 3) LIMIT 1");
	gboolean alone = select && sqlite3_step (select) == SQLITE_DONE;
	sqlite3_finalize (select);
	return alone;
}

static gboolean check_schema (RnSearch *search, const char *path, GError **error)
{
	sqlite3_db_config (search->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_stmt *select = tables_alone (search) ? rn_database_prepare (search->db, opening, NULL, "SELECT value FROM meta WHERE name = 'schema'") : NULL;
	gint schema = select && sqlite3_step (select) == SQLITE_ROW ? sqlite3_column_int (select, 0) : 0;
	sqlite3_finalize (select);
	if (schema == RN_SEARCH_SCHEMA)
		return TRUE;
	if (schema)
		g_set_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_BROKEN, _("'%s' has the schema %d, and this program reads %d: build again"), path, schema, RN_SEARCH_SCHEMA);
	else
		g_set_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_BROKEN, _("'%s' is no search index, or is damaged: build again"), path);
	return FALSE;
}

static gboolean read_languages (RnSearch *search, GError **error)
{
	sqlite3_stmt *select = rn_database_prepare (search->db, opening, error, "SELECT code, fts, rules FROM languages ORDER BY position");
	g_autoptr (GArray) tongues = g_array_new (FALSE, TRUE, sizeof (RnTongue));
	g_autoptr (GPtrArray) codes = g_ptr_array_new ();
	int result = SQLITE_ERROR;
	while (select && (result = sqlite3_step (select)) == SQLITE_ROW) {
		const char *code = (const char *) sqlite3_column_text (select, 0), *fts = (const char *) sqlite3_column_text (select, 1);
		const char *json = (const char *) sqlite3_column_text (select, 2);
		RnRules *rules = code && fts && json ? rn_rules_new (json) : NULL;
		if (!rules)
			continue;
		const RnTongue tongue = { .code = g_strdup (code), .table = sqlite3_mprintf ("%s", fts), .rules = rules, .stemmer = rn_stemmer_new (rules) };
		g_array_append_val (tongues, tongue);
		g_ptr_array_add (codes, tongue.code);
	}
	sqlite3_finalize (select);
	search->n = tongues->len;
	search->tongues = g_memdup2 (tongues->data, tongues->len * sizeof (RnTongue));
	g_ptr_array_add (codes, NULL);
	search->codes = (char **) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
	return select && (result == SQLITE_DONE || rn_database_fault (search->db, opening, error));
}

static gboolean read_synonyms (RnSearch *search, GError **error)
{
	sqlite3_stmt *select = rn_database_prepare (search->db, opening, error, "SELECT grp, language, words FROM synonyms ORDER BY id");
	int result = SQLITE_ERROR;
	while (select && (result = sqlite3_step (select)) == SQLITE_ROW) {
		const char *code = (const char *) sqlite3_column_text (select, 1), *words = (const char *) sqlite3_column_text (select, 2);
		for (guint i = 0; code && words && i < search->n; i++) {
			const RnSynonym synonym = { (guint) sqlite3_column_int (select, 0), i, g_strdup (words) };
			if (!strcmp (search->tongues[i].code, code))
				g_array_append_val (search->synonyms, synonym);
			else
				g_free (synonym.words);
		}
	}
	sqlite3_finalize (select);
	return select && (result == SQLITE_DONE || rn_database_fault (search->db, opening, error));
}

RnSearch *rn_search_open (const char *path, GError **error)
{
	RnSearch *search = g_new0 (RnSearch, 1);
	search->synonyms = g_array_new (FALSE, FALSE, sizeof (RnSynonym));
	if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
		g_set_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_MISSING, _("there is no search index '%s': put search: true into site.yaml and build, or run rohnamo build --only search"), path);
	} else if (sqlite3_open_v2 (path, &search->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
		rn_database_fault (search->db, opening, error);
	} else if (check_schema (search, path, error) && read_languages (search, error) && read_synonyms (search, error)) {
		if (rn_tokenizer_register (search->db, RN_TOKENIZER_TERMS) == SQLITE_OK && rn_rank_register (search, error))
			return search;
		if (error && !*error)
			g_set_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_FAILED, _("%s: this SQLite has no FTS5"), opening);
	}
	rn_search_free (search);
	return NULL;
}

void rn_search_free (RnSearch *search)
{
	if (!search)
		return;
	sqlite3_close (search->db);
	for (guint i = 0; i < search->n; i++)
		rn_tongue_clear (&search->tongues[i]);
	for (guint i = 0; i < search->synonyms->len; i++)
		g_free (g_array_index (search->synonyms, RnSynonym, i).words);
	g_array_unref (search->synonyms);
	g_free (search->codes);
	g_free (search->tongues);
	g_free (search);
}

const char *const *rn_search_languages (const RnSearch *search)
{
	return (const char *const *) search->codes;
}

/* --- hits ------------------------------------------------------------------------------------------------------------------------- */

static void hit_free (gpointer data)
{
	RnHit *hit = data;
	for (guint i = 0; i < 6; i++)
		g_free ((char *[]) { hit->language, hit->url, hit->title, hit->description, hit->type, hit->section }[i]);
	g_strfreev (hit->snippet);
	g_free (hit);
}

void rn_results_free (RnResults *results)
{
	if (!results)
		return;
	g_ptr_array_unref (results->hits);
	g_array_unref (results->elsewhere);
	g_free (results->meant);
	g_free (results);
}

static char *column_text (sqlite3_stmt *select, int column)
{
	const char *text = (const char *) sqlite3_column_text (select, column);
	return text ? g_utf8_make_valid (text, -1) : NULL;
}

static char *or_empty (char *text)
{
	return text ? text : g_strdup ("");
}

#define SHOWN "(?2 = 0 OR p.expires IS NULL OR p.expires > ?2) AND (?3 IS NULL OR p.type = ?3 OR p.section = ?3)"

static gboolean find_hits (RnSearch *search, const RnPlan *plan, const RnSearchOptions *options, GPtrArray *hits, GError **error)
{
	int result = SQLITE_DONE;
	if (!plan->match->len)
		return TRUE;
	const char *table = plan->tongue->table;
	sqlite3_stmt *select = rn_database_prepare (search->db, asking, error, "SELECT p.id, rohnamo_rank(\"%w\") AS score, p.url, p.title, p.description, p.type, p.section "
	                                            "FROM \"%w\" JOIN pages p ON p.id = \"%w\".rowid WHERE \"%w\" MATCH ?1 AND " SHOWN
	                                            " ORDER BY score DESC, p.id LIMIT ?4", table, table, table, table);
	if (!select)
		return FALSE;
	search->plan = plan;
	sqlite3_bind_text (select, 1, plan->match->str, -1, SQLITE_STATIC);
	sqlite3_bind_int64 (select, 2, options->now);
	if (options->type)
		sqlite3_bind_text (select, 3, options->type, -1, SQLITE_STATIC);
	sqlite3_bind_int64 (select, 4, options->limit);
	while ((result = sqlite3_step (select)) == SQLITE_ROW) {
		RnHit *hit = g_new0 (RnHit, 1);
		*hit = (RnHit) { (guint) sqlite3_column_int64 (select, 0), sqlite3_column_double (select, 1), g_strdup (plan->tongue->code), or_empty (column_text (select, 2)),
			or_empty (column_text (select, 3)), column_text (select, 4), or_empty (column_text (select, 5)), or_empty (column_text (select, 6)), NULL };
		g_ptr_array_add (hits, hit);
	}
	gboolean fine = result == SQLITE_DONE || rn_database_fault (search->db, asking, error);
	sqlite3_finalize (select);
	search->plan = NULL;
	return fine;
}

static gboolean count_hits (RnSearch *search, const RnPlan *plan, const RnSearchOptions *options, guint *count, GError **error)
{
	*count = 0;
	if (!plan->match->len)
		return TRUE;
	sqlite3_stmt *select = rn_database_prepare (search->db, asking, error, "SELECT count(*) FROM \"%w\" JOIN pages p ON p.id = \"%w\".rowid WHERE \"%w\" MATCH ?1 AND " SHOWN,
	                                            plan->tongue->table, plan->tongue->table, plan->tongue->table);
	if (!select)
		return FALSE;
	sqlite3_bind_text (select, 1, plan->match->str, -1, SQLITE_STATIC);
	sqlite3_bind_int64 (select, 2, options->now);
	if (options->type)
		sqlite3_bind_text (select, 3, options->type, -1, SQLITE_STATIC);
	gboolean fine = sqlite3_step (select) == SQLITE_ROW || rn_database_fault (search->db, asking, error);
	*count = fine ? (guint) sqlite3_column_int64 (select, 0) : 0;
	sqlite3_finalize (select);
	return fine;
}

/* The page's text; NULL: it has none, or with ERROR it cannot be had. */
static char *read_text (sqlite3_stmt *select, guint id, gsize *len, GError **error)
{
	char *text = NULL;
	sqlite3_bind_int64 (select, 1, id);
	const int result = sqlite3_step (select);
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		rn_database_fault (sqlite3_db_handle (select), asking, error);
	if (result == SQLITE_ROW) {
		sqlite3_int64 size = sqlite3_column_int64 (select, 0);
		const void *packed = sqlite3_column_blob (select, 1);
		struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor ();
		text = size >= 0 && size <= TEXT_MOST ? g_malloc ((gsize) size + 1) : NULL;
		if (text && packed && !libdeflate_zlib_decompress (decompressor, packed, (gsize) sqlite3_column_bytes (select, 1), text, (gsize) size, NULL))
			text[*len = (gsize) size] = '\0';
		else
			g_clear_pointer (&text, g_free);
		libdeflate_free_decompressor (decompressor);
	}
	sqlite3_reset (select);
	return text;
}

static gboolean add_snippets (RnSearch *search, RnPlan **plans, GPtrArray *hits, GError **error)
{
	sqlite3_stmt *select = rn_database_prepare (search->db, asking, error, "SELECT size, text FROM texts WHERE id = ?");
	g_autoptr (GError) why = NULL;
	for (guint i = 0; select && !why && i < hits->len; i++) {
		RnHit *hit = hits->pdata[i];
		gsize len = 0;
		g_autofree char *text = read_text (select, hit->id, &len, &why);
		for (guint t = 0; t < search->n; t++)
			if (plans[t] && !strcmp (search->tongues[t].code, hit->language))
				hit->snippet = rn_snippet (plans[t], text ? text : "", text ? len : 0);
		/* A page without a text of its own is described. */
		if (hit->snippet && !hit->snippet[1] && hit->description) {
			g_strfreev (hit->snippet);
			hit->snippet = g_strdupv ((char *[]) { hit->description, NULL });
		}
	}
	sqlite3_finalize (select);
	if (!why)
		return select != NULL;
	g_propagate_error (error, g_steal_pointer (&why));
	return FALSE;
}

/* --- a query ---------------------------------------------------------------------------------------------------------------------- */

/* TEXT with the words that were meant in the place of those that are not there; NULL: all are. */
static char *meant_text (const RnPlan *plan, const char *text)
{
	g_autoptr (GString) out = g_string_new (NULL);
	gsize at = 0;
	gboolean any = FALSE;
	for (guint i = 0; i < plan->n; i++) {
		if (!plan->meant[i])
			continue;
		g_string_append_len (out, text + at, (gssize) (plan->typed[i].begin - at));
		g_string_append (out, plan->meant[i]);
		at = plan->typed[i].end;
		any = TRUE;
	}
	g_string_append (out, text + at);
	return any ? g_strdup (out->str) : NULL;
}

static int by_score (gconstpointer left, gconstpointer right)
{
	const RnHit *a = *(RnHit *const *) left, *b = *(RnHit *const *) right;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* Where a language has the words as they were typed, what others make of them is not shown. */
static void keep_exact (RnSearch *search, RnPlan **plans, const guint *found)
{
	gboolean exact = FALSE;
	for (guint i = 0; i < search->n; i++)
		exact |= plans[i] && plans[i]->exact && found[i];
	for (guint i = 0; exact && i < search->n; i++)
		if (plans[i] && !plans[i]->exact)
			g_clear_pointer (&plans[i], rn_plan_free);
}

static gboolean ask (RnSearch *search, RnPlan **plans, const char *text, const RnSearchOptions *options, RnResults *results, GError **error)
{
	g_autofree guint *found = g_new0 (guint, search->n + 1);
	for (guint i = 0; i < search->n; i++) {
		if (!rn_lexicon_load (search, &search->tongues[i], error))
			return FALSE;
		plans[i] = rn_plan_new (search, &search->tongues[i], text);
		/* One language alone is asked at once; another is only of interest where it has nothing. */
		if (options->language ? strcmp (search->tongues[i].code, options->language) != 0 : search->n < 2)
			continue;
		if (!count_hits (search, plans[i], options, &found[i], error))
			return FALSE;
	}
	if (!options->language)
		keep_exact (search, plans, found);
	guint most = 0;
	for (guint i = 0; i < search->n; i++) {
		gboolean asked = !options->language || !strcmp (search->tongues[i].code, options->language);
		if (!plans[i] || !asked)
			continue;
		if (!find_hits (search, plans[i], options, results->hits, error))
			return FALSE;
		if (!results->meant || found[i] > most) {
			g_free (results->meant);
			results->meant = meant_text (plans[i], text);
			most = found[i];
		}
	}
	g_ptr_array_sort (results->hits, by_score);
	g_ptr_array_set_size (results->hits, (gint) MIN (results->hits->len, options->limit));
	for (guint i = 0; i < search->n && options->language && !results->hits->len; i++) {
		RnElsewhere elsewhere = { search->codes[i], 0 };
		if (!strcmp (search->codes[i], options->language) || !count_hits (search, plans[i], options, &elsewhere.hits, error))
			continue;
		if (elsewhere.hits)
			g_array_append_val (results->elsewhere, elsewhere);
	}
	return add_snippets (search, plans, results->hits, error);
}

RnResults *rn_search_query (RnSearch *search, const char *query, const RnSearchOptions *options, GError **error)
{
	g_autofree char *text = g_utf8_make_valid (query, -1);
	if (options->language && !g_strv_contains (rn_search_languages (search), options->language)) {
		g_autofree char *codes = g_strjoinv (", ", search->codes);
		g_set_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_LANGUAGE, _("there is no language '%s' in the search index; it has %s"), options->language, codes);
		return NULL;
	}
	RnResults *results = g_new0 (RnResults, 1);
	results->hits = g_ptr_array_new_with_free_func (hit_free);
	results->elsewhere = g_array_new (FALSE, FALSE, sizeof (RnElsewhere));
	RnPlan **plans = g_new0 (RnPlan *, search->n + 1);
	gboolean fine = ask (search, plans, text, options, results, error);
	for (guint i = 0; i < search->n; i++)
		rn_plan_free (plans[i]);
	g_free (plans);
	if (!fine)
		g_clear_pointer (&results, rn_results_free);
	return results;
}
