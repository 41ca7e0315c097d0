/*
 * patterns.c - files of patterns and of exceptions -> the trie.
 *
 * Patterns: the first line names the encoding; then a pattern a line, % begins a comment, words in capital ASCII letters are Hunspell's settings, and
 * after \hyphenation{ come words with their breaks, as in TeX. Patterns that change the spelling where they part (a/b,1,2) are passed over.
 */
#include "print/hyphenate-int.h"
#include "base/text.h"

#include <string.h>

/* Beyond what any word may have: see hyphenate.h. */
#define LONGEST 64

/* Values above those of patterns, 0 to 9. The file of patterns' own words give way to those of the language's exceptions. */
enum { FILE_WORD = 10, PART = 12, WORD = 14 };

typedef struct {
	RnPatterns *patterns;
	RnLetters  *letters;
	guint8 codes[LONGEST + 2], values[LONGEST + 3];
	guint  n;
} Reader;

/* The character at *P in small letters, and on to the next. */
static gunichar next_char (const char **p)
{
	gunichar c = g_unichar_tolower (g_utf8_get_char (*p));
	*p = g_utf8_next_char (*p);
	return c;
}

static gboolean add_letter (Reader *reader, guint8 code)
{
	if (!code || reader->n == LONGEST)
		return FALSE;
	reader->codes[reader->n++] = code;
	return TRUE;
}

/* A word with hyphens where it may be parted: at each place VALUE, and one more for a break. A star at an end: any word that goes on there. The
 * place where it went wrong, or NULL. */
static const char *add_word (Reader *reader, const char *word, const char *end, guint8 word_value, guint8 part_value)
{
	gboolean open = *word == '*', goes_on = end - word > 1 && end[-1] == '*';
	guint8 value = open || goes_on ? part_value : word_value;
	const char *p = word + (open ? 1 : 0), *stop = end - (goes_on ? 1 : 0);
	memset (reader->values, 0, sizeof reader->values);
	reader->n = 0;
	if (!open)
		reader->codes[reader->n++] = RN_LETTER_END;
	guint first = reader->n;
	while (p < stop) {
		const char *at = p;
		gunichar c = next_char (&p);
		if (c == '-')
			reader->values[reader->n] = value + 1;
		else if (!g_unichar_isalpha (c) || !add_letter (reader, rn_letters_add (reader->letters, c)))
			return at;
	}
	if (reader->n == first)
		return word;
	for (guint i = first + 1; i < reader->n; i++)
		reader->values[i] = MAX (reader->values[i], value);
	/* Nothing is parted before a word's first letter, or after its last. */
	if (!goes_on) {
		reader->values[reader->n] = 0;
		reader->codes[reader->n++] = RN_LETTER_END;
	}
	if (!open)
		reader->values[0] = reader->values[1] = 0;
	rn_patterns_add (reader->patterns, reader->codes, reader->n, reader->values);
	return NULL;
}

/* "2b1c", ".a1b". FALSE: it is none. */
static gboolean add_pattern (Reader *reader, const char *p, const char *end)
{
	memset (reader->values, 0, sizeof reader->values);
	reader->n = 0;
	while (p < end) {
		gunichar c = next_char (&p);
		if (g_ascii_isdigit ((char) c) && c < 0x80)
			reader->values[reader->n] = (guint8) (c - '0');
		else if (!add_letter (reader, c == '.' ? RN_LETTER_END : rn_letters_add (reader->letters, c)))
			return FALSE;
	}
	if (reader->n)
		rn_patterns_add (reader->patterns, reader->codes, reader->n, reader->values);
	return TRUE;
}

static const char *line_end (const char *p, const char *end)
{
	const char *newline = memchr (p, '\n', (gsize) (end - p));
	return newline ? newline : end;
}

/* [*P, end) without its blanks, and without what follows MARK. */
static const char *trim (const char **p, const char *end, char mark)
{
	const char *comment = memchr (*p, mark, (gsize) (end - *p));
	end = comment ? comment : end;
	while (*p < end && g_ascii_isspace (**p))
		(*p)++;
	while (end > *p && g_ascii_isspace (end[-1]))
		end--;
	return end;
}

static gboolean is_setting (const char *p, const char *end)
{
	return end - p > 3 && g_ascii_isupper (p[0]) && g_ascii_isupper (p[1]) && g_ascii_isupper (p[2]);
}

/* The text after the first line in UTF-8, or NULL after a fault. */
static char *decode (const char *text, gsize len, RnPatternFault fault, gpointer user, gsize *decoded)
{
	const char *p = text, *first = line_end (text, text + len), *end = trim (&p, first, '%');
	/* Hunspell's name for it. */
	if (g_str_has_prefix (p, "microsoft-"))
		p += strlen ("microsoft-");
	g_autofree char *encoding = g_strndup (p, (gsize) (end - p));
	g_autoptr (GError) error = NULL;
	char *utf8 = NULL;
	if (*encoding && g_utf8_validate (encoding, -1, NULL))
		utf8 = g_convert (first, (gssize) (len - (gsize) (first - text)), "UTF-8", encoding, NULL, decoded, &error);
	if (!utf8 && (!error || g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))) {
		g_autofree char *shown = g_utf8_make_valid (encoding, MIN ((gssize) strlen (encoding), 40));
		g_autofree char *message = g_strdup_printf ("its first line must name its encoding, such as UTF-8, and is '%s'", shown);
		fault (user, 1, 1, message);
	} else if (!utf8 || rn_text_invalid_at (utf8, *decoded) >= 0) {
		g_autofree char *message = g_strdup_printf ("it is not in the encoding that its first line names, %s", encoding);
		fault (user, 0, 0, message);
		g_clear_pointer (&utf8, g_free);
	}
	return utf8;
}

gboolean rn_patterns_read (RnPatterns *patterns, RnLetters *letters, const char *text, gsize len, RnPatternFault fault, gpointer user)
{
	Reader reader = { .patterns = patterns, .letters = letters };
	gboolean words = FALSE;
	gsize decoded = 0;
	guint line = 1, found = 0;
	g_autofree char *utf8 = decode (text, len, fault, user, &decoded);
	if (!utf8)
		return FALSE;
	for (const char *p = utf8, *stop = utf8 + decoded, *next; p < stop; p = next, line++) {
		const char *newline = line_end (p, stop), *end = trim (&p, newline, '%');
		next = newline < stop ? newline + 1 : stop;
		if (p == end || is_setting (p, end) || memchr (p, '/', (gsize) (end - p)))
			continue;
		if (*p == '\\' || *p == '}') {
			words = g_str_has_prefix (p, "\\hyphenation");
			continue;
		}
		if (words ? add_word (&reader, p, end, FILE_WORD, FILE_WORD) != NULL : !add_pattern (&reader, p, end)) {
			fault (user, line, 1, words ? "this is not a word with hyphens" : "this is not a pattern such as 1ab, or has too many letters");
			return FALSE;
		}
		found++;
	}
	if (!found)
		fault (user, 0, 0, "it has no patterns");
	return found > 0;
}

gboolean rn_exceptions_read (RnPatterns *patterns, RnLetters *letters, const char *text, gsize len, RnPatternFault fault, gpointer user)
{
	Reader reader = { .patterns = patterns, .letters = letters };
	guint line = 1;
	gssize invalid = rn_text_invalid_at (text, len);
	if (invalid >= 0) {
		guint col;
		rn_text_position (text, len, (gsize) invalid, &line, &col);
		fault (user, line, col, "it is not valid UTF-8");
		return FALSE;
	}
	gsize mark = g_str_has_prefix (text, "\xef\xbb\xbf") ? 3 : 0;
	for (const char *p = text + mark, *stop = text + len, *next; p < stop; p = next, line++) {
		const char *start = p, *newline = line_end (p, stop), *end = trim (&p, newline, '#');
		next = newline < stop ? newline + 1 : stop;
		const char *wrong = p < end ? add_word (&reader, p, end, WORD, PART) : NULL;
		if (wrong)
			fault (user, line, (guint) g_utf8_pointer_to_offset (start, wrong) + 1, "one word stands in a line, its breaks marked by hyphens");
	}
	return TRUE;
}
