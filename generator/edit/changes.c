/* changes.c - prepared changes in; the files changed, or all of them as they were, out. */
#include "edit/changes.h"
#include "base/folder.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	char *file, *to;
	GBytes *before, *after;   /* after NULL: the bytes stay */
	char *beside;             /* in the file's folder: its new bytes before the change, its old ones behind it; NULL: nothing of the kind */
	int mode;
	gboolean done;
} Change;

struct RnChanges {
	char *dir;
	GPtrArray *list;          /* of Change */
	GPtrArray *folders;       /* made on the way, owned paths, outermost first */
};

static void free_change (gpointer data)
{
	Change *change = data;
	if (change->beside)
		g_unlink (change->beside);
	g_free (change->beside);
	g_free (change->file);
	g_free (change->to);
	g_clear_pointer (&change->before, g_bytes_unref);
	g_clear_pointer (&change->after, g_bytes_unref);
	g_free (change);
}

RnChanges *rn_changes_new (const char *dir)
{
	RnChanges *changes = g_new0 (RnChanges, 1);
	changes->dir = g_strdup (dir);
	changes->list = g_ptr_array_new_with_free_func (free_change);
	changes->folders = g_ptr_array_new_with_free_func (g_free);
	return changes;
}

void rn_changes_free (RnChanges *changes)
{
	g_ptr_array_unref (changes->list);
	g_ptr_array_unref (changes->folders);
	g_free (changes->dir);
	g_free (changes);
}

void rn_changes_add (RnChanges *changes, const char *file, const char *to, GBytes *before, GBytes *after)
{
	Change *change = g_new0 (Change, 1);
	*change = (Change) { .file = g_strdup (file), .to = g_strdup (to), .before = before ? g_bytes_ref (before) : NULL, .after = after ? g_bytes_ref (after) : NULL, .mode = 0666 };
	g_ptr_array_add (changes->list, change);
}

guint rn_changes_count (const RnChanges *changes)
{
	return changes->list->len;
}

RnChange rn_changes_get (const RnChanges *changes, guint index)
{
	const Change *change = changes->list->pdata[index];
	return (RnChange) { change->file, change->to, change->after != NULL };
}

static gboolean fail (GError **error, const char *what, const char *file)
{
	const int why = errno;
	g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), "%s '%s': %s", _(what), file, rn_words_system (why));
	return FALSE;
}

static char *path_of (const RnChanges *changes, const char *file)
{
	return g_build_filename (changes->dir, file, NULL);
}

/* Are the file's bytes those that were read? */
static gboolean is_as_read (Change *change, const char *path, GError **error)
{
	g_autofree char *now = NULL;
	gsize len, had;
	GStatBuf info;
	if (g_stat (path, &info))
		return fail (error, N_("cannot read"), change->file);
	change->mode = info.st_mode & 07777;
	if (!change->before)
		return TRUE;
	if (!g_file_get_contents (path, &now, &len, error))
		return FALSE;
	const char *then = g_bytes_get_data (change->before, &had);
	if (had == len && (!len || !memcmp (now, then, len)))
		return TRUE;
	g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, _("'%s' was changed in the meantime; run the command again"), change->file);
	return FALSE;
}

/* The bytes that the file is to have, or nothing yet where it goes, beside it: from now on nothing needs room on the disk. */
static gboolean put_beside (Change *change, const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
	/* A name has 255 bytes at most. */
	g_autofree char *beside = strlen (name) > 240 ? g_build_filename (folder, ".rohnamo-XXXXXX", NULL) : g_strdup_printf ("%s/.%s.XXXXXX", folder, name);
	gsize len = 0;
	const char *data = change->after ? g_bytes_get_data (change->after, &len) : NULL;
	int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail (error, N_("cannot write beside"), change->file);
	change->beside = g_steal_pointer (&beside);
	gboolean fine = rn_write_all (fd, data, len) && !fchmod (fd, (mode_t) change->mode) && !fsync (fd);
	const int why = errno;
	if (close (fd) && fine)
		return fail (error, N_("cannot write beside"), change->file);
	errno = why;
	return fine || fail (error, N_("cannot write beside"), change->file);
}

static gboolean prepare (RnChanges *changes, Change *change, GError **error)
{
	g_autofree char *path = path_of (changes, change->file);
	return is_as_read (change, path, error) && ((change->to && !change->after) || put_beside (change, path, error));
}

/* A and B change their bytes; where the disk knows no such call, by way of a third name. */
static gboolean swap (const char *a, const char *b)
{
	if (!renameat2 (AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE))
		return TRUE;
	if (errno != EINVAL)
		return FALSE;
	g_autofree char *third = g_strconcat (b, "~", NULL);
	if (g_rename (a, third))
		return FALSE;
	if (!g_rename (b, a) && !g_rename (third, b))
		return TRUE;
	const int why = errno;
	if (!g_file_test (a, G_FILE_TEST_EXISTS))
		g_rename (third, a);
	else if (!g_rename (a, b))
		g_rename (third, a);
	errno = why;
	return FALSE;
}

/* Makes the folders of PATH that are missing, and remembers them. */
static gboolean make_folders (RnChanges *changes, const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname (path);
	if (g_file_test (folder, G_FILE_TEST_IS_DIR))
		return TRUE;
	if (!make_folders (changes, folder, error))
		return FALSE;
	if (g_mkdir (folder, 0777))
		return fail (error, N_("cannot make the folder"), folder);
	g_ptr_array_add (changes->folders, g_steal_pointer (&folder));
	return TRUE;
}

/* Renames, and never over a file that is there. */
static gboolean move_file (const char *from, const char *to, GError **error)
{
	if (!renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE))
		return TRUE;
	/* A disk that knows no such rename; the name was free when we looked. */
	if (errno == EINVAL && !g_file_test (to, G_FILE_TEST_EXISTS) && !g_rename (from, to))
		return TRUE;
	return fail (error, N_("cannot rename the file to"), to);
}

static gboolean do_one (RnChanges *changes, Change *change, GError **error)
{
	g_autofree char *from = path_of (changes, change->file), *to = change->to ? path_of (changes, change->to) : NULL;
	if (!to && g_rename (from, change->beside))
		return fail (error, N_("cannot remove"), change->file);
	if (to && change->after && !swap (from, change->beside))
		return fail (error, N_("cannot replace"), change->file);
	/* Whoever wrote into it since it was read is not overwritten. */
	if ((!change->beside || is_as_read (change, change->beside, error)) && (!to || !strcmp (from, to) || (make_folders (changes, to, error) && move_file (from, to, error))))
		return TRUE;
	if (!to)
		g_rename (change->beside, from);
	else if (change->after)
		swap (from, change->beside);
	return FALSE;
}

static gboolean undo_one (RnChanges *changes, Change *change, GError **error)
{
	g_autofree char *from = path_of (changes, change->file), *to = change->to ? path_of (changes, change->to) : NULL;
	if (!to)
		return !g_rename (change->beside, from) || fail (error, N_("cannot put back"), change->file);
	if (strcmp (from, to) && !move_file (to, from, error))
		return FALSE;
	return !change->after || swap (from, change->beside) || fail (error, N_("cannot put back"), change->file);
}

/* What lies beside the files goes; where not all could be put back it stays, for it has their old bytes. */
static gboolean clear_beside (RnChanges *changes, gboolean remove, GError **error)
{
	gboolean fine = TRUE;
	for (guint i = 0; i < changes->list->len; i++) {
		Change *change = changes->list->pdata[i];
		if (change->beside && remove && g_unlink (change->beside) && fine)
			fine = fail (error, N_("cannot remove"), change->beside);
		g_clear_pointer (&change->beside, g_free);
	}
	return fine;
}

gboolean rn_changes_undo (RnChanges *changes, GError **error)
{
	gboolean fine = TRUE;
	for (guint i = changes->list->len; i-- > 0;) {
		Change *change = changes->list->pdata[i];
		if (change->done && !undo_one (changes, change, fine ? error : NULL))
			fine = FALSE;
		change->done = FALSE;
	}
	for (guint i = changes->folders->len; i-- > 0;)
		g_rmdir (changes->folders->pdata[i]);
	g_ptr_array_set_size (changes->folders, 0);
	return clear_beside (changes, fine, fine ? error : NULL) && fine;
}

gboolean rn_changes_settle (RnChanges *changes, GError **error)
{
	const gboolean fine = clear_beside (changes, TRUE, error);
	for (guint i = 0; i < changes->list->len; i++) {
		const Change *change = changes->list->pdata[i];
		if (change->to && !strcmp (change->to, change->file))
			continue;
		g_autofree char *path = path_of (changes, change->file), *folder = g_path_get_dirname (path);
		g_rmdir (folder);
	}
	return fine;
}

gboolean rn_changes_do (RnChanges *changes, GError **error)
{
	gboolean fine = TRUE;
	for (guint i = 0; fine && i < changes->list->len; i++)
		fine = prepare (changes, changes->list->pdata[i], error);
	for (guint i = 0; fine && i < changes->list->len; i++) {
		Change *change = changes->list->pdata[i];
		fine = change->done = do_one (changes, change, error);
	}
	if (fine)
		return TRUE;
	g_autoptr (GError) why = NULL;
	if (rn_changes_undo (changes, &why))
		g_prefix_error (error, _("nothing was changed: "));
	else
		g_prefix_error (error, _("not all could be put back (%s): "), why->message);
	return FALSE;
}
