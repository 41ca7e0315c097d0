/*
 * share_book.c - a section as an EPUB 3: one chapter a page, links between them kept, pictures inside.
 *
 * In: a bundle whose articles are there. Out: share/<section>.<lang>.epub. Invariant: every chapter is well-formed XML (what an author's
 * tags left open is closed by libxml2), the mimetype comes first and stored, and the same content gives the same bytes.
 */
#include "site/share-int.h"
#include "base/path.h"
#include "base/text.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <string.h>

#define PICTURE ((gsize) 512 << 10)

typedef struct { char *file, *type; } Picture;

typedef struct {
	RnSharer *sharer;
	RnBundle *bundle;
	const RnShareItem *item;
	RnZip *zip;
	GHashTable *pictures;        /* address -> Picture */
	GPtrArray *order;            /* Picture */
	GString *bytes;              /* the book */
	GError *error;               /* of a picture that could not be added */
} Book;

static gboolean to_string (gpointer user, const char *data, gsize len, GError **error)
{
	(void) error;
	g_string_append_len (user, data, (gssize) len);
	return TRUE;
}

static gboolean add (Book *book, const char *name, const char *data, gsize len, GError **error)
{
	return rn_zip_add_bytes (book->zip, book->sharer->packer, name, data, len, error);
}

/* --- chapters --------------------------------------------------------------------------------------------------------- */

static gboolean link_of_chapter (gpointer user, const RnCopyAddress *address, GString *out)
{
	const Book *book = user;
	RnShare *share = book->sharer->share;
	const RnShareItem *to = rn_share_item (share, address);
	if (!to || to->bundle != book->bundle || !to->article)
		return rn_share_online (share->site, address->url, address->fragment, out);
	if (to != book->item || !address->fragment)
		g_string_append_printf (out, "c%u.xhtml", to->at);
	if (address->fragment)
		g_string_append_printf (out, "#%s", address->fragment);
	return TRUE;
}

/* The picture's file in the book, added when it is first met. */
static gboolean picture_of_chapter (gpointer user, const RnCopyAddress *address, GString *out)
{
	Book *book = user;
	Picture *picture = g_hash_table_lookup (book->pictures, address->url);
	if (!picture) {
		const char *type = rn_share_picture (book->sharer, address->url, PICTURE, book->sharer->scratch);
		const char *dot = strrchr (address->url, '.');
		picture = g_new0 (Picture, 1);
		g_hash_table_insert (book->pictures, g_strdup (address->url), picture);
		if (type) {
			g_autofree char *ending = g_ascii_strdown (dot, -1);
			picture->file = g_strdup_printf ("p%u%s", book->order->len + 1, ending);
			picture->type = g_strdup (type);
			g_ptr_array_add (book->order, picture);
			g_autofree char *name = g_strconcat ("EPUB/", picture->file, NULL);
			if (!book->error)
				add (book, name, book->sharer->scratch->str, book->sharer->scratch->len, &book->error);
		}
	}
	if (picture->file)
		g_string_append (out, picture->file);
	return picture->file != NULL;
}

static void free_picture (gpointer data)
{
	Picture *picture = data;
	g_free (picture->file);
	g_free (picture->type);
	g_free (picture);
}

static void begin_xhtml (const RnPage *page, const char *title, GString *out)
{
	g_string_append_printf (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
	                             "xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"%s\" xml:lang=\"%s\" dir=\"%s\">\n<head>\n<title>",
	                        page->language->code, page->language->code, page->language->dir);
	rn_text_escape (out, title, -1, FALSE);
	g_string_append (out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n</head>\n");
}

static gboolean well_formed (const GString *xhtml)
{
	xmlDocPtr document = xmlReadMemory (xhtml->str, (int) xhtml->len, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (document)
		xmlFreeDoc (document);
	return document != NULL;
}

/* An author's inline tags may be left open, or close what nothing opened: libxml2 reads such an article as a browser would. */
static void repair (GString *article)
{
	static const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD;
	htmlDocPtr document = htmlReadMemory (article->str, (int) article->len, NULL, "UTF-8", options);
	xmlNodePtr root = document ? xmlDocGetRootElement (document) : NULL;
	xmlBufferPtr buffer = xmlBufferCreate ();
	g_string_truncate (article, 0);
	if (root && xmlNodeDump (buffer, document, root, 0, 0) > 0)
		g_string_append (article, (const char *) xmlBufferContent (buffer));
	xmlBufferFree (buffer);
	if (document)
		xmlFreeDoc (document);
}

static gboolean add_chapter (Book *book, guint number, GError **error)
{
	const RnShareItem *item = book->item;
	const RnCopyOptions options = { .link = link_of_chapter, .picture = picture_of_chapter, .user = book, .prefix = "", .xml = TRUE,
		.left_out = rn_share_string (book->bundle->page, "share_left_out") };
	g_autoptr (GString) out = g_string_sized_new (item->article->len * 2), article = g_string_sized_new (item->article->len * 2);
	rn_copy (book->sharer->share->library, item->page, item->article->str, item->article->len, &options, article);
	for (gboolean repaired = FALSE;; repaired = TRUE) {
		g_string_truncate (out, 0);
		begin_xhtml (item->page, item->page->title, out);
		g_string_append (out, "<body>\n");
		g_string_append_len (out, article->str, (gssize) article->len);
		g_string_append (out, "\n</body>\n</html>\n");
		if (repaired || well_formed (out))
			break;
		repair (article);
	}
	g_autofree char *name = g_strdup_printf ("EPUB/c%u.xhtml", number);
	return add (book, name, out->str, out->len, error);
}

/* --- the book's own files --------------------------------------------------------------------------------------------- */

static const char *site_title (const Book *book)
{
	const RnSite *site = book->sharer->share->site;
	const RnPage *home = rn_library_home (book->sharer->share->library, book->bundle->page->language);
	const char *title = rn_site_text (site, site->title, book->bundle->page->language);
	return title ? title : home ? home->title : book->bundle->page->title;
}

/* In the order of reading. */
static void put_nav_items (const Book *book, GString *out)
{
	const GPtrArray *items = book->bundle->items;
	for (guint i = 0; i < items->len; i++) {
		const RnShareItem *item = items->pdata[i];
		if (!item->article)
			continue;
		g_string_append_printf (out, "<li><a href=\"c%u.xhtml\">", i);
		rn_text_escape (out, item->page->title, -1, FALSE);
		g_string_append (out, "</a></li>\n");
	}
}

static gboolean add_nav (Book *book, GError **error)
{
	g_autoptr (GString) out = g_string_sized_new (4096);
	const RnPage *page = book->bundle->page;
	begin_xhtml (page, page->title, out);
	g_string_append (out, "<body>\n<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\">\n<h1>");
	rn_text_escape (out, rn_share_string (page, "contents"), -1, FALSE);
	g_string_append (out, "</h1>\n<ol>\n");
	put_nav_items (book, out);
	g_string_append (out, "</ol>\n</nav>\n</body>\n</html>\n");
	return add (book, "EPUB/nav.xhtml", out->str, out->len, error);
}

/* A text of lines for a drawing: words go to the next line beyond MOST letters. */
static void put_cover_lines (GString *out, const char *text, guint most, guint y, guint size)
{
	g_auto (GStrv) words = g_strsplit (text, " ", -1);
	g_autoptr (GString) row = g_string_new (NULL);
	for (char **word = words; ; word++) {
		gboolean full = *word && row->len && g_utf8_strlen (row->str, -1) + g_utf8_strlen (*word, -1) + 1 > (glong) most;
		if ((full || !*word) && row->len) {
			g_string_append_printf (out, "<text x=\"60\" y=\"%u\" font-size=\"%u\">", y, size);
			rn_text_escape (out, row->str, -1, FALSE);
			g_string_append (out, "</text>\n");
			g_string_truncate (row, 0);
			y += size + size / 4;
		}
		if (!*word)
			return;
		g_string_append_printf (row, "%s%s", row->len ? " " : "", *word);
	}
}

static gboolean add_cover (Book *book, GError **error)
{
	g_autoptr (GString) out = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 800\" width=\"600\" height=\"800\">\n"
	                                        "<rect width=\"600\" height=\"800\" fill=\"#12357a\"/>\n<rect y=\"600\" width=\"600\" height=\"12\" fill=\"#f4b400\"/>\n"
	                                        "<g fill=\"#ffffff\" font-family=\"sans-serif\" font-weight=\"bold\">\n");
	put_cover_lines (out, book->bundle->page->title, 18, 180, 56);
	put_cover_lines (out, site_title (book), 34, 680, 30);
	g_string_append (out, "</g>\n</svg>\n");
	if (!add (book, "EPUB/cover.svg", out->str, out->len, error))
		return FALSE;
	g_string_truncate (out, 0);
	begin_xhtml (book->bundle->page, book->bundle->page->title, out);
	g_string_append (out, "<body class=\"cover\" epub:type=\"cover\">\n<img src=\"cover.svg\" alt=\"");
	rn_text_escape (out, book->bundle->page->title, -1, TRUE);
	g_string_append (out, "\"/>\n</body>\n</html>\n");
	return add (book, "EPUB/cover.xhtml", out->str, out->len, error);
}

static void put_element (GString *out, const char *begin, const char *text, const char *end)
{
	g_string_append (out, begin);
	rn_text_escape (out, text, -1, FALSE);
	g_string_append (out, end);
}

/* A name-based UUID: the same book keeps it from edition to edition. */
static void put_identifier (const Book *book, GString *out)
{
	const RnSite *site = book->sharer->share->site;
	g_autofree char *name = g_strconcat (site->base_url ? site->base_url : site_title (book), book->bundle->page->url, "#epub", NULL);
	g_autofree char *uuid = g_compute_checksum_for_string (G_CHECKSUM_SHA1, name, -1);
	g_string_append_printf (out, "<dc:identifier id=\"id\">urn:uuid:%.8s-%.4s-5%.3s-8%.3s-%.12s</dc:identifier>\n", uuid, uuid + 8, uuid + 13, uuid + 17, uuid + 20);
}

/* The newest change among its pages. */
static gint64 modified (const Book *book)
{
	gint64 newest = 0;
	for (guint i = 0; i < book->bundle->items->len; i++)
		newest = MAX (newest, ((const RnShareItem *) book->bundle->items->pdata[i])->page->lastmod);
	return newest;
}

static void put_metadata (const Book *book, GString *out)
{
	const RnPage *page = book->bundle->page;
	g_autoptr (GString) when = g_string_new (NULL);
	rn_date_format (when, modified (book), TRUE);
	g_string_append (out, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
	put_identifier (book, out);
	put_element (out, "<dc:title>", page->title, "</dc:title>\n");
	put_element (out, "<dc:language>", page->language->code, "</dc:language>\n");
	put_element (out, "<dc:creator>", site_title (book), "</dc:creator>\n");
	put_element (out, "<dc:publisher>", site_title (book), "</dc:publisher>\n");
	if (page->description)
		put_element (out, "<dc:description>", page->description, "</dc:description>\n");
	put_element (out, "<meta property=\"dcterms:modified\">", when->str, "</meta>\n");
	g_string_append (out, "<meta property=\"schema:accessMode\">textual</meta>\n");
	if (book->order->len)
		g_string_append (out, "<meta property=\"schema:accessMode\">visual</meta>\n");
	g_string_append (out, "<meta property=\"schema:accessModeSufficient\">textual</meta>\n<meta property=\"schema:accessibilityFeature\">structuralNavigation</meta>\n"
	                      "<meta property=\"schema:accessibilityFeature\">tableOfContents</meta>\n"
	                      "<meta property=\"schema:accessibilityFeature\">alternativeText</meta>\n"
	                      "<meta property=\"schema:accessibilityHazard\">none</meta>\n<meta name=\"cover\" content=\"cover-image\"/>\n</metadata>\n");
}

/* Does a chapter hold what the package must tell of? */
static const char *properties (const RnShareItem *item)
{
	return strstr (item->article->str, "<svg") ? " properties=\"svg\"" : "";
}

static gboolean add_package (Book *book, GError **error)
{
	const GPtrArray *items = book->bundle->items;
	g_autoptr (GString) out = g_string_sized_new (8192), spine = g_string_new (NULL);
	g_string_append_printf (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" "
	                             "xml:lang=\"%s\" dir=\"%s\">\n", book->bundle->page->language->code, book->bundle->page->language->dir);
	put_metadata (book, out);
	g_string_append (out, "<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n"
	                      "<item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>\n"
	                      "<item id=\"cover-image\" href=\"cover.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\"/>\n"
	                      "<item id=\"css\" href=\"book.css\" media-type=\"text/css\"/>\n");
	for (guint i = 0; i < items->len; i++) {
		const RnShareItem *item = items->pdata[i];
		if (!item->article)
			continue;
		g_string_append_printf (out, "<item id=\"c%u\" href=\"c%u.xhtml\" media-type=\"application/xhtml+xml\"%s/>\n", i, i, properties (item));
		g_string_append_printf (spine, "<itemref idref=\"c%u\"/>\n", i);
	}
	for (guint i = 0; i < book->order->len; i++) {
		const Picture *picture = book->order->pdata[i];
		g_string_append_printf (out, "<item id=\"p%u\" href=\"%s\" media-type=\"%s\"/>\n", i + 1, picture->file, picture->type);
	}
	g_string_append_printf (out, "</manifest>\n<spine page-progression-direction=\"%s\">\n<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n%s"
	                             "</spine>\n</package>\n",
	                        book->bundle->page->language->dir, spine->str);
	return add (book, "EPUB/package.opf", out->str, out->len, error);
}

static gboolean write_book (Book *book, GError **error)
{
	static const char mimetype[] = "application/epub+zip";
	static const char container[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n"
		"<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";
	const GString *css = book->sharer->share->css;
	if (!rn_zip_add_bytes (book->zip, NULL, "mimetype", mimetype, strlen (mimetype), error) ||
	    !add (book, "META-INF/container.xml", container, strlen (container), error) ||
	    !add (book, "EPUB/book.css", css->str, css->len, error) || !add_cover (book, error))
		return FALSE;
	for (guint i = 0; i < book->bundle->items->len; i++) {
		book->item = book->bundle->items->pdata[i];
		if (book->item->article && !add_chapter (book, i, error))
			return FALSE;
	}
	if (book->error) {
		g_propagate_error (error, g_steal_pointer (&book->error));
		return FALSE;
	}
	return add_nav (book, error) && add_package (book, error) && rn_zip_finish (book->zip, error);
}

gboolean rn_share_book (RnSharer *sharer, RnBundle *bundle, GError **error)
{
	Book book = { .sharer = sharer, .bundle = bundle, .bytes = g_string_sized_new (1 << 16), .order = g_ptr_array_new (),
		.pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_picture) };
	book.zip = rn_zip_new (to_string, book.bytes);
	g_autofree char *name = g_strdup_printf ("%s.%s.epub", bundle->name, bundle->page->language->code);
	gboolean fine = write_book (&book, error) && rn_share_put (sharer->share, name, "book", bundle->page, book.bytes->str, book.bytes->len, error);
	rn_zip_free (book.zip);
	g_hash_table_unref (book.pictures);
	g_ptr_array_unref (book.order);
	g_string_free (book.bytes, TRUE);
	g_clear_error (&book.error);
	return fine;
}
