/* packs_write.c - entries into shards, shards into files, and the root that names them. */
#include "site/packs-int.h"
#include "base/text.h"
#include "base/workers.h"

#include <jansson.h>
#include <string.h>

#define SHARD_MAX (128 * 1024)
#define HASH_BYTES 6                /* of a page's SHA-256, in eight letters */
#define FORMAT 1

typedef struct { char *name; gsize bytes; GPtrArray *entries; const RnPackBin *bin; } Shard;
typedef struct { RnPacks *packs; GArray *shards; } Writing;

/* FNV-1a, folded: where an address is, for the phone to find without a list. */
static guint32 spot_of (const char *address)
{
	const guint32 hash = rn_text_hash (address, strlen (address));
	return hash ^ hash >> 16;
}

static void free_shard (gpointer data)
{
	Shard *shard = data;
	g_free (shard->name);
	g_ptr_array_unref (shard->entries);
}

static void deal_out (Writing *writing)
{
	RnPacks *packs = writing->packs;
	for (guint b = 0; b < packs->bins->len; b++) {
		RnPackBin *bin = &g_array_index (packs->bins, RnPackBin, b);
		gsize bytes = 0;
		for (guint i = 0; i < bin->n; i++)
			bytes += g_array_index (packs->entries, RnPackEntry, bin->first + i).size;
		bin->shard = writing->shards->len;
		for (bin->shards = 1; bytes / bin->shards > SHARD_MAX; bin->shards *= 2)
			;
		for (guint i = 0; i < bin->shards; i++)
			g_array_append_vals (writing->shards, &(Shard) { .entries = g_ptr_array_new (), .bin = bin }, 1);
		for (guint i = 0; i < bin->n; i++) {
			RnPackEntry *entry = &g_array_index (packs->entries, RnPackEntry, bin->first + i);
			guint at = bin->shard + (spot_of (entry->address) & (bin->shards - 1));
			g_ptr_array_add (g_array_index (writing->shards, Shard, at).entries, entry);
		}
	}
}

/* {"h": the pages' hashes, "p": their addresses}. */
static json_t *index_of (const Shard *shard)
{
	g_autoptr (GString) hashes = g_string_new (NULL);
	json_t *paths = json_array ();
	for (guint i = 0; i < shard->entries->len; i++) {
		const RnPackEntry *entry = shard->entries->pdata[i];
		g_autofree char *hash = g_base64_encode (entry->file->hash, HASH_BYTES);
		json_array_append_new (paths, json_string (entry->address));
		g_string_append (hashes, hash);
	}
	return json_pack ("{s:s, s:o}", "h", hashes->str, "p", paths);
}

static void add_layout (json_t *index, const Shard *shard)
{
	const RnAlphabet *alphabet = &shard->bin->alphabet;
	g_autoptr (GString) kinds = g_string_new (NULL);
	g_autofree char *letters = g_utf16_to_utf8 (alphabet->letters, alphabet->n, NULL, NULL, NULL);
	json_t *lengths = json_array ();
	for (guint i = 0; i < shard->entries->len; i++) {
		const RnPackEntry *entry = shard->entries->pdata[i];
		json_array_append_new (lengths, json_integer ((json_int_t) entry->size));
		g_string_append_c (kinds, entry->coded ? '1' : '0');
	}
	json_object_set_new (index, "l", lengths);
	json_object_set_new (index, "k", json_string (kinds->str));
	json_object_set_new (index, "a", json_string (letters ? letters : ""));
	json_object_set_new (index, "d", json_integer ((json_int_t) shard->bin->opening->len));
	json_object_set_new (index, "s", json_integer ((json_int_t) shard->bin->dictionary->len));
}

static gboolean put (RnPacks *packs, const char *name, const char *ending, const char *data, gsize len, GError **error)
{
	g_autofree char *path = g_strconcat ("site/offline/", name, ending, NULL);
	return rn_atomic_tree_put (packs->out, path, data, len, error);
}

/* Four bytes, the length of the layout; the layout, gzip; the dictionary; the pages. */
static void put_together (const Shard *shard, const char *layout, GString *out)
{
	RnDeflater *deflater = rn_deflater_new ();
	g_string_append_len (out, "\0\0\0\0", 4);
	rn_deflater_gzip (deflater, layout, strlen (layout), out);
	for (guint i = 0; i < 4; i++)
		out->str[i] = (char) ((out->len - 4) >> (24 - 8 * i));
	g_string_append_len (out, shard->bin->opening->str, (gssize) shard->bin->opening->len);
	for (guint i = 0; i < shard->entries->len; i++) {
		const RnPackEntry *entry = shard->entries->pdata[i];
		g_string_append_len (out, (const char *) entry->data, (gssize) entry->size);
	}
	rn_deflater_free (deflater);
}

static gboolean put_shard (gpointer state, guint i, gpointer shared, GError **error)
{
	Writing *writing = shared;
	Shard *shard = &g_array_index (writing->shards, Shard, i);
	json_t *index = index_of (shard);
	char *text = json_dumps (index, JSON_COMPACT | JSON_SORT_KEYS);
	g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
	g_autoptr (GString) pack = g_string_new (NULL);
	(void) state;
	shard->name = g_strndup (hash, 12);
	add_layout (index, shard);
	char *layout = json_dumps (index, JSON_COMPACT | JSON_SORT_KEYS);
	put_together (shard, layout, pack);
	shard->bytes = pack->len;
	/* A shard that chance left empty has nothing to fetch. */
	gboolean fine = !shard->entries->len ||
		(put (writing->packs, shard->name, ".json", text, strlen (text), error) && put (writing->packs, shard->name, ".pack", pack->str, pack->len, error));
	free (text);
	free (layout);
	json_decref (index);
	return fine;
}

/* Where each group is: the first shard and their number. */
static json_t *groups_of (const RnPacks *packs)
{
	json_t *groups = json_object ();
	for (guint i = 0; i < packs->entries->len; i++) {
		const RnPackEntry *entry = &g_array_index (packs->entries, RnPackEntry, i);
		const RnPackBin *bin = &g_array_index (packs->bins, RnPackBin, entry->bin);
		if (!json_object_get (groups, entry->group))
			json_object_set_new (groups, entry->group, json_pack ("[i, i]", (int) bin->shard, (int) bin->shards));
	}
	return groups;
}

static json_t *languages_of (const RnSite *site)
{
	json_t *list = json_array ();
	for (guint i = 0; i < site->n_languages; i++)
		json_array_append_new (list, json_string (site->languages[i]->code));
	return list;
}

/* path -> [bytes, hash]. */
static json_t *booklets_of (const GArray *booklets)
{
	json_t *map = json_object ();
	for (guint i = 0; i < booklets->len; i++) {
		const RnBooklet *booklet = &g_array_index (booklets, RnBooklet, i);
		json_object_set_new (map, booklet->path, json_pack ("[I, s]", (json_int_t) booklet->bytes, booklet->hash));
	}
	return map;
}

static gboolean put_root (Writing *writing, const char *commit, GError **error)
{
	json_t *names = json_array (), *bytes = json_array ();
	gint64 time = rn_library_edition_time (writing->packs->library);
	g_autoptr (GDateTime) date = time ? g_date_time_new_from_unix_utc (time) : NULL;
	g_autofree char *day = date ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("");
	for (guint i = 0; i < writing->shards->len; i++) {
		const Shard *shard = &g_array_index (writing->shards, Shard, i);
		json_array_append_new (names, json_string (shard->name));
		json_array_append_new (bytes, json_integer (shard->entries->len ? (json_int_t) shard->bytes : 0));
	}
	json_t *root = json_pack ("{s:i, s:s, s:o, s:o, s:o, s:o, s:o}", "v", FORMAT, "date", day, "shards", names, "bytes", bytes, "groups", groups_of (writing->packs),
	                          "languages", languages_of (rn_library_site (writing->packs->library)), "books", booklets_of (writing->packs->booklets));
	if (commit && *commit) {
		g_autofree char *id = g_strndup (commit, 7);
		json_object_set_new (root, "commit", json_string (id));
	}
	char *text = json_dumps (root, JSON_COMPACT | JSON_SORT_KEYS);
	gboolean fine = put (writing->packs, "root", ".json", text, strlen (text), error);
	free (text);
	json_decref (root);
	return fine;
}

gboolean rn_packs_write (RnPacks *packs, const char *commit, guint jobs, GError **error)
{
	Writing writing = { packs, g_array_new (FALSE, FALSE, sizeof (Shard)) };
	g_array_set_clear_func (writing.shards, free_shard);
	deal_out (&writing);
	gboolean fine = rn_workers_run (jobs, writing.shards->len, NULL, put_shard, NULL, &writing, NULL, error) && put_root (&writing, commit, error);
	g_array_unref (writing.shards);
	return fine;
}
