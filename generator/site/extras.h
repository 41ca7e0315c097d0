/* extras.h - the small files of a site: robots.txt, the manifest, and pages that send readers of old addresses on. */
#ifndef RN_SITE_EXTRAS_H
#define RN_SITE_EXTRAS_H

#include "model/library.h"

/* All append to OUT, which they empty first. */
void rn_robots_make (const RnLibrary *library, GString *out);
/* icon: the address of the site's icon; NULL: none. */
void rn_manifest_make (const RnLibrary *library, const char *icon, GString *out);
/* What stands at ALIAS (site-absolute) and leads to PAGE, with and without a browser that follows by itself. */
void rn_redirect_make (const RnLibrary *library, const RnPage *page, const char *alias, GString *out);

#endif
