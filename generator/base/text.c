/* text.c - UTF-8: validity, places, escaping. */
#include "base/text.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

/*
 * How many bytes from P on are whole letters of one and two bytes, taken in steps: each lead of two has its continuation, each continuation its lead, also over
 * the edge of two steps (carry), no lead is C0 or C1, and no byte is NUL. What it stops at is for the letter by letter check to judge.
 */
static gsize plain_length (const guchar *p, const guchar *end)
{
	const guchar *begin = p;
	guint carry = 0;
#ifdef __SSE2__
	const __m128i zero = _mm_setzero_si128 (), lead = _mm_set1_epi8 ((char) 0xc0), mask = _mm_set1_epi8 ((char) 0xfe), last = _mm_set1_epi8 ((char) 0xdf);
	for (; end - p >= 16; p += 16) {
		/* As signed bytes: 80..BF are the least, then C0..DF, then E0..FF, then ASCII. */
		const __m128i v = _mm_loadu_si128 ((const __m128i *) (const void *) p);
		guint high = (guint) _mm_movemask_epi8 (v), more = (guint) _mm_movemask_epi8 (_mm_cmplt_epi8 (v, lead));
		guint wrong = (guint) _mm_movemask_epi8 (_mm_or_si128 (_mm_cmpeq_epi8 (v, zero), _mm_cmpeq_epi8 (_mm_and_si128 (v, mask), lead)));
		wrong |= (guint) _mm_movemask_epi8 (_mm_cmpgt_epi8 (v, last)) & high;
		guint leads = high & ~more;
		if (wrong | (more ^ ((leads << 1 | carry) & 0xffff)))
			break;
		carry = leads >> 15;
	}
#endif
	return (gsize) (p - begin) - carry;
}

gssize rn_text_invalid_at (const char *text, gsize len)
{
	const guchar *p = (const guchar *) text, *end = p + len;
	while (p < end) {
		p += plain_length (p, end);
		/* To the end of the step that was not plain, letter by letter. */
		for (const guchar *stop = end - p > 16 ? p + 16 : end; p < stop;) {
			guint n = character_length (p, end);
			if (!n)
				return p - (const guchar *) text;
			p += n;
		}
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

void rn_text_json (GString *out, const char *text, gssize len)
{
	const char *end = text + (len < 0 ? (gssize) strlen (text) : len), *run = text;
	g_string_append_c (out, '"');
	for (const char *p = text; p < end; p++) {
		guchar c = (guchar) *p;
		gboolean separator = c == 0xe2 && end - p > 2 && (guchar) p[1] == 0x80 && ((guchar) p[2] & 0xfe) == 0xa8;
		if (c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0x7f && !separator)
			continue;
		g_string_append_len (out, run, p - run);
		if (c == '"' || c == '\\')
			g_string_append_printf (out, "\\%c", c);
		else if (c == '\n')
			g_string_append (out, "\\n");
		else
			g_string_append_printf (out, "\\u%04x", separator ? 0x2028 + ((guchar) p[2] & 1) : c);
		p += separator ? 2 : 0;
		run = p + 1;
	}
	g_string_append_len (out, run, end - run);
	g_string_append_c (out, '"');
}

/* The first line that begins with the seven letters of MARK and a blank, at or after FROM; NULL. */
static const char *find_mark (const char *text, const char *from, const char *end, const char *mark)
{
	while ((from = memmem (from, (gsize) (end - from), mark, strlen (mark))) && from > text && from[-1] != '\n')
		from++;
	return from;
}

guint32 rn_text_hash (const char *text, gsize len)
{
	guint32 hash = 2166136261u;
	for (gsize i = 0; i < len; i++)
		hash = (hash ^ (guchar) text[i]) * 16777619u;
	return hash;
}

guint rn_text_conflict (const char *text, gsize len)
{
	const char *end = text + len, *ours = find_mark (text, text, end, "<<<<<<< ");
	guint line, col;
	if (!ours || !find_mark (text, ours, end, ">>>>>>> "))
		return 0;
	rn_text_position (text, len, (gsize) (ours - text), &line, &col);
	return line;
}
