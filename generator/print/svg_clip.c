/* svg_clip.c - how far an outline reaches, and an outline cut along a box: areas by Sutherland and Hodgman, lines by Liang and Barsky. */
#include "print/svg-int.h"

#include <math.h>
#include <string.h>

#define STEPS 24   /* straight lines that a curve becomes where it is cut */

static double curve_at (const double p[4], double t)
{
	double u = 1 - t;
	return u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3];
}

/* Widens [*low, *high] by where a curve turns back, in one direction. */
static void add_turns (const double p[4], double *low, double *high)
{
	double a = p[3] - 3 * p[2] + 3 * p[1] - p[0], b = 2 * (p[2] - 2 * p[1] + p[0]), c = p[1] - p[0], roots[2] = { -1, -1 };
	double inside = b * b - 4 * a * c;
	if (fabs (a) < 1e-9)
		roots[0] = fabs (b) < 1e-9 ? -1 : -c / b;
	else if (inside >= 0)
		roots[0] = (-b + sqrt (inside)) / (2 * a), roots[1] = (-b - sqrt (inside)) / (2 * a);
	for (guint i = 0; i < 2; i++)
		if (roots[i] > 0 && roots[i] < 1) {
			double v = curve_at (p, roots[i]);
			*low = MIN (*low, v), *high = MAX (*high, v);
		}
}

RnSvgBox rn_svg_path_box (const RnSvgPath *path)
{
	const double *p = (const double *) path->points->data, *last = p;
	RnSvgBox box = { RN_SVG_FAR, RN_SVG_FAR, -RN_SVG_FAR, -RN_SVG_FAR };
	for (const char *s = path->segments->str; *s; s++) {
		if (*s == 'z')
			continue;
		const double *end = *s == 'c' ? p + 4 : p;
		box = (RnSvgBox) { MIN (box.x1, end[0]), MIN (box.y1, end[1]), MAX (box.x2, end[0]), MAX (box.y2, end[1]) };
		if (*s == 'c') {
			double x[4] = { last[0], p[0], p[2], p[4] }, y[4] = { last[1], p[1], p[3], p[5] };
			add_turns (x, &box.x1, &box.x2);
			add_turns (y, &box.y1, &box.y2);
		}
		last = end;
		p = end + 2;
	}
	return box;
}

gboolean rn_svg_path_is_box (const RnSvgPath *path)
{
	const double *p = (const double *) path->points->data;
	const char *s = path->segments->str;
	if (strcmp (s, "mlllz") && strcmp (s, "mlll") && (strcmp (s, "mllllz") || p[8] != p[0] || p[9] != p[1]))
		return FALSE;
	return (p[0] == p[2] && p[3] == p[5] && p[4] == p[6] && p[7] == p[1]) || (p[1] == p[3] && p[2] == p[4] && p[5] == p[7] && p[6] == p[0]);
}

/* One straight line within BOX. FALSE: nothing of it. */
static gboolean cut_line (double line[4], RnSvgBox box)
{
	double dx = line[2] - line[0], dy = line[3] - line[1], from = 0, to = 1;
	double p[4] = { -dx, dx, -dy, dy }, q[4] = { line[0] - box.x1, box.x2 - line[0], line[1] - box.y1, box.y2 - line[1] };
	for (guint i = 0; i < 4; i++) {
		if (p[i] == 0) {
			if (q[i] < 0)
				return FALSE;
			continue;
		}
		double t = q[i] / p[i];
		if (p[i] < 0)
			from = MAX (from, t);
		else
			to = MIN (to, t);
	}
	if (from > to)
		return FALSE;
	double x = line[0], y = line[1];
	line[0] = x + from * dx, line[1] = y + from * dy, line[2] = x + to * dx, line[3] = y + to * dy;
	return TRUE;
}

static void add_line (RnSvgPath *out, const double *corners, guint n, gboolean closed, RnSvgBox box)
{
	gboolean goes_on = FALSE;
	for (guint i = 1; i < n + closed; i++) {
		const double *a = corners + 2 * (i - 1), *b = corners + 2 * (i % n);
		double line[4] = { a[0], a[1], b[0], b[1] };
		if (!cut_line (line, box)) {
			goes_on = FALSE;
			continue;
		}
		if (!goes_on || line[0] != out->x || line[1] != out->y)
			rn_svg_move (out, line[0], line[1]);
		rn_svg_line (out, line[2], line[3]);
		goes_on = TRUE;
	}
}

/* What of the area FROM lies on the inner side of one edge: EDGE 0 left, 1 right, 2 top, 3 bottom. */
static void cut_edge (const GArray *from, GArray *to, guint edge, double at)
{
	const double *p = (const double *) from->data;
	guint n = from->len / 2, along = edge / 2;
	double sign = edge % 2 ? -1 : 1;
	g_array_set_size (to, 0);
	for (guint i = 0; i < n; i++) {
		const double *a = p + 2 * i, *b = p + 2 * ((i + 1) % n);
		double da = sign * (a[along] - at), db = sign * (b[along] - at);
		if (da >= 0)
			g_array_append_vals (to, a, 2);
		if ((da >= 0) != (db >= 0)) {
			double t = da / (da - db), corner[2] = { a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]) };
			corner[along] = at;
			g_array_append_vals (to, corner, 2);
		}
	}
}

static void add_area (RnSvgPath *out, GArray *corners, RnSvgBox box)
{
	g_autoptr (GArray) other = g_array_new (FALSE, FALSE, sizeof (double));
	cut_edge (corners, other, 0, box.x1);
	cut_edge (other, corners, 1, box.x2);
	cut_edge (corners, other, 2, box.y1);
	cut_edge (other, corners, 3, box.y2);
	const double *p = (const double *) corners->data;
	for (guint i = 0; i + 1 < corners->len && corners->len >= 6; i += 2)
		i ? rn_svg_line (out, p[i], p[i + 1]) : rn_svg_move (out, p[i], p[i + 1]);
	if (corners->len >= 6)
		rn_svg_close (out);
}

static void add_part (RnSvgPath *out, GArray *corners, gboolean closed, RnSvgBox box, gboolean fill)
{
	if (fill && corners->len)
		add_area (out, corners, box);
	else if (corners->len >= 2)
		add_line (out, (const double *) corners->data, corners->len / 2, closed, box);
	g_array_set_size (corners, 0);
}

void rn_svg_cut (const RnSvgPath *path, RnSvgBox box, gboolean fill, RnSvgPath *out)
{
	g_autoptr (GArray) corners = g_array_new (FALSE, FALSE, sizeof (double));
	const double *p = (const double *) path->points->data;
	double start[2] = { 0, 0 }, last[2] = { 0, 0 };
	for (const char *s = path->segments->str; *s; s++) {
		if (*s == 'm' || *s == 'z')
			add_part (out, corners, *s == 'z', box, fill);
		if (*s == 'z') {
			memcpy (last, start, sizeof last);
			continue;
		}
		if (*s == 'm')
			memcpy (start, p, sizeof start);
		if (*s == 'c') {
			double x[4] = { last[0], p[0], p[2], p[4] }, y[4] = { last[1], p[1], p[3], p[5] };
			for (guint i = 1; i <= STEPS; i++) {
				double corner[2] = { curve_at (x, (double) i / STEPS), curve_at (y, (double) i / STEPS) };
				g_array_append_vals (corners, corner, 2);
			}
			p += 4;
		} else
			g_array_append_vals (corners, p, 2);
		memcpy (last, p, sizeof last);
		p += 2;
	}
	add_part (out, corners, FALSE, box, fill);
}
