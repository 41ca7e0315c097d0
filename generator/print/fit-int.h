/*
 * fit-int.h - what products of fixed size share: text at a smaller size until it fits, and the short list of things that a card or a poster shows.
 */
#ifndef RN_PRINT_FIT_INT_H
#define RN_PRINT_FIT_INT_H

#include "print/compose.h"

/* The composer's styles become the product's at PERCENT of their size, leading, white and grid. */
void      rn_fit_scale (RnComposer *composer, double percent);

/*
 * Sets into GALLEY, and answers whether it fits what it is for. TRY is called with the styles scaled, once for each size of the product's `fit` until it says TRUE,
 * first deaf (nothing is told), then once more at the size that was found, when it tells. FALSE: even the smallest does not fit; the last galley holds it.
 */
typedef gboolean (*RnFitTry) (RnComposer *composer, gpointer user);
gboolean  rn_fit (RnComposer *composer, RnFitTry try, gpointer user);

/*
 * One after another what LIST names ("title", "hotlines", "qr" ...: layouts/print/README.md, kind: cards), for PAGE (NULL: for the site). PREFIX is the map that holds their texts: "cards".
 * An unknown name is told (product-broken) and passed over.
 */
void      rn_set_shows (RnComposer *composer, RnBlocks *blocks, const RnValue *list, const char *prefix, const RnPage *page);

/* RnBlocks at the galley's left edge. */
RnBlocks  rn_fit_blocks (RnComposer *composer, RnGalley *galley, RnLength measure, RnLength column_height, RnTag *parent);

/* Columns of one height. */
GArray   *rn_fit_columns (const RnGalley *galley, RnLength height, RnLength grid);

/* Puts what stands in COLUMN on SIDE with its top left corner at (x, y). */
void      rn_fit_place (RnComposer *composer, const RnColumn *column, RnSide *side, RnLength x, RnLength y, RnLength measure);

#endif
