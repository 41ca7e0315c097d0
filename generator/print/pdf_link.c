/*
 * pdf_link.c - marks with targets -> link annotations (ISO 32000-1, 12.5.6.5): one rectangle for each line that a link runs through.
 */
#include "print/pdf-int.h"

#include <string.h>

/* The rectangle in the making, y downwards; base: the line that it stands on. */
typedef struct {
	const RnTag    *link, *tag;
	const RnTarget *target;
	RnLength left, top, right, bottom, base;
	GString *text;
} RnPdfSpot;

typedef struct {
	RnPdf     *pdf;
	RnPdfFile *file;
	RnPdfTags *tags;
	guint      side, first_page;
	GString   *annotations;
	RnPdfSpot  spot;
} RnPdfLinks;

static const RnPlaceInBook *place_of (const RnPdf *pdf, const RnTarget *target)
{
	return target->anchor ? rn_book_find (pdf->book, target->anchor) : NULL;
}

gboolean rn_pdf_leads (const RnPdf *pdf, const RnTarget *target)
{
	return target->uri || place_of (pdf, target);
}

void rn_pdf_destination (const RnPdf *pdf, GString *out, const RnPlaceInBook *place, guint first_page)
{
	const RnSide *side = pdf->book->sides->pdata[place->side];
	g_string_append_c (out, '[');
	rn_pdf_int (out, first_page + place->side);
	g_string_append (out, " 0 R/XYZ ");
	rn_pdf_length (out, CLAMP (place->x, 0, side->width));
	g_string_append_c (out, ' ');
	rn_pdf_length (out, side->height - CLAMP (place->y, 0, side->height));
	g_string_append (out, " null]");
}

/* An address in a file is ASCII. */
static void put_uri (GString *out, const char *uri)
{
	g_autoptr (GString) ascii = g_string_new (NULL);
	for (const char *p = uri; *p; p++) {
		if (*p > ' ' && *p < 0x7F)
			g_string_append_c (ascii, *p);
		else
			g_string_append_printf (ascii, "%%%02X", (guint) (guchar) *p);
	}
	rn_pdf_literal (out, ascii->str, ascii->len);
}

/* What a reader says instead of the rectangle. */
static const char *contents_of (const RnPdfSpot *spot)
{
	if (spot->link && spot->link->alt)
		return spot->link->alt;
	for (const RnTag *tag = spot->tag; tag && !spot->text->len; tag = tag->parent)
		if (tag->alt)
			return tag->alt;
	g_strstrip (spot->text->str);
	return *spot->text->str ? spot->text->str : spot->target->uri ? spot->target->uri : spot->target->anchor;
}

static void flush (RnPdfLinks *links)
{
	RnPdfSpot *spot = &links->spot;
	if (!spot->target)
		return;
	const RnLength height = ((const RnSide *) links->pdf->book->sides->pdata[links->side])->height;
	const RnPlaceInBook *place = place_of (links->pdf, spot->target);
	const guint object = rn_pdf_reserve (links->file);
	GString *out = rn_pdf_begin (links->file, object);
	g_string_append (out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
	rn_pdf_box (out, spot->left, height - spot->bottom, spot->right, height - spot->top);
	g_string_append (out, "/Contents");
	rn_pdf_text (out, contents_of (spot));
	if (links->tags) {
		g_string_append (out, "/StructParent ");
		rn_pdf_int (out, rn_pdf_tags_annotation (links->tags, rn_pdf_tags_get (links->tags, spot->tag, spot->target), object, links->side));
	}
	if (place) {
		g_string_append (out, "/Dest");
		rn_pdf_destination (links->pdf, out, place, links->first_page);
	} else {
		g_string_append (out, "/A<</S/URI/URI");
		put_uri (out, spot->target->uri);
		g_string_append (out, ">>");
	}
	g_string_append (out, ">>");
	rn_pdf_end (links->file);
	rn_pdf_reference (links->annotations, object);
	spot->target = NULL;
}

/* The Link that TAG is or lies in; itself where there is none. */
static const RnTag *link_of (const RnTag *tag)
{
	for (const RnTag *it = tag; it; it = it->parent)
		if (it->role == RN_ROLE_LINK)
			return it;
	return tag;
}

static void add_text (GString *text, const RnMark *mark)
{
	if (mark->kind != RN_MARK_TEXT)
		return;
	for (guint i = 0; i < mark->text.n; i++)
		if (!(mark->text.glyphs[i].flags & RN_GLYPH_SOFT_HYPHEN))
			g_string_append_len (text, mark->text.glyphs[i].text, mark->text.glyphs[i].len);
}

static void add_mark (RnPdfLinks *links, const RnMark *mark, RnLength dx, RnLength dy)
{
	RnPdfSpot *spot = &links->spot;
	RnLength left, top, right, bottom;
	rn_pdf_mark_box (mark, &left, &top, &right, &bottom);
	const RnTag *link = link_of (mark->tag);
	if (spot->target == mark->target && spot->link == link && spot->base == dy + mark->y) {
		spot->left = MIN (spot->left, dx + left);
		spot->right = MAX (spot->right, dx + right);
		spot->top = MIN (spot->top, dy + top);
		spot->bottom = MAX (spot->bottom, dy + bottom);
	} else {
		flush (links);
		g_string_truncate (spot->text, 0);
		*spot = (RnPdfSpot) { link, mark->tag, mark->target, dx + left, dy + top, dx + right, dy + bottom, dy + mark->y, spot->text };
	}
	add_text (spot->text, mark);
}

void rn_pdf_links_write (RnPdf *pdf, RnPdfFile *file, RnPdfTags *tags, guint side, guint first_page, GString *annotations)
{
	RnPdfLinks links = { .pdf = pdf, .file = file, .tags = tags, .side = side, .first_page = first_page, .annotations = annotations };
	const GArray *all = ((const RnSide *) pdf->book->sides->pdata[side])->placed;
	const guint8 *again = pdf->again + pdf->first_placed[side];
	links.spot.text = g_string_new (NULL);
	for (guint i = 0; i < all->len; i++) {
		const RnPlaced *placed = &g_array_index (all, RnPlaced, i);
		for (guint k = 0; k < placed->piece->n_marks; k++) {
			const RnMark *mark = &placed->piece->marks[k];
			/* What is no part of the text is no link either. */
			if (mark->target && mark->tag && !again[i] && (mark->kind != RN_MARK_TEXT || mark->text.n) && rn_pdf_leads (pdf, mark->target))
				add_mark (&links, mark, placed->x, placed->y);
		}
	}
	flush (&links);
	g_string_free (links.spot.text, TRUE);
}
