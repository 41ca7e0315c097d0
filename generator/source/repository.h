/*
 * repository.h - a git repository as publishing and hooks need it: its settings, its branches, what is staged.
 *
 * Nothing here touches a work tree or an index. Belongs to one thread.
 */
#ifndef RN_SOURCE_REPOSITORY_H
#define RN_SOURCE_REPOSITORY_H

#include "source/tree.h"

typedef struct RnRepository RnRepository;

/* The repository that PATH is or lies in. NULL with ERROR (RN_TREE_ERROR_MISSING). */
RnRepository *rn_repository_open (const char *path, GError **error);
void          rn_repository_free (RnRepository *repository);
/* Makes an empty bare one at PATH where there is none. */
gboolean      rn_repository_make (const char *path, GError **error);

const char *rn_repository_folder (const RnRepository *repository);   /* .git, or the bare one itself; with a final slash */
const char *rn_repository_work (const RnRepository *repository);     /* its work tree, with a final slash; NULL: it is bare */

/* Where git looks for its hooks. FALSE: it is told to look elsewhere (core.hooksPath), where other repositories may look too; *path (free it) is that place. */
gboolean    rn_repository_hooks (RnRepository *repository, char **path);

/* A setting ("rohnamo.target"); NULL: it is not set. Free it. */
char    *rn_repository_get (RnRepository *repository, const char *name);
/* Into the repository's own settings; NULL takes it out. */
gboolean rn_repository_set (RnRepository *repository, const char *name, const char *value, GError **error);

/* The commit that the branch NAME is at, into HEX (41 bytes); "": there is no such branch. FALSE with ERROR: that cannot be known. */
gboolean rn_repository_tip (RnRepository *repository, const char *name, char hex[41], GError **error);
/* The branch that HEAD names, also before its first commit, as *NAME (free it); NULL: none. FALSE with ERROR. */
gboolean rn_repository_head (RnRepository *repository, char **name, GError **error);
/* *before: is COMMIT one of those that LATER came from? Not where they are the same, or one is not there. FALSE with ERROR: that cannot be known. */
gboolean rn_repository_is_before (RnRepository *repository, const char *commit, const char *later, gboolean *before, GError **error);
/* The first line of COMMIT's message; NULL: there is no such commit. Free it. */
char    *rn_repository_subject (RnRepository *repository, const char *commit);

/*
 * Paths (owned, sorted, relative to the repository) that the next commit changes, adds or removes. index: the file that holds what is staged; NULL: the
 * repository's.
 */
GPtrArray *rn_repository_staged (RnRepository *repository, const char *index, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRepository, rn_repository_free)

#endif
