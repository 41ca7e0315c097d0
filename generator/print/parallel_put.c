/*
 * parallel_put.c - blocks of several languages -> pieces that hold all of them.
 *
 * In: a galley a language. Out: one galley. Invariant: what begins together stands at one height; notes of the same place stand beside each other at the foot.
 */
#include "print/parallel-int.h"
#include "print/pour.h"
#include "print/set.h"

#define NEAR 4   /* notes whose calls are so many lines apart share a line at the foot, and the calls a column */

/* --- notes ------------------------------------------------------------------------------------------------------------------ */

typedef struct { RnPiece *piece; guint at; const RnNote *note; } Call;

static GArray *calls_of (const RnGalley *galley)
{
	GArray *calls = g_array_new (FALSE, FALSE, sizeof (Call));
	for (guint i = 0; i < galley->pieces->len; i++) {
		RnPiece *piece = galley->pieces->pdata[i];
		for (guint k = 0; k < piece->n_notes; k++) {
			const Call call = { piece, i, piece->notes[k] };
			g_array_append_val (calls, call);
		}
	}
	return calls;
}

static void shift_notes (const GArray *calls, RnLength x)
{
	for (guint i = 0; i < calls->len; i++) {
		const RnNote *note = g_array_index (calls, Call, i).note;
		for (guint k = 0; k < note->n; k++)
			rn_piece_shift ((RnPiece *) note->pieces[k], x, 0);
	}
}

static void set_notes (RnArena *arena, RnPiece *piece, const GArray *calls)
{
	const RnNote **notes = rn_arena_newn (arena, const RnNote *, calls->len);
	piece->n_notes = 0;
	for (guint i = 0; i < calls->len; i++)
		if (g_array_index (calls, Call, i).piece == piece && g_array_index (calls, Call, i).note)
			notes[piece->n_notes++] = g_array_index (calls, Call, i).note;
	piece->notes = notes;
}

/* NOTE and OTHER as one note, line beside line. */
static const RnNote *join_notes (RnArena *arena, const RnNote *note, const RnNote *other)
{
	const RnNote *const both[] = { note, other };
	RnGalley *columns[] = { rn_galley_new (arena), rn_galley_new (arena) }, *out = rn_galley_new (arena);
	const RnLength xs[] = { 0, 0 };
	for (guint k = 0; k < 2; k++)
		for (guint i = 0; i < both[k]->n; i++)
			g_ptr_array_add (columns[k]->pieces, (gpointer) both[k]->pieces[i]);
	rn_galley_zip (out, columns, xs, 2);
	RnNote *joined = rn_arena_new0 (arena, RnNote);
	const RnPiece **pieces = rn_arena_newn (arena, const RnPiece *, out->pieces->len);
	for (guint i = 0; i < out->pieces->len; i++)
		pieces[i] = out->pieces->pdata[i];
	*joined = (RnNote) { pieces, out->pieces->len, rn_galley_height (out) };
	rn_galley_free (out);
	rn_galley_free (columns[0]);
	rn_galley_free (columns[1]);
	return joined;
}

/* Do so few lines stand between rows FROM and TO? A table's row may be as high as many. */
static gboolean are_near (const RnParallel *parallel, RnGalley *const *row, guint from, guint to)
{
	RnLength between = 0;
	if (to - from > NEAR)
		return FALSE;
	for (guint i = from; i < to; i++) {
		RnLength height = 0;
		for (guint k = 0; k < parallel->n; k++)
			if (i < row[k]->pieces->len)
				height = MAX (height, ((const RnPiece *) row[k]->pieces->pdata[i])->height);
		between += height;
	}
	return between <= NEAR * parallel->booklet->setter->styles.text[RN_STYLE_BODY].leading;
}

/*
 * The first note of each language goes with the first of the others, and so on, where they are called near each other: to the piece that calls first. No column begins between
 * the two: the second note would stand a side before its mark.
 */
static void pair_notes (const RnParallel *parallel, RnGalley *const *row, GArray **calls)
{
	RnArena *arena = parallel->out->galley->arena;
	for (guint k = 1; k < parallel->n; k++)
		for (guint i = 0; i < MIN (calls[0]->len, calls[k]->len); i++) {
			Call *one = &g_array_index (calls[0], Call, i), *two = &g_array_index (calls[k], Call, i);
			Call *first = one->at <= two->at ? one : two, *later = first == one ? two : one;
			if (!one->note || !are_near (parallel, row, first->at, later->at))
				continue;
			first->note = join_notes (arena, one->note, two->note);
			later->note = NULL;
			const RnGalley *column = row[later == one ? 0 : k];
			for (guint at = first->at + 1; at <= later->at; at++)
				((RnPiece *) column->pieces->pdata[at])->penalty = RN_KEEP;
		}
	for (guint k = 0; k < parallel->n; k++)
		for (guint i = 0; i < calls[k]->len; i++)
			set_notes (arena, g_array_index (calls[k], Call, i).piece, calls[k]);
}

/* Notes lie by their piece's column. */
static void place_notes (const RnParallel *parallel, RnGalley *const *row)
{
	g_autofree GArray **calls = g_new0 (GArray *, parallel->n);
	for (guint k = 0; k < parallel->n; k++) {
		calls[k] = calls_of (row[k]);
		shift_notes (calls[k], parallel->xs[k]);
	}
	pair_notes (parallel, row, calls);
	for (guint k = 0; k < parallel->n; k++)
		g_array_unref (calls[k]);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------------- */

static void put_row (RnParallel *parallel, RnGalley *const *row, gboolean heading)
{
	RnGalley *out = parallel->out->galley;
	const guint first = out->pieces->len;
	const RnLength after = out->after;
	place_notes (parallel, row);
	rn_galley_zip (out, row, parallel->xs, parallel->n);
	out->hold = FALSE;
	if (first == out->pieces->len)
		return;
	RnPiece *piece = out->pieces->pdata[first];
	piece->space = MAX (piece->space, after);
	if (parallel->keep)
		rn_keep_next (out, first);
	parallel->keep = heading;
}

/* GALLEY as one piece, if it is not too high to be kept whole. */
static void make_whole (const RnParallel *parallel, RnGalley *galley)
{
	RnArena *arena = galley->arena;
	if (galley->pieces->len < 2 || rn_galley_height (galley) > parallel->booklet->column_height / 3)
		return;
	const RnPiece *first = galley->pieces->pdata[0];
	RnPiece *piece = rn_arena_new0 (arena, RnPiece);
	g_autoptr (GArray) calls = calls_of (galley);
	*piece = (RnPiece) { .space = first->space, .penalty = first->penalty, .on_grid = first->on_grid, .running = first->running, .page = first->page, .line = first->line };
	piece->height = rn_piece_take (arena, piece, galley, 0, 0);
	for (guint i = 0; i < calls->len; i++)
		g_array_index (calls, Call, i).piece = piece;
	set_notes (arena, piece, calls);
	g_ptr_array_set_size (galley->pieces, 0);
	g_ptr_array_add (galley->pieces, piece);
}

/* Have all cells a list of the same number of items? */
static gboolean same_items (const RnParallelCell *row, guint n)
{
	for (guint k = 1; k < n; k++)
		if (row[k].n_items != row[0].n_items)
			return FALSE;
	return row[0].n_items > 1;
}

static void put_items (RnParallel *parallel, const RnParallelCell *row)
{
	g_autofree RnGalley **items = g_new0 (RnGalley *, parallel->n);
	for (guint i = 0; i < row[0].n_items; i++) {
		for (guint k = 0; k < parallel->n; k++) {
			items[k] = rn_galley_new (row[k].galley->arena);
			for (guint at = row[k].items[i]; at < row[k].items[i + 1]; at++)
				g_ptr_array_add (items[k]->pieces, row[k].galley->pieces->pdata[at]);
			items[k]->after = i + 1 == row[k].n_items ? row[k].galley->after : 0;
		}
		put_row (parallel, items, FALSE);
		for (guint k = 0; k < parallel->n; k++)
			rn_galley_free (items[k]);
	}
}

void rn_parallel_put (RnParallel *parallel, RnParallelCell *row, gboolean heading)
{
	g_autofree RnGalley **galleys = g_new0 (RnGalley *, parallel->n);
	if (same_items (row, parallel->n)) {
		put_items (parallel, row);
	} else {
		gboolean whole = FALSE;
		for (guint k = 0; k < parallel->n; k++)
			whole = whole || row[k].whole;
		for (guint k = 0; k < parallel->n; k++) {
			if (whole)
				make_whole (parallel, row[k].galley);
			galleys[k] = row[k].galley;
		}
		put_row (parallel, galleys, heading);
	}
	for (guint k = 0; k < parallel->n; k++)
		rn_galley_free (row[k].galley);
}
