/*
 * pass.h - one run over all pages of a frozen library, on all cores: each body parsed once, each page rendered and put.
 *
 * A page whose body or layout fails is noted as broken; the press then begins anew without it, so that nothing leads to it.
 */
#ifndef RN_PRESS_PASS_H
#define RN_PRESS_PASS_H

#include "base/atomic_tree.h"
#include "model/library.h"
#include "site/assets.h"

typedef struct {
	RnLibrary *library;
	const RnAssets *assets;
	RnAtomicTree *out;        /* NULL: nothing is written */
	RnDiagnostics *sink;
	guint jobs;
	gint *done;               /* counts items; may be NULL */
	GHashTable *broken;       /* grows: files of pages that cannot be made; owned strings */
	gboolean layouts_failed;  /* set: a layout fails for more than some pages, or for one that is no content */
} RnPass;

/* The number of items that a pass of LIBRARY will count. */
guint    rn_pass_items (const RnLibrary *library);

/* FALSE: what cannot go on (the disk). */
gboolean rn_pass_run (RnPass *pass, GError **error);

#endif
