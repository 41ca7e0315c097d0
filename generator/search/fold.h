/*
 * fold.h - words in a text, and one word's letters as they are compared: small, composed, folded by the language's table.
 *
 * A word is a run of letters, digits and marks (Unicode's), and of signs that the table lets stand between two letters. All functions are
 * pure; bytes that are not UTF-8 part words.
 */
#ifndef RN_SEARCH_FOLD_H
#define RN_SEARCH_FOLD_H

#include "search/rules.h"

/* The next word of TEXT from *at on: its first byte and the one behind it; *at moves there. FALSE: there is none. */
gboolean rn_words_next (const RnRules *rules, const char *text, gsize len, gsize *at, gsize *begin, gsize *end);

/* The word's folded letters; their number, RN_WORD_LETTERS at most; may be 0. */
guint    rn_fold_word (const RnRules *rules, const char *word, gsize len, gunichar out[RN_WORD_LETTERS]);

/* The same of one letter. */
guint    rn_fold_letters (const RnRules *rules, gunichar letter, gunichar out[RN_WORD_LETTERS]);

/* Applies TABLE to N letters in place; the new number. */
guint    rn_fold_apply (const RnFolds *table, gunichar letters[RN_WORD_LETTERS], guint n);

#endif
