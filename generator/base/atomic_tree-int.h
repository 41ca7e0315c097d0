/* atomic_tree-int.h - what the files that write an edition share. */
#ifndef RN_BASE_ATOMIC_TREE_INT_H
#define RN_BASE_ATOMIC_TREE_INT_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/atomic_tree.h"

struct RnAtomicTree {
	char *dir, *parent, *stage_name;   /* stage_name is relative to stage_home's folder */
	int parent_fd, old_fd, stage_fd;   /* old_fd -1: there is no old folder */
	gboolean inside;                   /* the stage lies inside the target */
	GMutex lock;                       /* over what follows */
	RnArena *names;
	GPtrArray *put, *same;             /* paths: all that were put; those of them that are as they were */
	guint64 bytes, state;
	RnAtomicTreeWatch watch;           /* NULL: nobody watches */
	gpointer watch_user;
};

/* FALSE with ERROR: "WHAT 'PATH': the system's reason", by errno. */
gboolean rn_atomic_tree_fault (GError **error, const char *what, const char *path);

/* FALSE with ERROR by errno: a walk of PATH in the old edition has stopped (rn_folder_stopped). */
gboolean rn_atomic_tree_unread (const RnAtomicTree *tree, const char *path, GError **error);

/* Puts one file that nobody watches: a second name of one that was seen. */
gboolean rn_atomic_tree_put_unseen (RnAtomicTree *tree, const char *path, const char *data, gsize len, GError **error);

/* A new file of the stage, folders above it made. -1 with errno. */
int      rn_atomic_tree_create (int fd, const char *path);

/* Notes a file that was put; same: it is as it was, and is not in the stage. */
void     rn_atomic_tree_note (RnAtomicTree *tree, const char *path, const struct stat *info, gboolean same);

#endif
