/*
 * booklet.c - kind: booklet: the selected pages of the site as a bound book.
 *
 * In: a composer with an emptied book. Out: its sides, tags, outline. Invariant: a book that is folded has a multiple of four sides, and its back cover is the last.
 */
#include "print/booklet-int.h"
#include "print/words.h"

RnBlocks rn_booklet_blocks (RnBooklet *booklet, RnGalley *galley, RnTag *parent)
{
	return (RnBlocks) { .setter = booklet->setter, .galley = galley, .measure = booklet->measure, .column_height = booklet->column_height, .parent = parent,
		.body = &booklet->setter->styles.text[RN_STYLE_BODY] };
}

RnBlocks rn_booklet_first_column (const RnBooklet *booklet, const RnBlocks *blocks)
{
	RnBlocks column = *blocks;
	if (booklet->furniture.n_rules > 0)
		column.measure = booklet->furniture.rules[0] - booklet->product->gutter / 2;
	return column;
}

/* Is the part there: `cover: false` and an absent key are no. */
static gboolean wants (const RnBooklet *booklet, const char *part)
{
	const RnValue *value = rn_product_get (booklet->product, part);
	return value && value->kind != RN_NULL && (value->kind != RN_BOOL || value->boolean);
}

const char *rn_booklet_title (RnSetter *setter)
{
	const char *title = rn_product_text (setter, "cover.title");
	if (!title)
		title = rn_product_text (setter, "title");
	if (!title)
		title = rn_site_text (setter->site, setter->site->title, setter->language);
	const RnPage *home = title ? NULL : rn_library_home (setter->library, setter->language);
	return title ? title : home ? home->title : "";
}

/* --- chapters -------------------------------------------------------------------------------------------------------------- */

/* The section right below the home that PAGE is in; NULL: none. */
static const RnPage *section_of (const RnPage *page)
{
	const RnPage *section = NULL;
	for (const RnPage *up = page->parent; up && up->kind == RN_PAGE_SECTION; up = up->parent)
		section = up;
	return section;
}

static void find_chapters (RnBooklet *booklet)
{
	g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
	const gboolean groups = rn_product_flag (booklet->product, "groups", FALSE);
	const gboolean by_page = rn_product_says (booklet->product, "chapters", "page");
	for (guint i = 0; i < booklet->pages->len; i++) {
		RnChapter chapter = { .section = by_page ? NULL : section_of (booklet->pages->pdata[i]), .first = i, .n = 1 };
		RnChapter *last = booklet->chapters->len ? &g_array_index (booklet->chapters, RnChapter, booklet->chapters->len - 1) : NULL;
		if (last && chapter.section && last->section == chapter.section) {
			last->n++;
			continue;
		}
		chapter.again = chapter.section && !g_hash_table_add (seen, (gpointer) chapter.section);
		if (chapter.section)
			g_hash_table_add (booklet->setter->in_book, (gpointer) chapter.section);
		g_array_append_val (booklet->chapters, chapter);
	}
	for (guint i = 0; groups && !by_page && i < booklet->chapters->len; i++) {
		RnChapter *chapter = &g_array_index (booklet->chapters, RnChapter, i);
		chapter->grouped = rn_sort_groups (booklet->setter, booklet->pages, chapter->first, chapter->n);
	}
}

/* The sides behind the one that begins with a title say TITLE at their head. */
static void run_on (const RnGalley *galley, guint first, const char *title)
{
	if (first < galley->pieces->len)
		((RnPiece *) galley->pieces->pdata[first])->running = title;
}

/* What the marks at the titles of the chapter's pages mean. */
static void explain_marks (RnBooklet *booklet, RnBlocks *blocks, const RnChapter *chapter)
{
	guint notices = 0;
	for (guint i = chapter->first; i < chapter->first + chapter->n; i++)
		notices |= rn_notices_of (booklet->pages->pdata[i]);
	rn_set_marks (blocks, notices);
}

/* The chapter's title and the section's introduction. The side that begins with it has no running head. */
static void begin_chapter (RnBooklet *booklet, RnBlocks *blocks, const RnChapter *chapter, gboolean marks)
{
	const RnPageParts parts = { .level = 1, .description = TRUE, .running = "", .outline = TRUE, .notes_go_on = TRUE };
	const guint first = blocks->galley->pieces->len;
	if (chapter->again)
		rn_set_heading (blocks, 1, chapter->section->title, NULL);
	else
		booklet->set_page (booklet, blocks, chapter->section, &parts);
	if (marks)
		explain_marks (booklet, blocks, chapter);
	run_on (blocks->galley, first + 1, chapter->section->title);
}

/* The heading of PAGE's group, if it is another than the last page's, GROUP. Returns what the heads of its sides say. */
static const char *begin_group (RnBooklet *booklet, RnBlocks *blocks, const RnPage *page, guint *group)
{
	const char *label, *anchor;
	const guint now = rn_group_of (booklet->setter, page, &label);
	if (now == 0 || now == *group)
		return now ? label : page->title;
	*group = now;
	anchor = rn_arena_printf (booklet->book->arena, "%s-%u", rn_anchor_name (booklet->book->arena, page->parent, "group"), now);
	RnPiece *heading = rn_set_heading (blocks, 2, label, anchor);
	if (heading)
		heading->running = label;
	rn_add_outline (booklet->book, label, 2, anchor);
	g_array_index (booklet->book->outline, RnOutlineEntry, booklet->book->outline->len - 1).group = TRUE;
	return label;
}

static void put_qr (RnBooklet *booklet, RnBlocks *blocks, const RnPage *page)
{
	const char *address = rn_web_address (booklet->composer, page);
	const char *text = address ? rn_setter_fill (booklet->setter, rn_setter_string (booklet->setter, "print_qr", 0), "address",
	                                             rn_web_shown (booklet->book->arena, address)) : NULL;
	RnBlocks column = rn_booklet_first_column (booklet, blocks);
	if (address)
		rn_set_qr (booklet->composer, &column, address, text);
}

static void break_before (const RnBooklet *booklet, RnGalley *galley, guint first)
{
	RnPiece *piece = first < galley->pieces->len ? galley->pieces->pdata[first] : NULL;
	if (!piece || rn_product_says (booklet->product, "chapter_start", "run"))
		return;
	piece->penalty = RN_BREAK;
	piece->recto = rn_product_says (booklet->product, "chapter_start", "recto");
}

static void set_chapter (RnBooklet *booklet, RnBlocks *blocks, const RnChapter *chapter)
{
	const guint first = blocks->galley->pieces->len;
	const RnPage *page = booklet->pages->pdata[chapter->first];
	RnPageParts parts = rn_page_parts (booklet->composer, chapter->section ? 2 : 1);
	RnTag *parent = blocks->parent, *part = rn_tag_new (&booklet->book->tags, parent, RN_ROLE_PART);
	part->title = chapter->section ? chapter->section->title : page->title;
	blocks->parent = part;
	/* A chapter that begins a side has no other's notes on it. */
	if (!rn_product_says (booklet->product, "chapter_start", "run"))
		booklet->setter->note_number = 0;
	parts.marks = chapter->section && rn_product_says (booklet->product, "notices", "mark");
	if (chapter->section)
		begin_chapter (booklet, blocks, chapter, parts.marks && parts.notices);
	parts.outline = parts.notes_go_on = TRUE;
	guint group = 0;
	for (guint i = chapter->first; i < chapter->first + chapter->n; i++) {
		const guint title = blocks->galley->pieces->len;
		page = booklet->pages->pdata[i];
		parts.running = !chapter->section ? "" : chapter->grouped ? begin_group (booklet, blocks, page, &group) : page->title;
		parts.level = !chapter->section ? 1 : group ? 3 : 2;
		booklet->set_page (booklet, blocks, page, &parts);
		if (!chapter->section)
			run_on (blocks->galley, title + 1, page->title);
		if (rn_product_says (booklet->product, "qr", "page"))
			put_qr (booklet, blocks, page);
	}
	if (rn_product_says (booklet->product, "qr", "chapter"))
		put_qr (booklet, blocks, chapter->section ? chapter->section : page);
	break_before (booklet, blocks->galley, first);
	blocks->parent = parent;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------- */

static void add_blanks (RnBooklet *booklet, guint behind)
{
	const guint8 scheme = booklet->product->impose.scheme;
	if (scheme != RN_IMPOSE_SADDLE && scheme != RN_IMPOSE_PERFECT)
		return;
	while ((booklet->book->sides->len + behind) % 4 != 0)
		rn_book_add_side (booklet->book, booklet->product->width, booklet->product->height)->blank = TRUE;
}

static void put_contacts (RnBooklet *booklet)
{
	RnGalley *galley = rn_galley_new (booklet->book->arena);
	RnBlocks blocks = rn_booklet_blocks (booklet, galley, rn_tag_new (&booklet->book->tags, booklet->book->root, RN_ROLE_SECT));
	const char *title = rn_setter_string (booklet->setter, "print_contacts", 0), *anchor = rn_anchor_name (booklet->book->arena, NULL, "contacts");
	RnFurniture furniture = booklet->furniture;
	furniture.n_rules = 0;
	blocks.parent->title = title;
	RnPiece *heading = rn_set_heading (&blocks, 1, title, anchor);
	const guint next = galley->pieces->len;
	heading->running = "";
	rn_add_outline (booklet->book, title, 1, anchor);
	rn_set_hotlines (booklet->composer, &blocks);
	rn_set_contacts (booklet->composer, &blocks, booklet->pages);
	run_on (galley, next, title);
	rn_pour (booklet->composer, galley, &furniture);
	rn_galley_free (galley);
}

/* Hotlines alone stand on the back cover. */
static gboolean has_contacts (const RnBooklet *booklet)
{
	if (!rn_product_flag (booklet->product, "contacts", FALSE))
		return FALSE;
	for (guint i = 0; i < booklet->pages->len; i++)
		if (rn_has_contacts (booklet->pages->pdata[i]))
			return TRUE;
	return rn_value_get (booklet->setter->site->config, "hotlines") && !wants (booklet, "back_cover");
}

static void put_book (RnBooklet *booklet)
{
	RnGalley *body = rn_galley_new (booklet->book->arena);
	RnBlocks blocks = rn_booklet_blocks (booklet, body, booklet->book->root);
	for (guint i = 0; i < booklet->chapters->len; i++)
		set_chapter (booklet, &blocks, &g_array_index (booklet->chapters, RnChapter, i));
	const gboolean cover = wants (booklet, "cover"), back = wants (booklet, "back_cover"), contacts = has_contacts (booklet);
	const gboolean index = booklet->composer->terms && booklet->composer->terms->len > 0, sources = booklet->composer->sources && booklet->composer->sources->len > 0;
	if (cover)
		rn_booklet_cover (booklet);
	if (cover && wants (booklet, "imprint"))
		rn_booklet_imprint (booklet);
	if (!cover && wants (booklet, "imprint"))
		rn_booklet_colophon (booklet, &blocks);
	if (wants (booklet, "contents"))
		rn_booklet_contents (booklet, sources, index, contacts);
	booklet->body_side = booklet->book->sides->len;
	rn_pour (booklet->composer, body, &booklet->furniture);
	rn_galley_free (body);
	if (sources)
		rn_booklet_sources (booklet);
	if (index)
		rn_booklet_index (booklet);
	if (contacts)
		put_contacts (booklet);
	add_blanks (booklet, back ? 1 : 0);
	if (back)
		rn_booklet_back_cover (booklet);
}

gboolean rn_booklet_compose (RnComposer *composer, RnBookletSetPage set_page, const RnFurniture *furniture)
{
	RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	g_autoptr (GPtrArray) pages = rn_product_pages (product, setter->library, setter->language, setter->sink);
	g_autoptr (GArray) chapters = g_array_new (FALSE, TRUE, sizeof (RnChapter)), terms = g_array_new (FALSE, TRUE, sizeof (RnTerm)), sources = g_array_new (FALSE, TRUE, sizeof (RnTerm));
	if (pages->len == 0)
		return FALSE;
	RnBooklet booklet = { .composer = composer, .setter = setter, .book = setter->book, .product = product, .set_page = set_page, .pages = pages, .chapters = chapters };
	booklet.furniture = *furniture;
	booklet.furniture.folios = rn_product_flag (product, "folios", TRUE);
	booklet.furniture.running = rn_product_flag (product, "running", TRUE);
	booklet.title = booklet.furniture.verso_running = rn_booklet_title (setter);
	const RnLength columns = (RnLength) MAX (furniture->columns ? furniture->columns : product->columns, 1);
	booklet.measure = (product->width - product->inner - product->outer - (columns - 1) * product->gutter) / columns;
	booklet.column_height = product->height - product->top - product->bottom;
	composer->terms = rn_product_flag (product, "index", FALSE) ? terms : NULL;
	composer->sources = rn_product_says (product, "sources", "end") ? sources : NULL;
	find_chapters (&booklet);
	put_book (&booklet);
	composer->terms = composer->sources = NULL;
	return TRUE;
}

static void set_page_alone (RnBooklet *booklet, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts)
{
	rn_set_page (booklet->composer, blocks, page, parts);
}

gboolean rn_compose_booklet (RnComposer *composer)
{
	const RnFurniture furniture = { 0 };
	return rn_booklet_compose (composer, set_page_alone, &furniture);
}
