/*
 * hooks_pages.c - pages of plugins' own, and what plugins find out once for all their copies.
 *
 * In: what the hooks `pages` and `gather` return. Out: pages in the library, values beside it. Invariant: run once, in one host, before the library is frozen; a page that is wrong is told with its number
 * in the list, at the place it comes from.
 */
#include "script/hooks-int.h"

typedef struct {
	lua_State *L;
	RnHost *host;
	RnPlace hook;            /* where the hook begins: the place of pages that name no other */
	lua_Integer number;      /* of the page, from 1 */
	int table;
} Making;

/* The text NAME of the page, on the stack as long as it is made; NULL: not given. */
static const char *page_text (const Making *making, const char *name, gboolean required)
{
	lua_State *L = making->L;
	int type = lua_getfield (L, making->table, name);
	if (type == LUA_TSTRING)
		return lua_tostring (L, -1);
	if (type != LUA_TNIL || required)
		luaL_error (L, "page %d: '%s' must be a text, not %s", (int) making->number, name, type == LUA_TNIL ? "missing" : luaL_typename (L, -1));
	return NULL;
}

static RnPlace page_place (const Making *making)
{
	RnPlace place;
	lua_State *L = making->L;
	if (lua_getfield (L, making->table, "from") == LUA_TNIL)
		return making->hook;
	if (!rn_place_of (L, -1, &place))
		luaL_error (L, "page %d: 'from' must be a page, or a table that site.yaml, site.json or site.csv gave, not a %s", (int) making->number, luaL_typename (L, -1));
	if (place.line == 0)
		place.line = place.col = 1;
	place.file = rn_host_keep (making->host, place.file);
	return place;
}

static void add_page (Making *making)
{
	static const char *const others[] = { "key", "lang", "body", "data", "from", NULL };
	lua_State *L = making->L;
	RnArena *arena = rn_library_arena (making->host->library);
	making->table = lua_gettop (L);
	if (!lua_istable (L, making->table))
		luaL_error (L, "page %d is a %s, not a table", (int) making->number, luaL_typename (L, making->table));
	RnCustomPage page = { .where = page_place (making) };
	page.key = page_text (making, "key", TRUE);
	page.language = page_text (making, "lang", TRUE);
	page.title = page_text (making, "title", TRUE);
	page.text = page_text (making, "body", FALSE);
	rn_sandbox_spend (L, page.text != NULL ? strlen (page.text) >> 3 : 0);
	const char *path = lua_pushfstring (L, "page %I", (LUAI_UACINT) making->number);
	page.front = rn_front_from_lua (L, making->table, others, arena, path, page.where);
	if (lua_getfield (L, making->table, "data") != LUA_TNIL)
		page.data = rn_value_from_lua (L, lua_gettop (L), arena, path);
	rn_library_add (making->host->library, &page);
	lua_settop (L, making->table);
}

/* Argument: the hook. */
static int call_pages (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	Making making = { .L = L, .host = host, .hook = rn_plugin_place (host, rn_plugin_of (L), rn_function_line (L, 1)), .number = 1 };
	rn_push_tagged (L, host->site, RN_TAG_SITE);
	lua_call (L, 1, 1);
	if (lua_isnil (L, -1))
		return 0;
	if (!lua_istable (L, -1))
		return luaL_error (L, "it must return a list of pages or nil, not a %s", luaL_typename (L, -1));
	int list = lua_gettop (L);
	if (lua_getfield (L, list, "key") != LUA_TNIL) {
		lua_settop (L, list);
		add_page (&making);
		return 0;
	}
	lua_Integer n = luaL_len (L, list);
	for (; making.number <= n; making.number++) {
		lua_settop (L, list);
		lua_geti (L, list, making.number);
		add_page (&making);
	}
	return 0;
}

/* Later plugins see what earlier ones added. */
static int run_pages (lua_State *L)
{
	call_pages (L);
	rn_library_settle (rn_host_of (L)->library);
	return 0;
}

/* Argument: the hook. */
static int run_gather (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	rn_push_tagged (L, host->site, RN_TAG_SITE);
	lua_call (L, 1, 1);
	if (!lua_isnil (L, -1))
		rn_plugin_of (L)->site->gathered = rn_value_from_lua (L, lua_gettop (L), rn_library_arena (host->library), "what it returned");
	return 0;
}

void rn_host_run_pages (RnHost *host)
{
	/* What was gathered of a library before this one is gone with it. */
	for (guint i = 0; i < host->site->n_plugins; i++)
		host->site->plugins[i].gathered = NULL;
	rn_plugins_run (host, "pages", run_pages);
	rn_fields_run (host);
	rn_plugins_run (host, "gather", run_gather);
}
