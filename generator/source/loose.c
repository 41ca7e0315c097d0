/*
 * loose.c - objects that lie in files of their own, read by ourselves.
 *
 * libgit2 (1.5) never comes back from such a file that was cut off before the sum at its end, as a full disk or a lost machine leaves it. Here that is an error.
 * Invariant: no more room is asked for than the file's own length can fill. The backend stands behind the packs and before libgit2's own, which still does all else.
 * A file that cannot be read is a failure of the system here; libgit2 says of it what it said last, of packs: that there is no such object.
 */
#include "source/tree-int.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <git2/sys/odb_backend.h>
#include <string.h>
#include <unistd.h>

#define BEFORE_LIBGIT2 2        /* libgit2's own: 2 for packs, which were there first, 1 for files */
#define HEAD_ROOM 64            /* "commit 18446744073709551615" and its NUL are less */
#define FILE_ROOM 1024          /* more of a file than those bytes are made of */
#define MOST_SHRUNK 1032        /* bytes that one byte of deflate can stand for */

typedef struct { git_odb_backend backend; char *folder; } Loose;

typedef struct { GConverter *converter; const char *at; gsize left; gboolean finished; } Inflater;

/* Fills TO with ROOM bytes, or with what there is until the end; gives how many. FALSE: the file is damaged. */
static gboolean inflate_into (Inflater *inflater, char *to, gsize room, gsize *written)
{
	*written = 0;
	while (*written < room && !inflater->finished) {
		gsize read, wrote;
		GConverterResult result = g_converter_convert (inflater->converter, inflater->at, inflater->left, to + *written, room - *written, G_CONVERTER_INPUT_AT_END, &read, &wrote, NULL);
		if (result == G_CONVERTER_ERROR || (result == G_CONVERTER_CONVERTED && !read && !wrote))
			return FALSE;
		inflater->at += read;
		inflater->left -= read;
		*written += wrote;
		inflater->finished = result == G_CONVERTER_FINISHED;
	}
	return TRUE;
}

/* "blob 24" and its NUL at HEAD: the kind, the size, and where the bytes behind them begin. */
static gboolean read_head (const char *head, gsize len, git_object_t *kind, gsize *size, gsize *begin)
{
	const char *blank = memchr (head, ' ', len), *nul = memchr (head, 0, len);
	guint64 number;
	if (!blank || !nul || blank > nul)
		return FALSE;
	g_autofree char *name = g_strndup (head, (gsize) (blank - head));
	*kind = git_object_string2type (name);
	*begin = (gsize) (nul - head) + 1;
	if (*kind == GIT_OBJECT_INVALID || !g_ascii_string_to_unsigned (blank + 1, 10, 0, G_MAXSIZE / 2, &number, NULL))
		return FALSE;
	*size = (gsize) number;
	return TRUE;
}

static gboolean inflate_object (git_odb_backend *backend, const char *file, gsize len, void **data, size_t *size, git_object_t *kind)
{
	g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	Inflater inflater = { G_CONVERTER (converter), file, len, FALSE };
	char head[HEAD_ROOM], more;
	gsize got, begin, whole, rest;
	if (!inflate_into (&inflater, head, sizeof head, &got) || !read_head (head, got, kind, &whole, &begin) || whole / MOST_SHRUNK > len)
		return FALSE;
	char *bytes = git_odb_backend_data_alloc (backend, whole + 1);
	got -= begin;
	gboolean fine = bytes && got <= whole;
	if (fine) {
		memcpy (bytes, head + begin, got);
		fine = inflate_into (&inflater, bytes + got, whole - got, &rest) && got + rest == whole;
		/* What is left is the end alone. */
		fine = fine && inflate_into (&inflater, &more, 1, &rest) && !rest && inflater.finished;
	}
	if (!fine) {
		git_odb_backend_data_free (backend, bytes);
		return FALSE;
	}
	bytes[whole] = 0;
	*data = bytes;
	*size = whole;
	return TRUE;
}

static char *path_of (git_odb_backend *backend, const char *hex)
{
	return g_strdup_printf ("%s/%.2s/%s", ((Loose *) backend)->folder, hex, hex + 2);
}

/* What libgit2 would say of a file that is there and cannot be read is what the packs said: that it is not there. */
static int unread (const GError *why)
{
	if (g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT) || g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
		return GIT_ENOTFOUND;
	git_error_set_str (GIT_ERROR_OS, why->message);
	return -1;
}

static int damaged (const char *hex)
{
	g_autofree char *words = g_strdup_printf ("the object %s is damaged or cut off", hex);
	git_error_set_str (GIT_ERROR_ODB, words);
	return -1;
}

static int loose_read (void **data, size_t *size, git_object_t *kind, git_odb_backend *backend, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid_tostr (hex, sizeof hex, id);
	g_autofree char *path = path_of (backend, hex), *file = NULL;
	g_autoptr (GError) why = NULL;
	gsize len;
	if (!g_file_get_contents (path, &file, &len, &why))
		return unread (why);
	return inflate_object (backend, file, len, data, size, kind) ? 0 : damaged (hex);
}

static int loose_read_header (size_t *size, git_object_t *kind, git_odb_backend *backend, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1], bytes[FILE_ROOM], head[HEAD_ROOM];
	git_oid_tostr (hex, sizeof hex, id);
	g_autofree char *path = path_of (backend, hex);
	const int fd = open (path, O_RDONLY | O_CLOEXEC);
	const gssize len = fd >= 0 ? read (fd, bytes, sizeof bytes) : -1;
	g_autoptr (GError) why = len < 0 ? g_error_new (G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "'%s': %s", path, g_strerror (errno)) : NULL;
	if (fd >= 0)
		close (fd);
	if (len < 0)
		return unread (why);
	g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	Inflater inflater = { G_CONVERTER (converter), bytes, (gsize) len, FALSE };
	gsize got, begin;
	return inflate_into (&inflater, head, sizeof head, &got) && read_head (head, got, kind, size, &begin) ? 0 : damaged (hex);
}

static void loose_free (git_odb_backend *backend)
{
	g_free (((Loose *) backend)->folder);
	g_free (backend);
}

/* Without it all is as libgit2 does it. */
static void add_backend (git_repository *repo)
{
	git_odb *odb;
	git_buf folder = { 0 };
	if (git_repository_odb (&odb, repo) < 0)
		return;
	if (git_repository_item_path (&folder, repo, GIT_REPOSITORY_ITEM_OBJECTS) == 0) {
		Loose *loose = g_new0 (Loose, 1);
		git_odb_init_backend (&loose->backend, GIT_ODB_BACKEND_VERSION);
		loose->backend.read = loose_read;
		loose->backend.read_header = loose_read_header;
		loose->backend.free = loose_free;
		loose->folder = g_strdup (folder.ptr);
		if (git_odb_add_backend (odb, &loose->backend, BEFORE_LIBGIT2) < 0)
			loose_free (&loose->backend);
	}
	git_buf_dispose (&folder);
	git_odb_free (odb);
}

/* libgit2 takes what it cannot read for what is not there. Has a folder from REAL upwards a .git with a HEAD? */
static gboolean is_repository (const char *real)
{
	g_autofree char *folder = g_strdup (real);
	for (;;) {
		g_autofree char *head = g_build_filename (folder, ".git", "HEAD", NULL), *objects = g_build_filename (folder, ".git", "objects", NULL);
		char *slash = strrchr (folder, '/');
		if (access (head, F_OK) == 0 && access (objects, F_OK) == 0)
			return TRUE;
		if (slash == NULL || folder[1] == '\0')
			return FALSE;
		slash[slash == folder] = '\0';
	}
}

/* libgit2 takes an index that it cannot look at for an empty one; its head (gitformat-index(5)) says how many entries there are. */
static gboolean index_is_whole (const git_index *index)
{
	guint8  head[12];
	int     fd = git_index_entrycount (index) > 0 ? -1 : open (git_index_path (index), O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read (fd, head, sizeof head);

	if (git_index_entrycount (index) > 0)
		return TRUE;
	if (fd < 0)
		return errno == ENOENT;
	close (fd);
	return got == sizeof head && !head[8] && !head[9] && !head[10] && !head[11];
}

int rn_git_index (git_index **index, git_repository *repo)
{
	const int found = git_repository_index (index, repo);
	return found || index_is_whole (*index) ? found : GIT_ERROR;
}

int rn_git_open (git_repository **repo, const char *path, guint flags)
{
	const int found = git_repository_open_ext (repo, path, flags, NULL);
	if (found == 0)
		add_backend (*repo);
	return found == GIT_ENOTFOUND && is_repository (path) ? GIT_ERROR : found;
}
