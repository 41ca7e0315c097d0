/*
 * library_add.c - pages that plugins give, and the end of reading: pairs, addresses, the freeze.
 *
 * In: front matter and a text, or a title alone. Out: pages as those of files. Invariant: entries up to `settled` are read and have their pairs and addresses; those
 * behind it came in one after another and wait for their like.
 */
#include "base/path.h"
#include "base/words.h"
#include "model/library-int.h"

#include <string.h>

/* A stand-in gives its place to the text that it stood in for. */
static void take_over (RnLibrary *library, RnPage *stand_in)
{
	rn_address_release (library, stand_in);
	ENTRY (stand_in)->hidden = "twice";
}

/* Why the page cannot be; NULL: it can. */
static const char *fault_of (const RnCustomPage *custom, const RnLanguage *language)
{
	if (!language)
		return "its language is not one of the site's";
	if (!custom->key || rn_path_check (custom->key) != RN_PATH_FINE)
		return "its key is not a path such as vacancies/by-city";
	return NULL;
}

/* Its file is what it comes from, whose history is its own. */
static void set_text (RnLibrary *library, RnPage *page, const RnCustomPage *custom)
{
	page->text = rn_arena_strndup (library->arena, custom->text, -1);
	page->text_len = strlen (page->text);
	page->file = custom->where.file;
	gint index = rn_tree_find (library->site->tree, page->file);
	if (index >= 0 && library->history)
		page->history = rn_history_get (library->history, (guint) index);
}

RnPage *rn_library_add (RnLibrary *library, const RnCustomPage *custom)
{
	const RnLanguage *language = rn_site_language (library->site, custom->language);
	const char *fault = fault_of (custom, language);
	if (fault) {
		rn_diagnose (library->sink, RN_D_CUSTOM_PAGE, custom->where, custom->key ? custom->key : "", fault);
		return NULL;
	}
	const char *key = rn_arena_strndup (library->arena, custom->key, -1);
	RnPage **twins = rn_twins (library, key, TRUE), *there = twins[language->index];
	if (there && there->fallback) {
		take_over (library, there);
	} else if (there) {
		g_autofree char *url = g_strdup_printf ("/%s/%s/", language->code, key);
		rn_diagnose (library->sink, RN_D_URL_TWICE, custom->where, there->url ? there->url : url, there->file ? there->file : _("another plugin's page"));
		return NULL;
	}
	Entry *entry = rn_entry_new (library, custom->text ? RN_PAGE_CONTENT : RN_PAGE_CUSTOM, language, key);
	RnPage *page = &entry->page;
	page->title = rn_arena_strndup (library->arena, custom->title && *custom->title ? custom->title : key, -1);
	page->description = rn_arena_strndup (library->arena, custom->description, -1);
	page->layout = rn_arena_strndup (library->arena, custom->layout, -1);
	page->front = custom->front;
	page->data = custom->data;
	page->online = custom->online;
	page->from = custom->where;
	page->type = rn_type_for (library, key, FALSE);
	page->twins = twins;
	twins[language->index] = page;
	if (custom->text)
		set_text (library, page, custom);
	return page;
}

/* What a pass before this one could not read stays away. */
static void read_added (RnLibrary *library, Entry *entry)
{
	RnPage *page = &entry->page;
	g_autofree char *origin = page->text ? rn_page_origin (page) : NULL;
	if (origin && library->broken && g_hash_table_contains (library->broken, origin))
		entry->hidden = "broken";
	else if (page->front)
		rn_front_take (library, entry, library->arena);
}

void rn_places_settle (RnLibrary *library)
{
	const guint from = library->settled;
	rn_pairs_resolve (library, from);
	for (guint i = from; i < library->entries->len; i++) {
		rn_address_set (library, library->entries->pdata[i]);
		rn_address_claim (library, library->entries->pdata[i]);
	}
	library->settled = library->entries->len;
	rn_visible_list (library);
}

void rn_library_settle (RnLibrary *library)
{
	const guint from = library->settled;
	if (from == library->entries->len)
		return;
	rn_bundles_settle (library);
	for (guint i = from; i < library->entries->len; i++)
		read_added (library, library->entries->pdata[i]);
	rn_front_report (library, from);
	rn_places_settle (library);
}

/* The front matter as if what MAP says had stood in it. */
static const RnValue *merged (RnLibrary *library, const RnValue *front, const RnValue *map)
{
	const guint n = front && front->kind == RN_MAP ? front->n : 0;
	RnValue *both = rn_arena_new0 (library->arena, RnValue);
	RnPair *pairs = rn_arena_newn (library->arena, RnPair, n + map->n);
	*both = (RnValue) { .kind = RN_MAP, .line = 1, .col = 1, .pairs = pairs };
	for (guint i = 0; i < n; i++)
		if (!rn_front_get (map, front->pairs[i].name))
			pairs[both->n++] = front->pairs[i];
	memcpy (pairs + both->n, map->pairs, map->n * sizeof (RnPair));
	both->n += map->n;
	return both;
}

void rn_library_set (RnLibrary *library, RnPage *page, const RnValue *map, RnDiagnostics *sink)
{
	RnDiagnostics *own = library->sink;
	library->sink = sink;
	page->front = merged (library, page->front, map);
	rn_front_set (library, ENTRY (page), map, library->arena);
	rn_page_settle_again (library, page);
	library->sink = own;
}

void rn_library_freeze (RnLibrary *library)
{
	rn_library_settle (library);
	rn_visible_list (library);
	rn_sections_make (library);
	rn_tags_make (library);
	rn_relations_resolve (library);
	rn_newest_make (library);
	rn_addresses_finish (library);
	library->frozen = TRUE;
}
