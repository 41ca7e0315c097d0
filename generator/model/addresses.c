/* addresses.c - where each page stands: its URL, the later slices of long lists, aliases, and the final list of all that is made. */
#include "base/path.h"
#include "base/text.h"
#include "model/library-int.h"

#include <string.h>

static gboolean plain_part (const char *part, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (!g_ascii_isalnum (part[i]) && !strchr ("-._~", part[i]))
			return FALSE;
	return TRUE;
}

/* A part of a key as it stands in an address: what is not plain Latin is written in it, by the default language's table. */
static void append_part (const RnLibrary *library, GString *url, const char *part, gsize len)
{
	if (plain_part (part, len)) {
		g_string_append_len (url, part, (gssize) len);
	} else {
		g_autofree char *slug = rn_text_slug (part, (gssize) len, library->site->languages[0]->transliteration);
		g_string_append (url, slug);
	}
	g_string_append_c (url, '/');
}

void rn_address_set (RnLibrary *library, Entry *entry)
{
	RnPage *page = &entry->page;
	g_autoptr (GString) url = g_string_new (NULL);
	g_string_append_printf (url, "/%s/", page->language->code);
	for (const char *part = page->key; *part;) {
		gsize len = strcspn (part, "/");
		if (!part[len] && entry->slug && page->kind == RN_PAGE_CONTENT)
			append_part (library, url, entry->slug, strlen (entry->slug));
		else
			append_part (library, url, part, len);
		part += len + (part[len] == '/');
	}
	page->url = rn_arena_strndup (library->arena, url->str, (gssize) url->len);
}

void rn_address_claim (RnLibrary *library, Entry *entry)
{
	RnPage *page = &entry->page, *there;
	if (entry->hidden || entry->unmade)
		return;
	there = g_hash_table_lookup (library->by_url, page->url);
	if (!there) {
		g_hash_table_insert (library->by_url, (gpointer) page->url, page);
		return;
	}
	rn_diagnose (library->sink, RN_D_URL_TWICE, RN_PLACE (page->file, page->file ? 1 : 0, 1), page->url,
	             there->file ? there->file : "a page that the press makes itself");
	entry->hidden = "twice";
}

/* --- long lists ----------------------------------------------------------------------------------------------------------- */

static void slice (RnLibrary *library, RnPage *page)
{
	guint size = library->site->page_size, count = (page->pages.n + size - 1) / size;
	page->slice = page->slices = 1;
	if (count < 2)
		return;
	const RnPages all = page->pages;
	RnPage **slices = rn_arena_newn (library->arena, RnPage *, count);
	slices[0] = page;
	page->slices = count;
	page->slice_pages = slices;
	page->pages.n = size;
	for (guint i = 1; i < count; i++) {
		Entry *entry = rn_entry_new (library, page->kind, page->language, page->key);
		RnPage *later = slices[i] = &entry->page;
		*later = *page;
		later->first_slice = page;
		later->slice_pages = NULL;
		later->slice = i + 1;
		later->pages.items = all.items + i * size;
		later->pages.n = MIN (size, all.n - i * size);
		later->url = rn_arena_printf (library->arena, "%spage/%u/", page->url, i + 1);
		rn_address_claim (library, entry);
	}
}

/* --- pages that every site has ------------------------------------------------------------------------------------ */

static void make_not_found (RnLibrary *library, const RnLanguage *language)
{
	Entry *entry = rn_entry_new (library, RN_PAGE_NOT_FOUND, language, "404");
	const char *title = rn_language_string (language, "not_found", 1);
	entry->page.title = title ? title : "404";
	entry->page.url = rn_arena_printf (library->arena, "/%s/404.html", language->code);
	entry->page.parent = rn_library_home (library, language);
	entry->page.twins = rn_twins (library, "404", TRUE);
	entry->page.twins[language->index] = &entry->page;
	rn_address_claim (library, entry);
}

static void make_root (RnLibrary *library)
{
	const RnSite *site = library->site;
	Entry *entry = rn_entry_new (library, RN_PAGE_ROOT, site->languages[0], "");
	const char *title = rn_site_text (site, site->title, site->languages[0]);
	library->root = &entry->page;
	entry->page.title = title ? title : site->languages[0]->name;
	entry->page.url = "/";
	rn_address_claim (library, entry);
}

/* --- aliases ---------------------------------------------------------------------------------------------------------------- */

/* An old address as a site-absolute one that a file can stand at; NULL: it cannot be used. */
static const char *alias_url (RnLibrary *library, const RnPage *page, const char *text)
{
	g_autofree char *from = g_strdup_printf ("%sx", page->parent ? page->parent->url + 1 : "");
	g_autofree char *path = *text ? rn_path_join (from, text) : NULL;
	if (!path || !*path || rn_path_check (path) != RN_PATH_FINE)
		return NULL;
	const char *slash = strrchr (path, '/'), *last = slash ? slash + 1 : path;
	return rn_arena_printf (library->arena, "/%s%s", path, strchr (last, '.') ? "" : "/");
}

static void settle_aliases (RnLibrary *library, Entry *entry)
{
	const RnValue *value = entry->aliases;
	RnPage *page = &entry->page;
	guint n = !value || page->fallback ? 0 : value->kind == RN_LIST ? value->n : 1, kept = 0;
	if (!n)
		return;
	const char **list = rn_arena_newn (library->arena, const char *, n + 1);
	for (guint i = 0; i < n; i++) {
		const RnValue *item = value->kind == RN_LIST ? value->items[i] : value;
		const char *text = rn_value_string (item), *url = text ? alias_url (library, page, text) : NULL;
		RnPage *there = url ? g_hash_table_lookup (library->by_url, url) : NULL;
		if (url && !there)
			list[kept++] = url;
		else if (there && there != page)
			rn_diagnose (library->sink, RN_D_ALIAS_TAKEN, RN_PLACE (page->file, item->line, item->col), url, there->file ? there->file : there->url);
		else if (!url)
			rn_diagnose (library->sink, RN_D_FIELD_KIND, RN_PLACE (page->file, item->line, item->col), "aliases", "addresses such as /old/page/",
			             rn_kind_name ((RnKind) item->kind));
	}
	page->aliases = kept ? list : NULL;
}

/* --- the end -------------------------------------------------------------------------------------------------------------- */

static int by_url (gconstpointer a, gconstpointer b)
{
	return strcmp ((*(RnPage *const *) a)->url, (*(RnPage *const *) b)->url);
}

void rn_addresses_finish (RnLibrary *library)
{
	for (guint i = 0; i < library->site->n_languages; i++)
		make_not_found (library, library->site->languages[i]);
	make_root (library);
	for (guint i = 0, n = library->entries->len; i < n; i++) {
		Entry *entry = library->entries->pdata[i];
		gboolean list = entry->page.kind == RN_PAGE_SECTION || entry->page.kind == RN_PAGE_TAG || entry->page.kind == RN_PAGE_AUDIENCE;
		if (!entry->hidden && !entry->unmade && list)
			slice (library, &entry->page);
	}
	g_autoptr (GPtrArray) all = g_ptr_array_new ();
	for (guint i = 0; i < library->entries->len; i++) {
		Entry *entry = library->entries->pdata[i];
		if (entry->hidden || entry->unmade)
			continue;
		settle_aliases (library, entry);
		g_ptr_array_add (all, entry);
	}
	g_ptr_array_sort (all, by_url);
	rn_pages_freeze (library, &library->pages, all);
}
