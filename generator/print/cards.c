/* cards.c - kind: cards and kind: poster: one or two sides of a fixed size, with a few things on each, as large as they go. */
#include "print/fit-int.h"

typedef struct {
	const RnValue *list;
	const char *prefix;
	const RnPage *page;
	RnTag *tag;
	RnGalley *galley;
	GArray *columns;
} Face;

static RnLength measure_of (const RnProduct *product)
{
	return product->width - product->inner - product->outer;
}

static RnLength height_of (const RnProduct *product)
{
	return product->height - product->top - product->bottom;
}

static void forget (Face *face)
{
	g_clear_pointer (&face->galley, rn_galley_free);
	g_clear_pointer (&face->columns, g_array_unref);
}

static gboolean try_face (RnComposer *composer, gpointer user)
{
	Face *face = user;
	const RnProduct *product = composer->setter.product;
	forget (face);
	face->galley = rn_galley_new (composer->setter.book->arena);
	RnBlocks blocks = rn_fit_blocks (composer, face->galley, measure_of (product), height_of (product), face->tag);
	rn_set_shows (composer, &blocks, face->list, face->prefix, face->page);
	face->columns = rn_fit_columns (face->galley, height_of (product), 0);
	return face->columns->len <= 1;
}

/* What stays empty goes a third above and two thirds below, which looks as if it stood in the middle. */
static RnLength lowered (const RnProduct *product, const RnColumn *column)
{
	RnLength empty = height_of (product) - column->used;
	return rn_product_flag (product, "centred", FALSE) && empty > 0 && !column->notes ? empty / 3 : 0;
}

static void put_face (RnComposer *composer, const RnValue *list, const char *prefix, const RnPage *page)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	Face face = { .list = list, .prefix = prefix, .page = page, .tag = rn_tag_new (&setter->book->tags, setter->book->root, RN_ROLE_SECT) };
	RnSide *side = rn_book_add_side (setter->book, product->width, product->height);
	if (!rn_fit (composer, try_face, &face))
		rn_diagnose (setter->sink, RN_D_PRODUCT_OVERFLOW, page ? rn_page_place (page, 0, 0) : RN_PLACE (product->file, 0, 0), product->name,
		             "its text is longer than the side, even at the smallest size");
	if (face.columns->len) {
		const RnColumn *column = &g_array_index (face.columns, RnColumn, 0);
		rn_fit_place (composer, column, side, product->inner, product->top + lowered (product, column), measure_of (product));
	}
	if (!face.galley->pieces->len)
		side->blank = TRUE;
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
	const RnOutlineEntry entry = { page ? page->title : book->title, 1, name };
	g_array_append_val (book->outline, entry);
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
	gboolean each = !g_strcmp0 (rn_value_string (rn_product_get (setter->product, "cards.each")), "page");
	if (!each) {
		put_cards (composer, NULL);
		return TRUE;
	}
	GPtrArray *pages = rn_product_pages (setter->product, setter->library, setter->language, setter->sink);
	guint n = pages->len;
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
