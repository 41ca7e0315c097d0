/*
 * sandbox_base.c - Lua's basic functions as scripts have them.
 *
 * In: Lua's own. Out: those that are harmless as they are, and stricter ones of the same name. Invariant: none of them shows an address,
 * an order that depends on hashing, or catches the end of the budget.
 */
#include "script/sandbox-int.h"

#include <stdlib.h>
#include <string.h>

/* OWNER: whose function called. */
static int protected_result (lua_State *L, int status, gconstpointer owner)
{
	RnSandbox *box = rn_sandbox_of (L);
	box->owner = owner;
	if (status == LUA_OK)
		return 0;
	if (box->stop != RN_STOP_NONE || rn_sandbox_out_of_memory (L, status))
		return lua_error (L);
	return 1;
}

static int base_pcall (lua_State *L)
{
	luaL_checkany (L, 1);
	gconstpointer owner = rn_sandbox_of (L)->owner;
	int status = lua_pcall (L, lua_gettop (L) - 1, LUA_MULTRET, 0);
	gboolean failed = protected_result (L, status, owner) != 0;
	lua_pushboolean (L, !failed);
	lua_insert (L, failed ? -2 : 1);
	return failed ? 2 : lua_gettop (L);
}

/* The handler runs when the stack is unwound: as a true message handler it would run with the count hook switched off. */
static int base_xpcall (lua_State *L)
{
	luaL_checktype (L, 2, LUA_TFUNCTION);
	lua_pushvalue (L, 2);
	lua_insert (L, 1);
	lua_remove (L, 3);
	gconstpointer owner = rn_sandbox_of (L)->owner;
	int status = lua_pcall (L, lua_gettop (L) - 2, LUA_MULTRET, 0);
	if (protected_result (L, status, owner) != 0) {
		lua_pushvalue (L, 1);
		lua_insert (L, -2);
		lua_call (L, 1, 1);
		lua_pushboolean (L, FALSE);
		lua_insert (L, -2);
		return 2;
	}
	lua_pushboolean (L, TRUE);
	lua_replace (L, 1);
	return lua_gettop (L);
}

typedef struct { int type; lua_Integer integer; lua_Number number; gboolean is_integer; const char *text; size_t len; int at; } Key;

static int compare_keys (const void *a, const void *b)
{
	const Key *x = a, *y = b;
	int rank_x = x->type == LUA_TNUMBER ? 0 : x->type == LUA_TSTRING ? 1 : 2, rank_y = y->type == LUA_TNUMBER ? 0 : y->type == LUA_TSTRING ? 1 : 2;
	if (rank_x != rank_y)
		return rank_x - rank_y;
	if (x->type == LUA_TNUMBER) {
		if (x->is_integer && y->is_integer)
			return x->integer < y->integer ? -1 : x->integer > y->integer;
		return x->number < y->number ? -1 : x->number > y->number;
	}
	if (x->type == LUA_TSTRING) {
		int order = memcmp (x->text, y->text, MIN (x->len, y->len));
		return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
	}
	return (int) (x->integer - y->integer);
}

static guint count_entries (lua_State *L, int table)
{
	guint n = 0;
	lua_pushnil (L);
	while (lua_next (L, table)) {
		n++;
		lua_pop (L, 1);
	}
	return n;
}

/* Pushes a list of the keys of the table at index TABLE: numbers, then texts in the order of their bytes, then booleans. */
static void push_sorted_keys (lua_State *L, int table)
{
	guint n = count_entries (L, table), i = 0;
	gboolean in_order = TRUE;
	rn_sandbox_spend (L, (guint64) n * 8);
	Key *keys = lua_newuserdatauv (L, sizeof (Key) * (n + 1), 0);
	lua_createtable (L, (int) n, 0);
	lua_pushnil (L);
	while (lua_next (L, table) && i < n) {
		lua_pop (L, 1);
		if (lua_type (L, -1) == LUA_TLIGHTUSERDATA && rn_place_is_key (lua_touserdata (L, -1)))
			continue;
		Key *key = &keys[i++];
		*key = (Key) { .type = lua_type (L, -1), .at = (int) i };
		if (key->type == LUA_TNUMBER) {
			key->is_integer = lua_isinteger (L, -1);
			key->integer = lua_tointeger (L, -1);
			key->number = lua_tonumber (L, -1);
		} else if (key->type == LUA_TSTRING) {
			key->text = lua_tolstring (L, -1, &key->len);
		} else if (key->type == LUA_TBOOLEAN) {
			key->integer = lua_toboolean (L, -1);
		} else {
			luaL_error (L, "pairs: the table has a %s as a key, and so no order: use numbers or texts", lua_typename (L, key->type));
		}
		in_order = in_order && key->is_integer && key->integer == (lua_Integer) i;
		lua_pushvalue (L, -1);
		lua_rawseti (L, -3, key->at);
	}
	if (in_order) {
		lua_remove (L, -2);
		return;
	}
	qsort (keys, i, sizeof (Key), compare_keys);
	lua_createtable (L, (int) n, 0);
	for (n = i, i = 0; i < n; i++) {
		lua_rawgeti (L, -2, keys[i].at);
		lua_rawseti (L, -2, (int) i + 1);
	}
	lua_replace (L, -3);
	lua_pop (L, 1);
}

/* Upvalues: the table, its keys, how many are done. */
static int pairs_step (lua_State *L)
{
	rn_sandbox_spend (L, 10);
	lua_Integer i = lua_tointeger (L, lua_upvalueindex (3));
	for (;;) {
		i++;
		if (lua_rawgeti (L, lua_upvalueindex (2), i) == LUA_TNIL)
			return 1;
		lua_pushvalue (L, -1);
		if (lua_rawget (L, lua_upvalueindex (1)) != LUA_TNIL)
			break;
		lua_pop (L, 2);
	}
	lua_pushinteger (L, i);
	lua_replace (L, lua_upvalueindex (3));
	return 2;
}

/* Lua's own, but each step is charged: a layout without other loops needs no count hook. */
static int ipairs_step (lua_State *L)
{
	lua_Integer i = lua_tointeger (L, 2) + 1;
	rn_sandbox_spend (L, 10);
	lua_pushinteger (L, i);
	return lua_geti (L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs (lua_State *L)
{
	luaL_checkany (L, 1);
	lua_pushcfunction (L, ipairs_step);
	lua_pushvalue (L, 1);
	lua_pushinteger (L, 0);
	return 3;
}

static int base_pairs (lua_State *L)
{
	luaL_checkany (L, 1);
	if (luaL_getmetafield (L, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue (L, 1);
		lua_call (L, 1, 3);
		return 3;
	}
	luaL_checktype (L, 1, LUA_TTABLE);
	lua_settop (L, 1);
	push_sorted_keys (L, 1);
	lua_pushinteger (L, 0);
	lua_pushcclosure (L, pairs_step, 3);
	return 1;
}

static int base_next (lua_State *L)
{
	luaL_checktype (L, 1, LUA_TTABLE);
	if (!lua_isnoneornil (L, 2))
		return luaL_error (L, "next: the order of a table's keys is not known; walk it with pairs");
	lua_settop (L, 1);
	push_sorted_keys (L, 1);
	if (lua_rawgeti (L, 2, 1) == LUA_TNIL)
		return 1;
	lua_pushvalue (L, -1);
	lua_rawget (L, 1);
	return 2;
}

static int base_tostring (lua_State *L)
{
	luaL_checkany (L, 1);
	int type = lua_type (L, 1);
	if (type == LUA_TTABLE || type == LUA_TUSERDATA) {
		if (luaL_callmeta (L, 1, "__tostring")) {
			if (!lua_isstring (L, -1))
				return luaL_error (L, "'__tostring' must return a text");
			return 1;
		}
	}
	if (type == LUA_TTABLE || type == LUA_TUSERDATA || type == LUA_TFUNCTION || type == LUA_TLIGHTUSERDATA) {
		lua_pushstring (L, lua_typename (L, type)); /* never an address */
		return 1;
	}
	luaL_tolstring (L, 1, NULL);
	return 1;
}

static int base_setmetatable (lua_State *L)
{
	luaL_checktype (L, 1, LUA_TTABLE);
	luaL_argexpected (L, lua_isnil (L, 2) || lua_istable (L, 2), 2, "nil or table");
	if (luaL_getmetafield (L, 1, "__metatable") != LUA_TNIL)
		return luaL_error (L, "this table's metatable is protected");
	static const char *const refused[] = { "__gc", "__mode", "__close" };
	for (guint i = 0; lua_istable (L, 2) && i < G_N_ELEMENTS (refused); i++) {
		lua_pushstring (L, refused[i]);
		if (lua_rawget (L, 2) != LUA_TNIL)
			return luaL_error (L, "'%s' cannot be used here: it would depend on the collector", refused[i]);
		lua_pop (L, 1);
	}
	lua_settop (L, 2);
	lua_setmetatable (L, 1);
	return 1;
}

static int base_getmetatable (lua_State *L)
{
	luaL_checkany (L, 1);
	if (lua_type (L, 1) != LUA_TTABLE || !lua_getmetatable (L, 1)) {
		lua_pushnil (L);
		return 1;
	}
	luaL_getmetafield (L, 1, "__metatable"); /* pushes nothing where there is none: the metatable stays on top */
	return 1;
}

static const luaL_Reg replaced[] = {
	{ "pcall", base_pcall }, { "xpcall", base_xpcall }, { "pairs", base_pairs }, { "ipairs", base_ipairs }, { "next", base_next }, { "tostring", base_tostring },
	{ "setmetatable", base_setmetatable }, { "getmetatable", base_getmetatable }, { NULL, NULL },
};

void rn_sandbox_add_base (lua_State *L)
{
	static const char *const kept[] = { "assert", "error", "select", "tonumber", "type", "rawequal", "rawlen" };
	luaL_requiref (L, LUA_GNAME, luaopen_base, 0);
	for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
		lua_getfield (L, -1, kept[i]);
		lua_setfield (L, -3, kept[i]);
	}
	lua_pop (L, 1);
	luaL_setfuncs (L, replaced, 0);
	/* The state's own globals are never a script's; emptied, so that a mistake in the host cannot give them out. */
	lua_newtable (L);
	lua_rawseti (L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_newtable (L);
	lua_setfield (L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}
