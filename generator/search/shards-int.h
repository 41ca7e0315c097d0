/*
 * shards-int.h - one language's shards on their way: pages in order, terms with their postings, files.
 *
 * Words are UTF-16 code units here, compared by them, as the script that reads them does.
 */
#ifndef RN_SEARCH_SHARDS_INT_H
#define RN_SEARCH_SHARDS_INT_H

#include "search/bits.h"
#include "search/shards.h"

typedef struct { const guint16 *units; guint n; } RnUnits;

gint    rn_units_compare (RnUnits a, RnUnits b);
/* How many the two begin with alike. */
guint   rn_units_shared (RnUnits a, RnUnits b);
/* TEXT, valid UTF-8, in ARENA. */
RnUnits rn_units_of (RnArena *arena, const char *text);

/* --- shards_files.c: files whose folder has their hash for its name ----------------------------------------------------------------- */

/* first: where the files begin, as i.js tells; one for each letter. */
typedef struct { char letter; GString *begins; RnUnits before; guint n; } RnSeries;

typedef struct { GString *bytes; GArray *ends; GPtrArray *names; } RnFiles;

void     rn_files_init (RnFiles *files);
void     rn_files_clear (RnFiles *files);
void     rn_files_add (RnFiles *files, char letter, guint number, const guint8 *content, gsize len);
/* The folder's name. */
void     rn_files_hash (const RnFiles *files, char hash[9]);
gboolean rn_files_put (const RnFiles *files, const char *folder, RnAtomicTree *out, GError **error);

/* A file has LEAST bytes, then ends before a word whose hash is a multiple of EVERY, a power of two, or at MOST bytes. */
typedef struct { gsize least, most; guint every; } RnShardSize;

/* Files of about BYTES, a word and what belongs to it taking WORD bytes on average. */
RnShardSize rn_shard_size (double bytes, double word);
/* Does WORD begin the next file, where this one has BYTES? */
gboolean rn_shard_parts (const RnShardSize *size, gsize bytes, RnUnits word);

/* A file of words that comes next in the series: LAST is the last word of the one before it, FIRST its own first. */
void     rn_series_begin (RnSeries *series, RnUnits last, RnUnits first);

/* --- what is exported ---------------------------------------------------------------------------------------------------------------- */

/* A value of a posting: how often, what the title adds. */
typedef struct { double count, bonus; } RnWorth;

#define RN_WORTHS 64
#define RN_COUNT_MOST 255      /* beyond, more makes no difference */
#define RN_TITLE_MOST 63

/* histogram[count][title's length; 0: not in the title] of all postings -> values, the commonest first, and the place of each combination among them. */
typedef struct { RnWorth worths[RN_WORTHS]; guint n; guint8 of[RN_COUNT_MOST + 1][RN_TITLE_MOST + 1]; } RnCodebook;
typedef guint32 RnHistogram[RN_COUNT_MOST + 1][RN_TITLE_MOST + 1];
void     rn_codebook_make (RnCodebook *codebook, RnHistogram histogram, double title);

/* What stands for a term in a query that goes on with FOLLOWING, terms joined by spaces: phrases of terms, sorted. */
typedef struct { char *following; GPtrArray *alternatives; } RnStandIn;

/* pages: that have it; listed: of these in the file, from FIRST in the shard's lists. synonyms: RnStandIn; NULL. */
typedef struct { RnUnits word; const char *text; guint pages, listed, number; guint32 first; GPtrArray *synonyms; } RnTerm;

typedef struct { RnShardPage page; const char *section; guint group; } RnOrdered;
typedef struct { const char *section; const RnType *type; guint first, n; gsize shared; } RnGroup;

typedef struct RnSymbols RnSymbols;

typedef struct {
	const RnShardsOf *of;
	const RnShardTongue *tongue;
	RnArena *arena;
	RnFiles files;
	RnOrdered *pages; guint n;
	GArray *groups;                /* RnGroup */
	double tokens, title;          /* of a page on average */
	GArray *terms;                 /* RnTerm, in order */
	guint32 *lists; guint8 *worths;    /* of all terms: pages, and places in the codebook */
	RnCodebook codebook;
	guint16 letters[31]; guint n_letters;
	guint8 letter_of[0x10000];     /* its place + 1 */
	RnSymbols *symbols;
	RnSeries series[3];            /* t, l, r */
} RnShard;

/* shards_pages.c: order, groups, averages. */
void     rn_shard_order (RnShard *shard);
/* shards_terms.c: terms and their postings, then the t files. */
void     rn_shard_terms (RnShard *shard);
void     rn_shard_write_terms (RnShard *shard);
/* shards_words.c: one word after another; the l and r files. */
void     rn_shard_letters (RnShard *shard);
void     rn_shard_put_word (const RnShard *shard, RnBits *bits, RnUnits before, RnUnits word);
void     rn_shard_write_words (RnShard *shard);
/* shards_texts.c: the d files. */
void     rn_shard_write_texts (RnShard *shard);
/* shards_head.c: i.js. */
char    *rn_shard_head (const RnShard *shard, const char *hash);
/* shards_synonyms.c: terms that stand for others get their stand-ins; those that no page has are added to the terms. */
void     rn_shard_synonyms (RnShard *shard);

#define RN_SHARD_BYTES 2048    /* of l and r files, about */
#define RN_SHARD_WORD 3        /* of a word in them */
#define RN_SHARD_PAGES 4       /* of a d file */

/* --- symbols.c: pieces of texts that one byte stands for -------------------------------------------------------------------------- */

#define RN_SYMBOLS 254
#define RN_SYMBOL_UNITS 12

/* For TEXTS, N of them. */
RnSymbols *rn_symbols_new (const RnUnits *texts, guint n);
void       rn_symbols_free (RnSymbols *symbols);
/* The symbols joined by newlines. */
void       rn_symbols_list (const RnSymbols *symbols, GString *out);
/* Appends TEXT and its end. */
void       rn_symbols_write (RnSymbols *symbols, RnUnits text, GByteArray *out);

#endif
