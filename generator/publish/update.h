/*
 * update.h - what stands at a target (its manifest) and what an edition holds, side by side: what must be written, in which order, and what goes.
 *
 * A manifest is a text of lines "<SHA-256 in hex>  <path>", sorted by path, as `sha256sum -c` reads it. A hash of 64 zeros: nobody knows what stands there, as
 * it was being written or removed; it is like no other. All functions are pure.
 */
#ifndef RN_PUBLISH_UPDATE_H
#define RN_PUBLISH_UPDATE_H

#include "publish/edition.h"

#define RN_SUM_UNKNOWN "0000000000000000000000000000000000000000000000000000000000000000"

typedef struct RnManifest RnManifest;

RnManifest *rn_manifest_new (void);
/* NULL with ERROR: a line is not of that form, or its path leads out of the target. */
RnManifest *rn_manifest_parse (const char *text, GError **error);
void        rn_manifest_free (RnManifest *manifest);
/* Later lines of the same path take the place of earlier ones. */
void        rn_manifest_add (RnManifest *manifest, const char *path, const char *sum);
const char *rn_manifest_sum (const RnManifest *manifest, const char *path);   /* NULL: it has no such path */
GPtrArray  *rn_manifest_paths (const RnManifest *manifest);                   /* sorted; free the array, the names are the manifest's */
char       *rn_manifest_text (const RnManifest *manifest);                    /* free it */

typedef struct {
	GPtrArray *put;       /* RnEditionFile: what is new or other, in the order in which to write it */
	GPtrArray *gone;      /* names (the old manifest's) that the edition does not have */
	guint added, changed, same;
	guint64 bytes;        /* of what is put */
} RnUpdate;

/*
 * old: what stands there; NULL: nothing. Both must outlive the update. In the order pages come after what they show, and what phones look at first for news
 * comes last.
 */
RnUpdate *rn_update_new (const RnManifest *old, const RnEdition *edition);
void    rn_update_free (RnUpdate *update);

/* The step in which PATH is written: 0 what pages show, 1 pages, 2 what tells phones that there is a new edition. */
enum { RN_UPDATE_STEPS = 3 };
guint    rn_update_step (const char *path);

/* Is there nothing to do? */
gboolean rn_update_is_empty (const RnUpdate *update);

/* The manifest for as long as the update is carried out: what it touches is unknown, so that whoever comes after an interruption writes or removes it. */
RnManifest *rn_update_pending (const RnUpdate *update, const RnManifest *old);
/* The manifest of all that EDITION holds. */
RnManifest *rn_update_done (const RnEdition *edition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnManifest, rn_manifest_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnUpdate, rn_update_free)

#endif
