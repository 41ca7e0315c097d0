/*
 * hooks_pages.c - pages of plugins' own.
 *
 * In: what the `pages` hooks return. Out: pages in the library. Invariant: run once, in one host, before the library is frozen; a page that is wrong is told with its number in the list.
 */
#include "script/hooks-int.h"

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

static int run_pages (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const RnPlugin *plugin = rn_plugin_of (L);
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
	rn_plugins_run (host, "pages", run_pages);
}
