/*
 * anchors.c - names for the places of a body, that links can lead to.
 *
 * A heading's own {#name} comes before all; others take a slug of their words, and a number where it is taken. So a heading's anchor
 * depends on its words and on those before it alone.
 */
#include "markdown/convert-int.h"

#include <string.h>

#include "base/text.h"

void rn_anchors_begin (RnMarkdown *md)
{
	g_hash_table_remove_all (md->anchors);
	g_hash_table_remove_all (md->counters);
}

/* "text {#name}": where the mark begins in TEXT and the name in it; FALSE: there is none. */
static gboolean find_id (const char *text, gsize len, gsize *mark, const char **id, gsize *id_len)
{
	while (len && g_ascii_isspace (text[len - 1]))
		len--;
	if (len < 4 || text[len - 1] != '}')
		return FALSE;
	gsize at = len - 1;
	while (at && !g_ascii_isspace (text[at - 1]) && text[at - 1] != '{' && text[at - 1] != '}')
		at--;
	if (!at || text[at - 1] != '{' || text[at] != '#' || at + 1 >= len - 1)
		return FALSE;
	*id = text + at + 1;
	*id_len = len - 1 - at - 1;
	*mark = at - 1;
	return TRUE;
}

/* Headings' own names are taken before any slug is made. */
void rn_anchors_reserve (RnMarkdown *md, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new (root);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		const cmark_node *node = cmark_iter_get_node (iter);
		gsize mark, len;
		const char *id;
		if (event == CMARK_EVENT_ENTER && node->type == CMARK_NODE_HEADING &&
		    find_id ((const char *) node->content.ptr, (gsize) node->content.size, &mark, &id, &len)) {
			char *key = rn_arena_strndup (md->arena, id, (gssize) len);
			if (!g_hash_table_contains (md->anchors, key))
				g_hash_table_insert (md->anchors, key, GUINT_TO_POINTER (0));
		}
	}
}

void rn_anchor_note (RnMarkdown *md, const char *id, guint32 line)
{
	g_array_append_val (md->ids, id);
	g_array_append_val (md->id_lines, line);
}

static void keep (RnMarkdown *md, const char *id, guint32 line)
{
	g_hash_table_replace (md->anchors, (gpointer) id, GUINT_TO_POINTER (line));
	rn_anchor_note (md, id, line);
}

void rn_anchor_take (RnMarkdown *md, const char *id, guint32 line, guint32 col)
{
	guint32 first = GPOINTER_TO_UINT (g_hash_table_lookup (md->anchors, id));
	if (first) {
		char number[16];
		g_snprintf (number, sizeof number, "%u", first);
		rn_diagnose (md->sink, RN_D_ANCHOR_TWICE, rn_convert_place (md, line, col), id, number);
		return;
	}
	keep (md, id, line);
}

/* The slug, or the slug with the next free number. */
static const char *free_name (RnMarkdown *md, const char *slug)
{
	if (!g_hash_table_contains (md->anchors, slug))
		return rn_convert_copy (md, slug, strlen (slug));
	guint n = GPOINTER_TO_UINT (g_hash_table_lookup (md->counters, slug));
	const char *name;
	do
		name = rn_arena_printf (md->arena, "%s-%u", slug, n = MAX (n, 1) + 1);
	while (g_hash_table_contains (md->anchors, name));
	g_hash_table_replace (md->counters, (gpointer) rn_convert_copy (md, slug, strlen (slug)), GUINT_TO_POINTER (n));
	return name;
}

/* Takes the mark off the heading's last text. Returns the name, or NULL. */
static const char *own_id (RnMarkdown *md, RnNode *heading)
{
	RnNode *last = heading->first, *before = NULL;
	gsize mark, len;
	const char *id;
	if (!last || !md->scan.ids)
		return NULL;
	for (; last->next; last = last->next)
		before = last;
	if (last->type != RN_NODE_TEXT || !find_id (last->text, last->len, &mark, &id, &len))
		return NULL;
	const char *name = rn_convert_copy (md, id, len);
	while (mark && (last->text[mark - 1] == ' ' || (mark > 1 && !memcmp (last->text + mark - 2, "\xc2\xa0", 2))))
		mark -= last->text[mark - 1] == ' ' ? 1 : 2;
	last->text = rn_convert_copy (md, last->text, mark);
	last->len = (guint32) mark;
	if (!mark) {
		if (before)
			before->next = NULL;
		else
			heading->first = NULL;
	}
	return name;
}

void rn_anchor_heading (RnMarkdown *md, RnNode *heading)
{
	const char *own = own_id (md, heading);
	g_string_truncate (md->words, 0);
	rn_node_text (heading, md->words);
	if (own) {
		guint32 first = GPOINTER_TO_UINT (g_hash_table_lookup (md->anchors, own));
		rn_anchor_take (md, own, heading->line, heading->col);
		heading->extra = first ? free_name (md, own) : own;
		if (first)
			keep (md, heading->extra, heading->line);
	} else {
		g_autofree char *slug = rn_text_slug (md->words->str, (gssize) md->words->len, md->language ? md->language->transliteration : NULL);
		heading->extra = free_name (md, slug);
		keep (md, heading->extra, heading->line);
	}
	RnAnchor anchor = { heading->extra, rn_convert_copy (md, md->words->str, md->words->len), heading->level, heading->line };
	g_array_append_val (md->headings, anchor);
}

/* The sanitiser writes attributes in one way, so that they can be found by their text. */
void rn_anchors_of_html (RnMarkdown *md, const char *html, guint32 line)
{
	for (const char *p = html; (p = strstr (p, " id=\""));) {
		const char *end = strchr (p += 5, '"');
		if (!end)
			return;
		rn_anchor_take (md, rn_convert_copy (md, p, (gsize) (end - p)), line, 1);
		p = end;
	}
}
