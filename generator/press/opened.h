/*
 * opened.h - a site that is open to be made: its files, history, configuration and assets, and the frozen library with all that plugins add.
 *
 * The four steps are a build's; who shows the site (preview/) takes them too, so that both see the same pages. One thread opens; once the library is there
 * any thread may read.
 */
#ifndef RN_PRESS_OPENED_H
#define RN_PRESS_OPENED_H

#include "model/library.h"
#include "press/press.h"
#include "site/assets.h"

typedef struct {
	const RnPressOptions *options;   /* borrowed */
	RnDiagnostics *sink;             /* borrowed: what is wrong is told there */
	char *cache;                     /* the build's cache folder */
	RnTree *tree, *shipped;
	RnHistory *history;
	RnSite *site;
	RnAssets *assets;
	RnLibrary *library;
} RnOpened;

/* Each step needs those before it. FALSE with ERROR: it cannot go on; rn_opened_clear in any case. */
gboolean rn_opened_sources (RnOpened *opened, GError **error);
gboolean rn_opened_history (RnOpened *opened, GError **error);
gboolean rn_opened_site    (RnOpened *opened, GError **error);

/*
 * Loads the library and freezes it. broken: files of pages that cannot be made (may be NULL; borrowed): then there is nothing new to tell of the others. A
 * plugin that its budget stops meanwhile has no part in it. May be called again, with more in BROKEN, when nobody holds anything of the old library.
 */
gboolean rn_opened_library (RnOpened *opened, GHashTable *broken, GError **error);

/* Frees what it holds. */
void     rn_opened_clear (RnOpened *opened);

/* The run's now: what options say, the commit's, or the system's. */
gint64   rn_opened_clock (const RnOpened *opened);
/*
 * Do its pages tell of bundles? They do where the site asks for them (share: true), or the call by name; a run that makes the site without them tells of
 * those that stay.
 */
gboolean rn_opened_shares (const RnOpened *opened);

#endif
