/* team.c - the worklist in; with the amounts of drift, as data of a page, out. */
#include "press/team.h"
#include "markdown/drifted.h"

#define KEY "_status"

/* --- how much of it changed ---------------------------------------------------------------------------------------------------------- */

typedef struct { gboolean known; guint changed, total; } Amount;

static void take_amount (gpointer user, guint index, const RnDrifted *drifted)
{
	((Amount *) user)[index] = (Amount) { drifted->state == RN_DRIFTED_KNOWN, drifted->n, drifted->total };
}

RnWorklist *rn_team_worklist (const RnLibrary *library, RnHistory *history, guint jobs)
{
	RnWorklist *list = rn_worklist_new (library, jobs);
	g_autoptr (GPtrArray) pages = g_ptr_array_new ();
	g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
	for (guint i = 0; i < list->work->len; i++)
		if (g_array_index (list->work, RnWork, i).kind == RN_WORK_STALE) {
			g_ptr_array_add (pages, (gpointer) g_array_index (list->work, RnWork, i).page);
			g_array_append_val (places, i);
		}
	g_autofree Amount *amounts = g_new0 (Amount, pages->len + 1);
	rn_drifted_all (list->site->tree, history, pages, jobs, take_amount, amounts);
	for (guint i = 0; i < pages->len; i++)
		if (amounts[i].known)
			rn_work_note (list, g_array_index (places, guint, i), amounts[i].changed, amounts[i].total);
	return list;
}

/* --- as data of a page ---------------------------------------------------------------------------------------------------------------- */

typedef struct { RnArena *arena; RnPair pairs[16]; guint n; } Map;

static void put (Map *map, const char *name, const RnValue *value)
{
	g_assert (map->n < G_N_ELEMENTS (map->pairs));
	map->pairs[map->n++] = (RnPair) { name, value, 1, 1 };
}

static void put_text (Map *map, const char *name, const char *text)
{
	if (text)
		put (map, name, rn_value_new_string (map->arena, rn_arena_strndup (map->arena, text, -1), 1, 1));
}

static void put_number (Map *map, const char *name, gint64 number)
{
	RnValue *value = rn_arena_new0 (map->arena, RnValue);
	*value = (RnValue) { .kind = RN_INT, .line = 1, .col = 1, .integer = number };
	put (map, name, value);
}

static void put_day (Map *map, const char *name, gint64 seconds)
{
	if (seconds)
		put_number (map, name, seconds);
}

static const RnValue *done (Map *map)
{
	RnValue *value = rn_arena_new0 (map->arena, RnValue);
	RnPair *pairs = rn_arena_newn (map->arena, RnPair, map->n);
	for (guint i = 0; i < map->n; i++)
		pairs[i] = map->pairs[i];
	*value = (RnValue) { .kind = RN_MAP, .line = 1, .col = 1, .n = map->n, .pairs = pairs };
	map->n = 0;
	return value;
}

static const RnValue *as_list (RnArena *arena, const GPtrArray *items)
{
	RnValue *value = rn_arena_new0 (arena, RnValue);
	const RnValue **copy = rn_arena_newn (arena, const RnValue *, items->len);
	for (guint i = 0; i < items->len; i++)
		copy[i] = items->pdata[i];
	*value = (RnValue) { .kind = RN_LIST, .line = 1, .col = 1, .n = items->len, .items = copy };
	return value;
}

static const RnValue *counts_of (const RnWorklist *list, guint section, RnArena *arena)
{
	Map map = { .arena = arena };
	g_autoptr (GPtrArray) languages = g_ptr_array_new ();
	for (guint k = 0; k < list->site->n_languages; k++) {
		const RnWorkCount *count = rn_worklist_count (list, section, k);
		put_text (&map, "language", list->site->languages[k]->code);
		put_number (&map, "pages", count->pages);
		put_number (&map, "passages", count->passages);
		for (guint kind = 0; kind < RN_WORK_KINDS; kind++)
			put_number (&map, rn_work_name ((RnWorkKind) kind), count->n[kind]);
		g_ptr_array_add (languages, (gpointer) done (&map));
	}
	put_text (&map, "section", list->sections->pdata[section]);
	put (&map, "languages", as_list (arena, languages));
	return done (&map);
}

static const RnValue *work_of (const RnWork *work, RnArena *arena)
{
	Map map = { .arena = arena };
	const RnFileHistory *history = work->page->history;
	put_text (&map, "what", rn_work_name (work->kind));
	put_text (&map, "language", work->language->code);
	put_text (&map, "page", work->page->key);
	put_text (&map, "title", work->page->title);
	put_text (&map, "file", work->page->file);
	put_number (&map, "links", work->links);
	put_day (&map, "day", work->day);
	put_day (&map, "changed", history ? work->page->lastmod : 0);
	put_text (&map, "author", history ? history->last_author : NULL);
	if (work->known) {
		put_number (&map, "changed_passages", work->changed);
		put_number (&map, "passages", work->total);
	}
	return done (&map);
}

static const RnValue *data_of (const RnWorklist *list, RnArena *arena)
{
	Map map = { .arena = arena };
	g_autoptr (GPtrArray) sections = g_ptr_array_new (), work = g_ptr_array_new ();
	for (guint i = 0; i < list->sections->len; i++)
		if (!rn_worklist_empty (list, i))
			g_ptr_array_add (sections, (gpointer) counts_of (list, i, arena));
	for (guint i = 0; i < list->work->len; i++)
		g_ptr_array_add (work, (gpointer) work_of (&g_array_index (list->work, RnWork, i), arena));
	put (&map, "sections", as_list (arena, sections));
	put (&map, "work", as_list (arena, work));
	return done (&map);
}

/* --- the page -------------------------------------------------------------------------------------------------------------------------- */

/* The front matter of the page in LANGUAGE; the first language's is found at the short address too. */
static const RnValue *front_of (const RnSite *site, const RnLanguage *language, RnArena *arena)
{
	Map map = { .arena = arena };
	put_text (&map, "title", rn_language_string (language, "status_title", 0));
	put_text (&map, "description", rn_language_string (language, "status_lead", 0));
	put_text (&map, "layout", "status");
	if (language == site->languages[0])
		put_text (&map, "aliases", "/" KEY "/");
	return done (&map);
}

gboolean rn_team_add_pages (RnOpened *opened, GError **error)
{
	if (!opened->site->counsellor)
		return TRUE;
	const RnSiteOptions options = { .counsellor = TRUE, .drafts = TRUE, .clock = opened->site->clock };
	RnArena *arena = rn_library_arena (opened->library);
	/* What is wrong with the content is told of the library that readers see. */
	g_autoptr (RnDiagnostics) silent = rn_diagnostics_new ();
	RnSite *site = rn_site_open (opened->tree, opened->shipped, &options, silent, error);
	RnLibrary *library = site ? rn_library_load (site, opened->history, opened->options->jobs, NULL, silent, error) : NULL;
	if (library) {
		rn_library_freeze (library);
		g_autoptr (RnWorklist) list = rn_team_worklist (library, opened->history, opened->options->jobs);
		const RnValue *data = data_of (list, arena);
		for (guint i = 0; i < opened->site->n_languages; i++) {
			const RnLanguage *language = opened->site->languages[i];
			const RnCustomPage page = { .key = KEY, .language = language->code, .front = front_of (opened->site, language, arena), .data = data,
				.where = RN_PLACE (opened->site->config_file, 1, 1), .online = TRUE };
			rn_library_add (opened->library, &page);
		}
	}
	const gboolean fine = library != NULL;
	rn_library_free (library);
	rn_site_free (site);
	return fine;
}
