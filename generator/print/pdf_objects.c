/*
 * pdf_objects.c - numbered objects -> the bytes of a file (ISO 32000-1, 7.3 and 7.5).
 *
 * The same objects in the same order give the same bytes: the file's ID is the MD5 of what stands before it. In a packed file all objects but streams go
 * into object streams of up to PACK_MAX, each compressed as one.
 */
#include "print/pdf-int.h"

#include <string.h>

/* An object stream is read whole for one object of it; larger ones hardly pack better. */
#define PACK_MAX 200

typedef struct { guint32 offset; guint32 pack; } RnPdfObject;   /* pack != 0: offset is the index in that object stream */

void rn_pdf_file_begin (RnPdfFile *file, GString *out, gboolean packed, RnDeflate *deflate)
{
	*file = (RnPdfFile) { .out = out, .packed = packed, .deflate = deflate };
	file->places = g_array_new (FALSE, TRUE, sizeof (RnPdfObject));
	g_array_set_size (file->places, 1);
	file->pack = g_string_sized_new (32768);
	file->pack_index = g_string_sized_new (2048);
	/* Four bytes over 127 tell mailers that the file is binary. */
	g_string_assign (out, packed ? "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n" : "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n");
}

static RnPdfObject *place_of (const RnPdfFile *file, guint number)
{
	return &g_array_index (file->places, RnPdfObject, number);
}

guint rn_pdf_reserve (RnPdfFile *file)
{
	g_array_set_size (file->places, file->places->len + 1);
	return file->places->len - 1;
}

static void begin_body (RnPdfFile *file, guint number)
{
	place_of (file, number)->offset = (guint32) file->out->len;
	rn_pdf_int (file->out, number);
	g_string_append (file->out, " 0 obj\n");
}

GString *rn_pdf_begin (RnPdfFile *file, guint number)
{
	if (!file->packed) {
		begin_body (file, number);
		return file->out;
	}
	if (!file->pack_number)
		file->pack_number = rn_pdf_reserve (file);
	*place_of (file, number) = (RnPdfObject) { file->pack_count++, file->pack_number };
	rn_pdf_int (file->pack_index, number);
	g_string_append_c (file->pack_index, ' ');
	rn_pdf_int (file->pack_index, (gint64) file->pack->len);
	g_string_append_c (file->pack_index, ' ');
	return file->pack;
}

static void flush_pack (RnPdfFile *file)
{
	if (!file->pack_count)
		return;
	g_autoptr (GString) keys = g_string_new ("/Type/ObjStm/N ");
	rn_pdf_int (keys, file->pack_count);
	g_string_append (keys, "/First ");
	rn_pdf_int (keys, (gint64) file->pack_index->len);
	g_string_append_len (file->pack_index, file->pack->str, (gssize) file->pack->len);
	const guint number = file->pack_number;
	file->pack_number = file->pack_count = 0;
	rn_pdf_stream (file, number, keys->str, file->pack_index->str, file->pack_index->len);
	g_string_truncate (file->pack, 0);
	g_string_truncate (file->pack_index, 0);
}

void rn_pdf_end (RnPdfFile *file)
{
	if (!file->packed) {
		g_string_append (file->out, "\nendobj\n");
		return;
	}
	g_string_append_c (file->pack, '\n');
	if (file->pack_count >= PACK_MAX)
		flush_pack (file);
}

static void put_stream (RnPdfFile *file, guint number, const char *keys, const char *filter, const char *data, gsize len)
{
	begin_body (file, number);
	g_string_append (file->out, "<<");
	g_string_append (file->out, keys);
	g_string_append (file->out, filter);
	g_string_append (file->out, "/Length ");
	rn_pdf_int (file->out, (gint64) len);
	g_string_append (file->out, ">>\nstream\n");
	g_string_append_len (file->out, data, (gssize) len);
	g_string_append (file->out, "\nendstream\nendobj\n");
}

void rn_pdf_stream (RnPdfFile *file, guint number, const char *keys, const char *data, gsize len)
{
	RnPdfBytes bytes;
	rn_pdf_deflate (file->deflate, data, len, &bytes);
	rn_pdf_stream_deflated (file, number, keys, &bytes);
	rn_pdf_bytes_clear (&bytes);
}

void rn_pdf_stream_deflated (RnPdfFile *file, guint number, const char *keys, const RnPdfBytes *bytes)
{
	put_stream (file, number, keys, "/Filter/FlateDecode", bytes->data, bytes->len);
}

void rn_pdf_stream_raw (RnPdfFile *file, guint number, const char *keys, const char *data, gsize len)
{
	put_stream (file, number, keys, "", data, len);
}

void rn_pdf_deflate (RnDeflate *deflate, const char *data, gsize len, RnPdfBytes *bytes)
{
	const gsize room = libdeflate_zlib_compress_bound (deflate, len);
	bytes->data = g_malloc (room);
	bytes->len = libdeflate_zlib_compress (deflate, data, len, bytes->data, room);
	bytes->data = g_realloc (bytes->data, MAX (bytes->len, 1));
}

void rn_pdf_bytes_clear (RnPdfBytes *bytes)
{
	g_clear_pointer (&bytes->data, g_free);
	bytes->len = 0;
}

/* --- the end of the file -------------------------------------------------------------------------------------------------- */

static void put_trailer_keys (const RnPdfFile *file, GString *out, guint catalog, guint info)
{
	g_autofree char *id = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) file->out->str, file->out->len);
	g_string_append (out, "/Size ");
	rn_pdf_int (out, file->places->len);
	g_string_append (out, "/Root");
	rn_pdf_reference (out, catalog);
	if (info) {
		g_string_append (out, "/Info");
		rn_pdf_reference (out, info);
	}
	g_string_append (out, "/ID[<");
	g_string_append (out, id);
	g_string_append (out, "><");
	g_string_append (out, id);
	g_string_append (out, ">]");
}

static void put_table (RnPdfFile *file, guint catalog, guint info)
{
	GString *out = file->out;
	g_autoptr (GString) trailer = g_string_new (NULL);
	put_trailer_keys (file, trailer, catalog, info);
	g_string_append (out, "xref\n0 ");
	rn_pdf_int (out, file->places->len);
	g_string_append (out, "\n0000000000 65535 f \n");
	for (guint i = 1; i < file->places->len; i++) {
		char line[] = "0000000000 00000 n \n";
		guint32 left = place_of (file, i)->offset;
		for (char *digit = line + 9; left; digit--, left /= 10)
			*digit = (char) ('0' + left % 10);
		g_string_append_len (out, line, 20);
	}
	g_string_append (out, "trailer\n<<");
	g_string_append_len (out, trailer->str, (gssize) trailer->len);
	g_string_append (out, ">>\n");
}

/* Rows of a byte, four and two; each written as its difference to the row above (PNG's Up), which packs them to almost nothing. */
static void put_table_stream (RnPdfFile *file, guint catalog, guint info)
{
	flush_pack (file);
	const guint number = rn_pdf_reserve (file);
	place_of (file, number)->offset = (guint32) file->out->len;
	g_autoptr (GString) keys = g_string_new ("/Type/XRef/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>");
	put_trailer_keys (file, keys, catalog, info);
	g_autoptr (GString) rows = g_string_sized_new (file->places->len * 8);
	guint8 above[7] = { 0 };
	for (guint i = 0; i < file->places->len; i++) {
		const RnPdfObject *object = place_of (file, i);
		const guint32 field = object->pack ? object->pack : object->offset;
		const guint32 last = i == 0 ? 65535 : object->pack ? object->offset : 0;
		const guint8 row[7] = { (guint8) (object->pack ? 2 : i ? 1 : 0), (guint8) (field >> 24), (guint8) (field >> 16), (guint8) (field >> 8),
		                        (guint8) field, (guint8) (last >> 8), (guint8) last };
		g_string_append_c (rows, 2);
		for (guint k = 0; k < 7; k++)
			g_string_append_c (rows, (char) (guint8) (row[k] - above[k]));
		memcpy (above, row, sizeof above);
	}
	rn_pdf_stream (file, number, keys->str, rows->str, rows->len);
}

void rn_pdf_file_end (RnPdfFile *file, guint catalog, guint info)
{
	if (file->packed)
		flush_pack (file);
	gsize start = file->out->len;
	if (file->packed)
		put_table_stream (file, catalog, info);
	else
		put_table (file, catalog, info);
	g_string_append (file->out, "startxref\n");
	rn_pdf_int (file->out, (gint64) start);
	g_string_append (file->out, "\n%%EOF\n");
	g_array_unref (file->places);
	g_string_free (file->pack, TRUE);
	g_string_free (file->pack_index, TRUE);
}

/* --- what bodies are made of ---------------------------------------------------------------------------------------------- */

void rn_pdf_int (GString *out, gint64 value)
{
	char digits[24], *end = digits + sizeof digits, *p = end;
	guint64 left = value < 0 ? 0 - (guint64) value : (guint64) value;
	do
		*--p = (char) ('0' + left % 10);
	while (left /= 10);
	if (value < 0)
		*--p = '-';
	g_string_append_len (out, p, end - p);
}

void rn_pdf_length (GString *out, RnLength value)
{
	char digits[16], *end = digits + sizeof digits, *p = end;
	guint32 left = value < 0 ? 0 - (guint32) value : (guint32) value;
	guint32 thousandths = left % 1000;
	left /= 1000;
	if (thousandths) {
		guint places = 3;
		for (; thousandths % 10 == 0; thousandths /= 10)
			places--;
		for (; places; places--, thousandths /= 10)
			*--p = (char) ('0' + thousandths % 10);
		*--p = '.';
	}
	if (left || p == end)
		do
			*--p = (char) ('0' + left % 10);
		while (left /= 10);
	if (value < 0)
		*--p = '-';
	g_string_append_len (out, p, end - p);
}

void rn_pdf_reference (GString *out, guint number)
{
	g_string_append_c (out, ' ');
	rn_pdf_int (out, number);
	g_string_append (out, " 0 R");
}

void rn_pdf_box (GString *out, RnLength left, RnLength bottom, RnLength right, RnLength top)
{
	const RnLength numbers[4] = { left, bottom, right, top };
	for (guint i = 0; i < 4; i++) {
		g_string_append_c (out, i ? ' ' : '[');
		rn_pdf_length (out, numbers[i]);
	}
	g_string_append_c (out, ']');
}

void rn_pdf_literal (GString *out, const char *bytes, gsize len)
{
	g_string_append_c (out, '(');
	for (gsize i = 0; i < len; i++) {
		const char c = bytes[i];
		if (c == '\r') {
			g_string_append (out, "\\r");   /* bare, it would be read as a line feed */
			continue;
		}
		if (c == '(' || c == ')' || c == '\\')
			g_string_append_c (out, '\\');
		g_string_append_c (out, c);
	}
	g_string_append_c (out, ')');
}

void rn_pdf_text (GString *out, const char *utf8)
{
	const gsize len = strlen (utf8);
	if (g_str_is_ascii (utf8)) {
		rn_pdf_literal (out, utf8, len);
		return;
	}
	g_autoptr (GString) wide = g_string_sized_new (2 * len + 2);
	g_string_append_len (wide, "\xFE\xFF", 2);
	for (const char *p = utf8; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (c > 0xFFFF) {
			const gunichar high = 0xD800 + ((c - 0x10000) >> 10);
			g_string_append_c (wide, (char) (high >> 8));
			g_string_append_c (wide, (char) high);
			c = 0xDC00 + ((c - 0x10000) & 0x3FF);
		}
		g_string_append_c (wide, (char) (c >> 8));
		g_string_append_c (wide, (char) c);
	}
	rn_pdf_literal (out, wide->str, wide->len);
}
