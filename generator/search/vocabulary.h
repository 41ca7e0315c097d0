/*
 * vocabulary.h - the words of one language that a worker has met: each form folded and stemmed once, terms counted.
 *
 * Sums over workers do not depend on who counted what.
 */
#ifndef RN_SEARCH_VOCABULARY_H
#define RN_SEARCH_VOCABULARY_H

#include "search/stem.h"

typedef struct RnVocabulary RnVocabulary;

RnVocabulary *rn_vocabulary_new (const RnRules *rules);
void          rn_vocabulary_free (RnVocabulary *vocabulary);

/* Appends the terms of TEXT to OUT, a space after each. page: counted once for each of its terms. The number of terms. */
guint         rn_vocabulary_take (RnVocabulary *vocabulary, const char *text, gsize len, guint page, GString *out);

/* The terms of several vocabularies with the number of their pages and the form that is written most. */
typedef struct { const char *term, *form; guint pages; } RnLexeme;
typedef struct RnLexicon RnLexicon;

RnLexicon      *rn_lexicon_new (void);
void            rn_lexicon_free (RnLexicon *lexicon);
void            rn_lexicon_add (RnLexicon *lexicon, const RnVocabulary *vocabulary);
/* By term, in byte order; the lexicon's. */
const RnLexeme *rn_lexicon_all (RnLexicon *lexicon, guint *n);

#endif
