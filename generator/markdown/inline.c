/*
 * inline.c - cmark's inlines -> RnNodes, by a table of one function a type.
 *
 * Text is set by the language's typography, whose state runs over the whole block. Raw tags are held against the allow-list one by one and
 * kept in balance: what a container of inlines opens, it closes.
 */
#include "markdown/convert-int.h"

#include <stdlib.h>
#include <string.h>

#include "markdown/sanitize.h"

#define LONGEST_WIKI 1000 /* bytes of [[key|words]] */
#define LONGEST_NOTE 200  /* of [^name] */

extern cmark_node_type CMARK_NODE_STRIKETHROUGH;

static RnNode *add_inline (RnMarkdown *md, RnNode ***tail, RnNodeType type, const cmark_node *node)
{
	RnNode *out = rn_convert_add (md, tail, type);
	rn_inlines_place (md, node, out);
	return out;
}

static void add_text (RnMarkdown *md, const char *text, gsize len, RnNode ***tail, const RnNode *place)
{
	if (!len)
		return;
	RnNode *out = rn_convert_add (md, tail, RN_NODE_TEXT);
	out->line = place->line;
	out->col = place->col;
	g_string_truncate (md->scratch, 0);
	if (md->typesetter && rn_typography_set (md->typesetter, &md->typography, text, len, md->scratch))
		text = md->scratch->str, len = md->scratch->len;
	out->text = rn_convert_copy (md, text, len);
	out->len = (guint32) len;
}

/* [[key]], [[key#anchor]], [[key|words]]: its length at P, or 0. */
static gsize wiki_link (RnMarkdown *md, const char *p, const char *end, RnNode ***tail, const RnNode *place)
{
	RnNode found = *place;
	const char *close = memmem (p, (gsize) MIN (end - p, LONGEST_WIKI), "]]", 2);
	if (!close || close == p + 2 || memchr (p + 2, '[', (gsize) (close - p - 2)) || !rn_inlines_find (md, p, (gsize) (close + 2 - p), &found))
		return 0;
	const char *bar = memchr (p, '|', (gsize) (close - p)), *key_end = bar ? bar : close;
	g_autofree char *key = g_strstrip (g_strndup (p + 2, (gsize) (key_end - p - 2)));
	if (!*key)
		return 0;
	RnNode *link = rn_convert_add (md, tail, RN_NODE_LINK), **words = &link->first;
	link->line = found.line;
	link->col = found.col;
	g_autofree char *address = strchr ("/#", *key) ? g_strdup (key) : g_strconcat ("/", key, NULL);
	rn_link_make (md, link, address, strlen (address));
	const char *text = bar ? bar + 1 : link->page && *key != '#' ? link->page->title : key;
	add_text (md, text, bar ? (gsize) (close - text) : strlen (text), &words, link);
	return (gsize) (close + 2 - p);
}

/* [^name] that is still here names no footnote. */
static void missing_note (RnMarkdown *md, const char *p, const char *end, const RnNode *place)
{
	const char *close = memchr (p, ']', (gsize) MIN (end - p, LONGEST_NOTE));
	RnNode here = *place;
	if (!close || close <= p + 2)
		return;
	for (const char *q = p + 2; q < close; q++)
		if (g_ascii_isspace (*q))
			return;
	if (!rn_inlines_find (md, p, (gsize) (close + 1 - p), &here))
		return;
	g_autofree char *name = g_strndup (p + 2, (gsize) (close - p - 2));
	rn_diagnose (md->sink, RN_D_FOOTNOTE_MISSING, rn_convert_place (md, here.line, here.col), name);
}

static gboolean is_word (gunichar c)
{
	return c && (g_unichar_isalnum (c) || g_unichar_ismark (c));
}

/* Text without brackets of ours: cut where abbreviations stand. */
static void text_abbreviated (RnMarkdown *md, const char *text, gsize len, RnNode ***tail, const RnNode *place)
{
	const char *end = text + len, *run = text;
	for (const char *p = text; p < end;) {
		guchar c = (guchar) *p;
		const RnAbbreviation *a = md->first_bytes[c >> 5] & (1u << (c & 31)) ?
			rn_abbreviation_at (md, p, (gsize) (end - p), is_word (p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : md->typography.before)) : NULL;
		if (!a) {
			p++;
			continue;
		}
		add_text (md, run, (gsize) (p - run), tail, place);
		RnNode *out = rn_convert_add (md, tail, RN_NODE_ABBREVIATION), **inner = &out->first;
		out->line = place->line;
		out->col = place->col;
		out->extra = a->meaning;
		add_text (md, p, a->len, &inner, place);
		run = p += a->len;
	}
	add_text (md, run, (gsize) (end - run), tail, place);
}

void rn_convert_text (RnMarkdown *md, const char *text, gsize len, RnNode ***tail, const RnNode *place)
{
	const char *end = text + len, *run = text;
	void (*add) (RnMarkdown *, const char *, gsize, RnNode ***, const RnNode *) = md->abbreviations->len ? text_abbreviated : add_text;
	for (const char *p = text; (p = memchr (p, '[', (gsize) (end - p)));) {
		gsize n = 0;
		if (end - p > 1 && p[1] == '^')
			missing_note (md, p, end, place);
		else if (end - p > 4 && p[1] == '[' && md->library) {
			RnNode *head = NULL, **rest = &head;
			RnTypographyState state = md->typography;
			n = wiki_link (md, p, end, &rest, place);
			if (n) {
				/* The words before it come first, and are set first. */
				md->typography = state;
				add (md, run, (gsize) (p - run), tail, place);
				**tail = head;
				*tail = rest;
				run = p + n;
			}
		}
		p += n ? n : 1;
	}
	add (md, run, (gsize) (end - run), tail, place);
}

/* What follows NODE's text, as far as the typography needs to know. */
static gunichar following (const cmark_node *node)
{
	const cmark_node *next = node->next;
	if (!next)
		return 0;
	return next->type == CMARK_NODE_SOFTBREAK || next->type == CMARK_NODE_LINEBREAK ? ' ' : 0;
}

static void text (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode place;
	const char *literal = (const char *) node->as.literal.data;
	gsize len = (gsize) node->as.literal.len;
	if (md->options.plain) {
		RnNode *out = rn_convert_add (md, tail, RN_NODE_TEXT);
		out->text = rn_convert_copy (md, literal, len);
		out->len = (guint32) len;
		return;
	}
	rn_inlines_line (md, node, &place);
	md->typography.after = following (node);
	rn_convert_text (md, literal, len, tail, &place);
}

static void soft_break (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	rn_convert_add (md, tail, node->type == CMARK_NODE_LINEBREAK ? RN_NODE_LINE_BREAK : RN_NODE_SOFT_BREAK);
	md->in.line++;
	md->typography.before = ' ';
}

static void code (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_inline (md, tail, RN_NODE_CODE, node);
	out->text = rn_convert_copy (md, (const char *) node->as.literal.data, (gsize) node->as.literal.len);
	out->len = (guint32) node->as.literal.len;
	md->in.line += (guint32) MAX (node->end_line - node->start_line, 0);
	md->typography.before = 'x';
}

static void inline_container (RnMarkdown *md, cmark_node *node, RnNode ***tail, RnNodeType type)
{
	RnNode *out = rn_convert_add (md, tail, type);
	rn_convert_inline_children (md, node, &out->first);
	if (out->first) {
		out->line = out->first->line;
		out->col = out->first->col;
	}
}

static void emphasis (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	inline_container (md, node, tail, RN_NODE_EMPHASIS);
}

static void strong (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	inline_container (md, node, tail, RN_NODE_STRONG);
}

static void copy_link (RnMarkdown *md, const cmark_node *node, RnNode *out)
{
	const cmark_link *link = &node->as.link;
	out->text = rn_convert_copy (md, (const char *) link->url.data, (gsize) link->url.len);
	out->len = (guint32) link->url.len;
	if (link->title.len)
		out->extra = rn_convert_copy (md, (const char *) link->title.data, (gsize) link->title.len);
}

/* Is there anything in the link that can be seen or heard? */
static gboolean is_empty (const RnNode *link)
{
	for (const RnNode *node = link->first; node; node = node->next) {
		if (node->type == RN_NODE_TEXT ? strspn (node->text, " \t\n") < node->len :
		    node->type == RN_NODE_SOFT_BREAK || node->type == RN_NODE_LINE_BREAK ? FALSE : node->first ? !is_empty (node) : TRUE)
			return FALSE;
	}
	return TRUE;
}

/* A bare address: its text is the address, or the end of it, and is not set. */
static gboolean is_bare (const cmark_node *node)
{
	const cmark_node *child = node->first_child;
	const cmark_chunk *url = &node->as.link.url;
	if (!child || child->next || child->type != CMARK_NODE_TEXT || !child->as.literal.len || child->as.literal.len > url->len)
		return FALSE;
	return !memcmp (url->data + url->len - child->as.literal.len, child->as.literal.data, (gsize) child->as.literal.len);
}

/* Words for a link that has none: its address is better than nothing to choose. */
static void put_words (RnMarkdown *md, RnNode *link, const char *words, gsize len)
{
	RnNode **last = &link->first;
	while (*last)
		last = &(*last)->next;
	RnNode *text = rn_convert_add (md, &last, RN_NODE_TEXT);
	text->text = rn_convert_copy (md, words, len);
	text->len = (guint32) len;
	text->line = link->line, text->col = link->col;
}

static void link_node (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_inline (md, tail, RN_NODE_LINK, node);
	const cmark_chunk *url = &node->as.link.url;
	const char *words = NULL;
	copy_link (md, node, out);
	if (!md->options.plain)
		words = rn_link_make (md, out, (const char *) url->data, (gsize) url->len);
	if (words && (!node->first_child || is_bare (node))) {
		put_words (md, out, words, strlen (words));
		return;
	}
	RnTypesetter *typesetter = md->typesetter;
	if (is_bare (node))
		md->typesetter = NULL;
	rn_convert_inline_children (md, node, &out->first);
	md->typesetter = typesetter;
	if (md->options.plain || !is_empty (out))
		return;
	rn_diagnose (md->sink, RN_D_LINK_EMPTY, rn_convert_place (md, out->line, out->col), NULL);
	put_words (md, out, (const char *) url->data, (gsize) url->len);
}

static void image (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_inline (md, tail, RN_NODE_IMAGE, node);
	copy_link (md, node, out);
	rn_convert_inline_children (md, node, &out->first);
	if (!md->options.plain)
		rn_image_make (md, out, (const char *) node->as.link.url.data, (gsize) node->as.link.url.len);
}

/* The element's name in a tag that is on the list, as rn_sanitize_tag wrote it. */
static const char *tag_name (const char *tag, char name[16])
{
	gsize n = 0;
	for (tag += 1 + (tag[1] == '/'); n < 15 && g_ascii_isalnum (tag[n]); n++)
		name[n] = tag[n];
	name[n] = 0;
	return name;
}

static const char *const voids[] = { "br", "img", "wbr", "hr", NULL };

/* FALSE: an end tag for which nothing is open here. */
static gboolean balance (RnMarkdown *md, const char *tag, RnNode ***tail)
{
	char name[16];
	tag_name (tag, name);
	if (g_strv_contains (voids, name))
		return tag[1] != '/';
	if (tag[1] != '/') {
		RnOpenTag open = { rn_convert_copy (md, name, strlen (name)), md->inline_depth };
		g_array_append_val (md->open_tags, open);
		return TRUE;
	}
	guint at = md->open_tags->len;
	const RnOpenTag *tags = (const RnOpenTag *) (void *) md->open_tags->data;
	while (at && tags[at - 1].depth == md->inline_depth && strcmp (tags[at - 1].name, name))
		at--;
	if (!at || tags[at - 1].depth != md->inline_depth)
		return FALSE;
	/* What was opened inside and left open ends with it. */
	while (md->open_tags->len > at) {
		RnNode *out = rn_convert_add (md, tail, RN_NODE_HTML);
		out->text = rn_arena_printf (md->arena, "</%s>", g_array_index (md->open_tags, RnOpenTag, md->open_tags->len - 1).name);
		out->len = (guint32) strlen (out->text);
		g_array_set_size (md->open_tags, md->open_tags->len - 1);
	}
	g_array_set_size (md->open_tags, at - 1);
	return TRUE;
}

void rn_convert_tags_close (RnMarkdown *md, guint depth, RnNode ***tail)
{
	while (md->open_tags->len && g_array_index (md->open_tags, RnOpenTag, md->open_tags->len - 1).depth >= depth) {
		RnNode *out = rn_convert_add (md, tail, RN_NODE_HTML);
		out->text = rn_arena_printf (md->arena, "</%s>", g_array_index (md->open_tags, RnOpenTag, md->open_tags->len - 1).name);
		out->len = (guint32) strlen (out->text);
		g_array_set_size (md->open_tags, md->open_tags->len - 1);
	}
}

static void html (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	const char *tag = (const char *) node->as.literal.data;
	gsize len = (gsize) node->as.literal.len;
	RnNode place = { 0 };
	char what[32];
	g_string_truncate (md->scratch, 0);
	if (md->options.plain) {
		if (md->options.gfm)
			rn_sanitize_tagfilter (tag, len, md->scratch);
		else
			g_string_append_len (md->scratch, tag, (gssize) len);
	} else {
		rn_inlines_place (md, node, &place);
		md->html_line = place.line, md->html_col = place.col;
		if (rn_sanitize_tag_with (tag, len, md->scratch, what, rn_link_in_html, md) == RN_SANITIZE_CHANGED)
			rn_diagnose (md->sink, RN_D_HTML_REFUSED, rn_convert_place (md, place.line, place.col), what);
		if (!md->scratch->len || !balance (md, md->scratch->str, tail))
			return;
		rn_anchors_of_html (md, md->scratch->str, place.line);
	}
	md->in.line += (guint32) MAX (node->end_line - node->start_line, 0);
	RnNode *out = rn_convert_add (md, tail, RN_NODE_HTML);
	out->line = place.line, out->col = place.col;
	out->text = rn_convert_copy (md, md->scratch->str, md->scratch->len);
	out->len = (guint32) md->scratch->len;
}

static void reference (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_inline (md, tail, RN_NODE_FOOTNOTE_REFERENCE, node);
	g_autofree char *number = g_strndup ((const char *) node->as.literal.data, (gsize) node->as.literal.len);
	out->number = md->note_base + (guint32) strtoul (number, NULL, 10);
	out->number2 = (guint32) node->footnote.ref_ix;
	const char *id = out->number2 > 1 ? rn_arena_printf (md->arena, "fnref-%u-%u", out->number, out->number2) :
	                                    rn_arena_printf (md->arena, "fnref-%u", out->number);
	rn_anchor_note (md, id, out->line);
	md->typography.before = 'x';
}

static void nothing (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	(void) md, (void) node, (void) tail;
}

static const RnHandler handlers[] = {
	[CMARK_NODE_TEXT & CMARK_NODE_VALUE_MASK] = text,
	[CMARK_NODE_SOFTBREAK & CMARK_NODE_VALUE_MASK] = soft_break,
	[CMARK_NODE_LINEBREAK & CMARK_NODE_VALUE_MASK] = soft_break,
	[CMARK_NODE_CODE & CMARK_NODE_VALUE_MASK] = code,
	[CMARK_NODE_HTML_INLINE & CMARK_NODE_VALUE_MASK] = html,
	[CMARK_NODE_CUSTOM_INLINE & CMARK_NODE_VALUE_MASK] = nothing,
	[CMARK_NODE_EMPH & CMARK_NODE_VALUE_MASK] = emphasis,
	[CMARK_NODE_STRONG & CMARK_NODE_VALUE_MASK] = strong,
	[CMARK_NODE_LINK & CMARK_NODE_VALUE_MASK] = link_node,
	[CMARK_NODE_IMAGE & CMARK_NODE_VALUE_MASK] = image,
	[CMARK_NODE_FOOTNOTE_REFERENCE & CMARK_NODE_VALUE_MASK] = reference,
};

/* The text of what is nested too deep to be marked up; without recursion, for there may be very much of it. */
static void flatten (RnMarkdown *md, cmark_node *parent, RnNode ***tail)
{
	g_autoptr (GString) words = g_string_new (NULL);
	cmark_iter *iter = cmark_iter_new (parent);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		const cmark_node *at = cmark_iter_get_node (iter);
		if (event == CMARK_EVENT_ENTER && (at->type == CMARK_NODE_TEXT || at->type == CMARK_NODE_CODE))
			g_string_append_len (words, (const char *) at->as.literal.data, at->as.literal.len);
	}
	RnNode place = { .line = md->line + md->in.first_line, .col = 1 };
	add_text (md, words->str, words->len, tail, &place);
}

void rn_convert_inline_children (RnMarkdown *md, cmark_node *parent, RnNode **first)
{
	RnNode **tail = first;
	if (md->inline_depth >= RN_MAX_INLINE_DEPTH) {
		flatten (md, parent, &tail);
		return;
	}
	md->inline_depth++;
	for (cmark_node *node = parent->first_child; node; node = node->next) {
		guint type = node->type & CMARK_NODE_VALUE_MASK;
		if (node->type == CMARK_NODE_STRIKETHROUGH)
			inline_container (md, node, &tail, RN_NODE_STRIKE);
		else if (type < G_N_ELEMENTS (handlers) && handlers[type])
			handlers[type] (md, node, &tail);
	}
	if (md->open_tags->len)
		rn_convert_tags_close (md, md->inline_depth, &tail);
	md->inline_depth--;
}

void rn_convert_inlines (RnMarkdown *md, cmark_node *block, RnNode **first)
{
	rn_inlines_begin (md, block);
	md->typography = (RnTypographyState) { 0 };
	md->inline_depth = 0;
	rn_convert_inline_children (md, block, first);
}
