/*
 * output.c - what a compiled layout prints with.
 *
 * In: a literal's number and a value. Out: bytes at the end of the page. Invariant: a value reaches the page only escaped for where it stands, or as a safe value whose
 * kind fits there. Each call prints the text before the value too, so that an expression costs one call.
 */
#include "script/host-int.h"

#include <string.h>

static const char safe_name[] = "rn.safe";

/* Bytes that stand for something in HTML text and quoted attributes. */
static const guint8 special[256] = { ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1 };

void rn_append_attribute (GString *out, const char *text, gsize len)
{
	const char *end = text + len, *run = text;
	for (const char *p = text; p < end; p++) {
		if (!special[(guchar) *p])
			continue;
		g_string_append_len (out, run, p - run);
		switch (*p) {
		case '&': g_string_append_len (out, "&amp;", 5); break;
		case '<': g_string_append_len (out, "&lt;", 4); break;
		case '>': g_string_append_len (out, "&gt;", 4); break;
		case '"': g_string_append_len (out, "&quot;", 6); break;
		default: g_string_append_len (out, "&#39;", 5); break;
		}
		run = p + 1;
	}
	g_string_append_len (out, run, end - run);
}

/* In text quotes mean nothing. */
static void append_text (GString *out, const char *text, gsize len)
{
	const char *end = text + len, *run = text;
	for (const char *p = text; p < end; p++) {
		if (*p != '&' && *p != '<' && *p != '>')
			continue;
		g_string_append_len (out, run, p - run);
		g_string_append (out, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : "&gt;");
		run = p + 1;
	}
	g_string_append_len (out, run, end - run);
}

/* The literal with the number at INDEX: compiled code has the right ones, but a layout's author may write such a call too. */
static const GString *literal_at (lua_State *L, const RnHost *host, int index)
{
	lua_Integer number = lua_tointeger (L, index);
	if (G_UNLIKELY (number < 0 || number >= (lua_Integer) host->literals->len || host->out == NULL))
		luaL_error (L, "names that begin with rn_ are the compiler's own");
	return host->literals->pdata[number];
}

/* Prints the literal of argument 1 and holds the page against its limit. */
static RnHost *begin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const GString *literal = literal_at (L, host, 1);
	g_string_append_len (host->out, literal->str, (gssize) literal->len);
	if (G_UNLIKELY (host->out->len > host->out_limit))
		rn_sandbox_stop (L, RN_STOP_OUTPUT);
	host->box.fuel -= 4;
	return host;
}

/* Argument 2 as text; NULL: nothing to print. */
static const char *printable (lua_State *L, size_t *len)
{
	switch (lua_type (L, 2)) {
	case LUA_TSTRING: case LUA_TNUMBER:
		return lua_tolstring (L, 2, len);
	case LUA_TNIL: case LUA_TNONE:
		return NULL;
	case LUA_TBOOLEAN:
		*len = 4;
		return lua_toboolean (L, 2) ? "true" : NULL;
	default:
		break;
	}
	if (rn_to_safe (L, 2) != NULL)
		luaL_error (L, "this value is HTML: print it with {{{ }}}");
	if (rn_to_page (L, 2) != NULL)
		luaL_error (L, "a page cannot be printed: print its .title, or its .url in href=\"\"");
	luaL_error (L, "a %s cannot be printed", lua_type (L, 2) == LUA_TFUNCTION ? "function (are () missing?)" : "table");
	return NULL;
}

static int print_literal (lua_State *L)
{
	begin (L);
	return 0;
}

static int print_text (lua_State *L)
{
	RnHost *host = begin (L);
	size_t len;
	const char *text = printable (L, &len);
	if (text != NULL)
		append_text (host->out, text, len);
	return 0;
}

static int print_attribute (lua_State *L)
{
	RnHost *host = begin (L);
	size_t len;
	const char *text = printable (L, &len);
	if (text != NULL)
		rn_append_attribute (host->out, text, len);
	return 0;
}

/* In the name of a tag, as in <h{{ level }}>: digits alone. */
static int print_name (lua_State *L)
{
	RnHost *host = begin (L);
	size_t len = 0;
	const char *text = printable (L, &len);
	if (text == NULL || len == 0 || strspn (text, "0123456789") != len)
		return luaL_error (L, "in the name of a tag only a whole number can be printed");
	g_string_append_len (host->out, text, (gssize) len);
	return 0;
}

static int print_json (lua_State *L)
{
	RnHost *host = begin (L);
	const RnSafe *safe = rn_to_safe (L, 2);
	if (safe != NULL && safe->kind == RN_SAFE_JSON)
		g_string_append_len (host->out, safe->text, (gssize) safe->len);
	else
		rn_json_append (L, 2, host->out);
	return 0;
}

/* Argument 3: the RnSafeKind that fits. */
static int print_raw (lua_State *L)
{
	RnHost *host = begin (L);
	if (!lua_toboolean (L, 2))
		return 0;
	const RnSafe *safe = rn_to_safe (L, 2);
	int kind = (int) lua_tointeger (L, 3);
	if (safe == NULL)
		return luaL_error (L, "{{{ }}} prints a value that is marked safe (page.content, icon(), markdown()), not a %s: use {{ }}", luaL_typename (L, 2));
	if (safe->kind != kind)
		return luaL_error (L, "%s", kind == RN_SAFE_HTML ? "only HTML can be printed here with {{{ }}}" :
		                   kind == RN_SAFE_ATTRIBUTE ? "inside a tag {{{ }}} prints attr(name, value) alone" : "in a script {{{ }}} prints json(value) alone");
	g_string_append_len (host->out, safe->text, (gssize) safe->len);
	return 0;
}

/* An address: a text or a page. */
static const char *address_of (lua_State *L, size_t *len)
{
	const RnPage *page = rn_to_page (L, 2);
	if (page == NULL)
		return printable (L, len);
	*len = strlen (page->url);
	return page->url;
}

static void print_address (RnHost *host, const char *address)
{
	g_string_truncate (host->scratch, 0);
	rn_append_address (host, host->scratch, address);
	rn_append_attribute (host->out, host->scratch->str, host->scratch->len);
}

static int print_url (lua_State *L)
{
	RnHost *host = begin (L);
	size_t len;
	const char *address = address_of (L, &len);
	if (address != NULL)
		print_address (host, address);
	return 0;
}

/* Argument 2: the number of the literal that is an address of the site. */
static int print_own_address (lua_State *L)
{
	RnHost *host = begin (L);
	print_address (host, literal_at (L, host, 2)->str);
	return 0;
}

static int begin_address (lua_State *L)
{
	RnHost *host = begin (L);
	g_string_truncate (host->address, 0);
	return 0;
}

static int add_address_literal (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const GString *literal = literal_at (L, host, 1);
	gsize begin_at = host->address->len;
	g_string_append_len (host->address, literal->str, (gssize) literal->len);
	if (strstr (host->address->str + begin_at, "&amp;") != NULL)
		g_string_replace (host->address, "&amp;", "&", 0);
	return 0;
}

/* A value inside an address is one component of it; at its beginning it may be an address itself. */
static int add_address_value (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	size_t len = 0;
	const char *text = address_of (L, &len);
	if (text == NULL)
		return 0;
	if (len + host->address->len > host->out_limit)
		return rn_sandbox_stop (L, RN_STOP_OUTPUT);
	if (host->address->len == 0) {
		g_string_append_len (host->address, text, (gssize) len);
		return 0;
	}
	gboolean query = strchr (host->address->str, '?') != NULL;
	g_string_append_uri_escaped (host->address, text, query ? "@:/,;" : "@:/,;+!*()", FALSE);
	return 0;
}

static int end_address (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (host->out == NULL)
		return 0;
	print_address (host, host->address->str);
	return 0;
}

/* Arguments: the values that name the piece. FALSE: it is there already and printed; else it is printed now, up to cached_end. */
static int cached_begin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	int n = lua_gettop (L);
	if (host->out == NULL)
		return 0;
	g_string_truncate (host->scratch, 0);
	for (int i = 1; i <= n; i++) {
		size_t len = 0;
		const RnPage *page = rn_to_page (L, i);
		int type = lua_type (L, i);
		if (page == NULL && (type == LUA_TTABLE || type == LUA_TUSERDATA || type == LUA_TLIGHTUSERDATA || type == LUA_TFUNCTION))
			return luaL_error (L, "{%% cached %%} takes texts, numbers, booleans and pages; value %d is a %s", i, luaL_typename (L, i));
		const char *text = page != NULL ? page->url : luaL_tolstring (L, i, &len);
		g_string_append_c (host->scratch, (char) ('a' + type));
		g_string_append (host->scratch, text);
		g_string_append_c (host->scratch, '\x1f');
	}
	const GString *piece = g_hash_table_lookup (host->cached, host->scratch->str);
	if (piece != NULL) {
		g_string_append_len (host->out, piece->str, (gssize) piece->len);
	} else {
		RnCapture capture = { g_strndup (host->scratch->str, host->scratch->len), host->out->len };
		g_array_append_val (host->captures, capture);
	}
	lua_pushboolean (L, piece == NULL);
	return 1;
}

static int cached_end (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (host->captures->len == 0 || host->out == NULL)
		return luaL_error (L, "{%% endcached %%} without {%% cached %%}");
	RnCapture capture = g_array_index (host->captures, RnCapture, host->captures->len - 1);
	gsize len = host->out->len - capture.begin;
	/* Where the names do not repeat, keeping every piece would keep every page. */
	if (host->cached_bytes + len <= host->box.memory_limit / 4) {
		host->cached_bytes += len + 64;
		g_hash_table_insert (host->cached, g_strdup (capture.key), g_string_new_len (host->out->str + capture.begin, (gssize) len));
	}
	g_array_set_size (host->captures, host->captures->len - 1);
	return 0;
}

const lua_CFunction rn_output_functions[RN_OUTPUT_FUNCTIONS] = {
	print_literal, print_text, print_attribute, print_name, print_json, print_raw, print_url, print_own_address, begin_address,
	add_address_literal, add_address_value, end_address, cached_begin, cached_end,
};

/* --- safe values ---------------------------------------------------------------------------------- */

void rn_push_safe_borrowed (lua_State *L, const char *text, gsize len, RnSafeKind kind)
{
	RnSafe *safe = lua_newuserdatauv (L, sizeof *safe, 0);
	*safe = (RnSafe) { text, len, (guint8) kind };
	luaL_setmetatable (L, safe_name);
}

void rn_push_safe (lua_State *L, const char *text, gsize len, RnSafeKind kind)
{
	RnSafe *safe = lua_newuserdatauv (L, sizeof *safe + len + 1, 0);
	memcpy (safe + 1, text, len);
	((char *) (safe + 1))[len] = '\0';
	*safe = (RnSafe) { (const char *) (safe + 1), len, (guint8) kind };
	luaL_setmetatable (L, safe_name);
}

const RnSafe *rn_to_safe (lua_State *L, int index)
{
	return lua_type (L, index) == LUA_TUSERDATA ? luaL_testudata (L, index, safe_name) : NULL;
}

void rn_output_init (lua_State *L)
{
	luaL_newmetatable (L, safe_name);
	lua_pushliteral (L, "safe HTML value");
	lua_setfield (L, -2, "__name");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	lua_pop (L, 1);
}
