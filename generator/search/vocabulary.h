/*
 * vocabulary.h - the words of one language that a worker has met: each form folded and stemmed once, terms counted.
 *
 * Sums over workers do not depend on who counted what.
 */
#ifndef RN_SEARCH_VOCABULARY_H
#define RN_SEARCH_VOCABULARY_H

#include "search/postings.h"
#include "search/stem.h"

typedef struct RnVocabulary RnVocabulary;

RnVocabulary *rn_vocabulary_new (const RnRules *rules);
void          rn_vocabulary_free (RnVocabulary *vocabulary);

/* Appends the terms of TEXT, which stands in COLUMN of PAGE, to OUT, a space after each. Their number. A page's columns come one after another. */
guint         rn_vocabulary_take (RnVocabulary *vocabulary, const char *text, gsize len, guint page, guint column, GString *out);

/* After a page's last column: its terms go to POSTINGS; their place there. */
gsize         rn_vocabulary_page (RnVocabulary *vocabulary, RnPostings *postings);

/* The terms of several vocabularies with the number of their pages and the form that is written most. */
typedef struct { const char *term, *form; guint pages, number; } RnLexeme;    /* number: by the order of coming, from 0 */
typedef struct RnLexicon RnLexicon;

RnLexicon      *rn_lexicon_new (void);
void            rn_lexicon_free (RnLexicon *lexicon);
/* The lexicon's numbers for the vocabulary's terms, by their numbers in postings; free it. */
guint32        *rn_lexicon_add (RnLexicon *lexicon, const RnVocabulary *vocabulary);
/* By term, in byte order; the lexicon's. */
const RnLexeme *rn_lexicon_all (RnLexicon *lexicon, guint *n);

/* Calls EACH for every form of TERM, in small letters, with the number of its places, in no order. */
typedef void  (*RnFormEach) (gpointer user, const char *form, guint times);
void            rn_lexicon_forms (const RnLexicon *lexicon, const char *term, RnFormEach each, gpointer user);

#endif
