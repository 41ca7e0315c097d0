/*
 * booklet_imprint.c - who made the book, of what state it is, until when it holds, and what changed since the last edition.
 *
 * Invariant: the edition is the commit's: nothing here knows what day it is.
 */
#include "model/typography.h"
#include "print/booklet-int.h"
#include "print/words.h"

static void line (RnBlocks *blocks, const char *text)
{
	rn_set_text (blocks, &blocks->setter->styles.text[RN_STYLE_IMPRINT], RN_ROLE_P, text);
}

static void set_edition (RnBooklet *booklet, RnBlocks *blocks)
{
	RnSetter *setter = booklet->setter;
	const RnBook *book = booklet->book;
	const gboolean commit = *book->edition != '\0';
	if (!book->time)
		return;
	const char *text = rn_setter_fill (setter, rn_setter_string (setter, commit ? "edition" : "edition_of", 0), "date", rn_set_date (setter, book->time, "long"));
	line (blocks, commit ? rn_setter_fill (setter, text, "commit", book->edition) : text);
}

/* What holds of the pages together: the first day on which one of them ends, a draft among them, sources. */
static void set_state (RnBooklet *booklet, RnBlocks *blocks)
{
	RnSetter *setter = booklet->setter;
	gint64 until = 0;
	gboolean drafts = FALSE, sources = FALSE;
	for (guint i = 0; i < booklet->pages->len; i++) {
		const RnPage *page = booklet->pages->pdata[i];
		if (page->expires && (!until || page->expires < until))
			until = page->expires;
		drafts |= page->draft || g_strcmp0 (page->status, "draft") == 0;
		sources |= page->n_sources > 0;
	}
	if (until && rn_product_flag (booklet->product, "valid_until", TRUE))
		line (blocks, rn_setter_fill (setter, rn_setter_string (setter, "print_booklet_valid", 0), "date", rn_set_date (setter, until, "long")));
	if (drafts)
		line (blocks, rn_setter_string (setter, "print_drafts", 0));
	if (sources && rn_product_flag (booklet->product, "parts.sources", TRUE))
		line (blocks, rn_setter_string (setter, booklet->composer->sources ? "print_sources_end" : "print_sources_note", 0));
}

static void set_imprint (RnBooklet *booklet, RnBlocks *blocks)
{
	RnSetter *setter = booklet->setter;
	RnTextStyle title = setter->styles.text[RN_STYLE_IMPRINT];
	const RnPage *home = rn_library_home (setter->library, setter->language);
	const char *address = rn_web_address (booklet->composer, home);
	title.face = RN_FACE_BOLD;
	rn_set_text (blocks, &title, RN_ROLE_P, booklet->title);
	line (blocks, rn_publisher (setter));
	set_edition (booklet, blocks);
	set_state (booklet, blocks);
	line (blocks, rn_product_text (setter, "imprint.text"));
	line (blocks, rn_product_text (setter, "imprint.copies_note"));
	line (blocks, rn_site_line (setter, "licence"));
	line (blocks, address ? rn_web_shown (booklet->book->arena, address) : NULL);
}

/* --- what changed ---------------------------------------------------------------------------------------------------------- */

static gint64 since (const RnBooklet *booklet)
{
	const RnValue *value = rn_product_get (booklet->product, "changes_since");
	gint64 seconds = 0;
	gboolean has_time = FALSE;
	if (value && value->kind == RN_DATE)
		return value->date;
	const char *text = rn_value_string (value);
	return text && rn_date_parse (text, &seconds, &has_time) ? seconds : 0;
}

static void set_changed (RnBooklet *booklet, RnBlocks *blocks, const RnPage *page)
{
	RnTags *tags = &booklet->book->tags;
	RnTextStyle style = booklet->setter->styles.text[RN_STYLE_IMPRINT];
	RnTag *tag = rn_tag_new (tags, blocks->parent, RN_ROLE_P), *link = rn_tag_new (tags, tag, RN_ROLE_LINK);
	RnTarget *target = rn_arena_new0 (booklet->book->arena, RnTarget);
	target->anchor = rn_anchor_name (booklet->book->arena, page, NULL);
	link->alt = page->title;
	style.after = 0;
	RnParagraph *paragraph = rn_paragraph_new (booklet->setter, &style, tag);
	rn_paragraph_text (paragraph, page->title, -1, 0, link, target);
	rn_paragraph_leader (paragraph);
	rn_paragraph_page_number (paragraph, target->anchor, TRUE, link, target);
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
}

/* In a galley of its own, as wide as FRAME. */
static RnGalley *set_changes (RnBooklet *booklet, const RnBlocks *frame)
{
	RnSetter *setter = booklet->setter;
	const gint64 from = since (booklet);
	RnGalley *galley = rn_galley_new (booklet->book->arena);
	RnBlocks blocks = *frame;
	blocks.galley = galley;
	blocks.parent = rn_tag_new (&booklet->book->tags, frame->parent, RN_ROLE_SECT);
	for (guint i = 0; from && i < booklet->pages->len; i++) {
		const RnPage *page = booklet->pages->pdata[i];
		if (page->lastmod < from)
			continue;
		if (galley->pieces->len == 0)
			rn_set_heading (&blocks, 3, rn_setter_fill (setter, rn_setter_string (setter, "print_changes", 0), "date", rn_set_date (setter, from, "long")), NULL);
		set_changed (booklet, &blocks, page);
	}
	return galley;
}

/* --- where it stands ------------------------------------------------------------------------------------------------------- */

void rn_booklet_imprint (RnBooklet *booklet)
{
	const RnProduct *product = booklet->product;
	RnBook *book = booklet->book;
	RnTag *section = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT);
	RnGalley *galley = rn_galley_new (book->arena);
	RnBlocks blocks = rn_booklet_blocks (booklet, galley, section);
	RnGalley *changes = set_changes (booklet, &blocks);
	const RnLength left = book->sides->len % 2 ? product->outer : product->inner, room = booklet->column_height;
	set_imprint (booklet, &blocks);
	const RnLength high = rn_galley_height (galley), changed = rn_galley_height (changes);
	RnSide *side = rn_book_add_side (book, product->width, product->height);
	const gboolean beside = changed + high + RN_MM (10) <= room;
	if (beside)
		rn_place_galley (side, changes, left, product->top);
	rn_place_galley (side, galley, left, product->top + MAX (room - high, 0));
	if (!beside) {
		RnFurniture furniture = booklet->furniture;
		furniture.n_rules = 0;
		rn_pour (booklet->composer, changes, &furniture);
	}
	rn_galley_free (galley);
	rn_galley_free (changes);
}

void rn_booklet_colophon (RnBooklet *booklet, RnBlocks *blocks)
{
	RnBook *book = booklet->book;
	RnGalley *galley = blocks->galley;
	RnBlocks column = rn_booklet_first_column (booklet, blocks);
	const RnMark rule = { .kind = RN_MARK_RULE, .tint = RN_BLACK, .w = blocks->measure / 4, .h = booklet->setter->styles.rule };
	RnPiece *piece = rn_galley_add (galley, RN_MM (3));
	const guint next = galley->pieces->len;
	piece->space = rn_galley_meet (galley, RN_MM (8), 0);
	rn_piece_add_marks (book->arena, piece, &rule, 1, FALSE);
	column.parent = rn_tag_new (&book->tags, blocks->parent, RN_ROLE_SECT);
	set_imprint (booklet, &column);
	for (guint i = next; i < galley->pieces->len; i++)
		rn_keep_next (galley, i);
	RnGalley *changes = set_changes (booklet, &column);
	for (guint i = 0; i < changes->pieces->len; i++)
		g_ptr_array_add (galley->pieces, changes->pieces->pdata[i]);
	rn_galley_free (changes);
}
