/*
 * notices.c - what a reader must know of a page before it is believed: nobody checked it, its translation is older, it holds until a day.
 *
 * In: a page. Out: a box above its text; or a mark at its title, which the chapter's beginning and the foot of the side explain. Invariant: no notice is lost:
 * what has no mark is in the box, whatever is asked for.
 */
#include "print/blocks-int.h"
#include "print/set.h"
#include "print/words.h"

/* One notice: TITLE in bold, then TEXT and what it is about, a link. */
static void set_notice (RnBlocks *blocks, const char *title, const char *text, const char *about, const RnTarget *target)
{
	RnSetter *setter = blocks->setter;
	RnTextStyle style = setter->styles.text[RN_STYLE_NOTICE];
	RnTag *tag = rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_P);
	style.before = 0;
	style.after = style.leading / 3;
	RnParagraph *paragraph = rn_paragraph_new (setter, &style, tag);
	rn_paragraph_text (paragraph, title, -1, RN_TEXT_BOLD, NULL, NULL);
	rn_paragraph_text (paragraph, " ", 1, 0, NULL, NULL);
	rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
	if (about) {
		RnTag *link = target ? rn_tag_new (&setter->book->tags, tag, RN_ROLE_LINK) : NULL;
		rn_paragraph_text (paragraph, " ", 1, 0, NULL, NULL);
		rn_paragraph_text (paragraph, about, -1, 0, link, target);
	}
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
}

/* What is set between these stands in one box, if it is anything. */
static guint begin_box (RnBlocks *blocks, RnFrame *frame, RnBlocks *inner)
{
	RnSetter *setter = blocks->setter;
	*frame = rn_callout_frame (&setter->styles);
	rn_frame_begin (blocks, frame, inner);
	blocks->galley->after = MAX (blocks->galley->after, setter->styles.text[RN_STYLE_NOTICE].before);
	return blocks->galley->pieces->len;
}

static void end_box (RnBlocks *blocks, const RnFrame *frame, RnBlocks *inner, guint first)
{
	if (blocks->galley->pieces->len == first)
		return;
	rn_frame_end (blocks, inner, first, frame);
	blocks->galley->after = MAX (blocks->galley->after, blocks->setter->styles.text[RN_STYLE_NOTICE].after);
}

/* --- marks ------------------------------------------------------------------------------------------------------------------- */

enum { DRAFT, STALE, OVERDUE, MARKED };

/* title, text: of the box that explains the mark; foot: at the foot of a side. */
static const struct { const char *title, *text, *foot; } marked[MARKED] = {
	[DRAFT] = { "print_mark_draft", "draft_text", "print_foot_draft" },
	[STALE] = { "print_mark_stale", "print_mark_stale_text", "print_foot_stale" },
	[OVERDUE] = { "print_mark_overdue", "print_mark_overdue_text", "print_foot_overdue" },
};

guint rn_notices_of (const RnPage *page)
{
	const gboolean draft = page->draft || g_strcmp0 (page->status, "draft") == 0;
	return (draft ? 1u << DRAFT : 0) | (page->freshness == RN_STALE ? 1u << STALE : 0) | (page->review_overdue ? 1u << OVERDUE : 0);
}

const char *rn_notice_marks (RnSetter *setter, guint notices)
{
	g_autoptr (GString) out = g_string_new (NULL);
	for (guint i = 0; i < MARKED; i++)
		if (notices >> i & 1)
			g_string_append (out, setter->styles.marks[i]);
	return rn_arena_strndup (setter->book->arena, out->str, (gssize) out->len);
}

const char *rn_notice_foot (RnSetter *setter, guint notices)
{
	g_autoptr (GString) out = g_string_new (NULL);
	for (guint i = 0; i < MARKED; i++)
		if (notices >> i & 1)
			g_string_append_printf (out, "%s%s\u00a0%s", out->len ? "   " : "", setter->styles.marks[i], rn_setter_string (setter, marked[i].foot, 0));
	return rn_arena_strndup (setter->book->arena, out->str, (gssize) out->len);
}

void rn_set_marks (RnBlocks *blocks, guint notices)
{
	RnSetter *setter = blocks->setter;
	RnFrame frame;
	RnBlocks inner;
	const guint first = begin_box (blocks, &frame, &inner);
	for (guint i = 0; i < MARKED; i++)
		if (notices >> i & 1)
			set_notice (&inner, rn_arena_printf (setter->book->arena, "%s\u00a0%s", setter->styles.marks[i], rn_setter_string (setter, marked[i].title, 0)),
			            rn_setter_string (setter, marked[i].text, 0), NULL, NULL);
	end_box (blocks, &frame, &inner, first);
}

/* --- boxes ------------------------------------------------------------------------------------------------------------------- */

static void set_stale (RnBlocks *blocks, const RnPage *page)
{
	RnSetter *setter = blocks->setter;
	const RnPage *source = page->source;
	RnTarget *target = NULL;
	if (source && setter->in_book && g_hash_table_contains (setter->in_book, source)) {
		target = rn_arena_new0 (setter->book->arena, RnTarget);
		target->anchor = rn_anchor_name (setter->book->arena, source, NULL);
	}
	set_notice (blocks, rn_setter_string (setter, "stale_title", 0), rn_setter_string (setter, "stale_text", 0), source ? source->title : NULL, target);
}

/* All of them in one box. */
void rn_set_notices (RnComposer *composer, RnBlocks *blocks, const RnPage *page, gboolean marks)
{
	RnSetter *setter = &composer->setter;
	const guint told = marks ? 0 : rn_notices_of (page);
	RnFrame frame;
	RnBlocks inner;
	const guint first = begin_box (blocks, &frame, &inner);
	if (page->fallback)
		set_notice (&inner, rn_setter_string (setter, "fallback_title", 0),
		            rn_setter_fill (setter, rn_setter_string (setter, "fallback_text", 0), "language", page->fallback->language->name), NULL, NULL);
	if (told >> DRAFT & 1)
		set_notice (&inner, rn_setter_string (setter, "draft_title", 0), rn_setter_string (setter, "draft_text", 0), NULL, NULL);
	if (told >> STALE & 1)
		set_stale (&inner, page);
	if (told >> OVERDUE & 1)
		set_notice (&inner, rn_setter_string (setter, "overdue_title", 0),
		            rn_setter_fill (setter, rn_setter_string (setter, "overdue_text", 0), "date", rn_set_date (setter, page->review_due, "long")), NULL, NULL);
	if (page->expires && rn_product_flag (setter->product, "valid_until", TRUE)) {
		const char *until = rn_set_date (setter, page->expires, "long");
		set_notice (&inner, rn_setter_fill (setter, rn_setter_string (setter, "print_valid_until", 0), "date", until), "", NULL, NULL);
	}
	end_box (blocks, &frame, &inner, first);
}
