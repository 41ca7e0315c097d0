/* query_parse.c - what was typed -> words, phrases, exclusions. Quotes that are not closed end with the text. */
#include "search/query-int.h"

#include <string.h>

/* The bytes of a quotation mark at P; 0. */
static guint quote_at (const char *p)
{
	static const char *const marks[] = { "\"", "“", "”", "„" };
	for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
		if (g_str_has_prefix (p, marks[i]))
			return (guint) strlen (marks[i]);
	return 0;
}

static guint add_words (const RnRules *rules, const char *text, gsize from, gsize to, RnTyped like, RnTyped *words, guint n)
{
	gsize at = 0, begin, end;
	while (n < RN_QUERY_WORDS && rn_words_next (rules, text + from, to - from, &at, &begin, &end)) {
		words[n] = like;
		words[n].begin = from + begin;
		words[n++].end = from + end;
	}
	return n;
}

guint rn_query_parse (const RnRules *rules, const char *text, RnTyped words[RN_QUERY_WORDS])
{
	guint n = 0, clause = 0;
	for (const char *p = text; *p;) {
		clause++;
		RnTyped like = { .clause = clause };
		if (g_ascii_isspace (*p)) {
			p++;
			continue;
		}
		if (*p == '-' && (p == text || g_ascii_isspace (p[-1]))) {
			like.exclude = TRUE;
			p++;
		}
		guint quote = quote_at (p);
		const char *end = p + quote;
		like.phrase = quote > 0;
		while (*end && !quote_at (end) && (quote || !g_ascii_isspace (*end)))
			end = g_utf8_next_char (end);
		n = add_words (rules, text, (gsize) (p - text) + quote, (gsize) (end - text), like, words, n);
		p = quote ? end + quote_at (end) : end;
	}
	return n;
}
