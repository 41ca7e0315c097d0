/*
 * pattern.c - Lua's patterns (manual, 6.4.1), metered.
 *
 * In: subjects and patterns of scripts. Out: string.find, match, gmatch and gsub. Lua's own matcher runs unseen by the count hook and takes n^k steps for k
 * repetitions, so that a pattern of twenty characters can hang a build. This one charges every step.
 */
#include "script/sandbox-int.h"

#include <ctype.h>
#include <string.h>

#define MAX_CAPTURES 32
#define MAX_DEPTH 180
#define CAPTURE_OPEN -1
#define CAPTURE_POSITION -2

typedef struct {
	lua_State  *L;
	const char *subject, *subject_end, *pattern_end;
	guint       steps;
	int         depth, level;
	struct { const char *at; ptrdiff_t len; } captures[MAX_CAPTURES];
} Matcher;

static const char *match (Matcher *m, const char *s, const char *p);

static inline void step (Matcher *m)
{
	if ((++m->steps & 255) == 0)
		rn_sandbox_spend (m->L, 256);
}

static gboolean in_class (int c, int letter)
{
	gboolean found;
	switch (tolower (letter)) {
	case 'a': found = g_ascii_isalpha (c); break;
	case 'c': found = g_ascii_iscntrl (c); break;
	case 'd': found = g_ascii_isdigit (c); break;
	case 'g': found = g_ascii_isgraph (c); break;
	case 'l': found = g_ascii_islower (c); break;
	case 'p': found = g_ascii_ispunct (c); break;
	case 's': found = g_ascii_isspace (c) || c == '\v'; break;
	case 'u': found = g_ascii_isupper (c); break;
	case 'w': found = g_ascii_isalnum (c); break;
	case 'x': found = g_ascii_isxdigit (c); break;
	default: return letter == c;
	}
	return g_ascii_isupper (letter) ? !found : found;
}

/* The end of the single-character item that begins at P. */
static const char *item_end (Matcher *m, const char *p)
{
	if (*p == '%') {
		if (p + 1 >= m->pattern_end)
			luaL_error (m->L, "the pattern ends with '%%'");
		return p + 2;
	}
	if (*p != '[')
		return p + 1;
	p++;
	if (p < m->pattern_end && *p == '^')
		p++;
	do {
		if (p >= m->pattern_end)
			luaL_error (m->L, "the pattern has a '[' without ']'");
		if (*p++ == '%')
			p++;
	} while (p >= m->pattern_end || *p != ']');
	return p + 1;
}

/* Is C in the set from '[' at P to ']' at LAST? */
static gboolean in_set (int c, const char *p, const char *last)
{
	gboolean wanted = TRUE;
	if (p[1] == '^') {
		wanted = FALSE;
		p++;
	}
	while (++p < last) {
		if (*p == '%') {
			p++;
			if (in_class (c, (guchar) *p))
				return wanted;
		} else if (p[1] == '-' && p + 2 < last) {
			if ((guchar) p[0] <= c && c <= (guchar) p[2])
				return wanted;
			p += 2;
		} else if ((guchar) *p == c) {
			return wanted;
		}
	}
	return !wanted;
}

static gboolean one (Matcher *m, const char *s, const char *p, const char *end)
{
	step (m);
	if (s >= m->subject_end)
		return FALSE;
	int c = (guchar) *s;
	switch (*p) {
	case '.': return TRUE;
	case '%': return in_class (c, (guchar) p[1]);
	case '[': return in_set (c, p, end - 1);
	default: return (guchar) *p == c;
	}
}

static const char *longest (Matcher *m, const char *s, const char *p, const char *end)
{
	ptrdiff_t n = 0;
	while (one (m, s + n, p, end))
		n++;
	for (; n >= 0; n--) {
		const char *found = match (m, s + n, end + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static const char *shortest (Matcher *m, const char *s, const char *p, const char *end)
{
	for (;; s++) {
		const char *found = match (m, s, end + 1);
		if (found != NULL)
			return found;
		if (!one (m, s, p, end))
			return NULL;
	}
}

static const char *balanced (Matcher *m, const char *s, const char *p)
{
	if (p + 3 >= m->pattern_end)
		luaL_error (m->L, "'%%b' needs two characters after it");
	if (s >= m->subject_end || *s != p[2])
		return NULL;
	int depth = 1;
	while (++s < m->subject_end) {
		step (m);
		if (*s == p[3]) {
			if (--depth == 0)
				return s + 1;
		} else if (*s == p[2]) {
			depth++;
		}
	}
	return NULL;
}

static gboolean at_frontier (Matcher *m, const char *s, const char *set, const char *end)
{
	int before = s == m->subject ? '\0' : (guchar) s[-1], here = s < m->subject_end ? (guchar) *s : '\0';
	return !in_set (before, set, end - 1) && in_set (here, set, end - 1);
}

static const char *repeated (Matcher *m, const char *s, int digit)
{
	int index = digit - '1';
	if (index < 0 || index >= m->level || m->captures[index].len == CAPTURE_OPEN)
		luaL_error (m->L, "the pattern names the capture %%%d, which does not exist", index + 1);
	gsize len = (gsize) MAX (m->captures[index].len, 0);
	rn_sandbox_spend (m->L, len / 16);
	return (gsize) (m->subject_end - s) >= len && memcmp (m->captures[index].at, s, len) == 0 ? s + len : NULL;
}

static const char *open_capture (Matcher *m, const char *s, const char *p, ptrdiff_t kind)
{
	if (m->level >= MAX_CAPTURES)
		luaL_error (m->L, "the pattern has too many captures");
	m->captures[m->level].at = s;
	m->captures[m->level].len = kind;
	m->level++;
	const char *found = match (m, s, p);
	if (found == NULL)
		m->level--;
	return found;
}

static const char *close_capture (Matcher *m, const char *s, const char *p)
{
	int level = m->level - 1;
	while (level >= 0 && m->captures[level].len != CAPTURE_OPEN)
		level--;
	if (level < 0)
		luaL_error (m->L, "the pattern has a ')' without '('");
	m->captures[level].len = s - m->captures[level].at;
	const char *found = match (m, s, p);
	if (found == NULL)
		m->captures[level].len = CAPTURE_OPEN;
	return found;
}

/* One character, with what may follow it: * + - ? */
static const char *item (Matcher *m, const char *s, const char *p, const char *end, const char **rest)
{
	char mark = end < m->pattern_end ? *end : '\0';
	*rest = NULL;
	switch (mark) {
	case '*': return longest (m, s, p, end);
	case '+': return one (m, s, p, end) ? longest (m, s + 1, p, end) : NULL;
	case '-': return shortest (m, s, p, end);
	case '?':
		if (one (m, s, p, end)) {
			const char *found = match (m, s + 1, end + 1);
			if (found != NULL)
				return found;
		}
		*rest = end + 1;
		return s;
	default:
		if (!one (m, s, p, end))
			return NULL;
		*rest = end;
		return s + 1;
	}
}

/* The end of the match of the pattern from P at S, or NULL. */
static const char *match (Matcher *m, const char *s, const char *p)
{
	if (++m->depth > MAX_DEPTH)
		luaL_error (m->L, "the pattern is too complex");
	while (s != NULL && p < m->pattern_end) {
		step (m);
		if (*p == '(') {
			gboolean position = p + 1 < m->pattern_end && p[1] == ')';
			s = position ? open_capture (m, s, p + 2, CAPTURE_POSITION) : open_capture (m, s, p + 1, CAPTURE_OPEN);
			break;
		}
		if (*p == ')') {
			s = close_capture (m, s, p + 1);
			break;
		}
		if (*p == '$' && p + 1 == m->pattern_end) {
			s = s == m->subject_end ? s : NULL;
			break;
		}
		if (*p == '%' && p + 1 < m->pattern_end && p[1] == 'b') {
			s = balanced (m, s, p);
			p += 4;
		} else if (*p == '%' && p + 1 < m->pattern_end && p[1] == 'f') {
			if (p + 2 >= m->pattern_end || p[2] != '[')
				luaL_error (m->L, "'%%f' needs a set after it");
			const char *end = item_end (m, p + 2);
			s = at_frontier (m, s, p + 2, end) ? s : NULL;
			p = end;
		} else if (*p == '%' && p + 1 < m->pattern_end && g_ascii_isdigit (p[1])) {
			s = repeated (m, s, (guchar) p[1]);
			p += 2;
		} else {
			s = item (m, s, p, item_end (m, p), &p);
			if (p == NULL)
				break;
		}
	}
	m->depth--;
	return s;
}

static void begin (Matcher *m, lua_State *L, const char *subject, size_t len, const char *pattern, size_t pattern_len)
{
	*m = (Matcher) { .L = L, .subject = subject, .subject_end = subject + len, .pattern_end = pattern + pattern_len };
}

static const char *try_at (Matcher *m, const char *s, const char *p)
{
	m->level = m->depth = 0;
	return match (m, s, p);
}

static void push_capture (Matcher *m, int index, const char *s, const char *end)
{
	if (index >= m->level) {
		if (index != 0)
			luaL_error (m->L, "there is no capture %%%d", index + 1);
		lua_pushlstring (m->L, s, (size_t) (end - s));
	} else if (m->captures[index].len == CAPTURE_POSITION) {
		lua_pushinteger (m->L, m->captures[index].at - m->subject + 1);
	} else if (m->captures[index].len == CAPTURE_OPEN) {
		luaL_error (m->L, "the pattern has a '(' without ')'");
	} else {
		lua_pushlstring (m->L, m->captures[index].at, (size_t) m->captures[index].len);
	}
}

/* S NULL: no whole match where there are no captures. */
static int push_captures (Matcher *m, const char *s, const char *end)
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
	Matcher m;
	begin (&m, L, subject, len, pattern, pattern_len);
	gboolean anchored = pattern_len > 0 && *pattern == '^';
	for (const char *s = subject + init; s <= m.subject_end; s++) {
		const char *end = try_at (&m, s, pattern + anchored);
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
	Matcher m;
	begin (&m, L, subject, len, pattern, pattern_len);
	for (const char *s = subject + from; s <= m.subject_end; s++) {
		const char *end = try_at (&m, s, pattern);
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
static void add_text (Matcher *m, luaL_Buffer *buffer, const char *s, const char *end)
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

static void add_replacement (Matcher *m, luaL_Buffer *buffer, const char *s, const char *end, int type)
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
	Matcher m;
	begin (&m, L, subject, len, pattern, pattern_len);
	luaL_Buffer buffer;
	luaL_buffinit (L, &buffer);
	const char *s = subject, *last = NULL;
	while (n < most) {
		const char *end = try_at (&m, s, pattern + anchored);
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
