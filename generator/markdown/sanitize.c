/*
 * sanitize.c - libxml2's HTML reader tells the elements, balanced and with their entities read; we write those on the list.
 *
 * Nothing of the input's own spelling goes out: names are the list's, values are escaped again.
 */
#include "markdown/sanitize.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/dense.h"
#include "base/text.h"
#include "markdown/allow-int.h"
#include "model/link.h"

#define DEEPEST 100
#define LARGEST ((gsize) 4 << 20)

typedef struct {
	GString *out;
	char *what;
	RnSanitizeAddress address;
	gpointer user;
	GPtrArray *open;     /* elements that we wrote, names; NULL for one that we did not */
	guint dropped;       /* how deep in an element that is dropped with its content */
	gboolean tag;        /* one inline tag */
	gboolean web;        /* for the web alone: controls too */
} Writer;

static void refuse (Writer *writer, const char *what)
{
	if (!*writer->what)
		g_strlcpy (writer->what, what, 32);
}

/* Without what a browser passes over: blanks around, control characters anywhere. Free with g_free. */
static char *plain_address (const char *value)
{
	GString *out = g_string_new (NULL);
	for (const char *p = value; *p; p++)
		if ((guchar) *p > ' ' || (*p == ' ' && out->len))
			g_string_append_c (out, *p);
	while (out->len && out->str[out->len - 1] == ' ')
		g_string_truncate (out, out->len - 1);
	return g_string_free (out, FALSE);
}

static gboolean is_number (const char *value)
{
	return *value && strspn (value, "0123456789") == strlen (value) && strlen (value) < 6;
}

static void write_attribute (Writer *writer, const char *name, const char *value)
{
	g_string_append_c (writer->out, ' ');
	g_string_append (writer->out, name);
	g_string_append (writer->out, "=\"");
	rn_text_escape (writer->out, value, -1, TRUE);
	g_string_append_c (writer->out, '"');
}

static void attribute (Writer *writer, const RnElement *element, const char *name, const char *value)
{
	gboolean src = !strcmp (name, "src"), control = writer->web && rn_allow_control (element->name);
	if (!rn_allow_attribute (element, name) && !(writer->web && rn_allow_web_attribute (name))) {
		refuse (writer, name);
		return;
	}
	if (src || !strcmp (name, "href")) {
		g_autofree char *address = plain_address (value), *goes = NULL;
		if (writer->address)
			goes = writer->address (writer->user, address, src);
		else if (rn_link_scheme_allowed (address))
			goes = g_strdup (address);
		if (goes)
			write_attribute (writer, name, goes);
		else
			refuse (writer, name);
		return;
	}
	if (control && !strcmp (name, "type") && !rn_allow_input_type (value)) {
		refuse (writer, name);
		return;
	}
	static const char *const numbers[] = { "width", "height", "span", "colspan", "rowspan", "start", "value", NULL };
	if ((!control && g_strv_contains (numbers, name) && !is_number (value)) || (!strcmp (name, "id") && (!*value || strpbrk (value, " \t\r\n")))) {
		refuse (writer, name);
		return;
	}
	write_attribute (writer, name, value);
}

/* The page has one heading of the first level, its title. */
static const char *written_name (const RnElement *element)
{
	return strcmp (element->name, "h1") ? element->name : "h2";
}

static void start (void *data, const xmlChar *name, const xmlChar **attributes)
{
	Writer *writer = data;
	const char *tag = (const char *) name;
	const RnElement *element = writer->web ? rn_allow_control (tag) : NULL;
	element = element ? element : rn_allow_element (tag);
	gboolean frame = !strcmp (tag, "html") || !strcmp (tag, "body") || !strcmp (tag, "head");
	if (writer->dropped || (element && element->flags & RN_ALLOW_DROP)) {
		refuse (writer, tag);
		writer->dropped++;
		return;
	}
	if (frame || !element || (writer->tag && !(element->flags & RN_ALLOW_INLINE)) || writer->open->len >= DEEPEST) {
		if (!frame)
			refuse (writer, tag);
		g_ptr_array_add (writer->open, NULL);
		return;
	}
	gsize before = writer->out->len;
	g_string_append_c (writer->out, '<');
	g_string_append (writer->out, written_name (element));
	for (; attributes && *attributes; attributes += 2)
		attribute (writer, element, (const char *) attributes[0], attributes[1] ? (const char *) attributes[1] : "");
	g_string_append_c (writer->out, '>');
	/* A picture whose address was refused is none. */
	if (!strcmp (tag, "img") && !strstr (writer->out->str + before, " src=\""))
		g_string_truncate (writer->out, before);
	g_ptr_array_add (writer->open, element->flags & RN_ALLOW_VOID ? NULL : (gpointer) written_name (element));
}

static void end (void *data, const xmlChar *name)
{
	Writer *writer = data;
	(void) name;
	if (writer->dropped) {
		writer->dropped--;
		return;
	}
	if (!writer->open->len)
		return;
	const char *open = g_ptr_array_index (writer->open, writer->open->len - 1);
	g_ptr_array_set_size (writer->open, (gint) writer->open->len - 1);
	if (open && !writer->tag)
		g_string_append_printf (writer->out, "</%s>", open);
}

static void characters (void *data, const xmlChar *text, int len)
{
	Writer *writer = data;
	if (!writer->dropped && !writer->tag)
		rn_text_escape (writer->out, (const char *) text, len, FALSE);
}

static RnSanitizeResult read_html (const char *html, gsize len, Writer *writer)
{
	htmlSAXHandler sax = { .startElement = start, .endElement = end, .characters = characters, .ignorableWhitespace = characters };
	*writer->what = 0;
	if (len > LARGEST || rn_dense_markup (html, len)) {
		refuse (writer, "html");
		return RN_SANITIZE_CHANGED;
	}
	writer->open = g_ptr_array_new ();
	htmlParserCtxtPtr context = htmlCreatePushParserCtxt (&sax, writer, "<html><body>", 12, NULL, XML_CHAR_ENCODING_UTF8);
	htmlCtxtUseOptions (context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED);
	htmlParseChunk (context, html, (int) len, 0);
	htmlParseChunk (context, "", 0, 1);
	while (writer->open->len)
		end (writer, NULL);
	if (context->myDoc)
		xmlFreeDoc (context->myDoc);
	htmlFreeParserCtxt (context);
	g_ptr_array_unref (writer->open);
	return *writer->what ? RN_SANITIZE_CHANGED : RN_SANITIZE_FINE;
}

static RnSanitizeResult read_fragment (const char *html, gsize len, Writer *writer)
{
	GString *out = writer->out;
	gsize before = out->len;
	RnSanitizeResult result = read_html (html, len, writer);
	/* A comment alone leaves its line end. */
	if (strspn (out->str + before, " \t\r\n") == out->len - before)
		g_string_truncate (out, before);
	return result;
}

RnSanitizeResult rn_sanitize_html_with (const char *html, gsize len, GString *out, char what[32], RnSanitizeAddress address, gpointer user)
{
	Writer writer = { .out = out, .what = what, .address = address, .user = user };
	return read_fragment (html, len, &writer);
}

RnSanitizeResult rn_sanitize_web (const char *html, gsize len, GString *out, char what[32], RnSanitizeAddress address, gpointer user)
{
	Writer writer = { .out = out, .what = what, .address = address, .user = user, .web = TRUE };
	return read_fragment (html, len, &writer);
}

RnSanitizeResult rn_sanitize_html (const char *html, gsize len, GString *out, char what[32])
{
	return rn_sanitize_html_with (html, len, out, what, NULL, NULL);
}

/* "<b>", "</b>", "<br />": a name alone. FALSE: it has attributes. */
static gboolean bare_tag (const char *tag, gsize len, char name[32], gboolean *closing)
{
	gsize at = 1, n = 0;
	*closing = len > 2 && tag[1] == '/';
	at += *closing;
	while (at < len && n < 31 && (g_ascii_isalnum (tag[at]) || tag[at] == '-'))
		name[n++] = g_ascii_tolower (tag[at++]);
	name[n] = 0;
	while (at < len && (g_ascii_isspace (tag[at]) || tag[at] == '/'))
		at++;
	return n && at + 1 == len && tag[at] == '>';
}

RnSanitizeResult rn_sanitize_tag_with (const char *tag, gsize len, GString *out, char what[32], RnSanitizeAddress address, gpointer user)
{
	char name[32];
	gboolean closing;
	*what = 0;
	/* Comments, declarations and instructions say nothing to a reader. */
	if (len < 3 || tag[1] == '!' || tag[1] == '?')
		return RN_SANITIZE_FINE;
	if (!bare_tag (tag, len, name, &closing)) {
		Writer writer = { .out = out, .what = what, .address = address, .user = user, .tag = TRUE };
		return read_html (tag, len, &writer);
	}
	const RnElement *element = rn_allow_element (name);
	if (!element || !(element->flags & RN_ALLOW_INLINE)) {
		g_strlcpy (what, name, 32);
		return RN_SANITIZE_CHANGED;
	}
	g_string_append_printf (out, closing ? "</%s>" : "<%s>", element->name);
	return RN_SANITIZE_FINE;
}

RnSanitizeResult rn_sanitize_tag (const char *tag, gsize len, GString *out, char what[32])
{
	return rn_sanitize_tag_with (tag, len, out, what, NULL, NULL);
}

void rn_sanitize_tagfilter (const char *html, gsize len, GString *out)
{
	static const char *const names[] = { "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext" };
	for (const char *p = html, *stop = html + len; p < stop; p++) {
		gboolean filtered = FALSE;
		const char *name = p + 1 + (p + 1 < stop && p[1] == '/');
		for (gsize i = 0; *p == '<' && !filtered && i < G_N_ELEMENTS (names); i++) {
			gsize n = strlen (names[i]);
			filtered = (gsize) (stop - name) > n && !g_ascii_strncasecmp (name, names[i], n) &&
			           (g_ascii_isspace (name[n]) || name[n] == '>' || (name[n] == '/' && name + n + 1 < stop && name[n + 1] == '>'));
		}
		if (filtered)
			g_string_append (out, "&lt;");
		else
			g_string_append_c (out, *p);
	}
}
