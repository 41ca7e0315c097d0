/*
 * files.c - the site's files for plugins: site.has, site.read, site.yaml, site.table, site.json, site.csv.
 *
 * In: a path in content/ or in the plugin's own folder. Out: text, or new tables. Invariant: nothing outside of these two is read, whatever the path says; errors name the file.
 */
#include "base/path.h"
#include "script/host-int.h"
#include "source/yaml.h"

#include <string.h>

#define MAX_BYTES ((gsize) 8 << 20)

/*
 * Reads the file that argument 1 names and pushes its text. Gives the name it has in the site, which stays on the stack. Where THERE is not NULL a file that does not exist is
 * no error, and makes it FALSE.
 */
static const char *push_file (lua_State *L, gboolean *there)
{
	RnHost *host = rn_host_of (L);
	const char *path = luaL_checkstring (L, 1);
	g_autofree char *own = host->plugin != NULL ? g_strdup_printf ("plugins/%s/", host->plugin->name) : g_strdup ("\n");
	g_autoptr (GString) text = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	RnPathFault fault = rn_path_check (path);
	gboolean fine = FALSE, has_content = *host->site->content != '\0' && g_str_has_prefix (path, host->site->content);
	if (fault != RN_PATH_FINE) {
		lua_pushfstring (L, "'%s' is not a path inside the site: %s", path, rn_path_fault_text (fault));
	} else if (g_str_has_prefix (path, own)) {
		lua_pushstring (L, path);
		fine = rn_site_read (host->site, path, text, &error) && text->len <= MAX_BYTES;
	} else {
		lua_pushfstring (L, "%s%s", has_content ? "" : host->site->content, path);
		gint index = rn_tree_find (host->site->tree, lua_tostring (L, -1));
		fine = index >= 0 && rn_tree_read (host->site->tree, (guint) index, 0, MAX_BYTES, text, NULL, &error);
	}
	const gboolean missing = !fine && fault == RN_PATH_FINE && (error != NULL ? g_error_matches (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING) : text->len <= MAX_BYTES);
	if (!fine && fault == RN_PATH_FINE)
		lua_pushfstring (L, "the file '%s' cannot be read: %s", lua_tostring (L, -1), error != NULL ? error->message :
		                 text->len > MAX_BYTES ? "it is too large" : "there is no such file in the content or in the plugin's folder");
	else if (fine)
		lua_pushlstring (L, text->str, text->len);
	g_clear_error (&error);
	g_clear_pointer (&own, g_free);
	g_string_free (g_steal_pointer (&text), TRUE);
	if (there != NULL)
		*there = !missing;
	if (!fine && !(missing && there != NULL))
		lua_error (L);
	return lua_tostring (L, -2);
}

/* A path that leads nowhere in the site is that of no file. */
static int file_has (lua_State *L)
{
	gboolean there = rn_path_check (luaL_checkstring (L, 1)) == RN_PATH_FINE;
	if (there)
		push_file (L, &there);
	lua_pushboolean (L, there);
	return 1;
}

static int file_read (lua_State *L)
{
	push_file (L, NULL);
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

/* Upvalues: the parsed value, its file. */
static int copy_value (lua_State *L)
{
	push_copy (L, lua_touserdata (L, lua_upvalueindex (1)), (guint) lua_tointeger (L, lua_upvalueindex (2)));
	return 1;
}

/* Replaces the text of FILE on the stack by its value. */
static void parse_yaml (lua_State *L, const char *file)
{
	RnHost *host = rn_host_of (L);
	size_t len;
	const char *text = lua_tolstring (L, -1, &len);
	RnArena *arena = rn_arena_new (0);
	const char *kept = host->sink != NULL ? rn_diagnostics_intern (host->sink, file) : file;
	const RnValue *value = rn_yaml_parse (arena, text, len, RN_PLACE (kept, 1, 1), host->sink);
	if (value == NULL) {
		rn_arena_free (arena);
		luaL_error (L, "%s: the YAML cannot be read", file);
	}
	/* Protected, so that the arena is freed when memory runs out halfway. */
	lua_pushlightuserdata (L, (void *) value);
	lua_pushinteger (L, rn_place_file (host, file));
	lua_pushcclosure (L, copy_value, 2);
	int status = lua_pcall (L, 0, 1, 0);
	rn_arena_free (arena);
	if (status != LUA_OK)
		lua_error (L);
	lua_replace (L, -2);
}

static int file_yaml (lua_State *L)
{
	parse_yaml (L, push_file (L, NULL));
	return 1;
}

/* Once for each plugin: the same table each time, which is under the plugin's address in the registry. */
static int file_table (lua_State *L)
{
	const void *plugin = rn_host_of (L)->plugin;
	gboolean there;
	luaL_checkstring (L, 1);
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
	const char *file = push_file (L, &there);
	if (!there)
		return 0;
	parse_yaml (L, file);
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
	const char *file = push_file (L, NULL), *text = rn_check_text (L, -1, &len, "%s: the file", file);
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
	const char *file = push_file (L, NULL), *p = rn_check_text (L, -1, &len, "%s: the file", file), *end = p + len;
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
		{ "has", file_has }, { "read", file_read }, { "yaml", file_yaml }, { "table", file_table }, { "json", file_json }, { "csv", file_csv }, { NULL, NULL },
	};
	lua_State *L = host->box.L;
	if (host->files == LUA_NOREF) {
		luaL_newlib (L, functions);
		host->files = luaL_ref (L, LUA_REGISTRYINDEX);
	}
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->files);
}
