/*
 * hooks_needs.c - plugins that need others.
 *
 * In: what the plugins name in `needs`. Out: the order of loading, in which each comes after those it needs and else as in site.yaml; `needed.<plugin>`. Invariant: a plugin whose needs are not met is
 * told and left out; plugins that need none keep their order.
 */
#include "script/hooks-int.h"

enum { FRESH, OPEN, DONE };

void rn_needs_read (lua_State *L, RnPlugin *plugin)
{
	int table = lua_gettop (L);
	lua_pushliteral (L, "needs");
	int type = lua_rawget (L, table);
	if (type != LUA_TNIL && type != LUA_TTABLE)
		luaL_error (L, "'needs' must be a list of plugins' names, not a %s", lua_typename (L, type));
	lua_Integer n = type == LUA_TTABLE ? (lua_Integer) lua_rawlen (L, -1) : 0;
	for (lua_Integer i = 1; i <= n; i++) {
		if (lua_rawgeti (L, table + 1, i) != LUA_TSTRING)
			luaL_error (L, "'needs' must be a list of plugins' names, and one of them is a %s", luaL_typename (L, -1));
		if (plugin->needs == NULL)
			plugin->needs = g_ptr_array_new_with_free_func (g_free);
		g_ptr_array_add (plugin->needs, g_strdup (lua_tostring (L, -1)));
		lua_pop (L, 1);
	}
	lua_settop (L, table);
}

static RnPlugin *find (const RnHost *host, const char *name)
{
	for (guint i = 0; i < host->plugins->len; i++)
		if (strcmp (((RnPlugin *) host->plugins->pdata[i])->name, name) == 0)
			return host->plugins->pdata[i];
	return NULL;
}

static void leave_out (RnHost *host, RnPlugin *plugin, const char *before, const char *name, const char *after)
{
	g_autofree char *what = g_strconcat (before, name, after, NULL);
	if (plugin->table == LUA_NOREF)
		return;
	rn_diagnose (host->sink, RN_D_PLUGIN_ERROR, rn_plugin_place (host, plugin, 0), plugin->name, "needs", what);
	rn_plugin_drop (host, plugin);
}

static void visit (RnHost *host, RnPlugin *plugin, GPtrArray *order)
{
	plugin->mark = OPEN;
	for (guint i = 0; plugin->needs != NULL && i < plugin->needs->len; i++) {
		const char *name = plugin->needs->pdata[i];
		RnPlugin *other = find (host, name);
		if (other == NULL)
			leave_out (host, plugin, "the plugin '", name, "' is not switched on: add it to plugins: in site.yaml");
		else if (other->mark == OPEN)
			leave_out (host, plugin, "it needs '", name, "', which needs it in turn");
		else if (other->mark == FRESH)
			visit (host, other, order);
	}
	plugin->mark = DONE;
	g_ptr_array_add (order, plugin);
}

void rn_needs_order (RnHost *host)
{
	GPtrArray *order = g_ptr_array_sized_new (host->plugins->len);
	for (guint i = 0; i < host->plugins->len; i++) {
		RnPlugin *plugin = host->plugins->pdata[i];
		if (plugin->mark == FRESH)
			visit (host, plugin, order);
	}
	g_ptr_array_unref (host->plugins);
	host->plugins = order;
}

gboolean rn_needs_met (RnHost *host, RnPlugin *plugin)
{
	/* What is left out already may need what there is not. */
	for (guint i = 0; plugin->table != LUA_NOREF && plugin->needs != NULL && i < plugin->needs->len; i++)
		if (find (host, plugin->needs->pdata[i])->table == LUA_NOREF)
			leave_out (host, plugin, "it needs '", plugin->needs->pdata[i], "', which did not load");
	return plugin->table != LUA_NOREF;
}

void rn_needs_put (lua_State *L, const RnPlugin *plugin)
{
	lua_rawgeti (L, LUA_REGISTRYINDEX, plugin->needed);
	lua_rawgeti (L, LUA_REGISTRYINDEX, rn_host_of (L)->base);
	for (guint i = 0; plugin->needs != NULL && i < plugin->needs->len; i++) {
		const char *global = luaL_gsub (L, plugin->needs->pdata[i], "-", "_");
		lua_getfield (L, -2, global);
		lua_setfield (L, -4, global);
		lua_pop (L, 1);
	}
	lua_pop (L, 2);
}
