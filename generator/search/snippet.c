/* snippet.c - the piece of a text that holds most of what was asked for. */
#include "search/query-int.h"

#include <string.h>

#define WIDTH 220          /* bytes of a snippet, about; of letters that take two, half as many */
#define BEFORE 60          /* of them in front of the first word that is marked */

typedef struct { gsize begin, end; guint word; } Mark;

/* The words of the query that TERM stands for, a bit each. */
static GHashTable *asked_terms (const RnPlan *plan)
{
	GHashTable *asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < plan->alternatives->len; i++) {
		const RnAlternative *alternative = &g_array_index (plan->alternatives, RnAlternative, i);
		g_auto (GStrv) terms = g_strsplit (alternative->terms, " ", -1);
		for (char **term = terms; *term; term++) {
			/* In a phrase the small words are passed over, where it is not one of them alone. */
			if (terms[1] && g_hash_table_contains (plan->tongue->rules->stop, *term))
				continue;
			gpointer bits = g_hash_table_lookup (asked, *term);
			g_hash_table_insert (asked, g_strdup (*term), GUINT_TO_POINTER (GPOINTER_TO_UINT (bits) | 1u << alternative->first));
		}
	}
	return asked;
}

static GArray *find_marks (const RnPlan *plan, const char *text, gsize len)
{
	g_autoptr (GHashTable) asked = asked_terms (plan);
	GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
	gsize at = 0, begin, end;
	char term[RN_TERM_MAX];
	while (rn_words_next (plan->tongue->rules, text, len, &at, &begin, &end)) {
		if (!rn_stemmer_term (plan->tongue->stemmer, text + begin, end - begin, term))
			continue;
		const Mark mark = { begin, end, GPOINTER_TO_UINT (g_hash_table_lookup (asked, term)) };
		if (mark.word)
			g_array_append_val (marks, mark);
	}
	return marks;
}

/* The first mark of the stretch with most different words, then most words; the earliest of equals. */
static guint best_stretch (const GArray *marks)
{
	guint best = 0, most = 0;
	for (guint i = 0; i < marks->len; i++) {
		const Mark *first = &g_array_index (marks, Mark, i);
		guint bits = 0, n = 0;
		for (guint k = i; k < marks->len && g_array_index (marks, Mark, k).end <= first->begin + WIDTH - BEFORE; k++) {
			bits |= g_array_index (marks, Mark, k).word;
			n++;
		}
		guint worth = (guint) __builtin_popcount (bits) * 1000 + MIN (n, 999);
		if (worth > most)
			most = worth, best = i;
	}
	return best;
}

/* AT moved to where a word begins (forward) or ends (back), so that none is cut. */
static gsize between_words (const char *text, gsize len, gsize at, gboolean forward)
{
	if (at == 0 || at >= len)
		return MIN (at, len);
	for (gsize i = 0; i < 80; i++) {
		gsize here = forward ? at + i : at - i;
		if (here == 0 || here >= len)
			return MIN (here, len);
		if (g_ascii_isspace (text[here]))
			return forward ? here + 1 : here;
	}
	while (at < len && ((guchar) text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* One line, without runs of white space. */
static char *one_line (const char *text, gsize len, const char *before, const char *after)
{
	g_autofree char *valid = g_utf8_make_valid (text, (gssize) len);
	GString *out = g_string_new (before);
	for (const char *p = valid; *p; p++) {
		gboolean space = (guchar) *p <= ' ';
		if (!space || !out->len || out->str[out->len - 1] != ' ')
			g_string_append_c (out, space ? ' ' : *p);
	}
	g_string_append (out, after);
	return g_string_free (out, FALSE);
}

char **rn_snippet (const RnPlan *plan, const char *text, gsize len)
{
	g_autoptr (GArray) marks = find_marks (plan, text, len);
	GPtrArray *pieces = g_ptr_array_new ();
	guint first = best_stretch (marks);
	gsize from = 0;
	if (marks->len) {
		gsize begin = g_array_index (marks, Mark, first).begin;
		from = begin > BEFORE ? MIN (between_words (text, len, begin - BEFORE, TRUE), begin) : 0;
	}
	gsize to = MAX (between_words (text, len, from + WIDTH, FALSE), from), at = from;
	for (guint i = 0; i < marks->len; i++) {
		const Mark *mark = &g_array_index (marks, Mark, i);
		if (mark->begin < from || mark->begin < at || mark->end > to)
			continue;
		g_ptr_array_add (pieces, one_line (text + at, mark->begin - at, pieces->len || !from ? "" : "… ", ""));
		g_ptr_array_add (pieces, one_line (text + mark->begin, mark->end - mark->begin, "", ""));
		at = mark->end;
	}
	g_ptr_array_add (pieces, one_line (text + at, to - at, "", to < len ? " …" : ""));
	g_ptr_array_add (pieces, NULL);
	return (char **) g_ptr_array_free (pieces, FALSE);
}
