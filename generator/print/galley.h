/*
 * galley.h - set matter before it is made up into pages: pieces (a line of type, a picture, a strip of a table) one below the other, each with its marks.
 *
 * A galley belongs to a book: all memory is the book's arena. Marks lie relative to their piece's top left corner; a piece's left edge is the column's.
 * Whatever text a glyph stands for is copied into the arena: no pointer leads into a document, which dies with the next parse.
 */
#ifndef RN_PRINT_GALLEY_H
#define RN_PRINT_GALLEY_H

#include "model/page.h"
#include "print/font.h"
#include "print/tag.h"

typedef struct RnPicture RnPicture;     /* picture.h */

/* Where a link leads. anchor: a name within the book (rn_anchor_name); uri: in the world. One of them or both; a file for paper has neither. */
typedef struct { const char *anchor, *uri; } RnTarget;

typedef enum {
	RN_MARK_TEXT,      /* glyphs from (x, y), y being the base line */
	RN_MARK_RULE,      /* a filled box: x, y, w, h */
	RN_MARK_PATH,      /* the segments of an RnPath, from (x, y) */
	RN_MARK_PICTURE,   /* a raster: x, y, w, h */
} RnMarkKind;

/* Segments: 'm' x y · 'l' x y · 'c' x1 y1 x2 y2 x3 y3 · 'z'. */
typedef struct {
	guint n_segments, n_points;
	const char *segments;           /* one letter each */
	const RnLength *points;         /* x, y in turn, relative to the mark */
	gboolean filled, even_odd, stroked;
	RnTint   fill, stroke;
	RnLength width;                  /* of the stroke */
	guint8   cap, join;              /* PDF's numbers: 0 butt 1 round 2 square; 0 miter 1 round 2 bevel */
	const RnLength *dashes; guint n_dashes;
} RnPath;

typedef struct {
	guint8        kind;
	RnTint        tint;              /* TEXT, RULE */
	guint8        column;            /* which of the columns set side by side it is of, from 0 */
	RnLength      x, y, w, h;        /* TEXT: w is its width; h 0 */
	const RnTag  *tag;               /* NULL: an artifact */
	const RnTarget *target;          /* NULL: no link */
	union {
		struct { const RnFont *font; RnGlyph *glyphs; guint n; } text;
		const RnPath *path;
		const RnPicture *picture;
	};
} RnMark;

typedef struct RnPiece RnPiece;

/* A footnote: its pieces stand at the foot of the column that holds the piece which calls it. */
typedef struct { const RnPiece *const *pieces; guint n; RnLength height; } RnNote;

#define RN_KEEP  20000   /* a break here only where nothing else is left */
#define RN_BREAK (-20000)/* a break here always */

struct RnPiece {
	RnLength height;                 /* to the next piece's top */
	RnLength space;                  /* white above it; falls away at the head of a column */
	gint32   penalty;                /* of beginning a column with it: 0 is free, RN_KEEP, RN_BREAK, or between */
	gboolean on_grid;                /* its top is moved down to the next line of the column's grid */
	gboolean recto;                  /* with RN_BREAK: the column must be a right-hand side's first */
	const RnMark *marks; guint n_marks;
	const RnNote *const *notes; guint n_notes;
	const char *const *anchors; guint n_anchors;   /* names that lead here */
	const RnPiece *beside;           /* the first piece of those that several columns were set side by side in: one is painted after the other; NULL */
	const RnPiece *repeat;           /* stands again above it at the head of a column (a table's head); NULL */
	const char *running;             /* from here on the running head says this; NULL: as before */
	guint8 notices;                  /* a title with marks: which, to be explained at the foot of its side */
	const RnPage *page;              /* whose text it is, for messages and the index; NULL */
	guint32 line;
};

typedef struct {
	RnArena   *arena;
	GPtrArray *pieces;               /* of RnPiece *, each changeable until made up */
	RnLength   after;                /* white that the last block wants below it */
	gboolean   hold;                 /* a heading came last: the next piece gets RN_KEEP */
} RnGalley;

RnGalley *rn_galley_new (RnArena *arena);
void      rn_galley_free (RnGalley *galley);                    /* the list alone; the pieces are the arena's */
RnPiece  *rn_galley_add (RnGalley *galley, RnLength height);   /* an empty piece at the end */
RnPiece  *rn_galley_last (const RnGalley *galley);              /* NULL: none */
RnLength  rn_galley_height (const RnGalley *galley);           /* of all pieces and the spaces between them, no grid */

/*
 * The white between blocks: each puts the larger of what it and the last one want above its first piece, and leaves what it wants below. Every block does so:
 *   piece->space = rn_galley_meet (galley, style->before, style->after);
 */
RnLength  rn_galley_meet (RnGalley *galley, RnLength before, RnLength after);

/* Adds a copy of MARKS to those of PIECE. behind: they are painted first, and lie under the others. */
void      rn_piece_add_marks (RnArena *arena, RnPiece *piece, const RnMark *marks, guint n, gboolean behind);
void      rn_piece_add_anchor (RnArena *arena, RnPiece *piece, const char *name);
void      rn_piece_shift (RnPiece *piece, RnLength dx, RnLength dy);   /* all its marks */

/* Where the base line of its first text is, below its top; OTHERWISE if it has no text. */
RnLength  rn_piece_base_line (const RnPiece *piece, RnLength otherwise);

/* Turns the space above PIECE into a part of it, so that a tint or a bar behind can cover it. */
void      rn_piece_close (RnPiece *piece);

/*
 * Sets galleys side by side: piece i of the result holds piece i of each, at XS[k], and is as high as the highest. Inside, a break costs what it costs
 * in any of them; a column that has ended stays empty. Used for table rows and parallel texts. Appended to OUT. On a side each column is painted down to its end
 * before the next, so that whoever takes words out of the file reads one text after the other.
 */
void      rn_galley_zip (RnGalley *out, RnGalley *const *columns, const RnLength *xs, guint n);

/* The name of a place in the book: PAGE's, or that of ANCHOR in it (NULL: its beginning). In ARENA. */
const char *rn_anchor_name (RnArena *arena, const RnPage *page, const char *anchor);

#endif
