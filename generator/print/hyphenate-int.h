/*
 * hyphenate-int.h - between the rules of hyphenation, the files that hold them, and the trie that applies them.
 *
 * Franklin Mark Liang: Word Hy-phen-a-tion by Com-put-er (1983). A pattern is a part of a word with a value before, between and after its letters; of all
 * patterns that a word contains, the greatest value at a place counts: odd parts the word there, even forbids it. Exceptions are
 * patterns too, with values above all others.
 */
#ifndef RN_PRINT_HYPHENATE_INT_H
#define RN_PRINT_HYPHENATE_INT_H

#include <glib.h>

/* Letters as small numbers, capitals as their small ones: 0 a letter that no pattern has; 1 a word's end. RN_LETTER_CAPITAL is set on what was one. */
enum { RN_LETTER_UNKNOWN = 0, RN_LETTER_END = 1, RN_LETTER_CAPITAL = 0x80, RN_LETTERS = 0x80 };

typedef struct {
	guint8  page_of[256];         /* a letter's high byte -> its page; page 0 holds nothing */
	guint8 (*pages)[256];
	guint   n_pages, n;
} RnLetters;

void   rn_letters_init (RnLetters *letters);
void   rn_letters_clear (RnLetters *letters);
/* The number of small letter C, from now on if it had none; 0: there are too many, or it is not in the BMP. */
guint8 rn_letters_add (RnLetters *letters, gunichar c);
/* C (and its capital) counts as the letter CODE. */
gboolean rn_letters_set (RnLetters *letters, gunichar c, guint8 code);

static inline guint8 rn_letters_get (const RnLetters *letters, gunichar c)
{
	return c < 0x10000 ? letters->pages[letters->page_of[c >> 8]][c & 0xff] : 0;
}

typedef struct RnPatterns RnPatterns;

/* Built by adding, then packed once; read-only from then on. */
RnPatterns *rn_patterns_new (void);
void        rn_patterns_free (RnPatterns *patterns);
/* CODES: N letters' numbers, RN_LETTER_END included; VALUES: N + 1 of them. What is added twice has the greater values of both. */
void        rn_patterns_add (RnPatterns *patterns, const guint8 *codes, guint n, const guint8 *values);
void        rn_patterns_pack (RnPatterns *patterns);
/* CODES: a word between two RN_LETTER_END, N in all. Raises VALUES (N + 1, before each letter) to those of the patterns within. */
void        rn_patterns_match (const RnPatterns *patterns, const guint8 *codes, guint n, guint8 *values);

/* What is wrong: in which line (0: in no single one) and column. */
typedef void (*RnPatternFault) (gpointer user, guint line, guint col, const char *text);

/* Adds TEXT, a file of Hunspell or TeX, to both; what is wrong goes to FAULT. FALSE: the file cannot be used. */
gboolean    rn_patterns_read (RnPatterns *patterns, RnLetters *letters, const char *text, gsize len, RnPatternFault fault, gpointer user);
/* Adds a file of exceptions. A line that cannot be read is passed over. */
gboolean    rn_exceptions_read (RnPatterns *patterns, RnLetters *letters, const char *text, gsize len, RnPatternFault fault, gpointer user);

#endif
