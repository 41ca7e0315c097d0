/*
 * hooks_files.c - files and feeds of plugins.
 *
 * In: the frozen library. Out: what model/added.h keeps, for links and for the press. Invariant: a path is plain letters below the site's root with an ending that no browser runs; run
 * once, in one host, before the first page is made.
 */
#include "base/path.h"
#include "base/text.h"
#include "markdown/sanitize.h"
#include "model/added.h"
#include "script/hooks-int.h"

#include <string.h>

typedef struct {
	const char *what;                        /* "file", "feed" */
	const char *const *keys;
	void (*add) (lua_State *L, RnHost *host, int table, const char *name, RnPlace where);
} Kind;

/* Pushes the text KEY of the table. NULL: not given. */
static const char *push_text (lua_State *L, int table, const char *name, const char *key, gboolean required)
{
	int type = lua_getfield (L, table, key);
	if (type != LUA_TSTRING && (required || type != LUA_TNIL))
		luaL_error (L, "%s: '%s' must be a text, not %s", name, key, type == LUA_TNIL ? "missing" : luaL_typename (L, -1));
	return type == LUA_TSTRING ? rn_check_text (L, -1, NULL, "%s: '%s'", name, key) : NULL;
}

/* Pushes the address that `path` is. Servers and phones take such names as they are. */
static const char *push_url (lua_State *L, int table, const char *name, const char *const *endings)
{
	const char *path = push_text (L, table, name, "path", TRUE), *ending = strrchr (path, '.');
	RnPathFault fault = rn_path_check (path);
	if (fault != RN_PATH_FINE)
		luaL_error (L, "%s: '%s' is not a path inside the site: %s", name, path, rn_path_fault_text (fault));
	for (const char *p = path; *p != '\0'; p++)
		if (!g_ascii_isalnum (*p) && strchr ("-_./", *p) == NULL)
			luaL_error (L, "%s: in the path '%s' are other signs than a-z, 0-9, '-', '_', '.': slug() makes such names", name, path);
	if (*path == '.' || strstr (path, "/.") != NULL)
		luaL_error (L, "%s: in the path '%s' a name begins with a dot, which hides it", name, path);
	if (ending == NULL || !g_strv_contains (endings, ending + 1)) {
		luaL_Buffer list;
		luaL_buffinit (L, &list);
		for (int i = 0; endings[i] != NULL; i++) {
			luaL_addstring (&list, i > 0 ? " ." : ".");
			luaL_addstring (&list, endings[i]);
		}
		luaL_pushresult (&list);
		luaL_error (L, "%s: the path '%s' must end in one of %s", name, path, lua_tostring (L, -1));
	}
	return lua_pushfstring (L, "/%s", path);
}

static void check_keys (lua_State *L, int table, const char *name, const char *const *keys)
{
	lua_pushnil (L);
	while (lua_next (L, table)) {
		lua_pop (L, 1);
		const char *key = lua_type (L, -1) == LUA_TSTRING ? lua_tostring (L, -1) : "a number";
		if (!g_strv_contains (keys, key)) {
			const char *nearest = rn_text_nearest (key, keys);
			luaL_error (L, "%s: '%s' means nothing%s%s%s", name, key, nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
		}
	}
}

/* --- files ---------------------------------------------------------------------------------------- */

/* Cleaned: whoever opens it has it run in the site's name. */
static void add_drawing (lua_State *L, RnHost *host, const char *name, const char *url, const char *body, gsize len, RnPlace where)
{
	char what[32] = "";
	GString *clean = g_string_sized_new (len + 64);
	gboolean fine = rn_sanitize_svg_alone (body, len, clean, what);
	if (fine)
		rn_library_add_file (host->library, url, clean->str, clean->len, where);
	g_string_free (clean, TRUE);
	if (!fine)
		luaL_error (L, "%s: 'body' of '%s' is not an SVG picture", name, url);
}

static void add_file (lua_State *L, RnHost *host, int table, const char *name, RnPlace where)
{
	static const char *const endings[] = { "csv", "ics", "json", "svg", "txt", "vcf", NULL };
	const char *url = push_url (L, table, name, endings), *body;
	size_t len;
	lua_getfield (L, table, "body");
	const RnSafe *safe = rn_to_safe (L, -1);
	if (safe != NULL) {
		body = safe->text;
		len = safe->len;
	} else {
		body = push_text (L, table, name, "body", TRUE);
		len = lua_rawlen (L, -1);
	}
	rn_sandbox_spend (L, 500 + len / 4);
	if (g_str_has_suffix (url, ".svg"))
		add_drawing (L, host, name, url, body, len, where);
	else
		rn_library_add_file (host->library, url, body, len, where);
}

/* --- feeds ---------------------------------------------------------------------------------------- */

/* The page on the stack's top, or the one with that key; NULL: it is not to be seen now. */
static const RnPage *page_of (lua_State *L, const RnHost *host, const RnLanguage *language, const char *name)
{
	const RnPage *page = rn_to_page (L, -1);
	const char *key = lua_type (L, -1) == LUA_TSTRING ? lua_tostring (L, -1) : NULL;
	if (page == NULL && key == NULL)
		luaL_error (L, "%s: among its pages is a %s, not a page or a key", name, luaL_typename (L, -1));
	if (page == NULL)
		page = rn_library_page (host->library, language, key);
	if (page == NULL && rn_library_hidden (host->library, language, key) == NULL) {
		const char *nearest = rn_library_nearest (host->library, language, key);
		luaL_error (L, "%s: there is no page '%s'%s%s%s", name, key, nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
	}
	if (page != NULL && page->language != language)
		luaL_error (L, "%s: the page %s is in '%s', the feed in '%s'", name, page->url, page->language->code, language->code);
	return page;
}

/* Pushes an array of the pages in the list `pages`. */
static const RnPage **push_pages (lua_State *L, const RnHost *host, int table, const RnLanguage *language, const char *name, guint *n)
{
	lua_getfield (L, table, "pages");
	int list = lua_gettop (L);
	lua_Integer length = rn_list_length (L, list);
	if (length < 0)
		luaL_error (L, "%s: 'pages' must be a list of pages or keys, not %s", name, lua_isnil (L, list) ? "missing" : luaL_typename (L, list));
	rn_sandbox_spend (L, (guint64) length * 20);
	const RnPage **pages = lua_newuserdatauv (L, sizeof *pages * (size_t) (length + 1), 0);
	*n = 0;
	for (lua_Integer i = 1; i <= length; i++) {
		rn_list_push (L, list, i);
		const RnPage *page = page_of (L, host, language, name);
		if (page != NULL)
			pages[(*n)++] = page;
		lua_pop (L, 1);
	}
	return pages;
}

static void add_feed (lua_State *L, RnHost *host, int table, const char *name, RnPlace where)
{
	static const char *const endings[] = { "xml", NULL };
	guint n;
	RnAddedFeed feed = { .url = push_url (L, table, name, endings), .title = push_text (L, table, name, "title", TRUE) };
	const char *code = push_text (L, table, name, "lang", TRUE);
	feed.language = rn_site_language (host->site, code);
	if (feed.language == NULL)
		luaL_error (L, "%s: '%s' is not one of the site's languages", name, code);
	if (lua_getfield (L, table, "page") != LUA_TNIL)
		feed.page = page_of (L, host, feed.language, name);
	const RnPage **pages = push_pages (L, host, table, feed.language, name, &n);
	rn_sandbox_spend (L, 500 + n * 20);
	rn_library_add_feed (host->library, &feed, (RnPage *const *) pages, n, where);
}

/* --- both ----------------------------------------------------------------------------------------- */

/* The hook is the only thing on the stack. */
static int run (lua_State *L, const Kind *kind)
{
	RnHost *host = rn_host_of (L);
	const RnPlugin *plugin = rn_plugin_of (L);
	g_autofree char *file = g_strdup_printf ("plugins/%s/init.lua", plugin->name);
	RnPlace where = RN_PLACE (host->sink != NULL ? rn_diagnostics_intern (host->sink, file) : NULL, rn_function_line (L, 1), 1);
	g_clear_pointer (&file, g_free);
	rn_push_tagged (L, host->site, RN_TAG_SITE);
	lua_call (L, 1, 1);
	if (lua_isnil (L, 1))
		return 0;
	if (!lua_istable (L, 1))
		return luaL_error (L, "it must return a list of %ss or nil, not a %s", kind->what, luaL_typename (L, 1));
	lua_Integer n = luaL_len (L, 1);
	if (n == 0 && lua_getfield (L, 1, "path") != LUA_TNIL)
		return luaL_error (L, "it must return a list of %ss: { { path = …, … } }", kind->what);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_settop (L, 1);
		const char *name = lua_pushfstring (L, "%s %d", kind->what, (int) i);
		if (lua_geti (L, 1, i) != LUA_TTABLE)
			return luaL_error (L, "%s is a %s, not a table", name, luaL_typename (L, -1));
		check_keys (L, 3, name, kind->keys);
		kind->add (L, host, 3, name, where);
	}
	return 0;
}

static int run_files (lua_State *L)
{
	static const char *const keys[] = { "path", "body", NULL };
	return run (L, &(Kind) { "file", keys, add_file });
}

static int run_feeds (lua_State *L)
{
	static const char *const keys[] = { "path", "lang", "title", "pages", "page", NULL };
	return run (L, &(Kind) { "feed", keys, add_feed });
}

void rn_host_run_files (RnHost *host)
{
	rn_plugins_run (host, "files", run_files);
	rn_plugins_run (host, "feeds", run_feeds);
}
