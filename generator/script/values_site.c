/*
 * values_site.c - the site and the types for scripts, in the language of the page being made.
 *
 * In: the site. Out: its values as layouts/README.md names them. Invariant: as for pages: nil for what is not set.
 */
#include "script/host-int.h"

static void set_text (lua_State *L, const char *name, const char *text)
{
	lua_pushstring (L, text);
	lua_setfield (L, -2, name);
}

static void push_languages (lua_State *L, const RnHost *host)
{
	lua_createtable (L, (int) host->site->n_languages, 0);
	for (guint i = 0; i < host->site->n_languages; i++) {
		const RnLanguage *language = host->site->languages[i];
		lua_createtable (L, 0, 4);
		set_text (L, "code", language->code);
		set_text (L, "name", language->name);
		set_text (L, "dir", language->dir);
		rn_push_page (L, rn_library_home (host->library, language));
		lua_setfield (L, -2, "home");
		lua_rawseti (L, -2, (int) i + 1);
	}
}

static void push_hotlines (lua_State *L, const RnHost *host)
{
	const RnValue *list = rn_value_get (host->site->config, "hotlines");
	int n = 0;
	lua_newtable (L);
	for (guint i = 0; list != NULL && list->kind == RN_LIST && i < list->n; i++) {
		lua_createtable (L, 0, 2);
		rn_push_site_text (L, host, rn_value_get (list->items[i], "name"));
		lua_setfield (L, -2, "name");
		rn_push_value (L, rn_value_get (list->items[i], "phone"));
		lua_setfield (L, -2, "phone");
		lua_rawseti (L, -2, ++n);
	}
}

static void push_edition (lua_State *L, const RnHost *host)
{
	const char *commit = rn_tree_commit (host->site->tree);
	gint64 time = rn_library_edition_time (host->library);
	lua_createtable (L, 0, 2);
	if (commit != NULL) {
		lua_pushlstring (L, commit, 7);
		lua_setfield (L, -2, "commit");
	}
	if (time != 0) {
		lua_pushinteger (L, time);
		lua_setfield (L, -2, "date");
	}
}

static int index_made (lua_State *L, RnHost *host, int id)
{
	int slot = RN_F_COUNT + id;
	if (rn_memo_push (L, host, slot))
		return 1;
	switch (id) {
	case RN_F_languages: push_languages (L, host); break;
	case RN_F_hotlines: push_hotlines (L, host); break;
	case RN_F_edition: push_edition (L, host); break;
	case RN_F_audiences: rn_push_audiences (L, host, host->language, G_MAXUINT32); break;
	default: return -1;
	}
	rn_memo_keep (L, host, slot);
	return 1;
}

/* A site without a name of its own goes by its home page's. */
static void push_title (lua_State *L, const RnHost *host, const RnPage *home)
{
	const char *title = rn_site_text (host->site, host->site->title, host->language);
	lua_pushstring (L, title == NULL && home != NULL ? home->title : title);
}

int rn_site_index (lua_State *L, RnHost *host, int id)
{
	const RnSite *site = host->site;
	const RnPage *home = rn_library_home (host->library, host->language);
	switch (id) {
	case RN_F_title: push_title (L, host, home); return 1;
	case RN_F_description: rn_push_site_text (L, host, rn_value_get (site->config, "description")); return 1;
	case RN_F_footer: rn_push_site_text (L, host, rn_value_get (site->config, "footer")); return 1;
	case RN_F_base_url: lua_pushstring (L, site->base_url); return 1;
	case RN_F_sections:
		if (home != NULL)
			rn_push_pages (L, &home->sections);
		else
			lua_newtable (L);
		return 1;
	case RN_F_home: rn_push_page (L, home); return 1;
	case RN_F_tags: rn_push_page (L, rn_library_page (host->library, host->language, "tags")); return 1;
	case RN_F_config: rn_push_value (L, site->config); return 1;
	case RN_F_profile: lua_pushstring (L, site->counsellor ? "counsellor" : "public"); return 1;
	case RN_F_unlisted: lua_pushboolean (L, site->unlisted); return 1;
	case RN_F_search: {
		const RnPage *search = rn_library_page (host->library, host->language, "search");
		rn_push_page (L, search != NULL && search->kind == RN_PAGE_SEARCH ? search : NULL);
		return 1;
	}
	case RN_F_now:
		/* The day alone, and for plugins alone: else no build could be known to be the same as the one before. */
		if (host->box.owner == NULL)
			return luaL_error (L, "site.now is for plugins alone");
		lua_pushinteger (L, rn_library_today (host->library));
		return 1;
	case RN_F_all_pages: rn_push_pages (L, rn_library_pages (host->library)); return 1;
	default: return index_made (L, host, id);
	}
}

int rn_type_index (lua_State *L, RnHost *host, const RnType *type, int id)
{
	const char *text;
	switch (id) {
	case RN_F_name: lua_pushstring (L, type->name); return 1;
	case RN_F_label:
		text = rn_site_text (host->site, type->label, host->language);
		lua_pushstring (L, text != NULL ? text : type->name);
		return 1;
	case RN_F_singular:
		text = rn_site_text (host->site, type->singular != NULL ? type->singular : type->label, host->language);
		lua_pushstring (L, text != NULL ? text : type->name);
		return 1;
	case RN_F_icon: lua_pushstring (L, type->icon); return 1;
	case RN_F_schema_org: lua_pushstring (L, type->schema_org); return 1;
	case RN_F_declared: lua_pushboolean (L, type->declared); return 1;
	case RN_F_team: lua_pushboolean (L, type->team); return 1;
	default: return -1;
	}
}
