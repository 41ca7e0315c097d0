/* svg.c - an SVG document for inlining: libxml2 reads it, without entities and network; what is on the list is written again. */
#include <libxml/parser.h>
#include <string.h>

#include "base/dense.h"
#include "base/text.h"
#include "markdown/allow-int.h"
#include "markdown/sanitize.h"

#define LARGEST ((gsize) 4 << 20)

typedef struct {
	GString *out;
	char *what;
	const char *prefix;          /* before ids; "": they stay */
	const char *name;            /* of the drawing; NULL: it has its own, if any */
} Writer;

static void refuse (const Writer *writer, const char *name)
{
	if (!*writer->what)
		g_strlcpy (writer->what, name, 32);
}

/* url() may name a part of the same drawing and nothing else. */
static gboolean stays_inside (const char *value)
{
	g_autofree char *lower = g_ascii_strdown (value, -1);
	if (strchr (lower, '\\'))
		return FALSE;
	for (const char *p = lower; (p = strstr (p, "url")); p++) {
		const char *q = p + 3;
		q += strspn (q, " \t\r\n");
		if (*q != '(')
			continue;
		q++;
		q += strspn (q, " \t\r\n'\"");
		if (*q != '#')
			return FALSE;
	}
	return TRUE;
}

static void put (const Writer *writer, const char *name, const char *value)
{
	g_string_append_c (writer->out, ' ');
	g_string_append (writer->out, name);
	g_string_append (writer->out, "=\"");
	rn_text_escape (writer->out, value, -1, TRUE);
	g_string_append_c (writer->out, '"');
}

/* VALUE with the prefix before each id that it names: behind a '#' or, where ALL are ids, before each word. Free with g_free. */
static char *with_prefix (const Writer *writer, const char *value, gboolean all)
{
	GString *out = g_string_new (NULL);
	for (const char *p = value; *p; p++) {
		gboolean word = all && *p != ' ' && (p == value || p[-1] == ' ');
		if (word)
			g_string_append (out, writer->prefix);
		g_string_append_c (out, *p);
		if (!all && *p == '#')
			g_string_append (out, writer->prefix);
	}
	return g_string_free (out, FALSE);
}

static void put_value (const Writer *writer, const char *name, const char *value, gboolean href)
{
	gboolean ids = !strcmp (name, "id") || !strcmp (name, "aria-labelledby"), names = href || strstr (value, "url");
	g_autofree char *own = *writer->prefix && (ids || names) ? with_prefix (writer, value, ids) : NULL;
	put (writer, name, own ? own : value);
}

/* What the drawing is called is said by who shows it. */
static gboolean is_name (const char *name)
{
	return !strcmp (name, "role") || g_str_has_prefix (name, "aria-");
}

static gboolean has_prefix (const xmlAttr *attribute)
{
	return attribute->ns && attribute->ns->prefix;
}

/* An editor's own notes: not worth a word. Prefixes are not written, but those of XML itself and of links are understood without them. */
static gboolean is_note (const xmlAttr *attribute)
{
	return has_prefix (attribute) && strcmp ((const char *) attribute->name, "href") && strcmp ((const char *) attribute->ns->prefix, "xml");
}

/* Written once where editors write href and xlink:href beside each other: without a prefix it counts (SVG 2, 16.1.5), of two with one the first. */
static gboolean is_overruled (const xmlAttr *attribute)
{
	gboolean before = TRUE;
	for (const xmlAttr *other = attribute->parent->properties; has_prefix (attribute) && other; other = other->next) {
		if (other == attribute)
			before = FALSE;
		else if (xmlStrEqual (other->name, attribute->name) && !is_note (other) && (before || !has_prefix (other)))
			return TRUE;
	}
	return FALSE;
}

static void write_attribute (const Writer *writer, const xmlAttr *attribute)
{
	const char *name = (const char *) attribute->name;
	xmlChar *value = xmlNodeListGetString (attribute->doc, attribute->children, 1);
	const char *text = value ? (const char *) value : "";
	gboolean href = !strcmp (name, "href");
	if (!rn_allow_svg_attribute (name) || !stays_inside (text) || (href && *text != '#'))
		refuse (writer, name);
	else
		put_value (writer, name, text, href);
	xmlFree (value);
}

static void write_attributes (const Writer *writer, const xmlNode *node)
{
	gboolean named = writer->name && !node->parent->parent;
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		if (!is_note (attribute) && !is_overruled (attribute) && (!named || !is_name ((const char *) attribute->name)))
			write_attribute (writer, attribute);
	if (!named)
		return;
	put (writer, "role", "img");
	put (writer, "aria-label", writer->name);
	/* Else it would be black, on a dark page too. */
	if (!xmlHasProp (node, (const xmlChar *) "fill"))
		put (writer, "fill", "currentColor");
}

/* libxml2 refuses documents nested deeper than 256, so the recursion is bounded. */
static void write_node (const Writer *writer, const xmlNode *node)
{
	const char *name = (const char *) node->name;
	GString *out = writer->out;
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
		rn_text_escape (out, (const char *) node->content, -1, FALSE);
		return;
	}
	if (node->type != XML_ELEMENT_NODE)
		return;
	if (!rn_allow_svg_element (name)) {
		if (!node->ns || !node->ns->prefix)
			refuse (writer, name);
		return;
	}
	g_string_append_c (out, '<');
	g_string_append (out, name);
	write_attributes (writer, node);
	if (!node->children) {
		g_string_append (out, "/>");
		return;
	}
	g_string_append_c (out, '>');
	for (const xmlNode *child = node->children; child; child = child->next)
		write_node (writer, child);
	g_string_append_printf (out, "</%s>", name);
}

static gboolean sanitize (const char *svg, gsize len, const Writer *writer)
{
	*writer->what = 0;
	if (len > LARGEST || memmem (svg, len, "<!ENTITY", 8) || rn_dense_markup (svg, len))
		return FALSE;
	xmlDoc *doc = xmlReadMemory (svg, (int) len, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	if (!doc)
		return FALSE;
	const xmlNode *root = xmlDocGetRootElement (doc);
	gboolean is_svg = root && !strcmp ((const char *) root->name, "svg");
	if (is_svg)
		write_node (writer, root);
	xmlFreeDoc (doc);
	return is_svg;
}

gboolean rn_sanitize_svg (const char *svg, gsize len, GString *out, char what[32])
{
	const Writer writer = { out, what, "", NULL };
	return sanitize (svg, len, &writer);
}

gboolean rn_sanitize_drawing (const char *svg, gsize len, const char *prefix, const char *alt, GString *out, char what[32])
{
	const Writer writer = { out, what, prefix, alt };
	return sanitize (svg, len, &writer);
}

gboolean rn_sanitize_svg_alone (const char *svg, gsize len, GString *out, char what[32])
{
	if (!rn_sanitize_svg (svg, len, out, what))
		return FALSE;
	g_string_insert (out, strlen ("<svg"), " xmlns=\"http://www.w3.org/2000/svg\"");
	return TRUE;
}
