/*
 * pdf_meta.c - what a file says of itself: Info and XMP (which agree), outline, page labels, output intents and the grey profile.
 */
#include "print/pdf-int.h"
#include "base/text.h"

#include <string.h>

#define PRODUCER "Rohnamo"

static char *date_text (const RnPdf *pdf, const char *format)
{
	g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (pdf->book->time);
	return time ? g_date_time_format (time, format) : g_strdup ("");
}

static void put_info (GString *out, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	g_string_append (out, key);
	rn_pdf_text (out, value);
}

guint rn_pdf_info_write (const RnPdf *pdf, RnPdfFile *file, const RnPrintProfile *profile)
{
	const guint number = rn_pdf_reserve (file);
	GString *out = rn_pdf_begin (file, number);
	g_autofree char *date = date_text (pdf, "D:%Y%m%d%H%M%SZ");
	g_string_append (out, "<<");
	put_info (out, "/Title", pdf->book->title);
	put_info (out, "/Author", pdf->book->author);
	put_info (out, "/Subject", pdf->book->subject);
	put_info (out, "/Creator", PRODUCER);
	put_info (out, "/Producer", PRODUCER);
	put_info (out, "/CreationDate", date);
	put_info (out, "/ModDate", date);
	if (profile && profile->x_version) {
		/* ISO 15930-1 (2001) names its conformance beside its version, ISO 15930-4 (2003) in one. */
		const gboolean first = g_str_has_suffix (profile->x_version, ":2001");
		put_info (out, "/GTS_PDFXVersion", first ? "PDF/X-1:2001" : profile->x_version);
		put_info (out, "/GTS_PDFXConformance", first ? profile->x_version : NULL);
	}
	g_string_append (out, "/Trapped/False>>");
	rn_pdf_end (file);
	return number;
}

/* --- XMP ------------------------------------------------------------------------------------------------------------------ */

static void put_element (GString *out, const char *name, const char *before, const char *value, const char *after)
{
	if (!value || !*value)
		return;
	g_string_append_printf (out, "<%s>%s", name, before);
	rn_text_escape (out, value, -1, FALSE);
	g_string_append_printf (out, "%s</%s>\n", after, name);
}

guint rn_pdf_xmp_write (const RnPdf *pdf, RnPdfFile *file, RnPdfKind kind)
{
	static const char alt[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">", alt_end[] = "</rdf:li></rdf:Alt>";
	const RnBook *book = pdf->book;
	g_autofree char *date = date_text (pdf, "%Y-%m-%dT%H:%M:%SZ");
	g_autoptr (GString) out = g_string_new ("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	                                        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"\""
	                                        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	                                        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"");
	g_string_append (out, kind == RN_PDF_ARCHIVE ? " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n" : " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
	g_string_append (out, "<dc:format>application/pdf</dc:format>\n");
	put_element (out, "dc:title", alt, book->title, alt_end);
	put_element (out, "dc:creator", "<rdf:Seq><rdf:li>", book->author, "</rdf:li></rdf:Seq>");
	put_element (out, "dc:description", alt, book->subject, alt_end);
	put_element (out, "dc:language", "<rdf:Bag><rdf:li>", book->language, "</rdf:li></rdf:Bag>");
	put_element (out, "pdf:Producer", "", PRODUCER, "");
	put_element (out, "xmp:CreatorTool", "", PRODUCER, "");
	put_element (out, "xmp:CreateDate", "", date, "");
	put_element (out, "xmp:ModifyDate", "", date, "");
	g_string_append (out, kind == RN_PDF_ARCHIVE ? "<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n" : "<pdfuaid:part>1</pdfuaid:part>\n");
	g_string_append (out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	const guint number = rn_pdf_reserve (file);
	rn_pdf_stream_raw (file, number, "/Type/Metadata/Subtype/XML", out->str, out->len);
	return number;
}

/* --- outline -------------------------------------------------------------------------------------------------------------- */

typedef struct {
	const char *title;
	const RnPlaceInBook *place;
	guint level;
	gint parent, previous, next, first, last;   /* -1: none */
	guint kids;
} RnPdfEntry;

/* The entries whose places are in the book, linked. A book without any still has its title: readers want one to begin with. */
static GArray *link_entries (const RnPdf *pdf)
{
	static const RnPlaceInBook beginning = { 0, 0, 0 };
	GArray *entries = g_array_new (FALSE, TRUE, sizeof (RnPdfEntry));
	for (guint i = 0; i < pdf->book->outline->len; i++) {
		const RnOutlineEntry *it = &g_array_index (pdf->book->outline, RnOutlineEntry, i);
		const RnPdfEntry entry = { it->title, rn_book_find (pdf->book, it->anchor), it->level, -1, -1, -1, -1, -1, 0 };
		if (entry.place)
			g_array_append_val (entries, entry);
	}
	if (!entries->len && pdf->book->sides->len) {
		const RnPdfEntry entry = { pdf->book->title, &beginning, 1, -1, -1, -1, -1, -1, 0 };
		g_array_append_val (entries, entry);
	}
	RnPdfEntry *all = (RnPdfEntry *) (gpointer) entries->data;
	for (gint i = 1; i < (gint) entries->len; i++) {
		/* From the entry before upwards to one of a lower level: that is the parent, and the last one passed the sibling. */
		gint at = i - 1, sibling = -1;
		while (at >= 0 && all[at].level >= all[i].level) {
			sibling = at;
			at = all[at].parent;
		}
		all[i].parent = at;
		all[i].previous = sibling;
		if (sibling >= 0)
			all[sibling].next = i;
		if (at >= 0) {
			all[at].first = all[at].first < 0 ? i : all[at].first;
			all[at].last = i;
			all[at].kids++;
		}
	}
	return entries;
}

static void put_link (GString *out, const char *key, guint first, gint entry)
{
	if (entry < 0)
		return;
	g_string_append (out, key);
	rn_pdf_reference (out, first + (guint) entry);
}

guint rn_pdf_outline_write (const RnPdf *pdf, RnPdfFile *file, guint first_page)
{
	g_autoptr (GArray) entries = link_entries (pdf);
	if (!entries->len)
		return 0;
	const guint root = rn_pdf_reserve (file), first = root + 1;
	for (guint i = 0; i < entries->len; i++)
		rn_pdf_reserve (file);
	guint top = 0;
	gint last = -1;
	for (guint i = 0; i < entries->len; i++) {
		const RnPdfEntry *entry = &g_array_index (entries, RnPdfEntry, i);
		GString *out = rn_pdf_begin (file, first + i);
		g_string_append (out, "<</Title");
		rn_pdf_text (out, entry->title);
		g_string_append (out, "/Parent");
		rn_pdf_reference (out, entry->parent < 0 ? root : first + (guint) entry->parent);
		put_link (out, "/Prev", first, entry->previous);
		put_link (out, "/Next", first, entry->next);
		put_link (out, "/First", first, entry->first);
		put_link (out, "/Last", first, entry->last);
		if (entry->kids) {
			g_string_append (out, "/Count -");   /* closed: the chapters alone are seen at first */
			rn_pdf_int (out, entry->kids);
		}
		g_string_append (out, "/Dest");
		rn_pdf_destination (pdf, out, entry->place, first_page);
		g_string_append (out, ">>");
		rn_pdf_end (file);
		if (entry->parent < 0) {
			top++;
			last = (gint) i;
		}
	}
	GString *out = rn_pdf_begin (file, root);
	g_string_append (out, "<</Type/Outlines");
	put_link (out, "/First", first, 0);
	put_link (out, "/Last", first, last);
	g_string_append (out, "/Count ");
	rn_pdf_int (out, top);
	g_string_append (out, ">>");
	rn_pdf_end (file);
	return root;
}

/* --- page labels ------------------------------------------------------------------------------------------------------------ */

/* LABEL as a number as it would be printed again; 0: not one. */
static guint label_number (const char *label)
{
	guint64 number = 0;
	if (*label == '0' || strlen (label) > 6 || !g_ascii_string_to_unsigned (label, 10, 1, 999999, &number, NULL))
		return 0;
	return (guint) number;
}

guint rn_pdf_labels_write (const RnPdf *pdf, RnPdfFile *file)
{
	const guint number = rn_pdf_reserve (file);
	GString *out = rn_pdf_begin (file, number);
	guint before = 0;
	g_string_append (out, "<</Nums[");
	for (guint i = 0; i < pdf->book->sides->len; i++) {
		const char *label = rn_book_label (pdf->book, i);
		const guint value = label_number (label);
		if (!value || value != before + 1 || !i) {
			rn_pdf_int (out, i);
			g_string_append (out, "<<");
			if (value) {
				g_string_append (out, "/S/D/St ");
				rn_pdf_int (out, value);
			} else {
				g_string_append (out, "/P");
				rn_pdf_text (out, label);
			}
			g_string_append (out, ">>");
		}
		before = value;
	}
	g_string_append (out, "]>>");
	rn_pdf_end (file);
	return number;
}

/* --- output intents ----------------------------------------------------------------------------------------------------------- */

void rn_pdf_intent_x (GString *out, const RnPrintProfile *profile)
{
	if (!profile->condition_id)
		return;
	g_string_append (out, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/RegistryName(http://www.color.org)/OutputConditionIdentifier");
	rn_pdf_text (out, profile->condition_id);
	g_string_append (out, "/Info");
	rn_pdf_text (out, profile->condition ? profile->condition : profile->condition_id);
	if (profile->condition) {
		g_string_append (out, "/OutputCondition");
		rn_pdf_text (out, profile->condition);
	}
	g_string_append (out, ">>]");
}
