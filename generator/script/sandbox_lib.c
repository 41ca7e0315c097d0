/*
 * sandbox_lib.c - string, table, math and utf8 as scripts have them.
 *
 * In: Lua's libraries. Out: the same without string.dump, pack, the clock's randomness and printed addresses. Invariant: what may work for long in C
 * charges for it first.
 */
#include "script/sandbox-int.h"

#include <string.h>

static int string_rep (lua_State *L)
{
	size_t len, separator = 0;
	luaL_checklstring (L, 1, &len);
	lua_Integer n = luaL_checkinteger (L, 2);
	luaL_optlstring (L, 3, "", &separator);
	if (n <= 0 || len + separator == 0) {
		lua_pushliteral (L, "");
		return 1;
	}
	rn_sandbox_spend (L, (guint64) n);
	lua_pushvalue (L, lua_upvalueindex (1));
	lua_insert (L, 1);
	lua_call (L, lua_gettop (L) - 1, 1);
	return 1;
}

/* %p would print an address, and so would %s of a table. */
static int string_format (lua_State *L)
{
	const char *at = luaL_checkstring (L, 1);
	int last = lua_gettop (L);
	for (; (at = strchr (at, '%')) != NULL; at++) {
		at++;
		at += strspn (at, "-+ #0123456789.");
		if (*at == 'p')
			return luaL_error (L, "string.format: %%p is not allowed");
		if (*at == '\0')
			break;
	}
	for (int i = 2; i <= last; i++) {
		int type = lua_type (L, i);
		if (type != LUA_TTABLE && type != LUA_TUSERDATA && type != LUA_TFUNCTION && type != LUA_TLIGHTUSERDATA)
			continue;
		lua_pushvalue (L, lua_upvalueindex (2));
		lua_pushvalue (L, i);
		lua_call (L, 1, 1);
		lua_replace (L, i);
	}
	lua_pushvalue (L, lua_upvalueindex (1));
	lua_insert (L, 1);
	lua_call (L, last, 1);
	return 1;
}

/* Upvalue 1: Lua's function; upvalue 2: how many instructions an entry of the table costs. */
static int charge_length (lua_State *L)
{
	luaL_checkany (L, 1);
	rn_sandbox_spend (L, (guint64) MAX (luaL_len (L, 1), 0) * (guint64) lua_tointeger (L, lua_upvalueindex (2)));
	lua_pushvalue (L, lua_upvalueindex (1));
	lua_insert (L, 1);
	lua_call (L, lua_gettop (L) - 1, LUA_MULTRET);
	return lua_gettop (L);
}

/* insert and remove in the middle move all that follows. Upvalue 2: the number of arguments that says so. */
static int charge_shift (lua_State *L)
{
	luaL_checktype (L, 1, LUA_TTABLE);
	if (lua_gettop (L) >= lua_tointeger (L, lua_upvalueindex (2)))
		rn_sandbox_spend (L, (guint64) MAX (luaL_len (L, 1), 0) / 4);
	lua_pushvalue (L, lua_upvalueindex (1));
	lua_insert (L, 1);
	lua_call (L, lua_gettop (L) - 1, LUA_MULTRET);
	return lua_gettop (L);
}

static int table_move (lua_State *L)
{
	lua_Integer from = luaL_checkinteger (L, 2), to = luaL_checkinteger (L, 3);
	if (to >= from)
		rn_sandbox_spend (L, (guint64) to - (guint64) from + 1);
	lua_pushvalue (L, lua_upvalueindex (1));
	lua_insert (L, 1);
	lua_call (L, lua_gettop (L) - 1, 1);
	return 1;
}

/* Takes NAMES (NULL-terminated) of the library on top of the stack into a new table, which replaces it. */
static void keep_only (lua_State *L, const char *const *names)
{
	lua_newtable (L);
	for (; *names != NULL; names++) {
		lua_getfield (L, -2, *names);
		lua_setfield (L, -2, *names);
	}
	lua_remove (L, -2);
}

/* Wraps the function NAME of the table on top: F gets it as its first upvalue and COST as its second. */
static void wrap (lua_State *L, const char *name, lua_CFunction f, lua_Integer cost)
{
	lua_getfield (L, -1, name);
	lua_pushinteger (L, cost);
	lua_pushcclosure (L, f, 2);
	lua_setfield (L, -2, name);
}

void rn_sandbox_add_string (lua_State *L)
{
	static const char *const kept[] = { "byte", "char", "format", "len", "lower", "rep", "reverse", "sub", "upper", NULL };
	luaL_requiref (L, LUA_STRLIBNAME, luaopen_string, 0);
	keep_only (L, kept);
	luaL_setfuncs (L, rn_pattern_functions, 0);
	wrap (L, "rep", string_rep, 0);
	lua_getfield (L, -1, "format");
	lua_getfield (L, -3, "tostring");
	lua_pushcclosure (L, string_format, 2);
	lua_setfield (L, -2, "format");
	rn_sandbox_read_only (L, "string");
	/* The methods of texts: ("x"):upper(). */
	lua_pushliteral (L, "");
	lua_createtable (L, 0, 2);
	lua_pushvalue (L, -3);
	lua_setfield (L, -2, "__index");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	lua_setmetatable (L, -2);
	lua_pop (L, 1);
	lua_setfield (L, -2, "string");
}

void rn_sandbox_add_table (lua_State *L)
{
	static const char *const tables[] = { "concat", "insert", "move", "pack", "remove", "sort", "unpack", NULL };
	static const char *const maths[] = { "abs", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min", "mininteger",
		"modf", "pi", "rad", "random", "sin", "sqrt", "tan", "tointeger", "type", "ult", NULL };
	luaL_requiref (L, LUA_TABLIBNAME, luaopen_table, 0);
	keep_only (L, tables);
	wrap (L, "concat", charge_length, 1);
	wrap (L, "insert", charge_shift, 3);
	wrap (L, "remove", charge_shift, 2);
	wrap (L, "sort", charge_length, 40);
	wrap (L, "move", table_move, 0);
	rn_sandbox_read_only (L, "table");
	lua_setfield (L, -2, "table");

	luaL_requiref (L, LUA_MATHLIBNAME, luaopen_math, 0);
	/* Kept for the host alone, which seeds it for every page. Until then Lua's own seed, of the clock and an address, is not the one. */
	lua_getfield (L, -1, "randomseed");
	lua_pushvalue (L, -1);
	lua_setfield (L, LUA_REGISTRYINDEX, "rn.randomseed");
	lua_pushinteger (L, 1);
	lua_call (L, 1, 0);
	keep_only (L, maths);
	rn_sandbox_read_only (L, "math");
	lua_setfield (L, -2, "math");

	luaL_requiref (L, LUA_UTF8LIBNAME, luaopen_utf8, 0);
	rn_sandbox_read_only (L, "utf8");
	lua_setfield (L, -2, "utf8");
}
