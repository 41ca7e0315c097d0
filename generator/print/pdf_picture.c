/*
 * pdf_picture.c - rasters of grey -> image objects (ISO 32000-1, 8.9.5): each once in a file, compressed once for all files.
 */
#include "print/pdf-int.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLE 64   /* rows that tell whether differences pack better than the pixels */

void rn_pdf_pictures_note (RnPdf *pdf, const RnMark *mark)
{
	const guint number = mark->picture->number;
	if (number >= pdf->pictures->len)
		g_ptr_array_set_size (pdf->pictures, (gint) number + 1);
	pdf->pictures->pdata[number] = (gpointer) mark->picture;
}

void rn_pdf_pictures_free (RnPdf *pdf)
{
	for (guint i = 0; pdf->rasters && i < pdf->pictures->len; i++)
		rn_pdf_bytes_clear (&pdf->rasters[i]);
	g_free (pdf->rasters);
	g_free (pdf->predicted);
	g_ptr_array_unref (pdf->pictures);
}

/* PNG's filters 0 to 4: nothing, left, above, their mean, Paeth's. */
static guint8 predict (guint filter, guint8 left, guint8 above, guint8 corner)
{
	switch (filter) {
	case 1: return left;
	case 2: return above;
	case 3: return (guint8) ((left + above) / 2);
	case 4: {
		const gint a = abs (above - corner), b = abs (left - corner), c = abs (left + above - 2 * corner);
		return a <= b && a <= c ? left : b <= c ? above : corner;
	}
	default: return 0;
	}
}

/* ROW with its filter's number before it, by the filter whose differences are smallest: the heuristic of the PNG specification, 12.8. */
static void filter_row (const guint8 *row, const guint8 *above, guint width, guint8 *out, guint8 *trial)
{
	guint best = G_MAXUINT;
	for (guint filter = 0; filter < 5; filter++) {
		guint sum = 0;
		trial[0] = (guint8) filter;
		for (guint x = 0; x < width; x++) {
			const guint8 left = x ? row[x - 1] : 0, corner = x && above ? above[x - 1] : 0;
			trial[x + 1] = (guint8) (row[x] - predict (filter, left, above ? above[x] : 0, corner));
			sum += (guint) abs ((gint8) trial[x + 1]);
		}
		if (sum < best) {
			best = sum;
			memcpy (out, trial, width + 1);
		}
	}
}

/* HEIGHT rows from FROM as differences. */
static char *filter_rows (const RnPicture *picture, guint from, guint height)
{
	const gsize width = picture->width;
	char *out = g_malloc ((width + 1) * height + 1);
	g_autofree guint8 *trial = g_malloc (width + 1);
	for (guint y = 0; y < height; y++) {
		const guint8 *row = picture->grey + width * (from + y);
		filter_row (row, from + y ? row - width : NULL, picture->width, (guint8 *) out + (width + 1) * y, trial);
	}
	return out;
}

/* A photograph packs better as differences, a drawing as it is: a strip from its middle tells. */
static gboolean differences_are_better (RnDeflate *deflate, const RnPicture *picture)
{
	const guint height = MIN (picture->height, SAMPLE), from = (picture->height - height) / 2;
	const gsize width = picture->width;
	RnPdfBytes plain, filtered;
	rn_pdf_deflate (deflate, (const char *) picture->grey + width * from, width * height, &plain);
	g_autofree char *rows = filter_rows (picture, from, height);
	rn_pdf_deflate (deflate, rows, (width + 1) * height, &filtered);
	const gboolean better = filtered.len < plain.len;
	rn_pdf_bytes_clear (&plain);
	rn_pdf_bytes_clear (&filtered);
	return better;
}

static void pack (RnPdf *pdf, const RnPicture *picture)
{
	const guint number = picture->number;
	pdf->predicted[number] = differences_are_better (pdf->deflate, picture);
	const gsize width = picture->width, height = picture->height;
	if (!pdf->predicted[number]) {
		rn_pdf_deflate (pdf->deflate, (const char *) picture->grey, width * height, &pdf->rasters[number]);
		return;
	}
	g_autofree char *rows = filter_rows (picture, 0, picture->height);
	rn_pdf_deflate (pdf->deflate, rows, (width + 1) * height, &pdf->rasters[number]);
}

void rn_pdf_pictures_write (RnPdf *pdf, RnPdfFile *file, GString *forms)
{
	const guint n = pdf->pictures->len;
	if (!pdf->rasters) {
		pdf->rasters = g_new0 (RnPdfBytes, n + 1);
		pdf->predicted = g_new0 (gboolean, n + 1);
	}
	for (guint i = 0; i < n; i++) {
		const RnPicture *picture = pdf->pictures->pdata[i];
		if (!picture)
			continue;
		if (!pdf->rasters[i].data)
			pack (pdf, picture);
		g_autofree char *keys = g_strdup_printf ("/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/DeviceGray/BitsPerComponent 8", picture->width, picture->height);
		g_autofree char *predictor = g_strdup_printf ("%s/DecodeParms<</Predictor 15/Columns %u>>", keys, picture->width);
		const guint object = rn_pdf_reserve (file);
		rn_pdf_stream_deflated (file, object, pdf->predicted[i] ? predictor : keys, &pdf->rasters[i]);
		g_string_append_printf (forms, "/P%u %u 0 R", i, object);
	}
}
