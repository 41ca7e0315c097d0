/* worklist.c - all pages, the calendar, and the links in their texts, in; what there is to do, counted and in order, out. */
#include "model/worklist.h"
#include "base/words.h"
#include "base/workers.h"
#include "model/due.h"
#include "model/link.h"

#include <string.h>

#define MAX_BYTES ((gsize) 16 << 20)

const char *rn_work_name (RnWorkKind kind)
{
	return (const char *const[]) { N_("missing"), N_("stale"), N_("draft"), N_("review"), N_("ends"), N_("ended") }[kind];
}

/* --- counting ------------------------------------------------------------------------------------------------------------------ */

typedef struct {
	const RnLibrary *library;
	RnWorklist *list;
	GHashTable *places;      /* folder -> its place + 1 */
	GPtrArray *pages;        /* RnPage: content that is a file or a plugin's, no stand-ins */
	GHashTable *links;       /* key -> gint *, how many pages link there */
	gint *counters;
} Making;

static char *section_of (const RnPage *page)
{
	const char *slash = strchr (page->key, '/');
	return slash ? g_strndup (page->key, (gsize) (slash - page->key)) : g_strdup ("");
}

static guint place_of (Making *making, const char *section)
{
	RnWorklist *list = making->list;
	guint place = GPOINTER_TO_UINT (g_hash_table_lookup (making->places, section));
	if (place)
		return place - 1;
	g_ptr_array_add (list->sections, g_strdup (section));
	g_hash_table_insert (making->places, list->sections->pdata[list->sections->len - 1], GUINT_TO_POINTER (list->sections->len));
	g_array_set_size (list->counts, list->sections->len * list->site->n_languages);
	return list->sections->len - 1;
}

static RnWorkCount *count_at (const RnWorklist *list, guint section, guint language)
{
	return &g_array_index (list->counts, RnWorkCount, section * list->site->n_languages + language);
}

const RnWorkCount *rn_worklist_count (const RnWorklist *list, guint section, guint language)
{
	return count_at (list, section, language);
}

/* PLACE: of the page's section. */
static void note (Making *making, guint place, RnWorkKind kind, const RnPage *page, const RnLanguage *language, gint64 day)
{
	const gint *links = g_hash_table_lookup (making->links, page->key);
	count_at (making->list, place, language->index)->n[kind]++;
	const RnWork work = { .kind = kind, .page = page, .language = language, .day = day, .section = place, .links = links ? (guint) *links : 0 };
	g_array_append_val (making->list->work, work);
}

static void count_page (Making *making, const RnPage *page)
{
	const RnSite *site = making->list->site;
	const gint64 clock = site->clock;
	g_autofree char *section = section_of (page);
	const guint place = place_of (making, section);
	count_at (making->list, place, page->language->index)->pages++;
	if (page->freshness == RN_STALE)
		note (making, place, RN_WORK_STALE, page, page->language, page->source->lastmod);
	if (page->draft || !g_strcmp0 (page->status, "draft"))
		note (making, place, RN_WORK_DRAFT, page, page->language, 0);
	if (page->review_overdue)
		note (making, place, RN_WORK_REVIEW, page, page->language, page->review_due);
	if (page->expires && page->expires <= clock)
		note (making, place, RN_WORK_ENDED, page, page->language, page->expires);
	else if (rn_due_soon (page, clock))
		note (making, place, RN_WORK_ENDS, page, page->language, page->expires);
	/* What is missing waits where its source is. */
	for (guint i = 0; i < site->n_languages && !page->source; i++) {
		const RnPage *twin = page->twins ? page->twins[i] : i == page->language->index ? page : NULL;
		if (!twin || twin->fallback)
			note (making, place, RN_WORK_MISSING, page, site->languages[i], page->lastmod);
	}
}

void rn_work_note (RnWorklist *list, guint index, guint changed, guint total)
{
	RnWork *work = &g_array_index (list->work, RnWork, index);
	work->known = TRUE;
	work->changed = changed;
	work->total = total;
	count_at (list, work->section, work->language->index)->passages += changed;
}

gboolean rn_worklist_empty (const RnWorklist *list, guint section)
{
	for (guint i = 0; i < list->site->n_languages; i++) {
		const RnWorkCount *count = count_at (list, section, i);
		if (count->pages || count->n[RN_WORK_MISSING])
			return FALSE;
	}
	return TRUE;
}

/* --- links --------------------------------------------------------------------------------------------------------------------------- */

typedef struct { RnArena *arena; GString *text; GHashTable *met; } Reader;   /* met: counters that the page at hand has raised */

/* What PAGE's text calls ADDRESS: a page is counted once for each that links there. */
static void follow (const Making *making, Reader *reader, const RnPage *page, const char *address)
{
	const RnLink link = rn_link_resolve (making->library, page, address, reader->arena);
	gint *links = link.kind == RN_LINK_PAGE && strcmp (link.page->key, page->key) ? g_hash_table_lookup (making->links, link.page->key) : NULL;
	if (links && g_hash_table_add (reader->met, links))
		g_atomic_int_inc (links);
}

/* The addresses of "[words](address)" and "[[key]]"; what leads out of the site is not looked at. */
static void read_links (const Making *making, Reader *reader, const RnPage *page, const char *text)
{
	for (const char *p = text; (p = strchr (p, '[')); p++) {
		const gboolean wiki = p[1] == '[';
		const char *close = wiki ? p + 1 : strchr (p, ']'), *at = !close ? NULL : wiki || close[1] == '(' ? close + 1 + !wiki : NULL;
		const gsize len = at ? strcspn (at, wiki ? "]|\n" : ") \n\"") : 0;
		if (!len || *at == '#' || memmem (at, len, "://", 3))
			continue;
		g_autofree char *address = wiki && *at != '/' ? g_strdup_printf ("/%.*s", (int) len, at) : g_strndup (at, len);
		follow (making, reader, page, address);
	}
}

static gpointer open_reader (gpointer shared, GError **error)
{
	Reader *reader = g_new0 (Reader, 1);
	(void) shared, (void) error;
	reader->arena = rn_arena_new (0);
	reader->text = g_string_new (NULL);
	reader->met = g_hash_table_new (NULL, NULL);
	return reader;
}

static gboolean read_page (gpointer state, guint index, gpointer shared, GError **error)
{
	const Making *making = shared;
	const RnPage *page = making->pages->pdata[index];
	Reader *reader = state;
	(void) error;
	rn_arena_reset (reader->arena);
	g_hash_table_remove_all (reader->met);
	if (page->text)
		read_links (making, reader, page, page->text);
	else if (rn_tree_read (making->list->site->tree, page->tree_index, 0, MAX_BYTES, reader->text, NULL, NULL) && page->body <= reader->text->len)
		read_links (making, reader, page, reader->text->str + page->body);
	return TRUE;
}

static void close_reader (gpointer state, gpointer shared)
{
	Reader *reader = state;
	(void) shared;
	rn_arena_free (reader->arena);
	g_string_free (reader->text, TRUE);
	g_hash_table_unref (reader->met);
	g_free (reader);
}

/* --- the order ------------------------------------------------------------------------------------------------------------------------ */

/* How many kinds of readers PAGE is for; one that names none is for all. */
static guint readers (const RnPage *page)
{
	return page->audience ? (guint) __builtin_popcount (page->audience) : 32;
}

static int by_need (gconstpointer left, gconstpointer right)
{
	const RnWork *a = left, *b = right;
	const gint64 x = a->page->weight ? a->page->weight : G_MAXINT64, y = b->page->weight ? b->page->weight : G_MAXINT64;
	if (a->links != b->links)
		return a->links > b->links ? -1 : 1;
	if (readers (a->page) != readers (b->page))
		return readers (a->page) > readers (b->page) ? -1 : 1;
	if (x != y)
		return x < y ? -1 : 1;
	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	int order = strcmp (a->page->key, b->page->key);
	if (!order)
		order = (int) a->kind - (int) b->kind;
	return order ? order : (int) a->language->index - (int) b->language->index;
}

static void collect (Making *making)
{
	const RnPages *pages = rn_library_pages (making->library);
	making->counters = g_new0 (gint, pages->n + 1);
	for (guint i = 0; i < pages->n; i++) {
		RnPage *page = pages->items[i];
		if (page->kind != RN_PAGE_CONTENT || page->fallback)
			continue;
		g_ptr_array_add (making->pages, page);
		if (!g_hash_table_contains (making->links, page->key))
			g_hash_table_insert (making->links, (gpointer) page->key, &making->counters[i]);
	}
}

static gint by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* As site.yaml has them in order, then by name. */
static void order_sections (Making *making)
{
	const RnValue *order = rn_value_get (making->list->site->config, "sections");
	g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
	for (guint i = 0; order && order->kind == RN_LIST && i < order->n; i++)
		if (rn_value_string (order->items[i]))
			place_of (making, rn_value_string (order->items[i]));
	for (guint i = 0; i < making->pages->len; i++)
		g_ptr_array_add (names, section_of (making->pages->pdata[i]));
	g_ptr_array_sort (names, by_name);
	for (guint i = 0; i < names->len; i++)
		place_of (making, names->pdata[i]);
}

RnWorklist *rn_worklist_new (const RnLibrary *library, guint jobs)
{
	RnWorklist *list = g_new0 (RnWorklist, 1);
	Making making = { library, list, g_hash_table_new (g_str_hash, g_str_equal), g_ptr_array_new (), g_hash_table_new (g_str_hash, g_str_equal), NULL };
	list->site = rn_library_site (library);
	list->sections = g_ptr_array_new_with_free_func (g_free);
	list->counts = g_array_new (FALSE, TRUE, sizeof (RnWorkCount));
	list->work = g_array_new (FALSE, FALSE, sizeof (RnWork));
	collect (&making);
	rn_workers_run (jobs, making.pages->len, open_reader, read_page, close_reader, &making, NULL, NULL);
	order_sections (&making);
	for (guint i = 0; i < making.pages->len; i++)
		count_page (&making, making.pages->pdata[i]);
	g_array_sort (list->work, by_need);
	g_hash_table_unref (making.places);
	g_hash_table_unref (making.links);
	g_ptr_array_unref (making.pages);
	g_free (making.counters);
	return list;
}

void rn_worklist_free (RnWorklist *list)
{
	if (!list)
		return;
	g_ptr_array_unref (list->sections);
	g_array_unref (list->counts);
	g_array_unref (list->work);
	g_free (list);
}
