/*
 * stamp.h - was all this built already? A note of what went in and what came out, so that a build with nothing to do does nothing.
 *
 * The note (in the cache; deleting it changes no output byte) holds a hash of the inputs' names, sizes, times and inodes, of the options and the
 * program; a hash of the same of every file of the output; how long the clock may run before a date in the content
 * changes something; and what was told. Where all agree, the output is what a build would make. It is all or nothing: no part of a
 * build is ever taken from an earlier one.
 */
#ifndef RN_PRESS_STAMP_H
#define RN_PRESS_STAMP_H

#include "press/press.h"

typedef struct RnStamp RnStamp;

/* Of the trees as they are now, before anything is read. NULL: it cannot be told whether they change meanwhile. */
RnStamp *rn_stamp_take (const RnPressOptions *options, RnTree *tree, RnTree *shipped);
void     rn_stamp_free (RnStamp *stamp);

/* Is the output what a build of these inputs at time CLOCK made? Then RESULT and SINK get what that build told. */
gboolean rn_stamp_matches (const RnStamp *stamp, const char *cache, gint64 clock, RnDiagnostics *sink, RnPressResult *result);

/* Notes that it is now. until: see rn_library_valid_until. folders: of files outside the site that went in (may be NULL): a change in one is noticed. What cannot be written is not noted, and that is all. */
void     rn_stamp_keep (const RnStamp *stamp, const char *cache, gint64 clock, gint64 until, const GPtrArray *folders, RnDiagnostics *sink, const RnPressResult *result);

#endif
