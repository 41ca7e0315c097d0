/*
 * hooks_check.c - check (site, tell): what plugins find wrong in the content.
 *
 * In: the frozen library. Out: diagnostics named <plugin>/<rule>. Invariant: a plugin tells a bounded number of things, each with a place that an editor can open where
 * there is one.
 */
#include "base/text.h"
#include "script/hooks-int.h"

#include <string.h>

#define MOST 1000   /* things that one plugin tells: who has more to say says it of the whole */

static const char *const keys[] = { "message", "at", "line", "severity", "hint", "id", NULL };

static void check_keys (lua_State *L)
{
	lua_pushnil (L);
	while (lua_next (L, 1)) {
		lua_pop (L, 1);
		const char *name = lua_type (L, -1) == LUA_TSTRING ? lua_tostring (L, -1) : "a number";
		if (!g_strv_contains (keys, name)) {
			const char *nearest = rn_text_nearest (name, keys);
			luaL_error (L, "tell: '%s' means nothing%s%s%s", name, nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
		}
	}
}

/* The text NAME, on the stack as long as the call. NULL: not given. */
static const char *text_of (lua_State *L, const char *name)
{
	int type = lua_getfield (L, 1, name);
	if (type != LUA_TSTRING && type != LUA_TNIL)
		luaL_error (L, "tell: '%s' must be a text, not a %s", name, luaL_typename (L, -1));
	return lua_tostring (L, -1);
}

static RnSeverity severity_of (lua_State *L)
{
	const char *name = text_of (L, "severity");
	for (int i = RN_HINT; name != NULL && i <= RN_ERROR; i++)
		if (strcmp (name, rn_severity_name ((RnSeverity) i)) == 0)
			return (RnSeverity) i;
	if (name != NULL)
		luaL_error (L, "tell: the severity is 'error', 'warning' or 'hint', not '%s'", name);
	return RN_WARNING;
}

/* Pushes the diagnostic's name: <plugin>/<id>. */
static const char *push_name (lua_State *L, const RnPlugin *plugin)
{
	const char *id = text_of (L, "id");
	if (id != NULL && (*id == '\0' || strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (id)))
		luaL_error (L, "tell: an id is small letters, digits and dashes, not '%s'", id);
	return lua_pushfstring (L, "%s/%s", plugin->name, id != NULL ? id : "check");
}

/* A page's place is its file; of one that a plugin made, there is none. */
static gboolean find_place (lua_State *L, int index, RnPlace *place)
{
	const char *text = lua_type (L, index) == LUA_TSTRING ? lua_tostring (L, index) : NULL, *colon = text != NULL ? strrchr (text, ':') : NULL;
	guint64 line;
	if (rn_place_of (L, index, place) || rn_to_page (L, index) != NULL)
		return TRUE;
	if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXINT32, &line, NULL))
		return FALSE;
	lua_pushlstring (L, text, (size_t) (colon - text));
	*place = RN_PLACE (lua_tostring (L, -1), line, 1);
	return TRUE;
}

static RnPlace place_of (lua_State *L, const RnHost *host)
{
	RnPlace place = RN_PLACE (NULL, 0, 0);
	lua_getfield (L, 1, "at");
	if (!lua_isnil (L, -1) && !find_place (L, lua_gettop (L), &place))
		luaL_error (L, "tell: 'at' is a page or a place, not a %s", luaL_typename (L, -1));
	int type = lua_getfield (L, 1, "line");
	if (type != LUA_TNIL) {
		lua_Integer line = lua_isinteger (L, -1) ? lua_tointeger (L, -1) : 0;
		if (line < 1 || line > G_MAXINT32)
			luaL_error (L, "tell: 'line' is a whole number from 1 on");
		if (place.file != NULL)
			place = RN_PLACE (place.file, line, 1);
	}
	if (host->sink != NULL)
		place.file = rn_diagnostics_intern (host->sink, place.file);
	return place;
}

/* tell {message = …, …}. Upvalues: the plugin, how much it has told. */
static int tell (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	lua_Integer told = lua_tointeger (L, lua_upvalueindex (2));
	if (lua_type (L, 1) != LUA_TTABLE)
		return luaL_error (L, "tell takes a table, {message = …, at = …}, not a %s", luaL_typename (L, 1));
	lua_settop (L, 1);
	check_keys (L);
	RnDiagnostic diagnostic = { .message = (char *) text_of (L, "message") };
	if (diagnostic.message == NULL || *diagnostic.message == '\0')
		return luaL_error (L, "tell: 'message' is missing: what is wrong, in words");
	const char *hint = text_of (L, "hint");
	diagnostic.remedy = (char *) (hint != NULL ? hint : "");
	diagnostic.severity = severity_of (L);
	diagnostic.name = push_name (L, lua_touserdata (L, lua_upvalueindex (1)));
	diagnostic.where = place_of (L, host);
	if (told == MOST)
		return luaL_error (L, "tell: %d things are told, and more are wrong; a check that finds so many tells them in one", MOST);
	lua_pushinteger (L, told + 1);
	lua_replace (L, lua_upvalueindex (2));
	rn_sandbox_spend (L, 500);
	if (host->sink != NULL)
		rn_diagnostics_put (host->sink, &diagnostic);
	return 0;
}

/* Argument: the hook. */
static int run_check (lua_State *L)
{
	rn_push_tagged (L, rn_host_of (L)->site, RN_TAG_SITE);
	lua_pushlightuserdata (L, rn_plugin_of (L));
	lua_pushinteger (L, 0);
	lua_pushcclosure (L, tell, 2);
	lua_call (L, 2, 0);
	return 0;
}

void rn_host_run_checks (RnHost *host)
{
	rn_plugins_run (host, "check", run_check);
}
