/*
 * ignore.h - which files of a work tree does git ignore? (gitignore(5))
 *
 * The rules come from the user's core.excludesFile, the repository's info/exclude and the .gitignore of every folder on the way; the
 * last one that matches decides, nearer folders before farther ones, and nothing in an ignored folder is taken back.
 * Only what is not tracked is asked about: that a tracked file is never ignored is the caller's part.
 */
#ifndef RN_SOURCE_IGNORE_H
#define RN_SOURCE_IGNORE_H

#include "source/tree-int.h"

typedef struct RnIgnore RnIgnore;

/* TREE, of a repository, outlives it; what cannot be read is noted there (rn_tree_trouble). */
RnIgnore *rn_ignore_new (RnTree *tree);
void      rn_ignore_free (RnIgnore *ignore);

/* PATH: relative to the work tree's top, a folder with its final '/'. */
gboolean  rn_ignore_test (RnIgnore *ignore, const char *path);

/* Does TEXT match PATTERN, where a star passes over no '/', two between slashes pass over folders? */
gboolean  rn_ignore_match (const char *pattern, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnIgnore, rn_ignore_free)

#endif
