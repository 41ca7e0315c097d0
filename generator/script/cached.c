/*
 * cached.c - {% cached %}: a piece that is printed once for each list of values.
 *
 * In: the values that name a piece. Out: the piece again, or the order to print it. Invariant: two lists of values have one key only if they are the same, kind by kind; pages
 * that are shown at any address have pieces of their own.
 */
#include "script/host-int.h"

guint rn_piece_key_hash (gconstpointer key)
{
	return ((const RnPieceKey *) key)->hash;
}

gboolean rn_piece_key_equal (gconstpointer a, gconstpointer b)
{
	const RnPieceKey *x = a, *y = b;
	return x->len == y->len && memcmp (x->bytes, y->bytes, x->len) == 0;
}

static void put_part (GString *key, char type, const void *bytes, gsize len)
{
	rn_put (key, &type, 1);
	rn_put (key, bytes, len);
}

/* The value at INDEX as part of a key: its kind, then its bytes. */
static void put_value (lua_State *L, GString *key, int index)
{
	size_t len;
	const void *page;
	switch (lua_type (L, index)) {
	case LUA_TSTRING: {
		const char *text = lua_tolstring (L, index, &len);
		put_part (key, 's', &len, sizeof len);
		rn_put (key, text, len);
		return;
	}
	case LUA_TNUMBER: {
		lua_Number real = lua_tonumber (L, index);
		lua_Integer integer = lua_tointeger (L, index);
		if (lua_isinteger (L, index))
			put_part (key, 'i', &integer, sizeof integer);
		else
			put_part (key, 'r', &real, sizeof real);
		return;
	}
	case LUA_TBOOLEAN:
		rn_put (key, lua_toboolean (L, index) ? "t" : "f", 1);
		return;
	case LUA_TNIL:
		rn_put (key, "n", 1);
		return;
	default:
		page = rn_to_page (L, index);
		if (page == NULL)
			luaL_error (L, "{%% cached %%} takes texts, numbers, booleans and pages; value %d is a %s", index, luaL_typename (L, index));
		put_part (key, 'p', &page, sizeof page);
	}
}

/* The key of the values on the stack, in host->scratch. Pages at any address have pieces of their own. */
static RnPieceKey *make_key (lua_State *L, RnHost *host)
{
	GString *key = host->scratch;
	int n = lua_gettop (L);
	g_string_set_size (key, sizeof (RnPieceKey));
	rn_put (key, host->rooted ? "R" : "r", 1);
	for (int i = 1; i <= n; i++)
		put_value (L, key, i);
	/* By eight bytes: what is beyond the end is made zero first. */
	static const char zeros[8];
	gsize len = key->len - sizeof (RnPieceKey);
	rn_put (key, zeros, sizeof zeros);
	guint64 hash = len;
	for (gsize i = 0; i < len; i += 8) {
		guint64 word;
		memcpy (&word, key->str + sizeof (RnPieceKey) + i, 8);
		hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	RnPieceKey *made = (RnPieceKey *) (void *) key->str;
	made->hash = (guint) hash;
	made->len = (guint) len;
	return made;
}

/* Arguments: the values that name the piece. FALSE: it is there already and printed; else it is printed now, up to rn_cached_end. */
int rn_cached_begin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (host->out == NULL)
		return 0;
	RnPieceKey *key = make_key (L, host);
	const GString *piece = g_hash_table_lookup (host->cached, key);
	if (piece != NULL) {
		rn_put (host->out, piece->str, piece->len);
	} else {
		RnCapture capture = { g_memdup2 (key, sizeof *key + key->len), host->out->len };
		g_array_append_val (host->captures, capture);
	}
	lua_pushboolean (L, piece == NULL);
	return 1;
}

int rn_cached_end (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (host->captures->len == 0 || host->out == NULL)
		return luaL_error (L, "{%% endcached %%} without {%% cached %%}");
	RnCapture *capture = &g_array_index (host->captures, RnCapture, host->captures->len - 1);
	gsize len = host->out->len - capture->begin;
	/* Where the names do not repeat, keeping every piece would keep every page. */
	if (host->cached_bytes + len <= host->box.memory_limit / 4) {
		host->cached_bytes += len + 64;
		g_hash_table_insert (host->cached, g_steal_pointer (&capture->key), g_string_new_len (host->out->str + capture->begin, (gssize) len));
	}
	g_array_set_size (host->captures, host->captures->len - 1);
	return 0;
}
