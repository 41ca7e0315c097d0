/* drift.c - by content where the translation says what it was made from, else by the order of commits. */
#include "model/drift.h"
#include "model/library-int.h"

#include <string.h>

#define MAX_SOURCE ((gsize) 64 << 20)

static RnFreshness by_content (RnTree *tree, const RnPage *source, const char *made_from)
{
	char id[41];
	g_autoptr (GString) text = g_string_new (NULL);
	if (strlen (made_from) < 7 || (!source->text && !rn_tree_read (tree, source->tree_index, 0, MAX_SOURCE, text, NULL, NULL)))
		return RN_STALE_UNKNOWN;
	rn_blob_id (source->text ? source->text : text->str, source->text ? source->text_len : text->len, id);
	return g_ascii_strncasecmp (id, made_from, strlen (made_from)) ? RN_STALE : RN_FRESH;
}

RnFreshness rn_drift_judge (RnTree *tree, const RnPage *source, const RnPage *translation)
{
	const char *made_from = ((const Entry *) translation)->translates;
	const RnFileHistory *theirs = source->history, *ours = translation->history;
	if (made_from)
		return by_content (tree, source, made_from);
	/* What comes from one table changes together. */
	if (!g_strcmp0 (source->file, translation->file))
		return RN_FRESH;
	if (!theirs || !ours)
		return RN_STALE_UNKNOWN;
	/* Who is changing the translation now is at work on it. */
	if (ours->uncommitted)
		return RN_FRESH;
	if (theirs->uncommitted)
		return theirs->last_order == G_MAXUINT32 && ours->last_order == G_MAXUINT32 ? RN_STALE_UNKNOWN : RN_STALE;
	if (theirs->last_order == G_MAXUINT32 || ours->last_order == G_MAXUINT32)
		return RN_STALE_UNKNOWN;
	return theirs->last_order < ours->last_order ? RN_STALE : RN_FRESH;
}

const char *rn_drift_made_from (const RnPage *translation)
{
	return ((const Entry *) translation)->translates;
}

static void add_stale (RnPage *page, gpointer user)
{
	const char *hidden = ((const Entry *) page)->hidden;
	if (page->freshness == RN_STALE && (!hidden || !strcmp (hidden, "held")))
		g_ptr_array_add (user, page);
}

GPtrArray *rn_drift_pages (const RnLibrary *library)
{
	GPtrArray *pages = g_ptr_array_new ();
	rn_library_each_file (library, add_stale, pages);
	return pages;
}
