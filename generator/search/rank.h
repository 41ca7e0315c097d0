/*
 * rank.h - what a word is worth by its place: one set of figures for the database's rank and for the phone's shards.
 *
 *   count x (K + 1) / (count + K x (1 - B + B x length / average)) + bonus
 *
 * count: its places, each by the weight of its column; length: of the page, in tokens.
 */
#ifndef RN_SEARCH_RANK_H
#define RN_SEARCH_RANK_H

#include <glib.h>

/* The columns of a language's FTS5 table. */
enum { RN_COLUMN_TITLE, RN_COLUMN_HEADINGS, RN_COLUMN_DESCRIPTION, RN_COLUMN_BODY, RN_COLUMNS };

#define RN_RANK_WEIGHTS { 10, 4, 3, 1 }
#define RN_RANK_K 1.2
#define RN_RANK_B 0.75

/* The bonus of a word in a title of LENGTH words, where titles have AVERAGE: 2 in one that is as long as most. */
static inline double rn_rank_bonus (double length, double average)
{
	return 2 / (0.5 + 0.5 * length / average);
}

#endif
