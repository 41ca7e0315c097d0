/* fit.c - a product of fixed size is set smaller, step by step, until its text stands where it must. */
#include "print/fit-int.h"

static RnLength scaled (RnLength length, double percent)
{
	return (RnLength) (length * percent / 100 + (length < 0 ? -.5 : .5));
}

void rn_fit_scale (RnComposer *composer, double percent)
{
	const RnStyles *from = &composer->setter.product->styles;
	RnStyles *to = &composer->setter.styles;
	*to = *from;
	for (guint i = 0; i < RN_STYLES; i++) {
		RnTextStyle *style = &to->text[i];
		style->size = scaled (style->size, percent);
		style->leading = scaled (style->leading, percent);
		style->before = scaled (style->before, percent);
		style->after = scaled (style->after, percent);
		style->first_indent = scaled (style->first_indent, percent);
		style->left = scaled (style->left, percent);
		style->right = scaled (style->right, percent);
		style->tracking = scaled (style->tracking, percent);
	}
	to->grid = scaled (from->grid, percent);
	to->list_indent = scaled (from->list_indent, percent);
	to->callout_padding = scaled (from->callout_padding, percent);
	to->table_padding = scaled (from->table_padding, percent);
}

gboolean rn_fit (RnComposer *composer, RnFitTry try, gpointer user)
{
	const RnProduct *product = composer->setter.product;
	RnDiagnostics *sink = composer->setter.sink;
	RnBook *book = composer->setter.book;
	const guint numbers = book->numbers->len, entries = book->outline->len;
	guint chosen = 0;
	gboolean fits = FALSE;
	composer->setter.sink = NULL;
	for (; chosen < product->n_fit && !fits; chosen++) {
		rn_fit_scale (composer, product->fit[chosen]);
		fits = try (composer, user);
		/* What a discarded setting left with the book must not outlive it. */
		g_array_set_size (book->numbers, numbers);
		g_array_set_size (book->outline, entries);
	}
	composer->setter.sink = sink;
	rn_fit_scale (composer, product->fit[chosen ? chosen - 1 : 0]);
	try (composer, user);
	return fits;
}

RnBlocks rn_fit_blocks (RnComposer *composer, RnGalley *galley, RnLength measure, RnLength column_height, RnTag *parent)
{
	return (RnBlocks) { .setter = &composer->setter, .galley = galley, .measure = measure, .column_height = column_height, .parent = parent,
		.body = &composer->setter.styles.text[RN_STYLE_BODY] };
}

static RnLength one_height (gpointer user, guint column)
{
	(void) column;
	return *(const RnLength *) user;
}

GArray *rn_fit_columns (const RnGalley *galley, RnLength height, RnLength grid)
{
	const RnMakeupRules rules = { .height = one_height, .user = &height, .grid = grid, .note_gap = RN_PT (6), .columns = 1 };
	return rn_makeup (galley, &rules);
}

void rn_fit_place (RnComposer *composer, const RnColumn *column, RnSide *side, RnLength x, RnLength y, RnLength measure)
{
	for (guint i = 0; i < column->placed->len; i++) {
		const RnPlaced *placed = &g_array_index (column->placed, RnPlaced, i);
		rn_side_place (side, placed->piece, x + placed->x, y + placed->y);
	}
	if (column->notes) {
		const RnMark rule = { .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = x, .y = y + column->notes_y, .w = measure / 4, .h = composer->setter.styles.rule };
		rn_side_add_marks (composer->setter.book, side, &rule, 1);
	}
}
