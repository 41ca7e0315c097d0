/*
 * figure.c - a picture in a place of its own, with its caption below.
 *
 * In: a FIGURE of an IMAGE or a DRAWING, or a paragraph that is one IMAGE. Out: a piece for the picture and one a line of the caption, which holds on to it. Where the
 * picture cannot be had, its description stands in a ruled box in its place.
 */
#include "print/blocks-int.h"

#define HIGHEST 45   /* percent of a column: above and below it stands what it is about */

/* The description between rules; broken over columns, each part has its sides. */
static void set_words (RnBlocks *blocks, const char *words, RnTag *tag, const RnTextStyle *style)
{
	RnGalley *galley = blocks->galley;
	RnLength thick = MAX (blocks->setter->styles.rule, 1), padding = style->size / 2;
	RnTextStyle inner = *style;
	guint start = galley->pieces->len;
	inner.left = inner.right = padding + thick;
	inner.first_indent = 0;
	inner.after = 0;
	RnParagraph *paragraph = rn_paragraph_new (blocks->setter, &inner, tag);
	rn_paragraph_text (paragraph, words, -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, galley, blocks->x, blocks->measure);
	for (guint i = start; i < galley->pieces->len; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		gboolean first = i == start, last = i + 1 == galley->pieces->len;
		piece->on_grid = FALSE;
		rn_piece_shift (piece, 0, first ? padding : 0);
		piece->height += (first ? padding : 0) + (last ? padding : 0);
		const RnMark marks[] = {
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = blocks->x, .w = thick, .h = piece->height },
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = blocks->x + blocks->measure - thick, .w = thick, .h = piece->height },
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = blocks->x, .y = first ? 0 : piece->height - thick, .w = blocks->measure, .h = thick },
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = blocks->x, .y = piece->height - thick, .w = blocks->measure, .h = thick },
		};
		rn_piece_add_marks (galley->arena, piece, marks, first && last ? 4 : first || last ? 3 : 2, TRUE);
	}
}

static void set_picture (RnBlocks *blocks, const GArray *marks, RnLength width, RnLength height, const RnTextStyle *caption, RnLength after)
{
	RnLength gap = MAX (blocks->body->before, blocks->body->leading * 3 / 4), spare = MAX (blocks->measure - width, 0);
	RnPiece *piece = rn_galley_add (blocks->galley, height);
	piece->space = rn_galley_meet (blocks->galley, gap, after);
	rn_piece_add_marks (blocks->galley->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	/* It stands as its caption does. */
	rn_piece_shift (piece, blocks->x + (caption->align == RN_ALIGN_CENTRE ? spare / 2 : caption->align == RN_ALIGN_RIGHT ? spare : 0), 0);
}

static void set_caption (RnBlocks *blocks, const RnNode *first, RnTag *parent, const RnTextStyle *style)
{
	guint start = blocks->galley->pieces->len;
	rn_set_inlines (blocks, first, style, 0, rn_blocks_tag (blocks, parent, RN_ROLE_CAPTION));
	for (guint i = start; i < blocks->galley->pieces->len; i++)
		rn_blocks_piece (blocks, i)->penalty = RN_KEEP;
}

void rn_set_figure (RnBlocks *blocks, const RnNode *figure)
{
	const RnNode *image = figure->first, *words = image ? image->next : NULL;
	const RnTextStyle *style = &blocks->setter->styles.text[RN_STYLE_CAPTION];
	gboolean drawing = image && image->type == RN_NODE_DRAWING;
	/* A picture of another site became a link to it. */
	if (!image || (image->type != RN_NODE_IMAGE && !drawing)) {
		rn_set_inlines (blocks, image, blocks->body, 0, rn_blocks_tag (blocks, blocks->parent, RN_ROLE_P));
		return;
	}
	g_autoptr (GString) alt = g_string_new (NULL);
	for (const RnNode *child = image->first; child; child = child->next)
		rn_node_text (child, alt);
	if (drawing)
		g_string_append (alt, image->extra);
	/* A caption inside the figure would not be heard: the figure's description stands for all of it. */
	RnTag *parent = words ? rn_blocks_tag (blocks, blocks->parent, RN_ROLE_DIV) : blocks->parent;
	RnTag *tag = rn_blocks_tag (blocks, parent, RN_ROLE_FIGURE);
	tag->alt = rn_arena_strndup (blocks->galley->arena, alt->str, (gssize) alt->len);
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnLength width, height, after = MAX (blocks->body->after, blocks->body->leading * 3 / 4);
	RnLength highest = blocks->column_height / 100 * HIGHEST;
	if (rn_figure_marks (blocks->setter, drawing ? NULL : image->text, drawing ? image->text : NULL, drawing ? image->len : 0, image->line, blocks->measure, highest, tag, marks, &width, &height))
		set_picture (blocks, marks, width, height, style, words ? style->leading / 2 : after);
	else if (alt->len) {
		tag->role = RN_ROLE_P;
		tag->alt = NULL;
		set_words (blocks, alt->str, tag, style);
		blocks->galley->after = words ? style->leading / 2 : after;
	}
	if (words)
		set_caption (blocks, words, parent, style);
}
