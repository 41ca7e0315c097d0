/* drift.c - a site with a history in; what dates, authors, drift and passages cost, in milliseconds of the clock and of all cores, out: "cold 412.0 398.1". Used by tests/bench/history. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "markdown/drifted.h"
#include "model/drift.h"
#include "model/library.h"

static gint64 began;
static clock_t spent;

static void begin (void)
{
	began = g_get_monotonic_time ();
	spent = clock ();
}

static void tell (const char *name)
{
	printf ("%s %.3f %.3f\n", name, (double) (g_get_monotonic_time () - began) / 1000, (double) (clock () - spent) * 1000 / CLOCKS_PER_SEC);
	begin ();
}

static void *need (void *made, const GError *error)
{
	if (made)
		return made;
	fprintf (stderr, "%s\n", error ? error->message : "it cannot be opened");
	exit (1);
}

static void count (gpointer user, guint index, const RnDrifted *drifted)
{
	(void) index;
	g_atomic_int_add ((gint *) user, (gint) drifted->n);
}

/* Judges every translation again, which the library has done while it was read. */
static void judge (RnTree *tree, const RnLibrary *library)
{
	const RnPages *pages = rn_library_pages (library);
	guint differs = 0;
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		if (page->source && !page->fallback)
			differs += rn_drift_judge (tree, page->source, page) != page->freshness;
	}
	if (differs)
		fprintf (stderr, "%u pages are judged otherwise\n", differs);
}

int main (int argc, char **argv)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	gint passages = 0;
	if (argc != 4) {
		fputs ("usage: drift SITE SHARE CACHE\n", stderr);
		return 2;
	}
	g_autoptr (RnTree) tree = need (rn_tree_open_work (argv[1], NULL, NULL, sink, &error), error), shipped = need (rn_tree_open_work (argv[2], (const char *const[]) { "layouts", NULL }, NULL, NULL, &error), error);
	begin ();
	g_autoptr (RnHistory) cold = need (rn_history_open (tree, argv[3], sink, &error), error);
	tell ("cold");
	g_autoptr (RnHistory) warm = need (rn_history_open (tree, argv[3], sink, &error), error);
	tell ("warm");
	RnSite *site = need (rn_site_open (tree, shipped, &(RnSiteOptions) { .drafts = TRUE, .clock = 1800000000 }, sink, &error), error);
	RnLibrary *library = need (rn_library_load (site, warm, 0, NULL, sink, &error), error);
	begin ();
	judge (tree, library);
	tell ("drift");
	g_autoptr (GPtrArray) pages = rn_drift_pages (library);
	rn_drifted_all (tree, warm, pages, 0, count, &passages);
	tell ("passages");
	printf ("stale %u %d\n", pages->len, passages);
	rn_library_free (library);
	rn_site_free (site);
	return 0;
}
