/* dump.c - a MediaWiki export as a stream of pages. Invariant: memory grows with the largest revision, not with the dump. */
#include "import/dump.h"
#include "base/words.h"

#include <gio/gio.h>
#include <libxml/xmlreader.h>
#include <string.h>

enum { TITLE, REDIRECT, PAGE_ID, REVISION, TIME, AUTHOR, MODEL, TEXT, PARTS };

typedef struct {
	RnDumpSite *site;
	RnDumpEach each;
	gpointer user;
	char *page[PARTS], *revision[PARTS];
	gint ns;
	gboolean any;            /* a revision was read */
	GError *error;
} Reading;

/* --- names ------------------------------------------------------------------------------------------------------------------ */

RnDumpSite *rn_dump_site_new (void)
{
	static const struct { const char *name; gint number; } canonical[] = {
		{ "category", RN_WIKI_CATEGORY }, { "file", RN_WIKI_FILE }, { "image", RN_WIKI_FILE }, { "media", RN_WIKI_MEDIA }, { "template", RN_WIKI_TEMPLATE },
	};
	RnDumpSite *site = g_new0 (RnDumpSite, 1);
	site->by_number = g_hash_table_new_full (NULL, NULL, NULL, g_free);
	site->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < G_N_ELEMENTS (canonical); i++)
		g_hash_table_insert (site->by_name, g_strdup (canonical[i].name), GINT_TO_POINTER (canonical[i].number));
	return site;
}

void rn_dump_site_free (RnDumpSite *site)
{
	g_hash_table_unref (site->by_number);
	g_hash_table_unref (site->by_name);
	g_free (site->name);
	g_free (site->base);
	g_free (site);
}

static char *tidy (const char *text, gsize len)
{
	GString *out = g_string_sized_new (len);
	for (gsize i = 0; i < len; i++) {
		char c = text[i] == '_' || text[i] == '\n' || text[i] == '\t' ? ' ' : text[i];
		if (c != ' ' || (out->len && out->str[out->len - 1] != ' '))
			g_string_append_c (out, c);
	}
	if (out->len && out->str[out->len - 1] == ' ')
		g_string_truncate (out, out->len - 1);
	return g_string_free (out, FALSE);
}

gint rn_dump_namespace (const RnDumpSite *site, const char *title, const char **rest)
{
	const char *colon = strchr (title, ':');
	*rest = title;
	if (!colon || colon == title)
		return RN_WIKI_MAIN;
	g_autofree char *name = tidy (title, (gsize) (colon - title)), *lower = g_utf8_strdown (name, -1);
	gpointer number;
	if (!g_hash_table_lookup_extended (site->by_name, lower, NULL, &number))
		return RN_WIKI_MAIN;
	*rest = colon + 1 + strspn (colon + 1, " _");
	return GPOINTER_TO_INT (number);
}

char *rn_dump_title (const RnDumpSite *site, const char *title, gssize len)
{
	g_autofree char *clean = tidy (title, len < 0 ? strlen (title) : (gsize) len);
	const char *rest;
	gint ns = rn_dump_namespace (site, clean, &rest);
	const char *name = ns != RN_WIKI_MAIN ? g_hash_table_lookup (site->by_number, GINT_TO_POINTER (ns)) : NULL;
	GString *out = g_string_new (NULL);
	if (rest != clean) {
		if (name)
			g_string_append (out, name);
		else
			g_string_append_len (out, clean, (gssize) strcspn (clean, ":"));
		g_string_append_c (out, ':');
	}
	if (*rest && !site->exact) {
		g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (rest)));
		rest = g_utf8_next_char (rest);
	}
	g_string_append (out, rest);
	return g_string_free (out, FALSE);
}

/* --- the stream ------------------------------------------------------------------------------------------------------------- */

static int read_some (void *context, char *buffer, int len)
{
	return (int) g_input_stream_read (context, buffer, (gsize) len, NULL, NULL);
}

static int no_close (void *context)
{
	(void) context;
	return 0;
}

/* What packed the file, by its first bytes; NULL for what can be read as it is. */
static const char *unpacker (const guchar *head, gsize n)
{
	if (n >= 3 && !memcmp (head, "BZh", 3))
		return "bunzip2 -k";
	if (n >= 2 && !memcmp (head, "7z", 2))
		return "7z x";
	if (n >= 6 && !memcmp (head, "\xfd" "7zXZ", 5))
		return "unxz -k";
	return n >= 4 && !memcmp (head, "PK\3\4", 4) ? "unzip" : NULL;
}

static GInputStream *open_dump (const char *path, GError **error)
{
	g_autoptr (GFile) file = g_file_new_for_path (path);
	g_autoptr (GFileInputStream) plain = g_file_read (file, NULL, error);
	guchar head[6];
	gsize n = 0;
	if (!plain || !g_input_stream_read_all (G_INPUT_STREAM (plain), head, sizeof head, &n, NULL, error) ||
	    !g_seekable_seek (G_SEEKABLE (plain), 0, G_SEEK_SET, NULL, error))
		return NULL;
	const char *how = unpacker (head, n);
	if (how) {
		g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("'%s' is packed in a way that cannot be read here. Unpack it first: %s %s"), path, how, path);
		return NULL;
	}
	if (n < 2 || head[0] != 0x1f || head[1] != 0x8b)
		return G_INPUT_STREAM (g_steal_pointer (&plain));
	g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	return g_converter_input_stream_new (G_INPUT_STREAM (plain), G_CONVERTER (gzip));
}

/* --- pages ------------------------------------------------------------------------------------------------------------------ */

static void clear (char *parts[PARTS])
{
	for (guint i = 0; i < PARTS; i++)
		g_clear_pointer (&parts[i], g_free);
}

static void keep (char **to, xmlTextReader *reader)
{
	g_autofree char *attribute = (char *) xmlTextReaderGetAttribute (reader, BAD_CAST "title");
	xmlChar *text = xmlTextReaderReadString (reader);
	g_free (*to);
	*to = g_strdup (attribute ? attribute : text ? (const char *) text : "");
	xmlFree (text);
}

static void read_namespace (Reading *reading, xmlTextReader *reader)
{
	xmlChar *key = xmlTextReaderGetAttribute (reader, BAD_CAST "key"), *name = xmlTextReaderReadString (reader);
	gint number = key ? (gint) g_ascii_strtoll ((const char *) key, NULL, 10) : 0;
	if (name && *name) {
		g_hash_table_insert (reading->site->by_number, GINT_TO_POINTER (number), g_strdup ((const char *) name));
		g_hash_table_insert (reading->site->by_name, g_utf8_strdown ((const char *) name, -1), GINT_TO_POINTER (number));
	}
	xmlFree (key);
	xmlFree (name);
}

/* The revision that has been read takes the place of an older one: the newest by its time, by its place where that is the same. */
static void end_revision (Reading *reading)
{
	if (reading->any && g_strcmp0 (reading->revision[TIME], reading->page[TIME]) < 0) {
		clear (reading->revision);
		return;
	}
	for (guint i = REVISION; i < PARTS; i++) {
		g_free (reading->page[i]);
		reading->page[i] = g_steal_pointer (&reading->revision[i]);
	}
	reading->any = TRUE;
}

static gboolean end_page (Reading *reading)
{
	char **p = reading->page;
	const RnDumpPage page = { reading->ns, p[TITLE] ? p[TITLE] : "", p[REDIRECT], p[PAGE_ID], p[REVISION], p[TIME], p[AUTHOR], p[MODEL], p[TEXT] ? p[TEXT] : "" };
	gboolean fine = reading->each (&page, reading->user, &reading->error);
	clear (reading->page);
	clear (reading->revision);
	reading->any = FALSE;
	reading->ns = 0;
	return fine;
}

static void begin_element (Reading *reading, xmlTextReader *reader, const char *name, int depth)
{
	static const struct { int depth; const char *name; int part; } parts[] = {
		{ 2, "title", TITLE }, { 2, "redirect", REDIRECT }, { 2, "id", PAGE_ID }, { 3, "id", REVISION }, { 3, "timestamp", TIME }, { 3, "model", MODEL },
		{ 3, "text", TEXT }, { 4, "username", AUTHOR }, { 4, "ip", AUTHOR },
	};
	for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
		if (parts[i].depth == depth && !strcmp (parts[i].name, name))
			keep (parts[i].part < REVISION ? &reading->page[parts[i].part] : &reading->revision[parts[i].part], reader);
	if (depth == 2 && !strcmp (name, "ns")) {
		xmlChar *number = xmlTextReaderReadString (reader);
		reading->ns = number ? (gint) g_ascii_strtoll ((const char *) number, NULL, 10) : 0;
		xmlFree (number);
	} else if (depth == 2 && !strcmp (name, "sitename")) {
		keep (&reading->site->name, reader);
	} else if (depth == 2 && !strcmp (name, "base")) {
		keep (&reading->site->base, reader);
	} else if (depth == 2 && !strcmp (name, "case")) {
		xmlChar *text = xmlTextReaderReadString (reader);
		reading->site->exact = text && !strcmp ((const char *) text, "case-sensitive");
		xmlFree (text);
	} else if (depth == 3 && !strcmp (name, "namespace")) {
		read_namespace (reading, reader);
	}
}

static gboolean step (Reading *reading, xmlTextReader *reader)
{
	const char *name = (const char *) xmlTextReaderConstLocalName (reader);
	int type = xmlTextReaderNodeType (reader), depth = xmlTextReaderDepth (reader);
	gboolean ends = type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement (reader));
	if (depth == 0 && type == XML_READER_TYPE_ELEMENT && strcmp (name, "mediawiki")) {
		g_set_error (&reading->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("this is no MediaWiki export: it begins with <%s>, not with <mediawiki>"), name);
		return FALSE;
	}
	if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
		g_set_error_literal (&reading->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("this is no MediaWiki export: it declares a document type"));
		return FALSE;
	}
	if (type == XML_READER_TYPE_ELEMENT)
		begin_element (reading, reader, name, depth);
	if (ends && depth == 2 && !strcmp (name, "revision"))
		end_revision (reading);
	return !ends || depth != 1 || strcmp (name, "page") || end_page (reading);
}

static void keep_fault (void *user, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
	Reading *reading = user;
	if (reading->error || severity == XML_PARSER_SEVERITY_WARNING || severity == XML_PARSER_SEVERITY_VALIDITY_WARNING)
		return;
	g_autofree char *what = g_strchomp (g_strdup (message));
	g_set_error (&reading->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("the export breaks off or is damaged in line %d (%s): get it anew"), xmlTextReaderLocatorLineNumber (locator), what);
}

gboolean rn_dump_read (const char *path, RnDumpSite *site, RnDumpEach each, gpointer user, GError **error)
{
	g_autoptr (GInputStream) stream = open_dump (path, error);
	Reading reading = { .site = site, .each = each, .user = user };
	int more = -1;
	if (!stream)
		return FALSE;
	xmlTextReader *reader = xmlReaderForIO (read_some, no_close, stream, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
	if (reader) {
		xmlTextReaderSetErrorHandler (reader, keep_fault, &reading);
		while ((more = xmlTextReaderRead (reader)) == 1 && !reading.error && step (&reading, reader))
			;
		xmlFreeTextReader (reader);
	}
	clear (reading.page);
	clear (reading.revision);
	if (!more && !reading.error)
		return TRUE;
	if (!reading.error)
		g_set_error_literal (&reading.error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the export cannot be read to its end"));
	g_propagate_prefixed_error (error, reading.error, "%s: ", path);
	return FALSE;
}
