/* sieve.c - a bit for each three bytes of a text that end with a punctuation mark. */
#include "base/sieve.h"

#include <string.h>

#define HIGH G_GUINT64_CONSTANT (0x8080808080808080)

struct RnSieve { guint shift; guint32 bits[]; }; /* 2 ^ (32 - shift) bits */

/* Where the three bytes that end at P have their bit. */
static guint32 place_of (const char *p, guint shift)
{
	const guint32 three = (guint32) (guchar) p[-2] << 16 | (guint32) (guchar) p[-1] << 8 | (guchar) p[0];
	return three * 2654435761u >> shift; /* Knuth's multiplicative hash */
}

const RnSieve *rn_sieve_new (RnArena *arena, const char *text, gsize len)
{
	/* Half as many bits as bytes: where each twentieth byte is a mark, a tenth of the bits are set. */
	const guint log = CLAMP (g_bit_storage (len / 2), 8, 20);
	RnSieve *sieve = rn_arena_alloc (arena, sizeof *sieve + ((gsize) 1 << log) / 8);
	sieve->shift = 32 - log;
	for (gsize i = 2; i < len; i++) {
		guint64 eight = 0;
		/* Letters that are not Latin have no byte below 128: four of them at once. */
		while (i + sizeof eight <= len && (memcpy (&eight, text + i, sizeof eight), (eight & HIGH) == HIGH))
			i += sizeof eight;
		if (i < len && g_ascii_ispunct (text[i])) {
			const guint32 at = place_of (text + i, sieve->shift);
			sieve->bits[at / 32] |= 1u << at % 32;
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
