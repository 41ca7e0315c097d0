/*
 * preview.c - where previews lie. In: a target's folder and a branch. Out: a folder among the editions, and the link that shows it. Invariant: names of
 * different branches differ.
 */
#include "publish/preview.h"
#include "base/folder.h"
#include "base/text.h"
#include "publish/edition.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *rn_preview_name (const char *branch)
{
	const gsize len = strlen (branch);
	if (len <= 60 && strspn (branch, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && *branch != '-')
		return g_strdup (branch);
	g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, branch, -1), *valid = g_utf8_make_valid (branch, -1);
	g_autofree char *slug = rn_text_slug (valid, -1, NULL);
	g_autofree char *start = g_utf8_substring (slug, 0, MIN (g_utf8_strlen (slug, -1), 40));
	/* No such name is one that a branch could have by itself: those have no dot. */
	return g_strdup_printf ("%s.%.8s", strcmp (start, "-") ? start : "branch", hash);
}

char *rn_preview_store (const char *folder)
{
	g_autofree char *plain = g_canonicalize_filename (folder, NULL), *parent = g_path_get_dirname (plain), *base = g_path_get_basename (plain);
	g_autofree char *name = g_strdup_printf (".%s.editions", base);
	return g_build_filename (parent, name, NULL);
}

static int open_locked (const char *previews, GError **error)
{
	int fd = g_mkdir_with_parents (previews, 0777) ? -1 : open (previews, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0;
	while (!failed && (failed = flock (fd, LOCK_EX)) && errno == EINTR)
		failed = FALSE;
	if (!failed)
		return fd;
	rn_publish_fault (error, "cannot use the folder of previews", previews);
	if (fd >= 0)
		close (fd);
	return -1;
}

char *rn_preview_open (const char *folder, const char *branch, int *lock, GError **error)
{
	g_autofree char *store = rn_preview_store (folder), *previews = g_build_filename (store, "preview", NULL), *shown = g_build_filename (folder, "preview", NULL);
	g_autofree char *name = rn_preview_name (branch);
	*lock = open_locked (previews, error);
	if (*lock < 0)
		return NULL;
	/* An edition that was made before there were previews; where none is shown yet, the next one will have it. */
	if (symlink ("../../preview", shown) && errno != EEXIST && errno != ENOENT) {
		rn_publish_fault (error, "cannot show previews below", folder);
		close (*lock);
		return NULL;
	}
	return g_build_filename (previews, name, NULL);
}

gboolean rn_preview_remove (const char *folder, const char *branch, GError **error)
{
	g_autofree char *store = rn_preview_store (folder), *previews = g_build_filename (store, "preview", NULL), *name = rn_preview_name (branch);
	g_autofree char *editions = g_strdup_printf (".%s.editions", name);
	g_autofree char *output = rn_preview_output (folder, name);
	struct stat info;
	if (stat (previews, &info))
		return errno == ENOENT || rn_publish_fault (error, "cannot use the folder of previews", previews);
	int fd = open_locked (previews, error);
	if (fd < 0)
		return FALSE;
	const gboolean fine = rn_folder_remove (fd, name) && rn_folder_remove (fd, editions) && rn_folder_remove (AT_FDCWD, output);
	if (!fine) {
		const int why = errno;
		g_autofree char *stays = g_canonicalize_filename (rn_folder_stopped (), previews);
		errno = why;
		rn_publish_fault (error, "cannot remove the preview", stays);
	}
	close (fd);
	return fine;
}

char *rn_preview_output (const char *folder, const char *name)
{
	g_autofree char *store = rn_preview_store (folder);
	return g_build_filename (store, "build", name, NULL);
}
