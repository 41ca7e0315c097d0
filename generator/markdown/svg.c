/* svg.c - an SVG document for inlining: libxml2 reads it, without entities and network; what is on the list is written again. */
#include <libxml/parser.h>
#include <string.h>

#include "base/text.h"
#include "markdown/allow-int.h"
#include "markdown/sanitize.h"

#define LARGEST ((gsize) 4 << 20)

static void refuse (char what[32], const char *name)
{
	if (!*what)
		g_strlcpy (what, name, 32);
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

static void write_attribute (const xmlAttr *attribute, GString *out, char what[32])
{
	const char *name = (const char *) attribute->name;
	xmlChar *value = xmlNodeListGetString (attribute->doc, attribute->children, 1);
	const char *text = value ? (const char *) value : "";
	gboolean href = !strcmp (name, "href");
	gboolean foreign = attribute->ns && attribute->ns->prefix && !href && strcmp ((const char *) attribute->ns->prefix, "xml");
	if (foreign) {
		/* An editor's own notes: not worth a word. */
	} else if (!rn_allow_svg_attribute (name) || !stays_inside (text) || (href && *text != '#'))
		refuse (what, name);
	else {
		g_string_append_c (out, ' ');
		g_string_append (out, name);
		g_string_append (out, "=\"");
		rn_text_escape (out, text, -1, TRUE);
		g_string_append_c (out, '"');
	}
	xmlFree (value);
}

/* libxml2 refuses documents nested deeper than 256, so the recursion is bounded. */
static void write_node (const xmlNode *node, GString *out, char what[32])
{
	const char *name = (const char *) node->name;
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
		rn_text_escape (out, (const char *) node->content, -1, FALSE);
		return;
	}
	if (node->type != XML_ELEMENT_NODE)
		return;
	if (!rn_allow_svg_element (name)) {
		if (!node->ns || !node->ns->prefix)
			refuse (what, name);
		return;
	}
	g_string_append_c (out, '<');
	g_string_append (out, name);
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		write_attribute (attribute, out, what);
	if (!node->children) {
		g_string_append (out, "/>");
		return;
	}
	g_string_append_c (out, '>');
	for (const xmlNode *child = node->children; child; child = child->next)
		write_node (child, out, what);
	g_string_append_printf (out, "</%s>", name);
}

gboolean rn_sanitize_svg (const char *svg, gsize len, GString *out, char what[32])
{
	*what = 0;
	if (len > LARGEST || memmem (svg, len, "<!ENTITY", 8))
		return FALSE;
	xmlDoc *doc = xmlReadMemory (svg, (int) len, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	if (!doc)
		return FALSE;
	const xmlNode *root = xmlDocGetRootElement (doc);
	gboolean is_svg = root && !strcmp ((const char *) root->name, "svg");
	if (is_svg)
		write_node (root, out, what);
	xmlFreeDoc (doc);
	return is_svg;
}
