/*
 * columns.c - pieces and notes -> where each stands in its column. The same arithmetic tells makeup.c what would fit and puts it there in the end.
 *
 * The invariant: nothing leaves [0, height] but a piece that is higher than its column, and that one stands alone.
 */
#include "print/makeup-int.h"

/* See RnMatter.lead. */
static RnLength *find_leads (RnPiece *const *pieces, guint n)
{
	RnLength *lead = g_new0 (RnLength, n + 1);
	for (guint i = n; i-- > 0;) {
		const RnPiece *next = i + 1 < n ? pieces[i + 1] : NULL;
		if (next && !pieces[i]->on_grid && next->penalty >= RN_KEEP && (next->on_grid || lead[i + 1] > 0))
			lead[i] = pieces[i]->height + next->space + lead[i + 1];
	}
	/* Within, the first has made room for all. */
	for (guint i = n; i-- > 1;)
		if (lead[i - 1] > 0)
			lead[i] = 0;
	return lead;
}

void rn_matter_init (RnMatter *matter, const RnGalley *galley, const RnMakeupRules *rules)
{
	*matter = (RnMatter) { rules, (RnPiece *const *) galley->pieces->pdata, galley->pieces->len, g_new (guint, galley->pieces->len + 1),
		g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (gint64)), find_leads ((RnPiece *const *) galley->pieces->pdata, galley->pieces->len) };
	gint64 sum = 0;
	g_array_append_val (matter->note_sum, sum);
	for (guint i = 0; i < matter->n; i++) {
		matter->first_note[i] = matter->notes->len;
		for (guint k = 0; k < matter->pieces[i]->n_notes; k++) {
			const RnNote *note = matter->pieces[i]->notes[k];
			for (guint p = 0; p < note->n; p++) {
				sum += note->pieces[p]->height + note->pieces[p]->space;
				g_ptr_array_add (matter->notes, (gpointer) note->pieces[p]);
				g_array_append_val (matter->note_sum, sum);
			}
		}
	}
	matter->first_note[matter->n] = matter->notes->len;
}

void rn_matter_clear (RnMatter *matter)
{
	g_free (matter->first_note);
	g_free (matter->lead);
	g_ptr_array_unref (matter->notes);
	g_array_unref (matter->note_sum);
}

RnLength rn_matter_height (const RnMatter *matter, guint column)
{
	return MAX (matter->rules->height (matter->rules->user, column), 1);
}

RnLength rn_matter_foot (const RnMatter *matter, guint a, guint b)
{
	if (a >= b)
		return 0;
	const RnPiece *first = matter->notes->pdata[a];
	gint64 height = g_array_index (matter->note_sum, gint64, b) - g_array_index (matter->note_sum, gint64, a) - first->space + matter->rules->note_gap;
	return (RnLength) MIN (height, G_MAXINT32 / 2);
}

guint rn_matter_notes_in (const RnMatter *matter, guint a, guint end, RnLength room)
{
	guint b = a;
	while (b < end && rn_matter_foot (matter, a, b + 1) <= room)
		b++;
	return b;
}

const RnPiece *rn_matter_repeat (const RnMatter *matter, guint i, RnLength height)
{
	const RnPiece *piece = matter->pieces[i];
	if (piece->repeat == NULL || rn_matter_top (matter, i, piece->repeat, i, 0) + piece->height > height)
		return NULL;
	return piece->repeat;
}

RnLength rn_matter_top (const RnMatter *matter, guint start, const RnPiece *head, guint i, RnLength y)
{
	const RnPiece *piece = matter->pieces[i];
	y += i > start ? piece->space : head ? head->height : 0;
	RnLength grid = matter->rules->grid;
	RnLength below = i > start && !piece->on_grid ? matter->lead[i] : 0;
	return grid > 0 && (piece->on_grid || below > 0) ? (y + below + grid - 1) / grid * grid - below : y;
}

guint rn_matter_column (const RnMatter *matter, guint i, guint column)
{
	if (!rn_matter_forced (matter, i) || !matter->pieces[i]->recto)
		return column;
	guint columns = MAX (matter->rules->columns, 1), side = (column + columns - 1) / columns;
	return (side + (side + matter->rules->first_side) % 2) * columns;
}

void rn_matter_place (const RnMatter *matter, guint column, guint begin, guint end, guint note_from, guint note_to, GArray *columns)
{
	RnLength height = rn_matter_height (matter, column), foot = rn_matter_foot (matter, note_from, note_to), y = 0;
	const RnPiece *head = begin < end ? rn_matter_repeat (matter, begin, height) : NULL;
	GArray *placed = g_array_sized_new (FALSE, FALSE, sizeof (RnPlaced), end - begin + note_to - note_from + 1);
	if (head)
		g_array_append_val (placed, ((RnPlaced) { head, 0, 0 }));
	for (guint i = begin; i < end; i++) {
		RnLength top = rn_matter_top (matter, begin, head, i, y);
		g_array_append_val (placed, ((RnPlaced) { matter->pieces[i], 0, top }));
		y = top + matter->pieces[i]->height;
	}
	RnColumn made = { begin, end, placed, y, note_from < note_to, height - foot + matter->rules->note_gap / 2 };
	/* A note higher than the column begins at its top. */
	RnLength note_y = MAX (height - foot + matter->rules->note_gap, 0);
	for (guint k = note_from; k < note_to; k++) {
		const RnPiece *note = matter->notes->pdata[k];
		note_y += k > note_from ? note->space : 0;
		g_array_append_val (placed, ((RnPlaced) { note, 0, note_y }));
		note_y += note->height;
	}
	made.notes_y = made.notes ? MAX (made.notes_y, 0) : 0;
	g_array_append_val (columns, made);
}
