/*
 * values_place.c - where a table came from: place (value).
 *
 * In: tables that are made of a file's values. Out: the file and the line of each. Invariant: the place is in the table itself, under a key that no script can write or see, so that it goes where
 * the table goes and costs a table nothing to forget.
 */
#include "script/host-int.h"

#define LINE_BITS 28
#define COL_BITS 12

/* A key of the sandbox's: sandbox_base.c passes over it. */
static const char key;

gboolean rn_place_is_key (const void *pointer)
{
	return pointer == &key;
}

guint rn_place_file (RnHost *host, const char *file)
{
	for (guint i = 0; i < host->place_files->len; i++)
		if (strcmp (host->place_files->pdata[i], file) == 0)
			return i;
	g_ptr_array_add (host->place_files, g_strdup (file));
	return host->place_files->len - 1;
}

void rn_place_set (lua_State *L, guint file, guint line, guint col)
{
	lua_Integer at = ((lua_Integer) file << (LINE_BITS + COL_BITS)) | ((lua_Integer) MIN (line, (1u << LINE_BITS) - 1) << COL_BITS) | MIN (col, (1u << COL_BITS) - 1);
	lua_pushinteger (L, at);
	lua_rawsetp (L, -2, &key);
}

gboolean rn_place_of (lua_State *L, int index, RnPlace *place)
{
	const RnHost *host = rn_host_of (L);
	const RnPage *page = rn_to_page (L, index);
	if (page != NULL) {
		*place = rn_page_place (page, 0, 0);
		return place->file != NULL;
	}
	if (lua_type (L, index) != LUA_TTABLE)
		return FALSE;
	gboolean known = lua_rawgetp (L, index, &key) == LUA_TNUMBER;
	lua_Integer at = lua_tointeger (L, -1);
	lua_pop (L, 1);
	if (known)
		*place = RN_PLACE (host->place_files->pdata[at >> (LINE_BITS + COL_BITS)], (at >> COL_BITS) & ((1 << LINE_BITS) - 1), at & ((1 << COL_BITS) - 1));
	return known;
}

/* place (value): "content/data/centres.yaml:12", or nil. */
static int place (lua_State *L)
{
	RnPlace where;
	luaL_checkany (L, 1);
	if (!rn_place_of (L, 1, &where))
		lua_pushnil (L);
	else
		lua_pushfstring (L, "%s:%d", where.file, (int) where.line);
	return 1;
}

const luaL_Reg rn_value_functions[] = { { "place", place }, { NULL, NULL } };
