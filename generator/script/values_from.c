/*
 * values_from.c - what plugins return, as values for the library.
 *
 * In: any value of Lua. Out: an RnValue in an arena. Invariant: the keys of a map stand in the sandbox's stable order; what cannot be kept raises an error that names its path; a value of the
 * library is itself, unless it must stand at another place.
 */
#include "base/text.h"
#include "script/host-int.h"

#define MAX_DEPTH 40

/* AT: where every value is said to stand, and what is of a file is copied to be there; line 0: nowhere. */
typedef struct { lua_State *L; RnArena *arena; RnPlace at; } Maker;

/* Where a value is in what was returned: NAME, or the INDEXth, of UP. */
typedef struct Path { const struct Path *up; const char *name; lua_Integer index; } Path;

static const RnValue *convert (const Maker *maker, int index, const Path *path, int depth);

const char *rn_check_text (lua_State *L, int index, size_t *len, const char *format, ...)
{
	size_t all;
	const char *text = lua_tolstring (L, index, &all);
	if (rn_text_invalid_at (text, (gssize) all) >= 0) {
		va_list args;
		va_start (args, format);
		const char *what = lua_pushvfstring (L, format, args);
		va_end (args);
		luaL_error (L, "%s is not valid UTF-8", what);
	}
	if (len != NULL)
		*len = all;
	return text;
}

/* Pushes "page 3.tags[2]". */
static const char *push_path (lua_State *L, const Path *path)
{
	luaL_checkstack (L, 4, NULL);
	if (path->up == NULL)
		return lua_pushstring (L, path->name);
	const char *up = push_path (L, path->up);
	luaL_checkstack (L, 4, NULL); /* what was asked for before went to those above */
	if (path->name != NULL)
		return lua_pushfstring (L, "%s.%s", up, path->name);
	return lua_pushfstring (L, "%s[%I]", up, (LUAI_UACINT) path->index);
}

static RnValue *new_value (const Maker *maker, RnKind kind)
{
	RnValue *value = rn_arena_new0 (maker->arena, RnValue);
	value->kind = (guint8) kind;
	value->line = maker->at.line;
	value->col = (guint16) MIN (maker->at.col, G_MAXUINT16);
	return value;
}

static const RnValue *copy_value (const Maker *maker, const RnValue *from)
{
	RnValue *value = new_value (maker, (RnKind) from->kind);
	const RnValue place = *value;
	*value = *from;
	value->line = place.line;
	value->col = place.col;
	if (from->kind == RN_LIST) {
		const RnValue **items = rn_arena_newn (maker->arena, const RnValue *, from->n);
		for (guint i = 0; i < from->n; i++)
			items[i] = copy_value (maker, from->items[i]);
		value->items = items;
	} else if (from->kind == RN_MAP) {
		RnPair *pairs = rn_arena_newn (maker->arena, RnPair, from->n);
		for (guint i = 0; i < from->n; i++)
			pairs[i] = (RnPair) { from->pairs[i].name, copy_value (maker, from->pairs[i].value), place.line, place.col };
		value->pairs = pairs;
	}
	return value;
}

static const RnValue *convert_list (const Maker *maker, int index, lua_Integer n, const Path *path, int depth)
{
	RnValue *list = new_value (maker, RN_LIST);
	const RnValue **items = rn_arena_newn (maker->arena, const RnValue *, (gsize) n);
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (maker->L, index, i);
		items[i - 1] = convert (maker, lua_gettop (maker->L), &(Path) { path, NULL, i }, depth);
		lua_pop (maker->L, 1);
	}
	list->n = (guint32) n;
	list->items = items;
	return list;
}

/* Those of WITHOUT (NULL: none) are left out. */
static const RnValue *convert_map (const Maker *maker, int index, const char *const *without, const Path *path, int depth)
{
	lua_State *L = maker->L;
	RnValue *map = new_value (maker, RN_MAP);
	int top = lua_gettop (L);
	/* In the sandbox's stable order. */
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
	lua_getfield (L, -1, "keys");
	lua_pushvalue (L, index);
	lua_call (L, 1, 1);
	lua_Integer n = luaL_len (L, -1);
	RnPair *list = rn_arena_newn (maker->arena, RnPair, (gsize) n + 1);
	map->sorted = TRUE;
	for (lua_Integer i = 1; i <= n; i++) {
		if (lua_geti (L, top + 2, i) != LUA_TSTRING)
			luaL_error (L, "%s has the key %s: the keys of a table must all be texts, or 1, 2, 3 …", push_path (L, path), luaL_tolstring (L, top + 3, NULL));
		if (without == NULL || !g_strv_contains (without, lua_tostring (L, -1))) {
			const char *name = rn_arena_strndup (maker->arena, lua_tostring (L, -1), -1);
			lua_pushvalue (L, -1);
			lua_gettable (L, index);
			map->sorted = map->sorted && (map->n == 0 || strcmp (list[map->n - 1].name, name) < 0);
			list[map->n++] = (RnPair) { name, convert (maker, lua_gettop (L), &(Path) { path, name, 0 }, depth), map->line, map->col };
		}
		lua_settop (L, top + 2);
	}
	lua_settop (L, top);
	map->pairs = list;
	return map;
}

static const RnValue *convert_number (const Maker *maker, int index)
{
	RnValue *value = new_value (maker, lua_isinteger (maker->L, index) ? RN_INT : RN_FLOAT);
	if (lua_isinteger (maker->L, index))
		value->integer = lua_tointeger (maker->L, index);
	else
		value->real = lua_tonumber (maker->L, index);
	return value;
}

static const RnValue *convert_text (const Maker *maker, int index, const Path *path)
{
	size_t len;
	const char *text = lua_tolstring (maker->L, index, &len);
	if (rn_text_invalid_at (text, (gssize) len) >= 0)
		luaL_error (maker->L, "%s is not valid UTF-8", push_path (maker->L, path));
	/* The library's memory is not the script's: what is copied there is paid for. */
	rn_sandbox_spend (maker->L, len >> 3);
	return rn_value_new_string (maker->arena, rn_arena_strndup (maker->arena, text, (gssize) len), maker->at.line, maker->at.col);
}

static const RnValue *convert (const Maker *maker, int index, const Path *path, int depth)
{
	lua_State *L = maker->L;
	RnValue *value;
	if (depth > MAX_DEPTH)
		luaL_error (L, "%s is nested more than %d deep, or holds itself", push_path (L, path), MAX_DEPTH);
	luaL_checkstack (L, 10, NULL);
	rn_sandbox_spend (L, 20);
	const RnValue *same = rn_to_tagged (L, index, RN_TAG_VALUE);
	if (same != NULL)
		return maker->at.line > 0 ? copy_value (maker, same) : same;
	switch (lua_type (L, index)) {
	case LUA_TNIL:
		return new_value (maker, RN_NULL);
	case LUA_TBOOLEAN:
		value = new_value (maker, RN_BOOL);
		value->boolean = lua_toboolean (L, index);
		return value;
	case LUA_TNUMBER:
		return convert_number (maker, index);
	case LUA_TSTRING:
		return convert_text (maker, index, path);
	case LUA_TTABLE: {
		lua_Integer n = luaL_len (L, index);
		if (n > 0 || lua_rawlen (L, index) > 0)
			return convert_list (maker, index, n, path, depth + 1);
		return convert_map (maker, index, NULL, path, depth + 1);
	}
	default: {
		gboolean page = rn_to_page (L, index) != NULL;
		luaL_error (L, "%s is a %s, which cannot be kept%s", push_path (L, path), page ? "page" : luaL_typename (L, index), page ? ": give its key" : "");
		return NULL;
	}
	}
}

const RnValue *rn_value_from_lua (lua_State *L, int index, RnArena *arena, const char *path)
{
	return convert (&(Maker) { L, arena, RN_PLACE (NULL, 0, 0) }, lua_absindex (L, index), &(Path) { NULL, path, 0 }, 0);
}

const RnValue *rn_front_from_lua (lua_State *L, int index, const char *const *without, RnArena *arena, const char *path, RnPlace at)
{
	return convert_map (&(Maker) { L, arena, at }, lua_absindex (L, index), without, &(Path) { NULL, path, 0 }, 1);
}
