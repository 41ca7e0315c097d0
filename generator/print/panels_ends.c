/*
 * panels_ends.c - what stands around the text of a sheet: the cover of a leaflet, the head across a list, whom to call, the way to the web.
 *
 * In: the product's and the site's texts, the page's title and description. Out: galleys, and their places on the sides. Invariant: only grounds and rings
 * cross the trim, and no ground crosses a fold.
 */
#include "model/typography.h"
#include "print/cover-int.h"
#include "print/panels-int.h"
#include "print/pour.h"
#include "print/words.h"

#define GAP RN_MM (6)      /* between parts */

static RnBlocks blocks_in (RnComposer *composer, const RnPanelSheet *sheet, RnGalley **galley, RnLength measure)
{
	*galley = rn_galley_new (composer->setter.book->arena);
	return rn_fit_blocks (composer, *galley, measure, sheet->height, sheet->tag);
}

/* The page's anchor leads to its title, wherever that stands. */
static void anchor_title (RnComposer *composer, const RnPanelSheet *sheet, RnPiece *piece)
{
	const RnPage *page = rn_panels_page (sheet);
	RnArena *arena = composer->setter.book->arena;
	if (page && piece)
		rn_piece_add_anchor (arena, piece, rn_anchor_name (arena, page, NULL));
}

/* --- setting ----------------------------------------------------------------------------------------------------------------- */

/* The cover's words; of a sheet that holds one page, that page's. */
static void set_front (RnComposer *composer, RnPanelSheet *sheet)
{
	RnSetter *setter = &composer->setter;
	const RnPage *page = rn_panels_page (sheet);
	const char *title = rn_product_text (setter, "cover.title"), *subtitle = rn_product_text (setter, "cover.subtitle");
	RnBlocks blocks = blocks_in (composer, sheet, &sheet->front, sheet->measure);
	anchor_title (composer, sheet, rn_cover_text (&blocks, RN_STYLE_COVER_TITLE, RN_ROLE_H1, RN_PAPER, title ? title : page ? page->title : setter->book->title, NULL));
	rn_cover_text (&blocks, RN_STYLE_COVER_SUBTITLE, RN_ROLE_P, RN_PAPER, subtitle ? subtitle : page ? page->description : rn_site_line (setter, "description"), NULL);
}

/* Across the whole first side, above the panels: a page's title and description. */
static void set_head (RnComposer *composer, RnPanelSheet *sheet)
{
	RnSetter *setter = &composer->setter;
	const RnPage *page = rn_panels_page (sheet);
	RnBlocks blocks = blocks_in (composer, sheet, &sheet->head, setter->product->width - setter->product->inner - setter->product->outer);
	anchor_title (composer, sheet, rn_cover_text (&blocks, RN_STYLE_COVER_TITLE, RN_ROLE_H1, RN_BLACK, page->title, NULL));
	if (rn_product_flag (setter->product, "parts.description", TRUE))
		rn_set_text (&blocks, &setter->styles.text[RN_STYLE_LEAD], RN_ROLE_P, page->description);
	sheet->head_height = rn_galley_height (sheet->head) + GAP * 3 / 2;
}

/* The end of the sheet: across the side what fits there in a few lines, on a panel of its own what a back cover says. */
static void set_foot (RnComposer *composer, RnPanelSheet *sheet)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	const RnPage *page = rn_panels_page (sheet);
	const gboolean hotlines = rn_product_flag (product, "back_cover.hotlines", FALSE) && rn_value_get (setter->site->config, "hotlines");
	const RnLength measure = sheet->across ? product->width - product->inner - product->outer : sheet->measure;
	RnFoot foot = { .size = RN_MM (sheet->across ? 24 : 28), .ink = sheet->across ? RN_BLACK : RN_PAPER, .style = RN_STYLE_IMPRINT, .hotlines = sheet->across && hotlines,
		.invitation = rn_setter_string (setter, page ? "print_qr" : "print_home_qr", 1) };
	if (rn_product_flag (product, "back_cover.qr", FALSE))
		foot.address = rn_web_address (composer, page ? page : rn_library_home (setter->library, setter->language));
	foot.texts[foot.n++] = rn_product_text (setter, "back_cover.text");
	if (!rn_product_flag (product, "running", FALSE)) {
		foot.texts[foot.n++] = rn_publisher (setter);
		foot.texts[foot.n++] = setter->book->time ? rn_set_date (setter, setter->book->time, "month") : NULL;
	}
	foot.texts[foot.n++] = rn_site_line (setter, "footer");
	RnBlocks blocks = blocks_in (composer, sheet, &sheet->foot, measure);
	rn_set_foot (composer, &blocks, &foot);
	const RnLength high = rn_galley_height (sheet->foot);
	sheet->ground = high && !sheet->across ? high + 2 * product->bottom : 0;
	if (sheet->back)
		sheet->ground = MAX (sheet->ground, product->height / 4);
	if (hotlines && !sheet->across) {
		static const guint SIZES[] = { 220, 190, 160, 140, 120, 100 };
		const guint from = sheet->back ? 0 : G_N_ELEMENTS (SIZES) - 1;
		const RnBlocks frame = rn_fit_blocks (composer, NULL, sheet->measure, sheet->height, sheet->tag);
		sheet->calls = rn_cover_calls (composer, &frame, 2, SIZES + from, G_N_ELEMENTS (SIZES) - from, product->height - product->top - sheet->ground - 2 * GAP);
	}
	const RnLength calls = sheet->calls ? rn_galley_height (sheet->calls) + GAP : 0;
	sheet->foot_height = sheet->across ? (high ? high + GAP * 3 / 2 : 0) : calls + (sheet->ground ? sheet->ground - product->bottom + GAP : 0);
}

void rn_panels_set_ends (RnComposer *composer, RnPanelSheet *sheet)
{
	const RnValue *back = rn_product_get (composer->setter.product, "back_cover");
	sheet->head_height = sheet->foot_height = sheet->ground = 0;
	composer->setter.page = rn_panels_page (sheet);
	if (sheet->cover)
		set_front (composer, sheet);
	if (sheet->across && rn_panels_page (sheet))
		set_head (composer, sheet);
	composer->setter.page = NULL;
	if (back && back->kind == RN_MAP)
		set_foot (composer, sheet);
}

/* --- putting ----------------------------------------------------------------------------------------------------------------- */

/* From Y on, HEIGHT high, as wide as PANEL and beyond the trim at the sheet's edges; Y and HEIGHT have the bleed in them. */
static void put_ground (RnBook *book, const RnProduct *product, const RnPanel *panel, RnSide *side, RnLength y, RnLength height)
{
	const RnLength bleed = product->profile.bleed, left = rn_panel_first (panel) ? bleed : 0, right = rn_panel_last (panel, product) ? bleed : 0;
	rn_cover_ground (book, side, RN_BLACK, panel->x - left, y, panel->width + left + right, height);
}

static void put_front (RnComposer *composer, RnPanelSheet *sheet, RnSide *side)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	const RnPanel *panel = &sheet->panels[0];
	const RnLength bleed = product->profile.bleed, unit = panel->width / 10, high = rn_galley_height (sheet->front), right = panel->x + panel->width;
	const RnLength ground = MIN (MAX (product->height * 66 / 100, high + unit * 3 + 2 * GAP), product->height * 84 / 100);
	put_ground (setter->book, product, panel, side, -bleed, ground + bleed);
	rn_cover_rings (setter->book, side, right + (rn_panel_last (panel, product) ? bleed : 0), -bleed, unit, 5);
	rn_place_galley (side, sheet->front, panel->left, ground - GAP - high);
	RnGalley *galley;
	RnBlocks blocks = blocks_in (composer, sheet, &galley, sheet->measure);
	const RnTextStyle *note = &setter->styles.text[RN_STYLE_COVER_NOTE];
	rn_set_text (&blocks, note, RN_ROLE_P, rn_product_text (setter, "cover.note"));
	rn_set_text (&blocks, note, RN_ROLE_P, rn_publisher (setter));
	if (setter->book->time)
		rn_set_text (&blocks, note, RN_ROLE_P, rn_set_date (setter, setter->book->time, "month"));
	const RnLength foot = product->height - product->bottom - rn_galley_height (galley);
	rn_cover_picture (setter, sheet->tag, side, panel->left, ground + GAP, sheet->measure, foot - ground - 2 * GAP);
	rn_place_galley (side, galley, panel->left, foot);
	rn_galley_free (galley);
}

static void put_rule (RnComposer *composer, RnSide *side, RnLength y, RnLength thick)
{
	const RnProduct *product = composer->setter.product;
	rn_cover_ground (composer->setter.book, side, RN_BLACK, product->inner, y, product->width - product->inner - product->outer, thick);
}

static void put_back (RnComposer *composer, const RnPanelSheet *sheet, RnSide *side)
{
	const RnProduct *product = composer->setter.product;
	const RnPanel *panel = &sheet->panels[sheet->foot_panel];
	const RnLength top = product->height - sheet->ground, calls = sheet->calls ? rn_galley_height (sheet->calls) : 0;
	if (sheet->calls)
		rn_place_galley (side, sheet->calls, panel->left, sheet->back ? product->top : top - GAP - calls);
	if (sheet->ground)
		put_ground (composer->setter.book, product, panel, side, top, sheet->ground + product->profile.bleed);
	rn_place_galley (side, sheet->foot, panel->left, top + (sheet->ground - rn_galley_height (sheet->foot)) / 2);
}

void rn_panels_put_beginning (RnComposer *composer, RnPanelSheet *sheet, guint first_side)
{
	const RnProduct *product = composer->setter.product;
	GPtrArray *sides = composer->setter.book->sides;
	composer->setter.page = NULL;
	if (sheet->front)
		put_front (composer, sheet, sides->pdata[first_side + sheet->panels[0].side]);
	if (sheet->head) {
		rn_place_galley (sides->pdata[first_side], sheet->head, product->inner, product->top);
		put_rule (composer, sides->pdata[first_side], product->top + sheet->head_height - GAP, 2 * composer->setter.styles.rule);
	}
}

void rn_panels_put_end (RnComposer *composer, const RnPanelSheet *sheet, guint first_side)
{
	const RnProduct *product = composer->setter.product;
	RnSide *last = composer->setter.book->sides->pdata[first_side + sheet->panels[sheet->foot_panel].side];
	if (sheet->foot && !sheet->across)
		put_back (composer, sheet, last);
	if (sheet->foot && sheet->across && sheet->foot->pieces->len) {
		const RnLength top = product->height - product->bottom - rn_galley_height (sheet->foot);
		put_rule (composer, last, top - GAP / 2, 2 * composer->setter.styles.rule);
		rn_place_galley (last, sheet->foot, product->inner, top);
	}
}
