/*
 * shards_synonyms.c - synonyms as a reader of one language can use them: terms by its rules alone -> terms that its pages have.
 *
 * A word of another language is typed in any of its forms, and a reader does not know that language's rules: each form that the site has is a key.
 */
#include "search/shards-int.h"

#include <string.h>

#define WORDS 8          /* of a synonym; a longer one is passed over */
#define MOST_KEYS 64     /* ways of typing a synonym */

/* keys: for each word of a synonym what may be typed for it, as terms, what is written first. */
typedef struct {
	RnShard *shard;
	RnStemmer *stemmer;
	const RnRules *own;            /* of the language of the synonym that is read */
	GHashTable *terms;             /* text -> RnTerm's place + 1 */
	GPtrArray *keys[WORDS]; guint n;
} Keys;

static void add_term (const Keys *keys, const char *word)
{
	char term[RN_TERM_MAX];
	if (rn_stemmer_term (keys->stemmer, word, strlen (word), term) && !g_ptr_array_find_with_equal_func (keys->keys[keys->n], term, g_str_equal, NULL))
		g_ptr_array_add (keys->keys[keys->n], g_strdup (term));
}

/* As it is written, and as who lacks that language's letters types it. */
static void add_key (gpointer user, const char *form, guint times)
{
	const Keys *keys = user;
	gunichar letters[RN_WORD_LETTERS];
	guint n = rn_fold_word (keys->own, form, strlen (form), letters);
	g_autofree char *folded = g_ucs4_to_utf8 (letters, n, NULL, NULL, NULL);
	(void) times;
	add_term (keys, form);
	if (folded)
		add_term (keys, folded);
}

static int by_text (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What is written stays in front, for it alone may be left. */
static void sort_forms (GPtrArray *forms)
{
	if (forms->len > 2)
		qsort (forms->pdata + 1, forms->len - 1, sizeof (gpointer), by_text);
}

static gboolean read_keys (Keys *keys, const RnShardSynonym *synonym)
{
	const RnShardTongue *tongue = &keys->shard->of->tongues[synonym->tongue];
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (tongue->rules);
	gsize at = 0, begin, end, len = strlen (synonym->words);
	char term[RN_TERM_MAX];
	guint ways = 1;
	keys->n = 0;
	keys->own = tongue->rules;
	while (rn_words_next (tongue->rules, synonym->words, len, &at, &begin, &end)) {
		g_autofree char *word = g_strndup (synonym->words + begin, end - begin);
		if (!rn_stemmer_term (stemmer, word, end - begin, term))
			continue;
		if (keys->n == WORDS)
			return FALSE;
		GPtrArray *forms = keys->keys[keys->n];
		g_ptr_array_set_size (forms, 0);
		add_key (keys, word, 0);
		if (tongue != keys->shard->tongue)
			rn_lexicon_forms (tongue->lexicon, term, add_key, keys);
		sort_forms (forms);
		if (ways * forms->len > MOST_KEYS)
			g_ptr_array_set_size (forms, 1);
		ways *= forms->len;
		keys->n += forms->len > 0;
	}
	return keys->n > 0;
}

/* The terms of a synonym in the shard's language, joined by spaces; NULL: a page has not all of them. */
static char *terms_there (const Keys *keys, const char *words)
{
	const RnRules *rules = keys->shard->tongue->rules;
	g_autoptr (GString) terms = g_string_new (NULL);
	gsize at = 0, begin, end, len = strlen (words);
	char term[RN_TERM_MAX];
	while (rn_words_next (rules, words, len, &at, &begin, &end)) {
		if (!rn_stemmer_term (keys->stemmer, words + begin, end - begin, term))
			continue;
		guint place = GPOINTER_TO_UINT (g_hash_table_lookup (keys->terms, term));
		if (!place || !g_array_index (keys->shard->terms, RnTerm, place - 1).pages)
			return NULL;
		g_string_append_printf (terms, "%s%s", terms->len ? " " : "", term);
	}
	return terms->len ? g_strdup (terms->str) : NULL;
}

static RnTerm *term_of (Keys *keys, const char *text)
{
	GArray *terms = keys->shard->terms;
	guint place = GPOINTER_TO_UINT (g_hash_table_lookup (keys->terms, text));
	if (!place) {
		const RnTerm term = { .word = rn_units_of (keys->shard->arena, text), .text = rn_arena_strndup (keys->shard->arena, text, -1) };
		g_array_append_val (terms, term);
		g_hash_table_insert (keys->terms, (gpointer) term.text, GUINT_TO_POINTER (place = terms->len));
	}
	return &g_array_index (terms, RnTerm, place - 1);
}

static void stand_in_free (gpointer data)
{
	RnStandIn *in = data;
	g_ptr_array_unref (in->alternatives);
	g_free (in->following);
	g_free (in);
}

static RnStandIn *stand_in_of (RnTerm *term, const char *following)
{
	if (!term->synonyms)
		term->synonyms = g_ptr_array_new_with_free_func (stand_in_free);
	for (guint i = 0; i < term->synonyms->len; i++)
		if (!strcmp (((RnStandIn *) term->synonyms->pdata[i])->following, following))
			return term->synonyms->pdata[i];
	RnStandIn *in = g_new (RnStandIn, 1);
	*in = (RnStandIn) { g_strdup (following), g_ptr_array_new_with_free_func (g_free) };
	g_ptr_array_add (term->synonyms, in);
	return in;
}

/* Who types the synonym in way WAY gets the ALTERNATIVES. */
static void add_way (Keys *keys, guint way, const GPtrArray *alternatives)
{
	g_autoptr (GString) following = g_string_new (NULL), all = NULL;
	const char *first = keys->keys[0]->pdata[way % keys->keys[0]->len];
	way /= keys->keys[0]->len;
	for (guint i = 1; i < keys->n; i++) {
		g_string_append_printf (following, "%s%s", i > 1 ? " " : "", (char *) keys->keys[i]->pdata[way % keys->keys[i]->len]);
		way /= keys->keys[i]->len;
	}
	all = g_string_new (first);
	g_string_append_printf (all, "%s%s", following->len ? " " : "", following->str);
	for (guint i = 0; i < alternatives->len; i++) {
		if (!strcmp (alternatives->pdata[i], all->str))
			continue;
		RnStandIn *in = stand_in_of (term_of (keys, first), following->str);
		if (!g_ptr_array_find_with_equal_func (in->alternatives, alternatives->pdata[i], g_str_equal, NULL))
			g_ptr_array_add (in->alternatives, g_strdup (alternatives->pdata[i]));
	}
}

static void add_synonym (Keys *keys, const RnShardSynonym *synonym)
{
	const RnShardsOf *of = keys->shard->of;
	g_autoptr (GPtrArray) alternatives = g_ptr_array_new_with_free_func (g_free);
	guint ways = 1;
	for (guint i = 0; i < of->n_synonyms; i++) {
		const RnShardSynonym *other = &of->synonyms[i];
		char *terms = other->group == synonym->group && &of->tongues[other->tongue] == keys->shard->tongue ? terms_there (keys, other->words) : NULL;
		if (terms)
			g_ptr_array_add (alternatives, terms);
	}
	if (!alternatives->len || !read_keys (keys, synonym))
		return;
	for (guint i = 0; i < keys->n; i++)
		ways *= keys->keys[i]->len;
	for (guint way = 0; way < ways; way++)
		add_way (keys, way, alternatives);
}

static int by_following (gconstpointer left, gconstpointer right)
{
	return strcmp ((*(RnStandIn *const *) left)->following, (*(RnStandIn *const *) right)->following);
}

void rn_shard_synonyms (RnShard *shard)
{
	Keys keys = { .shard = shard, .stemmer = rn_stemmer_new (shard->tongue->rules), .terms = g_hash_table_new (g_str_hash, g_str_equal) };
	for (guint i = 0; i < WORDS; i++)
		keys.keys[i] = g_ptr_array_new_with_free_func (g_free);
	for (guint i = 0; i < shard->terms->len; i++)
		g_hash_table_insert (keys.terms, (gpointer) g_array_index (shard->terms, RnTerm, i).text, GUINT_TO_POINTER (i + 1));
	for (guint i = 0; i < shard->of->n_synonyms; i++)
		add_synonym (&keys, &shard->of->synonyms[i]);
	for (guint i = 0; i < shard->terms->len; i++) {
		GPtrArray *synonyms = g_array_index (shard->terms, RnTerm, i).synonyms;
		if (synonyms)
			g_ptr_array_sort (synonyms, by_following);
		for (guint k = 0; synonyms && k < synonyms->len; k++)
			g_ptr_array_sort (((RnStandIn *) synonyms->pdata[k])->alternatives, by_text);
	}
	for (guint i = 0; i < WORDS; i++)
		g_ptr_array_unref (keys.keys[i]);
	g_hash_table_unref (keys.terms);
	rn_stemmer_free (keys.stemmer);
}
