/*
 * verify.c - a folder or an archive in; what in it is not as its list says out.
 *
 * Files are hashed by all cores, those of a folder piece by piece. Invariant: the list is read once, and its signature is that of the bytes that were read;
 * nothing is followed out of the folder, and nothing but a plain file is opened.
 */
#include "publish/verify.h"
#include "base/folder.h"
#include "base/sums.h"
#include "base/unzip.h"
#include "base/words.h"
#include "base/workers.h"
#include "publish/edition.h"
#include "publish/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CARD_LIST "rohnamo.sha256"

/* What is looked at: a folder (fd), or an archive (unzip). */
typedef struct {
	const char *path;
	int fd;
	GMappedFile *file;
	RnUnzip *unzip;
	GBytes *list;            /* as it was read; NULL: there is none */
	const char *list_name;
	GHashTable *sums;        /* path -> sum */
	GPtrArray *paths;        /* of sums, sorted */
	char **wrong;            /* one a path: NULL, or what is wrong */
	RnVerified *verified;
} Look;

/* --- words -------------------------------------------------------------------------------------------------------------------- */

/* PATH as a terminal may be shown it. Free it. */
static char *shown (const char *path)
{
	gboolean odd = !g_utf8_validate (path, -1, NULL);
	for (const char *at = path; !odd && *at; at++)
		odd = g_ascii_iscntrl (*at);
	return odd ? g_strescape (path, NULL) : g_strdup (path);
}

static void tell (Look *look, const char *path, const char *what)
{
	g_autofree char *name = shown (path);
	g_ptr_array_add (look->verified->faults, g_strdup_printf ("%s: %s", name, what));
}

/* --- opening ------------------------------------------------------------------------------------------------------------------ */

static void close_look (Look *look)
{
	if (look->fd >= 0)
		close (look->fd);
	rn_unzip_free (look->unzip);
	g_clear_pointer (&look->file, g_mapped_file_unref);
	g_clear_pointer (&look->list, g_bytes_unref);
	g_clear_pointer (&look->sums, g_hash_table_unref);
	g_clear_pointer (&look->paths, g_ptr_array_unref);
}

/* The file NAME of the folder; NULL: there is none, by errno. */
static GBytes *read_whole (int fd, const char *name)
{
	struct stat info;
	int file = openat (fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (file < 0)
		return NULL;
	g_autoptr (GString) text = g_string_new (NULL);
	char chunk[65536];
	gssize n = fstat (file, &info) ? -1 : 1;
	if (n > 0 && !S_ISREG (info.st_mode))
		n = -1, errno = S_ISDIR (info.st_mode) ? EISDIR : EINVAL;
	while (n > 0 && (n = read (file, chunk, sizeof chunk)) > 0)
		g_string_append_len (text, chunk, n);
	const int why = errno;
	close (file);
	errno = why;
	return n == 0 ? g_string_free_to_bytes (g_steal_pointer (&text)) : NULL;
}

static gboolean open_folder (Look *look, GError **error)
{
	static const char *const names[] = { RN_SUMS_FILE, CARD_LIST };
	look->fd = open (look->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (look->fd < 0)
		return rn_publish_fault (error, _("cannot open the folder"), look->path);
	for (guint i = 0; i < G_N_ELEMENTS (names) && !look->list; i++) {
		look->list_name = names[i];
		look->list = read_whole (look->fd, names[i]);
		if (!look->list && errno != ENOENT)
			return rn_publish_fault (error, _("cannot read the list of files"), names[i]);
	}
	return TRUE;
}

static gboolean open_archive (Look *look, GError **error)
{
	look->list_name = RN_SUMS_FILE;
	look->file = g_mapped_file_new (look->path, FALSE, error);
	if (!look->file)
		return FALSE;
	const char *data = g_mapped_file_get_contents (look->file);
	look->unzip = rn_unzip_open (data ? data : "", g_mapped_file_get_length (look->file));
	guint index;
	gsize len;
	if (!look->unzip) {
		tell (look, look->path, _("it is cut short, or is not an archive as rohnamo writes them"));
		return TRUE;
	}
	char *text = rn_unzip_find (look->unzip, RN_SUMS_FILE, &index) ? rn_unzip_read (look->unzip, index, &len) : NULL;
	look->list = text ? g_bytes_new_take (text, len) : NULL;
	return TRUE;
}

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Opens PATH and reads its list into LOOK. FALSE with ERROR: it cannot be read. Where the list is missing or wrong, that is told, and sums stays NULL. */
static gboolean open_look (Look *look, GError **error)
{
	struct stat info;
	look->fd = -1;
	if (stat (look->path, &info))
		return rn_publish_fault (error, _("cannot read"), look->path);
	if (!(S_ISDIR (info.st_mode) ? open_folder : open_archive) (look, error))
		return FALSE;
	if (look->verified->faults->len)
		return TRUE;
	if (!look->list) {
		g_autofree char *what = g_strdup_printf (_("there is no %s in it by which it could be told (site.yaml: sums: true)"), RN_SUMS_FILE);
		tell (look, look->path, what);
		return TRUE;
	}
	gsize len;
	guint line = 1;
	const char *text = g_bytes_get_data (look->list, &len);
	g_autofree char *copy = g_strndup (text ? text : "", len);
	look->sums = strlen (copy) == len ? rn_sums_parse (copy, &line) : NULL;
	if (!look->sums) {
		g_autofree char *what = g_strdup_printf (_("line %u is not one of a list of files"), line);
		tell (look, look->list_name, what);
		return TRUE;
	}
	look->paths = g_ptr_array_new ();
	GHashTableIter iter;
	gpointer path;
	for (g_hash_table_iter_init (&iter, look->sums); g_hash_table_iter_next (&iter, &path, NULL);)
		g_ptr_array_add (look->paths, path);
	g_ptr_array_sort (look->paths, by_name);
	look->verified->files = look->paths->len;
	return TRUE;
}

/* --- what the list has --------------------------------------------------------------------------------------------------------- */

/* What is wrong with the file PATH; NULL: nothing. Free it. */
static char *fault_in_folder (const Look *look, const char *path, const char *sum)
{
	char found[65];
	guint64 size;
	struct stat info;
	if (fstatat (look->fd, path, &info, AT_SYMLINK_NOFOLLOW))
		return g_strdup (errno == ENOENT || errno == ENOTDIR ? _("it is missing") : rn_words_system (errno));
	if (!S_ISREG (info.st_mode))
		return g_strdup (S_ISLNK (info.st_mode) ? _("it is a link, not a file") : _("it is not a file"));
	if (!rn_file_sum (look->fd, path, TRUE, found, &size))
		return g_strdup (rn_words_system (errno));
	return strcmp (found, sum) ? g_strdup (_("its bytes are not those that were listed")) : NULL;
}

static char *fault_in_archive (const Look *look, const char *path, const char *sum)
{
	char found[65];
	guint index;
	gsize len;
	if (!rn_unzip_find (look->unzip, path, &index))
		return g_strdup (_("it is missing"));
	g_autofree char *data = rn_unzip_read (look->unzip, index, &len);
	if (!data)
		return g_strdup (_("it cannot be unpacked"));
	rn_sums_of (data, len, found);
	return strcmp (found, sum) ? g_strdup (_("its bytes are not those that were listed")) : NULL;
}

static gboolean look_at (gpointer state G_GNUC_UNUSED, guint index, gpointer shared, GError **error G_GNUC_UNUSED)
{
	Look *look = shared;
	const char *path = look->paths->pdata[index];
	look->wrong[index] = (look->unzip ? fault_in_archive : fault_in_folder) (look, path, g_hash_table_lookup (look->sums, path));
	return TRUE;
}

static gboolean look_at_all (Look *look, GError **error)
{
	look->wrong = g_new0 (char *, look->paths->len + 1);
	gboolean fine = rn_workers_run (0, look->paths->len, NULL, look_at, NULL, look, NULL, error);
	for (guint i = 0; i < look->paths->len; i++) {
		if (look->wrong[i])
			tell (look, look->paths->pdata[i], look->wrong[i]);
		g_free (look->wrong[i]);
	}
	g_free (look->wrong);
	return fine;
}

/* --- what it does not have ------------------------------------------------------------------------------------------------------ */

/* Previews of other branches stand beside a published edition, behind a link that every edition has. */
static gboolean is_previews (const Look *look, const char *path)
{
	char to[32];
	const gssize len = strcmp (path, "preview") ? -1 : readlinkat (look->fd, path, to, sizeof to);
	return len == (gssize) strlen ("../../preview") && !memcmp (to, "../../preview", (gsize) len);
}

/*
 * What stands there by right and in no list: the list and signatures; in a branch for pages hosting git's own files and the hosting's; in the output of a build (it
 * lists build.json) what a build leaves alone.
 */
static gboolean is_beside (const Look *look, const char *path)
{
	static const char *const names[] = { CARD_LIST, "CNAME", ".nojekyll", ".git", NULL };
	return rn_sums_passes (look->sums, path) || g_strv_contains (names, path) || g_str_has_prefix (path, ".git/") || is_previews (look, path) ||
	       (g_hash_table_contains (look->sums, "build.json") && (*path == '.' || !strcmp (path, "README.md")));
}

static gboolean look_beside (const char *path, gpointer user)
{
	Look *look = user;
	struct stat info;
	if (g_hash_table_contains (look->sums, path) || is_beside (look, path))
		return TRUE;
	const gboolean link = !fstatat (look->fd, path, &info, AT_SYMLINK_NOFOLLOW) && S_ISLNK (info.st_mode);
	tell (look, path, link ? _("it is a link that the list does not have") : _("the list does not have it"));
	return TRUE;
}

static gboolean look_for_others (Look *look, GError **error)
{
	if (!look->unzip)
		return rn_folder_walk (look->fd, "", look_beside, look) || rn_publish_fault_in (error, _("cannot read the folder"), look->path, rn_folder_stopped ());
	for (guint i = 0; i < rn_unzip_count (look->unzip); i++) {
		const char *name = rn_unzip_name (look->unzip, i);
		if (strcmp (name, RN_SUMS_FILE) && !g_hash_table_contains (look->sums, name))
			tell (look, name, _("the list does not have it"));
	}
	return TRUE;
}

/* --- the signature -------------------------------------------------------------------------------------------------------------- */

static gboolean check_signature (Look *look, const char *signers, GError **error)
{
	RnVerified *verified = look->verified;
	g_autoptr (GBytes) data = look->unzip ? g_mapped_file_get_bytes (look->file) : g_bytes_ref (look->list);
	g_autofree char *name = look->unzip ? g_strdup (look->path) : g_build_filename (look->path, look->list_name, NULL), *signature = g_strconcat (name, RN_SUMS_SIGNATURE, NULL);
	g_autofree char *told = look->unzip ? g_strdup (signature) : g_strconcat (look->list_name, RN_SUMS_SIGNATURE, NULL);
	if (!g_file_test (signature, G_FILE_TEST_EXISTS)) {
		if (signers)
			tell (look, told, _("there is no signature"));
		return TRUE;
	}
	if (!rn_signature_check (signature, data, signers, &verified->signature, &verified->signer, error))
		return FALSE;
	if (verified->signature == RN_SIGNATURE_BAD)
		tell (look, told, signers ? _("it is not a good signature of one of those who may sign") : _("it is not a signature of this list"));
	return TRUE;
}

gboolean rn_verify (const char *path, const char *signers, RnVerified *verified, GError **error)
{
	*verified = (RnVerified) { .faults = g_ptr_array_new_with_free_func (g_free) };
	Look look = { .path = path, .verified = verified };
	gboolean fine = open_look (&look, error);
	if (fine && look.sums)
		fine = look_at_all (&look, error) && look_for_others (&look, error) && (!g_strcmp0 (signers, RN_VERIFY_UNSIGNED) || check_signature (&look, signers, error));
	close_look (&look);
	g_ptr_array_sort (verified->faults, by_name);
	return fine;
}

void rn_verified_clear (RnVerified *verified)
{
	g_clear_pointer (&verified->faults, g_ptr_array_unref);
	g_clear_pointer (&verified->signer, g_free);
}

/* --- what is signed with it ------------------------------------------------------------------------------------------------------ */

static gboolean has_list (const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename (folder, name, NULL);
	g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
	guint index;
	g_autoptr (RnUnzip) unzip = file && g_mapped_file_get_length (file) ? rn_unzip_open (g_mapped_file_get_contents (file), g_mapped_file_get_length (file)) : NULL;
	return unzip && rn_unzip_find (unzip, RN_SUMS_FILE, &index);
}

GPtrArray *rn_verify_signable (const char *path, GError **error)
{
	RnVerified verified = { .faults = g_ptr_array_new_with_free_func (g_free) };
	Look look = { .path = path, .verified = &verified };
	GPtrArray *found = NULL;
	if (open_look (&look, error)) {
		found = g_ptr_array_new_with_free_func (g_free);
		for (guint i = 0; look.paths && i < look.paths->len; i++) {
			const char *name = look.paths->pdata[i];
			if (g_str_has_suffix (name, "/" RN_SUMS_FILE) || (g_str_has_suffix (name, ".zip") && has_list (path, name)))
				g_ptr_array_add (found, g_strdup (name));
		}
	}
	close_look (&look);
	rn_verified_clear (&verified);
	return found;
}
