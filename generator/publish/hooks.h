/*
 * hooks.h - git's hooks: a few lines of sh that call this program, and a file that stood there before, which they run first.
 *
 * A file of somebody else's is never changed: it gets the ending .before-rohnamo, and its old name back when ours goes.
 */
#ifndef RN_PUBLISH_HOOKS_H
#define RN_PUBLISH_HOOKS_H

#include <glib.h>

typedef enum { RN_HOOK_PRE_COMMIT, RN_HOOK_POST_RECEIVE, RN_HOOKS } RnHook;

const char *rn_hook_name (RnHook hook);

/* Writes HOOK into FOLDER (made if missing). program: this one's path. *chained: another's file stood there, and is run first. FALSE with ERROR. */
gboolean rn_hook_install (const char *folder, RnHook hook, const char *program, gboolean *chained, GError **error);

/* Takes it away, where it is ours. *removed: it was. */
gboolean rn_hook_remove (const char *folder, RnHook hook, gboolean *removed, GError **error);

#endif
