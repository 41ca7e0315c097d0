/*
 * shortage.h - memory that the system refuses, to us or to a library.
 *
 * Half of the libraries that a build stands on go on without what they were refused: a text is not shaped, a document is cut off, and nothing is said. So
 * every allocation of the process passes through here (where the C library is glibc and no sanitizer has taken its place):
 * a small one that is refused ends the program, as GLib's do; a large one, which callers may do without, is remembered, and no output that was made
 * since then may replace an older one. What stands is whole: an edition is swapped in with one rename.
 */
#ifndef RN_BASE_SHORTAGE_H
#define RN_BASE_SHORTAGE_H

#include <glib.h>

/* Sets the words to end with, the program's name in front and no line end: kept as a pointer. STATUS: what the program ends with. GLib's own last words end it with STATUS too. */
void     rn_shortage_words (const char *words, int status);

/* Has a large allocation been refused since the program began? Any thread. */
gboolean rn_shortage (void);

#endif
