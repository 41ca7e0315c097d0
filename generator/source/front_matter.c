/*
 * front_matter.c - finds the block of fields at the top of a page.
 *
 * In: a file's first bytes. Out: offsets. A block begins with a line --- (or +++, which is TOML) that is the file's very first,
 * a byte order mark aside, and ends with the next such line, or "..." as YAML has it. Blanks after the marks and CRLF are accepted.
 */
#include "source/yaml.h"

#include <string.h>

/* Is the line of LEN bytes at TEXT just the three signs MARK, blanks aside? */
static gboolean is_mark (const char *text, gsize len, char mark)
{
	if (len < 3 || text[0] != mark || text[1] != mark || text[2] != mark)
		return FALSE;
	for (gsize i = 3; i < len; i++)
		if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
			return FALSE;
	return TRUE;
}

void rn_front_matter_find (const char *text, gsize len, RnFrontMatter *found)
{
	gsize   start = len >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	guint32 line = 1;

	memset (found, 0, sizeof *found);
	found->body = start;
	found->body_line = 1;
	if (start == len || (text[start] != '-' && text[start] != '+'))
		return;
	char  mark = text[start];
	gsize block = 0;
	for (gsize at = start; at < len; line++) {
		const char *end = memchr (text + at, '\n', len - at);
		gsize       next = end ? (gsize) (end - text) + 1 : len, bytes = next - at - (end != NULL);

		if (at == start) {
			if (!is_mark (text + at, bytes, mark))
				return;
			block = next;
			found->toml = mark == '+';
		} else if (is_mark (text + at, bytes, mark) || (mark == '-' && is_mark (text + at, bytes, '.'))) {
			if (!found->toml) {
				found->yaml = block;
				found->yaml_len = at - block;
			}
			found->body = next;
			found->body_line = line + 1;
			return;
		}
		at = next;
	}
	found->open = TRUE;
	if (!found->toml) {
		found->yaml = block;
		found->yaml_len = len - block;
	}
	found->body = len;
	found->body_line = line;
}
