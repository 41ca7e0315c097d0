/*
 * diff_words.c - two texts in, cut into words, blanks and signs; what is the same, went and came, out.
 *
 * A mark that combines with a letter is never parted from it.
 */
#include "base/diff.h"

#include <string.h>

#define SHORT 3   /* letters of a word that alone between two changes is no ground to part them */

typedef struct {
	const char *text;
	GArray *begins;      /* guint: where each token begins, and the end */
	GArray *numbers;     /* guint32: the same for the same token */
	GArray *letters;     /* guint: of a word how many it has, else 0 */
} Tokens;

static gboolean is_letter (gunichar c)
{
	return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* The end of the token that begins at P. A hyphen or an apostrophe between two letters is a letter. */
static const char *token_end (const char *p, guint *letters)
{
	gunichar c = g_utf8_get_char (p);
	const gboolean word = is_letter (c), blank = g_unichar_isspace (c);
	*letters = word;
	for (p = g_utf8_next_char (p); *p; p = g_utf8_next_char (p)) {
		c = g_utf8_get_char (p);
		const gboolean inside = word && (c == '-' || c == '\'' || c == 0x2019) && is_letter (g_utf8_get_char (g_utf8_next_char (p)));
		if (!(word ? is_letter (c) || inside : (blank && g_unichar_isspace (c)) || g_unichar_ismark (c)))
			break;
		*letters += word && !g_unichar_ismark (c);
	}
	return p;
}

/* NUMBERS: token -> its number + 1; keys are its own. */
static Tokens cut (const char *text, GHashTable *known)
{
	Tokens tokens = { text, g_array_new (FALSE, FALSE, sizeof (guint)), g_array_new (FALSE, FALSE, sizeof (guint32)), g_array_new (FALSE, FALSE, sizeof (guint)) };
	for (const char *p = text; *p;) {
		guint letters, begin = (guint) (p - text);
		const char *end = token_end (p, &letters);
		char *token = g_strndup (p, (gsize) (end - p));
		guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (known, token));
		if (number)
			g_free (token);
		else
			g_hash_table_insert (known, token, GUINT_TO_POINTER (number = g_hash_table_size (known) + 1));
		g_array_append_val (tokens.begins, begin);
		g_array_append_val (tokens.numbers, number);
		g_array_append_val (tokens.letters, letters);
		p = end;
	}
	const guint len = (guint) strlen (text);
	g_array_append_val (tokens.begins, len);
	return tokens;
}

static void tokens_clear (Tokens *tokens)
{
	g_array_unref (tokens->begins);
	g_array_unref (tokens->numbers);
	g_array_unref (tokens->letters);
}

/* Is what stands the same so little that the changes on both sides of it are one? */
static gboolean is_little (const Tokens *tokens, const RnDiffRun *run)
{
	guint letters = 0;
	for (guint i = 0; i < run->n_a; i++)
		letters += g_array_index (tokens->letters, guint, run->a + i);
	return letters <= SHORT;
}

/* RUNS with what is little put into the changes around it. */
static void join (GArray *runs, const Tokens *tokens)
{
	guint kept = 0;
	RnDiffRun *all = (RnDiffRun *) (void *) runs->data;
	for (guint i = 0; i < runs->len; i++) {
		const gboolean joins = all[i].same && kept && i + 1 < runs->len && is_little (tokens, &all[i]);
		if (kept && !all[kept - 1].same && (joins || !all[i].same)) {
			all[kept - 1].n_a += all[i].n_a;
			all[kept - 1].n_b += all[i].n_b;
		} else {
			all[kept++] = all[i];
		}
	}
	g_array_set_size (runs, kept);
}

static void add (GArray *out, RnWordsKind kind, const Tokens *tokens, guint first, guint n)
{
	const guint *begins = (const guint *) (const void *) tokens->begins->data;
	if (n)
		g_array_append_vals (out, &(RnWords) { kind, tokens->text + begins[first], begins[first + n] - begins[first] }, 1);
}

GArray *rn_diff_words (const char *before, const char *after)
{
	g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	Tokens old = cut (before, known), new = cut (after, known);
	const guint32 *a = (const guint32 *) (const void *) old.numbers->data, *b = (const guint32 *) (const void *) new.numbers->data;
	g_autoptr (GArray) runs = rn_diff (a, old.numbers->len, b, new.numbers->len);
	GArray *out = g_array_new (FALSE, FALSE, sizeof (RnWords));
	join (runs, &old);
	for (guint i = 0; i < runs->len; i++) {
		const RnDiffRun *run = &g_array_index (runs, RnDiffRun, i);
		add (out, run->same ? RN_WORDS_SAME : RN_WORDS_GONE, &old, run->a, run->n_a);
		if (!run->same)
			add (out, RN_WORDS_CAME, &new, run->b, run->n_b);
	}
	tokens_clear (&old);
	tokens_clear (&new);
	return out;
}
