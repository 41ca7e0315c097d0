/* raster_shrink.c - fewer pixels: each the mean of what it covers, in whole numbers. */
#include "base/raster.h"

#include <string.h>

/*
 * Adds a row of SW pixels to sums over DW wider ones: each source pixel is DW long, each of ours SW, so that all shares are whole numbers.
 * weight: how much of this row belongs to the row being summed.
 */
static void add_row (const guint16 *row, guint sw, guint64 *sums, guint dw, guint channels, guint weight)
{
	guint left = dw;   /* how much of the source pixel is not given away yet */
	for (guint i = 0; i < dw; i++, sums += channels) {
		guint64 sum[4] = { 0 };
		for (guint need = sw; need;) {
			guint take = MIN (need, left);
			for (guint c = 0; c < channels; c++)
				sum[c] += (guint64) row[c] * take;
			need -= take, left -= take;
			if (!left)
				row += channels, left = dw;
		}
		for (guint c = 0; c < channels; c++)
			sums[c] += sum[c] * weight;
	}
}

void rn_raster_shrink_rows (const RnShrink *shrink, guint sw, guint sh, guint dw, guint dh)
{
	guint n = dw * shrink->channels;
	/* One pixel more, where the walk along the row ends. */
	g_autofree guint16 *row = g_new0 (guint16, ((gsize) sw + 1) * shrink->channels), *means = g_new0 (guint16, n);
	g_autofree guint64 *sums = g_new (guint64, n);
	const guint64 whole = MAX ((guint64) sw * sh, 1);
	guint at = 0, left = dh;
	shrink->read (shrink->user, 0, row);
	for (guint y = 0; y < dh; y++) {
		memset (sums, 0, n * sizeof *sums);
		for (guint need = sh; need;) {
			guint take = MIN (need, left);
			add_row (row, sw, sums, dw, shrink->channels, take);
			need -= take, left -= take;
			if (!left && ++at < sh)
				shrink->read (shrink->user, at, row);
			if (!left)
				left = dh;
		}
		for (guint x = 0; x < n; x++)
			means[x] = (guint16) ((sums[x] + whole / 2) / whole);
		shrink->write (shrink->user, y, means);
	}
}

typedef struct { const RnRaster *from; guint8 *to; guint width; } Copy;

/* Colours as strong as they are seen: times alpha. */
static void read_row (gpointer user, guint row, guint16 *samples)
{
	const RnRaster *from = ((const Copy *) user)->from;
	const guint8 *p = from->pixels + row * from->stride;
	gsize n = (gsize) from->width * from->channels;
	if (from->channels == 3) {
		for (gsize i = 0; i < n; i++)
			samples[i] = p[i];
		return;
	}
	for (gsize i = 0; i < n; i += 4) {
		guint alpha = p[i + 3];
		for (guint c = 0; c < 3; c++)
			samples[i + c] = (guint16) (p[i + c] * alpha);
		samples[i + 3] = (guint16) (alpha * 255);
	}
}

static void write_row (gpointer user, guint row, const guint16 *means)
{
	const Copy *copy = user;
	guint channels = copy->from->channels;
	gsize n = (gsize) copy->width * channels;
	guint8 *p = copy->to + row * n;
	if (channels == 3) {
		for (gsize i = 0; i < n; i++)
			p[i] = (guint8) means[i];
		return;
	}
	for (gsize i = 0; i < n; i += 4) {
		guint alpha = means[i + 3];
		for (guint c = 0; c < 3; c++)
			p[i + c] = alpha ? (guint8) MIN ((means[i + c] * 255u + alpha / 2) / alpha, 255u) : 0;
		p[i + 3] = (guint8) ((alpha + 127) / 255);
	}
}

RnRaster *rn_raster_shrink (const RnRaster *raster, guint width, guint height)
{
	gsize stride = (gsize) width * raster->channels;
	Copy copy = { raster, g_malloc (stride * height), width };
	const RnShrink shrink = { raster->channels, read_row, write_row, &copy };
	RnRaster *small = g_new (RnRaster, 1);
	rn_raster_shrink_rows (&shrink, raster->width, raster->height, width, height);
	*small = (RnRaster) { width, height, raster->channels, stride, copy.to, copy.to, g_free };
	return small;
}
