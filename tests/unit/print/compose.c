/* compose.c - what books are composed by: runs of an index, the order of a language's alphabet, blocks of parallel texts, addresses, side numbers. */
#include "print/booklet-int.h"

#include <string.h>

/* --- runs ------------------------------------------------------------------------------------------------------------------- */

/* "3 5-7 4" -> merged -> the same form. */
static char *merged (const char *text)
{
	g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (RnStretch));
	g_auto (GStrv) words = g_strsplit (text, " ", -1);
	for (guint i = 0; words[i]; i++) {
		const char *dash = strchr (words[i], '-');
		const guint first = (guint) atoi (words[i]);
		const RnStretch run = { first, dash ? (guint) atoi (dash + 1) : first, words[i] };
		g_array_append_val (runs, run);
	}
	rn_runs_merge (runs);
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < runs->len; i++) {
		const RnStretch *run = &g_array_index (runs, RnStretch, i);
		g_string_append_printf (out, i ? " %u" : "%u", run->first);
		if (run->last > run->first)
			g_string_append_printf (out, "-%u", run->last);
		/* A run leads where its first part led. */
		g_assert_cmpuint ((guint) atoi (run->anchor), ==, run->first);
	}
	return g_string_free (out, FALSE);
}

static void test_runs (void)
{
	static const char *const CASES[][2] = {
		{ "14 15 16", "14-16" }, { "16 14 15", "14-16" }, { "3 5", "3 5" }, { "3 3 3", "3" }, { "1-9 4-5", "1-9" }, { "5-7 1-4", "1-7" },
		{ "1-3 5-6 8", "1-3 5-6 8" }, { "2-4 3-9 20 21", "2-9 20-21" }, { "7", "7" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
		g_autofree char *got = merged (CASES[i][0]);
		g_assert_cmpstr (got, ==, CASES[i][1]);
	}
}

/* --- the alphabet ------------------------------------------------------------------------------------------------------------ */

static RnLanguage *language_with (RnArena *arena, const char *alphabet)
{
	RnPair *pairs = rn_arena_newn (arena, RnPair, 1);
	RnValue *map = rn_arena_new0 (arena, RnValue);
	pairs[0].name = "alphabet";
	pairs[0].value = rn_value_new_string (arena, alphabet, 1, 1);
	map->kind = RN_MAP;
	map->n = 1;
	map->pairs = pairs;
	return rn_language_new (arena, "xx", 0, map, NULL, NULL);
}

static void test_alphabet (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnLanguage *language = language_with (arena, "абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюя");
	static const char *const SORTED[] = { "112", "забон", "«Забоннома»", "иҷозат", "ӣд", "кор", "КОР-2", "Қонун", "ҳуқуқ", "чипта", "ҷарима", "шиноснома" };
	for (guint i = 0; i < G_N_ELEMENTS (SORTED); i++)
		for (guint k = 0; k < G_N_ELEMENTS (SORTED); k++) {
			const gint order = rn_alphabetical (language, SORTED[i], SORTED[k]);
			g_assert_cmpint (order < 0 ? -1 : order > 0, ==, i < k ? -1 : i > k);
		}
	/* Marks do not count, but two terms that only they tell apart still have an order. */
	g_assert_cmpint (rn_alphabetical (language, "«кор»", "кор"), !=, 0);
	g_assert_cmpint (rn_alphabetical (language, "", "а"), <, 0);
	rn_language_free (language);
}

/* --- parallel texts ------------------------------------------------------------------------------------------------------------ */

/* "p 2#a p": blocks without a heading, headings by their level and anchor. */
static GArray *text_of (const char *form)
{
	GArray *text = g_array_new (FALSE, TRUE, sizeof (RnParallelBlock));
	g_auto (GStrv) words = g_strsplit (form, " ", -1);
	for (guint i = 0; words[i]; i++) {
		const char *anchor = strchr (words[i], '#');
		const RnParallelBlock block = { g_ascii_isdigit (words[i][0]) ? (guint) (words[i][0] - '0') : 0, anchor ? g_intern_string (anchor + 1) : NULL };
		if (*words[i])
			g_array_append_val (text, block);
	}
	return text;
}

static char *rows_of (const char *const *forms, guint n)
{
	GArray *texts[3];
	GString *out = g_string_new (NULL);
	for (guint k = 0; k < n; k++)
		texts[k] = text_of (forms[k]);
	GArray *rows = rn_parallel_rows (texts, n);
	for (guint i = 0; i < rows->len; i++) {
		const gint at = g_array_index (rows, gint, i);
		g_string_append (out, i == 0 ? "" : i % n ? "," : " ");
		if (at < 0)
			g_string_append_c (out, '-');
		else
			g_string_append_printf (out, "%d", at);
	}
	g_array_unref (rows);
	for (guint k = 0; k < n; k++)
		g_array_unref (texts[k]);
	return g_string_free (out, FALSE);
}

static void test_rows (void)
{
	static const struct { const char *texts[3]; guint n; const char *rows; } CASES[] = {
		{ { "p p p", "p p p" }, 2, "0,0 1,1 2,2" },
		{ { "p p p", "p" }, 2, "0,0 1,- 2,-" },
		{ { "", "p p" }, 2, "-,0 -,1" },
		{ { "", "" }, 2, "" },
		/* A heading's name brings them level again. */
		{ { "p 2#a p", "p p 2#a p" }, 2, "0,0 -,1 1,2 2,3" },
		{ { "2#a p p 2#b p", "2#a p 2#b p p" }, 2, "0,0 1,1 2,- 3,2 4,3 -,4" },
		/* Names of their own, but the same order of headings. */
		{ { "2#эк p p 2#ду p", "2#one p 2#two p" }, 2, "0,0 1,1 2,- 3,2 4,3" },
		/* Between two that share a name, by order. */
		{ { "2#a 3#x p p 2#b", "2#a 3#y p 2#b" }, 2, "0,0 1,1 2,2 3,- 4,3" },
		/* Headings that do not agree: block by block. */
		{ { "2#x p 3#y", "3#z p p" }, 2, "0,0 1,1 2,2" },
		/* A name that crosses another cannot hold both. */
		{ { "2#a p 2#b p", "2#b p 2#a p" }, 2, "-,0 -,1 0,2 1,3 2,- 3,-" },
		{ { "p 2#a p", "2#a p p", "p p 2#a" }, 3, "0,-,0 -,-,1 1,0,2 2,1,- -,2,-" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
		g_autofree char *got = rows_of (CASES[i].texts, CASES[i].n);
		g_assert_cmpstr (got, ==, CASES[i].rows);
	}
}

/* Random texts: every block is in one row, and in its text's order. */
static void test_rows_hold_all (void)
{
	for (guint round = 0; round < 500; round++) {
		GArray *texts[3];
		guint next[3] = { 0 };
		const guint n = (guint) g_test_rand_int_range (1, 4);
		for (guint k = 0; k < n; k++) {
			texts[k] = g_array_new (FALSE, TRUE, sizeof (RnParallelBlock));
			for (gint i = g_test_rand_int_range (0, 25); i > 0; i--) {
				RnParallelBlock block = { (guint) MAX (g_test_rand_int_range (-3, 4), 0), NULL };
				const char *const names[] = { "a", "b", "c", "d", "e", "f" };
				if (block.level > 0)
					block.anchor = names[g_test_rand_int_range (0, 6)];
				g_array_append_val (texts[k], block);
			}
		}
		GArray *rows = rn_parallel_rows (texts, n);
		g_assert_cmpuint (rows->len % n, ==, 0);
		for (guint i = 0; i < rows->len; i++) {
			const gint at = g_array_index (rows, gint, i);
			if (at >= 0)
				g_assert_cmpuint ((guint) at, ==, next[i % n]++);
		}
		for (guint k = 0; k < n; k++) {
			g_assert_cmpuint (next[k], ==, texts[k]->len);
			g_array_unref (texts[k]);
		}
		g_array_unref (rows);
	}
}

/* --- addresses, numbers --------------------------------------------------------------------------------------------------------- */

static void test_shown (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_assert_cmpstr (rn_web_shown (arena, "https://example.org/ru/"), ==, "example.org/ru");
	g_assert_cmpstr (rn_web_shown (arena, "mailto:a@example.org"), ==, "a@example.org");
	g_assert_cmpstr (rn_web_shown (arena, "https://example.org/%D0%B4%D0%B0/"), ==, "example.org/да");
	/* What is no text stays in its codes. */
	g_assert_cmpstr (rn_web_shown (arena, "https://example.org/%ff"), ==, "example.org/%ff");
	g_assert_cmpstr (rn_web_shown (arena, "https://example.org/a%2Fb"), ==, "example.org/a%2Fb");
}

/* A book of a hundred sides; "near" stands on the seventh, "far" on the last. */
static RnBook *long_book (void)
{
	RnBook *book = rn_book_new ("xx");
	RnPiece *near = rn_arena_new0 (book->arena, RnPiece), *far = rn_arena_new0 (book->arena, RnPiece);
	rn_piece_add_anchor (book->arena, near, "near");
	rn_piece_add_anchor (book->arena, far, "far");
	for (guint i = 0; i < 100; i++) {
		RnSide *side = rn_book_add_side (book, 1000, 1000);
		if (i == 6 || i == 99)
			rn_side_place (side, i == 6 ? near : far, 0, 0);
	}
	return book;
}

/* Side 100 is reached by a number that had two digits: the book is set again. */
static void test_digits (void)
{
	g_autoptr (RnBook) book = long_book ();
	RnGlyph glyphs[3] = { { 0 } };
	hb_font_t *none = hb_font_create (hb_face_get_empty ());
	const RnFont font = { .hb = none };
	const RnSideNumber number = { glyphs, 2, &font, "far", FALSE, FALSE };
	g_array_append_val (book->numbers, number);
	g_assert_false (rn_book_settle (book));
	g_assert_cmpuint (book->page_number_digits, ==, 3);
	/* Though the book now keeps three, this number still has two. */
	g_assert_false (rn_book_settle (book));
	g_array_index (book->numbers, RnSideNumber, 0).n = 3;
	g_assert_true (rn_book_settle (book));
	hb_font_destroy (none);
}

#define GLYPH(n, space) { .advance = (n), .len = 1, .text = (space) ? " " : "a", .flags = (space) ? RN_GLYPH_SPACE : 0 }

/* "aa a" "000" " a a " and, apart, "b": three digits were kept, one is needed. JUSTIFIED: the two lost go to the three spaces within the line. */
static void close_up (gboolean justified, const RnLength want[4])
{
	g_autoptr (RnBook) book = long_book ();
	hb_font_t *none = hb_font_create (hb_face_get_empty ());
	const RnFont font = { .hb = none, .size = 100 };
	RnGlyph before[] = { GLYPH (10, 0), GLYPH (10, 0), GLYPH (4, 1), GLYPH (10, 0) }, digits[] = { GLYPH (6, 0), GLYPH (6, 0), GLYPH (6, 0) },
	        after[] = { GLYPH (4, 1), GLYPH (10, 0), GLYPH (4, 1), GLYPH (10, 0), GLYPH (4, 1) }, apart[] = { GLYPH (10, 0) };
	const RnMark marks[] = {
		{ .kind = RN_MARK_TEXT, .x = 0, .y = 50, .w = 34, .text = { &font, before, 4 } }, { .kind = RN_MARK_TEXT, .x = 34, .y = 50, .w = 18, .text = { &font, digits, 3 } },
		{ .kind = RN_MARK_TEXT, .x = 52, .y = 50, .w = 28, .text = { &font, after, 5 } }, { .kind = RN_MARK_TEXT, .x = 200, .y = 50, .w = 10, .text = { &font, apart, 1 } },
	};
	RnPiece *piece = rn_arena_new0 (book->arena, RnPiece);
	rn_piece_add_marks (book->arena, piece, marks, 4, FALSE);
	rn_side_place (book->sides->pdata[1], piece, 0, 0);
	const RnSideNumber number = { digits, 3, &font, "near", FALSE, justified };
	g_array_append_val (book->numbers, number);
	book->page_number_digits = 3;
	for (guint again = 0; again < 2; again++) {
		g_assert_true (rn_book_settle (book));
		g_assert_cmpuint (piece->marks[1].text.n, ==, 1);
		g_assert_cmpstr (digits[0].text, ==, "7");
		for (guint i = 0; i < 4; i++)
			g_assert_cmpint (piece->marks[i].x, ==, want[i]);
	}
	/* The space that the line ends with takes nothing; the line is as wide as it was. */
	g_assert_cmpint (after[4].advance, ==, 4);
	g_assert_cmpint (piece->marks[2].x + piece->marks[2].w, ==, justified ? 80 : 68);
	hb_font_destroy (none);
}

static void test_close_up (void)
{
	close_up (FALSE, (const RnLength[]) { 0, 34, 40, 200 });
	close_up (TRUE, (const RnLength[]) { 0, 38, 44, 200 });
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/print/compose/runs", test_runs);
	g_test_add_func ("/print/compose/alphabet", test_alphabet);
	g_test_add_func ("/print/compose/rows", test_rows);
	g_test_add_func ("/print/compose/rows-hold-all", test_rows_hold_all);
	g_test_add_func ("/print/compose/shown", test_shown);
	g_test_add_func ("/print/compose/digits", test_digits);
	g_test_add_func ("/print/compose/close-up", test_close_up);
	return g_test_run ();
}
