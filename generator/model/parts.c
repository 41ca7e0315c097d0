/*
 * parts.c - a plan of cuts -> the pages of a text's pieces, with their addresses, titles, neighbours and twins.
 *
 * Invariant: a piece's address is made of its heading's anchor and of those above it alone, so that an edit elsewhere in the text moves nothing.
 */
#include "model/parts.h"
#include "model/library-int.h"

#include <string.h>

#define FRAME 5000            /* bytes of a page beside its text, compressed: style, header, facts, footer */

gsize rn_split_room (const RnSite *site)
{
	return (gsize) (site->split - FRAME) * 100 / 58;
}

guint64 rn_split_bytes (guint64 characters)
{
	return characters * 46 / 100;
}

/* --- plans ---------------------------------------------------------------------------------------------------------------- */

GPtrArray *rn_library_long (const RnLibrary *library)
{
	const gsize room = library->site->split ? rn_split_room (library->site) : G_MAXSIZE;
	GPtrArray *list = NULL;
	for (guint i = 0; i < library->entries->len; i++) {
		Entry *entry = library->entries->pdata[i];
		/* A character has a byte at least. */
		if (entry->text_bytes <= room || entry->hidden || entry->undivided || entry->page.kind != RN_PAGE_CONTENT || entry->page.fallback)
			continue;
		list = list ? list : g_ptr_array_new ();
		g_ptr_array_add (list, entry);
	}
	return list;
}

static RnSplitPlan *copy_plan (RnArena *arena, const RnSplitPlan *plan)
{
	RnSplitPlan *copy = rn_arena_new0 (arena, RnSplitPlan);
	RnCut *cuts = rn_arena_newn (arena, RnCut, plan->n_cuts);
	RnPartPlace *places = rn_arena_newn (arena, RnPartPlace, plan->n_places);
	*copy = *plan;
	copy->cuts = cuts;
	copy->places = places;
	for (guint i = 0; i < plan->n_cuts; i++) {
		cuts[i] = plan->cuts[i];
		cuts[i].anchor = rn_arena_strndup (arena, cuts[i].anchor, -1);
		cuts[i].title = rn_arena_strndup (arena, cuts[i].title, -1);
	}
	for (guint i = 0; i < plan->n_places; i++) {
		places[i] = plan->places[i];
		places[i].anchor = rn_arena_strndup (arena, places[i].anchor, -1);
		places[i].text = rn_arena_strndup (arena, places[i].text, -1);
	}
	return copy;
}

void rn_library_split (RnLibrary *library, RnPage *page, const RnSplitPlan *plan)
{
	const RnSplitPlan *copy = copy_plan (library->arena, plan);
	ENTRY (page)->plan = copy;
	for (guint i = 0; page->twins && i < library->site->n_languages; i++)
		if (page->twins[i] && page->twins[i]->fallback == page)
			ENTRY (page->twins[i])->plan = copy;
}

/* --- pieces --------------------------------------------------------------------------------------------------------------- */

typedef struct {
	RnLibrary *library;
	RnSplit *split;
	RnPage *above[8];         /* by level: the last piece whose heading has it; [0]: the text's own page */
	RnPage *going_on;         /* what a piece without a heading goes on with, */
	const char *title;        /* its title, */
	guint pages;              /* and how many pages it has so far */
} Cutter;

/* A page below that of the text, of which it has what holds for any piece of it. */
static RnPage *new_page (RnLibrary *library, RnSplit *split, RnPage *parent, const char *url, const char *title)
{
	const RnPage *first = split->first;
	Entry *entry = rn_entry_new (library, RN_PAGE_PART, first->language, first->key);
	RnPage *page = &entry->page, *own = page;
	*page = *first;
	page->kind = RN_PAGE_PART;
	page->url = url;
	page->title = title;
	page->parent = parent;
	page->whole_title = NULL;
	page->first_slice = own;
	page->split = split;
	page->description = page->layout = NULL;
	page->fields = NULL;
	page->aliases = NULL;
	page->tags = page->related = page->pages = page->sections = (RnPages) { 0 };
	page->previous = page->next = NULL;
	rn_address_claim (library, entry);
	return page;
}

/* An address below PARENT's that nothing has, named after ANCHOR. */
static const char *free_url (RnLibrary *library, const char *parent, const char *anchor)
{
	g_autoptr (GString) url = g_string_new (parent);
	/* A folder's name must not be that of its page's file. */
	g_autofree char *name = g_str_has_suffix (anchor, ".html") ? g_strdelimit (g_strdup (anchor), ".", '-') : g_strdup (anchor);
	rn_address_append (library, url, name, strlen (name));
	const gsize end = url->len - 1;
	for (guint n = 2; g_hash_table_contains (library->by_url, url->str); n++) {
		g_string_truncate (url, end);
		g_string_append_printf (url, "-%u/", n);
	}
	return rn_arena_strndup (library->arena, url->str, (gssize) url->len);
}

static RnPage *make_headed (Cutter *cutter, const RnCut *cut, const char **own)
{
	RnLibrary *library = cutter->library;
	const RnPage *first = cutter->split->first;
	guint level = MIN (cut->level, G_N_ELEMENTS (cutter->above) - 1), above = level - 1;
	while (!cutter->above[above])
		above--;
	const char *url = free_url (library, first->url, cut->anchor);
	*own = rn_title_cut (library->arena, cut->title);
	const char *title = rn_arena_printf (library->arena, "%s – %s", *own, first->title);
	RnPage *page = new_page (library, cutter->split, cutter->above[above], url, title);
	for (guint i = level; i < G_N_ELEMENTS (cutter->above); i++)
		cutter->above[i] = i == level ? page : NULL;
	cutter->going_on = page;
	cutter->title = *own;
	cutter->pages = 1;
	return page;
}

static RnPage *make_more (Cutter *cutter, const char **own)
{
	RnLibrary *library = cutter->library;
	const RnPage *first = cutter->split->first;
	g_autofree char *name = g_strdup_printf ("%spage/", cutter->going_on->url), *number = g_strdup_printf ("%u", ++cutter->pages);
	const char *url = free_url (library, name, number);
	*own = rn_arena_printf (library->arena, "%s (%s)", cutter->title, number);
	const char *title = cutter->going_on == first ? *own : rn_arena_printf (library->arena, "%s – %s", *own, first->title);
	return new_page (library, cutter->split, cutter->going_on, url, title);
}

static void split_free (gpointer split)
{
	g_hash_table_unref (((RnSplit *) split)->by_anchor);
}

/* By their names; where a text has one twice, the first counts. */
static GHashTable *anchors_of (const RnSplitPlan *plan)
{
	GHashTable *anchors = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = plan->n_places; i-- > 0;)
		g_hash_table_replace (anchors, (gpointer) plan->places[i].anchor, (gpointer) &plan->places[i]);
	return anchors;
}

static void make_parts (RnLibrary *library, RnPage *first)
{
	const RnSplitPlan *plan = ENTRY (first)->plan;
	RnSplit *split = rn_arena_new0 (library->arena, RnSplit);
	RnPage *last = first;
	*split = (RnSplit) { .plan = plan, .first = first, .by_anchor = anchors_of (plan) };
	if (!library->splits)
		library->splits = g_ptr_array_new_with_free_func (split_free);
	g_ptr_array_add (library->splits, split);
	Cutter cutter = { .library = library, .split = split, .above = { first }, .going_on = first, .title = first->title, .pages = 1 };
	const char **titles = rn_arena_newn (library->arena, const char *, plan->n_cuts);
	split->whole = new_page (library, split, first, free_url (library, first->url, "whole"), first->title);
	split->whole->whole_title = first->whole_title;
	split->parts.items = rn_arena_newn (library->arena, RnPage *, plan->n_cuts);
	split->parts.n = plan->n_cuts;
	split->titles = titles;
	for (guint i = 0; i < plan->n_cuts; i++) {
		const RnCut *cut = &plan->cuts[i];
		RnPage *page = cut->level ? make_headed (&cutter, cut, &titles[i]) : make_more (&cutter, &titles[i]);
		split->parts.items[i] = page;
		page->part = i + 1;
		page->previous = last;
		if (last != first)
			last->next = page;
		last = page;
	}
	first->split = split;
}

/* --- twins ------------------------------------------------------------------------------------------------------------------ */

/* The page of OTHER's text that is to it what PART is to its own: of the same name, else OTHER itself. */
static RnPage *twin_of (const RnLibrary *library, const RnPage *part, RnPage *other)
{
	if (!other || !other->split)
		return other;
	g_autofree char *url = g_strconcat (other->url, part->url + strlen (part->split->first->url), NULL);
	RnPage *twin = g_hash_table_lookup (library->by_url, url);
	return twin && twin->split == other->split ? twin : other;
}

static void pair (RnLibrary *library, RnPage *part)
{
	const guint n = library->site->n_languages;
	RnPage **twins = rn_arena_newn (library->arena, RnPage *, n), **others = part->split->first->twins;
	for (guint i = 0; others && i < n; i++)
		twins[i] = i == part->language->index ? part : rn_seen (others[i]) ? twin_of (library, part, others[i]) : NULL;
	part->twins = twins;
	if (part->fallback)
		part->fallback = twin_of (library, part, part->fallback);
	if (part->source)
		part->source = twin_of (library, part, part->source);
}

void rn_parts_make (RnLibrary *library)
{
	for (guint i = 0, n = library->entries->len; i < n; i++) {
		Entry *entry = library->entries->pdata[i];
		if (entry->plan && !entry->hidden && !entry->unmade)
			make_parts (library, &entry->page);
	}
	for (guint i = 0; library->splits && i < library->splits->len; i++) {
		RnSplit *split = library->splits->pdata[i];
		for (guint k = 0; k < split->parts.n; k++)
			pair (library, split->parts.items[k]);
		pair (library, split->whole);
	}
}

/* --- answers ---------------------------------------------------------------------------------------------------------------- */

const RnPage *rn_page_with (const RnPage *page, const char *anchor)
{
	const RnPage *first = rn_page_of_text (page);
	const RnPartPlace *place = first->split && anchor ? g_hash_table_lookup (first->split->by_anchor, anchor) : NULL;
	return !place ? page : place->part ? first->split->parts.items[place->part - 1] : first;
}

const RnPage *rn_page_of_text (const RnPage *page)
{
	return page->kind == RN_PAGE_PART ? page->split->first : page;
}

const char *rn_part_title (const RnPage *part)
{
	return part->part ? part->split->titles[part->part - 1] : part->whole_title ? part->whole_title : part->title;
}
