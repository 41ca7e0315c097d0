/*
 * sheet_marks.c - the marks outside the trim: where to cut, where to fold, whether face and back lie on one another, and which sheet it is.
 *
 * In: a sheet's lines. Out: marks, all of them black alone and beyond the bleed, so that nothing of them is left on the finished product.
 */
#include "print/impose-int.h"

#include <string.h>

#define HAIR RN_PT (0.25)
#define CROP RN_MM (4)            /* a crop mark's length */
#define FOLD_DASH RN_MM (0.8)
#define CROSS RN_MM (2)           /* half of a registration mark */
#define RING RN_MM (1.2)
#define APART RN_MM (6)           /* between a registration mark and any line */
#define NEAREST RN_MM (1)         /* no mark nearer to the trim, whatever the bleed */

static void add_rule (GArray *marks, RnLength x, RnLength y, RnLength w, RnLength h)
{
	RnMark mark = { .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = x, .y = y, .w = w, .h = h };
	g_array_append_val (marks, mark);
}

/* From TOP to BOTTOM at X, and the other way, LENGTH long: hairs whose middle is the line. */
static void add_upright (GArray *marks, RnLength x, RnLength top, RnLength length)
{
	add_rule (marks, x - HAIR / 2, top, HAIR, length);
}

static void add_level (GArray *marks, RnLength y, RnLength left, RnLength length)
{
	add_rule (marks, left, y - HAIR / 2, length, HAIR);
}

void rn_crop_marks (RnLength x, RnLength y, RnLength width, RnLength height, RnLength bleed, GArray *marks)
{
	RnLength off = MAX (bleed, NEAREST);
	for (guint i = 0; i < 2; i++) {
		add_upright (marks, x + (i ? width : 0), y - off - CROP, CROP);
		add_upright (marks, x + (i ? width : 0), y + height + off, CROP);
		add_level (marks, y + (i ? height : 0), x - off - CROP, CROP);
		add_level (marks, y + (i ? height : 0), x + width + off, CROP);
	}
}

/* At (X, Y) on the edge, away from the sheet. */
static void add_fold (RnLength x, RnLength y, gboolean below, GArray *marks)
{
	for (RnLength at = 0; at + FOLD_DASH <= CROP; at += FOLD_DASH * 2)
		add_upright (marks, x, below ? y + at : y - at - FOLD_DASH, FOLD_DASH);
}

/* Around (X, Y). */
static void add_target (RnArena *arena, RnLength x, RnLength y, GArray *marks)
{
	/* A circle in four curves: the handle is 0.5523 of the radius. */
	const RnLength r = RING, k = (RnLength) (RING * 5523LL / 10000);
	const RnLength points[] = { r, 0, r, k, k, r, 0, r, -k, r, -r, k, -r, 0, -r, -k, -k, -r, 0, -r, k, -r, r, -k, r, 0 };
	RnLength *kept = rn_arena_newn (arena, RnLength, G_N_ELEMENTS (points));
	memcpy (kept, points, sizeof points);
	RnPath *path = rn_arena_new0 (arena, RnPath);
	*path = (RnPath) { .n_segments = 6, .n_points = G_N_ELEMENTS (points) / 2, .segments = "mccccz", .points = kept, .stroked = TRUE, .stroke = RN_BLACK, .width = HAIR };
	RnMark mark = { .kind = RN_MARK_PATH, .x = x, .y = y, .path = path };
	g_array_append_val (marks, mark);
	add_upright (marks, x, y - CROSS, 2 * CROSS);
	add_level (marks, y, x - CROSS, 2 * CROSS);
}

/* Of the eighths of an edge from START, LENGTH long, the one nearest its middle that no line comes near; -1: none. */
static RnLength free_spot (RnLength start, RnLength length, const GArray *cuts, const GArray *folds)
{
	static const guint8 eighths[] = { 4, 6, 2, 5, 3, 7, 1 };
	for (guint i = 0; i < G_N_ELEMENTS (eighths); i++) {
		RnLength at = start + (RnLength) ((gint64) length * eighths[i] / 8);
		gboolean taken = FALSE;
		for (guint k = 0; k < cuts->len; k++)
			taken |= ABS (g_array_index (cuts, RnLength, k) - at) < APART;
		for (guint k = 0; folds && k < folds->len; k++)
			taken |= ABS (g_array_index (folds, RnLength, k) - at) < APART;
		if (!taken)
			return at;
	}
	return -1;
}

/* On the back at the same place of the paper, so that the two can be held against the light. */
static void add_registration (RnArena *arena, const RnImposition *sheet, const RnSheetLines *lines, gboolean back, GArray *marks)
{
	RnLength off = sheet->bleed + MIN (lines->room, RN_MARKS_ROOM) / 2;
	if (lines->room < 2 * CROSS)
		return;
	RnLength x = free_spot (sheet->trim_x, sheet->trim_width, lines->cut_x, lines->folds), y = free_spot (sheet->trim_y, sheet->trim_height, lines->cut_y, NULL);
	if (x >= 0) {
		x = back ? 2 * sheet->trim_x + sheet->trim_width - x : x;
		add_target (arena, x, sheet->trim_y - off, marks);
		add_target (arena, x, sheet->trim_y + sheet->trim_height + off, marks);
	}
	if (y >= 0) {
		add_target (arena, sheet->trim_x - off, y, marks);
		add_target (arena, sheet->trim_x + sheet->trim_width + off, y, marks);
	}
}

/* In the foot's margin, from the left corner on the face and from the right one on the back, away from a registration mark that a fold pushed aside. */
static void add_slug (RnBook *book, const RnImposition *sheet, const RnSheetLines *lines, gboolean back, const char *text, const RnFont *font, GArray *marks)
{
	if (lines->room < font->ascent + font->descent)
		return;
	const char *kept = rn_arena_strndup (book->arena, text, -1);
	GArray *shaped = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	rn_font_shape (font, kept, strlen (kept), book->language, shaped, NULL);
	RnGlyph *glyphs = rn_arena_newn (book->arena, RnGlyph, MAX (shaped->len, 1));
	RnMark mark = { .kind = RN_MARK_TEXT, .tint = RN_BLACK, .x = sheet->trim_x + RN_MM (3),
		.y = sheet->trim_y + sheet->trim_height + sheet->bleed + (MIN (lines->room, RN_MARKS_ROOM) + font->cap_height) / 2 };
	for (guint i = 0; i < shaped->len; i++) {
		glyphs[i] = g_array_index (shaped, RnGlyph, i);
		mark.w += glyphs[i].advance;
	}
	if (back)
		mark.x = sheet->trim_x + sheet->trim_width - RN_MM (3) - mark.w;
	mark.text.font = font;
	mark.text.glyphs = glyphs;
	mark.text.n = shaped->len;
	g_array_append_val (marks, mark);
	g_array_unref (shaped);
}

const RnPiece *rn_sheet_marks (RnBook *book, const RnImposition *imposition, const RnSheetLines *lines, const RnSheetFace *face, const char *text, const RnFont *font)
{
	GArray *marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnLength off = MAX (imposition->bleed, NEAREST), left = imposition->trim_x - off, right = imposition->trim_x + imposition->trim_width + off;
	RnLength top = imposition->trim_y - off, bottom = imposition->trim_y + imposition->trim_height + off;
	RnLength length = MIN (CROP, lines->room + imposition->bleed - off);
	for (guint i = 0; i < lines->cut_x->len; i++) {
		add_upright (marks, g_array_index (lines->cut_x, RnLength, i), top - length, length);
		add_upright (marks, g_array_index (lines->cut_x, RnLength, i), bottom, length);
	}
	for (guint i = 0; i < lines->cut_y->len; i++) {
		add_level (marks, g_array_index (lines->cut_y, RnLength, i), left - length, length);
		add_level (marks, g_array_index (lines->cut_y, RnLength, i), right, length);
	}
	for (guint i = 0; i < lines->folds->len; i++) {
		RnLength x = g_array_index (lines->folds, RnLength, i);
		x = face->back ? 2 * imposition->trim_x + imposition->trim_width - x : x;
		add_fold (x, top, FALSE, marks);
		add_fold (x, bottom, TRUE, marks);
	}
	add_registration (book->arena, imposition, lines, face->back, marks);
	if (text && font)
		add_slug (book, imposition, lines, face->back, text, font, marks);
	RnPiece *piece = rn_arena_new0 (book->arena, RnPiece);
	RnMark *kept = rn_arena_newn (book->arena, RnMark, MAX (marks->len, 1));
	memcpy (kept, marks->data, sizeof (RnMark) * marks->len);
	piece->marks = kept;
	piece->n_marks = marks->len;
	g_array_unref (marks);
	return piece;
}
