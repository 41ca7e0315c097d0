/*
 * paragraph_lines.c - one broken line -> marks: glyphs with the line's spaces, rules, leaders, numbers, what is struck or marked.
 *
 * All glyphs of the line's items are painted, the space that the line ends with among them (it may stand in the margin: it is white), so that the text of all lines
 * is that of the paragraph. What is left of the measure goes to the spaces in whole units, so that lines end exactly where they should.
 */
#include "print/paragraph-int.h"

#define DOT_SHARE 2        /* of a leader's dots: one in so much of the size */
#define LOOSE 3            /* times its natural width: a space that is told */

typedef struct {
	RnParagraph *paragraph;
	RnWorkspace *ws;
	RnArena  *arena;
	RnPiece  *piece;
	RnLength  x, base;         /* the pen */
	RnLength  from;            /* where the mark in hand begins */
	RnLength  visible;         /* where its last letter ends */
	const RnRun *run;          /* whose mark is in hand; NULL: none */
	gboolean  justified;       /* its spaces fill the measure */
	gint64    extra;           /* what the spaces take in all: negative where they give */
	gint64    weights, weight; /* of all spaces, and of those so far */
	RnLength  fill;            /* what the leader, or the last blank, takes */
	guint     fill_item;
} Line;

typedef struct { gint64 width, spaces, stretch, shrink; guint leader; gboolean fills; } Sums;

/* --- how wide the line is -------------------------------------------------------------------------------------------------- */

static Sums sums_of (const RnWorkspace *ws, const RnBrokenLine *broken)
{
	const RnItem *items = (const RnItem *) (gpointer) ws->items->data;
	const RnPart *parts = (const RnPart *) (gpointer) ws->parts->data;
	Sums sums = { .leader = G_MAXUINT };
	for (guint i = broken->begin; i < broken->end; i++) {
		if (items[i].kind == RN_ITEM_PENALTY)
			continue;
		sums.width += items[i].width;
		if (parts[i].kind == RN_PART_LEADER && sums.leader == G_MAXUINT)
			sums.leader = i;
		if (items[i].kind != RN_ITEM_GLUE)
			continue;
		if (items[i].stretch == RN_FILL)
			sums.fills = TRUE;
		else {
			sums.spaces += items[i].width;
			sums.stretch += items[i].stretch;
			sums.shrink += items[i].shrink;
		}
	}
	if (items[broken->end].kind == RN_ITEM_PENALTY)
		sums.width += items[broken->end].width;
	return sums;
}

/* The blank that the line ends with, however much white follows; G_MAXUINT: none. */
static guint last_blank (const RnWorkspace *ws, const RnBrokenLine *broken)
{
	for (guint i = broken->end; i-- > broken->begin;) {
		const RnPart *part = &g_array_index (ws->parts, RnPart, i);
		if (part->kind == RN_PART_BLANK)
			return i;
		if (part->kind != RN_PART_SPACE && part->kind != RN_PART_NONE)
			break;
	}
	return G_MAXUINT;
}

/* A word to find the line by: its first of four letters and more, else its first. */
static char *word_of (const Line *line, const RnBrokenLine *broken)
{
	const RnWorkspace *ws = line->ws;
	const char *begin = NULL, *end = NULL;
	for (guint i = broken->begin; i < broken->end; i++) {
		const RnPart *part = &g_array_index (ws->parts, RnPart, i);
		if (part->kind != RN_PART_TEXT)
			continue;
		const RnGlyph *last = &g_array_index (ws->glyphs, RnGlyph, part->end - 1);
		begin = begin ? begin : g_array_index (ws->glyphs, RnGlyph, part->begin).text;
		end = last->text + last->len;
	}
	const char *first = begin, *first_end = begin;
	for (const char *p = begin; p && p < end;) {
		gsize letters = 0;
		const char *word = p;
		for (; p < end && g_unichar_isalnum (g_utf8_get_char (p)); p = g_utf8_next_char (p))
			letters++;
		if (first_end == first)
			first = word, first_end = p;
		if (letters > 3)
			return g_strndup (word, (gsize) (p - word));
		if (p < end)
			p = g_utf8_next_char (p);
	}
	return g_strndup (first ? first : "", first ? (gsize) (first_end - first) : 0);
}

/* Tells a line whose spaces, SPACES wide in all, take EXTRA more than is well. */
static void tell_loose (const Line *line, const RnBrokenLine *broken, gint64 spaces, gint64 extra)
{
	RnSetter *setter = line->paragraph->setter;
	gint64 tenths = (spaces + extra) * 10 / spaces;
	if (tenths <= LOOSE * 10)
		return;
	g_autofree char *word = word_of (line, broken), *factor = g_strdup_printf ("%d.%d", (int) (tenths / 10), (int) (tenths % 10));
	RnPlace where = rn_setter_place (setter, line->piece->line);
	g_autofree char *key = g_strdup_printf ("line-loose %s:%u", where.file, where.line);
	if (rn_setter_first (setter, key))
		rn_diagnose (setter->sink, RN_D_LINE_LOOSE, where, setter->product->name, word, factor);
}

/* Who takes what is left of the measure. */
static void share_out (Line *line, const RnBrokenLine *broken, const RnLineBox *box)
{
	Sums sums = sums_of (line->ws, broken);
	gint64 left = box->measure - sums.width;
	guint blank = last_blank (line->ws, broken);
	RnAlign align = line->paragraph->style.align;
	line->fill_item = sums.leader != G_MAXUINT ? sums.leader : sums.fills ? blank : G_MAXUINT;
	line->justified = align == RN_ALIGN_JUSTIFY && !sums.fills && sums.leader == G_MAXUINT;
	if (left < 0) {
		line->extra = MAX (left, -sums.shrink);
		line->weights = sums.shrink;
	} else if (line->fill_item != G_MAXUINT)
		line->fill = (RnLength) left;
	else if (align == RN_ALIGN_JUSTIFY && !sums.fills) {
		line->extra = sums.stretch ? left : 0;
		line->weights = sums.stretch;
		if (sums.spaces)
			tell_loose (line, broken, sums.spaces, left);
	} else if (align == RN_ALIGN_CENTRE)
		line->x += (RnLength) left / 2;
	else if (align == RN_ALIGN_RIGHT)
		line->x += (RnLength) left;
}

/* --- marks ----------------------------------------------------------------------------------------------------------------- */

static void add_rule (Line *line, RnLength x, RnLength y, RnLength w, RnLength h, RnTint tint)
{
	const RnMark mark = { .kind = RN_MARK_RULE, .tint = tint, .x = x, .y = y, .w = w, .h = h };
	if (w > 0)
		g_array_append_val (line->ws->marks, mark);
}

static RnGlyph *keep_glyphs (const Line *line)
{
	const GArray *glyphs = line->ws->line_glyphs;
	RnGlyph *copy = rn_arena_newn (line->arena, RnGlyph, glyphs->len);
	memcpy (copy, glyphs->data, glyphs->len * sizeof *copy);
	return copy;
}

static RnMark text_mark (const Line *line, const RnRun *run, RnLength x)
{
	const RnTextStyle *style = &line->paragraph->style;
	return (RnMark) {
		.kind = RN_MARK_TEXT, .tint = style->tint, .x = x, .y = line->base - rn_style_rise (style, run->flags),
		.tag = run->tag ? run->tag : line->paragraph->tag, .target = run->target,
		.text = { .font = rn_style_font (line->paragraph->setter, style, run->flags) },
	};
}

/* The glyphs in hand become a mark, with what runs under, over and behind them. */
static void flush (Line *line)
{
	const RnRun *run = line->run;
	line->run = NULL;
	if (!run || !line->ws->line_glyphs->len)
		return;
	RnMark mark = text_mark (line, run, line->from);
	const RnFont *font = mark.text.font;
	RnLength thick = MAX (font->size / 18, 300), width = line->visible - line->from;
	mark.w = width;
	mark.text.glyphs = keep_glyphs (line);
	mark.text.n = line->ws->line_glyphs->len;
	g_array_set_size (line->ws->line_glyphs, 0);
	if (run->flags & RN_TEXT_MARKED)
		add_rule (line, mark.x, mark.y - font->ascent, width, font->ascent + font->descent, mark.tint * 15 / 100);
	g_array_append_val (line->ws->marks, mark);
	if (run->flags & RN_TEXT_UNDERLINED)
		add_rule (line, mark.x, mark.y + 2 * thick, width, thick, mark.tint);
	if (run->flags & RN_TEXT_STRIKE)
		add_rule (line, mark.x, mark.y - font->x_height * 55 / 100, width, thick, mark.tint);
}

/* The mark in hand is to be RUN's. */
static void begin_run (Line *line, const RnRun *run)
{
	if (line->run && (line->run == run || (run && rn_run_joins (line->run, run))))
		return;
	flush (line);
	line->run = run;
	line->from = line->visible = line->x;
}

static void put_glyph (Line *line, const RnGlyph *glyph)
{
	g_array_append_vals (line->ws->line_glyphs, glyph, 1);
	line->x += glyph->advance;
	if (!(glyph->flags & RN_GLYPH_SPACE))
		line->visible = line->x;
}

static void put_text (Line *line, const RnPart *part)
{
	begin_run (line, part->run);
	const RnGlyph *glyphs = &g_array_index (line->ws->glyphs, RnGlyph, part->begin);
	g_array_append_vals (line->ws->line_glyphs, glyphs, part->end - part->begin);
	for (guint32 i = 0; i < part->end - part->begin; i++)
		line->x += glyphs[i].advance;
	line->visible = line->x;
}

/* A space. INSIDE the line it takes its share of what is left. */
static void put_space (Line *line, const RnPart *part, const RnItem *item, gboolean inside)
{
	RnGlyph glyph = g_array_index (line->ws->glyphs, RnGlyph, part->begin);
	glyph.flags |= RN_GLYPH_SPACE;
	if (inside && line->weights) {
		gint64 before = line->extra * line->weight / line->weights;
		line->weight += line->extra < 0 ? item->shrink : item->stretch;
		glyph.advance += (RnLength) (line->extra * line->weight / line->weights - before);
	}
	begin_run (line, part->run);
	put_glyph (line, &glyph);
}

/* A glyph of one character by itself. */
static RnGlyph glyph_of (const RnFont *font, const char *text, RnLength advance)
{
	hb_codepoint_t id = 0;
	hb_font_get_nominal_glyph (font->hb, g_utf8_get_char (text), &id);
	return (RnGlyph) { .glyph = (guint16) id, .len = (guint8) strlen (text), .advance = advance, .text = text };
}

static void put_hyphen (Line *line, const RnPart *part)
{
	const RnTextStyle *style = &line->paragraph->style;
	const RnFont *font = rn_style_font (line->paragraph->setter, style, part->run->flags);
	RnGlyph glyph = glyph_of (font, "-", font->hyphen + style->tracking);
	glyph.text = "\302\255"; /* U+00AD */
	glyph.len = 2;
	glyph.flags = RN_GLYPH_SOFT_HYPHEN;
	begin_run (line, part->run);
	put_glyph (line, &glyph);
}

/* Digits that are put in when the book is settled. */
static void put_number (Line *line, const RnPart *part, RnLength width)
{
	RnSetter *setter = line->paragraph->setter;
	flush (line);
	RnMark mark = text_mark (line, part->run, line->x);
	guint n = setter->book->page_number_digits;
	for (guint i = 0; i < n; i++) {
		RnGlyph glyph = glyph_of (mark.text.font, "0", width / (RnLength) n);
		g_array_append_val (line->ws->line_glyphs, glyph);
	}
	mark.w = width;
	mark.text.glyphs = keep_glyphs (line);
	mark.text.n = n;
	g_array_set_size (line->ws->line_glyphs, 0);
	g_array_append_val (line->ws->marks, mark);
	RnSideNumber number = { .glyphs = mark.text.glyphs, .n = n, .font = mark.text.font, .anchor = part->run->text,
	                        .right = part->run->right, .justified = line->justified };
	g_array_append_val (setter->book->numbers, number);
	line->x += width;
}

/* Dots, as far as they go, in step with those of the lines above and below; beneath them one wide space, which is what is read. */
static void put_leader (Line *line, const RnPart *part, RnLength width)
{
	const RnTextStyle *style = &line->paragraph->style;
	flush (line);
	RnMark space = text_mark (line, part->run, line->x), dots = space;
	const RnFont *font = space.text.font;
	RnGlyph white = glyph_of (font, " ", width);
	white.flags = RN_GLYPH_SPACE;
	g_array_append_val (line->ws->line_glyphs, white);
	space.text.glyphs = keep_glyphs (line);
	space.text.n = 1;
	g_array_append_val (line->ws->marks, space);
	g_array_set_size (line->ws->line_glyphs, 0);

	RnLength pitch = MAX (style->size / DOT_SHARE, 1), gap = font->space;
	guint n = (guint) MAX ((width - 2 * gap) / pitch, 0);
	for (guint i = 0; i < n; i++) {
		RnGlyph dot = glyph_of (font, ".", pitch);
		g_array_append_val (line->ws->line_glyphs, dot);
	}
	if (n) {
		dots.x = line->x + width - gap - (RnLength) n * pitch;
		dots.w = (RnLength) n * pitch;
		dots.tag = NULL;
		dots.text.glyphs = keep_glyphs (line);
		dots.text.n = n;
		g_array_append_val (line->ws->marks, dots);
		g_array_set_size (line->ws->line_glyphs, 0);
	}
	line->x += width;
}

static void put_box (Line *line, const RnRun *run)
{
	flush (line);
	for (guint i = 0; i < run->n_marks; i++) {
		RnMark mark = run->marks[i];
		mark.x += line->x;
		mark.y += line->base;
		g_array_append_val (line->ws->marks, mark);
	}
	line->x += run->width;
}

/*
 * The note's place in the order of reading, by a mark that shows nothing. A note that a later line of the text has called, and now another note before it, stands with that one,
 * and is heard there: at the later place it would be heard between the lines of two sides, amid a word that goes on.
 */
static void call_note (Line *line, RnCalled *called)
{
	const RnCalledAt at = { called, line->piece };
	RnSetter *setter = line->paragraph->setter;
	RnTag *parent = line->paragraph->tag;
	g_array_append_val (line->ws->called, at);
	if (!parent || (called->source && !called->note) || (called->tag && (called->done || called->tag->parent == parent)))
		return;
	if (called->tag)
		called->tag->parent = parent;
	else
		called->tag = rn_tag_new (&setter->book->tags, parent, RN_ROLE_NOTE);
	flush (line);
	const RnMark mark = { .kind = RN_MARK_TEXT, .tint = RN_BLACK, .x = line->x, .y = line->base, .tag = called->tag,
		.text.font = rn_style_font (setter, &line->paragraph->style, 0) };
	g_array_append_val (line->ws->marks, mark);
}

static void put_part (Line *line, guint i, gboolean inside)
{
	const RnPart *part = &g_array_index (line->ws->parts, RnPart, i);
	const RnItem *item = &g_array_index (line->ws->items, RnItem, i);
	RnLength width = item->width + (i == line->fill_item ? line->fill : 0);
	if (part->run && !line->piece->line)
		line->piece->line = part->run->line;
	switch (part->kind) {
	case RN_PART_TEXT: put_text (line, part); break;
	case RN_PART_SPACE: put_space (line, part, item, inside); break;
	case RN_PART_NUMBER: put_number (line, part, width); break;
	case RN_PART_LEADER: put_leader (line, part, width); break;
	case RN_PART_BOX: put_box (line, part->run); break;
	case RN_PART_NOTE: call_note (line, part->run->called); break;
	case RN_PART_ANCHOR: rn_piece_add_anchor (line->arena, line->piece, part->run->text); break;
	case RN_PART_BLANK:
		flush (line);
		add_rule (line, line->x, line->base + RN_PT (1.5), width, RN_PT (0.5), line->paragraph->style.tint);
		line->x += width;
		break;
	default: break;
	}
}

/* A line that its author ended: what follows is another word. */
static void put_break (Line *line)
{
	if (!line->run || !line->ws->line_glyphs->len)
		return;
	const RnFont *font = rn_style_font (line->paragraph->setter, &line->paragraph->style, line->run->flags);
	RnGlyph white = glyph_of (font, " ", font->space);
	white.flags = RN_GLYPH_SPACE;
	put_glyph (line, &white);
}

void rn_paragraph_line (RnParagraph *paragraph, RnWorkspace *ws, guint i, const RnLineBox *box, RnPiece *piece)
{
	const RnBrokenLine *broken = &g_array_index (ws->lines, RnBrokenLine, i);
	Line line = { .paragraph = paragraph, .ws = ws, .arena = paragraph->setter->book->arena, .piece = piece, .x = box->x };
	line.base = rn_style_base_line (paragraph->setter, &paragraph->style);
	g_array_set_size (ws->marks, 0);
	g_array_set_size (ws->line_glyphs, 0);
	for (guint k = broken->begin; k < broken->end && !piece->line; k++) {
		const RnRun *run = g_array_index (ws->parts, RnPart, k).run;
		piece->line = run ? run->line : 0;
	}
	share_out (&line, broken, box);
	for (guint k = broken->begin; k < broken->end; k++)
		put_part (&line, k, TRUE);
	const RnPart *end = &g_array_index (ws->parts, RnPart, broken->end);
	if (end->kind == RN_PART_HYPHEN)
		put_hyphen (&line, end);
	for (guint k = broken->end; k < box->end; k++)
		if (g_array_index (ws->parts, RnPart, k).kind == RN_PART_SPACE)
			put_part (&line, k, FALSE);
	if (box->end < ws->items->len && g_array_index (ws->items, RnItem, broken->end).penalty == RN_FORCE)
		put_break (&line);
	flush (&line);
	rn_piece_add_marks (line.arena, piece, (const RnMark *) (gpointer) ws->marks->data, ws->marks->len, FALSE);
}
