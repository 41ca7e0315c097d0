/* shards.c - a language at a time: pages in order, terms, files, and i.js last, for it names their folder. */
#include "search/shards-int.h"

#include <string.h>

static void open_shard (RnShard *shard, const RnShardsOf *of, const RnShardTongue *tongue)
{
	shard->of = of;
	shard->tongue = tongue;
	shard->arena = rn_arena_new (1 << 16);
	shard->groups = g_array_new (FALSE, FALSE, sizeof (RnGroup));
	shard->terms = g_array_new (FALSE, FALSE, sizeof (RnTerm));
	rn_files_init (&shard->files);
	for (guint i = 0; i < G_N_ELEMENTS (shard->series); i++)
		shard->series[i] = (RnSeries) { .letter = "tlr"[i], .begins = g_string_new (NULL) };
}

static void close_shard (RnShard *shard)
{
	for (guint i = 0; i < G_N_ELEMENTS (shard->series); i++)
		g_string_free (shard->series[i].begins, TRUE);
	for (guint i = 0; i < shard->terms->len; i++)
		g_clear_pointer (&g_array_index (shard->terms, RnTerm, i).synonyms, g_ptr_array_unref);
	rn_symbols_free (shard->symbols);
	rn_files_clear (&shard->files);
	g_array_unref (shard->terms);
	g_array_unref (shard->groups);
	g_free (shard->lists);
	g_free (shard->worths);
	g_free (shard->pages);
	rn_arena_free (shard->arena);
	g_free (shard);
}

static gboolean put_shard (RnShard *shard, RnAtomicTree *out, GError **error)
{
	const char *code = shard->tongue->language->code;
	char hash[9];
	rn_files_hash (&shard->files, hash);
	g_autofree char *folder = g_strdup_printf (RN_SHARDS_FOLDER "/%s/%s/", code, hash), *path = g_strdup_printf (RN_SHARDS_FOLDER "/%s/i.js", code);
	g_autofree char *head = rn_shard_head (shard, hash);
	return rn_files_put (&shard->files, folder, out, error) && rn_atomic_tree_put (out, path, head, strlen (head), error);
}

gboolean rn_shards_put (const RnShardsOf *of, RnAtomicTree *out, GError **error)
{
	gboolean fine = TRUE;
	for (guint i = 0; fine && i < of->n; i++) {
		RnShard *shard = g_new0 (RnShard, 1);
		open_shard (shard, of, &of->tongues[i]);
		rn_shard_order (shard);
		rn_shard_terms (shard);
		rn_shard_letters (shard);
		rn_shard_write_terms (shard);
		rn_shard_write_words (shard);
		rn_shard_write_texts (shard);
		fine = put_shard (shard, out, error);
		close_shard (shard);
	}
	return fine;
}
