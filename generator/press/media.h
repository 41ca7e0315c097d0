/*
 * media.h - the content's files that are no pages: pictures, audio, attachments, at the address of their place in the content.
 *
 * SVG is cleaned on the way (it could carry scripts), photographs lose their cameras' notes; tables for plugins (data/), YAML and Markdown stay behind.
 */
#ifndef RN_PRESS_MEDIA_H
#define RN_PRESS_MEDIA_H

#include "base/atomic_tree.h"
#include "model/library.h"

/* The tree's numbers of all media of the site, in the order of paths. One that would stand in the place of a page is told and left out. */
GArray  *rn_media_list (const RnLibrary *library, RnDiagnostics *sink);

/* File INDEX of the tree as readers get it, into OUT (emptied first). FALSE after a diagnostic: they do not. */
gboolean rn_media_make (const RnSite *site, guint index, GString *out, RnDiagnostics *sink);
/* Puts file INDEX of the tree. TEXT is scratch. What is wrong with it is told; FALSE: it could not be written. */
gboolean rn_media_put (const RnSite *site, guint index, RnAtomicTree *out, GString *text, RnDiagnostics *sink, GError **error);

#define RN_MEDIA_MAX ((gsize) 64 << 20)

#endif
