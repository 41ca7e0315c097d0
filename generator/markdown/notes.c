/* notes.c - a ^ that begins no footnote's name, as a control character while cmark reads the text. */
#include "markdown/notes-int.h"

#include <cmark-gfm/node.h>
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
