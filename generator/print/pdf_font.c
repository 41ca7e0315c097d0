/*
 * pdf_font.c - glyphs as set -> fonts in the file (ISO 32000-1, 9.7): each a Type 0 font over a CIDFontType2 with a TrueType subset.
 *
 * A CID is one (glyph, text) pair: the same glyph may stand for different texts, and a glyph that stands for nothing has a CID too. CIDs are given in the order of
 * first use, so that nearly all of a book's have a zero for their first byte; those whose bytes a string must escape are left out, so that
 * text is written as it is.
 */
#include "print/pdf-int.h"
#include "base/words.h"

#include <hb-subset.h>
#include <string.h>

/* What the rest of a cluster stands for, whose first glyph has all its text: nothing that is seen. Without an entry, or with an empty one, mutool reads U+FFFD. */
#define NOTHING 0x200B

GQuark rn_pdf_error_quark (void)
{
	return g_quark_from_static_string ("rn-pdf-error");
}

/* --- usage --------------------------------------------------------------------------------------------------------------- */

static RnPdfFace *face_of (RnPdf *pdf, const RnFace *face)
{
	if (face->number >= pdf->by_face->len)
		g_ptr_array_set_size (pdf->by_face, (gint) face->number + 1);
	RnPdfFace *it = pdf->by_face->pdata[face->number];
	if (it)
		return it;
	it = g_new0 (RnPdfFace, 1);
	it->face = face;
	it->number = pdf->faces->len;
	it->n_glyphs = hb_face_get_glyph_count (face->face);
	it->first = g_new0 (guint16, it->n_glyphs);
	it->pairs = g_array_new (FALSE, TRUE, sizeof (RnPdfPair));
	g_ptr_array_add (pdf->faces, it);
	pdf->by_face->pdata[face->number] = it;
	return it;
}

/* Mostly a letter of two bytes: a call would take longer. */
static inline gboolean same_text (const RnPdfPair *pair, const RnGlyph *glyph)
{
	if (pair->len != glyph->len)
		return FALSE;
	for (guint i = 0; i < glyph->len; i++)
		if (pair->text[i] != glyph->text[i])
			return FALSE;
	return TRUE;
}

RnPdfPair *rn_pdf_pair (const RnPdfFace *face, const RnGlyph *glyph)
{
	if (glyph->glyph >= face->n_glyphs)
		return NULL;
	for (guint i = face->first[glyph->glyph]; i;) {
		RnPdfPair *pair = &g_array_index (face->pairs, RnPdfPair, i - 1);
		if (same_text (pair, glyph))
			return pair;
		i = pair->next;
	}
	return NULL;
}

static gboolean needs_escape (guint byte)
{
	return byte == '(' || byte == ')' || byte == '\\' || byte == '\r';
}

static void add_pair (RnPdfFace *face, const RnGlyph *glyph)
{
	if (glyph->glyph >= face->n_glyphs || face->pairs->len >= 60000)
		return;
	guint cid = face->last_cid;
	do
		cid++;
	while (needs_escape (cid & 0xFF) || needs_escape (cid >> 8));
	face->last_cid = (guint16) cid;
	RnPdfPair pair = { .text = glyph->len ? glyph->text : "", .len = glyph->len, .glyph = glyph->glyph, .cid = (guint16) cid,
	                   .next = face->first[glyph->glyph] };
	g_array_append_val (face->pairs, pair);
	face->first[glyph->glyph] = (guint16) face->pairs->len;
}

void rn_pdf_faces_note (RnPdf *pdf, const RnMark *mark)
{
	if (!mark->text.n)
		return;
	RnPdfFace *face = face_of (pdf, mark->text.font->face);
	for (guint i = 0; i < mark->text.n; i++)
		if (!rn_pdf_pair (face, &mark->text.glyphs[i]))
			add_pair (face, &mark->text.glyphs[i]);
}

void rn_pdf_faces_free (RnPdf *pdf)
{
	for (guint i = 0; i < pdf->faces->len; i++) {
		RnPdfFace *face = pdf->faces->pdata[i];
		g_free (face->first);
		g_array_unref (face->pairs);
		rn_pdf_bytes_clear (&face->program);
		rn_pdf_bytes_clear (&face->to_gid);
		rn_pdf_bytes_clear (&face->to_unicode);
		rn_pdf_bytes_clear (&face->cid_set);
		g_free (face);
	}
	g_ptr_array_unref (pdf->faces);
	g_ptr_array_unref (pdf->by_face);
}

/* --- subsets ------------------------------------------------------------------------------------------------------------- */

/* Only what draws a glyph stays: text is shaped already, and the CIDs name glyphs by number. */
static hb_subset_input_t *subset_input (const RnPdfFace *face)
{
	static const char *const dropped[] = { "GSUB", "GPOS", "GDEF", "kern", "cmap", "name", "post", "OS/2", "DSIG", "gasp", "hdmx", "VDMX", "LTSH", "PCLT", "STAT",
	                                       "meta", "FFTM", "vhea", "vmtx", "MATH", "BASE", "JSTF" };
	hb_subset_input_t *input = hb_subset_input_create_or_fail ();
	if (!input)
		return NULL;
	hb_set_t *glyphs = hb_subset_input_glyph_set (input);
	for (guint i = 0; i < face->pairs->len; i++)
		hb_set_add (glyphs, g_array_index (face->pairs, RnPdfPair, i).glyph);
	hb_set_t *tables = hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
		hb_set_add (tables, hb_tag_from_string (dropped[i], -1));
	hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING);
	return input;
}

static gboolean has_table (const RnFace *face, const char *tag)
{
	hb_blob_t *blob = hb_face_reference_table (face->face, hb_tag_from_string (tag, -1));
	const gboolean has = hb_blob_get_length (blob) > 0;
	hb_blob_destroy (blob);
	return has;
}

/* Six letters from the subset's own bytes: the same subset has the same name everywhere, two of one face have two. */
static void name_subset (RnPdfFace *face, const char *data, gsize len)
{
	g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) data, len);
	char tag[7] = { 0 };
	for (guint i = 0; i < 6; i++)
		tag[i] = (char) ('A' + (g_ascii_xdigit_value (hash[2 * i]) * 16 + g_ascii_xdigit_value (hash[2 * i + 1])) % 26);
	g_snprintf (face->name, sizeof face->name, "%s+", tag);
	gsize at = 7;
	for (const char *p = face->face->postscript_name; p && *p && at < sizeof face->name - 1; p++)
		if (g_ascii_isgraph (*p) && !strchr ("()<>[]{}/%#", *p))
			face->name[at++] = *p;
	if (at == 7)
		at = g_strlcat (face->name, "Unnamed", sizeof face->name);
	face->name[MIN (at, sizeof face->name - 1)] = '\0';
}

static void fill_pairs (RnPdfFace *face, hb_subset_plan_t *plan)
{
	const hb_map_t *subset_glyphs = hb_subset_plan_old_to_new_glyph_mapping (plan);
	hb_font_t *font = hb_font_create (face->face->face);   /* at font units */
	const gint64 em = MAX (face->face->units_per_em, 1);
	for (guint i = 0; i < face->pairs->len; i++) {
		RnPdfPair *pair = &g_array_index (face->pairs, RnPdfPair, i);
		pair->width = (gint32) ((hb_font_get_glyph_h_advance (font, pair->glyph) * 1000LL + em / 2) / em);
		const hb_codepoint_t glyph = hb_map_get (subset_glyphs, pair->glyph);
		pair->subset_glyph = glyph == HB_MAP_VALUE_INVALID ? 0 : (guint16) glyph;
	}
	hb_font_destroy (font);
}

/* --- ToUnicode, CIDToGIDMap, CIDSet ----------------------------------------------------------------------------------------- */

static void put_hex (GString *out, guint value)
{
	static const char digits[] = "0123456789ABCDEF";
	for (gint shift = 12; shift >= 0; shift -= 4)
		g_string_append_c (out, digits[(value >> shift) & 15]);
}

static void put_unicode (GString *out, const RnPdfPair *pair)
{
	g_string_append_c (out, '<');
	put_hex (out, pair->cid);
	g_string_append (out, "><");
	for (const char *p = pair->text; p < pair->text + pair->len; p = g_utf8_next_char (p)) {
		const gunichar c = g_utf8_get_char (p);
		if (c > 0xFFFF)
			put_hex (out, 0xD800 + ((c - 0x10000) >> 10));
		put_hex (out, c > 0xFFFF ? 0xDC00 + ((c - 0x10000) & 0x3FF) : c);
	}
	if (!pair->len)
		put_hex (out, NOTHING);
	g_string_append (out, ">\n");
}

static void make_to_unicode (RnPdfFace *face, RnDeflate *deflate)
{
	g_autoptr (GString) out = g_string_new ("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
	                                        "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	const guint n = face->pairs->len;
	for (guint i = 0; i < n; i++) {
		if (i % 100 == 0)
			g_string_append_printf (out, "%u beginbfchar\n", MIN (100, n - i));
		put_unicode (out, &g_array_index (face->pairs, RnPdfPair, i));
		if (i % 100 == 99 || i == n - 1)
			g_string_append (out, "endbfchar\n");
	}
	g_string_append (out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
	rn_pdf_deflate (deflate, out->str, out->len, &face->to_unicode);
}

static void make_maps (RnPdfFace *face, RnDeflate *deflate)
{
	const gsize map_len = 2 * ((gsize) face->last_cid + 1), set_len = face->last_cid / 8 + 1;
	g_autofree char *map = g_malloc0 (map_len), *set = g_malloc0 (set_len);
	set[0] = (char) 0x80;   /* CID 0: the empty box */
	for (guint i = 0; i < face->pairs->len; i++) {
		const RnPdfPair *pair = &g_array_index (face->pairs, RnPdfPair, i);
		map[2 * pair->cid] = (char) (pair->subset_glyph >> 8);
		map[2 * pair->cid + 1] = (char) pair->subset_glyph;
		set[pair->cid / 8] = (char) ((guint8) set[pair->cid / 8] | 0x80 >> pair->cid % 8);
	}
	rn_pdf_deflate (deflate, map, map_len, &face->to_gid);
	rn_pdf_deflate (deflate, set, set_len, &face->cid_set);
}

static gboolean subset_face (RnPdf *pdf, RnPdfFace *face, GError **error)
{
	if (!has_table (face->face, "glyf")) {
		g_set_error (error, RN_PDF_ERROR, RN_PDF_ERROR_FONT,
		             _("the font %s has no TrueType outlines (it is an OpenType font with CFF outlines, or broken); name its .ttf edition instead"), face->face->file);
		return FALSE;
	}
	hb_subset_input_t *input = subset_input (face);
	hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail (face->face->face, input) : NULL;
	hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail (plan) : NULL;
	if (subset) {
		fill_pairs (face, plan);
		hb_blob_t *blob = hb_face_reference_blob (subset);
		guint len = 0;
		const char *data = hb_blob_get_data (blob, &len);
		name_subset (face, data, len);
		face->program_len = len;
		rn_pdf_deflate (pdf->deflate, data, len, &face->program);
		hb_blob_destroy (blob);
		make_to_unicode (face, pdf->deflate);
		make_maps (face, pdf->deflate);
	} else {
		g_set_error (error, RN_PDF_ERROR, RN_PDF_ERROR_FONT, _("the font %s is broken: the glyphs that are used cannot be taken out of it"), face->face->file);
	}
	hb_face_destroy (subset);
	hb_subset_plan_destroy (plan);
	hb_subset_input_destroy (input);
	return subset != NULL;
}

gboolean rn_pdf_faces_subset (RnPdf *pdf, GError **error)
{
	for (guint i = 0; i < pdf->faces->len; i++)
		if (!subset_face (pdf, pdf->faces->pdata[i], error))
			return FALSE;
	return TRUE;
}

/* --- into the file ------------------------------------------------------------------------------------------------------- */

/* "5[500 480]9[300]": runs of CIDs that follow one another. */
static void put_widths (GString *out, const RnPdfFace *face)
{
	gint last = -2;
	g_string_append (out, "/W[");
	for (guint i = 0; i < face->pairs->len; i++) {
		const RnPdfPair *pair = &g_array_index (face->pairs, RnPdfPair, i);
		if (pair->cid != last + 1) {
			if (last >= 0)
				g_string_append_c (out, ']');
			rn_pdf_int (out, pair->cid);
			g_string_append_c (out, '[');
		} else {
			g_string_append_c (out, ' ');
		}
		rn_pdf_int (out, pair->width);
		last = pair->cid;
	}
	g_string_append (out, last >= 0 ? "]]" : "]");
}

static void put_em (GString *out, const char *key, const RnPdfFace *face, gint units)
{
	const gint64 em = MAX (face->face->units_per_em, 1);
	g_string_append (out, key);
	rn_pdf_int (out, (units * 1000LL + (units < 0 ? -em : em) / 2) / em);
}

static void write_descriptor (const RnPdfFace *face, RnPdfFile *file, guint number, guint program, guint cid_set)
{
	const RnFace *it = face->face;
	GString *out = rn_pdf_begin (file, number);
	g_string_append (out, "<</Type/FontDescriptor/FontName/");
	g_string_append (out, face->name);
	g_string_append (out, "/Flags ");
	rn_pdf_int (out, 4 | (it->fixed_pitch ? 1 : 0) | (it->serif ? 2 : 0) | (it->italic ? 64 : 0));
	put_em (out, "/FontBBox[", face, it->box[0]);
	put_em (out, " ", face, it->box[1]);
	put_em (out, " ", face, it->box[2]);
	put_em (out, " ", face, it->box[3]);
	g_string_append (out, "]/ItalicAngle ");
	rn_pdf_int (out, it->italic_angle);
	put_em (out, "/Ascent ", face, it->ascent);
	put_em (out, "/Descent ", face, it->descent);
	put_em (out, "/CapHeight ", face, it->cap_height);
	put_em (out, "/XHeight ", face, it->x_height);
	/* No font tells its stems; the usual estimate from its weight. */
	g_string_append (out, "/StemV ");
	rn_pdf_int (out, 10 + 220 * (MAX (it->weight, 50) - 50) / 900);
	g_string_append (out, "/FontFile2");
	rn_pdf_reference (out, program);
	if (cid_set) {
		g_string_append (out, "/CIDSet");
		rn_pdf_reference (out, cid_set);
	}
	g_string_append (out, ">>");
	rn_pdf_end (file);
}

static guint write_face (const RnPdfFace *face, RnPdfFile *file, gboolean with_cid_set)
{
	const guint program = rn_pdf_reserve (file), to_gid = rn_pdf_reserve (file), to_unicode = rn_pdf_reserve (file);
	const guint cid_set = with_cid_set ? rn_pdf_reserve (file) : 0;
	const guint descriptor = rn_pdf_reserve (file), descendant = rn_pdf_reserve (file), font = rn_pdf_reserve (file);
	g_autofree char *length = g_strdup_printf ("/Length1 %" G_GSIZE_FORMAT, face->program_len);
	rn_pdf_stream_deflated (file, program, length, &face->program);
	rn_pdf_stream_deflated (file, to_gid, "", &face->to_gid);
	rn_pdf_stream_deflated (file, to_unicode, "", &face->to_unicode);
	if (cid_set)
		rn_pdf_stream_deflated (file, cid_set, "", &face->cid_set);
	write_descriptor (face, file, descriptor, program, cid_set);

	GString *out = rn_pdf_begin (file, descendant);
	g_string_append (out, "<</Type/Font/Subtype/CIDFontType2/BaseFont/");
	g_string_append (out, face->name);
	g_string_append (out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor");
	rn_pdf_reference (out, descriptor);
	g_string_append (out, "/CIDToGIDMap");
	rn_pdf_reference (out, to_gid);
	put_widths (out, face);
	g_string_append (out, ">>");
	rn_pdf_end (file);

	out = rn_pdf_begin (file, font);
	g_string_append (out, "<</Type/Font/Subtype/Type0/BaseFont/");
	g_string_append (out, face->name);
	g_string_append (out, "/Encoding/Identity-H/DescendantFonts[");
	rn_pdf_int (out, descendant);
	g_string_append (out, " 0 R]/ToUnicode");
	rn_pdf_reference (out, to_unicode);
	g_string_append (out, ">>");
	rn_pdf_end (file);
	return font;
}

void rn_pdf_faces_write (RnPdf *pdf, RnPdfFile *file, gboolean cid_set, GString *fonts)
{
	for (guint i = 0; i < pdf->faces->len; i++) {
		const guint font = write_face (pdf->faces->pdata[i], file, cid_set);
		g_string_append (fonts, "/F");
		rn_pdf_int (fonts, i);
		rn_pdf_reference (fonts, font);
	}
}
