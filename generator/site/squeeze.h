/*
 * squeeze.h - a script as a reader's phone gets it: without remarks and without white space that means nothing, its own names short.
 *
 * Done only to a script that asks for it, with a remark that begins "// names:" and lists the names to shorten, on this line and on those below
 * it that begin "//   ". Such a name is made short wherever it stands, as a variable or behind a dot, so it must be none of the browser's, nor a key of
 * data: a listed name that stands behind "dataset." in the script, or as "data-name" in one of its strings, is told and stays as it is. Remarks fill lines of their own; there are no template literals; a statement that ends a line ends in ';' or '}'.
 */
#ifndef RN_SITE_SQUEEZE_H
#define RN_SITE_SQUEEZE_H

#include "base/diagnostic.h"

/* The script TEXT, squeezed; NULL: it does not ask for it. Free it with g_string_free. FILE (kept by the sink) names it to SINK, which may be NULL. */
GString *rn_squeeze (const char *text, gsize len, const char *file, RnDiagnostics *sink);

#endif
