/*
 * pieces.c - the pieces of a document, one after the other.
 *
 * Top-level blocks are copied, with the rows or items of one that is cut; what is inside them is the document's own. Invariant: every block is in one piece, but for a
 * table's head, which stands over each piece of the table, and a footnote, which stands in each piece that calls it.
 */
#include "markdown/pieces.h"

#include <string.h>

struct RnPieces {
	const RnDocument *document;
	const RnNode *at, *child;      /* the next block; where it is cut, the next of its rows or items: else NULL */
	guint32  children;             /* how many of these are behind */
	guint    heading;              /* the next of the document's headings */
	const RnNode *notes;           /* the footnotes; NULL: none */
	GArray  *uses;                 /* by number: the last reference in the pieces so far */
	GArray  *before;               /* the same before this piece */
	RnArena *arena;                /* of the piece */
	RnDocument piece;
};

RnPieces *rn_pieces_new (const RnDocument *document)
{
	RnPieces *pieces = g_new0 (RnPieces, 1);
	guint32 last = 0;
	*pieces = (RnPieces) { .document = document, .at = document->root->first, .arena = rn_arena_new (0) };
	for (const RnNode *node = pieces->at; node; node = node->next)
		if (node->type == RN_NODE_FOOTNOTE) {
			pieces->notes = pieces->notes ? pieces->notes : node;
			last = MAX (last, node->number);
		}
	pieces->uses = g_array_new (FALSE, TRUE, sizeof (guint32));
	pieces->before = g_array_new (FALSE, TRUE, sizeof (guint32));
	g_array_set_size (pieces->uses, last + 1);
	g_array_set_size (pieces->before, last + 1);
	return pieces;
}

void rn_pieces_free (RnPieces *pieces)
{
	if (!pieces)
		return;
	g_array_unref (pieces->uses);
	g_array_unref (pieces->before);
	rn_arena_free (pieces->arena);
	g_free (pieces);
}

static RnNode *copy (RnPieces *pieces, const RnNode *node, RnNode ***tail)
{
	RnNode *made = rn_arena_new0 (pieces->arena, RnNode);
	*made = *node;
	made->next = NULL;
	**tail = made;
	*tail = &made->next;
	return made;
}

/* A list or a table from where we are up to the row or item at line END. */
static void take_children (RnPieces *pieces, guint32 end, RnNode ***tail)
{
	RnNode *made = copy (pieces, pieces->at, tail), **last = &made->first;
	const RnNode *child = pieces->child ? pieces->child : pieces->at->first;
	made->first = NULL;
	if (pieces->child && made->type == RN_NODE_LIST)
		made->number += pieces->children;
	for (const RnNode *row = pieces->at->first; pieces->child && row && row->flags & RN_NODE_F_HEADER; row = row->next)
		copy (pieces, row, &last);
	for (; child && (!end || child->line < end); child = child->next) {
		copy (pieces, child, &last);
		pieces->children++;
	}
	pieces->child = child;
	if (!child) {
		pieces->at = pieces->at->next;
		pieces->children = 0;
	}
}

/* The blocks before line END. RAISE: by how much headings go up. */
static void take_blocks (RnPieces *pieces, guint32 end, guint raise, RnNode **tail)
{
	for (; pieces->at && pieces->at->type != RN_NODE_FOOTNOTE; ) {
		const RnNode *node = pieces->at;
		if (!pieces->child && end && node->line >= end)
			return;
		if (node->type == RN_NODE_LIST || node->type == RN_NODE_TABLE) {
			take_children (pieces, end, &tail);
			if (pieces->child)
				return;
			continue;
		}
		RnNode *made = copy (pieces, node, &tail);
		if (made->type == RN_NODE_HEADING)
			made->level = (guint8) MAX (2, (int) made->level - (int) raise);
		pieces->at = node->next;
	}
}

static void take_headings (RnPieces *pieces, guint32 end, guint raise)
{
	const RnDocument *document = pieces->document;
	guint n = 0;
	while (pieces->heading + n < document->n_headings && (!end || document->headings[pieces->heading + n].line < end))
		n++;
	RnAnchor *list = rn_arena_newn (pieces->arena, RnAnchor, n);
	for (guint i = 0; i < n; i++) {
		list[i] = document->headings[pieces->heading + i];
		list[i].level = (guint8) MAX (2, (int) list[i].level - (int) raise);
	}
	pieces->heading += n;
	pieces->piece.headings = list;
	pieces->piece.n_headings = n;
}

/* --- footnotes ------------------------------------------------------------------------------------------------------------ */

static void note_uses (RnPieces *pieces, const RnNode *node)
{
	for (; node; node = node->next) {
		if (node->type == RN_NODE_FOOTNOTE_REFERENCE && node->number < pieces->uses->len) {
			guint32 *last = &g_array_index (pieces->uses, guint32, node->number);
			*last = MAX (*last, node->number2);
		}
		note_uses (pieces, node->first);
	}
}

static guint called (const RnPieces *pieces)
{
	guint n = 0;
	for (guint i = 0; i < pieces->uses->len; i++)
		n += g_array_index (pieces->uses, guint32, i) > g_array_index (pieces->before, guint32, i);
	return n;
}

static gboolean is_called (const RnPieces *pieces, const RnNode *note)
{
	return g_array_index (pieces->uses, guint32, note->number) > g_array_index (pieces->before, guint32, note->number);
}

/* Those that the piece calls, and those that these call. */
static void take_notes (RnPieces *pieces, RnNode *root)
{
	RnNode **tail = &root->first;
	memcpy (pieces->before->data, pieces->uses->data, pieces->uses->len * sizeof (guint32));
	note_uses (pieces, root->first);
	for (guint n = 0, now = called (pieces); now > n;) {
		n = now;
		for (const RnNode *note = pieces->notes; note; note = note->next)
			if (is_called (pieces, note))
				note_uses (pieces, note->first);
		now = called (pieces);
	}
	while (*tail)
		tail = &(*tail)->next;
	for (const RnNode *note = pieces->notes; note; note = note->next) {
		if (!is_called (pieces, note))
			continue;
		RnNode *made = copy (pieces, note, &tail);
		made->len = g_array_index (pieces->before, guint32, note->number);
		made->number2 = g_array_index (pieces->uses, guint32, note->number);
	}
}

const RnDocument *rn_pieces_next (RnPieces *pieces, guint32 end, guint level)
{
	const guint raise = level ? level - 1 : 0;
	rn_arena_reset (pieces->arena);
	RnNode *root = rn_arena_new0 (pieces->arena, RnNode);
	*root = *pieces->document->root;
	root->first = NULL;
	pieces->piece = (RnDocument) { .root = root, .uses = pieces->document->uses, .n_uses = pieces->document->n_uses };
	if (level && pieces->at && pieces->at->type == RN_NODE_HEADING && !pieces->child) {
		pieces->at = pieces->at->next;
		pieces->heading++;
	}
	take_blocks (pieces, end, raise, &root->first);
	take_headings (pieces, end, raise);
	if (pieces->notes)
		take_notes (pieces, root);
	return &pieces->piece;
}
