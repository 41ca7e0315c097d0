/* excerpt.h - the line of a file that a diagnostic is about, cut to what can be shown, and a caret under its column. */
#ifndef RN_BASE_EXCERPT_H
#define RN_BASE_EXCERPT_H

#include <glib.h>

#define RN_EXCERPT_WIDTH 100   /* characters of a line that are shown */

/* Line LINE (from 1) of TEXT, without its end; *len its length. NULL: there is none. */
const char *rn_excerpt_line (const char *text, gsize text_len, guint line, gsize *len);

/*
 * LINE cut to a window around column COL (from 1), and white space as wide as what stands before that column, then '^'. Both are emptied first; what is not valid
 * UTF-8 is shown as a sign for it.
 */
void        rn_excerpt (const char *line, gsize len, guint col, GString *shown, GString *caret);

/* The bytes of FILE below DIR, or else below SHARE (may be NULL), appended. FALSE: it is no regular file there, or cannot be read. */
gboolean    rn_excerpt_file (const char *dir, const char *share, const char *file, GString *text);

#endif
