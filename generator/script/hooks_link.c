/*
 * hooks_link.c - links whose scheme is a plugin's.
 *
 * In: "scheme:target" in a page's text. Out: an address as an editor may write it, which is then resolved and checked as any other. Invariant: a call
 * that fails is told at the link, and the link's words stand.
 */
#include "script/hooks-int.h"

#include <string.h>

typedef struct { RnHost *host; const RnSchemeLink *link; const RnBlock *scheme; GString *address, *title; RnSchemeResult result; } Task;

/* The address that the value on the stack's top is: a text, or a page. FALSE: it is neither. */
static gboolean take_address (lua_State *L, GString *out)
{
	const RnPage *page = rn_to_page (L, -1);
	size_t len;
	if (page != NULL) {
		g_string_append_printf (out, "/%s", page->key);
		return TRUE;
	}
	if (lua_type (L, -1) != LUA_TSTRING)
		return FALSE;
	const char *text = rn_check_text (L, -1, &len, "the address that the link returned");
	if (len == 0)
		luaL_error (L, "the address that the link returned is empty");
	g_string_append_len (out, text, (gssize) len);
	return TRUE;
}

static void take_title (lua_State *L, GString *out)
{
	size_t len;
	if (lua_type (L, -1) != LUA_TSTRING)
		luaL_error (L, "a link's title is a text, not a %s", luaL_typename (L, -1));
	const char *text = rn_check_text (L, -1, &len, "the title that the link returned");
	g_string_append_len (out, text, (gssize) len);
}

static int run_link (lua_State *L)
{
	Task *task = lua_touserdata (L, lua_upvalueindex (1));
	lua_rawgeti (L, LUA_REGISTRYINDEX, task->scheme->function);
	lua_pushstring (L, strchr (task->link->address, ':') + 1);
	rn_push_page (L, task->link->page);
	lua_call (L, 2, 1);
	task->result = lua_isnil (L, -1) ? RN_SCHEME_DEAD : RN_SCHEME_FOUND;
	if (lua_isnil (L, -1) || take_address (L, task->address))
		return 0;
	if (!lua_istable (L, -1))
		return luaL_error (L, "a link returns an address, a page, {url = …, title = …} or nil, not a %s", luaL_typename (L, -1));
	int table = lua_gettop (L);
	lua_getfield (L, table, "url");
	if (!take_address (L, task->address))
		return luaL_error (L, "a link's url is an address or a page, not a %s", luaL_typename (L, -1));
	if (lua_getfield (L, table, "title") != LUA_TNIL)
		take_title (L, task->title);
	return 0;
}

/* The plugin's scheme that the address has, in small letters as they all are; NULL: none. */
static const RnBlock *find (const RnHost *host, const char *address)
{
	gsize n = 0;
	if (g_hash_table_size (host->schemes) == 0)
		return NULL;
	/* By hand: strcspn makes a table each time, and nearly all addresses have no scheme. */
	while (address[n] != '\0' && address[n] != ':' && address[n] != '/' && address[n] != '?' && address[n] != '#')
		n++;
	if (address[n] != ':')
		return NULL;
	g_autofree char *name = g_ascii_strdown (address, (gssize) n);
	return g_hash_table_lookup (host->schemes, name);
}

static gboolean call (RnHost *host, Task *task, RnStop *stop)
{
	lua_State *L = host->box.L;
	host->calls++;
	*stop = RN_STOP_NONE;
	gboolean fine = host->render != NULL || task->link->page == NULL || rn_host_enter (host, task->link->page, stop);
	if (!fine)
		return FALSE;
	lua_pushlightuserdata (L, task);
	lua_pushcclosure (L, run_link, 1);
	host->linking = TRUE;
	fine = rn_plugin_call (host, task->scheme->plugin, 0, 0, stop);
	host->linking = FALSE;
	return fine;
}

/* The message is on the stack. */
static void tell (RnHost *host, const RnSchemeLink *link, const RnBlock *scheme, RnStop stop)
{
	g_autofree char *hook = g_strdup_printf ("links (plugins/%s/init.lua:%u)", scheme->plugin->name, scheme->line);
	RnPlace place = link->page != NULL ? rn_page_place (link->page, link->line, link->col) : RN_PLACE (NULL, link->line, link->col);
	const char *const args[] = { link->address, lua_tostring (host->box.L, -1), hook, NULL };
	rn_plugin_failed (host, scheme->plugin, link->page, stop, RN_D_LINK_FAILED, place, args);
}

RnSchemeResult rn_host_scheme (gpointer user, const RnSchemeLink *link, GString *address, GString *title)
{
	RnHost *host = user;
	RnStop stop;
	for (;;) {
		/* Anew each time: a new state has its own. */
		const RnBlock *scheme = find (host, link->address);
		if (scheme == NULL)
			return RN_SCHEME_UNKNOWN;
		if (rn_plugin_silent (host, scheme->plugin, link->page))
			return RN_SCHEME_FAILED;
		Task task = { host, link, scheme, address, title, RN_SCHEME_FAILED };
		if (call (host, &task, &stop))
			return task.result;
		g_string_truncate (address, 0);
		g_string_truncate (title, 0);
		if (!rn_host_again (host, stop))
			tell (host, link, scheme, stop);
		lua_pop (host->box.L, 1);
		if (!rn_host_renew (host, stop))
			return RN_SCHEME_FAILED;
	}
}

void rn_put_link (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name)
{
	g_autofree char *address = g_strconcat (name, ":", NULL);
	gsize len = strlen (name);
	gboolean named = g_ascii_islower (*name) && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789+.-") == len, taken = named && rn_link_scheme_allowed (address);
	g_clear_pointer (&address, g_free);
	if (!named)
		luaL_error (L, "'%s' cannot be a link's scheme: small letters of a to z, then digits, '+', '.' and '-'", name);
	if (taken)
		luaL_error (L, "'%s:' leads out of the site already", name);
	rn_plugin_put (L, host->schemes, plugin, "scheme", name);
}
