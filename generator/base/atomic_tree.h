/*
 * atomic_tree.h - writes a whole folder beside the old one and swaps it in with one rename.
 *
 * Every file is compared with the folder that stands there now; an identical
 * one keeps its inode and its time. A run that fails or is killed leaves the old folder as it was; what it
 * left behind is removed by the next run. Where nothing changed, nothing is written at all.
 *
 * The new folder is staged as a sibling, ".<name>.new-<pid>", locked (flock) while its writer lives: a second writer is
 * told so, and a stale one is cleared. Where the target is a mount point, or its parent cannot be
 * written, the stage lies inside it and its entries are exchanged one by one.
 * Files of the old folder's top level that are not ours (README.md, dot-files) are carried over.
 *
 * put may be called from many threads; the rest belongs to one.
 */
#ifndef RN_BASE_ATOMIC_TREE_H
#define RN_BASE_ATOMIC_TREE_H

#include <glib.h>

#define RN_ATOMIC_TREE_ERROR (rn_atomic_tree_error_quark ())
GQuark rn_atomic_tree_error_quark (void);
typedef enum {
	RN_ATOMIC_TREE_ERROR_IO,      /* the message names the path and the system's reason */
	RN_ATOMIC_TREE_ERROR_BUSY,    /* another build is writing there */
	RN_ATOMIC_TREE_ERROR_FOREIGN, /* the folder holds files that no build made: MARKER is missing */
} RnAtomicTreeError;

typedef struct RnAtomicTree RnAtomicTree;

/* state: the sum of rn_folder_state over all files put, as they stand in the folder now. */
typedef struct { guint files, changed, removed; guint64 bytes, state; } RnAtomicTreeStats;

/*
 * Begins a new edition of DIR (made if missing). marker: the file ("build.json") whose presence says that DIR is
 * ours; a folder that is not empty and lacks it is refused (FOREIGN), so that no one's files are ever replaced.
 */
RnAtomicTree *rn_atomic_tree_begin (const char *dir, const char *marker, GError **error);

/* The folder that is being written. Free it. */
char *rn_atomic_tree_stage (const RnAtomicTree *tree);

/*
 * Puts one file: PATH is relative ("site/tg/index.html"), missing folders are made. Each path once. */
gboolean rn_atomic_tree_put (RnAtomicTree *tree, const char *path, const char *data, gsize len, GError **error);

/*
 * Puts one file under two names: one file with two links where the disk has them, else two files. For what is both a product of its own and
 * a part of the site that is served.
 */
gboolean rn_atomic_tree_put_twice (RnAtomicTree *tree, const char *path, const char *other, const char *data, gsize len, GError **error);

/* A file that is too large to be held: written piece by piece, compared with the old one at the end. other: its second name; NULL: none. */
typedef struct RnAtomicFile RnAtomicFile;
RnAtomicFile *rn_atomic_tree_open (RnAtomicTree *tree, const char *path, GError **error);
gboolean      rn_atomic_file_write (RnAtomicFile *file, const char *data, gsize len, GError **error);
/* Frees FILE in any case. */
gboolean      rn_atomic_file_close (RnAtomicFile *file, const char *other, GError **error);
void          rn_atomic_file_abort (RnAtomicFile *file);

/* The paths below PREFIX ("site/") that have been put or kept so far, sorted. Free the array; the names are the tree's. */
GPtrArray *rn_atomic_tree_list (RnAtomicTree *tree, const char *prefix);
/* Reads back what was put or kept at PATH: into OUT, emptied first. Any thread. */
gboolean   rn_atomic_tree_read (RnAtomicTree *tree, const char *path, GString *out, GError **error);
/* SHA-256 in hex of what was put or kept at PATH, read piece by piece. Any thread. */
gboolean   rn_atomic_tree_sum (RnAtomicTree *tree, const char *path, char sum[65], GError **error);

/*
 * Keeps what stands at PATH now, a file or a folder with all that is in it (an output that this run does not make). but: what begins so is
 * made by this run all the same ("site/search/", NULL); NULL: nothing.
 */
gboolean rn_atomic_tree_keep (RnAtomicTree *tree, const char *path, const char *const *but, GError **error);

/* Swaps the new edition in (files and folders synced first) and removes the old one. Frees TREE in any case. */
gboolean rn_atomic_tree_commit (RnAtomicTree *tree, RnAtomicTreeStats *stats, GError **error);

/*
 * WATCH sees every file that is put whole from now on, once, in the thread that put it, when it is written; it may put others, which it then sees too.
 * FALSE with ERROR: the put has failed. One watcher a tree; NULL ends it.
 */
typedef gboolean (*RnAtomicTreeWatch) (gpointer user, const char *path, const char *data, gsize len, GError **error);
void rn_atomic_tree_watch (RnAtomicTree *tree, RnAtomicTreeWatch watch, gpointer user);

/* Begins the new edition anew, in the same place: what was put or kept so far is forgotten. */
gboolean rn_atomic_tree_again (RnAtomicTree *tree, GError **error);

/* Throws the new edition away; the old one stays. NULL is allowed. */
void rn_atomic_tree_abort (RnAtomicTree *tree);

#endif
