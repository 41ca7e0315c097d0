/*
 * paragraph_set.c - a paragraph is set: its lines are chosen, become pieces one below the other, and call their notes.
 *
 * Between the lines stand the prices of beginning a column there: two lines stay together at either end.
 */
#include "print/paragraph-int.h"

/* Of a column's break after a line that ends in a hyphen: as a share of a column left empty, in thousandths; see makeup.h. */
#define AFTER_HYPHEN 60

typedef struct { RnLength first, other; } Measures;

static RnLength width_of (gpointer user, guint line)
{
	const Measures *measures = user;
	return line ? measures->other : measures->first;
}

/* How wide the lines are within MEASURE. However narrow, a letter finds its place. */
static Measures measures_of (const RnTextStyle *style, RnLength measure)
{
	RnLength other = MAX (measure - style->left - style->right, style->size);
	return (Measures) { MAX (other - style->first_indent, style->size), other };
}

static void break_lines (RnParagraph *paragraph, RnWorkspace *ws, Measures *measures)
{
	RnLength narrow = MIN (measures->first, measures->other);
	rn_paragraph_places (paragraph, ws);
	rn_paragraph_shape (paragraph, ws);
	rn_paragraph_items (paragraph, ws, narrow);
	if (rn_paragraph_part_words (paragraph, ws, narrow))
		rn_paragraph_items (paragraph, ws, narrow);
	const RnLineRules rules = { .width = width_of, .user = measures, .greedy = paragraph->setter->greedy };
	g_array_set_size (ws->lines, 0);
	rn_break_lines ((const RnItem *) (gpointer) ws->items->data, ws->items->len, &rules, ws->lines);
}

/* Of beginning a column with line I of N. */
static gint32 penalty_of (const RnWorkspace *ws, guint i, guint n)
{
	if (i == 1 || i == n - 1)
		return RN_KEEP;
	return g_array_index (ws->lines, RnBrokenLine, i - 1).hyphen ? AFTER_HYPHEN : 0;
}

/* The notes that the lines have called, each once. The workspace is theirs from here on. */
static void set_notes (RnParagraph *paragraph, RnWorkspace *ws, RnLength measure)
{
	RnSetter *setter = paragraph->setter;
	guint n = ws->called->len;
	if (!n)
		return;
	RnCalledAt *called = rn_arena_newn (setter->book->arena, RnCalledAt, n);
	memcpy (called, ws->called->data, n * sizeof *called);
	g_array_set_size (ws->called, 0);
	for (guint i = 0; i < n; i++)
		if (!called[i].called->done)
			rn_paragraph_note (paragraph, called[i].called, setter->note_measure ? setter->note_measure : measure, called[i].piece);
}

void rn_paragraph_set (RnParagraph *paragraph, RnGalley *galley, RnLength x, RnLength measure)
{
	RnSetter *setter = paragraph->setter;
	const RnTextStyle *style = &paragraph->style;
	RnWorkspace *ws = rn_workspace_of (setter);
	Measures measures = measures_of (style, measure);
	if (!paragraph->first)
		return;
	break_lines (paragraph, ws, &measures);
	g_array_set_size (ws->called, 0);
	guint n = ws->lines->len;
	for (guint i = 0; i < n; i++) {
		RnPiece *piece = rn_galley_add (galley, style->leading);
		piece->on_grid = style->on_grid;
		piece->page = setter->page;
		if (!i)
			piece->space = rn_galley_meet (galley, style->before, style->after);
		else
			piece->penalty = penalty_of (ws, i, n);
		const RnLineBox box = {
			.x = x + style->left + (i ? 0 : style->first_indent), .measure = i ? measures.other : measures.first,
			.end = i + 1 < n ? g_array_index (ws->lines, RnBrokenLine, i + 1).begin : ws->items->len,
		};
		rn_paragraph_line (paragraph, ws, i, &box, piece);
	}
	set_notes (paragraph, ws, measure);
}

void rn_paragraph_widths (RnParagraph *paragraph, RnLength *narrowest, RnLength *widest)
{
	RnWorkspace *ws = rn_workspace_of (paragraph->setter);
	const RnTextStyle *style = &paragraph->style;
	gint64 part = 0, narrow = 0, line = 0, wide = 0;
	rn_paragraph_places (paragraph, ws);
	rn_paragraph_shape (paragraph, ws);
	rn_paragraph_items (paragraph, ws, 0);
	const RnItem *items = (const RnItem *) (gpointer) ws->items->data;
	for (guint i = 0; i < ws->items->len; i++) {
		gboolean penalty = items[i].kind == RN_ITEM_PENALTY, glue = items[i].kind == RN_ITEM_GLUE;
		if ((penalty && items[i].penalty < RN_TIED) || (glue && i && items[i - 1].kind == RN_ITEM_BOX)) {
			narrow = MAX (narrow, part + (penalty ? items[i].width : 0));
			part = 0;
		} else if (!penalty)
			part += items[i].width;
		if (penalty && items[i].penalty == RN_FORCE) {
			wide = MAX (wide, line);
			line = 0;
		} else if (!penalty)
			line += items[i].width;
	}
	RnLength indents = style->left + style->right + MAX (style->first_indent, 0);
	*narrowest = (RnLength) MIN (narrow, G_MAXINT32 / 4) + indents;
	*widest = (RnLength) MIN (wide, G_MAXINT32 / 4) + indents;
}
