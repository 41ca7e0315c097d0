/*
 * layouts.c - a layout's name -> Lua functions, compiled when first used.
 *
 * In: layouts/, plugins/<plugin>/layouts/ and their partials. Out: a body and a table of blocks, of the layout and all that it extends. Invariant: each file is read and
 * compiled once a host; one that cannot be is told the same way each time.
 */
#include "base/path.h"
#include "base/text.h"
#include "base/words.h"
#include "script/host-int.h"

#include <string.h>

typedef struct {
	char    *file;
	gboolean loading;
	gboolean bounded;          /* it, all that it extends and includes */
	int      body, blocks;     /* registry; body LUA_NOREF: not compiled */
	GError  *fault;
} Layout;

static void layout_free (gpointer data)
{
	Layout *layout = data;
	g_free (layout->file);
	g_clear_error (&layout->fault);
	g_free (layout);
}

void rn_layouts_init (RnHost *host)
{
	host->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, layout_free);
	host->literals = g_ptr_array_new_with_free_func (rn_literal_free);
	g_ptr_array_add (host->literals, rn_literal_new ("", 0)); /* number 0: nothing */
}

char *rn_layout_file (const char *name, gboolean partial)
{
	const char *colon = strchr (name, ':'), *folder = partial ? "partials/" : "";
	if (colon != NULL)
		return g_strdup_printf ("plugins/%.*s/layouts/%s%s.html", (int) (colon - name), name, folder, colon + 1);
	return g_strdup_printf ("layouts/%s%s.html", folder, name);
}

static Layout *load (RnHost *host, const char *name, gboolean partial, GError **error);

/* Behind the message, so that it still begins with the place of the fault; where it has none, that is the line which names what is not there. */
static void name_user (GError **error, const char *file, guint line)
{
	if (error == NULL || *error == NULL)
		return;
	const char *message = (*error)->message;
	char *longer = rn_sandbox_has_place (message) ? g_strdup_printf ("%s (used by %s)", message, file) : g_strdup_printf ("%s:%u: %s", file, line, message);
	g_free ((*error)->message);
	(*error)->message = longer;
}

static gboolean read_file (RnHost *host, const char *name, const char *file, gboolean partial, GString *source, GError **error)
{
	g_autoptr (GError) local = NULL;
	if (rn_path_check (file) == RN_PATH_FINE && rn_site_read (host->site, file, source, &local)) {
		gssize invalid = rn_text_invalid_at (source->str, (gssize) source->len);
		if (invalid < 0)
			return TRUE;
		guint line, col;
		rn_text_position (source->str, source->len, (gsize) invalid, &line, &col);
		rn_template_fault (error, file, line, "the file is not valid UTF-8");
		return FALSE;
	}
	if (local != NULL && !g_error_matches (local, RN_TREE_ERROR, RN_TREE_ERROR_MISSING)) {
		g_set_error (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_RUN, "%s: %s", file, local->message);
		return FALSE;
	}
	g_set_error (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_MISSING, _("there is no %s '%s' (%s)"), partial ? "partial" : "layout", name, file);
	return FALSE;
}

/* What layouts use most is handed to them, so that it need not be looked up; as the head of template_emit.c has it. */
static const char *const direct_names[] = { "site", "t", "each", "date", "icon", NULL };

/* Runs a unit's chunk, which gives its function; that is left on the stack. SUPER and INCLUDES are stack indices. */
static gboolean open_unit (RnHost *host, const char *file, const RnUnit *unit, int super, int includes, GError **error)
{
	lua_State *L = host->box.L;
	g_autofree char *chunk = g_strconcat ("@", file, NULL);
	RnStop stop;
	if (luaL_loadbufferx (L, unit->code->str, unit->code->len, chunk, "t") != LUA_OK) {
		const char *message = lua_tostring (L, -1), *line = strchr (message, ':');
		/* Lua shortens long names; ours goes before its line. What is nested too deep is told without one. */
		g_set_error (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_SYNTAX, "%s%s%s", file, line != NULL ? "" : ":1: ", line != NULL ? line : message);
		lua_pop (L, 1);
		return FALSE;
	}
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->environment);
	if (lua_setupvalue (L, -2, 1) == NULL)
		lua_pop (L, 1);
	for (int i = 0; i < RN_OUTPUT_FUNCTIONS; i++)
		lua_pushcfunction (L, rn_output_functions[i]);
	lua_pushvalue (L, super);
	lua_pushvalue (L, includes);
	lua_rawgeti (L, LUA_REGISTRYINDEX, host->base);
	int base = lua_gettop (L), n = 0;
	for (; direct_names[n] != NULL; n++)
		lua_getfield (L, base, direct_names[n]);
	lua_remove (L, base);
	if (rn_sandbox_call (&host->box, RN_OUTPUT_FUNCTIONS + 2 + n, 1, &stop))
		return TRUE;
	g_set_error (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_RUN, "%s: %s", file, lua_tostring (L, -1));
	lua_pop (L, 1);
	return FALSE;
}

static gboolean load_includes (RnHost *host, Layout *layout, const RnTemplate *template, int table, GError **error)
{
	lua_State *L = host->box.L;
	for (guint i = 0; i < template->includes->len; i++) {
		const Layout *partial = load (host, template->includes->pdata[i], TRUE, error);
		if (partial == NULL) {
			name_user (error, template->file, g_array_index (template->include_lines, guint, i));
			return FALSE;
		}
		layout->bounded = layout->bounded && partial->bounded;
		lua_rawgeti (L, LUA_REGISTRYINDEX, partial->body);
		lua_rawseti (L, table, (int) i + 1);
	}
	return TRUE;
}

/* Copies the blocks of the layout that this one extends, then opens its own over them. */
static gboolean link_units (RnHost *host, Layout *layout, const RnTemplate *template, const Layout *parent, GError **error)
{
	lua_State *L = host->box.L;
	int base = lua_gettop (L), super = base + 1, blocks = base + 2, includes = base + 3;
	lua_newtable (L);
	lua_newtable (L);
	lua_newtable (L);
	if (parent != NULL) {
		lua_rawgeti (L, LUA_REGISTRYINDEX, parent->blocks);
		lua_pushnil (L);
		while (lua_next (L, -2)) {
			lua_pushvalue (L, -2);
			lua_pushvalue (L, -2);
			lua_rawset (L, super);
			lua_pushvalue (L, -2);
			lua_insert (L, -2);
			lua_rawset (L, blocks);
		}
		lua_pop (L, 1);
		lua_rawgeti (L, LUA_REGISTRYINDEX, parent->body);
		layout->body = luaL_ref (L, LUA_REGISTRYINDEX);
	}
	gboolean fine = load_includes (host, layout, template, includes, error);
	for (guint i = 0; fine && i < template->units->len; i++) {
		const RnUnit *unit = &g_array_index (template->units, RnUnit, i);
		fine = open_unit (host, layout->file, unit, super, includes, error);
		if (fine && unit->name != NULL)
			lua_setfield (L, blocks, unit->name);
		else if (fine)
			layout->body = luaL_ref (L, LUA_REGISTRYINDEX);
	}
	lua_pushvalue (L, blocks);
	layout->blocks = luaL_ref (L, LUA_REGISTRYINDEX);
	lua_settop (L, base);
	return fine;
}

static gboolean compile (RnHost *host, Layout *layout, const char *name, gboolean partial, GError **error)
{
	g_autoptr (GString) source = g_string_new (NULL);
	if (!read_file (host, name, layout->file, partial, source, error))
		return FALSE;
	RnTemplate *template = rn_template_compile (layout->file, source->str, source->len, partial, host->literals, error);
	if (template == NULL)
		return FALSE;
	const Layout *parent = NULL;
	gboolean fine = TRUE;
	layout->bounded = template->bounded;
	if (template->extends != NULL) {
		parent = load (host, template->extends, FALSE, error);
		fine = parent != NULL;
		if (!fine)
			name_user (error, layout->file, template->extends_line);
		else
			layout->bounded = layout->bounded && parent->bounded;
	}
	fine = fine && link_units (host, layout, template, parent, error);
	rn_template_free (template);
	return fine;
}

static Layout *load (RnHost *host, const char *name, gboolean partial, GError **error)
{
	g_autofree char *file = rn_layout_file (name, partial);
	Layout *layout = g_hash_table_lookup (host->layouts, file);
	if (layout == NULL) {
		layout = g_new0 (Layout, 1);
		layout->file = g_steal_pointer (&file);
		layout->body = layout->blocks = LUA_NOREF;
		layout->loading = TRUE;
		g_hash_table_insert (host->layouts, layout->file, layout);
		compile (host, layout, name, partial, &layout->fault);
		layout->loading = FALSE;
	} else if (layout->loading) {
		g_set_error (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_SYNTAX, _("'%s' leads back to itself by {%% %s %%}"), name, partial ? "include" : "extends");
		return NULL;
	}
	if (layout->fault == NULL)
		return layout;
	if (error != NULL)
		*error = g_error_copy (layout->fault);
	return NULL;
}

gboolean rn_layouts_push (RnHost *host, const char *name, GError **error)
{
	const Layout *layout = load (host, name, FALSE, error);
	if (layout == NULL)
		return FALSE;
	host->box.bounded = layout->bounded;
	lua_rawgeti (host->box.L, LUA_REGISTRYINDEX, layout->body);
	lua_rawgeti (host->box.L, LUA_REGISTRYINDEX, layout->blocks);
	return TRUE;
}

gboolean rn_host_has_layout (RnHost *host, const char *layout)
{
	g_autofree char *file = rn_layout_file (layout, FALSE);
	g_autoptr (GString) source = g_string_new (NULL);
	if (g_hash_table_contains (host->layouts, file))
		return !g_error_matches (((Layout *) g_hash_table_lookup (host->layouts, file))->fault, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_MISSING);
	return rn_path_check (file) == RN_PATH_FINE && rn_site_read (host->site, file, source, NULL);
}
