/* svg_paint.c - an outline in user units and a style -> marks in RnLength, nothing of them outside the clip. */
#include "print/svg-int.h"

#include <math.h>
#include <string.h>

#define THINNEST ((RnLength) 200)   /* 0.2 pt: what a press still prints */

gboolean rn_svg_shade (const RnSvgStyle *style, gboolean stroke, RnTint *tint)
{
	const RnSvgPaint *paint = stroke ? &style->stroke : &style->fill;
	double alpha = style->alpha * (stroke ? style->stroke_alpha : style->fill_alpha) * paint->alpha;
	if (paint->kind == RN_SVG_CURRENT)
		alpha *= style->colour.alpha, paint = &style->colour;
	if (paint->kind == RN_SVG_NO_PAINT || alpha < 0.005)
		return FALSE;
	double light = paint->kind == RN_SVG_GREY ? paint->light : 0;
	*tint = rn_svg_tint (light, alpha);
	/* A veil of white would hide what it only lightens. */
	return *tint || alpha >= 0.5;
}

static RnLength to_length (double value)
{
	return (RnLength) floor (CLAMP (value, -RN_SVG_FAR, RN_SVG_FAR) + 0.5);
}

/*
 * PDF's phase, of which RnPath has none: the pattern is turned until it begins where the offset says, what is cut off from the first dash
 * or gap being put at the end with nothing between them.
 */
static guint turn_dashes (double *dashes, guint n, double offset)
{
	double sum = 0, out[2 * RN_SVG_MOST_DASHES + 2];
	guint first = 0, count = 0;
	for (guint i = 0; i < n; i++)
		sum += dashes[i];
	offset = sum > 0 ? fmod (offset, sum) : 0;
	if (offset < 0)
		offset += sum;
	if (!(offset > 0))
		return n;
	while (offset >= dashes[first] && first + 1 < n)
		offset -= dashes[first++];
	if (first % 2)
		out[count++] = 0;
	out[count++] = dashes[first] - MIN (offset, dashes[first]);
	for (guint i = 1; i < n; i++)
		out[count++] = dashes[(first + i) % n];
	out[count++] = MIN (offset, dashes[first]);
	if (first % 2 == 0)
		out[count++] = 0;
	memcpy (dashes, out, count * sizeof *out);
	return count;
}

static void set_dashes (RnSvg *svg, const RnSvgStyle *style, double scale, RnPath *look)
{
	double dashes[2 * RN_SVG_MOST_DASHES + 2];
	guint n = style->n_dashes;
	if (!n)
		return;
	memcpy (dashes, style->dashes, n * sizeof *dashes);
	if (n % 2) {
		memcpy (dashes + n, style->dashes, n * sizeof *dashes);
		n *= 2;
	}
	n = turn_dashes (dashes, n, style->dash_offset);
	RnLength *lengths = rn_arena_newn (svg->setting->arena, RnLength, n);
	gint64 sum = 0;
	for (guint i = 0; i < n; i++)
		sum += lengths[i] = to_length (dashes[i] * scale);
	/* Dashes too fine to tell apart are a line; too many would take for ever to draw. */
	if (sum < 100)
		return;
	look->dashes = lengths;
	look->n_dashes = n;
}

static void add_mark (RnSvg *svg, RnMark mark)
{
	mark.tag = svg->setting->tag;
	g_array_append_val (svg->marks, mark);
}

static void emit (RnSvg *svg, const RnSvgPath *outline, RnSvgBox box, const RnPath *look)
{
	gsize n = outline->points->len;
	RnLength x = to_length (box.x1), y = to_length (box.y1), w = to_length (box.x2) - x, h = to_length (box.y2) - y;
	if (n < 4 || (!look->stroked && n < 6))
		return;
	svg->segments += (guint) outline->segments->len;
	if (!look->stroked && (!w || !h))
		return;
	if (!look->stroked && rn_svg_path_is_box (outline)) {
		add_mark (svg, (RnMark) { .kind = RN_MARK_RULE, .tint = look->fill, .x = x, .y = y, .w = w, .h = h });
		return;
	}
	RnPath *path = rn_arena_new0 (svg->setting->arena, RnPath);
	RnLength *points = rn_arena_newn (svg->setting->arena, RnLength, n);
	for (gsize i = 0; i < n; i++)
		points[i] = to_length (g_array_index (outline->points, double, i)) - (i % 2 ? y : x);
	*path = *look;
	path->points = points;
	path->n_points = (guint) n / 2;
	path->segments = rn_arena_strndup (svg->setting->arena, outline->segments->str, (gssize) outline->segments->len);
	path->n_segments = (guint) outline->segments->len;
	add_mark (svg, (RnMark) { .kind = RN_MARK_PATH, .tint = RN_BLACK, .x = x, .y = y, .w = w, .h = h, .path = path });
}

static void emit_part (RnSvg *svg, const RnSvgPath *outline, RnSvgBox clip, const RnPath *look, gboolean fill)
{
	RnPath part = *look;
	part.filled = fill, part.stroked = !fill;
	rn_svg_path_clear (&svg->part);
	rn_svg_cut (outline, clip, fill, &svg->part);
	emit (svg, &svg->part, rn_svg_path_box (&svg->part), &part);
}

static void add_path (RnSvg *svg, const RnSvgPath *outline, RnSvgBox clip, const RnPath *look)
{
	RnSvgBox box = rn_svg_path_box (outline);
	double slack = look->stroked ? look->width / 2.0 + 1 : 1;
	if (box.x1 > clip.x2 || box.x2 < clip.x1 || box.y1 > clip.y2 || box.y2 < clip.y1 || clip.x2 < clip.x1 || clip.y2 < clip.y1)
		return;
	if (box.x1 >= clip.x1 - slack && box.y1 >= clip.y1 - slack && box.x2 <= clip.x2 + slack && box.y2 <= clip.y2 + slack) {
		emit (svg, outline, box, look);
		return;
	}
	if (look->filled)
		emit_part (svg, outline, clip, look, TRUE);
	if (look->stroked)
		emit_part (svg, outline, clip, look, FALSE);
}

void rn_svg_paint (RnSvg *svg, const RnSvgState *state)
{
	const RnSvgStyle *style = &state->style;
	RnPath look = { .even_odd = style->even_odd, .cap = style->cap, .join = style->join };
	if (style->hidden || !svg->path.points->len)
		return;
	look.filled = rn_svg_shade (style, FALSE, &look.fill);
	look.stroked = style->stroke_width > 0 && rn_svg_shade (style, TRUE, &look.stroke);
	if (!look.filled && !look.stroked)
		return;
	double scale = style->fixed_stroke ? svg->unit : rn_svg_scale (state->matrix);
	if (look.stroked) {
		look.width = MAX (to_length (style->stroke_width * scale), THINNEST);
		set_dashes (svg, style, scale, &look);
	}
	if (svg->path.full || svg->segments + svg->path.segments->len > RN_SVG_MOST_SEGMENTS) {
		svg->beyond = TRUE;
		return;
	}
	rn_svg_path_clear (&svg->placed);
	g_string_append_len (svg->placed.segments, svg->path.segments->str, (gssize) svg->path.segments->len);
	g_array_set_size (svg->placed.points, svg->path.points->len);
	const double *from = (const double *) svg->path.points->data;
	double *to = (double *) svg->placed.points->data;
	for (guint i = 0; i + 1 < svg->path.points->len; i += 2)
		rn_svg_apply (state->matrix, from[i], from[i + 1], &to[i], &to[i + 1]);
	add_path (svg, &svg->placed, state->clip, &look);
}
