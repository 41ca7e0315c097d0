/*
 * fence.c - fenced blocks that plugins make.
 *
 * In: a fence, and what the handler made of it. Out: a GROUP in its place, whose places are the fence's. Invariant: whatever a plugin returns,
 * its texts went through the one parser and its HTML through the one sanitiser.
 */
#include "markdown/convert-int.h"

#include <string.h>

#include "markdown/sanitize.h"

/* HTML for the web alone, sanitised, behind the rest. */
static void add_web (RnMarkdown *md, const char *html, RnNode ***tail, const RnNode *place)
{
	char what[32] = "";
	md->html_line = place->line, md->html_col = place->col;
	g_string_truncate (md->scratch, 0);
	rn_sanitize_web (html, strlen (html), md->scratch, what, rn_link_in_html, md);
	if (*what)
		rn_diagnose (md->sink, RN_D_HTML_REFUSED, rn_convert_place (md, place->line, place->col), what);
	rn_anchors_of_html (md, md->scratch->str, place->line);
	RnNode *out = rn_convert_add (md, tail, RN_NODE_WEB);
	out->line = place->line, out->col = place->col;
	out->text = rn_convert_copy (md, md->scratch->str, md->scratch->len);
	out->len = (guint32) md->scratch->len;
}

/* What the plugin made, as if it stood here. */
static void add_made (RnMarkdown *md, const RnFenceMade *made, RnFenceResult kind, RnNode ***tail, const RnNode *place)
{
	guint32 fixed = md->fixed_line;
	RnNode *group = rn_convert_add (md, tail, RN_NODE_GROUP), **inside = &group->first;
	group->line = place->line, group->col = place->col;
	md->fixed_line = place->line;
	md->blocks++;
	if (kind == RN_FENCE_MARKDOWN)
		rn_parse_into (md, made->text->str, made->text->len, inside);
	else
		rn_made_take (md, made->nodes, inside);
	md->blocks--;
	md->fixed_line = fixed;
	while (*inside)
		inside = &(*inside)->next;
	if (made->web)
		add_web (md, made->web, &inside, place);
}

gboolean rn_fence_make (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	const cmark_code *code = &node->as.code;
	g_autofree char *info = g_strndup ((const char *) code->info.data, (gsize) code->info.len);
	g_autoptr (GString) text = g_string_new (NULL);
	gsize n = strcspn (info, " \t{");
	g_autofree char *name = g_strndup (info, n);
	RnNode place = { 0 };
	rn_convert_block_place (md, node, &place);
	RnPlace where = rn_convert_place (md, place.line, place.col);
	RnFence fence = { name, g_strstrip (info + n), (const char *) code->literal.data, place.line, md->page };
	RnFenceMade made = { .text = text, .arena = md->arena, .drawings = md->drawings, .uses = md->uses };
	RnFenceResult kind = md->options.fence (md->options.fence_user, &fence, &made);
	md->drawings = made.drawings;
	if (kind == RN_FENCE_UNKNOWN)
		return FALSE;
	if (kind == RN_FENCE_FAILED) {
		if (text->len)
			rn_diagnose (md->sink, RN_D_BLOCK_FAILED, where, name, text->str);
	} else if (md->blocks >= RN_MAX_BLOCKS) {
		rn_diagnose (md->sink, RN_D_NESTING, where, G_STRINGIFY (RN_MAX_BLOCKS));
	} else {
		add_made (md, &made, kind, tail, &place);
	}
	return TRUE;
}

/* Told where the fence has no line that closes it. */
void rn_fence_check (RnMarkdown *md, const cmark_node *node)
{
	const cmark_code *code = &node->as.code;
	gsize len, marks = 0;
	if (md->fixed_line)
		return;
	if (node->end_line > node->start_line) {
		const char *line = rn_scan_line (&md->scan, (guint32) node->end_line - 1, &len);
		while (len && (line[len - 1] == ' ' || line[len - 1] == '\t'))
			len--;
		while (marks < len && line[len - 1 - marks] == (char) code->fence_char)
			marks++;
		/* Before the marks may stand quote marks and blanks. */
		gsize rest = len - marks;
		while (rest && strchr (" \t>", line[rest - 1]))
			rest--;
		if (marks >= code->fence_length && !rest)
			return;
	}
	RnNode place = { 0 };
	rn_convert_block_place (md, node, &place);
	rn_diagnose (md->sink, RN_D_FENCE_OPEN, rn_convert_place (md, place.line, place.col), NULL);
}
