/*
 * place.c - where an inline stands in the file.
 *
 * cmark counts an inline's column from its block's first line, as if all lines were indented like that one, and gives a link the
 * line of its end. A paragraph's text is kept, though, each line of it the end of a line of the body: so the bytes before it
 * are known, and a link is looked for from where we are to where cmark says that it ends.
 */
#include "markdown/convert-int.h"

#include <string.h>

#define MOST_MISSES 100 /* in one block: then what is looked for is not looked for any more */

static guint32 count_lines (const char *text, gsize len)
{
	guint32 n = 0;
	for (const char *p = text, *end = text + len; p < end; p++) {
		if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n')))
			n++;
		else if (p + 1 == end)
			n++;
	}
	return n;
}

void rn_inlines_begin (RnMarkdown *md, cmark_node *block)
{
	RnInlines *in = &md->in;
	*in = (RnInlines) { .block = block, .known = G_MAXUINT32 };
	in->text = (const char *) block->content.ptr;
	in->len = (gsize) block->content.size;
	gboolean setext = block->type == CMARK_NODE_HEADING && block->as.heading.setext;
	in->compare = block->type == CMARK_NODE_PARAGRAPH || setext;
	in->indent = (gsize) MAX (block->start_column - 1 + block->internal_offset, 0);
	in->first_line = (guint32) MAX (block->start_line - 1, 0);
	/* Definitions of links that stood before the text are gone from it, and not from cmark's count. */
	if (in->compare && block->end_line > block->start_line) {
		guint32 n = count_lines (in->text, in->len), last = (guint32) block->end_line - (setext ? 1 : 0);
		if (n && last >= n)
			in->first_line = MAX (in->first_line, last - n);
	}
}

/* How long the line of the block's text is that begins at AT. */
static gsize line_length (const RnMarkdown *md, gsize at)
{
	const char *begin = md->in.text + at, *newline = memchr (begin, '\n', md->in.len - at);
	gsize len = newline ? (gsize) (newline - begin) : md->in.len - at;
	const char *cr = md->scan.returns ? memchr (begin, '\r', len) : NULL;
	return cr ? (gsize) (cr - begin) : len;
}

/* Makes line LINE of the block's text the known one. FALSE: it has not so many. */
static gboolean know (RnMarkdown *md, guint32 line)
{
	RnInlines *in = &md->in;
	const RnScan *scan = &md->scan;
	if (in->known == line)
		return TRUE;
	gsize at = line > in->known ? in->start : 0;
	for (guint32 i = line > in->known ? in->known : 0; i < line; i++) {
		at += line_length (md, at);
		if (at >= in->len)
			return FALSE;
		at += in->text[at] == '\r' && at + 1 < in->len && in->text[at + 1] == '\n' ? 2 : 1;
	}
	guint32 body_line = MIN (in->first_line + line, scan->n_lines ? scan->n_lines - 1 : 0);
	gsize own = line_length (md, at), whole;
	const char *source = rn_scan_line (scan, body_line, &whole);
	in->known = line;
	in->start = at;
	in->source = (gsize) (source - scan->text);
	in->prefix = in->compare ? (whole > own ? whole - own : 0) : MIN (in->indent, whole);
	in->counted = in->chars = 0;
	return TRUE;
}

/* OUT stands at byte OFFSET of the known line of the block's text. */
static void put (RnMarkdown *md, gsize offset, RnNode *out)
{
	RnInlines *in = &md->in;
	gsize to = in->prefix + offset;
	const char *line = md->scan.text + in->source;
	to = MIN (to, md->scan.len - in->source);
	if (to < in->counted)
		in->counted = in->chars = 0;
	for (; in->counted < to; in->counted++)
		in->chars += ((guchar) line[in->counted] & 0xc0) != 0x80;
	out->line = md->line + in->first_line + in->known;
	out->col = (guint32) in->chars + 1;
}

void rn_inlines_line (RnMarkdown *md, const cmark_node *node, RnNode *out)
{
	RnInlines *in = &md->in;
	in->line = MAX (in->line, (guint32) MAX (node->start_line - in->block->start_line, 0));
	out->line = md->fixed_line ? md->fixed_line : md->line + in->first_line + in->line;
	out->col = 0;
}

static gboolean begins_link (const RnInlines *in, gsize offset)
{
	gsize at = in->start + offset;
	return at < in->len && (in->text[at] == '[' || in->text[at] == '!' || in->text[at] == '<');
}

void rn_inlines_place (RnMarkdown *md, const cmark_node *node, RnNode *out)
{
	RnInlines *in = &md->in;
	if (md->fixed_line) {
		out->line = md->fixed_line;
		out->col = 1;
		return;
	}
	gssize offset = node->start_column - 1 - (in->block->start_column - 1 + in->block->internal_offset);
	guint32 last = (guint32) MAX (node->start_line - in->block->start_line, 0);
	if (node->type == CMARK_NODE_LINK || node->type == CMARK_NODE_IMAGE || node->type == CMARK_NODE_FOOTNOTE_REFERENCE) {
		for (guint32 line = in->line; line <= last && know (md, line); line++)
			if (offset >= 0 && begins_link (in, (gsize) offset)) {
				put (md, (gsize) offset, out);
				return;
			}
		/* A bare address: its text stands where it stands. */
		if (node->first_child && node->first_child->start_column > 0 && node->type == CMARK_NODE_LINK) {
			rn_inlines_place (md, node->first_child, out);
			return;
		}
	}
	in->line = MAX (in->line, last);
	if (know (md, last) || know (md, in->line))
		put (md, (gsize) MAX (offset, 0), out);
}

gboolean rn_inlines_find (RnMarkdown *md, const char *needle, gsize len, RnNode *out)
{
	RnInlines *in = &md->in;
	const char *from = in->text + in->searched;
	const char *found = in->misses < MOST_MISSES ? memmem (from, in->len - in->searched, needle, len) : NULL;
	if (!found) {
		in->misses++;
		return FALSE;
	}
	for (const char *p = from; (p = memchr (p, '\n', (gsize) (found - p))); p++)
		in->searched_lines++;
	in->searched = (gsize) (found - in->text) + len;
	if (!md->fixed_line && know (md, in->searched_lines))
		put (md, (gsize) (found - in->text) - in->start, out);
	return TRUE;
}
