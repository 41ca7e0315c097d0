/*
 * mediawiki.c - a wiki's export in; a page of the content for each of its pages out.
 *
 * The dump is read twice: first for the titles, where they lead, and the templates; then page by page. What is held between is a line a page
 * and the templates' sources.
 */
#include "import/wiki-int.h"
#include "import/page.h"

#include <string.h>

#define TEMPLATES_MAX ((gsize) 64 << 20)

/* --- the first reading ------------------------------------------------------------------------------------------------------- */

static void entry_free (gpointer data)
{
	RnWikiEntry *entry = data;
	g_free (entry->title);
	g_free (entry->redirect);
	g_free (entry->type);
	g_free (entry->slug);
	g_free (entry->language);
	g_free (entry);
}

/* Is NS, by its number or name, among the map's `namespaces`? Without them: the main one. */
static gboolean is_content (const RnWikiImport *wiki, gint ns)
{
	const RnValue *list = rn_value_get (wiki->import->map, "namespaces");
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		const char *name = rn_value_string (list->items[i]), *known = g_hash_table_lookup (wiki->site->by_number, GINT_TO_POINTER (ns));
		if (name ? !g_strcmp0 (name, known) : rn_value_int (list->items[i], RN_WIKI_UNKNOWN) == ns)
			return TRUE;
	}
	return !list && ns == RN_WIKI_MAIN;
}

/* The language that TITLE's last part names ("Patent/ru"), and *base, the title without it; NULL: none. */
static const RnLanguage *subpage (const RnWikiImport *wiki, const char *title, char **base)
{
	const char *slash = strrchr (title, '/');
	const RnLanguage *language = slash && slash > title ? rn_site_language (wiki->import->site, slash + 1) : NULL;
	*base = language ? g_strndup (title, (gsize) (slash - title)) : g_strdup (title);
	return language;
}

/* What the map's CATEGORY says of KEY. */
static const char *by_category (const RnWikiImport *wiki, GPtrArray *categories, const char *key)
{
	for (guint i = 0; i < categories->len; i++) {
		const char *text = rn_value_string (rn_value_get (rn_import_mapped (wiki->import->map, "categories", categories->pdata[i]), key));
		if (text)
			return text;
	}
	return NULL;
}

/* The categories that stand in TEXT, whatever is around them. */
static GPtrArray *categories_in (const RnWikiImport *wiki, const char *text)
{
	GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
	for (const char *p = text; (p = strstr (p, "[[")) != NULL;) {
		p += 2;
		gsize len = strcspn (p, "]|[\n");
		g_autofree char *target = g_strstrip (g_strndup (p, MIN (len, 255)));
		const char *rest;
		if (rn_dump_namespace (wiki->site, target, &rest) == RN_WIKI_CATEGORY)
			g_ptr_array_add (found, rn_dump_title (wiki->site, rest, -1));
	}
	return found;
}

/* The first of the texts that is one. */
static const char *either (const char *a, const char *b, const char *c, const char *d)
{
	return a ? a : b ? b : c ? c : d;
}

static RnWikiEntry *make_entry (RnWikiImport *wiki, const RnDumpPage *page)
{
	const RnImport *import = wiki->import;
	const RnValue *own = rn_import_mapped (import->map, "pages", page->title);
	g_autofree char *base = NULL;
	g_autoptr (GPtrArray) categories = categories_in (wiki, page->text);
	const RnLanguage *part = subpage (wiki, page->title, &base);
	RnWikiEntry *entry = g_new0 (RnWikiEntry, 1);
	const char *type = either (rn_value_string (rn_value_get (own, "type")), by_category (wiki, categories, "type"), import->type, rn_value_string (rn_value_get (import->map, "type")));
	const char *language = either (rn_value_string (rn_value_get (own, "language")), part ? part->code : NULL, by_category (wiki, categories, "language"), import->language);
	const char *of = rn_value_string (rn_value_get (own, "of")), *slug = rn_value_string (rn_value_get (own, "slug"));
	if (!language)
		language = either (rn_value_string (rn_value_get (import->map, "language")), import->site->languages[0]->code, NULL, NULL);
	*entry = (RnWikiEntry) { .title = g_strdup (page->title), .redirect = g_strdup (page->redirect), .type = g_strdup (type), .language = g_strdup (language) };
	entry->left_out = own && own->kind == RN_BOOL && !own->boolean;
	entry->slug = slug ? g_strdup (slug) : rn_import_slug (import, of ? of : base, language);
	return entry;
}

/* Two pages of one language and name: the later gets a number, and is told of. */
static void part_names (RnWikiImport *wiki, RnWikiEntry *entry)
{
	g_autofree char *base = g_strdup (entry->slug);
	for (guint number = 2;; number++) {
		char *key = g_strdup_printf ("%s/%s.%s", entry->type ? entry->type : "", entry->slug, entry->language);
		const RnWikiEntry *first = g_hash_table_lookup (wiki->by_slug, key);
		if (!first) {
			g_hash_table_insert (wiki->by_slug, key, entry);
			return;
		}
		g_free (key);
		g_free (entry->slug);
		entry->slug = g_strdup_printf ("%s-%u", base, number);
		if (number == 2) {
			g_autofree char *where = g_strdup_printf ("%s: %s", wiki->file, entry->title);
			rn_import_tell (wiki->import, RN_IMPORT_NOTE, where, "'%s' makes the same address: this page gets a number.", first->title);
		}
	}
}

static gboolean note_page (const RnDumpPage *page, gpointer user, GError **error)
{
	RnWikiImport *wiki = user;
	const char *bare;
	(void) error;
	if (page->ns == RN_WIKI_TEMPLATE && (wiki->templates_size += strlen (page->text)) < TEMPLATES_MAX) {
		rn_dump_namespace (wiki->site, page->title, &bare);
		g_hash_table_insert (wiki->templates, rn_dump_title (wiki->site, bare, -1), g_strdup (page->redirect ? page->redirect : page->text));
		if (page->redirect)
			g_hash_table_add (wiki->forwarded, rn_dump_title (wiki->site, bare, -1));
	}
	/* A title that comes twice is one page: what came first. */
	if (!is_content (wiki, page->ns) || g_hash_table_contains (wiki->entries, page->title))
		return TRUE;
	RnWikiEntry *entry = make_entry (wiki, page);
	if (!entry->redirect && !entry->left_out)
		part_names (wiki, entry);
	g_hash_table_insert (wiki->entries, entry->title, entry);
	return TRUE;
}

/* Redirects are the old addresses of the pages that they lead to. */
static void tie_redirects (RnWikiImport *wiki)
{
	GHashTableIter iter;
	gpointer value;
	g_hash_table_iter_init (&iter, wiki->entries);
	while (g_hash_table_iter_next (&iter, NULL, &value)) {
		RnWikiEntry *from = value;
		if (!from->redirect)
			continue;
		RnWikiEntry *to = rn_wiki_entry (wiki, from->redirect);
		if (to)
			to->aliases = g_slist_insert_sorted (to->aliases, from->slug, (GCompareFunc) strcmp);
		else {
			g_autofree char *where = g_strdup_printf ("%s: %s", wiki->file, from->title);
			rn_import_tell (wiki->import, RN_IMPORT_LOST, where, "It leads on to '%s', which is not in the dump.", from->redirect);
		}
	}
}

RnWikiEntry *rn_wiki_entry (const RnWikiImport *wiki, const char *title)
{
	g_autofree char *whole = g_strdup (title);
	whole[strcspn (whole, "#")] = 0;
	g_autofree char *clean = rn_dump_title (wiki->site, whole, -1);
	RnWikiEntry *entry = g_hash_table_lookup (wiki->entries, clean);
	for (guint step = 0; entry && entry->redirect && step < 4; step++) {
		g_autofree char *next = g_strdup (entry->redirect);
		next[strcspn (next, "#")] = 0;
		g_autofree char *tidy = rn_dump_title (wiki->site, next, -1);
		entry = g_hash_table_lookup (wiki->entries, tidy);
	}
	return entry && !entry->redirect ? entry : NULL;
}

/* --- the whole --------------------------------------------------------------------------------------------------------------- */

static void tell_others (RnWikiImport *wiki)
{
	for (guint i = 0; i < wiki->passed->len; i++)
		rn_import_tell (wiki->import, RN_IMPORT_LOOKS, wiki->file, "The page '%s' is not of the content and is left out.", (char *) wiki->passed->pdata[i]);
}

static void alias_lists_free (RnWikiImport *wiki)
{
	GHashTableIter iter;
	gpointer value;
	g_hash_table_iter_init (&iter, wiki->entries);
	while (g_hash_table_iter_next (&iter, NULL, &value))
		g_slist_free (((RnWikiEntry *) value)->aliases);
}

gboolean rn_import_mediawiki (RnImport *import, const char *path, GError **error)
{
	g_autofree char *file = g_path_get_basename (path);
	RnWikiImport wiki = { .import = import, .file = file, .site = rn_dump_site_new () };
	wiki.entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
	wiki.by_slug = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	wiki.templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	wiki.forwarded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	wiki.passed = g_ptr_array_new_with_free_func (g_free);
	gboolean fine = rn_dump_read (path, wiki.site, note_page, &wiki, error);
	if (fine) {
		tie_redirects (&wiki);
		fine = rn_dump_read (path, wiki.site, rn_wiki_page, &wiki, error);
		tell_others (&wiki);
	}
	alias_lists_free (&wiki);
	g_ptr_array_unref (wiki.passed);
	g_hash_table_unref (wiki.forwarded);
	g_hash_table_unref (wiki.templates);
	g_hash_table_unref (wiki.by_slug);
	g_hash_table_unref (wiki.entries);
	rn_dump_site_free (wiki.site);
	return fine;
}
