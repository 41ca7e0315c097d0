/*
 * watch-int.h - tells of files that change below folders, those that are made or moved there later among them.
 *
 * What comes in one go (a save is three events, a branch switch thousands) is told at once, when it has been quiet for some milliseconds. Names that begin
 * with a dot or end as editors' own copies do are passed over. Lives in the main loop of the thread that made it.
 */
#ifndef RN_PREVIEW_WATCH_INT_H
#define RN_PREVIEW_WATCH_INT_H

#include <gio/gio.h>

typedef struct RnWatch RnWatch;

/* PATHS: GPtrArray of absolute names, each once; files and folders. all: too many to be listed, or a folder that is watched was gone. */
typedef void (*RnWatchChanged) (gpointer user, const GPtrArray *paths, gboolean all);

RnWatch *rn_watch_new (RnWatchChanged changed, gpointer user);
void     rn_watch_free (RnWatch *watch);

/* Watches the folder DIR and all below it but for EXCEPT (an absolute path; may be NULL); also where it is not there yet. */
void     rn_watch_add (RnWatch *watch, const char *dir, const char *except);

/* Is NAME, a file's own without its folder, nobody's content: ".git", ".page.md.swp", "page.md~", "#page.md#", "4913"? */
gboolean rn_watch_passes (const char *name);

#endif
