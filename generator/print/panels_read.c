/* panels_read.c - panels: sides: of a product -> where each panel is and where its text stands. */
#include "print/panels-int.h"

#include <stdlib.h>

static void add_panel (RnPanelSheet *sheet, guint side, RnLength x, RnLength width, guint reads)
{
	if (sheet->n < RN_PANELS)
		sheet->panels[sheet->n++] = (RnPanel) { side, x, width, 0, reads };
}

/* The panels of one side, from left to right; `reads` says their places in the order of reading. */
static void read_side (RnPanelSheet *sheet, const RnProduct *product, const RnValue *side, guint number)
{
	const RnValue *widths = rn_value_get (side, "widths"), *reads = rn_value_get (side, "reads");
	RnLength x = 0, width;
	if (!widths || widths->kind != RN_LIST || !widths->n) {
		add_panel (sheet, number, 0, product->width, sheet->n + 1);
		return;
	}
	for (guint i = 0; i < widths->n; i++) {
		if (!rn_length_parse (widths->items[i], 0, &width))
			width = product->width / (RnLength) widths->n;
		gint64 order = reads && reads->kind == RN_LIST && i < reads->n ? rn_value_int (reads->items[i], 0) : 0;
		add_panel (sheet, number, x, width, order > 0 ? (guint) order : sheet->n + 1);
		x += width;
	}
}

static int by_reading (gconstpointer left, gconstpointer right)
{
	const RnPanel *a = left, *b = right;
	return a->reads < b->reads ? -1 : a->reads > b->reads;
}

gboolean rn_panel_first (const RnPanel *panel)
{
	return panel->x == 0;
}

gboolean rn_panel_last (const RnPanel *panel, const RnProduct *product)
{
	/* Widths in millimetres do not add up to the last thousandth of a point. */
	return panel->x + panel->width >= product->width - RN_MM (0.2);
}

/*
 * The margin at the sheet's edges and half the gutter at a fold, at least; all texts are as wide as the narrowest. What a wider panel has over goes to the edge, so that
 * the white is the same at each fold; between two folds it is halved.
 */
static void settle_panels (RnPanelSheet *sheet, const RnProduct *product)
{
	RnLength widths[RN_PANELS];
	sheet->measure = product->width;
	for (guint i = 0; i < sheet->n; i++) {
		RnPanel *panel = &sheet->panels[i];
		panel->left = panel->x + (rn_panel_first (panel) ? product->inner : product->gutter / 2);
		widths[i] = panel->x + panel->width - (rn_panel_last (panel, product) ? product->outer : product->gutter / 2) - panel->left;
		sheet->measure = MIN (sheet->measure, widths[i]);
	}
	for (guint i = 0; i < sheet->n; i++) {
		RnPanel *panel = &sheet->panels[i];
		const gboolean first = rn_panel_first (panel), last = rn_panel_last (panel, product);
		if (first == last)
			panel->left += (widths[i] - sheet->measure) / 2;
		else if (first)
			panel->left += widths[i] - sheet->measure;
	}
	sheet->height = product->height - product->top - product->bottom;
}

gboolean rn_panels_read (RnPanelSheet *sheet, const RnProduct *product)
{
	const RnValue *sides = rn_product_get (product, "panels.sides"), *cover = rn_product_get (product, "cover");
	if (sides && sides->kind == RN_LIST)
		for (guint i = 0; i < sides->n; i++)
			read_side (sheet, product, sides->items[i], sheet->sides++);
	if (!sheet->n)
		add_panel (sheet, sheet->sides++, 0, product->width, 1);
	qsort (sheet->panels, sheet->n, sizeof (RnPanel), by_reading);
	settle_panels (sheet, product);
	sheet->across = rn_product_flag (product, "panels.band", FALSE);
	sheet->cover = sheet->n > 1 && cover && cover->kind == RN_MAP;
	return sheet->measure > RN_MM (20) && sheet->height > RN_MM (20);
}

const RnPage *rn_panels_page (const RnPanelSheet *sheet)
{
	return sheet->pages->len == 1 ? sheet->pages->pdata[0] : NULL;
}
