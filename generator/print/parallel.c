/*
 * parallel.c - kind: parallel: the same pages in several languages beside each other, block beside block.
 *
 * In: a page's text in each language, parsed one after the other. Out: one galley whose pieces hold a line of each text. Invariant: both begin each block at one
 * height, whatever their lengths; a block that a language lacks leaves a mark in its column.
 */
#include "print/blocks-int.h"
#include "print/parallel-int.h"
#include "print/pour.h"
#include "print/set.h"
#include "print/words.h"

static const RnLanguage *use_language (RnParallel *parallel, guint k)
{
	return parallel->booklet->setter->language = parallel->booklet->product->languages[k];
}

static RnBlocks blocks_of (RnParallel *parallel, guint k)
{
	RnBlocks blocks = *parallel->out;
	blocks.galley = rn_galley_new (parallel->booklet->book->arena);
	blocks.x = 0;
	blocks.measure = parallel->measure;
	blocks.parent = parallel->tags[k];
	return blocks;
}

static void add_frame (RnGalley *galley, RnLength measure, RnLength thick)
{
	for (guint i = 0; i < galley->pieces->len; i++) {
		RnPiece *piece = galley->pieces->pdata[i];
		const RnMark sides[] = {
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .w = thick, .h = piece->height },
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = measure - thick, .w = thick, .h = piece->height },
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .w = measure, .h = thick },
			{ .kind = RN_MARK_RULE, .tint = RN_BLACK, .y = piece->height - thick, .w = measure, .h = thick },
		};
		rn_piece_add_marks (galley->arena, piece, sides, 2, FALSE);
		if (i == 0)
			rn_piece_add_marks (galley->arena, piece, sides + 2, 1, FALSE);
		if (i + 1 == galley->pieces->len)
			rn_piece_add_marks (galley->arena, piece, sides + 3, 1, FALSE);
	}
}

/* A ruled box that says what is missing in language K. */
static RnGalley *set_missing (RnParallel *parallel, guint k, const char *text)
{
	RnSetter *setter = parallel->booklet->setter;
	const RnTextStyle *style = &setter->styles.text[RN_STYLE_NOTICE];
	RnBlocks blocks = blocks_of (parallel, k);
	const RnLength padding = setter->styles.callout_padding;
	const RnFrame frame = { .left = padding, .right = padding, .padding = padding };
	RnBlocks inner;
	rn_frame_begin (&blocks, &frame, &inner);
	if (!rn_set_text (&inner, style, RN_ROLE_P, text))
		return blocks.galley;
	rn_frame_end (&blocks, &inner, 0, &frame);
	add_frame (blocks.galley, parallel->measure, setter->styles.rule);
	return blocks.galley;
}

static const char *missing_text (RnParallel *parallel)
{
	const char *own = rn_product_text (parallel->booklet->setter, "missing");
	return own ? own : rn_setter_string (parallel->booklet->setter, "print_missing", 0);
}

/* --- rows that are no blocks of the text ------------------------------------------------------------------------------------ */

static RnGalley *set_title (RnParallel *parallel, guint k, const RnPageParts *parts)
{
	RnSetter *setter = parallel->booklet->setter;
	const RnPage *page = parallel->pages[k];
	if (!page)
		return set_missing (parallel, k, rn_setter_string (setter, "fallback_title", 0));
	RnBlocks blocks = blocks_of (parallel, k);
	RnPiece *title = rn_set_heading (&blocks, parts->level, page->title, rn_anchor_name (parallel->booklet->book->arena, page, NULL));
	if (title && k == 0)
		title->running = parts->running;
	return blocks.galley;
}

static RnGalley *set_description (RnParallel *parallel, guint k, const RnPageParts *parts)
{
	RnBlocks blocks = blocks_of (parallel, k);
	if (parts->description && parallel->pages[k])
		rn_set_text (&blocks, &blocks.setter->styles.text[RN_STYLE_LEAD], RN_ROLE_P, parallel->pages[k]->description);
	return blocks.galley;
}

static RnGalley *set_notices (RnParallel *parallel, guint k, const RnPageParts *parts)
{
	RnBlocks blocks = blocks_of (parallel, k);
	if (parts->notices && parallel->pages[k])
		rn_set_notices (parallel->booklet->composer, &blocks, parallel->pages[k], FALSE);
	return blocks.galley;
}

static RnGalley *set_facts (RnParallel *parallel, guint k, const RnPageParts *parts)
{
	RnBlocks blocks = blocks_of (parallel, k);
	if (parts->facts && parallel->pages[k])
		rn_set_facts (&blocks, parallel->pages[k]);
	return blocks.galley;
}

static RnGalley *set_end (RnParallel *parallel, guint k, const RnPageParts *parts)
{
	RnBlocks blocks = blocks_of (parallel, k);
	if (parts->sources && parallel->pages[k])
		rn_set_sources (parallel->booklet->composer, &blocks, parallel->pages[k]);
	return blocks.galley;
}

typedef RnGalley *(*SetCell) (RnParallel *parallel, guint k, const RnPageParts *parts);

static void set_row (RnParallel *parallel, SetCell set, const RnPageParts *parts, gboolean heading, gboolean whole)
{
	g_autofree RnParallelCell *row = g_new0 (RnParallelCell, parallel->n);
	for (guint k = 0; k < parallel->n; k++) {
		use_language (parallel, k);
		parallel->booklet->setter->page = parallel->pages[k];
		row[k].galley = set (parallel, k, parts);
		row[k].whole = whole || !parallel->pages[k];
	}
	rn_parallel_put (parallel, row, heading);
}

/* --- the text --------------------------------------------------------------------------------------------------------------- */

/* Where the items of LIST begin among the pieces, by their lines. */
static void find_items (RnParallelCell *cell, const RnNode *list)
{
	const GPtrArray *pieces = cell->galley->pieces;
	guint n = 0, at = 0;
	for (const RnNode *item = list->first; item; item = item->next)
		n++;
	guint *items = rn_arena_newn (cell->galley->arena, guint, n + 1);
	for (const RnNode *item = list->first; item; item = item->next) {
		while (at < pieces->len && ((const RnPiece *) pieces->pdata[at])->line < item->line)
			at++;
		/* An item without a piece of its own: then the list stays one. */
		if (at == pieces->len || (cell->n_items > 0 && items[cell->n_items - 1] >= at)) {
			cell->n_items = 0;
			return;
		}
		items[cell->n_items++] = at;
	}
	items[0] = 0;
	items[n] = pieces->len;
	cell->items = items;
}

/* All blocks of language K, each in a galley of its own: only one document can be read at a time. */
static GArray *set_blocks (RnParallel *parallel, guint k, const RnPageParts *parts)
{
	RnComposer *composer = parallel->booklet->composer;
	RnBook *book = parallel->booklet->book;
	GArray *all = g_array_new (FALSE, TRUE, sizeof (RnParallelCell));
	const RnPage *page = parallel->pages[k];
	const RnDocument *document = page ? composer->parse (composer->parse_user, page) : NULL;
	if (!document)
		return all;
	use_language (parallel, k);
	composer->setter.page = page;
	composer->setter.note_number = 0;
	rn_collect_terms (composer, page, document);
	if (k == 0 && parts->outline)
		rn_outline_headings (book, page, document, parts->level + 1);
	const RnNode *footnotes = rn_first_footnote (document);
	for (const RnNode *node = document->root->first; node; node = node->next) {
		if (node->type == RN_NODE_FOOTNOTE)
			continue;
		RnBlocks blocks = blocks_of (parallel, k);
		blocks.footnotes = footnotes;
		blocks.heading_shift = (gint) parts->level - 1;
		rn_set_block (&blocks, node);
		RnParallelCell cell = { .galley = blocks.galley, .whole = node->type == RN_NODE_CALLOUT || node->type == RN_NODE_QUOTE };
		if (node->type == RN_NODE_HEADING)
			cell.block = (RnParallelBlock) { node->level, rn_arena_strndup (book->arena, node->extra, -1) };
		if (node->type == RN_NODE_LIST)
			find_items (&cell, node);
		g_array_append_val (all, cell);
	}
	return all;
}

static RnParallelCell cell_of (RnParallel *parallel, guint k, const GArray *blocks, gint i)
{
	RnParallelCell cell = { .whole = TRUE };
	if (i >= 0)
		return g_array_index (blocks, RnParallelCell, i);
	use_language (parallel, k);
	cell.galley = parallel->pages[k] ? set_missing (parallel, k, missing_text (parallel)) : rn_galley_new (parallel->booklet->book->arena);
	return cell;
}

static void set_text (RnParallel *parallel, const RnPageParts *parts)
{
	const guint n = parallel->n;
	g_autofree GArray **blocks = g_new0 (GArray *, n), **shapes = g_new0 (GArray *, n);
	g_autofree RnParallelCell *row = g_new0 (RnParallelCell, n);
	for (guint k = 0; k < n; k++) {
		blocks[k] = set_blocks (parallel, k, parts);
		shapes[k] = g_array_new (FALSE, FALSE, sizeof (RnParallelBlock));
		for (guint i = 0; i < blocks[k]->len; i++)
			g_array_append_val (shapes[k], g_array_index (blocks[k], RnParallelCell, i).block);
	}
	GArray *rows = rn_parallel_rows (shapes, n);
	for (guint r = 0; r < rows->len; r += n) {
		gboolean heading = FALSE;
		for (guint k = 0; k < n; k++) {
			const gint i = g_array_index (rows, gint, r + k);
			heading |= i >= 0 && g_array_index (blocks[k], RnParallelCell, i).block.level > 0;
			row[k] = cell_of (parallel, k, blocks[k], i);
		}
		rn_parallel_put (parallel, row, heading);
	}
	g_array_unref (rows);
	for (guint k = 0; k < n; k++) {
		g_array_unref (blocks[k]);
		g_array_unref (shapes[k]);
	}
}

/* The page in each language: its own text, no other's that stands in for it. */
static void find_twins (RnParallel *parallel, const RnPage *page)
{
	const RnProduct *product = parallel->booklet->product;
	for (guint k = 0; k < parallel->n; k++) {
		const RnPage *twin = product->languages[k] == page->language ? page : rn_library_page (parallel->booklet->setter->library, product->languages[k], page->key);
		parallel->pages[k] = twin && !twin->fallback ? twin : NULL;
	}
}

static void set_parallel (RnBooklet *booklet, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts)
{
	RnSetter *setter = booklet->setter;
	RnArena *arena = booklet->book->arena;
	const RnLanguage *language = setter->language;
	const RnPage *outer = setter->page;
	const guint n = booklet->product->n_languages;
	RnTag *section = rn_tag_new (&booklet->book->tags, blocks->parent, RN_ROLE_SECT);
	RnParallel parallel = { .booklet = booklet, .out = blocks, .n = n, .measure = (blocks->measure - (RnLength) (n - 1) * booklet->product->gutter) / (RnLength) n };
	parallel.xs = rn_arena_newn (arena, RnLength, n);
	parallel.pages = rn_arena_newn (arena, const RnPage *, n);
	parallel.tags = rn_arena_newn (arena, RnTag *, n);
	section->title = page->title;
	find_twins (&parallel, page);
	for (guint k = 0; k < n; k++) {
		parallel.xs[k] = (RnLength) k * (parallel.measure + booklet->product->gutter);
		parallel.tags[k] = rn_tag_new (&booklet->book->tags, section, RN_ROLE_DIV);
		parallel.tags[k]->language = booklet->product->languages[k]->code;
	}
	if (parts->outline)
		rn_add_outline (booklet->book, page->title, MAX (parts->level, 1), rn_anchor_name (arena, parallel.pages[0] ? parallel.pages[0] : page, NULL));
	set_row (&parallel, set_title, parts, TRUE, FALSE);
	set_row (&parallel, set_description, parts, TRUE, FALSE);
	set_row (&parallel, set_notices, parts, TRUE, TRUE);
	set_row (&parallel, set_facts, parts, TRUE, FALSE);
	set_text (&parallel, parts);
	set_row (&parallel, set_end, parts, FALSE, FALSE);
	setter->language = language;
	setter->page = outer;
}

gboolean rn_compose_parallel (RnComposer *composer)
{
	const RnProduct *product = composer->setter.product;
	const guint n = product->n_languages;
	const RnLength width = product->width - product->inner - product->outer, measure = (width - (RnLength) (n - 1) * product->gutter) / (RnLength) n;
	g_autofree RnLength *rules = g_new0 (RnLength, n);
	/* The rule between two columns stands in the middle of the white. */
	for (guint k = 0; k + 1 < n; k++)
		rules[k] = (RnLength) (k + 1) * measure + (RnLength) k * product->gutter + product->gutter / 2;
	const RnFurniture furniture = { .columns = 1, .rules = rules, .n_rules = n - 1 };
	return rn_booklet_compose (composer, set_parallel, &furniture);
}
