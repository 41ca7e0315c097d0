/*
 * parallel-int.h - texts beside each other: what reading them (parallel.c) and putting their blocks side by side (parallel_put.c) share.
 */
#ifndef RN_PRINT_PARALLEL_INT_H
#define RN_PRINT_PARALLEL_INT_H

#include "print/booklet-int.h"

typedef struct {
	RnBooklet *booklet;
	RnBlocks  *out;
	guint      n;
	RnLength  *xs, measure;
	const RnPage **pages;          /* by language; NULL: it has none of its own */
	RnTag    **tags;               /* of each language's text */
	gboolean   keep;               /* the last row was a heading */
} RnParallel;

/* One language's block. */
typedef struct {
	RnParallelBlock block;
	RnGalley    *galley;
	gboolean     whole;            /* has a ground or a bar, which a neighbour's lines would tear: its row is not parted, unless it is very high */
	const guint *items;            /* of a list: where each begins among the pieces, and the end; n_items 0: no list */
	guint        n_items;
} RnParallelCell;

/* Sets the cells of ROW (one a language) beside each other at the end of what is out, and frees their galleys. Lists of as many items go item beside item. */
void rn_parallel_put (RnParallel *parallel, RnParallelCell *row, gboolean heading);

#endif
