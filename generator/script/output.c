/*
 * output.c - what a compiled layout prints with.
 *
 * In: a literal's number and a value. Out: bytes at the end of the page. Invariant: a value reaches the page only escaped for where it stands, or as a safe value whose
 * kind fits there. Each call prints the text before the value too, so that an expression costs one call.
 */
#include "script/host-int.h"

#include <string.h>

/* Bytes that stand for something in HTML: 1 in text and in quoted attributes, 2 in the latter alone. */
static const guint8 special[256] = { ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 2, ['\''] = 2 };

#define EACH_BYTE(c) (G_GUINT64_CONSTANT (0x0101010101010101) * (c))

/* Is the highest bit of any byte set that is 0 in WORD? (Of others too, but only above such a one.) */
static inline guint64 zero_bytes (guint64 word)
{
	return (word - EACH_BYTE (0x01)) & ~word & EACH_BYTE (0x80);
}

/* How many bytes at TEXT are certainly not special: eight at a time, as most texts have none. */
static inline gsize skip_ordinary (const char *text, gsize len, gboolean quotes)
{
	gsize n = 0;
	for (; n + 8 <= len; n += 8) {
		guint64 word;
		memcpy (&word, text + n, 8);
		guint64 found = zero_bytes ((word | EACH_BYTE (0x02)) ^ EACH_BYTE ('>')); /* < and > */
		if (quotes)
			found |= zero_bytes ((word & EACH_BYTE (0xfb)) ^ EACH_BYTE ('"')) | zero_bytes (word ^ EACH_BYTE ('\'')); /* " and &, ' */
		else
			found |= zero_bytes (word ^ EACH_BYTE ('&'));
		if (found != 0)
			break;
	}
	return n;
}

static void put_entity (GString *out, char c)
{
	switch (c) {
	case '&': rn_put (out, "&amp;", 5); break;
	case '<': rn_put (out, "&lt;", 4); break;
	case '>': rn_put (out, "&gt;", 4); break;
	case '"': rn_put (out, "&quot;", 6); break;
	default: rn_put (out, "&#39;", 5); break;
	}
}

static inline void append_escaped (GString *out, const char *text, gsize len, gboolean quotes)
{
	gsize run = 0, at = skip_ordinary (text, len, quotes);
	while (at < len) {
		guint8 kind = special[(guchar) text[at]];
		if (kind == 1 || (kind == 2 && quotes)) {
			rn_put (out, text + run, at - run);
			put_entity (out, text[at]);
			run = ++at;
			at += skip_ordinary (text + at, len - at, quotes);
		} else {
			at++;
		}
	}
	rn_put (out, text + run, len - run);
}

void rn_append_attribute (GString *out, const char *text, gsize len)
{
	append_escaped (out, text, len, TRUE);
}

/* In text quotes mean nothing. */
static void append_text (GString *out, const char *text, gsize len)
{
	append_escaped (out, text, len, FALSE);
}

/* The literal with the number at INDEX: compiled code has the right ones, but a layout's author may write such a call too. */
static inline const RnLiteral *literal_at (lua_State *L, const RnHost *host, int index)
{
	lua_Integer number = lua_tointeger (L, index);
	if (G_UNLIKELY (number < 0 || number >= (lua_Integer) host->literals->len || host->out == NULL))
		luaL_error (L, "names that begin with rn_ are the compiler's own");
	return host->literals->pdata[number];
}

static inline const RnLiteral *begin_at (lua_State *L, RnHost *host)
{
	const RnLiteral *literal = literal_at (L, host, 1);
	rn_put (host->out, literal->text, literal->len);
	if (G_UNLIKELY (host->out->len > host->out_limit))
		rn_sandbox_stop (L, RN_STOP_OUTPUT);
	host->box.fuel -= 4;
	return literal;
}

/* Prints the literal of argument 1 and holds the page against its limit. */
static inline RnHost *begin (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	begin_at (L, host);
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
	rn_put (host->out, text, len);
	return 0;
}

static int print_json (lua_State *L)
{
	RnHost *host = begin (L);
	const RnSafe *safe = rn_to_safe (L, 2);
	if (safe != NULL && safe->kind == RN_SAFE_JSON)
		rn_put (host->out, safe->text, safe->len);
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
	rn_put (host->out, safe->text, safe->len);
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
	if (rn_append_plain_address (host, host->out, address))
		return;
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
	print_address (host, literal_at (L, host, 2)->text);
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
	const RnLiteral *literal = literal_at (L, host, 1);
	gsize before = host->address->len;
	rn_put (host->address, literal->text, literal->len);
	if (strstr (host->address->str + before, "&amp;") != NULL)
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

/* --- {{ object.name }} ---------------------------------------------------------------------------- */

/*
 * The literal of argument 1 and the field it names of argument 2, which a page has as a text: *TEXT, without a Lua string being made. FALSE: the field's
 * value stands in place of argument 2 now.
 */
static inline gboolean begin_field (lua_State *L, RnHost **host, const char **text)
{
	*host = rn_host_of (L);
	const RnLiteral *literal = begin_at (L, *host);
	int type = lua_type (L, 2);
	if (type == LUA_TLIGHTUSERDATA) {
		const void *pointer = lua_touserdata (L, 2);
		RnTag tag = rn_tag_of (pointer);
		if (tag == RN_TAG_PAGE && rn_page_text (*host, rn_untagged (pointer), literal->field, text))
			return TRUE;
		if (tag == RN_TAG_TWIN && rn_twin_text (rn_untagged (pointer), literal->field, text))
			return TRUE;
	} else if (type != LUA_TTABLE && type != LUA_TSTRING) {
		luaL_error (L, "'%s' is %s%s: it has no '%s'", literal->object, type == LUA_TNIL ? "" : "a ", luaL_typename (L, 2), literal->name);
	}
	lua_getfield (L, 2, literal->name);
	lua_replace (L, 2);
	return FALSE;
}

/* The text of such a field; NULL: it prints nothing. */
static inline const char *field_text (lua_State *L, RnHost **host, size_t *len)
{
	const char *text;
	if (!begin_field (L, host, &text))
		return printable (L, len);
	*len = text != NULL ? strlen (text) : 0;
	return text;
}

static int print_field_text (lua_State *L)
{
	RnHost *host;
	size_t len;
	const char *text = field_text (L, &host, &len);
	if (text != NULL)
		append_text (host->out, text, len);
	return 0;
}

static int print_field_attribute (lua_State *L)
{
	RnHost *host;
	size_t len;
	const char *text = field_text (L, &host, &len);
	if (text != NULL)
		rn_append_attribute (host->out, text, len);
	return 0;
}

static int print_field_url (lua_State *L)
{
	RnHost *host;
	const char *address;
	size_t len;
	if (!begin_field (L, &host, &address))
		address = address_of (L, &len);
	if (address != NULL)
		print_address (host, address);
	return 0;
}

const lua_CFunction rn_output_functions[RN_OUTPUT_FUNCTIONS] = {
	print_literal, print_text, print_attribute, print_name, print_json, print_raw, print_url, print_own_address, begin_address,
	add_address_literal, add_address_value, end_address, rn_cached_begin, rn_cached_end, print_field_text, print_field_attribute, print_field_url,
};

/* --- safe values ---------------------------------------------------------------------------------- */

static void set_safe_metatable (lua_State *L)
{
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->safe);
	lua_setmetatable (L, -2);
}

void rn_push_safe_borrowed (lua_State *L, const char *text, gsize len, RnSafeKind kind)
{
	RnSafe *safe = lua_newuserdatauv (L, sizeof *safe, 0);
	*safe = (RnSafe) { text, len, (guint8) kind };
	set_safe_metatable (L);
}

void rn_push_safe (lua_State *L, const char *text, gsize len, RnSafeKind kind)
{
	RnSafe *safe = lua_newuserdatauv (L, sizeof *safe + len + 1, 0);
	memcpy (safe + 1, text, len);
	((char *) (safe + 1))[len] = '\0';
	*safe = (RnSafe) { (const char *) (safe + 1), len, (guint8) kind };
	set_safe_metatable (L);
}

const RnSafe *rn_to_safe (lua_State *L, int index)
{
	if (lua_type (L, index) != LUA_TUSERDATA || !lua_getmetatable (L, index))
		return NULL;
	gboolean safe = lua_topointer (L, -1) == rn_host_of (L)->safe_metatable;
	lua_pop (L, 1);
	return safe ? lua_touserdata (L, index) : NULL;
}

void rn_output_init (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	lua_newtable (L);
	lua_pushliteral (L, "safe HTML value");
	lua_setfield (L, -2, "__name");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	host->safe_metatable = lua_topointer (L, -1);
	host->safe = luaL_ref (L, LUA_REGISTRYINDEX);
}
