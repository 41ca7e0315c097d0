/*
 * liang.c - patterns -> a packed trie -> the values between a word's letters.
 *
 * While it is built the trie is a list of nodes. Packed, all nodes share one array: the child for letter C of a node with base B stands at B + C, and
 * holds C itself; no two nodes have the same base, so an entry that holds the right letter is the right child.
 */
#include "print/hyphenate-int.h"
#include "base/arena.h"

#include <string.h>

/* --- letters ---------------------------------------------------------------------------------------------------------- */

void rn_letters_init (RnLetters *letters)
{
	memset (letters, 0, sizeof *letters);
	letters->pages = g_malloc0 (256);
	letters->n_pages = 1;
	letters->n = RN_LETTER_END + 1;
}

void rn_letters_clear (RnLetters *letters)
{
	g_free (letters->pages);
	letters->pages = NULL;
}

static void set_one (RnLetters *letters, gunichar c, guint8 code)
{
	guint8 *page = &letters->page_of[c >> 8];
	if (!*page) {
		letters->pages = g_realloc (letters->pages, (letters->n_pages + 1) * sizeof *letters->pages);
		memset (letters->pages[letters->n_pages], 0, 256);
		*page = (guint8) letters->n_pages++;
	}
	letters->pages[*page][c & 0xff] = code;
}

gboolean rn_letters_set (RnLetters *letters, gunichar c, guint8 code)
{
	gunichar capital = g_unichar_toupper (c);
	if (c >= 0x10000 || capital >= 0x10000)
		return FALSE;
	set_one (letters, c, code);
	/* Some capitals have another small letter than the one that they are the capital of. */
	if (capital != c && g_unichar_tolower (capital) == c)
		set_one (letters, capital, code | RN_LETTER_CAPITAL);
	return TRUE;
}

guint8 rn_letters_add (RnLetters *letters, gunichar c)
{
	guint8 code = rn_letters_get (letters, c) & ~RN_LETTER_CAPITAL;
	if (code || letters->n == RN_LETTERS || !rn_letters_set (letters, c, (guint8) letters->n))
		return code;
	return (guint8) letters->n++;
}

/* --- the trie --------------------------------------------------------------------------------------------------------- */

typedef struct {
	guint32 child, sibling;       /* 0: none */
	guint8  letter;
	guint8 *values;               /* as many as the node is deep, and one; NULL: no pattern ends here */
} Node;

typedef struct {
	guint32 base;                 /* 0: no children */
	guint32 values : 24;          /* where they stand; 0: no pattern ends here */
	guint32 letter : 8;           /* 0: free */
} Entry;

struct RnPatterns {
	/* While it is built. */
	GArray  *nodes;               /* Node; the first is the root */
	RnArena *arena;
	/* Packed. */
	Entry   *entries;
	guint8  *values;              /* runs of: how many places to skip, how many values, the values */
	guint32  root;
};

RnPatterns *rn_patterns_new (void)
{
	RnPatterns *patterns = g_new0 (RnPatterns, 1);
	patterns->nodes = g_array_sized_new (FALSE, TRUE, sizeof (Node), 1024);
	patterns->arena = rn_arena_new (0);
	g_array_set_size (patterns->nodes, 1);
	return patterns;
}

static void free_builder (RnPatterns *patterns)
{
	g_clear_pointer (&patterns->nodes, g_array_unref);
	g_clear_pointer (&patterns->arena, rn_arena_free);
}

void rn_patterns_free (RnPatterns *patterns)
{
	if (!patterns)
		return;
	free_builder (patterns);
	g_free (patterns->entries);
	g_free (patterns->values);
	g_free (patterns);
}

/* The child of node PARENT for LETTER; children stand in the order of their letters. */
static guint32 child_of (GArray *nodes, guint32 parent, guint8 letter)
{
	Node *list = (Node *) (gpointer) nodes->data;
	guint32 before = 0, at = list[parent].child;
	while (at && list[at].letter < letter) {
		before = at;
		at = list[at].sibling;
	}
	if (at && list[at].letter == letter)
		return at;
	Node node = { .letter = letter, .sibling = at };
	g_array_append_val (nodes, node);
	list = (Node *) (gpointer) nodes->data;
	*(before ? &list[before].sibling : &list[parent].child) = nodes->len - 1;
	return nodes->len - 1;
}

void rn_patterns_add (RnPatterns *patterns, const guint8 *codes, guint n, const guint8 *values)
{
	guint32 at = 0;
	for (guint i = 0; i < n; i++)
		at = child_of (patterns->nodes, at, codes[i]);
	Node *node = &g_array_index (patterns->nodes, Node, at);
	if (!node->values)
		node->values = rn_arena_alloc (patterns->arena, n + 1);
	for (guint i = 0; i <= n; i++)
		node->values[i] = MAX (node->values[i], values[i]);
}

/* --- packing ------------------------------------------------------------------------------------------------------------ */

typedef struct {
	const Node *nodes;
	GArray     *entries;          /* Entry; long enough for any letter after the last base */
	GByteArray *based;            /* bases that are taken */
	guint32     from[RN_LETTERS]; /* where a node of so many children last found room: it is full before there */
	GByteArray *values;
	GHashTable *runs;             /* a run of values -> where it stands */
} Packer;

static guint run_hash (gconstpointer key)
{
	const guint8 *run = key;
	guint hash = 5381;
	for (guint i = 0; i < run[1] + 2u; i++)
		hash = hash * 33 + run[i];
	return hash;
}

static gboolean run_equal (gconstpointer a, gconstpointer b)
{
	const guint8 *run = a;
	return !memcmp (a, b, MIN (run[1], ((const guint8 *) b)[1]) + 2u);
}

/* Where N values stand, less the zeros at both ends: most patterns have one of a few runs. */
static guint32 place_values (Packer *packer, const guint8 *values, guint n)
{
	guint skip = 0;
	while (n && !values[n - 1])
		n--;
	while (skip < n && !values[skip])
		skip++;
	if (skip == n)
		return 0;
	guint8 run[256 + 2] = { (guint8) skip, (guint8) (n - skip) };
	memcpy (run + 2, values + skip, n - skip);
	guint32 at = GPOINTER_TO_UINT (g_hash_table_lookup (packer->runs, run));
	if (!at) {
		at = packer->values->len;
		g_byte_array_append (packer->values, run, n - skip + 2);
		g_hash_table_insert (packer->runs, g_memdup2 (run, n - skip + 2), GUINT_TO_POINTER (at));
	}
	return at;
}

static inline gboolean is_free (const Packer *packer, guint32 at)
{
	return !g_array_index (packer->entries, Entry, at).letter;
}

/* A base at which all children of NODE find their entries free. */
static guint32 find_base (Packer *packer, guint32 node)
{
	const Node *nodes = packer->nodes;
	guint count = 0;
	for (guint32 child = nodes[node].child; child; child = nodes[child].sibling)
		count++;
	guint32 base = packer->from[count];
	for (;; base++) {
		if (base + 2 * RN_LETTERS > packer->entries->len) {
			g_array_set_size (packer->entries, base * 2 + 4 * RN_LETTERS);
			g_byte_array_set_size (packer->based, packer->entries->len);
			memset (packer->based->data + base, 0, packer->entries->len - base);
		}
		guint32 child = nodes[node].child;
		while (child && is_free (packer, base + nodes[child].letter))
			child = nodes[child].sibling;
		if (!child && !packer->based->data[base]) {
			for (guint k = count; k < RN_LETTERS; k++)
				packer->from[k] = MAX (packer->from[k], base);
			return base;
		}
	}
}

static guint32 pack_node (Packer *packer, guint32 node, guint depth)
{
	const Node *nodes = packer->nodes;
	if (!nodes[node].child)
		return 0;
	guint32 base = find_base (packer, node);
	packer->based->data[base] = 1;
	for (guint32 child = nodes[node].child; child; child = nodes[child].sibling) {
		Entry *entry = &g_array_index (packer->entries, Entry, base + nodes[child].letter);
		entry->letter = nodes[child].letter;
		if (nodes[child].values)
			entry->values = place_values (packer, nodes[child].values, depth + 2) & 0xffffff;
	}
	for (guint32 child = nodes[node].child; child; child = nodes[child].sibling) {
		guint32 below = pack_node (packer, child, depth + 1);
		g_array_index (packer->entries, Entry, base + nodes[child].letter).base = below;
	}
	return base;
}

void rn_patterns_pack (RnPatterns *patterns)
{
	Packer packer = {
		.nodes = (const Node *) (gpointer) patterns->nodes->data, .entries = g_array_new (FALSE, TRUE, sizeof (Entry)), .based = g_byte_array_new (),
		.values = g_byte_array_new (), .runs = g_hash_table_new_full (run_hash, run_equal, g_free, NULL),
	};
	for (guint k = 0; k < RN_LETTERS; k++)
		packer.from[k] = 1;
	/* Even without any pattern there is something to look at. */
	g_array_set_size (packer.entries, 4 * RN_LETTERS);
	g_byte_array_set_size (packer.based, packer.entries->len);
	memset (packer.based->data, 0, packer.based->len);
	g_byte_array_append (packer.values, (const guint8 *) "", 1);
	patterns->root = pack_node (&packer, 0, 0);
	patterns->entries = (Entry *) (gpointer) g_array_free (packer.entries, FALSE);
	patterns->values = g_byte_array_free (packer.values, FALSE);
	g_byte_array_unref (packer.based);
	g_hash_table_unref (packer.runs);
	free_builder (patterns);
}

void rn_patterns_match (const RnPatterns *patterns, const guint8 *codes, guint n, guint8 *values)
{
	const Entry *entries = patterns->entries;
	for (guint i = 0; i < n; i++) {
		guint32 base = patterns->root;
		for (guint k = i; k < n; k++) {
			const Entry *entry = &entries[base + codes[k]];
			if (entry->letter != codes[k])
				break;
			if (entry->values) {
				const guint8 *run = patterns->values + entry->values;
				guint8 *place = values + i + run[0];
				for (guint m = 0; m < run[1]; m++)
					place[m] = MAX (place[m], run[2 + m]);
			}
			base = entry->base;
		}
	}
}
