/*
 * symbols.c - texts -> one byte for each piece that is written often, by the fewest bytes; and which pieces these are.
 *
 * Training begins with nothing and goes in rounds: the sample is written with the pieces of the round before, those that save most are kept, and two
 * that often follow each other become one.
 */
#include "search/shards-int.h"

#include <stdlib.h>
#include <string.h>

#define END 0
#define ESCAPE 255
#define ESCAPE_BYTES 3
#define ROUNDS 6
#define TRIE 8192               /* places of the trie's edges, a power of two; there are at most RN_SYMBOLS x RN_SYMBOL_UNITS */

typedef struct { guint32 key; guint16 to; } Edge;     /* key: the node << 16 | the unit; to 0: free */

/* What the text from here on costs, and the symbol that begins it: its place + 1; 0: the unit itself. */
typedef struct { guint32 cost, symbol; } Step;

struct RnSymbols {
	guint16 units[RN_SYMBOLS][RN_SYMBOL_UNITS];
	guint8 lengths[RN_SYMBOLS]; guint n;
	Edge edges[TRIE];
	guint8 ends[RN_SYMBOLS * RN_SYMBOL_UNITS + 1];    /* by node: the symbol that ends there, its place + 1 */
	guint nodes;
	Step *steps; guint room;
};

static inline Edge *edge_of (RnSymbols *symbols, guint node, guint16 unit)
{
	guint32 key = (guint32) node << 16 | unit, at = (key * 2654435761u) >> 19;
	while (symbols->edges[at].to && symbols->edges[at].key != key)
		at = (at + 1) & (TRIE - 1);
	return &symbols->edges[at];
}

static void clear_trie (RnSymbols *symbols)
{
	memset (symbols->edges, 0, sizeof symbols->edges);
	memset (symbols->ends, 0, sizeof symbols->ends);
	symbols->n = symbols->nodes = 0;
}

static void add_symbol (RnSymbols *symbols, RnUnits text)
{
	guint node = 0;
	for (guint i = 0; i < text.n; i++) {
		Edge *edge = edge_of (symbols, node, text.units[i]);
		if (!edge->to)
			*edge = (Edge) { (guint32) node << 16 | text.units[i], (guint16) ++symbols->nodes };
		node = edge->to;
	}
	memcpy (symbols->units[symbols->n], text.units, text.n * sizeof *text.units);
	symbols->lengths[symbols->n] = (guint8) text.n;
	symbols->ends[node] = (guint8) ++symbols->n;
}

/* The cheapest way from each place of TEXT; of equal ones that with the longest symbol. */
static const Step *find_steps (RnSymbols *symbols, RnUnits text)
{
	if (text.n >= symbols->room)
		symbols->steps = g_renew (Step, symbols->steps, symbols->room = text.n * 2 + 256);
	Step *steps = symbols->steps;
	steps[text.n] = (Step) { 0, 0 };
	for (guint i = text.n; i--;) {
		guint node = 0;
		steps[i] = (Step) { steps[i + 1].cost + ESCAPE_BYTES, 0 };
		for (guint k = i; k < text.n; k++) {
			node = edge_of (symbols, node, text.units[k])->to;
			if (!node)
				break;
			if (symbols->ends[node] && steps[k + 1].cost + 1 <= steps[i].cost)
				steps[i] = (Step) { steps[k + 1].cost + 1, symbols->ends[node] };
		}
	}
	return steps;
}

void rn_symbols_write (RnSymbols *symbols, RnUnits text, GByteArray *out)
{
	const Step *steps = find_steps (symbols, text);
	for (guint i = 0; i < text.n; i += steps[i].symbol ? symbols->lengths[steps[i].symbol - 1] : 1) {
		const guint8 bytes[] = { (guint8) steps[i].symbol, (guint8) (text.units[i] >> 8), (guint8) text.units[i] };
		const guint8 escape[] = { ESCAPE, bytes[1], bytes[2] };
		g_byte_array_append (out, steps[i].symbol ? bytes : escape, steps[i].symbol ? 1 : ESCAPE_BYTES);
	}
	g_byte_array_append (out, (const guint8[]) { END }, 1);
}

void rn_symbols_list (const RnSymbols *symbols, GString *out)
{
	for (guint i = 0; i < symbols->n; i++) {
		g_autofree char *text = g_utf16_to_utf8 (symbols->units[i], symbols->lengths[i], NULL, NULL, NULL);
		g_string_append_printf (out, "%s%s", i ? "\n" : "", text);
	}
}

void rn_symbols_free (RnSymbols *symbols)
{
	if (!symbols)
		return;
	g_free (symbols->steps);
	g_free (symbols);
}

/* --- training ------------------------------------------------------------------------------------------------------------------ */

typedef struct { guint16 units[RN_SYMBOL_UNITS]; guint32 n, times; } Piece;

static guint piece_hash (gconstpointer data)
{
	const Piece *piece = data;
	guint hash = piece->n;
	for (guint i = 0; i < piece->n; i++)
		hash = (hash ^ piece->units[i]) * 2654435761u;
	return hash ^ hash >> 15;
}

static gboolean piece_equal (gconstpointer left, gconstpointer right)
{
	const Piece *a = left, *b = right;
	return a->n == b->n && !memcmp (a->units, b->units, a->n * sizeof *a->units);
}

/* What the piece saves, about: more than half of its letters would be symbols of their own, but a letter without one costs three bytes. */
static guint64 saved (const Piece *piece)
{
	return (guint64) piece->times * (piece->n > 1 ? 2 * piece->n - 1 : 4);
}

static int by_saved (gconstpointer left, gconstpointer right)
{
	const Piece *a = *(const Piece *const *) left, *b = *(const Piece *const *) right;
	if (saved (a) != saved (b))
		return saved (a) > saved (b) ? -1 : 1;
	return rn_units_compare ((RnUnits) { a->units, a->n }, (RnUnits) { b->units, b->n });
}

static void count_piece (GHashTable *pieces, RnArena *arena, RnUnits text)
{
	Piece piece = { .n = text.n };
	for (guint i = 0; i < text.n; i++)
		if (text.units[i] == '\n' || (text.units[i] & 0xf800) == 0xd800)
			return;
	memcpy (piece.units, text.units, text.n * sizeof *text.units);
	Piece *known = g_hash_table_lookup (pieces, &piece);
	if (!known) {
		known = rn_arena_new0 (arena, Piece);
		*known = piece;
		g_hash_table_add (pieces, known);
	}
	known->times++;
}

static void count_pieces (RnSymbols *symbols, const RnUnits *texts, guint n, gboolean pairs, GHashTable *pieces, RnArena *arena)
{
	for (guint i = 0; i < n; i++) {
		const Step *steps = find_steps (symbols, texts[i]);
		guint before = 0;
		for (guint at = 0, len; at < texts[i].n; at += len) {
			len = steps[at].symbol ? symbols->lengths[steps[at].symbol - 1] : 1;
			count_piece (pieces, arena, (RnUnits) { texts[i].units + at, len });
			if (pairs && before && before + len <= RN_SYMBOL_UNITS)
				count_piece (pieces, arena, (RnUnits) { texts[i].units + at - before, before + len });
			before = len;
		}
	}
}

static void choose (RnSymbols *symbols, GHashTable *pieces)
{
	static const guint8 escaped[] = { '\n', '\r', '"', '\\' };
	guint n;
	g_autofree gpointer *list = g_hash_table_get_keys_as_array (pieces, &n);
	qsort (list, n, sizeof *list, by_saved);
	n = MIN (n, RN_SYMBOLS);
	/* Bytes that a script must escape stand for what is used least. */
	for (guint i = 0; i < G_N_ELEMENTS (escaped); i++)
		if (escaped[i] <= n) {
			gpointer rare = list[n - 1 - i];
			list[n - 1 - i] = list[escaped[i] - 1];
			list[escaped[i] - 1] = rare;
		}
	clear_trie (symbols);
	for (guint i = 0; i < n; i++) {
		const Piece *piece = list[i];
		add_symbol (symbols, (RnUnits) { piece->units, piece->n });
	}
}

RnSymbols *rn_symbols_new (const RnUnits *texts, guint n)
{
	RnSymbols *symbols = g_new0 (RnSymbols, 1);
	g_autoptr (RnArena) arena = rn_arena_new (1 << 20);
	for (guint round = 0; round < ROUNDS; round++) {
		g_autoptr (GHashTable) pieces = g_hash_table_new (piece_hash, piece_equal);
		count_pieces (symbols, texts, n, round + 1 < ROUNDS, pieces, arena);
		choose (symbols, pieces);
		rn_arena_reset (arena);
	}
	return symbols;
}
