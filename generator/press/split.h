/*
 * split.h - which texts are too long for one page, and where they are cut: found before the library is frozen, so that it knows their pieces.
 *
 * Only pages whose files are larger than what a page has room for (`split` in site.yaml) are read and parsed for it; a site without such a page
 * pays nothing. That parse is the second one of such a body: its pieces, their addresses and who links to which of them must be known before the first page is made.
 */
#ifndef RN_PRESS_SPLIT_H
#define RN_PRESS_SPLIT_H

#include "model/library.h"

/* For a LIBRARY that has all its pages and is not frozen. A body that cannot be read is not told here: the pass does that. What has nothing to cut it at is, to SINK. */
gboolean rn_split_run (RnLibrary *library, guint jobs, RnDiagnostics *sink, GError **error);

#endif
