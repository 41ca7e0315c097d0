/*
 * makeup-int.h - what choosing the breaks (makeup.c) and placing the pieces (columns.c) both know of a galley: where things stand in a column.
 */
#ifndef RN_PRINT_MAKEUP_INT_H
#define RN_PRINT_MAKEUP_INT_H

#include "print/makeup.h"

/*
 * A galley to be made up. All note pieces stand in one row in the order of their calls: those that piece i calls are [first_note[i], first_note[i + 1]).
 * note_sum[k] is the height of the first k with the space above each. lead[i]: where piece i begins what holds on to each other (a heading) and ends with a piece on the grid,
 * how far the latter's top is below its own: what the grid wants goes above the heading, not between it and its text; else 0.
 */
typedef struct {
	const RnMakeupRules *rules;
	RnPiece *const *pieces;
	guint n;
	guint *first_note;
	GPtrArray *notes;
	GArray *note_sum;
	RnLength *lead;
} RnMatter;

void rn_matter_init  (RnMatter *matter, const RnGalley *galley, const RnMakeupRules *rules);
void rn_matter_clear (RnMatter *matter);

RnLength rn_matter_height (const RnMatter *matter, guint column);
/* What the notes [a, b) take at a column's foot, with the gap above them; the space above the first falls away. */
RnLength rn_matter_foot (const RnMatter *matter, guint a, guint b);
/* The last note that still fits into ROOM beginning with A (exclusive). */
guint    rn_matter_notes_in (const RnMatter *matter, guint a, guint end, RnLength room);

/* The head that stands again above piece I at the head of a column of HEIGHT; NULL: none, or no room for both. */
const RnPiece *rn_matter_repeat (const RnMatter *matter, guint i, RnLength height);
/* Where the top of piece I comes in a column that begins with START (under HEAD, if any), Y being the bottom of what stands there already. */
RnLength rn_matter_top (const RnMatter *matter, guint start, const RnPiece *head, guint i, RnLength y);

static inline gboolean rn_matter_forced (const RnMatter *matter, guint i)
{
	return i < matter->n && matter->pieces[i]->penalty <= RN_BREAK;
}

/* The sides of an opened book: 0 alone, then 1 and 2, 3 and 4 ... */
static inline guint rn_matter_spread (const RnMatter *matter, guint column)
{
	return (column / MAX (matter->rules->columns, 1) + matter->rules->first_side + 1) / 2;
}

/* The column at or after COLUMN where piece I may begin. */
guint rn_matter_column (const RnMatter *matter, guint i, guint column);

/* One column of RnColumn: pieces [begin, end), notes [note_from, note_to). */
void rn_matter_place (const RnMatter *matter, guint column, guint begin, guint end, guint note_from, guint note_to, GArray *columns);

#endif
