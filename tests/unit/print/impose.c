/*
 * impose - sheets as text against tests/cases/print/impose-*.sheets, and a booklet folded out of them by hand, so to speak, for every number of pages.
 *
 * RN_UPDATE=1 writes the .sheets files anew: look at the difference.
 */
#include "print/impose.h"

#include <string.h>

#define THICKNESS 0.1

typedef struct { RnBook book; RnProduct product; RnDiagnostics *sink; } Case;

static void case_init (Case *c, RnImposeScheme scheme, guint n, double width, double height, double sheet_width, double sheet_height)
{
	*c = (Case) { .sink = rn_diagnostics_new () };
	c->book = (RnBook) { .arena = rn_arena_new (0), .sides = g_ptr_array_new (), .language = "en" };
	for (guint i = 0; i < n; i++) {
		RnSide *side = rn_arena_new0 (c->book.arena, RnSide);
		side->width = RN_MM (width);
		side->height = RN_MM (height);
		g_ptr_array_add (c->book.sides, side);
	}
	c->product.name = "x";
	c->product.where.file = "layouts/print/x.yaml";
	c->product.profile = (RnPrintProfile) { .bleed = RN_MM (3), .sheet_marks = TRUE, .paper_thickness = THICKNESS };
	c->product.impose = (RnImposeRules) { .scheme = scheme, .sheet_width = RN_MM (sheet_width), .sheet_height = RN_MM (sheet_height), .signature = 16, .limit = 80 };
}

static void case_clear (Case *c)
{
	rn_diagnostics_free (c->sink);
	g_ptr_array_unref (c->book.sides);
	rn_arena_free (c->book.arena);
}

static RnImposition *impose (Case *c)
{
	return rn_impose (&c->book, &c->product, NULL, NULL, c->sink);
}

/* Every mark lies outside the trim and its bleed, and on the sheet. */
static void check_marks (const RnImposition *made)
{
	RnLength left = made->trim_x - made->bleed, right = made->trim_x + made->trim_width + made->bleed;
	RnLength top = made->trim_y - made->bleed, bottom = made->trim_y + made->trim_height + made->bleed;
	for (guint i = 0; i < made->faces->len; i++) {
		const RnPiece *piece = g_array_index (made->faces, RnSheetFace, i).marks;
		g_assert_nonnull (piece);
		g_assert_cmpuint (piece->n_marks, >=, 8);
		for (guint k = 0; k < piece->n_marks; k++) {
			const RnMark *mark = &piece->marks[k];
			RnLength x0 = mark->x, y0 = mark->y, x1 = x0 + mark->w, y1 = y0 + mark->h;
			if (mark->kind == RN_MARK_PATH)
				for (guint p = 0; p < mark->path->n_points; p++) {
					x0 = MIN (x0, mark->x + mark->path->points[2 * p]);
					x1 = MAX (x1, mark->x + mark->path->points[2 * p]);
					y0 = MIN (y0, mark->y + mark->path->points[2 * p + 1]);
					y1 = MAX (y1, mark->y + mark->path->points[2 * p + 1]);
				}
			else
				g_assert_cmpint (mark->kind, ==, RN_MARK_RULE);
			g_assert_true (x1 <= left || x0 >= right || y1 <= top || y0 >= bottom);
			g_assert_true (x0 >= 0 && y0 >= 0 && x1 <= made->width && y1 <= made->height);
			g_assert_cmpuint (mark->kind == RN_MARK_PATH ? mark->path->stroke : mark->tint, ==, 100);
		}
	}
}

/* --- as text --------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *name; RnImposeScheme scheme; guint n; double width, height, sheet_width, sheet_height, bleed; } cases[] = {
	{ "saddle-1", RN_IMPOSE_SADDLE, 1, 148, 210, 0, 0, 3 },
	{ "saddle-2", RN_IMPOSE_SADDLE, 2, 148, 210, 0, 0, 3 },
	{ "saddle-3", RN_IMPOSE_SADDLE, 3, 148, 210, 0, 0, 3 },
	{ "saddle-4", RN_IMPOSE_SADDLE, 4, 148, 210, 0, 0, 3 },
	{ "saddle-5", RN_IMPOSE_SADDLE, 5, 148, 210, 320, 225, 3 },
	{ "saddle-8", RN_IMPOSE_SADDLE, 8, 148, 210, 320, 225, 3 },
	{ "saddle-16", RN_IMPOSE_SADDLE, 16, 148, 210, 320, 225, 3 },
	{ "saddle-20", RN_IMPOSE_SADDLE, 20, 210, 297, 450, 320, 3 },
	{ "saddle-84", RN_IMPOSE_SADDLE, 84, 148, 210, 320, 225, 3 },
	{ "saddle-120", RN_IMPOSE_SADDLE, 120, 148, 210, 320, 225, 3 },
	{ "perfect-40", RN_IMPOSE_PERFECT, 38, 148, 210, 320, 225, 3 },
	{ "sheet-3", RN_IMPOSE_SHEET, 3, 297, 210, 320, 225, 3 },
	{ "poster", RN_IMPOSE_SHEET, 1, 297, 420, 450, 320, 3 },
	{ "cards", RN_IMPOSE_REPEAT, 2, 85.6, 54, 297, 210, 3 },
	{ "cards-no-bleed", RN_IMPOSE_REPEAT, 3, 85.6, 54, 210, 297, 0 },
};

static void test_case (gconstpointer data)
{
	guint i = GPOINTER_TO_UINT (data);
	Case c;
	case_init (&c, cases[i].scheme, cases[i].n, cases[i].width, cases[i].height, cases[i].sheet_width, cases[i].sheet_height);
	c.product.profile.bleed = RN_MM (cases[i].bleed);
	RnImposition *made = impose (&c);
	g_assert_nonnull (made);
	g_autofree char *got = rn_imposition_describe (made), *golden = g_strdup_printf ("%s/cases/print/impose-%s.sheets", RN_TESTS, cases[i].name), *expected = NULL;
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (golden, got, -1, NULL));
	g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
	g_assert_cmpstr (got, ==, expected);
	check_marks (made);
	rn_imposition_free (made);
	case_clear (&c);
}

/* --- a booklet folded ------------------------------------------------------------------------------------------------------------------- */

/* What lies behind SIDE once the sheet is turned about its upright middle. */
static const RnImposedSide *behind (const RnImposition *made, guint sheet, const RnImposedSide *side, RnLength width)
{
	const RnSheetFace *back = &g_array_index (made->faces, RnSheetFace, 2 * sheet + 1);
	g_assert_true (back->back && back->sheet == sheet);
	for (guint i = 0; i < back->n_sides; i++)
		if (back->sides[i].y == side->y && ABS (made->width - back->sides[i].x - width - side->x) <= 1)
			return &back->sides[i];
	g_assert_not_reached ();
}

static void check_clip (const RnImposition *made, const RnImposedSide *side, RnLength width)
{
	RnLength fold = made->trim_x + made->trim_width / 2, from = side->x - side->clip_left, to = side->x + width + side->clip_right;
	g_assert_true (from >= 0 && to <= made->width);
	/* Up to the fold and not beyond, and outside as far as the bleed. */
	g_assert_true (to == fold || from == fold);
	g_assert_cmpint (to == fold ? side->clip_left : side->clip_right, ==, made->bleed);
}

/* Folds sheets [from, to) into one another and reads them, leaf by leaf. */
static void read_signature (const RnImposition *made, guint from, guint to, RnLength width, GArray *read)
{
	RnLength fold = made->trim_x + made->trim_width / 2;
	GArray *second = g_array_new (FALSE, FALSE, sizeof (gint));
	for (guint sheet = from; sheet < to; sheet++) {
		const RnSheetFace *face = &g_array_index (made->faces, RnSheetFace, 2 * sheet);
		g_assert_true (!face->back && face->sheet == sheet && face->n_sides == 2);
		const RnImposedSide *left = &face->sides[0], *right = &face->sides[1];
		g_assert_cmpint (left->x + width / 2, <, fold);
		g_assert_cmpint (right->x + width / 2, >, fold);
		/* Further in by a leaf's thickness a sheet. */
		g_assert_cmpint (fold - right->x, ==, (RnLength) (sheet - from) * RN_MM (THICKNESS));
		g_assert_cmpint (left->x + width - fold, ==, (RnLength) (sheet - from) * RN_MM (THICKNESS));
		const RnImposedSide *behind_left = behind (made, sheet, left, width), *behind_right = behind (made, sheet, right, width);
		check_clip (made, left, width);
		check_clip (made, right, width);
		check_clip (made, behind_left, width);
		check_clip (made, behind_right, width);
		g_array_append_val (read, right->side);
		g_array_append_val (read, behind_right->side);
		g_array_append_val (second, left->side);
		g_array_append_val (second, behind_left->side);
	}
	for (guint i = second->len; i-- > 0;)
		g_array_append_val (read, g_array_index (second, gint, i));
	g_array_unref (second);
}

static void check_folded (RnImposeScheme scheme, guint n)
{
	Case c;
	case_init (&c, scheme, n, 148, 210, 320, 225);
	RnImposition *made = impose (&c);
	RnLength width = RN_MM (148), fold = made->trim_x + made->trim_width / 2;
	GArray *read = g_array_new (FALSE, FALSE, sizeof (gint));
	guint signatures = 0;
	for (guint from = 0, to; from < made->sheets; from = to) {
		/* The next signature begins where a sheet has no creep. */
		for (to = from + 1; to < made->sheets && g_array_index (made->faces, RnSheetFace, 2 * to).sides[1].x != fold; to++) {}
		read_signature (made, from, to, width, read);
		if (made->signatures > 1)
			g_assert_cmpuint (to - from, >=, 2);
		signatures++;
	}
	g_assert_cmpuint (signatures, ==, made->signatures);
	if (scheme == RN_IMPOSE_SADDLE)
		g_assert_cmpuint (signatures == 1, ==, n <= 80);
	g_assert_cmpuint (read->len, ==, made->pages);
	g_assert_cmpuint (made->pages, ==, (n + 3) / 4 * 4);
	g_assert_cmpuint (made->blanks, ==, made->pages - n);
	for (guint i = 0, side = 0; i < read->len; i++) {
		gboolean blank = i >= n;
		g_assert_cmpint (g_array_index (read, gint, i), ==, blank ? -1 : (gint) side++);
	}
	g_array_unref (read);
	rn_imposition_free (made);
	case_clear (&c);
}

static void test_folded (void)
{
	for (guint n = 1; n <= 200; n++)
		for (guint k = 0; k < 2; k++)
			check_folded (k ? RN_IMPOSE_PERFECT : RN_IMPOSE_SADDLE, n);
}

/* Every card has its back behind it, and its bleed for itself. */
static void test_cards (void)
{
	for (guint round = 0; round < 300; round++) {
		Case c;
		case_init (&c, RN_IMPOSE_REPEAT, (guint) g_test_rand_int_range (1, 6), 40 + g_test_rand_int_range (0, 60), 30 + g_test_rand_int_range (0, 60), 297, 210);
		c.product.profile.bleed = RN_MM (g_test_rand_int_range (0, 5));
		RnLength width = ((RnSide *) c.book.sides->pdata[0])->width, height = ((RnSide *) c.book.sides->pdata[0])->height;
		RnImposition *made = impose (&c);
		g_assert_nonnull (made);
		check_marks (made);
		g_assert_cmpuint (made->faces->len, ==, c.book.sides->len);
		for (guint i = 0; i < made->faces->len; i++) {
			const RnSheetFace *face = &g_array_index (made->faces, RnSheetFace, i);
			for (guint k = 0; k < face->n_sides; k++) {
				const RnImposedSide *side = &face->sides[k];
				g_assert_cmpint (side->side, ==, (gint) i);
				g_assert_true (side->x >= made->trim_x && side->x + width <= made->trim_x + made->trim_width);
				if (!face->back && i + 1 < made->faces->len)
					g_assert_cmpint (behind (made, face->sheet, side, width)->side, ==, (gint) i + 1);
				for (guint other = 0; other < k; other++)
					g_assert_true (ABS (face->sides[other].x - side->x) >= width + 2 * made->bleed || ABS (face->sides[other].y - side->y) >= height + 2 * made->bleed);
			}
		}
		/* Not one more would fit. */
		g_assert_true (made->trim_width + width + 4 * made->bleed + 2 * RN_MM (2) > made->width);
		rn_imposition_free (made);
		case_clear (&c);
	}
}

/* Folds are marked at head and foot, on the back as seen from there. */
static void test_folds (void)
{
	Case c;
	case_init (&c, RN_IMPOSE_SHEET, 2, 297, 210, 320, 225);
	c.product.impose.folds = (RnLength[]) { RN_MM (98), RN_MM (197.5) };
	c.product.impose.n_folds = 2;
	RnImposition *made = impose (&c);
	for (guint i = 0; i < 2; i++) {
		const RnSheetFace *face = &g_array_index (made->faces, RnSheetFace, i);
		for (guint fold = 0; fold < 2; fold++) {
			RnLength at = c.product.impose.folds[fold], x = made->trim_x + (i ? made->trim_width - at : at);
			guint above = 0, below = 0;
			for (guint k = 0; k < face->marks->n_marks; k++) {
				const RnMark *mark = &face->marks->marks[k];
				if (mark->kind == RN_MARK_RULE && ABS (mark->x + mark->w / 2 - x) <= 1) {
					above += mark->y < made->trim_y;
					below += mark->y > made->trim_y;
				}
			}
			g_assert_cmpuint (above, >=, 2);
			g_assert_cmpuint (below, >=, 2);
		}
	}
	rn_imposition_free (made);
	case_clear (&c);
}

static void test_too_small (void)
{
	Case c;
	case_init (&c, RN_IMPOSE_SADDLE, 8, 148, 210, 297, 210);
	g_assert_null (impose (&c));
	guint n;
	const RnDiagnostic *const *told = rn_diagnostics_sorted (c.sink, &n);
	g_assert_cmpuint (n, ==, 1);
	g_assert_cmpstr (told[0]->message, ==, "the sheet of the print product 'x' is too small: it is 297.0 × 210.0 mm, and 306.0 × 220.0 mm are needed");
	g_assert_cmpstr (told[0]->where.file, ==, "layouts/print/x.yaml");
	/* Without bleed and marks it is large enough; without a side there is nothing to do. */
	c.product.profile.bleed = 0;
	c.product.profile.sheet_marks = FALSE;
	RnImposition *made = impose (&c);
	g_assert_nonnull (made);
	g_assert_null (g_array_index (made->faces, RnSheetFace, 0).marks);
	rn_imposition_free (made);
	g_ptr_array_set_size (c.book.sides, 0);
	g_assert_null (impose (&c));
	case_clear (&c);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *name = g_strdup_printf ("/impose/%s", cases[i].name);
		g_test_add_data_func (name, GUINT_TO_POINTER (i), test_case);
	}
	g_test_add_func ("/impose/folded", test_folded);
	g_test_add_func ("/impose/backs-of-cards", test_cards);
	g_test_add_func ("/impose/folds", test_folds);
	g_test_add_func ("/impose/too-small", test_too_small);
	return g_test_run ();
}
