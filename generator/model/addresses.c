/* addresses.c - where each page stands: its URL, the later slices of long lists, aliases, and the final list of all that is made. */
#include "base/path.h"
#include "base/text.h"
#include "base/words.h"
#include "model/library-int.h"

#include <math.h>
#include <string.h>

#define TAGS_FOR_ONE 4    /* tags in a list where it would have one page */

/* Can PART stand in an address but for its capitals? */
static gboolean plain_part (const char *part, gsize len)
{
	g_autofree char *name = g_strndup (part, len);
	if (rn_path_check (name) != RN_PATH_FINE)
		return FALSE; /* ".." as a slug would lead out of the site */
	for (gsize i = 0; i < len; i++)
		if (!g_ascii_isalnum (part[i]) && !strchr ("-._~", part[i]))
			return FALSE;
	return TRUE;
}

static gboolean stays (const char *part, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (g_ascii_isupper (part[i]))
			return FALSE;
	return plain_part (part, len);
}

/* What is not plain Latin is written in it, by the default language's table. Small letters alone: an address is typed and dictated, and memory cards know no others. */
void rn_address_append (const RnLibrary *library, GString *url, const char *part, gsize len)
{
	if (plain_part (part, len)) {
		g_autofree char *small = g_ascii_strdown (part, (gssize) len);
		g_string_append (url, small);
	} else {
		g_autofree char *slug = rn_text_slug (part, (gssize) len, library->site->languages[0]->transliteration);
		g_string_append_len (url, slug, rn_text_slug_length (slug));
	}
	g_string_append_c (url, '/');
}

/* The address of the entry's page by the name KEY, appended; are its parts all as they stand in KEY? */
static gboolean append_address (const RnLibrary *library, const Entry *entry, const char *key, GString *url)
{
	const RnPage *page = &entry->page;
	gboolean same = TRUE;
	g_string_append_printf (url, "/%s/", page->language->code);
	for (const char *part = key; *part;) {
		gsize len = strcspn (part, "/");
		const char *next = part + len + (part[len] == '/');
		if (!*next && entry->slug && page->kind == RN_PAGE_CONTENT) {
			part = entry->slug;
			len = strlen (part);
		}
		same = same && stays (part, len);
		rn_address_append (library, url, part, len);
		part = next;
	}
	return same;
}

void rn_address_set (RnLibrary *library, Entry *entry)
{
	RnPage *page = &entry->page;
	g_autoptr (GString) url = g_string_new (NULL);
	const gboolean same = append_address (library, entry, page->key, url);
	/* A stranger's folder keeps to one file a page. */
	entry->rewritten |= page->file && page->kind == RN_PAGE_CONTENT && rn_site_declared (library->site) && !same;
	page->url = rn_arena_strndup (library->arena, url->str, (gssize) url->len);
}

char *rn_library_address_as (const RnLibrary *library, const RnPage *page, const char *key)
{
	g_autoptr (GString) url = g_string_new (NULL);
	append_address (library, (const Entry *) page, key, url);
	return g_strdup (url->str);
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
	/* A stand-in goes the way of its page, which has been told. */
	if (!page->fallback || rn_seen (page->fallback))
		rn_diagnose (library->sink, RN_D_URL_TWICE, page->file || page->from.file ? rn_page_place (page, 1, 1) : RN_PLACE (NULL, 0, 0), page->url,
		             there->file ? there->file : _("a page that the press makes itself"));
	entry->hidden = "twice";
}

void rn_address_release (RnLibrary *library, RnPage *page)
{
	if (g_hash_table_lookup (library->by_url, page->url) == page)
		g_hash_table_remove (library->by_url, page->url);
}

/* --- long lists ----------------------------------------------------------------------------------------------------------- */

static gboolean is_list (const RnPage *page)
{
	return page->kind == RN_PAGE_HOME || page->kind == RN_PAGE_SECTION || page->kind == RN_PAGE_TAG || page->kind == RN_PAGE_AUDIENCE ||
	       page->kind == RN_PAGE_TAGS || page->kind == RN_PAGE_SEARCH;
}

/* Entries of PAGE's list before it is split. Tags are short words. */
static guint slice_size (const RnSite *site, const RnPage *page)
{
	if (page->kind == RN_PAGE_TAGS)
		return site->page_size * TAGS_FOR_ONE;
	/* Each part of the list from A to Z leads to all others: as many parts as entries in one, at most. */
	return MAX (site->page_size, page->kind == RN_PAGE_SEARCH ? (guint) sqrt (page->pages.n) : 0);
}

/* Tags without a page of their own are places of the slice that lists them. */
static void place_tags (RnLibrary *library, const RnPage *slice_page)
{
	for (guint i = 0; i < slice_page->pages.n; i++) {
		RnPage *tag = slice_page->pages.items[i];
		const char *name = ENTRY (tag)->unmade ? strchr (tag->url, '#') : NULL;
		if (name)
			tag->url = rn_arena_printf (library->arena, "%s%s", slice_page->url, name);
	}
}

static void slice (RnLibrary *library, RnPage *page)
{
	guint size = MAX (slice_size (library->site, page), 1), count = (page->pages.n + size - 1) / size;
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
		if (page->kind == RN_PAGE_TAGS)
			place_tags (library, later);
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
	entry->page.twins = rn_twins (library, "/404", TRUE); /* no key of a file's: a page "404.md" is another */
	entry->page.twins[language->index] = &entry->page;
	rn_address_claim (library, entry);
}

static void make_root (RnLibrary *library)
{
	const RnSite *site = library->site;
	Entry *entry = rn_entry_new (library, RN_PAGE_ROOT, site->languages[0], "");
	const char *title = rn_site_text (site, site->title, site->languages[0]);
	entry->page.title = title ? title : site->languages[0]->name;
	entry->page.url = "/";
	rn_address_claim (library, entry);
}

/* --- aliases ---------------------------------------------------------------------------------------------------------------- */

/* An old address as a site-absolute one that a file can stand at; NULL: it cannot be used. */
static const char *alias_url (RnLibrary *library, const RnPage *page, const char *text)
{
	g_autofree char *from = g_strdup_printf ("%sx", page->parent ? page->parent->url + 1 : "");
	g_autofree char *decoded = strchr (text, '%') ? g_uri_unescape_string (text, NULL) : NULL;
	g_autofree char *path = *text ? rn_path_join (from, decoded ? decoded : text) : NULL;
	if (!path || !*path || rn_path_check (path) != RN_PATH_FINE)
		return NULL;
	const char *slash = strrchr (path, '/'), *last = slash ? slash + 1 : path;
	return rn_arena_printf (library->arena, "/%s%s", path, strchr (last, '.') ? "" : "/");
}

/* Where a page's, an alias's or a folder's own files are, nothing else can be. */
typedef struct { RnLibrary *library; GHashTable *folders; } Taken;

GHashTable *rn_addresses_folders (const RnLibrary *library)
{
	GHashTable *folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter iter;
	gpointer url;
	for (g_hash_table_iter_init (&iter, library->by_url); g_hash_table_iter_next (&iter, &url, NULL);)
		for (const char *slash = strrchr (url, '/'); slash && slash > (char *) url; slash = g_strrstr_len (url, slash - (char *) url, "/"))
			if (!g_hash_table_add (folders, g_strndup (url, (gsize) (slash - (char *) url))))
				break;
	return folders;
}

static const RnPage *page_at (const RnLibrary *library, const char *url)
{
	const RnPage *page = g_hash_table_lookup (library->by_url, url);
	return page ? page : g_hash_table_lookup (library->by_alias, url);
}

const char *rn_library_made_at (const RnLibrary *library, const char *url)
{
	static const char *const made[] = { "/robots.txt", "/.well-known/security.txt", "/sitemap.xml", "/sitemap-", "/assets/", "/search/", "/drawn/", "/share/", NULL };
	static const char *const inside[] = { "/index.html", "/feed.xml", "/manifest.webmanifest", "" };
	for (guint i = 0; made[i]; i++)
		if (g_str_has_prefix (url, made[i]))
			return "a file that the press makes itself";
	const RnPage *page = page_at (library, url);
	for (guint i = 0; i < G_N_ELEMENTS (inside) && !page; i++) {
		g_autofree char *folder = g_str_has_suffix (url, inside[i]) ? g_strdup_printf ("%.*s/", (int) (strlen (url) - strlen (inside[i])), url) : NULL;
		page = folder ? page_at (library, folder) : NULL;
	}
	return !page ? NULL : page->file ? page->file : page->url;
}

/* What stands at URL already, or so that a file there could not be; NULL: nothing. */
static const char *taken_by (const Taken *taken, const char *url)
{
	const RnLibrary *library = taken->library;
	const RnSite *site = library->site;
	const char *made = rn_library_made_at (library, url);
	if (made)
		return made;
	if (g_hash_table_contains (taken->folders, url))
		return "a page's folder";
	/* A file of the content, here or on the way here; or an alias that is a file on the way. */
	for (const char *end = url + strlen (url); end; end = g_strrstr_len (url, end - url, "/")) {
		g_autofree char *part = g_strndup (url, (gsize) (end - url));
		g_autofree char *file = g_strconcat (site->content, *part ? part + 1 : "", NULL);
		gint index = rn_tree_find (site->tree, file);
		if (index >= 0 && rn_site_publishes (site, part + 1))
			return rn_tree_path (site->tree, (guint) index);
		if (g_hash_table_contains (library->by_alias, part))
			return "another alias";
	}
	return NULL;
}

const char *rn_address_taken (RnLibrary *library, GHashTable *folders, const char *url)
{
	return taken_by (&(Taken) { library, folders }, url);
}

static void take_alias (Taken *taken, RnPage *page, const char *url)
{
	g_hash_table_insert (taken->library->by_alias, (gpointer) url, page);
	for (const char *slash = strrchr (url, '/'); slash && slash > url; slash = g_strrstr_len (url, slash - url, "/"))
		g_hash_table_add (taken->folders, g_strndup (url, (gsize) (slash - url)));
}

/* Those of the front matter into LIST; returns how many. */
static guint own_aliases (Taken *taken, const Entry *entry, const char **list, guint n)
{
	RnLibrary *library = taken->library;
	const RnValue *value = entry->aliases;
	RnPage *page = (RnPage *) &entry->page;
	guint kept = 0;
	for (guint i = 0; i < n; i++) {
		const RnValue *item = value->kind == RN_LIST ? value->items[i] : value;
		g_autofree char *text = rn_value_text (item);
		const char *url = item->kind == RN_STRING ? alias_url (library, page, text) : NULL;
		RnPlace place = rn_page_place (page, item->line, item->col);
		if (!url) {
			rn_diagnose (library->sink, RN_D_FIELD_PATTERN, place, "aliases", text, _("an address of the site such as /old/page/"));
			continue;
		}
		const char *by = taken_by (taken, url);
		if (!by) {
			list[kept++] = url;
			take_alias (taken, page, url);
		} else if (g_strcmp0 (url, page->url)) {
			rn_diagnose (library->sink, RN_D_ALIAS_TAKEN, place, url, by);
		}
	}
	return kept;
}

/* The address that the file's name, or its slug, would give, where letters had to be written otherwise; NULL: none, or nothing can stand there. */
static const char *address_of_name (const Taken *taken, const Entry *entry)
{
	const RnPage *page = &entry->page;
	const char *slash = strrchr (page->key, '/'), *last = slash ? slash + 1 : page->key;
	g_autofree char *name = g_strdup_printf ("%.*s%s", (int) (last - page->key), page->key, entry->slug ? entry->slug : last);
	if (!entry->rewritten || rn_path_check (name) != RN_PATH_FINE)
		return NULL;
	const char *url = rn_arena_printf (taken->library->arena, "/%s/%s/", page->language->code, name);
	return taken_by (taken, url) ? NULL : url;
}

static void settle_aliases (Taken *taken, Entry *entry)
{
	const RnValue *value = entry->aliases;
	RnPage *page = &entry->page;
	if (page->fallback)
		return;
	guint n = !value || value->kind == RN_NULL ? 0 : value->kind == RN_LIST ? value->n : 1;
	const char **list = rn_arena_newn (taken->library->arena, const char *, n + 2);
	guint kept = own_aliases (taken, entry, list, n);
	const char *by_name = address_of_name (taken, entry);
	if (by_name) {
		list[kept++] = by_name;
		take_alias (taken, page, by_name);
	}
	page->aliases = kept ? list : NULL;
}

/* --- the end -------------------------------------------------------------------------------------------------------------- */

/* Others see only the twins that are made; which there are beside is the library's own knowledge. */
static void show_twins (RnLibrary *library, RnPage *page)
{
	guint n = library->site->n_languages, seen = 0, all = 0;
	for (guint i = 0; page->twins && i < n; i++) {
		all += page->twins[i] != NULL;
		seen += rn_seen (page->twins[i]);
	}
	if (seen == all)
		return;
	RnPage **twins = rn_arena_newn (library->arena, RnPage *, n);
	for (guint i = 0; i < n; i++)
		twins[i] = rn_seen (page->twins[i]) ? page->twins[i] : NULL;
	page->twins = twins;
}

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
		if (!entry->hidden && !entry->unmade && is_list (&entry->page))
			slice (library, &entry->page);
	}
	rn_parts_make (library);
	g_autoptr (GPtrArray) all = g_ptr_array_new ();
	g_autoptr (GHashTable) folders = NULL;
	for (guint i = 0; i < library->entries->len; i++) {
		Entry *entry = library->entries->pdata[i];
		if (entry->hidden || entry->unmade)
			continue;
		if (entry->aliases || entry->rewritten) {
			folders = folders ? folders : rn_addresses_folders (library);
			settle_aliases (&(Taken) { library, folders }, entry);
		}
		show_twins (library, &entry->page);
		g_ptr_array_add (all, entry);
	}
	g_ptr_array_sort (all, by_url);
	rn_pages_freeze (library, &library->pages, all);
}
