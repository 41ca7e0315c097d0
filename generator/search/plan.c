/* plan.c - words typed -> alternatives for each: the term itself, what was meant, what means the same -> what FTS5 is asked. */
#include "search/query-int.h"

#include <string.h>

/* readings: a word as it was typed, as it was meant, and out of Latin letters; NULL: no such. */
enum { TYPED, MEANT, LATIN, READINGS };

typedef struct {
	const RnSearch *search;
	RnPlan *plan;
	const char *text;
	char terms[RN_QUERY_WORDS][RN_TERM_MAX];
	char *readings[RN_QUERY_WORDS][READINGS];
} Planner;

static void add_alternative (RnPlan *plan, const char *terms, double weight, guint first, guint span)
{
	for (guint i = 0; i < plan->alternatives->len; i++) {
		const RnAlternative *known = &g_array_index (plan->alternatives, RnAlternative, i);
		if (known->first == first && known->span == span && !strcmp (known->terms, terms))
			return;
	}
	const RnAlternative alternative = { g_strdup (terms), weight, first, span };
	g_array_append_val (plan->alternatives, alternative);
}

/* Is the term on any page, not only among words that stand for others? */
static gboolean is_there (const RnPlan *plan, const char *term)
{
	const RnKnown *known = g_hash_table_lookup (plan->tongue->by_term, term);
	return known && known->pages;
}

/* Does another word stand for word I already? */
static gboolean is_planned (const RnPlan *plan, guint i)
{
	for (guint k = 0; k < plan->alternatives->len; k++) {
		const RnAlternative *known = &g_array_index (plan->alternatives, RnAlternative, k);
		if (known->first <= i && i < known->first + known->span && (strchr (known->terms, ' ') || is_there (plan, known->terms)))
			return TRUE;
	}
	return FALSE;
}

/* A word that is there, or what it may have been meant for. */
static void plan_word (Planner *planner, guint i)
{
	RnPlan *plan = planner->plan;
	const char *word = planner->readings[i][TYPED], *term = planner->terms[i];
	RnGuess guesses[RN_GUESSES];
	if (is_there (plan, term)) {
		add_alternative (plan, term, 1, i, 1);
		return;
	}
	if (is_planned (plan, i))
		return;
	plan->exact = FALSE;
	guint n = rn_guess_latin (plan->tongue, word, strlen (word), guesses, &planner->readings[i][LATIN]);
	if (!n) {
		glong letters = 0;
		g_autofree gunichar *stem = g_utf8_to_ucs4_fast (term, -1, &letters);
		n = rn_guess_near (plan->tongue, stem, (guint) letters, guesses);
	}
	/* A small word, once it is read: it says as little as if it had been typed well. */
	if (n && !plan->titles && g_hash_table_contains (plan->tongue->rules->stop, guesses[0].known->term)) {
		plan->counts[i] = FALSE;
		n = 0;
	}
	for (guint k = 0; k < n; k++)
		add_alternative (plan, guesses[k].known->term, guesses[k].weight, i, 1);
	if (n) {
		plan->meant[i] = guesses[0].known->form;
		planner->readings[i][MEANT] = g_strdup (guesses[0].known->form);
	}
}

/* A phrase is one alternative for all its words. */
static void plan_phrase (Planner *planner, guint first, guint span)
{
	g_autoptr (GString) terms = g_string_new (NULL);
	for (guint i = first; i < first + span; i++)
		g_string_append_printf (terms, "%s%s", i > first ? " " : "", planner->terms[i]);
	add_alternative (planner->plan, terms->str, 1, first, span);
}

/* --- synonyms ------------------------------------------------------------------------------------------------------------------- */

/* The terms of WORDS in TONGUE, at most RN_QUERY_WORDS, joined by spaces. */
static guint terms_of (const RnTongue *tongue, const char *words, GString *out)
{
	gsize at = 0, begin, end, len = strlen (words);
	char term[RN_TERM_MAX];
	guint n = 0;
	while (n < RN_QUERY_WORDS && rn_words_next (tongue->rules, words, len, &at, &begin, &end))
		if (rn_stemmer_term (tongue->stemmer, words + begin, end - begin, term)) {
			g_string_append_printf (out, "%s%s", n ? " " : "", term);
			n++;
		}
	return n;
}

static void add_group (Planner *planner, const RnSynonym *found, guint first, guint span)
{
	const RnSearch *search = planner->search;
	for (guint i = 0; i < search->synonyms->len; i++) {
		const RnSynonym *other = &g_array_index (search->synonyms, RnSynonym, i);
		g_autoptr (GString) terms = g_string_new (NULL);
		if (other->group == found->group && &search->tongues[other->tongue] == planner->plan->tongue && terms_of (planner->plan->tongue, other->words, terms))
			add_alternative (planner->plan, terms->str, 0.8, first, span);
	}
}

/* Is word I, in any of its readings, WANTED by the rules of TONGUE? */
static gboolean is_word (const Planner *planner, const RnTongue *tongue, guint i, const char *wanted)
{
	char term[RN_TERM_MAX];
	const RnTyped *typed = &planner->plan->typed[i];
	for (guint r = 0; r < READINGS && !typed->exclude && !typed->phrase; r++) {
		const char *word = planner->readings[i][r];
		if (word && rn_stemmer_term (tongue->stemmer, word, strlen (word), term) && !strcmp (term, wanted))
			return TRUE;
	}
	return FALSE;
}

/* Does the query hold the synonym's words, one after another, by the rules of the synonym's language? */
static void find_synonym (Planner *planner, const RnSynonym *synonym)
{
	const RnTongue *tongue = &planner->search->tongues[synonym->tongue];
	g_autoptr (GString) wanted = g_string_new (NULL);
	guint n = terms_of (tongue, synonym->words, wanted);
	g_auto (GStrv) terms = g_strsplit (wanted->str, " ", -1);
	for (guint first = 0; n && first + n <= planner->plan->n; first++) {
		guint i = 0;
		while (i < n && is_word (planner, tongue, first + i, terms[i]))
			i++;
		if (i == n)
			add_group (planner, synonym, first, n);
	}
}

static void find_synonyms (Planner *planner)
{
	for (guint i = 0; i < planner->search->synonyms->len; i++)
		find_synonym (planner, &g_array_index (planner->search->synonyms, RnSynonym, i));
}

/* --- what FTS5 is asked ----------------------------------------------------------------------------------------------------------- */

/* Terms are letters, digits and marks: nothing in them needs escaping; a sign that a language lets into words might. */
static void append_quoted (GString *out, const char *terms)
{
	g_string_append_c (out, '"');
	for (const char *p = terms; *p; p++)
		g_string_append_len (out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
	g_string_append_c (out, '"');
}

static void append_clauses (Planner *planner, gboolean exclude, const char *before)
{
	const RnPlan *plan = planner->plan;
	for (guint i = 0, end; i < plan->n; i = end) {
		g_autoptr (GString) terms = g_string_new (NULL);
		for (end = i; end < plan->n && plan->typed[end].clause == plan->typed[i].clause; end++)
			g_string_append_printf (terms, "%s%s", terms->len ? " " : "", planner->terms[end]);
		if (plan->typed[i].exclude != exclude || (!exclude && !plan->typed[i].phrase))
			continue;
		g_string_append (plan->match, before);
		append_quoted (plan->match, terms->str);
	}
}

static void write_match (Planner *planner)
{
	RnPlan *plan = planner->plan;
	if (!plan->alternatives->len)
		return;
	g_string_append (plan->match, plan->titles ? "(({title} : (" : "((");
	for (guint i = 0; i < plan->alternatives->len; i++) {
		g_string_append (plan->match, i ? " OR " : "");
		append_quoted (plan->match, g_array_index (plan->alternatives, RnAlternative, i).terms);
	}
	g_string_append (plan->match, plan->titles ? "))" : ")");
	append_clauses (planner, FALSE, " AND ");
	g_string_append_c (plan->match, ')');
	append_clauses (planner, TRUE, " NOT ");
}

/* Words without a term are dropped: a lone sign that the language does not count. */
static void take_words (Planner *planner)
{
	RnPlan *plan = planner->plan;
	guint n = rn_query_parse (plan->tongue->rules, planner->text, plan->typed);
	for (guint i = 0; i < n; i++) {
		const RnTyped typed = plan->typed[i];
		if (rn_stemmer_term (plan->tongue->stemmer, planner->text + typed.begin, typed.end - typed.begin, planner->terms[plan->n])) {
			planner->readings[plan->n][TYPED] = g_strndup (planner->text + typed.begin, typed.end - typed.begin);
			plan->typed[plan->n++] = typed;
		}
	}
}

/* Which words a page must have: those that say something; where none does, all, in its title. */
static void count_words (Planner *planner)
{
	RnPlan *plan = planner->plan;
	guint wanted = 0;
	for (guint i = 0; i < plan->n; i++) {
		plan->counts[i] = !plan->typed[i].exclude && (plan->typed[i].phrase || !g_hash_table_contains (plan->tongue->rules->stop, planner->terms[i]));
		wanted += plan->counts[i];
	}
	plan->titles = !wanted;
	for (guint i = 0; i < plan->n; i++)
		plan->counts[i] |= plan->titles && !plan->typed[i].exclude;
}

static void plan_words (Planner *planner)
{
	RnPlan *plan = planner->plan;
	for (guint i = 0, end; i < plan->n; i = end) {
		for (end = i + 1; end < plan->n && plan->typed[i].phrase && plan->typed[end].clause == plan->typed[i].clause;)
			end++;
		if (plan->counts[i] && plan->typed[i].phrase)
			plan_phrase (planner, i, end - i);
		else if (plan->counts[i])
			plan_word (planner, i);
	}
}

RnPlan *rn_plan_new (RnSearch *search, RnTongue *tongue, const char *text)
{
	RnPlan *plan = g_new0 (RnPlan, 1);
	Planner *planner = g_new0 (Planner, 1);
	planner->search = search, planner->plan = plan, planner->text = text;
	plan->tongue = tongue;
	plan->alternatives = g_array_new (FALSE, FALSE, sizeof (RnAlternative));
	plan->match = g_string_new (NULL);
	plan->exact = TRUE;
	take_words (planner);
	count_words (planner);
	/* First what is there or stands for others as it was typed; then guesses, which may stand for others too. */
	find_synonyms (planner);
	plan_words (planner);
	find_synonyms (planner);
	write_match (planner);
	for (guint i = 0; i < plan->n; i++)
		for (guint r = 0; r < READINGS; r++)
			g_free (planner->readings[i][r]);
	g_free (planner);
	return plan;
}

void rn_plan_free (RnPlan *plan)
{
	if (!plan)
		return;
	for (guint i = 0; i < plan->alternatives->len; i++)
		g_free (g_array_index (plan->alternatives, RnAlternative, i).terms);
	g_array_unref (plan->alternatives);
	g_string_free (plan->match, TRUE);
	g_free (plan);
}
