/*
 * contacts.c - the site's hotlines, and the pages that say whom to call: names and numbers.
 *
 * In: site.yaml's hotlines; the checked fields of pages, in their schema's order. Out: lists. Invariant: a number is never parted, and is set as the editor wrote it.
 */
#include "model/format.h"
#include "model/typography.h"
#include "print/pour.h"
#include "print/set.h"

/* A number to call from a file on a screen. */
static const RnTarget *phone_target (RnArena *arena, const char *phone)
{
	RnTarget *target = rn_arena_new0 (arena, RnTarget);
	g_autoptr (GString) number = g_string_new (NULL);
	rn_phone_dial (number, phone);
	target->uri = rn_arena_printf (arena, "tel:%s", number->str);
	return target;
}

/* TEXT with blanks that do not part it. */
static const char *unparted (RnArena *arena, const char *text)
{
	g_autoptr (GString) out = g_string_new (text);
	g_string_replace (out, " ", "\u00a0", 0);
	return rn_arena_strndup (arena, out->str, (gssize) out->len);
}

typedef struct { const char *name, *phone; } Hotline;

static GArray *hotlines_of (RnSetter *setter)
{
	GArray *all = g_array_new (FALSE, FALSE, sizeof (Hotline));
	const RnValue *list = rn_value_get (setter->site->config, "hotlines");
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		const RnValue *phone = rn_value_get (list->items[i], "phone");
		const char *name = rn_site_text (setter->site, rn_value_get (list->items[i], "name"), setter->language);
		g_autofree char *digits = phone ? rn_value_text (phone) : NULL;
		if (!digits || !*digits)
			continue;
		const Hotline hotline = { name ? rn_typography_line (setter->language, name, setter->book->arena) : "", unparted (setter->book->arena, digits) };
		g_array_append_val (all, hotline);
	}
	return all;
}

/* TEXT in a galley of its own. */
static RnGalley *set_alone (RnBlocks *blocks, RnStyleId id, RnTag *tag, const char *text, const RnTarget *target, RnLength measure)
{
	RnSetter *setter = blocks->setter;
	RnGalley *galley = rn_galley_new (setter->book->arena);
	RnTag *link = target ? rn_tag_new (&setter->book->tags, tag, RN_ROLE_LINK) : NULL;
	RnParagraph *paragraph = rn_paragraph_new (setter, &setter->styles.text[id], tag);
	if (link)
		link->alt = text;
	rn_paragraph_text (paragraph, text, -1, 0, link, target);
	rn_paragraph_set (paragraph, galley, 0, measure);
	return galley;
}

/* Where the middle of the letters is: of a line half the height of a capital above its base line, of several lines half way between the first and the last. */
static RnLength middle (const RnGalley *galley, const RnFont *font)
{
	const RnPiece *last = rn_galley_last (galley);
	const RnLength first_base = last ? rn_piece_base_line (galley->pieces->pdata[0], 0) : 0;
	if (!last || galley->pieces->len == 1)
		return first_base - font->cap_height / 2;
	return (first_base + rn_galley_height (galley) - last->height + first_base) / 2 - font->cap_height / 2;
}

/* The number and the name: beside each other, the name from NAME_X on, its middle where the number has it; or below each other where NAME_X is 0. */
static RnPiece *set_hotline (RnBlocks *blocks, RnTag *list, const Hotline *hotline, RnLength name_x)
{
	RnSetter *setter = blocks->setter;
	RnArena *arena = setter->book->arena;
	const RnTextStyle *styles = setter->styles.text;
	RnTag *item = rn_tag_new (&setter->book->tags, list, RN_ROLE_ITEM), *body = rn_tag_new (&setter->book->tags, item, RN_ROLE_ITEM_BODY);
	RnGalley *number = set_alone (blocks, RN_STYLE_PHONE, body, hotline->phone, phone_target (arena, hotline->phone), blocks->measure);
	RnGalley *name = set_alone (blocks, RN_STYLE_HOTLINE, body, hotline->name, NULL, blocks->measure - name_x);
	const RnLength lower = middle (number, rn_style_font (setter, &styles[RN_STYLE_PHONE], 0)) - middle (name, rn_style_font (setter, &styles[RN_STYLE_HOTLINE], 0));
	const RnLength down = name_x ? MAX (lower, 0) : rn_galley_height (number), number_down = name_x ? MAX (-lower, 0) : 0;
	RnPiece *piece = rn_galley_add (blocks->galley, 0);
	const RnLength number_foot = number_down + rn_piece_take (arena, piece, number, blocks->x, number_down);
	const RnLength name_foot = down + rn_piece_take (arena, piece, name, blocks->x + name_x, down);
	piece->height = MAX (number_foot, name_foot);
	rn_galley_free (number);
	rn_galley_free (name);
	return piece;
}

void rn_set_hotlines (RnComposer *composer, RnBlocks *blocks)
{
	RnSetter *setter = &composer->setter;
	g_autoptr (GArray) all = hotlines_of (setter);
	const RnTextStyle *style = &setter->styles.text[RN_STYLE_HOTLINE];
	const RnFont *font = rn_style_font (setter, &setter->styles.text[RN_STYLE_PHONE], 0);
	const RnLength between = MAX (style->before, setter->styles.text[RN_STYLE_PHONE].leading / 2);
	RnLength widest = 0;
	if (all->len == 0)
		return;
	for (guint i = 0; i < all->len; i++)
		widest = MAX (widest, rn_font_width (font, g_array_index (all, Hotline, i).phone, setter->language->code));
	const RnLength name_x = widest + font->space * 3;
	RnTag *list = rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_LIST);
	for (guint i = 0; i < all->len; i++) {
		RnPiece *piece = set_hotline (blocks, list, &g_array_index (all, Hotline, i), name_x <= blocks->measure * 2 / 5 ? name_x : 0);
		piece->space = rn_galley_meet (blocks->galley, between, style->after);
	}
	/* What follows is no part of the list. */
	blocks->galley->after = MAX (blocks->galley->after, between);
}

#define ABREAST 4

void rn_set_hotlines_abreast (RnComposer *composer, RnBlocks *blocks)
{
	RnSetter *setter = &composer->setter;
	g_autoptr (GArray) all = hotlines_of (setter);
	const RnTextStyle *style = &setter->styles.text[RN_STYLE_HOTLINE];
	const RnLength gap = style->leading;
	RnTag *list = all->len ? rn_tag_new (&setter->book->tags, blocks->parent, RN_ROLE_LIST) : NULL;
	const guint rows = (all->len + ABREAST - 1) / ABREAST, columns = rows ? (all->len + rows - 1) / rows : 0;
	for (guint first = 0; first < all->len; first += columns) {
		RnPiece *row = rn_galley_add (blocks->galley, 0);
		row->space = rn_galley_meet (blocks->galley, MAX (style->before, style->leading / 2), style->after);
		for (guint k = 0; k < columns && first + k < all->len; k++) {
			RnBlocks one = *blocks;
			one.galley = rn_galley_new (setter->book->arena);
			one.measure = (blocks->measure - (RnLength) (columns - 1) * gap) / (RnLength) columns;
			one.x = 0;
			set_hotline (&one, list, &g_array_index (all, Hotline, first + k), 0);
			const RnLength high = rn_piece_take (setter->book->arena, row, one.galley, blocks->x + (RnLength) k * (one.measure + gap), 0);
			row->height = MAX (row->height, high);
			rn_galley_free (one.galley);
		}
	}
}

/* --- pages ----------------------------------------------------------------------------------------------------------------- */

static gboolean is_call (RnFieldType type)
{
	return type == RN_FIELD_PHONE || type == RN_FIELD_EMAIL;
}

/* What a field holds, one kind for a list and what is in it. */
static RnFieldType held (const RnField *field)
{
	return field->type == RN_FIELD_LIST ? field->item : field->type;
}

gboolean rn_has_contacts (const RnPage *page)
{
	for (guint i = 0; page->fields && i < page->type->n_fields; i++)
		if (page->fields[i] && is_call (held (&page->type->fields[i])))
			return TRUE;
	return FALSE;
}

static void add_value (RnSetter *setter, RnParagraph *paragraph, RnTag *tag, RnFieldType type, const RnValue *value)
{
	RnArena *arena = setter->book->arena;
	g_autofree char *words = rn_value_text (value);
	if (type == RN_FIELD_TEXT) {
		rn_paragraph_text (paragraph, rn_typography_line (setter->language, rn_arena_strndup (arena, words, -1), arena), -1, 0, NULL, NULL);
		return;
	}
	RnTag *link = rn_tag_new (&setter->book->tags, tag, RN_ROLE_LINK);
	const char *shown = rn_arena_strndup (arena, words, -1);
	RnTarget *target = rn_arena_new0 (arena, RnTarget);
	target->uri = type == RN_FIELD_EMAIL ? rn_arena_printf (arena, "mailto:%s", words) : shown;
	if (type == RN_FIELD_PHONE) {
		target->uri = phone_target (arena, words)->uri;
		shown = unparted (arena, words);
	} else if (type == RN_FIELD_URL) {
		shown = rn_web_shown (arena, words);
	}
	link->alt = shown;
	rn_paragraph_text (paragraph, shown, -1, type == RN_FIELD_PHONE ? RN_TEXT_BOLD : 0, link, target);
}

/* "Label: value, value" */
static void set_field (RnBlocks *blocks, RnTag *parent, const RnField *field, const RnValue *value)
{
	RnSetter *setter = blocks->setter;
	const RnFieldType type = held (field);
	const char *label = rn_site_text (setter->site, field->label, setter->language);
	RnTag *tag = rn_tag_new (&setter->book->tags, parent, RN_ROLE_P);
	RnParagraph *paragraph = rn_paragraph_new (setter, &setter->styles.text[RN_STYLE_CONTENTS], tag);
	rn_paragraph_text (paragraph, label ? label : field->name, -1, 0, NULL, NULL);
	rn_paragraph_text (paragraph, ": ", -1, 0, NULL, NULL);
	if (field->type != RN_FIELD_LIST)
		add_value (setter, paragraph, tag, type, value);
	for (guint i = 0; field->type == RN_FIELD_LIST && value->kind == RN_LIST && i < value->n; i++) {
		if (i > 0)
			rn_paragraph_text (paragraph, ", ", -1, 0, NULL, NULL);
		add_value (setter, paragraph, tag, type, value->items[i]);
	}
	const guint first = blocks->galley->pieces->len;
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
	rn_keep_next (blocks->galley, first);
}

/* The page's name, leading to it, and the number of its side where it stands in the book. */
static void set_name (RnBlocks *blocks, RnTag *parent, const RnPage *page)
{
	RnSetter *setter = blocks->setter;
	RnTag *tag = rn_tag_new (&setter->book->tags, parent, RN_ROLE_P);
	RnParagraph *paragraph = rn_paragraph_new (setter, &setter->styles.text[RN_STYLE_CONTENTS_CHAPTER], tag);
	if (setter->in_book && g_hash_table_contains (setter->in_book, page)) {
		RnTarget *target = rn_arena_new0 (setter->book->arena, RnTarget);
		RnTag *link = rn_tag_new (&setter->book->tags, tag, RN_ROLE_LINK);
		target->anchor = rn_anchor_name (setter->book->arena, page, NULL);
		link->alt = page->title;
		rn_paragraph_text (paragraph, page->title, -1, 0, link, target);
		rn_paragraph_leader (paragraph);
		rn_paragraph_page_number (paragraph, target->anchor, TRUE, link, target);
	} else {
		rn_paragraph_text (paragraph, page->title, -1, 0, NULL, NULL);
	}
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
}

static void set_contact (RnBlocks *blocks, RnTag *list, const RnPage *page)
{
	RnTags *tags = &blocks->setter->book->tags;
	RnTag *item = rn_tag_new (tags, list, RN_ROLE_ITEM), *body = rn_tag_new (tags, item, RN_ROLE_ITEM_BODY);
	const RnValue *order = rn_value_get (page->type->config, "fields");
	set_name (blocks, body, page);
	for (guint i = 0; order && order->kind == RN_MAP && i < order->n; i++) {
		const RnField *field = rn_type_field (page->type, order->pairs[i].name);
		const RnValue *value = field ? page->fields[field - page->type->fields] : NULL;
		const RnFieldType type = field ? held (field) : RN_FIELD_ANY;
		if (value && (is_call (type) || type == RN_FIELD_URL || type == RN_FIELD_TEXT))
			set_field (blocks, body, field, value);
	}
}

void rn_set_contacts (RnComposer *composer, RnBlocks *blocks, GPtrArray *pages)
{
	RnTag *list = NULL;
	for (guint i = 0; i < pages->len; i++) {
		const RnPage *page = pages->pdata[i];
		if (!rn_has_contacts (page))
			continue;
		if (!list)
			list = rn_tag_new (&composer->setter.book->tags, blocks->parent, RN_ROLE_LIST);
		set_contact (blocks, list, page);
	}
}
