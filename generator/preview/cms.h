/* cms.h - the configuration of the web editor (Decap CMS) from the schemas of a site. README.md of this folder says what stands in it. */
#ifndef RN_PREVIEW_CMS_H
#define RN_PREVIEW_CMS_H

#include "model/library.h"

typedef struct {
	const RnLanguage *language;  /* of labels; NULL: the site's first */
	const char *repo;            /* "owner/name" at GitHub, where the editor works without this program; NULL: with `rohnamo serve --cms` */
	const char *branch;          /* NULL: main */
	const char *address;         /* where the site is seen; NULL: the site's base_url, or nowhere */
} RnCmsOptions;

/*
 * config.yml into OUT: the same bytes for the same content. arena: of what is read meanwhile. FALSE: layouts/cms/fields.yaml is not there or is broken, as SINK was told.
 */
gboolean rn_cms_config (const RnLibrary *library, const RnCmsOptions *options, RnArena *arena, RnDiagnostics *sink, GString *out);

#endif
