/*
 * pdf_outline.c - glyphs -> filled paths, each a form that is drawn wherever the glyph stands: for shops that forbid fonts.
 *
 * A form is in thousandths of an em; its Matrix makes it one em large.
 */
#include "print/pdf-int.h"

typedef struct {
	GString *out;
	gboolean open;
	RnLength left, bottom, right, top;
} RnPdfDrawing;

/* HarfBuzz gives millionths of an em: a tenth of a unit is finer than any press. */
static RnLength rounded (float value)
{
	const RnLength whole = (RnLength) value;
	return (whole + (whole < 0 ? -50 : 50)) / 100 * 100;
}

static void put_point (RnPdfDrawing *drawing, float x, float y)
{
	const RnLength px = rounded (x), py = rounded (y);
	const gboolean first = drawing->out->len == 0;
	drawing->left = first ? px : MIN (drawing->left, px);
	drawing->right = first ? px : MAX (drawing->right, px);
	drawing->bottom = first ? py : MIN (drawing->bottom, py);
	drawing->top = first ? py : MAX (drawing->top, py);
	rn_pdf_length (drawing->out, px);
	g_string_append_c (drawing->out, ' ');
	rn_pdf_length (drawing->out, py);
	g_string_append_c (drawing->out, ' ');
}

static void move_to (hb_draw_funcs_t *funcs G_GNUC_UNUSED, void *data, hb_draw_state_t *state G_GNUC_UNUSED, float x, float y, void *user G_GNUC_UNUSED)
{
	put_point (data, x, y);
	g_string_append (((RnPdfDrawing *) data)->out, "m\n");
}

static void line_to (hb_draw_funcs_t *funcs G_GNUC_UNUSED, void *data, hb_draw_state_t *state G_GNUC_UNUSED, float x, float y, void *user G_GNUC_UNUSED)
{
	put_point (data, x, y);
	g_string_append (((RnPdfDrawing *) data)->out, "l\n");
}

static void cubic_to (hb_draw_funcs_t *funcs G_GNUC_UNUSED, void *data, hb_draw_state_t *state G_GNUC_UNUSED, float x1, float y1, float x2, float y2, float x, float y,
                      void *user G_GNUC_UNUSED)
{
	put_point (data, x1, y1);
	put_point (data, x2, y2);
	put_point (data, x, y);
	g_string_append (((RnPdfDrawing *) data)->out, "c\n");
}

static void close_path (hb_draw_funcs_t *funcs G_GNUC_UNUSED, void *data, hb_draw_state_t *state G_GNUC_UNUSED, void *user G_GNUC_UNUSED)
{
	g_string_append (((RnPdfDrawing *) data)->out, "h\n");
}

/* Quadratic curves come as cubic ones where nobody asks for them. */
static hb_draw_funcs_t *make_funcs (void)
{
	hb_draw_funcs_t *funcs = hb_draw_funcs_create ();
	hb_draw_funcs_set_move_to_func (funcs, move_to, NULL, NULL);
	hb_draw_funcs_set_line_to_func (funcs, line_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func (funcs, cubic_to, NULL, NULL);
	hb_draw_funcs_set_close_path_func (funcs, close_path, NULL, NULL);
	return funcs;
}

static guint write_glyph (RnPdfFile *file, hb_font_t *font, hb_draw_funcs_t *funcs, guint16 glyph)
{
	g_autoptr (GString) path = g_string_new (NULL);
	RnPdfDrawing drawing = { .out = path };
#if HB_VERSION_ATLEAST (7, 0, 0)
	hb_font_draw_glyph (font, glyph, funcs, &drawing);
#else
	hb_font_get_glyph_shape (font, glyph, funcs, &drawing);
#endif
	if (!path->len)
		return 0;
	g_string_append_c (path, 'f');
	g_autoptr (GString) keys = g_string_new ("/Type/XObject/Subtype/Form/Matrix[.001 0 0 .001 0 0]/BBox");
	rn_pdf_box (keys, drawing.left - 1000, drawing.bottom - 1000, drawing.right + 1000, drawing.top + 1000);
	const guint object = rn_pdf_reserve (file);
	rn_pdf_stream (file, object, keys->str, path->str, path->len);
	return object;
}

static void put_name (GString *out, const RnPdfFace *face, const RnPdfPair *pair)
{
	g_string_append (out, "/G");
	rn_pdf_int (out, face->number);
	g_string_append_c (out, '_');
	rn_pdf_int (out, pair->cid);
}

/* One glyph with two texts is one form. */
static void write_face (RnPdfFile *file, RnPdfFace *face, hb_draw_funcs_t *funcs, GString *names)
{
	hb_font_t *font = hb_font_create (face->face->face);
	hb_font_set_scale (font, 1000000, 1000000);
	g_autofree guint *forms = g_new0 (guint, face->n_glyphs + 1);   /* by glyph */
	for (guint i = 0; i < face->pairs->len; i++) {
		RnPdfPair *pair = &g_array_index (face->pairs, RnPdfPair, i);
		if (!forms[pair->glyph])
			forms[pair->glyph] = write_glyph (file, font, funcs, pair->glyph);
		pair->form = forms[pair->glyph];
		if (!pair->form)
			continue;
		put_name (names, face, pair);
		rn_pdf_reference (names, pair->form);
	}
	hb_font_destroy (font);
}

void rn_pdf_outlines_write (RnPdf *pdf, RnPdfFile *file, GString *forms)
{
	hb_draw_funcs_t *funcs = make_funcs ();
	for (guint i = 0; i < pdf->faces->len; i++)
		write_face (file, pdf->faces->pdata[i], funcs, forms);
	hb_draw_funcs_destroy (funcs);
}

/* From glyph to glyph in thousandths of an em; what rounding leaves is carried on. Millionths of a point, as in pdf_page.c. */
void rn_pdf_outlines_show (const RnPdfFace *face, const RnMark *mark, RnLength x, RnLength y, GString *out)
{
	const gint64 unit = mark->text.font->size;
	gint64 pen = 0, drawn = 0, risen = 0;
	g_string_append (out, "q ");
	rn_pdf_length (out, mark->text.font->size);
	g_string_append (out, " 0 0 ");
	rn_pdf_length (out, mark->text.font->size);
	g_string_append_c (out, ' ');
	rn_pdf_length (out, x);
	g_string_append_c (out, ' ');
	rn_pdf_length (out, y);
	g_string_append (out, " cm\n");
	for (guint i = 0; i < mark->text.n; i++) {
		const RnGlyph *glyph = &mark->text.glyphs[i];
		const RnPdfPair *pair = rn_pdf_pair (face, glyph);
		if (pair && pair->form) {
			const gint64 right = (pen + glyph->dx * 1000LL - drawn) / unit, up = (glyph->dy * 1000LL - risen) / unit;
			if (right || up) {
				g_string_append (out, "1 0 0 1 ");
				rn_pdf_length (out, (RnLength) right);
				g_string_append_c (out, ' ');
				rn_pdf_length (out, (RnLength) up);
				g_string_append (out, " cm");
			}
			put_name (out, face, pair);
			g_string_append (out, " Do\n");
			drawn += right * unit;
			risen += up * unit;
		}
		pen += glyph->advance * 1000LL;
	}
	g_string_append (out, "Q\n");
}
