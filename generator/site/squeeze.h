/*
 * squeeze.h - a script as a reader's phone gets it: without remarks and without white space that means nothing, its own names short.
 *
 * Done only to a script that asks for it, with a remark that begins "// names:" and lists the names to shorten, on this line and on those below
 * it that begin "//   ". Such a name is made short wherever it stands, as a variable or behind a dot, so it must be none of the browser's, nor a key of
 * data. Remarks fill lines of their own; there are no template literals; a statement that ends a line ends in ';' or '}'.
 */
#ifndef RN_SITE_SQUEEZE_H
#define RN_SITE_SQUEEZE_H

#include <glib.h>

/* The script TEXT, squeezed; NULL: it does not ask for it. Free it with g_string_free. */
GString *rn_squeeze (const char *text, gsize len);

#endif
