/* bits.c - numbers -> bits. Invariant: bits behind the end are 0, so that a number is added by one "or". */
#include "search/bits.h"

#include <string.h>

void rn_bits_clear (RnBits *bits)
{
	g_free (bits->bytes);
	*bits = (RnBits) { 0 };
}

void rn_bits_put (RnBits *bits, guint64 value, guint n)
{
	guint64 word;
	gsize at = bits->bits / 8;
	if (!n)
		return;
	if (at + sizeof word > bits->room) {
		gsize room = MAX (bits->room * 2, 256);
		bits->bytes = g_realloc (bits->bytes, room);
		memset (bits->bytes + bits->room, 0, room - bits->room);
		bits->room = room;
	}
	memcpy (&word, bits->bytes + at, sizeof word);
	word |= GUINT64_TO_BE (value << (64 - n - bits->bits % 8));
	memcpy (bits->bytes + at, &word, sizeof word);
	bits->bits += n;
}

void rn_bits_gamma (RnBits *bits, guint value)
{
	guint n = g_bit_storage (value);
	rn_bits_put (bits, value, 2 * n - 1);
}

void rn_bits_minimal (RnBits *bits, guint value, guint n)
{
	guint k = g_bit_storage (n) - 1, spare = (guint) (((guint64) 2 << k) - n);
	if (value < spare)
		rn_bits_put (bits, value, k);
	else
		rn_bits_put (bits, value + spare, k + 1);
}

void rn_bits_set (RnBits *bits, const guint32 *numbers, guint n, guint low, guint high)
{
	while (n) {
		guint m = n / 2, middle = numbers[m];
		rn_bits_minimal (bits, middle - low - m, high - low + 2 - n);
		if (m)
			rn_bits_set (bits, numbers, m, low, middle - 1);
		low = middle + 1;
		numbers += m + 1;
		n -= m + 1;
	}
}

void rn_bits_append (RnBits *bits, const RnBits *more)
{
	gsize at = 0;
	for (; at + 8 <= more->bits; at += 8)
		rn_bits_put (bits, more->bytes[at / 8], 8);
	if (at < more->bits)
		rn_bits_put (bits, more->bytes[at / 8] >> (8 - (more->bits - at)), (guint) (more->bits - at));
}

void rn_bits_cut (RnBits *bits, gsize kept)
{
	gsize first = kept / 8, end = rn_bits_bytes (bits);
	if (kept % 8)
		bits->bytes[first++] &= (guint8) (0xff00 >> kept % 8);
	if (end > first)
		memset (bits->bytes + first, 0, end - first);
	bits->bits = kept;
}
