/*
 * values_page.c - a page's fields for scripts, by number.
 *
 * In: a page of the library. Out: its values as layouts/README.md names them. Invariant: what is not set is nil; tables that are made here belong to the page being rendered and
 * are forgotten with it.
 */
#include "model/parts.h"
#include "model/added.h"
#include "script/host-int.h"

#include <string.h>

static const char *const kind_names[] = {
	[RN_PAGE_ROOT] = "root", [RN_PAGE_HOME] = "home", [RN_PAGE_SECTION] = "section", [RN_PAGE_CONTENT] = "content", [RN_PAGE_TAGS] = "tags",
	[RN_PAGE_TAG] = "tag", [RN_PAGE_AUDIENCE] = "audience", [RN_PAGE_CUSTOM] = "custom", [RN_PAGE_NOT_FOUND] = "not_found",
	[RN_PAGE_SEARCH] = "search", [RN_PAGE_PART] = "part",
};

static const RnLanguage *frame_language (const RnHost *host, const RnPage *page)
{
	return page->language != NULL ? page->language : host->site->languages[0];
}

static const RnLanguage *text_language (const RnHost *host, const RnPage *page)
{
	return frame_language (host, page->fallback != NULL ? page->fallback : page);
}

static void push_seconds (lua_State *L, gint64 seconds)
{
	if (seconds != 0)
		lua_pushinteger (L, seconds);
	else
		lua_pushnil (L);
}

static void set_text (lua_State *L, const char *name, const char *text)
{
	lua_pushstring (L, text);
	lua_setfield (L, -2, name);
}

static void push_toc (lua_State *L, const RnHost *host, const RnPage *page)
{
	lua_newtable (L);
	if (host->render == NULL || host->render->page != page || !page->toc)
		return;
	int n = 0;
	for (guint i = 0; i < host->render->n_headings; i++)
		n += host->render->headings[i].level == 2 || host->render->headings[i].level == 3;
	if (n < 3)
		return;
	n = 0;
	for (guint i = 0; i < host->render->n_headings; i++) {
		const RnAnchor *heading = &host->render->headings[i];
		if (heading->level != 2 && heading->level != 3)
			continue;
		lua_createtable (L, 0, 3);
		set_text (L, "id", heading->anchor);
		set_text (L, "text", heading->text);
		lua_pushinteger (L, heading->level);
		lua_setfield (L, -2, "level");
		lua_rawseti (L, -2, ++n);
	}
}

static void push_ancestors (lua_State *L, const RnPage *page)
{
	int n = 0;
	for (const RnPage *p = page->parent; p != NULL; p = p->parent)
		n++;
	lua_createtable (L, n, 0);
	for (const RnPage *p = page->parent; p != NULL; p = p->parent) {
		rn_push_page (L, p);
		lua_rawseti (L, -2, n--);
	}
}

static void push_sources (lua_State *L, const RnPage *page)
{
	lua_createtable (L, (int) page->n_sources, 0);
	for (guint i = 0; i < page->n_sources; i++) {
		lua_createtable (L, 0, 3);
		set_text (L, "title", page->sources[i].title);
		set_text (L, "url", page->sources[i].url);
		push_seconds (L, page->sources[i].date);
		lua_setfield (L, -2, "date");
		lua_rawseti (L, -2, (int) i + 1);
	}
}

void rn_push_audiences (lua_State *L, RnHost *host, const RnLanguage *language, guint32 bits)
{
	int n = 0;
	lua_newtable (L);
	for (guint i = 0; i < host->site->n_audiences; i++) {
		if ((bits >> i & 1) == 0)
			continue;
		const RnAudience *audience = &host->site->audiences[i];
		const char *label = rn_site_text (host->site, audience->label, language);
		g_autofree char *key = g_strconcat ("audience/", audience->key, NULL);
		lua_createtable (L, 0, 3);
		set_text (L, "key", audience->key);
		set_text (L, "label", label != NULL ? label : audience->key);
		rn_push_page (L, rn_library_page (host->library, language, key));
		lua_setfield (L, -2, "page");
		lua_rawseti (L, -2, ++n);
	}
}

static void push_slices (lua_State *L, const RnPage *page)
{
	const RnPage *first = page->first_slice;
	if (page->slices < 2 || first == NULL || first->slice_pages == NULL) {
		lua_pushnil (L);
		return;
	}
	lua_createtable (L, 0, 5);
	lua_pushinteger (L, page->slice);
	lua_setfield (L, -2, "number");
	lua_pushinteger (L, page->slices);
	lua_setfield (L, -2, "count");
	rn_push_page (L, page->slice > 1 ? first->slice_pages[page->slice - 2] : NULL);
	lua_setfield (L, -2, "previous");
	rn_push_page (L, page->slice < page->slices ? first->slice_pages[page->slice] : NULL);
	lua_setfield (L, -2, "next");
	lua_createtable (L, (int) page->slices, 0);
	for (guint i = 0; i < page->slices; i++) {
		rn_push_page (L, first->slice_pages[i]);
		lua_rawseti (L, -2, (int) i + 1);
	}
	lua_setfield (L, -2, "pages");
}

static lua_Integer count_entries (const RnPage *page)
{
	const RnPage *first = page->first_slice;
	if (page->slices < 2 || first == NULL || first->slice_pages == NULL)
		return page->pages.n;
	lua_Integer n = 0;
	for (guint i = 0; i < page->slices; i++)
		n += first->slice_pages[i]->pages.n;
	return n;
}

static void push_subsections (lua_State *L, const RnPage *page)
{
	int n = 0;
	lua_newtable (L);
	for (guint i = 0; i < page->pages.n; i++) {
		if (page->pages.items[i]->kind != RN_PAGE_SECTION)
			continue;
		rn_push_page (L, page->pages.items[i]);
		lua_rawseti (L, -2, ++n);
	}
}

static gboolean visible_field (const RnHost *host, const RnField *field)
{
	return !field->withheld || host->site->counsellor;
}

static void push_enum (lua_State *L, const RnHost *host, const RnPage *page, const RnField *field, const RnValue *value)
{
	g_autofree char *key = rn_value_text (value);
	const RnValue *label = field->values != NULL ? rn_value_get (field->values, key) : NULL;
	const char *text = rn_site_text (host->site, label, frame_language (host, page));
	lua_createtable (L, 0, 2);
	set_text (L, "key", key);
	set_text (L, "label", text != NULL ? text : key);
}

static void push_single (lua_State *L, RnHost *host, const RnPage *page, const RnField *field, RnFieldType type, const RnValue *value)
{
	if (type == RN_FIELD_REFERENCE && value->kind == RN_STRING) {
		const char *key = *value->string == '/' ? value->string + 1 : value->string;
		rn_push_page (L, rn_library_page (host->library, frame_language (host, page), key));
	} else if (type == RN_FIELD_ENUM) {
		push_enum (L, host, page, field, value);
	} else {
		rn_push_value (L, value);
	}
}

void rn_push_field (lua_State *L, RnHost *host, const RnPage *page, const RnField *field, const RnValue *value)
{
	if (value == NULL || value->kind == RN_NULL) {
		lua_pushnil (L);
	} else if (field == NULL) {
		rn_push_value (L, value);
	} else if (field->type != RN_FIELD_LIST || (field->item != RN_FIELD_REFERENCE && field->item != RN_FIELD_ENUM)) {
		push_single (L, host, page, field, field->type, value);
	} else {
		int n = 0;
		lua_newtable (L);
		for (guint i = 0; value->kind == RN_LIST && i < value->n; i++) {
			push_single (L, host, page, field, field->item, value->items[i]);
			if (lua_isnil (L, -1))
				lua_pop (L, 1);
			else
				lua_rawseti (L, -2, ++n);
		}
	}
}

/* page.field("name"), and page:field("name") alike. Upvalue: the page. */
static int field_function (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const RnPage *page = rn_to_page (L, lua_upvalueindex (1));
	const char *name = luaL_checkstring (L, rn_to_page (L, 1) != NULL ? 2 : 1);
	const RnField *field = rn_type_field (page->type, name);
	if (field != NULL && !visible_field (host, field))
		lua_pushnil (L);
	else
		rn_push_field (L, host, page, field, rn_page_field (page, name));
	return 1;
}

static void push_one_field (lua_State *L, RnHost *host, const RnPage *page, const RnField *field, const RnValue *value, int *n)
{
	if (!visible_field (host, field))
		return;
	rn_push_field (L, host, page, field, value);
	if (lua_isnil (L, -1)) {
		lua_pop (L, 1);
		return;
	}
	const char *label = rn_site_text (host->site, field->label, frame_language (host, page));
	lua_createtable (L, 0, 5);
	lua_insert (L, -2);
	lua_setfield (L, -2, "value");
	set_text (L, "name", field->name);
	set_text (L, "label", label != NULL ? label : field->name);
	set_text (L, "type", rn_field_type_name (field->type));
	lua_pushboolean (L, field->facet);
	lua_setfield (L, -2, "facet");
	lua_rawseti (L, -2, ++*n);
}

/* In the order of _type.yaml. */
static void push_fields (lua_State *L, RnHost *host, const RnPage *page)
{
	const RnValue *declared = rn_value_get (page->type->config, "fields");
	int n = 0;
	lua_newtable (L);
	for (guint i = 0; page->fields != NULL && declared != NULL && declared->kind == RN_MAP && i < declared->n; i++) {
		const RnField *field = rn_type_field (page->type, declared->pairs[i].name);
		const RnValue *value = field != NULL ? page->fields[field - page->type->fields] : NULL;
		if (value != NULL)
			push_one_field (L, host, page, field, value, &n);
	}
}

static void push_aliases (lua_State *L, const RnPage *page)
{
	lua_newtable (L);
	for (int i = 0; page->aliases != NULL && page->aliases[i] != NULL; i++) {
		lua_pushstring (L, page->aliases[i]);
		lua_rawseti (L, -2, i + 1);
	}
}

/* Its single file to pass on. */
static void push_share (lua_State *L, const RnHost *host, const RnPage *page)
{
	const RnRender *render = host->render;
	if (render == NULL || render->page != page || render->share == NULL) {
		lua_pushnil (L);
		return;
	}
	lua_createtable (L, 0, 2);
	set_text (L, "url", render->share);
	if (render->share_bytes != 0) {
		lua_pushinteger (L, (lua_Integer) render->share_bytes);
		lua_setfield (L, -2, "bytes");
	}
}

/* The tables that are made anew; the page being rendered keeps its own to its end. */
/* Those that plugins give; the page's own stands at its address. */
static void push_feeds (lua_State *L, const RnHost *host, const RnPage *page)
{
	const GPtrArray *feeds = rn_library_feeds_of (host->library, page);
	if (feeds == NULL) {
		lua_pushnil (L);
		return;
	}
	lua_createtable (L, (int) feeds->len, 0);
	for (guint i = 0; i < feeds->len; i++) {
		const RnAddedFeed *feed = feeds->pdata[i];
		lua_createtable (L, 0, 2);
		lua_pushstring (L, feed->title);
		lua_setfield (L, -2, "title");
		lua_pushstring (L, feed->url);
		lua_setfield (L, -2, "url");
		lua_rawseti (L, -2, (int) i + 1);
	}
}

static int index_made (lua_State *L, RnHost *host, const RnPage *page, int id)
{
	gboolean keep = page == host->page && id != RN_F_twins;
	if (keep && rn_memo_push (L, host, id))
		return 1;
	switch (id) {
	case RN_F_toc: push_toc (L, host, page); break;
	case RN_F_ancestors: push_ancestors (L, page); break;
	case RN_F_twins: rn_push_twins (L, host, page); break;
	case RN_F_sources: push_sources (L, page); break;
	case RN_F_audiences: rn_push_audiences (L, host, frame_language (host, page), page->audience); break;
	case RN_F_pager: push_slices (L, page); break;
	case RN_F_subsections: push_subsections (L, page); break;
	case RN_F_fields: push_fields (L, host, page); break;
	case RN_F_aliases: push_aliases (L, page); break;
	case RN_F_part: rn_push_part (L, page); break;
	case RN_F_contents: rn_push_contents (L, host, page); break;
	case RN_F_share: push_share (L, host, page); break;
	default: return -1;
	}
	if (keep)
		rn_memo_keep (L, host, id);
	return 1;
}

static const RnPage *section_of (const RnPage *page)
{
	while (page != NULL && page->kind != RN_PAGE_SECTION)
		page = page->parent;
	return page;
}

static lua_Integer depth_of (const char *url)
{
	lua_Integer n = -1;
	for (; *url != '\0'; url++)
		n += *url == '/';
	return MAX (n, 0);
}

static void push_content (lua_State *L, const RnHost *host, const RnPage *page)
{
	const RnRender *render = host->render;
	if (render != NULL && render->page == page && render->content != NULL)
		rn_push_safe_borrowed (L, render->content, render->content_len, RN_SAFE_HTML);
	else
		lua_pushnil (L);
}

static void push_structured (lua_State *L, const RnHost *host, const RnPage *page)
{
	const RnRender *render = host->render;
	if (render != NULL && render->page == page && render->structured != NULL)
		rn_push_safe_borrowed (L, render->structured, render->structured_len, RN_SAFE_JSON);
	else
		lua_pushnil (L);
}

static int index_state (lua_State *L, RnHost *host, const RnPage *page, int id)
{
	switch (id) {
	case RN_F_date: push_seconds (L, page->date); return 1;
	case RN_F_lastmod: push_seconds (L, page->lastmod); return 1;
	case RN_F_changed: push_seconds (L, rn_page_changed (page)); return 1;
	case RN_F_reviewed: push_seconds (L, page->reviewed); return 1;
	case RN_F_review_due: push_seconds (L, page->review_due); return 1;
	case RN_F_expires: push_seconds (L, page->expires); return 1;
	case RN_F_publish: push_seconds (L, page->publish); return 1;
	case RN_F_review_overdue: lua_pushboolean (L, page->review_overdue); return 1;
	case RN_F_draft: lua_pushboolean (L, page->draft || g_strcmp0 (page->status, "draft") == 0); return 1;
	case RN_F_stale: lua_pushboolean (L, page->freshness == RN_STALE); return 1;
	case RN_F_sensitive: lua_pushboolean (L, page->sensitive); return 1;
	default: return index_made (L, host, page, id);
	}
}

gboolean rn_page_text (const RnHost *host, const RnPage *page, int id, const char **text)
{
	switch (id) {
	case RN_F_kind: *text = kind_names[page->kind]; return TRUE;
	case RN_F_title: *text = page->title; return TRUE;
	case RN_F_whole_title: *text = page->whole_title != NULL ? page->whole_title : page->title; return TRUE;
	case RN_F_description: *text = page->description; return TRUE;
	case RN_F_key: *text = page->key; return TRUE;
	case RN_F_url: *text = page->url; return TRUE;
	case RN_F_lang: *text = frame_language (host, page)->code; return TRUE;
	case RN_F_dir: *text = frame_language (host, page)->dir; return TRUE;
	case RN_F_layout: *text = page->layout; return TRUE;
	case RN_F_text_lang: *text = text_language (host, page)->code; return TRUE;
	case RN_F_text_dir: *text = text_language (host, page)->dir; return TRUE;
	case RN_F_status: *text = page->status; return TRUE;
	case RN_F_owner: *text = page->owner; return TRUE;
	case RN_F_author: *text = page->history != NULL ? page->history->last_author : NULL; return TRUE;
	case RN_F_first_author: *text = page->history != NULL ? page->history->first_author : NULL; return TRUE;
	case RN_F_file: *text = page->file; return TRUE;
	default: return FALSE;
	}
}

int rn_page_index (lua_State *L, RnHost *host, const RnPage *page, int id)
{
	const char *text;
	if (rn_page_text (host, page, id, &text)) {
		lua_pushstring (L, text);
		return 1;
	}
	switch (id) {
	case RN_F_url_depth: lua_pushinteger (L, depth_of (page->url)); return 1;
	case RN_F_content: push_content (L, host, page); return 1;
	case RN_F_structured: push_structured (L, host, page); return 1;
	case RN_F_preview: lua_pushstring (L, host->render != NULL && host->render->page == page ? host->render->preview : NULL); return 1;
	case RN_F_type: rn_push_tagged (L, page->type, RN_TAG_TYPE); return 1;
	case RN_F_section: rn_push_page (L, section_of (page)); return 1;
	case RN_F_parent: rn_push_page (L, page->parent); return 1;
	case RN_F_fallback: rn_push_page (L, page->fallback); return 1;
	case RN_F_source: rn_push_page (L, page->source); return 1;
	case RN_F_tags: rn_push_pages (L, &page->tags); return 1;
	case RN_F_related: rn_push_pages (L, &page->related); return 1;
	case RN_F_feeds: push_feeds (L, host, page); return 1;
	case RN_F_newest: rn_push_pages (L, &page->newest); return 1;
	case RN_F_groups: rn_push_pages (L, &page->groups); return 1;
	case RN_F_pages: rn_push_pages (L, &page->pages); return 1;
	case RN_F_pictures: lua_pushinteger (L, host->render != NULL && host->render->page == page ? host->render->pictures + host->pictures : 0); return 1;
	case RN_F_count: lua_pushinteger (L, count_entries (page)); return 1;
	case RN_F_previous: rn_push_page (L, page->previous); return 1;
	case RN_F_next: rn_push_page (L, page->next); return 1;
	case RN_F_data: rn_push_value (L, page->data); return 1;
	case RN_F_commit: {
		const char *commit = rn_tree_commit (host->site->tree);
		if (commit != NULL)
			lua_pushlstring (L, commit, 7);
		else
			lua_pushnil (L);
		return 1;
	}
	case RN_F_parts: rn_push_pages (L, page->split != NULL ? &page->split->parts : NULL); return 1;
	case RN_F_whole: rn_push_page (L, page->split != NULL ? page->split->whole : NULL); return 1;
	case RN_F_whole_bytes:
		if (page->split != NULL)
			lua_pushinteger (L, (lua_Integer) rn_split_bytes (page->split->plan->characters));
		else
			lua_pushnil (L);
		return 1;
	case RN_F_field:
		rn_push_page (L, page);
		lua_pushcclosure (L, field_function, 1);
		return 1;
	default: return index_state (L, host, page, id);
	}
}
