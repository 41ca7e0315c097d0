/*
 * pdf_page.c - a side's marks -> its content stream (ISO 32000-1, 8 and 9). The origin is the trim's lower left corner; y is turned around here and nowhere else.
 *
 * All colour is `g` and `G`. What the graphics state holds already is not set again. Text is TJ with the font's own widths, corrected where the
 * pen would stray from where the setter put the glyph: the error never adds up. In a tagged stream every mark lies in a marked-content sequence of its tag
 * or in an artifact's.
 */
#include "print/pdf-int.h"

#include <string.h>

/* Thousandths of an em that a glyph may stand beside its place: 0.02 pt at ten points. */
#define STRAY 2

typedef struct {
	RnPdf    *pdf;
	GString  *out;
	RnLength  height;               /* of the side or sheet */
	RnPdfLook look;
	RnPdfTags *tags;                 /* RN_PDF_TAGGED */
	guint     side;
	/* the sequence that is open */
	gboolean  inside;
	const RnTag *tag;
	const RnTarget *target;
	RnPdfElement *element;
	/* what the graphics state holds */
	gboolean  in_text;
	RnLength  line_x, line_y, size, rise, stroke_width;
	const RnPdfFace *face;
	RnTint    fill, stroke;
	guint8    cap, join;
	const RnLength *dashes;
	guint     n_dashes;
	gboolean  mitred;                /* the limit of pointed corners is set */
} RnPainter;

static RnPainter painter (RnPdf *pdf, RnLength height, RnPdfLook look, GString *out)
{
	return (RnPainter) { .pdf = pdf, .out = out, .height = height, .look = look, .fill = RN_BLACK, .stroke = RN_BLACK, .stroke_width = 1000 };
}

/* --- the state ------------------------------------------------------------------------------------------------------------ */

static void put_length (RnPainter *p, RnLength length)
{
	rn_pdf_length (p->out, length);
	g_string_append_c (p->out, ' ');
}

static void set_fill (RnPainter *p, RnTint tint)
{
	if (p->fill == tint)
		return;
	p->fill = tint;
	rn_pdf_length (p->out, (100 - MIN (tint, 100)) * 10);
	g_string_append (p->out, " g\n");
}

static void set_stroke (RnPainter *p, RnTint tint)
{
	if (p->stroke == tint)
		return;
	p->stroke = tint;
	rn_pdf_length (p->out, (100 - MIN (tint, 100)) * 10);
	g_string_append (p->out, " G\n");
}

static void end_text (RnPainter *p)
{
	if (p->in_text)
		g_string_append (p->out, "ET\n");
	p->in_text = FALSE;
}

static void leave (RnPainter *p)
{
	end_text (p);
	if (p->inside)
		g_string_append (p->out, "EMC\n");
	p->inside = FALSE;
}

/* Opens MARK's sequence, unless it is open. again: it stood before, so nobody shall hear it twice. */
static void enter (RnPainter *p, const RnMark *mark, gboolean again)
{
	const RnTag *tag = again ? NULL : mark->tag;
	const RnTarget *target = tag ? mark->target : NULL;
	if (p->inside && p->tag == tag && p->target == target)
		return;
	RnPdfElement *element = tag ? rn_pdf_tags_get (p->tags, tag, target && rn_pdf_leads (p->pdf, target) ? target : NULL) : NULL;
	const gboolean same = p->inside && p->element == element;
	p->tag = tag;
	p->target = target;
	if (same)
		return;
	leave (p);
	p->element = element;
	p->inside = TRUE;
	if (!element) {
		g_string_append (p->out, "/Artifact BMC\n");
		return;
	}
	g_string_append_c (p->out, '/');
	g_string_append (p->out, rn_pdf_tags_type (element));
	g_string_append (p->out, "<</MCID ");
	rn_pdf_int (p->out, rn_pdf_tags_sequence (p->tags, element, p->side));
	g_string_append (p->out, ">>BDC\n");
}

/* --- text ----------------------------------------------------------------------------------------------------------------- */

static void begin_text (RnPainter *p, const RnPdfFace *face, RnLength size, RnLength x, RnLength y)
{
	if (!p->in_text) {
		g_string_append (p->out, "BT\n");
		p->in_text = TRUE;
		p->line_x = p->line_y = 0;
	}
	if (p->face != face || p->size != size) {
		g_string_append (p->out, "/F");
		rn_pdf_int (p->out, face->number);
		g_string_append_c (p->out, ' ');
		put_length (p, size);
		g_string_append (p->out, "Tf\n");
		p->face = face;
		p->size = size;
	}
	put_length (p, x - p->line_x);
	put_length (p, y - p->line_y);
	g_string_append (p->out, "Td\n");
	p->line_x = x;
	p->line_y = y;
}

/* An array of strings and corrections in the making; a lone string needs no array. */
typedef struct { GString *out; gsize start; gboolean in_string, corrected; } RnShow;

static void begin_show (RnShow *show, GString *out)
{
	*show = (RnShow) { .out = out, .start = out->len };
	g_string_append_c (out, '[');
}

static void end_show (RnShow *show)
{
	if (show->in_string)
		g_string_append_c (show->out, ')');
	if (show->corrected)
		g_string_append (show->out, "]TJ\n");
	else if (!show->in_string)
		g_string_truncate (show->out, show->start);
	else {
		show->out->str[show->start] = ' ';
		g_string_append (show->out, "Tj\n");
	}
}

static void show_correction (RnShow *show, gint64 units)
{
	if (show->in_string)
		g_string_append_c (show->out, ')');
	show->in_string = FALSE;
	show->corrected = TRUE;
	rn_pdf_int (show->out, -units);
}

/* CIDs never hold a byte that needs an escape: see pdf_font.c. */
static void show_cid (RnShow *show, guint16 cid)
{
	if (!show->in_string)
		g_string_append_c (show->out, '(');
	show->in_string = TRUE;
	g_string_append_c (show->out, (char) (cid >> 8));
	g_string_append_c (show->out, (char) cid);
}

static void set_rise (RnPainter *p, RnShow *show, RnLength rise)
{
	if (p->rise == rise)
		return;
	p->rise = rise;
	end_show (show);
	put_length (p, rise);
	g_string_append (p->out, "Ts\n");
	begin_show (show, p->out);
}

/* In millionths of a point, of which a thousandth of an em has as many as the size has thousandths. */
static void show_glyphs (RnPainter *p, const RnMark *mark)
{
	const gint64 unit = p->size;
	gint64 pen = 0, drawn = 0;   /* where the setter is, and where a reader of the file is */
	RnShow show;
	begin_show (&show, p->out);
	for (guint i = 0; i < mark->text.n; i++) {
		const RnGlyph *glyph = &mark->text.glyphs[i];
		const RnPdfPair *pair = rn_pdf_pair (p->face, glyph);
		if (G_UNLIKELY (p->rise != glyph->dy))
			set_rise (p, &show, glyph->dy);
		const gint64 off = pen + glyph->dx * 1000LL - drawn;
		if (off >= STRAY * unit || off <= -STRAY * unit) {
			const gint64 units = (off + (off < 0 ? -unit : unit) / 2) / unit;
			show_correction (&show, units);
			drawn += units * unit;
		}
		show_cid (&show, pair ? pair->cid : 0);
		drawn += pair ? pair->width * unit : 0;
		pen += glyph->advance * 1000LL;
	}
	end_show (&show);
}

static void paint_text (RnPainter *p, const RnMark *mark, RnLength x, RnLength y)
{
	const RnPdfFace *face = p->pdf->by_face->pdata[mark->text.font->face->number];
	if (!face || mark->text.font->size <= 0)
		return;
	set_fill (p, mark->tint);
	if (p->look == RN_PDF_OUTLINED) {
		rn_pdf_outlines_show (face, mark, x, y, p->out);
		return;
	}
	begin_text (p, face, mark->text.font->size, x, y);
	show_glyphs (p, mark);
}

/* --- rules, paths, pictures ------------------------------------------------------------------------------------------------- */

static void paint_rule (RnPainter *p, const RnMark *mark, RnLength x, RnLength y)
{
	if (mark->w <= 0 || mark->h <= 0)
		return;
	end_text (p);
	set_fill (p, mark->tint);
	put_length (p, x);
	put_length (p, y - mark->h);
	put_length (p, mark->w);
	put_length (p, mark->h);
	g_string_append (p->out, "re f\n");
}

static void set_dashes (RnPainter *p, const RnPath *path)
{
	if (p->n_dashes == path->n_dashes && (!p->n_dashes || memcmp (p->dashes, path->dashes, sizeof *p->dashes * p->n_dashes) == 0))
		return;
	p->n_dashes = path->n_dashes;
	p->dashes = path->dashes;
	g_string_append_c (p->out, '[');
	for (guint i = 0; i < path->n_dashes; i++)
		put_length (p, path->dashes[i]);
	g_string_append (p->out, "]0 d\n");
}

static void set_pen (RnPainter *p, const RnPath *path)
{
	set_stroke (p, path->stroke);
	if (p->stroke_width != path->width) {
		put_length (p, path->width);
		g_string_append (p->out, "w\n");
	}
	if (p->cap != path->cap) {
		rn_pdf_int (p->out, path->cap);
		g_string_append (p->out, " J\n");
	}
	if (p->join != path->join) {
		rn_pdf_int (p->out, path->join);
		g_string_append (p->out, " j\n");
	}
	if (!path->join && !p->mitred) {
		/* Drawings' own limit (SVG's), under PDF's: a sharp corner must not become a long spike. */
		g_string_append (p->out, "4 M\n");
		p->mitred = TRUE;
	}
	p->stroke_width = path->width;
	p->cap = path->cap;
	p->join = path->join;
	set_dashes (p, path);
}

static void put_segments (RnPainter *p, const RnPath *path, RnLength x, RnLength y)
{
	const RnLength *point = path->points, *end = path->points + 2 * (gsize) path->n_points;
	for (guint i = 0; i < path->n_segments; i++) {
		const char segment = path->segments[i];
		const guint n = segment == 'c' ? 3 : segment == 'z' ? 0 : 1;
		if (point + 2 * n > end)
			return;
		for (guint k = 0; k < n; k++, point += 2) {
			put_length (p, x + point[0]);
			put_length (p, y - point[1]);
		}
		g_string_append_c (p->out, segment == 'z' ? 'h' : segment);
		g_string_append_c (p->out, '\n');
	}
}

static void paint_path (RnPainter *p, const RnMark *mark, RnLength x, RnLength y)
{
	const RnPath *path = mark->path;
	if ((!path->filled && !path->stroked) || !path->n_segments)
		return;
	end_text (p);
	if (path->filled)
		set_fill (p, path->fill);
	if (path->stroked)
		set_pen (p, path);
	put_segments (p, path, x, y);
	g_string_append (p->out, path->filled && path->stroked ? "B" : path->filled ? "f" : "S");
	g_string_append (p->out, path->filled && path->even_odd ? "*\n" : "\n");
}

static void paint_picture (RnPainter *p, const RnMark *mark, RnLength x, RnLength y)
{
	end_text (p);
	g_string_append (p->out, "q ");
	put_length (p, mark->w);
	g_string_append (p->out, "0 0 ");
	put_length (p, mark->h);
	put_length (p, x);
	put_length (p, y - mark->h);
	g_string_append (p->out, "cm/P");
	rn_pdf_int (p->out, mark->picture->number);
	g_string_append (p->out, " Do Q\n");
}

/* --- sides ---------------------------------------------------------------------------------------------------------------- */

void rn_pdf_mark_box (const RnMark *mark, RnLength *left, RnLength *top, RnLength *right, RnLength *bottom)
{
	*left = *right = mark->x;
	*top = *bottom = mark->y;
	switch (mark->kind) {
	case RN_MARK_TEXT:
		*right += mark->w;
		*top -= mark->text.font->ascent;
		*bottom += mark->text.font->descent;
		return;
	case RN_MARK_PATH:
		for (guint i = 0; i < mark->path->n_points; i++) {
			const RnLength x = mark->x + mark->path->points[2 * i], y = mark->y + mark->path->points[2 * i + 1];
			*left = i ? MIN (*left, x) : x;
			*right = i ? MAX (*right, x) : x;
			*top = i ? MIN (*top, y) : y;
			*bottom = i ? MAX (*bottom, y) : y;
		}
		return;
	default:
		*right += mark->w;
		*bottom += mark->h;
	}
}

static void cover (RnPainter *p, const RnMark *mark, RnLength dx, RnLength dy)
{
	RnLength left, top, right, bottom;
	rn_pdf_mark_box (mark, &left, &top, &right, &bottom);
	rn_pdf_tags_cover (p->element, p->side, dx + left, p->height - dy - bottom, dx + right, p->height - dy - top);
}

/* A mark of its piece at (dx, dy). */
static void paint_mark (RnPainter *p, const RnMark *mark, RnLength dx, RnLength dy, gboolean again)
{
	if (mark->kind == RN_MARK_TEXT && !mark->text.n) {   /* an empty cell: it has a place, and nothing is seen of it */
		if (p->tags && mark->tag && !again)
			rn_pdf_tags_get (p->tags, mark->tag, NULL);
		return;
	}
	if (p->tags)
		enter (p, mark, again);
	const RnLength x = dx + mark->x, y = p->height - dy - mark->y;
	switch ((RnMarkKind) mark->kind) {
	case RN_MARK_TEXT:    paint_text (p, mark, x, y); break;
	case RN_MARK_RULE:    paint_rule (p, mark, x, y); break;
	case RN_MARK_PATH:    paint_path (p, mark, x, y); break;
	case RN_MARK_PICTURE: paint_picture (p, mark, x, y); break;
	}
	if (p->tags && p->element && rn_pdf_tags_in_figure (p->element))
		cover (p, mark, dx, dy);
}

/* Paints the marks of column COLUMN in PLACED. Returns the highest column that there is. */
static guint paint_column (RnPainter *p, const RnPlaced *placed, gboolean again, guint column)
{
	guint highest = 0;
	for (guint k = 0; k < placed->piece->n_marks; k++) {
		const RnMark *mark = &placed->piece->marks[k];
		highest = MAX (highest, mark->column);
		if (mark->column == column)
			paint_mark (p, mark, placed->x, placed->y, again);
	}
	return highest;
}

/* Paints piece FIRST of a side and those before LAST that hold the same columns, one column after the other: as they are read. Returns the number of the next. */
static guint paint_pieces (RnPainter *p, const GArray *all, const guint8 *again, guint first, guint last)
{
	const RnPlaced *placed = &g_array_index (all, RnPlaced, 0);
	const RnPiece *beside = placed[first].piece->beside;
	guint end = first + 1, highest = 0;
	while (beside && end < last && placed[end].piece->beside == beside)
		end++;
	for (guint column = 0; column <= highest; column++)
		for (guint i = first; i < end; i++) {
			const guint other = paint_column (p, &placed[i], again[i], column);
			highest = MAX (highest, other);
		}
	return end;
}

static void paint_turn (RnPainter *p, const RnTurn *turn)
{
	const GArray *all = ((const RnSide *) p->pdf->book->sides->pdata[turn->side])->placed;
	const guint8 *again = p->pdf->again + p->pdf->first_placed[turn->side];
	for (guint i = turn->begin; i < turn->end;)
		i = paint_pieces (p, all, again, i, turn->end);
	leave (p);
}

void rn_pdf_paint_side (RnPdf *pdf, guint side, RnPdfLook look, GString *out)
{
	const RnSide *it = pdf->book->sides->pdata[side];
	RnPainter p = painter (pdf, it->height, look, out);
	paint_turn (&p, &(RnTurn) { .side = side, .end = it->placed->len });
}

void rn_pdf_paint_turn (RnPdf *pdf, const RnTurn *turn, RnPdfTags *tags, GString *out)
{
	const RnSide *side = pdf->book->sides->pdata[turn->side];
	const gboolean part = turn->end - turn->begin < side->placed->len;
	RnPainter p = painter (pdf, side->height, RN_PDF_TAGGED, out);
	p.tags = tags;
	p.side = turn->side;
	/* The next turn of this side begins with the state that this one began with. */
	g_string_append (out, part ? "q\n" : "");
	paint_turn (&p, turn);
	g_string_append (out, part ? "Q\n" : "");
}

void rn_pdf_paint_marks (RnPdf *pdf, const RnMark *marks, guint n, RnLength height, RnPdfLook look, GString *out)
{
	RnPainter p = painter (pdf, height, look, out);
	for (guint i = 0; i < n; i++)
		paint_mark (&p, &marks[i], 0, 0, FALSE);
	leave (&p);
}
