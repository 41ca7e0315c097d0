/*
 * branch.h - files as a commit on a branch, without a work tree and without the repository's index: what pages hosting shows.
 *
 * The branch's own commit is the parent of the new one. Belongs to one thread.
 */
#ifndef RN_SOURCE_BRANCH_H
#define RN_SOURCE_BRANCH_H

#include "source/repository.h"

typedef struct RnBranch RnBranch;

/*
 * Begins a commit on the branch NAME (made where it is not there). FALSE with ERROR: NAME cannot be a branch's, or is checked out, so that its files would no
 * longer be those of the commit.
 */
RnBranch *rn_branch_begin (RnRepository *repository, const char *name, GError **error);
void      rn_branch_free (RnBranch *branch);

/* Every file of the branch's commit, before anything was put. FALSE: EACH said so, or with ERROR. */
typedef gboolean (*RnBranchEach) (const char *path, const char *data, gsize len, gpointer user);
gboolean rn_branch_walk (RnBranch *branch, RnBranchEach each, gpointer user, GError **error);
/* One of them, appended to OUT. FALSE with ERROR. */
gboolean rn_branch_read (RnBranch *branch, const char *path, GString *out, GError **error);

/* A file of the new commit. */
gboolean rn_branch_put (RnBranch *branch, const char *path, const char *data, gsize len, GError **error);
/* A file of the branch's commit stays, where it has one. */
void     rn_branch_keep (RnBranch *branch, const char *path);

/*
 * Commits what was put, where it is not what the branch has: *commit is then its id (owned), else NULL. FALSE with ERROR (RN_TREE_ERROR_REVISION: the branch
 * was moved meanwhile).
 */
gboolean rn_branch_commit (RnBranch *branch, const char *message, char **commit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnBranch, rn_branch_free)

#endif
