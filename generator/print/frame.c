/*
 * frame.c - quotes, callouts and notices: blocks with a bar at their left, and a tint behind.
 *
 * In: nodes with blocks in them. Out: those blocks' pieces, each with its part of the frame behind. Invariant: a frame may be broken
 * anywhere between its pieces; where it is not, its parts meet without a gap.
 */
#include "print/blocks-int.h"

/* Parts that meet overlap by so much, or a hair line shows between them on a screen. */
#define OVERLAP RN_PT (0.25)

/* The pieces from START on become one block: their spaces are inside, nothing moves them to the grid. */
static void close_pieces (const RnBlocks *blocks, guint start, RnLength padding)
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

RnFrame rn_callout_frame (const RnStyles *styles)
{
	return (RnFrame) { .left = styles->callout_bar + styles->callout_padding, .right = styles->callout_padding, .bar = styles->callout_bar,
		.padding = styles->callout_padding, .tint = styles->callout_tint, .bar_tint = RN_BLACK };
}

void rn_frame_begin (const RnBlocks *blocks, const RnFrame *frame, RnBlocks *inner)
{
	rn_blocks_narrow (blocks, inner, frame->left, frame->right);
}

void rn_frame_end (const RnBlocks *blocks, const RnBlocks *inner, guint start, const RnFrame *frame)
{
	RnArena *arena = blocks->galley->arena;
	guint n = blocks->galley->pieces->len;
	/* Text that could not be set in would stand on the bar. */
	const RnLength bar = inner->x > blocks->x ? frame->bar : 0;
	close_pieces (blocks, start, frame->padding);
	for (guint i = start; i < n; i++) {
		RnPiece *piece = rn_blocks_piece (blocks, i);
		RnLength height = piece->height + (i + 1 < n ? OVERLAP : 0);
		RnMark marks[2];
		guint n_marks = 0;
		if (frame->tint > 0)
			marks[n_marks++] = (RnMark) { .kind = RN_MARK_RULE, .tint = frame->tint, .x = blocks->x, .w = blocks->measure, .h = height };
		if (bar > 0)
			marks[n_marks++] = (RnMark) { .kind = RN_MARK_RULE, .tint = frame->bar_tint, .x = blocks->x, .w = bar, .h = height };
		rn_piece_add_marks (arena, piece, marks, n_marks, TRUE);
	}
}

/* --- blocks of a document --------------------------------------------------------------------------------------------------- */

/* INNER: what stands within FRAME, its paragraphs in BODY, which is made from STYLE. */
static void begin (RnBlocks *blocks, const RnFrame *frame, const RnTextStyle *style, RnRole role, RnBlocks *inner, RnTextStyle *body)
{
	rn_frame_begin (blocks, frame, inner);
	rn_blocks_inner_style (blocks, style, body);
	inner->body = body;
	inner->bare = FALSE;
	inner->parent = rn_blocks_tag (blocks, blocks->parent, role);
	blocks->galley->after = MAX (blocks->galley->after, style->before);
}

void rn_set_quote (RnBlocks *blocks, const RnNode *quote)
{
	const RnStyles *styles = &blocks->setter->styles;
	const RnTextStyle *style = &styles->text[RN_STYLE_QUOTE];
	const RnFrame frame = { .left = MAX (style->left, styles->callout_bar * 4), .right = style->right, .bar = styles->callout_bar, .bar_tint = styles->quote_bar_tint };
	RnBlocks inner;
	RnTextStyle body;
	guint start = blocks->galley->pieces->len;
	begin (blocks, &frame, style, RN_ROLE_QUOTE, &inner, &body);
	rn_set_children (&inner, quote);
	if (blocks->galley->pieces->len == start)
		return;
	rn_frame_end (blocks, &inner, start, &frame);
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
	const RnTextStyle *style = &blocks->setter->styles.text[RN_STYLE_CALLOUT];
	const RnFrame frame = rn_callout_frame (&blocks->setter->styles);
	RnBlocks inner;
	RnTextStyle body;
	guint start = blocks->galley->pieces->len;
	begin (blocks, &frame, style, RN_ROLE_DIV, &inner, &body);
	callout_title (&inner, callout);
	rn_set_children (&inner, callout);
	rn_frame_end (blocks, &inner, start, &frame);
	rn_blocks_cohere (blocks, start);
	blocks->galley->hold = FALSE;
	blocks->galley->after = style->after;
}
