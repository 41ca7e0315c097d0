/*
 * sums.h - site/SHA256SUMS over the files of site/, and SHA256SUMS over all of the output: what tells a reader of a copy that it is whole.
 *
 * Made where site.yaml asks for it (sums: true), as the last files of an edition, and swapped in with it.
 */
#ifndef RN_PRESS_SUMS_H
#define RN_PRESS_SUMS_H

#include "base/atomic_tree.h"
#include "site/files.h"

gboolean rn_press_sums_wanted (const RnSite *site);

/* FILES (may be NULL) has hashes of what was put whole; the others are read once more, by JOBS threads. */
gboolean rn_press_sums_put (RnAtomicTree *out, RnFiles *files, guint jobs, GError **error);

#endif
