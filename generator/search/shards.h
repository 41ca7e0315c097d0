/*
 * shards.h - the phone's index: what the indexers gathered of a language -> site/search/<lang>/, as SHARDS.md says.
 *
 * The bytes depend on the pages alone, not on who gathered what.
 */
#ifndef RN_SEARCH_SHARDS_H
#define RN_SEARCH_SHARDS_H

#include "base/atomic_tree.h"
#include "model/library.h"
#include "search/vocabulary.h"

#define RN_SHARDS_FOLDER "site/search"
#define RN_SHARDS_VERSION 1
#define RN_SHARDS_TEXT 160     /* letters of a text that stands for a missing description */

/* What one worker gathered of a language. numbers: the lexicon's numbers of the postings' terms. texts: what pages keep. */
typedef struct { RnPostings *postings; guint32 *numbers; RnArena *texts; } RnGathered;

/* A page of the index: its postings begin AT; tokens in all columns, and in the title; text: the beginning of its text, NULL where it has a description. */
typedef struct { const RnPage *page; const RnGathered *gathered; gsize at; guint32 tokens, title; const char *text; } RnShardPage;

/* A language with all its pages, in any order. json: its rules as rules_read.h writes them. */
typedef struct { const RnLanguage *language; const RnRules *rules; const char *json; RnLexicon *lexicon; const RnShardPage *pages; guint n; } RnShardTongue;

/* Words of group GROUP of the synonyms. tongue: their language's place in the list. */
typedef struct { guint group, tongue; const char *words; } RnShardSynonym;

typedef struct { const RnLibrary *library; const RnShardTongue *tongues; guint n; const RnShardSynonym *synonyms; guint n_synonyms; } RnShardsOf;

/* Puts the files of all languages. */
gboolean rn_shards_put (const RnShardsOf *of, RnAtomicTree *out, GError **error);

#endif
