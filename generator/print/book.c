/*
 * book.c - sides, furniture and places -> a book that the PDF writer and imposition read. All but the lists is in the book's arena.
 */
#include "print/book-int.h"

#include <string.h>

RnBook *rn_book_new (const char *language)
{
	RnBook *book = g_new0 (RnBook, 1);
	book->arena = rn_arena_new (1 << 18);
	book->tags.arena = book->arena;
	book->root = rn_tag_new (&book->tags, NULL, RN_ROLE_DOCUMENT);
	book->fonts = rn_fonts_new ();
	book->sides = g_ptr_array_new ();
	book->turns = g_array_new (FALSE, TRUE, sizeof (RnTurn));
	book->outline = g_array_new (FALSE, TRUE, sizeof (RnOutlineEntry));
	book->numbers = g_array_new (FALSE, TRUE, sizeof (RnSideNumber));
	book->anchors = g_hash_table_new (g_str_hash, g_str_equal);
	book->language = rn_arena_strndup (book->arena, language, -1);
	book->root->language = book->language;
	book->title = book->subject = book->author = book->edition = "";
	book->page_number_digits = 2;
	return book;
}

void rn_book_free (RnBook *book)
{
	if (!book)
		return;
	for (guint i = 0; i < book->sides->len; i++)
		g_array_unref (((RnSide *) book->sides->pdata[i])->placed);
	g_ptr_array_unref (book->sides);
	g_array_unref (book->turns);
	g_array_unref (book->outline);
	g_array_unref (book->numbers);
	g_hash_table_unref (book->anchors);
	rn_fonts_free (book->fonts);
	rn_arena_free (book->arena);
	g_free (book);
}

RnSide *rn_book_add_side (RnBook *book, RnLength width, RnLength height)
{
	RnSide *side = rn_arena_new0 (book->arena, RnSide);
	side->width = width;
	side->height = height;
	side->label = "";
	side->placed = g_array_sized_new (FALSE, FALSE, sizeof (RnPlaced), 48);
	g_ptr_array_add (book->sides, side);
	rn_book_turn (book, book->sides->len - 1, 0);
	return side;
}

/* --- the order of reading --------------------------------------------------------------------------------------------------- */

void rn_book_turn (RnBook *book, guint side, guint order)
{
	const RnTurn turn = { order, side, ((const RnSide *) book->sides->pdata[side])->placed->len, 0 };
	g_array_append_val (book->turns, turn);
}

static int by_turn (gconstpointer left, gconstpointer right)
{
	const RnTurn *a = left, *b = right;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return a->begin < b->begin ? -1 : a->begin > b->begin;
}

GArray *rn_book_reading (const RnBook *book)
{
	GArray *reading = g_array_sized_new (FALSE, FALSE, sizeof (RnTurn), book->sides->len);
	g_autofree guint *begun = g_new (guint, book->sides->len + 1);   /* by side: the piece before which the following turn begins */
	for (guint i = 0; i < book->sides->len; i++)
		begun[i] = G_MAXUINT;
	for (guint i = book->turns->len; i-- > 0;) {
		RnTurn turn = g_array_index (book->turns, RnTurn, i);
		const gboolean last = begun[turn.side] == G_MAXUINT;
		turn.end = last ? ((const RnSide *) book->sides->pdata[turn.side])->placed->len : begun[turn.side];
		/* Turns in which nothing was placed are none, but an empty side has one. */
		if (turn.begin < turn.end || (last && !turn.end)) {
			g_array_append_val (reading, turn);
			begun[turn.side] = turn.begin;
		}
	}
	g_array_sort (reading, by_turn);
	return reading;
}

/* --- placing ---------------------------------------------------------------------------------------------------------------- */

void rn_side_place (RnSide *side, const RnPiece *piece, RnLength x, RnLength y)
{
	RnPlaced placed = { piece, x, y };
	g_array_append_val (side->placed, placed);
}

void rn_side_add_marks (RnBook *book, RnSide *side, const RnMark *marks, guint n)
{
	if (!n)
		return;
	RnMark *copy = rn_arena_newn (book->arena, RnMark, n);
	memcpy (copy, marks, sizeof *copy * n);
	RnPiece *piece = rn_arena_new0 (book->arena, RnPiece);
	piece->marks = copy;
	piece->n_marks = n;
	rn_side_place (side, piece, 0, 0);
}

const char *rn_book_label (const RnBook *book, guint side)
{
	const RnSide *it = book->sides->pdata[side];
	return *it->label ? it->label : rn_arena_printf (book->arena, "%u", side + 1);
}

/* The first placing of a name wins: a table's head that stands again leads nobody there. */
static void note_anchors (RnBook *book)
{
	g_hash_table_remove_all (book->anchors);
	g_autoptr (GArray) reading = rn_book_reading (book);
	for (guint i = 0; i < reading->len; i++) {
		const RnTurn *turn = &g_array_index (reading, RnTurn, i);
		const GArray *all = ((const RnSide *) book->sides->pdata[turn->side])->placed;
		for (guint j = turn->begin; j < turn->end; j++) {
			const RnPlaced *placed = &g_array_index (all, RnPlaced, j);
			for (guint k = 0; k < placed->piece->n_anchors; k++) {
				const char *name = placed->piece->anchors[k];
				if (g_hash_table_contains (book->anchors, name))
					continue;
				RnPlaceInBook *place = rn_arena_new0 (book->arena, RnPlaceInBook);
				*place = (RnPlaceInBook) { turn->side, placed->x, placed->y };
				g_hash_table_insert (book->anchors, (gpointer) name, place);
			}
		}
	}
}

/* The advances stay as they were reserved, so that the line keeps its width. */
static void put_label (const RnSideNumber *number, const char *label, guint len)
{
	const guint before = number->right ? number->n - len : 0;
	for (guint i = 0; i < number->n; i++) {
		RnGlyph *it = &number->glyphs[i];
		const gboolean blank = i < before || i >= before + len;
		const char *text = blank ? " " : label;
		hb_codepoint_t glyph = 0;
		hb_font_get_nominal_glyph (number->font->hb, g_utf8_get_char (text), &glyph);
		it->glyph = (guint16) glyph;
		it->text = text;
		it->len = (guint8) g_utf8_skip[(guchar) *text];
		it->flags = 0;
		it->dx = it->dy = 0;
		label += blank ? 0 : it->len;
	}
}

/* Numbers in running text that need fewer digits than they have: by their glyphs, the number and what it needs. */
typedef struct { const RnSideNumber *number; guint len; } Short;

static void close_up_lines (RnBook *book, GHashTable *shorts)
{
	for (guint i = 0; g_hash_table_size (shorts) && i < book->sides->len; i++) {
		const GArray *all = ((const RnSide *) book->sides->pdata[i])->placed;
		for (guint j = 0; j < all->len; j++) {
			RnPiece *piece = (RnPiece *) g_array_index (all, RnPlaced, j).piece;
			for (guint k = 0; k < piece->n_marks; k++) {
				const Short *it = piece->marks[k].kind == RN_MARK_TEXT ? g_hash_table_lookup (shorts, piece->marks[k].text.glyphs) : NULL;
				if (it && piece->marks[k].text.n > it->len)
					rn_piece_close_up (piece, k, it->number, it->len);
			}
		}
	}
}

gboolean rn_book_settle (RnBook *book)
{
	note_anchors (book);
	g_autoptr (GHashTable) shorts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
	guint digits = book->page_number_digits;
	gboolean fits = TRUE;
	for (guint i = 0; i < book->numbers->len; i++) {
		const RnSideNumber *number = &g_array_index (book->numbers, RnSideNumber, i);
		const RnPlaceInBook *place = rn_book_find (book, number->anchor);
		const char *label = place ? rn_book_label (book, place->side) : "";
		const guint len = (guint) g_utf8_strlen (label, -1);
		digits = MAX (digits, len);
		fits = fits && len <= number->n;
		if (len > number->n)
			continue;
		put_label (number, label, len);
		if (len < number->n && !number->right) {
			Short *it = g_new (Short, 1);
			*it = (Short) { number, len };
			g_hash_table_insert (shorts, number->glyphs, it);
		}
	}
	book->page_number_digits = digits;
	if (fits)
		close_up_lines (book, shorts);
	return fits;
}

const RnPlaceInBook *rn_book_find (const RnBook *book, const char *anchor)
{
	const RnPlaceInBook *place = anchor ? g_hash_table_lookup (book->anchors, anchor) : NULL;
	if (place || !anchor || !strchr (anchor, '#'))
		return place;
	/* A page without that heading (which was told) is found as a browser finds it: at its beginning. */
	g_autofree char *page = g_strndup (anchor, strcspn (anchor, "#"));
	return g_hash_table_lookup (book->anchors, page);
}
