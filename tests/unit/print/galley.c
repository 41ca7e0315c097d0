/* Pieces listed, closed, shifted and set side by side. */
#include "print/galley.h"

#include <string.h>

static RnPiece *add (RnGalley *galley, RnLength height, RnLength space, gint32 penalty)
{
	RnPiece *piece = rn_galley_add (galley, height);
	const RnMark mark = { .kind = RN_MARK_RULE, .x = 10, .y = 20, .w = 5, .h = 5 };
	piece->space = space;
	if (penalty != 0)
		piece->penalty = penalty;
	rn_piece_add_marks (galley->arena, piece, &mark, 1, FALSE);
	return piece;
}

static const RnPiece *nth (const RnGalley *galley, guint i)
{
	return g_ptr_array_index (galley->pieces, i);
}

static void test_zip (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnGalley *a = rn_galley_new (arena), *b = rn_galley_new (arena), *out = rn_galley_new (arena), *columns[] = { a, b };
	const RnLength xs[] = { 0, 1000 };
	static const RnNote note = { 0 };
	const RnNote *const notes[] = { &note };
	add (a, 100, 5, 0);
	RnPiece *called = add (a, 100, 0, 50);
	called->notes = notes;
	called->n_notes = 1;
	add (b, 120, 0, 30);
	add (b, 80, 7, RN_KEEP);
	RnPiece *alone = add (b, 80, 0, -20);
	alone->on_grid = TRUE;
	rn_piece_add_anchor (arena, alone, "x");
	a->after = 3, b->after = 9;
	rn_galley_zip (out, columns, xs, 2);
	g_assert_cmpuint (out->pieces->len, ==, 3);
	g_assert_cmpint (nth (out, 0)->height, ==, 120);
	g_assert_cmpint (nth (out, 0)->space, ==, 5);
	g_assert_cmpint (nth (out, 0)->penalty, ==, 30);
	g_assert_cmpint (nth (out, 1)->penalty, ==, RN_KEEP);
	g_assert_cmpuint (nth (out, 1)->n_notes, ==, 1);
	g_assert_cmpint (nth (out, 2)->penalty, ==, -20);
	g_assert_true (nth (out, 2)->on_grid);
	g_assert_cmpuint (nth (out, 2)->n_anchors, ==, 1);
	g_assert_cmpint (nth (out, 0)->marks[0].x, ==, 10);
	g_assert_cmpint (nth (out, 0)->marks[1].x, ==, 1010);
	g_assert_cmpint (nth (out, 2)->marks[0].x, ==, 1010);
	/* The columns' own marks have not moved. */
	g_assert_cmpint (alone->marks[0].x, ==, 10);
	g_assert_cmpint (out->after, ==, 9);
	g_assert_cmpint (rn_galley_height (out), ==, 120 + 7 + 100 + 80);
	rn_galley_free (a);
	rn_galley_free (b);
	rn_galley_free (out);
}

static void test_close (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnGalley *galley = rn_galley_new (arena);
	RnPiece *piece = add (galley, 100, 30, 0);
	const RnMark tint = { .kind = RN_MARK_RULE, .w = 500, .h = 130 };
	rn_piece_close (piece);
	rn_piece_add_marks (arena, piece, &tint, 1, TRUE);
	g_assert_cmpint (piece->height, ==, 130);
	g_assert_cmpint (piece->space, ==, 0);
	g_assert_cmpint (piece->marks[0].h, ==, 130);
	g_assert_cmpint (piece->marks[1].y, ==, 50);
	rn_piece_close (piece);
	g_assert_cmpint (piece->height, ==, 130);
	rn_galley_free (galley);
}

static void test_meet (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnGalley *galley = rn_galley_new (arena);
	g_assert_cmpint (rn_galley_meet (galley, 4, 10), ==, 4);
	g_assert_cmpint (rn_galley_meet (galley, 4, 2), ==, 10);
	g_assert_cmpint (rn_galley_meet (galley, 4, 0), ==, 4);
	galley->hold = TRUE;
	g_assert_cmpint (add (galley, 1, 0, 0)->penalty, ==, RN_KEEP);
	g_assert_cmpint (add (galley, 1, 0, 0)->penalty, ==, 0);
	rn_galley_free (galley);
}

static void test_names (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnPage page = { .url = "/tg/faq/patent/" };
	g_assert_cmpstr (rn_anchor_name (arena, &page, NULL), ==, "/tg/faq/patent/");
	g_assert_cmpstr (rn_anchor_name (arena, &page, "fees"), ==, "/tg/faq/patent/#fees");
	g_assert_cmpstr (rn_anchor_name (arena, NULL, "index"), ==, "#index");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/print/galley/zip", test_zip);
	g_test_add_func ("/print/galley/close", test_close);
	g_test_add_func ("/print/galley/meet", test_meet);
	g_test_add_func ("/print/galley/names", test_names);
	return g_test_run ();
}
