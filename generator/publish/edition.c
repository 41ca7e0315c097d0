/*
 * edition.c - a finished output in; its files as readers find them, and their hashes, out.
 *
 * Files are hashed by all cores. Invariant: paths are sorted and each stands once.
 */
#include "publish/edition.h"
#include "base/arena.h"
#include "base/folder.h"
#include "base/sums.h"
#include "base/words.h"
#include "base/workers.h"
#include "publish/disk.h"
#include "publish/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_QUARK (rn-publish-error-quark, rn_publish_error)

struct RnEdition {
	char *out;
	int fd;
	char commit[41];
	guint also;
	char *made;         /* a folder of files that no build made; NULL: none */
	struct stat mark;   /* of build.json */
	RnArena *arena;
	GArray *files;      /* RnEditionFile */
};

gboolean rn_publish_fault (GError **error, const char *what, const char *path)
{
	int why = errno;
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, "%s '%s': %s", what, path, g_strerror (why));
	return FALSE;
}

gboolean rn_publish_fault_in (GError **error, const char *what, const char *folder, const char *name)
{
	const int why = errno;
	g_autofree char *path = g_build_filename (folder, name, NULL);
	errno = why;
	return rn_publish_fault (error, what, path);
}

/* Where the output's file SOURCE stands for readers; NULL: nowhere. */
static const char *place_of (const RnEdition *edition, const char *source)
{
	if (g_str_has_prefix (source, "site/"))
		return source + strlen ("site/");
	if (((edition->also & RN_ALSO_PRINT) && g_str_has_prefix (source, "print/")) || ((edition->also & RN_ALSO_SEARCH) && !strcmp (source, "search.db")) ||
	    ((edition->also & RN_ALSO_SHARE) && g_str_has_prefix (source, "share/")))
		return source;
	return NULL;
}

static gboolean take (const char *source, gpointer user)
{
	RnEdition *edition = user;
	const char *path = place_of (edition, source);
	if (path) {
		const char *kept = rn_arena_strndup (edition->arena, source, -1);
		const RnEditionFile file = { .path = kept + (path - source), .source = kept };
		g_array_append_val (edition->files, file);
	}
	return TRUE;
}

/* By path; of two, the site's before the other. */
static int by_path (gconstpointer a, gconstpointer b)
{
	const RnEditionFile *one = a, *two = b;
	const int order = strcmp (one->path, two->path);
	return order ? order : (one->path == one->source) - (two->path == two->source);
}

static void settle (GArray *files)
{
	guint kept = 0;
	g_array_sort (files, by_path);
	for (guint i = 0; i < files->len; i++) {
		const RnEditionFile file = g_array_index (files, RnEditionFile, i);
		if (!kept || strcmp (g_array_index (files, RnEditionFile, kept - 1).path, file.path))
			g_array_index (files, RnEditionFile, kept++) = file;
	}
	g_array_set_size (files, kept);
}

static gboolean hash_one (gpointer state G_GNUC_UNUSED, guint index, gpointer shared, GError **error)
{
	const RnEdition *edition = shared;
	RnEditionFile *file = &g_array_index (edition->files, RnEditionFile, index);
	return rn_file_sum (edition->fd, file->source, FALSE, file->sum, &file->size) || rn_publish_fault (error, "cannot read the file of the output", file->source);
}

/* --- the list of files ---------------------------------------------------------------------------------------------------------- */

/* FILE becomes one with TEXT, which no build made. */
static gboolean replace (RnEdition *edition, const RnEditionFile *file, const char *text, GError **error)
{
	RnEditionFile *old = (RnEditionFile *) file;
	if (!edition->made && !(edition->made = rn_folder_scratch (error)))
		return FALSE;
	g_autofree char *path = g_build_filename (edition->made, old->path, NULL);
	old->source = rn_arena_strndup (edition->arena, path, -1);
	old->made = edition->made;
	old->size = strlen (text);
	rn_sums_of (text, old->size, old->sum);
	return rn_disk_write (AT_FDCWD, path, text) || rn_publish_fault (error, "cannot write the file", path);
}

static char *list_of (const RnEdition *edition)
{
	g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
	GString *list = g_string_new (NULL);
	for (guint i = 0; i < edition->files->len; i++)
		g_hash_table_add (paths, (gpointer) rn_edition_file (edition, i)->path);
	for (guint i = 0; i < edition->files->len; i++)
		if (!rn_sums_passes (paths, rn_edition_file (edition, i)->path))
			rn_sums_add (list, rn_edition_file (edition, i)->sum, rn_edition_file (edition, i)->path);
	return g_string_free (list, FALSE);
}

/*
 * The site's list of its files becomes one of all that is published, where that is more, and is signed anew with KEY (NULL: it has no signature then). A site without a list
 * is published without.
 */
static gboolean list_all (RnEdition *edition, const char *key, GError **error)
{
	const RnEditionFile *list = rn_edition_find (edition, RN_SUMS_FILE), *signature = rn_edition_find (edition, RN_SUMS_FILE RN_SUMS_SIGNATURE);
	g_autoptr (GString) old = g_string_new (NULL);
	if (!list || !edition->also)
		return TRUE;
	g_autofree char *text = list_of (edition);
	if (!rn_edition_read (edition, list, old, error))
		return FALSE;
	if (!strcmp (old->str, text))
		return TRUE;
	if (!replace (edition, list, text, error))
		return FALSE;
	g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));
	g_autofree char *fresh = signature && key ? rn_signature_make (key, data, error) : NULL;
	if (signature && !key)
		g_array_remove_index (edition->files, (guint) (signature - rn_edition_file (edition, 0)));
	return !signature || !key || (fresh && replace (edition, signature, fresh, error));
}

RnEdition *rn_edition_open (const char *out, const char *commit, guint also, const char *key, GError **error)
{
	g_autoptr (RnEdition) edition = g_new0 (RnEdition, 1);
	edition->out = g_canonicalize_filename (out, NULL);
	edition->also = also;
	g_strlcpy (edition->commit, commit ? commit : "", sizeof edition->commit);
	edition->arena = rn_arena_new (0);
	edition->files = g_array_new (FALSE, TRUE, sizeof (RnEditionFile));
	edition->fd = open (edition->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (edition->fd < 0 || fstatat (edition->fd, "build.json", &edition->mark, 0)) {
		rn_publish_fault_in (error, "there is no finished output, or it cannot be read,", out, edition->fd < 0 ? NULL : "build.json");
		return NULL;
	}
	if (!rn_folder_walk (edition->fd, "", take, edition)) {
		rn_publish_fault_in (error, "cannot read the output", out, rn_folder_stopped ());
		return NULL;
	}
	settle (edition->files);
	if (!rn_workers_run (0, edition->files->len, NULL, hash_one, NULL, edition, NULL, error) || !list_all (edition, key, error) ||
	    !rn_edition_check (edition, error))
		return NULL;
	if (edition->files->len)
		return g_steal_pointer (&edition);
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_MISSING, _("'%s' holds no site: there is nothing to publish"), out);
	return NULL;
}

void rn_edition_free (RnEdition *edition)
{
	if (!edition)
		return;
	if (edition->fd >= 0)
		close (edition->fd);
	if (edition->made)
		rn_folder_remove (AT_FDCWD, edition->made);
	g_free (edition->made);
	g_array_unref (edition->files);
	rn_arena_free (edition->arena);
	g_free (edition->out);
	g_free (edition);
}

guint rn_edition_count (const RnEdition *edition)
{
	return edition->files->len;
}

const RnEditionFile *rn_edition_file (const RnEdition *edition, guint index)
{
	return &g_array_index (edition->files, RnEditionFile, index);
}

static int by_name (gconstpointer key, gconstpointer file)
{
	return strcmp (key, ((const RnEditionFile *) file)->path);
}

const RnEditionFile *rn_edition_find (const RnEdition *edition, const char *path)
{
	return bsearch (path, edition->files->data, edition->files->len, sizeof (RnEditionFile), by_name);
}

const char *rn_edition_commit (const RnEdition *edition)
{
	return edition->commit;
}

const char *rn_edition_out (const RnEdition *edition)
{
	return edition->out;
}

int rn_edition_fd (const RnEdition *edition)
{
	return edition->fd;
}

gboolean rn_edition_check (const RnEdition *edition, GError **error)
{
	g_autofree char *path = g_build_filename (edition->out, "build.json", NULL);
	struct stat now;
	const gboolean gone = stat (path, &now) != 0;
	if (gone && errno != ENOENT)
		return rn_publish_fault (error, "cannot read", path);
	if (!gone && now.st_dev == edition->mark.st_dev && now.st_ino == edition->mark.st_ino && now.st_mtim.tv_sec == edition->mark.st_mtim.tv_sec &&
	    now.st_mtim.tv_nsec == edition->mark.st_mtim.tv_nsec)
		return TRUE;
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_CHANGED, _("'%s' was built anew while it was being published: publish once more"), edition->out);
	return FALSE;
}

gboolean rn_edition_read (const RnEdition *edition, const RnEditionFile *file, GString *buffer, GError **error)
{
	char chunk[65536];
	gssize n = -1;
	int fd = openat (edition->fd, file->source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	g_string_truncate (buffer, 0);
	while (fd >= 0 && (n = read (fd, chunk, sizeof chunk)) > 0)
		g_string_append_len (buffer, chunk, n);
	int why = errno;
	if (fd >= 0)
		close (fd);
	errno = why;
	return n == 0 || rn_publish_fault (error, "cannot read the file of the output", file->source);
}
