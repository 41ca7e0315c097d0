/* shards_terms.c - what the workers gathered, turned round: terms in order with their pages; then the t files. */
#include "search/shards-int.h"

#include <math.h>
#include <string.h>

/* --- terms and lists ------------------------------------------------------------------------------------------------------------ */

static int by_word (gconstpointer left, gconstpointer right)
{
	return rn_units_compare (((const RnTerm *) left)->word, ((const RnTerm *) right)->word);
}

/* So many pages have the term that it may be enough to list those that have it in their title: their number is told. */
static gboolean is_common (const RnShard *shard, const RnTerm *term)
{
	return term->pages > shard->n / 2;
}

/* On a large site, where the pages of common terms would be a sixth of the index, it is. */
static gboolean titles_alone (const RnShard *shard, const RnTerm *term)
{
	return shard->n >= 1000 && is_common (shard, term);
}

static void read_terms (RnShard *shard)
{
	guint n;
	const RnLexeme *all = rn_lexicon_all (shard->tongue->lexicon, &n);
	for (guint i = 0; i < n; i++) {
		const RnTerm term = { .word = rn_units_of (shard->arena, all[i].term), .text = all[i].term, .pages = all[i].pages, .number = all[i].number };
		g_array_append_val (shard->terms, term);
	}
	rn_shard_synonyms (shard);
	g_array_sort (shard->terms, by_word);
}

static guint title_of (const RnOrdered *page, const RnPosting *posting)
{
	return posting->in_title ? MIN (page->page.title, RN_TITLE_MOST) : 0;
}

/* Both by the lexicon's numbers, close together: what is counted, or the cursor in the shard's lists; is the term a common one? */
typedef struct { guint32 *at; guint8 *common; } Places;

/* Goes through all postings that are listed. histogram NULL: writes them; else counts. */
static void go_through (RnShard *shard, const Places *places, RnHistogram histogram)
{
	for (guint i = 0; i < shard->n; i++) {
		const RnOrdered *page = &shard->pages[i];
		const RnGathered *gathered = page->page.gathered;
		gsize at = page->page.at;
		RnPosting posting;
		while (rn_postings_next (gathered->postings, &at, &posting)) {
			const guint32 term = gathered->numbers[posting.term];
			const guint count = MIN (posting.count, RN_COUNT_MOST), title = title_of (page, &posting);
			if (places->common[term] && !posting.in_title)
				continue;
			if (histogram) {
				histogram[count][title]++;
			} else {
				shard->lists[places->at[term]] = i;
				shard->worths[places->at[term]] = shard->codebook.of[count][title];
			}
			places->at[term]++;
		}
	}
}

/* Each term's place in the lists, by the counts. */
static void set_places (RnShard *shard, const Places *places)
{
	guint32 listed = 0;
	for (guint i = 0; i < shard->terms->len; i++) {
		RnTerm *term = &g_array_index (shard->terms, RnTerm, i);
		if (!term->pages)
			continue;
		term->first = listed;
		term->listed = places->at[term->number];
		places->at[term->number] = listed;
		listed += term->listed;
	}
	shard->lists = g_new (guint32, listed + 1);
	shard->worths = g_new (guint8, listed + 1);
}

void rn_shard_terms (RnShard *shard)
{
	guint32 (*histogram)[RN_TITLE_MOST + 1] = g_malloc0 (sizeof (RnHistogram));
	read_terms (shard);
	const Places places = { g_new0 (guint32, shard->terms->len + 1), g_new0 (guint8, shard->terms->len + 1) };
	for (guint i = 0; i < shard->terms->len; i++) {
		const RnTerm *term = &g_array_index (shard->terms, RnTerm, i);
		if (term->pages)
			places.common[term->number] = titles_alone (shard, term);
	}
	go_through (shard, &places, histogram);
	rn_codebook_make (&shard->codebook, histogram, shard->title);
	set_places (shard, &places);
	go_through (shard, &places, NULL);
	g_free (places.at);
	g_free (places.common);
	g_free (histogram);
}

/* --- t files -------------------------------------------------------------------------------------------------------------------- */

/* A file that is open: the three parts grow beside each other. */
typedef struct { RnShard *shard; RnBits heads, synonyms, postings; guint terms, files; RnShardSize size; RnUnits before; GArray *others; } Writer;

/* The number of TERMS, joined by spaces, and MORE; then each. */
static void put_phrase (Writer *writer, const char *terms, guint more)
{
	g_auto (GStrv) words = g_strsplit (terms, " ", -1);
	rn_bits_gamma (&writer->synonyms, g_strv_length (words) + more);
	for (guint i = 0; words[i]; i++)
		rn_shard_put_word (writer->shard, &writer->synonyms, (RnUnits) { NULL, 0 }, rn_units_of (writer->shard->arena, words[i]));
}

static void put_synonyms (Writer *writer, const RnTerm *term)
{
	rn_bits_gamma (&writer->synonyms, term->synonyms->len);
	for (guint i = 0; i < term->synonyms->len; i++) {
		const RnStandIn *in = term->synonyms->pdata[i];
		put_phrase (writer, in->following, 1);
		rn_bits_gamma (&writer->synonyms, in->alternatives->len);
		for (guint k = 0; k < in->alternatives->len; k++)
			put_phrase (writer, in->alternatives->pdata[k], 0);
	}
}

static void put_postings (Writer *writer, const RnTerm *term)
{
	const RnShard *shard = writer->shard;
	const guint8 *worths = shard->worths + term->first;
	RnBits *bits = &writer->postings;
	g_array_set_size (writer->others, 0);
	for (guint i = 0; i < term->listed; i++)
		if (worths[i])
			g_array_append_val (writer->others, i);
	const guint32 *others = (const guint32 *) (gpointer) writer->others->data;
	const guint n = writer->others->len;
	rn_bits_set (bits, shard->lists + term->first, term->listed, 0, shard->n - 1);
	rn_bits_gamma (bits, n + 1);
	rn_bits_set (bits, others, n, 0, term->listed - 1);
	for (guint i = 0; i < n; i++)
		rn_bits_gamma (bits, worths[others[i]]);
}

static void put_term (Writer *writer, const RnTerm *term)
{
	RnBits *bits = &writer->heads;
	rn_shard_put_word (writer->shard, bits, writer->terms ? writer->before : (RnUnits) { NULL, 0 }, term->word);
	rn_bits_gamma (bits, term->pages + 1);
	if (is_common (writer->shard, term))
		rn_bits_gamma (bits, term->listed + 1);
	rn_bits_put (bits, term->synonyms != NULL, 1);
	if (term->synonyms)
		put_synonyms (writer, term);
	put_postings (writer, term);
	writer->terms++;
}

static void close_file (Writer *writer)
{
	RnBits file = { 0 };
	rn_bits_gamma (&file, writer->terms);
	rn_bits_append (&file, &writer->heads);
	rn_bits_append (&file, &writer->synonyms);
	rn_bits_append (&file, &writer->postings);
	rn_files_add (&writer->shard->files, 't', writer->files++, file.bytes, rn_bits_bytes (&file));
	rn_bits_cut (&writer->heads, 0);
	rn_bits_cut (&writer->synonyms, 0);
	rn_bits_cut (&writer->postings, 0);
	writer->terms = 0;
	rn_bits_clear (&file);
}

static void add_term (Writer *writer, const RnTerm *term)
{
	if (writer->terms && rn_shard_parts (&writer->size, (writer->heads.bits + writer->synonyms.bits + writer->postings.bits) / 8, term->word))
		close_file (writer);
	if (!writer->terms)
		rn_series_begin (&writer->shard->series[0], writer->before, term->word);
	put_term (writer, term);
	writer->before = term->word;
}

/*
 * A search fetches i.js, which names the first term of each file in about 3.4 bytes, and the files of two or three words: the sum is least
 * where a file has about the square root of 1.4 times the bytes of all. A posting takes about 0.95 bytes, a term 4.
 */
static RnShardSize size_of_files (const RnShard *shard)
{
	const guint n = MAX (shard->terms->len, 1);
	double bytes = 4.0 * n;
	for (guint i = 0; i < shard->terms->len; i++)
		bytes += 0.95 * g_array_index (shard->terms, RnTerm, i).listed;
	return rn_shard_size (CLAMP (sqrt (1.4 * bytes), 800, 8000), bytes / n);
}

void rn_shard_write_terms (RnShard *shard)
{
	Writer writer = { .shard = shard, .others = g_array_new (FALSE, FALSE, sizeof (guint32)), .size = size_of_files (shard) };
	for (guint i = 0; i < shard->terms->len; i++)
		add_term (&writer, &g_array_index (shard->terms, RnTerm, i));
	if (writer.terms)
		close_file (&writer);
	rn_bits_clear (&writer.heads);
	rn_bits_clear (&writer.synonyms);
	rn_bits_clear (&writer.postings);
	g_array_unref (writer.others);
}
