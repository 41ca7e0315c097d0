/* folder.h - folders on disk, by descriptor and relative name: nothing outside the descriptor's folder is ever touched. */
#ifndef RN_BASE_FOLDER_H
#define RN_BASE_FOLDER_H

#include <glib.h>
#include <sys/stat.h>

/* Makes all folders above the file PATH below FD. FALSE with errno set. */
gboolean rn_folder_make_parents (int fd, const char *path);

/* Removes NAME below FD, a file or a folder with all that is in it; links are removed, not followed. One that is gone is fine. FALSE with errno. */
gboolean rn_folder_remove (int fd, const char *name);

/*
 * Calls EACH for every file (not folder) below FD's folder PREFIX ("" for all), its path relative to FD, in no order. Stops where EACH
 * answers FALSE. FALSE then, or with errno set where a folder cannot be read.
 */
typedef gboolean (*RnFolderEach) (const char *path, gpointer user);
/* Where this thread's last walk or removal that failed stopped: a path below the walk's top ("": at the top), or of what stays, NAME first. */
const char *rn_folder_stopped (void);
gboolean rn_folder_walk (int fd, const char *prefix, RnFolderEach each, gpointer user);

/* Is PATH a folder, for all that is known? One that cannot be looked at is: FALSE says that there is none. */
gboolean rn_folder_may_be (const char *path);

/* A hash of PATH and of what tells one state of its file from another: size, time of change, inode, mode. Sums of it tell states of folders. */
guint64 rn_folder_state (const char *path, const struct stat *info);

/* The names in the folder PATH but for . and .., in no order; free the array. NULL with errno set. */
GPtrArray *rn_folder_names (const char *path);

/* Removes from the folder PATH what writers that were killed left there: g_file_set_contents writes "NAME.XXXXXX" first. For caches, whose writers may fail. */
void rn_folder_sweep (const char *path);

/* A new folder for a while, of the caller's own, in the system's place for such or in the one that rn_folder_scratch_in named. NULL with ERROR. Remove and free it. */
char *rn_folder_scratch (GError **error);

/* From now on such folders are made in PLACE, which is borrowed; NULL: in the system's place. */
void  rn_folder_scratch_in (const char *place);

/* Writes all LEN bytes to FD, over short writes and interruptions. FALSE with errno. */
gboolean rn_write_all (int fd, const char *data, gsize len);

/* The file PATH is these bytes from now on, or what it was; MODE where it is new. durable: on the disk when this comes back. FALSE with ERROR, which names it. */
gboolean rn_file_put (const char *path, const char *data, gsize len, gboolean durable, int mode, GError **error);

#endif
