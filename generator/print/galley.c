/*
 * galley.c - lists of pieces: made, shifted, set side by side.
 *
 * In: pieces and marks of any kind. Out: the same in one galley. Invariant: a piece's marks are its own, so that shifting one piece moves no other.
 */
#include "print/galley.h"

#include <string.h>

RnGalley *rn_galley_new (RnArena *arena)
{
	RnGalley *galley = g_new0 (RnGalley, 1);
	galley->arena = arena;
	galley->pieces = g_ptr_array_new ();
	return galley;
}

void rn_galley_free (RnGalley *galley)
{
	if (galley == NULL)
		return;
	g_ptr_array_free (galley->pieces, TRUE);
	g_free (galley);
}

RnPiece *rn_galley_add (RnGalley *galley, RnLength height)
{
	RnPiece *piece = rn_arena_new0 (galley->arena, RnPiece);
	piece->height = height;
	piece->penalty = galley->hold ? RN_KEEP : 0;
	galley->hold = FALSE;
	g_ptr_array_add (galley->pieces, piece);
	return piece;
}

RnPiece *rn_galley_last (const RnGalley *galley)
{
	return galley->pieces->len > 0 ? g_ptr_array_index (galley->pieces, galley->pieces->len - 1) : NULL;
}

RnLength rn_galley_height (const RnGalley *galley)
{
	gint64 height = 0;
	for (guint i = 0; i < galley->pieces->len; i++) {
		const RnPiece *piece = g_ptr_array_index (galley->pieces, i);
		height += piece->height + (i > 0 ? piece->space : 0);
	}
	return (RnLength) MIN (height, G_MAXINT32);
}

RnLength rn_galley_meet (RnGalley *galley, RnLength before, RnLength after)
{
	RnLength space = MAX (galley->after, before);
	galley->after = after;
	return space;
}

void rn_piece_add_marks (RnArena *arena, RnPiece *piece, const RnMark *marks, guint n, gboolean behind)
{
	if (n == 0)
		return;
	RnMark *all = rn_arena_newn (arena, RnMark, piece->n_marks + n);
	if (piece->n_marks > 0)
		memcpy (all + (behind ? n : 0), piece->marks, sizeof *all * piece->n_marks);
	memcpy (all + (behind ? 0 : piece->n_marks), marks, sizeof *all * n);
	piece->marks = all;
	piece->n_marks += n;
}

void rn_piece_add_anchor (RnArena *arena, RnPiece *piece, const char *name)
{
	const char **all = rn_arena_newn (arena, const char *, piece->n_anchors + 1);
	if (piece->n_anchors > 0)
		memcpy (all, piece->anchors, sizeof *all * piece->n_anchors);
	all[piece->n_anchors++] = name;
	piece->anchors = all;
}

void rn_piece_shift (RnPiece *piece, RnLength dx, RnLength dy)
{
	/* They are const for those who read a piece; its maker made them in the arena. */
	RnMark *marks = (RnMark *) piece->marks;
	for (guint i = 0; i < piece->n_marks; i++) {
		marks[i].x += dx;
		marks[i].y += dy;
	}
}

RnLength rn_piece_base_line (const RnPiece *piece, RnLength otherwise)
{
	for (guint i = 0; i < piece->n_marks; i++)
		if (piece->marks[i].kind == RN_MARK_TEXT)
			return piece->marks[i].y;
	return otherwise;
}

void rn_piece_close (RnPiece *piece)
{
	if (piece->space == 0)
		return;
	rn_piece_shift (piece, 0, piece->space);
	piece->height += piece->space;
	piece->space = 0;
}

/* The pieces that stand side by side in row I of the columns: counted, so that each list is made once. */
typedef struct { guint marks, notes, anchors; } Counts;

static RnPiece *nth (const RnGalley *column, guint i)
{
	return i < column->pieces->len ? g_ptr_array_index (column->pieces, i) : NULL;
}

/* Makes OUT what it is from the numbers of PIECE, its neighbour: whatever asks for more wins. */
static void join_measures (RnPiece *out, const RnPiece *piece)
{
	out->height = MAX (out->height, piece->height);
	out->space = MAX (out->space, piece->space);
	out->penalty = MAX (out->penalty, piece->penalty);
	out->on_grid |= piece->on_grid;
	out->recto |= piece->recto;
	if (out->repeat == NULL)
		out->repeat = piece->repeat;
	if (out->running == NULL)
		out->running = piece->running;
	if (out->page == NULL)
		out->page = piece->page;
	if (out->line == 0)
		out->line = piece->line;
}

static void zip_row (RnGalley *out, RnGalley *const *columns, const RnLength *xs, guint n, guint row)
{
	Counts all = { 0 };
	RnPiece *joined = rn_galley_add (out, 0);
	gboolean held = joined->penalty == RN_KEEP;
	joined->penalty = RN_BREAK;
	for (guint k = 0; k < n; k++) {
		const RnPiece *piece = nth (columns[k], row);
		if (piece == NULL)
			continue;
		all.marks += piece->n_marks;
		all.notes += piece->n_notes;
		all.anchors += piece->n_anchors;
		join_measures (joined, piece);
	}
	if (held)
		joined->penalty = RN_KEEP;
	RnMark *marks = rn_arena_newn (out->arena, RnMark, all.marks);
	const RnNote **notes = rn_arena_newn (out->arena, const RnNote *, all.notes);
	const char **anchors = rn_arena_newn (out->arena, const char *, all.anchors);
	joined->marks = marks;
	joined->notes = notes;
	joined->anchors = anchors;
	for (guint k = 0; k < n; k++) {
		const RnPiece *piece = nth (columns[k], row);
		if (piece == NULL)
			continue;
		for (guint i = 0; i < piece->n_marks; i++) {
			marks[joined->n_marks] = piece->marks[i];
			marks[joined->n_marks].column = (guint8) MIN (k, G_MAXUINT8);
			marks[joined->n_marks++].x += xs[k];
		}
		for (guint i = 0; i < piece->n_notes; i++)
			notes[joined->n_notes++] = piece->notes[i];
		for (guint i = 0; i < piece->n_anchors; i++)
			anchors[joined->n_anchors++] = piece->anchors[i];
	}
}

void rn_galley_zip (RnGalley *out, RnGalley *const *columns, const RnLength *xs, guint n)
{
	guint rows = 0;
	RnLength after = 0;
	gboolean hold = FALSE;
	for (guint k = 0; k < n; k++) {
		rows = MAX (rows, columns[k]->pieces->len);
		after = MAX (after, columns[k]->after);
		hold |= columns[k]->hold;
	}
	const guint first = out->pieces->len;
	for (guint row = 0; row < rows; row++) {
		zip_row (out, columns, xs, n, row);
		rn_galley_last (out)->beside = nth (out, first);
	}
	if (rows == 0)
		return;
	out->after = after;
	out->hold = hold;
}

const char *rn_anchor_name (RnArena *arena, const RnPage *page, const char *anchor)
{
	const char *url = page != NULL ? page->url : "";
	if (anchor == NULL)
		return rn_arena_strndup (arena, url, -1);
	gsize n_url = strlen (url), n_anchor = strlen (anchor);
	char *name = rn_arena_newn (arena, char, n_url + n_anchor + 2);
	memcpy (name, url, n_url);
	name[n_url] = '#';
	memcpy (name + n_url + 1, anchor, n_anchor);
	return name;
}
