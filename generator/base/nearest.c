/*
 * nearest.c - the name that was meant: by distance, which is asked only of names that can be near at all.
 *
 * Each name's letters are counted in a few bins: one edit changes the counts by two at most, so that nearly all names are passed over at
 * the cost of a sum. A folder with thousands of dead links is no slower than one without.
 */
#include "base/nearest.h"
#include "base/text.h"

#include <string.h>

#define BINS 32

typedef struct { guint8 bins[BINS]; guint32 n; } Shape;

struct RnNearest {
	const char *const *names;
	Shape *shapes;
};

static Shape shape_of (const char *name)
{
	Shape shape = { 0 };
	for (const char *p = name; *p; p = g_utf8_next_char (p)) {
		gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);
		shape.bins[c % BINS]++;
		shape.n++;
	}
	return shape;
}

/*
 * Damerau-Levenshtein (adjacent letters may be swapped) with three rows of M + 1, and of each only what lies within LIMIT of the
 * diagonal; gives up, returning LIMIT + 1, once no way stays within LIMIT.
 */
static guint distance (const gunichar *a, guint n, const gunichar *b, guint m, guint limit, guint *rows)
{
	guint *before = rows, *last = rows + m + 2, *now = last + m + 2;
	for (guint j = 0; j <= m; j++)
		last[j] = MIN (j, limit + 1);
	for (guint i = 1; i <= n; i++) {
		guint low = i > limit ? i - limit : 1, high = MIN (m, i + limit), best = limit + 1;
		now[low - 1] = low == 1 ? i : limit + 1;
		best = MIN (best, now[low - 1]);
		for (guint j = low; j <= high; j++) {
			guint d = MIN (MIN (last[j] + 1, now[j - 1] + 1), last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d = MIN (d, before[j - 2] + 1);
			now[j] = d;
			best = MIN (best, d);
		}
		now[high + 1] = limit + 1;
		if (best > limit)
			return limit + 1;
		guint *spare = before;
		before = last, last = now, now = spare;
	}
	return MIN (last[m], limit + 1);
}

/* One more than is near enough: a third of the length; one letter in short names. */
static guint first_limit (guint n)
{
	return n < 5 ? 2 : MIN (n / 3, 6) + 1;
}

static gboolean may_be_near (const Shape *a, const Shape *b, guint limit)
{
	guint longer = a->n > b->n ? a->n - b->n : b->n - a->n, apart = 0;
	if (longer >= limit)
		return FALSE;
	for (guint i = 0; i < BINS; i++) {
		guint8 x = a->bins[i], y = b->bins[i];
		guint8 d = (guint8) (x - y), e = (guint8) (y - x);
		apart += MIN (d, e);
	}
	return apart <= 2 * (limit - 1);
}

static void letters_of (GArray *letters, const char *name)
{
	g_array_set_size (letters, 0);
	for (const char *p = name; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		g_array_append_val (letters, c);
	}
}

/* SHAPES may be NULL. */
static const char *find (const char *name, const char *const *names, const Shape *shapes)
{
	/* An address may hold any bytes once it is decoded. */
	if (!g_utf8_validate (name, -1, NULL))
		return NULL;
	const Shape wanted = shape_of (name);
	guint best = first_limit (wanted.n);
	g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (gunichar)), others = g_array_new (FALSE, FALSE, sizeof (gunichar));
	g_autofree guint *rows = g_new (guint, 3 * ((gsize) wanted.n + best + 2));
	const char *nearest = NULL;
	letters_of (letters, name);
	for (guint i = 0; names[i] && best; i++) {
		const Shape own = shapes ? shapes[i] : shape_of (names[i]);
		if (!may_be_near (&wanted, &own, best))
			continue;
		letters_of (others, names[i]);
		guint d = distance ((const gunichar *) letters->data, wanted.n, (const gunichar *) others->data, own.n, best - 1, rows);
		if (d < best)
			best = d, nearest = names[i];
	}
	return nearest;
}

const char *rn_text_nearest (const char *name, const char *const *names)
{
	return find (name, names, NULL);
}

RnNearest *rn_nearest_new (const char *const *names)
{
	RnNearest *nearest = g_new0 (RnNearest, 1);
	gsize n = 0;
	while (names[n])
		n++;
	nearest->names = names;
	nearest->shapes = g_new (Shape, MAX (n, 1));
	for (gsize i = 0; i < n; i++)
		nearest->shapes[i] = shape_of (names[i]);
	return nearest;
}

void rn_nearest_free (RnNearest *nearest)
{
	if (!nearest)
		return;
	g_free (nearest->shapes);
	g_free (nearest);
}

const char *rn_nearest_find (const RnNearest *nearest, const char *name)
{
	return find (name, nearest->names, nearest->shapes);
}
