/*
 * impose-int.h - where a sheet is cut and folded: what impose.c decides and sheet_marks.c draws.
 */
#ifndef RN_PRINT_IMPOSE_INT_H
#define RN_PRINT_IMPOSE_INT_H

#include "print/impose.h"

/* All from the sheet's top left corner, ascending; the same on face and back but for the folds, which are mirrored. */
typedef struct {
	GArray *cut_x, *cut_y, *folds;  /* of RnLength; folds: upright ones */
	RnLength room;                  /* for marks, beyond the bleed, on the narrowest edge */
} RnSheetLines;

/* All marks of FACE as one piece in the book's arena. text: the slug; NULL: none. */
const RnPiece *rn_sheet_marks (RnBook *book, const RnImposition *imposition, const RnSheetLines *lines, const RnSheetFace *face, const char *text, const RnFont *font);

#endif
