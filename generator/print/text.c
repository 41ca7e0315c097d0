/*
 * text.c - single paragraphs and headings of plain words: what composers set besides documents.
 *
 * In: a text and its style. Out: pieces at the galley's end. Invariant: an empty text sets nothing.
 */
#include "model/typography.h"
#include "print/set.h"
#include "print/words.h"

static RnPiece *nth (const RnGalley *galley, guint i)
{
	return i < galley->pieces->len ? galley->pieces->pdata[i] : NULL;
}

RnPiece *rn_set_text (RnBlocks *blocks, const RnTextStyle *style, RnRole role, const char *text)
{
	const guint first = blocks->galley->pieces->len;
	if (!text || !*text)
		return NULL;
	RnTag *tag = rn_tag_new (&blocks->setter->book->tags, blocks->parent, role);
	RnParagraph *paragraph = rn_paragraph_new (blocks->setter, style, tag);
	rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
	return nth (blocks->galley, first);
}

RnPiece *rn_set_heading (RnBlocks *blocks, guint level, const char *text, const char *anchor)
{
	const guint first = blocks->galley->pieces->len, at = CLAMP (level, 1, 6) - 1;
	RnPiece *piece = rn_set_text (blocks, &blocks->setter->styles.text[RN_STYLE_H1 + at], (RnRole) (RN_ROLE_H1 + at), text);
	if (!piece)
		return NULL;
	if (anchor)
		rn_piece_add_anchor (blocks->galley->arena, piece, anchor);
	for (guint i = first + 1; i < blocks->galley->pieces->len; i++)
		rn_keep_next (blocks->galley, i);
	blocks->galley->hold = TRUE;
	return piece;
}

void rn_keep_next (RnGalley *galley, guint i)
{
	RnPiece *piece = nth (galley, i);
	if (piece && piece->penalty > RN_BREAK)
		piece->penalty = MAX (piece->penalty, RN_KEEP);
}

const char *rn_set_date (RnSetter *setter, gint64 seconds, const char *form)
{
	g_autoptr (GString) out = g_string_new (NULL);
	rn_language_date (setter->language, out, seconds, form);
	return rn_arena_strndup (setter->book->arena, out->str, (gssize) out->len);
}

const char *rn_site_line (RnSetter *setter, const char *key)
{
	const char *text = rn_site_text (setter->site, rn_value_get (setter->site->config, key), setter->language);
	return text ? rn_typography_line (setter->language, text, setter->book->arena) : NULL;
}

const char *rn_publisher (RnSetter *setter)
{
	const char *publisher = rn_product_text (setter, "publisher");
	return publisher ? publisher : rn_site_line (setter, "publisher");
}

const char *rn_product_text (RnSetter *setter, const char *path)
{
	const char *text = rn_site_text (setter->site, rn_product_get (setter->product, path), setter->language);
	return text && *text ? rn_typography_line (setter->language, text, setter->book->arena) : NULL;
}
