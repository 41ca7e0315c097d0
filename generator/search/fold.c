/* fold.c - one pass over the bytes for words, one over a word's letters for its folding. */
#include "search/fold.h"

#include <string.h>

/* The letter at P and its bytes; 0 bytes: no UTF-8. */
static inline gunichar letter_at (const char *p, const char *end, guint *bytes)
{
	const guchar c = (guchar) *p;
	if (c < 0x80) {
		*bytes = 1;
		return c;
	}
	if (c >= 0xc2 && c < 0xe0 && end - p >= 2 && ((guchar) p[1] & 0xc0) == 0x80) {
		*bytes = 2;
		return (gunichar) (c & 0x1f) << 6 | ((guchar) p[1] & 0x3f);
	}
	gunichar letter = g_utf8_get_char_validated (p, end - p);
	*bytes = letter >= (gunichar) -2 ? 0 : (guint) (g_utf8_next_char (p) - p);
	return letter;
}

static inline gboolean is_word (const RnRules *rules, gunichar c)
{
	return c < RN_FOLD_TABLE ? rules->kinds[c] == RN_KIND_WORD : g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Does the sign C stand within a word: after the letters BEFORE, where another letter follows? */
static gboolean joins (const RnRules *rules, const char *word, const char *sign, gunichar c)
{
	for (guint i = 0; i < rules->fold.n; i++) {
		const RnFold *fold = &rules->fold.folds[i];
		if (fold->from[fold->n - 1] != c)
			continue;
		const char *p = sign;
		gint k = fold->n - 2;
		for (; k >= 0 && p > word; k--) {
			p = g_utf8_prev_char (p);
			if (g_unichar_tolower (g_utf8_get_char (p)) != fold->from[k])
				break;
		}
		if (k < 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean may_join (const RnRules *rules, gunichar c)
{
	return c < RN_FOLD_TABLE ? rules->kinds[c] == RN_KIND_JOINS : TRUE;
}

gboolean rn_words_next (const RnRules *rules, const char *text, gsize len, gsize *at, gsize *begin, gsize *end)
{
	const char *p = text + *at, *stop = text + len;
	guint bytes = 0;
	for (; p < stop; p += MAX (bytes, 1)) {
		gunichar c = letter_at (p, stop, &bytes);
		if (bytes && is_word (rules, c))
			break;
	}
	*begin = *end = *at = (gsize) (p - text);
	if (p >= stop)
		return FALSE;
	const char *word = p;
	while (p < stop) {
		gunichar c = letter_at (p, stop, &bytes);
		if (!bytes)
			break;
		if (!is_word (rules, c)) {
			guint next = 0;
			gunichar after = may_join (rules, c) && p + bytes < stop ? letter_at (p + bytes, stop, &next) : 0;
			if (!next || !is_word (rules, after) || !joins (rules, word, p, c))
				break;
		}
		p += bytes;
	}
	*end = *at = (gsize) (p - text);
	return TRUE;
}

/* The fold that begins at LETTERS; NULL. */
static const RnFold *fold_at (const RnFolds *table, const gunichar *letters, guint n)
{
	guint low = 0, high = table->n;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (table->folds[middle].from[0] < letters[0])
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < table->n && table->folds[low].from[0] == letters[0]; low++)
		if (table->folds[low].n <= n && !memcmp (table->folds[low].from, letters, table->folds[low].n * sizeof *letters))
			return &table->folds[low];
	return NULL;
}

guint rn_fold_apply (const RnFolds *table, gunichar letters[RN_WORD_LETTERS], guint n)
{
	gunichar in[RN_WORD_LETTERS];
	guint m = 0;
	memcpy (in, letters, n * sizeof *in);
	for (guint i = 0; i < n && m < RN_WORD_LETTERS;) {
		const RnFold *fold = fold_at (table, in + i, n - i);
		for (guint k = 0; fold && k < fold->m && m < RN_WORD_LETTERS; k++)
			letters[m++] = fold->to[k];
		if (!fold)
			letters[m++] = in[i];
		i += fold ? fold->n : 1;
	}
	return m;
}

static guint drop_marks (gunichar *letters, guint n)
{
	gunichar in[RN_WORD_LETTERS], parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	guint m = 0;
	memcpy (in, letters, n * sizeof *in);
	for (guint i = 0; i < n; i++) {
		gsize k = in[i] < 0x80 ? (parts[0] = in[i], 1) : g_unichar_fully_decompose (in[i], FALSE, parts, G_N_ELEMENTS (parts));
		for (gsize j = 0; j < k && m < RN_WORD_LETTERS; j++)
			if (in[i] < 0x80 || g_unichar_type (parts[j]) != G_UNICODE_NON_SPACING_MARK)
				letters[m++] = parts[j];
	}
	return m;
}

static guint drop_doubles (const RnRules *rules, gunichar *letters, guint n)
{
	guint m = 0;
	for (guint i = 0; i < n; i++) {
		gboolean again = m && letters[i] == letters[m - 1];
		for (guint k = 0; again && k <= rules->n_single; k++)
			if (k == rules->n_single)
				again = FALSE;
			else if (rules->single[k] == letters[i])
				break;
		if (!again)
			letters[m++] = letters[i];
	}
	return m;
}

static guint fold (const RnRules *rules, gunichar *letters, guint n)
{
	n = rn_fold_apply (&rules->fold, letters, n);
	if (rules->drop_marks)
		n = drop_marks (letters, n);
	return rules->n_single ? drop_doubles (rules, letters, n) : n;
}

guint rn_fold_letters (const RnRules *rules, gunichar letter, gunichar out[RN_WORD_LETTERS])
{
	out[0] = g_unichar_tolower (letter);
	return fold (rules, out, 1);
}

guint rn_fold_word (const RnRules *rules, const char *word, gsize len, gunichar out[RN_WORD_LETTERS])
{
	g_autofree char *composed = NULL;
	const char *p = word, *end = word + len;
	guint n = 0, bytes;
	/* A letter that was typed as a letter and a mark is the one letter. Marks that compose begin with these bytes. */
	for (const char *q = word; q < word + len && !composed; q++)
		if (((guchar) *q == 0xcc || (guchar) *q == 0xcd || (guchar) *q >= 0xd6) && (composed = g_utf8_normalize (word, (gssize) len, G_NORMALIZE_NFC)))
			p = composed, end = composed + strlen (composed);
	for (; p < end && n < RN_WORD_LETTERS; p += bytes) {
		gunichar c = letter_at (p, end, &bytes);
		if (!bytes)
			break;
		out[n++] = g_unichar_tolower (c);
	}
	return fold (rules, out, n);
}
