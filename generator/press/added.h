/* added.h - files and feeds of plugins, put into the site on all cores. */
#ifndef RN_PRESS_ADDED_H
#define RN_PRESS_ADDED_H

#include "base/atomic_tree.h"
#include "model/library.h"

gboolean rn_added_put (const RnLibrary *library, RnAtomicTree *out, guint jobs, GError **error);

#endif
