/* added.c - files and feeds of plugins: a table by address, and one by the page that links. */
#include "model/added.h"
#include "model/library-int.h"

#include <string.h>

struct RnAdded {
	GArray *files;        /* RnAddedFile */
	GHashTable *by_url;   /* url -> its place in files, from 1 */
	GHashTable *folders;  /* of pages and of these */
	GHashTable *of_page;  /* RnPage -> GPtrArray of RnAddedFeed */
};

static RnAdded *added_of (RnLibrary *library)
{
	if (!library->added) {
		RnAdded *added = library->added = g_new0 (RnAdded, 1);
		added->files = g_array_new (FALSE, FALSE, sizeof (RnAddedFile));
		added->by_url = g_hash_table_new (g_str_hash, g_str_equal);
		added->folders = rn_addresses_folders (library);
		added->of_page = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
	}
	return library->added;
}

void rn_added_free (RnAdded *added)
{
	if (!added)
		return;
	g_array_unref (added->files);
	g_hash_table_unref (added->by_url);
	g_hash_table_unref (added->folders);
	g_hash_table_unref (added->of_page);
	g_free (added);
}

/* What stands at URL, or so that nothing can; NULL: nothing. */
static const char *taken_by (RnLibrary *library, const char *url)
{
	RnAdded *added = added_of (library);
	for (const char *end = url + strlen (url); end; end = g_strrstr_len (url, end - url, "/")) {
		g_autofree char *part = g_strndup (url, (gsize) (end - url));
		if (g_hash_table_contains (added->by_url, part))
			return "another plugin's file";
	}
	return rn_address_taken (library, added->folders, url);
}

static gboolean add (RnLibrary *library, const RnAddedFile *file, RnPlace where)
{
	RnAdded *added = added_of (library);
	const char *by = taken_by (library, file->url);
	if (by) {
		rn_diagnose (library->sink, RN_D_URL_TWICE, where, file->url, by);
		return FALSE;
	}
	g_array_append_vals (added->files, file, 1);
	g_hash_table_insert (added->by_url, (gpointer) file->url, GUINT_TO_POINTER (added->files->len));
	for (const char *slash = strrchr (file->url, '/'); slash && slash > file->url; slash = g_strrstr_len (file->url, slash - file->url, "/"))
		if (!g_hash_table_add (added->folders, g_strndup (file->url, (gsize) (slash - file->url))))
			break;
	return TRUE;
}

gboolean rn_library_add_file (RnLibrary *library, const char *url, const char *data, gsize len, RnPlace where)
{
	const RnAddedFile file = { rn_arena_strndup (library->arena, url, -1), rn_arena_strndup (library->arena, data, (gssize) len), len, NULL };
	return add (library, &file, where);
}

gboolean rn_library_add_feed (RnLibrary *library, const RnAddedFeed *given, RnPage *const *pages, guint n, RnPlace where)
{
	RnAddedFeed *feed = rn_arena_new0 (library->arena, RnAddedFeed);
	*feed = *given;
	feed->newest = (RnPages) { 0 };
	for (guint i = 0; i < n; i++)
		rn_newest_consider (library, &feed->newest, pages[i]);
	if (!feed->newest.n)
		return TRUE;
	feed->url = rn_arena_strndup (library->arena, given->url, -1);
	feed->title = rn_arena_strndup (library->arena, given->title, -1);
	if (!add (library, &(RnAddedFile) { feed->url, NULL, 0, feed }, where))
		return FALSE;
	if (!feed->page)
		return TRUE;
	GPtrArray *list = g_hash_table_lookup (library->added->of_page, feed->page);
	if (!list)
		g_hash_table_insert (library->added->of_page, (gpointer) feed->page, list = g_ptr_array_new ());
	g_ptr_array_add (list, feed);
	return TRUE;
}

const RnAddedFile *rn_library_added (const RnLibrary *library, guint *n)
{
	*n = library->added ? library->added->files->len : 0;
	return *n ? (const RnAddedFile *) (gpointer) library->added->files->data : NULL;
}

const RnAddedFile *rn_library_added_at (const RnLibrary *library, const char *url)
{
	guint at = library->added ? GPOINTER_TO_UINT (g_hash_table_lookup (library->added->by_url, url)) : 0;
	return at ? &g_array_index (library->added->files, RnAddedFile, at - 1) : NULL;
}

const GPtrArray *rn_library_feeds_of (const RnLibrary *library, const RnPage *page)
{
	return library->added ? g_hash_table_lookup (library->added->of_page, page) : NULL;
}
