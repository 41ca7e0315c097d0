/* bits.h - a stream of bits, the most significant first, as SHARDS.md writes numbers. */
#ifndef RN_SEARCH_BITS_H
#define RN_SEARCH_BITS_H

#include <glib.h>

typedef struct { guint8 *bytes; gsize bits, room; } RnBits;    /* begins as zeros; room: bytes */

void rn_bits_clear (RnBits *bits);

/* N of VALUE's bits, 56 at most; the others must be 0. */
void rn_bits_put (RnBits *bits, guint64 value, guint n);

/* VALUE from 1 to 2^28. */
void rn_bits_gamma (RnBits *bits, guint value);

/* VALUE below N, truncated binary. */
void rn_bits_minimal (RnBits *bits, guint value, guint n);

/* N increasing numbers from LOW to HIGH, binary interpolative. */
void rn_bits_set (RnBits *bits, const guint32 *numbers, guint n, guint low, guint high);

void rn_bits_append (RnBits *bits, const RnBits *more);

/* Takes away all behind the first KEPT bits. */
void rn_bits_cut (RnBits *bits, gsize kept);

/* Bytes that hold them; the last is filled with zeros. */
#define rn_bits_bytes(b) (((b)->bits + 7) / 8)

#endif
