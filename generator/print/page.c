/*
 * page.c - a page of the site in a book: title, notices, facts, body, sources.
 *
 * In: a page and which of its parts are wanted. Out: pieces, anchors, entries of the outline, terms for the index. Invariant: text in another language than the
 * book's is set by that language's rules and tagged with it; what the press says about it stays in the book's.
 */
#include "model/typography.h"
#include "print/blocks-int.h"
#include "print/set.h"
#include "print/words.h"

static const char *source_title (RnSetter *setter, const RnSource *source)
{
	return source->title ? rn_typography_line (setter->language, source->title, setter->book->arena) : NULL;
}

static void set_source (RnSetter *setter, RnParagraph *paragraph, RnTag *tag, const RnSource *source)
{
	RnArena *arena = setter->book->arena;
	const char *title = source_title (setter, source);
	if (title)
		rn_paragraph_text (paragraph, title, -1, 0, NULL, NULL);
	if (source->url) {
		RnTarget *target = rn_arena_new0 (arena, RnTarget);
		RnTag *link = rn_tag_new (&setter->book->tags, tag, RN_ROLE_LINK);
		target->uri = rn_arena_strndup (arena, source->url, -1);
		link->alt = title ? title : target->uri;
		rn_paragraph_text (paragraph, title ? ", " : "", -1, 0, NULL, NULL);
		rn_paragraph_text (paragraph, rn_web_shown (arena, source->url), -1, 0, link, target);
	}
	if (source->date) {
		rn_paragraph_text (paragraph, " (", -1, 0, NULL, NULL);
		rn_paragraph_text (paragraph, rn_set_date (setter, source->date, "long"), -1, 0, NULL, NULL);
		rn_paragraph_text (paragraph, ")", -1, 0, NULL, NULL);
	}
}

void rn_set_sources (RnComposer *composer, RnBlocks *blocks, const RnPage *page)
{
	RnSetter *setter = &composer->setter;
	if (page->n_sources == 0)
		return;
	RnTag *tag = rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_P);
	RnParagraph *paragraph = rn_paragraph_new (setter, &setter->styles.text[RN_STYLE_SOURCES], tag);
	rn_paragraph_text (paragraph, rn_setter_string (setter, "sources", 0), -1, RN_TEXT_BOLD, NULL, NULL);
	rn_paragraph_text (paragraph, ": ", -1, RN_TEXT_BOLD, NULL, NULL);
	for (guint i = 0; i < page->n_sources; i++) {
		if (i > 0)
			rn_paragraph_text (paragraph, "; ", -1, 0, NULL, NULL);
		set_source (setter, paragraph, tag, &page->sources[i]);
	}
	rn_paragraph_text (paragraph, ".", -1, 0, NULL, NULL);
	const guint first = blocks->galley->pieces->len;
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
	/* A few small lines stay together, and below the text that they are of. */
	for (guint i = first; i < blocks->galley->pieces->len; i++) {
		RnPiece *piece = blocks->galley->pieces->pdata[i];
		piece->penalty = MAX (piece->penalty, i == first ? RN_RATHER_NOT : i < first + 6 ? RN_KEEP : 0);
	}
}

/* Those of PAGE for the list at the book's end. */
static void collect_sources (RnComposer *composer, const RnPage *page, const RnPage *shown)
{
	RnSetter *setter = &composer->setter;
	RnArena *arena = setter->book->arena;
	for (guint i = 0; i < shown->n_sources; i++) {
		const RnSource *source = &shown->sources[i];
		const char *title = source_title (setter, source), *address = source->url ? rn_web_shown (arena, source->url) : NULL;
		const char *date = source->date ? rn_set_date (setter, source->date, "long") : NULL;
		const RnTerm term = { .page = page, .uri = source->url ? rn_arena_strndup (arena, source->url, -1) : NULL,
			.term = rn_arena_printf (arena, "%s%s%s%s%s%s", title ? title : "", title && address ? ", " : "", address ? address : "", date ? " (" : "", date ? date : "", date ? ")" : "") };
		g_array_append_val (composer->sources, term);
	}
}

static void collect_abbreviations (RnComposer *composer, const RnPage *page, const RnNode *node, guint32 line)
{
	for (; node; node = node->next) {
		const guint32 at = node->line ? node->line : line;
		if (node->type == RN_NODE_ABBREVIATION) {
			g_autoptr (GString) text = g_string_new (NULL);
			rn_node_text (node, text);
			RnArena *arena = composer->setter.book->arena;
			const RnTerm term = { .term = rn_arena_strndup (arena, text->str, (gssize) text->len), .meaning = rn_arena_strndup (arena, node->extra, -1), .page = page, .line = at };
			g_array_append_val (composer->terms, term);
		} else {
			collect_abbreviations (composer, page, node->first, at);
		}
	}
}

void rn_collect_terms (RnComposer *composer, const RnPage *page, const RnDocument *document)
{
	if (!composer->terms)
		return;
	for (guint i = 0; i < page->tags.n; i++) {
		const RnTerm term = { .term = page->tags.items[i]->title, .page = page };
		g_array_append_val (composer->terms, term);
	}
	if (document)
		collect_abbreviations (composer, page, document->root->first, page->body_line);
}

void rn_add_outline (RnBook *book, const char *title, guint level, const char *anchor)
{
	const RnOutlineEntry entry = { .title = rn_arena_strndup (book->arena, title, -1), .level = level, .anchor = anchor };
	g_array_append_val (book->outline, entry);
}

/* The highest headings of the body stand below its title. */
void rn_outline_headings (RnBook *book, const RnPage *page, const RnDocument *document, guint level)
{
	guint highest = 7;
	for (guint i = 0; i < document->n_headings; i++)
		highest = MIN (highest, document->headings[i].level);
	for (guint i = 0; i < document->n_headings; i++)
		if (document->headings[i].level == highest)
			rn_add_outline (book, document->headings[i].text, level, rn_anchor_name (book->arena, page, document->headings[i].anchor));
}

/* Title and description: what begins a page. */
static void set_beginning (RnBlocks *blocks, const RnPage *page, const RnPageParts *parts)
{
	RnSetter *setter = blocks->setter;
	const char *anchor = rn_anchor_name (setter->book->arena, page, NULL);
	if (parts->level > 0) {
		const guint notices = parts->notices && parts->marks ? rn_notices_of (page) : 0;
		const char *text = page->whole_title ? page->whole_title : page->title;
		RnPiece *title = rn_set_heading (blocks, parts->level, notices ? rn_arena_printf (setter->book->arena, "%s\u00a0%s", text, rn_notice_marks (setter, notices)) : text, anchor);
		if (title) {
			title->running = parts->running;
			title->notices = (guint8) notices;
		}
	}
	if (parts->outline)
		rn_add_outline (setter->book, page->title, MAX (parts->level, 1), anchor);
	if (parts->description && rn_set_text (blocks, &setter->styles.text[RN_STYLE_LEAD], RN_ROLE_P, page->description))
		blocks->galley->hold = parts->level > 0;
}

RnPageParts rn_page_parts (RnComposer *composer, guint level)
{
	const RnProduct *product = composer->setter.product;
	return (RnPageParts) { .level = level, .description = rn_product_flag (product, "parts.description", TRUE), .notices = rn_product_flag (product, "parts.notices", TRUE),
		.facts = rn_product_flag (product, "parts.facts", TRUE), .sources = rn_product_flag (product, "parts.sources", TRUE) };
}

/* What stands between the title and the end. */
static void set_middle (RnComposer *composer, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts, const RnLanguage *language)
{
	RnSetter *setter = &composer->setter;
	RnTag *section = blocks->parent;
	if (parts->notices) {
		/* They speak the book's language, whatever the text's is. */
		const RnLanguage *of_text = setter->language;
		setter->language = language;
		blocks->parent = rn_tag_new (&setter->book->tags, section, RN_ROLE_DIV);
		blocks->parent->language = language->code;
		rn_set_notices (composer, blocks, page, parts->marks);
		blocks->parent = section;
		setter->language = of_text;
	}
	const gboolean begun = parts->level > 0 && blocks->galley->pieces->len > 0;
	/* Neither is left at the foot of a side without what it is about. */
	blocks->galley->hold = begun;
	if (parts->facts)
		rn_set_facts (blocks, page);
	blocks->galley->hold = begun;
}

void rn_set_page (RnComposer *composer, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts)
{
	RnSetter *setter = &composer->setter;
	const RnLanguage *language = setter->language;
	const RnPage *outer = setter->page, *shown = page->fallback ? page->fallback : page;
	RnTag *parent = blocks->parent;
	const gint shift = blocks->heading_shift;
	RnTag *section = rn_tag_new (&setter->book->tags, parent, RN_ROLE_SECT);
	section->title = page->title;
	if (shown->language != language)
		section->language = shown->language->code;
	setter->page = page;
	setter->language = shown->language;
	setter->called = NULL;
	if (!parts->notes_go_on)
		setter->note_number = 0;
	blocks->parent = section;
	blocks->heading_shift = shift + (gint) MAX (parts->level, 1) - 1;
	set_beginning (blocks, page, parts);
	set_middle (composer, blocks, page, parts, language);
	const RnDocument *document = composer->parse (composer->parse_user, page);
	rn_collect_terms (composer, page, document);
	if (parts->outline && document)
		rn_outline_headings (setter->book, page, document, MAX (parts->level, 1) + 1);
	rn_set_document (blocks, document);
	if (parts->sources && composer->sources)
		collect_sources (composer, page, shown);
	else if (parts->sources)
		rn_set_sources (composer, blocks, shown);
	blocks->galley->hold = FALSE;
	setter->language = language;
	setter->page = outer;
	blocks->parent = parent;
	blocks->heading_shift = shift;
}
