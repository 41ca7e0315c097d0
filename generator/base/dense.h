/* dense.h - markup that would keep its reader busy for no reader's sake. */
#ifndef RN_BASE_DENSE_H
#define RN_BASE_DENSE_H

#include <glib.h>

#define RN_DENSE_ATTRIBUTES 200     /* of one tag */
#define RN_DENSE_WORK       2e7     /* comments without an end, times the bytes behind the first of them */

/* libxml2 compares each attribute of a tag with all before it, and looks for the end of each comment to the text's end: has MARKUP so many that it must not get it? */
gboolean rn_dense_markup (const char *markup, gsize len);

#endif
