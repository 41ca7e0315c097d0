/* drift.c - what changed in the sources of stale translations, in; a diagnostic a page, out. Only such pages are read. */
#include "press/drift.h"
#include "markdown/drifted.h"
#include "model/drift.h"

typedef struct { const GPtrArray *pages; RnDiagnostics *sink; } Telling;

/* What is no more in the source is told where its translation still stands. */
static RnRelated related_of (const RnPage *page, const RnDriftedPassage *passage)
{
	const RnPlace there = passage->line ? rn_page_place (page->source, passage->line, passage->col) : rn_page_place (page, passage->here, passage->here_col);
	return (RnRelated) { there, rn_drifted_sentence (passage) };
}

static void tell_passages (RnDiagnostics *sink, const RnPage *page, const RnDrifted *drifted)
{
	const RnDriftedPassage *first = drifted->passages;
	g_autofree RnRelated *related = g_new (RnRelated, drifted->n);
	g_autofree char *n = g_strdup_printf ("%u", drifted->n), *total = g_strdup_printf ("%u", drifted->total);
	for (guint i = 0; i < drifted->n; i++)
		related[i] = related_of (page, &drifted->passages[i]);
	rn_diagnose_related (sink, RN_D_TRANSLATION_STALE, rn_page_place (page, first->here, first->here_col),
	                     (const char *const[]) { n, total, page->source->file, page->file, NULL }, related, drifted->n);
	for (guint i = 0; i < drifted->n; i++)
		g_free (related[i].message);
}

static void tell_page (gpointer user, guint index, const RnDrifted *drifted)
{
	const Telling *telling = user;
	const RnPage *page = telling->pages->pdata[index];
	if (drifted->state != RN_DRIFTED_KNOWN)
		rn_diagnose (telling->sink, RN_D_TRANSLATION_UNCLEAR, rn_page_place (page, 1, 1), page->source->file, rn_drifted_reason (drifted->state), page->file);
	else if (drifted->n)
		tell_passages (telling->sink, page, drifted);
	else
		rn_diagnose (telling->sink, RN_D_TRANSLATION_SAME, rn_page_place (page, 1, 1), page->source->file, page->file);
}

void rn_drift_tell (const RnLibrary *library, RnHistory *history, guint jobs, RnDiagnostics *sink)
{
	g_autoptr (GPtrArray) pages = rn_drift_pages (library);
	Telling telling = { pages, sink };
	rn_drifted_all (rn_library_site (library)->tree, history, pages, jobs, tell_page, &telling);
}
