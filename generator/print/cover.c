/*
 * cover.c - what all covers, bands and backs are made of.
 *
 * In: texts and boxes. Out: marks on a side, pieces in a galley. Invariant: only grounds and rings cross the trim; a long text is set smaller, never cut.
 */
#include "print/cover-int.h"

RnTextStyle rn_cover_style (const RnTextStyle *style, guint percent, RnTint tint)
{
	RnTextStyle out = *style;
	out.size = (RnLength) ((gint64) style->size * percent / 100);
	out.leading = (RnLength) ((gint64) style->leading * percent / 100);
	out.before = (RnLength) ((gint64) style->before * percent / 100);
	out.after = (RnLength) ((gint64) style->after * percent / 100);
	out.tint = tint;
	return out;
}

void rn_cover_ground (RnBook *book, RnSide *side, RnTint tint, RnLength x, RnLength y, RnLength w, RnLength h)
{
	const RnMark mark = { .kind = RN_MARK_RULE, .tint = tint, .x = x, .y = y, .w = w, .h = h };
	rn_side_add_marks (book, side, &mark, 1);
}

/* As a signal spreads. */
void rn_cover_rings (RnBook *book, RnSide *side, RnLength x, RnLength y, RnLength unit, guint n)
{
	for (guint i = 1; i <= n; i++) {
		const gint64 radius = (gint64) unit * i, lever = radius * 5523 / 10000;
		RnLength *points = rn_arena_newn (book->arena, RnLength, 8);
		RnPath *path = rn_arena_new0 (book->arena, RnPath);
		points[0] = (RnLength) -radius;
		points[2] = (RnLength) -radius;
		points[3] = (RnLength) lever;
		points[4] = (RnLength) -lever;
		points[5] = points[7] = (RnLength) radius;
		*path = (RnPath) { .n_segments = 2, .n_points = 8, .segments = "mc", .points = points, .stroked = TRUE, .stroke = RN_PAPER, .width = unit / 4 };
		const RnMark mark = { .kind = RN_MARK_PATH, .x = x, .y = y, .path = path };
		rn_side_add_marks (book, side, &mark, 1);
	}
}

RnPiece *rn_cover_text (RnBlocks *blocks, RnStyleId id, RnRole role, RnTint tint, const char *text, const char *language)
{
	RnSetter *setter = blocks->setter;
	const guint first = blocks->galley->pieces->len;
	RnLength narrowest = 0, widest = 0;
	if (!text || !*text)
		return NULL;
	RnTag *tag = rn_tag_new (&setter->book->tags, blocks->parent, role);
	tag->language = language;
	for (guint percent = 100;; percent -= 5) {
		/* A paragraph reads its style until it is set: each try has one of its own. */
		RnTextStyle *style = rn_arena_new0 (setter->book->arena, RnTextStyle);
		*style = rn_cover_style (&setter->styles.text[id], percent, tint);
		style->hyphenate = percent == 40;
		RnParagraph *paragraph = rn_paragraph_new (setter, style, tag);
		rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
		rn_paragraph_widths (paragraph, &narrowest, &widest);
		const RnLength lines = (RnLength) ((gint64) widest * 11 / 10 / MAX (blocks->measure, 1)) + 1;
		if ((narrowest > blocks->measure || lines * style->leading > blocks->column_height / 3) && percent > 40)
			continue;
		rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
		return first < blocks->galley->pieces->len ? blocks->galley->pieces->pdata[first] : NULL;
	}
}

static void place_marks (RnBook *book, RnSide *side, const GArray *marks, RnLength x, RnLength y)
{
	RnPiece *piece = rn_arena_new0 (book->arena, RnPiece);
	rn_piece_add_marks (book->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	rn_side_place (side, piece, x, y);
}

gboolean rn_cover_picture (RnSetter *setter, RnTag *parent, RnSide *side, RnLength x, RnLength y, RnLength measure, RnLength height)
{
	const char *name = rn_value_string (rn_product_get (setter->product, "cover.picture"));
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	RnLength width = 0, high = 0;
	if (!name || !*name || height <= 0)
		return FALSE;
	RnTag *figure = rn_tag_new (&setter->book->tags, parent, RN_ROLE_FIGURE);
	figure->alt = setter->book->title;
	const char *address = rn_arena_printf (setter->book->arena, "%s%s", *name == '/' ? "" : "/", name);
	if (!rn_figure_marks (setter, address, NULL, 0, 0, measure, height, figure, marks, &width, &high))
		return FALSE;
	place_marks (setter->book, side, marks, x + (measure - width) / 2, y + (height - high) / 2);
	return TRUE;
}

void rn_cover_code (RnSetter *setter, RnTag *parent, RnSide *side, const char *address, RnLength x, RnLength y, RnLength size)
{
	RnBook *book = setter->book;
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	const char *text = rn_setter_fill (setter, rn_setter_string (setter, "print_qr", 0), "address", rn_web_shown (book->arena, address));
	if (!rn_qr_marks (book->arena, &book->tags, parent, address, text, 0, 0, size, marks))
		return;
	rn_cover_ground (book, side, RN_PAPER, x, y, size, size);
	place_marks (book, side, marks, x, y);
}

RnGalley *rn_cover_calls (RnComposer *composer, const RnBlocks *frame, guint level, const guint *sizes, guint n, RnLength height)
{
	RnSetter *setter = &composer->setter;
	RnTextStyle *styles = setter->styles.text;
	const RnTextStyle phone = styles[RN_STYLE_PHONE], hotline = styles[RN_STYLE_HOTLINE];
	RnBlocks blocks = *frame;
	blocks.galley = NULL;
	for (guint i = 0; i < n; i++) {
		g_clear_pointer (&blocks.galley, rn_galley_free);
		blocks.galley = rn_galley_new (setter->book->arena);
		styles[RN_STYLE_PHONE] = rn_cover_style (&phone, sizes[i], phone.tint);
		/* Names grow less than numbers. */
		styles[RN_STYLE_HOTLINE] = rn_cover_style (&hotline, sizes[i] > 100 ? 100 + (sizes[i] - 100) / 4 : sizes[i], hotline.tint);
		rn_set_heading (&blocks, level, rn_setter_string (setter, "help", 0), NULL);
		rn_set_hotlines (composer, &blocks);
		if (rn_galley_height (blocks.galley) <= height)
			break;
	}
	styles[RN_STYLE_PHONE] = phone;
	styles[RN_STYLE_HOTLINE] = hotline;
	return blocks.galley;
}
