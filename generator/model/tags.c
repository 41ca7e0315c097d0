/* tags.c - pages by tag, by audience, by the field that a section's type groups by, and by title, one set a language. A tag of fewer pages than tag_min stands on the page of all tags alone. */
#include "base/text.h"
#include "model/library-int.h"

#include <string.h>

#define MOST_TAGS 40u  /* of one page: a reader looks at no more, and they stand on it */

typedef struct { const char *title, *slug; GPtrArray *pages; RnPage *page; } Tag;

static void tag_free (gpointer data)
{
	g_ptr_array_unref (((Tag *) data)->pages);
	g_free (data);
}

/* What WORDS are in an address: by their language's letters, then as any address is written, so that what has one address is one tag. Its length may be 0. */
static GString *slug_of (const RnLibrary *library, const RnLanguage *language, const char *words)
{
	g_autofree char *own = rn_text_slug (words, -1, language->transliteration);
	GString *slug = g_string_new (NULL);
	rn_address_append (library, slug, own, rn_text_slug_length (own));
	return g_string_truncate (slug, slug->len - 1);
}

/* The tag of these words, known by its slug: case and punctuation make no second tag. */
static Tag *tag_of (RnLibrary *library, const RnLanguage *language, GHashTable *spellings, GHashTable *tags, const char *words)
{
	Tag *tag = g_hash_table_lookup (spellings, words);
	if (tag)
		return tag;
	g_autoptr (GString) slug = slug_of (library, language, words);
	tag = g_hash_table_lookup (tags, slug->str);
	if (!tag) {
		tag = g_new0 (Tag, 1);
		tag->title = rn_arena_strndup (library->arena, words, -1);
		tag->slug = rn_arena_strndup (library->arena, slug->str, (gssize) slug->len);
		tag->pages = g_ptr_array_new ();
		g_hash_table_insert (tags, (gpointer) tag->slug, tag);
	}
	g_hash_table_insert (spellings, g_strdup (words), tag);
	return tag;
}

static void collect (RnLibrary *library, Entry *entry, GHashTable *spellings, GHashTable *tags, GPtrArray *of_page)
{
	const RnValue *value = entry->tags;
	guint n = !value ? 0 : value->kind == RN_LIST ? value->n : value->kind != RN_NULL && value->kind != RN_MAP;
	g_ptr_array_set_size (of_page, 0);
	if (n > MOST_TAGS) {
		g_autofree char *number = g_strdup_printf ("%u", n), *most = g_strdup_printf ("%u", MOST_TAGS);
		rn_diagnose (library->sink, RN_D_TAGS_MANY, RN_PLACE (entry->page.file, value->line, value->col), number, most);
	}
	for (guint i = 0; i < MIN (n, MOST_TAGS); i++) {
		g_autofree char *words = rn_value_text (value->kind == RN_LIST ? value->items[i] : value);
		g_strstrip (words);
		Tag *tag = *words ? tag_of (library, entry->page.language, spellings, tags, words) : NULL;
		if (!tag || g_ptr_array_find (of_page, tag, NULL))
			continue;
		g_ptr_array_add (of_page, tag);
		g_ptr_array_add (tag->pages, &entry->page);
	}
	/* Tags for now; they become their pages when these are made. */
	rn_pages_freeze (library, &entry->page.tags, of_page);
}

static RnPage *list_page (RnLibrary *library, RnPageKind kind, const RnLanguage *language, const char *key, const char *title, GPtrArray *pages)
{
	RnPage **twins = rn_twins (library, key, TRUE);
	if (twins[language->index])
		return NULL; /* content of that name comes first */
	Entry *entry = rn_entry_new (library, kind, language, key);
	entry->page.title = title;
	entry->page.twins = twins;
	entry->page.parent = rn_library_home (library, language);
	rn_pages_freeze (library, &entry->page.pages, pages);
	rn_address_set (library, entry);
	return &entry->page;
}

static int by_slug_title (gconstpointer a, gconstpointer b)
{
	const Tag *one = *(Tag *const *) a, *two = *(Tag *const *) b;
	return strcmp (one->slug, two->slug);
}

static void make_tag (RnLibrary *library, const RnLanguage *language, Tag *tag)
{
	const char *key = rn_arena_printf (library->arena, "tags/%s", tag->slug);
	gboolean own = tag->pages->len >= library->site->tag_min;
	if (own) {
		tag->page = list_page (library, RN_PAGE_TAG, language, key, tag->title, tag->pages);
		if (tag->page) {
			tag->page->twins[language->index] = tag->page;
			rn_pages_sort (&tag->page->pages, "weight");
			rn_address_claim (library, ENTRY (tag->page));
			return;
		}
	}
	Entry *entry = rn_entry_new (library, RN_PAGE_TAG, language, key);
	entry->unmade = TRUE;
	entry->page.title = tag->title;
	entry->page.url = rn_arena_printf (library->arena, "/%s/tags/#%s", language->code, tag->slug);
	rn_pages_freeze (library, &entry->page.pages, tag->pages);
	tag->page = &entry->page;
}

static void make_tags (RnLibrary *library, const RnLanguage *language, guint n)
{
	g_autoptr (GHashTable) spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, tag_free);
	g_autoptr (GPtrArray) of_page = g_ptr_array_new (), list = g_ptr_array_new ();
	for (guint i = 0; i < n; i++) {
		Entry *entry = library->entries->pdata[i];
		if (entry->page.language == language && rn_seen (&entry->page) && !entry->page.fallback && entry->page.kind == RN_PAGE_CONTENT)
			collect (library, entry, spellings, tags, of_page);
	}
	GHashTableIter iter;
	gpointer tag;
	for (g_hash_table_iter_init (&iter, tags); g_hash_table_iter_next (&iter, NULL, &tag);)
		g_ptr_array_add (list, tag);
	if (!list->len)
		return;
	g_ptr_array_sort (list, by_slug_title);
	g_autoptr (GPtrArray) pages = g_ptr_array_new ();
	for (guint i = 0; i < list->len; i++) {
		make_tag (library, language, list->pdata[i]);
		g_ptr_array_add (pages, ((Tag *) list->pdata[i])->page);
	}
	for (guint i = 0; i < n; i++) {
		RnPage *page = library->entries->pdata[i];
		for (guint k = 0; page->language == language && k < page->tags.n; k++)
			page->tags.items[k] = ((Tag *) (gpointer) page->tags.items[k])->page;
	}
	const char *title = rn_language_string (language, "tags", 1);
	RnPage *all = list_page (library, RN_PAGE_TAGS, language, "tags", title ? title : "#", pages);
	if (!all)
		return;
	all->twins[language->index] = all;
	rn_pages_sort (&all->pages, "title");
	rn_address_claim (library, ENTRY (all));
	for (guint i = 0; i < list->len; i++)
		((Tag *) list->pdata[i])->page->parent = all;
}

/* Those of PAGES, a section's, that have the value of NUMBER in the enum FIELD; a page of its own, below the section. NULL: there are none. */
static RnPage *make_group (RnLibrary *library, RnPage *section, const RnField *field, guint number)
{
	const RnValue *values = field->values;
	const char *value = values->kind == RN_MAP ? values->pairs[number].name : rn_value_string (values->items[number]);
	g_autoptr (GPtrArray) pages = g_ptr_array_new ();
	for (guint i = 0; i < section->pages.n; i++) {
		const RnValue *own = rn_page_field (section->pages.items[i], field->name);
		if (section->pages.items[i]->kind == RN_PAGE_CONTENT && value && !g_strcmp0 (rn_value_string (own), value))
			g_ptr_array_add (pages, section->pages.items[i]);
	}
	g_autofree char *slug = value ? rn_text_slug (value, -1, section->language->transliteration) : NULL;
	const char *key = rn_arena_printf (library->arena, "%s/%s/%s", section->key, field->name, slug ? slug : "");
	const char *title = values->kind == RN_MAP ? rn_site_text (library->site, values->pairs[number].value, section->language) : value;
	RnPage *page = pages->len ? list_page (library, RN_PAGE_TAG, section->language, key, title ? title : value, pages) : NULL;
	if (!page)
		return NULL;
	page->twins[section->language->index] = page;
	page->parent = section;
	page->type = section->type;
	rn_address_claim (library, ENTRY (page));
	return rn_seen (page) ? page : NULL;
}

/* In the order of the schema. */
static void make_groups (RnLibrary *library, const RnLanguage *language, guint n)
{
	for (guint i = 0; i < n; i++) {
		RnPage *section = library->entries->pdata[i];
		const RnField *field = section->type->group_by ? rn_type_field (section->type, section->type->group_by) : NULL;
		if (!field || !field->values || section->kind != RN_PAGE_SECTION || section->language != language || !rn_seen (section))
			continue;
		g_autoptr (GPtrArray) groups = g_ptr_array_new ();
		for (guint k = 0; k < field->values->n; k++) {
			RnPage *group = make_group (library, section, field, k);
			if (group)
				g_ptr_array_add (groups, group);
		}
		rn_pages_freeze (library, &section->groups, groups);
	}
}

static void make_audiences (RnLibrary *library, const RnLanguage *language, guint n)
{
	const RnSite *site = library->site;
	for (guint a = 0; a < site->n_audiences; a++) {
		g_autoptr (GPtrArray) pages = g_ptr_array_new ();
		for (guint i = 0; i < n; i++) {
			Entry *entry = library->entries->pdata[i];
			if (entry->page.language == language && rn_seen (&entry->page) && entry->page.kind == RN_PAGE_CONTENT && entry->page.audience >> a & 1)
				g_ptr_array_add (pages, entry);
		}
		const char *key = rn_arena_printf (library->arena, "audience/%s", site->audiences[a].key);
		const char *title = rn_site_text (site, site->audiences[a].label, language);
		RnPage *page = pages->len ? list_page (library, RN_PAGE_AUDIENCE, language, key, title ? title : site->audiences[a].key, pages) : NULL;
		if (!page)
			continue;
		page->twins[language->index] = page;
		rn_pages_sort (&page->pages, "weight");
		rn_address_claim (library, ENTRY (page));
	}
}

/* Titles and tags, from A to Z: how a reader without scripts finds a page. Before any tag there are N entries. */
static void make_search (RnLibrary *library, const RnLanguage *language, guint n)
{
	g_autoptr (GPtrArray) pages = g_ptr_array_new ();
	for (guint i = 0; i < library->entries->len; i++) {
		RnPage *page = library->entries->pdata[i];
		if (page->language == language && rn_seen (page) && (i < n ? page->kind == RN_PAGE_CONTENT && !page->fallback : page->kind == RN_PAGE_TAG))
			g_ptr_array_add (pages, page);
	}
	const char *title = rn_language_string (language, "search", 1);
	RnPage *page = list_page (library, RN_PAGE_SEARCH, language, "search", title ? title : "?", pages);
	if (!page)
		return;
	page->twins[language->index] = page;
	rn_pages_sort (&page->pages, "title");
	rn_address_claim (library, ENTRY (page));
}

void rn_tags_make (RnLibrary *library)
{
	guint n = library->entries->len;
	gboolean search = rn_value_bool (rn_value_get (library->site->config, "search"), FALSE);
	for (guint i = 0; i < library->site->n_languages; i++) {
		make_tags (library, library->site->languages[i], n);
		make_audiences (library, library->site->languages[i], n);
		make_groups (library, library->site->languages[i], n);
		if (search)
			make_search (library, library->site->languages[i], n);
	}
}
