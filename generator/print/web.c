/*
 * web.c - pages -> their addresses on the web: for a QR code, and as they are printed.
 *
 * Invariant: without an address of the site there is none of a page, and no code leads to nowhere.
 */
#include "base/path.h"
#include "print/pour.h"
#include "print/set.h"

#include <string.h>

const char *rn_web_address (RnComposer *composer, const RnPage *page)
{
	const char *site = composer->setter.product->address;
	if (!site || !*site || !page || !page->url)
		return NULL;
	g_autoptr (GString) address = g_string_new (site);
	rn_path_encode (address, page->url);
	return rn_arena_strndup (composer->setter.book->arena, address->str, (gssize) address->len);
}

const char *rn_web_shown (RnArena *arena, const char *address)
{
	const char *bare = strstr (address, "://");
	bare = bare ? bare + 3 : g_str_has_prefix (address, "mailto:") ? address + 7 : address;
	gsize len = strlen (bare);
	while (len > 0 && bare[len - 1] == '/')
		len--;
	/* A reader types letters, not their codes. */
	g_autofree char *cut = g_strndup (bare, len);
	g_autofree char *letters = g_uri_unescape_string (cut, "/?#%");
	return rn_arena_strndup (arena, letters && g_utf8_validate (letters, -1, NULL) ? letters : cut, -1);
}

void rn_set_qr (RnComposer *composer, RnBlocks *blocks, const char *address, const char *text)
{
	RnSetter *setter = &composer->setter;
	RnArena *arena = setter->book->arena;
	const RnTextStyle *style = &setter->styles.text[RN_STYLE_CAPTION];
	const RnLength size = MIN (RN_MM (20), blocks->measure / 2), gap = RN_MM (3);
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	RnTag *tag = rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_DIV);
	if (!rn_qr_marks (arena, &setter->book->tags, tag, address, text, 0, 0, size, marks))
		return;
	RnGalley *beside = rn_galley_new (arena);
	RnBlocks words = *blocks;
	words.galley = beside;
	words.parent = tag;
	words.x = 0;
	words.measure = blocks->measure - size - gap;
	rn_set_text (&words, style, RN_ROLE_P, text);
	RnLength high = rn_galley_height (beside);
	RnPiece *piece = rn_galley_add (blocks->galley, MAX (size, high));
	piece->space = rn_galley_meet (blocks->galley, style->leading, style->leading);
	/* Better at the foot of its text than alone on the next side. */
	piece->penalty = RN_RATHER_NOT;
	piece->page = setter->page;
	rn_piece_add_marks (arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	rn_piece_shift (piece, blocks->x, MAX (high - size, 0) / 2);
	rn_piece_take (arena, piece, beside, blocks->x + size + gap, MAX (size - high, 0) / 2);
	rn_galley_free (beside);
}
