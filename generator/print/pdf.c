/*
 * pdf.c - a book -> its files: what is common to all of them is made once (glyphs in use, subsets, rasters, content for paper), each kind adds its own.
 */
#include "print/pdf-int.h"

/* Of libdeflate, which takes half the time of zlib: beyond 6 a page of text is 1 % smaller and takes half as long again. */
#define LEVEL 6

/* Room for crop marks beyond the bleed, as on sheets. */
#define MARKS_AREA RN_MARKS_ROOM

static const RnSide *side_of (const RnPdf *pdf, guint side)
{
	return pdf->book->sides->pdata[side];
}

/* --- what all files share ------------------------------------------------------------------------------------------------- */

static void note_piece (RnPdf *pdf, const RnPiece *piece)
{
	for (guint i = 0; i < piece->n_marks; i++) {
		const RnMark *mark = &piece->marks[i];
		if (mark->kind == RN_MARK_TEXT)
			rn_pdf_faces_note (pdf, mark);
		else if (mark->kind == RN_MARK_PICTURE)
			rn_pdf_pictures_note (pdf, mark);
	}
}

static void note_sides (RnPdf *pdf)
{
	const GPtrArray *sides = pdf->book->sides;
	guint n = 0;
	pdf->first_placed = g_new0 (guint, sides->len + 1);
	for (guint i = 0; i < sides->len; i++) {
		pdf->first_placed[i] = n;
		n += side_of (pdf, i)->placed->len;
	}
	pdf->again = g_new0 (guint8, n + 1);
	g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
	for (guint i = 0; i < pdf->reading->len; i++) {
		const RnTurn *turn = &g_array_index (pdf->reading, RnTurn, i);
		const GArray *placed = side_of (pdf, turn->side)->placed;
		guint8 *again = pdf->again + pdf->first_placed[turn->side];
		for (guint k = turn->begin; k < turn->end; k++) {
			const RnPiece *piece = g_array_index (placed, RnPlaced, k).piece;
			again[k] = !g_hash_table_add (seen, (gpointer) piece);
			if (!again[k])
				note_piece (pdf, piece);
		}
	}
}

RnPdf *rn_pdf_new (const RnBook *book, const RnImposition *imposition, GError **error)
{
	g_autoptr (RnPdf) pdf = g_new0 (RnPdf, 1);
	pdf->book = book;
	pdf->arena = rn_arena_new (0);
	pdf->faces = g_ptr_array_new ();
	pdf->by_face = g_ptr_array_new ();
	pdf->pictures = g_ptr_array_new ();
	pdf->scratch = g_string_sized_new (16384);
	pdf->plain = g_new0 (RnPdfBytes, book->sides->len + 1);
	pdf->outlined = g_new0 (RnPdfBytes, book->sides->len + 1);
	pdf->deflate = libdeflate_alloc_compressor (LEVEL);
	pdf->reading = rn_book_reading (book);
	note_sides (pdf);
	for (guint i = 0; imposition && i < imposition->faces->len; i++) {
		const RnPiece *marks = g_array_index (imposition->faces, RnSheetFace, i).marks;
		if (marks)
			note_piece (pdf, marks);
	}
	if (!rn_pdf_faces_subset (pdf, error))
		return NULL;
	return g_steal_pointer (&pdf);
}

void rn_pdf_free (RnPdf *pdf)
{
	if (!pdf)
		return;
	rn_pdf_faces_free (pdf);
	rn_pdf_pictures_free (pdf);
	for (guint i = 0; i < pdf->book->sides->len; i++) {
		rn_pdf_bytes_clear (&pdf->plain[i]);
		rn_pdf_bytes_clear (&pdf->outlined[i]);
	}
	g_free (pdf->plain);
	g_free (pdf->outlined);
	g_array_unref (pdf->reading);
	g_free (pdf->first_placed);
	g_free (pdf->again);
	g_string_free (pdf->scratch, TRUE);
	libdeflate_free_compressor (pdf->deflate);
	rn_arena_free (pdf->arena);
	g_free (pdf);
}

const RnPdfBytes *rn_pdf_content (RnPdf *pdf, guint side, RnPdfLook look)
{
	RnPdfBytes *bytes = look == RN_PDF_OUTLINED ? &pdf->outlined[side] : &pdf->plain[side];
	if (!bytes->data) {
		g_string_truncate (pdf->scratch, 0);
		rn_pdf_paint_side (pdf, side, look, pdf->scratch);
		rn_pdf_deflate (pdf->deflate, pdf->scratch->str, pdf->scratch->len, bytes);
	}
	return bytes;
}

/* --- pages ---------------------------------------------------------------------------------------------------------------- */

/* Fonts or glyphs, and pictures: all pages have the same ones, from the page tree. */
static void put_resources (RnPdf *pdf, const RnPdfPages *pages, RnPdfKind kind, GString *out)
{
	g_autoptr (GString) fonts = g_string_new (NULL), forms = g_string_new (NULL);
	rn_pdf_pictures_write (pdf, pages->file, forms);
	if (pages->look == RN_PDF_OUTLINED)
		rn_pdf_outlines_write (pdf, pages->file, forms);
	else
		rn_pdf_faces_write (pdf, pages->file, kind == RN_PDF_ARCHIVE, fonts);
	g_string_append (out, "/Resources<<");
	if (fonts->len)
		g_string_append_printf (out, "/Font<<%s>>", fonts->str);
	if (forms->len)
		g_string_append_printf (out, "/XObject<<%s>>", forms->str);
	g_string_append (out, ">>");
}

/* The catalog is object 1, the page tree 2, the pages follow. */
static void begin_pages (RnPdf *pdf, RnPdfPages *pages, RnPdfFile *file, RnPdfKind kind, guint n)
{
	pages->file = file;
	rn_pdf_reserve (file);
	pages->tree = rn_pdf_reserve (file);
	pages->first = pages->tree + 1;
	for (guint i = 0; i < n; i++)
		rn_pdf_reserve (file);
	g_autoptr (GString) resources = g_string_new (NULL);
	put_resources (pdf, pages, kind, resources);
	GString *out = rn_pdf_begin (file, pages->tree);
	g_string_append (out, "<</Type/Pages");
	g_string_append (out, resources->str);
	g_string_append (out, "/Count ");
	rn_pdf_int (out, n);
	g_string_append (out, "/Kids[");
	for (guint i = 0; i < n; i++)
		rn_pdf_reference (out, pages->first + i);
	g_string_append (out, "]>>");
	rn_pdf_end (file);
}

static void put_page (const RnPdfPages *pages, GString *out)
{
	g_string_append (out, "<</Type/Page/Parent");
	rn_pdf_reference (out, pages->tree);
}

/* --- for the screen and the archive ------------------------------------------------------------------------------------------ */

/* The content of a page: its object, and what is painted of it; NULL: it has no tags, and is the content for paper. */
typedef struct { guint object; GString *tagged; } RnPdfContent;

/* A page that is its trim, with links. */
static void write_linked_page (RnPdf *pdf, const RnPdfPages *pages, RnPdfTags *tags, guint side, const RnPdfContent *content)
{
	RnPdfFile *file = pages->file;
	if (content->tagged)
		rn_pdf_stream (file, content->object, "", content->tagged->str, content->tagged->len);
	else
		rn_pdf_stream_deflated (file, content->object, "", rn_pdf_content (pdf, side, pages->look));
	g_autoptr (GString) annotations = g_string_new (NULL);
	rn_pdf_links_write (pdf, file, tags, side, pages->first, annotations);

	const RnSide *it = side_of (pdf, side);
	GString *out = rn_pdf_begin (file, pages->first + side);
	put_page (pages, out);
	g_string_append (out, "/MediaBox");
	rn_pdf_box (out, 0, 0, it->width, it->height);
	g_string_append (out, "/TrimBox");
	rn_pdf_box (out, 0, 0, it->width, it->height);
	g_string_append (out, "/Contents");
	rn_pdf_reference (out, content->object);
	if (tags) {
		g_string_append (out, "/StructParents ");
		rn_pdf_int (out, side);
		g_string_append (out, "/Tabs/S");
	}
	if (annotations->len) {
		g_string_append (out, "/Annots[");
		g_string_append (out, annotations->str);
		g_string_append_c (out, ']');
	}
	g_string_append (out, ">>");
	rn_pdf_end (file);
}

/* All pages, each when the last of it has been read: a tag's place is where it is painted first. */
static void write_linked_pages (RnPdf *pdf, const RnPdfPages *pages, RnPdfTags *tags)
{
	g_autofree RnPdfContent *contents = g_new0 (RnPdfContent, pdf->book->sides->len + 1);
	for (guint i = 0; i < pdf->reading->len; i++) {
		const RnTurn *turn = &g_array_index (pdf->reading, RnTurn, i);
		RnPdfContent *content = &contents[turn->side];
		if (!content->object)
			*content = (RnPdfContent) { rn_pdf_reserve (pages->file), tags ? g_string_sized_new (16384) : NULL };
		if (tags)
			rn_pdf_paint_turn (pdf, turn, tags, content->tagged);
		if (turn->end < side_of (pdf, turn->side)->placed->len)
			continue;
		write_linked_page (pdf, pages, tags, turn->side, content);
		if (tags)
			g_string_free (content->tagged, TRUE);
	}
}

static void put_entry (GString *out, const char *key, guint object)
{
	if (!object)
		return;
	g_string_append (out, key);
	rn_pdf_reference (out, object);
}

static void write_linked (RnPdf *pdf, RnPdfKind kind, GString *bytes)
{
	const gboolean screen = kind == RN_PDF_SCREEN;
	RnPdfFile file;
	RnPdfPages pages = { .look = screen ? RN_PDF_TAGGED : RN_PDF_PLAIN };
	rn_pdf_file_begin (&file, bytes, screen, pdf->deflate);
	begin_pages (pdf, &pages, &file, kind, pdf->book->sides->len);
	RnPdfTags *tags = screen ? rn_pdf_tags_new (pdf, &file, pages.first) : NULL;
	write_linked_pages (pdf, &pages, tags);
	const guint structure = tags ? rn_pdf_tags_write (tags) : 0, profile = screen ? 0 : rn_pdf_grey_profile_write (&file);
	if (tags)
		rn_pdf_tags_free (tags);
	const guint outline = rn_pdf_outline_write (pdf, &file, pages.first), labels = rn_pdf_labels_write (pdf, &file);
	const guint xmp = rn_pdf_xmp_write (pdf, &file, kind), info = rn_pdf_info_write (pdf, &file, NULL);

	GString *out = rn_pdf_begin (&file, pages.tree - 1);
	g_string_append (out, "<</Type/Catalog");
	put_entry (out, "/Pages", pages.tree);
	put_entry (out, "/Outlines", outline);
	put_entry (out, "/PageLabels", labels);
	put_entry (out, "/Metadata", xmp);
	put_entry (out, "/MarkInfo<</Marked true>>/StructTreeRoot", structure);
	put_entry (out, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Custom)/Info(Grey, gamma 2.2)/DestOutputProfile", profile);
	g_string_append (out, profile ? ">>]/Lang" : "/Lang");
	rn_pdf_text (out, pdf->book->language);
	g_string_append (out, "/ViewerPreferences<</DisplayDocTitle true>>>>");
	rn_pdf_end (&file);
	rn_pdf_file_end (&file, pages.tree - 1, info);
}

/* --- for the press --------------------------------------------------------------------------------------------------------- */

void rn_pdf_put_clip (GString *out, RnLength x, RnLength y, RnLength width, RnLength height)
{
	const RnLength box[4] = { x, y, width, height };
	for (guint i = 0; i < 4; i++) {
		rn_pdf_length (out, box[i]);
		g_string_append_c (out, ' ');
	}
	g_string_append (out, "re W n\n");
}

/* What goes before a side's content to put its trim where it belongs: crop marks, a clip at the bleed, the shift. 0: nothing to do. */
static guint write_frame (RnPdf *pdf, const RnPdfPages *pages, const RnPrintProfile *profile, const RnSide *side, RnLength offset)
{
	if (!offset)
		return 0;
	GString *out = pdf->scratch;
	g_string_truncate (out, 0);
	if (profile->page_marks) {
		g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
		rn_crop_marks (offset, offset, side->width, side->height, profile->bleed, marks);
		g_string_append (out, "q\n");
		rn_pdf_paint_marks (pdf, (const RnMark *) (gpointer) marks->data, marks->len, side->height + 2 * offset, pages->look, out);
		g_string_append (out, "Q\n");
		rn_pdf_put_clip (out, offset - profile->bleed, offset - profile->bleed, side->width + 2 * profile->bleed, side->height + 2 * profile->bleed);
	}
	g_string_append (out, "1 0 0 1 ");
	rn_pdf_length (out, offset);
	g_string_append_c (out, ' ');
	rn_pdf_length (out, offset);
	g_string_append (out, " cm\n");
	const guint object = rn_pdf_reserve (pages->file);
	rn_pdf_stream (pages->file, object, "", out->str, out->len);
	return object;
}

static void write_press_page (RnPdf *pdf, const RnPdfPages *pages, guint side, RnLength bleed, RnLength offset, guint frame)
{
	const RnSide *it = side_of (pdf, side);
	const guint content = rn_pdf_reserve (pages->file);
	rn_pdf_stream_deflated (pages->file, content, "", rn_pdf_content (pdf, side, pages->look));
	GString *out = rn_pdf_begin (pages->file, pages->first + side);
	put_page (pages, out);
	g_string_append (out, "/MediaBox");
	rn_pdf_box (out, 0, 0, it->width + 2 * offset, it->height + 2 * offset);
	g_string_append (out, "/TrimBox");
	rn_pdf_box (out, offset, offset, it->width + offset, it->height + offset);
	g_string_append (out, "/BleedBox");
	rn_pdf_box (out, offset - bleed, offset - bleed, it->width + offset + bleed, it->height + offset + bleed);
	g_string_append (out, "/Contents[");
	if (frame)
		rn_pdf_reference (out, frame);
	rn_pdf_reference (out, content);
	g_string_append (out, "]>>");
	rn_pdf_end (pages->file);
}

static void write_press_pages (RnPdf *pdf, const RnPdfPages *pages, const RnPrintProfile *profile)
{
	const RnLength offset = profile->bleed + (profile->page_marks ? MARKS_AREA : 0);
	const RnSide *framed = NULL;
	guint frame = 0;
	for (guint i = 0; i < pdf->book->sides->len; i++) {
		const RnSide *side = side_of (pdf, i);
		/* Sides of one size share their frame. */
		if (!framed || framed->width != side->width || framed->height != side->height)
			frame = write_frame (pdf, pages, profile, side, offset);
		framed = side;
		write_press_page (pdf, pages, i, profile->bleed, offset, frame);
	}
}

static void write_press (RnPdf *pdf, const RnPrintProfile *profile, const RnImposition *imposition, GString *bytes)
{
	RnPdfFile file;
	RnPdfPages pages = { .look = profile->outlines ? RN_PDF_OUTLINED : RN_PDF_PLAIN };
	rn_pdf_file_begin (&file, bytes, FALSE, pdf->deflate);
	begin_pages (pdf, &pages, &file, RN_PDF_PRINT, imposition ? imposition->faces->len : pdf->book->sides->len);
	if (imposition)
		rn_pdf_sheets_write (pdf, &pages, imposition);
	else
		write_press_pages (pdf, &pages, profile);
	const guint info = rn_pdf_info_write (pdf, &file, profile);
	GString *out = rn_pdf_begin (&file, pages.tree - 1);
	g_string_append (out, "<</Type/Catalog/Pages");
	rn_pdf_reference (out, pages.tree);
	rn_pdf_intent_x (out, profile);
	g_string_append (out, ">>");
	rn_pdf_end (&file);
	rn_pdf_file_end (&file, pages.tree - 1, info);
}

void rn_pdf_write (RnPdf *pdf, RnPdfKind kind, const RnPrintProfile *profile, const RnImposition *imposition, GString *out)
{
	g_string_truncate (out, 0);
	if (kind == RN_PDF_PRINT)
		write_press (pdf, profile, imposition, out);
	else
		write_linked (pdf, kind, out);
}
