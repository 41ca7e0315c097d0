/* publish.h - one publication: a build, and the edition that it made in place of what stands at a target. */
#ifndef RN_PUBLISH_PUBLISH_H
#define RN_PUBLISH_PUBLISH_H

#include "press/press.h"
#include "publish/outlet.h"

typedef struct {
	RnPressResult press;
	gboolean refused;       /* the content has errors (with press->strict warnings too): nothing was published */
	gboolean replaced;      /* the target shows the new edition; else it showed it already, or nothing was to be done */
	guint added, changed, removed, files;
	guint64 bytes;          /* of what is added or changed */
	GArray *phones;         /* phones.h; NULL: not asked for, or phones keep nothing */
} RnPublished;

/* also: what goes along (RN_ALSO_*); key: of whom its lists are signed (signature.h), NULL: of nobody. */
typedef struct { guint also; const char *key; gboolean dry; } RnPublishOptions;

/*
 * Builds what PRESS says and puts it to OUTLET. dry: counts what would change, for readers' phones too, and changes nothing
 * at the target.
 * FALSE with ERROR: what was there stays (or, of a target that has no single step, is mended by the next publication). rn_published_clear in any case.
 */
gboolean rn_publish_run (RnOutlet *outlet, const RnPressOptions *press, const RnPublishOptions *options, RnDiagnostics *sink, RnPublished *published, GError **error);
void     rn_published_clear (RnPublished *published);

#endif
