/* library_answers.c - what a library is asked: pages by key and by address, types, names near to a wrong one, dates of the whole. */
#include "model/library-int.h"

#include <string.h>

RnSite *rn_library_site (const RnLibrary *library)
{
	return library->site;
}

RnArena *rn_library_arena (RnLibrary *library)
{
	return library->arena;
}

const RnPages *rn_library_pages (const RnLibrary *library)
{
	return library->frozen ? &library->pages : &library->visible;
}

static int by_address (const void *key, const void *item)
{
	return strcmp (key, (*(RnPage *const *) item)->url);
}

gint rn_library_index (const RnLibrary *library, const RnPage *page)
{
	const RnPages *pages = &library->pages;
	RnPage **found = bsearch (page->url, pages->items, pages->n, sizeof (RnPage *), by_address);
	return found ? (gint) (found - pages->items) : -1;
}

const RnType *rn_library_type (const RnLibrary *library, const char *name)
{
	return g_hash_table_lookup (library->type_of_folder, name);
}

const RnType *const *rn_library_types (const RnLibrary *library, guint *n)
{
	*n = library->types->len;
	return (const RnType *const *) library->types->pdata;
}

RnPage *rn_library_page (const RnLibrary *library, const RnLanguage *language, const char *key)
{
	RnPage **twins = g_hash_table_lookup (library->by_key, key);
	RnPage *page = twins && language ? twins[language->index] : NULL;
	return rn_seen (page) ? page : NULL;
}

RnPage *rn_library_home (const RnLibrary *library, const RnLanguage *language)
{
	return rn_library_page (library, language, "");
}

RnPage *rn_library_at (const RnLibrary *library, const char *url)
{
	return g_hash_table_lookup (library->by_url, url);
}

RnPage *rn_library_led_from (const RnLibrary *library, const char *url)
{
	return g_hash_table_lookup (library->by_alias, url);
}

void rn_library_each_file (const RnLibrary *library, void (*each) (RnPage *page, gpointer user), gpointer user)
{
	for (guint i = 0; i < library->entries->len; i++) {
		RnPage *page = library->entries->pdata[i];
		if (page->file && !page->text && !page->fallback && page->slice <= 1 && page->kind != RN_PAGE_PART)
			each (page, user);
	}
}

const char *rn_library_hidden (const RnLibrary *library, const RnLanguage *language, const char *key)
{
	RnPage **twins = g_hash_table_lookup (library->by_key, key);
	const RnPage *page = twins && language ? twins[language->index] : NULL;
	for (guint i = 0; twins && !page && i < library->site->n_languages; i++)
		page = twins[i];
	return page ? ENTRY (page)->hidden : NULL;
}

static int by_name (const void *a, const void *b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Both lists are made once, by whoever asks first: asking is rare, and mostly a mistake in one page. */
static RnNearest *near_keys (RnLibrary *library)
{
	guint n, kept = 0;
	g_mutex_lock (&library->lock);
	if (!library->near_keys) {
		library->keys = (char **) g_hash_table_get_keys_as_array (library->by_key, &n);
		for (guint i = 0; i < n; i++)
			if (*library->keys[i] && *library->keys[i] != '/')
				library->keys[kept++] = library->keys[i];
		library->keys[kept] = NULL;
		qsort (library->keys, kept, sizeof (char *), by_name);
		library->near_keys = rn_nearest_new ((const char *const *) library->keys);
	}
	g_mutex_unlock (&library->lock);
	return library->near_keys;
}

static RnNearest *near_files (RnLibrary *library)
{
	const RnSite *site = library->site;
	guint begin, end, n = 0;
	g_mutex_lock (&library->lock);
	if (!library->near_files) {
		rn_tree_range (site->tree, site->content, &begin, &end);
		library->files = g_new (char *, end - begin + 1);
		for (guint i = begin; i < end; i++) {
			const char *name = rn_tree_path (site->tree, i) + strlen (site->content);
			if (rn_site_publishes (site, name))
				library->files[n++] = (char *) name;
		}
		library->files[n] = NULL;
		library->near_files = rn_nearest_new ((const char *const *) library->files);
	}
	g_mutex_unlock (&library->lock);
	return library->near_files;
}

const char *rn_library_nearest_file (const RnLibrary *library, const char *path)
{
	return rn_nearest_find (near_files ((RnLibrary *) library), path);
}

const char *rn_library_nearest (const RnLibrary *library, const RnLanguage *language, const char *key)
{
	(void) language;
	const char *found = rn_nearest_find (near_keys ((RnLibrary *) library), key);
	/* In one folder only the names count: what they have in common before makes them no nearer. */
	const char *name = strrchr (key, '/'), *there = found ? strrchr (found, '/') : NULL;
	if (name && there && name - key == there - found && !strncmp (key, found, (gsize) (name - key)))
		return rn_text_nearest (name + 1, (const char *const[]) { there + 1, NULL }) ? found : NULL;
	return found;
}

gint64 rn_library_edition_time (const RnLibrary *library)
{
	return library->edition_time;
}

guint rn_library_left_out (const RnLibrary *library)
{
	guint n = 0;
	for (guint i = 0; i < library->entries->len; i++) {
		const Entry *entry = library->entries->pdata[i];
		n += !g_strcmp0 (entry->hidden, "broken");
	}
	return n;
}

#define DAY 86400

static gint64 midnight_before (gint64 clock)
{
	return clock - ((clock % DAY) + DAY) % DAY;
}

gint64 rn_library_today (RnLibrary *library)
{
	g_atomic_int_set (&library->day_matters, TRUE);
	return midnight_before (library->site->clock);
}

gint64 rn_library_valid_until (const RnLibrary *library)
{
	const gint64 clock = library->site->clock;
	gint64 until = g_atomic_int_get (&library->day_matters) ? midnight_before (clock) + DAY : G_MAXINT64;
	for (guint i = 0; i < library->entries->len; i++) {
		const RnPage *page = library->entries->pdata[i];
		const gint64 days[] = { page->publish, page->expires, page->review_due };
		for (guint k = 0; k < G_N_ELEMENTS (days); k++)
			if (days[k] > clock)
				until = MIN (until, days[k]);
	}
	return until;
}
