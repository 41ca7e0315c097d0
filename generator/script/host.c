/*
 * host.c - one worker's Lua state, and a page rendered in it.
 *
 * In: the frozen library, a page, its body as HTML. Out: the page by its layout. Invariant: what a render leaves behind is only what is the same for every page (compiled layouts,
 * icons, cached pieces), so that pages may be rendered in any order, by any host.
 */
#include "base/text.h"
#include "base/words.h"
#include "script/host-int.h"

#include <stdlib.h>
#include <string.h>

#define OUT_LIMIT ((gsize) 64 << 20)

G_DEFINE_QUARK (rn-script-error-quark, rn_script_error)

static void string_free (gpointer string)
{
	g_string_free (string, TRUE);
}

static void capture_clear (gpointer capture)
{
	g_free (((RnCapture *) capture)->key);
}

static int compare_names (gconstpointer a, gconstpointer b)
{
	return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A name that nothing has: most often a slip of the pen. */
static int unknown_name (lua_State *L)
{
	const char *name = luaL_tolstring (L, 2, NULL), *nearest = NULL;
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	lua_pushnil (L);
	while (lua_next (L, 1)) {
		lua_pop (L, 1);
		if (lua_type (L, -1) == LUA_TSTRING)
			g_ptr_array_add (names, (gpointer) lua_tostring (L, -1));
	}
	g_ptr_array_sort (names, compare_names); /* which of two equally near ones must not depend on hashing */
	g_ptr_array_add (names, NULL);
	nearest = rn_text_nearest (name, (const char *const *) names->pdata);
	g_clear_pointer (&names, g_ptr_array_unref);
	if (nearest != NULL)
		return luaL_error (L, "there is no '%s' here; did you mean '%s'?", name, nearest);
	return luaL_error (L, "there is no '%s' here", name);
}

/* What all scripts may call; below it a layer that tells of unknown names, above it one that cannot be written. */
static void make_environment (RnHost *host)
{
	lua_State *L = host->box.L;
	rn_sandbox_push_library (L);
	rn_values_init (host);
	rn_output_init (L);
	luaL_setfuncs (L, rn_text_functions, 0);
	luaL_setfuncs (L, rn_list_functions, 0);
	luaL_setfuncs (L, rn_place_functions, 0);
	luaL_setfuncs (L, rn_value_functions, 0);
	luaL_setfuncs (L, rn_data_functions, 0);
	rn_svg_push (L);
	lua_setfield (L, -2, "svg");
	rn_push_tagged (L, host->site, RN_TAG_SITE);
	lua_setfield (L, -2, "site");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "page");
	lua_createtable (L, 0, 2);
	lua_pushcfunction (L, unknown_name);
	lua_setfield (L, -2, "__index");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	lua_setmetatable (L, -2);
	lua_pushvalue (L, -1);
	host->base = luaL_ref (L, LUA_REGISTRYINDEX);
	rn_sandbox_read_only (L, "what layouts see");
	host->environment = luaL_ref (L, LUA_REGISTRYINDEX);
	host->memo = host->files = LUA_NOREF;
}

static int open_state (lua_State *L)
{
	make_environment (rn_host_of (L));
	return 0;
}

/* HOST is zeroed. */
static void host_open (RnHost *host, RnLibrary *library, const RnHostOptions *options, RnDiagnostics *sink)
{
	host->library = library;
	host->site = rn_library_site (library);
	host->sink = sink;
	host->options = options != NULL ? *options : (RnHostOptions) { 0 };
	host->language = host->site->languages[0];
	const RnValue *script = rn_value_get (host->site->config, "script");
	gint64 instructions = CLAMP (rn_value_int (rn_value_get (script, "instructions"), 50000000), 100000, G_GINT64_CONSTANT (100000000000));
	gint64 mebibytes = CLAMP (rn_value_int (rn_value_get (script, "memory"), 64), 8, 4096);
	host->box.instructions = host->options.instructions != 0 ? host->options.instructions : (guint64) instructions;
	host->box.memory_limit = host->options.memory != 0 ? host->options.memory : (gsize) mebibytes << 20;
	/* What one plugin may hold more than others, it takes from none of them. */
	const gsize each = host->box.memory_limit;
	for (guint i = 0; i < host->site->n_plugins; i++)
		host->box.memory_limit += MAX (host->site->plugins[i].memory, each) - each;
	host->box.beside = host->site->n_plugins > 0 ? each : 0;
	host->out_limit = OUT_LIMIT;
	host->address = g_string_new (NULL);
	host->scratch = g_string_new (NULL);
	host->scratch2 = g_string_new (NULL);
	host->up = g_string_new (NULL);
	host->captures = g_array_new (FALSE, FALSE, sizeof (RnCapture));
	g_array_set_clear_func (host->captures, capture_clear);
	host->twins = g_new0 (RnTwin, host->site->n_languages);
	host->cached = g_hash_table_new_full (rn_piece_key_hash, rn_piece_key_equal, g_free, string_free);
	host->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, string_free);
	host->plugins = g_ptr_array_new ();
	host->place_files = g_ptr_array_new_with_free_func (g_free);
	host->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	host->schemes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	rn_layouts_init (host);
	if (!rn_sandbox_open (&host->box))
		g_error ("the memory limit is too small for an empty script");
	lua_pushcfunction (host->box.L, open_state);
	if (lua_pcall (host->box.L, 0, 0, 0) != LUA_OK)
		g_error ("the script host did not start: %s", lua_tostring (host->box.L, -1));
}

static void host_close (RnHost *host)
{
	rn_sandbox_close (&host->box);
	for (guint i = 0; i < host->plugins->len; i++) {
		RnPlugin *plugin = host->plugins->pdata[i];
		g_free (plugin->name);
		g_clear_pointer (&plugin->needs, g_ptr_array_unref);
		g_free (plugin);
	}
	g_ptr_array_unref (host->plugins);
	g_ptr_array_unref (host->place_files);
	g_hash_table_unref (host->blocks);
	g_hash_table_unref (host->schemes);
	g_ptr_array_unref (host->literals);
	g_hash_table_unref (host->layouts);
	g_hash_table_unref (host->cached);
	g_hash_table_unref (host->icons);
	g_array_unref (host->captures);
	g_free (host->twins);
	g_string_free (host->address, TRUE);
	g_string_free (host->scratch, TRUE);
	g_string_free (host->scratch2, TRUE);
	g_string_free (host->up, TRUE);
}

RnHost *rn_host_new (RnLibrary *library, const RnHostOptions *options, RnDiagnostics *sink)
{
	RnHost *host = g_new0 (RnHost, 1);
	host_open (host, library, options, sink);
	return host;
}

void rn_host_free (RnHost *host)
{
	if (host == NULL)
		return;
	host_close (host);
	g_free (host);
}

gboolean rn_host_again (const RnHost *host, RnStop stop)
{
	return stop != RN_STOP_NONE && host->calls > 1 && host->box.depth == 0 && host->render == NULL;
}

static void open_anew (RnHost *host)
{
	const RnHostOptions options = host->options;
	RnLibrary *library = host->library;
	RnDiagnostics *sink = host->sink;
	host_close (host);
	memset (host, 0, sizeof *host);
	host_open (host, library, &options, sink);
	rn_host_load_plugins (host);
}

gboolean rn_host_renew (RnHost *host, RnStop stop)
{
	const gboolean again = rn_host_again (host, stop);
	if (stop == RN_STOP_NONE || host->box.depth > 0 || host->render != NULL || host->plugins->len == 0)
		return FALSE;
	open_anew (host);
	return again;
}

void rn_host_relieve (RnHost *host)
{
	const gsize most = host->box.loaded + host->box.memory_limit / 8;
	if (host->box.memory > most)
		lua_gc (host->box.L, LUA_GCCOLLECT);
	if (host->box.memory > most)
		open_anew (host);
}

static int prepare (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->base);
	rn_push_page (L, host->page);
	lua_setfield (L, -2, "page");
	/* The page's own random numbers: the same whoever renders it, and after whichever page. */
	lua_getfield (L, LUA_REGISTRYINDEX, "rn.randomseed");
	lua_pushinteger (L, (lua_Integer) g_str_hash (host->page->url));
	lua_call (L, 1, 0);
	G_STATIC_ASSERT (2 * RN_F_COUNT <= G_MAXUINT8);
	if (host->memo == LUA_NOREF) {
		lua_createtable (L, 2 * RN_F_COUNT, 0);
		host->memo = luaL_ref (L, LUA_REGISTRYINDEX);
	}
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->memo);
	while (host->n_memo_used > 0) {
		lua_pushnil (L);
		lua_rawseti (L, -2, host->memo_used[--host->n_memo_used] + 1);
	}
	return 0;
}

static void enter_page (RnHost *host, const RnPage *page)
{
	host->page = page;
	host->language = page->language != NULL ? page->language : host->site->languages[0];
	g_array_set_size (host->captures, 0);
	rn_twins_enter (host, page);
	g_string_truncate (host->up, 0);
	/* A page that stands in for whatever is missing is shown at any depth. */
	host->rooted = page->kind == RN_PAGE_NOT_FOUND;
	if (host->rooted) {
		const char *base = host->site->base_url, *server = base != NULL ? strstr (base, "://") : NULL, *path = server != NULL ? strchr (server + 3, '/') : NULL;
		g_string_append (host->up, path != NULL ? path : "");
		if (host->up->len == 0 || host->up->str[host->up->len - 1] != '/')
			g_string_append_c (host->up, '/');
		return;
	}
	for (const char *p = strchr (page->url + 1, '/'); p != NULL; p = strchr (p + 1, '/'))
		g_string_append_len (host->up, "../", 3);
}

gboolean rn_host_enter (RnHost *host, const RnPage *page, RnStop *stop)
{
	enter_page (host, page);
	lua_pushcfunction (host->box.L, prepare);
	return rn_sandbox_call (&host->box, 0, 0, stop);
}

void rn_host_leave (RnHost *host)
{
	lua_State *L = host->box.L;
	host->page = NULL;
	host->language = host->site->languages[0];
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->base);
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "page");
	lua_pop (L, 1);
}

static void set_error (RnHost *host, RnStop stop, GError **error)
{
	const char *message = lua_tostring (host->box.L, -1);
	g_set_error_literal (error, RN_SCRIPT_ERROR, stop != RN_STOP_NONE ? RN_SCRIPT_ERROR_BUDGET : RN_SCRIPT_ERROR_RUN,
	                     message != NULL ? message : _("an error without words"));
	lua_pop (host->box.L, 1);
}

/* Arguments: the layout's body, its blocks. */
static int render (lua_State *L)
{
	prepare (L);
	lua_settop (L, 2);
	lua_pushnil (L); /* it */
	rn_push_page (L, rn_host_of (L)->page);
	lua_call (L, 3, 0);
	return 0;
}

static gboolean render_once (RnHost *host, const char *layout, const RnRender *what, GString *out, RnStop *stop, GError **error)
{
	lua_State *L = host->box.L;
	gsize begin = out->len;
	host->calls++;
	if (!rn_layouts_push (host, layout, error))
		return FALSE;
	host->render = what;
	host->pictures = 0;
	host->out = out;
	host->out_limit = begin + OUT_LIMIT;
	host->box.owner = NULL;
	enter_page (host, what->page);
	lua_pushcfunction (L, render);
	lua_insert (L, 1);
	gboolean fine = rn_sandbox_call (&host->box, 2, 0, stop);
	if (!fine) {
		set_error (host, *stop, error);
		g_string_truncate (out, begin);
	}
	lua_settop (L, 0);
	host->render = NULL;
	host->out = NULL;
	g_array_set_size (host->captures, 0);
	return fine;
}

gboolean rn_host_render (RnHost *host, const char *layout, const RnRender *what, GString *out, GError **error)
{
	g_autoptr (GError) local = NULL;
	RnStop stop = RN_STOP_NONE;
	if (render_once (host, layout, what, out, &stop, &local))
		return TRUE;
	if (rn_host_renew (host, stop)) {
		g_clear_error (&local);
		stop = RN_STOP_NONE;
		if (render_once (host, layout, what, out, &stop, &local))
			return TRUE;
		rn_host_renew (host, stop);
	}
	g_propagate_error (error, g_steal_pointer (&local));
	return FALSE;
}

const char *rn_host_keep (RnHost *host, const char *name)
{
	return host->sink != NULL ? rn_diagnostics_intern (host->sink, name) : rn_arena_strndup (rn_library_arena (host->library), name, -1);
}

RnPlace rn_host_error_place (RnHost *host, const GError *error, const char **message)
{
	const char *text = error->message, *colon = text;
	if (message != NULL)
		*message = text;
	while ((colon = strchr (colon, ':')) != NULL) {
		char *end;
		guint64 line = g_ascii_strtoull (colon + 1, &end, 10);
		if (end > colon + 1 && *end == ':' && memchr (text, ' ', (gsize) (colon - text)) == NULL) {
			g_autofree char *file = g_strndup (text, (gsize) (colon - text));
			if (message != NULL)
				*message = end[1] == ' ' ? end + 2 : end + 1;
			return RN_PLACE (host->sink != NULL ? rn_diagnostics_intern (host->sink, file) : NULL, line, 0);
		}
		colon++;
	}
	return RN_PLACE (NULL, 0, 0);
}
