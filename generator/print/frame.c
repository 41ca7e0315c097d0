/*
 * frame.c - quotes and callouts: blocks with a bar at their left, and a tint behind.
 *
 * In: nodes with blocks in them. Out: those blocks' pieces, each with its part of the frame behind. Invariant: a frame may be broken
 * anywhere between its pieces; where it is not, its parts
 * meet without a gap.
 */
#include "print/blocks-int.h"

/* Parts that meet overlap by so much, or a hair line shows between them on a screen. */
#define OVERLAP RN_PT (0.25)

/* The pieces from START on become one block: their spaces are inside, nothing moves them to the grid. */
static void close_pieces (RnBlocks *blocks, guint start, RnLength padding)
{
	guint n = blocks->galley->pieces->len;
	for (guint i = start; i < n; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		piece->on_grid = FALSE;
		if (i > start) {
			rn_piece_close (piece);
		} else if (padding > 0) {
			rn_piece_shift (piece, 0, padding);
			piece->height += padding;
		}
		if (i + 1 == n)
			piece->height += padding;
	}
}

void rn_blocks_frame (RnBlocks *blocks, guint start, const RnFrame *frame)
{
	RnArena *arena = blocks->galley->arena;
	guint n = blocks->galley->pieces->len;
	close_pieces (blocks, start, frame->padding);
	for (guint i = start; i < n; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		RnLength height = piece->height + (i + 1 < n ? OVERLAP : 0);
		RnMark marks[2];
		guint n_marks = 0;
		if (frame->tint > 0)
			marks[n_marks++] = (RnMark) { .kind = RN_MARK_RULE, .tint = frame->tint, .x = frame->x, .w = frame->w, .h = height };
		if (frame->bar > 0)
			marks[n_marks++] = (RnMark) { .kind = RN_MARK_RULE, .tint = frame->bar_tint, .x = frame->x, .w = frame->bar, .h = height };
		rn_piece_add_marks (arena, piece, marks, n_marks, TRUE);
	}
}

void rn_set_quote (RnBlocks *blocks, const RnNode *quote)
{
	const RnStyles *styles = &blocks->setter->styles;
	const RnTextStyle *style = &styles->text[RN_STYLE_QUOTE];
	RnBlocks inner;
	RnTextStyle body;
	guint start = blocks->galley->pieces->len;
	rn_blocks_narrow (blocks, &inner, MAX (style->left, styles->callout_bar * 4), style->right);
	rn_blocks_inner_style (blocks, style, &body);
	inner.body = &body;
	inner.bare = FALSE;
	inner.parent = rn_blocks_tag (blocks, blocks->parent, RN_ROLE_QUOTE);
	blocks->galley->after = MAX (blocks->galley->after, style->before);
	rn_set_children (&inner, quote);
	if (blocks->galley->pieces->len == start)
		return;
	const RnFrame frame = { .x = blocks->x, .w = blocks->measure, .bar = inner.x > blocks->x ? styles->callout_bar : 0, .bar_tint = styles->quote_bar_tint };
	rn_blocks_frame (blocks, start, &frame);
	blocks->galley->after = style->after;
}

static void callout_title (RnBlocks *blocks, const RnNode *callout)
{
	const char *title = callout->extra;
	if (title == NULL) {
		g_autofree char *key = g_strconcat ("callout_", callout->text, NULL);
		title = rn_setter_string (blocks->setter, key, 1);
	}
	RnTextStyle style = blocks->setter->styles.text[RN_STYLE_CALLOUT_TITLE];
	style.left = style.right = 0;
	RnParagraph *paragraph = rn_paragraph_new (blocks->setter, &style, rn_blocks_tag (blocks, blocks->parent, RN_ROLE_P));
	rn_paragraph_text (paragraph, title, -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
	blocks->galley->hold = TRUE;
}

void rn_set_callout (RnBlocks *blocks, const RnNode *callout)
{
	const RnStyles *styles = &blocks->setter->styles;
	const RnTextStyle *style = &styles->text[RN_STYLE_CALLOUT];
	RnBlocks inner;
	RnTextStyle body;
	RnLength padding = styles->callout_padding;
	guint start = blocks->galley->pieces->len;
	rn_blocks_narrow (blocks, &inner, styles->callout_bar + padding, padding);
	rn_blocks_inner_style (blocks, style, &body);
	inner.body = &body;
	inner.bare = FALSE;
	inner.parent = rn_blocks_tag (blocks, blocks->parent, RN_ROLE_DIV);
	blocks->galley->after = MAX (blocks->galley->after, style->before);
	callout_title (&inner, callout);
	rn_set_children (&inner, callout);
	const RnFrame frame = {
		.x = blocks->x, .w = blocks->measure, .bar = inner.x > blocks->x ? styles->callout_bar : 0, .padding = padding,
		.tint = styles->callout_tint, .bar_tint = RN_BLACK,
	};
	rn_blocks_frame (blocks, start, &frame);
	rn_blocks_cohere (blocks, start);
	blocks->galley->hold = FALSE;
	blocks->galley->after = style->after;
}
