/*
 * script_rules.h - a language's rules as a script walks them: patterns and tables for JavaScript's RegExp (flags u and g), no more to think about there.
 *
 *   w     pattern of a word within a text
 *   r     patterns of regions; the first is the whole word. A region begins where the match in the word ends; without a match it is not there
 *   f, s  steps from a word's small letters to its folding, from there to its term: [region, pattern, put, skip]. What matches within the region
 *         becomes `put`, a text that knows $1 or a table of all that matches; where that changed something, `skip` steps are passed over (-1: the
 *         step is done again). Without a pattern: letters part from their marks (NFD)
 *   t     stop words, as terms
 *   i, l  pattern of groups of Latin letters, and the folded letters that each may stand for; only where the language is written in others
 *   k     rows of the keyboard
 */
#ifndef RN_SEARCH_SCRIPT_RULES_H
#define RN_SEARCH_SCRIPT_RULES_H

#include <jansson.h>

#include "search/rules.h"

/* JSON: what RULES were made of. endings: {ending: digit and text} as SHARDS.md says; NULL: none. */
json_t *rn_script_rules (const RnRules *rules, const char *json, const json_t *endings);

#endif
