/*
 * pieces.h - a long document in pieces: where it is best cut, and each piece as a document of its own.
 *
 * A text is parsed once and its pieces share its nodes, so that footnotes, references and anchors are those of the whole. What is cut is the
 * list of its top-level blocks, and the rows or items of a table or a list that is too long by itself.
 */
#ifndef RN_MARKDOWN_PIECES_H
#define RN_MARKDOWN_PIECES_H

#include "markdown/document.h"
#include "model/parts.h"

/*
 * Cuts DOCUMENT so that no piece has more than ROOM characters: at its highest headings; what is still too long at the next
 * lower ones; what has none between blocks. PLAN's strings and lists are ARENA's. n_cuts 0: it stays whole. Returns the line of the first block
 * that alone has more than ROOM, 0 for none.
 */
guint32 rn_pieces_plan (const RnDocument *document, gsize room, RnArena *arena, RnSplitPlan *plan);

typedef struct RnPieces RnPieces;

/* Goes over DOCUMENT, which it borrows, from its beginning. */
RnPieces *rn_pieces_new (const RnDocument *document);
void      rn_pieces_free (RnPieces *pieces);

/*
 * The next piece: up to the cut at line END, 0: the rest. LEVEL: of the heading with which it begins, which is left out, for a layout shows it as the page's title, and
 * the headings below it are raised to follow it; 0: all stays. The piece has no links and anchors of its own; it lives until the next one.
 */
const RnDocument *rn_pieces_next (RnPieces *pieces, guint32 end, guint level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPieces, rn_pieces_free)

#endif
