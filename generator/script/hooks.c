/*
 * hooks.c - plugins: loaded, their hooks registered and called.
 *
 * In: plugins/<name>/init.lua of those that site.yaml switches on. Out: helpers for layouts, blocks for pages; calls of their hooks for the other hooks_*.c. Invariant: a plugin that fails is told with its name, its line
 * and the hook, and takes nothing else down.
 */
#include "base/path.h"
#include "base/text.h"
#include "base/words.h"
#include "script/hooks-int.h"

#include <string.h>

RnPlace rn_plugin_place (RnHost *host, const RnPlugin *plugin, guint line)
{
	g_autofree char *file = g_strdup_printf ("plugins/%s/init.lua", plugin->name);
	return RN_PLACE (rn_host_keep (host, file), line, 0);
}

char *rn_plugin_words (RnHost *host, const RnPlugin *plugin, guint line, RnStop stop, RnPlace *place)
{
	const char *message = lua_tostring (host->box.L, -1), *words;
	g_autoptr (GError) error = g_error_new_literal (RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_RUN, message != NULL ? message : _("an error without words"));
	*place = rn_host_error_place (host, error, &words);
	if (place->file == NULL)
		*place = rn_plugin_place (host, plugin, line);
	/* Its init.lua is stopped in every host alike; all other hooks that are told here run in one. */
	if (stop != RN_STOP_NONE && !plugin->site->stopped)
		plugin->site->stopped = TRUE;
	char *copy = g_strdup (words);
	lua_pop (host->box.L, 1);
	return copy;
}

void rn_plugin_tell (RnHost *host, const RnPlugin *plugin, const char *hook, guint line, RnStop stop)
{
	RnPlace place;
	g_autofree char *words = rn_plugin_words (host, plugin, line, stop, &place);
	rn_diagnose (host->sink, stop != RN_STOP_NONE ? RN_D_PLUGIN_BUDGET : RN_D_PLUGIN_ERROR, place, plugin->name, hook, words);
}

/* PAGE's number in the order of pages, so that the first at which a plugin is ended is always the same. */
static gint order_of (const RnHost *host, const RnPage *page)
{
	return page != NULL ? MAX (rn_library_index (host->library, page), 0) : 0;
}

gboolean rn_plugin_silent (const RnHost *host, const RnPlugin *plugin, const RnPage *page)
{
	return plugin->site->stopped || (host->options.stops != NULL && rn_stops_reached (host->options.stops, plugin->site, order_of (host, page)));
}

void rn_plugin_failed (RnHost *host, const RnPlugin *plugin, const RnPage *page, RnStop stop, RnDiagnosticId id, RnPlace where, const char *const *args)
{
	/* Inside a layout it is the page's budget, and may have been used up by others. */
	if (stop != RN_STOP_NONE && host->options.stops != NULL && host->render == NULL)
		rn_stops_note (host->options.stops, plugin->site, order_of (host, page), id, where, args);
	else
		rn_diagnose_args (host->sink, id, where, args);
}

/* Upvalues: the plugin, the function. While it runs `site` can read files. What catches an error puts the owner back, so that nothing is caught here: the trace shows the plugin's own calls. */
static int call_plugin (lua_State *L)
{
	RnSandbox *box = rn_sandbox_of (L);
	const RnPlugin *plugin = lua_touserdata (L, lua_upvalueindex (1));
	gconstpointer before = box->owner;
	if (plugin->site->stopped && plugin->table != LUA_NOREF)
		return 0;
	box->owner = plugin;
	lua_pushvalue (L, lua_upvalueindex (2));
	lua_insert (L, 1);
	/* To the end of the outermost call: what the plugin returns may hold functions of its own. */
	rn_sandbox_watch (L);
	lua_call (L, lua_gettop (L) - 1, LUA_MULTRET);
	box->owner = before;
	return lua_gettop (L);
}

/* Wraps the function on the stack. The pointer stays an upvalue, where no script reaches it. */
void rn_plugin_wrap (lua_State *L, const RnPlugin *plugin)
{
	lua_pushlightuserdata (L, (void *) plugin);
	lua_insert (L, -2);
	lua_pushcclosure (L, call_plugin, 2);
}

guint rn_function_line (lua_State *L, int index)
{
	lua_Debug debug;
	lua_pushvalue (L, index);
	if (lua_tocfunction (L, -1) == call_plugin) {
		lua_getupvalue (L, -1, 2);
		lua_remove (L, -2);
	}
	lua_getinfo (L, ">S", &debug);
	return debug.linedefined > 0 ? (guint) debug.linedefined : 0;
}

/* Upvalue 1: the plugin. */
static int gathered (lua_State *L)
{
	rn_push_value (L, rn_plugin_of (L)->site->gathered);
	return 1;
}

/* Opens the chunk on the stack: runs it in globals of its own and takes what it returns. Upvalue 1: the plugin. */
static int open_plugin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	RnPlugin *plugin = lua_touserdata (L, lua_upvalueindex (1));
	lua_newtable (L);
	lua_createtable (L, 0, 2);
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->base);
	lua_setfield (L, -2, "__index");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	lua_setmetatable (L, -2);
	lua_newtable (L);
	lua_pushvalue (L, -1);
	plugin->needed = luaL_ref (L, LUA_REGISTRYINDEX);
	rn_sandbox_read_only (L, "needed");
	lua_setfield (L, -2, "needed");
	lua_pushlightuserdata (L, plugin);
	lua_pushcclosure (L, gathered, 1);
	lua_setfield (L, -2, "gathered");
	if (lua_setupvalue (L, 1, 1) == NULL)
		lua_pop (L, 1);
	rn_plugin_wrap (L, plugin);
	lua_call (L, 0, 1);
	if (!lua_istable (L, -1))
		return luaL_error (L, "init.lua must return a table of hooks, not a %s", luaL_typename (L, -1));
	rn_needs_read (L, plugin);
	plugin->table = luaL_ref (L, LUA_REGISTRYINDEX);
	return 0;
}

void rn_plugin_drop (RnHost *host, RnPlugin *plugin)
{
	luaL_unref (host->box.L, LUA_REGISTRYINDEX, plugin->table);
	plugin->table = LUA_NOREF;
}

/* Pushes the plugin's table NAME for the functions of which PUT is called with name and function on the stack. */
static void each_function (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name, RnHookPut put)
{
	lua_pushstring (L, name);
	if (lua_rawget (L, 1) == LUA_TNIL)
		return;
	if (!lua_istable (L, -1))
		luaL_error (L, "'%s' must be a table of functions, not a %s", name, luaL_typename (L, -1));
	lua_pushnil (L);
	while (lua_next (L, -2)) {
		if (lua_type (L, -2) != LUA_TSTRING || !lua_isfunction (L, -1))
			luaL_error (L, "'%s' must be a table of functions by their names", name);
		put (L, host, plugin, lua_tostring (L, -2));
	}
	lua_pop (L, 1);
}

void rn_plugin_put (lua_State *L, GHashTable *table, RnPlugin *plugin, const char *what, const char *name)
{
	const RnBlock *other = g_hash_table_lookup (table, name);
	if (other != NULL)
		luaL_error (L, "the %s '%s' is the plugin %s's already", what, name, other->plugin->name);
	RnBlock block = { plugin, LUA_NOREF, rn_function_line (L, -1) };
	rn_plugin_wrap (L, plugin);
	block.function = luaL_ref (L, LUA_REGISTRYINDEX);
	g_hash_table_insert (table, g_strdup (name), g_memdup2 (&block, sizeof block));
}

/* Into the table at index 2. */
static void put_helper (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name)
{
	(void) host;
	rn_plugin_wrap (L, plugin);
	lua_setfield (L, 2, name);
}

/* All that a plugin may return, but for `needs`. PUT takes each function of a table of functions; NULL: the hook is one function, which rn_plugins_run calls. */
static const struct { const char *name; RnHookPut put; } hooks[] = {
	{ "pages", NULL },
	{ "fields", NULL },
	{ "gather", NULL },
	{ "blocks", rn_put_block },
	{ "links", rn_put_link },
	{ "helpers", put_helper },
	{ "check", NULL },
	{ "files", NULL },
	{ "feeds", NULL },
};

static const char *known_hooks (lua_State *L)
{
	luaL_Buffer names;
	luaL_buffinit (L, &names);
	luaL_addstring (&names, "needs, ");
	for (gsize i = 0; i < G_N_ELEMENTS (hooks); i++) {
		luaL_addstring (&names, i == 0 ? "" : i + 1 < G_N_ELEMENTS (hooks) ? ", " : " and ");
		luaL_addstring (&names, hooks[i].name);
	}
	luaL_pushresult (&names);
	return lua_tostring (L, -1);
}

/* Argument: what init.lua returned. Upvalue 1: the plugin. */
static int register_plugin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	RnPlugin *plugin = rn_plugin_of (L);
	lua_settop (L, 1);
	lua_pushnil (L);
	while (lua_next (L, 1)) {
		const char *name = lua_type (L, -2) == LUA_TSTRING ? lua_tostring (L, -2) : "";
		gsize i = 0;
		if (strcmp (name, "needs") == 0) {
			lua_pop (L, 1);
			continue;
		}
		while (i < G_N_ELEMENTS (hooks) && strcmp (hooks[i].name, name) != 0)
			i++;
		if (i == G_N_ELEMENTS (hooks))
			return luaL_error (L, "there is no hook '%s': a plugin has %s", name, known_hooks (L));
		if (hooks[i].put == NULL && !lua_isfunction (L, -1))
			return luaL_error (L, "'%s' must be a function, not a %s", name, luaL_typename (L, -1));
		lua_pop (L, 1);
	}
	rn_needs_put (L, plugin);
	lua_newtable (L);
	for (gsize i = 0; i < G_N_ELEMENTS (hooks); i++)
		if (hooks[i].put != NULL)
			each_function (L, host, plugin, hooks[i].name, hooks[i].put);
	lua_settop (L, 2);
	rn_sandbox_read_only (L, plugin->name);
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->base);
	const char *global = luaL_gsub (L, plugin->name, "-", "_");
	lua_pushvalue (L, -1);
	if (lua_rawget (L, 3) != LUA_TNIL)
		return luaL_error (L, "a plugin cannot be called '%s': layouts and plugins have something of that name already", plugin->name);
	lua_pushvalue (L, 2);
	lua_setfield (L, 3, global);
	return 0;
}

static void push_bound (lua_State *L, lua_CFunction f, RnPlugin *plugin)
{
	lua_pushlightuserdata (L, plugin);
	lua_pushcclosure (L, f, 1);
}

/* The folders of plugins/ that hold a plugin. */
static char **plugin_names (const RnSite *site)
{
	g_auto (GStrv) files = rn_site_list (site, "plugins/");
	GPtrArray *names = g_ptr_array_new ();
	for (char **file = files; *file != NULL; file++) {
		const char *name = *file + strlen ("plugins/"), *slash = strchr (name, '/');
		if (slash != NULL && strcmp (slash, "/init.lua") == 0)
			g_ptr_array_add (names, g_strndup (name, (gsize) (slash - name)));
	}
	g_ptr_array_add (names, NULL);
	return (char **) g_ptr_array_free (names, FALSE);
}

gboolean rn_plugin_call (RnHost *host, const RnPlugin *plugin, int nargs, int nresults, RnStop *stop)
{
	if (host->box.depth == 0) {
		host->box.guest = TRUE;
		host->box.call_instructions = plugin->site->instructions;
		host->box.call_memory = plugin->site->memory;
	}
	return rn_sandbox_call (&host->box, nargs, nresults, stop);
}

/*
 * What its init.lua has left, more than BEFORE, is from now on beside what calls may use, its own and others', so that no plugin leaves others without. It may be a quarter of
 * a call's memory; with more the plugin is left out.
 */
static void weigh (RnHost *host, RnPlugin *plugin, gsize before)
{
	RnSandbox *box = &host->box;
	const gsize most = (plugin->site->memory != 0 ? plugin->site->memory : box->beside) / 4;
	/* What is garbage by now is not kept, but to clear it away takes time. */
	if (box->memory > before + most)
		lua_gc (box->L, LUA_GCCOLLECT);
	if (box->memory <= before + most) {
		box->loaded += MAX (box->memory, before) - before;
		return;
	}
	rn_plugin_drop (host, plugin);
	lua_gc (box->L, LUA_GCCOLLECT);
	lua_pushfstring (box->L, "what it keeps when it has loaded is more than %d MiB of memory, a quarter of what it may use", (int) (most >> 20));
	rn_plugin_tell (host, plugin, "init.lua", 1, RN_STOP_MEMORY);
}

/* Runs its init.lua. */
static void open_file (RnHost *host, RnSitePlugin *site)
{
	lua_State *L = host->box.L;
	const char *name = site->name;
	g_autofree char *file = g_strdup_printf ("plugins/%s/init.lua", name), *chunk = g_strconcat ("@", file, NULL);
	g_autoptr (GString) source = g_string_new (NULL);
	g_autoptr (GError) why = NULL;
	if (rn_path_check (file) != RN_PATH_FINE || !rn_site_read (host->site, file, source, &why)) {
		if (why != NULL && !g_error_matches (why, RN_TREE_ERROR, RN_TREE_ERROR_MISSING)) {
			rn_diagnose (host->sink, RN_D_FILE_UNREADABLE, RN_PLACE (rn_diagnostics_intern (host->sink, file), 0, 0), why->message);
			return;
		}
		g_auto (GStrv) there = plugin_names (host->site);
		const char *nearest = rn_text_nearest (name, (const char *const *) there);
		rn_diagnose (host->sink, RN_D_PLUGIN_MISSING, site->where, name, nearest != NULL ? nearest : "");
		return;
	}
	RnPlugin *plugin = g_new0 (RnPlugin, 1);
	plugin->name = g_strdup (name);
	plugin->site = site;
	plugin->table = plugin->needed = LUA_NOREF;
	g_ptr_array_add (host->plugins, plugin);
	RnStop stop = RN_STOP_NONE;
	const gsize before = host->box.memory;
	push_bound (L, open_plugin, plugin);
	if (luaL_loadbufferx (L, source->str, source->len, chunk, "t") != LUA_OK || !rn_plugin_call (host, plugin, 1, 0, &stop))
		rn_plugin_tell (host, plugin, "init.lua", 0, stop);
	else
		weigh (host, plugin, before);
	lua_settop (L, 0);
}

/* Those it needs are loaded. */
static void load_hooks (RnHost *host, RnPlugin *plugin)
{
	lua_State *L = host->box.L;
	RnStop stop = RN_STOP_NONE;
	push_bound (L, register_plugin, plugin);
	lua_rawgeti (L, LUA_REGISTRYINDEX, plugin->table);
	if (!rn_plugin_call (host, plugin, 1, 0, &stop)) {
		rn_plugin_tell (host, plugin, "init.lua", 0, stop);
		rn_plugin_drop (host, plugin);
	}
	lua_settop (L, 0);
}

void rn_host_load_plugins (RnHost *host)
{
	for (guint i = 0; i < host->site->n_plugins; i++)
		open_file (host, &host->site->plugins[i]);
	rn_needs_order (host);
	for (guint i = 0; i < host->plugins->len; i++)
		if (rn_needs_met (host, host->plugins->pdata[i]))
			load_hooks (host, host->plugins->pdata[i]);
}

gboolean rn_plugin_push_hook (lua_State *L, const RnPlugin *plugin, const char *name)
{
	if (plugin->table == LUA_NOREF || plugin->site->stopped)
		return FALSE;
	lua_rawgeti (L, LUA_REGISTRYINDEX, plugin->table);
	lua_pushstring (L, name);
	lua_rawget (L, -2);
	lua_remove (L, -2);
	return lua_isfunction (L, -1);
}

void rn_plugins_run (RnHost *host, const char *name, lua_CFunction function)
{
	for (guint i = 0; i < host->plugins->len; i++) {
		lua_State *L = host->box.L;
		RnPlugin *plugin = host->plugins->pdata[i];
		RnStop stop = RN_STOP_NONE;
		lua_settop (L, 0);
		push_bound (L, function, plugin);
		if (rn_plugin_push_hook (L, plugin, name)) {
			guint line = rn_function_line (L, -1);
			rn_plugin_wrap (L, plugin);
			if (!rn_plugin_call (host, plugin, 1, 0, &stop))
				rn_plugin_tell (host, plugin, name, line, stop);
		}
		lua_settop (L, 0);
		rn_host_relieve (host);
	}
}
