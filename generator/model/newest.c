/*
 * newest.c - what changed last below each home and section.
 *
 * In: all pages with their parents and addresses. Out: `newest` of homes and sections. Invariant: the newest first, equal times in the order of addresses, so that
 * no order of reading matters; no stand-in (its text is another page's), nothing undated, and no sensitive page: lists of what is new are carried
 * far, and stay in feed readers.
 */
#include "model/library-int.h"

#include <string.h>

static gboolean told_of (const RnPage *page)
{
	return rn_seen (page) && (page->kind == RN_PAGE_CONTENT || page->kind == RN_PAGE_CUSTOM) && !page->fallback && !page->sensitive && rn_page_changed (page);
}

void rn_newest_consider (RnLibrary *library, RnPages *list, RnPage *page)
{
	guint at = list->n;
	if (!told_of (page))
		return;
	gint64 changed = rn_page_changed (page);
	for (; at; at--) {
		const RnPage *before = list->items[at - 1];
		gint64 other = rn_page_changed (before);
		if (before == page)
			return;
		if (other > changed || (other == changed && strcmp (before->url, page->url) <= 0))
			break;
	}
	if (at == RN_NEWEST)
		return;
	if (!list->items)
		list->items = rn_arena_newn (library->arena, RnPage *, RN_NEWEST);
	list->n = MIN (list->n + 1, RN_NEWEST);
	memmove (list->items + at + 1, list->items + at, (list->n - at - 1) * sizeof *list->items);
	list->items[at] = page;
}

void rn_newest_make (RnLibrary *library)
{
	for (guint i = 0; i < library->entries->len; i++) {
		Entry *entry = library->entries->pdata[i];
		if (!told_of (&entry->page))
			continue;
		for (RnPage *list = entry->page.parent; list; list = list->parent)
			if (list->kind == RN_PAGE_HOME || list->kind == RN_PAGE_SECTION)
				rn_newest_consider (library, &list->newest, &entry->page);
	}
}
