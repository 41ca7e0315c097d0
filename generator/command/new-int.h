/* new-int.h - what the two kinds of rohnamo new share. */
#ifndef RN_COMMAND_NEW_INT_H
#define RN_COMMAND_NEW_INT_H

#include "command/command.h"

/* Makes the file PATH and the folders it lies in; one that is there is never written over. */
gboolean rn_new_create (const char *path, const GString *text, GError **error);

/* new plugin NAME, in the site DIR, from the sample in SHARE. Gives the exit status. */
int rn_new_plugin (const char *dir, const char *share, const char *name);

#endif
