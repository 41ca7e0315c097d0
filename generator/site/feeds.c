/* feeds.c - the newest pages of a home or a section as Atom. */
#include "site/feeds.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

typedef struct {
	const RnLibrary *library;
	const RnPage *feed;
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
		rn_path_relative (href, writer->feed->url, url, site->explicit_index);
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

void rn_feed_make (const RnLibrary *library, const RnPage *page, GString *out)
{
	const RnSite *site = rn_library_site (library);
	Writer writer = { library, page, out };
	g_string_truncate (out, 0);
	const char *name = rn_site_text (site, site->title, page->language), *author = rn_site_text (site, rn_value_get (site->config, "publisher"), page->language);
	g_autofree char *self = g_strconcat (page->url, "feed.xml", NULL);
	g_autofree char *title = name && page->kind != RN_PAGE_HOME ? g_strdup_printf ("%s - %s", name, page->title) : g_strdup (page->title);
	g_string_append_printf (out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", page->language->code);
	element (&writer, "title", "", title);
	if (page->description)
		element (&writer, "subtitle", "", page->description);
	id (&writer, self);
	address (&writer, self, "rel=\"self\" type=\"application/atom+xml\" ");
	address (&writer, page->url, "rel=\"alternate\" type=\"text/html\" ");
	date_element (&writer, "updated", rn_page_changed (page->newest.items[0]));
	g_string_append (out, "<author>");
	element (&writer, "name", "", author ? author : name ? name : page->title);
	g_string_append (out, "</author>\n");
	for (guint i = 0; i < page->newest.n; i++)
		entry (&writer, page->newest.items[i]);
	g_string_append (out, "</feed>\n");
}
