/*
 * paragraph_items.c - a paragraph's text -> glyphs -> boxes, glue and penalties for linebreak.h, and what each of them stands for.
 *
 * Text of one look is shaped whole, then cut where it may be parted: so a letter is as wide in a line as in its word. Each item has a part of the same index.
 */
#include "print/paragraph-int.h"

/* Of breaks, for the line breaker: see RnPlaceKind. In ragged text a hyphen saves little. */
static const struct { gint16 penalty; gboolean flagged, hyphen; } prices[] = {
	[RN_PLACE_LETTER] = { 3000, FALSE, FALSE }, [RN_PLACE_LETTER_HYPHEN] = { 3000, TRUE, TRUE }, [RN_PLACE_HARD] = { 1000, FALSE, FALSE },
	[RN_PLACE_ADDRESS] = { 100, FALSE, FALSE }, [RN_PLACE_POOR_HYPHEN] = { 300, TRUE, TRUE }, [RN_PLACE_HYPHEN] = { 50, TRUE, TRUE },
	[RN_PLACE_SOFT] = { 40, TRUE, TRUE }, [RN_PLACE_DASH] = { 30, TRUE, FALSE }, [RN_PLACE_FREE] = { 0, FALSE, FALSE },
};
#define RAGGED_HYPHEN 150
#define BEFORE_BLANK 50

/* --- glyphs ---------------------------------------------------------------------------------------------------------------- */

/* Tells what is missing at the line of each run, from RUN up to END, that has it. */
static void tell_missing (RnParagraph *paragraph, RnWorkspace *ws, const RnFont *font, const RnRun *run, const RnRun *end)
{
	g_autofree char *all = g_strndup (ws->missing->str, ws->missing->len);
	for (; run != end; run = run->next) {
		g_string_truncate (ws->missing, 0);
		for (const char *p = all; *p; p = g_utf8_next_char (p)) {
			gssize size = g_utf8_next_char (p) - p;
			char character[8] = "";
			memcpy (character, p, (gsize) size);
			if (g_strstr_len (paragraph->text + run->begin, run->end - run->begin, character))
				g_string_append_len (ws->missing, p, size);
		}
		rn_tell_missing (paragraph->setter, font, ws->missing, run->line);
	}
	g_string_truncate (ws->missing, 0);
}

void rn_paragraph_shape (RnParagraph *paragraph, RnWorkspace *ws)
{
	RnSetter *setter = paragraph->setter;
	g_array_set_size (ws->glyphs, 0);
	for (const RnRun *run = paragraph->first, *next; run; run = next) {
		next = run->next;
		if (run->kind != RN_RUN_TEXT)
			continue;
		guint32 end = run->end;
		for (; next && rn_run_joins (run, next); next = next->next)
			end = next->end;
		const RnFont *font = rn_style_font (setter, &paragraph->style, run->flags);
		rn_font_shape (font, paragraph->text + run->begin, end - run->begin, setter->language->code, ws->glyphs, ws->missing);
		if (ws->missing->len)
			tell_missing (paragraph, ws, font, run, next);
	}
	for (guint i = 0; paragraph->style.tracking && i < ws->glyphs->len; i++)
		if (g_array_index (ws->glyphs, RnGlyph, i).len)
			g_array_index (ws->glyphs, RnGlyph, i).advance += paragraph->style.tracking;
}

/* --- items ----------------------------------------------------------------------------------------------------------------- */

typedef struct {
	RnParagraph *paragraph;
	RnWorkspace *ws;
	const RnFont *font;        /* of the run in hand */
	RnLength  measure;
	gboolean  ragged;
	RnLength  box;             /* width of the glyphs from box_begin on that are no item yet */
	guint32   box_begin;
} Maker;

static void add_item (Maker *maker, const RnItem *item, RnPartKind kind, guint32 begin, guint32 end, const RnRun *run)
{
	const RnPart part = { (guint8) kind, begin, end, run };
	g_array_append_val (maker->ws->parts, part);
	g_array_append_vals (maker->ws->items, item, 1);
}

/* What has gathered becomes a box; glyph AT begins the next. */
static void end_box (Maker *maker, guint32 at, const RnRun *run)
{
	if (at > maker->box_begin) {
		const RnItem item = { .kind = RN_ITEM_BOX, .width = maker->box };
		add_item (maker, &item, RN_PART_TEXT, maker->box_begin, at, run);
	}
	maker->box = 0;
	maker->box_begin = at;
}

static void add_penalty (Maker *maker, gint16 penalty)
{
	const RnItem item = { .kind = RN_ITEM_PENALTY, .penalty = penalty };
	add_item (maker, &item, RN_PART_NONE, 0, 0, NULL);
}

static void add_fill (Maker *maker)
{
	const RnItem item = { .kind = RN_ITEM_GLUE, .stretch = RN_FILL };
	add_item (maker, &item, RN_PART_NONE, 0, 0, NULL);
}

static void add_place (Maker *maker, RnPlaceKind kind, const RnRun *run)
{
	RnItem item = { .kind = RN_ITEM_PENALTY, .flagged = prices[kind].flagged, .penalty = prices[kind].penalty };
	if (prices[kind].hyphen) {
		item.width = maker->font->hyphen + maker->paragraph->style.tracking;
		if (maker->ragged && kind == RN_PLACE_HYPHEN)
			item.penalty = RAGGED_HYPHEN;
	}
	add_item (maker, &item, prices[kind].hyphen ? RN_PART_HYPHEN : RN_PART_NONE, 0, 0, run);
}

static void add_space (Maker *maker, guint32 at, const RnRun *run)
{
	const RnTextStyle *style = &maker->paragraph->style;
	RnLength width = g_array_index (maker->ws->glyphs, RnGlyph, at).advance;
	RnItem item = { .kind = RN_ITEM_GLUE, .width = width };
	if (maker->ragged)
		item.stretch = style->size * 3 / 2;
	else if (!maker->font->face->fixed_pitch) {
		item.stretch = (RnLength) ((gint64) width * style->stretch_percent / 100);
		item.shrink = (RnLength) ((gint64) width * style->shrink_percent / 100);
	}
	add_item (maker, &item, RN_PART_SPACE, at, at + 1, run);
}

/* In a face of fixed pitch the spaces that begin a line are part of the text. */
static gboolean begins_line (const Maker *maker)
{
	const GArray *parts = maker->ws->parts;
	return maker->font->face->fixed_pitch && (!parts->len || g_array_index (maker->ws->items, RnItem, parts->len - 1).penalty == RN_FORCE);
}

/*
 * What a break at the no-break space TEXT costs. Between two words it is a nicety of typography ("at" is better not a line's last): given up before a justified line gapes. With figures, signs and
 * dashes it holds.
 */
static gint16 tie_of (const Maker *maker, const char *text)
{
	gunichar before = text > maker->paragraph->text ? g_utf8_get_char (g_utf8_prev_char (text)) : 0, after = g_utf8_get_char (g_utf8_next_char (text));
	return !maker->ragged && g_unichar_isalpha (before) && g_unichar_isalpha (after) ? RN_TIED : RN_FORBID;
}

/* The run's glyphs, from *AT on. */
static void add_text (Maker *maker, const RnRun *run, guint32 *at)
{
	const RnGlyph *glyphs = (const RnGlyph *) (gpointer) maker->ws->glyphs->data;
	const char *text = maker->paragraph->text, *end = text + run->end;
	const guint8 *places = maker->ws->places->data;
	guint32 i = *at, n = maker->ws->glyphs->len;
	maker->font = rn_style_font (maker->paragraph->setter, &maker->paragraph->style, run->flags);
	maker->box_begin = i;
	gboolean leading = begins_line (maker);
	for (; i < n && glyphs[i].text < end; i++) {
		const RnGlyph *glyph = &glyphs[i];
		gboolean space = rn_glyph_is (glyph, " ", 1), tied = rn_glyph_is (glyph, "\302\240", 2);
		guint8 place = glyph->len ? places[glyph->text - text] : RN_PLACE_NONE;
		leading &= space;
		if (place && !space && !tied) {
			end_box (maker, i, run);
			if (maker->ws->items->len)
				add_place (maker, place, run);
		}
		if ((space && !leading) || tied) {
			end_box (maker, i, run);
			if (tied)
				add_penalty (maker, tie_of (maker, glyph->text));
			add_space (maker, i, run);
			maker->box_begin = i + 1;
		} else
			maker->box += glyph->advance;
	}
	end_box (maker, i, run);
	*at = i;
}

static void add_thing (Maker *maker, const RnRun *run)
{
	RnSetter *setter = maker->paragraph->setter;
	const RnTextStyle *style = &maker->paragraph->style;
	RnItem item = { .kind = RN_ITEM_BOX, .width = run->width };
	const GArray *items = maker->ws->items;
	switch (run->kind) {
	case RN_RUN_NUMBER:
		item.width = (RnLength) setter->book->page_number_digits * rn_font_width (rn_style_font (setter, style, run->flags), "0", setter->language->code);
		add_item (maker, &item, RN_PART_NUMBER, 0, 0, run);
		break;
	case RN_RUN_LEADER:
		item.kind = RN_ITEM_GLUE;
		item.width = style->size;
		item.stretch = RN_FILL;
		add_item (maker, &item, RN_PART_LEADER, 0, 0, run);
		break;
	case RN_RUN_BREAK:
		add_fill (maker);
		add_penalty (maker, RN_FORCE);
		break;
	case RN_RUN_BLANK:
		/* A blank that ends its line fills it; so there is no need for one as wide as the line. */
		if (maker->measure)
			item.width = MIN (item.width, maker->measure * 3 / 4);
		if (items->len && g_array_index (items, RnItem, items->len - 1).kind == RN_ITEM_BOX)
			add_penalty (maker, BEFORE_BLANK);
		add_item (maker, &item, RN_PART_BLANK, 0, 0, run);
		break;
	default:
		add_item (maker, &item, run->kind == RN_RUN_BOX ? RN_PART_BOX : run->kind == RN_RUN_NOTE ? RN_PART_NOTE : RN_PART_ANCHOR, 0, 0, run);
	}
}

void rn_paragraph_items (RnParagraph *paragraph, RnWorkspace *ws, RnLength measure)
{
	Maker maker = { .paragraph = paragraph, .ws = ws, .measure = measure, .ragged = paragraph->style.align != RN_ALIGN_JUSTIFY };
	guint32 at = 0;
	g_array_set_size (ws->items, 0);
	g_array_set_size (ws->parts, 0);
	for (const RnRun *run = paragraph->first; run; run = run->next) {
		if (run->kind == RN_RUN_TEXT)
			add_text (&maker, run, &at);
		else
			add_thing (&maker, run);
	}
	/* A line break at the very end is its end. */
	guint n = ws->items->len;
	if (n && g_array_index (ws->items, RnItem, n - 1).penalty == RN_FORCE)
		return;
	add_fill (&maker);
	add_penalty (&maker, RN_FORCE);
}

/* --- words wider than the line --------------------------------------------------------------------------------------------- */

/* Lets the text of the items [BEGIN, END) be parted between letters. */
static gboolean part_letters (RnParagraph *paragraph, RnWorkspace *ws, guint begin, guint end)
{
	const RnPart *parts = (const RnPart *) (gpointer) ws->parts->data;
	const RnGlyph *glyphs = (const RnGlyph *) (gpointer) ws->glyphs->data;
	const char *first = NULL, *last = NULL;
	guint32 line = 0;
	for (guint i = begin; i < end; i++) {
		if (parts[i].kind != RN_PART_TEXT)
			continue;
		gboolean fixed = rn_style_font (paragraph->setter, &paragraph->style, parts[i].run->flags)->face->fixed_pitch;
		for (guint32 k = parts[i].begin; k < parts[i].end; k++) {
			if (!glyphs[k].len)
				continue;
			gboolean letters = last && !fixed && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (last))) && g_unichar_isalpha (g_utf8_get_char (glyphs[k].text));
			guint8 *place = &ws->places->data[glyphs[k].text - paragraph->text];
			if (last && !*place)
				*place = letters ? RN_PLACE_LETTER_HYPHEN : RN_PLACE_LETTER;
			line = first ? line : parts[i].run->line;
			first = first ? first : glyphs[k].text;
			last = glyphs[k].text + glyphs[k].len;
		}
	}
	if (!first || last - first < 2)
		return FALSE;
	g_autofree char *word = g_strndup (first, (gsize) (last - first));
	RnSetter *setter = paragraph->setter;
	rn_diagnose (setter->sink, RN_D_LINE_OVERFULL, rn_setter_place (setter, line), setter->product->name, word);
	return TRUE;
}

gboolean rn_paragraph_part_words (RnParagraph *paragraph, RnWorkspace *ws, RnLength measure)
{
	const RnItem *items = (const RnItem *) (gpointer) ws->items->data;
	gboolean parted = FALSE;
	gint64 width = 0;
	for (guint i = 0, begin = 0; i < ws->items->len; i++) {
		const RnItem *item = &items[i];
		gboolean glue = item->kind == RN_ITEM_GLUE, breaks = item->kind == RN_ITEM_PENALTY && item->penalty < RN_FORBID;
		if (item->kind == RN_ITEM_BOX)
			width += item->width;
		else if (breaks || (glue && i && items[i - 1].kind == RN_ITEM_BOX)) {
			if (width + (breaks ? item->width : 0) > measure)
				parted |= part_letters (paragraph, ws, begin, i);
			begin = i + 1;
			width = 0;
		} else if (glue)
			width += item->width - item->shrink;
	}
	return parted;
}
