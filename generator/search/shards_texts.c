/* shards_texts.c - what a result shows: address, title, description of each page, in symbols; the day from which it is gone. */
#include "search/shards-int.h"

#define DAY 86400
#define SAMPLE 500      /* pages whose texts the symbols are made for */

typedef struct { RnUnits address, title, description; } Texts;

static Texts texts_of (const RnShard *shard, const RnOrdered *ordered, RnArena *arena)
{
	const RnPage *page = ordered->page.page;
	const RnGroup *group = &g_array_index (shard->groups, RnGroup, ordered->group);
	const char *description = page->description ? page->description : ordered->page.text ? ordered->page.text : "";
	return (Texts) { rn_units_of (arena, page->url + group->shared), rn_units_of (arena, page->title), rn_units_of (arena, description) };
}

static void make_symbols (RnShard *shard, RnArena *arena)
{
	g_autoptr (GArray) sample = g_array_new (FALSE, FALSE, sizeof (RnUnits));
	guint step = 1 + shard->n / SAMPLE;
	for (guint i = 0; i < shard->n; i += step) {
		const Texts texts = texts_of (shard, &shard->pages[i], arena);
		g_array_append_vals (sample, &(RnUnits[]) { texts.address, texts.title, texts.description }, 3);
	}
	shard->symbols = rn_symbols_new ((const RnUnits *) sample->data, sample->len);
	rn_arena_reset (arena);
}

static void put_day (gint64 expires, GByteArray *out)
{
	guint64 day = expires > 0 ? ((guint64) expires + DAY - 1) / DAY : 0;
	do {
		guint8 byte = (guint8) ((day & 0x7f) | (day > 0x7f) << 7);
		g_byte_array_append (out, &byte, 1);
		day >>= 7;
	} while (day);
}

void rn_shard_write_texts (RnShard *shard)
{
	g_autoptr (RnArena) arena = rn_arena_new (65536);
	g_autoptr (GByteArray) file = g_byte_array_new ();
	make_symbols (shard, arena);
	for (guint i = 0; i < shard->n; i++) {
		const Texts texts = texts_of (shard, &shard->pages[i], arena);
		put_day (shard->pages[i].page.page->expires, file);
		rn_symbols_write (shard->symbols, texts.address, file);
		rn_symbols_write (shard->symbols, texts.title, file);
		rn_symbols_write (shard->symbols, texts.description, file);
		rn_arena_reset (arena);
		if ((i + 1) % RN_SHARD_PAGES && i + 1 < shard->n)
			continue;
		rn_files_add (&shard->files, 'd', i / RN_SHARD_PAGES, file->data, file->len);
		g_byte_array_set_size (file, 0);
	}
}
