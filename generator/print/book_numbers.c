/*
 * book_numbers.c - numbers of sides that need fewer digits than were kept for them: the line closes up, so that no hole stays and nothing has to be set anew.
 *
 * In: the marks of the sides, copied and moved since the number was set, but with the glyphs that its RnSideNumber knows. A line is the run of text marks that
 * follow one another without a gap. Of a justified line the room that is won goes to its spaces, of any other to its end.
 */
#include "print/book-int.h"

#include <stdlib.h>

static RnLength width_of (const RnMark *mark)
{
	RnLength width = 0;
	for (guint i = 0; i < mark->text.n; i++)
		width += mark->text.glyphs[i].advance;
	return width;
}

/* Does B begin where A ends? A raised or lowered one may. */
static gboolean follows (const RnMark *a, const RnMark *b)
{
	return b->kind == RN_MARK_TEXT && b->text.n && abs (b->x - a->x - width_of (a)) <= 2 && abs (b->y - a->y) < a->text.font->size;
}

/* The text mark before or after I in the piece; G_MAXUINT: none. */
static guint beside (const RnPiece *piece, guint i, gint step)
{
	for (i += (guint) step; i < piece->n_marks; i += (guint) step)
		if (piece->marks[i].kind == RN_MARK_TEXT)
			return i;
	return G_MAXUINT;
}

typedef struct { guint first, last; } Reach;

static Reach line_around (const RnPiece *piece, guint at)
{
	Reach reach = { at, at };
	for (guint i; (i = beside (piece, reach.first, -1)) != G_MAXUINT && piece->marks[i].text.n && follows (&piece->marks[i], &piece->marks[reach.first]);)
		reach.first = i;
	for (guint i; (i = beside (piece, reach.last, 1)) != G_MAXUINT && follows (&piece->marks[reach.last], &piece->marks[i]);)
		reach.last = i;
	return reach;
}

/* Is GLYPH a space within the line: not the one that it ends with? */
static gboolean inner_space (const RnMark *mark, guint glyph, gboolean last)
{
	return mark->text.glyphs[glyph].flags & RN_GLYPH_SPACE && !(last && glyph + 1 == mark->text.n);
}

/* Gives ROOM to the spaces of the line's marks, each its share. */
static void widen (RnMark *marks, Reach reach, RnLength room)
{
	gint64 spaces = 0, done = 0;
	for (guint pass = 0; pass < 2; pass++)
		for (guint k = reach.first; k <= reach.last; k++) {
			if (marks[k].kind != RN_MARK_TEXT)
				continue;
			for (guint i = 0; i < marks[k].text.n; i++) {
				if (!inner_space (&marks[k], i, k == reach.last))
					continue;
				if (!pass) {
					spaces++;
					continue;
				}
				RnLength share = (RnLength) (room * (done + 1) / spaces - room * done / spaces);   /* NOLINT(clang-analyzer-core.DivideZero): counted in the first pass */
				marks[k].text.glyphs[i].advance += share;
				marks[k].w += share;
				done++;
			}
		}
}

void rn_piece_close_up (RnPiece *piece, guint at, const RnSideNumber *number, guint len)
{
	RnMark *marks = (RnMark *) piece->marks;
	Reach reach = line_around (piece, at);
	RnLength room = 0;
	for (guint i = len; i < number->n; i++)
		room += marks[at].text.glyphs[i].advance;
	/* What follows on the left of the number moves by what the spaces before it take; so all places are found anew from the line's first. */
	const RnLength left = marks[reach.first].x;
	marks[at].text.n = len;
	marks[at].w -= room;
	if (number->justified)
		widen (marks, reach, room);
	RnLength x = left;
	for (guint k = reach.first; k <= reach.last; k++) {
		if (marks[k].kind != RN_MARK_TEXT)
			continue;
		marks[k].x = x;
		x += width_of (&marks[k]);
	}
}
