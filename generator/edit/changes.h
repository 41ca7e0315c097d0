/*
 * changes.h - what is to be done to the site's files, prepared whole and then done at once: files written, renamed, taken away.
 *
 * All new bytes are written beside their files first; then each file is changed by one rename, and what it was lies beside it until the changes are settled. If one of
 * them cannot be, or is no longer what it was when it was read, all that was done is undone, by renames too: a full disk is no hindrance.
 */
#ifndef RN_EDIT_CHANGES_H
#define RN_EDIT_CHANGES_H

#include <gio/gio.h>

typedef struct RnChanges RnChanges;

typedef struct { const char *file, *to; gboolean written; } RnChange;   /* to: its new name, or NULL where it goes; written: its bytes change */

/* Of files in the folder DIR; names of files are relative to it. */
RnChanges *rn_changes_new (const char *dir);
void       rn_changes_free (RnChanges *changes);

/* FILE, whose bytes are BEFORE, is to be AFTER (NULL: as it is, whatever it is) at TO (may be FILE; NULL: nowhere). Each file once; strings are copied, bytes are shared. */
void       rn_changes_add (RnChanges *changes, const char *file, const char *to, GBytes *before, GBytes *after);

/* All of them, in the order they were added. */
guint      rn_changes_count (const RnChanges *changes);
RnChange   rn_changes_get (const RnChanges *changes, guint index);

gboolean   rn_changes_do (RnChanges *changes, GError **error);
/* Puts everything back, as far as it was done; FALSE: something could not be, which is named. */
gboolean   rn_changes_undo (RnChanges *changes, GError **error);
/* When all is well: takes away the folders from which the last file has gone. Then nothing can be undone any more. FALSE: all is changed, and something that lay beside the files stays,
 * which is named. */
gboolean   rn_changes_settle (RnChanges *changes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnChanges, rn_changes_free)

#endif
