/* sections.c - folders as sections: their pages, made where no text was written for them; orders and neighbours; homes. */
#include "model/library-int.h"

#include <string.h>

/* --- order ------------------------------------------------------------------------------------------------------------------ */

/* By the language's alphabet, small and capital alike: the same on every machine, whatever its locale. */
static int by_title (const RnPage *a, const RnPage *b)
{
	const char *p = a->title, *q = b->title;
	while (*p && *q) {
		guint32 c = rn_language_letter (a->language, g_utf8_get_char (p)), d = rn_language_letter (a->language, g_utf8_get_char (q));
		if (c != d)
			return c < d ? -1 : 1;
		p = g_utf8_next_char (p), q = g_utf8_next_char (q);
	}
	int order = (*p != 0) - (*q != 0);
	return order ? order : strcmp (a->key, b->key);
}

static int by_date (const RnPage *a, const RnPage *b)
{
	if (!a->date || !b->date)
		return a->date ? -1 : b->date ? 1 : by_title (a, b);
	return a->date == b->date ? by_title (a, b) : a->date < b->date ? -1 : 1;
}

static int newest_first (const RnPage *a, const RnPage *b)
{
	return a->date == b->date ? by_title (a, b) : a->date > b->date ? -1 : 1;
}

/* Pages without a weight come last, the newest of them first. */
static int by_weight (const RnPage *a, const RnPage *b)
{
	if (a->weight == b->weight)
		return newest_first (a, b);
	if (!a->weight || !b->weight)
		return a->weight ? -1 : 1;
	return a->weight < b->weight ? -1 : 1;
}

static double number_of (const RnValue *value)
{
	if (value->kind == RN_DATE)
		return (double) value->date;
	if (value->kind == RN_MAP) { /* money */
		const RnValue *amount = rn_value_get (value, "amount");
		return rn_value_real (amount ? amount : rn_value_get (value, "from"), rn_value_real (rn_value_get (value, "to"), 0));
	}
	return rn_value_real (value, 0);
}

/* DOWN: largest first. Pages without the field come last, whichever way; texts come after numbers. */
static int by_field (const RnPage *a, const RnPage *b, const char *name, gboolean down)
{
	const RnValue *x = rn_page_field (a, name), *y = rn_page_field (b, name);
	int order;
	if (!x || !y)
		return x ? -1 : y ? 1 : by_title (a, b);
	if (x->kind == RN_STRING && y->kind == RN_STRING) {
		order = strcmp (x->string, y->string);
	} else if (x->kind == RN_STRING || y->kind == RN_STRING) {
		return x->kind == RN_STRING ? 1 : -1;
	} else {
		double p = number_of (x), q = number_of (y);
		order = (p > q) - (p < q);
	}
	return !order ? by_title (a, b) : down ? -order : order;
}

static int compare (gconstpointer left, gconstpointer right, gpointer order)
{
	const RnPage *a = *(RnPage *const *) left, *b = *(RnPage *const *) right;
	const char *name = order;
	if (!strcmp (name, "weight"))
		return by_weight (a, b);
	if (!strcmp (name, "title"))
		return by_title (a, b);
	if (!strcmp (name, "-title"))
		return by_title (b, a);
	if (!strcmp (name, "date"))
		return by_date (a, b);
	if (!strcmp (name, "-date"))
		return newest_first (a, b);
	return by_field (a, b, *name == '-' ? name + 1 : name, *name == '-');
}

void rn_pages_sort (RnPages *pages, const char *order)
{
	if (pages->n > 1)
		g_qsort_with_data (pages->items, (gint) pages->n, sizeof (RnPage *), compare, (gpointer) order);
}

/* --- sections of one language ------------------------------------------------------------------------------------- */

typedef struct { const char *key; RnPage *page; GPtrArray *folders, *leaves; } Section;

typedef struct {
	RnLibrary *library;
	const RnLanguage *language;
	GHashTable *by_key;      /* key -> Section */
	GPtrArray *list;
} Shelf;

static void section_free (gpointer data)
{
	Section *section = data;
	g_ptr_array_unref (section->folders);
	g_ptr_array_unref (section->leaves);
	g_free (section);
}

/* The title of a section whose text has none: its type's name, its twin's title, or its folder's name; a home's is the site's. */
static const char *title_for (const Shelf *shelf, const RnPage *page)
{
	RnLibrary *library = shelf->library;
	const RnSite *site = library->site;
	const RnType *type = g_hash_table_lookup (library->type_of_folder, page->key);
	const char *title = rn_site_text (site, *page->key ? type ? type->label : NULL : site->title, shelf->language);
	for (guint i = 0; i < site->n_languages && !title && *page->key; i++)
		if (rn_seen (page->twins[i]) && page->twins[i] != page && !ENTRY (page->twins[i])->untitled)
			title = page->twins[i]->title;
	if (!title)
		title = *page->key ? rn_title_of_key (library->arena, page->key) : rn_language_string (shelf->language, "home", 1);
	return title ? title : shelf->language->name;
}

/* A section for which nobody wrote a text. */
static RnPage *make_page (Shelf *shelf, const char *key)
{
	RnLibrary *library = shelf->library;
	Entry *entry = rn_entry_new (library, *key ? RN_PAGE_SECTION : RN_PAGE_HOME, shelf->language, key);
	RnPage *page = &entry->page;
	const RnType *type = g_hash_table_lookup (library->type_of_folder, key);
	page->twins = rn_twins (library, key, TRUE);
	page->title = title_for (shelf, page);
	page->description = *key ? NULL : rn_site_text (library->site, rn_value_get (library->site->config, "description"), shelf->language);
	page->type = type ? type : page->type;
	page->twins[shelf->language->index] = page;
	rn_address_set (library, entry);
	rn_address_claim (library, entry);
	return page;
}

/* The section of folder KEY and, on the way, all above it. */
static Section *section_at (Shelf *shelf, const char *key)
{
	Section *section = g_hash_table_lookup (shelf->by_key, key);
	if (section)
		return section;
	section = g_new0 (Section, 1);
	section->folders = g_ptr_array_new ();
	section->leaves = g_ptr_array_new ();
	RnPage **twins = rn_twins (shelf->library, key, TRUE);
	RnPage *there = twins[shelf->language->index];
	section->key = rn_arena_strndup (shelf->library->arena, key, -1);
	section->page = rn_seen (there) ? there : make_page (shelf, section->key);
	section->page->kind = *key ? RN_PAGE_SECTION : RN_PAGE_HOME;
	if (ENTRY (section->page)->untitled)
		section->page->title = title_for (shelf, section->page);
	g_hash_table_insert (shelf->by_key, (gpointer) section->key, section);
	g_ptr_array_add (shelf->list, section);
	if (*key) {
		const char *slash = strrchr (key, '/');
		g_autofree char *above = g_strndup (key, slash ? (gsize) (slash - key) : 0);
		Section *parent = section_at (shelf, above);
		section->page->parent = parent->page;
		g_ptr_array_add (parent->folders, section->page);
	}
	return section;
}

static void shelve (Shelf *shelf, RnPage *page)
{
	if (page->kind == RN_PAGE_SECTION || page->kind == RN_PAGE_HOME) {
		section_at (shelf, page->key);
		return;
	}
	const char *slash = strrchr (page->key, '/');
	g_autofree char *folder = g_strndup (page->key, slash ? (gsize) (slash - page->key) : 0);
	Section *section = section_at (shelf, folder);
	page->parent = section->page;
	if (!page->online)
		g_ptr_array_add (section->leaves, page);
}

/* The same in all languages, so kept once. */
static void tell_no_section (const RnLibrary *library, const RnValue *value)
{
	g_autofree char *name = rn_value_text (value), *what = g_strdup_printf ("a list of folders with pages, and '%s' is none", name);
	rn_diagnose (library->sink, RN_D_SITE_VALUE, RN_PLACE (library->site->config_file, value->line, value->col), "sections", what);
}

/* site.yaml's `sections` say which come first on the home page; the others follow by title. */
static void order_home (RnLibrary *library, Section *home)
{
	const RnValue *order = rn_value_get (library->site->config, "sections");
	guint placed = 0;
	for (guint i = 0; order && order->kind == RN_LIST && i < order->n; i++) {
		const char *key = rn_value_string (order->items[i]);
		if (!key || !rn_twins (library, key, FALSE))
			tell_no_section (library, order->items[i]);
		for (guint k = placed; k < home->folders->len; k++)
			if (!g_strcmp0 (key, ((RnPage *) home->folders->pdata[k])->key)) {
				gpointer found = g_ptr_array_steal_index (home->folders, k);
				g_ptr_array_insert (home->folders, (gint) placed++, found);
			}
	}
	if (placed == home->folders->len)   /* an empty array has no place to count from */
		return;
	RnPages rest = { home->folders->len - placed, (RnPage **) home->folders->pdata + placed };
	rn_pages_sort (&rest, "weight");
}

static void finish (RnLibrary *library, Section *section)
{
	RnPage *page = section->page;
	RnPages folders = { section->folders->len, (RnPage **) section->folders->pdata };
	RnPages leaves = { section->leaves->len, (RnPage **) section->leaves->pdata };
	if (*section->key)
		rn_pages_sort (&folders, "weight");
	else
		order_home (library, section);
	rn_pages_sort (&leaves, page->type->sort);
	for (guint i = 0; i < leaves.n; i++) {
		leaves.items[i]->previous = i ? leaves.items[i - 1] : NULL;
		leaves.items[i]->next = i + 1 < leaves.n ? leaves.items[i + 1] : NULL;
	}
	g_ptr_array_extend (section->folders, section->leaves, NULL, NULL);
	rn_pages_freeze (library, &page->pages, section->folders);
	page->sections = (RnPages) { folders.n, page->pages.items };
}

void rn_sections_make (RnLibrary *library)
{
	guint n = library->entries->len;
	for (guint i = 0; i < library->site->n_languages; i++) {
		g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
		g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (section_free);
		Shelf shelf = { library, library->site->languages[i], by_key, list };
		section_at (&shelf, "");
		for (guint k = 0; k < n; k++) {
			Entry *entry = library->entries->pdata[k];
			if (entry->page.language == shelf.language && !entry->hidden)
				shelve (&shelf, &entry->page);
		}
		for (guint k = 0; k < list->len; k++)
			finish (library, list->pdata[k]);
	}
}
