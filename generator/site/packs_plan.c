/*
 * packs_plan.c - which files a phone can keep, what each is kept with, and which of those share a dictionary.
 *
 * Invariant: entries stand in the order of bins, then addresses; each group lies whole in one bin.
 */
#include "site/packs-int.h"
#include "site/drawn.h"

#include <string.h>

#define MEDIA_MAX 65536               /* bytes of a picture that is kept */
#define CORE_MAX (512 * 1024)         /* bytes of a language's pages that are kept at the first visit; compressed about a seventh */
#define SMALL (400 * 1024)            /* bytes of a group that has a bin of its own */

/* --- what goes in ------------------------------------------------------------------------------------------------------ */

static gboolean ends_in (const char *path, const char *const *endings)
{
	const char *dot = strrchr (path, '.');
	return dot && g_strv_contains (endings, dot);
}

/* A long text is kept in its pieces; the whole of it would be kept a second time. */
static gboolean is_page_kept (const RnPage *page)
{
	return page && !page->sensitive && (page->kind != RN_PAGE_PART || page->part);
}

static gboolean is_kept (const RnFile *file)
{
	static const char *const pictures[] = { ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", NULL }, *const others[] = { ".css", ".js", ".webmanifest", ".vtt", ".csv", ".ics", ".vcf", NULL };
	if (g_str_has_suffix (file->path, ".html"))
		return is_page_kept (file->page);
	/* Messengers and installers fetch these; no page shows them. */
	if (g_str_has_prefix (file->path, RN_DRAWN_FOLDER))
		return FALSE;
	if (ends_in (file->path, pictures))
		return file->bytes <= MEDIA_MAX;
	return ends_in (file->path, others);
}

static const char *address_of (RnArena *arena, const char *path)
{
	gsize len = strlen (path);
	const char *slash = strrchr (path, '/');
	return rn_arena_strndup (arena, path, (gssize) (!strcmp (slash ? slash + 1 : path, "index.html") ? len - strlen ("index.html") : len));
}

/* The first two folders of ADDRESS: "tg/faq", "assets", "". Plugins' assets lie with all others. */
static const char *group_of (RnArena *arena, const char *address)
{
	if (g_str_has_prefix (address, "assets/"))
		return "assets";
	const char *first = strchr (address, '/'), *second = first ? strchr (first + 1, '/') : NULL;
	return rn_arena_strndup (arena, address, second ? second - address : first ? first - address : 0);
}

/* --- the core ------------------------------------------------------------------------------------------------------------- */

static gboolean is_below (const char *key, const char *top)
{
	gsize len = strlen (top);
	return !strncmp (key, top, len) && (!key[len] || key[len] == '/');
}

static guint depth_of (const char *key)
{
	guint depth = 0;
	for (const char *p = key; *p; p++)
		depth += *p == '/';
	return depth;
}

/* What a section shows first: its own list, the pages in it as they are sorted there, what lies deeper. */
static int by_rank (gconstpointer left, gconstpointer right)
{
	const RnPackEntry *a = *(RnPackEntry *const *) left, *b = *(RnPackEntry *const *) right;
	const RnPage *one = a->file->page, *two = b->file->page;
	const guint x = depth_of (one->key), y = depth_of (two->key);
	const gint64 p = one->weight ? one->weight : G_MAXINT64, q = two->weight ? two->weight : G_MAXINT64;
	if (x != y)
		return x < y ? -1 : 1;
	if (p != q)
		return p < q ? -1 : 1;
	return strcmp (a->address, b->address);
}

/* Pages of KEY, a page or a section, move to their language's group while there is room. */
static void add_core (RnPacks *packs, const char *key, guint64 *used)
{
	g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
	for (guint i = 0; i < packs->entries->len; i++) {
		RnPackEntry *entry = &g_array_index (packs->entries, RnPackEntry, i);
		if (entry->file->page && entry->file->page->kind != RN_PAGE_ROOT && is_below (entry->file->page->key, key))
			g_ptr_array_add (wanted, entry);
	}
	g_ptr_array_sort (wanted, by_rank);
	for (guint i = 0; i < wanted->len; i++) {
		RnPackEntry *entry = wanted->pdata[i];
		const RnPage *page = entry->file->page;
		if (used[page->language->index] + entry->file->bytes > CORE_MAX)
			continue;
		if (strcmp (entry->group, page->language->code))
			used[page->language->index] += entry->file->bytes;
		entry->group = page->language->code;
	}
}

static void choose_core (RnPacks *packs)
{
	const RnSite *site = rn_library_site (packs->library);
	const RnValue *core = rn_value_get (rn_value_get (site->config, "offline"), "core");
	g_autofree guint64 *used = g_new0 (guint64, site->n_languages);
	add_core (packs, "offline", used);
	for (guint i = 0; core && core->kind == RN_LIST && i < core->n; i++)
		if (rn_value_string (core->items[i]))
			add_core (packs, rn_value_string (core->items[i]), used);
}

/* --- bins ----------------------------------------------------------------------------------------------------------------- */

static int by_group (gconstpointer left, gconstpointer right)
{
	const RnPackEntry *a = left, *b = right;
	int order = strcmp (a->group, b->group);
	return order ? order : strcmp (a->address, b->address);
}

static int by_bin (gconstpointer left, gconstpointer right)
{
	const RnPackEntry *a = left, *b = right;
	return a->bin != b->bin ? a->bin < b->bin ? -1 : 1 : strcmp (a->address, b->address);
}

/* Sections of a language ("tg/faq") may stand together; the core, assets, pictures and the search of a language stand alone. */
static gboolean is_section (const RnSite *site, const char *group)
{
	const char *slash = strchr (group, '/');
	g_autofree char *code = slash ? g_strndup (group, (gsize) (slash - group)) : NULL;
	return code && rn_site_language (site, code);
}

static gboolean same_language (const char *a, const char *b)
{
	gsize len = strcspn (a, "/");
	return !strncmp (a, b, len + 1);
}

/* Numbers the bins: a group after another, small ones of a language together until they are large enough. */
static void fill_bins (RnPacks *packs)
{
	const RnSite *site = rn_library_site (packs->library);
	guint64 held = 0;          /* bytes of the open bin */
	const char *last = NULL;   /* the open bin's last group */
	guint n = packs->entries->len, bin = 0;
	for (guint i = 0, end; i < n; i = end) {
		const char *group = g_array_index (packs->entries, RnPackEntry, i).group;
		guint64 bytes = 0;
		for (end = i; end < n && !strcmp (g_array_index (packs->entries, RnPackEntry, end).group, group); end++)
			bytes += g_array_index (packs->entries, RnPackEntry, end).file->bytes;
		gboolean together = last && held < SMALL && bytes < SMALL && is_section (site, group) && is_section (site, last) && same_language (last, group);
		/* What lies at the root goes with the assets: both are there for every page. */
		together = together || (last && !*last && !strcmp (group, "assets"));
		if (last && !together)
			bin++, held = 0;
		held += bytes;
		last = group;
		for (guint k = i; k < end; k++)
			g_array_index (packs->entries, RnPackEntry, k).bin = bin;
	}
}

void rn_packs_plan (RnPacks *packs)
{
	guint n;
	const RnFile *files = rn_files_all (packs->files, &n);
	for (guint i = 0; i < n; i++) {
		if (!is_kept (&files[i]))
			continue;
		RnPackEntry entry = { .file = &files[i], .address = address_of (packs->arena, files[i].path), .coded = files[i].page != NULL };
		entry.group = group_of (packs->arena, entry.address);
		g_array_append_val (packs->entries, entry);
	}
	choose_core (packs);
	g_array_sort (packs->entries, by_group);
	fill_bins (packs);
	g_array_sort (packs->entries, by_bin);
	for (guint i = 0; i < packs->entries->len; i++) {
		guint bin = g_array_index (packs->entries, RnPackEntry, i).bin;
		if (bin == packs->bins->len)
			g_array_append_vals (packs->bins, &(RnPackBin) { .first = i }, 1);
		g_array_index (packs->bins, RnPackBin, bin).n++;
	}
}
