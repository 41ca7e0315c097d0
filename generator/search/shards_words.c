/* shards_words.c - words one after another, each by what it shares with the one before; the terms alone, for guesses. */
#include "search/shards-int.h"

#define ESCAPE 31
#define LEAST 3
#define MOST 24

typedef struct { guint32 times; guint16 letter; } Letter;

static int by_times (gconstpointer left, gconstpointer right)
{
	const Letter *a = left, *b = right;
	if (a->times != b->times)
		return a->times > b->times ? -1 : 1;
	return a->letter < b->letter ? -1 : a->letter > b->letter;
}

static int by_letter (gconstpointer left, gconstpointer right)
{
	const Letter *a = left, *b = right;
	return a->letter < b->letter ? -1 : a->letter > b->letter;
}

void rn_shard_letters (RnShard *shard)
{
	g_autofree Letter *letters = g_new0 (Letter, 0x10000);
	for (guint i = 0; i < 0x10000; i++)
		letters[i].letter = (guint16) i;
	for (guint i = 0; i < shard->terms->len; i++) {
		const RnUnits word = g_array_index (shard->terms, RnTerm, i).word;
		for (guint k = 0; k < word.n; k++)
			letters[word.units[k]].times += (word.units[k] & 0xf800) != 0xd800;
	}
	guint n = 0;
	for (guint i = 0; i < 0x10000; i++)
		if (letters[i].times)
			letters[n++] = letters[i];
	qsort (letters, n, sizeof *letters, by_times);
	/* Which they are seldom changes; how often each occurs always does. */
	n = MIN (n, G_N_ELEMENTS (shard->letters));
	qsort (letters, n, sizeof *letters, by_letter);
	for (guint i = 0; i < n; i++) {
		shard->letters[shard->n_letters++] = letters[i].letter;
		shard->letter_of[letters[i].letter] = (guint8) (i + 1);
	}
}

void rn_shard_put_word (const RnShard *shard, RnBits *bits, RnUnits before, RnUnits word)
{
	guint shared = rn_units_shared (before, word);
	rn_bits_gamma (bits, shared + 1);
	rn_bits_gamma (bits, word.n - shared + 1);
	for (guint i = shared; i < word.n; i++)
		if (shard->letter_of[word.units[i]])
			rn_bits_put (bits, shard->letter_of[word.units[i]] - 1u, 5);
		else
			rn_bits_put (bits, ESCAPE << 16 | word.units[i], 5 + 16);
}

/* --- l and r -------------------------------------------------------------------------------------------------------------------- */

static void close_file (RnShard *shard, RnSeries *series, RnBits *words, guint n)
{
	RnBits file = { 0 };
	if (!n)
		return;
	rn_bits_gamma (&file, n);
	rn_bits_append (&file, words);
	rn_files_add (&shard->files, series->letter, series->n - 1, file.bytes, rn_bits_bytes (&file));
	rn_bits_cut (words, 0);
	rn_bits_clear (&file);
}

static void write_series (RnShard *shard, RnSeries *series, const GArray *words)
{
	const RnShardSize size = rn_shard_size (RN_SHARD_BYTES, RN_SHARD_WORD);
	RnBits bits = { 0 };
	guint n = 0;
	RnUnits before = { NULL, 0 };
	for (guint i = 0; i < words->len; i++) {
		const RnUnits word = g_array_index (words, RnUnits, i);
		if (n && rn_shard_parts (&size, rn_bits_bytes (&bits), word)) {
			close_file (shard, series, &bits, n);
			n = 0;
		}
		if (!n)
			rn_series_begin (series, before, word);
		rn_shard_put_word (shard, &bits, n ? before : (RnUnits) { NULL, 0 }, word);
		before = word;
		n++;
	}
	close_file (shard, series, &bits, n);
	rn_bits_clear (&bits);
}

/* Words in which a mistake can be put right; of letters of one unit, so that they can be turned round. */
static gboolean is_guessed (const RnTerm *term)
{
	if ((!term->pages && !term->synonyms) || term->word.n < LEAST || term->word.n > MOST)
		return FALSE;
	for (guint i = 0; i < term->word.n; i++)
		if ((term->word.units[i] & 0xf800) == 0xd800 || g_unichar_isdigit (term->word.units[i]))
			return FALSE;
	return TRUE;
}

static int by_units (gconstpointer a, gconstpointer b)
{
	return rn_units_compare (*(const RnUnits *) a, *(const RnUnits *) b);
}

void rn_shard_write_words (RnShard *shard)
{
	g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (RnUnits));
	for (guint i = 0; i < shard->terms->len; i++) {
		const RnTerm *term = &g_array_index (shard->terms, RnTerm, i);
		if (is_guessed (term))
			g_array_append_val (words, term->word);
	}
	write_series (shard, &shard->series[1], words);
	for (guint i = 0; i < words->len; i++) {
		RnUnits *word = &g_array_index (words, RnUnits, i);
		guint16 *back = rn_arena_alloc (shard->arena, word->n * sizeof *back);
		for (guint k = 0; k < word->n; k++)
			back[k] = word->units[word->n - 1 - k];
		word->units = back;
	}
	g_array_sort (words, by_units);
	write_series (shard, &shard->series[2], words);
}
