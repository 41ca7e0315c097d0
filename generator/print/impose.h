/*
 * impose.h - sides -> sheets: which side lies where on which face of which sheet, so that it reads in order when folded, and the marks that tell the shop where.
 *
 * Saddle stitch: sheet s of a signature of n pages carries n-2s | 1+2s on its face and 2+2s | n-1-2s on its back; blanks fill up to a multiple of four, before the last side where
 * that is a back cover. Creep: inner sheets are pushed out by the paper's thickness, so each side moves towards the spine by its sheet's share.
 * Perfect binding: signatures of so many pages, each folded alone, one behind the other.
 */
#ifndef RN_PRINT_IMPOSE_H
#define RN_PRINT_IMPOSE_H

#include "print/product.h"
#include "print/book.h"

typedef struct {
	gint     side;               /* of the book; -1: a blank */
	RnLength x, y;               /* of its trim's top left on the sheet */
	RnLength clip_left, clip_right; /* how far beyond its trim a side may paint: the bleed outside, 0 at the spine */
	gboolean turned;             /* upside down (head to head) */
} RnImposedSide;

typedef struct {
	RnImposedSide *sides; guint n_sides;
	const RnPiece *marks;        /* crop, fold, registration marks and the slug line; from the sheet's top left; NULL: none */
	guint sheet;                 /* from 0 */
	gboolean back;
} RnSheetFace;

typedef struct {
	RnLength width, height;      /* the sheet's media */
	RnLength trim_x, trim_y, trim_width, trim_height; /* the finished, unfolded sheet within it */
	RnLength bleed;
	GArray  *faces;              /* RnSheetFace: face, back, face, back ... */
	guint    sheets, pages, blanks, signatures;
	RnLength creep;              /* of the innermost sheet */
} RnImposition;

/* NULL after a diagnostic (impose-too-small: the sheet cannot hold the sides with their bleed). book: gets fonts' marks' memory in its arena. slug: a line of text outside the trim ("booklet.tg 1a2b3c4"); its font. */
RnImposition *rn_impose (RnBook *book, const RnProduct *product, const char *slug, const RnFont *font, RnDiagnostics *sink);
void          rn_imposition_free (RnImposition *imposition);

/* Crop marks around a box, and the rest, as marks; for single pages too. Appended to MARKS (GArray of RnMark). */
void          rn_crop_marks (RnArena *arena, RnLength x, RnLength y, RnLength width, RnLength height, RnLength bleed, GArray *marks);
void          rn_registration_mark (RnArena *arena, RnLength x, RnLength y, GArray *marks);
void          rn_fold_mark (RnArena *arena, RnLength x, RnLength y, gboolean below, GArray *marks);

/* The sheets in words, a line a side ("sheet 1 face: 8 at 15.0,15.0 | 1 at ..."): for tests. */
char         *rn_imposition_describe (const RnImposition *imposition);

#endif
