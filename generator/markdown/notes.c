/* notes.c - what cmark makes of footnotes, where words would be lost by it. */
#include "markdown/notes-int.h"

#include <string.h>

/* No text has them: what is neither a blank nor a line end is no matter of writing. The second, where somebody has the first. */
static const char signs[] = { 0x1d, 0x1e };

static char free_sign (const char *text, gsize len)
{
	for (gsize i = 0; i < sizeof signs; i++)
		if (!memchr (text, signs[i], len))
			return signs[i];
	return '\0';
}

/* May the name that begins at P be one? */
static gboolean is_name (const char *p, const char *end)
{
	while (p < end && *p != ']' && !strchr (" \t\r\n\v\f[`<\\", *p))
		p++;
	return p < end && *p == ']';
}

char *rn_notes_hide (const char *text, gsize len, char *sign)
{
	const char *end = text + len;
	char *hidden = NULL;
	*sign = free_sign (text, len);
	for (const char *p = text; *sign && (p = memmem (p, (gsize) (end - p), "[^", 2)); p += 2) {
		if (is_name (p + 2, end))
			continue;
		if (!hidden)
			hidden = g_memdup2 (text, len);
		hidden[p + 1 - text] = *sign;
	}
	return hidden;
}

static void show (char sign, void *bytes, bufsize_t len)
{
	for (char *p = bytes, *end = len > 0 ? p + len : p; p < end && (p = memchr (p, sign, (gsize) (end - p))); p++)
		*p = '^';
}

static void show_chunk (char sign, const cmark_chunk *chunk)
{
	show (sign, chunk->data, chunk->len);
}

void rn_notes_show (cmark_node *root, char sign)
{
	cmark_iter *iter = cmark_iter_new (root);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node (iter);
		if (event != CMARK_EVENT_ENTER)
			continue;
		show (sign, node->content.ptr, node->content.size);
		switch ((cmark_node_type) node->type) {
		case CMARK_NODE_TEXT: case CMARK_NODE_CODE: case CMARK_NODE_HTML_BLOCK: case CMARK_NODE_HTML_INLINE: case CMARK_NODE_FOOTNOTE_REFERENCE: case CMARK_NODE_FOOTNOTE_DEFINITION:
			show_chunk (sign, &node->as.literal);
			break;
		case CMARK_NODE_CODE_BLOCK:
			show_chunk (sign, &node->as.code.info);
			show_chunk (sign, &node->as.code.literal);
			break;
		case CMARK_NODE_LINK: case CMARK_NODE_IMAGE:
			show_chunk (sign, &node->as.link.url);
			show_chunk (sign, &node->as.link.title);
			break;
		default:
			break;
		}
	}
	cmark_iter_free (iter);
}

/* --- notes that are not shown ------------------------------------------------------------------------------------------------ */

/* Where the note begins, not its text, of which cmark has the place. */
static void note_place (RnMarkdown *md, const cmark_node *node, RnNode *place)
{
	gsize len;
	rn_convert_block_place (md, node, place);
	const char *line = md->fixed_line ? NULL : rn_scan_line (&md->scan, (guint32) MAX (node->start_line, 1) - 1, &len), *at = line ? memmem (line, len, "[^", 2) : NULL;
	if (at)
		place->col = (guint32) g_utf8_strlen (line, at - line) + 1;
}

void rn_notes_collect (RnMarkdown *md, cmark_parser *parser)
{
	g_array_set_size (md->written, 0);
	cmark_iter *iter = cmark_iter_new (parser->root);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		const cmark_node *node = cmark_iter_get_node (iter);
		if (event != CMARK_EVENT_ENTER || node->type != CMARK_NODE_FOOTNOTE_DEFINITION)
			continue;
		RnNode place = { 0 };
		note_place (md, node, &place);
		RnNote note = { node, rn_convert_copy (md, (const char *) node->as.literal.data, (gsize) node->as.literal.len), place.line, place.col };
		g_array_append_val (md->written, note);
	}
	cmark_iter_free (iter);
}

void rn_notes_lost (RnMarkdown *md, const cmark_node *root)
{
	guint shown = 0;
	for (const cmark_node *node = root->last_child; node && node->type == CMARK_NODE_FOOTNOTE_DEFINITION; node = node->prev)
		shown++;
	if (shown == md->written->len)
		return;
	g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
	g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (const cmark_node *node = root->last_child; node && node->type == CMARK_NODE_FOOTNOTE_DEFINITION; node = node->prev)
		g_hash_table_add (nodes, (gpointer) node);
	for (guint i = 0; i < md->written->len; i++) {
		const RnNote *note = &g_array_index (md->written, RnNote, i);
		if (g_hash_table_contains (nodes, note->node))
			g_hash_table_add (names, g_utf8_casefold (note->name, -1));
	}
	for (guint i = 0; i < md->written->len; i++) {
		const RnNote *note = &g_array_index (md->written, RnNote, i);
		if (g_hash_table_contains (nodes, note->node))
			continue;
		g_autofree char *name = g_utf8_casefold (note->name, -1);
		rn_diagnose (md->sink, g_hash_table_contains (names, name) ? RN_D_FOOTNOTE_DOUBLE : RN_D_FOOTNOTE_UNCALLED, rn_convert_place (md, note->line, note->col), note->name);
	}
}
