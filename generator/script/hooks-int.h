/*
 * hooks-int.h - the inside of plugins, for hooks*.c.
 *
 * A new hook is a line in the table of hooks.c and a file hooks_<name>.c of its own.
 */
#ifndef RN_SCRIPT_HOOKS_INT_H
#define RN_SCRIPT_HOOKS_INT_H

#include "script/host-int.h"

/* Takes the function on the stack, which is NAME in the hook's table, and the table that becomes the plugin's helpers at index 2. May raise an error. */
typedef void (*RnHookPut) (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name);

void rn_put_block (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name);
void rn_put_link (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name);
/* The same into TABLE, of RnBlock by NAME; WHAT it is ("block"), for the error where another plugin has it already. */
void rn_plugin_put (lua_State *L, GHashTable *table, RnPlugin *plugin, const char *what, const char *name);

/* Wraps the function on the stack, so that it runs as PLUGIN's: `site` can read its files, and the count hook watches it. */
void rn_plugin_wrap (lua_State *L, const RnPlugin *plugin);

/*
 * Calls FUNCTION once for each plugin that has the hook NAME, in the order of loading and each with a budget of its own: the hook, wrapped, is its only argument, and rn_plugin_of gives the
 * plugin. An error it raises is told (plugin-error, plugin-budget) with the plugin, the hook and the place, by default the hook's own line; the next plugin goes on.
 */
void rn_plugins_run (RnHost *host, const char *name, lua_CFunction function);

/* Pushes the plugin's function NAME. FALSE: it has none, or did not load; something else is pushed. */
gboolean rn_plugin_push_hook (lua_State *L, const RnPlugin *plugin, const char *name);

/* Takes PLUGIN out: it has no hooks any more. */
void rn_plugin_drop (RnHost *host, RnPlugin *plugin);

/* hooks_needs.c: `needs` of the table on the stack, which stays; the order of all plugins by them; are PLUGIN's loaded (else that is told, and it is left out); `needed` filled with their helpers. */
void     rn_needs_read (lua_State *L, RnPlugin *plugin);
void     rn_needs_order (RnHost *host);
gboolean rn_needs_met (RnHost *host, RnPlugin *plugin);
void     rn_needs_put (lua_State *L, const RnPlugin *plugin);

/* hooks_fields.c: the `fields` hooks, for every page of the content to be seen. */
void rn_fields_run (RnHost *host);

/* The plugin whose hook is at work in a function of rn_plugins_run. */
static inline RnPlugin *rn_plugin_of (lua_State *L)
{
	return lua_touserdata (L, lua_upvalueindex (1));
}

/* As rn_sandbox_call, with PLUGIN's own budget where it is the outermost call. */
gboolean rn_plugin_call (RnHost *host, const RnPlugin *plugin, int nargs, int nresults, RnStop *stop);

/* Has PLUGIN no part in PAGE any more, because a budget ended it? */
gboolean rn_plugin_silent (const RnHost *host, const RnPlugin *plugin, const RnPage *page);

/* As rn_diagnose, of PLUGIN's block or link in PAGE; where a budget ended it, that is noted for all hosts (stops.h). */
void rn_plugin_failed (RnHost *host, const RnPlugin *plugin, const RnPage *page, RnStop stop, RnDiagnosticId id, RnPlace where, const char *const *args);

/* The error whose message is on the stack, and which is taken off: its words, and where it was made. LINE: of init.lua, for one that names no place; 0: none. Free it. */
char *rn_plugin_words (RnHost *host, const RnPlugin *plugin, guint line, RnStop stop, RnPlace *place);
/* Tells it. */
void rn_plugin_tell (RnHost *host, const RnPlugin *plugin, const char *hook, guint line, RnStop stop);

/* A line of the plugin's init.lua, kept by the host's sink. */
RnPlace rn_plugin_place (RnHost *host, const RnPlugin *plugin, guint line);

/* The line of init.lua where the function at INDEX, wrapped or not, begins; 0: it is not one of Lua's. */
guint rn_function_line (lua_State *L, int index);

#endif
