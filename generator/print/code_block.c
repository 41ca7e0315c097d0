/*
 * code_block.c - code: its lines as they are.
 *
 * In: CODE_BLOCK nodes. Out: a piece a line; one that is too long goes on in the next, behind a drawn turn. Invariant: every character of
 * the code is set, in its order.
 */
#include "print/blocks-int.h"

#include <string.h>

#define TAB 4

typedef struct {
	RnBlocks *blocks;
	RnTextStyle style;
	const RnFont *font;
	RnLength x, measure, turn;   /* turn: the width of its mark */
	RnTag *tag;
	GArray *glyphs, *marks;
} Code;

/* LINE with its tabs as blanks up to the next stop; in the arena. */
static const char *expand (Code *code, const char *line, gsize len)
{
	g_autoptr (GString) out = g_string_sized_new (len);
	guint column = 0;
	for (const char *p = line; p < line + len; p = g_utf8_next_char (p)) {
		if (*p == '\r')
			continue;
		if (*p != '\t') {
			g_string_append_len (out, p, g_utf8_next_char (p) - p);
			column++;
			continue;
		}
		do
			g_string_append_c (out, ' ');
		while (++column % TAB != 0);
	}
	return rn_arena_strndup (code->blocks->galley->arena, out->str, (gssize) out->len);
}

/* A hook at the line's end: what follows belongs to it. */
static void add_turn (Code *code, RnLength y)
{
	RnArena *arena = code->blocks->galley->arena;
	RnLength w = code->turn, h = code->font->x_height;
	const RnLength points[] = { w * 85 / 100, -h, w * 85 / 100, -h / 3, w * 15 / 100, -h / 3, w * 45 / 100, -h * 2 / 3, w * 15 / 100, -h / 3, w * 45 / 100, 0 };
	RnLength *kept = rn_arena_newn (arena, RnLength, G_N_ELEMENTS (points));
	RnPath *path = rn_arena_new0 (arena, RnPath);
	memcpy (kept, points, sizeof points);
	path->segments = "mllmll";
	path->n_segments = path->n_points = 6;
	path->points = kept;
	path->stroked = TRUE;
	path->stroke = RN_BLACK;
	path->width = 400;
	const RnMark mark = { .kind = RN_MARK_PATH, .x = code->x + code->measure - w, .y = y, .w = w, .h = h, .path = path };
	g_array_append_val (code->marks, mark);
}

static void add_line (Code *code, const char *text, gboolean goes_on)
{
	RnGalley *galley = code->blocks->galley;
	RnPiece *piece = rn_galley_add (galley, code->style.leading);
	RnLength y = rn_base_line (code->font, code->style.leading);
	piece->space = rn_galley_meet (galley, 0, 0);
	piece->on_grid = code->style.on_grid;
	g_array_set_size (code->marks, 0);
	if (*text != '\0')
		rn_line_marks (code->blocks->setter, &code->style, text, code->tag, RN_ALIGN_LEFT, code->x, y, code->marks);
	if (goes_on)
		add_turn (code, y);
	rn_piece_add_marks (galley->arena, piece, (const RnMark *) (void *) code->marks->data, code->marks->len, FALSE);
}

/* How many bytes of TEXT fill the line, less the turn; at least one character. All of it, if it fits as it is. */
static gsize fitting (Code *code, const char *text)
{
	const RnLanguage *language = code->blocks->setter->language;
	RnLength width = 0;
	gsize len = strlen (text), cut = 0;
	g_array_set_size (code->glyphs, 0);
	rn_font_shape (code->font, text, len, language != NULL ? language->code : NULL, code->glyphs, NULL);
	for (guint i = 0; i < code->glyphs->len; i++) {
		const RnGlyph *glyph = &g_array_index (code->glyphs, RnGlyph, i);
		if (cut == 0 && glyph->len > 0 && glyph->text > text && width + glyph->advance > code->measure - code->turn)
			cut = (gsize) (glyph->text - text);
		width += glyph->advance;
		if (width > code->measure && cut > 0)
			return cut;
	}
	return len;
}

/* A line that is ten times as wide as its measure is shaped in parts, so that each is shaped a few times at most. */
static void set_line (Code *code, const char *text)
{
	RnArena *arena = code->blocks->galley->arena;
	gsize part = (gsize) MAX (code->measure / MAX (code->turn, 1), 8) * 4;
	while (TRUE) {
		gsize len = strlen (text);
		const char *some = len > part ? rn_arena_strndup (arena, text, g_utf8_find_prev_char (text, text + part) - text) : text;
		gsize n = fitting (code, some);
		if (n == len) {
			add_line (code, text, FALSE);
			return;
		}
		add_line (code, rn_arena_strndup (arena, text, (gssize) n), TRUE);
		text += n;
	}
}

/* Code has its letters under one another, whatever the style's family is. */
static void take_mono (RnTextStyle *style)
{
	const RnFace *face = style->faces[style->face];
	for (guint i = 0; style->mono != NULL && !face->fixed_pitch && i < RN_FACES; i++)
		style->faces[i] = style->mono;
	style->align = RN_ALIGN_LEFT;
}

void rn_set_code (RnBlocks *blocks, const RnNode *node)
{
	const RnTextStyle *style = &blocks->setter->styles.text[RN_STYLE_CODE];
	RnBlocks inner;
	rn_blocks_narrow (blocks, &inner, style->left, style->right);
	Code code = { .blocks = blocks, .style = *style, .x = inner.x, .measure = inner.measure };
	guint start = blocks->galley->pieces->len;
	take_mono (&code.style);
	code.font = rn_style_font (blocks->setter, &code.style, 0);
	code.turn = code.font->space;
	code.tag = rn_blocks_tag (blocks, rn_blocks_tag (blocks, blocks->parent, RN_ROLE_P), RN_ROLE_CODE);
	code.glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	code.marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	blocks->galley->after = MAX (blocks->galley->after, style->before);
	for (const char *line = node->text, *end = node->text + node->len; line < end;) {
		const char *stop = memchr (line, '\n', (gsize) (end - line));
		if (stop == NULL)
			stop = end;
		set_line (&code, expand (&code, line, (gsize) (stop - line)));
		line = stop + 1;
	}
	g_array_unref (code.glyphs);
	g_array_unref (code.marks);
	guint n = blocks->galley->pieces->len;
	if (n == start)
		return;
	/* No line of it stands alone. */
	if (n - start > 1)
		rn_blocks_piece (blocks, start + 1)->penalty = rn_blocks_piece (blocks, n - 1)->penalty = RN_KEEP;
	blocks->galley->after = style->after;
}
