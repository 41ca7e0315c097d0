/*
 * share_order.c - a place whose folders list their files in an order that we choose.
 *
 * ext4 lists by a hash of the names that each disk salts otherwise; tmpfs lists what was made last first, or last, by the kernel's version; btrfs in the order of
 * making. So it is tried out, with more names than a small folder's own way of keeping them holds.
 */
#include "site/share-int.h"
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define NAMES 96
#define STEM "a-name-that-is-as-long-as-those-of-pages-"
#define TEMPLATE "rohnamo-zim-XXXXXX"

/* Makes NAMES files in the folder TRIAL. */
static gboolean fill (int trial)
{
	char name[64];
	for (guint i = 0; i < NAMES; i++) {
		g_snprintf (name, sizeof name, STEM "%03u", i);
		int fd = openat (trial, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0)
			return FALSE;
		close (fd);
	}
	return TRUE;
}

/* 1: TRIAL lists what was made first first, -1: last, 0: neither. Closes it. */
static int order_of (int trial)
{
	DIR *dir = fdopendir (trial);
	const gsize stem = strlen (STEM);
	guint64 number;
	guint up = 0, down = 0;
	if (!dir) {
		close (trial);
		return 0;
	}
	for (struct dirent *entry; (entry = readdir (dir));)
		if (g_str_has_prefix (entry->d_name, STEM) && g_ascii_string_to_unsigned (entry->d_name + stem, 10, 0, NAMES - 1, &number, NULL)) {
			down += number == NAMES - 1 - (up + down) && !up;
			up += number == up && !down;
		}
	closedir (dir);
	return up == NAMES ? 1 : down == NAMES ? -1 : 0;
}

static int try_out (const char *folder)
{
	g_autofree char *trial = g_build_filename (folder, "trial", NULL);
	int order = 0, fd = g_mkdir_with_parents (trial, 0700) ? -1 : open (trial, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && fill (fd))
		order = order_of (fd);
	else if (fd >= 0)
		close (fd);
	rn_folder_remove (AT_FDCWD, trial);
	return order;
}

static gboolean has_room (const char *place, guint64 room)
{
	struct statvfs disk;
	return !statvfs (place, &disk) && (guint64) disk.f_bavail * disk.f_frsize >= room;
}

/* Written before threads are started. */
static struct { gboolean given; const char *of[2]; } told;

void rn_share_places (const char *const places[2])
{
	told.given = TRUE;
	memcpy (told.of, places, sizeof told.of);
}

char *rn_share_ordered_folder (guint64 room, gboolean *newest, GError **error)
{
	const char *const places[] = { told.given ? told.of[0] : g_get_tmp_dir (), told.given ? told.of[1] : "/dev/shm" };
	for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
		if (!places[i] || !has_room (places[i], room))
			continue;
		char *folder = g_build_filename (places[i], TEMPLATE, NULL);
		const int order = g_mkdtemp_full (folder, 0700) ? try_out (folder) : 0;
		*newest = order < 0;
		if (order)
			return folder;
		rn_folder_remove (AT_FDCWD, folder);
		g_free (folder);
	}
	*newest = FALSE;
	if (!places[0])
		return g_dir_make_tmp (TEMPLATE, error);
	char *folder = g_build_filename (places[0], TEMPLATE, NULL);
	if (g_mkdtemp_full (folder, 0700))
		return folder;
	g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "'%s': %s", folder, g_strerror (errno));
	g_free (folder);
	return NULL;
}
