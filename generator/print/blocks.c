/*
 * blocks.c - the blocks of a document, one function a type.
 *
 * In: nodes. Out: pieces at the galley's end. Invariant: what follows a heading holds on to it (RnGalley.hold), and of two blocks' white
 * that meets the larger counts (RnGalley.after),
 * so that no function looks at its neighbours.
 */
#include "print/blocks-int.h"

#include <string.h>

typedef void (*SetBlock) (RnBlocks *blocks, const RnNode *node);

RnTag *rn_blocks_tag (const RnBlocks *blocks, RnTag *parent, RnRole role)
{
	return rn_tag_new (&blocks->setter->book->tags, parent, role);
}

RnPiece *rn_blocks_piece (const RnBlocks *blocks, guint i)
{
	return g_ptr_array_index (blocks->galley->pieces, i);
}

void rn_blocks_narrow (const RnBlocks *blocks, RnBlocks *inner, RnLength left, RnLength right)
{
	RnLength least = blocks->body->size * 5;
	*inner = *blocks;
	if (blocks->measure - left - right < least)
		return;
	inner->x += left;
	inner->measure -= left + right;
}

void rn_blocks_inner_style (const RnBlocks *blocks, const RnTextStyle *style, RnTextStyle *inner)
{
	RnLength gap = MAX (blocks->body->before, blocks->body->after);
	*inner = *style;
	if (gap == 0 && style->first_indent == 0)
		gap = style->leading / 2;
	inner->before = 0;
	inner->after = gap;
	inner->left = inner->right = 0;
}

void rn_set_inlines (RnBlocks *blocks, const RnNode *first, const RnTextStyle *style, guint flags, RnTag *tag)
{
	RnParagraph *paragraph = rn_paragraph_new (blocks->setter, style, tag);
	rn_paragraph_footnotes (paragraph, blocks->footnotes);
	rn_paragraph_nodes (paragraph, first, flags);
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
	if (style->keep_with_next)
		blocks->galley->hold = TRUE;
}

void rn_blocks_cohere (RnBlocks *blocks, guint first)
{
	guint n = blocks->galley->pieces->len;
	RnLength height = 0;
	for (guint i = first; i < n; i++)
		height += rn_blocks_piece (blocks, i)->height + (i > first ? rn_blocks_piece (blocks, i)->space : 0);
	gint32 inside = height < blocks->column_height / 3 ? RN_COHERE_WHOLE : 0;
	for (guint i = first + 1; i < n; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		piece->penalty = MAX (piece->penalty, i == first + 1 || i + 1 == n ? MAX (inside, RN_COHERE_ENDS) : inside);
	}
}

static void paragraph (RnBlocks *blocks, const RnNode *node)
{
	const RnNode *first = node->first;
	if (first == NULL)
		return;
	if (first->type == RN_NODE_IMAGE && first->next == NULL) {
		rn_set_figure (blocks, node);
		return;
	}
	RnTag *tag = blocks->bare ? blocks->parent : rn_blocks_tag (blocks, blocks->parent, RN_ROLE_P);
	/* The first paragraph below a heading needs nothing to set it off. */
	if (blocks->galley->hold && blocks->body->first_indent != 0) {
		RnTextStyle flush = *blocks->body;
		flush.first_indent = 0;
		rn_set_inlines (blocks, first, &flush, 0, tag);
	} else {
		rn_set_inlines (blocks, first, blocks->body, 0, tag);
	}
}

static void heading (RnBlocks *blocks, const RnNode *node)
{
	gint level = CLAMP (node->level + blocks->heading_shift, 1, 6);
	guint start = blocks->galley->pieces->len;
	const RnTextStyle *style = &blocks->setter->styles.text[RN_STYLE_H1 + level - 1];
	if (node->first == NULL)
		return;
	rn_set_inlines (blocks, node->first, style, 0, rn_blocks_tag (blocks, blocks->parent, RN_ROLE_H1 + (RnRole) level - 1));
	for (guint i = start + 1; i < blocks->galley->pieces->len; i++)
		rn_blocks_piece (blocks, i)->penalty = RN_KEEP;
	blocks->galley->hold = TRUE;
}

static void rule (RnBlocks *blocks, const RnNode *node)
{
	(void) node;
	const RnTextStyle *body = blocks->body;
	RnLength thick = MAX (blocks->setter->styles.rule, 1), width = blocks->measure / 4;
	RnPiece *piece = rn_galley_add (blocks->galley, body->leading);
	piece->space = rn_galley_meet (blocks->galley, body->before, body->after);
	piece->on_grid = body->on_grid;
	const RnMark mark = {
		.kind = RN_MARK_RULE, .tint = RN_BLACK, .x = blocks->x + (blocks->measure - width) / 2, .y = (body->leading - thick) / 2, .w = width, .h = thick,
	};
	rn_piece_add_marks (blocks->galley->arena, piece, &mark, 1, FALSE);
}

/* Figures, tables and the like name their places themselves; these have their name from raw HTML or from a heading. */
static void name_place (RnBlocks *blocks, const RnNode *node, guint start)
{
	if (node->extra == NULL || node->type == RN_NODE_CODE_BLOCK || node->type == RN_NODE_CALLOUT || start >= blocks->galley->pieces->len)
		return;
	RnArena *arena = blocks->galley->arena;
	rn_piece_add_anchor (arena, rn_blocks_piece (blocks, start), rn_anchor_name (arena, blocks->setter->page, node->extra));
}

static const SetBlock setters[] = {
	[RN_NODE_DOCUMENT] = rn_set_children, [RN_NODE_GROUP] = rn_set_children, [RN_NODE_ITEM] = rn_set_children,
	[RN_NODE_PARAGRAPH] = paragraph, [RN_NODE_HEADING] = heading, [RN_NODE_LIST] = rn_set_list, [RN_NODE_QUOTE] = rn_set_quote,
	[RN_NODE_CALLOUT] = rn_set_callout, [RN_NODE_CODE_BLOCK] = rn_set_code, [RN_NODE_HTML_BLOCK] = rn_set_html, [RN_NODE_RULE] = rule,
	[RN_NODE_TABLE] = rn_set_table, [RN_NODE_FIGURE] = rn_set_figure,
};

void rn_set_block (RnBlocks *blocks, const RnNode *block)
{
	/* What has no function here is set by its parent (rows, cells) or by who refers to it (footnotes). */
	if (block->type >= G_N_ELEMENTS (setters) || setters[block->type] == NULL)
		return;
	guint start = blocks->galley->pieces->len;
	setters[block->type] (blocks, block);
	name_place (blocks, block, start);
	for (guint i = start; i < blocks->galley->pieces->len; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		if (piece->page == NULL)
			piece->page = blocks->setter->page;
		if (piece->line == 0)
			piece->line = block->line;
	}
}

void rn_set_children (RnBlocks *blocks, const RnNode *node)
{
	for (const RnNode *child = node->first; child != NULL; child = child->next)
		rn_set_block (blocks, child);
}

const RnNode *rn_first_footnote (const RnDocument *document)
{
	const RnNode *node = document->root->first;
	while (node != NULL && node->type != RN_NODE_FOOTNOTE)
		node = node->next;
	return node;
}

void rn_set_document (RnBlocks *blocks, const RnDocument *document)
{
	if (document == NULL)
		return;
	blocks->footnotes = rn_first_footnote (document);
	rn_set_children (blocks, document->root);
}
