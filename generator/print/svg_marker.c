/* svg_marker.c - arrow heads and the like: a <marker>'s drawing at the corners of an outline, turned as the outline runs. */
#include "print/svg-int.h"

#include <math.h>
#include <string.h>

/* A corner, and the way in and out of it (0, 0 where there is none). */
typedef struct { double x, y, in_x, in_y, out_x, out_y; } Corner;

static void add_corner (GArray *corners, double x, double y, double in_x, double in_y)
{
	Corner corner = { x, y, in_x, in_y, 0, 0 };
	g_array_append_val (corners, corner);
}

static void way_out (GArray *corners, double x, double y)
{
	if (corners->len) {
		Corner *last = &g_array_index (corners, Corner, corners->len - 1);
		last->out_x = x - last->x, last->out_y = y - last->y;
	}
}

static void list_corners (const RnSvgPath *path, GArray *corners)
{
	const double *p = (const double *) path->points->data;
	double start_x = 0, start_y = 0, x = 0, y = 0;
	for (const char *s = path->segments->str; *s; s++) {
		switch (*s) {
		case 'm':
			start_x = p[0], start_y = p[1];
			add_corner (corners, p[0], p[1], 0, 0);
			break;
		case 'l':
			way_out (corners, p[0], p[1]);
			add_corner (corners, p[0], p[1], p[0] - x, p[1] - y);
			break;
		case 'c': {
			gboolean first = p[0] != x || p[1] != y, second = p[4] != p[2] || p[5] != p[3];
			way_out (corners, first ? p[0] : p[2], first ? p[1] : p[3]);
			add_corner (corners, p[4], p[5], p[4] - (second ? p[2] : p[0]), p[5] - (second ? p[3] : p[1]));
			p += 4;
			break;
		}
		default:
			way_out (corners, start_x, start_y);
			add_corner (corners, start_x, start_y, start_x - x, start_y - y);
			x = start_x, y = start_y;
			continue;
		}
		x = p[0], y = p[1];
		p += 2;
	}
}

/* Degrees; in the middle between the ways in and out. */
static double direction (const Corner *corner)
{
	double in = hypot (corner->in_x, corner->in_y), out = hypot (corner->out_x, corner->out_y);
	double x = (in > 0 ? corner->in_x / in : 0) + (out > 0 ? corner->out_x / out : 0);
	double y = (in > 0 ? corner->in_y / in : 0) + (out > 0 ? corner->out_y / out : 0);
	return atan2 (y, x) * 180 / G_PI;
}

/* As the elements around the marker have it, not those around the line. */
static void style_around (RnSvg *svg, RnSvgState *state, const xmlNode *node)
{
	if (node->parent && node->parent->type == XML_ELEMENT_NODE)
		style_around (svg, state, node->parent);
	rn_svg_style_apply (svg, state, node);
}

static void draw (RnSvg *svg, const RnSvgState *line, const xmlNode *marker, const Corner *corner, gboolean start)
{
	RnSvgState state = *line;
	RnSvgBox view;
	double width = rn_svg_length (line, rn_svg_get (marker, "markerWidth"), 'x', 3);
	double height = rn_svg_length (line, rn_svg_get (marker, "markerHeight"), 'y', 3);
	const char *orient = rn_svg_get (marker, "orient"), *units = rn_svg_get (marker, "markerUnits"), *overflow = rn_svg_get (marker, "overflow");
	double angle = 0, size = units && !strcmp (units, "userSpaceOnUse") ? 1 : line->style.stroke_width;
	if (orient && g_str_has_prefix (orient, "auto"))
		angle = direction (corner) + (start && !strcmp (orient, "auto-start-reverse") ? 180 : 0);
	else if (orient)
		rn_svg_number (&orient, &angle);
	if (width <= 0 || height <= 0)
		return;
	double c = cos (angle * G_PI / 180) * size, s = sin (angle * G_PI / 180) * size, x, y;
	RnSvgMatrix fit = rn_svg_view (marker, width, height, &view);
	rn_svg_apply (fit, rn_svg_length (line, rn_svg_get (marker, "refX"), 'x', 0), rn_svg_length (line, rn_svg_get (marker, "refY"), 'y', 0), &x, &y);
	RnSvgMatrix place = rn_svg_multiply ((RnSvgMatrix) { c, s, -s, c, corner->x, corner->y }, (RnSvgMatrix) { 1, 0, 0, 1, -x, -y });
	state.matrix = rn_svg_multiply (line->matrix, place);
	if (!overflow || (strcmp (overflow, "visible") && strcmp (overflow, "auto")))
		state.clip = rn_svg_intersect (line->clip, rn_svg_map_box (state.matrix, (RnSvgBox) { 0, 0, width, height }));
	state.matrix = rn_svg_multiply (state.matrix, fit);
	state.width = view.x2 - view.x1, state.height = view.y2 - view.y1;
	rn_svg_style_init (&state.style);
	state.style.colour = line->style.stroke;   /* context-stroke */
	style_around (svg, &state, marker);
	state.style.alpha = line->style.alpha;
	rn_svg_children (svg, &state, marker);
}

static const xmlNode *marker_of (const RnSvg *svg, const char *id)
{
	const xmlNode *node = rn_svg_find (svg, id);
	const char *name = node ? rn_svg_name (node) : NULL;
	return name && !strcmp (name, "marker") ? node : NULL;
}

void rn_svg_markers (RnSvg *svg, const RnSvgState *state)
{
	const RnSvgStyle *style = &state->style;
	if (svg->in_marker || style->hidden || !(style->markers[0] || style->markers[1] || style->markers[2]))
		return;
	g_autoptr (GArray) corners = g_array_new (FALSE, FALSE, sizeof (Corner));
	list_corners (&svg->path, corners);
	svg->in_marker = TRUE;
	for (guint i = 0; i < corners->len && !svg->beyond; i++) {
		guint which = i == 0 ? 0 : i + 1 == corners->len ? 2 : 1;
		const xmlNode *marker = marker_of (svg, style->markers[which]);
		if (marker)
			draw (svg, state, marker, &g_array_index (corners, Corner, i), which == 0);
	}
	svg->in_marker = FALSE;
}
