/* packs-int.h - what the files that make packs share: PACKS.md explains the words. */
#ifndef RN_SITE_PACKS_INT_H
#define RN_SITE_PACKS_INT_H

#include "site/packs.h"

#define RN_ALPHABET_MAX 127

/* Letters beyond ASCII that have a byte of their own: letters[i] is byte 0x80 + i. place: by letter, i + 1; 0 for none. */
typedef struct { gunichar2 letters[RN_ALPHABET_MAX]; guint n; guint8 *place; } RnAlphabet;

/* A file in a pack. address: its path without index.html. group: what it is kept with. */
typedef struct { const RnFile *file; const char *address, *group; guint bin; gboolean coded; guint8 *data; gsize size; } RnPackEntry;

/* Neighbours among the entries that share a dictionary and an alphabet. first, n: entries; shard, shards: a power of two. */
typedef struct { guint first, n, shard, shards; RnAlphabet alphabet; GString *dictionary, *opening; } RnPackBin;

typedef struct {
	RnFiles *files;
	const GArray *booklets;
	const RnLibrary *library;
	RnAtomicTree *out;
	RnArena *arena;
	GArray *entries, *bins;      /* RnPackEntry by bin, then address; RnPackBin */
} RnPacks;

/* packs_plan.c: what goes in, and with what. */
void     rn_packs_plan (RnPacks *packs);

/* packs_code.c: alphabets, dictionaries, deflate. */
void     rn_alphabet_make (RnAlphabet *alphabet, const guint32 *counts);
void     rn_alphabet_encode (const RnAlphabet *alphabet, const char *text, gsize len, GString *out);
/* Adds the letters of TEXT beyond ASCII to COUNTS, by UTF-16 unit. FALSE: it is not UTF-8. */
gboolean rn_alphabet_count (const char *text, gsize len, guint32 counts[65536]);

typedef struct RnDeflater RnDeflater;
RnDeflater *rn_deflater_new (void);
void     rn_deflater_free (RnDeflater *self);
/* DICTIONARY as the beginning of a stream, to a byte's end. */
void     rn_deflater_open (RnDeflater *self, const GString *dictionary, GString *out);
/* DATA as what follows it (dictionary "": as a whole), with gzip's end: the sum and the length of both. Free with g_free. */
guint8  *rn_deflater_member (RnDeflater *self, const GString *dictionary, const char *data, gsize len, gsize *size);
/* DATA as a gzip file of its own, appended. */
void     rn_deflater_gzip (RnDeflater *self, const char *data, gsize len, GString *out);

/* packs_write.c: shards and the root. */
gboolean rn_packs_write (RnPacks *packs, const char *commit, guint jobs, GError **error);

#endif
