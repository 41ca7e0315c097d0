/*
 * cards.c - kind: cards and kind: poster: one or two sides of a fixed size, with a few things on each, as large as they go.
 *
 * In: the list of what a side shows. Out: a side: titles at the head, on a black ground if the product wants it; the way to the web and the publisher at the
 * foot; the rest spread evenly between. Invariant: nothing but the ground leaves the margins; what does not fit is told.
 */
#include "base/words.h"
#include "print/cover-int.h"
#include "print/fit-int.h"
#include "print/pour.h"
#include "print/words.h"

typedef struct {
	const RnValue *const *items;
	guint n, n_head, n_foot;      /* the first and the last of the items are the head's and the foot's */
	const char *prefix;
	const RnPage *page;
	gboolean band;
	RnTag *tag;
	RnGalley *head, *body, *foot;
	GArray *columns;
	RnLength body_top, body_height;
} Face;

static RnLength measure_of (const RnProduct *product)
{
	return product->width - product->inner - product->outer;
}

static gboolean is_one_of (const RnValue *item, const char *const *names)
{
	const char *name = rn_value_string (item);
	return name && g_strv_contains (names, name);
}

static void part_items (Face *face, const RnValue *list)
{
	static const char *const heads[] = { "title", "subtitle", "description", NULL }, *const feet[] = { "qr", "address", "publisher", NULL };
	face->items = list && list->kind == RN_LIST ? list->items : NULL;
	face->n = face->items ? list->n : 0;
	while (face->n_head < face->n && is_one_of (face->items[face->n_head], heads))
		face->n_head++;
	while (face->n_foot < face->n - face->n_head && is_one_of (face->items[face->n - 1 - face->n_foot], feet))
		face->n_foot++;
}

static void forget (Face *face)
{
	g_clear_pointer (&face->head, rn_galley_free);
	g_clear_pointer (&face->body, rn_galley_free);
	g_clear_pointer (&face->foot, rn_galley_free);
	g_clear_pointer (&face->columns, g_array_unref);
}

static gboolean foot_names (const Face *face, const char *name)
{
	const char *const names[] = { name, NULL };
	for (guint i = face->n - face->n_foot; i < face->n; i++)
		if (is_one_of (face->items[i], names))
			return TRUE;
	return FALSE;
}

static void set_foot (RnComposer *composer, RnBlocks *blocks, const Face *face)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	const char *address = rn_web_address (composer, face->page ? face->page : rn_library_home (setter->library, setter->language));
	const gboolean code = address && foot_names (face, "qr");
	RnFoot foot = { .address = code ? address : NULL, .size = CLAMP (MIN (product->width, product->height) / 5, RN_MM (22), RN_MM (60)),
		.invitation = rn_setter_string (setter, face->page ? "print_qr" : "print_home_qr", 1), .ink = RN_BLACK, .style = RN_STYLE_IMPRINT };
	if (!code && address && foot_names (face, "address"))
		foot.texts[foot.n++] = rn_web_shown (setter->book->arena, address);
	if (foot_names (face, "publisher"))
		foot.texts[foot.n++] = rn_publisher (setter);
	rn_set_foot (composer, blocks, &foot);
}

/* White between the parts, of which a ground has as much below its title as the margin above. */
static RnLength between (const RnProduct *product, const RnGalley *part)
{
	return part->pieces->len ? MIN (product->top, RN_MM (12)) : 0;
}

static RnLength only_height (gpointer user, guint column)
{
	const Face *face = user;
	(void) column;
	return face->body_height;
}

static RnFitness try_face (RnComposer *composer, gpointer user)
{
	Face *face = user;
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	const RnLength height = product->height - product->top - product->bottom;
	RnGalley **galleys[] = { &face->head, &face->body, &face->foot };
	forget (face);
	for (guint i = 0; i < G_N_ELEMENTS (galleys); i++)
		*galleys[i] = rn_galley_new (setter->book->arena);
	RnBlocks blocks = rn_fit_blocks (composer, face->head, measure_of (product), height, face->tag);
	rn_set_shows (composer, &blocks, face->items, face->n_head, face->prefix, face->page, face->band ? RN_PAPER : RN_BLACK);
	blocks.galley = face->body;
	rn_set_shows (composer, &blocks, face->items + face->n_head, face->n - face->n_head - face->n_foot, face->prefix, face->page, RN_BLACK);
	blocks.galley = face->foot;
	set_foot (composer, &blocks, face);
	face->body_top = rn_galley_height (face->head) + between (product, face->head) * (face->band ? 2 : 1);
	face->body_height = height - face->body_top - rn_galley_height (face->foot) - between (product, face->foot);
	const RnMakeupRules rules = { .height = only_height, .user = face, .note_gap = setter->styles.text[RN_STYLE_FOOTNOTE].leading, .columns = 1 };
	face->columns = rn_makeup (face->body, &rules);
	return face->body_height >= 0 && rn_galley_height (face->body) <= face->body_height && face->columns->len <= 1 ? RN_FITS_WELL : RN_FITS_NOT;
}

/* What stays empty goes between the blocks, above the first and below the last in equal parts. */
static void put_body (RnComposer *composer, const Face *face, RnSide *side)
{
	const RnProduct *product = composer->setter.product;
	if (!face->columns->len)
		return;
	RnColumn *column = &g_array_index (face->columns, RnColumn, 0);
	const RnLength empty = MAX (face->body_height - column->used, 0);
	gint64 gaps = 0;
	for (guint i = 1; i < column->placed->len; i++)
		gaps += rn_fit_elastic (column, i) > 0;
	rn_fit_spread (column, (RnLength) (empty * gaps / (gaps + 2)), G_MAXUINT);
	const RnLength above = column->notes ? 0 : MAX (face->body_height - column->used, 0) / 2;
	rn_place_column (composer, column, side, product->inner, product->top + face->body_top + above, measure_of (product));
}

static void put_face (RnComposer *composer, const RnValue *list, const char *prefix, const RnPage *page)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	RnBook *book = setter->book;
	g_autofree char *band = g_strconcat (prefix, ".band", NULL);
	Face face = { .prefix = prefix, .page = page, .tag = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT), .band = rn_product_flag (product, band, FALSE) };
	RnSide *side = rn_book_add_side (book, product->width, product->height);
	part_items (&face, list);
	face.band = face.band && face.n_head && !g_strcmp0 (rn_value_string (face.items[0]), "title");
	if (!rn_fit (composer, try_face, &face))
		rn_diagnose (setter->sink, RN_D_PRODUCT_OVERFLOW, page ? rn_page_place (page, 0, 0) : product->where, product->name,
		             _("its text is longer than the side, even at the smallest size"));
	if (face.band && face.head->pieces->len) {
		const RnLength bleed = product->profile.bleed;
		rn_cover_ground (book, side, RN_BLACK, -bleed, -bleed, product->width + 2 * bleed,
		                 bleed + product->top + rn_galley_height (face.head) + between (product, face.head));
	}
	rn_place_galley (side, face.head, product->inner, product->top);
	put_body (composer, &face, side);
	rn_place_galley (side, face.foot, product->inner, product->height - product->bottom - rn_galley_height (face.foot));
	side->blank = !side->placed->len;
	forget (&face);
}

static void outline (RnComposer *composer, const RnPage *page)
{
	RnBook *book = composer->setter.book;
	const char *name = rn_arena_printf (book->arena, "side-%u", book->sides->len);
	const RnSide *side = book->sides->pdata[book->sides->len - 1];
	RnPiece *piece = side->placed->len ? (RnPiece *) g_array_index (side->placed, RnPlaced, 0).piece : NULL;
	if (!piece)
		return;
	rn_piece_add_anchor (book->arena, piece, name);
	rn_add_outline (book, page ? page->title : book->title, 1, name);
}

/* A card, or each page's card: its front and, where something stands there, its back. */
static void put_cards (RnComposer *composer, const RnPage *page)
{
	const RnProduct *product = composer->setter.product;
	const RnValue *back = rn_product_get (product, "cards.back");
	put_face (composer, rn_product_get (product, "cards.front"), "cards", page);
	outline (composer, page);
	if (back && back->kind == RN_LIST && back->n)
		put_face (composer, back, "cards", page);
}

gboolean rn_compose_cards (RnComposer *composer)
{
	RnSetter *setter = &composer->setter;
	gboolean each = rn_product_says (setter->product, "cards.each", "page");
	if (!each) {
		put_cards (composer, NULL);
		return TRUE;
	}
	GPtrArray *pages = rn_product_pages (setter->product, setter->library, setter->language, setter->sink);
	guint n = pages->len;
	if (!n)
		rn_diagnose (setter->sink, RN_D_PRODUCT_EMPTY, setter->product->where, setter->product->name, setter->language->code);
	for (guint i = 0; i < n; i++)
		put_cards (composer, pages->pdata[i]);
	g_ptr_array_unref (pages);
	return n > 0;
}

gboolean rn_compose_poster (RnComposer *composer)
{
	put_face (composer, rn_product_get (composer->setter.product, "poster.shows"), "poster", NULL);
	outline (composer, NULL);
	return TRUE;
}
