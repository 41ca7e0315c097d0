/*
 * parallel_rows.c - which blocks of several texts stand beside each other.
 *
 * In: the texts as lists of headings and other blocks. Out: rows. Invariant: every block is in exactly one row, and each text's blocks stay in their order.
 */
#include "print/booklet-int.h"

typedef struct { GArray *const *texts; guint n; GArray *rows; } Pairing;

static const RnParallelBlock *nth (const Pairing *pairing, guint k, guint i)
{
	return &g_array_index (pairing->texts[k], RnParallelBlock, i);
}

/* Block i with block i, from FROM to TO of each text. */
static void pair_by_order (Pairing *pairing, const guint *from, const guint *to)
{
	guint longest = 0;
	for (guint k = 0; k < pairing->n; k++)
		longest = MAX (longest, to[k] - from[k]);
	for (guint i = 0; i < longest; i++)
		for (guint k = 0; k < pairing->n; k++) {
			const gint at = from[k] + i < to[k] ? (gint) (from[k] + i) : -1;
			g_array_append_val (pairing->rows, at);
		}
}

static guint next_heading (const Pairing *pairing, guint k, guint from, guint to)
{
	while (from < to && nth (pairing, k, from)->level == 0)
		from++;
	return from;
}

/* Have all texts the same levels of headings between FROM and TO? */
static gboolean agree (const Pairing *pairing, const guint *from, const guint *to)
{
	g_autofree guint *at = g_memdup2 (from, sizeof *from * pairing->n);
	for (;;) {
		guint ended = 0;
		for (guint k = 0; k < pairing->n; k++) {
			at[k] = next_heading (pairing, k, at[k], to[k]);
			ended += at[k] == to[k];
		}
		if (ended > 0)
			return ended == pairing->n;
		for (guint k = 1; k < pairing->n; k++)
			if (nth (pairing, k, at[k])->level != nth (pairing, 0, at[0])->level)
				return FALSE;
		for (guint k = 0; k < pairing->n; k++)
			at[k]++;
	}
}

/* Between two headings that belong together: by headings in their order where these agree, else block by block. */
static void pair_stretch (Pairing *pairing, const guint *from, const guint *to)
{
	g_autofree guint *at = g_memdup2 (from, sizeof *from * pairing->n), *end = g_memdup2 (to, sizeof *to * pairing->n);
	gboolean more = agree (pairing, from, to);
	while (more) {
		for (guint k = 0; k < pairing->n; k++) {
			end[k] = next_heading (pairing, k, at[k], to[k]);
			more = more && end[k] < to[k];
		}
		pair_by_order (pairing, at, end);
		for (guint k = 0; k < pairing->n && more; k++) {
			const gint heading = (gint) end[k]++;
			g_array_append_val (pairing->rows, heading);
		}
		for (guint k = 0; k < pairing->n; k++)
			at[k] = end[k];
	}
	pair_by_order (pairing, at, to);
}

/* By text: anchor -> its number plus one. The first of a name counts. */
static GHashTable *anchors_of (const Pairing *pairing, guint k)
{
	GHashTable *anchors = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = pairing->texts[k]->len; i-- > 0;)
		if (nth (pairing, k, i)->anchor)
			g_hash_table_insert (anchors, (gpointer) nth (pairing, k, i)->anchor, GUINT_TO_POINTER (i + 1));
	return anchors;
}

GArray *rn_parallel_rows (GArray *const *texts, guint n)
{
	Pairing pairing = { texts, n, g_array_new (FALSE, FALSE, sizeof (gint)) };
	g_autofree guint *from = g_new0 (guint, n), *to = g_new0 (guint, n);
	g_autofree GHashTable **anchors = g_new0 (GHashTable *, n);
	for (guint k = 0; k < n; k++)
		anchors[k] = anchors_of (&pairing, k);
	for (guint i = 0; i < texts[0]->len; i++) {
		const char *anchor = nth (&pairing, 0, i)->anchor;
		gboolean everywhere = anchor && i >= from[0];
		to[0] = i;
		for (guint k = 1; k < n && everywhere; k++) {
			const guint at = GPOINTER_TO_UINT (g_hash_table_lookup (anchors[k], anchor));
			everywhere = at > from[k];
			to[k] = at - 1;
		}
		if (!everywhere)
			continue;
		pair_stretch (&pairing, from, to);
		for (guint k = 0; k < n; k++) {
			const gint heading = (gint) to[k];
			g_array_append_val (pairing.rows, heading);
			from[k] = to[k] + 1;
		}
	}
	for (guint k = 0; k < n; k++)
		to[k] = texts[k]->len;
	pair_stretch (&pairing, from, to);
	for (guint k = 0; k < n; k++)
		g_hash_table_unref (anchors[k]);
	return pairing.rows;
}
