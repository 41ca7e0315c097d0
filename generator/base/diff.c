/*
 * diff.c - two sequences of numbers in, their runs out: Myers' greedy algorithm.
 *
 * What both begin and end with is put aside first. The furthest points of every step are kept, so that the way can be gone back: memory grows with the
 * square of the differences, which are bounded, and not with the sequences.
 */
#include "base/diff.h"

#include <string.h>

typedef struct {
	const guint32 *a, *b;
	gint n_a, n_b;
	GArray *steps;           /* gint: of step d the furthest points of the diagonals -d .. d */
	guint8 *kept_a, *kept_b; /* which are the same on both sides */
} Search;

/* The furthest point that step D reached on DIAGONAL; -1: it was not there. */
static gint reached (const Search *search, gint d, gint diagonal)
{
	if (d < 0 || diagonal < -d || diagonal > d)
		return -1;
	return g_array_index (search->steps, gint, (guint) (d * d + diagonal + d));
}

/* Where step D comes to on DIAGONAL before it goes along what is the same; *from: the diagonal that it comes from. */
static gint arrive (const Search *search, gint d, gint diagonal, gint *from)
{
	const gint left = reached (search, d - 1, diagonal - 1), above = reached (search, d - 1, diagonal + 1);
	if (d == 0) {
		*from = diagonal;
		return 0;
	}
	const gboolean down = diagonal == -d || (diagonal != d && left < above);
	*from = down ? diagonal + 1 : diagonal - 1;
	return down ? above : left + 1;
}

/* The number of steps from one end to the other; -1: more than RN_DIFF_MOST. */
static gint search_steps (Search *search)
{
	for (gint d = 0; d <= RN_DIFF_MOST; d++) {
		g_array_set_size (search->steps, (guint) ((d + 1) * (d + 1)));
		for (gint diagonal = -d; diagonal <= d; diagonal += 2) {
			gint from, x = arrive (search, d, diagonal, &from);
			while (x < search->n_a && x - diagonal < search->n_b && search->a[x] == search->b[x - diagonal])
				x++;
			g_array_index (search->steps, gint, (guint) (d * d + diagonal + d)) = x;
			if (x == search->n_a && x - diagonal == search->n_b)
				return d;
		}
	}
	return -1;
}

/* Marks what is the same on the way that step D ended. */
static void go_back (Search *search, gint d)
{
	gint x = search->n_a, diagonal = search->n_a - search->n_b;
	for (; d >= 0; d--) {
		gint from, begin = arrive (search, d, diagonal, &from);
		while (x > begin) {
			x--;
			search->kept_a[x] = search->kept_b[x - diagonal] = 1;
		}
		x = reached (search, d - 1, from);
		diagonal = from;
	}
}

static GArray *runs_of (const guint8 *kept_a, guint n_a, const guint8 *kept_b, guint n_b)
{
	GArray *runs = g_array_new (FALSE, FALSE, sizeof (RnDiffRun));
	for (guint i = 0, k = 0; i < n_a || k < n_b;) {
		RnDiffRun run = { .a = i, .b = k, .same = i < n_a && k < n_b && kept_a[i] && kept_b[k] };
		if (run.same) {
			while (i < n_a && k < n_b && kept_a[i] && kept_b[k])
				i++, k++;
		} else {
			while (i < n_a && !kept_a[i])
				i++;
			while (k < n_b && !kept_b[k])
				k++;
		}
		run.n_a = i - run.a;
		run.n_b = k - run.b;
		g_array_append_val (runs, run);
	}
	return runs;
}

GArray *rn_diff (const guint32 *a, guint n_a, const guint32 *b, guint n_b)
{
	g_autofree guint8 *kept_a = g_malloc0 (n_a + 1), *kept_b = g_malloc0 (n_b + 1);
	guint begin = 0, end = 0;
	while (begin < n_a && begin < n_b && a[begin] == b[begin])
		begin++;
	while (end < n_a - begin && end < n_b - begin && a[n_a - 1 - end] == b[n_b - 1 - end])
		end++;
	memset (kept_a, 1, begin);
	memset (kept_b, 1, begin);
	memset (kept_a + n_a - end, 1, end);
	memset (kept_b + n_b - end, 1, end);
	if (begin + end < n_a && begin + end < n_b) {
		Search search = { a + begin, b + begin, (gint) (n_a - begin - end), (gint) (n_b - begin - end), NULL, kept_a + begin, kept_b + begin };
		search.steps = g_array_new (FALSE, TRUE, sizeof (gint));
		const gint steps = search_steps (&search);
		if (steps >= 0)
			go_back (&search, steps);
		g_array_unref (search.steps);
	}
	return runs_of (kept_a, n_a, kept_b, n_b);
}
