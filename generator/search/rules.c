/* rules.c - the JSON of a language's rules -> tables by letter. Also part of the loadable extension: no other room is known here. */
#include "search/rules.h"
#include "search/stem.h"

#include <jansson.h>
#include <string.h>

static guint letters_of (const char *text, gunichar *out, guint most)
{
	guint n = 0;
	for (const char *p = text; *p && n < most; p = g_utf8_next_char (p))
		out[n++] = g_utf8_get_char (p);
	return n;
}

static int by_key (gconstpointer left, gconstpointer right)
{
	const RnFold *a = left, *b = right;
	if (a->from[0] != b->from[0])
		return a->from[0] < b->from[0] ? -1 : 1;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return memcmp (a->from, b->from, sizeof a->from);
}

static void read_folds (const json_t *map, RnFolds *folds)
{
	const char *key;
	json_t *value;
	folds->folds = g_new0 (RnFold, json_object_size (map) + 1);
	json_object_foreach ((json_t *) map, key, value) {
		RnFold *fold = &folds->folds[folds->n];
		fold->n = (guint8) letters_of (key, fold->from, RN_FOLD_KEY);
		fold->m = (guint8) letters_of (json_is_string (value) ? json_string_value (value) : "", fold->to, RN_FOLD_KEY);
		folds->n += fold->n > 0;
	}
	qsort (folds->folds, folds->n, sizeof *folds->folds, by_key);
}

static int by_length (gconstpointer left, gconstpointer right)
{
	const RnSuffix *a = left, *b = right;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return memcmp (a->letters, b->letters, a->n * sizeof *a->letters);
}

static gunichar *copy_letters (const char *text, guint *n)
{
	glong len = 0;
	gunichar *letters = g_utf8_to_ucs4_fast (text, -1, &len);
	if (n)
		*n = (guint) len;
	return letters;
}

static void read_suffixes (const json_t *map, RnRules *rules)
{
	g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (RnSuffix));
	const char *least;
	json_t *list;
	json_object_foreach ((json_t *) map, least, list) {
		for (gsize i = 0; i < json_array_size (list); i++) {
			const char *text = json_string_value (json_array_get (list, i));
			RnSuffix suffix = { .least = (guint) g_ascii_strtoull (least, NULL, 10) };
			if (!text || !*text)
				continue;
			suffix.letters = copy_letters (text, &suffix.n);
			g_array_append_val (all, suffix);
		}
	}
	g_array_sort (all, by_length);
	rules->n_suffixes = all->len;
	rules->suffixes = g_memdup2 (all->data, all->len * sizeof (RnSuffix));
}

static int by_spelling (gconstpointer left, gconstpointer right)
{
	const RnSpelling *a = left, *b = right;
	gsize n = strlen (a->latin), m = strlen (b->latin);
	return n != m ? (n > m ? -1 : 1) : strcmp (a->latin, b->latin);
}

/* Letters that fold to the same one are one choice. */
static void read_spellings (const json_t *map, RnRules *rules)
{
	const char *latin;
	json_t *list;
	rules->spellings = g_new0 (RnSpelling, json_object_size (map) + 1);
	json_object_foreach ((json_t *) map, latin, list) {
		RnSpelling *spelling = &rules->spellings[rules->n_spellings++];
		spelling->latin = g_strdup (latin);
		spelling->letters = g_new0 (gunichar, json_array_size (list) + 1);
		for (gsize i = 0; i < json_array_size (list); i++) {
			const char *letter = json_string_value (json_array_get (list, i));
			gunichar folded[RN_WORD_LETTERS];
			if (!letter || rn_fold_letters (rules, g_utf8_get_char (letter), folded) != 1)
				continue;
			guint k = 0;
			while (k < spelling->n && spelling->letters[k] != folded[0])
				k++;
			spelling->letters[k] = folded[0];
			spelling->n = MAX (spelling->n, k + 1);
		}
	}
	qsort (rules->spellings, rules->n_spellings, sizeof *rules->spellings, by_spelling);
}

static void read_keyboard (const json_t *list, RnRules *rules)
{
	gsize n = json_array_size (list);
	rules->keyboard = g_new0 (gunichar *, n + 1);
	for (gsize i = 0; i < n; i++) {
		const char *row = json_string_value (json_array_get (list, i));
		rules->keyboard[i] = copy_letters (row ? row : "", NULL);
	}
}

static void read_kinds (RnRules *rules)
{
	for (gunichar c = 1; c < RN_FOLD_TABLE; c++)
		rules->kinds[c] = g_unichar_isalnum (c) || g_unichar_ismark (c) ? RN_KIND_WORD : RN_KIND_NONE;
	for (guint i = 0; i < rules->fold.n; i++) {
		gunichar last = rules->fold.folds[i].n ? rules->fold.folds[i].from[rules->fold.folds[i].n - 1] : 0;
		if (last < RN_FOLD_TABLE && rules->kinds[last] == RN_KIND_NONE)
			rules->kinds[last] = RN_KIND_JOINS;
	}
}

/* The stop words as terms; last, for they are folded and stemmed by all the rest. */
static void read_stop (const json_t *list, RnRules *rules)
{
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (rules);
	rules->stop = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (gsize i = 0; i < json_array_size (list); i++) {
		const char *word = json_string_value (json_array_get (list, i));
		char term[RN_TERM_MAX];
		if (word && rn_stemmer_term (stemmer, word, strlen (word), term))
			g_hash_table_add (rules->stop, g_strdup (term));
	}
}

RnRules *rn_rules_new (const char *json)
{
	json_t *data = json_loads (json, 0, NULL);
	if (!json_is_object (data)) {
		json_decref (data);
		return NULL;
	}
	RnRules *rules = g_new0 (RnRules, 1);
	const char *stemmer = json_string_value (json_object_get (data, "stemmer")), *single = json_string_value (json_object_get (data, "single"));
	read_folds (json_object_get (data, "fold"), &rules->fold);
	read_folds (json_object_get (data, "after"), &rules->after);
	rules->single = copy_letters (single ? single : "", &rules->n_single);
	rules->drop_marks = json_is_true (json_object_get (data, "drop_marks"));
	rules->stemmer = stemmer && strcmp (stemmer, "none") ? g_strdup (stemmer) : NULL;
	read_suffixes (json_object_get (data, "suffixes"), rules);
	read_kinds (rules);
	read_spellings (json_object_get (data, "latin"), rules);
	read_keyboard (json_object_get (data, "keyboard"), rules);
	read_stop (json_object_get (data, "stop"), rules);
	json_decref (data);
	return rules;
}

void rn_rules_free (RnRules *rules)
{
	if (!rules)
		return;
	for (guint i = 0; i < rules->n_suffixes; i++)
		g_free (rules->suffixes[i].letters);
	for (guint i = 0; i < rules->n_spellings; i++) {
		g_free (rules->spellings[i].latin);
		g_free (rules->spellings[i].letters);
	}
	for (guint i = 0; rules->keyboard[i]; i++)
		g_free (rules->keyboard[i]);
	g_free (rules->keyboard);
	g_free (rules->spellings);
	g_free (rules->suffixes);
	g_free (rules->single);
	g_free (rules->stemmer);
	g_free (rules->fold.folds);
	g_free (rules->after.folds);
	g_hash_table_unref (rules->stop);
	g_free (rules);
}
