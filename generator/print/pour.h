/*
 * pour.h - made-up columns and galleys onto sides: what stands where, running heads, folios, the rule above notes.
 */
#ifndef RN_PRINT_POUR_H
#define RN_PRINT_POUR_H

#include "print/compose.h"
#include "print/makeup.h"

/*
 * Columns onto new sides by the product's margins, with running heads and folios as its styles say. A running head "" is a chapter's beginning: the side that begins with it has none.
 * first_number: the label of the first side; 0: sides are numbered through the book from its first.
 * columns: 0: as the product. head: stands over all columns of the first side; NULL. rules: thin upright lines between texts that stand side by side in one column, from the column's left edge.
 */
typedef struct {
	guint first_number; gboolean folios, running; const char *verso_running;
	guint columns; RnLength gutter;
	const RnLength *rules; guint n_rules;
	const RnGalley *head;
} RnFurniture;
void rn_pour (RnComposer *composer, const RnGalley *galley, const RnFurniture *furniture);

/* What stands in COLUMN, MEASURE wide, on SIDE with its top left corner at (x, y), and the rule above its notes. */
void rn_place_column (RnComposer *composer, const RnColumn *column, RnSide *side, RnLength x, RnLength y, RnLength measure);
/* The pieces of GALLEY one below the other on SIDE, from (x, y) on. Returns where the next would stand. */
RnLength rn_place_galley (RnSide *side, const RnGalley *galley, RnLength x, RnLength y);
/* The marks of all of GALLEY's pieces into PIECE, moved by (dx, dy); how high they are. */
RnLength rn_piece_take (RnArena *arena, RnPiece *piece, const RnGalley *galley, RnLength dx, RnLength dy);

#endif
