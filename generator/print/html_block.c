/*
 * html_block.c - raw HTML, which the sanitiser has let through, set as what it means.
 *
 * In: HTML_BLOCK nodes. Out: the pieces of the blocks that they describe. Invariant: an element that means nothing on paper keeps its text;
 * no input is too deep.
 */
#include "print/blocks-int.h"
#include "print/html-int.h"

#include <string.h>

/* --- nodes ---------------------------------------------------------------------------------------------------------------- */

RnNode *rn_html_add (RnHtmlReader *reader, RnNode ***tail, RnNodeType type)
{
	RnNode *node = rn_arena_new0 (reader->arena, RnNode);
	node->type = (guint8) type;
	node->line = reader->line;
	**tail = node;
	*tail = &node->next;
	return node;
}

RnNode *rn_html_add_text (RnHtmlReader *reader, RnNode ***tail, RnNodeType type, const char *text, gsize len)
{
	RnNode *node = rn_html_add (reader, tail, type);
	node->text = rn_arena_strndup (reader->arena, text, (gssize) len);
	node->len = (guint32) len;
	return node;
}

const char *rn_html_attribute (RnHtmlReader *reader, const xmlNode *element, const char *name)
{
	xmlChar *value = xmlGetProp ((xmlNode *) element, (const xmlChar *) name);
	const char *copy = value != NULL ? rn_arena_strndup (reader->arena, (const char *) value, -1) : NULL;
	xmlFree (value);
	return copy;
}

gboolean rn_html_is (const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

void rn_html_text (const xmlNode *element, GString *out, guint depth)
{
	for (const xmlNode *child = element->children; child != NULL; child = child->next) {
		if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
			g_string_append (out, (const char *) child->content);
		else if (rn_html_is (child, "br"))
			g_string_append_c (out, '\n');
		else if (depth < 1000)
			rn_html_text (child, out, depth + 1);
	}
}

/* --- blocks --------------------------------------------------------------------------------------------------------------- */

typedef void (*ReadBlock) (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail);

/* What only holds blocks. A place that has a name is a node of its own. */
static void container (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	const char *id = rn_html_attribute (reader, node, "id");
	if (id == NULL) {
		rn_html_blocks (reader, node->children, tail);
		return;
	}
	RnNode *group = rn_html_add (reader, tail, RN_NODE_GROUP), **first = &group->first;
	group->extra = id;
	rn_html_blocks (reader, node->children, &first);
}

static void quote (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	RnNode *out = rn_html_add (reader, tail, RN_NODE_QUOTE), **first = &out->first;
	out->extra = rn_html_attribute (reader, node, "id");
	rn_html_blocks (reader, node->children, &first);
}

static void words (RnHtmlReader *reader, const xmlNode *node, RnNode **first)
{
	reader->blank = TRUE;
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		rn_html_inline (reader, child, &first);
}

static void heading (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	RnNode *out = rn_html_add (reader, tail, RN_NODE_HEADING);
	out->level = (guint8) (node->name[1] - '0');
	out->extra = rn_html_attribute (reader, node, "id");
	words (reader, node, &out->first);
}

/* A summary, a term: words that stand out from what follows. */
static void bold (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	RnNode *out = rn_html_add (reader, tail, RN_NODE_PARAGRAPH), **first = &out->first;
	words (reader, node, &rn_html_add (reader, &first, RN_NODE_STRONG)->first);
}

static ReadBlock reader_of (const xmlNode *node);

/* A list within a list, without an item around it, is an item of its own. */
static void item (RnHtmlReader *reader, const xmlNode *node, RnNode ***items)
{
	RnNode *out = rn_html_add (reader, items, RN_NODE_ITEM), **first = &out->first;
	ReadBlock read = rn_html_is (node, "li") ? NULL : reader_of (node);
	if (read == NULL || reader->depth >= RN_HTML_DEEPEST) {
		rn_html_blocks (reader, node->children, &first);
		return;
	}
	reader->depth++;
	read (reader, node, &first);
	reader->depth--;
}

static void list (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	RnNode *out = rn_html_add (reader, tail, RN_NODE_LIST), **items = &out->first;
	const char *start = rn_html_attribute (reader, node, "start");
	gboolean loose = FALSE;
	out->extra = rn_html_attribute (reader, node, "id");
	out->flags = strcmp ((const char *) node->name, "ol") == 0 ? RN_NODE_F_ORDERED : 0;
	out->number = start != NULL ? (guint32) CLAMP (g_ascii_strtoll (start, NULL, 10), 0, 999999999) : 1;
	for (const xmlNode *child = node->children; child != NULL; child = child->next) {
		if (child->type != XML_ELEMENT_NODE)
			continue;
		for (const xmlNode *inner = child->children; inner != NULL; inner = inner->next)
			loose |= rn_html_is (inner, "p");
		item (reader, child, &items);
	}
	if (!loose)
		out->flags |= RN_NODE_F_TIGHT;
}

static void preformatted (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	g_autoptr (GString) text = g_string_new (NULL);
	rn_html_text (node, text, 0);
	rn_html_add_text (reader, tail, RN_NODE_CODE_BLOCK, text->str, text->len);
}

static void rule (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	(void) node;
	rn_html_add (reader, tail, RN_NODE_RULE);
}

/* A picture and its caption alone are a figure; else what is in it are blocks. */
static void figure (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	const xmlNode *picture = NULL, *caption = NULL;
	gboolean other = FALSE;
	for (const xmlNode *child = node->children; child != NULL; child = child->next) {
		if (picture == NULL && rn_html_is (child, "img") && xmlHasProp ((xmlNode *) child, (const xmlChar *) "src") != NULL)
			picture = child;
		else if (caption == NULL && rn_html_is (child, "figcaption"))
			caption = child;
		else
			other |= !xmlIsBlankNode (child);
	}
	if (picture == NULL || other) {
		container (reader, node, tail);
		return;
	}
	RnNode *out = rn_html_add (reader, tail, RN_NODE_FIGURE), **first = &out->first;
	rn_html_inline (reader, picture, &first);
	if (caption != NULL)
		words (reader, caption, first);
}

static const struct { const char *name; ReadBlock read; } elements[] = {
	{ "p", container }, { "div", container }, { "section", container }, { "aside", container }, { "details", container }, { "dl", container },
	{ "dd", container }, { "li", container }, { "figcaption", container }, { "caption", container }, { "tbody", container }, { "thead", container },
	{ "tfoot", container }, { "tr", container }, { "td", container }, { "th", container }, { "body", container }, { "html", container },
	{ "summary", bold }, { "dt", bold }, { "ul", list }, { "ol", list }, { "blockquote", quote }, { "pre", preformatted }, { "hr", rule },
	{ "figure", figure }, { "table", rn_html_nodes_table }, { "h1", heading }, { "h2", heading }, { "h3", heading }, { "h4", heading }, { "h5", heading },
	{ "h6", heading },
};

static ReadBlock reader_of (const xmlNode *node)
{
	for (guint i = 0; node->type == XML_ELEMENT_NODE && i < G_N_ELEMENTS (elements); i++)
		if (strcmp ((const char *) node->name, elements[i].name) == 0)
			return elements[i].read;
	return NULL;
}

gboolean rn_html_is_block (const xmlNode *node)
{
	return reader_of (node) != NULL;
}

void rn_html_blocks (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail)
{
	RnNode *paragraph = NULL, **inlines = NULL;
	reader->depth++;
	for (; node != NULL; node = node->next) {
		ReadBlock read = reader->depth < RN_HTML_DEEPEST ? reader_of (node) : NULL;
		if (read != NULL) {
			read (reader, node, tail);
			paragraph = NULL;
			continue;
		}
		if (paragraph == NULL) {
			/* Blanks between blocks are no paragraph. */
			if (xmlIsBlankNode (node) || (node->type != XML_ELEMENT_NODE && node->type != XML_TEXT_NODE))
				continue;
			paragraph = rn_html_add (reader, tail, RN_NODE_PARAGRAPH);
			inlines = &paragraph->first;
			reader->blank = TRUE;
		}
		rn_html_inline (reader, node, &inlines);
	}
	reader->depth--;
}

/* --- setting -------------------------------------------------------------------------------------------------------------- */

/* A drawing that a plugin made. */
static void set_drawing (RnBlocks *blocks, const RnNode *html)
{
	const RnTextStyle *body = blocks->body;
	RnTag *tag = rn_blocks_tag (blocks, blocks->parent, RN_ROLE_FIGURE);
	RnLength width, height;
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnLength most = blocks->column_height > 0 ? blocks->column_height : blocks->measure * 2;
	if (!rn_figure_marks (blocks->setter, NULL, html->text, html->len, html->line, blocks->measure, most, tag, marks, &width, &height))
		return;
	RnPiece *piece = rn_galley_add (blocks->galley, height);
	RnLength gap = body->leading / 2;
	piece->space = rn_galley_meet (blocks->galley, MAX (body->before, gap), MAX (body->after, gap));
	rn_piece_add_marks (blocks->galley->arena, piece, (const RnMark *) (void *) marks->data, marks->len, FALSE);
	rn_piece_shift (piece, blocks->x + MAX (blocks->measure - width, 0) / 2, 0);
}

static void set_document (RnBlocks *blocks, const RnNode *html, htmlDocPtr document)
{
	RnHtmlReader reader = { .setter = blocks->setter, .arena = blocks->galley->arena, .line = html->line };
	RnNode *first = NULL, **tail = &first;
	const xmlNode *root = xmlDocGetRootElement (document);
	if (root != NULL)
		rn_html_blocks (&reader, root, &tail);
	for (const RnNode *node = first; node != NULL; node = node->next)
		rn_set_block (blocks, node);
}

void rn_set_html (RnBlocks *blocks, const RnNode *html)
{
	if (html->len == 0)
		return;
	if (g_str_has_prefix (html->text, "<svg")) {
		set_drawing (blocks, html);
		return;
	}
	/* One root, so that text in front of the first element is in the tree where it stands. */
	g_autofree char *whole = g_strconcat ("<html><body>", html->text, "</body></html>", NULL);
	htmlDocPtr document = htmlReadMemory (whole, (int) strlen (whole), NULL, "UTF-8",
	                                      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED);
	if (document == NULL)
		return;
	set_document (blocks, html, document);
	xmlFreeDoc (document);
}
