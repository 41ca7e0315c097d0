/*
 * hooks.c - plugins: loaded, and asked for pages of their own.
 *
 * In: plugins/<name>/init.lua of those that site.yaml switches on. Out: helpers for layouts, blocks for pages, pages for the library. Invariant: a plugin that fails is told with its name, its line
 * and the hook, and takes nothing else down.
 */
#include "base/path.h"
#include "base/text.h"
#include "script/host-int.h"

#include <string.h>

static void tell (RnHost *host, const RnPlugin *plugin, const char *hook, RnStop stop)
{
	const char *message = lua_tostring (host->box.L, -1), *words;
	g_autoptr (GError) error = g_error_new_literal (RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_RUN, message != NULL ? message : "an error without words");
	RnPlace place = rn_host_error_place (host, error, &words);
	if (place.file == NULL && host->sink != NULL) {
		g_autofree char *file = g_strdup_printf ("plugins/%s/init.lua", plugin->name);
		place.file = rn_diagnostics_intern (host->sink, file);
	}
	rn_diagnose (host->sink, stop != RN_STOP_NONE ? RN_D_PLUGIN_BUDGET : RN_D_PLUGIN_ERROR, place, plugin->name, hook, words);
	lua_pop (host->box.L, 1);
}

/* Upvalues: the plugin, the function. While it runs `site` can read files. */
static int call_plugin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const RnPlugin *before = host->plugin;
	host->plugin = lua_touserdata (L, lua_upvalueindex (1));
	lua_pushvalue (L, lua_upvalueindex (2));
	lua_insert (L, 1);
	/* To the end of the outermost call: what the plugin returns may hold functions of its own. */
	rn_sandbox_watch (L);
	int status = lua_pcall (L, lua_gettop (L) - 1, LUA_MULTRET, 0);
	host->plugin = before;
	return status == LUA_OK ? lua_gettop (L) : lua_error (L);
}

/* Wraps the function on the stack. The pointer stays an upvalue, where no script reaches it. */
static void wrap (lua_State *L, const RnPlugin *plugin)
{
	lua_pushlightuserdata (L, (void *) plugin);
	lua_insert (L, -2);
	lua_pushcclosure (L, call_plugin, 2);
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
	if (lua_setupvalue (L, 1, 1) == NULL)
		lua_pop (L, 1);
	wrap (L, plugin);
	lua_call (L, 0, 1);
	if (!lua_istable (L, -1))
		return luaL_error (L, "init.lua must return a table of hooks, not a %s", luaL_typename (L, -1));
	lua_pushvalue (L, -1);
	plugin->table = luaL_ref (L, LUA_REGISTRYINDEX);
	return 1;
}

/* Pushes the plugin's table NAME for the functions of which PUT is called with name and function on the stack. */
static void each_function (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name, void (*put) (lua_State *, RnHost *, RnPlugin *, const char *))
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

static void put_block (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name)
{
	wrap (L, plugin);
	RnBlock block = { plugin, luaL_ref (L, LUA_REGISTRYINDEX) };
	if (g_hash_table_contains (host->blocks, name))
		luaL_error (L, "the block '%s' is another plugin's already", name);
	g_hash_table_insert (host->blocks, g_strdup (name), g_memdup2 (&block, sizeof block));
}

/* Into the table at index 2. */
static void put_helper (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name)
{
	(void) host;
	wrap (L, plugin);
	lua_setfield (L, 2, name);
}

/* Argument: what init.lua returned. Upvalue 1: the plugin. */
static int register_plugin (lua_State *L)
{
	static const char *const known[] = { "pages", "blocks", "helpers", NULL };
	RnHost *host = rn_host_of (L);
	RnPlugin *plugin = lua_touserdata (L, lua_upvalueindex (1));
	lua_settop (L, 1);
	lua_pushnil (L);
	while (lua_next (L, 1)) {
		lua_pop (L, 1);
		const char *name = lua_type (L, -1) == LUA_TSTRING ? lua_tostring (L, -1) : "";
		if (!g_strv_contains (known, name))
			return luaL_error (L, "there is no hook '%s': a plugin has pages, blocks and helpers", name);
	}
	lua_newtable (L);
	each_function (L, host, plugin, "blocks", put_block);
	each_function (L, host, plugin, "helpers", put_helper);
	lua_settop (L, 2);
	rn_sandbox_read_only (L, plugin->name);
	g_autofree char *global = g_strdelimit (g_strdup (plugin->name), "-", '_');
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->base);
	lua_pushvalue (L, -2);
	lua_setfield (L, -2, global);
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

static void load_plugin (RnHost *host, const char *name, RnPlace where)
{
	lua_State *L = host->box.L;
	g_autofree char *file = g_strdup_printf ("plugins/%s/init.lua", name), *chunk = g_strconcat ("@", file, NULL);
	g_autoptr (GString) source = g_string_new (NULL);
	if (rn_path_check (file) != RN_PATH_FINE || !rn_site_read (host->site, file, source, NULL)) {
		g_auto (GStrv) there = plugin_names (host->site);
		const char *nearest = rn_text_nearest (name, (const char *const *) there);
		rn_diagnose (host->sink, RN_D_PLUGIN_MISSING, where, name, nearest != NULL ? nearest : "");
		return;
	}
	RnPlugin *plugin = g_new0 (RnPlugin, 1);
	plugin->name = g_strdup (name);
	plugin->table = LUA_NOREF;
	g_ptr_array_add (host->plugins, plugin);
	RnStop stop = RN_STOP_NONE;
	push_bound (L, open_plugin, plugin);
	gboolean fine = luaL_loadbufferx (L, source->str, source->len, chunk, "t") == LUA_OK && rn_sandbox_call (&host->box, 1, 1, &stop);
	if (fine) {
		push_bound (L, register_plugin, plugin);
		lua_insert (L, -2);
		fine = rn_sandbox_call (&host->box, 1, 0, &stop);
	}
	if (!fine)
		tell (host, plugin, "init.lua", stop);
	lua_settop (L, 0);
}

void rn_host_load_plugins (RnHost *host)
{
	const RnValue *names = rn_value_get (host->site->config, "plugins");
	for (guint i = 0; names != NULL && names->kind == RN_LIST && i < names->n; i++) {
		const char *name = rn_value_string (names->items[i]);
		RnPlace where = RN_PLACE (host->site->config_file, names->items[i]->line, names->items[i]->col);
		if (name != NULL)
			load_plugin (host, name, where);
	}
}

/* --- data for the library ------------------------------------------------------------------------- */

#define MAX_DEPTH 40

static const RnValue *convert (lua_State *L, int index, RnArena *arena, const char *path, int depth);

static RnValue *new_value (RnArena *arena, RnKind kind)
{
	RnValue *value = rn_arena_new0 (arena, RnValue);
	value->kind = (guint8) kind;
	return value;
}

static const RnValue *convert_list (lua_State *L, int index, lua_Integer n, RnArena *arena, const char *path, int depth)
{
	RnValue *list = new_value (arena, RN_LIST);
	const RnValue **items = rn_arena_newn (arena, const RnValue *, (gsize) n);
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (L, index, i);
		items[i - 1] = convert (L, lua_gettop (L), arena, rn_arena_printf (arena, "%s[%d]", path, (int) i), depth);
		lua_pop (L, 1);
	}
	list->n = (guint32) n;
	list->items = items;
	return list;
}

static const RnValue *convert_map (lua_State *L, int index, RnArena *arena, const char *path, int depth)
{
	RnValue *map = new_value (arena, RN_MAP);
	int top = lua_gettop (L);
	/* In the sandbox's stable order. */
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
	lua_getfield (L, -1, "keys");
	lua_pushvalue (L, index);
	lua_call (L, 1, 1);
	lua_Integer n = luaL_len (L, -1);
	RnPair *list = rn_arena_newn (arena, RnPair, (gsize) n + 1);
	for (lua_Integer i = 1; i <= n; i++) {
		if (lua_geti (L, top + 2, i) != LUA_TSTRING)
			luaL_error (L, "%s has the key %s: the keys of a table must all be texts, or 1, 2, 3 …", path, luaL_tolstring (L, -1, NULL));
		const char *name = rn_arena_strndup (arena, lua_tostring (L, -1), -1);
		lua_pushvalue (L, -1);
		lua_gettable (L, index);
		list[i - 1] = (RnPair) { name, convert (L, lua_gettop (L), arena, rn_arena_printf (arena, "%s.%s", path, name), depth), 0, 0 };
		lua_pop (L, 2);
	}
	lua_settop (L, top);
	map->n = (guint32) n;
	map->pairs = list;
	return map;
}

static const RnValue *convert (lua_State *L, int index, RnArena *arena, const char *path, int depth)
{
	RnValue *value;
	size_t len;
	if (depth > MAX_DEPTH)
		luaL_error (L, "%s is nested more than %d deep, or holds itself", path, MAX_DEPTH);
	luaL_checkstack (L, 10, NULL);
	rn_sandbox_spend (L, 20);
	const RnValue *same = rn_to_tagged (L, index, RN_TAG_VALUE);
	if (same != NULL)
		return same;
	switch (lua_type (L, index)) {
	case LUA_TNIL:
		return new_value (arena, RN_NULL);
	case LUA_TBOOLEAN:
		value = new_value (arena, RN_BOOL);
		value->boolean = lua_toboolean (L, index);
		return value;
	case LUA_TNUMBER:
		value = new_value (arena, lua_isinteger (L, index) ? RN_INT : RN_FLOAT);
		if (lua_isinteger (L, index))
			value->integer = lua_tointeger (L, index);
		else
			value->real = lua_tonumber (L, index);
		return value;
	case LUA_TSTRING: {
		const char *text = lua_tolstring (L, index, &len);
		if (rn_text_invalid_at (text, (gssize) len) >= 0)
			luaL_error (L, "%s is not valid UTF-8", path);
		value = rn_value_new_string (arena, rn_arena_strndup (arena, text, (gssize) len), 0, 0);
		return value;
	}
	case LUA_TTABLE: {
		lua_Integer n = luaL_len (L, index);
		if (n > 0 || lua_rawlen (L, index) > 0)
			return convert_list (L, index, n, arena, path, depth + 1);
		return convert_map (L, index, arena, path, depth + 1);
	}
	default:
		luaL_error (L, "%s is a %s, which a page's data cannot hold%s", path, rn_to_page (L, index) != NULL ? "page" : luaL_typename (L, index),
		            rn_to_page (L, index) != NULL ? ": give its key" : "");
		return NULL;
	}
}

const RnValue *rn_value_from_lua (lua_State *L, int index, RnArena *arena, const char *path)
{
	return convert (L, lua_absindex (L, index), arena, path, 0);
}

/* --- pages ---------------------------------------------------------------------------------------- */

/* The text NAME of the table on the stack; it stays there. */
static const char *page_text (lua_State *L, int table, const char *name, gboolean required, lua_Integer number)
{
	int type = lua_getfield (L, table, name);
	if (type == LUA_TSTRING)
		return lua_tostring (L, -1);
	if (type != LUA_TNIL || required)
		luaL_error (L, "page %d: '%s' must be a text, not %s", (int) number, name, type == LUA_TNIL ? "missing" : luaL_typename (L, -1));
	return NULL;
}

static void add_page (lua_State *L, RnHost *host, const RnPlugin *plugin, lua_Integer number)
{
	int table = lua_gettop (L);
	RnArena *arena = rn_library_arena (host->library);
	if (!lua_istable (L, table))
		luaL_error (L, "page %d is a %s, not a table", (int) number, luaL_typename (L, table));
	g_autofree char *file = g_strdup_printf ("plugins/%s/init.lua", plugin->name);
	RnPlace where = RN_PLACE (host->sink != NULL ? rn_diagnostics_intern (host->sink, file) : NULL, 0, 0);
	g_clear_pointer (&file, g_free);
	RnCustomPage page = { .where = where };
	page.key = page_text (L, table, "key", TRUE, number);
	page.language = page_text (L, table, "lang", TRUE, number);
	page.title = page_text (L, table, "title", TRUE, number);
	page.description = page_text (L, table, "description", FALSE, number);
	page.layout = page_text (L, table, "layout", FALSE, number);
	if (lua_getfield (L, table, "data") != LUA_TNIL)
		page.data = rn_value_from_lua (L, -1, arena, rn_arena_printf (arena, "page %d: data", (int) number));
	rn_library_add (host->library, &page);
	lua_settop (L, table);
}

/* Argument: the hook. Upvalue 1: the plugin. */
static int run_pages (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	RnPlugin *plugin = lua_touserdata (L, lua_upvalueindex (1));
	wrap (L, plugin);
	rn_push_tagged (L, host->site, RN_TAG_SITE);
	lua_call (L, 1, 1);
	if (lua_isnil (L, -1))
		return 0;
	if (!lua_istable (L, -1))
		return luaL_error (L, "it must return a list of pages or nil, not a %s", luaL_typename (L, -1));
	if (lua_getfield (L, -1, "key") != LUA_TNIL) {
		lua_pop (L, 1);
		add_page (L, host, plugin, 1);
		return 0;
	}
	lua_pop (L, 1);
	lua_Integer n = luaL_len (L, -1);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_geti (L, -1, i);
		add_page (L, host, plugin, i);
		lua_pop (L, 1);
	}
	return 0;
}

void rn_host_run_pages (RnHost *host)
{
	lua_State *L = host->box.L;
	for (guint i = 0; i < host->plugins->len; i++) {
		RnPlugin *plugin = host->plugins->pdata[i];
		if (plugin->table == LUA_NOREF)
			continue;
		RnStop stop;
		lua_settop (L, 0);
		push_bound (L, run_pages, plugin);
		lua_rawgeti (L, LUA_REGISTRYINDEX, plugin->table);
		lua_pushliteral (L, "pages");
		lua_rawget (L, -2);
		lua_remove (L, -2);
		if (lua_isfunction (L, -1) && !rn_sandbox_call (&host->box, 1, 0, &stop))
			tell (host, plugin, "pages", stop);
		lua_settop (L, 0);
	}
}
