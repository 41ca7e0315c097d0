/*
 * pdf_sheet.c - imposed sheets: each side once as a form, each face of a sheet a page that draws its sides where the imposition puts them.
 *
 * A side's form is its content stream as single pages have it; its origin is the trim's lower left corner there too.
 */
#include "print/pdf-int.h"

static void put_numbers (GString *out, const RnLength *numbers, guint n)
{
	for (guint i = 0; i < n; i++) {
		rn_pdf_length (out, numbers[i]);
		g_string_append_c (out, ' ');
	}
}

/* The forms of all sides that stand on a sheet, by side. */
static guint *write_forms (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition)
{
	guint *forms = g_new0 (guint, pdf->book->sides->len + 1);
	g_autoptr (GString) keys = g_string_new (NULL);
	const RnLength bleed = imposition->bleed;
	for (guint i = 0; i < imposition->faces->len; i++) {
		const RnSheetFace *face = &g_array_index (imposition->faces, RnSheetFace, i);
		for (guint k = 0; k < face->n_sides; k++) {
			const gint side = face->sides[k].side;
			if (side < 0 || forms[side])
				continue;
			const RnSide *it = pdf->book->sides->pdata[side];
			forms[side] = rn_pdf_reserve (pages->file);
			g_string_assign (keys, "/Type/XObject/Subtype/Form/BBox");
			rn_pdf_box (keys, -bleed, -bleed, it->width + bleed, it->height + bleed);
			g_string_append (keys, "/Resources");
			rn_pdf_put_resources (pdf, pages, (guint) side, keys);
			rn_pdf_stream_deflated (pages->file, forms[side], keys->str, rn_pdf_content (pdf, (guint) side, pages->look));
		}
	}
	return forms;
}

static void draw_side (const RnPdf *pdf, const RnImposition *imposition, const RnImposedSide *imposed, GString *out)
{
	const RnSide *side = pdf->book->sides->pdata[imposed->side];
	const RnLength bleed = imposition->bleed, bottom = imposition->height - imposed->y - side->height;
	const RnLength clip[4] = { imposed->x - imposed->clip_left, bottom - bleed, side->width + imposed->clip_left + imposed->clip_right, side->height + 2 * bleed };
	const RnLength at[2] = { imposed->x + (imposed->turned ? side->width : 0), bottom + (imposed->turned ? side->height : 0) };
	g_string_append (out, "q ");
	put_numbers (out, clip, 4);
	g_string_append (out, imposed->turned ? "re W n -1 0 0 -1 " : "re W n 1 0 0 1 ");
	put_numbers (out, at, 2);
	g_string_append (out, "cm/S");
	rn_pdf_int (out, imposed->side);
	g_string_append (out, " Do Q\n");
}

static void put_face_resources (const RnSheetFace *face, const guint *forms, guint marks, GString *out)
{
	g_string_append (out, "/Resources<</XObject<<");
	for (guint k = 0; k < face->n_sides; k++) {
		const gint side = face->sides[k].side;
		gboolean named = side < 0;
		for (guint before = 0; before < k && !named; before++)
			named = face->sides[before].side == side;
		if (named)
			continue;
		g_string_append (out, "/S");
		rn_pdf_int (out, side);
		rn_pdf_reference (out, forms[side]);
	}
	if (marks) {
		g_string_append (out, "/M");
		rn_pdf_reference (out, marks);
	}
	g_string_append (out, ">>>>");
}

/* A form of their own, so that the slug finds its font, or its glyphs' forms, in the resources that all sides share. */
static guint write_marks (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition, const RnPiece *marks)
{
	if (!marks || !marks->n_marks)
		return 0;
	g_autoptr (GString) keys = g_string_new ("/Type/XObject/Subtype/Form/BBox");
	rn_pdf_box (keys, 0, 0, imposition->width, imposition->height);
	g_string_append (keys, "/Resources");
	rn_pdf_reference (keys, pages->resources);
	g_string_truncate (pdf->scratch, 0);
	rn_pdf_paint_marks (pdf, marks->marks, marks->n_marks, imposition->height, pages->look, pdf->scratch);
	const guint object = rn_pdf_reserve (pages->file);
	rn_pdf_stream (pages->file, object, keys->str, pdf->scratch->str, pdf->scratch->len);
	return object;
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

static void write_face (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition, guint number, const guint *forms)
{
	const RnSheetFace *face = &g_array_index (imposition->faces, RnSheetFace, number);
	const guint marks = write_marks (pdf, pages, imposition, face->marks), content = rn_pdf_reserve (pages->file);
	g_string_truncate (pdf->scratch, 0);
	for (guint k = 0; k < face->n_sides; k++)
		if (face->sides[k].side >= 0)
			draw_side (pdf, imposition, &face->sides[k], pdf->scratch);
	if (marks)
		g_string_append (pdf->scratch, "/M Do\n");
	rn_pdf_stream (pages->file, content, "", pdf->scratch->str, pdf->scratch->len);

	GString *out = rn_pdf_begin (pages->file, pages->first + number);
	g_string_append (out, "<</Type/Page/Parent");
	rn_pdf_reference (out, pages->tree);
	put_boxes (imposition, out);
	put_face_resources (face, forms, marks, out);
	g_string_append (out, "/Contents");
	rn_pdf_reference (out, content);
	g_string_append (out, ">>");
	rn_pdf_end (pages->file);
}

void rn_pdf_sheets_write (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition)
{
	g_autofree guint *forms = write_forms (pdf, pages, imposition);
	for (guint i = 0; i < imposition->faces->len; i++)
		write_face (pdf, pages, imposition, i, forms);
}
