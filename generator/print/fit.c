/*
 * fit.c - a product of fixed size is set as large as it goes, and then as loose as it goes.
 *
 * In: the product's `fit` sizes and a function that sets at one. Out: the composer's styles at the size that was found. Invariant: what a discarded setting left with the
 * book or would have told is gone.
 */
#include "print/fit-int.h"

#include <string.h>

#define LOOSEST 100   /* per cent; blocks stand twice as far apart */
#define LOOSER  10
#define SMALLER 4     /* sizes that are tried for one without a flaw */

static RnLength scaled (RnLength length, double percent)
{
	return (RnLength) (length * percent / 100 + (length < 0 ? -.5 : .5));
}

void rn_fit_scale (RnComposer *composer, RnFit fit)
{
	const RnStyles *from = &composer->setter.product->styles;
	RnStyles *to = &composer->setter.styles;
	const double percent = fit.percent, white = percent * (100 + fit.loose) / 100, leading = percent * (1000 + fit.loose) / 1000;
	*to = *from;
	for (guint i = 0; i < RN_STYLES; i++) {
		/* Covers and what stands at the foot are given white by those who put them. */
		const gboolean text = i < RN_STYLE_IMPRINT;
		RnTextStyle *style = &to->text[i];
		style->size = scaled (style->size, percent);
		style->leading = scaled (style->leading, text ? leading : percent);
		style->before = scaled (style->before, text ? white : percent);
		style->after = scaled (style->after, style->keep_with_next || !text ? percent : white);
		style->first_indent = scaled (style->first_indent, percent);
		style->left = scaled (style->left, percent);
		style->right = scaled (style->right, percent);
		style->tracking = scaled (style->tracking, percent);
	}
	to->grid = scaled (from->grid, leading);
	to->list_indent = scaled (from->list_indent, percent);
	to->callout_padding = scaled (from->callout_padding, percent);
	to->table_padding = scaled (from->table_padding, leading);
}

typedef struct { RnComposer *composer; RnFitTry try; gpointer user; guint numbers, entries; } Search;

static RnFitness try_at (const Search *search, RnFit fit)
{
	RnBook *book = search->composer->setter.book;
	rn_fit_scale (search->composer, fit);
	const RnFitness fitness = search->try (search->composer, search->user);
	g_array_set_size (book->numbers, search->numbers);
	g_array_set_size (book->outline, search->entries);
	return fitness;
}

static int largest_first (gconstpointer left, gconstpointer right)
{
	const double a = *(const double *) left, b = *(const double *) right;
	return a > b ? -1 : a < b;
}

/* By halves: as many tries as the number of sizes has binary digits; then a few more for one without a flaw. */
static RnFitness find_size (const Search *search, const double *sizes, guint n, RnFit *fit)
{
	guint low = 0, high = n;
	RnFitness fitness = RN_FITS_NOT;
	while (low < high) {
		const guint middle = (low + high) / 2;
		const RnFitness here = try_at (search, (RnFit) { sizes[middle], 0 });
		if (here != RN_FITS_NOT) {
			high = middle;
			fitness = here;
		} else {
			low = middle + 1;
		}
	}
	*fit = (RnFit) { sizes[MIN (low, n - 1)], 0 };
	for (guint i = low + 1; fitness == RN_FITS_POORLY && i < MIN (low + 1 + SMALLER, n); i++)
		if (try_at (search, (RnFit) { sizes[i], 0 }) == RN_FITS_WELL) {
			*fit = (RnFit) { sizes[i], 0 };
			fitness = RN_FITS_WELL;
		}
	return fitness;
}

/* What is looser is seldom worse, but it may be: so it is tried from the loosest on. */
static void find_looseness (const Search *search, RnFitness fitness, RnFit *fit)
{
	for (fit->loose = LOOSEST; fit->loose >= LOOSER; fit->loose -= LOOSER)
		if (try_at (search, *fit) >= fitness)
			return;
	fit->loose = 0;
}

gboolean rn_fit_find (RnComposer *composer, double least, RnFitTry try, gpointer user, RnFit *fit)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	RnDiagnostics *sink = setter->sink;
	GHashTable *quiet = setter->quiet;
	const Search search = { composer, try, user, setter->book->numbers->len, setter->book->outline->len };
	g_autofree double *sizes = g_memdup2 (product->fit, product->n_fit * sizeof *sizes);
	guint n = 0;
	qsort (sizes, product->n_fit, sizeof *sizes, largest_first);
	while (n < product->n_fit && sizes[n] >= least)
		n++;
	*fit = (RnFit) { sizes[product->n_fit - 1], 0 };
	if (!n)
		return FALSE;
	/* What a discarded setting would have told must be told by the one that is kept. */
	setter->sink = NULL;
	setter->quiet = NULL;
	const RnFitness fitness = find_size (&search, sizes, n, fit);
	if (fitness != RN_FITS_NOT)
		find_looseness (&search, fitness, fit);
	setter->sink = sink;
	setter->quiet = quiet;
	return fitness != RN_FITS_NOT;
}

gboolean rn_fit (RnComposer *composer, RnFitTry try, gpointer user)
{
	RnFit fit;
	const gboolean found = rn_fit_find (composer, 0, try, user, &fit);
	rn_fit_scale (composer, fit);
	try (composer, user);
	return found;
}

RnBlocks rn_fit_blocks (RnComposer *composer, RnGalley *galley, RnLength measure, RnLength column_height, RnTag *parent)
{
	return (RnBlocks) { .setter = &composer->setter, .galley = galley, .measure = measure, .column_height = column_height, .parent = parent,
		.body = &composer->setter.styles.text[RN_STYLE_BODY] };
}

RnLength rn_fit_elastic (const RnColumn *column, guint i)
{
	const RnPiece *piece = g_array_index (column->placed, RnPlaced, i).piece;
	return piece->penalty < RN_KEEP ? piece->space : 0;
}

void rn_fit_spread (RnColumn *column, RnLength extra, guint most)
{
	gint64 white = 0, before = 0;
	for (guint i = 1; i < column->placed->len; i++)
		white += rn_fit_elastic (column, i);
	extra = (RnLength) MIN (extra, white * most / 100);
	if (extra <= 0 || column->notes)
		return;
	for (guint i = 1; i < column->placed->len; i++) {
		before += rn_fit_elastic (column, i);
		g_array_index (column->placed, RnPlaced, i).y += (RnLength) (extra * before / white);
	}
	column->used += extra;
}
