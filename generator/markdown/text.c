/* text.c - a tree as a reader hears it: words, with a newline between blocks and cells. */
#include <string.h>

#include "markdown/document.h"

static void newline (GString *out, gsize start)
{
	if (out->len > start && out->str[out->len - 1] != '\n')
		g_string_append_c (out, '\n');
}

/* Words of raw HTML: what stands between the tags, which the sanitiser wrote. */
static void html_text (const char *html, GString *out)
{
	static const struct { const char *entity; char c; } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' } };
	for (const char *p = html; *p;) {
		gsize n = strcspn (p, "<&");
		g_string_append_len (out, p, (gssize) n);
		p += n;
		if (*p == '<') {
			const char *end = strchr (p, '>');
			p = end ? end + 1 : p + strlen (p);
			continue;
		}
		guint i = 0;
		while (*p && i < G_N_ELEMENTS (entities) && !g_str_has_prefix (p, entities[i].entity))
			i++;
		if (*p)
			g_string_append_c (out, i < G_N_ELEMENTS (entities) ? entities[i].c : '&'), p += i < G_N_ELEMENTS (entities) ? strlen (entities[i].entity) : 1;
	}
}

static gboolean is_block (const RnNode *node)
{
	return node->type < RN_NODE_TEXT;
}

static void node_text (const RnNode *node, GString *out, gsize start)
{
	if (is_block (node))
		newline (out, start);
	switch (node->type) {
	case RN_NODE_TEXT:
	case RN_NODE_CODE:
	case RN_NODE_CODE_BLOCK:
		g_string_append_len (out, node->text, node->len);
		break;
	case RN_NODE_SOFT_BREAK:
		g_string_append_c (out, ' ');
		break;
	case RN_NODE_LINE_BREAK:
		g_string_append_c (out, '\n');
		break;
	case RN_NODE_DRAWING:
		/* As a picture's description, apart from the caption that follows it. */
		g_string_append (out, node->extra);
		newline (out, start);
		break;
	case RN_NODE_HTML_BLOCK:
		html_text (node->text, out);
		break;
	case RN_NODE_CALLOUT:
		if (node->extra)
			g_string_append (out, node->extra);
		newline (out, start);
		break;
	default:
		break;
	}
	for (const RnNode *child = node->first; child; child = child->next)
		node_text (child, out, start);
	if (is_block (node))
		newline (out, start);
}

void rn_node_text (const RnNode *node, GString *out)
{
	gsize start = out->len;
	node_text (node, out, start);
	/* The newline is between blocks, not after the last. */
	if (out->len > start && is_block (node) && out->str[out->len - 1] == '\n')
		g_string_truncate (out, out->len - 1);
}
