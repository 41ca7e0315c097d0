/* typography.c - one pass over the text that stops only at blanks, hyphens, quotes and a few signs; words are looked up as packed bytes. */
#include "model/typography.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define NBSP "\xc2\xa0"
#define LONGEST 16 /* bytes of a word that can be in a table */
#define MARKS 4    /* of punctuation that may stand before it */

typedef struct { guint64 a, b; } Word;
typedef struct { Word *slots; guint mask; gsize longest; } Words;

struct RnTypesetter {
	RnTypography rules;
	gsize open_len[2], close_len[2], dash_len;
	Words after, before;
	guint64 ends[LONGEST + 1][4]; /* by length: the last bytes of the words in `after`, as bits */
	gboolean idle;          /* no rule at all */
};

typedef struct {
	const RnTypesetter *setter;
	RnTypographyState *state;
	const char *text, *end, *done; /* done: up to here it is in OUT */
	const char *word;              /* where the word before P begins */
	GString *out;
} Run;

static gboolean pack (const char *text, gsize len, Word *word)
{
	if (!len || len > LONGEST)
		return FALSE;
	char bytes[LONGEST] = { 0 };
	memcpy (bytes, text, len);
	memcpy (word, bytes, sizeof *word);
	return TRUE;
}

static guint slot_of (Word word)
{
	return (guint) (((word.a ^ (word.b * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd)) >> 40);
}

static void words_add (Words *words, const char *text)
{
	Word word;
	gsize len = strlen (text);
	if (!pack (text, len, &word))
		return;
	words->longest = MAX (words->longest, len);
	guint at = slot_of (word) & words->mask;
	while (words->slots[at].a && (words->slots[at].a != word.a || words->slots[at].b != word.b))
		at = (at + 1) & words->mask;
	words->slots[at] = word;
}

static gboolean words_have (const Words *words, const char *text, gsize len)
{
	Word word;
	/* Most words are longer than any of the table. */
	if (len > words->longest || !pack (text, len, &word))
		return FALSE;
	for (guint at = slot_of (word) & words->mask; words->slots[at].a; at = (at + 1) & words->mask)
		if (words->slots[at].a == word.a && words->slots[at].b == word.b)
			return TRUE;
	return FALSE;
}

/* Each word as it is, with a capital, and in capitals, so that nothing is folded later. */
static void words_fill (Words *words, GHashTable *set)
{
	GHashTableIter iter;
	gpointer key;
	guint room = 16;
	if (!set || !g_hash_table_size (set))
		return;
	while (room < g_hash_table_size (set) * 8)
		room *= 2;
	words->slots = g_new0 (Word, room);
	words->mask = room - 1;
	g_hash_table_iter_init (&iter, set);
	while (g_hash_table_iter_next (&iter, &key, NULL)) {
		const char *word = key;
		g_autofree char *upper = g_utf8_strup (word, -1), *first = g_utf8_substring (upper, 0, 1);
		g_autofree char *capital = g_strconcat (first, *word ? g_utf8_next_char (word) : "", NULL);
		words_add (words, word);
		words_add (words, upper);
		words_add (words, capital);
	}
}

static void note_end (RnTypesetter *setter, const Word *word)
{
	guchar bytes[LONGEST + 1] = { 0 };
	memcpy (bytes, word, LONGEST);
	gsize len = strlen ((char *) bytes);
	if (len)
		setter->ends[len][bytes[len - 1] >> 6] |= G_GUINT64_CONSTANT (1) << (bytes[len - 1] & 63);
}

/* May a blank behind this word of N bytes have to be a no-break one? Nearly always not, and that is seen by its length and last byte. */
static inline gboolean may_join (const RnTypesetter *setter, const char *word, gsize n)
{
	guchar last = n ? (guchar) word[n - 1] : 0;
	if (g_ascii_isdigit (last) || (n <= LONGEST && setter->ends[n][last >> 6] >> (last & 63) & 1))
		return TRUE;
	return n <= LONGEST + MARKS && (g_ascii_ispunct (*word) || (n >= 3 && last == 0x96)); /* 0x96 ends the number sign */
}

RnTypesetter *rn_typesetter_new (const RnTypography *rules)
{
	RnTypesetter *setter = g_new0 (RnTypesetter, 1);
	setter->rules = *rules;
	for (int i = 0; i < 2; i++) {
		setter->open_len[i] = rules->open[i] ? strlen (rules->open[i]) : 0;
		setter->close_len[i] = rules->close[i] ? strlen (rules->close[i]) : 0;
	}
	setter->dash_len = rules->dash ? strlen (rules->dash) : 0;
	words_fill (&setter->after, rules->nbsp_after);
	for (guint i = 0; setter->after.slots && i <= setter->after.mask; i++)
		note_end (setter, &setter->after.slots[i]);
	words_fill (&setter->before, rules->nbsp_before);
	setter->idle = !setter->open_len[0] && !setter->dash_len && !setter->after.slots && !setter->before.slots;
	return setter;
}

void rn_typesetter_free (RnTypesetter *setter)
{
	if (!setter)
		return;
	g_free (setter->after.slots);
	g_free (setter->before.slots);
	g_free (setter);
}

/* Puts WITH in place of LEN bytes at P. */
static void put (Run *run, const char *p, gsize len, const char *with, gsize with_len)
{
	g_string_append_len (run->out, run->done, p - run->done);
	g_string_append_len (run->out, with, (gssize) with_len);
	run->done = p + len;
}

static gunichar char_before (const Run *run, const char *p)
{
	return p > run->text ? g_utf8_get_char (g_utf8_prev_char (p)) : run->state->before;
}

static gunichar char_after (const Run *run, const char *p)
{
	return p < run->end ? g_utf8_get_char (p) : run->state->after;
}

static gboolean opens (gunichar before)
{
	if (!before || g_unichar_isspace (before))
		return TRUE;
	GUnicodeType type = g_unichar_type (before);
	return type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_DASH_PUNCTUATION || before == '/';
}

/* A straight quote. One that closes nothing (inches) and one between blanks stay. */
static void set_quote (Run *run, const char *p)
{
	const RnTypesetter *setter = run->setter;
	RnTypographyState *state = run->state;
	gunichar before = char_before (run, p), after = char_after (run, p + 1);
	/* Behind a slash or a dash it opens a word, and closes what ends there: a sign named within quotes. */
	gboolean joined = state->depth && before && !g_unichar_isspace (before) && before != '(' && after != '"' && !g_unichar_isalnum (after);
	gboolean open = opens (before) && !(after && g_unichar_isspace (after)) && !joined;
	if (!setter->open_len[0])
		return;
	if (open) {
		guint level = state->depth && setter->open_len[1] ? 1 : 0;
		put (run, p, 1, setter->rules.open[level], setter->open_len[level]);
		state->depth++;
	} else if (state->depth && !(before && g_unichar_isspace (before))) {
		state->depth--;
		guint level = state->depth && setter->close_len[1] ? 1 : 0;
		put (run, p, 1, setter->rules.close[level], setter->close_len[level]);
	}
}

/* Signs that stand there already set: they count as open quotes, and a dash holds on to the word before it. */
static gsize set_sign (Run *run, const char *p)
{
	const RnTypesetter *setter = run->setter;
	gsize left = (gsize) (run->end - p);
	for (int i = 0; i < 2; i++) {
		gsize n = setter->open_len[i];
		if (n && n <= left && !memcmp (p, setter->rules.open[i], n)) {
			run->state->depth++;
			return n;
		}
		n = setter->close_len[i];
		if (n && n <= left && !memcmp (p, setter->rules.close[i], n)) {
			if (run->state->depth)
				run->state->depth--;
			return n;
		}
	}
	gsize n = setter->dash_len;
	if (n && setter->rules.dash_nbsp && n <= left && !memcmp (p, setter->rules.dash, n) && p > run->text + 1 && p[-1] == ' ' &&
	    p - 1 >= run->done && char_after (run, p + n) == ' ')
		put (run, p - 1, 1, NBSP, 2);
	return 1;
}

/* Hyphens at P: one between blanks, or two or three, are a dash. Returns how many there are. */
static gsize set_hyphens (Run *run, const char *p)
{
	const RnTypesetter *setter = run->setter;
	gsize n = 1;
	while (p + n < run->end && p[n] == '-')
		n++;
	if (!setter->dash_len || n > 3)
		return n;
	gunichar before = char_before (run, p), after = char_after (run, p + n);
	if (before == ' ' && p > run->text && after == ' ' && (p - 1 > run->text || run->state->before)) {
		/* The blank may have been joined to a short word already. */
		if (setter->rules.dash_nbsp && p - 1 >= run->done)
			put (run, p - 1, 1, NBSP, 2);
		put (run, p, n, setter->rules.dash, setter->dash_len);
	} else if (n > 1 && before && after && (g_unichar_isalnum (before) || g_unichar_ispunct (before)) && g_unichar_isalnum (after))
		put (run, p, n, setter->rules.dash, setter->dash_len);
	return n;
}

/* Does what follows the number belong to it: a unit, a per cent sign, the next three digits? */
static gboolean continues_number (const Run *run, const char *number, const char *p)
{
	const char *q = p + 1, *digits = number;
	gsize left = (gsize) (run->end - q);
	if (left && *q == '%')
		return TRUE;
	while (digits > run->word && g_ascii_isdigit (digits[-1]))
		digits--;
	if (left >= 3 && p - digits <= 3 && g_ascii_isdigit (q[0]) && g_ascii_isdigit (q[1]) && g_ascii_isdigit (q[2]) &&
	    (left == 3 || !g_ascii_isdigit (q[3])))
		return TRUE;
	gsize n = 0;
	while (n < left && n <= LONGEST && q[n] != ' ')
		n++;
	/* "5 km)." is tried as "km).", "km)", "km". */
	for (; n && n <= LONGEST; n--) {
		if (words_have (&run->setter->before, q, n))
			return TRUE;
		if (!g_ascii_ispunct (q[n - 1]))
			return FALSE;
	}
	return FALSE;
}

static void set_blank (Run *run, const char *p)
{
	const char *word = run->word;
	/* The end of a text is the begin of other markup: it follows after the blank. */
	char next = p + 1 < run->end ? p[1] : 0;
	if (p == word || next == ' ' || (!next && run->state->after == ' ') || (word == run->text && g_unichar_isalnum (run->state->before)))
		return;
	while (word < p && g_ascii_ispunct (*word))
		word++;
	gboolean joined = words_have (&run->setter->after, word, (gsize) (p - word)) ||
	                  (g_ascii_isdigit (p[-1]) && continues_number (run, p, p)) ||
	                  (p - word == 3 && !memcmp (word, "\xe2\x84\x96", 3) && g_ascii_isdigit (next));
	if (joined)
		put (run, p, 1, NBSP, 2);
}

/* 1: a blank; 2: a quote; 3: a hyphen; 4: the first byte of a sign that may matter. */
static const guint8 stops[256] = { [' '] = 1, ['"'] = 2, ['-'] = 3, [0xc2] = 4, [0xe2] = 4 };

/* The next byte that a rule may look at: sixteen at a time where the processor can, as nearly all are letters. */
static inline const char *next_stop (const char *p, const char *end)
{
#ifdef __SSE2__
	const __m128i blank = _mm_set1_epi8 (' '), quote = _mm_set1_epi8 ('"'), hyphen = _mm_set1_epi8 ('-');
	const __m128i two = _mm_set1_epi8 ((char) 0xc2), three = _mm_set1_epi8 ((char) 0xe2);
	for (; end - p >= 16; p += 16) {
		const __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) p);
		__m128i found = _mm_or_si128 (_mm_cmpeq_epi8 (bytes, blank), _mm_cmpeq_epi8 (bytes, quote));
		found = _mm_or_si128 (found, _mm_or_si128 (_mm_cmpeq_epi8 (bytes, two), _mm_cmpeq_epi8 (bytes, three)));
		int hits = _mm_movemask_epi8 (_mm_or_si128 (found, _mm_cmpeq_epi8 (bytes, hyphen)));
		if (hits)
			return p + __builtin_ctz ((unsigned) hits);
	}
#endif
	while (p < end && !stops[(guchar) *p])
		p++;
	return p;
}

gboolean rn_typography_set (const RnTypesetter *setter, RnTypographyState *state, const char *text, gsize len, GString *out)
{
	Run run = { setter, state, text, text + len, text, text, out };
	if (!len)
		return FALSE;
	const char *p = text;
	while (!setter->idle) {
		p = next_stop (p, run.end);
		if (p == run.end)
			break;
		switch (stops[(guchar) *p]) {
		case 1:
			if (may_join (setter, run.word, (gsize) (p - run.word)))
				set_blank (&run, p);
			run.word = ++p;
			break;
		case 2: set_quote (&run, p), run.word = ++p; break;
		case 3: p += set_hyphens (&run, p), run.word = p; break;
		default: {
			gsize n = set_sign (&run, p);
			p += n;
			if (n > 1)
				run.word = p;
		}
		}
	}
	state->before = g_utf8_get_char (g_utf8_prev_char (run.end));
	if (run.done == text)
		return FALSE;
	g_string_append_len (out, run.done, run.end - run.done);
	return TRUE;
}

const char *rn_typography_line (const RnLanguage *language, const char *text, RnArena *arena)
{
	RnTypographyState state = { 0 };
	if (!text || !language->typesetter)
		return text;
	g_autoptr (GString) set = g_string_new (NULL);
	return rn_typography_set (language->typesetter, &state, text, strlen (text), set) ? rn_arena_strndup (arena, set->str, (gssize) set->len) : text;
}
