/*
 * files.c - the site's files for plugins: site.has, site.read, site.yaml, site.table, site.json, site.csv.
 *
 * In: a path in content/ or in the plugin's own folder. Out: text, or new tables. Invariant: nothing outside of these two is read, whatever the path says; errors name the file.
 */
#include "base/path.h"
#include "model/tables.h"
#include "script/host-int.h"

#include <string.h>

#define MAX_BYTES ((gsize) 8 << 20)

/* Pushes the name in the site of the file that argument 1 names. NULL: there is none; else the tree that has it, and its number there. */
static RnTree *find_file (lua_State *L, gint *index)
{
	const RnHost *host = rn_host_of (L);
	const RnSite *site = host->site;
	const RnPlugin *plugin = host->box.owner;
	const char *path = luaL_checkstring (L, 1), *own = lua_pushfstring (L, "plugins/%s/", plugin != NULL ? plugin->name : "\n");
	const gboolean is_own = g_str_has_prefix (path, own), has_content = *site->content != '\0' && g_str_has_prefix (path, site->content);
	lua_pop (L, 1);
	*index = -1;
	const char *name = lua_pushfstring (L, "%s%s", is_own || has_content ? "" : site->content, path);
	for (guint i = 0; i < 1 + (guint) is_own && rn_path_check (path) == RN_PATH_FINE; i++) {
		RnTree *tree = i > 0 ? site->shipped : site->tree;
		*index = tree != NULL ? rn_tree_find (tree, name) : -1;
		if (*index >= 0)
			return tree;
	}
	return NULL;
}

/* Pushes and gives the name in the site of the file that argument 1 names, which must be there. */
static const char *want_file (lua_State *L, RnTree **tree, gint *index)
{
	const char *path = luaL_checkstring (L, 1);
	const RnPathFault fault = rn_path_check (path);
	if (fault != RN_PATH_FINE)
		luaL_error (L, "'%s' is not a path inside the site: %s", path, rn_path_fault_text (fault));
	*tree = find_file (L, index);
	const char *name = lua_tostring (L, -1);
	if (*tree == NULL)
		luaL_error (L, "the file '%s' cannot be read: there is no such file in the content or in the plugin's folder", name);
	return name;
}

/* Raises ERROR, which it frees. */
static void raise_unread (lua_State *L, const char *name, GError *error)
{
	lua_pushfstring (L, "the file '%s' cannot be read: %s", name, error->message);
	g_error_free (error);
	lua_error (L);
}

/* Reads the file that argument 1 names and pushes its text. Gives the name it has in the site, which stays on the stack. */
static const char *push_file (lua_State *L)
{
	RnTree *tree;
	gint index;
	const char *name = want_file (L, &tree, &index);
	GError *error = NULL;
	GString *text = g_string_new (NULL);
	const gboolean fine = rn_tree_read (tree, (guint) index, 0, MAX_BYTES, text, NULL, &error);
	if (fine)
		lua_pushlstring (L, text->str, text->len);
	g_string_free (text, TRUE);
	if (!fine)
		raise_unread (L, name, error);
	return name;
}

/* A path that leads nowhere in the site is that of no file. */
static int file_has (lua_State *L)
{
	gint index;
	lua_pushboolean (L, find_file (L, &index) != NULL);
	return 1;
}

static int file_read (lua_State *L)
{
	push_file (L);
	return 1;
}

static void push_copy (lua_State *L, const RnValue *value, guint file)
{
	luaL_checkstack (L, 6, NULL);
	if (value == NULL || (value->kind != RN_LIST && value->kind != RN_MAP)) {
		rn_push_value (L, value);
		return;
	}
	lua_newtable (L);
	rn_place_set (L, file, value->line, value->col);
	for (guint i = 0; i < value->n; i++) {
		push_copy (L, value->kind == RN_LIST ? value->items[i] : value->pairs[i].value, file);
		if (value->kind == RN_LIST)
			lua_rawseti (L, -2, (int) i + 1);
		else
			lua_setfield (L, -2, value->pairs[i].name);
	}
}

/* Pushes the value of the file that argument 1 names, new tables each time. Gives its name in the site, which stays on the stack. */
static const char *push_yaml (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	RnTree *tree;
	gint index;
	const char *name = want_file (L, &tree, &index);
	GError *error = NULL;
	const RnValue *value = rn_table_read (host->library, tree, (guint) index, MAX_BYTES, name, &error);
	if (error != NULL)
		raise_unread (L, name, error);
	if (value == NULL)
		luaL_error (L, "%s: the YAML cannot be read", name);
	push_copy (L, value, rn_place_file (host, name));
	return name;
}

static int file_yaml (lua_State *L)
{
	push_yaml (L);
	return 1;
}

/* Once for each plugin: the same table each time, which is under the plugin's address in the registry. */
static int file_table (lua_State *L)
{
	const void *plugin = rn_host_of (L)->box.owner;
	const char *path = luaL_checkstring (L, 1);
	gint index;
	lua_settop (L, 1);
	if (lua_rawgetp (L, LUA_REGISTRYINDEX, plugin) != LUA_TTABLE) {
		lua_newtable (L);
		lua_pushvalue (L, -1);
		lua_rawsetp (L, LUA_REGISTRYINDEX, plugin);
		lua_replace (L, 2);
	}
	lua_pushvalue (L, 1);
	if (lua_rawget (L, 2) == LUA_TTABLE)
		return 1;
	if (rn_path_check (path) == RN_PATH_FINE && find_file (L, &index) == NULL)
		return 0;
	const char *file = push_yaml (L);
	if (!lua_istable (L, -1))
		return luaL_error (L, "%s: a list or names with values are wanted, not a %s", file, luaL_typename (L, -1));
	lua_pushvalue (L, 1);
	lua_pushvalue (L, -2);
	lua_rawset (L, 2);
	return 1;
}

static int file_json (lua_State *L)
{
	size_t len;
	const char *file = push_file (L), *text = rn_check_text (L, -1, &len, "%s: the file", file);
	rn_json_push (L, file, text, len);
	return 1;
}

/* One field of RFC 4180 at *P, pushed. Gives the mark after it: the separator, '\n', or 0 at the end. */
static char push_cell (lua_State *L, const char **p, const char *end, char separator, const char *file, guint *line)
{
	luaL_Buffer buffer;
	const char *at = *p;
	luaL_buffinit (L, &buffer);
	if (at < end && *at == '"') {
		guint first = *line;
		for (at++;; at++) {
			if (at >= end)
				luaL_error (L, "%s:%d: a quote is not closed", file, (int) first);
			if (*at == '"' && (at + 1 >= end || at[1] != '"'))
				break;
			*line += *at == '\n';
			luaL_addchar (&buffer, *at);
			at += *at == '"';
		}
		at++;
		if (at < end && *at != separator && *at != '\n' && *at != '\r')
			luaL_error (L, "%s:%d: after a closing quote comes the next field or the line's end", file, (int) *line);
	} else {
		while (at < end && *at != separator && *at != '\n' && !(*at == '\r' && (at + 1 == end || at[1] == '\n')))
			luaL_addchar (&buffer, *at++);
	}
	luaL_pushresult (&buffer);
	if (at < end && *at == '\r')
		at++;
	char mark = at < end ? *at : '\0';
	*p = at < end ? at + 1 : at;
	return mark;
}

/* Pushes the list of a line's cells. */
static int push_row (lua_State *L, const char **p, const char *end, char separator, const char *file, guint *line)
{
	int n = 0;
	char mark;
	lua_newtable (L);
	do {
		mark = push_cell (L, p, end, separator, file, line);
		lua_rawseti (L, -2, ++n);
		rn_sandbox_spend (L, 8);
	} while (mark == separator && mark != '\0');
	*line += 1;
	return n;
}

static int file_csv (lua_State *L)
{
	size_t len;
	const char *file = push_file (L), *p = rn_check_text (L, -1, &len, "%s: the file", file), *end = p + len;
	if (len >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	gsize head = strcspn (p, "\n");
	char separator = memchr (p, ',', head) == NULL && memchr (p, ';', head) != NULL ? ';' : ',';
	guint line = 1, number = rn_place_file (rn_host_of (L), file);
	lua_newtable (L);
	int list = lua_gettop (L), header = list + 1, n = 0;
	if (p >= end)
		return 1;
	int columns = push_row (L, &p, end, separator, file, &line);
	while (p < end) {
		if (*p == '\n' || *p == '\r') {
			line += *p++ == '\n';
			continue;
		}
		guint first = line;
		int cells = push_row (L, &p, end, separator, file, &line);
		if (cells != columns)
			return luaL_error (L, "%s:%d: the line has %d fields, the first line %d", file, (int) first, cells, columns);
		lua_createtable (L, 0, columns + 1);
		rn_place_set (L, number, first, 1);
		for (int i = 1; i <= columns; i++) {
			lua_rawgeti (L, header, i);
			lua_rawgeti (L, header + 1, i);
			lua_rawset (L, -3);
		}
		lua_rawseti (L, list, ++n);
		lua_settop (L, header);
	}
	lua_settop (L, list);
	return 1;
}

void rn_files_push (RnHost *host)
{
	static const luaL_Reg functions[] = {
		{ "has", file_has }, { "read", file_read }, { "yaml", file_yaml }, { "table", file_table }, { "json", file_json }, { "csv", file_csv },
		{ "find", rn_file_find }, { NULL, NULL },
	};
	lua_State *L = host->box.L;
	if (host->files == LUA_NOREF) {
		luaL_newlib (L, functions);
		host->files = luaL_ref (L, LUA_REGISTRYINDEX);
	}
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->files);
}
