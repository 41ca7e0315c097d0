/* disk.h - single files of a target: copied with the cheapest means that the disk has, written so that an interruption leaves the old or the new one. */
#ifndef RN_PUBLISH_DISK_H
#define RN_PUBLISH_DISK_H

#include <glib.h>

/* The file SOURCE below FROM becomes the new file PATH below TO, folders above it made; a share of the same blocks where the disk can. FALSE with errno. */
gboolean rn_disk_copy (int from, const char *source, int to, const char *path);

/* A second name for the same file; where the disk has no links, a copy. FALSE with errno. */
gboolean rn_disk_link (int from, const char *source, int to, const char *path);

/* PATH below FD (AT_FDCWD: anywhere) holds TEXT, whole, or stays as it was; on the disk when this returns. FALSE with errno. */
gboolean rn_disk_write (int fd, const char *path, const char *text);

/* The text of PATH below FD; NULL with errno (ENOENT: there is none). Free it. */
char    *rn_disk_read (int fd, const char *path);

#endif
