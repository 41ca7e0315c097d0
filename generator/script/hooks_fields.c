/*
 * hooks_fields.c - fields of pages that follow from others.
 *
 * In: every page of the content to be seen. Out: fields of it, checked by its type. Invariant: run before the library is frozen, in one host, each page once a plugin and in the order of the pages; what a
 * plugin gives wrongly is told with its name and the page, and leaves the page's other fields as they are.
 */
#include "script/hooks-int.h"

typedef struct { RnHost *host; const RnPlugin *plugin; RnPage *page; guint line; RnDiagnostics *told; } Task;

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
static void tell_wrong (Task *task, const char *hook)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (task->told, &n);
	for (guint i = 0; i < n; i++)
		rn_diagnose (task->host->sink, RN_D_PLUGIN_ERROR, rn_plugin_place (task->host, task->plugin, task->line), task->plugin->name, hook, list[i]->message);
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
	guint n;
	rn_diagnostics_sorted (task->told, &n);
	if (!fine || n > 0) {
		g_autofree char *hook = g_strdup_printf ("fields of %s", task->page->url);
		if (!fine)
			rn_plugin_tell (host, task->plugin, hook, task->line, stop);
		tell_wrong (task, hook);
	}
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
		Task task = { .host = host, .plugin = plugin, .line = rn_function_line (L, 1), .told = rn_diagnostics_new () };
		rn_plugin_wrap (L, plugin);
		const RnPages *pages = rn_library_pages (host->library);
		/* Who loops in one page loops in thousands: it is not asked again. */
		for (guint k = 0; k < pages->n; k++) {
			task.page = pages->items[k];
			if (task.page->fallback == NULL && !set_fields (&task))
				break;
		}
		rn_diagnostics_free (task.told);
		rn_host_leave (host);
		lua_settop (L, 0);
		rn_host_relieve (host);
	}
	lua_settop (host->box.L, 0);
}
