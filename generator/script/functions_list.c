/*
 * functions_list.c - lists for layouts and plugins: each, sorted, where, first, keys, by_key, add.
 *
 * In: tables, lists of pages, lists of data. Out: iterators, or new tables. Invariant: but for add, the given list is never changed, and sorting is stable.
 */
#include "script/host-int.h"

#include <stdlib.h>
#include <string.h>

static lua_Integer check_list (lua_State *L, int index, const char *function)
{
	lua_Integer n = rn_list_length (L, index);
	if (n < 0)
		luaL_error (L, "%s takes a list, not a %s", function, rn_to_page (L, index) != NULL ? "page" : luaL_typename (L, index));
	return n;
}

/* Upvalues: the list, how many are done. */
static int each_step (lua_State *L)
{
	lua_Integer i = lua_tointeger (L, lua_upvalueindex (2)) + 1;
	rn_sandbox_spend (L, 10);
	lua_settop (L, 0);
	rn_list_push (L, lua_upvalueindex (1), i);
	lua_pushinteger (L, i);
	lua_copy (L, -1, lua_upvalueindex (2));
	return 2;
}

static int list_each (lua_State *L)
{
	if (lua_isnoneornil (L, 1))
		lua_newtable (L);
	else
		check_list (L, 1, "each");
	lua_settop (L, 1);
	if (lua_isnil (L, 1)) {
		lua_newtable (L);
		lua_replace (L, 1);
	}
	lua_pushinteger (L, 0);
	lua_pushcclosure (L, each_step, 2);
	return 1;
}

static int list_first (lua_State *L)
{
	if (lua_isnoneornil (L, 1)) {
		lua_newtable (L);
		return 1;
	}
	lua_Integer n = MIN (check_list (L, 1, "first"), luaL_optinteger (L, 2, 1));
	lua_createtable (L, (int) CLAMP (n, 0, 1000), 0);
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (L, 1, i);
		lua_rawseti (L, -2, i);
	}
	return 1;
}

static int list_where (lua_State *L)
{
	lua_Integer n = check_list (L, 1, "where"), kept = 0;
	luaL_checktype (L, 2, LUA_TFUNCTION);
	lua_newtable (L);
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (L, 1, i);
		lua_pushvalue (L, 2);
		lua_pushvalue (L, -2);
		lua_call (L, 1, 1);
		gboolean wanted = lua_toboolean (L, -1);
		lua_pop (L, 1);
		if (wanted)
			lua_rawseti (L, 3, ++kept);
		else
			lua_pop (L, 1);
	}
	return 1;
}

typedef struct { guint at; int type; double number; const char *text; size_t len; } Item;

/* Numbers, then texts in the order of their letters as Unicode has them, then nothing. */
static int order_of (const Item *x, const Item *y)
{
	int order = 0;
	if (x->type != y->type)
		return x->type - y->type;
	if (x->type == 0)
		order = x->number < y->number ? -1 : x->number > y->number;
	else if (x->type == 1) {
		order = memcmp (x->text, y->text, MIN (x->len, y->len));
		order = order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
	}
	return order;
}

/* Equal ones keep their order, both ways. */
static int compare (const void *a, const void *b)
{
	const Item *x = a, *y = b;
	int order = order_of (x, y);
	return order != 0 ? order : x->at < y->at ? -1 : 1;
}

static int compare_backwards (const void *a, const void *b)
{
	const Item *x = a, *y = b;
	int order = x->type == 2 || y->type == 2 ? -order_of (x, y) : order_of (x, y);
	return order != 0 ? -order : x->at < y->at ? -1 : 1;
}

/* Pushes what the entry on top is sorted by, as argument 2 says: a function, a field, itself. */
static void push_key (lua_State *L, const char *field)
{
	if (lua_type (L, 2) == LUA_TFUNCTION) {
		lua_pushvalue (L, 2);
		lua_pushvalue (L, -2);
		lua_call (L, 1, 1);
	} else if (field == NULL) {
		lua_pushvalue (L, -1);
	} else {
		const RnPage *page = rn_to_page (L, -1);
		int id = page != NULL ? rn_field_id (rn_host_of (L), lua_tostring (L, 4)) : RN_F_NONE;
		if (page != NULL && id < 0)
			rn_push_field (L, rn_host_of (L), page, rn_type_field (page->type, field), rn_page_field (page, field));
		else
			lua_getfield (L, -1, field);
	}
}

/* sorted (list [, function or field]); "-field": the largest first. */
static int list_sorted (lua_State *L)
{
	lua_Integer n = check_list (L, 1, "sorted");
	lua_settop (L, 2);
	const char *field = lua_type (L, 2) == LUA_TSTRING ? lua_tostring (L, 2) : NULL;
	gboolean backwards = field != NULL && *field == '-';
	rn_sandbox_spend (L, (guint64) MAX (n, 0) * 20);
	Item *items = lua_newuserdatauv (L, sizeof (Item) * (gsize) (n + 1), 0);
	lua_pushstring (L, field != NULL ? field + backwards : "");
	lua_createtable (L, (int) n, 0);       /* 5: the entries */
	lua_createtable (L, (int) n, 0);       /* 6: keeps the keys alive */
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (L, 1, i);
		push_key (L, field != NULL ? field + backwards : NULL);
		Item *item = &items[i - 1];
		*item = (Item) { .at = (guint) i, .type = 2 };
		if (lua_type (L, -1) == LUA_TNUMBER) {
			item->type = 0;
			item->number = lua_tonumber (L, -1);
		} else if (lua_type (L, -1) == LUA_TSTRING) {
			item->type = 1;
			item->text = lua_tolstring (L, -1, &item->len);
		}
		lua_rawseti (L, 6, i);
		lua_rawseti (L, 5, i);
	}
	qsort (items, (gsize) n, sizeof (Item), backwards ? compare_backwards : compare);
	lua_createtable (L, (int) n, 0);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti (L, 5, items[i - 1].at);
		lua_rawseti (L, -2, i);
	}
	return 1;
}

static int list_keys (lua_State *L)
{
	const RnValue *map = rn_to_tagged (L, 1, RN_TAG_VALUE);
	lua_settop (L, 1);
	lua_newtable (L);
	if (map != NULL) {
		for (guint i = 0; map->kind == RN_MAP && i < map->n; i++) {
			lua_pushstring (L, map->pairs[i].name);
			lua_rawseti (L, 2, (int) i + 1);
		}
		return 1;
	}
	luaL_checktype (L, 1, LUA_TTABLE);
	/* By the sandbox's own pairs: numbers, texts, booleans. */
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
	lua_getfield (L, -1, "pairs");
	lua_pushvalue (L, 1);
	lua_call (L, 1, 1);
	for (lua_Integer n = 1;; n++) {
		lua_pushvalue (L, -1);
		lua_call (L, 0, 1);
		if (lua_isnil (L, -1))
			break;
		lua_rawseti (L, 2, n);
	}
	lua_settop (L, 2);
	return 1;
}

/* by_key (list [, field]): each entry under what it has in the field, "key"; of several with the same, the last. */
static int list_by_key (lua_State *L)
{
	const char *field = luaL_optstring (L, 2, "key");
	lua_Integer n = lua_isnoneornil (L, 1) ? 0 : check_list (L, 1, "by_key");
	rn_sandbox_spend (L, (guint64) n * 10);
	lua_settop (L, 2);
	lua_newtable (L);
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (L, 1, i);
		if (lua_type (L, -1) != LUA_TTABLE && lua_type (L, -1) != LUA_TLIGHTUSERDATA)
			return luaL_error (L, "by_key: entry %d is a %s, which has no '%s'", (int) i, luaL_typename (L, -1), field);
		if (lua_getfield (L, -1, field) != LUA_TNIL) {
			lua_pushvalue (L, -2);
			lua_rawset (L, 3);
		}
		lua_settop (L, 3);
	}
	return 1;
}

/* add (list, …): at its end, but for nil. */
static int list_add (lua_State *L)
{
	const int top = lua_gettop (L);
	luaL_checktype (L, 1, LUA_TTABLE);
	lua_Integer n = (lua_Integer) lua_rawlen (L, 1);
	rn_sandbox_spend (L, (guint64) top * 2);
	for (int i = 2; i <= top; i++) {
		if (lua_isnil (L, i))
			continue;
		lua_pushvalue (L, i);
		lua_rawseti (L, 1, ++n);
	}
	return 0;
}

const luaL_Reg rn_list_functions[] = {
	{ "each", list_each }, { "first", list_first }, { "where", list_where }, { "sorted", list_sorted }, { "keys", list_keys }, { "by_key", list_by_key },
	{ "add", list_add }, { NULL, NULL },
};
