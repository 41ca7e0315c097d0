/*
 * files_find.c - site.find: which lines of the content's pages hold one of some texts.
 *
 * In: texts, as they must stand in a file, and a folder. Out: a list of { page, line, text }, by address and line. Invariant: each file is read once at most, whatever is looked
 * for, and not at all where its sieve says that it has none of them; of pages that stand in for others, or that no file holds, there are none.
 */
#include "script/host-int.h"

#include <string.h>

#define MAX_BYTES ((gsize) 8 << 20)
#define MOST_TEXTS 8

typedef struct { const RnPage *page; gsize from; guint len, line; } Hit;

typedef struct {
	const char *texts[MOST_TEXTS];
	gsize lens[MOST_TEXTS];
	gsize rare[MOST_TEXTS];   /* which byte of the text is looked for: a mark, where it has one, since prose has few */
	guint n;
	GArray *hits;        /* Hit */
	GString *lines;      /* their texts, one behind another */
	GString *file;
} Search;

/* Where text I begins, from AT on; NULL: nowhere. */
static const char *seek (const Search *search, guint i, const char *at, const char *end)
{
	const gsize len = search->lens[i], rare = search->rare[i];
	const char *text = search->texts[i];
	if (!g_ascii_ispunct (text[rare]))
		return memmem (at, (gsize) (end - at), text, len);
	if (end - at < (gssize) len)
		return NULL;
	for (at += rare; end - at >= (gssize) (len - rare); at++) {
		at = memchr (at, text[rare], (gsize) (end - at) - (len - rare) + 1);
		if (at == NULL || memcmp (at - rare, text, len) == 0)
			return at != NULL ? at - rare : NULL;
	}
	return NULL;
}

/* The first of the texts from AT on; NULL: none. SEEN: where each was seen last, which saves looking for it again. */
static const char *next_text (const Search *search, const char *at, const char *end, const char **seen)
{
	const char *first = NULL;
	for (guint i = 0; i < search->n; i++) {
		if (seen[i] != NULL && seen[i] < at)
			seen[i] = seek (search, i, at, end);
		if (seen[i] != NULL && (first == NULL || seen[i] < first))
			first = seen[i];
	}
	return first;
}

static gboolean may_have (const Search *search, const RnPage *page)
{
	for (guint i = 0; i < search->n; i++)
		if (rn_sieve_may_have (page->sieve, search->texts[i], search->lens[i]))
			return TRUE;
	return FALSE;
}

static void search_file (Search *search, const RnPage *page)
{
	const char *text = search->file->str, *end = text + search->file->len, *at = text, *counted = text, *seen[MOST_TEXTS] = { NULL };
	guint line = 1;
	for (guint i = 0; i < search->n; i++)
		seen[i] = seek (search, i, text, end);
	while ((at = next_text (search, at, end, seen)) != NULL) {
		for (const char *p; (p = memchr (counted, '\n', (gsize) (at - counted))) != NULL; counted = p + 1)
			line++;
		const char *stop = memchr (at, '\n', (gsize) (end - at));
		stop = stop != NULL ? stop : end;
		const Hit hit = { page, search->lines->len, (guint) (stop - counted), line };
		g_array_append_vals (search->hits, &hit, 1);
		g_string_append_len (search->lines, counted, stop - counted);
		at = stop;
	}
}

/* Argument: the search. */
static int push_hits (lua_State *L)
{
	const Search *search = lua_touserdata (L, 1);
	lua_createtable (L, (int) search->hits->len, 0);
	for (guint i = 0; i < search->hits->len; i++) {
		const Hit *hit = &g_array_index (search->hits, Hit, i);
		rn_sandbox_spend (L, 20 + hit->len / 16);
		lua_createtable (L, 0, 3);
		rn_push_page (L, hit->page);
		lua_setfield (L, -2, "page");
		lua_pushinteger (L, hit->line);
		lua_setfield (L, -2, "line");
		lua_pushlstring (L, search->lines->str + hit->from, hit->len);
		lua_setfield (L, -2, "text");
		lua_rawseti (L, -2, (int) i + 1);
	}
	return 1;
}

/* The arguments, which stay on the stack as long as the search. */
static void read_texts (lua_State *L, Search *search)
{
	const lua_Integer n = lua_istable (L, 1) ? (lua_Integer) lua_rawlen (L, 1) : 1;
	luaL_argcheck (L, n >= 1 && n <= MOST_TEXTS, 1, "one to eight texts are wanted");
	luaL_checkstack (L, MOST_TEXTS, NULL);
	for (lua_Integer i = 1; i <= n; i++) {
		if (lua_istable (L, 1))
			lua_rawgeti (L, 1, (int) i);
		else
			lua_pushvalue (L, 1);
		luaL_argcheck (L, lua_type (L, -1) == LUA_TSTRING && lua_rawlen (L, -1) > 0, 1, "a text that is not empty is wanted");
		const char *text = search->texts[search->n] = lua_tolstring (L, -1, &search->lens[search->n]);
		gsize *rare = &search->rare[search->n];
		for (*rare = search->lens[search->n] - 1; *rare > 0 && !g_ascii_ispunct (text[*rare]); --*rare)
			;
		search->n++;
	}
}

int rn_file_find (lua_State *L)
{
	const RnHost *host = rn_host_of (L);
	size_t below_len = 0;
	const char *below = luaL_optlstring (L, 2, "", &below_len);
	Search search = { .n = 0 };
	read_texts (L, &search);
	const RnPages *pages = rn_library_pages (host->library);
	search.hits = g_array_new (FALSE, FALSE, sizeof (Hit));
	search.lines = g_string_new (NULL);
	search.file = g_string_sized_new (65536);
	gsize bytes = 0;
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		const gboolean own = page->file != NULL && page->text == NULL && page->fallback == NULL && page->kind != RN_PAGE_PART;
		if (!own || strncmp (page->key, below, below_len) != 0 || !may_have (&search, page) ||
		    !rn_tree_read (host->site->tree, page->tree_index, 0, MAX_BYTES, search.file, NULL, NULL))
			continue;
		bytes += search.file->len;
		search_file (&search, page);
	}
	/* Protected, so that what was found is freed when a budget ends it halfway. */
	lua_pushcfunction (L, push_hits);
	lua_pushlightuserdata (L, &search);
	int status = lua_pcall (L, 1, 1, 0);
	g_array_free (search.hits, TRUE);
	g_string_free (search.lines, TRUE);
	g_string_free (search.file, TRUE);
	if (status != LUA_OK)
		return lua_error (L);
	rn_sandbox_spend (L, bytes / 64 + pages->n);
	return 1;
}
