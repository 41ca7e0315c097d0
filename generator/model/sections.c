/* sections.c - folders as sections: their pages, made where no text was written for them; orders and neighbours; homes. */
#include "model/library-int.h"

#include <string.h>

/* --- order ------------------------------------------------------------------------------------------------------------------ */

static int by_title (const RnPage *a, const RnPage *b)
{
	/* Letters by their code, small and capital alike: the same on every machine, whatever its locale. */
	const char *p = a->title, *q = b->title;
	while (*p && *q) {
		gunichar c = g_unichar_tolower (g_utf8_get_char (p)), d = g_unichar_tolower (g_utf8_get_char (q));
		if (c != d)
			return c < d ? -1 : 1;
		p = g_utf8_next_char (p), q = g_utf8_next_char (q);
	}
	int order = (*p != 0) - (*q != 0);
	return order ? order : strcmp (a->key, b->key);
}

static int by_date (const RnPage *a, const RnPage *b)
{
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

static int by_field (const RnPage *a, const RnPage *b, const char *name)
{
	const RnValue *x = rn_page_field (a, name), *y = rn_page_field (b, name);
	if (!x || !y)
		return x ? -1 : y ? 1 : by_title (a, b);
	if (x->kind == RN_STRING && y->kind == RN_STRING) {
		int order = strcmp (x->string, y->string);
		return order ? order : by_title (a, b);
	}
	double p = x->kind == RN_DATE ? (double) x->date : rn_value_real (x, 0), q = y->kind == RN_DATE ? (double) y->date : rn_value_real (y, 0);
	return p == q ? by_title (a, b) : p < q ? -1 : 1;
}

static int compare (gconstpointer left, gconstpointer right, gpointer order)
{
	const RnPage *a = *(RnPage *const *) left, *b = *(RnPage *const *) right;
	const char *name = order;
	if (!strcmp (name, "weight"))
		return by_weight (a, b);
	if (!strcmp (name, "title"))
		return by_title (a, b);
	if (!strcmp (name, "date"))
		return by_date (a, b);
	if (!strcmp (name, "-date"))
		return newest_first (a, b);
	return *name == '-' ? by_field (b, a, name + 1) : by_field (a, b, name);
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

/* A section for which nobody wrote a text: named after its type, its twin, or its folder. */
static RnPage *make_page (Shelf *shelf, const char *key)
{
	RnLibrary *library = shelf->library;
	Entry *entry = rn_entry_new (library, *key ? RN_PAGE_SECTION : RN_PAGE_HOME, shelf->language, key);
	RnPage *page = &entry->page;
	const RnType *type = g_hash_table_lookup (library->type_of_folder, key);
	const char *title = *key ? rn_site_text (library->site, type ? type->label : NULL, shelf->language) :
		rn_site_text (library->site, library->site->title, shelf->language);
	page->twins = rn_twins (library, key, TRUE);
	for (guint i = 0; i < library->site->n_languages && !title && *key; i++)
		if (rn_seen (page->twins[i]))
			title = page->twins[i]->title;
	if (!title)
		title = *key ? rn_title_of_key (library->arena, key) : rn_language_string (shelf->language, "home", 1);
	page->title = title ? title : shelf->language->name;
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
	g_ptr_array_add (section->leaves, page);
}

/* site.yaml's `sections` say which come first on the home page; the others follow by title. */
static void order_home (RnLibrary *library, Section *home)
{
	const RnValue *order = rn_value_get (library->site->config, "sections");
	guint placed = 0;
	for (guint i = 0; order && order->kind == RN_LIST && i < order->n; i++)
		for (guint k = placed; k < home->folders->len; k++)
			if (!g_strcmp0 (rn_value_string (order->items[i]), ((RnPage *) home->folders->pdata[k])->key)) {
				gpointer found = g_ptr_array_steal_index (home->folders, k);
				g_ptr_array_insert (home->folders, (gint) placed++, found);
			}
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
