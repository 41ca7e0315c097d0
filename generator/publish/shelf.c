/*
 * shelf.c - a folder that a web server shows: a link to the newest of the editions beside it.
 *
 *   site -> .site.editions/000012/site       what readers see; one rename makes it another edition
 *   .site.editions/000012/site/              the files, linked with those of the edition before where they are the same
 *                         /files.sha256      their manifest
 *                         /edition.json      the commit, the edition that was shown before, when it was put there
 *   .site.editions/preview/<branch>          other branches (rohnamo hook), shown below /preview/ of every edition
 *
 * In: an edition. Out: the link to it. Invariants: the folder of editions is locked (flock) as long as the outlet is open; an edition has its number
 * only when it is whole and on the disk; the link never leads to anything else. So a writer may die at any moment: what it left behind has no number, and goes.
 */
#include "publish/outlet-int.h"
#include "publish/disk.h"
#include "base/folder.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct {
	RnOutlet outlet;
	char *dir, *base, *store;    /* the target's path; its last name; the folder of editions beside it */
	int parent_fd, store_fd;     /* store_fd -1: there is none (a look alone) */
	char live[16];               /* the number that is shown; "": none */
	json_t *note;                /* edition.json of that; NULL: there is none */
	gboolean occupied;           /* an empty folder stands where the link will be */
} Shelf;

#define NAME_LENGTH 6

static gboolean is_number (const char *name)
{
	return strlen (name) == NAME_LENGTH && strspn (name, "0123456789") == NAME_LENGTH;
}

/* NAME in the folder of editions, of which WHAT is told. FALSE with ERROR by errno. */
static gboolean fault (const Shelf *shelf, GError **error, const char *what, const char *name)
{
	const int why = errno;
	g_autofree char *parent = g_path_get_dirname (shelf->dir), *store = g_build_filename (parent, shelf->store, NULL);
	errno = why;
	return rn_publish_fault_in (error, what, store, name);
}

static gboolean foreign (const Shelf *shelf, GError **error)
{
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET,
	             _("'%s' holds files that were not published here: choose a folder that does not exist yet, or move these away"), shelf->dir);
	return FALSE;
}

/* edition.json of the edition NUMBER as *NOTE; NULL: there is no such edition. FALSE with ERROR: it cannot be read. */
static gboolean note_of (const Shelf *shelf, const char *number, json_t **note, GError **error)
{
	g_autofree char *path = g_build_filename (number, "edition.json", NULL);
	g_autofree char *text = rn_disk_read (shelf->store_fd, path);
	*note = text ? json_loads (text, 0, NULL) : NULL;
	return text || errno == ENOENT || fault (shelf, error, "cannot read", path);
}

/* What stands at the target: our link, nothing, or an empty folder. FALSE: something else. */
static gboolean find_live (Shelf *shelf, GError **error)
{
	char link[4096];
	gssize n = readlinkat (shelf->parent_fd, shelf->base, link, sizeof link - 1);
	if (n < 0 && errno == ENOENT)
		return TRUE;
	if (n < 0 && errno != EINVAL)
		return rn_publish_fault (error, "cannot read the link", shelf->dir);
	if (n < 0) {
		g_autoptr (GPtrArray) names = rn_folder_names (shelf->dir);
		if (!names && errno != ENOTDIR)
			return rn_publish_fault (error, "cannot read the folder", shelf->dir);
		shelf->occupied = names && !names->len;
		return shelf->occupied || foreign (shelf, error);
	}
	link[n] = '\0';
	g_auto (GStrv) parts = g_strsplit (link, "/", -1);
	if (g_strv_length (parts) != 3 || strcmp (parts[0], shelf->store) || !is_number (parts[1]) || strcmp (parts[2], "site"))
		return foreign (shelf, error);
	g_strlcpy (shelf->live, parts[1], sizeof shelf->live);
	return note_of (shelf, shelf->live, &shelf->note, error);
}

static gboolean lock (int fd)
{
	int failed;
	while ((failed = flock (fd, LOCK_EX)) && errno == EINTR)
		;
	return !failed;
}

/* What a writer that died left behind. */
static gboolean clear_up (const Shelf *shelf, GError **error)
{
	static const char *const names[] = { "new", "gone", "next" };
	for (guint i = 0; i < G_N_ELEMENTS (names); i++)
		if (!rn_folder_remove (shelf->store_fd, names[i]))
			return fault (shelf, error, "cannot remove what an earlier run left behind,", rn_folder_stopped ());
	return TRUE;
}

static gboolean shelf_open (RnOutlet *outlet, GError **error)
{
	Shelf *shelf = (Shelf *) outlet;
	const gboolean look = outlet->options.look;
	shelf->parent_fd = shelf->store_fd = -1;
	shelf->dir = g_canonicalize_filename (outlet->target->place, NULL);
	shelf->base = g_path_get_basename (shelf->dir);
	shelf->store = g_strdup_printf (".%s.editions", shelf->base);
	g_autofree char *parent = g_path_get_dirname (shelf->dir);
	if (!strcmp (parent, shelf->dir))
		return foreign (shelf, error);
	if (!look && g_mkdir_with_parents (parent, 0777))
		return rn_publish_fault (error, "cannot make the folder", parent);
	/* Who only looks has no right to read what else lies there. */
	shelf->parent_fd = open (parent, (look ? O_PATH : O_RDONLY) | O_DIRECTORY | O_CLOEXEC);
	if (shelf->parent_fd < 0)
		return (look && errno == ENOENT) || rn_publish_fault (error, "cannot open the folder", parent);
	if (!look && mkdirat (shelf->parent_fd, shelf->store, 0777) && errno != EEXIST) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO,
		             _("editions are kept beside '%s', but nothing can be written to '%s' (%s): publish to a folder inside one that you may write to, and let the web server show that"),
		             shelf->dir, parent, g_strerror (errno));
		return FALSE;
	}
	shelf->store_fd = openat (shelf->parent_fd, shelf->store, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (shelf->store_fd < 0)
		return look || fault (shelf, error, "cannot open the folder of editions", NULL);
	if (!look && !lock (shelf->store_fd))
		return fault (shelf, error, "cannot lock the folder of editions", NULL);
	return (look || clear_up (shelf, error)) && find_live (shelf, error);
}

static void shelf_close (RnOutlet *outlet)
{
	Shelf *shelf = (Shelf *) outlet;
	if (shelf->store_fd >= 0)
		close (shelf->store_fd);
	if (shelf->parent_fd >= 0)
		close (shelf->parent_fd);
	json_decref (shelf->note);
	g_free (shelf->dir);
	g_free (shelf->base);
	g_free (shelf->store);
}

/* --- what is there -------------------------------------------------------------------------------------------------------------- */

static const char *text_of (const json_t *note, const char *name)
{
	const char *text = json_string_value (json_object_get (note, name));
	return text ? text : "";
}

static gboolean shelf_live (RnOutlet *outlet, RnOutletLive *live)
{
	Shelf *shelf = (Shelf *) outlet;
	g_strlcpy (live->commit, text_of (shelf->note, "commit"), sizeof live->commit);
	live->time = json_integer_value (json_object_get (shelf->note, "published"));
	return *shelf->live != '\0';
}

static RnManifest *shelf_manifest (RnOutlet *outlet, GError **error)
{
	Shelf *shelf = (Shelf *) outlet;
	if (!*shelf->live)
		return rn_manifest_new ();
	g_autofree char *path = g_build_filename (shelf->live, "files.sha256", NULL);
	g_autofree char *text = rn_disk_read (shelf->store_fd, path);
	if (text)
		return rn_manifest_parse (text, error);
	fault (shelf, error, "cannot read the list of files of the edition that is shown", path);
	return NULL;
}

static gboolean shelf_read (RnOutlet *outlet, const char *path, GString *buffer, GError **error)
{
	Shelf *shelf = (Shelf *) outlet;
	g_autofree char *name = g_build_filename (shelf->dir, path, NULL), *data = NULL;
	gsize len;
	if (!g_file_get_contents (name, &data, &len, error))
		return FALSE;
	g_string_append_len (buffer, data, (gssize) len);
	return TRUE;
}

/* --- a new edition -------------------------------------------------------------------------------------------------------------- */

/* One more than the highest number that was ever given. */
static gboolean next_number (const Shelf *shelf, char number[16], GError **error)
{
	g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", shelf->store_fd);
	g_autoptr (GDir) entries = g_dir_open (path, 0, error);
	guint highest = 0;
	if (!entries)
		return FALSE;
	for (const char *name; (name = g_dir_read_name (entries));)
		if (is_number (name))
			highest = MAX (highest, (guint) g_ascii_strtoull (name, NULL, 10));
	g_snprintf (number, 16, "%06u", highest + 1);
	return TRUE;
}

/* All files of the edition below TO: those that are shown already as links, the others copied. */
static gboolean put_files (const Shelf *shelf, const RnEdition *edition, const RnManifest *old, int to, GError **error)
{
	g_autofree char *shown = g_build_filename (shelf->live, "site", NULL);
	int live = *shelf->live ? openat (shelf->store_fd, shown, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	gboolean fine = TRUE;
	for (guint i = 0; fine && i < rn_edition_count (edition); i++) {
		const RnEditionFile *file = rn_edition_file (edition, i);
		const char *sum = live >= 0 ? rn_manifest_sum (old, file->path) : NULL;
		struct stat info;
		if (sum && !strcmp (sum, file->sum) && !fstatat (live, file->path, &info, AT_SYMLINK_NOFOLLOW) && (guint64) info.st_size == file->size)
			fine = rn_disk_link (live, file->path, to, file->path);
		else
			fine = (shelf->outlet.options.own_output ? rn_disk_link : rn_disk_copy) (rn_edition_fd (edition), file->source, to, file->path);
		if (!fine)
			rn_publish_fault (error, "cannot publish the file", file->path);
	}
	if (live >= 0)
		close (live);
	return fine;
}

/* Previews are shown by every edition, and belong to none. A page of that name comes before them. */
static gboolean link_previews (const Shelf *shelf, int to)
{
	struct stat info;
	if (fstatat (shelf->store_fd, "preview", &info, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT;
	return !symlinkat ("../../preview", to, "preview") || errno == EEXIST;
}

static gboolean put_notes (const Shelf *shelf, const RnEdition *edition, GError **error)
{
	g_autoptr (RnManifest) done = rn_update_done (edition);
	g_autofree char *manifest = rn_manifest_text (done);
	json_t *note = json_pack ("{s:s, s:s, s:I}", "commit", rn_edition_commit (edition), "before", shelf->live, "published",
		(json_int_t) (g_get_real_time () / G_USEC_PER_SEC));
	char *text = json_dumps (note, JSON_INDENT (1));
	const gboolean fine = (rn_disk_write (shelf->store_fd, "new/files.sha256", manifest) || fault (shelf, error, "cannot write", "new/files.sha256")) &&
		(rn_disk_write (shelf->store_fd, "new/edition.json", text) || fault (shelf, error, "cannot write", "new/edition.json"));
	free (text);
	json_decref (note);
	return fine;
}

/* The edition as new/, on the disk. */
static gboolean stage (const Shelf *shelf, const RnEdition *edition, const RnManifest *old, GError **error)
{
	if (mkdirat (shelf->store_fd, "new", 0777) || mkdirat (shelf->store_fd, "new/site", 0777))
		return fault (shelf, error, "cannot begin a new edition,", "new/site");
	int to = openat (shelf->store_fd, "new/site", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	gboolean fine = to >= 0 && put_files (shelf, edition, old, to, error) && link_previews (shelf, to);
	if (to >= 0)
		close (to);
	if (!fine && error && !*error)
		fault (shelf, error, "cannot begin a new edition,", to < 0 ? "new/site" : "new/site/preview");
	return fine && put_notes (shelf, edition, error) && rn_edition_check (edition, error) &&
	       (!syncfs (shelf->store_fd) || fault (shelf, error, "cannot write to the disk below", NULL));
}

/* The link to NUMBER takes the place of the old one, or of the empty folder. */
static gboolean show (Shelf *shelf, const char *number, GError **error)
{
	g_autofree char *to = g_build_filename (shelf->store, number, "site", NULL);
	gboolean fine = !symlinkat (to, shelf->store_fd, "next");
	if (!fine)
		return fault (shelf, error, "cannot make the link", "next");
	if (shelf->occupied && !renameat2 (shelf->store_fd, "next", shelf->parent_fd, shelf->base, RENAME_EXCHANGE))
		rn_folder_remove (shelf->store_fd, "next");   /* the empty folder; else the next run clears it up */
	else if (shelf->occupied)
		fine = !unlinkat (shelf->parent_fd, shelf->base, AT_REMOVEDIR) && !renameat (shelf->store_fd, "next", shelf->parent_fd, shelf->base);
	else
		fine = !renameat (shelf->store_fd, "next", shelf->parent_fd, shelf->base);
	if (!fine && shelf->occupied) {
		const int why = errno;
		mkdirat (shelf->parent_fd, shelf->base, 0777);   /* as it was; it may be there still */
		errno = why;
	}
	if (!fine)
		return rn_publish_fault (error, "cannot put the new edition in place of", shelf->dir);
	shelf->occupied = FALSE;
	g_strlcpy (shelf->live, number, sizeof shelf->live);
	return !fsync (shelf->parent_fd) || rn_publish_fault (error, "cannot write to the disk the folder above", shelf->dir);
}

/* Editions that a rollback can reach stay, KEEP of them; the others go. What cannot be removed now goes the next time. */
static void prune (const Shelf *shelf)
{
	g_autoptr (GHashTable) stay = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *number = g_strdup (shelf->live), *path = g_strdup_printf ("/proc/self/fd/%d", shelf->store_fd);
	for (guint i = 0; i <= shelf->outlet.target->keep && is_number (number); i++) {
		json_t *note;
		if (!note_of (shelf, number, &note, NULL))
			return;   /* which others it can reach is not known */
		g_hash_table_add (stay, g_steal_pointer (&number));
		number = g_strdup (text_of (note, "before"));
		json_decref (note);
	}
	g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
	for (const char *name; entries && (name = g_dir_read_name (entries));)
		if (is_number (name) && !g_hash_table_contains (stay, name) && !renameat (shelf->store_fd, name, shelf->store_fd, "gone"))
			rn_folder_remove (shelf->store_fd, "gone");
}

static gboolean shelf_put (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old, const RnUpdate *update, gboolean *changed, GError **error)
{
	Shelf *shelf = (Shelf *) outlet;
	RnOutletLive live = { 0 };
	char number[16];
	if (shelf_live (outlet, &live) && rn_update_is_empty (update) && !strcmp (live.commit, rn_edition_commit (edition)))
		return TRUE;
	if (!next_number (shelf, number, error) || !stage (shelf, edition, old, error))
		return FALSE;
	if (renameat (shelf->store_fd, "new", shelf->store_fd, number) || fsync (shelf->store_fd))
		return fault (shelf, error, "cannot finish a new edition,", number);
	if (!show (shelf, number, error))
		return FALSE;
	*changed = TRUE;
	prune (shelf);
	return TRUE;
}

static gboolean shelf_back (RnOutlet *outlet, GError **error)
{
	Shelf *shelf = (Shelf *) outlet;
	const char *before = text_of (shelf->note, "before");
	struct stat info;
	const gboolean there = is_number (before) && !fstatat (shelf->store_fd, before, &info, AT_SYMLINK_NOFOLLOW);
	if (there) {
		g_autofree char *number = g_strdup (before);
		json_t *note;
		if (!note_of (shelf, number, &note, error))
			return FALSE;
		json_decref (shelf->note);
		shelf->note = note;
		return show (shelf, number, error);
	}
	if (is_number (before) && errno != ENOENT)
		return fault (shelf, error, "cannot read", before);
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_MISSING, _("there is no edition before the one that is shown at '%s'"), shelf->dir);
	return FALSE;
}

const RnOutletKind rn_outlet_shelf = {
	.size = sizeof (Shelf), .open = shelf_open, .close = shelf_close, .live = shelf_live, .manifest = shelf_manifest, .read = shelf_read, .put = shelf_put,
		.back = shelf_back,
};
