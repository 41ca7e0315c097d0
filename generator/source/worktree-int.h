/* worktree-int.h - a folder (worktree.c) and what its repository says of the files in it (worktree_git.c). */
#ifndef RN_SOURCE_WORKTREE_INT_H
#define RN_SOURCE_WORKTREE_INT_H

#include "source/ignore.h"
#include "source/tree-int.h"

typedef struct {
	RnTree     base;
	int        folder;           /* the site's, open */
	git_index *index;            /* NULL: no repository */
	RnIgnore  *ignore;           /* NULL: likewise */
} RnWorkTree;

/* Opens PATH (relative, below ROOT) without following a link anywhere; -1 and errno. */
int      rn_open_beneath (int root, const char *path, int flags);

/* Finds the repository that REAL lies in, if it has one that knows it. */
gboolean rn_worktree_find_repository (RnWorkTree *work, const char *real, GError **error);
/* Of paths relative to the site: */
gboolean rn_worktree_ignores (RnWorkTree *work, const char *path);
gboolean rn_worktree_skips_folder (RnWorkTree *work, const char *path);
gboolean rn_worktree_is_submodule (RnWorkTree *work, const char *path);
/* Takes ignored files out of the entries, and notes the blobs of tracked ones. */
void     rn_worktree_drop_ignored (RnWorkTree *work);
void     rn_worktree_changed (RnTree *tree, gboolean *changed);

#endif
