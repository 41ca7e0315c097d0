/*
 * pattern_calls.c - string.find, match, gmatch and gsub.
 *
 * In: subjects and patterns of scripts. Out: what Lua's own give.
 */
#include "script/pattern-int.h"

#include <string.h>

static void push_capture (RnMatcher *m, int index, const char *s, const char *end)
{
	if (index >= m->level) {
		if (index != 0)
			luaL_error (m->L, "there is no capture %%%d", index + 1);
		lua_pushlstring (m->L, s, (size_t) (end - s));
	} else if (m->captures[index].len == RN_CAPTURE_POSITION) {
		lua_pushinteger (m->L, m->captures[index].at - m->subject + 1);
	} else if (m->captures[index].len == RN_CAPTURE_OPEN) {
		luaL_error (m->L, "the pattern has a '(' without ')'");
	} else {
		lua_pushlstring (m->L, m->captures[index].at, (size_t) m->captures[index].len);
	}
}

/* S NULL: no whole match where there are no captures. */
static int push_captures (RnMatcher *m, const char *s, const char *end)
{
	int n = m->level == 0 && s != NULL ? 1 : m->level;
	luaL_checkstack (m->L, n, "too many captures");
	for (int i = 0; i < n; i++)
		push_capture (m, i, s, end);
	return n;
}

static size_t start_of (lua_Integer init, size_t len)
{
	if (init > 0)
		return (size_t) init - 1;
	if (init == 0 || init < -(lua_Integer) len)
		return 0;
	return len - (size_t) -init;
}

static int find_or_match (lua_State *L, gboolean find)
{
	size_t len, pattern_len;
	const char *subject = luaL_checklstring (L, 1, &len), *pattern = luaL_checklstring (L, 2, &pattern_len);
	size_t init = start_of (luaL_optinteger (L, 3, 1), len);
	if (init > len) {
		lua_pushnil (L);
		return 1;
	}
	if (find && (lua_toboolean (L, 4) || strcspn (pattern, "^$*+?.([%-") == pattern_len)) {
		rn_sandbox_spend (L, (len - init) / 8);
		const char *found = memmem (subject + init, len - init, pattern, pattern_len);
		if (found == NULL) {
			lua_pushnil (L);
			return 1;
		}
		lua_pushinteger (L, found - subject + 1);
		lua_pushinteger (L, found - subject + (ptrdiff_t) pattern_len);
		return 2;
	}
	RnMatcher m;
	rn_pattern_begin (&m, L, subject, len, pattern, pattern_len);
	gboolean anchored = pattern_len > 0 && *pattern == '^';
	for (const char *s = subject + init; s <= m.subject_end; s++) {
		s = anchored ? s : rn_pattern_candidate (&m, s);
		const char *end = rn_pattern_try (&m, s, pattern + anchored);
		if (end != NULL) {
			if (!find)
				return push_captures (&m, s, end);
			lua_pushinteger (L, s - subject + 1);
			lua_pushinteger (L, end - subject);
			return push_captures (&m, NULL, NULL) + 2;
		}
		if (anchored)
			break;
	}
	lua_pushnil (L);
	return 1;
}

static int pattern_find (lua_State *L)
{
	return find_or_match (L, TRUE);
}

static int pattern_match (lua_State *L)
{
	return find_or_match (L, FALSE);
}

/* Upvalues: subject, pattern, where to go on, the end of the last match (-1: none). */
static int gmatch_step (lua_State *L)
{
	size_t len, pattern_len;
	const char *subject = lua_tolstring (L, lua_upvalueindex (1), &len), *pattern = lua_tolstring (L, lua_upvalueindex (2), &pattern_len);
	lua_Integer from = lua_tointeger (L, lua_upvalueindex (3)), last = lua_tointeger (L, lua_upvalueindex (4));
	RnMatcher m;
	rn_pattern_begin (&m, L, subject, len, pattern, pattern_len);
	for (const char *s = subject + from; s <= m.subject_end; s++) {
		s = rn_pattern_candidate (&m, s);
		const char *end = rn_pattern_try (&m, s, pattern);
		if (end != NULL && end - subject != last) {
			lua_pushinteger (L, end - subject);
			lua_copy (L, -1, lua_upvalueindex (3));
			lua_replace (L, lua_upvalueindex (4));
			return push_captures (&m, s, end);
		}
	}
	return 0;
}

static int pattern_gmatch (lua_State *L)
{
	size_t len;
	luaL_checklstring (L, 1, &len);
	luaL_checkstring (L, 2);
	size_t init = start_of (luaL_optinteger (L, 3, 1), len);
	lua_settop (L, 2);
	lua_pushinteger (L, (lua_Integer) MIN (init, len + 1));
	lua_pushinteger (L, -1);
	lua_pushcclosure (L, gmatch_step, 4);
	return 1;
}

/* Adds the replacement text, argument 3, with %0 to %9 and %% in it. */
static void add_text (RnMatcher *m, luaL_Buffer *buffer, const char *s, const char *end)
{
	size_t len;
	const char *text = lua_tolstring (m->L, 3, &len), *stop = text + len;
	while (text < stop) {
		const char *mark = memchr (text, '%', (size_t) (stop - text));
		luaL_addlstring (buffer, text, (size_t) ((mark != NULL ? mark : stop) - text));
		if (mark == NULL)
			return;
		char c = mark + 1 < stop ? mark[1] : '\0';
		text = mark + 2;
		if (c == '%') {
			luaL_addchar (buffer, '%');
		} else if (c == '0') {
			luaL_addlstring (buffer, s, (size_t) (end - s));
		} else if (g_ascii_isdigit (c)) {
			push_capture (m, c - '1', s, end);
			luaL_tolstring (m->L, -1, NULL);
			lua_remove (m->L, -2);
			luaL_addvalue (buffer);
		} else {
			luaL_error (m->L, "string.gsub: a '%%' in the replacement must be followed by a digit or '%%'");
		}
	}
}

static void add_replacement (RnMatcher *m, luaL_Buffer *buffer, const char *s, const char *end, int type)
{
	lua_State *L = m->L;
	if (type == LUA_TSTRING || type == LUA_TNUMBER) {
		add_text (m, buffer, s, end);
		return;
	}
	if (type == LUA_TFUNCTION) {
		lua_pushvalue (L, 3);
		lua_call (L, push_captures (m, s, end), 1);
	} else {
		push_capture (m, 0, s, end);
		lua_gettable (L, 3);
	}
	if (!lua_toboolean (L, -1)) {
		lua_pop (L, 1);
		luaL_addlstring (buffer, s, (size_t) (end - s));
		return;
	}
	if (!lua_isstring (L, -1))
		luaL_error (L, "string.gsub: the replacement is a %s, not a text", luaL_typename (L, -1));
	luaL_addvalue (buffer);
}

static int pattern_gsub (lua_State *L)
{
	size_t len, pattern_len;
	const char *subject = luaL_checklstring (L, 1, &len), *pattern = luaL_checklstring (L, 2, &pattern_len);
	int type = lua_type (L, 3);
	luaL_argexpected (L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TTABLE || type == LUA_TFUNCTION, 3, "text, table or function");
	lua_Integer most = luaL_optinteger (L, 4, (lua_Integer) len + 1), n = 0;
	gboolean anchored = pattern_len > 0 && *pattern == '^';
	RnMatcher m;
	rn_pattern_begin (&m, L, subject, len, pattern, pattern_len);
	luaL_Buffer buffer;
	luaL_buffinit (L, &buffer);
	const char *s = subject, *last = NULL;
	while (n < most) {
		const char *next = anchored ? s : rn_pattern_candidate (&m, s);
		luaL_addlstring (&buffer, s, (size_t) (next - s));
		s = next;
		const char *end = rn_pattern_try (&m, s, pattern + anchored);
		if (end != NULL && end != last) {
			n++;
			add_replacement (&m, &buffer, s, end, type);
			s = last = end;
		} else if (s < m.subject_end) {
			luaL_addchar (&buffer, *s++);
		} else {
			break;
		}
		if (anchored)
			break;
	}
	luaL_addlstring (&buffer, s, (size_t) (m.subject_end - s));
	luaL_pushresult (&buffer);
	lua_pushinteger (L, n);
	return 2;
}

const luaL_Reg rn_pattern_functions[] = {
	{ "find", pattern_find }, { "match", pattern_match }, { "gmatch", pattern_gmatch }, { "gsub", pattern_gsub }, { NULL, NULL },
};
