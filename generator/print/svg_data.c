/* svg_data.c - path data and lists of points -> outlines; arcs become curves (SVG 1.1, appendix F.6). */
#include "print/svg-int.h"

#include <math.h>
#include <string.h>

/* One arc of at most a quarter turn around the centre, from angle FROM over TURN. */
static void arc_piece (RnSvgPath *path, const double centre[2], const double radius[2], double tilt, double from, double turn)
{
	double k = 4.0 / 3 * tan (turn / 4), c = cos (tilt), s = sin (tilt), to = from + turn;
	double x[3] = { cos (from) - k * sin (from), cos (to) + k * sin (to), cos (to) };
	double y[3] = { sin (from) + k * cos (from), sin (to) - k * cos (to), sin (to) };
	double px[3], py[3];
	for (guint i = 0; i < 3; i++) {
		double ex = x[i] * radius[0], ey = y[i] * radius[1];
		px[i] = centre[0] + c * ex - s * ey, py[i] = centre[1] + s * ex + c * ey;
	}
	rn_svg_curve (path, px[0], py[0], px[1], py[1], px[2], py[2]);
}

/* v: rx ry rotation large sweep x y, the end absolute. */
static void arc (RnSvgPath *path, const double v[7])
{
	double rx = fabs (v[0]), ry = fabs (v[1]), tilt = fmod (v[2], 360) * G_PI / 180, x = v[5], y = v[6];
	if (x == path->x && y == path->y)
		return;
	if (rx < 1e-9 || ry < 1e-9) {
		rn_svg_line (path, x, y);
		return;
	}
	double c = cos (tilt), s = sin (tilt), dx = (path->x - x) / 2, dy = (path->y - y) / 2;
	double x1 = c * dx + s * dy, y1 = -s * dx + c * dy;
	double too_small = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
	if (too_small > 1)
		rx *= sqrt (too_small), ry *= sqrt (too_small);
	double below = rx * rx * y1 * y1 + ry * ry * x1 * x1, above = rx * rx * ry * ry - below;
	double k = above > 0 && below > 0 ? sqrt (above / below) : 0;
	if ((v[3] != 0) == (v[4] != 0))
		k = -k;
	double cx1 = k * rx * y1 / ry, cy1 = -k * ry * x1 / rx;
	double centre[2] = { c * cx1 - s * cy1 + (path->x + x) / 2, s * cx1 + c * cy1 + (path->y + y) / 2 }, radius[2] = { rx, ry };
	double from = atan2 ((y1 - cy1) / ry, (x1 - cx1) / rx), turn = atan2 ((-y1 - cy1) / ry, (-x1 - cx1) / rx) - from;
	if (v[4] != 0 && turn < 0)
		turn += 2 * G_PI;
	else if (v[4] == 0 && turn > 0)
		turn -= 2 * G_PI;
	if (!isfinite (turn) || !isfinite (centre[0]) || !isfinite (centre[1])) {
		rn_svg_line (path, x, y);
		return;
	}
	gint pieces = MAX ((gint) ceil (fabs (turn) / (G_PI / 2) - 1e-9), 1);
	for (gint i = 0; i < pieces; i++)
		arc_piece (path, centre, radius, tilt, from + turn * i / pieces, turn / pieces);
	path->x = x, path->y = y;   /* exactly, so that nothing adds up */
}

/* A flag may stand without a blank before what follows: "a1 1 0 0110 10". */
static gboolean read_flag (const char **p, double *value)
{
	while (g_ascii_isspace (**p) || **p == ',')
		(*p)++;
	if (**p != '0' && **p != '1')
		return FALSE;
	*value = *(*p)++ - '0';
	return TRUE;
}

static gboolean read_arguments (const char **p, char command, double *v, guint n)
{
	for (guint i = 0; i < n; i++)
		if (!(command == 'a' && (i == 3 || i == 4) ? read_flag (p, &v[i]) : rn_svg_number (p, &v[i])))
			return FALSE;
	return TRUE;
}

/* The last curve's second handle, mirrored: what the smooth commands go on from. */
typedef struct { char last; double x, y; } Handle;

static void smooth (RnSvgPath *path, char command, const double *v, const Handle *handle, double mirror[2])
{
	gboolean cubic = command == 's', goes_on = cubic ? strchr ("cs", handle->last) != NULL : strchr ("qt", handle->last) != NULL;
	mirror[0] = goes_on ? 2 * path->x - handle->x : path->x;
	mirror[1] = goes_on ? 2 * path->y - handle->y : path->y;
	if (cubic)
		rn_svg_curve (path, mirror[0], mirror[1], v[0], v[1], v[2], v[3]);
	else
		rn_svg_quadratic (path, mirror[0], mirror[1], v[0], v[1]);
}

static void draw (RnSvgPath *path, char command, const double *v, Handle *handle)
{
	double mirror[2] = { 0, 0 };
	switch (command) {
	case 'm': rn_svg_move (path, v[0], v[1]); break;
	case 'l': rn_svg_line (path, v[0], v[1]); break;
	case 'h': rn_svg_line (path, v[0], path->y); break;
	case 'v': rn_svg_line (path, path->x, v[0]); break;
	case 'c': rn_svg_curve (path, v[0], v[1], v[2], v[3], v[4], v[5]); break;
	case 'q': rn_svg_quadratic (path, v[0], v[1], v[2], v[3]); break;
	case 'a': arc (path, v); break;
	default: smooth (path, command, v, handle, mirror);
	}
	handle->last = command;
	if (command == 'c')
		handle->x = v[2], handle->y = v[3];
	else if (command == 's' || command == 'q')
		handle->x = v[0], handle->y = v[1];
	else if (command == 't')
		handle->x = mirror[0], handle->y = mirror[1];
}

void rn_svg_path_data (RnSvgPath *path, const char *d)
{
	static const char letters[] = "mlhvcsqta";
	static const guint8 counts[] = { 2, 2, 1, 1, 6, 4, 4, 2, 7 };
	Handle handle = { .last = 'z' };
	const char *p = d;
	while (!path->full) {
		p += strspn (p, " \t\r\n\f,");
		char letter = *p, command = g_ascii_tolower (letter);
		if (!letter || (!path->segments->len && command != 'm'))
			return;
		p++;
		if (command == 'z') {
			rn_svg_close (path);
			handle.last = 'z';
			continue;
		}
		const char *known = strchr (letters, command);
		if (!known)
			return;
		guint n = counts[known - letters];
		double v[7] = { 0 };
		for (gboolean first = TRUE; read_arguments (&p, command, v, n) && !path->full; first = FALSE) {
			if (letter == command)
				for (guint i = command == 'a' ? 5 : 0; i < n; i++)
					v[i] += command == 'h' || (command != 'v' && i % 2 == (command == 'a')) ? path->x : path->y;
			draw (path, command == 'm' && !first ? 'l' : command, v, &handle);
		}
	}
}

void rn_svg_points (RnSvgPath *path, const char *points, gboolean closed)
{
	double v[2];
	for (gboolean first = TRUE; rn_svg_number (&points, &v[0]) && rn_svg_number (&points, &v[1]) && !path->full; first = FALSE)
		first ? rn_svg_move (path, v[0], v[1]) : rn_svg_line (path, v[0], v[1]);
	if (closed)
		rn_svg_close (path);
}
