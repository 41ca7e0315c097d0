/* sieve.c - a bit for each three bytes of a text that end with a punctuation mark. */
#include "base/sieve.h"

#include <string.h>

#define HIGH G_GUINT64_CONSTANT (0x8080808080808080)
#define BLANKS G_GUINT64_CONSTANT (0x2020202020202020)

struct RnSieve { guint shift; guint32 bits[]; }; /* 2 ^ (32 - shift) bits */

/* Where the three bytes that end at P have their bit. */
static guint32 place_of (const char *p, guint shift)
{
	const guint32 three = (guint32) (guchar) p[-2] << 16 | (guint32) (guchar) p[-1] << 8 | (guchar) p[0];
	return three * 2654435761u >> shift; /* Knuth's multiplicative hash */
}

/* Of the N bytes at TEXT, eight at most, the highest bit of each that is ASCII and not a blank: letters of other alphabets and what parts words are passed over together. */
static guint64 plain_of (const char *text, gsize n)
{
	guint64 eight = BLANKS;
	memcpy (&eight, text, n);
	eight = GUINT64_FROM_LE (eight);
	const guint64 other = eight ^ BLANKS;
	return ((other & ~HIGH) + ~HIGH) & ~eight & HIGH;
}

const RnSieve *rn_sieve_new (RnArena *arena, const char *text, gsize len)
{
	/* Half as many bits as bytes: where each twentieth byte is a mark, a tenth of the bits are set. */
	const guint log = CLAMP (g_bit_storage (len / 2), 8, 20);
	RnSieve *sieve = rn_arena_alloc (arena, sizeof *sieve + ((gsize) 1 << log) / 8);
	sieve->shift = 32 - log;
	for (gsize i = 0; i < len; i += 8) {
		for (guint64 plain = plain_of (text + i, MIN (len - i, 8)); plain; plain &= plain - 1) {
			const gsize at = i + (gsize) __builtin_ctzll (plain) / 8;
			if (at >= 2 && g_ascii_ispunct (text[at])) {
				const guint32 bit = place_of (text + at, sieve->shift);
				sieve->bits[bit / 32] |= 1u << bit % 32;
			}
		}
	}
	return sieve;
}

gboolean rn_sieve_may_have (const RnSieve *sieve, const char *words, gsize len)
{
	for (gsize i = 2; sieve && i < len; i++) {
		const guint32 at = g_ascii_ispunct (words[i]) ? place_of (words + i, sieve->shift) : 0;
		if (g_ascii_ispunct (words[i]) && !(sieve->bits[at / 32] & 1u << at % 32))
			return FALSE;
	}
	return TRUE;
}
