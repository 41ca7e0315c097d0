/*
 * endings.h - what one of libstemmer's stemmers does to the words of a site, as a table of endings that a script can use: SHARDS.md, "Terms".
 *
 * Exact for all forms in the lexicon while that takes RN_ENDINGS_MOST endings; beyond, the rarest forms that need one for themselves are left to
 * the ending of the others. A word that no page has goes by its ending too.
 */
#ifndef RN_SEARCH_ENDINGS_H
#define RN_SEARCH_ENDINGS_H

#include "search/vocabulary.h"

#include <jansson.h>

#define RN_ENDINGS_MOST 3000

/* {ending: digit and text}, before the rules' `after`. NULL: the language needs none (no such stemmer, or steps for it in JSON). */
json_t *rn_endings_learn (const RnRules *rules, const char *json, RnLexicon *lexicon);

#endif
