/* commit.h - single files of a folder as one commit on the branch that is checked out; all else that is staged or changed stays as it is. */
#ifndef RN_SOURCE_COMMIT_H
#define RN_SOURCE_COMMIT_H

#include <glib.h>

/* No repository; fine; git knows no author; a merge or the like is under way. */
typedef enum { RN_COMMIT_NONE, RN_COMMIT_READY, RN_COMMIT_UNKNOWN, RN_COMMIT_BUSY } RnCommitState;

/* May files of DIR be committed now? */
RnCommitState rn_commit_state (const char *dir);

/* Who commits in the repository of DIR from now on, as `git config user.name` and `user.email` do. FALSE: ERROR says why. */
gboolean rn_commit_author (const char *dir, const char *name, const char *email, GError **error);

/*
 * A commit with FILES (relative to DIR, NULL-terminated; those that are gone are taken out), on what HEAD is. The index is told of these files alone.
 * FALSE: ERROR says why, and no commit was made. TRUE without a commit: nothing in them is new. Needs RN_COMMIT_READY.
 */
gboolean rn_commit_files (const char *dir, const char *const *files, const char *message, GError **error);

#endif
