/*
 * makeup.h - galley -> columns: page breaks chosen together, so that no line is stranded and no column is left short without need.
 *
 * Total fit as for lines (Plass: Optimal Pagination Techniques for Automatic Typesetting Systems, 1981): the cheapest way through all breaks, a column's cost growing with the square of
 * what stays empty, plus its break's penalty. Facing columns are brought to one height where that costs little. Pieces on the grid stand on the column's grid.
 * A footnote stands in the column of the piece that calls it; notes that no column could hold beside their line are continued in the next. A piece higher
 * than its column stands alone, and only such a one goes beyond it.
 */
#ifndef RN_PRINT_MAKEUP_H
#define RN_PRINT_MAKEUP_H

#include "print/book.h"

typedef struct {
	RnLength (*height) (gpointer user, guint column);   /* how high column COLUMN (from 0) is */
	gpointer user;
	RnLength grid;                  /* 0: none */
	RnLength note_gap;              /* between text and notes: a rule stands in it */
	guint    columns;               /* a side has so many: recto pieces begin a side */
	guint    first_side;            /* the number of the first side, from 0: even ones are right-hand sides */
	gboolean greedy;                /* first fit instead: for comparison alone */
} RnMakeupRules;

/* What stands in one column. */
typedef struct {
	guint    begin, end;            /* pieces of the galley; begin == end: left empty, so that a recto begins on the right, or with the rest of a note alone */
	GArray  *placed;                /* RnPlaced from the column's top left: pieces, repeated heads, notes at the foot */
	RnLength used;                  /* height of the text, notes aside */
	gboolean notes;                 /* has notes: their rule stands at notes_y */
	RnLength notes_y;               /* the middle of note_gap */
} RnColumn;

/* All columns that GALLEY fills, in order (GArray of RnColumn, whose arrays go with it). Never fails, never loops. */
GArray *rn_makeup (const RnGalley *galley, const RnMakeupRules *rules);

/* What the choice of COLUMNS costs, in square thousandths of a column: total fit's is never above first fit's. For tests and the bench. */
gint64 rn_makeup_cost (const RnGalley *galley, const RnMakeupRules *rules, const GArray *columns);

/* Figures for the bench: columns that begin with a paragraph's last line (widows), with its second (orphans), or with what a heading should have kept. */
typedef struct { guint columns, widows, orphans, stranded_headings; } RnMakeupFaults;

RnMakeupFaults rn_makeup_faults (const RnGalley *galley, const GArray *columns);

#endif
