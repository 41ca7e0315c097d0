/*
 * values.c - the library's data as scripts see it.
 *
 * In: pointers into the frozen library. Out: light userdata that answer to indexing, #, pairs and each. Invariant: a script can read what it is given and nothing else: it cannot make such
 * a pointer, nor write through one.
 */
#include "base/text.h"
#include "script/host-int.h"

#include <string.h>

void rn_push_tagged (lua_State *L, const void *pointer, RnTag tag)
{
	if (pointer == NULL)
		lua_pushnil (L);
	else
		lua_pushlightuserdata (L, (void *) ((guintptr) pointer | (guintptr) tag));
}

const void *rn_to_tagged (lua_State *L, int index, RnTag tag)
{
	if (lua_type (L, index) != LUA_TLIGHTUSERDATA)
		return NULL;
	const void *pointer = lua_touserdata (L, index);
	return rn_tag_of (pointer) == tag ? rn_untagged (pointer) : NULL;
}

void rn_push_page (lua_State *L, const RnPage *page)
{
	rn_push_tagged (L, page, RN_TAG_PAGE);
}

void rn_push_pages (lua_State *L, const RnPages *pages)
{
	rn_push_tagged (L, pages, RN_TAG_PAGES);
}

void rn_push_value (lua_State *L, const RnValue *value)
{
	if (value == NULL) {
		lua_pushnil (L);
		return;
	}
	switch ((RnKind) value->kind) {
	case RN_NULL: lua_pushnil (L); break;
	case RN_BOOL: lua_pushboolean (L, value->boolean); break;
	case RN_INT: lua_pushinteger (L, value->integer); break;
	case RN_FLOAT:
		if (value->real == (double) (gint64) value->real && value->real > -1e15 && value->real < 1e15)
			lua_pushinteger (L, (lua_Integer) value->real);
		else
			lua_pushnumber (L, value->real);
		break;
	case RN_STRING: lua_pushlstring (L, value->string, value->n); break;
	case RN_DATE: lua_pushinteger (L, value->date); break;
	case RN_LIST: case RN_MAP: rn_push_tagged (L, value, RN_TAG_VALUE); break;
	}
}

void rn_push_site_text (lua_State *L, const RnHost *host, const RnValue *value)
{
	lua_pushstring (L, rn_site_text (host->site, value, host->language));
}

/* --- lists ---------------------------------------------------------------------------------------- */

lua_Integer rn_list_length (lua_State *L, int index)
{
	switch (lua_type (L, index)) {
	case LUA_TTABLE: return luaL_len (L, index);
	case LUA_TLIGHTUSERDATA: break;
	default: return -1;
	}
	const void *pointer = lua_touserdata (L, index);
	if (rn_tag_of (pointer) == RN_TAG_PAGES)
		return ((const RnPages *) rn_untagged (pointer))->n;
	if (rn_tag_of (pointer) == RN_TAG_TWINS)
		return rn_host_of (L)->n_twins;
	if (rn_tag_of (pointer) != RN_TAG_VALUE)
		return -1;
	const RnValue *value = rn_untagged (pointer);
	return value->kind == RN_LIST ? (lua_Integer) value->n : 0;
}

void rn_list_push (lua_State *L, int index, lua_Integer i)
{
	if (lua_type (L, index) == LUA_TTABLE) {
		lua_geti (L, index, i);
		return;
	}
	const void *pointer = lua_touserdata (L, index);
	const RnPages *pages = rn_untagged (pointer);
	const RnValue *value = rn_untagged (pointer);
	if (i < 1)
		lua_pushnil (L);
	else if (rn_tag_of (pointer) == RN_TAG_PAGES)
		rn_push_page (L, i <= pages->n ? pages->items[i - 1] : NULL);
	else if (rn_tag_of (pointer) == RN_TAG_TWINS)
		rn_push_tagged (L, i <= rn_host_of (L)->n_twins ? (const RnTwin *) rn_untagged (pointer) + i - 1 : NULL, RN_TAG_TWIN);
	else
		rn_push_value (L, value->kind == RN_LIST && i <= value->n ? value->items[i - 1] : NULL);
}

/* --- names of fields ------------------------------------------------------------------------------ */

static const char *const field_names[] = {
#define X(name) #name,
#include "script/fields-int.h"
#undef X
	NULL
};

static guint slot_of (const char *name)
{
	guintptr bits = (guintptr) name;
	return (guint) ((bits >> 4) ^ (bits >> 13)) % RN_FIELD_SLOTS;
}

/* Short strings are one object in Lua: its address names the field. */
int rn_field_id (const RnHost *host, const char *name)
{
	for (guint slot = slot_of (name); host->fields[slot].name != NULL; slot = (slot + 1) % RN_FIELD_SLOTS)
		if (host->fields[slot].name == name)
			return host->fields[slot].id;
	return RN_F_NONE;
}

int rn_field_named (const char *name, gsize len)
{
	for (int id = 0; id < RN_F_COUNT; id++)
		if (strncmp (field_names[id], name, len) == 0 && field_names[id][len] == '\0')
			return id;
	return RN_F_NONE;
}

static void name_fields (RnHost *host)
{
	lua_State *L = host->box.L;
	lua_createtable (L, RN_F_COUNT, 0);
	for (int id = 0; id < RN_F_COUNT; id++) {
		const char *name = lua_pushstring (L, field_names[id]);
		guint slot = slot_of (name);
		while (host->fields[slot].name != NULL)
			slot = (slot + 1) % RN_FIELD_SLOTS;
		host->fields[slot] = (RnFieldSlot) { name, id };
		lua_rawseti (L, -2, id + 1);
	}
	luaL_ref (L, LUA_REGISTRYINDEX); /* keeps them where they are */
}

/* --- tables made for the current page --------------------------------------------------------------- */

gboolean rn_memo_push (lua_State *L, const RnHost *host, int slot)
{
	if (host->memo == LUA_NOREF)
		return FALSE;
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->memo);
	if (lua_rawgeti (L, -1, slot + 1) != LUA_TNIL)
		return TRUE;
	lua_pop (L, 2);
	return FALSE;
}

void rn_memo_keep (lua_State *L, RnHost *host, int slot)
{
	if (host->memo == LUA_NOREF || lua_isnil (L, -1))
		return;
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->memo);
	lua_pushvalue (L, -2);
	lua_rawseti (L, -2, slot + 1);
	lua_pop (L, 1);
	host->memo_used[host->n_memo_used++] = (guint8) slot;
}

/* --- the metatable of all light userdata ---------------------------------------------------------- */

/* As luaL_error; between the layout and what was read there may be a function of ours that reads it for the layout. */
static int G_GNUC_PRINTF (2, 3) field_error (lua_State *L, const char *format, ...)
{
	luaL_where (L, 1);
	if (*lua_tostring (L, -1) == '\0')
		luaL_where (L, 2);
	va_list values;
	va_start (values, format);
	lua_pushvfstring (L, format, values);
	va_end (values);
	lua_concat (L, 2);
	return lua_error (L);
}

static int no_such_field (lua_State *L, const char *what)
{
	const char *name = luaL_tolstring (L, 2, NULL);
	const char *nearest = rn_text_nearest (name, field_names);
	if (nearest != NULL)
		return field_error (L, "%s has no '%s'; did you mean '%s'?", what, name, nearest);
	return field_error (L, "%s has no '%s'", what, name);
}

static int index_value (lua_State *L, const RnValue *value)
{
	if (lua_type (L, 2) == LUA_TNUMBER)
		rn_list_push (L, 1, lua_tointeger (L, 2));
	else
		rn_push_value (L, lua_type (L, 2) == LUA_TSTRING ? rn_value_get (value, lua_tostring (L, 2)) : NULL);
	return 1;
}

static int index_any (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const void *pointer = lua_touserdata (L, 1), *object = rn_untagged (pointer);
	RnTag tag = rn_tag_of (pointer);
	int id = lua_type (L, 2) == LUA_TSTRING ? rn_field_id (host, lua_tostring (L, 2)) : RN_F_NONE, pushed = -1;
	switch (tag) {
	case RN_TAG_PAGE:
		pushed = id < 0 ? -1 : rn_page_index (L, host, object, id);
		return pushed >= 0 ? pushed : no_such_field (L, "a page");
	case RN_TAG_SITE:
		if (id < 0 && host->box.owner != NULL && lua_type (L, 2) == LUA_TSTRING) {
			rn_files_push (host);
			lua_pushvalue (L, 2);
			if (lua_rawget (L, -2) != LUA_TNIL)
				return 1;
		}
		pushed = id < 0 ? -1 : rn_site_index (L, host, id);
		return pushed >= 0 ? pushed : no_such_field (L, "site");
	case RN_TAG_TYPE:
		pushed = id < 0 ? -1 : rn_type_index (L, host, object, id);
		return pushed >= 0 ? pushed : no_such_field (L, "a type");
	case RN_TAG_TWIN:
		pushed = id < 0 ? -1 : rn_twin_index (L, object, id);
		return pushed >= 0 ? pushed : no_such_field (L, "a twin");
	case RN_TAG_PAGES: case RN_TAG_TWINS:
		if (lua_type (L, 2) != LUA_TNUMBER)
			return field_error (L, "a list of pages has no '%s': walk it with each(), or take one with [1]", luaL_tolstring (L, 2, NULL));
		rn_list_push (L, 1, lua_tointeger (L, 2));
		return 1;
	case RN_TAG_VALUE:
		return index_value (L, object);
	}
	return 0;
}

static int length_any (lua_State *L)
{
	lua_Integer n = rn_list_length (L, 1);
	if (n < 0)
		return luaL_error (L, "# counts lists; this is a page, the site or a type");
	lua_pushinteger (L, n);
	return 1;
}

/* Upvalue 1: how many are done. A map is walked in the order of its file. */
static int walk_step (lua_State *L)
{
	lua_Integer i = lua_tointeger (L, lua_upvalueindex (1)) + 1;
	rn_sandbox_spend (L, 10);
	lua_pushinteger (L, i);
	lua_copy (L, -1, lua_upvalueindex (1));
	const RnValue *map = rn_to_tagged (L, 1, RN_TAG_VALUE);
	if (map != NULL && map->kind == RN_MAP) {
		if (i > map->n)
			return 0;
		lua_pushstring (L, map->pairs[i - 1].name);
		rn_push_value (L, map->pairs[i - 1].value);
		return 2;
	}
	if (i > rn_list_length (L, 1))
		return 0;
	rn_list_push (L, 1, i);
	return 2;
}

static int pairs_any (lua_State *L)
{
	const RnTwin *twin = rn_to_tagged (L, 1, RN_TAG_TWIN);
	if (twin != NULL) {
		lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
		lua_getfield (L, -1, "pairs");
		rn_twin_push_table (L, twin);
		lua_call (L, 1, 3);
		return 3;
	}
	if (rn_list_length (L, 1) < 0)
		return luaL_error (L, "pairs walks lists and tables; this is a page, the site or a type");
	lua_pushinteger (L, 0);
	lua_pushcclosure (L, walk_step, 1);
	lua_pushvalue (L, 1);
	return 2;
}

static int read_only (lua_State *L)
{
	return luaL_error (L, "pages and the site are read-only: '%s' cannot be set", luaL_tolstring (L, 2, NULL));
}

static const char *type_name (lua_State *L, int index)
{
	return lua_type (L, index) == LUA_TLIGHTUSERDATA ? "table" : luaL_typename (L, index);
}

static int value_type (lua_State *L)
{
	luaL_checkany (L, 1);
	lua_pushstring (L, type_name (L, 1));
	return 1;
}

void rn_values_init (RnHost *host)
{
	static const luaL_Reg methods[] = {
		{ "__index", index_any }, { "__len", length_any }, { "__pairs", pairs_any }, { "__newindex", read_only }, { NULL, NULL },
	};
	lua_State *L = host->box.L;
	name_fields (host);
	lua_pushlightuserdata (L, host);
	luaL_newlib (L, methods);
	lua_pushliteral (L, "page or list");
	lua_setfield (L, -2, "__name");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	lua_setmetatable (L, -2);
	lua_pop (L, 1);
	lua_pushcfunction (L, value_type);
	lua_setfield (L, -2, "type");
}
