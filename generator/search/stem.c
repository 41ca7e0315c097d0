/* stem.c - libstemmer's stemmers by name, and suffixes as a list: the longest that leaves enough is taken off, until none does. */
#include "search/stem.h"

#include <libstemmer.h>
#include <string.h>

struct RnStemmer {
	const RnRules *rules;
	struct sb_stemmer *snowball;   /* NULL: suffixes, or none */
};

gboolean rn_stemmer_known (const char *name)
{
	const char **list = sb_stemmer_list ();
	for (guint i = 0; list[i]; i++)
		if (!strcmp (list[i], name))
			return TRUE;
	return FALSE;
}

RnStemmer *rn_stemmer_new (const RnRules *rules)
{
	RnStemmer *stemmer = g_new0 (RnStemmer, 1);
	stemmer->rules = rules;
	if (rules->stemmer && strcmp (rules->stemmer, "suffixes"))
		stemmer->snowball = sb_stemmer_new (rules->stemmer, "UTF_8");
	return stemmer;
}

void rn_stemmer_free (RnStemmer *stemmer)
{
	if (!stemmer)
		return;
	if (stemmer->snowball)
		sb_stemmer_delete (stemmer->snowball);
	g_free (stemmer);
}

static guint cut_suffix (const RnRules *rules, const gunichar *letters, guint n)
{
	for (guint i = 0; i < rules->n_suffixes; i++) {
		const RnSuffix *suffix = &rules->suffixes[i];
		if (n >= suffix->n + suffix->least && !memcmp (letters + n - suffix->n, suffix->letters, suffix->n * sizeof *letters))
			return n - suffix->n;
	}
	return n;
}

static gsize write_letters (const gunichar *letters, guint n, char *out)
{
	gsize len = 0;
	for (guint i = 0; i < n; i++)
		len += (gsize) g_unichar_to_utf8 (letters[i], out + len);
	out[len] = '\0';
	return len;
}

static guint snowball (struct sb_stemmer *stemmer, gunichar *letters, guint n)
{
	char text[RN_WORD_LETTERS * 6 + 1];
	gsize len = write_letters (letters, n, text);
	const sb_symbol *stem = sb_stemmer_stem (stemmer, (const sb_symbol *) text, (int) len);
	if (!stem)
		return n;
	const char *p = (const char *) stem, *end = p + sb_stemmer_length (stemmer);
	guint m = 0;
	for (; p < end && m < RN_WORD_LETTERS; p = g_utf8_next_char (p))
		letters[m++] = g_utf8_get_char (p);
	return m;
}

gsize rn_stemmer_folded (RnStemmer *stemmer, const gunichar *letters, guint n, char out[RN_TERM_MAX])
{
	gunichar stem[RN_WORD_LETTERS];
	memcpy (stem, letters, n * sizeof *stem);
	if (stemmer->snowball) {
		n = snowball (stemmer->snowball, stem, n);
	} else if (stemmer->rules->n_suffixes && stemmer->rules->stemmer) {
		for (guint before = n + 1; n < before;) {
			before = n;
			n = cut_suffix (stemmer->rules, stem, n);
		}
	}
	n = rn_fold_apply (&stemmer->rules->after, stem, n);
	return write_letters (stem, n, out);
}

gsize rn_stemmer_term (RnStemmer *stemmer, const char *word, gsize len, char out[RN_TERM_MAX])
{
	gunichar letters[RN_WORD_LETTERS];
	return rn_stemmer_folded (stemmer, letters, rn_fold_word (stemmer->rules, word, len, letters), out);
}
