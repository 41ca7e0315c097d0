/*
 * book.h - one made-up book: its sides (printed pages) with all that stands on them, its structure, outline and places to go to.
 *
 * Composers fill it; the PDF writer and imposition only read it. A side is a page of paper, never to be confused with a page of the site.
 */
#ifndef RN_PRINT_BOOK_H
#define RN_PRINT_BOOK_H

#include "print/galley.h"
#include "print/style.h"

typedef struct { const RnPiece *piece; RnLength x, y; } RnPlaced;   /* from the trim's top left corner */

typedef struct {
	RnLength    width, height;          /* trim */
	GArray     *placed;                  /* RnPlaced, in reading order within a turn: furniture last */
	const char *label;                   /* its number as printed; "": none */
	gboolean    blank;
} RnSide;

typedef struct { const char *title; guint level; const char *anchor; gboolean group; } RnOutlineEntry;  /* level from 1; group: a heading that pages stand below, no page's own */
typedef struct { guint side; RnLength x, y; } RnPlaceInBook;

/* Pieces BEGIN to END of a side, which are read one after the other. On one side their order grows with the pieces. */
typedef struct { guint order, side, begin, end; } RnTurn;

/*
 * The number of a side that is not known while the text is set: N glyphs reserved in a mark, which get the digits once it is known. Where it has fewer digits, in a column of figures
 * (right) the others become spaces in front; in running text they go, and the line closes up (justified: over its spaces). All digits of a face must be equally wide, as those of text faces are.
 */
typedef struct { RnGlyph *glyphs; guint n; const RnFont *font; const char *anchor; gboolean right, justified; } RnSideNumber;

typedef struct {
	RnArena    *arena;
	RnTags      tags;
	RnTag      *root;                    /* the document */
	RnFonts    *fonts;
	GPtrArray  *sides;                   /* of RnSide * (arena) */
	GArray     *turns;                   /* RnTurn as they were begun, without their ends: see rn_book_reading */
	GArray     *outline;                 /* RnOutlineEntry */
	GArray     *numbers;                 /* RnSideNumber */
	GHashTable *anchors;                 /* name -> RnPlaceInBook (arena); filled by rn_book_settle */
	const char *title, *subject, *author, *language;   /* language: BCP 47 of the document */
	gint64      time;                    /* of the edition, seconds: the file's dates */
	const char *edition;                 /* short commit id, or ""  */
	guint       page_number_digits;      /* how many digits a number reserves, 2 at first; grows when settling says so */
} RnBook;

/* Empty but for its root; language is copied. A composer that sets all anew begins with a new one that gets the old one's page_number_digits. */
RnBook *rn_book_new (const char *language);
void    rn_book_free (RnBook *book);

RnSide *rn_book_add_side (RnBook *book, RnLength width, RnLength height);
void    rn_side_place (RnSide *side, const RnPiece *piece, RnLength x, RnLength y);
/* What is placed on side SIDE from now on is a turn of its own, read where ORDER says: a folded sheet is read across its sides. Without turns one side is read
 * after the other. */
void    rn_book_turn (RnBook *book, guint side, guint order);
/* The whole book in the order in which it is read: RnTurn, one at least a side. To be unreferenced. */
GArray *rn_book_reading (const RnBook *book);
/* Furniture: loose marks on a side. Copied. */
void    rn_side_add_marks (RnBook *book, RnSide *side, const RnMark *marks, guint n);

/* Notes where each anchor stands and puts the labels into the numbers. Numbers in running text that need fewer close
 * their line up. FALSE: one needs more digits than it has; page_number_digits is raised: set all anew. */
gboolean rn_book_settle (RnBook *book);
/* The number of side SIDE (from 0) as references and viewers give it: its label, or, where it has none, its number counted from 1. Borrowed. */
const char *rn_book_label (const RnBook *book, guint side);
/* NULL: no such place (before rn_book_settle: never). */
const RnPlaceInBook *rn_book_find (const RnBook *book, const char *anchor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnBook, rn_book_free)

#endif
