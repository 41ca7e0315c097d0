/* stem.h - a word -> the term that stands for all its forms. */
#ifndef RN_SEARCH_STEM_H
#define RN_SEARCH_STEM_H

#include "search/fold.h"

#define RN_TERM_MAX (RN_WORD_LETTERS * 4 + 1)

/* One thread's; the rules must outlive it. */
typedef struct RnStemmer RnStemmer;

RnStemmer *rn_stemmer_new (const RnRules *rules);
void       rn_stemmer_free (RnStemmer *stemmer);

/* The term of WORD, NUL-terminated; its bytes; 0: the word says nothing (a lone hard sign). */
gsize      rn_stemmer_term (RnStemmer *stemmer, const char *word, gsize len, char out[RN_TERM_MAX]);

/* The same of letters that are folded. */
gsize      rn_stemmer_folded (RnStemmer *stemmer, const gunichar *letters, guint n, char out[RN_TERM_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnStemmer, rn_stemmer_free)

#endif
