/*
 * shards_pages.c - pages by section, type, length, address: a facet is a range of numbers, and a length lies between its group's knots.
 *
 * Invariant: a page whose words change a little keeps its number, for all postings are made of these: lengths are compared in steps.
 */
#include "search/shards-int.h"
#include "search/page_text.h"

#include <string.h>

/* Four steps for each power of two. */
static guint step_of (guint32 tokens)
{
	const guint bits = g_bit_storage (tokens);
	return bits > 3 ? bits << 2 | (tokens >> (bits - 3) & 3) : tokens;
}

static int by_place (gconstpointer left, gconstpointer right)
{
	const RnOrdered *a = left, *b = right;
	int order = strcmp (a->section, b->section);
	if (!order)
		order = strcmp (a->page.page->type->name, b->page.page->type->name);
	if (!order)
		order = (int) step_of (a->page.tokens) - (int) step_of (b->page.tokens);
	return order ? order : strcmp (a->page.page->url, b->page.page->url);
}

/* How many bytes, whole letters, all addresses from PAGE on to LAST begin with. */
static gsize shared_bytes (const RnOrdered *page, const RnOrdered *last)
{
	const char *address = page->page.page->url;
	gsize shared = strlen (address);
	for (; page <= last; page++) {
		gsize i = 0;
		while (i < shared && page->page.page->url[i] == address[i])
			i++;
		shared = i;
	}
	while (shared && ((guchar) address[shared] & 0xc0) == 0x80)
		shared--;
	return shared;
}

void rn_shard_order (RnShard *shard)
{
	guint64 tokens = 0, title = 0;
	shard->n = shard->tongue->n;
	shard->pages = g_new (RnOrdered, shard->n + 1);
	for (guint i = 0; i < shard->n; i++) {
		const RnShardPage *page = &shard->tongue->pages[i];
		shard->pages[i] = (RnOrdered) { *page, rn_arena_strndup (shard->arena, page->page->key, (gssize) rn_page_section (page->page)), 0 };
		tokens += page->tokens;
		title += page->title;
	}
	qsort (shard->pages, shard->n, sizeof *shard->pages, by_place);
	shard->tokens = shard->n ? (double) tokens / shard->n : 0;
	shard->title = title ? (double) title / shard->n : 1;
	for (guint i = 0; i < shard->n; i++) {
		const RnOrdered *page = &shard->pages[i];
		RnGroup *group = shard->groups->len ? &g_array_index (shard->groups, RnGroup, shard->groups->len - 1) : NULL;
		if (!group || strcmp (group->section, page->section) || strcmp (group->type->name, page->page.page->type->name))
			g_array_append_vals (shard->groups, &(RnGroup) { page->section, page->page.page->type, i, 0, 0 }, 1);
		g_array_index (shard->groups, RnGroup, shard->groups->len - 1).n++;
		shard->pages[i].group = shard->groups->len - 1;
	}
	for (guint i = 0; i < shard->groups->len; i++) {
		RnGroup *group = &g_array_index (shard->groups, RnGroup, i);
		group->shared = shared_bytes (&shard->pages[group->first], &shard->pages[group->first + group->n - 1]);
	}
}
