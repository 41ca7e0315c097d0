/*
 * foot.c - what stands at the end of a leaflet, a list, a card or a poster: the way to the web, and who made it.
 *
 * In: an address and a few texts. Out: one piece. Invariant: a code is never smaller than it was asked for, and stands on paper.
 */
#include "print/cover-int.h"
#include "print/fit-int.h"
#include "print/pour.h"

#include <string.h>

/* The address on a line of its own, so that it is not parted where it need not be. */
static void set_invitation (RnBlocks *words, const RnTextStyle *style, const RnFoot *foot)
{
	RnArena *arena = words->setter->book->arena;
	const char *shown = rn_web_shown (arena, foot->address), *at = strstr (foot->invitation, "{address}");
	RnTag *tag = rn_tag_new (&words->setter->book->tags, words->parent, RN_ROLE_P);
	RnParagraph *paragraph = rn_paragraph_new (words->setter, style, tag);
	g_autofree char *before = g_strchomp (g_strndup (foot->invitation, at ? (gsize) (at - foot->invitation) : strlen (foot->invitation)));
	rn_paragraph_text (paragraph, before, -1, 0, NULL, NULL);
	if (*before)
		rn_paragraph_break (paragraph);
	rn_paragraph_text (paragraph, shown, -1, 0, NULL, NULL);
	rn_paragraph_text (paragraph, at ? at + strlen ("{address}") : "", -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, words->galley, words->x, words->measure);
}

static RnGalley *set_words (RnComposer *composer, RnBlocks *blocks, const RnFoot *foot, RnLength measure)
{
	RnSetter *setter = blocks->setter;
	const RnTextStyle plain = rn_cover_style (&setter->styles.text[foot->style], 100, foot->ink);
	RnTextStyle bold = plain;
	RnBlocks words = *blocks;
	words.galley = rn_galley_new (setter->book->arena);
	words.x = 0;
	words.measure = measure;
	bold.face = RN_FACE_BOLD;
	bold.after = plain.leading / 3;
	if (foot->hotlines)
		rn_set_hotlines_abreast (composer, &words);
	words.galley->after = MAX (words.galley->after, foot->hotlines ? plain.leading / 2 : 0);
	if (foot->address)
		set_invitation (&words, &bold, foot);
	for (guint i = 0; i < foot->n; i++)
		rn_set_text (&words, &plain, RN_ROLE_P, foot->texts[i]);
	return words.galley;
}

void rn_set_foot (RnComposer *composer, RnBlocks *blocks, const RnFoot *foot)
{
	RnSetter *setter = &composer->setter;
	RnBook *book = setter->book;
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	const RnLength gap = foot->address ? foot->size / 6 : 0, x = blocks->x + blocks->measure - foot->size;
	RnGalley *words = set_words (composer, blocks, foot, blocks->measure - (foot->address ? foot->size + gap : 0));
	const RnLength high = rn_galley_height (words), size = foot->address ? foot->size : 0;
	if (high > 0 || size > 0) {
		const RnTextStyle *style = &setter->styles.text[foot->style];
		RnPiece *piece = rn_galley_add (blocks->galley, MAX (high, size));
		piece->space = rn_galley_meet (blocks->galley, MAX (style->before, style->leading / 2), style->after);
		const RnLength top = MAX (high - size, 0) / 2;
		rn_piece_take (book->arena, piece, words, blocks->x, MAX (size - high, 0) / 2);
		const char *alt = size > 0 ? rn_setter_fill (setter, rn_setter_string (setter, "print_qr", 1), "address", rn_web_shown (book->arena, foot->address)) : "";
		if (size > 0 && rn_qr_marks (book->arena, &book->tags, blocks->parent, foot->address, alt, x, top, size, marks)) {
			const RnMark paper = { .kind = RN_MARK_RULE, .tint = RN_PAPER, .x = x, .y = top, .w = size, .h = size };
			rn_piece_add_marks (book->arena, piece, &paper, foot->ink == RN_PAPER, FALSE);
			rn_piece_add_marks (book->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
		}
	}
	rn_galley_free (words);
}
