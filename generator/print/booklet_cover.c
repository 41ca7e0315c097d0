/*
 * booklet_cover.c - the first and the last side of a book: black grounds that run beyond the trim, large type, what is inside, whom to call.
 *
 * In: the product's and the site's texts. Out: one side each. Invariant: only grounds and rings cross the trim; type keeps the margins, and is set smaller
 * rather than cut where a text is long.
 */
#include "base/words.h"
#include "model/typography.h"
#include "print/booklet-int.h"
#include "print/cover-int.h"
#include "print/words.h"

#include <string.h>

#define SIDE_MARGIN(product) MAX ((product)->outer, RN_MM (12))

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
	return own ? own : rn_site_line (setter, "description");
}

/* The title in the book's language, and in all others where the book holds them. */
static void set_titles (RnBooklet *booklet, RnBlocks *blocks)
{
	RnSetter *setter = booklet->setter;
	const RnLanguage *language = setter->language;
	rn_cover_text (blocks, RN_STYLE_COVER_TITLE, RN_ROLE_P, RN_PAPER, booklet->title, NULL);
	for (guint i = 0; booklet->product->together && i < booklet->product->n_languages; i++) {
		setter->language = booklet->product->languages[i];
		if (setter->language != language)
			rn_cover_text (blocks, RN_STYLE_COVER_SUBTITLE, RN_ROLE_P, RN_PAPER, rn_booklet_title (setter), setter->language->code);
	}
	setter->language = language;
	rn_cover_text (blocks, RN_STYLE_COVER_SUBTITLE, RN_ROLE_P, RN_PAPER, subtitle_of (setter), NULL);
}

/* The chapters in two columns: what is inside. FALSE: they would need more than HEIGHT. */
static void set_inside (RnBooklet *booklet, RnTag *parent, RnSide *side, RnLength x, RnLength y, RnLength measure, RnLength height)
{
	RnSetter *setter = booklet->setter;
	const RnTextStyle style = rn_cover_style (&setter->styles.text[RN_STYLE_COVER_NOTE], 100, RN_BLACK);
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

/* What stands at the foot: a note, the publisher, the month. Returns its top. */
static RnLength put_foot (RnBooklet *booklet, RnTag *parent, RnSide *side, RnLength x, RnLength foot, RnLength measure)
{
	RnSetter *setter = booklet->setter;
	const RnTextStyle *note = &setter->styles.text[RN_STYLE_COVER_NOTE];
	RnTextStyle bold = *note;
	RnBlocks blocks = blocks_of (booklet, parent, measure);
	bold.face = RN_FACE_BOLD;
	rn_set_text (&blocks, &bold, RN_ROLE_P, rn_product_text (setter, "cover.note"));
	rn_set_text (&blocks, note, RN_ROLE_P, rn_publisher (setter));
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
	rn_cover_ground (book, side, RN_BLACK, -bleed, -bleed, product->width + 2 * bleed, panel + bleed);
	rn_cover_rings (book, side, product->width + bleed, -bleed, unit, 5);
	rn_place_galley (side, words.galley, margin, panel - gap - high);
	rn_galley_free (words.galley);
	const RnLength top = panel + gap, foot = put_foot (booklet, section, side, margin, product->height - margin, measure);
	if (!rn_cover_picture (booklet->setter, section, side, margin, top, measure, foot - gap - top))
		set_inside (booklet, section, side, margin, top, measure, foot - gap - top);
}

/* --- the back -------------------------------------------------------------------------------------------------------------- */

/* TEMPLATE with the address at its {address}: on a line of its own where both do not fit on one. */
static void set_address (RnBlocks *blocks, const RnTextStyle *style, const char *template, const char *shown)
{
	RnSetter *setter = blocks->setter;
	const char *whole = rn_setter_fill (setter, template, "address", shown), *at = strstr (template, " {address}");
	if (!at || rn_font_width (rn_style_font (setter, style, 0), whole, setter->language->code) <= blocks->measure) {
		rn_set_text (blocks, style, RN_ROLE_P, whole);
		return;
	}
	RnParagraph *paragraph = rn_paragraph_new (setter, style, rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_P));
	rn_paragraph_text (paragraph, template, at - template, 0, NULL, NULL);
	rn_paragraph_break (paragraph);
	rn_paragraph_text (paragraph, rn_setter_fill (setter, at + 1, "address", shown), -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
}

/* What the black ground holds: the product's text, the site's footer, its address. */
static RnGalley *set_words (RnBooklet *booklet, RnTag *parent, RnLength measure, const char *address)
{
	RnSetter *setter = booklet->setter;
	RnTextStyle note = rn_cover_style (&setter->styles.text[RN_STYLE_COVER_NOTE], 100, RN_PAPER), small = address ? rn_cover_style (&setter->styles.text[RN_STYLE_IMPRINT], 100, RN_PAPER) : note;
	RnBlocks blocks = blocks_of (booklet, parent, measure);
	note.after = note.leading / 2;
	rn_set_text (&blocks, &note, RN_ROLE_P, rn_product_text (setter, "back_cover.text"));
	if (address)
		set_address (&blocks, &note, rn_setter_string (setter, "print_home_qr", 0), rn_web_shown (booklet->book->arena, address));
	rn_set_text (&blocks, &small, RN_ROLE_P, rn_site_line (setter, "footer"));
	return blocks.galley;
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
		static const guint SIZES[] = { 280, 240, 200, 170, 145, 120, 100, 80, 65 };
		RnBlocks frame = rn_booklet_blocks (booklet, NULL, section);
		frame.measure = measure;
		RnGalley *calls = rn_cover_calls (booklet->composer, &frame, 1, SIZES, G_N_ELEMENTS (SIZES), top - 2 * margin);
		if (rn_galley_height (calls) > top - 2 * margin)
			rn_diagnose (booklet->setter->sink, RN_D_PRODUCT_OVERFLOW, RN_PLACE (booklet->setter->site->config_file, 0, 0), product->name,
			             _("the back cover has no room for so many hotlines"));
		rn_place_galley (side, calls, margin, margin);
		rn_galley_free (calls);
	}
	rn_cover_ground (book, side, RN_BLACK, -bleed, top, product->width + 2 * bleed, panel + bleed);
	rn_place_galley (side, words, margin, top + (panel - high) / 2);
	if (code)
		rn_cover_code (booklet->setter, section, side, address, product->width - margin - code, top + (panel - code) / 2, code);
	rn_galley_free (words);
}
