/*
 * functions_svg.c - svg.el, svg.path, svg.number: drawings without care for escapes and decimals.
 *
 * In: names, attributes, texts, other elements. Out: SVG as a safe value, which prints as it is and is a figure's `svg`. Invariant: what is not an element made here stands
 * in it as words or as an attribute's value; numbers have two decimals at most and a dot, whatever the locale.
 */
#include "base/text.h"
#include "script/host-int.h"

#include <math.h>
#include <string.h>

#define MAX_NESTED 20   /* lists of children in lists */

/* Appends N with two decimals at most. FALSE: it is no number that can be drawn. */
static gboolean put_number (GString *out, double n)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	if (!(fabs (n) < 1e9))
		return FALSE;
	n = floor (n * 100 + 0.5) / 100;
	g_ascii_formatd (text, sizeof text, n == floor (n) ? "%.0f" : "%.2f", n);
	if (strchr (text, '.') != NULL && text[strlen (text) - 1] == '0')
		text[strlen (text) - 1] = '\0';
	g_string_append (out, strcmp (text, "-0") == 0 ? "0" : text);
	return TRUE;
}

static void put_words (lua_State *L, GString *out, int index, const char *where, gboolean quotes)
{
	size_t len;
	const char *text = rn_check_text (L, index, &len, "svg: %s", where);
	rn_sandbox_spend (L, len + 10);
	rn_text_escape (out, text, (gssize) len, quotes);
}

/* A letter, then letters, digits, and '-', ':'. Nothing that could run. */
static gboolean is_name (const char *name, gsize len)
{
	if (len == 0 || !g_ascii_isalpha (*name))
		return FALSE;
	for (gsize i = 1; i < len; i++)
		if (!g_ascii_isalnum (name[i]) && name[i] != '-' && name[i] != ':')
			return FALSE;
	return TRUE;
}

/* A text, a number, true, or a list of texts and numbers with a space between. */
static void put_value (lua_State *L, GString *out, int index, const char *name, gboolean in_list)
{
	luaL_checkstack (L, 4, NULL);
	switch (lua_type (L, index)) {
	case LUA_TNUMBER:
		rn_sandbox_spend (L, 20);
		if (!put_number (out, lua_tonumber (L, index)))
			luaL_error (L, "svg: the attribute '%s' is no number that can be drawn", name);
		return;
	case LUA_TSTRING:
		put_words (L, out, index, name, TRUE);
		return;
	case LUA_TTABLE:
		if (in_list)
			break;
		for (lua_Integer i = 1, n = luaL_len (L, index); i <= n; i++) {
			if (i > 1)
				g_string_append_c (out, ' ');
			lua_geti (L, index, i);
			put_value (L, out, lua_gettop (L), name, TRUE);
			lua_pop (L, 1);
		}
		return;
	default:
		break;
	}
	luaL_error (L, "svg: the attribute '%s' is a %s, not a text, a number or a list of these", name, luaL_typename (L, index));
}

/* The table at INDEX as attributes, in the order of their names. */
static void put_attributes (lua_State *L, GString *out, int index)
{
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
	lua_getfield (L, -1, "keys");
	lua_pushvalue (L, index);
	lua_call (L, 1, 1);
	int keys = lua_gettop (L);
	for (lua_Integer i = 1, n = luaL_len (L, keys); i <= n; i++) {
		size_t len;
		if (lua_geti (L, keys, i) != LUA_TSTRING)
			luaL_error (L, "svg: an attribute's name is a %s, not a text", luaL_typename (L, -1));
		const char *name = lua_tolstring (L, -1, &len);
		if (!is_name (name, len) || g_ascii_strncasecmp (name, "on", 2) == 0)
			luaL_error (L, "svg: '%s' is not an attribute that can be drawn with", name);
		lua_pushvalue (L, -1);
		lua_gettable (L, index);
		if (lua_toboolean (L, -1)) {
			g_string_append_printf (out, " %s=\"", name);
			gsize begin = out->len;
			put_value (L, out, lua_gettop (L), name, FALSE);
			if (g_ascii_strcasecmp (len > 4 ? name + len - 4 : name, "href") == 0 && out->str[begin] != '#')
				luaL_error (L, "svg: '%s' leads to a part of the drawing itself: #name", name);
			g_string_append_c (out, '"');
		}
		lua_settop (L, keys);
	}
	lua_settop (L, keys - 2);
}

/* A text, a number, an element, or a list of them; nil and false are nothing. */
static void put_child (lua_State *L, GString *out, int index, int depth)
{
	luaL_checkstack (L, 4, NULL);
	const RnSafe *safe = rn_to_safe (L, index);
	if (safe != NULL && safe->kind == RN_SAFE_HTML) {
		rn_sandbox_spend (L, safe->len / 4 + 10);
		g_string_append_len (out, safe->text, (gssize) safe->len);
		return;
	}
	switch (lua_type (L, index)) {
	case LUA_TNIL:
		return;
	case LUA_TBOOLEAN:
		if (!lua_toboolean (L, index))
			return;
		break;
	case LUA_TNUMBER:
		lua_pushvalue (L, index);
		put_words (L, out, lua_gettop (L), "a child", FALSE);
		lua_pop (L, 1);
		return;
	case LUA_TSTRING:
		put_words (L, out, index, "a child", FALSE);
		return;
	case LUA_TTABLE:
		if (depth == MAX_NESTED)
			luaL_error (L, "svg: a list of children is nested more than %d deep, or holds itself", MAX_NESTED);
		for (lua_Integer i = 1, n = luaL_len (L, index); i <= n; i++) {
			rn_sandbox_spend (L, 10);
			lua_geti (L, index, i);
			put_child (L, out, lua_gettop (L), depth + 1);
			lua_pop (L, 1);
		}
		return;
	default:
		break;
	}
	luaL_error (L, "svg: a child is a %s, not a text, a number, an element or a list of these", luaL_typename (L, index));
}

/* Pushes what was drawn into the buffer at stack index 1, and frees it with the arguments. */
static int draw (lua_State *L)
{
	GString *out = lua_touserdata (L, lua_upvalueindex (1));
	size_t len;
	int children = lua_gettop (L);
	const char *name = luaL_checklstring (L, 1, &len);
	if (!is_name (name, len) || strchr (name, ':') != NULL || g_ascii_strcasecmp (name, "script") == 0)
		return luaL_error (L, "svg.el: '%s' is not an element that can be drawn", name);
	if (!lua_isnoneornil (L, 2) && !lua_istable (L, 2))
		return luaL_error (L, "svg.el: after the name comes a table of attributes, not a %s", luaL_typename (L, 2));
	g_string_append_printf (out, "<%s", name);
	if (lua_istable (L, 2))
		put_attributes (L, out, 2);
	if (strcmp (name, "svg") == 0 && (!lua_istable (L, 2) || lua_getfield (L, 2, "xmlns") == LUA_TNIL))
		g_string_append (out, " xmlns=\"http://www.w3.org/2000/svg\"");
	g_string_append_c (out, '>');
	gsize begin = out->len;
	for (int i = 3; i <= children; i++)
		put_child (L, out, i, 0);
	if (out->len == begin) {
		out->str[begin - 1] = '/';
		g_string_append_c (out, '>');
	} else {
		g_string_append_printf (out, "</%s>", name);
	}
	rn_push_safe (L, out->str, out->len, RN_SAFE_HTML);
	return 1;
}

/* Elements are drawn within elements' arguments, so each has a buffer of its own, freed whatever happens. */
static int svg_el (lua_State *L)
{
	GString *out = g_string_new (NULL);
	lua_pushlightuserdata (L, out);
	lua_pushcclosure (L, draw, 1);
	lua_insert (L, 1);
	int status = lua_pcall (L, lua_gettop (L) - 1, 1, 0);
	g_string_free (out, TRUE);
	return status == LUA_OK ? 1 : lua_error (L);
}

/* svg.path (points [, closed]): "M0 0L1 2", of a list of {x, y}. */
static int svg_path (lua_State *L)
{
	GString *out = rn_host_of (L)->scratch2;
	luaL_checktype (L, 1, LUA_TTABLE);
	gboolean closed = lua_toboolean (L, 2);
	lua_settop (L, 1);
	g_string_truncate (out, 0);
	for (lua_Integer i = 1, n = luaL_len (L, 1); i <= n; i++) {
		rn_sandbox_spend (L, 60);
		if (lua_geti (L, 1, i) != LUA_TTABLE)
			return luaL_error (L, "svg.path: point %d is a %s, not {x, y}", (int) i, luaL_typename (L, -1));
		if (lua_rawgeti (L, 2, 1) != LUA_TNUMBER || lua_rawgeti (L, 2, 2) != LUA_TNUMBER)
			return luaL_error (L, "svg.path: point %d has no two numbers", (int) i);
		g_string_append_c (out, i == 1 ? 'M' : 'L');
		gboolean fine = put_number (out, lua_tonumber (L, 3));
		g_string_append_c (out, ' ');
		if (!put_number (out, lua_tonumber (L, 4)) || !fine)
			return luaL_error (L, "svg.path: point %d has no numbers that can be drawn", (int) i);
		lua_settop (L, 1);
	}
	if (closed)
		g_string_append_c (out, 'Z');
	lua_pushlstring (L, out->str, out->len);
	return 1;
}

static int svg_number (lua_State *L)
{
	GString *out = rn_host_of (L)->scratch2;
	lua_Number n = luaL_checknumber (L, 1);
	g_string_truncate (out, 0);
	if (!put_number (out, n))
		return luaL_error (L, "svg.number: that is no number that can be drawn");
	lua_pushlstring (L, out->str, out->len);
	return 1;
}

void rn_svg_push (lua_State *L)
{
	static const luaL_Reg functions[] = { { "el", svg_el }, { "path", svg_path }, { "number", svg_number }, { NULL, NULL } };
	luaL_newlib (L, functions);
	rn_sandbox_read_only (L, "svg");
}
