/*
 * paragraph.c - text and things put into a paragraph, one run after another; fonts of a style; single lines of furniture.
 *
 * A run is what has one look, one tag and one target. Nothing is measured here: that is done when the paragraph is set.
 */
#include "print/paragraph-int.h"

#include <string.h>

/* --- a thread's workspace ------------------------------------------------------------------------------------------------- */

static void workspace_free (gpointer data)
{
	RnWorkspace *ws = data;
	GArray *const arrays[] = { ws->glyphs, ws->items, ws->parts, ws->lines, ws->marks, ws->line_glyphs, ws->called };
	for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
		g_array_free (arrays[i], TRUE);
	g_byte_array_free (ws->places, TRUE);
	g_byte_array_free (ws->word, TRUE);
	g_string_free (ws->missing, TRUE);
	g_free (ws);
}

RnWorkspace *rn_workspace_of (RnSetter *setter)
{
	gpointer *slot = rn_fonts_workspace (setter->book->fonts, workspace_free);
	if (*slot)
		return *slot;
	RnWorkspace *ws = g_new0 (RnWorkspace, 1);
	ws->glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	ws->items = g_array_new (FALSE, FALSE, sizeof (RnItem));
	ws->parts = g_array_new (FALSE, FALSE, sizeof (RnPart));
	ws->lines = g_array_new (FALSE, FALSE, sizeof (RnBrokenLine));
	ws->marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	ws->line_glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	ws->called = g_array_new (FALSE, FALSE, sizeof (RnCalledAt));
	ws->places = g_byte_array_new ();
	ws->word = g_byte_array_new ();
	ws->missing = g_string_new (NULL);
	return *slot = ws;
}

/* --- fonts of a style ----------------------------------------------------------------------------------------------------- */

const RnFont *rn_style_font (RnSetter *setter, const RnTextStyle *style, guint flags)
{
	guint face = style->face;
	RnLength size = style->size;
	if (flags & RN_TEXT_BOLD)
		face |= RN_FACE_BOLD;
	if (flags & RN_TEXT_ITALIC)
		face ^= RN_FACE_ITALIC;
	const RnFace *chosen = style->faces[face];
	if (flags & RN_TEXT_MONO && style->mono) {
		/* Faces of fixed pitch look larger than the text around them. */
		if (!style->faces[face]->fixed_pitch)
			size = size * 92 / 100;
		chosen = style->mono;
	}
	if (flags & (RN_TEXT_RAISED | RN_TEXT_LOWERED))
		size = size * 65 / 100;
	return rn_fonts_get (setter->book->fonts, chosen, size);
}

RnLength rn_style_rise (const RnTextStyle *style, guint flags)
{
	return flags & RN_TEXT_RAISED ? style->size * 33 / 100 : flags & RN_TEXT_LOWERED ? -style->size * 15 / 100 : 0;
}

RnLength rn_style_base_line (RnSetter *setter, const RnTextStyle *style)
{
	return rn_base_line (rn_style_font (setter, style, 0), style->leading);
}

/* --- putting in ----------------------------------------------------------------------------------------------------------- */

RnParagraph *rn_paragraph_new (RnSetter *setter, const RnTextStyle *style, RnTag *tag)
{
	RnParagraph *paragraph = rn_arena_new0 (setter->book->arena, RnParagraph);
	paragraph->setter = setter;
	paragraph->style = *style;
	paragraph->tag = tag;
	paragraph->tail = &paragraph->first;
	return paragraph;
}

void rn_paragraph_at (RnParagraph *paragraph, guint32 line)
{
	paragraph->line = line;
}

RnRun *rn_paragraph_add (RnParagraph *paragraph, RnRunKind kind)
{
	RnRun *run = rn_arena_new0 (paragraph->setter->book->arena, RnRun);
	run->kind = (guint8) kind;
	run->line = paragraph->line;
	*paragraph->tail = paragraph->last = run;
	paragraph->tail = &run->next;
	paragraph->text = NULL;
	return run;
}

void rn_paragraph_footnotes (RnParagraph *paragraph, const RnNode *first_footnote)
{
	paragraph->footnotes = first_footnote;
}

static void add_text (RnParagraph *paragraph, const char *text, gsize len, const RnInline *look)
{
	if (!len)
		return;
	RnRun *run = rn_paragraph_add (paragraph, RN_RUN_TEXT);
	run->text = rn_arena_strndup (paragraph->setter->book->arena, text, (gssize) len);
	run->len = (guint32) len;
	run->flags = (guint16) look->flags;
	run->tag = look->tag;
	run->target = look->target;
}

/* A blank to write on; it may grow to fill its line if it stands last. */
static void add_blank (RnParagraph *paragraph, RnLength width)
{
	/* A line of blanks has few spaces, and they would be torn apart. */
	if (paragraph->style.align == RN_ALIGN_JUSTIFY)
		paragraph->style.align = RN_ALIGN_LEFT;
	rn_paragraph_add (paragraph, RN_RUN_BLANK)->width = width;
}

void rn_paragraph_text (RnParagraph *paragraph, const char *text, gssize length, guint flags, RnTag *tag, const RnTarget *target)
{
	const RnInline look = { flags, tag, target };
	const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
	for (const char *at = text; !(flags & RN_TEXT_MONO) && at < end;) {
		const char *blank = memchr (at, '_', (gsize) (end - at));
		if (!blank)
			break;
		for (at = blank; at < end && *at == '_'; at++)
			;
		if (at - blank < 3)
			continue;
		add_text (paragraph, text, (gsize) (blank - text), &look);
		add_blank (paragraph, (RnLength) MIN (at - blank, 1000) * paragraph->style.size / 2);
		text = at;
	}
	add_text (paragraph, text, (gsize) (end - text), &look);
}

void rn_paragraph_page_number (RnParagraph *paragraph, const char *anchor, gboolean right, RnTag *tag, const RnTarget *target)
{
	RnRun *run = rn_paragraph_add (paragraph, RN_RUN_NUMBER);
	run->text = rn_arena_strndup (paragraph->setter->book->arena, anchor, -1);
	run->right = right != 0;
	run->tag = tag;
	run->target = target;
}

void rn_paragraph_leader (RnParagraph *paragraph)
{
	rn_paragraph_add (paragraph, RN_RUN_LEADER);
}

void rn_paragraph_break (RnParagraph *paragraph)
{
	rn_paragraph_add (paragraph, RN_RUN_BREAK);
}

void rn_paragraph_box (RnParagraph *paragraph, RnLength width, const RnMark *marks, guint n)
{
	RnRun *run = rn_paragraph_add (paragraph, RN_RUN_BOX);
	RnMark *copy = rn_arena_newn (paragraph->setter->book->arena, RnMark, n);
	if (n)
		memcpy (copy, marks, n * sizeof *marks);
	run->width = width;
	run->marks = copy;
	run->n_marks = n;
}

/* --- furniture ------------------------------------------------------------------------------------------------------------ */

static char *capitals (RnArena *arena, const char *text)
{
	/* A capital may take one byte more than its letter, no more: Unicode's simple mapping. */
	char *copy = rn_arena_alloc (arena, strlen (text) * 2 + 1), *out = copy;
	for (; *text; text = g_utf8_next_char (text))
		out += g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), out);
	*out = 0;
	return copy;
}

RnLength rn_line_marks (RnSetter *setter, const RnTextStyle *style, const char *text, RnTag *tag, RnAlign align, RnLength x, RnLength y, GArray *marks)
{
	if (!*text)
		return 0;
	RnArena *arena = setter->book->arena;
	RnWorkspace *ws = rn_workspace_of (setter);
	const RnFont *font = rn_style_font (setter, style, 0);
	const char *own = style->capitals ? capitals (arena, text) : rn_arena_strndup (arena, text, -1);
	RnLength width = 0;

	g_array_set_size (ws->line_glyphs, 0);
	rn_font_shape (font, own, strlen (own), setter->language->code, ws->line_glyphs, ws->missing);
	rn_tell_missing (setter, font, ws->missing, 0);
	guint n = ws->line_glyphs->len;
	RnGlyph *glyphs = rn_arena_newn (arena, RnGlyph, n);
	if (n)
		memcpy (glyphs, ws->line_glyphs->data, n * sizeof *glyphs);
	for (guint i = 0; i < n; i++) {
		if (glyphs[i].len)
			glyphs[i].advance += style->tracking;
		if (glyphs[i].len == 1 && *glyphs[i].text == ' ')
			glyphs[i].flags |= RN_GLYPH_SPACE;
		width += glyphs[i].advance;
	}
	RnMark mark = { .kind = RN_MARK_TEXT, .tint = style->tint, .x = x, .y = y, .w = width, .tag = tag };
	mark.x -= align == RN_ALIGN_RIGHT ? width : align == RN_ALIGN_CENTRE ? width / 2 : 0;
	mark.text.font = font;
	mark.text.glyphs = glyphs;
	mark.text.n = n;
	g_array_append_val (marks, mark);
	return width;
}
