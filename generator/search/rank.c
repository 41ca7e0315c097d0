/*
 * rank.c - what a page is worth: BM25 with weights of the columns and more for titles, the best alternative for each word, times the words that are there.
 *
 * FTS5 tells the places of each phrase of its query; the first phrases are the plan's alternatives, in order.
 */
#include "search/query-int.h"
#include "search/rank.h"
#include "search/tokenizer.h"

#include <math.h>

static const double weights[RN_COLUMNS] = RN_RANK_WEIGHTS;

typedef struct { double length, title, *idf; guint n; } Whole;    /* of one statement; lengths on average */

static void whole_free (void *data)
{
	Whole *whole = data;
	g_free (whole->idf);
	g_free (whole);
}

/* Pages that have the commonest of TERMS that says something: a phrase is worth what its words are, not more because few pages have them in a row. */
static guint pages_of (const RnTongue *tongue, const char *terms)
{
	g_auto (GStrv) list = g_strsplit (terms, " ", -1);
	guint pages = 0, all = 0;
	for (guint i = 0; list[i]; i++) {
		const RnKnown *known = g_hash_table_lookup (tongue->by_term, list[i]);
		const guint n = known ? known->pages : 0;
		all = MAX (all, n);
		if (!g_hash_table_contains (tongue->rules->stop, list[i]))
			pages = MAX (pages, n);
	}
	return pages ? pages : all;
}

static Whole *whole_of (const Fts5ExtensionApi *api, Fts5Context *context, const RnPlan *plan)
{
	Whole *whole = api->xGetAuxdata (context, 0);
	sqlite3_int64 rows = 0, tokens = 0, titles = 0;
	if (whole)
		return whole;
	if (api->xRowCount (context, &rows) != SQLITE_OK || api->xColumnTotalSize (context, -1, &tokens) != SQLITE_OK ||
	    api->xColumnTotalSize (context, RN_COLUMN_TITLE, &titles) != SQLITE_OK)
		return NULL;
	whole = g_new0 (Whole, 1);
	whole->n = MIN (plan->alternatives->len, (guint) api->xPhraseCount (context));
	whole->idf = g_new0 (double, whole->n + 1);
	whole->length = rows && tokens ? (double) tokens / (double) rows : 1;
	whole->title = rows && titles ? (double) titles / (double) rows : 1;
	for (guint i = 0; i < whole->n; i++) {
		const guint pages = pages_of (plan->tongue, g_array_index (plan->alternatives, RnAlternative, i).terms);
		whole->idf[i] = log (1 + ((double) (rows - pages) + 0.5) / ((double) pages + 0.5));
	}
	if (api->xSetAuxdata (context, whole, whole_free) != SQLITE_OK)
		return NULL;
	return whole;
}

/* How often phrase I is there, by the weights of the columns. */
static double weighted_count (const Fts5ExtensionApi *api, Fts5Context *context, guint i, gboolean titles, gboolean *in_title)
{
	Fts5PhraseIter places;
	int column, offset;
	double count = 0;
	*in_title = FALSE;
	for (int result = api->xPhraseFirst (context, (int) i, &places, &column, &offset); result == SQLITE_OK && column >= 0;
	     api->xPhraseNext (context, &places, &column, &offset))
		if (!titles || column == RN_COLUMN_TITLE) {
			*in_title |= column == RN_COLUMN_TITLE;
			count += weights[CLAMP (column, 0, RN_COLUMNS - 1)];
		}
	return count;
}

static void rank (const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *out, int n, sqlite3_value **values)
{
	const RnSearch *search = api->xUserData (context);
	const RnPlan *plan = search->plan;
	const Whole *whole = whole_of (api, context, plan);
	double best[RN_QUERY_WORDS] = { 0 }, sum = 0;
	guint wanted = 0, matched = 0;
	int tokens = 0, title = 0;
	(void) n, (void) values;
	if (!whole || api->xColumnSize (context, -1, &tokens) != SQLITE_OK || api->xColumnSize (context, RN_COLUMN_TITLE, &title) != SQLITE_OK) {
		sqlite3_result_error (out, "the index cannot be ranked", -1);
		return;
	}
	for (guint i = 0; i < whole->n; i++) {
		const RnAlternative *alternative = &g_array_index (plan->alternatives, RnAlternative, i);
		gboolean in_title;
		double count = weighted_count (api, context, i, plan->titles, &in_title);
		if (count <= 0)
			continue;
		double often = count * (RN_RANK_K + 1) / (count + RN_RANK_K * (1 - RN_RANK_B + RN_RANK_B * (double) tokens / whole->length));
		double worth = alternative->weight * whole->idf[i] * (often + (in_title ? rn_rank_bonus (title, whole->title) : 0));
		for (guint w = alternative->first; w < alternative->first + alternative->span; w++)
			best[w] = MAX (best[w], worth);
	}
	for (guint w = 0; w < plan->n; w++) {
		if (!plan->counts[w])
			continue;
		wanted++;
		matched += best[w] > 0;
		sum += best[w];
	}
	sqlite3_result_double (out, wanted ? sum * matched / wanted : 0);
}

gboolean rn_rank_register (RnSearch *search, GError **error)
{
	fts5_api *api = rn_fts5_api (search->db);
	if (api && api->xCreateFunction (api, "rohnamo_rank", search, rank, NULL) == SQLITE_OK)
		return TRUE;
	return rn_database_fault (search->db, "opening the search index", error);
}
