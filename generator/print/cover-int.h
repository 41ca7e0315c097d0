/*
 * cover-int.h - what all covers, bands and backs are made of: grounds that run beyond the trim, rings, type that is set smaller rather than cut, codes.
 */
#ifndef RN_PRINT_COVER_INT_H
#define RN_PRINT_COVER_INT_H

#include "print/set.h"

/* STYLE at PERCENT of its size, in TINT. */
RnTextStyle rn_cover_style (const RnTextStyle *style, guint percent, RnTint tint);

void        rn_cover_ground (RnBook *book, RnSide *side, RnTint tint, RnLength x, RnLength y, RnLength w, RnLength h);
/* N quarter rings around the corner (X, Y), UNIT apart, open to the left and below. */
void        rn_cover_rings (RnBook *book, RnSide *side, RnLength x, RnLength y, RnLength unit, guint n);

/* TEXT as large as its longest word and a third of the column let it be, at most as its style says. LANGUAGE: of the text, NULL: its parent's. Its first piece; NULL: there is no text. */
RnPiece    *rn_cover_text (RnBlocks *blocks, RnStyleId id, RnRole role, RnTint tint, const char *text, const char *language);

/* The product's cover.picture in the middle of the box. FALSE: none is wanted, or it cannot be had, told. */
gboolean    rn_cover_picture (RnSetter *setter, RnTag *parent, RnSide *side, RnLength x, RnLength y, RnLength measure, RnLength height);
/* A QR code of ADDRESS on a square of paper. */
void        rn_cover_code (RnSetter *setter, RnTag *parent, RnSide *side, const char *address, RnLength x, RnLength y, RnLength size);

/*
 * A heading of LEVEL and the site's hotlines, in blocks like FRAME's (whose galley is not used) at the first of N SIZES (per cent, the largest first) at which they are no higher than
 * HEIGHT, else at the last. Free the galley.
 */
RnGalley   *rn_cover_calls (RnComposer *composer, const RnBlocks *frame, guint level, const guint *sizes, guint n, RnLength height);

#endif
