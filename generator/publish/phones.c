/*
 * phones.c - two editions' roots and indexes -> bytes. In: what stands at the target, the edition. Out: a sum a language. Invariant: what is not known of the
 * old counts as not there.
 */
#include "publish/phones.h"

#include <jansson.h>
#include <string.h>

typedef struct {
	RnOutlet *old;
	const RnEdition *edition;
	json_t *root;
	GHashTable *had;        /* names of the old edition's packs */
	GHashTable *known;      /* address -> its hash, of the pages of the old edition */
	GHashTable *index;      /* hashes of its search, whose addresses change with every edition */
	GError *refused;        /* the first file that is there and that the system did not let us read */
} Count;

/* A pack of the new edition, and what it costs. */
typedef struct { gboolean fresh; guint pages; guint64 bytes, whole; } Pack;

static json_t *json_of (GString *text)
{
	return json_loadb (text->str, text->len, 0, NULL);
}

static json_t *read_new (Count *count, const char *path)
{
	const RnEditionFile *file = rn_edition_find (count->edition, path);
	g_autoptr (GString) text = g_string_new (NULL);
	return file && rn_edition_read (count->edition, file, text, count->refused ? NULL : &count->refused) ? json_of (text) : NULL;
}

static json_t *read_old (Count *count, const char *path)
{
	g_autoptr (GString) text = g_string_new (NULL);
	g_autoptr (GError) why = NULL;
	if (rn_outlet_read (count->old, path, text, &why))
		return json_of (text);
	/* Other targets do not tell what is not there from what cannot be read. */
	if (!count->refused && g_error_matches (why, G_FILE_ERROR, why->code) && why->code != G_FILE_ERROR_NOENT)
		count->refused = g_steal_pointer (&why);
	return NULL;
}

#define SEARCH "search/"

static char *index_name (const char *pack)
{
	return g_strdup_printf ("offline/%s.json", pack);
}

static void add_known (Count *count, const json_t *index)
{
	const char *hashes = json_string_value (json_object_get (index, "h"));
	const json_t *pages = json_object_get (index, "p");
	const gsize n = MIN (json_array_size (pages), hashes ? strlen (hashes) / 8 : 0);
	for (gsize i = 0; i < n; i++) {
		const char *page = json_string_value (json_array_get (pages, i));
		if (!page)
			continue;
		if (g_str_has_prefix (page, SEARCH))
			g_hash_table_add (count->index, g_strndup (hashes + i * 8, 8));
		else
			g_hash_table_replace (count->known, g_strdup (page), g_strndup (hashes + i * 8, 8));
	}
}

/* The old edition's packs and their pages. Packs that stay are read from the new one, which is here. */
static void read_known (Count *count)
{
	json_t *root = read_old (count, "offline/root.json");
	const json_t *packs = json_object_get (root, "shards");
	for (gsize i = 0; i < json_array_size (packs); i++) {
		const char *name = json_string_value (json_array_get (packs, i));
		if (!name || !g_hash_table_add (count->had, g_strdup (name)))
			continue;
		g_autofree char *path = index_name (name);
		json_t *index = rn_edition_find (count->edition, path) ? read_new (count, path) : read_old (count, path);
		add_known (count, index);
		json_decref (index);
	}
	json_decref (root);
}

/* How many bytes of the edition's file PATH travel. */
static guint64 travels (const RnEdition *edition, const char *path)
{
	g_autofree char *gzip = g_strconcat (path, ".gz", NULL);
	const RnEditionFile *file = rn_edition_find (edition, gzip);
	if (!file)
		file = rn_edition_find (edition, path);
	return file ? file->size : 0;
}

static guint64 page_travels (const RnEdition *edition, const char *address)
{
	if (*address && !g_str_has_suffix (address, "/"))
		return travels (edition, address);
	g_autofree char *path = g_strconcat (address, "index.html", NULL);
	return travels (edition, path);
}

/* Has the phone this page, whose hash begins at HASH? As fromPages () of layouts/sw.js has it. */
static gboolean is_known (const Count *count, const char *page, const char *hash)
{
	g_autofree char *own = g_strndup (hash, 8);
	return g_str_has_prefix (page, SEARCH) ? g_hash_table_contains (count->index, own) : !g_strcmp0 (g_hash_table_lookup (count->known, page), own);
}

/* Above so many bytes of missing pages, a pack is fetched whole: layouts/sw.js. */
#define GUESS 3000

static Pack pack_of (Count *count, const char *name, guint64 size)
{
	Pack pack = { .fresh = !g_hash_table_contains (count->had, name), .whole = size, .bytes = size };
	g_autofree char *path = index_name (name);
	json_t *index = pack.fresh ? read_new (count, path) : NULL;
	const char *hashes = json_string_value (json_object_get (index, "h"));
	const json_t *pages = json_object_get (index, "p");
	const gsize n = MIN (json_array_size (pages), hashes ? strlen (hashes) / 8 : 0);
	guint64 bytes = travels (count->edition, path);
	for (gsize i = 0; i < n; i++) {
		const char *page = json_string_value (json_array_get (pages, i));
		if (page && !is_known (count, page, hashes + i * 8)) {
			pack.pages++;
			bytes += page_travels (count->edition, page);
		}
	}
	if (n > pack.pages && (guint64) pack.pages * GUESS <= size)
		pack.bytes = bytes;
	json_decref (index);
	return pack;
}

/* Does a phone that keeps all of LANGUAGE (NULL: all languages) keep the group? As layouts/sw.js has it. */
static gboolean keeps (const json_t *languages, const char *language, const char *group)
{
	g_auto (GStrv) parts = g_strsplit (group, "/", 2);
	const char *first = parts[0] ? parts[0] : "", *of = !strcmp (first, "search") && parts[1] ? parts[1] : first;
	for (gsize i = 0; language && i < json_array_size (languages); i++) {
		const char *code = json_string_value (json_array_get (languages, i));
		if (!g_strcmp0 (of, code))
			return !strcmp (code, language);
	}
	return TRUE;
}

static RnPhone add_up (const Count *count, const GArray *packs, const char *language)
{
	const json_t *groups = json_object_get (count->root, "groups"), *place;
	RnPhone phone = { .language = g_strdup (language), .bytes = travels (count->edition, "offline/root.json") };
	g_autofree gboolean *seen = g_new0 (gboolean, packs->len + 1);
	const char *group;
	phone.first = phone.bytes;
	json_object_foreach ((json_t *) groups, group, place) {
		const json_int_t from = json_integer_value (json_array_get (place, 0)), n = json_integer_value (json_array_get (place, 1));
		for (json_int_t i = from; keeps (json_object_get (count->root, "languages"), language, group) && i >= 0 && i < from + n && i < packs->len; i++) {
			const Pack *pack = &g_array_index (packs, Pack, i);
			if (seen[i] || !pack->whole)
				continue;
			seen[i] = TRUE;
			phone.first += pack->whole;
			phone.packs += pack->fresh;
			phone.pages += pack->pages;
			phone.bytes += pack->fresh ? pack->bytes : 0;
		}
	}
	return phone;
}

static void clear_phone (gpointer data)
{
	g_free (((RnPhone *) data)->language);
}

gboolean rn_phones_count (RnOutlet *old, const RnEdition *edition, GArray **found, GError **error)
{
	Count count = { .old = old, .edition = edition };
	*found = NULL;
	count.root = read_new (&count, "offline/root.json");
	if (!count.root && !count.refused)
		return TRUE;
	count.had = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	count.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	count.index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	read_known (&count);
	g_autoptr (GArray) packs = g_array_new (FALSE, TRUE, sizeof (Pack));
	GArray *phones = g_array_new (FALSE, TRUE, sizeof (RnPhone));
	g_array_set_clear_func (phones, clear_phone);
	const json_t *names = json_object_get (count.root, "shards"), *sizes = json_object_get (count.root, "bytes");
	const json_t *languages = json_object_get (count.root, "languages");
	for (gsize i = 0; i < json_array_size (names); i++) {
		const char *name = json_string_value (json_array_get (names, i));
		const Pack pack = pack_of (&count, name ? name : "", (guint64) json_integer_value (json_array_get (sizes, i)));
		g_array_append_val (packs, pack);
	}
	const RnPhone all = add_up (&count, packs, NULL);
	g_array_append_val (phones, all);
	for (gsize i = 0; i < json_array_size (languages); i++) {
		const RnPhone phone = add_up (&count, packs, json_string_value (json_array_get (languages, i)));
		g_array_append_val (phones, phone);
	}
	g_hash_table_unref (count.known);
	g_hash_table_unref (count.index);
	g_hash_table_unref (count.had);
	json_decref (count.root);
	*found = phones;
	if (!count.refused)
		return TRUE;
	g_propagate_error (error, count.refused);
	return FALSE;
}
