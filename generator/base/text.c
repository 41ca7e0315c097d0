/* text.c - UTF-8: validity, places, escaping. */
#include "base/text.h"

#include <string.h>

/* The bytes of the well-formed character at P, or 0 (RFC 3629's table: no surrogates, nothing overlong, nothing past U+10FFFF; no NUL). */
static guint character_length (const guchar *p, const guchar *end)
{
	gsize left = (gsize) (end - p);
	if (*p < 0x80)
		return *p != 0;
	if (*p < 0xc2 || left < 2 || (p[1] & 0xc0) != 0x80)
		return 0;
	if (*p < 0xe0)
		return 2;
	if (left < 3 || (p[2] & 0xc0) != 0x80)
		return 0;
	if (*p < 0xf0)
		return (*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ? 0 : 3;
	if (*p > 0xf4 || left < 4 || (p[3] & 0xc0) != 0x80)
		return 0;
	return (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f) ? 0 : 4;
}

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define TOPS (ONES << 7)

/*
 * Eight bytes at a time while they are letters of one and two bytes: each lead of two has its continuation, each
 * continuation its lead, also over the edge of two words (carry), no lead is C0 or C1, and no byte is NUL. Where a word is more than that,
 * letter by letter.
 */
gssize rn_text_invalid_at (const char *text, gsize len)
{
	const guchar *p = (const guchar *) text, *end = p + len;
	while (p < end) {
		guint64 carry = 0;
		for (guint64 w; end - p >= 8; p += 8) {
			memcpy (&w, p, 8);
			w = GUINT64_FROM_LE (w);
			guint64 high = w & TOPS, lead = high & (w << 1), more = high & ~(w << 1), some = (w << 3) | (w << 4) | (w << 5) | (w << 6);
			if ((lead & (w << 2)) | (lead & ~some) | (more ^ (lead << 8 | carry)) | ((w - ONES) & ~w & TOPS))
				break;
			carry = lead >> 63 << 7;
		}
		/* A lead whose continuation is still to come is read again. */
		p -= carry != 0;
		guint n = p < end ? character_length (p, end) : 1;
		if (!n)
			return p - (const guchar *) text;
		p += n;
	}
	return -1;
}

void rn_text_position (const char *text, gsize len, gsize offset, guint *line, guint *col)
{
	const char *start = text, *at = text + MIN (offset, len);
	*line = 1;
	for (const char *p = text; p < at && (p = memchr (p, '\n', (gsize) (at - p))); start = ++p)
		++*line;
	*col = 1;
	for (const char *p = start; p < at; p++)
		*col += ((guchar) *p & 0xc0) != 0x80;
}

void rn_text_escape (GString *out, const char *text, gssize len, gboolean quotes)
{
	const char *end = text + (len < 0 ? (gssize) strlen (text) : len), *run = text;
	for (const char *p = text; p < end; p++) {
		const char *entity;
		switch (*p) {
		case '&': entity = "&amp;"; break;
		case '<': entity = "&lt;"; break;
		case '>': entity = "&gt;"; break;
		case '"': entity = quotes ? "&quot;" : NULL; break;
		default: continue;
		}
		if (!entity)
			continue;
		g_string_append_len (out, run, p - run);
		g_string_append (out, entity);
		run = p + 1;
	}
	g_string_append_len (out, run, end - run);
}
