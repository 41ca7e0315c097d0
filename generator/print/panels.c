/*
 * panels.c - kind: panels: a sheet of one or two sides parted into panels, by folds or as columns; text runs through them in the order in which they are read.
 *
 * In: the pages of a sheet. Out: its sides. Invariant: all panels are set to one measure, so that text is poured without knowing where it will stand; what does
 * not fit is told and never hides what stands at the end.
 */
#include "base/words.h"
#include "print/blocks-int.h"
#include "print/panels-int.h"
#include "print/pour.h"
#include "print/set.h"
#include "print/words.h"

#define LEAST_ALONE 100   /* per cent: below, text goes to where it had better not be: the back of a leaflet, the back of a sheet */
#define HOLD_TABLE RN_COHERE_WHOLE
#define LOWER_MOST 45     /* per cent of a column: beyond, columns are not made even */
#define SPREAD_MOST 60   /* per cent of the white between blocks */

static RnLength panel_height (gpointer user, guint column)
{
	const RnPanelSheet *sheet = user;
	const guint at = column + sheet->cover;
	if (at >= sheet->n)
		return sheet->height;
	const RnPanel *panel = &sheet->panels[at];
	RnLength height = sheet->height - sheet->less;
	if (sheet->head && !panel->side)
		height -= sheet->head_height;
	if (sheet->across ? panel->side == sheet->panels[sheet->foot_panel].side : at == sheet->foot_panel)
		height -= sheet->foot_height;
	return height;
}

static void forget (RnPanelSheet *sheet)
{
	RnGalley **galleys[] = { &sheet->text, &sheet->front, &sheet->head, &sheet->calls, &sheet->foot };
	for (guint i = 0; i < G_N_ELEMENTS (galleys); i++)
		g_clear_pointer (galleys[i], rn_galley_free);
	g_clear_pointer (&sheet->columns, g_array_unref);
}

/* Rows of one table, if it is not too high for it, stay on one panel: a panel is read by itself, and lies under a fold. */
static void hold_tables (const RnPanelSheet *sheet)
{
	const GPtrArray *pieces = sheet->text->pieces;
	for (guint i = 0, end; i < pieces->len; i = end) {
		const RnPiece *first = pieces->pdata[i];
		RnLength height = first->height;
		for (end = i + 1; first->repeat && end < pieces->len && ((const RnPiece *) pieces->pdata[end])->repeat == first->repeat; end++)
			height += ((const RnPiece *) pieces->pdata[end])->height;
		for (guint k = i + 1; k < end && height < sheet->height / 2; k++) {
			RnPiece *piece = pieces->pdata[k];
			piece->penalty = MAX (piece->penalty, HOLD_TABLE);
		}
	}
}

static void set_text (RnComposer *composer, RnPanelSheet *sheet)
{
	const RnProduct *product = composer->setter.product;
	const gboolean flow = !rn_product_says (product, "panels.page_starts", "panel");
	const gboolean titled = rn_panels_page (sheet) && (sheet->cover || sheet->head);
	sheet->text = rn_galley_new (composer->setter.book->arena);
	RnBlocks blocks = rn_fit_blocks (composer, sheet->text, sheet->measure, sheet->height, sheet->tag);
	for (guint i = 0; i < sheet->pages->len; i++) {
		const guint begin = sheet->text->pieces->len;
		RnPageParts parts = rn_page_parts (composer, titled ? 0 : sheet->pages->len > 1 ? 2 : 1);
		parts.description = parts.description && !titled;
		parts.outline = TRUE;
		rn_set_page (composer, &blocks, sheet->pages->pdata[i], &parts);
		if (i && !flow && begin < sheet->text->pieces->len)
			((RnPiece *) sheet->text->pieces->pdata[begin])->penalty = RN_BREAK;
	}
	hold_tables (sheet);
}

static void make_columns (RnComposer *composer, RnPanelSheet *sheet)
{
	const RnStyles *styles = &composer->setter.styles;
	const RnMakeupRules rules = { .height = panel_height, .user = sheet, .grid = styles->grid, .note_gap = styles->text[RN_STYLE_FOOTNOTE].leading, .columns = 1 };
	g_clear_pointer (&sheet->columns, g_array_unref);
	sheet->columns = rn_makeup (sheet->text, &rules);
}

/* What had better stay whole is broken. */
static gboolean is_torn (const RnPanelSheet *sheet)
{
	for (guint i = 1; i < sheet->columns->len; i++) {
		const guint begin = g_array_index (sheet->columns, RnColumn, i).begin;
		const gint32 penalty = begin < sheet->text->pieces->len ? ((const RnPiece *) sheet->text->pieces->pdata[begin])->penalty : 0;
		if (penalty >= HOLD_TABLE && penalty < RN_KEEP)
			return TRUE;
	}
	return FALSE;
}

static RnFitness try_sheet (RnComposer *composer, gpointer user)
{
	RnPanelSheet *sheet = user;
	forget (sheet);
	sheet->less = 0;
	rn_panels_set_ends (composer, sheet);
	set_text (composer, sheet);
	gint64 all = 0;
	for (guint i = 0; i < sheet->room; i++)
		all += MAX (panel_height (sheet, i), 0);
	/* What is more than all panels together hold need not be made up. */
	if (composer->setter.sink == NULL && rn_galley_height (sheet->text) > all + all / 10)
		return RN_FITS_NOT;
	make_columns (composer, sheet);
	return sheet->columns->len > sheet->room ? RN_FITS_NOT : is_torn (sheet) ? RN_FITS_POORLY : RN_FITS_WELL;
}

/*
 * How bad the columns are: squares of thousandths of a sheet's height, of what each leaves empty beyond the fullest, and of what it costs to break where they break.
 * G_MAXINT64: there are too many.
 */
static gint64 unevenness (const RnPanelSheet *sheet)
{
	const GArray *columns = sheet->columns;
	RnLength least = sheet->height;
	gint64 sum = 0;
	if (columns->len > sheet->room)
		return G_MAXINT64;
	for (guint i = 0; i < columns->len; i++)
		least = MIN (least, panel_height ((gpointer) sheet, i) - g_array_index (columns, RnColumn, i).used);
	for (guint i = 0; i < sheet->room; i++) {
		const RnColumn *column = i < columns->len ? &g_array_index (columns, RnColumn, i) : NULL;
		const gint64 empty = (gint64) (panel_height ((gpointer) sheet, i) - (column ? column->used : 0) - least) * 1000 / sheet->height;
		const gint64 penalty = i && column && column->begin < sheet->text->pieces->len ? ((const RnPiece *) sheet->text->pieces->pdata[column->begin])->penalty : 0;
		sum += (column && column->notes ? 0 : empty * empty) + (penalty > 0 && penalty < RN_KEEP ? penalty * penalty : 0);
	}
	return sum;
}

/* Columns are tried lower and lower while they hold the text, for then they become even; the best are taken. */
static void even_columns (RnComposer *composer, RnPanelSheet *sheet)
{
	const RnLength step = sheet->height / 100;
	gint64 best = unevenness (sheet);
	RnLength chosen = 0;
	if (sheet->room < 2)
		return;
	for (guint i = 1; i <= LOWER_MOST; i++) {
		sheet->less = step * (RnLength) i;
		make_columns (composer, sheet);
		const gint64 sum = unevenness (sheet);
		if (sum == G_MAXINT64)
			break;
		if (sum < best) {
			best = sum;
			chosen = sheet->less;
		}
	}
	sheet->less = chosen;
	make_columns (composer, sheet);
	RnLength least = sheet->height;
	for (guint i = 0; i < sheet->columns->len; i++)
		least = MIN (least, panel_height (sheet, i) - g_array_index (sheet->columns, RnColumn, i).used);
	for (guint i = 0; i < sheet->columns->len; i++) {
		RnColumn *column = &g_array_index (sheet->columns, RnColumn, i);
		rn_fit_spread (column, panel_height (sheet, i) - least - column->used, SPREAD_MOST);
	}
}

/* Text keeps off the back of a leaflet, and a sheet of one side is the better one, unless it would have to be set small. */
static gboolean fit_sheet (RnComposer *composer, RnPanelSheet *sheet)
{
	const RnValue *back = rn_product_get (composer->setter.product, "back_cover");
	const gboolean folded = rn_product_flag (composer->setter.product, "panels.folded", FALSE);
	guint face = 0;
	RnFit fit;
	while (face < sheet->n && !sheet->panels[face].side)
		face++;
	sheet->back = folded && back && back->kind == RN_MAP && sheet->n > sheet->cover + 1;
	sheet->room = sheet->back ? sheet->n - 1 - sheet->cover : face - sheet->cover;
	sheet->foot_panel = sheet->back ? sheet->n - 1 : face - 1;
	gboolean fits = (sheet->back || (!folded && face < sheet->n && face > sheet->cover)) && rn_fit_find (composer, LEAST_ALONE, try_sheet, sheet, &fit);
	if (!fits) {
		sheet->back = FALSE;
		sheet->room = sheet->n - sheet->cover;
		sheet->foot_panel = sheet->n - 1;
		fits = rn_fit_find (composer, 0, try_sheet, sheet, &fit);
	}
	rn_fit_scale (composer, fit);
	try_sheet (composer, sheet);
	return fits;
}

/* --- onto its sides ------------------------------------------------------------------------------------------------------------ */

/* Who made it and when, and which side of how many this is, in the margin below. */
static void put_furniture (RnComposer *composer, const RnPanelSheet *sheet, RnSide *side, guint number)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	const RnTextStyle *running = &product->styles.text[RN_STYLE_RUNNING], *folio = &product->styles.text[RN_STYLE_FOLIO];
	const RnLength y = product->height - product->bottom / 2 + folio->size / 3;
	const char *publisher = rn_publisher (setter), *month = setter->book->time ? rn_set_date (setter, setter->book->time, "month") : NULL;
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	const char *who = publisher && month ? rn_arena_printf (setter->book->arena, "%s, %s", publisher, month) : publisher ? publisher : month;
	if (who && rn_product_flag (product, "running", FALSE))
		rn_line_marks (setter, running, who, NULL, RN_ALIGN_LEFT, product->inner, y, marks);
	if (sheet->sides > 1 && rn_product_flag (product, "folios", FALSE))
		rn_line_marks (setter, folio, rn_arena_printf (setter->book->arena, "%u/%u", number, sheet->sides), NULL, RN_ALIGN_RIGHT, product->width - product->outer, y, marks);
	rn_side_add_marks (setter->book, side, (const RnMark *) (gpointer) marks->data, marks->len);
}

/* What is placed on side SIDE from now on is read when panel AT is. */
static void take_turn (RnComposer *composer, guint first, guint side, guint at)
{
	rn_book_turn (composer->setter.book, first + side, first * RN_PANELS + at);
}

static void put_text (RnComposer *composer, const RnPanelSheet *sheet, guint first)
{
	const RnProduct *product = composer->setter.product;
	/* What no panel holds is told and left out: it would cover what stands on the last. */
	for (guint at = sheet->cover; at < MIN (sheet->columns->len + sheet->cover, sheet->n); at++) {
		const RnPanel *panel = &sheet->panels[at];
		take_turn (composer, first, panel->side, at);
		rn_place_column (composer, &g_array_index (sheet->columns, RnColumn, at - sheet->cover), composer->setter.book->sides->pdata[first + panel->side],
		                 panel->left, product->top + (sheet->head && !panel->side ? sheet->head_height : 0), sheet->measure);
	}
}

static void put_panels (RnComposer *composer, RnPanelSheet *sheet, guint first)
{
	take_turn (composer, first, sheet->panels[0].side, 0);
	if (sheet->head)
		take_turn (composer, first, 0, 0);
	rn_panels_put_beginning (composer, sheet, first);
	put_text (composer, sheet, first);
	take_turn (composer, first, sheet->panels[sheet->foot_panel].side, sheet->foot_panel);
	rn_panels_put_end (composer, sheet, first);
}

static void put_sheet (RnComposer *composer, RnPanelSheet *sheet)
{
	RnSetter *setter = &composer->setter;
	RnBook *book = setter->book;
	const RnPage *only = rn_panels_page (sheet);
	const guint first = book->sides->len;
	sheet->tag = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT);
	for (guint i = 0; i < sheet->sides; i++)
		rn_book_add_side (book, setter->product->width, setter->product->height);
	if (fit_sheet (composer, sheet)) {
		even_columns (composer, sheet);
	} else {
		g_autofree char *why = g_strdup_printf ("it needs %u panels and has %u", sheet->columns->len + sheet->cover, sheet->n);
		rn_diagnose (setter->sink, RN_D_PRODUCT_OVERFLOW, only ? rn_page_place (only, 0, 0) : setter->product->where, setter->product->name, why);
	}
	put_panels (composer, sheet, first);
	for (guint i = first; i < book->sides->len; i++) {
		RnSide *side = book->sides->pdata[i];
		side->blank = !side->placed->len;
		if (!side->blank)
			put_furniture (composer, sheet, side, i - first + 1);
	}
	forget (sheet);
}

gboolean rn_compose_panels (RnComposer *composer)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	RnPanelSheet sheet = { 0 };
	GPtrArray *pages = rn_product_pages (product, setter->library, setter->language, setter->sink);
	const gboolean each = rn_product_says (product, "panels.each", "page"), room = rn_panels_read (&sheet, product);
	if (!pages->len)
		rn_diagnose (setter->sink, RN_D_PRODUCT_EMPTY, product->where, product->name, setter->language->code);
	else if (!room)
		rn_diagnose (setter->sink, RN_D_PRODUCT_BROKEN, rn_product_place (product, "panels.sides"), product->name,
		             _("its margins leave no room for text in a panel"));
	for (guint i = 0; room && i < (each ? pages->len : MIN (pages->len, 1)); i++) {
		sheet.pages = g_ptr_array_new ();
		for (guint k = each ? i : 0; k < (each ? i + 1 : pages->len); k++)
			g_ptr_array_add (sheet.pages, pages->pdata[k]);
		put_sheet (composer, &sheet);
		g_ptr_array_unref (sheet.pages);
	}
	const gboolean fine = room && pages->len;
	g_ptr_array_unref (pages);
	return fine;
}
