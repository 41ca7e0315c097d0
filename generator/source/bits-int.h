/* bits-int.h - a set of small numbers that grows by itself; NULL is the empty one. */
#ifndef RN_SOURCE_BITS_INT_H
#define RN_SOURCE_BITS_INT_H

#include <glib.h>

static inline gboolean has_bit (const GArray *bits, guint i)
{
	return bits && i / 64 < bits->len && (g_array_index (bits, guint64, i / 64) >> (i % 64) & 1);
}

static inline void set_bit (GArray **bits, guint i)
{
	if (*bits == NULL)
		*bits = g_array_new (FALSE, TRUE, sizeof (guint64));
	if ((*bits)->len <= i / 64)
		g_array_set_size (*bits, i / 64 + 1);
	g_array_index (*bits, guint64, i / 64) |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static inline void clear_bit (GArray *bits, guint i)
{
	if (i / 64 < bits->len)
		g_array_index (bits, guint64, i / 64) &= ~(G_GUINT64_CONSTANT (1) << (i % 64));
}

/* Hands all of *FROM to *TO. */
static inline void hand_on (GArray **from, GArray **to)
{
	if (*from == NULL)
		return;
	if (*to == NULL) {
		*to = g_steal_pointer (from);
		return;
	}
	if ((*to)->len < (*from)->len)
		g_array_set_size (*to, (*from)->len);
	for (guint i = 0; i < (*from)->len; i++)
		g_array_index (*to, guint64, i) |= g_array_index (*from, guint64, i);
	g_array_free (g_steal_pointer (from), TRUE);
}

#endif
