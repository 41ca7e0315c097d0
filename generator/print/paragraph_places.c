/*
 * paragraph_places.c - the paragraph's text -> where it may be parted besides its spaces.
 *
 * Points of hyphenation, soft hyphens, hyphens and dashes, slashes, addresses. A place is noted before the byte that would begin the new line. Words are looked at whole,
 * though their letters may be of several runs (one of them bold).
 */
#include "print/paragraph-int.h"

/* The shortest word with a slash that is parted at it: not "he/she". */
#define SLASHED_WORD 14
/* What of an address stays together at its ends. */
#define ADDRESS_END 3

/* --- the text -------------------------------------------------------------------------------------------------------------- */

/* Copies a run's text to OUT without its soft hyphens, which become places. White of any kind is a space. Returns where it ends. */
static char *copy_run (const RnRun *run, gboolean capitals, const char *base, char *out, guint8 *places)
{
	for (const char *p = run->text, *end = p + run->len; p < end;) {
		guchar c = (guchar) *p;
		if (c == 0xc2 && (guchar) p[1] == 0xad) {
			places[out - base] = RN_PLACE_SOFT;
			p += 2;
		} else if (capitals) {
			out += g_unichar_to_utf8 (g_unichar_toupper (c < ' ' ? ' ' : g_utf8_get_char (p)), out);
			p = g_utf8_next_char (p);
		} else {
			*out++ = c < ' ' ? ' ' : (char) c;
			p++;
		}
	}
	return out;
}

static void join_text (RnParagraph *paragraph, RnWorkspace *ws)
{
	gboolean capitals = paragraph->style.capitals;
	gsize room = 1;
	for (const RnRun *run = paragraph->first; run; run = run->next)
		room += run->kind == RN_RUN_TEXT ? (gsize) run->len * (capitals ? 2 : 1) : 1;
	g_byte_array_set_size (ws->places, (guint) room);
	memset (ws->places->data, 0, room);
	if (!paragraph->text)
		paragraph->text = rn_arena_alloc (paragraph->setter->book->arena, room);
	char *out = paragraph->text;
	for (RnRun *run = paragraph->first; run; run = run->next) {
		run->begin = (guint32) (out - paragraph->text);
		if (run->kind == RN_RUN_TEXT)
			out = copy_run (run, capitals, paragraph->text, out, ws->places->data);
		else
			*out++ = '\n';
		run->end = (guint32) (out - paragraph->text);
	}
	*out = 0;
	paragraph->len = (guint32) (out - paragraph->text);
}

/* --- words ----------------------------------------------------------------------------------------------------------------- */

/* A part of the text without spaces, while it is looked at. */
typedef struct {
	const char *text;
	guint8     *places;
	guint32     begin, end;
	const RnHyphenation *hyphenation;   /* NULL: its words are not parted */
	GByteArray *points;
	gboolean    hyphened;                /* has a hyphen of its own */
} Token;

static inline gboolean is_letter (gunichar c)
{
	if (c < 0x80)
		return g_ascii_isalpha (c);
	return (c >= 0x400 && c < 0x482) || (c >= 0x48a && c < 0x530) || g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static void put_place (Token *token, guint32 at, RnPlaceKind kind)
{
	token->places[at] = MAX (token->places[at], (guint8) kind);
}

/* The points of the word [BEGIN, END). A word with soft hyphens has its points from its author. */
static void part_word (Token *token, guint32 begin, guint32 end)
{
	if (!token->hyphenation || end - begin < 4)
		return;
	for (guint32 i = begin; i < end; i++)
		if (token->places[i] == RN_PLACE_SOFT)
			return;
	g_byte_array_set_size (token->points, end - begin);
	if (!rn_hyphenate (token->hyphenation, token->text + begin, end - begin, token->points->data))
		return;
	for (guint32 i = begin + 1; i < end; i++)
		if (token->points->data[i - begin])
			put_place (token, i, token->hyphened ? RN_PLACE_POOR_HYPHEN : RN_PLACE_HYPHEN);
}

/* How many letters and digits follow AT, up to two: fewer are not worth a line. */
static guint letters_from (const Token *token, guint32 at)
{
	guint n = 0;
	for (const char *p = token->text + at, *end = token->text + token->end; p < end && n < 2; p = g_utf8_next_char (p), n++)
		if (!g_unichar_isalnum (g_utf8_get_char (p)))
			break;
	return n;
}

/* After a hyphen or a dash (HYPHEN tells which) that ends before AT. BEFORE: letters and digits in front of it. */
static void after_dash (Token *token, guint32 at, gunichar last, guint before, gboolean hyphen)
{
	guint after = letters_from (token, at);
	gboolean digits = g_unichar_isdigit (last) && g_ascii_isdigit (token->text[at]);
	if (at >= token->end || !after || (hyphen && (before < 2 || after < 2)))
		return;
	put_place (token, at, digits ? RN_PLACE_HARD : RN_PLACE_DASH);
}

static void part_plain (Token *token)
{
	guint32 word = G_MAXUINT32;
	guint before = 0;
	gunichar last = 0;
	for (guint32 at = token->begin, next; at < token->end; at = next) {
		gunichar c = g_utf8_get_char (token->text + at);
		next = at + (guint32) g_utf8_skip[(guchar) token->text[at]];
		if (is_letter (c)) {
			word = MIN (word, at);
			before++;
		} else {
			if (word != G_MAXUINT32)
				part_word (token, word, at);
			word = G_MAXUINT32;
			if (c == '-' || c == 0x2010)
				after_dash (token, next, last, before, TRUE);
			else if (c == 0x2013 || c == 0x2014)
				after_dash (token, next, last, before, FALSE);
			else if (c == '/' && token->end - token->begin >= SLASHED_WORD && before > 1 && letters_from (token, next) > 1)
				put_place (token, next, RN_PLACE_ADDRESS);
			else if (c == 0x200b && next < token->end)
				put_place (token, next, RN_PLACE_FREE);
			before = g_unichar_isdigit (c) ? before + 1 : 0;
		}
		last = c;
	}
	if (word != G_MAXUINT32)
		part_word (token, word, token->end);
}

/* --- addresses ------------------------------------------------------------------------------------------------------------- */

/* Where the address proper begins in the token, after its scheme; 0: it is none. */
static guint32 address_begin (const Token *token)
{
	const char *begin = token->text + token->begin;
	gsize len = token->end - token->begin;
	if (len < 6)
		return 0;
	const char *scheme = g_strstr_len (begin, (gssize) len, "://");
	if (scheme)
		return (guint32) (scheme + 3 - token->text);
	const char *at = memchr (begin, '@', len), *dot = memchr (begin, '.', len);
	const char *slash = dot ? memchr (dot, '/', len - (gsize) (dot - begin)) : NULL;
	gboolean domain = slash && slash > dot + 2 && g_ascii_isalpha (dot[1]) && dot > begin;
	return (at && dot && at > begin) || domain || (len > 8 && !memcmp (begin, "www.", 4)) ? token->begin + 1 : 0;
}

static void part_address (Token *token, guint32 begin)
{
	for (guint32 at = begin + ADDRESS_END; at + ADDRESS_END < token->end; at++) {
		char c = token->text[at], next = token->text[at + 1];
		if (strchr ("/.-_?&=@#", c) && (g_ascii_isalnum (next) || (guchar) next >= 0x80 || next == '%'))
			put_place (token, at + 1, RN_PLACE_ADDRESS);
	}
}

/* --- the whole ------------------------------------------------------------------------------------------------------------- */

static gboolean ends_token (const char *p)
{
	return *p == ' ' || *p == '\n' || ((guchar) *p == 0xc2 && (guchar) p[1] == 0xa0);
}

void rn_paragraph_places (RnParagraph *paragraph, RnWorkspace *ws)
{
	RnSetter *setter = paragraph->setter;
	join_text (paragraph, ws);
	const RnHyphenation *hyphenation = paragraph->style.hyphenate && setter->products ? rn_products_hyphenation (setter->products, setter->language) : NULL;
	const RnRun *run = paragraph->first;
	Token token = { .text = paragraph->text, .places = ws->places->data, .points = ws->word };
	for (guint32 at = 0; at < paragraph->len; at++) {
		if (ends_token (token.text + at)) {
			at += token.text[at] != ' ' && token.text[at] != '\n';
			continue;
		}
		token.begin = at;
		token.hyphened = FALSE;
		for (; at < paragraph->len && !ends_token (token.text + at); at++)
			token.hyphened |= token.text[at] == '-';
		token.end = at--;
		while (run->end <= token.begin)
			run = run->next;
		/* Code is never hyphenated. */
		token.hyphenation = run->flags & RN_TEXT_MONO ? NULL : hyphenation;
		guint32 address = address_begin (&token);
		if (address)
			part_address (&token, address);
		else
			part_plain (&token);
	}
}
