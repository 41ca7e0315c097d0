/*
 * pass.h - one run over all pages of a frozen library, on all cores: each body parsed once, each page rendered and put.
 *
 * A page whose body or layout fails is noted as broken; the press then begins anew without it, so that nothing leads to it.
 */
#ifndef RN_PRESS_PASS_H
#define RN_PRESS_PASS_H

#include "markdown/proof.h"
#include "press/press.h"
#include "print/print.h"
#include "script/stops.h"
#include "search/index.h"
#include "site/assets.h"
#include "site/share.h"

typedef struct {
	RnLibrary *library;
	const RnAssets *assets;
	gboolean site;            /* the site's pages and what belongs to them are made */
	gboolean read;            /* all bodies are read and their links and anchors looked at, though nothing is made of them; not with site */
	RnPrint *print;           /* its jobs are made; NULL: none */
	RnIndex *index;           /* all pages are told to it; NULL: none. It must be finished after the pass */
	RnShare *share;           /* all pages are told to it; NULL: no bundles */
	const RnProof *proof;     /* reads all bodies; NULL: none does */
	GArray *printed;          /* grows: RnPrinted, in no order; owned names */
	RnAtomicTree *out;        /* NULL: nothing is written */
	const char *cache;        /* the build's cache folder; NULL: none */
	RnStops *stops;           /* plugins that a budget ends while pages are made */
	RnDiagnostics *sink;
	guint jobs;
	gint *done;               /* counts items; may be NULL */
	GHashTable *broken;       /* grows: files of pages that cannot be made; owned strings */
	gboolean layouts_failed;  /* set: a layout fails for more than some pages, or for one that is no content */
} RnPass;

/* The number of items that PASS will count. */
guint    rn_pass_items (const RnPass *pass);

/* FALSE: what cannot go on (the disk). */
gboolean rn_pass_run (RnPass *pass, GError **error);

#endif
