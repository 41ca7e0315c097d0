/*
 * values_from.c - what plugins return, as values for the library.
 *
 * In: any value of Lua. Out: an RnValue in an arena. Invariant: the keys of a map stand in the sandbox's stable order; what cannot be kept raises an error that names its path; a value of the
 * library is itself.
 */
#include "base/text.h"
#include "script/host-int.h"

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
