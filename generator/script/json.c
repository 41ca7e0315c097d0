/*
 * json.c - a Lua value as JSON that may stand in a script element.
 *
 * In: texts, numbers, booleans, lists, tables, pages (their address). Out: JSON with keys in a stable order. Invariant: no '<', '>', '&', U+2028 or
 * U+2029 as themselves, so that nothing in it ends the element.
 */
#include "base/text.h"
#include "script/host-int.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH 30

static void append_number (lua_State *L, int index, GString *out)
{
	char buffer[G_ASCII_DTOSTR_BUF_SIZE];
	if (lua_isinteger (L, index)) {
		g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) lua_tointeger (L, index));
		return;
	}
	double number = lua_tonumber (L, index);
	if (isfinite (number))
		g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
	else
		g_string_append (out, "null");
}

static void append_any (lua_State *L, int index, GString *out, int depth);

static void append_list (lua_State *L, int index, lua_Integer n, GString *out, int depth)
{
	g_string_append_c (out, '[');
	for (lua_Integer i = 1; i <= n; i++) {
		if (i > 1)
			g_string_append_c (out, ',');
		rn_list_push (L, index, i);
		append_any (L, lua_gettop (L), out, depth);
		lua_pop (L, 1);
	}
	g_string_append_c (out, ']');
}

/* Walks with the sandbox's own pairs, whose order is stable. */
static void append_map (lua_State *L, int index, GString *out, int depth)
{
	gboolean first = TRUE;
	g_string_append_c (out, '{');
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
	lua_getfield (L, -1, "pairs");
	lua_remove (L, -2);
	lua_pushvalue (L, index);
	lua_call (L, 1, 3);
	for (;;) {
		lua_pushvalue (L, -3);
		lua_pushvalue (L, -3);
		lua_pushvalue (L, -3);
		lua_call (L, 2, 2);
		if (lua_isnil (L, -2))
			break;
		if (lua_type (L, -2) != LUA_TSTRING)
			luaL_error (L, "json: the keys of a table must all be texts, or 1, 2, 3 …");
		if (!first)
			g_string_append_c (out, ',');
		first = FALSE;
		size_t len;
		const char *key = lua_tolstring (L, -2, &len);
		rn_text_json (out, key, (gssize) len);
		g_string_append_c (out, ':');
		append_any (L, lua_gettop (L), out, depth);
		lua_pop (L, 1);
		lua_replace (L, -2);
	}
	lua_pop (L, 5);
	g_string_append_c (out, '}');
}

static void append_any (lua_State *L, int index, GString *out, int depth)
{
	if (depth > MAX_DEPTH)
		luaL_error (L, "json: the table is nested more than %d deep, or holds itself", MAX_DEPTH);
	luaL_checkstack (L, 12, NULL);
	rn_sandbox_spend (L, 4);
	size_t len;
	const RnPage *page = rn_to_page (L, index);
	if (page != NULL) {
		rn_text_json (out, page->url, -1);
		return;
	}
	switch (lua_type (L, index)) {
	case LUA_TNIL: case LUA_TNONE: g_string_append (out, "null"); return;
	case LUA_TBOOLEAN: g_string_append (out, lua_toboolean (L, index) ? "true" : "false"); return;
	case LUA_TNUMBER: append_number (L, index, out); return;
	case LUA_TSTRING: {
		const char *text = lua_tolstring (L, index, &len);
		rn_text_json (out, text, (gssize) len);
		return;
	}
	case LUA_TTABLE: case LUA_TLIGHTUSERDATA: {
		lua_Integer n = rn_list_length (L, index);
		if (n > 0)
			append_list (L, index, n, out, depth + 1);
		else
			append_map (L, index, out, depth + 1);
		return;
	}
	default:
		luaL_error (L, "json: a %s has no form in JSON", luaL_typename (L, index));
	}
}

void rn_json_append (lua_State *L, int index, GString *out)
{
	append_any (L, lua_absindex (L, index), out, 0);
}
