/*
 * offline.h - what a site needs to be kept on phones: a page a language where readers choose what to keep, the worker that answers without a
 * connection, and the packs that it stores (PACKS.md). All of it where site.yaml asks for it with offline.
 */
#ifndef RN_SITE_OFFLINE_H
#define RN_SITE_OFFLINE_H

#include "site/files.h"

/* Its page in each language, "/<lang>/offline/", through the layout "offline". Before the library is frozen. */
void     rn_offline_add_pages (RnLibrary *library);

/* Puts sw.js, the booklets and the packs, when print/ and all other files of site/ are put. commit: NULL or "" for none. Does nothing where nobody asks for it. */
gboolean rn_offline_put (RnFiles *files, const RnLibrary *library, const char *commit, guint jobs, RnAtomicTree *out, RnDiagnostics *sink, GError **error);

#endif
