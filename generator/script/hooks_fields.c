/*
 * hooks_fields.c - fields of pages that follow from others.
 *
 * In: every page of the content to be seen. Out: fields of it, checked by its type. Invariant: run before the library is frozen, in one host, each page once a plugin and in the order of the pages; what a
 * plugin gives wrongly is told with its name and the page, and leaves the page's other fields as they are.
 */
#include "script/hooks-int.h"

typedef struct {
	RnHost *host;
	const RnPlugin *plugin;
	RnPage *page;
	guint line;
	RnDiagnostics *told;     /* of the page: what the library finds wrong */
	GPtrArray *faults;       /* Fault, in the order they were met */
	GHashTable *known;       /* place and words, owned -> Fault */
} Task;

/* The same fault of many pages is one. */
typedef struct { RnDiagnosticId id; RnPlace place; char *words; const RnPage *first; guint pages; } Fault;

static void free_fault (gpointer data)
{
	g_free (((Fault *) data)->words);
	g_free (data);
}

static void note (Task *task, RnDiagnosticId id, RnPlace place, const char *words)
{
	g_autofree char *key = g_strdup_printf ("%s:%u %s", place.file, place.line, words);
	Fault *fault = g_hash_table_lookup (task->known, key);
	if (fault != NULL) {
		fault->pages++;
		return;
	}
	fault = g_new (Fault, 1);
	*fault = (Fault) { id, place, g_strdup (words), task->page, 1 };
	g_ptr_array_add (task->faults, fault);
	g_hash_table_insert (task->known, g_steal_pointer (&key), fault);
}

static void tell_faults (const Task *task)
{
	for (guint i = 0; i < task->faults->len; i++) {
		const Fault *fault = task->faults->pdata[i];
		g_autofree char *more = g_strdup_printf (fault->pages > 1 ? " (%u pages, this one first)" : "", fault->pages);
		g_autofree char *hook = g_strdup_printf ("fields of %s%s", fault->first->url, more);
		rn_diagnose (task->host->sink, fault->id, fault->place, task->plugin->name, hook, fault->words);
	}
}

/* Arguments: the hook, the task. */
static int call_fields (lua_State *L)
{
	Task *task = lua_touserdata (L, 2);
	RnLibrary *library = task->host->library;
	lua_settop (L, 1);
	rn_push_page (L, task->page);
	lua_call (L, 1, 1);
	if (lua_isnil (L, -1))
		return 0;
	if (!lua_istable (L, -1) || lua_rawlen (L, -1) > 0)
		return luaL_error (L, "it must return a table of fields by their names or nil, not a %s", lua_istable (L, -1) ? "list" : luaL_typename (L, -1));
	const RnValue *map = rn_front_from_lua (L, -1, NULL, rn_library_arena (library), "what it returned", RN_PLACE (NULL, 1, 1));
	if (map->n > 0)
		rn_library_set (library, task->page, map, task->told);
	return 0;
}

/* What the library found wrong in the fields is the plugin's fault, and told as that. */
static void note_wrong (Task *task)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (task->told, &n);
	for (guint i = 0; i < n; i++)
		note (task, RN_D_PLUGIN_ERROR, rn_plugin_place (task->host, task->plugin, task->line), list[i]->message);
	if (n == 0)
		return;
	rn_diagnostics_free (task->told);
	task->told = rn_diagnostics_new ();
}

/* The wrapped hook is at index 1. FALSE: a budget ended it. */
static gboolean set_fields (Task *task)
{
	RnHost *host = task->host;
	lua_State *L = host->box.L;
	RnStop stop = RN_STOP_NONE;
	gboolean fine = rn_host_enter (host, task->page, &stop);
	if (fine) {
		lua_pushcfunction (L, call_fields);
		lua_pushvalue (L, 1);
		lua_pushlightuserdata (L, task);
		fine = rn_plugin_call (host, task->plugin, 2, 0, &stop);
	}
	if (!fine) {
		RnPlace place;
		g_autofree char *words = rn_plugin_words (host, task->plugin, task->line, stop, &place);
		note (task, stop != RN_STOP_NONE ? RN_D_PLUGIN_BUDGET : RN_D_PLUGIN_ERROR, place, words);
	}
	note_wrong (task);
	return stop == RN_STOP_NONE;
}

void rn_fields_run (RnHost *host)
{
	for (guint i = 0; i < host->plugins->len; i++) {
		lua_State *L = host->box.L;
		const RnPlugin *plugin = host->plugins->pdata[i];
		lua_settop (L, 0);
		if (!rn_plugin_push_hook (L, plugin, "fields"))
			continue;
		Task task = { .host = host, .plugin = plugin, .line = rn_function_line (L, 1), .told = rn_diagnostics_new (), .faults = g_ptr_array_new_with_free_func (free_fault),
			.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
		rn_plugin_wrap (L, plugin);
		const RnPages *pages = rn_library_pages (host->library);
		/* Who loops in one page loops in thousands: it is not asked again. */
		for (guint k = 0; k < pages->n; k++) {
			task.page = pages->items[k];
			if (task.page->fallback == NULL && !set_fields (&task))
				break;
		}
		tell_faults (&task);
		g_hash_table_unref (task.known);
		g_ptr_array_unref (task.faults);
		rn_diagnostics_free (task.told);
		rn_host_leave (host);
		lua_settop (L, 0);
		rn_host_relieve (host);
	}
	lua_settop (host->box.L, 0);
}
