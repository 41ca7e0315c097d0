/*
 * endings.c - pairs of form and stem -> the endings that tell them apart.
 *
 * Forms stand sorted from their ends, so that those with a common ending are a range. An ending says what most of its range does, and is needed
 * only where that is not what the shorter ending before it says.
 */
#include "search/endings.h"

#include <string.h>

#define CUT_MOST 35           /* a digit in base 36 */

/* letters: of the folded form, from its end. what: how many letters go, and what comes instead. */
typedef struct { gunichar letters[RN_WORD_LETTERS]; guint n, cut, times; const char *what; } Form;

/* forms: how many it is for; times: their places. */
typedef struct { char *ending; const char *what; guint forms, times; gboolean dropped; } Ending;

typedef struct { const RnRules *rules; RnStemmer *stemmer; GArray *forms, *endings; GStringChunk *texts; } Learner;

static void add_form (gpointer user, const char *text, guint times)
{
	Learner *learner = user;
	gunichar letters[RN_WORD_LETTERS];
	char stem[RN_TERM_MAX];
	Form form = { .n = rn_fold_word (learner->rules, text, strlen (text), letters), .times = times };
	rn_stemmer_folded (learner->stemmer, letters, form.n, stem);
	const char *rest = stem;
	guint shared = 0;
	for (; shared < form.n && *rest && g_utf8_get_char (rest) == letters[shared]; shared++)
		rest = g_utf8_next_char (rest);
	form.cut = form.n - shared;
	if (!form.n || form.cut > CUT_MOST)
		return;
	g_autofree char *what = g_strdup_printf ("%c%s", "0123456789abcdefghijklmnopqrstuvwxyz"[form.cut], rest);
	form.what = g_string_chunk_insert_const (learner->texts, what);
	for (guint i = 0; i < form.n; i++)
		form.letters[i] = letters[form.n - 1 - i];
	g_array_append_val (learner->forms, form);
}

static int from_end (gconstpointer left, gconstpointer right)
{
	const Form *a = left, *b = right;
	for (guint i = 0; i < a->n && i < b->n; i++)
		if (a->letters[i] != b->letters[i])
			return a->letters[i] < b->letters[i] ? -1 : 1;
	return a->n < b->n ? -1 : a->n > b->n;
}

/* Several forms fold to one. */
static void join_equal (GArray *forms)
{
	guint n = 0;
	g_array_sort (forms, from_end);
	for (guint i = 0; i < forms->len; i++) {
		const Form *form = &g_array_index (forms, Form, i);
		if (n && !from_end (&g_array_index (forms, Form, n - 1), form))
			g_array_index (forms, Form, n - 1).times += form->times;
		else
			g_array_index (forms, Form, n++) = *form;
	}
	g_array_set_size (forms, n);
}

static void add_ending (Learner *learner, const Form *form, guint length, gboolean word, const char *what, guint n, guint times)
{
	g_autoptr (GString) ending = g_string_new (word ? "^" : "");
	for (guint i = length; i--;)
		g_string_append_unichar (ending, form->letters[i]);
	g_array_append_vals (learner->endings, &(Ending) { g_strdup (ending->str), what, n, times, FALSE }, 1);
}

/* What most of the N forms do that can be said by an ending of LENGTH letters; SAME where as many do that. */
static const char *most_do (const Form *forms, guint n, guint length, const char *same)
{
	g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
	const char *best = same;
	guint most = 0;
	for (guint i = 0; i < n; i++)
		if (forms[i].cut <= length)
			g_hash_table_insert (counts, (gpointer) forms[i].what, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, forms[i].what)) + 1));
	most = GPOINTER_TO_UINT (g_hash_table_lookup (counts, same));
	for (guint i = 0; i < n; i++) {
		guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, forms[i].what));
		if (count > most || (count == most && best != same && strcmp (forms[i].what, best) < 0))
			best = forms[i].what, most = count;
	}
	return best;
}

/* The N forms share their last LENGTH letters; a shorter ending says SAME of them. */
static void learn (Learner *learner, const Form *forms, guint n, guint length, const char *same)
{
	const Form *whole = forms->n == length ? forms : NULL;
	const char *most = most_do (forms, n, length, same);
	guint others = 0, times = 0;
	/* An ending that is a word too speaks for the word, so that no key stands for two things. */
	if (most != same && whole)
		most = whole->what;
	for (guint i = 0; i < n; i++) {
		others += forms[i].what != most;
		times += forms[i].times;
	}
	if (most != same)
		add_ending (learner, forms, length, FALSE, most, n, times);
	if (!others)
		return;
	if (whole && whole->what != most)
		add_ending (learner, whole, length, TRUE, whole->what, 1, whole->times);
	for (guint i = whole ? 1 : 0, end; i < n; i = end) {
		for (end = i + 1; end < n && forms[end].letters[length] == forms[i].letters[length];)
			end++;
		learn (learner, forms + i, end - i, length + 1, most);
	}
}

static int by_need (gconstpointer left, gconstpointer right)
{
	const Ending *a = *(const Ending *const *) left, *b = *(const Ending *const *) right;
	if (a->forms != b->forms)
		return a->forms < b->forms ? -1 : 1;
	if (a->times != b->times)
		return a->times < b->times ? -1 : 1;
	return strcmp (a->ending, b->ending);
}

/* Those of one form have no longer ones behind them: they can go. */
static void drop_rare (GArray *endings)
{
	g_autoptr (GPtrArray) order = g_ptr_array_new ();
	for (guint i = 0; i < endings->len; i++)
		g_ptr_array_add (order, &g_array_index (endings, Ending, i));
	g_ptr_array_sort (order, by_need);
	for (guint i = 0; i + RN_ENDINGS_MOST < endings->len && ((Ending *) order->pdata[i])->forms == 1; i++)
		((Ending *) order->pdata[i])->dropped = TRUE;
}

static gboolean needs_endings (const RnRules *rules, const char *json)
{
	json_t *data = json_loads (json, 0, NULL);
	gboolean needs = rules->stemmer && strcmp (rules->stemmer, "suffixes") && !json_object_get (data, "steps");
	json_decref (data);
	return needs;
}

json_t *rn_endings_learn (const RnRules *rules, const char *json, RnLexicon *lexicon)
{
	guint n;
	if (!needs_endings (rules, json))
		return NULL;
	/* What the rules do to a stem afterwards is no part of it. */
	RnRules bare = *rules;
	bare.after.n = 0;
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (&bare);
	Learner learner = { rules, stemmer, g_array_new (FALSE, FALSE, sizeof (Form)), g_array_new (FALSE, FALSE, sizeof (Ending)), g_string_chunk_new (4096) };
	const RnLexeme *all = rn_lexicon_all (lexicon, &n);
	for (guint i = 0; i < n; i++)
		rn_lexicon_forms (lexicon, all[i].term, add_form, &learner);
	join_equal (learner.forms);
	if (learner.forms->len)
		learn (&learner, (const Form *) (gpointer) learner.forms->data, learner.forms->len, 0, g_string_chunk_insert_const (learner.texts, "0"));
	drop_rare (learner.endings);
	json_t *map = json_object ();
	for (guint i = 0; i < learner.endings->len; i++) {
		Ending *ending = &g_array_index (learner.endings, Ending, i);
		if (!ending->dropped)
			json_object_set_new (map, ending->ending, json_string (ending->what));
		g_free (ending->ending);
	}
	g_string_chunk_free (learner.texts);
	g_array_unref (learner.endings);
	g_array_unref (learner.forms);
	return map;
}
