/*
 * qr.c - a text -> a QR code as one path: dark modules as boxes, joined along their row and, where rows agree, down the column.
 *
 * All boxes stand in one path, so that no viewer shows a seam between them; what is light is left bare.
 */
#include "print/picture.h"
#include "base/qr.h"

#include <string.h>

/* Is the run [begin, end) of ROW a run of its own: dark, and light at both ends? */
static gboolean is_run (const RnQr *code, gint row, gint begin, gint end)
{
	if (rn_qr_dark (code, row, begin - 1) || rn_qr_dark (code, row, end))
		return FALSE;
	for (gint i = begin; i < end; i++)
		if (!rn_qr_dark (code, row, i))
			return FALSE;
	return row < code->width;
}

typedef struct { GString *segments; GArray *points; RnLength size; gint modules; } Boxes;

static RnLength edge (const Boxes *boxes, gint module)
{
	return (RnLength) ((gint64) boxes->size * (module + RN_QR_QUIET) / boxes->modules);
}

static void add_box (Boxes *boxes, gint left, gint top, gint right, gint bottom)
{
	RnLength x = edge (boxes, left), y = edge (boxes, top), x2 = edge (boxes, right), y2 = edge (boxes, bottom);
	RnLength points[8] = { x, y, x2, y, x2, y2, x, y2 };
	g_string_append (boxes->segments, "mlllz");
	g_array_append_vals (boxes->points, points, 8);
}

static void add_boxes (Boxes *boxes, const RnQr *code)
{
	for (gint row = 0; row < code->width; row++)
		for (gint begin = 0, end; begin < code->width; begin = end + 1) {
			for (end = begin; rn_qr_dark (code, row, end); end++);
			if (end == begin || is_run (code, row - 1, begin, end))
				continue;   /* light; or the box of the row above covers it */
			gint bottom = row + 1;
			while (is_run (code, bottom, begin, end))
				bottom++;
			add_box (boxes, begin, row, end, bottom);
		}
}

gboolean rn_qr_marks (RnArena *arena, RnTags *tags, RnTag *parent, const char *text, const char *alt, RnLength x, RnLength y, RnLength size, GArray *marks)
{
	g_autoptr (RnQr) code = rn_qr_new (text);
	if (!code)
		return FALSE;
	Boxes boxes = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (RnLength)), size, code->width + 2 * RN_QR_QUIET };
	add_boxes (&boxes, code);

	RnPath *path = rn_arena_new0 (arena, RnPath);
	path->segments = rn_arena_strndup (arena, boxes.segments->str, (gssize) boxes.segments->len);
	path->n_segments = (guint) boxes.segments->len;
	path->n_points = boxes.points->len / 2;
	path->points = memcpy (rn_arena_newn (arena, RnLength, boxes.points->len), boxes.points->data, boxes.points->len * sizeof (RnLength));
	path->filled = TRUE;
	path->fill = RN_BLACK;
	RnTag *tag = rn_tag_new (tags, parent, RN_ROLE_FIGURE);
	tag->alt = rn_arena_strndup (arena, alt, -1);
	RnMark mark = { .kind = RN_MARK_PATH, .tint = RN_BLACK, .x = x, .y = y, .w = size, .h = size, .tag = tag, .path = path };
	g_array_append_val (marks, mark);
	g_string_free (boxes.segments, TRUE);
	g_array_free (boxes.points, TRUE);
	return TRUE;
}
