/*
 * values_twins.c - a page in all languages, for scripts.
 *
 * In: a page. Out: page.twins as layouts/README.md has it. Invariant: every page's layout looks at its twins, so those of the page being rendered are not made into
 * tables: they are read where they stand, until the next page is entered.
 */
#include "script/host-int.h"

static void fill (const RnHost *host, const RnPage *page, guint i, RnTwin *twin)
{
	const RnLanguage *language = host->site->languages[i];
	twin->language = language;
	twin->page = page->twins != NULL ? page->twins[i] : language == page->language ? page : NULL;
	twin->current = language == page->language;
}

void rn_twins_enter (RnHost *host, const RnPage *page)
{
	host->n_twins = page->language != NULL ? host->site->n_languages : 0;
	for (guint i = 0; i < host->n_twins; i++)
		fill (host, page, i, &host->twins[i]);
}

gboolean rn_twin_text (const RnTwin *twin, int id, const char **text)
{
	switch (id) {
	case RN_F_lang: *text = twin->language->code; return TRUE;
	case RN_F_name: *text = twin->language->name; return TRUE;
	case RN_F_dir: *text = twin->language->dir; return TRUE;
	case RN_F_url: *text = twin->page != NULL ? twin->page->url : NULL; return TRUE;
	default: return FALSE;
	}
}

int rn_twin_index (lua_State *L, const RnTwin *twin, int id)
{
	const char *text;
	if (rn_twin_text (twin, id, &text)) {
		lua_pushstring (L, text);
		return 1;
	}
	switch (id) {
	case RN_F_page: rn_push_page (L, twin->page); return 1;
	case RN_F_missing: lua_pushboolean (L, twin->page == NULL); return 1;
	case RN_F_fallback: lua_pushboolean (L, twin->page != NULL && twin->page->fallback != NULL); return 1;
	case RN_F_current: lua_pushboolean (L, twin->current); return 1;
	default: return -1;
	}
}

void rn_twin_push_table (lua_State *L, const RnTwin *twin)
{
	static const struct { const char *name; int id; } fields[] = {
		{ "lang", RN_F_lang }, { "name", RN_F_name }, { "dir", RN_F_dir }, { "page", RN_F_page }, { "url", RN_F_url },
		{ "missing", RN_F_missing }, { "fallback", RN_F_fallback }, { "current", RN_F_current },
	};
	lua_createtable (L, 0, G_N_ELEMENTS (fields));
	for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
		rn_twin_index (L, twin, fields[i].id);
		lua_setfield (L, -2, fields[i].name);
	}
}

void rn_push_twins (lua_State *L, RnHost *host, const RnPage *page)
{
	if (host->render != NULL && page == host->page) {
		rn_push_tagged (L, host->twins, RN_TAG_TWINS);
		return;
	}
	lua_createtable (L, (int) host->site->n_languages, 0);
	for (guint i = 0; page->language != NULL && i < host->site->n_languages; i++) {
		RnTwin twin;
		fill (host, page, i, &twin);
		rn_twin_push_table (L, &twin);
		lua_rawseti (L, -2, (int) i + 1);
	}
}
