/*
 * convert.c - cmark's blocks -> RnNodes, by a table of one function a type.
 *
 * Every node of ours has its place in the page's file. What has no counterpart there (a definition, a plugin's block
 * that failed) adds nothing.
 */
#include "markdown/convert-int.h"
#include "markdown/dropped-int.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "markdown/sanitize.h"

extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

RnPlace rn_convert_place (RnMarkdown *md, guint32 line, guint32 col)
{
	return md->text_of ? rn_page_place (md->text_of, line, col) : RN_PLACE (NULL, line, col);
}

const char *rn_convert_copy (RnMarkdown *md, const char *text, gsize len)
{
	return rn_arena_strndup (md->arena, text ? text : "", (gssize) len); /* cmark's empty chunk has no bytes at all */
}

RnNode *rn_convert_add (RnMarkdown *md, RnNode ***tail, RnNodeType type)
{
	RnNode *node = rn_arena_new0 (md->arena, RnNode);
	node->type = (guint8) type;
	**tail = node;
	*tail = &node->next;
	return node;
}

void rn_convert_block_place (RnMarkdown *md, const cmark_node *node, RnNode *out)
{
	if (md->fixed_line) {
		out->line = md->fixed_line;
		out->col = 1;
		return;
	}
	guint32 line = (guint32) MAX (node->start_line, 1);
	out->line = md->line + line - 1;
	out->col = (guint32) MAX (node->start_column, 1);
	if (out->col > 1) {
		/* cmark counts bytes */
		gsize len;
		const char *text = rn_scan_line (&md->scan, line - 1, &len);
		guint32 chars = 1;
		for (gsize i = 0; i + 1 < out->col && i < len; i++)
			chars += ((guchar) text[i] & 0xc0) != 0x80;
		out->col = chars;
	}
}

static RnNode *add_block (RnMarkdown *md, RnNode ***tail, RnNodeType type, const cmark_node *node)
{
	RnNode *out = rn_convert_add (md, tail, type);
	rn_convert_block_place (md, node, out);
	return out;
}

static void container (RnMarkdown *md, cmark_node *node, RnNode *out)
{
	if (md->depth >= RN_MAX_DEPTH) {
		md->too_deep = TRUE;
		return;
	}
	md->depth++;
	rn_convert_blocks (md, node, &out->first);
	md->depth--;
}

static void quote (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	if (!md->options.plain && rn_callout_make (md, node, tail))
		return;
	container (md, node, add_block (md, tail, RN_NODE_QUOTE, node));
}

static void list (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_block (md, tail, RN_NODE_LIST, node);
	const cmark_list *l = &node->as.list;
	out->flags = (guint8) ((l->list_type == CMARK_ORDERED_LIST ? RN_NODE_F_ORDERED : 0) | (l->tight ? RN_NODE_F_TIGHT : 0) |
	                       (l->delimiter == CMARK_PAREN_DELIM ? RN_NODE_F_PAREN : 0));
	out->number = (guint32) l->start;
	rn_convert_blocks (md, node, &out->first);
}

static void item (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_block (md, tail, RN_NODE_ITEM, node);
	if (node->extension)
		out->flags = (guint8) (RN_NODE_F_TASK | (node->as.list.checked ? RN_NODE_F_DONE : 0));
	container (md, node, out);
}

static void paragraph (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	if (md->abbreviations->len && rn_abbreviations_only (md, node))
		return;
	RnNode *out = add_block (md, tail, RN_NODE_PARAGRAPH, node);
	rn_convert_inlines (md, node, &out->first);
	if (!md->options.plain)
		rn_figure_make (md, out);
}

/* The words of a heading as they were written, without marks, for comparing it with the title. */
static void heading_words (const cmark_node *node, GString *out)
{
	for (const cmark_node *child = node->first_child; child; child = child->next) {
		if (child->type == CMARK_NODE_TEXT || child->type == CMARK_NODE_CODE)
			g_string_append_len (out, (const char *) child->as.literal.data, child->as.literal.len);
		else if (child->type == CMARK_NODE_SOFTBREAK)
			g_string_append_c (out, ' ');
		else
			heading_words (child, out);
	}
}

static gboolean is_title (RnMarkdown *md, const cmark_node *node)
{
	if (md->begun || md->blocks || !md->page || !md->page->title)
		return FALSE;
	g_string_truncate (md->words, 0);
	heading_words (node, md->words);
	const char *id = strstr (md->words->str, "{#");
	if (id)
		g_string_truncate (md->words, (gsize) (id - md->words->str));
	g_strstrip (md->words->str);
	g_string_set_size (md->words, strlen (md->words->str));
	const char *set = md->language ? rn_typography_line (md->language, md->words->str, md->arena) : md->words->str;
	return !strcmp (set, md->page->whole_title ? md->page->whole_title : md->page->title);
}

static void heading (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	guint8 level = (guint8) node->as.heading.level;
	if (!md->options.plain && level == 1 && is_title (md, node))
		return;
	RnNode *out = add_block (md, tail, RN_NODE_HEADING, node);
	out->level = level;
	rn_convert_inlines (md, node, &out->first);
	if (md->options.plain)
		return;
	if (level == 1) {
		out->level = 2;
		rn_diagnose (md->sink, RN_D_HEADING_TITLE, rn_convert_place (md, out->line, out->col), NULL);
	}
	rn_anchor_heading (md, out);
}

static void code_block (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	const cmark_code *code = &node->as.code;
	if (!md->options.plain && code->fenced) {
		rn_fence_check (md, node);
		if (md->options.fence && code->info.len && rn_fence_make (md, node, tail))
			return;
	}
	RnNode *out = add_block (md, tail, RN_NODE_CODE_BLOCK, node);
	out->text = rn_convert_copy (md, (const char *) code->literal.data, (gsize) code->literal.len);
	out->len = (guint32) code->literal.len;
	if (code->info.len)
		out->extra = rn_convert_copy (md, (const char *) code->info.data, (gsize) code->info.len);
}

static void html_block (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	const char *html = (const char *) node->as.literal.data;
	gsize len = (gsize) node->as.literal.len;
	RnNode place = { 0 };
	if (md->options.plain) {
		g_string_truncate (md->scratch, 0);
		if (md->options.gfm)
			rn_sanitize_tagfilter (html, len, md->scratch);
		else
			g_string_append_len (md->scratch, html, (gssize) len);
	} else {
		char what[32];
		rn_convert_block_place (md, node, &place);
		md->html_line = place.line, md->html_col = place.col;
		rn_dropped_html (md, html, len, &place);
		g_string_truncate (md->scratch, 0);
		if (rn_sanitize_html_with (html, len, md->scratch, what, rn_link_in_html, md) == RN_SANITIZE_CHANGED)
			rn_diagnose (md->sink, RN_D_HTML_REFUSED, rn_convert_place (md, place.line, place.col), what);
		rn_anchors_of_html (md, md->scratch->str, place.line);
		if (!md->scratch->len)
			return;
	}
	RnNode *out = add_block (md, tail, RN_NODE_HTML_BLOCK, node);
	out->text = rn_convert_copy (md, md->scratch->str, md->scratch->len);
	out->len = (guint32) md->scratch->len;
}

static void rule (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	add_block (md, tail, RN_NODE_RULE, node);
}

static void footnote (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	(void) tail;
	RnNode *out = add_block (md, &md->last_note, RN_NODE_FOOTNOTE, node);
	out->number = md->note_base + ++md->note;
	out->number2 = (guint32) node->footnote.def_count;
	out->extra = rn_arena_printf (md->arena, "fn-%u", out->number);
	rn_anchor_note (md, out->extra, out->line);
	container (md, node, out);
}

static void table (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	RnNode *out = add_block (md, tail, RN_NODE_TABLE, node), **rows = &out->first;
	const guint8 *alignments = cmark_gfm_extensions_get_table_alignments (node);
	guint columns = cmark_gfm_extensions_get_table_columns (node), column;
	for (cmark_node *row = node->first_child; row; row = row->next) {
		RnNode *r = add_block (md, &rows, RN_NODE_ROW, row), **cells = &r->first;
		guint8 header = cmark_gfm_extensions_get_table_row_is_header (row) ? RN_NODE_F_HEADER : 0;
		r->flags = header;
		column = 0;
		for (cmark_node *cell = row->first_child; cell; cell = cell->next, column++) {
			RnNode *c = add_block (md, &cells, RN_NODE_CELL, cell);
			c->flags = header;
			c->level = column < columns ? alignments[column] : 0;
			if (cell->first_child)
				rn_convert_inlines (md, cell, &c->first);
		}
	}
}

static void nothing (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	(void) md, (void) node, (void) tail;
}

static const RnHandler handlers[] = {
	[CMARK_NODE_BLOCK_QUOTE & CMARK_NODE_VALUE_MASK] = quote,
	[CMARK_NODE_LIST & CMARK_NODE_VALUE_MASK] = list,
	[CMARK_NODE_ITEM & CMARK_NODE_VALUE_MASK] = item,
	[CMARK_NODE_CODE_BLOCK & CMARK_NODE_VALUE_MASK] = code_block,
	[CMARK_NODE_HTML_BLOCK & CMARK_NODE_VALUE_MASK] = html_block,
	[CMARK_NODE_CUSTOM_BLOCK & CMARK_NODE_VALUE_MASK] = nothing,
	[CMARK_NODE_PARAGRAPH & CMARK_NODE_VALUE_MASK] = paragraph,
	[CMARK_NODE_HEADING & CMARK_NODE_VALUE_MASK] = heading,
	[CMARK_NODE_THEMATIC_BREAK & CMARK_NODE_VALUE_MASK] = rule,
	[CMARK_NODE_FOOTNOTE_DEFINITION & CMARK_NODE_VALUE_MASK] = footnote,
};

void rn_convert_blocks (RnMarkdown *md, cmark_node *parent, RnNode **first)
{
	RnNode **tail = first;
	for (cmark_node *node = parent->first_child; node; node = node->next) {
		guint type = node->type & CMARK_NODE_VALUE_MASK;
		if (node->type == CMARK_NODE_TABLE)
			table (md, node, &tail);
		else if (type < G_N_ELEMENTS (handlers) && handlers[type])
			handlers[type] (md, node, &tail);
		md->begun = TRUE;
	}
}
