/* blocks-int.h - what the kinds of blocks share: their functions, and the ground they stand on. */
#ifndef RN_PRINT_BLOCKS_INT_H
#define RN_PRINT_BLOCKS_INT_H

#include "print/blocks.h"

void rn_set_list (RnBlocks *blocks, const RnNode *list);           /* list.c */
void rn_set_quote (RnBlocks *blocks, const RnNode *quote);         /* frame.c */
void rn_set_callout (RnBlocks *blocks, const RnNode *callout);
void rn_set_code (RnBlocks *blocks, const RnNode *code);           /* code_block.c */

/* The inlines FIRST and its siblings as one paragraph, with FLAGS' face; its tag is TAG. */
void rn_set_inlines (RnBlocks *blocks, const RnNode *first, const RnTextStyle *style, guint flags, RnTag *tag);

RnTag *rn_blocks_tag (const RnBlocks *blocks, RnTag *parent, RnRole role);

/* INNER: the same blocks, narrower. What would leave no room for words is not taken: text that is nested too deep stays where it is. */
void rn_blocks_narrow (const RnBlocks *blocks, RnBlocks *inner, RnLength left, RnLength right);

/* The style of paragraphs within a block that has STYLE: its own white lies around the block, between the paragraphs that of the text. */
void rn_blocks_inner_style (const RnBlocks *blocks, const RnTextStyle *style, RnTextStyle *inner);

/*
 * A ground (tint 0: none) and a bar (0: none) behind blocks that are set in by LEFT and RIGHT, with PADDING above and below; they become one that may be broken between its pieces:
 * begin makes INNER, the same blocks narrower; end draws behind the pieces from START on, at least one.
 */
typedef struct { RnLength left, right, bar, padding; RnTint tint, bar_tint; } RnFrame;
RnFrame rn_callout_frame (const RnStyles *styles);
void rn_frame_begin (const RnBlocks *blocks, const RnFrame *frame, RnBlocks *inner);
void rn_frame_end (const RnBlocks *blocks, const RnBlocks *inner, guint start, const RnFrame *frame);

/* The piece number I of BLOCKS' galley. */
RnPiece *rn_blocks_piece (const RnBlocks *blocks, guint i);
/*
 * What was set from piece FIRST on belongs together: one that is lower than a third of a column is broken only where much would stay empty without (penalties are
 * weighed against thousandths of a column), a higher one not behind its first or before its last piece.
 */
void     rn_blocks_cohere (RnBlocks *blocks, guint first);
#define RN_COHERE_WHOLE 350
#define RN_COHERE_ENDS  300

#endif
