/*
 * rclone.c - a place that rclone reaches: S3, SFTP, WebDAV and others.
 *
 * In: an edition. Out: its files there, and rohnamo.sha256, the list of them with their hashes, by which the next run knows what is other. Pages are sent after
 * what they show, what
 * tells phones of the edition after the pages, and only then is anything removed; a link that breaks in the middle leaves pages that work. Invariant: while
 * files are sent the list has
 * them as unknown, so that whoever comes next sends them again. Addresses and passwords are rclone's own (`rclone config`).
 */
#include "publish/outlet-int.h"
#include "publish/disk.h"
#include "publish/program.h"
#include "base/folder.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LIST "rohnamo.sha256"

typedef struct {
	RnOutlet outlet;
	char *scratch;    /* a folder for lists of names */
	int fd;           /* it, open */
} Rclone;

static char *there (const Rclone *self, const char *path)
{
	const char *place = self->outlet.target->place;
	return g_strdup_printf ("%s%s%s", place, g_str_has_suffix (place, ":") || g_str_has_suffix (place, "/") ? "" : "/", path);
}

static gboolean rclone (const char *const *argv, char **out, int *status, GError **error)
{
	return rn_program_run (argv, "rclone", out, status, error);
}

static gboolean rclone_open (RnOutlet *outlet, GError **error)
{
	Rclone *self = (Rclone *) outlet;
	self->fd = -1;
	self->scratch = rn_folder_scratch (error);
	if (!self->scratch)
		return FALSE;
	self->fd = open (self->scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return self->fd >= 0 || rn_publish_fault (error, "cannot open the folder", self->scratch);
}

static void rclone_close (RnOutlet *outlet)
{
	Rclone *self = (Rclone *) outlet;
	if (self->fd >= 0)
		close (self->fd);
	if (self->scratch)
		rn_folder_remove (AT_FDCWD, self->scratch);
	g_free (self->scratch);
}

static gboolean rclone_live (RnOutlet *outlet G_GNUC_UNUSED, RnOutletLive *live G_GNUC_UNUSED)
{
	return FALSE;
}

/* The text of a file there; NULL without ERROR: there is none (rclone's exit 3: no such folder, 4: no such file). */
static char *fetch (const Rclone *self, const char *path, GError **error)
{
	g_autofree char *name = there (self, path), *text = NULL;
	int status;
	if (!rclone ((const char *[]) { "rclone", "cat", "--retries", "1", name, NULL }, &text, &status, error))
		return NULL;
	if (!status)
		return g_steal_pointer (&text);
	if (status != 3 && status != 4)
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, _("rclone cannot read '%s' (it ended with %d): try `rclone lsd %s`"), name, status,
			self->outlet.target->place);
	return NULL;
}

static RnManifest *rclone_manifest (RnOutlet *outlet, GError **error)
{
	g_autoptr (GError) failed = NULL;
	g_autofree char *text = fetch ((Rclone *) outlet, LIST, &failed);
	if (text)
		return rn_manifest_parse (text, error);
	if (!failed)
		return rn_manifest_new ();
	g_propagate_error (error, g_steal_pointer (&failed));
	return NULL;
}

static gboolean rclone_read (RnOutlet *outlet, const char *path, GString *buffer, GError **error)
{
	g_autoptr (GError) failed = NULL;
	g_autofree char *text = fetch ((Rclone *) outlet, path, &failed);
	if (text)
		g_string_append (buffer, text);
	else if (failed)
		g_propagate_error (error, g_steal_pointer (&failed));
	else
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_MISSING, _("there is no '%s'"), path);
	return text != NULL;
}

/* --- sending -------------------------------------------------------------------------------------------------------------------- */

static gboolean write_list (const Rclone *self, const RnManifest *manifest, GError **error)
{
	g_autofree char *text = rn_manifest_text (manifest), *here = g_build_filename (self->scratch, LIST, NULL), *name = there (self, LIST);
	return (rn_disk_write (self->fd, LIST, text) || rn_publish_fault (error, "cannot write to", self->scratch)) &&
	       rclone ((const char *[]) { "rclone", "copyto", "--ignore-times", here, name, NULL }, NULL, NULL, error);
}

/* Writes NAMES for rclone's --files-from-raw; its path, to be freed. */
static char *names_file (const Rclone *self, const GString *names, GError **error)
{
	if (rn_disk_write (self->fd, "names", names->str))
		return g_build_filename (self->scratch, "names", NULL);
	rn_publish_fault (error, "cannot write to", self->scratch);
	return NULL;
}

typedef enum { IN_SITE, BESIDE_SITE, MADE, PLACES } Place;

static Place place_of (const RnEditionFile *file)
{
	return file->made ? MADE : file->path != file->source ? IN_SITE : BESIDE_SITE;
}

/* Sends the files of STEP that lie in PLACE. */
static gboolean send (const Rclone *self, const RnEdition *edition, const RnUpdate *update, guint step, Place place, GError **error)
{
	g_autoptr (GString) names = g_string_new (NULL);
	const char *made = NULL;
	for (guint i = 0; i < update->put->len; i++) {
		const RnEditionFile *file = update->put->pdata[i];
		if (rn_update_step (file->path) == step && place_of (file) == place) {
			made = file->made;
			g_string_append_printf (names, "%s\n", file->path);
		}
	}
	if (!names->len)
		return TRUE;
	g_autofree char *from = made ? g_strdup (made) : g_build_filename (rn_edition_out (edition), place == IN_SITE ? "site" : NULL, NULL), *list = names_file (self, names, error);
	return list && rclone ((const char *[]) { "rclone", "copy", "--ignore-times", "--no-traverse", "--files-from-raw", list, from, self->outlet.target->place,
		NULL }, NULL, NULL, error);
}

static gboolean take_away (const Rclone *self, const RnUpdate *update, GError **error)
{
	g_autoptr (GString) names = g_string_new (NULL);
	for (guint i = 0; i < update->gone->len; i++)
		g_string_append_printf (names, "%s\n", (const char *) update->gone->pdata[i]);
	if (!names->len)
		return TRUE;
	g_autofree char *list = names_file (self, names, error);
	return list && rclone ((const char *[]) { "rclone", "delete", "--files-from-raw", list, self->outlet.target->place, NULL }, NULL, NULL, error);
}

static gboolean rclone_put (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old, const RnUpdate *update, gboolean *changed, GError **error)
{
	Rclone *self = (Rclone *) outlet;
	if (rn_update_is_empty (update))
		return TRUE;
	g_autoptr (RnManifest) pending = rn_update_pending (update, old), done = rn_update_done (edition);
	if (!write_list (self, pending, error))
		return FALSE;
	for (guint step = 0; step < RN_UPDATE_STEPS; step++)
		for (Place place = 0; place < PLACES; place++)
			if (!send (self, edition, update, step, place, error))
				return FALSE;
	*changed = TRUE;
	return take_away (self, update, error) && rn_edition_check (edition, error) && write_list (self, done, error);
}

const RnOutletKind rn_outlet_rclone = {
	.size = sizeof (Rclone), .open = rclone_open, .close = rclone_close, .live = rclone_live, .manifest = rclone_manifest, .read = rclone_read, .put = rclone_put,
};
