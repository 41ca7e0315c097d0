/*
 * assets.h - layouts/assets/ and the assets/ of plugins, which are called "<plugin>/<name>": each file at /assets/<name>.<hash>.<ending>, so that a
 * browser may keep it for ever.
 *
 * The site's own file comes before the shipped one of the same name. Read-only once opened: any thread may look up.
 */
#ifndef RN_SITE_ASSETS_H
#define RN_SITE_ASSETS_H

#include "model/site.h"

typedef struct RnAssets RnAssets;

typedef struct { const char *name, *url; GBytes *data; } RnAsset;

RnAssets *rn_assets_open (const RnSite *site, RnDiagnostics *sink, GError **error);
void      rn_assets_free (RnAssets *assets);

/* "style.css" -> "/assets/style.1a2b3c4d.css"; NULL: there is none. An RnAssetLookup, USER is the RnAssets. */
const char *rn_assets_url (gpointer user, const char *name);

/* Their names, NULL-terminated. An RnAssetNames. */
const char *const *rn_assets_names (gpointer user);

/* All of them, sorted by name. */
const RnAsset *rn_assets_all (const RnAssets *assets, guint *n);

#endif
