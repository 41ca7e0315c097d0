/*
 * stage.h - what a command did to files, noted for the next commit as `git mv` and `git rm` do.
 *
 * A file that had changes of its own which nobody had staged is left as it is: they are its editor's to commit.
 */
#ifndef RN_SOURCE_STAGE_H
#define RN_SOURCE_STAGE_H

#include <glib.h>

typedef struct RnStage RnStage;

typedef enum { RN_STAGE_UNKNOWN, RN_STAGE_CLEAN, RN_STAGE_STAGED, RN_STAGE_CHANGED } RnStageState;   /* not in git; as committed; staged, not committed; with changes that are not staged */

/* The index of the repository in which the folder DIR lies. NULL without an ERROR: it lies in none. */
RnStage     *rn_stage_open (const char *dir, GError **error);
void         rn_stage_free (RnStage *stage);

/* How FILE, relative to DIR, stands now; UNKNOWN, with an ERROR, where git cannot tell. */
RnStageState rn_stage_state (RnStage *stage, const char *file, GError **error);

/* The commit that the work tree is of, 40 hex digits; NULL: there is none yet. */
const char  *rn_stage_commit (RnStage *stage);

/* Takes FILE's bytes, or where it has gone its going, into the index; write keeps it. FALSE: ERROR says why. */
gboolean     rn_stage_add (RnStage *stage, const char *file, GError **error);
gboolean     rn_stage_write (RnStage *stage, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnStage, rn_stage_free)

#endif
