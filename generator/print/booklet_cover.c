/*
 * booklet_cover.c - the first and the last side of a book: black grounds that run beyond the trim, large type, what is inside, whom to call.
 *
 * In: the product's and the site's texts. Out: one side each. Invariant: only grounds and rings cross the trim; type keeps the margins, and is set smaller
 * rather than cut where a text is long.
 */
#include "print/booklet-int.h"
#include "model/typography.h"

#define SIDE_MARGIN(product) MAX ((product)->outer, RN_MM (12))

/* STYLE at PERCENT of its size, in TINT. */
static RnTextStyle scaled (const RnTextStyle *style, guint percent, RnTint tint)
{
	RnTextStyle out = *style;
	out.size = (RnLength) ((gint64) style->size * percent / 100);
	out.leading = (RnLength) ((gint64) style->leading * percent / 100);
	out.before = (RnLength) ((gint64) style->before * percent / 100);
	out.after = (RnLength) ((gint64) style->after * percent / 100);
	out.tint = tint;
	return out;
}

static void add_ground (RnBook *book, RnSide *side, RnTint tint, RnLength x, RnLength y, RnLength w, RnLength h)
{
	const RnMark mark = { .kind = RN_MARK_RULE, .tint = tint, .x = x, .y = y, .w = w, .h = h };
	rn_side_add_marks (book, side, &mark, 1);
}

/* Quarter rings around the corner (X, Y), open to the left and below, as a signal spreads. */
static void add_rings (RnBook *book, RnSide *side, RnLength x, RnLength y, RnLength unit, guint n)
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

/* TEXT as large as its longest word and a third of the side let it be, at most as its style says. */
static void set_fitted (RnBlocks *blocks, RnStyleId id, RnTint tint, const char *text, const char *language)
{
	RnSetter *setter = blocks->setter;
	RnTag *tag = rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_P);
	RnLength narrowest = 0, widest = 0;
	if (!text || !*text)
		return;
	tag->language = language;
	for (guint percent = 100;; percent -= 5) {
		/* A paragraph reads its style until it is set: each try has one of its own. */
		RnTextStyle *style = rn_arena_new0 (setter->book->arena, RnTextStyle);
		*style = scaled (&setter->styles.text[id], percent, tint);
		style->hyphenate = percent == 40;
		RnParagraph *paragraph = rn_paragraph_new (setter, style, tag);
		rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
		rn_paragraph_widths (paragraph, &narrowest, &widest);
		const RnLength lines = (RnLength) ((gint64) widest * 11 / 10 / MAX (blocks->measure, 1)) + 1;
		if ((narrowest > blocks->measure || lines * style->leading > blocks->column_height / 3) && percent > 40)
			continue;
		rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
		return;
	}
}

/* --- the front ------------------------------------------------------------------------------------------------------------- */

static RnBlocks blocks_of (RnBooklet *booklet, RnTag *parent, RnLength measure)
{
	RnBlocks blocks = rn_booklet_blocks (booklet, rn_galley_new (booklet->book->arena), parent);
	blocks.measure = measure;
	return blocks;
}

static const char *subtitle_of (RnSetter *setter)
{
	const char *own = rn_product_text (setter, "cover.subtitle");
	const char *site = own ? NULL : rn_site_text (setter->site, rn_value_get (setter->site->config, "description"), setter->language);
	return own ? own : site ? rn_typography_line (setter->language, site, setter->book->arena) : NULL;
}

/* The title in the book's language, and in all others where the book holds them. */
static void set_titles (RnBooklet *booklet, RnBlocks *blocks)
{
	RnSetter *setter = booklet->setter;
	const RnLanguage *language = setter->language;
	set_fitted (blocks, RN_STYLE_COVER_TITLE, RN_PAPER, booklet->title, NULL);
	for (guint i = 0; booklet->product->together && i < booklet->product->n_languages; i++) {
		setter->language = booklet->product->languages[i];
		if (setter->language != language)
			set_fitted (blocks, RN_STYLE_COVER_SUBTITLE, RN_PAPER, rn_booklet_title (setter), setter->language->code);
	}
	setter->language = language;
	set_fitted (blocks, RN_STYLE_COVER_SUBTITLE, RN_PAPER, subtitle_of (setter), NULL);
}

/* The chapters in two columns: what is inside. FALSE: they would need more than HEIGHT. */
static void set_inside (RnBooklet *booklet, RnTag *parent, RnSide *side, RnLength x, RnLength y, RnLength measure, RnLength height)
{
	RnSetter *setter = booklet->setter;
	const RnTextStyle style = scaled (&setter->styles.text[RN_STYLE_COVER_NOTE], 100, RN_BLACK);
	const RnLength gap = RN_MM (6), half = (measure - gap) / 2;
	RnBlocks columns[] = { blocks_of (booklet, parent, half), blocks_of (booklet, parent, half) };
	const guint n = booklet->chapters->len;
	for (guint i = 0; i < n && n > 1; i++) {
		const RnChapter *chapter = &g_array_index (booklet->chapters, RnChapter, i);
		const RnPage *page = chapter->section ? chapter->section : booklet->pages->pdata[chapter->first];
		if (!chapter->again)
			rn_set_text (&columns[i >= (n + 1) / 2], &style, RN_ROLE_P, page->title);
	}
	if (MAX (rn_galley_height (columns[0].galley), rn_galley_height (columns[1].galley)) <= height)
		for (guint k = 0; k < 2; k++)
			rn_place_galley (side, columns[k].galley, x + (RnLength) k * (half + gap), y);
	for (guint k = 0; k < 2; k++)
		rn_galley_free (columns[k].galley);
}

static gboolean put_picture (RnBooklet *booklet, RnTag *parent, RnSide *side, RnLength x, RnLength y, RnLength measure, RnLength height)
{
	const char *name = rn_value_string (rn_product_get (booklet->product, "cover.picture"));
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	RnLength width = 0, high = 0;
	if (!name || !*name || height <= 0)
		return FALSE;
	RnTag *figure = rn_tag_new (&booklet->book->tags, parent, RN_ROLE_FIGURE);
	figure->alt = booklet->title;
	const char *address = rn_arena_printf (booklet->book->arena, "%s%s", *name == '/' ? "" : "/", name);
	if (!rn_figure_marks (booklet->setter, address, NULL, 0, 0, measure, height, figure, marks, &width, &high))
		return FALSE;
	RnPiece *piece = rn_arena_new0 (booklet->book->arena, RnPiece);
	rn_piece_add_marks (booklet->book->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	rn_side_place (side, piece, x + (measure - width) / 2, y + (height - high) / 2);
	return TRUE;
}

/* What stands at the foot: a note, the publisher, the month. Returns its top. */
static RnLength put_foot (RnBooklet *booklet, RnTag *parent, RnSide *side, RnLength x, RnLength foot, RnLength measure)
{
	RnSetter *setter = booklet->setter;
	const RnTextStyle *note = &setter->styles.text[RN_STYLE_COVER_NOTE];
	RnTextStyle bold = *note;
	RnBlocks blocks = blocks_of (booklet, parent, measure);
	bold.face = RN_FACE_BOLD;
	rn_set_text (&blocks, &bold, RN_ROLE_P, rn_product_text (setter, "cover.note"));
	rn_set_text (&blocks, note, RN_ROLE_P, rn_booklet_publisher (setter));
	if (booklet->book->time)
		rn_set_text (&blocks, note, RN_ROLE_P, rn_set_date (setter, booklet->book->time, "month"));
	const RnLength top = foot - rn_galley_height (blocks.galley);
	rn_place_galley (side, blocks.galley, x, top);
	rn_galley_free (blocks.galley);
	return top;
}

void rn_booklet_cover (RnBooklet *booklet)
{
	const RnProduct *product = booklet->product;
	RnBook *book = booklet->book;
	const RnLength bleed = product->profile.bleed, margin = SIDE_MARGIN (product), measure = product->width - 2 * margin, gap = RN_MM (9);
	RnTag *section = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT);
	RnSide *side = rn_book_add_side (book, product->width, product->height);
	RnBlocks words = blocks_of (booklet, section, measure);
	section->title = booklet->title;
	set_titles (booklet, &words);
	const RnLength high = rn_galley_height (words.galley), unit = product->width / 11;
	const RnLength panel = MIN (MAX (product->height * 62 / 100, high + unit * 3 + 2 * gap), product->height * 80 / 100);
	add_ground (book, side, RN_BLACK, -bleed, -bleed, product->width + 2 * bleed, panel + bleed);
	add_rings (book, side, product->width + bleed, -bleed, unit, 5);
	rn_place_galley (side, words.galley, margin, panel - gap - high);
	rn_galley_free (words.galley);
	const RnLength top = panel + gap, foot = put_foot (booklet, section, side, margin, product->height - margin, measure);
	if (!put_picture (booklet, section, side, margin, top, measure, foot - gap - top))
		set_inside (booklet, section, side, margin, top, measure, foot - gap - top);
}

/* --- the back -------------------------------------------------------------------------------------------------------------- */

/* The hotlines as large as HEIGHT lets them be. */
static RnGalley *set_calls (RnBooklet *booklet, RnTag *parent, RnLength measure, RnLength height)
{
	RnSetter *setter = booklet->setter;
	const RnTextStyle phone = setter->styles.text[RN_STYLE_PHONE], hotline = setter->styles.text[RN_STYLE_HOTLINE];
	static const guint SIZES[] = { 280, 240, 200, 170, 145, 120, 100, 80, 65 };
	RnBlocks blocks = { 0 };
	for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
		g_clear_pointer (&blocks.galley, rn_galley_free);
		blocks = blocks_of (booklet, parent, measure);
		setter->styles.text[RN_STYLE_PHONE] = scaled (&phone, SIZES[i], phone.tint);
		setter->styles.text[RN_STYLE_HOTLINE] = scaled (&hotline, SIZES[i] > 100 ? 100 + (SIZES[i] - 100) / 4 : SIZES[i], hotline.tint);
		rn_set_heading (&blocks, 1, rn_setter_string (setter, "help", 0), NULL);
		rn_set_hotlines (booklet->composer, &blocks);
		if (rn_galley_height (blocks.galley) <= height)
			break;
	}
	setter->styles.text[RN_STYLE_PHONE] = phone;
	setter->styles.text[RN_STYLE_HOTLINE] = hotline;
	if (rn_galley_height (blocks.galley) > height)
		rn_diagnose (setter->sink, RN_D_PRODUCT_OVERFLOW, RN_PLACE (setter->site->config_file, 0, 0), booklet->product->name, "the back cover has no room for so many hotlines");
	return blocks.galley;
}

/* What the black ground holds: the product's text, the site's footer, its address. */
static RnGalley *set_words (RnBooklet *booklet, RnTag *parent, RnLength measure, const char *address)
{
	RnSetter *setter = booklet->setter;
	RnTextStyle note = scaled (&setter->styles.text[RN_STYLE_COVER_NOTE], 100, RN_PAPER), small = address ? scaled (&setter->styles.text[RN_STYLE_IMPRINT], 100, RN_PAPER) : note;
	RnBlocks blocks = blocks_of (booklet, parent, measure);
	const char *footer = rn_site_text (setter->site, rn_value_get (setter->site->config, "footer"), setter->language);
	note.after = note.leading / 2;
	rn_set_text (&blocks, &note, RN_ROLE_P, rn_product_text (setter, "back_cover.text"));
	if (address)
		rn_set_text (&blocks, &note, RN_ROLE_P, rn_setter_fill (setter, rn_setter_string (setter, "print_home_qr", 0), "address", rn_web_shown (booklet->book->arena, address)));
	if (footer)
		rn_set_text (&blocks, &small, RN_ROLE_P, rn_typography_line (setter->language, footer, booklet->book->arena));
	return blocks.galley;
}

static void put_code (RnBooklet *booklet, RnTag *parent, RnSide *side, const char *address, RnLength x, RnLength y, RnLength size)
{
	RnBook *book = booklet->book;
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	if (!rn_qr_marks (book->arena, &book->tags, parent, address, rn_web_shown (book->arena, address), 0, 0, size, marks))
		return;
	add_ground (book, side, RN_PAPER, x, y, size, size);
	RnPiece *piece = rn_arena_new0 (book->arena, RnPiece);
	rn_piece_add_marks (book->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	rn_side_place (side, piece, x, y);
}

void rn_booklet_back_cover (RnBooklet *booklet)
{
	const RnProduct *product = booklet->product;
	RnBook *book = booklet->book;
	const RnLength bleed = product->profile.bleed, margin = SIDE_MARGIN (product), measure = product->width - 2 * margin;
	RnTag *section = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT);
	RnSide *side = rn_book_add_side (book, product->width, product->height);
	const char *address = rn_product_flag (product, "back_cover.qr", TRUE)
	                      ? rn_web_address (booklet->composer, rn_library_home (booklet->setter->library, booklet->setter->language)) : NULL;
	const RnLength code = address ? MIN (RN_MM (32), measure / 3) : 0, gap = RN_MM (8);
	RnGalley *words = set_words (booklet, section, measure - (code ? code + gap : 0), address);
	const RnLength high = rn_galley_height (words);
	RnLength panel = MAX (high, code) + 2 * margin;
	/* Without a code there is little to say, and yet the ground is to carry the side. */
	panel = MAX (panel, product->height / 4);
	const RnLength top = product->height - panel;
	if (rn_product_flag (product, "back_cover.hotlines", TRUE) && rn_value_get (booklet->setter->site->config, "hotlines")) {
		RnGalley *calls = set_calls (booklet, section, measure, top - 2 * margin);
		rn_place_galley (side, calls, margin, margin);
		rn_galley_free (calls);
	}
	add_ground (book, side, RN_BLACK, -bleed, top, product->width + 2 * bleed, panel + bleed);
	rn_place_galley (side, words, margin, top + (panel - high) / 2);
	if (code)
		put_code (booklet, section, side, address, product->width - margin - code, top + (panel - code) / 2, code);
	rn_galley_free (words);
}
