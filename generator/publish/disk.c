/* disk.c - copies, links, and small files that are replaced in one step. */
#include "publish/disk.h"
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int create (int fd, const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
	int file = openat (fd, path, flags, 0666);
	if (file < 0 && errno == ENOENT && rn_folder_make_parents (fd, path))
		file = openat (fd, path, flags, 0666);
	return file;
}

static gboolean copy_bytes (int from, int to)
{
	char chunk[65536];
	gssize n;
	if (!ioctl (to, FICLONE, from))
		return TRUE;
	while ((n = read (from, chunk, sizeof chunk)) > 0)
		if (!rn_write_all (to, chunk, (gsize) n))
			return FALSE;
	return n == 0;
}

gboolean rn_disk_copy (int from, const char *source, int to, const char *path)
{
	int in = openat (from, source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), out = in < 0 ? -1 : create (to, path);
	gboolean fine = out >= 0 && copy_bytes (in, out);
	int why = errno;
	if (in >= 0)
		close (in);
	if (out >= 0 && close (out) && fine)
		fine = FALSE, why = errno;
	errno = why;
	return fine;
}

gboolean rn_disk_link (int from, const char *source, int to, const char *path)
{
	if (!linkat (from, source, to, path, 0))
		return TRUE;
	if (errno == ENOENT && rn_folder_make_parents (to, path) && !linkat (from, source, to, path, 0))
		return TRUE;
	return rn_disk_copy (from, source, to, path);
}

gboolean rn_disk_write (int fd, const char *path, const char *text)
{
	g_autofree char *fresh = g_strconcat (path, ".new", NULL);
	unlinkat (fd, fresh, 0);
	int file = create (fd, fresh);
	if (file < 0)
		return FALSE;
	gboolean fine = rn_write_all (file, text, strlen (text)) && !fsync (file);
	int why = errno;
	close (file);
	errno = why;
	return fine && !renameat (fd, fresh, fd, path) && (fd == AT_FDCWD || !fsync (fd) || errno == EINVAL);
}

char *rn_disk_read (int fd, const char *path)
{
	g_autoptr (GString) text = g_string_new (NULL);
	char chunk[65536];
	gssize n = -1;
	int file = openat (fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	while (file >= 0 && (n = read (file, chunk, sizeof chunk)) > 0)
		g_string_append_len (text, chunk, n);
	int why = errno;
	if (file >= 0)
		close (file);
	errno = why;
	return n < 0 ? NULL : g_strdup (text->str);
}
