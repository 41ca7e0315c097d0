/*
 * made.c - a tree that a plugin made -> nodes of the document.
 *
 * In: nodes whose TEXTs are Markdown still (parse.h). Out: the same nodes, their texts parsed, headings with anchors, all at the fence's place.
 * Invariant: the tree's own memory is used on, so that a long table is not copied.
 */
#include "markdown/convert-int.h"

#include <string.h>

static void take_blocks (RnMarkdown *md, RnNode **first);

/* A TEXT's Markdown of one line -> inlines in its place; what comes behind them is returned. */
static RnNode **take_line (RnMarkdown *md, RnNode **at)
{
	RnNode *text = *at, *next = text->next;
	*at = NULL;
	rn_parse_line (md, text->text, text->len, at);
	while (*at)
		at = &(*at)->next;
	*at = next;
	return at;
}

/* The texts among the children are lines. Nodes stay. */
static void take_lines (RnMarkdown *md, RnNode **at)
{
	while (*at)
		at = (*at)->type == RN_NODE_TEXT ? take_line (md, at) : &(*at)->next;
}

/* An item: each text is a paragraph of one line, and nodes may stand between. */
static void take_item (RnMarkdown *md, RnNode *item)
{
	for (RnNode *child = item->first; child; child = child->next) {
		if (child->type != RN_NODE_TEXT)
			continue;
		RnNode *text = rn_arena_new0 (md->arena, RnNode);
		*text = *child;
		text->next = NULL;
		child->type = RN_NODE_PARAGRAPH;
		child->text = NULL;
		child->len = 0;
		child->first = text;
	}
	take_blocks (md, &item->first);
}

static void take_table (RnMarkdown *md, RnNode *table)
{
	for (RnNode *row = table->first; row; row = row->next) {
		row->line = table->line, row->col = table->col;
		for (RnNode *cell = row->first; cell; cell = cell->next) {
			cell->line = table->line, cell->col = table->col;
			take_lines (md, &cell->first);
		}
	}
}

/* Its own title is plain words in the end. */
static void take_title (RnMarkdown *md, RnNode *callout)
{
	RnNode words = { .type = RN_NODE_PARAGRAPH };
	if (!callout->extra)
		return;
	rn_parse_line (md, callout->extra, strlen (callout->extra), &words.first);
	g_string_truncate (md->words, 0);
	rn_node_text (&words, md->words);
	callout->extra = rn_convert_copy (md, md->words->str, md->words->len);
}

static void take_block (RnMarkdown *md, RnNode *node)
{
	node->line = md->fixed_line, node->col = 1;
	switch (node->type) {
	case RN_NODE_HEADING:
		take_lines (md, &node->first);
		rn_anchor_heading (md, node);
		break;
	case RN_NODE_PARAGRAPH:
		take_lines (md, &node->first);
		break;
	case RN_NODE_FIGURE:
		node->first->line = node->line, node->first->col = node->col;
		take_lines (md, &node->first->next);
		break;
	case RN_NODE_LIST:
		for (RnNode *item = node->first; item; item = item->next) {
			item->line = node->line, item->col = node->col;
			take_item (md, item);
		}
		break;
	case RN_NODE_TABLE:
		take_table (md, node);
		break;
	case RN_NODE_CALLOUT:
		take_title (md, node);
		take_blocks (md, &node->first);
		break;
	case RN_NODE_QUOTE:
		take_blocks (md, &node->first);
		break;
	}
}

/* Texts become the blocks that they are. */
static void take_blocks (RnMarkdown *md, RnNode **at)
{
	if (md->depth >= RN_MAX_DEPTH) {
		md->too_deep = TRUE;
		*at = NULL;
		return;
	}
	md->depth++;
	while (*at) {
		RnNode *node = *at, *next = node->next;
		if (node->type != RN_NODE_TEXT) {
			take_block (md, node);
			at = &node->next;
			continue;
		}
		*at = NULL;
		rn_parse_into (md, node->text, node->len, at);
		while (*at)
			at = &(*at)->next;
		*at = next;
	}
	md->depth--;
}

void rn_made_take (RnMarkdown *md, RnNode *nodes, RnNode **first)
{
	RnInlines in = md->in;
	RnTypographyState typography = md->typography;
	gboolean ids = md->scan.ids;
	/* A heading may name its anchor here too. */
	md->scan.ids = TRUE;
	*first = nodes;
	take_blocks (md, first);
	md->scan.ids = ids;
	md->typography = typography;
	md->in = in;
}
