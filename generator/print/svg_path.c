/* svg_path.c - SVG's numbers, transforms and path data (SVG 1.1, 8.3) -> outlines of lines and cubic curves. */
#include "print/svg-int.h"

#include <math.h>
#include <string.h>

#define CIRCLE 0.5522847498   /* how far a quarter circle's handles lie from its ends, in radii */

void rn_svg_path_init (RnSvgPath *path)
{
	*path = (RnSvgPath) { .segments = g_string_new (NULL), .points = g_array_new (FALSE, FALSE, sizeof (double)) };
}

void rn_svg_path_clear (RnSvgPath *path)
{
	g_string_truncate (path->segments, 0);
	g_array_set_size (path->points, 0);
	path->x = path->y = path->start_x = path->start_y = 0;
	path->full = FALSE;
}

void rn_svg_path_free (RnSvgPath *path)
{
	g_string_free (path->segments, TRUE);
	g_array_free (path->points, TRUE);
}

static void add (RnSvgPath *path, char segment, const double *points, guint n)
{
	if (path->segments->len >= RN_SVG_MOST_SEGMENTS) {
		path->full = TRUE;
		return;
	}
	g_string_append_c (path->segments, segment);
	g_array_append_vals (path->points, points, n);
	path->x = points[n - 2], path->y = points[n - 1];
}

void rn_svg_move (RnSvgPath *path, double x, double y)
{
	double points[] = { x, y };
	add (path, 'm', points, 2);
	path->start_x = x, path->start_y = y;
}

/* After a 'z' a subpath goes on from where the last one began. */
static void begin (RnSvgPath *path)
{
	if (!path->segments->len || path->segments->str[path->segments->len - 1] == 'z')
		rn_svg_move (path, path->x, path->y);
}

void rn_svg_line (RnSvgPath *path, double x, double y)
{
	double points[] = { x, y };
	begin (path);
	add (path, 'l', points, 2);
}

void rn_svg_curve (RnSvgPath *path, double x1, double y1, double x2, double y2, double x3, double y3)
{
	double points[] = { x1, y1, x2, y2, x3, y3 };
	begin (path);
	add (path, 'c', points, 6);
}

void rn_svg_quadratic (RnSvgPath *path, double x1, double y1, double x2, double y2)
{
	double x = path->x, y = path->y;
	rn_svg_curve (path, x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3, x2, y2);
}

void rn_svg_close (RnSvgPath *path)
{
	if (!path->segments->len || path->segments->str[path->segments->len - 1] == 'z')
		return;
	g_string_append_c (path->segments, 'z');
	path->x = path->start_x, path->y = path->start_y;
}

void rn_svg_rect (RnSvgPath *path, double x, double y, double w, double h, double rx, double ry)
{
	rx = MIN (rx, w / 2), ry = MIN (ry, h / 2);
	double kx = rx * (1 - CIRCLE), ky = ry * (1 - CIRCLE), r = x + w, b = y + h;
	gboolean round = rx > 0 && ry > 0;
	if (!round)
		rx = ry = 0;
	rn_svg_move (path, x + rx, y);
	rn_svg_line (path, r - rx, y);
	if (round)
		rn_svg_curve (path, r - kx, y, r, y + ky, r, y + ry);
	rn_svg_line (path, r, b - ry);
	if (round)
		rn_svg_curve (path, r, b - ky, r - kx, b, r - rx, b);
	rn_svg_line (path, x + rx, b);
	if (round) {
		rn_svg_curve (path, x + kx, b, x, b - ky, x, b - ry);
		rn_svg_line (path, x, y + ry);
		rn_svg_curve (path, x, y + ky, x + kx, y, x + rx, y);
	}
	rn_svg_close (path);
}

void rn_svg_ellipse (RnSvgPath *path, double cx, double cy, double rx, double ry)
{
	double kx = rx * CIRCLE, ky = ry * CIRCLE;
	rn_svg_move (path, cx + rx, cy);
	rn_svg_curve (path, cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
	rn_svg_curve (path, cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
	rn_svg_curve (path, cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
	rn_svg_curve (path, cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
	rn_svg_close (path);
}

/* --- numbers ------------------------------------------------------------------------------------------------------------- */

static const char *after_blanks (const char *p)
{
	while (g_ascii_isspace (*p))
		p++;
	if (*p == ',')
		p++;
	while (g_ascii_isspace (*p))
		p++;
	return p;
}

gboolean rn_svg_number (const char **at, double *value)
{
	const char *p = after_blanks (*at);
	gboolean negative = *p == '-';
	p += *p == '-' || *p == '+';
	double number = 0;
	gint power = 0, digits = 0;
	for (; g_ascii_isdigit (*p); p++, digits++)
		number < 1e17 ? (void) (number = number * 10 + (*p - '0')) : (void) power++;
	if (*p == '.')
		for (p++; g_ascii_isdigit (*p); p++, digits++)
			if (number < 1e17)
				number = number * 10 + (*p - '0'), power--;
	if (!digits)
		return FALSE;
	/* "1em" has no exponent. */
	const char *e = p + 1 + (*p && (p[1] == '-' || p[1] == '+'));
	if ((*p == 'e' || *p == 'E') && g_ascii_isdigit (*e)) {
		gint exponent = 0;
		for (const char *q = e; g_ascii_isdigit (*q); q++, e++)
			exponent = MIN (exponent * 10 + (*q - '0'), 1000);
		power += p[1] == '-' ? -exponent : exponent;
		p = e;
	}
	for (power = CLAMP (power, -400, 400); power > 0 && number < 1e30; power--)
		number *= 10;
	for (; power < 0; power++)
		number /= 10;
	number = MIN (number, RN_SVG_FAR);
	*value = negative ? -number : number;
	*at = p;
	return TRUE;
}

guint rn_svg_numbers (const char *text, double *values, guint max)
{
	guint n = 0;
	while (n < max && rn_svg_number (&text, &values[n]))
		n++;
	return n;
}

/* --- matrices ------------------------------------------------------------------------------------------------------------ */

RnSvgMatrix rn_svg_multiply (RnSvgMatrix o, RnSvgMatrix i)
{
	return (RnSvgMatrix) { o.a * i.a + o.c * i.b, o.b * i.a + o.d * i.b, o.a * i.c + o.c * i.d, o.b * i.c + o.d * i.d,
	                       o.a * i.e + o.c * i.f + o.e, o.b * i.e + o.d * i.f + o.f };
}

void rn_svg_apply (RnSvgMatrix m, double x, double y, double *out_x, double *out_y)
{
	double far_x = m.a * x + m.c * y + m.e, far_y = m.b * x + m.d * y + m.f;
	*out_x = isnan (far_x) ? 0 : CLAMP (far_x, -RN_SVG_FAR, RN_SVG_FAR);
	*out_y = isnan (far_y) ? 0 : CLAMP (far_y, -RN_SVG_FAR, RN_SVG_FAR);
}

double rn_svg_scale (RnSvgMatrix m)
{
	double scale = sqrt (fabs (m.a * m.d - m.b * m.c));
	return isfinite (scale) ? MIN (scale, RN_SVG_FAR) : 0;
}

RnSvgBox rn_svg_map_box (RnSvgMatrix m, RnSvgBox box)
{
	double x[4], y[4];
	rn_svg_apply (m, box.x1, box.y1, &x[0], &y[0]);
	rn_svg_apply (m, box.x2, box.y1, &x[1], &y[1]);
	rn_svg_apply (m, box.x1, box.y2, &x[2], &y[2]);
	rn_svg_apply (m, box.x2, box.y2, &x[3], &y[3]);
	RnSvgBox out = { x[0], y[0], x[0], y[0] };
	for (guint i = 1; i < 4; i++)
		out = (RnSvgBox) { MIN (out.x1, x[i]), MIN (out.y1, y[i]), MAX (out.x2, x[i]), MAX (out.y2, y[i]) };
	return out;
}

RnSvgBox rn_svg_intersect (RnSvgBox a, RnSvgBox b)
{
	return (RnSvgBox) { MAX (a.x1, b.x1), MAX (a.y1, b.y1), MIN (a.x2, b.x2), MIN (a.y2, b.y2) };
}

static RnSvgMatrix one_transform (const char *name, gsize len, const double *v, guint n)
{
	RnSvgMatrix m = { 1, 0, 0, 1, 0, 0 };
	if (len == 6 && !strncmp (name, "matrix", len) && n == 6)
		return (RnSvgMatrix) { v[0], v[1], v[2], v[3], v[4], v[5] };
	if (len == 9 && !strncmp (name, "translate", len) && n)
		m.e = v[0], m.f = n > 1 ? v[1] : 0;
	else if (len == 5 && !strncmp (name, "scale", len) && n)
		m.a = v[0], m.d = n > 1 ? v[1] : v[0];
	else if (len == 5 && !strncmp (name, "skewX", len) && n)
		m.c = tan (v[0] * G_PI / 180);
	else if (len == 5 && !strncmp (name, "skewY", len) && n)
		m.b = tan (v[0] * G_PI / 180);
	else if (len == 6 && !strncmp (name, "rotate", len) && n) {
		double angle = fmod (v[0], 360) * G_PI / 180, x = n > 2 ? v[1] : 0, y = n > 2 ? v[2] : 0;
		double c = cos (angle), s = sin (angle);
		m = (RnSvgMatrix) { c, s, -s, c, x - c * x + s * y, y - s * x - c * y };
	}
	return m;
}

RnSvgMatrix rn_svg_transform (const char *text)
{
	RnSvgMatrix m = { 1, 0, 0, 1, 0, 0 };
	for (const char *p = text; *(p = after_blanks (p));) {
		const char *name = p;
		double values[6];
		guint n = 0;
		while (g_ascii_isalpha (*p))
			p++;
		gsize len = (gsize) (p - name);
		p += strspn (p, " \t\r\n");
		if (!len || *p++ != '(')
			break;
		while (n < 6 && rn_svg_number (&p, &values[n])) {
			n++;
			p += strcspn (p, "0123456789+-., \t\r\n)");   /* CSS's "deg" and "px" */
		}
		p = after_blanks (p);
		if (*p++ != ')')
			break;
		m = rn_svg_multiply (m, one_transform (name, len, values, n));
	}
	return m;
}
