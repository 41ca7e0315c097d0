/* anchors.c - hashes by page, links by page; then every link is looked up once. */
#include "press/anchors.h"
#include "base/text.h"

#include <string.h>

typedef struct { const RnPage *page; char *fragment, *address; guint32 line, col; } Link;

typedef struct { guint32 *hashes; guint n; Link *links; guint n_links; } Record;

struct RnAnchors {
	const RnLibrary *library;
	Record *records;
	guint n;
};

RnAnchors *rn_anchors_new (const RnLibrary *library, guint n)
{
	RnAnchors *anchors = g_new0 (RnAnchors, 1);
	*anchors = (RnAnchors) { library, g_new0 (Record, MAX (n, 1)), n };
	return anchors;
}

void rn_anchors_free (RnAnchors *anchors)
{
	for (guint i = 0; anchors && i < anchors->n; i++) {
		Record *record = &anchors->records[i];
		for (guint k = 0; k < record->n_links; k++) {
			g_free (record->links[k].fragment);
			g_free (record->links[k].address);
		}
		g_free (record->links);
		g_free (record->hashes);
	}
	if (anchors)
		g_free (anchors->records);
	g_free (anchors);
}

void rn_anchors_note (RnAnchors *anchors, guint index, const RnDocument *document)
{
	Record *record = &anchors->records[index];
	record->n = document->n_anchors;
	record->hashes = document->n_anchors ? g_new (guint32, document->n_anchors) : NULL;
	for (guint i = 0; i < document->n_anchors; i++)
		record->hashes[i] = g_str_hash (document->anchors[i]);
	record->links = document->n_links ? g_new (Link, document->n_links) : NULL;
	record->n_links = document->n_links;
	for (guint i = 0; i < document->n_links; i++) {
		const RnOutLink *link = &document->links[i];
		record->links[i] = (Link) { link->page, g_strdup (link->fragment), g_strdup (link->address), link->line, link->col };
	}
}

static gboolean has (const Record *record, const char *fragment)
{
	guint32 hash = g_str_hash (fragment);
	for (guint i = 0; i < record->n; i++)
		if (record->hashes[i] == hash)
			return TRUE;
	return FALSE;
}

static void tell (const RnPage *from, const Link *link, const RnDocument *target, RnDiagnostics *sink)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 0; target && i < target->n_anchors; i++)
		g_ptr_array_add (names, (gpointer) target->anchors[i]);
	g_ptr_array_add (names, NULL);
	const char *nearest = rn_text_nearest (link->fragment, (const char *const *) names->pdata);
	rn_diagnose (sink, RN_D_LINK_ANCHOR, rn_page_place (from, link->line, link->col), *link->page->key ? link->page->key : link->page->title,
	             link->fragment, nearest ? nearest : "");
}

typedef struct { const RnPage *from; const Link *link; guint target; } Miss;

static int by_target (gconstpointer left, gconstpointer right)
{
	const Miss *a = left, *b = right;
	return a->target < b->target ? -1 : a->target > b->target;
}

void rn_anchors_check (RnAnchors *anchors, RnAnchorsParse parse, gpointer user, RnDiagnostics *sink)
{
	const RnPages *pages = rn_library_pages (anchors->library);
	g_autoptr (GArray) misses = g_array_new (FALSE, FALSE, sizeof (Miss));
	for (guint i = 0; i < anchors->n; i++)
		for (guint k = 0; k < anchors->records[i].n_links; k++) {
			const Link *link = &anchors->records[i].links[k];
			gint target = rn_library_index (anchors->library, link->page);
			if (target >= 0 && !has (&anchors->records[target], link->fragment) && pages->items[i]->file)
				g_array_append_vals (misses, &(Miss) { pages->items[i], link, (guint) target }, 1);
		}
	/* Each page that is missed in is parsed once, however many links miss there. */
	g_array_sort (misses, by_target);
	const RnDocument *document = NULL;
	for (guint i = 0; i < misses->len; i++) {
		const Miss *miss = &g_array_index (misses, Miss, i);
		if (!i || miss[-1].target != miss->target)
			document = parse (user, miss->link->page);
		tell (miss->from, miss->link, document, sink);
	}
}
