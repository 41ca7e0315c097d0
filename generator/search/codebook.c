/*
 * codebook.c - all combinations of count and title that occur -> at most RN_WORTHS values, each the mean of those it stands for.
 *
 * Begins with a grid and joins the two cells between which the least is lost, until few enough are left. What is lost is measured where it counts: in the rank.
 */
#include "search/rank.h"
#include "search/shards-int.h"

#include <math.h>
#include <string.h>

#define COUNT_STEP 0.02     /* of a count's share of the most that it can be worth */
#define TITLE_STEP 0.06     /* of a bonus */
#define LOSS 1e-5           /* below this, cells are joined in any case; of all postings */

/* times: postings, and of these the sums of counts and bonuses; x, y: their means, as the rank has them. joined: into another. */
typedef struct { double times, count, bonus, x, y; guint near; double loss; gboolean joined; } Cell;

static double share (double count)
{
	return count / (count + RN_RANK_K);
}

static double loss (const Cell *a, const Cell *b)
{
	double dx = a->x - b->x, dy = a->y - b->y, u = sqrt (a->times), v = sqrt (b->times);
	return u * v / (u + v) * (dx * dx + dy * dy);
}

static void find_near (GArray *cells, guint i)
{
	Cell *cell = &g_array_index (cells, Cell, i);
	cell->loss = G_MAXDOUBLE;
	for (guint k = 0; k < cells->len; k++) {
		const Cell *other = &g_array_index (cells, Cell, k);
		if (k == i || other->joined || (other->bonus > 0) != (cell->bonus > 0))
			continue;
		double lost = loss (cell, other);
		if (lost < cell->loss)
			cell->loss = lost, cell->near = k;
	}
}

static void set_mean (Cell *cell)
{
	cell->x = (RN_RANK_K + 1) * share (cell->count / cell->times);
	cell->y = cell->bonus / cell->times;
}

/* Cell I takes in the one next to it. */
static void join (GArray *cells, guint i, guint *cell_of, guint n)
{
	Cell *cell = &g_array_index (cells, Cell, i);
	guint gone = cell->near;
	Cell *other = &g_array_index (cells, Cell, gone);
	cell->times += other->times, cell->count += other->count, cell->bonus += other->bonus;
	other->joined = TRUE;
	set_mean (cell);
	for (guint k = 0; k < n; k++)
		if (cell_of[k] == gone)
			cell_of[k] = i;
	for (guint k = 0; k < cells->len; k++) {
		Cell *each = &g_array_index (cells, Cell, k);
		if (each->joined)
			continue;
		if (k == i || each->near == gone || each->near == i) {
			find_near (cells, k);
		} else if ((each->bonus > 0) == (cell->bonus > 0) && loss (each, cell) < each->loss) {
			each->loss = loss (each, cell);
			each->near = i;
		}
	}
}

/* The grid's cell of each count and title's length; those without postings have none. */
#define NONE G_MAXUINT
#define GRID ((RN_COUNT_MOST + 1) * (RN_TITLE_MOST + 1))

static GArray *make_cells (RnHistogram histogram, double title, guint *cell_of)
{
	GArray *cells = g_array_new (FALSE, TRUE, sizeof (Cell));
	g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
	for (guint count = 0; count <= RN_COUNT_MOST; count++) {
		for (guint length = 0; length <= RN_TITLE_MOST; length++) {
			guint32 times = histogram[count][length];
			double bonus = length ? rn_rank_bonus (length, title) : 0;
			guint place = 1 + (guint) (share (count) / COUNT_STEP) + 1000 * (length ? 1 + (guint) (log (1 + bonus) / TITLE_STEP) : 0);
			guint i = GPOINTER_TO_UINT (g_hash_table_lookup (places, GUINT_TO_POINTER (place)));
			cell_of[count * (RN_TITLE_MOST + 1) + length] = NONE;
			if (!times)
				continue;
			if (!i) {
				g_array_append_vals (cells, &(Cell) { 0 }, 1);
				g_hash_table_insert (places, GUINT_TO_POINTER (place), GUINT_TO_POINTER (i = cells->len));
			}
			Cell *cell = &g_array_index (cells, Cell, i - 1);
			cell->times += times, cell->count += (double) times * count, cell->bonus += times * bonus;
			cell_of[count * (RN_TITLE_MOST + 1) + length] = i - 1;
		}
	}
	return cells;
}

static void join_cells (GArray *cells, guint *cell_of)
{
	guint left = cells->len;
	double all = 0;
	for (guint i = 0; i < cells->len; i++) {
		all += sqrt (g_array_index (cells, Cell, i).times);
		set_mean (&g_array_index (cells, Cell, i));
	}
	for (guint i = 0; i < cells->len; i++)
		find_near (cells, i);
	while (left > 1) {
		guint best = NONE;
		for (guint i = 0; i < cells->len; i++) {
			const Cell *cell = &g_array_index (cells, Cell, i);
			if (!cell->joined && cell->loss < G_MAXDOUBLE && (best == NONE || cell->loss < g_array_index (cells, Cell, best).loss))
				best = i;
		}
		if (best == NONE || (left <= RN_WORTHS && g_array_index (cells, Cell, best).loss > LOSS * all))
			return;
		join (cells, best, cell_of, GRID);
		left--;
	}
}

static int by_times (gconstpointer left, gconstpointer right, gpointer user)
{
	const Cell *cells = (gconstpointer) ((const GArray *) user)->data;
	const Cell *a = cells + *(const guint *) left, *b = cells + *(const guint *) right;
	if (a->times != b->times)
		return a->times > b->times ? -1 : 1;
	return a->x != b->x ? (a->x < b->x ? -1 : 1) : a->y < b->y ? -1 : a->y > b->y;
}

void rn_codebook_make (RnCodebook *codebook, RnHistogram histogram, double title)
{
	g_autofree guint *cell_of = g_new (guint, GRID);
	g_autoptr (GArray) cells = make_cells (histogram, title, cell_of), order = g_array_new (FALSE, FALSE, sizeof (guint));
	memset (codebook, 0, sizeof *codebook);
	join_cells (cells, cell_of);
	for (guint i = 0; i < cells->len; i++)
		if (!g_array_index (cells, Cell, i).joined)
			g_array_append_val (order, i);
	g_array_sort_with_data (order, by_times, cells);
	codebook->n = order->len;
	for (guint i = 0; i < order->len; i++) {
		const Cell *cell = &g_array_index (cells, Cell, g_array_index (order, guint, i));
		codebook->worths[i] = (RnWorth) { round (cell->count / cell->times * 100) / 100, round (cell->y * 100) / 100 };
		for (guint k = 0; k < GRID; k++)
			if (cell_of[k] == g_array_index (order, guint, i))
				codebook->of[k / (RN_TITLE_MOST + 1)][k % (RN_TITLE_MOST + 1)] = (guint8) i;
	}
}
