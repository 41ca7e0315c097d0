/* extras.h - the small files of a site: robots.txt, a manifest a language, security.txt, and pages that send readers of old addresses on. */
#ifndef RN_SITE_EXTRAS_H
#define RN_SITE_EXTRAS_H

#include "model/library.h"
#include "site/assets.h"
#include "site/drawn.h"

/* All append to OUT, which they empty first. */
void rn_robots_make (const RnLibrary *library, GString *out);

/* layouts/manifest.yaml, in ARENA; what is wrong in it is told. NULL: there is none. */
const RnValue *rn_manifest_data (const RnSite *site, RnArena *arena, RnDiagnostics *sink);

/* /<language>/manifest.webmanifest: what the data says, the site's words, and its icons among ASSETS and DRAWN (both may be NULL). */
void rn_manifest_make (const RnLibrary *library, const RnLanguage *language, const RnAssets *assets, const RnDrawn *drawn, RnDiagnostics *sink, GString *out);

/*
 * /.well-known/security.txt (RFC 9116), where site.yaml says `security: {contact: …}`; it ends a year after the edition. FALSE: there is none. A contact that is
 * no address, and an edition of unknown date, are told.
 */
gboolean rn_security_make (const RnLibrary *library, RnDiagnostics *sink, GString *out);

/* What stands at ALIAS (site-absolute) and leads to PAGE, with and without a browser that follows by itself. */
void rn_redirect_make (const RnLibrary *library, const RnPage *page, const char *alias, GString *out);

#endif
