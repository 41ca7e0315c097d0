/*
 * card.c - a folder of plain files, as a memory card holds them: FAT knows no links, and not every name.
 *
 * In: an edition. Out: its files below the folder, and rohnamo.sha256, the list of them with their hashes. Only what the list says is other is written; what is
 * touched
 * stands in the list as unknown until all is done, so that an interruption (the card was pulled out) is mended by the next run.
 * Invariant: a file that is not in the list is somebody else's, and is never written over or removed.
 */
#include "publish/outlet-int.h"
#include "publish/disk.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/sums.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LIST "rohnamo.sha256"
#define FRESH "rohnamo.part"
#define LARGEST G_GUINT64_CONSTANT (0xffffffff)   /* bytes of a file */
#define LONGEST 240                               /* characters of a path, so that it can be opened under a drive's letter */

typedef struct { RnOutlet outlet; int fd; } Card;

static gboolean card_open (RnOutlet *outlet, GError **error)
{
	Card *card = (Card *) outlet;
	const char *place = outlet->target->place;
	card->fd = open (place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (card->fd < 0)
		return rn_publish_fault (error, "cannot open the folder", place);
	if (!outlet->options.look && flock (card->fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_CHANGED, _("another program is publishing to '%s': wait until it is done"), place);
		return FALSE;
	}
	return TRUE;
}

static void card_close (RnOutlet *outlet)
{
	if (((Card *) outlet)->fd >= 0)
		close (((Card *) outlet)->fd);
}

static gboolean card_live (RnOutlet *outlet G_GNUC_UNUSED, RnOutletLive *live G_GNUC_UNUSED)
{
	return FALSE;
}

static RnManifest *card_manifest (RnOutlet *outlet, GError **error)
{
	g_autofree char *text = rn_disk_read (((Card *) outlet)->fd, LIST);
	if (text)
		return rn_manifest_parse (text, error);
	if (errno == ENOENT)
		return rn_manifest_new ();
	rn_publish_fault_in (error, "cannot read the list of files", outlet->target->place, LIST);
	return NULL;
}

static gboolean card_read (RnOutlet *outlet, const char *path, GString *buffer, GError **error)
{
	g_autofree char *name = g_build_filename (outlet->target->place, path, NULL), *data = NULL;
	gsize len;
	if (!g_file_get_contents (name, &data, &len, error))
		return FALSE;
	g_string_append_len (buffer, data, (gssize) len);
	return TRUE;
}

/* --- what a card can hold ------------------------------------------------------------------------------------------------------- */

static gboolean refuse (GError **error, const char *path, const char *why)
{
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("a memory card cannot hold '%s': %s"), path, why);
	return FALSE;
}

/* The edition's paths as FAT tells them apart -> the paths. Free it. NULL with ERROR: two of them are one to it, or one cannot be a name. */
static GHashTable *names_of (const RnEdition *edition, GError **error)
{
	g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < rn_edition_count (edition); i++) {
		const RnEditionFile *file = rn_edition_file (edition, i);
		const RnPathFault fault = rn_path_check (file->path);
		g_autofree char *folded = g_utf8_casefold (file->path, -1);
		const char *other = g_hash_table_lookup (names, folded);
		g_autofree char *clash = other ? g_strdup_printf ("its name differs from that of '%s' in capitals alone", other) : NULL;
		const char *why = clash ? clash : fault != RN_PATH_FINE ? rn_path_fault_text (fault) : file->size > LARGEST ? "it is larger than 4 GB" :
		                  g_utf8_strlen (file->path, -1) > LONGEST ? "its name is too long" : NULL;
		if (why) {
			refuse (error, file->path, why);
			return NULL;
		}
		g_hash_table_insert (names, g_steal_pointer (&folded), (gpointer) file->path);
	}
	return g_steal_pointer (&names);
}

/* What is written may not be somebody else's. */
static gboolean check_foreign (const Card *card, const RnManifest *old, const RnUpdate *update, GError **error)
{
	struct stat info;
	for (guint i = 0; i < update->put->len; i++) {
		const RnEditionFile *file = update->put->pdata[i];
		if (rn_manifest_sum (old, file->path) || fstatat (card->fd, file->path, &info, AT_SYMLINK_NOFOLLOW))
			continue;
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("'%s' holds a file '%s' that was not published here: choose an empty folder of the card"),
			card->outlet.target->place, file->path);
		return FALSE;
	}
	return TRUE;
}

/* Files are replaced one by one, so that there must be room for what is new and, as it is being written, for the largest. */
static gboolean check_room (const Card *card, const RnUpdate *update, GError **error)
{
	struct statvfs disk;
	struct stat info;
	gint64 needed = 0, largest = 0;
	for (guint i = 0; i < update->put->len; i++) {
		const RnEditionFile *file = update->put->pdata[i];
		const gboolean there = !fstatat (card->fd, file->path, &info, AT_SYMLINK_NOFOLLOW);
		needed += (gint64) file->size - (there ? (gint64) info.st_size : 0);
		largest = MAX (largest, (gint64) file->size);
	}
	if (fstatvfs (card->fd, &disk) || needed + largest <= (gint64) (disk.f_bavail * disk.f_frsize))
		return TRUE;
	g_autofree char *wanted = g_format_size ((guint64) (needed + largest)), *free_room = g_format_size (disk.f_bavail * disk.f_frsize);
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, _("'%s' has no room: %s are needed, %s are free"), card->outlet.target->place, wanted, free_room);
	return FALSE;
}

/* --- writing -------------------------------------------------------------------------------------------------------------------- */

static gboolean write_list (const Card *card, const RnManifest *manifest, GError **error)
{
	g_autofree char *text = rn_manifest_text (manifest);
	return rn_disk_write (card->fd, LIST, text) || rn_publish_fault_in (error, "cannot write the list of files", card->outlet.target->place, LIST);
}

/* A file, and folders above it that it leaves empty. */
static gboolean take_away (const Card *card, const char *path)
{
	if (unlinkat (card->fd, path, 0) && errno != ENOENT)
		return FALSE;
	g_autofree char *folder = g_path_get_dirname (path);
	while (strcmp (folder, ".") && !unlinkat (card->fd, folder, AT_REMOVEDIR)) {
		char *above = g_path_get_dirname (folder);
		g_free (folder);
		folder = above;
	}
	return TRUE;
}

/* Before what is put: names that FAT takes for those of new files. After it: all others. */
static gboolean take_away_all (const Card *card, const RnUpdate *update, GHashTable *names, gboolean before, GError **error)
{
	for (guint i = 0; i < update->gone->len; i++) {
		const char *path = update->gone->pdata[i];
		g_autofree char *folded = g_utf8_casefold (path, -1);
		if (g_hash_table_contains (names, folded) == before && !take_away (card, path))
			return rn_publish_fault (error, "cannot remove the file", path);
	}
	return TRUE;
}

static gboolean put_one (const Card *card, const RnEdition *edition, const RnEditionFile *file, GError **error)
{
	if (unlinkat (card->fd, FRESH, 0) && errno != ENOENT)
		return rn_publish_fault (error, "cannot remove the file", FRESH);
	if (!rn_disk_copy (rn_edition_fd (edition), file->source, card->fd, FRESH))
		return rn_publish_fault (error, "cannot write the file", file->path);
	if (!renameat (card->fd, FRESH, card->fd, file->path))
		return TRUE;
	return (errno == ENOENT && rn_folder_make_parents (card->fd, file->path) && !renameat (card->fd, FRESH, card->fd, file->path)) ||
	       rn_publish_fault (error, "cannot write the file", file->path);
}

static gboolean card_put (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old, const RnUpdate *update, gboolean *changed, GError **error)
{
	Card *card = (Card *) outlet;
	/* Who was killed before the list of what it touches was in its place left the edition whole, and this. */
	unlinkat (card->fd, LIST ".new", 0);
	if (rn_update_is_empty (update))
		return TRUE;
	g_autoptr (GHashTable) names = names_of (edition, error);
	if (!names || !check_foreign (card, old, update, error) || !check_room (card, update, error))
		return FALSE;
	g_autoptr (RnManifest) pending = rn_update_pending (update, old), done = rn_update_done (edition);
	if (!write_list (card, pending, error) || !take_away_all (card, update, names, TRUE, error))
		return FALSE;
	for (guint i = 0; i < update->put->len; i++)
		if (!put_one (card, edition, update->put->pdata[i], error))
			return FALSE;
	*changed = TRUE;
	return take_away_all (card, update, names, FALSE, error) && rn_edition_check (edition, error) &&
	       (!syncfs (card->fd) || rn_publish_fault (error, "cannot write to", outlet->target->place)) && write_list (card, done, error) &&
	       (!syncfs (card->fd) || rn_publish_fault (error, "cannot write to", outlet->target->place));
}

/* --- verifying ------------------------------------------------------------------------------------------------------------------ */

/* NULL: the file is what SUM says; else what is wrong with it. Free it. */
static char *fault_of (const Card *card, const char *path, const char *sum)
{
	char found[65];
	guint64 size;
	if (!rn_file_sum (card->fd, path, TRUE, found, &size))
		return g_strdup_printf ("%s: %s", path, errno == ENOENT ? "it is missing" : g_strerror (errno));
	return strcmp (found, sum) ? g_strdup_printf ("%s: its bytes are not those that were written", path) : NULL;
}

static gboolean card_verify (RnOutlet *outlet, GPtrArray *faults, GError **error)
{
	Card *card = (Card *) outlet;
	g_autoptr (RnManifest) manifest = card_manifest (outlet, error);
	if (!manifest)
		return FALSE;
	g_autoptr (GPtrArray) paths = rn_manifest_paths (manifest);
	if (!paths->len) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_MISSING, _("nothing was published to '%s': it has no %s"), outlet->target->place, LIST);
		return FALSE;
	}
	const guint before = faults->len;
	for (guint i = 0; i < paths->len; i++) {
		char *fault = fault_of (card, paths->pdata[i], rn_manifest_sum (manifest, paths->pdata[i]));
		if (!fault)
			continue;
		g_ptr_array_add (faults, fault);
		rn_manifest_add (manifest, paths->pdata[i], RN_SUM_UNKNOWN);
	}
	return faults->len == before || write_list (card, manifest, error);
}

const RnOutletKind rn_outlet_card = {
	.size = sizeof (Card), .open = card_open, .close = card_close, .live = card_live, .manifest = card_manifest, .read = card_read, .put = card_put,
		.verify = card_verify,
};
