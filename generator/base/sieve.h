/*
 * sieve.h - a small mark of a long text that tells which words are surely not in it.
 *
 * Plugins look for a few words in all files of the content ("](fill:"). Most files have none of them, and need not be read once more for
 * that. What is looked for has a punctuation mark, of which prose has few: those with the two bytes before them are kept, in a filter of
 * one hash (B. H. Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", 1970), about an eighth as large as the text.
 */
#ifndef RN_BASE_SIEVE_H
#define RN_BASE_SIEVE_H

#include "base/arena.h"

typedef struct RnSieve RnSieve;

/* Of TEXT, LEN bytes of any kind; lives in ARENA. */
const RnSieve *rn_sieve_new (RnArena *arena, const char *text, gsize len);

/* FALSE: WORDS are not in the text. TRUE: they may be; always so where SIEVE is NULL, or where they have no mark behind two other bytes. */
gboolean       rn_sieve_may_have (const RnSieve *sieve, const char *words, gsize len);

#endif
