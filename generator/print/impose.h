/*
 * impose.h - sides -> sheets: which side lies where on which face of which sheet, so that it reads in order when folded, and the marks that tell the shop where.
 *
 * Saddle stitch: sheet s of a signature of n pages (all counted from 0) carries n-1-2s | 2s on its face and 1+2s | n-2-2s on its back; blanks fill up to a multiple of four. Creep: the s-th sheet from the outside is pushed out by s times the paper's thickness when the signature is folded and trimmed, so
 * its sides move that much towards the spine. Beyond `limit` pages there are several signatures, one behind the other; perfect binding always has them.
 */
#ifndef RN_PRINT_IMPOSE_H
#define RN_PRINT_IMPOSE_H

#include "print/product.h"
#include "print/book.h"

typedef struct {
	gint     side;               /* of the book; -1: a blank */
	RnLength x, y;               /* of its trim's top left on the sheet */
	RnLength clip_left, clip_right; /* how far beyond its trim a side may paint: the bleed outside, 0 at the spine (less by its creep); above and below the bleed */
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
	guint    sheets, pages, blanks, signatures;  /* pages: blanks among them; signatures: 0 where nothing is folded and gathered */
	RnLength creep;              /* of the innermost sheet */
} RnImposition;

/*
 * NULL after a diagnostic (impose-too-small: the sheet cannot hold the sides with their bleed), and without one where there is nothing to impose. The marks' memory is the
 * book's arena. slug: a line of text outside the trim ("booklet.tg 1a2b3c4"), to which the sheet's number is added, and its font; NULL: none.
 */
RnImposition *rn_impose (RnBook *book, const RnProduct *product, const char *slug, const RnFont *font, RnDiagnostics *sink);
void          rn_imposition_free (RnImposition *imposition);

/* Crop marks around a box, beyond its bleed; for single pages too. Appended to MARKS (GArray of RnMark). A page that carries them needs RN_MARKS_ROOM beyond its bleed. */
#define RN_MARKS_ROOM RN_MM (5.5)
void          rn_crop_marks (RnLength x, RnLength y, RnLength width, RnLength height, RnLength bleed, GArray *marks);

/* The sheets in words, a line a face ("sheet 1 face: 8 at 12.00,7.50 | 1 at ..."), in millimetres, sides counted from 1: for tests. */
char         *rn_imposition_describe (const RnImposition *imposition);

#endif
