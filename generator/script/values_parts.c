/*
 * values_parts.c - a text in pieces, for scripts: page.part and page.contents as layouts/README.md has them.
 *
 * In: a page of such a text. Out: what part of it this is; the headings below it, in order, each with its address. Invariant: contents keep to the room that a page has. Where not all
 * headings fit, the deeper ones are places of those above; where these do not fit they are left out; and of very many of the highest only some are listed.
 */
#include "base/path.h"
#include "model/parts.h"
#include "script/host-int.h"

typedef struct {
	lua_State *L;
	const RnSplit *split;
	guint begin, end;       /* the parts that lie below the page: their numbers are begin .. end - 1 */
	guint deepest;          /* level down to which headings are entries */
	guint every;            /* of these one in so many is listed */
	gboolean places;        /* the others are places */
} Contents;

enum { ENTRY_COST = 20, PLACE_COST = 18 };  /* characters of room beside the words */
enum { MOST_MORE = 40 };                    /* pieces without a heading that are listed at most */

static void set_text (lua_State *L, const char *name, const char *text)
{
	lua_pushstring (L, text);
	lua_setfield (L, -2, name);
}

void rn_push_part (lua_State *L, const RnPage *page)
{
	if (page->kind != RN_PAGE_PART) {
		lua_pushnil (L);
		return;
	}
	const RnCut *cut = page->part != 0 ? &page->split->plan->cuts[page->part - 1] : NULL;
	lua_createtable (L, 0, 6);
	lua_pushinteger (L, page->part);
	lua_setfield (L, -2, "number");
	lua_pushinteger (L, page->split->parts.n);
	lua_setfield (L, -2, "count");
	set_text (L, "title", rn_part_title (page));
	set_text (L, "anchor", cut != NULL ? cut->anchor : NULL);
	lua_pushboolean (L, page->part == 0);
	lua_setfield (L, -2, "whole");
	rn_push_page (L, page->split->first);
	lua_setfield (L, -2, "of");
}

/* --- which headings ------------------------------------------------------------------------------- */

/* Which parts lie below PAGE. FALSE: none. */
static gboolean find_range (const RnPage *page, Contents *contents)
{
	const RnSplitPlan *plan = page->split->plan;
	const guint level = page->part != 0 ? plan->cuts[page->part - 1].level : 0;
	contents->begin = contents->end = page->part + 1;
	if (page->part == 0) {
		contents->end = plan->n_cuts + 1;
		return page == page->split->first;
	}
	if (level == 0)
		return FALSE;
	while (contents->end <= plan->n_cuts && (plan->cuts[contents->end - 1].level == 0 || plan->cuts[contents->end - 1].level > level))
		contents->end++;
	return contents->end > contents->begin;
}

static gboolean is_below (const Contents *contents, const RnPartPlace *place)
{
	return place->part >= contents->begin && place->part < contents->end;
}

/* The first words of a heading: "Article 18.8". */
static gsize short_length (const char *text)
{
	const char *space = strchr (text, ' ');
	space = space != NULL ? strchr (space + 1, ' ') : NULL;
	return space != NULL ? (gsize) (space - text) : strlen (text);
}

static gsize cost_of (const RnPartPlace *place, gboolean entry)
{
	if (entry)
		return ENTRY_COST + (gsize) g_utf8_strlen (place->text, -1) + strlen (place->anchor) / 2;
	return PLACE_COST + strlen (place->anchor) / 2;
}

/* How many headings fit into ROOM characters, and as what. */
static void choose (Contents *contents, gsize room)
{
	const RnSplitPlan *plan = contents->split->plan;
	gsize entries[8] = { 0 }, places[8] = { 0 };   /* by level */
	guint highest = 0;
	for (guint i = 0; i < plan->n_headings; i++) {
		const RnPartPlace *place = &plan->places[i];
		if (!is_below (contents, place))
			continue;
		guint level = MIN (place->level, 7);
		entries[level] += cost_of (place, TRUE);
		places[level] += cost_of (place, FALSE);
		highest = highest == 0 ? level : MIN (highest, level);
	}
	gsize sum = entries[highest], rest = 0;
	contents->deepest = highest;
	while (contents->deepest < 7 && sum + entries[contents->deepest + 1] <= room)
		sum += entries[++contents->deepest];
	for (guint level = contents->deepest + 1; level < 8; level++)
		rest += places[level];
	contents->places = rest != 0 && sum + rest <= room;
	contents->every = (guint) (sum / MAX (room, 1)) + 1;
}

/* --- tables --------------------------------------------------------------------------------------- */

/* The address of PLACE: of a heading that a piece begins with that of the piece. */
static void set_url (const Contents *contents, const RnPartPlace *place)
{
	const RnPage *page = contents->split->parts.items[place->part - 1];
	const RnCut *cut = &contents->split->plan->cuts[place->part - 1];
	g_autoptr (GString) url = g_string_new (page->url);
	if (g_strcmp0 (cut->anchor, place->anchor) != 0) {
		g_string_append_c (url, '#');
		rn_path_encode (url, place->anchor);
	}
	set_text (contents->L, "url", url->str);
	set_text (contents->L, "id", place->anchor);
}

/* A heading as an entry, at the end of the list on the stack. */
static void push_entry (const Contents *contents, const RnPartPlace *place)
{
	lua_State *L = contents->L;
	lua_createtable (L, 0, 5);
	set_url (contents, place);
	set_text (L, "text", place->text);
	lua_pushinteger (L, place->level);
	lua_setfield (L, -2, "level");
	lua_newtable (L);
	lua_setfield (L, -2, "places");
	lua_rawseti (L, -2, (lua_Integer) lua_rawlen (L, -2) + 1);
}

/* A heading as a place of the last entry. */
static void push_place (const Contents *contents, const RnPartPlace *place)
{
	lua_State *L = contents->L;
	if (lua_rawgeti (L, -1, (lua_Integer) lua_rawlen (L, -1)) == LUA_TTABLE) {
		lua_getfield (L, -1, "places");
		lua_createtable (L, 0, 3);
		set_url (contents, place);
		lua_pushlstring (L, place->text, short_length (place->text));
		lua_setfield (L, -2, "text");
		lua_rawseti (L, -2, (lua_Integer) lua_rawlen (L, -2) + 1);
		lua_pop (L, 1);
	}
	lua_pop (L, 1);
}

/* The pieces without a heading that go on with the page itself; of many one in so many, from which the next ones follow. */
static void push_more (const Contents *contents)
{
	lua_State *L = contents->L;
	int n = 0;
	guint end = contents->begin;
	while (end < contents->end && contents->split->plan->cuts[end - 1].level == 0)
		end++;
	const guint step = (end - contents->begin + MOST_MORE - 1) / MOST_MORE;
	lua_newtable (L);
	for (guint i = contents->begin; i < end; i += step) {
		rn_push_page (L, contents->split->parts.items[i - 1]);
		lua_rawseti (L, -2, ++n);
	}
	lua_setfield (L, -2, "more");
}

void rn_push_contents (lua_State *L, const RnHost *host, const RnPage *page)
{
	Contents contents = { .L = L, .split = page->split };
	if (page->split == NULL || page == page->split->whole || !find_range (page, &contents)) {
		lua_pushnil (L);
		return;
	}
	const RnSplitPlan *plan = page->split->plan;
	const gsize room = rn_split_room (host->site), used = page->part != 0 ? plan->cuts[page->part - 1].characters : plan->lead;
	guint n = 0, left_out = 0;
	choose (&contents, MAX (room / 4, room > used ? room - used : 0));
	lua_newtable (L);
	lua_newtable (L);
	for (guint i = 0; i < plan->n_headings; i++) {
		const RnPartPlace *place = &plan->places[i];
		if (!is_below (&contents, place))
			continue;
		if (place->level <= contents.deepest && n++ % contents.every == 0)
			push_entry (&contents, place);
		else if (place->level > contents.deepest && contents.places)
			push_place (&contents, place);
		else
			left_out++;
	}
	lua_setfield (L, -2, "entries");
	push_more (&contents);
	lua_pushinteger (L, contents.every);
	lua_setfield (L, -2, "every");
	lua_pushboolean (L, left_out == 0 && plan->n_places == plan->n_headings);
	lua_setfield (L, -2, "complete");
}
