/*
 * font_shape.c - text -> glyphs, by HarfBuzz; each word once.
 *
 * A language has few words and uses them again and again: a word that was shaped is copied. That gives what shaping the whole text would give, because a word is shaped with the
 * spaces beside it and as of the whole text's script, and only in faces that have no rules for what stands beyond a space.
 */
#include "print/font-int.h"
#include "base/text.h"

#include <hb-ot.h>
#include <string.h>

#define SLOTS 8192              /* of a table of words, a power of two; it takes half of them */
#define LONGEST 64              /* bytes of a word that is kept */

/* --- where text may be cut ------------------------------------------------------------------------------------------------ */

/* Has a rule of TABLE anything to do with GLYPH? CONTEXT: only as what stands around others. */
static gboolean rules_have (hb_face_t *face, hb_tag_t table, hb_codepoint_t glyph, gboolean context)
{
	hb_set_t *lookups = hb_set_create (), *around = hb_set_create (), *inside = hb_set_create ();
	hb_ot_layout_collect_lookups (face, table, NULL, NULL, NULL, lookups);
	for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next (lookups, &lookup);)
		hb_ot_layout_lookup_collect_glyphs (face, table, lookup, around, inside, around, NULL);
	gboolean has = hb_set_has (around, glyph) || (!context && hb_set_has (inside, glyph));
	hb_set_destroy (lookups);
	hb_set_destroy (around);
	hb_set_destroy (inside);
	return has;
}

gboolean rn_font_cuts (hb_font_t *units)
{
	hb_codepoint_t space;
	hb_face_t *face = hb_font_get_face (units);
	return hb_font_get_nominal_glyph (units, ' ', &space) && !rules_have (face, HB_OT_TAG_GSUB, space, FALSE) && !rules_have (face, HB_OT_TAG_GPOS, space, TRUE);
}

/* --- shaping -------------------------------------------------------------------------------------------------------------- */

static hb_language_t language_of (RnFonts *fonts, const char *language)
{
	if (g_strcmp0 (fonts->language, language)) {
		g_free (fonts->language);
		fonts->language = g_strdup (language);
		fonts->hb_language = hb_language_from_string (language, -1);
	}
	return fonts->hb_language;
}

/* The characters of the cluster [TEXT, TEXT + LEN) that the face lacks: what became the empty box. */
static void add_missing (const RnFont *font, const char *text, gsize len, GString *missing)
{
	gsize before = missing->len;
	for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
		if (!rn_face_has (font->face, g_utf8_get_char (p)))
			g_string_append_len (missing, p, g_utf8_next_char (p) - p);
	if (missing->len == before)
		g_string_append_len (missing, text, g_utf8_next_char (text) - text);
}

/* As many whole characters of TEXT as a glyph can hold. */
static guint8 holdable (const char *text, gsize len)
{
	if (len <= G_MAXUINT8)
		return (guint8) len;
	const char *end = text + G_MAXUINT8;
	while (((guchar) *end & 0xc0) == 0x80)
		end--;
	return (guint8) (end - text);
}

/* The buffer's glyphs as ours. A cluster longer than a glyph can hold is spread over its glyphs. */
static void append_glyphs (const RnFont *font, hb_buffer_t *buffer, const char *text, gsize len, GArray *out, GString *missing)
{
	guint n;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (buffer, &n);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions (buffer, NULL);
	guint first = out->len;
	g_array_set_size (out, first + n);
	RnGlyph *glyphs = (RnGlyph *) (void *) out->data + first;
	for (guint begin = 0, end; begin < n; begin = end) {
		gsize from = infos[begin].cluster;
		gboolean boxes = FALSE;
		for (end = begin; end < n && infos[end].cluster == from; end++)
			boxes |= infos[end].codepoint == 0;
		gsize to = end < n ? infos[end].cluster : len;
		if (boxes && missing)
			add_missing (font, text + from, to - from, missing);
		for (guint i = begin; i < end; i++) {
			guint8 holds = holdable (text + from, to - from);
			glyphs[i] = (RnGlyph) {
				.glyph = (guint16) infos[i].codepoint, .len = holds, .text = text + MIN (from, to - 1),
				.advance = positions[i].x_advance, .dx = positions[i].x_offset, .dy = positions[i].y_offset,
			};
			from += holds;
		}
	}
}

/* The script of a text: that of its first letter. */
static hb_script_t script_of (const char *text, gsize len)
{
	for (const char *p = text; p < text + len; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (c < 0x80 ? g_ascii_isalpha (c) : g_unichar_isalpha (c))
			return hb_unicode_script (hb_unicode_funcs_get_default (), c);
	}
	return HB_SCRIPT_COMMON;
}

/* Shapes a part of a text. Nothing around it counts. */
static void shape (const RnFont *font, const char *text, gsize len, hb_language_t language, hb_script_t script, GArray *out, GString *missing)
{
	static const hb_feature_t features[] = {
		{ HB_TAG ('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
		{ HB_TAG ('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
		{ HB_TAG ('d', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
	};
	hb_buffer_t *buffer = ((const RnSizedFont *) font)->fonts->buffer;
	hb_buffer_clear_contents (buffer);
	hb_buffer_add_utf8 (buffer, text, (int) len, 0, (int) len);
	hb_buffer_set_language (buffer, language);
	hb_buffer_set_script (buffer, script);
	/* Lines run to the right: a word of another direction keeps its letters' order in the file. */
	hb_buffer_set_direction (buffer, HB_DIRECTION_LTR);
	hb_shape (font->hb, buffer, features, G_N_ELEMENTS (features));
	append_glyphs (font, buffer, text, len, out, missing);
}

/* --- words ----------------------------------------------------------------------------------------------------------------- */

void rn_shaped_words_clear (RnShapedWords *words)
{
	if (!words->slots)
		return;
	g_free (words->slots);
	g_string_free (words->texts, TRUE);
	g_array_free (words->glyphs, TRUE);
}

/* Where the word is, or would be. */
static RnShapedWord *slot_of (const RnShapedWords *words, const char *word, gsize len, guint32 hash, hb_language_t language, hb_script_t script)
{
	for (guint32 i = hash ^ hash >> 15;; i++) {
		RnShapedWord *slot = &words->slots[i & (SLOTS - 1)];
		if (!slot->len || (slot->hash == hash && slot->len == len && slot->language == language && slot->script == script &&
		                   !memcmp (words->texts->str + slot->text, word, len)))
			return slot;
	}
}

/* Puts the N glyphs at the end of OUT aside for the next time. */
static void keep (RnShapedWords *words, RnShapedWord *slot, const RnShapedWord *what, const char *word, const GArray *out)
{
	*slot = *what;
	slot->text = (guint32) words->texts->len;
	slot->glyphs = words->glyphs->len;
	words->used++;
	g_string_append_len (words->texts, word, what->len);
	for (guint i = out->len - what->n; i < out->len; i++) {
		RnGlyph glyph = g_array_index (out, RnGlyph, i);
		if (!glyph.glyph)
			slot->len = 0;  /* to be told each time */
		glyph.text = GSIZE_TO_POINTER ((gsize) (glyph.text - word));
		g_array_append_val (words->glyphs, glyph);
	}
	words->used -= !slot->len;
}

/* LEN bytes with the spaces at their ends. */
static void shape_word (const RnFont *font, const char *word, gsize len, hb_language_t language, hb_script_t script, GArray *out, GString *missing)
{
	RnShapedWords *words = &((RnSizedFont *) font)->words;
	if (len > LONGEST) {
		shape (font, word, len, language, script, out, missing);
		return;
	}
	if (!words->slots) {
		words->slots = g_new0 (RnShapedWord, SLOTS);
		words->texts = g_string_new (NULL);
		words->glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	}
	guint32 hash = rn_text_hash (word, len);
	RnShapedWord *slot = slot_of (words, word, len, hash, language, script);
	guint first = out->len;
	if (!slot->len) {
		shape (font, word, len, language, script, out, missing);
		const RnShapedWord what = { .language = language, .script = script, .hash = hash, .len = (guint32) len, .n = out->len - first };
		if (words->used < SLOTS / 2)
			keep (words, slot, &what, word, out);
		return;
	}
	g_array_append_vals (out, &g_array_index (words->glyphs, RnGlyph, slot->glyphs), slot->n);
	for (RnGlyph *glyph = &g_array_index (out, RnGlyph, first), *end = glyph + slot->n; glyph < end; glyph++)
		glyph->text = word + GPOINTER_TO_SIZE (glyph->text);
}

void rn_font_shape (const RnFont *font, const char *text, gsize len, const char *language, GArray *out, GString *missing)
{
	hb_language_t hb_language = language_of (((const RnSizedFont *) font)->fonts, language);
	hb_script_t script = script_of (text, len);
	if (!((const RnLoadedFace *) font->face)->cuts) {
		shape (font, text, len, hb_language, script, out, missing);
		return;
	}
	for (const char *end = text + len, *next; text < end; text = next) {
		/* Each word with the spaces on both sides, which kern with it; the one behind it is the next word's, which it kerns with too. */
		const char *space = memchr (text + 1, ' ', (gsize) (end - text - 1));
		next = space ? space : end;
		shape_word (font, text, (gsize) (next - text) + (space != NULL), hb_language, script, out, missing);
		if (space)
			g_array_set_size (out, out->len - 1);
	}
}

RnLength rn_font_width (const RnFont *font, const char *text, const char *language)
{
	GArray *glyphs = ((const RnSizedFont *) font)->fonts->glyphs;
	g_array_set_size (glyphs, 0);
	rn_font_shape (font, text, strlen (text), language, glyphs, NULL);
	RnLength width = 0;
	for (guint i = 0; i < glyphs->len; i++)
		width += g_array_index (glyphs, RnGlyph, i).advance;
	return width;
}
