/*
 * pdf_sheet.c - imposed sheets: a page a sheet face, its content the sides' own streams, each after a short one that puts it in its place.
 *
 * Sides name their resources alike in all files, so that a stream made for a single page serves a sheet as it is; one that stands on a sheet ten times is in the file once.
 */
#include "print/pdf-int.h"

/* The objects of the sides' content streams, by side; 0: on no sheet, or bare. */
static guint *write_sides (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition)
{
	guint *contents = g_new0 (guint, pdf->book->sides->len + 1);
	for (guint i = 0; i < imposition->faces->len; i++) {
		const RnSheetFace *face = &g_array_index (imposition->faces, RnSheetFace, i);
		for (guint k = 0; k < face->n_sides; k++) {
			const gint side = face->sides[k].side;
			if (side < 0 || contents[side] || !((const RnSide *) pdf->book->sides->pdata[side])->placed->len)
				continue;
			contents[side] = rn_pdf_reserve (pages->file);
			rn_pdf_stream_deflated (pages->file, contents[side], "", rn_pdf_content (pdf, (guint) side, pages->look));
		}
	}
	return contents;
}

/* The clip and the move of one side; it is left by the next Q. */
static void put_frame (const RnPdf *pdf, const RnImposition *imposition, const RnImposedSide *imposed, GString *out)
{
	const RnSide *side = pdf->book->sides->pdata[imposed->side];
	const RnLength bleed = imposition->bleed, bottom = imposition->height - imposed->y - side->height;
	g_string_append (out, "q\n");
	rn_pdf_put_clip (out, imposed->x - imposed->clip_left, bottom - bleed, side->width + imposed->clip_left + imposed->clip_right, side->height + 2 * bleed);
	g_string_append (out, "1 0 0 1 ");
	rn_pdf_length (out, imposed->x);
	g_string_append_c (out, ' ');
	rn_pdf_length (out, bottom);
	g_string_append (out, " cm\n");
}

/* The streams of one face: frame, side, frame, side ... marks. Appends the references to CONTENTS. */
static void write_streams (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition, const RnSheetFace *face, const guint *sides, GString *contents)
{
	GString *out = pdf->scratch;
	g_string_truncate (out, 0);
	for (guint k = 0; k < face->n_sides; k++) {
		const RnImposedSide *imposed = &face->sides[k];
		if (imposed->side < 0 || !sides[imposed->side])
			continue;
		put_frame (pdf, imposition, imposed, out);
		const guint frame = rn_pdf_reserve (pages->file);
		rn_pdf_stream_raw (pages->file, frame, "", out->str, out->len);
		rn_pdf_reference (contents, frame);
		rn_pdf_reference (contents, sides[imposed->side]);
		g_string_assign (out, "Q\n");
	}
	if (face->marks)
		rn_pdf_paint_marks (pdf, face->marks->marks, face->marks->n_marks, imposition->height, pages->look, out);
	const guint last = rn_pdf_reserve (pages->file);
	rn_pdf_stream (pages->file, last, "", out->str, out->len);
	rn_pdf_reference (contents, last);
}

static void put_boxes (const RnImposition *imposition, GString *out)
{
	const RnLength width = imposition->width, height = imposition->height, bleed = imposition->bleed;
	const RnLength left = imposition->trim_x, right = left + imposition->trim_width, top = height - imposition->trim_y, bottom = top - imposition->trim_height;
	g_string_append (out, "/MediaBox");
	rn_pdf_box (out, 0, 0, width, height);
	g_string_append (out, "/TrimBox");
	rn_pdf_box (out, left, bottom, right, top);
	g_string_append (out, "/BleedBox");
	rn_pdf_box (out, MAX (left - bleed, 0), MAX (bottom - bleed, 0), MIN (right + bleed, width), MIN (top + bleed, height));
}

void rn_pdf_sheets_write (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition)
{
	g_autofree guint *sides = write_sides (pdf, pages, imposition);
	for (guint i = 0; i < imposition->faces->len; i++) {
		g_autoptr (GString) contents = g_string_new (NULL);
		write_streams (pdf, pages, imposition, &g_array_index (imposition->faces, RnSheetFace, i), sides, contents);
		GString *out = rn_pdf_begin (pages->file, pages->first + i);
		g_string_append (out, "<</Type/Page/Parent");
		rn_pdf_reference (out, pages->tree);
		put_boxes (imposition, out);
		g_string_append (out, "/Contents[");
		g_string_append (out, contents->str);
		g_string_append (out, "]>>");
		rn_pdf_end (pages->file);
	}
}
