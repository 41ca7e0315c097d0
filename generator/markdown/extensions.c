/* extensions.c - what our Markdown has beyond GFM: callouts, figures, abbreviations. */
#include "markdown/convert-int.h"

#include <string.h>

/* "[!WARNING] own title": the length of the mark with the blanks after it, or 0. */
static gsize callout_mark (const char *text, gsize len, gsize *kind)
{
	gsize n = 2;
	if (len < 4 || text[0] != '[' || text[1] != '!')
		return 0;
	while (n < len && g_ascii_isalpha (text[n]))
		n++;
	*kind = n - 2;
	if (!*kind || n == len || text[n] != ']')
		return 0;
	n++;
	/* Other tools fold a callout by a sign after the mark. */
	if (n < len && (text[n] == '-' || text[n] == '+'))
		n++;
	while (n < len && (text[n] == ' ' || text[n] == '\t'))
		n++;
	return n;
}

gboolean rn_callout_make (RnMarkdown *md, cmark_node *node, RnNode ***tail)
{
	cmark_node *first = node->first_child;
	gsize kind, mark;
	if (!first || first->type != CMARK_NODE_PARAGRAPH ||
	    !(mark = callout_mark ((const char *) first->content.ptr, (gsize) first->content.size, &kind)))
		return FALSE;
	const char *name = (const char *) first->content.ptr + 2;
	RnNode *out = rn_convert_add (md, tail, RN_NODE_CALLOUT);
	rn_convert_block_place (md, node, out);
	char *text = rn_arena_strndup (md->arena, name, (gssize) kind);
	for (char *p = text; *p; p++)
		*p = g_ascii_tolower (*p);
	out->text = text;
	out->len = (guint32) kind;

	md->depth++;
	if (md->depth > RN_MAX_DEPTH)
		md->too_deep = TRUE;
	else
		rn_convert_blocks (md, node, &out->first);
	md->depth--;

	/* The first line is the title; what follows it, the first paragraph. */
	RnNode *paragraph = out->first, *rest = paragraph ? paragraph->first : NULL;
	g_string_truncate (md->words, 0);
	while (rest && rest->type != RN_NODE_SOFT_BREAK && rest->type != RN_NODE_LINE_BREAK) {
		rn_node_text (rest, md->words);
		rest = rest->next;
	}
	mark = callout_mark (md->words->str, md->words->len, &kind);
	if (mark && md->words->len > mark)
		out->extra = rn_convert_copy (md, md->words->str + mark, md->words->len - mark);
	if (rest && rest->next)
		paragraph->first = rest->next;
	else if (paragraph)
		out->first = paragraph->next;
	return TRUE;
}

gboolean rn_figure_make (RnMarkdown *md, RnNode *paragraph)
{
	RnNode *picture = paragraph->first;
	if (!picture || picture->type != RN_NODE_IMAGE || picture->next || !picture->extra)
		return FALSE;
	paragraph->type = RN_NODE_FIGURE;
	RnNode **tail = &picture->next;
	const char *caption = picture->extra;
	picture->extra = NULL;
	md->typography = (RnTypographyState) { 0 };
	rn_convert_text (md, caption, strlen (caption), &tail, picture);
	return TRUE;
}

/* "*[HTML]: HyperText Markup Language" */
static gboolean definition (const char *line, gsize len, RnAbbreviation *found, const char **meaning, gsize *meaning_len)
{
	while (len && (line[len - 1] == '\n' || line[len - 1] == '\r' || line[len - 1] == ' '))
		len--;
	const char *close = len > 4 && line[0] == '*' && line[1] == '[' ? memchr (line, ']', len) : NULL;
	if (!close || close == line + 2 || close + 1 >= line + len || close[1] != ':')
		return FALSE;
	found->name = line + 2;
	found->len = (gsize) (close - line - 2);
	*meaning = close + 2;
	while (*meaning < line + len && (**meaning == ' ' || **meaning == '\t'))
		++*meaning;
	*meaning_len = (gsize) (line + len - *meaning);
	return *meaning_len > 0;
}

static gboolean all_definitions (RnMarkdown *md, const cmark_node *paragraph, gboolean take)
{
	const char *p = (const char *) paragraph->content.ptr, *end = p + paragraph->content.size;
	if (end - p < 5 || p[0] != '*' || p[1] != '[')
		return FALSE;
	while (p < end) {
		const char *newline = memchr (p, '\n', (gsize) (end - p)), *next = newline ? newline + 1 : end, *meaning;
		RnAbbreviation found;
		gsize len;
		if (!definition (p, (gsize) (next - p), &found, &meaning, &len))
			return FALSE;
		if (take) {
			found.name = rn_convert_copy (md, found.name, found.len);
			found.meaning = rn_convert_copy (md, meaning, len);
			g_array_append_val (md->abbreviations, found);
			guchar c = (guchar) *found.name;
			md->first_bytes[c >> 5] |= 1u << (c & 31);
		}
		p = next;
	}
	return TRUE;
}

gboolean rn_abbreviations_only (const RnMarkdown *md, const cmark_node *paragraph)
{
	return all_definitions ((RnMarkdown *) md, paragraph, FALSE);
}

static gint by_length (gconstpointer a, gconstpointer b)
{
	const RnAbbreviation *x = a, *y = b;
	return x->len == y->len ? strcmp (x->name, y->name) : x->len < y->len ? 1 : -1;
}

void rn_abbreviations_collect (RnMarkdown *md, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new (root);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		const cmark_node *node = cmark_iter_get_node (iter);
		if (event == CMARK_EVENT_ENTER && node->type == CMARK_NODE_PARAGRAPH && all_definitions (md, node, FALSE))
			all_definitions (md, node, TRUE);
	}
	/* The longest that fits is the one that is meant. */
	g_array_sort (md->abbreviations, by_length);
}

const RnAbbreviation *rn_abbreviation_at (const RnMarkdown *md, const char *text, gsize len, gboolean word_before)
{
	for (guint i = 0; !word_before && i < md->abbreviations->len; i++) {
		const RnAbbreviation *a = &g_array_index (md->abbreviations, RnAbbreviation, i);
		if (a->len > len || memcmp (a->name, text, a->len))
			continue;
		gunichar after = a->len < len ? g_utf8_get_char (text + a->len) : 0;
		if (!after || !(g_unichar_isalnum (after) || g_unichar_ismark (after)))
			return a;
	}
	return NULL;
}
