/*
 * preview.h - other branches beside the site: shown below /preview/<name>/ of every edition of a folder that is a target (shelf.c).
 */
#ifndef RN_PUBLISH_PREVIEW_H
#define RN_PUBLISH_PREVIEW_H

#include <glib.h>

/* A name for BRANCH that every file system and every address takes, and no other branch has. Free it. Pure. */
char *rn_preview_name (const char *branch);

/*
 * The folder of BRANCH's preview beside the target FOLDER: a target of its own. The edition that is shown now learns where previews are. Free it; NULL with
 * ERROR. *lock is a
 * descriptor to be closed when the preview is done: one writer of previews at a time.
 */
char *rn_preview_open (const char *folder, const char *branch, int *lock, GError **error);

/* Takes BRANCH's preview away, if there is one. */
gboolean rn_preview_remove (const char *folder, const char *branch, GError **error);

/* The folder of editions and previews beside FOLDER. Free it. */
char *rn_preview_store (const char *folder);

/* Where builds for the target FOLDER are made, one folder a NAME. Free it. */
char *rn_preview_output (const char *folder, const char *name);

#endif
