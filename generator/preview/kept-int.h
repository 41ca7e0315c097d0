/*
 * kept-int.h - what was last shown at an address, when it was well, and what is wrong there now: broken content never takes a page away.
 *
 * The last addresses alone are kept. Any thread may ask.
 */
#ifndef RN_PREVIEW_KEPT_INT_H
#define RN_PREVIEW_KEPT_INT_H

#include "preview/told-int.h"

typedef struct RnKept RnKept;

#define RN_KEPT_MAX 64

RnKept *rn_kept_new (void);
void    rn_kept_free (RnKept *kept);

/* The page at URL, of FILE (NULL: none), is well: HTML is what is shown. */
void    rn_kept_put (RnKept *kept, const char *url, const char *file, const GString *html);
/* It cannot be made, as TOLD says. */
void    rn_kept_fail (RnKept *kept, const char *url, RnTold *told);

/* What was last shown at URL, into HTML (emptied first). FALSE: nothing was. */
gboolean rn_kept_get (RnKept *kept, const char *url, GString *html);
/* What is wrong at URL now; NULL: nothing. Unref it. */
RnTold *rn_kept_fault (RnKept *kept, const char *url);
/* The file that was shown at URL; NULL: not known. Free it. */
char   *rn_kept_file (RnKept *kept, const char *url);

#endif
