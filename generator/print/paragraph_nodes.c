/*
 * paragraph_nodes.c - a document's inlines -> runs, by a table of one function a node type.
 *
 * An inline's look is its own and that of all it stands in. HTML's inline tags come as siblings of what they hold: what they open counts until it is closed.
 */
#include "print/blocks.h"
#include "print/paragraph-int.h"

#include <string.h>

/* What the HTML tags that are open among these siblings ask for: how many of each look. */
enum { LOOKS = 8 };
typedef struct { RnInline look; guint8 open[LOOKS]; guint quotes; } Place;

static void put_text (RnParagraph *paragraph, const char *text, gssize len, const Place *at)
{
	rn_paragraph_text (paragraph, text, len, at->look.flags, at->look.tag, at->look.target);
}

static void text (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	put_text (paragraph, node->text, node->len, at);
}

static void soft_break (RnParagraph *paragraph, G_GNUC_UNUSED const RnNode *node, Place *at)
{
	put_text (paragraph, " ", 1, at);
}

static void line_break (RnParagraph *paragraph, G_GNUC_UNUSED const RnNode *node, G_GNUC_UNUSED Place *at)
{
	rn_paragraph_break (paragraph);
}

/* The tag for what is of ROLE here; NULL in artifacts. */
static RnTag *tag_here (RnParagraph *paragraph, const RnInline *look, RnRole role)
{
	return paragraph->tag ? rn_tag_new (&paragraph->setter->book->tags, look->tag ? look->tag : paragraph->tag, role) : NULL;
}

static void code (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	RnTag *tag = tag_here (paragraph, &at->look, RN_ROLE_CODE);
	rn_paragraph_text (paragraph, node->text, node->len, at->look.flags | RN_TEXT_MONO, tag, at->look.target);
}

static void children (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	rn_paragraph_inlines (paragraph, node->first, &at->look);
}

static void emphasis (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	RnInline inner = at->look;
	inner.flags ^= RN_TEXT_ITALIC;
	rn_paragraph_inlines (paragraph, node->first, &inner);
}

static void strong (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	RnInline inner = at->look;
	inner.flags |= RN_TEXT_BOLD;
	rn_paragraph_inlines (paragraph, node->first, &inner);
}

static void strike (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	RnInline inner = at->look;
	inner.flags |= RN_TEXT_STRIKE;
	rn_paragraph_inlines (paragraph, node->first, &inner);
}

static void link_to (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	if (at->look.target || node->flags & RN_NODE_F_GONE)
		children (paragraph, node, at);
	else
		rn_paragraph_link (paragraph, node, at->look.flags);
}

/* A picture within the text is no higher than its line; where it cannot be had, its words stand for it. */
static void image (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	const RnTextStyle *style = &paragraph->style;
	g_autoptr (GString) alt = g_string_new (NULL);
	for (const RnNode *child = node->first; child; child = child->next)
		rn_node_text (child, alt);
	RnTag *tag = tag_here (paragraph, &at->look, RN_ROLE_FIGURE);
	if (tag)
		tag->alt = rn_arena_strndup (paragraph->setter->book->arena, alt->str, (gssize) alt->len);
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	RnLength width = 0, height = 0;
	if (!rn_figure_marks (paragraph->setter, node->text, NULL, 0, node->line, style->size * 12, style->size, tag, marks, &width, &height)) {
		put_text (paragraph, alt->str, (gssize) alt->len, at);
		return;
	}
	for (guint i = 0; i < marks->len; i++)
		g_array_index (marks, RnMark, i).y -= height - style->size / 8;
	rn_paragraph_box (paragraph, width, (const RnMark *) (gpointer) marks->data, marks->len);
}

static void reference (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	rn_paragraph_reference (paragraph, node, at->look.flags);
}

/* --- HTML's inline tags --------------------------------------------------------------------------------------------------- */

static guint look_of (const char *name)
{
	static const struct { const char *name; guint look; } looks[] = {
		{ "b", RN_TEXT_BOLD }, { "strong", RN_TEXT_BOLD }, { "i", RN_TEXT_ITALIC }, { "em", RN_TEXT_ITALIC }, { "cite", RN_TEXT_ITALIC },
		{ "dfn", RN_TEXT_ITALIC }, { "var", RN_TEXT_ITALIC }, { "code", RN_TEXT_MONO }, { "kbd", RN_TEXT_MONO }, { "samp", RN_TEXT_MONO },
		{ "s", RN_TEXT_STRIKE }, { "del", RN_TEXT_STRIKE }, { "u", RN_TEXT_UNDERLINED }, { "ins", RN_TEXT_UNDERLINED },
		{ "sup", RN_TEXT_RAISED }, { "sub", RN_TEXT_LOWERED }, { "mark", RN_TEXT_MARKED },
	};
	for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
		if (!strcmp (looks[i].name, name))
			return looks[i].look;
	return 0;
}

/* One more or one less of LOOK is open. Its bit goes on with the first and off with the last; italics turn over. */
static void turn (Place *at, guint look, gboolean closing)
{
	guint8 *open = &at->open[g_bit_nth_lsf (look, -1)];
	if (closing && !*open)
		return;
	*open = (guint8) (closing ? *open - 1 : MIN (*open + 1, 254));
	if (*open == (closing ? 0 : 1))
		at->look.flags ^= look;
}

static void quote (RnParagraph *paragraph, Place *at, gboolean closing)
{
	const RnTypography *typography = &paragraph->setter->language->typography;
	if (closing && at->quotes)
		at->quotes--;
	guint depth = at->quotes & 1;
	const char *mark = closing ? typography->close[depth] : typography->open[depth];
	put_text (paragraph, mark ? mark : "\"", -1, at);
	if (!closing)
		at->quotes++;
}

/* The name in TAG's id="": it leads to this line. */
static void note_id (RnParagraph *paragraph, const char *tag)
{
	const char *id = strstr (tag, " id=\""), *end = id ? strchr (id + 5, '"') : NULL;
	if (!end || !paragraph->setter->page)
		return;
	RnArena *arena = paragraph->setter->book->arena;
	const char *name = rn_arena_strndup (arena, id + 5, end - id - 5);
	rn_paragraph_add (paragraph, RN_RUN_ANCHOR)->text = rn_anchor_name (arena, paragraph->setter->page, name);
}

static void html (RnParagraph *paragraph, const RnNode *node, Place *at)
{
	const char *begin = node->text + 1;
	char name[12];
	gsize n = 0;
	if (*node->text != '<')
		return;
	gboolean closing = *begin == '/';
	for (begin += closing; g_ascii_isalnum (begin[n]) && n < sizeof name - 1; n++)
		name[n] = g_ascii_tolower (begin[n]);
	name[n] = 0;
	guint look = look_of (name);
	if (!closing)
		note_id (paragraph, node->text);
	if (look)
		turn (at, look, closing);
	else if (!strcmp (name, "br"))
		rn_paragraph_break (paragraph);
	else if (!strcmp (name, "wbr"))
		put_text (paragraph, "\342\200\213", -1, at); /* U+200B */
	else if (!strcmp (name, "q"))
		quote (paragraph, at, closing);
}

/* --- the table ------------------------------------------------------------------------------------------------------------ */

static void (*const setters[RN_NODE_TYPES]) (RnParagraph *paragraph, const RnNode *node, Place *at) = {
	[RN_NODE_TEXT] = text, [RN_NODE_SOFT_BREAK] = soft_break, [RN_NODE_LINE_BREAK] = line_break, [RN_NODE_CODE] = code, [RN_NODE_EMPHASIS] = emphasis,
	[RN_NODE_STRONG] = strong, [RN_NODE_STRIKE] = strike, [RN_NODE_LINK] = link_to, [RN_NODE_IMAGE] = image, [RN_NODE_HTML] = html,
	[RN_NODE_FOOTNOTE_REFERENCE] = reference, [RN_NODE_ABBREVIATION] = children,
};

void rn_paragraph_inlines (RnParagraph *paragraph, const RnNode *node, const RnInline *inherited)
{
	Place at = { .look = *inherited };
	for (; node; node = node->next) {
		if (node->line)
			paragraph->line = node->line;
		if (setters[node->type])
			setters[node->type] (paragraph, node, &at);
		else
			children (paragraph, node, &at);
	}
}

void rn_paragraph_nodes (RnParagraph *paragraph, const RnNode *node, guint flags)
{
	const RnInline look = { .flags = flags };
	rn_paragraph_inlines (paragraph, node, &look);
}
