/* mediawiki_page.c - one page of an export in; its fields and Markdown, put into the content, out. */
#include "import/page.h"
#include "import/values.h"
#include "import/wiki-int.h"
#include "import/wikitext.h"

#include <string.h>

typedef struct {
	RnWikiImport *wiki;
	const RnWikiEntry *entry;
	RnImportPage *page;
	const RnType *type;
	GPtrArray *categories;
} Making;

/* --- what the text asks for -------------------------------------------------------------------------------------------------- */

static const char *find_template (gpointer user, const char *name)
{
	const RnWikiImport *wiki = ((Making *) user)->wiki;
	g_autofree char *title = rn_dump_title (wiki->site, name, -1);
	for (guint step = 0; step < 4 && g_hash_table_contains (wiki->forwarded, title); step++) {
		const char *bare, *to = g_hash_table_lookup (wiki->templates, title);
		rn_dump_namespace (wiki->site, to, &bare);
		char *next = rn_dump_title (wiki->site, bare, -1);
		g_free (title);
		title = next;
	}
	return g_hash_table_contains (wiki->forwarded, title) ? NULL : g_hash_table_lookup (wiki->templates, title);
}

/* The page of the site as it was before the run that TITLE could mean, by its slug. */
static const RnPage *page_of_site (const Making *making, const char *slug)
{
	const RnImport *import = making->wiki->import;
	const RnLanguage *language = rn_site_language (import->site, making->entry->language);
	guint n;
	const RnType *const *types = rn_library_types (import->library, &n);
	for (guint i = 0; language && i < n; i++) {
		g_autofree char *key = g_strdup_printf ("%s%s%s", types[i]->name, *types[i]->name ? "/" : "", slug);
		const RnPage *page = rn_library_page (import->library, language, key);
		if (page)
			return page;
	}
	return NULL;
}

static char *find_address (gpointer user, const char *title, const char *fragment)
{
	Making *making = user;
	const RnImport *import = making->wiki->import;
	const RnWikiEntry *to = rn_wiki_entry (making->wiki, title);
	const RnLanguage *language = rn_site_language (import->site, to ? to->language : making->entry->language);
	g_autofree char *slug = to ? NULL : rn_import_slug (import, title, making->entry->language);
	const RnPage *page = to ? NULL : page_of_site (making, slug);
	if ((!to || to->left_out || !to->type) && !page)
		return NULL;
	GString *out = g_string_new (to == making->entry && fragment ? "" : "/");
	if (page)
		g_string_append (out, page->key);
	else if (out->len)
		g_string_append_printf (out, "%s%s%s", to->type, *to->type ? "/" : "", to->slug);
	if (fragment && *fragment) {
		g_autofree char *anchor = rn_text_slug (fragment, -1, language ? language->transliteration : NULL);
		g_string_append_printf (out, "#%s", anchor);
	}
	return g_string_free (out, FALSE);
}

static void take_category (gpointer user, const char *name)
{
	g_ptr_array_add (((Making *) user)->categories, g_strdup (name));
}

/* A field as the type has it. */
static void take_field (gpointer user, const char *name, const char *value)
{
	Making *making = user;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnImport *import = making->wiki->import;
	const RnImportReader reader = { import, making->type, rn_site_language (import->site, making->entry->language), arena };
	g_autofree char *why = NULL;
	const RnValue *read = rn_import_value (&reader, name, value, &why);
	if (read)
		rn_import_page_value (making->page, name, read);
	else
		rn_import_tell (making->wiki->import, RN_IMPORT_LOST, making->page->where, "%s", why);
}

static void take_file (gpointer user, const char *name)
{
	Making *making = user;
	const RnImport *import = making->wiki->import;
	g_autofree char *path = g_strdup_printf ("%smedia/%s", import->site->content, name), *full = g_build_filename (import->dir, path, NULL);
	const char *base = making->wiki->site->base, *slash = base ? strrchr (base, '/') : NULL;
	if (g_file_test (full, G_FILE_TEST_EXISTS))
		return;
	rn_import_tell (making->wiki->import, RN_IMPORT_NOTE, making->page->where, "The file %s is to be fetched from %.*s/Special:Redirect/file/%s", path,
	                slash ? (int) (slash - base) : 0, base ? base : "", name);
}

static void tell (gpointer user, gboolean lost, const char *what)
{
	Making *making = user;
	rn_import_tell (making->wiki->import, lost ? RN_IMPORT_LOST : RN_IMPORT_LOOKS, making->page->where, "%s", what);
}

/* --- front matter ------------------------------------------------------------------------------------------------------------ */

/* Of each category what the map says; without a word of it a tag. */
static void take_categories (Making *making)
{
	for (guint i = 0; i < making->categories->len; i++) {
		const char *name = making->categories->pdata[i];
		const RnValue *rule = rn_import_mapped (making->wiki->import->map, "categories", name), *tags = rn_value_get (rule, "tags"), *fields = rn_value_get (rule, "fields");
		for (guint k = 0; tags && tags->kind == RN_LIST && k < tags->n; k++)
			if (rn_value_string (tags->items[k]))
				rn_import_page_append (making->page, "tags", rn_value_string (tags->items[k]));
		for (guint k = 0; fields && fields->kind == RN_MAP && k < fields->n; k++)
			rn_import_page_value (making->page, fields->pairs[k].name, fields->pairs[k].value);
		if (!rule)
			rn_import_page_append (making->page, "tags", name);
		else if (rule->kind == RN_BOOL)
			rn_import_tell (making->wiki->import, RN_IMPORT_LOOKS, making->page->where, "The map leaves out the category '%s'.", name);
	}
}

/* The page's address in the wiki; NULL: the dump does not say where it is. Free it. */
static char *wiki_address (const RnWikiImport *wiki, const char *title)
{
	const char *slash = wiki->site->base ? strrchr (wiki->site->base, '/') : NULL;
	g_autofree char *name = g_strdelimit (g_strdup (title), " ", '_');
	g_autofree char *encoded = g_uri_escape_string (name, "/:(),;@", FALSE);
	return slash ? g_strdup_printf ("%.*s/%s", (int) (slash - wiki->site->base), wiki->site->base, encoded) : NULL;
}

static void write_source (Making *making, const RnDumpPage *dump)
{
	const RnWikiImport *wiki = making->wiki;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autofree char *address = wiki_address (wiki, dump->title), *day = dump->time ? g_strndup (dump->time, 10) : NULL;
	g_autofree char *title = wiki->site->name ? g_strdup_printf ("%s: %s", wiki->site->name, dump->title) : g_strdup (dump->title);
	RnPair pairs[3];
	guint n = 0;
	gint64 seconds;
	gboolean has_time;
	RnValue date = { .kind = RN_DATE }, map = { .kind = RN_MAP, .pairs = pairs }, list = { .kind = RN_LIST, .n = 1 };
	const RnValue *const one = &map;
	list.items = &one;
	pairs[n++] = (RnPair) { .name = "title", .value = rn_value_new_string (arena, title, 0, 0) };
	if (address)
		pairs[n++] = (RnPair) { .name = "url", .value = rn_value_new_string (arena, address, 0, 0) };
	if (day && rn_date_parse (day, &seconds, &has_time)) {
		date.date = seconds;
		pairs[n++] = (RnPair) { .name = "date", .value = &date };
		rn_import_page_value (making->page, "date", &date);
	}
	map.n = n;
	rn_import_page_value (making->page, "sources", &list);
	making->page->from = address ? g_steal_pointer (&address) : g_strdup (wiki->file);
}

static void write_aliases (Making *making)
{
	const RnWikiEntry *entry = making->entry;
	for (GSList *alias = entry->aliases; alias; alias = alias->next) {
		g_autofree char *address = g_strdup_printf ("/%s/%s%s%s/", entry->language, entry->type, *entry->type ? "/" : "", (char *) alias->data);
		rn_import_page_append (making->page, "aliases", address);
	}
}

/* --- the page ---------------------------------------------------------------------------------------------------------------- */

/* The title in the wiki, without the language that a subpage names. */
static char *bare_title (const RnWikiImport *wiki, const RnDumpPage *dump)
{
	const char *slash = strrchr (dump->title, '/');
	return slash && rn_site_language (wiki->import->site, slash + 1) ? g_strndup (dump->title, (gsize) (slash - dump->title)) : g_strdup (dump->title);
}

static gboolean make (Making *making, const RnDumpPage *dump, GError **error)
{
	RnWikiImport *wiki = making->wiki;
	RnImportPage *page = making->page;
	g_autofree char *title = bare_title (wiki, dump);
	const RnWikiHooks hooks = { .user = making, .wiki = wiki->site, .title = dump->title, .map = wiki->import->map, .template = find_template, .address = find_address,
		.category = take_category, .field = take_field, .file = take_file, .tell = tell };
	page->type = g_strdup (making->entry->type);
	page->slug = g_strdup (making->entry->slug);
	page->language = g_strdup (making->entry->language);
	rn_import_page_text (page, "title", title);
	rn_import_page_text (page, "status", "draft");
	write_source (making, dump);
	page->by = g_strdup (dump->author);
	g_autofree char *body = rn_wikitext_markdown (&hooks, dump->text);
	g_string_assign (page->body, body);
	take_categories (making);
	write_aliases (making);
	return rn_import_put (wiki->import, page, error);
}

gboolean rn_wiki_page (const RnDumpPage *dump, gpointer user, GError **error)
{
	RnWikiImport *wiki = user;
	const RnWikiEntry *entry = g_hash_table_lookup (wiki->entries, dump->title);
	g_autofree char *where = g_strdup_printf ("%s: %s", wiki->file, dump->title);
	if (!entry || entry->left_out) {
		if (dump->ns != RN_WIKI_TEMPLATE)
			g_ptr_array_add (wiki->passed, g_strdup (dump->title));
		return TRUE;
	}
	if (entry->redirect)
		return TRUE;
	if (dump->model && strcmp (dump->model, "wikitext")) {
		rn_import_tell (wiki->import, RN_IMPORT_LOST, where, "It is no wikitext but '%s': it is left out.", dump->model);
		return TRUE;
	}
	if (!entry->type || !rn_library_type (wiki->import->library, entry->type)) {
		if (entry->type)
			rn_import_tell (wiki->import, RN_IMPORT_LOST, where, "The site has no type '%s': it is left out.", entry->type);
		else
			rn_import_tell (wiki->import, RN_IMPORT_LOST, where, "Nothing says of what type it is: it is left out. Give --type, or a map with its category.");
		return TRUE;
	}
	g_autoptr (RnImportPage) page = rn_import_page_new (where);
	g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_free);
	Making making = { wiki, entry, page, rn_library_type (wiki->import->library, entry->type), categories };
	return make (&making, dump, error);
}
