/*
 * fit-int.h - what products of fixed size share: the largest size at which their text stands where it must, white that is given out evenly, what stands at the foot.
 */
#ifndef RN_PRINT_FIT_INT_H
#define RN_PRINT_FIT_INT_H

#include "print/blocks.h"
#include "print/compose.h"
#include "print/makeup.h"

/* How text is set: PERCENT of the product's sizes; LOOSE, from 0 to 100: the white between blocks as much wider, the leading by a tenth of it. */
typedef struct { double percent; guint loose; } RnFit;

/* The composer's styles become the product's as FIT says. */
void      rn_fit_scale (RnComposer *composer, RnFit fit);

/* Sets into galleys of its own, and answers how they fit what they are for; what was set before is forgotten. Called with the styles scaled. POORLY: with a flaw. */
typedef enum { RN_FITS_NOT, RN_FITS_POORLY, RN_FITS_WELL } RnFitness;
typedef RnFitness (*RnFitTry) (RnComposer *composer, gpointer user);

/*
 * The largest of the product's `fit` sizes, not below LEAST, at which it fits (it is taken for granted that it does at all smaller ones), or a little less where that has no
 * flaw; then the loosest setting at that size. Nothing is told. FALSE: nothing fits; FIT is the smallest of them.
 */
gboolean  rn_fit_find (RnComposer *composer, double least, RnFitTry try, gpointer user, RnFit *fit);
/* As rn_fit_find for all sizes, and at the one that was found TRY is called once more, to tell what is to be told. */
gboolean  rn_fit (RnComposer *composer, RnFitTry try, gpointer user);

/* RnBlocks at the galley's left edge. */
RnBlocks  rn_fit_blocks (RnComposer *composer, RnGalley *galley, RnLength measure, RnLength column_height, RnTag *parent);

/* The white above the Ith thing in COLUMN that may grow: none between a heading and its text. */
RnLength  rn_fit_elastic (const RnColumn *column, guint i);
/* The white between the blocks of COLUMN grows by EXTRA in all, each in proportion, at most by MOST per cent. */
void      rn_fit_spread (RnColumn *column, RnLength extra, guint most);

/* --- shows.c ------------------------------------------------------------------------------------------------------------------ */

/*
 * One after another what the N names from LIST on name ("title", "hotlines", "qr" ...: layouts/print/README.md, kind: cards), for PAGE (NULL: for the site). PREFIX is the map that
 * holds their texts: "cards". INK: of titles and what is below them, which may stand on a black ground.
 */
void      rn_set_shows (RnComposer *composer, RnBlocks *blocks, const RnValue *const *list, guint n, const char *prefix, const RnPage *page, RnTint ink);

/* --- foot.c ------------------------------------------------------------------------------------------------------------------- */

/*
 * One piece: a QR code of ADDRESS (NULL: none), SIZE wide, at the right, and beside it INVITATION with the address in it and N TEXTS (NULL: none). On a black ground INK is RN_PAPER.
 */
typedef struct {
	const char *address; RnLength size; const char *invitation;
	const char *texts[4]; guint n;
	RnTint ink; RnStyleId style;
	gboolean hotlines;           /* beside each other, above the texts */
} RnFoot;
void      rn_set_foot (RnComposer *composer, RnBlocks *blocks, const RnFoot *foot);

#endif
