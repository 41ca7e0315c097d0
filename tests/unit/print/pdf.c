/*
 * pdf.c - the PDF writer: a book made by hand as files of all kinds, read back byte by byte. With RN_KEEP=<folder> the files are left there for tests/print/validate.
 */
#include "print/pdf-int.h"
#include "pdf_sample.h"

#include <gio/gio.h>

static const RnPrintProfile shop = { .name = "shop", .bleed = RN_MM (3), .x_version = "PDF/X-1a:2003", .condition = "Offset (uncoated)", .condition_id = "FOGRA52" };
static const RnPrintProfile marked = { .name = "marked", .bleed = RN_MM (3), .page_marks = TRUE, .outlines = TRUE, .x_version = "PDF/X-1a:2001", .condition_id = "FOGRA39" };

static Faces faces;

static void keep (const char *name, const GString *bytes)
{
	const char *folder = g_getenv ("RN_KEEP");
	if (!folder)
		return;
	g_autofree char *path = g_build_filename (folder, name, NULL);
	g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
}

static GString *write_kind (RnBook *book, RnPdfKind kind, const RnPrintProfile *profile, const RnImposition *imposition)
{
	g_autoptr (GError) error = NULL;
	g_assert_true (rn_book_settle (book));
	g_autoptr (RnPdf) pdf = rn_pdf_new (book, imposition, &error);
	g_assert_no_error (error);
	GString *out = g_string_new ("old");
	rn_pdf_write (pdf, kind, profile, imposition, out);
	return out;
}

/* --- a reader as simple as can be --------------------------------------------------------------------------------------------- */

static guint count (const GString *bytes, const char *what)
{
	guint n = 0;
	const gsize len = strlen (what);
	for (const char *p = bytes->str; (p = memmem (p, (gsize) (bytes->str + bytes->len - p), what, len)); p += len)
		n++;
	return n;
}

/* By GIO: not the library that wrote it. */
static GString *inflate_at (const char *data, gsize len)
{
	GString *out = g_string_new (NULL);
	g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	GConverterResult state = G_CONVERTER_CONVERTED;
	while (state != G_CONVERTER_FINISHED) {
		char buffer[4096];
		gsize read = 0, written = 0;
		g_autoptr (GError) error = NULL;
		state = g_converter_convert (G_CONVERTER (inflater), data, len, buffer, sizeof buffer, G_CONVERTER_INPUT_AT_END, &read, &written, &error);
		g_assert_no_error (error);
		g_string_append_len (out, buffer, (gssize) written);
		data += read;
		len -= read;
	}
	return out;
}

/* The stream whose object begins at OFFSET; its dictionary in KEYS. */
static GString *stream_at (const GString *bytes, gsize offset, char **keys)
{
	const char *object = bytes->str + offset, *end = bytes->str + bytes->len;
	const char *begin = memmem (object, (gsize) (end - object), ">>\nstream\n", 10);
	g_assert_nonnull (begin);
	*keys = g_strndup (object, (gsize) (begin - object));
	const char *length = strstr (*keys, "/Length ");
	while (strstr (length + 1, "/Length "))
		length = strstr (length + 1, "/Length ");
	const gsize len = (gsize) g_ascii_strtoull (length + 8, NULL, 10);
	g_assert_cmpint (memcmp (begin + 10 + len, "\nendstream\nendobj\n", 18), ==, 0);
	return strstr (*keys, "/FlateDecode") ? inflate_at (begin + 10, len) : g_string_new_len (begin + 10, (gssize) len);
}

static gsize start_of_table (const GString *bytes)
{
	const char *end = memmem (bytes->str + bytes->len - 40, 40, "startxref\n", 10);
	g_assert_nonnull (end);
	g_assert_cmpmem (bytes->str + bytes->len - 7, 7, "\n%%EOF\n", 7);
	return (gsize) g_ascii_strtoull (end + 10, NULL, 10);
}

static void assert_object_at (const GString *bytes, gsize offset, guint number)
{
	g_autofree char *head = g_strdup_printf ("%u 0 obj\n", number);
	g_assert_cmpuint (offset + strlen (head), <, bytes->len);
	g_assert_cmpint (strncmp (bytes->str + offset, head, strlen (head)), ==, 0);
}

/* Each row of the classic table leads to its object. */
static GString *read_table (const GString *bytes)
{
	const char *at = bytes->str + start_of_table (bytes);
	g_assert_true (g_str_has_prefix (at, "xref\n0 "));
	const guint n = (guint) g_ascii_strtoull (at + 7, NULL, 10);
	at = strchr (at + 7, '\n') + 1;
	GString *all = g_string_new (NULL);
	for (guint i = 1; i < n; i++) {
		const char *row = at + 20 * (gsize) i;
		g_assert_cmpint (memcmp (row + 10, " 00000 n \n", 10), ==, 0);
		const gsize offset = (gsize) g_ascii_strtoull (row, NULL, 10);
		assert_object_at (bytes, offset, i);
		const char *object = bytes->str + offset, *end = memmem (object, (gsize) (bytes->str + bytes->len - object), "\nendobj\n", 8);
		if (!memmem (object, (gsize) (end - object), ">>\nstream\n", 10))
			g_string_append_len (all, object, end - object + 1);
	}
	g_assert_true (g_str_has_prefix (at + 20 * (gsize) n, "trailer\n<</Size "));
	return all;
}

/* Each row of the stream too, through object streams. Returns all packed objects. */
static GString *read_table_stream (const GString *bytes)
{
	g_autofree char *keys = NULL;
	g_autoptr (GString) rows = stream_at (bytes, start_of_table (bytes), &keys);
	g_assert_nonnull (strstr (keys, "/Type/XRef/W[1 4 2]"));
	const guint n = (guint) rows->len / 8;
	g_autofree guint8 *table = g_malloc0 (7 * (gsize) (n + 1));
	for (guint i = 0; i < n; i++)
		for (guint k = 0; k < 7; k++)
			table[7 * (i + 1) + k] = (guint8) (table[7 * i + k] + (guint8) rows->str[8 * i + 1 + k]);
	GString *all = g_string_new (NULL);
	for (guint i = 1; i < n; i++) {
		const guint8 *row = table + 7 * (i + 1);
		const guint field = (guint) row[1] << 24 | (guint) row[2] << 16 | (guint) row[3] << 8 | row[4], index = (guint) row[5] << 8 | row[6];
		if (row[0] == 1) {
			assert_object_at (bytes, field, i);
			continue;
		}
		g_assert_cmpuint (row[0], ==, 2);
		const guint8 *pack_row = table + 7 * (field + 1);
		g_autofree char *pack_keys = NULL;
		g_autoptr (GString) pack = stream_at (bytes, (gsize) pack_row[1] << 24 | (gsize) pack_row[2] << 16 | (gsize) pack_row[3] << 8 | pack_row[4], &pack_keys);
		g_autofree char *head = g_strndup (pack->str, (gsize) g_ascii_strtoull (strstr (pack_keys, "/First ") + 7, NULL, 10));
		g_auto (GStrv) numbers = g_strsplit (head, " ", -1);
		g_assert_cmpuint (g_ascii_strtoull (numbers[2 * index], NULL, 10), ==, i);
		const gsize at = strlen (head) + (gsize) g_ascii_strtoull (numbers[2 * index + 1], NULL, 10);
		/* Object I as the pack has it, up to the next one. */
		const gsize next = numbers[2 * index + 2] && *numbers[2 * index + 2] ? strlen (head) + (gsize) g_ascii_strtoull (numbers[2 * index + 3], NULL, 10) : pack->len;
		g_string_append_printf (all, "%u 0 obj\n", i);
		g_string_append_len (all, pack->str + at, (gssize) (next - at));
	}
	return all;
}

/* All streams that paint, one after the other. */
static GString *contents_of (const GString *bytes)
{
	GString *all = g_string_new (NULL);
	const char *end = bytes->str + bytes->len;
	for (const char *p = bytes->str; (p = memmem (p, (gsize) (end - p), " 0 obj\n<<", 9)); p += 9) {
		const char *stop = memmem (p, (gsize) (end - p), "endobj", 6), *stream = memmem (p, (gsize) (end - p), ">>\nstream\n", 10);
		if (!stream || stream > stop)
			continue;
		g_autofree char *keys = NULL;
		g_autoptr (GString) data = stream_at (bytes, (gsize) (p - bytes->str), &keys);
		if (!strstr (keys, "/Type/") || strstr (keys, "/Subtype/Form")) {
			g_string_append_len (all, data->str, (gssize) data->len);
			g_string_append_c (all, '\n');
		}
	}
	return all;
}

/* --- numbers and strings ---------------------------------------------------------------------------------------------------- */

static void test_numbers (void)
{
	static const struct { RnLength length; const char *text; } cases[] = { { 0, "0" }, { 1, ".001" }, { -2, "-.002" }, { 12500, "12.5" }, { 1000, "1" }, { 1010, "1.01" },
	                                                                       { -100000, "-100" }, { 999, ".999" }, { G_MAXINT32, "2147483.647" }, { G_MININT32, "-2147483.648" } };
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		rn_pdf_length (out, cases[i].length);
		g_assert_cmpstr (out->str, ==, cases[i].text);
	}
	g_autoptr (GString) out = g_string_new (NULL);
	rn_pdf_int (out, G_MININT64);
	g_assert_cmpstr (out->str, ==, "-9223372036854775808");
}

static void test_strings (void)
{
	g_autoptr (GString) out = g_string_new (NULL);
	rn_pdf_text (out, "a(b)\\\r");
	g_assert_cmpstr (out->str, ==, "(a\\(b\\)\\\\\\r)");
	g_string_truncate (out, 0);
	rn_pdf_text (out, "ӣ😀Ь");   /* U+042C: its second byte needs no escape, U+0428 would: '(' */
	static const char wide[] = "(\xFE\xFF\x04\xE3\xD8\x3D\xDE\x00\x04\x2C)";
	g_assert_cmpmem (out->str, out->len, wide, sizeof wide - 1);
	g_string_truncate (out, 0);
	rn_pdf_text (out, "Ш");
	g_assert_cmpmem (out->str, out->len, "(\xFE\xFF\x04\\()", 7);
}

/* --- files --------------------------------------------------------------------------------------------------------------------- */

static void assert_sequences (const GString *contents)
{
	g_assert_cmpuint (count (contents, "BDC\n") + count (contents, "BMC\n"), ==, count (contents, "EMC\n"));
	g_assert_cmpuint (count (contents, "BT\n"), ==, count (contents, "ET\n"));
	g_assert_cmpuint (count (contents, "BT\n"), >, 5);
}

static void assert_black_alone (const GString *contents)
{
	static const char *const colours[] = { " rg\n", " RG\n", " k\n", " K\n", " cs\n", " CS\n", " sc\n", " scn\n", " gs\n" };
	for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
		g_assert_cmpuint (count (contents, colours[i]), ==, 0);
	g_assert_cmpuint (count (contents, " g\n"), >, 0);
}

static void test_screen (void)
{
	g_autoptr (RnBook) book = sample_book (&faces, 0);
	g_autoptr (GString) bytes = write_kind (book, RN_PDF_SCREEN, NULL, NULL);
	keep ("sample.screen.pdf", bytes);
	g_assert_true (g_str_has_prefix (bytes->str, "%PDF-1.7\n"));
	g_autoptr (GString) objects = read_table_stream (bytes), contents = contents_of (bytes);
	assert_sequences (contents);
	assert_black_alone (contents);
	g_assert_cmpuint (count (objects, "/Type/Page/"), ==, 4);
	g_assert_cmpuint (count (objects, "/S/TH"), ==, 2);          /* the head that stands again is heard once */
	g_assert_cmpuint (count (objects, "/Scope/Column"), ==, 2);
	g_assert_cmpuint (count (objects, "/S/TD"), ==, 4);          /* the empty cell has its place */
	g_assert_cmpuint (count (objects, "/Type/OBJR"), ==, 2);     /* the link of two fonts is one rectangle, the other one's Link was made */
	g_assert_cmpuint (count (objects, "/S/Link/"), ==, 2);
	g_assert_cmpuint (count (objects, "/Subtype/Link"), ==, 2);
	g_assert_cmpuint (count (objects, "/Contents("), ==, 2);
	g_assert_cmpuint (count (objects, "/URI(https://example.org/%D0%B4%D3%AF%D1%81%D1%82?a=\\(b\\))"), ==, 1);
	g_assert_cmpuint (count (objects, "/Alt("), ==, 2);
	g_assert_cmpuint (count (objects, "/ListNumbering/Decimal"), ==, 1);
	g_assert_cmpuint (count (objects, "/Lang(ru)"), ==, 1);
	g_assert_cmpuint (count (objects, "/Lang(tg)"), ==, 1);      /* the catalog's */
	g_assert_cmpuint (count (objects, "/IDTree<</Names[("), ==, 1);
	g_assert_cmpuint (count (objects, "/Title("), ==, 6);        /* five entries that lead somewhere, and the book's */
	g_assert_cmpuint (count (objects, "<</Nums[0<</S/D/St 1>>1<</P(ii)>>2<</S/D/St 3>>]>>"), ==, 1);
	g_assert_cmpuint (count (objects, "/Subtype/CIDFontType2"), ==, 2);
	g_assert_cmpuint (count (contents, " Ts\n"), ==, 2);
	g_assert_cmpuint (count (contents, "B*\n"), ==, 1);
	g_assert_cmpuint (count (contents, "[3 1.5 ]0 d\n"), ==, 1);
	g_assert_cmpuint (count (bytes, "<pdfuaid:part>1</pdfuaid:part>"), ==, 1);
}

static void test_press (void)
{
	g_autoptr (RnBook) book = sample_book (&faces, 0);
	g_autoptr (GString) bytes = write_kind (book, RN_PDF_PRINT, &shop, NULL);
	keep ("sample.print.pdf", bytes);
	g_assert_true (g_str_has_prefix (bytes->str, "%PDF-1.4\n"));
	g_autoptr (GString) objects = read_table (bytes), contents = contents_of (bytes);
	assert_black_alone (contents);
	g_assert_cmpuint (count (contents, "BDC\n") + count (contents, "BMC\n"), ==, 0);
	g_assert_cmpuint (count (objects, "/Annots") + count (objects, "/StructTreeRoot") + count (objects, "/Group") + count (objects, "/SMask"), ==, 0);
	g_assert_cmpuint (count (objects, "/GTS_PDFXVersion(PDF/X-1a:2003)"), ==, 1);
	g_assert_cmpuint (count (objects, "/GTS_PDFXConformance"), ==, 0);
	g_assert_cmpuint (count (objects, "/S/GTS_PDFX/RegistryName(http://www.color.org)/OutputConditionIdentifier(FOGRA52)"), ==, 1);
	g_assert_cmpuint (count (objects, "/CreationDate(D:20231114221320Z)"), ==, 1);
	g_assert_cmpuint (count (objects, "/MediaBox[0 0 436.536 612.284]/TrimBox[8.504 8.504 428.032 603.78]/BleedBox[0 0 436.536 612.284]"), ==, 4);
	g_assert_cmpuint (count (contents, "1 0 0 1 8.504 8.504 cm\n"), ==, 1);
}

/* Glyphs as paths and crop marks: no font at all. */
static void test_outlined (void)
{
	g_autoptr (RnBook) book = sample_book (&faces, 0);
	g_autoptr (GString) bytes = write_kind (book, RN_PDF_PRINT, &marked, NULL);
	keep ("marked.print.pdf", bytes);
	g_autoptr (GString) objects = read_table (bytes), contents = contents_of (bytes);
	g_assert_cmpuint (count (objects, "/Font"), ==, 0);
	g_assert_cmpuint (count (contents, "BT\n"), ==, 0);
	g_assert_cmpuint (count (contents, " Do\n"), >, 100);
	g_assert_cmpuint (count (objects, "/GTS_PDFXVersion(PDF/X-1:2001)/GTS_PDFXConformance(PDF/X-1a:2001)"), ==, 1);
	assert_black_alone (contents);
}

static void test_archive (void)
{
	g_autoptr (RnBook) book = sample_book (&faces, 0);
	g_autoptr (GString) bytes = write_kind (book, RN_PDF_ARCHIVE, NULL, NULL);
	keep ("sample.archive.pdf", bytes);
	g_autoptr (GString) objects = read_table (bytes), contents = contents_of (bytes);
	assert_black_alone (contents);
	g_assert_cmpuint (count (objects, "/S/GTS_PDFA1"), ==, 1);
	g_assert_cmpuint (count (objects, "/CIDSet"), ==, 2);
	g_assert_cmpuint (count (objects, "/Subtype/Link/F 4"), ==, 2);
	g_assert_cmpuint (count (bytes, "<pdfaid:conformance>B</pdfaid:conformance>"), ==, 1);
	g_assert_cmpuint (count (bytes, "Author &amp; Co"), ==, 1);
}

static RnImposition *sample_sheet (RnBook *book)
{
	RnImposition *sheet = g_new0 (RnImposition, 1);
	*sheet = (RnImposition) { .width = RN_MM (320), .height = RN_MM (450), .trim_x = RN_MM (12), .trim_y = RN_MM (15), .trim_width = RN_MM (296), .trim_height = RN_MM (420),
	                          .bleed = RN_MM (3), .sheets = 1, .pages = 4 };
	RnImposedSide *sides = rn_arena_newn (book->arena, RnImposedSide, 4);
	sides[0] = (RnImposedSide) { 3, RN_MM (12), RN_MM (15), RN_MM (3), 0 };
	sides[1] = (RnImposedSide) { -1, RN_MM (160), RN_MM (15), 0, RN_MM (3) };
	sides[2] = (RnImposedSide) { 2, RN_MM (12), RN_MM (225), RN_MM (3), 0 };
	sides[3] = (RnImposedSide) { 1, RN_MM (160), RN_MM (225), 0, RN_MM (3) };
	Sample s = { .book = book, .arena = book->arena, .serif = rn_fonts_get (book->fonts, faces.serif, RN_PT (6)) };
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	rn_crop_marks (RN_MM (12), RN_MM (15), RN_MM (296), RN_MM (420), RN_MM (3), marks);
	RnMark slug = sample_text (&s, s.serif, "Zq 17 @", RN_MM (20), NULL, NULL);   /* letters that stand nowhere else */
	g_array_append_val (marks, slug);
	RnPiece *piece = rn_arena_new0 (book->arena, RnPiece);
	rn_piece_add_marks (book->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	RnSheetFace face = { sides, 4, piece, 0, FALSE };
	sheet->faces = g_array_new (FALSE, FALSE, sizeof face);
	g_array_append_val (sheet->faces, face);
	return sheet;
}

static void test_sheet (void)
{
	for (guint i = 0; i < 2; i++) {
		g_autoptr (RnBook) book = sample_book (&faces, 0);
		RnImposition *sheet = sample_sheet (book);
		g_autoptr (GString) bytes = write_kind (book, RN_PDF_PRINT, i ? &marked : &shop, sheet);
		keep (i ? "marked.imposed.pdf" : "sample.imposed.pdf", bytes);
		g_autoptr (GString) objects = read_table (bytes), contents = contents_of (bytes);
		assert_black_alone (contents);
		g_assert_cmpuint (count (objects, "/Type/Page/"), ==, 1);
		g_assert_cmpuint (count (contents, "q\n25.512 629.291 428.032 612.284 re W n\n1 0 0 1 34.016 637.795 cm\n"), ==, 1);
		g_assert_cmpuint (count (contents, "q\n25.512 34.016 428.032 612.284 re W n\n1 0 0 1 34.016 42.52 cm\n"), ==, 1);
		g_assert_cmpuint (count (contents, "re W n\n"), ==, 3);   /* not the blank */
		g_assert_cmpuint (count (objects, "/TrimBox[34.016 42.52 873.071 1233.071]"), ==, 1);
		g_array_unref (sheet->faces);
		g_free (sheet);
	}
}

/* --- the same each time ---------------------------------------------------------------------------------------------------- */

static gpointer make_all (gpointer user G_GNUC_UNUSED)
{
	g_autoptr (RnBook) book = sample_book (&faces, 3);
	g_autoptr (GError) error = NULL;
	g_assert_true (rn_book_settle (book));
	g_autoptr (RnPdf) pdf = rn_pdf_new (book, NULL, &error);
	g_assert_no_error (error);
	GString *all = g_string_new (NULL);
	g_autoptr (GString) one = g_string_new (NULL);
	/* One writer makes them all, in any order and twice: nothing of one file shows in another. */
	for (guint round = 0; round < 2; round++)
		for (guint kind = RN_PDF_SCREEN; kind <= RN_PDF_ARCHIVE; kind++) {
			rn_pdf_write (pdf, kind, kind == RN_PDF_PRINT ? &shop : NULL, NULL, one);
			g_string_append_len (all, one->str, (gssize) one->len);
		}
	g_assert_cmpuint (all->len % 2, ==, 0);
	g_assert_cmpmem (all->str, all->len / 2, all->str + all->len / 2, all->len / 2);
	return all;
}

static void test_same (void)
{
	GThread *thread = g_thread_new ("other", make_all, NULL);
	g_autoptr (GString) here = make_all (NULL), there = g_thread_join (thread);
	g_assert_cmpmem (here->str, here->len, there->str, there->len);
}

/* --- what cannot be ----------------------------------------------------------------------------------------------------------- */

static void test_no_outlines (void)
{
	hb_face_t *built = hb_face_builder_create ();
	hb_blob_t *head = hb_blob_create ("\0\1\0\0", 4, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_builder_add_table (built, HB_TAG ('C', 'F', 'F', ' '), head);
	RnFace face = *faces.serif;
	face.face = built;
	face.file = "Odd.otf";
	g_autoptr (RnBook) book = rn_book_new ("tg");
	RnFont font = *rn_fonts_get (book->fonts, faces.serif, RN_PT (10));
	font.face = &face;
	RnGlyph glyph = { .glyph = 0, .len = 1, .text = "a" };
	RnMark mark = { .kind = RN_MARK_TEXT };
	mark.text.font = &font;
	mark.text.glyphs = &glyph;
	mark.text.n = 1;
	rn_side_add_marks (book, rn_book_add_side (book, RN_MM (100), RN_MM (100)), &mark, 1);
	g_autoptr (GError) error = NULL;
	g_assert_null (rn_pdf_new (book, NULL, &error));
	g_assert_error (error, RN_PDF_ERROR, RN_PDF_ERROR_FONT);
	g_assert_nonnull (strstr (error->message, "Odd.otf"));
	hb_blob_destroy (head);
	hb_face_destroy (built);
}

/* More pairs than a byte counts: none of the CIDs holds a byte that a string must escape, and all are told apart. */
static void test_many_pairs (void)
{
	g_autoptr (RnBook) book = rn_book_new ("tg");
	const RnFont *font = rn_fonts_get (book->fonts, faces.serif, RN_PT (10));
	RnGlyph *glyphs = rn_arena_newn (book->arena, RnGlyph, 700);
	for (guint i = 0; i < 700; i++)
		glyphs[i] = (RnGlyph) { .glyph = (guint16) (1 + i % 7), .advance = RN_PT (5), .text = rn_arena_printf (book->arena, "%u", i), .len = (guint8) (i < 10 ? 1 : i < 100 ? 2 : 3) };
	RnMark mark = { .kind = RN_MARK_TEXT, .y = RN_PT (50) };
	mark.text.font = font;
	mark.text.glyphs = glyphs;
	mark.text.n = 700;
	rn_side_add_marks (book, rn_book_add_side (book, RN_MM (100), RN_MM (100)), &mark, 1);
	g_autoptr (RnPdf) pdf = rn_pdf_new (book, NULL, NULL);
	g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
	const RnPdfFace *face = pdf->faces->pdata[0];
	for (guint i = 0; i < 700; i++) {
		const RnPdfPair *pair = rn_pdf_pair (face, &glyphs[i]);
		g_assert_cmpint (strncmp (pair->text, glyphs[i].text, glyphs[i].len), ==, 0);
		g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (pair->cid)));
		g_assert_null (memchr ("()\\\r", pair->cid & 0xFF, 4));
	}
}

/* A glyph over another one, whose text the first has: not left without a text. */
static void test_cluster (void)
{
	g_autoptr (RnBook) book = rn_book_new ("tg");
	RnGlyph glyphs[2] = { { .glyph = 40, .len = 4, .text = "и\u0304" }, { .glyph = 41 } };
	RnMark mark = { .kind = RN_MARK_TEXT, .y = RN_PT (50) };
	mark.text.font = rn_fonts_get (book->fonts, faces.serif, RN_PT (10));
	mark.text.glyphs = glyphs;
	mark.text.n = 2;
	rn_side_add_marks (book, rn_book_add_side (book, RN_MM (100), RN_MM (100)), &mark, 1);
	g_autoptr (RnPdf) pdf = rn_pdf_new (book, NULL, NULL);
	const RnPdfFace *face = pdf->faces->pdata[0];
	g_autoptr (GString) map = inflate_at (face->to_unicode.data, face->to_unicode.len);
	g_assert_nonnull (strstr (map->str, "2 beginbfchar\n<0001><04380304>\n<0002><200B>\nendbfchar\n"));
}

/* --- the book ----------------------------------------------------------------------------------------------------------------- */

static void test_settle (void)
{
	g_autoptr (RnBook) book = sample_book (&faces, 0);
	const RnSideNumber *number = &g_array_index (book->numbers, RnSideNumber, 0);
	const RnLength advance = number->glyphs[0].advance;
	g_assert_true (rn_book_settle (book));
	g_assert_cmpint (memcmp (number->glyphs[0].text, " ", 1) | memcmp (number->glyphs[1].text, "3", 1), ==, 0);
	g_assert_cmpint (number->glyphs[0].advance, ==, advance);
	/* The table's head stands on two sides; its name leads to the first. */
	const RnPlaceInBook *table = rn_book_find (book, "table");
	g_assert_cmpuint (table->side, ==, 2);
	g_assert_null (rn_book_find (book, "no such place"));
	g_assert_cmpstr (rn_book_label (book, 0), ==, "1");
	g_assert_cmpstr (rn_book_label (book, 1), ==, "ii");
	((RnSide *) book->sides->pdata[2])->label = "1024";
	g_assert_false (rn_book_settle (book));
	g_assert_cmpuint (book->page_number_digits, ==, 4);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	faces_open (&faces);
	g_test_add_func ("/print/pdf/numbers", test_numbers);
	g_test_add_func ("/print/pdf/strings", test_strings);
	g_test_add_func ("/print/pdf/screen", test_screen);
	g_test_add_func ("/print/pdf/press", test_press);
	g_test_add_func ("/print/pdf/outlined", test_outlined);
	g_test_add_func ("/print/pdf/archive", test_archive);
	g_test_add_func ("/print/pdf/sheet", test_sheet);
	g_test_add_func ("/print/pdf/same", test_same);
	g_test_add_func ("/print/pdf/no-outlines", test_no_outlines);
	g_test_add_func ("/print/pdf/many-pairs", test_many_pairs);
	g_test_add_func ("/print/pdf/cluster", test_cluster);
	g_test_add_func ("/print/book/settle", test_settle);
	const int failed = g_test_run ();
	faces_close (&faces);
	return failed;
}
