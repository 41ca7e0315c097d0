/*
 * booklets.h - printed products that readers can open and keep: copies of print/<product>.<language>.screen.pdf below site/print/.
 *
 * Which: offline: {booklets: [{name: booklet, title: {en: The whole guide}}]} in site.yaml; in each language in which print/ holds it, be it from this run or kept
 * from the last one.
 */
#ifndef RN_SITE_BOOKLETS_H
#define RN_SITE_BOOKLETS_H

#include "base/atomic_tree.h"
#include "base/diagnostic.h"
#include "model/site.h"

/* path: below site/. hash: the first twelve digits of the SHA-256 of its bytes. */
typedef struct { char *path; guint64 bytes; char hash[13]; } RnBooklet;

/*
 * Puts them, when print/ is put. Their list, by path (free with g_array_unref); NULL with ERROR. A name of which print/ has nothing, though other
 * products are there, is told.
 */
GArray *rn_booklets_put (const RnSite *site, RnAtomicTree *out, RnDiagnostics *sink, GError **error);

#endif
