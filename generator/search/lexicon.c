/*
 * lexicon.c - a word that is not in the index: what was meant.
 *
 * Distance is Damerau-Levenshtein in tenths of an edit, cheaper for keys beside each other, for letters that changed places and for doubled ones.
 * All terms of the language are compared, those that cannot be near passed over by length and by a mask of their letters.
 */
#include "search/query-int.h"

#include <string.h>

#define EDIT 10
#define BEYOND 6          /* letters that a word cut short may lack */
#define SPELLINGS 64      /* ways of reading a word in Latin letters that are tried */

static guint64 mask_of (const gunichar *letters, guint n)
{
	guint64 mask = 0;
	for (guint i = 0; i < n; i++)
		mask |= (guint64) 1 << (letters[i] & 63);
	return mask;
}

static void add_known (GArray *all, const char *term, const char *form, guint pages)
{
	RnKnown known = { .form = g_strdup (form ? form : term), .term = g_utf8_make_valid (term, -1), .pages = pages };
	glong n = 0;
	known.letters = g_utf8_to_ucs4_fast (known.term, -1, &n);
	known.n = (guint) n;
	known.mask = mask_of (known.letters, known.n);
	g_array_append_val (all, known);
}

/* Words that no page has, but that stand for others: a mistake in them is one too. */
static void add_synonyms (const RnSearch *search, const RnTongue *tongue, GArray *all)
{
	g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < all->len; i++)
		g_hash_table_add (known, g_strdup (g_array_index (all, RnKnown, i).term));
	for (guint i = 0; i < search->synonyms->len; i++) {
		const RnSynonym *synonym = &g_array_index (search->synonyms, RnSynonym, i);
		gsize at = 0, begin, end, len = strlen (synonym->words);
		char term[RN_TERM_MAX];
		while (&search->tongues[synonym->tongue] == tongue && rn_words_next (tongue->rules, synonym->words, len, &at, &begin, &end)) {
			if (!rn_stemmer_term (tongue->stemmer, synonym->words + begin, end - begin, term) || !g_hash_table_add (known, g_strdup (term)))
				continue;
			g_autofree char *form = g_utf8_strdown (synonym->words + begin, (gssize) (end - begin));
			add_known (all, term, form, 0);
		}
	}
}

gboolean rn_lexicon_load (RnSearch *search, RnTongue *tongue, GError **error)
{
	static const char doing[] = "reading the words of the search index";
	if (tongue->by_term)
		return TRUE;
	sqlite3_stmt *select = rn_database_prepare (search->db, doing, error, "SELECT term, pages, form FROM lexicon WHERE language = %Q", tongue->code);
	if (!select)
		return FALSE;
	g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (RnKnown));
	int result;
	while ((result = sqlite3_step (select)) == SQLITE_ROW)
		if (sqlite3_column_text (select, 0))
			add_known (all, (const char *) sqlite3_column_text (select, 0), (const char *) sqlite3_column_text (select, 2), (guint) sqlite3_column_int (select, 1));
	add_synonyms (search, tongue, all);
	tongue->n = all->len;
	tongue->all = g_memdup2 (all->data, all->len * sizeof (RnKnown));
	tongue->by_term = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < tongue->n; i++)
		g_hash_table_insert (tongue->by_term, tongue->all[i].term, &tongue->all[i]);
	sqlite3_finalize (select);
	return result == SQLITE_DONE || rn_database_fault (search->db, doing, error);
}

void rn_tongue_clear (RnTongue *tongue)
{
	for (guint i = 0; i < tongue->n; i++) {
		g_free (tongue->all[i].term);
		g_free (tongue->all[i].form);
		g_free (tongue->all[i].letters);
	}
	g_free (tongue->all);
	g_clear_pointer (&tongue->by_term, g_hash_table_unref);
	rn_stemmer_free (tongue->stemmer);
	rn_rules_free (tongue->rules);
	sqlite3_free (tongue->table);
	g_free (tongue->code);
}

/* --- distance ------------------------------------------------------------------------------------------------------------------- */

static gboolean neighbours (const RnRules *rules, gunichar a, gunichar b)
{
	for (gunichar *const *row = rules->keyboard; *row; row++)
		for (const gunichar *p = *row; *p && p[1]; p++)
			if ((p[0] == a && p[1] == b) || (p[0] == b && p[1] == a))
				return TRUE;
	return FALSE;
}

/* In tenths of an edit, or LIMIT + 1. */
static guint distance (const RnRules *rules, const gunichar *a, guint n, const gunichar *b, guint m, guint limit)
{
	guint rows[3][RN_WORD_LETTERS + 1], *before = rows[0], *last = rows[1], *now = rows[2];
	for (guint j = 0; j <= m; j++)
		last[j] = j * EDIT;
	for (guint i = 1; i <= n; i++) {
		guint best = now[0] = i * EDIT;
		for (guint j = 1; j <= m; j++) {
			gboolean same = a[i - 1] == b[j - 1];
			guint change = same ? 0 : EDIT;
			if (!same && last[j - 1] + EDIT <= limit + 4 && neighbours (rules, a[i - 1], b[j - 1]))
				change = EDIT - 3;
			guint drop = i > 1 && a[i - 1] == a[i - 2] ? EDIT - 3 : EDIT, add = j > 1 && b[j - 1] == b[j - 2] ? EDIT - 3 : EDIT;
			guint d = MIN (MIN (last[j] + drop, now[j - 1] + add), last[j - 1] + change);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && !same)
				d = MIN (d, before[j - 2] + EDIT - 2);
			now[j] = d;
			best = MIN (best, d);
		}
		if (best > limit + EDIT)
			return limit + 1;
		guint *spare = before;
		before = last, last = now, now = spare;
	}
	return MIN (last[m], limit + 1);
}

/* Is A, at COST, a better guess than B? */
typedef struct { const RnKnown *known; guint cost; } Near;

static gboolean better (const Near *a, const Near *b)
{
	if (a->cost != b->cost)
		return a->cost < b->cost;
	if (a->known->pages != b->known->pages)
		return a->known->pages > b->known->pages;
	return strcmp (a->known->term, b->known->term) < 0;
}

static guint insert (Near *best, guint found, Near near)
{
	guint at = found;
	while (at && better (&near, &best[at - 1]))
		at--;
	if (at >= RN_GUESSES)
		return found;
	found = MIN (found + 1, RN_GUESSES);
	memmove (best + at + 1, best + at, (found - at - 1) * sizeof *best);
	best[at] = near;
	return found;
}

guint rn_guess_near (const RnTongue *tongue, const gunichar *letters, guint n, RnGuess guesses[RN_GUESSES])
{
	Near best[RN_GUESSES];
	guint found = 0, limit = n < 6 ? EDIT : 2 * EDIT, edits = limit / EDIT + (n >= 6);
	guint64 mask = mask_of (letters, n);
	if (n < 3 || n > RN_WORD_LETTERS)
		return 0;
	for (guint i = 0; i < tongue->n; i++) {
		const RnKnown *known = &tongue->all[i];
		guint apart = known->n > n ? known->n - n : n - known->n;
		/* A word cut short. */
		if (n >= 4 && known->n > n && apart <= BEYOND && !memcmp (known->letters, letters, n * sizeof *letters)) {
			found = insert (best, found, (Near) { known, EDIT + 2 + apart });
			continue;
		}
		if (apart > edits || known->n > RN_WORD_LETTERS || (guint) __builtin_popcountll (mask ^ known->mask) > 2 * edits)
			continue;
		guint cost = distance (tongue->rules, letters, n, known->letters, known->n, limit);
		/* Nobody mistakes the first letter as easily as another. */
		if (cost <= limit && known->n && known->letters[0] != letters[0])
			cost += 4;
		if (cost <= limit)
			found = insert (best, found, (Near) { known, cost });
	}
	for (guint i = 0; i < found; i++) {
		if (best[i].cost > best[0].cost + 5)
			return i;
		guesses[i] = (RnGuess) { best[i].known, (best[i].cost <= EDIT ? 0.9 : 0.7) * (best[i].cost == best[0].cost ? 1 : 0.6) };
	}
	return found;
}

/* --- Latin letters ---------------------------------------------------------------------------------------------------------------- */

typedef struct { gunichar letters[RN_WORD_LETTERS]; guint n; } Reading;

static gboolean is_latin (const char *word, gsize len)
{
	gboolean letter = FALSE;
	for (gsize i = 0; i < len; i++)
		if ((guchar) word[i] >= 0x80)
			return FALSE;
		else
			letter |= g_ascii_isalpha (word[i]);
	return letter;
}

/* Each reading of the word's rest from AT, the longest groups first; what stands for nothing stays. */
static guint read_on (const RnRules *rules, const char *word, gsize at, Reading *reading, Reading *readings, guint found)
{
	gboolean any = FALSE;
	if (found == SPELLINGS)
		return found;
	/* Every way ends here, for no letter is read as two: so it is found in as many steps as there are readings wanted. */
	if (!word[at]) {
		readings[found] = *reading;
		return found + 1;
	}
	for (guint i = 0; i < rules->n_spellings; i++) {
		const RnSpelling *spelling = &rules->spellings[i];
		if (!g_str_has_prefix (word + at, spelling->latin))
			continue;
		any = TRUE;
		for (guint k = 0; k < spelling->n; k++) {
			reading->letters[reading->n++] = spelling->letters[k];
			found = read_on (rules, word, at + strlen (spelling->latin), reading, readings, found);
			reading->n--;
		}
	}
	if (!any) {
		reading->letters[reading->n++] = (guchar) word[at];
		found = read_on (rules, word, at + 1, reading, readings, found);
		reading->n--;
	}
	return found;
}

static guint add_guess (RnGuess *guesses, guint found, const RnKnown *known, double weight)
{
	for (guint i = 0; i < found; i++)
		if (guesses[i].known == known)
			return found;
	if (!known || found == RN_GUESSES)
		return found;
	guesses[found] = (RnGuess) { known, weight };
	return found + 1;
}

guint rn_guess_latin (const RnTongue *tongue, const char *word, gsize len, RnGuess guesses[RN_GUESSES], char **reading_of)
{
	if (!tongue->rules->n_spellings || !is_latin (word, len) || len > RN_WORD_LETTERS)
		return 0;
	g_autofree char *small = g_ascii_strdown (word, (gssize) len);
	g_autofree Reading *readings = g_new (Reading, SPELLINGS);
	Reading reading = { .n = 0 };
	guint n = read_on (tongue->rules, small, 0, &reading, readings, 0), found = 0;
	char term[RN_TERM_MAX];
	if (n)
		*reading_of = g_ucs4_to_utf8 (readings[0].letters, readings[0].n, NULL, NULL, NULL);
	for (guint i = 0; i < n; i++)
		if (rn_stemmer_folded (tongue->stemmer, readings[i].letters, readings[i].n, term))
			found = add_guess (guesses, found, g_hash_table_lookup (tongue->by_term, term), 0.95);
	for (guint i = 0; i < n && !found; i++) {
		RnGuess near[RN_GUESSES];
		gsize bytes = rn_stemmer_folded (tongue->stemmer, readings[i].letters, readings[i].n, term);
		glong letters = 0;
		g_autofree gunichar *stem = g_utf8_to_ucs4_fast (term, (glong) bytes, &letters);
		guint m = rn_guess_near (tongue, stem, (guint) letters, near);
		for (guint k = 0; k < m; k++)
			found = add_guess (guesses, found, near[k].known, near[k].weight);
	}
	return found;
}
