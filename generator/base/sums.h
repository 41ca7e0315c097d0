/*
 * sums.h - SHA-256 of files, and lists of them as sha256sum writes and checks them: "<64 hex digits>  <path>", a line a file.
 *
 * A path with a backslash, a line feed or a carriage return is written with \\, \n and \r, behind a line that begins with a backslash.
 */
#ifndef RN_BASE_SUMS_H
#define RN_BASE_SUMS_H

#include <glib.h>

#define RN_SUMS_FILE "SHA256SUMS"          /* lists all that lies in its folder, but for itself and its signature */
#define RN_SUMS_SIGNATURE ".sig"           /* behind the name of what is signed */

/* SHA-256 in hex of the file PATH below the folder FD, as its disk has it where FRESH (not as the kernel still holds it), and its size. FALSE: errno says why. */
gboolean rn_file_sum (int fd, const char *path, gboolean fresh, char sum[65], guint64 *size);

/* The same of DATA. */
void     rn_sums_of (const void *data, gsize len, char sum[65]);

/* Appends the line of PATH to LIST. */
void     rn_sums_add (GString *list, const char *sum, const char *path);

/* The paths of LIST -> their sums, owned. NULL: line *line is not of that form, names a path twice, or one that leads out of the folder. */
GHashTable *rn_sums_parse (const char *list, guint *line);

/* Is PATH the signature of a list or of a file, or the list itself? Such stand in no list. */
gboolean rn_sums_passes (GHashTable *sums, const char *path);

#endif
