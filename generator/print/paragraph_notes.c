/*
 * paragraph_notes.c - a called note -> its pieces at the foot of the column: its number hanging, its text beside it.
 *
 * A note within a note stands after it, under the same line.
 */
#include "print/blocks.h"
#include "print/paragraph-int.h"

/* Sets the note's blocks, or its address, in STYLE. */
static void set_text (RnParagraph *paragraph, const RnCalled *called, const RnTextStyle *style, RnTag *tag, RnGalley *galley, RnLength hang, RnLength measure)
{
	RnSetter *setter = paragraph->setter;
	RnTags *tags = &setter->book->tags;
	if (!called->source) {
		RnTag *text = tag ? rn_tag_new (tags, tag, RN_ROLE_LINK) : NULL;
		if (text)
			text->alt = called->target->uri;
		RnParagraph *address = rn_paragraph_new (setter, style, tag);
		address->line = paragraph->line;
		rn_paragraph_text (address, called->shown, -1, 0, text, called->target);
		rn_paragraph_set (address, galley, hang, measure);
		return;
	}
	RnBlocks blocks = {
		.setter = setter, .galley = galley, .x = hang, .measure = measure, .column_height = measure, .parent = tag, .body = style, .footnotes = paragraph->footnotes,
	};
	for (const RnNode *block = called->note ? called->note->first : NULL; block; block = block->next) {
		if (block->type != RN_NODE_PARAGRAPH) {
			rn_set_block (&blocks, block);
			continue;
		}
		RnParagraph *text = rn_paragraph_new (setter, style, tag ? rn_tag_new (tags, tag, RN_ROLE_P) : NULL);
		rn_paragraph_footnotes (text, paragraph->footnotes);
		rn_paragraph_nodes (text, block->first, 0);
		rn_paragraph_set (text, galley, hang, measure);
	}
}

static void add_note (RnArena *arena, RnPiece *piece, const RnNote *note)
{
	const RnNote **notes = rn_arena_newn (arena, const RnNote *, piece->n_notes + 1);
	if (piece->n_notes)
		memcpy (notes, piece->notes, piece->n_notes * sizeof *notes);
	notes[piece->n_notes++] = note;
	piece->notes = notes;
}

/* Makes a note of GALLEY's pieces for PIECE. Spaces become part of the pieces; notes that they call themselves follow. */
static void attach (RnArena *arena, RnGalley *galley, RnPiece *piece)
{
	guint n = galley->pieces->len;
	const RnPiece **pieces = rn_arena_newn (arena, const RnPiece *, n);
	RnNote *note = rn_arena_new0 (arena, RnNote);
	note->pieces = pieces;
	note->n = n;
	add_note (arena, piece, note);
	for (guint i = 0; i < n; i++) {
		RnPiece *own = galley->pieces->pdata[i];
		pieces[i] = own;
		rn_piece_close (own);
		note->height += own->height;
		for (guint k = 0; k < own->n_notes; k++)
			add_note (arena, piece, own->notes[k]);
		own->n_notes = 0;
	}
}

void rn_paragraph_note (RnParagraph *paragraph, RnCalled *called, RnLength measure, RnPiece *piece)
{
	RnSetter *setter = paragraph->setter;
	RnArena *arena = setter->book->arena;
	const RnTextStyle *style = &setter->styles.text[RN_STYLE_FOOTNOTE];
	const RnFont *font = rn_style_font (setter, style, 0);
	called->done = TRUE;
	if (called->source && !called->note)
		return;
	RnTag *tag = called->tag, *label = tag ? rn_tag_new (&setter->book->tags, tag, RN_ROLE_LABEL) : NULL;
	char number[16];
	g_snprintf (number, sizeof number, "%u ", called->number);
	/* The numbers of up to two digits hang alike. */
	RnLength hang = MAX (rn_font_width (font, "00 ", "und"), rn_font_width (font, number, "und")) + style->first_indent;
	RnTextStyle text = *style;
	text.before = text.first_indent = 0;
	RnGalley *galley = rn_galley_new (arena);
	set_text (paragraph, called, &text, tag, galley, hang, measure - hang);
	if (galley->pieces->len) {
		g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
		rn_line_marks (setter, style, number, label, RN_ALIGN_LEFT, style->left, rn_style_base_line (setter, style), marks);
		rn_piece_add_marks (arena, galley->pieces->pdata[0], (const RnMark *) (gpointer) marks->data, marks->len, TRUE);
		attach (arena, galley, piece);
	}
	rn_galley_free (galley);
}
