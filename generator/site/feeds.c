/* feeds.c - the newest pages of a home, of a section or of a plugin's list as Atom. */
#include "site/feeds.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

typedef struct {
	const RnLibrary *library;
	const char *from;      /* the address that others are relative to */
	GString *out;
} Writer;

gboolean rn_feed_wanted (const RnPage *page)
{
	return (page->kind == RN_PAGE_HOME || page->kind == RN_PAGE_SECTION) && page->slice <= 1 && page->newest.n;
}

static void element (Writer *writer, const char *name, const char *attributes, const char *text)
{
	g_string_append_printf (writer->out, "<%s%s>", name, attributes);
	rn_text_escape (writer->out, text, -1, FALSE);
	g_string_append_printf (writer->out, "</%s>\n", name);
}

static void date_element (Writer *writer, const char *name, gint64 seconds)
{
	g_autoptr (GString) date = g_string_new (NULL);
	rn_date_format (date, seconds, TRUE);
	element (writer, name, "", date->str);
}

static void address (Writer *writer, const char *url, const char *attributes)
{
	const RnSite *site = rn_library_site (writer->library);
	g_autoptr (GString) href = g_string_new (site->base_url);
	if (site->base_url)
		rn_path_encode (href, url);
	else
		rn_path_relative (href, writer->from, url, site->explicit_index);
	g_string_append_printf (writer->out, "<link %shref=\"", attributes);
	rn_text_escape (writer->out, href->str, (gssize) href->len, TRUE);
	g_string_append (writer->out, "\"/>\n");
}

/* A UUID by name (RFC 4122, version 5) under the URL name space: the same for the same address on every machine. */
static void uuid (GString *out, const char *url)
{
	static const guint8 name_space[16] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
	guint8 digest[20];
	gsize len = sizeof digest;
	g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
	g_checksum_update (sum, name_space, sizeof name_space);
	g_checksum_update (sum, (const guchar *) url, -1);
	g_checksum_get_digest (sum, digest, &len);
	digest[6] = (guint8) ((digest[6] & 0x0f) | 0x50);
	digest[8] = (guint8) ((digest[8] & 0x3f) | 0x80);
	g_string_append (out, "urn:uuid:");
	for (guint i = 0; i < 16; i++)
		g_string_append_printf (out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", digest[i]);
}

static void id (Writer *writer, const char *url)
{
	const RnSite *site = rn_library_site (writer->library);
	g_autoptr (GString) text = g_string_new (site->base_url);
	if (site->base_url)
		rn_path_encode (text, url);
	else
		uuid (text, url);
	element (writer, "id", "", text->str);
}

static void entry (Writer *writer, const RnPage *page)
{
	g_string_append (writer->out, "<entry>\n");
	element (writer, "title", "", page->title);
	address (writer, page->url, "");
	id (writer, page->url);
	date_element (writer, "updated", rn_page_changed (page));
	if (page->date)
		date_element (writer, "published", page->date);
	if (page->description)
		element (writer, "summary", "", page->description);
	for (guint i = 0; i < page->tags.n; i++) {
		g_string_append (writer->out, "<category term=\"");
		rn_text_escape (writer->out, page->tags.items[i]->title, -1, TRUE);
		g_string_append (writer->out, "\"/>\n");
	}
	g_string_append (writer->out, "</entry>\n");
}

/* URL is the feed's own; PAGE what it is a feed of. */
static void write_feed (Writer *writer, const char *url, const char *title, const char *subtitle, const RnPage *page, const RnPages *newest)
{
	const RnSite *site = rn_library_site (writer->library);
	const char *name = rn_site_text (site, site->title, page->language), *author = rn_site_text (site, rn_value_get (site->config, "publisher"), page->language);
	GString *out = writer->out;
	g_autofree char *whole = name && (page->kind != RN_PAGE_HOME || title != page->title) ? g_strdup_printf ("%s - %s", name, title) : g_strdup (title);
	g_string_truncate (out, 0);
	g_string_append_printf (out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", page->language->code);
	element (writer, "title", "", whole);
	if (subtitle)
		element (writer, "subtitle", "", subtitle);
	id (writer, url);
	address (writer, url, "rel=\"self\" type=\"application/atom+xml\" ");
	address (writer, page->url, "rel=\"alternate\" type=\"text/html\" ");
	date_element (writer, "updated", rn_page_changed (newest->items[0]));
	g_string_append (out, "<author>");
	element (writer, "name", "", author ? author : name ? name : title);
	g_string_append (out, "</author>\n");
	for (guint i = 0; i < newest->n; i++)
		entry (writer, newest->items[i]);
	g_string_append (out, "</feed>\n");
}

void rn_feed_make (const RnLibrary *library, const RnPage *page, GString *out)
{
	g_autofree char *self = g_strconcat (page->url, "feed.xml", NULL);
	write_feed (&(Writer) { library, page->url, out }, self, page->title, page->description, page, &page->newest);
}

void rn_feed_make_added (const RnLibrary *library, const RnAddedFeed *feed, GString *out)
{
	const RnPage *page = feed->page ? feed->page : rn_library_home (library, feed->language);
	write_feed (&(Writer) { library, feed->url, out }, feed->url, feed->title, NULL, page, &feed->newest);
}
