/* kept.c - a table of a few addresses; the one that was asked for longest ago makes room. */
#include "preview/kept-int.h"

typedef struct { GBytes *html; char *file; RnTold *fault; guint64 used; } Entry;

struct RnKept {
	GMutex lock;
	GHashTable *table;     /* url -> Entry */
	guint64 uses;
};

static void free_entry (gpointer data)
{
	Entry *entry = data;
	g_bytes_unref (entry->html);
	g_free (entry->file);
	rn_told_unref (entry->fault);
	g_free (entry);
}

RnKept *rn_kept_new (void)
{
	RnKept *kept = g_new0 (RnKept, 1);
	g_mutex_init (&kept->lock);
	kept->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);
	return kept;
}

void rn_kept_free (RnKept *kept)
{
	if (!kept)
		return;
	g_hash_table_unref (kept->table);
	g_mutex_clear (&kept->lock);
	g_free (kept);
}

static void make_room (RnKept *kept)
{
	GHashTableIter iter;
	gpointer url, oldest = NULL;
	Entry *entry;
	guint64 least = G_MAXUINT64;
	if (g_hash_table_size (kept->table) < RN_KEPT_MAX)
		return;
	g_hash_table_iter_init (&iter, kept->table);
	while (g_hash_table_iter_next (&iter, &url, (gpointer *) &entry))
		if (entry->used < least) {
			least = entry->used;
			oldest = url;
		}
	g_hash_table_remove (kept->table, oldest);
}

/* With the lock held. */
static Entry *entry_of (RnKept *kept, const char *url, gboolean make)
{
	Entry *entry = g_hash_table_lookup (kept->table, url);
	if (!entry && make) {
		make_room (kept);
		entry = g_new0 (Entry, 1);
		entry->html = g_bytes_new_static ("", 0);
		g_hash_table_insert (kept->table, g_strdup (url), entry);
	}
	if (entry)
		entry->used = ++kept->uses;
	return entry;
}

void rn_kept_put (RnKept *kept, const char *url, const char *file, const GString *html)
{
	g_mutex_lock (&kept->lock);
	Entry *entry = entry_of (kept, url, TRUE);
	g_bytes_unref (entry->html);
	entry->html = g_bytes_new (html->str, html->len);
	g_free (entry->file);
	entry->file = g_strdup (file);
	g_clear_pointer (&entry->fault, rn_told_unref);
	g_mutex_unlock (&kept->lock);
}

void rn_kept_fail (RnKept *kept, const char *url, RnTold *told)
{
	g_mutex_lock (&kept->lock);
	Entry *entry = entry_of (kept, url, TRUE);
	rn_told_unref (entry->fault);
	entry->fault = rn_told_ref (told);
	g_mutex_unlock (&kept->lock);
}

gboolean rn_kept_get (RnKept *kept, const char *url, GString *html)
{
	gsize len = 0;
	g_string_truncate (html, 0);
	g_mutex_lock (&kept->lock);
	const Entry *entry = entry_of (kept, url, FALSE);
	const char *data = entry ? g_bytes_get_data (entry->html, &len) : NULL;
	g_string_append_len (html, data ? data : "", (gssize) len);
	g_mutex_unlock (&kept->lock);
	return len > 0;
}

RnTold *rn_kept_fault (RnKept *kept, const char *url)
{
	g_mutex_lock (&kept->lock);
	const Entry *entry = entry_of (kept, url, FALSE);
	RnTold *told = entry ? rn_told_ref (entry->fault) : NULL;
	g_mutex_unlock (&kept->lock);
	return told;
}

char *rn_kept_file (RnKept *kept, const char *url)
{
	g_mutex_lock (&kept->lock);
	const Entry *entry = entry_of (kept, url, FALSE);
	char *file = entry ? g_strdup (entry->file) : NULL;
	g_mutex_unlock (&kept->lock);
	return file;
}
