/*
 * panels.c - kind: panels: a sheet of one or two sides parted into panels, by folds or as columns; text runs through them in the order in which they are read.
 *
 * All panels are set to the measure of the narrowest, so that a galley can be poured without knowing where its pieces will stand; in a wider one the text is centred.
 */
#include "print/fit-int.h"

#define MAX_PANELS 24

typedef struct { guint side; RnLength x, width, left; guint reads; } Panel;   /* left: of its text */

typedef struct {
	Panel panels[MAX_PANELS];          /* in the order of reading */
	guint n, sides;
	RnLength measure, height;
	gboolean cover;                    /* panel 1 is one: text begins on the second */
	GPtrArray *pages;                  /* what stands on this sheet */
	RnTag *tag;
	RnGalley *text, *front, *head, *foot;
	RnLength head_height, foot_height;
	GArray *columns;
} Sheet;

/* --- the sheet's panels ----------------------------------------------------------------------------------------------------- */

static void add_panel (Sheet *sheet, guint side, RnLength x, RnLength width, guint reads)
{
	if (sheet->n < MAX_PANELS)
		sheet->panels[sheet->n++] = (Panel) { side, x, width, 0, reads };
}

/* The panels of one side, from left to right; `reads` says their places in the order of reading. */
static void read_side (Sheet *sheet, const RnProduct *product, const RnValue *side, guint number)
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
	const Panel *a = left, *b = right;
	return a->reads < b->reads ? -1 : a->reads > b->reads;
}

/* Where the text of each stands: the margin at the sheet's edges, half the gutter at a fold; then all are made as narrow as the narrowest. */
static void settle_panels (Sheet *sheet, const RnProduct *product)
{
	RnLength widths[MAX_PANELS];
	sheet->measure = product->width;
	for (guint i = 0; i < sheet->n; i++) {
		Panel *panel = &sheet->panels[i];
		gboolean last = panel->x + panel->width >= product->width - 2;
		panel->left = panel->x + (panel->x ? product->gutter / 2 : product->inner);
		widths[i] = panel->x + panel->width - (last ? product->outer : product->gutter / 2) - panel->left;
		sheet->measure = MIN (sheet->measure, widths[i]);
	}
	for (guint i = 0; i < sheet->n; i++)
		sheet->panels[i].left += (widths[i] - sheet->measure) / 2;
	sheet->height = product->height - product->top - product->bottom;
}

static gboolean read_panels (Sheet *sheet, RnComposer *composer)
{
	const RnProduct *product = composer->setter.product;
	const RnValue *sides = rn_product_get (product, "panels.sides");
	if (sides && sides->kind == RN_LIST)
		for (guint i = 0; i < sides->n; i++)
			read_side (sheet, product, sides->items[i], sheet->sides++);
	if (!sheet->n)
		add_panel (sheet, sheet->sides++, 0, product->width, 1);
	qsort (sheet->panels, sheet->n, sizeof (Panel), by_reading);
	settle_panels (sheet, product);
	const RnValue *cover = rn_product_get (product, "cover");
	sheet->cover = sheet->n > 1 && cover && cover->kind == RN_MAP;
	if (sheet->measure > RN_MM (20) && sheet->height > RN_MM (20))
		return TRUE;
	rn_diagnose (composer->setter.sink, RN_D_PRODUCT_BROKEN, RN_PLACE (product->file, sides ? sides->line : 0, sides ? sides->col : 0), product->name, "its margins leave no room for text in a panel");
	return FALSE;
}

/* --- what stands on it ------------------------------------------------------------------------------------------------------- */

static void line (RnComposer *composer, RnBlocks *blocks, RnStyleId id, RnRole role, const char *text)
{
	rn_set_text (blocks, &composer->setter.styles.text[id], role, text);
}

/* The cover's words; of a sheet that holds one page, that page's. */
static void set_front (RnComposer *composer, Sheet *sheet)
{
	RnSetter *setter = &composer->setter;
	const RnPage *only = sheet->pages->len == 1 ? sheet->pages->pdata[0] : NULL;
	const char *title = rn_product_text (setter, "cover.title");
	sheet->front = rn_galley_new (setter->book->arena);
	RnBlocks blocks = rn_fit_blocks (composer, sheet->front, sheet->measure, sheet->height, sheet->tag);
	line (composer, &blocks, RN_STYLE_COVER_TITLE, RN_ROLE_H1, title ? title : only ? only->title : setter->book->title);
	line (composer, &blocks, RN_STYLE_COVER_SUBTITLE, RN_ROLE_P, rn_product_text (setter, "cover.subtitle"));
	line (composer, &blocks, RN_STYLE_COVER_NOTE, RN_ROLE_P, rn_product_text (setter, "cover.note"));
}

/* A band across the whole first side, above the panels: a page's title and description. */
static void set_head (RnComposer *composer, Sheet *sheet)
{
	const RnProduct *product = composer->setter.product;
	const RnPage *page = sheet->pages->pdata[0];
	sheet->head = rn_galley_new (composer->setter.book->arena);
	RnBlocks blocks = rn_fit_blocks (composer, sheet->head, product->width - product->inner - product->outer, sheet->height, sheet->tag);
	line (composer, &blocks, RN_STYLE_COVER_TITLE, RN_ROLE_H1, page->title);
	line (composer, &blocks, RN_STYLE_LEAD, RN_ROLE_P, page->description);
	RnPiece *piece = rn_galley_last (sheet->head);
	if (piece)
		rn_piece_add_anchor (composer->setter.book->arena, sheet->head->pieces->pdata[0], rn_anchor_name (composer->setter.book->arena, page, NULL));
	sheet->head_height = rn_galley_height (sheet->head) + composer->setter.styles.text[RN_STYLE_BODY].leading;
}

/* What stands at the end of the last panel: words, hotlines, a QR code. */
static void set_foot (RnComposer *composer, Sheet *sheet)
{
	RnSetter *setter = &composer->setter;
	const RnPage *only = sheet->pages->len == 1 ? sheet->pages->pdata[0] : NULL;
	const RnValue *back = rn_product_get (setter->product, "back_cover");
	sheet->foot = rn_galley_new (setter->book->arena);
	sheet->foot_height = 0;
	if (!back || back->kind != RN_MAP)
		return;
	RnBlocks blocks = rn_fit_blocks (composer, sheet->foot, sheet->measure, sheet->height, sheet->tag);
	setter->page = NULL;
	if (rn_product_flag (setter->product, "back_cover.hotlines", FALSE))
		rn_set_hotlines (composer, &blocks);
	line (composer, &blocks, RN_STYLE_COVER_NOTE, RN_ROLE_P, rn_product_text (setter, "back_cover.text"));
	if (rn_product_flag (setter->product, "back_cover.qr", FALSE)) {
		const char *address = rn_web_address (composer, only ? only : rn_library_home (setter->library, setter->language));
		if (address)
			rn_set_qr (composer, &blocks, address, rn_setter_fill (setter, rn_setter_string (setter, "print_qr", 1), "address", rn_web_shown (setter->book->arena, address)));
	}
	line (composer, &blocks, RN_STYLE_IMPRINT, RN_ROLE_P, rn_product_text (setter, "publisher"));
	if (sheet->foot->pieces->len)
		sheet->foot_height = rn_galley_height (sheet->foot) + setter->styles.text[RN_STYLE_BODY].leading;
}

static RnLength panel_height (gpointer user, guint column)
{
	const Sheet *sheet = user;
	guint at = column + sheet->cover;
	if (at >= sheet->n)
		return sheet->height;
	return sheet->height - (at + 1 == sheet->n ? sheet->foot_height : 0) - (sheet->head && !sheet->panels[at].side ? sheet->head_height : 0);
}

static void forget (Sheet *sheet)
{
	g_clear_pointer (&sheet->text, rn_galley_free);
	g_clear_pointer (&sheet->front, rn_galley_free);
	g_clear_pointer (&sheet->head, rn_galley_free);
	g_clear_pointer (&sheet->foot, rn_galley_free);
	g_clear_pointer (&sheet->columns, g_array_unref);
}

static gboolean try_sheet (RnComposer *composer, gpointer user)
{
	Sheet *sheet = user;
	const RnProduct *product = composer->setter.product;
	gboolean band = rn_product_flag (product, "panels.band", FALSE) && sheet->pages->len == 1, flow = g_strcmp0 (rn_value_string (rn_product_get (product, "panels.page_starts")), "panel") != 0;
	forget (sheet);
	if (sheet->cover)
		set_front (composer, sheet);
	if (band)
		set_head (composer, sheet);
	set_foot (composer, sheet);
	sheet->text = rn_galley_new (composer->setter.book->arena);
	RnBlocks blocks = rn_fit_blocks (composer, sheet->text, sheet->measure, sheet->height, sheet->tag);
	for (guint i = 0; i < sheet->pages->len; i++) {
		guint begin = sheet->text->pieces->len;
		RnPageParts parts = rn_page_parts (composer, band ? 0 : sheet->pages->len > 1 ? 2 : 1);
		parts.description = parts.description && !band;
		parts.outline = !band;
		rn_set_page (composer, &blocks, sheet->pages->pdata[i], &parts);
		if (i && !flow && begin < sheet->text->pieces->len)
			((RnPiece *) sheet->text->pieces->pdata[begin])->penalty = RN_BREAK;
	}
	const RnMakeupRules rules = { .height = panel_height, .user = sheet, .grid = composer->setter.styles.grid, .note_gap = RN_PT (6), .columns = 1 };
	sheet->columns = rn_makeup (sheet->text, &rules);
	return sheet->columns->len + sheet->cover <= sheet->n;
}

/* --- onto its sides ------------------------------------------------------------------------------------------------------------ */

static void put_panels (RnComposer *composer, Sheet *sheet, guint first)
{
	const RnProduct *product = composer->setter.product;
	GPtrArray *sides = composer->setter.book->sides;
	if (sheet->head)
		rn_place_galley (sides->pdata[first], sheet->head, product->inner, product->top);
	for (guint i = 0; i < sheet->n; i++) {
		const Panel *panel = &sheet->panels[i];
		RnSide *side = sides->pdata[first + panel->side];
		RnLength top = product->top + (sheet->head && !panel->side ? sheet->head_height : 0);
		if (sheet->cover && !i)
			rn_place_galley (side, sheet->front, panel->left, product->top + sheet->height / 5);
		else if (i - sheet->cover < sheet->columns->len)
			rn_fit_place (composer, &g_array_index (sheet->columns, RnColumn, i - sheet->cover), side, panel->left, top, sheet->measure);
		if (i + 1 == sheet->n && sheet->foot->pieces->len)
			rn_place_galley (side, sheet->foot, panel->left, product->top + sheet->height - rn_galley_height (sheet->foot));
	}
}

static void put_sheet (RnComposer *composer, Sheet *sheet)
{
	RnSetter *setter = &composer->setter;
	RnBook *book = setter->book;
	const RnPage *only = sheet->pages->len == 1 ? sheet->pages->pdata[0] : NULL;
	guint first = book->sides->len;
	sheet->tag = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT);
	for (guint i = 0; i < sheet->sides; i++)
		rn_book_add_side (book, setter->product->width, setter->product->height);
	if (!rn_fit (composer, try_sheet, sheet)) {
		g_autofree char *why = g_strdup_printf ("it needs %u panels and has %u", sheet->columns->len + sheet->cover, sheet->n);
		rn_diagnose (setter->sink, RN_D_PRODUCT_OVERFLOW, only ? rn_page_place (only, 0, 0) : RN_PLACE (setter->product->file, 0, 0), setter->product->name, why);
	}
	put_panels (composer, sheet, first);
	if (sheet->head) {
		const RnOutlineEntry entry = { only->title, 1, rn_anchor_name (book->arena, only, NULL) };
		g_array_append_val (book->outline, entry);
	}
	for (guint i = first; i < book->sides->len; i++)
		((RnSide *) book->sides->pdata[i])->blank = !((RnSide *) book->sides->pdata[i])->placed->len;
	forget (sheet);
}

gboolean rn_compose_panels (RnComposer *composer)
{
	RnSetter *setter = &composer->setter;
	Sheet sheet = { 0 };
	GPtrArray *pages = rn_product_pages (setter->product, setter->library, setter->language, setter->sink);
	gboolean each = !g_strcmp0 (rn_value_string (rn_product_get (setter->product, "panels.each")), "page"), fine = pages->len && read_panels (&sheet, composer);
	if (!pages->len)
		rn_diagnose (setter->sink, RN_D_PRODUCT_EMPTY, RN_PLACE (setter->product->file, 0, 0), setter->product->name, setter->language->code);
	for (guint i = 0; fine && i < (each ? pages->len : 1); i++) {
		sheet.pages = g_ptr_array_new ();
		for (guint k = each ? i : 0; k < (each ? i + 1 : pages->len); k++)
			g_ptr_array_add (sheet.pages, pages->pdata[k]);
		put_sheet (composer, &sheet);
		g_ptr_array_unref (sheet.pages);
	}
	g_ptr_array_unref (pages);
	return fine;
}
