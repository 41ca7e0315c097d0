/* changes.c - prepared changes in; the files changed, or all of them as they were, out. */
#include "edit/changes.h"
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
	*change = (Change) { g_strdup (file), g_strdup (to), before ? g_bytes_ref (before) : NULL, after ? g_bytes_ref (after) : NULL, 0666, FALSE };
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

static gboolean write_bytes (const char *path, GBytes *bytes, int mode, GError **error)
{
	gsize len;
	const char *data = g_bytes_get_data (bytes, &len);
	return g_file_set_contents_full (path, data ? data : "", (gssize) len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, error);
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
	const gboolean moves = to && strcmp (from, to);
	if (!is_as_read (change, from, error) || (moves && !make_folders (changes, to, error)))
		return FALSE;
	if (!to)
		return !g_unlink (from) || fail (error, N_("cannot remove"), change->file);
	if (moves && !move_file (from, to, error))
		return FALSE;
	if (!change->after || write_bytes (to, change->after, change->mode, error))
		return TRUE;
	if (moves)
		g_rename (to, from);
	return FALSE;
}

static gboolean undo_one (RnChanges *changes, Change *change, GError **error)
{
	g_autofree char *from = path_of (changes, change->file), *to = change->to ? path_of (changes, change->to) : NULL;
	if (to && strcmp (from, to) && !move_file (to, from, error))
		return FALSE;
	return (to && !change->after) || write_bytes (from, change->before, change->mode, error);
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
	return fine;
}

void rn_changes_settle (RnChanges *changes)
{
	for (guint i = 0; i < changes->list->len; i++) {
		const Change *change = changes->list->pdata[i];
		if (change->to && !strcmp (change->to, change->file))
			continue;
		g_autofree char *path = path_of (changes, change->file), *folder = g_path_get_dirname (path);
		g_rmdir (folder);
	}
}

gboolean rn_changes_do (RnChanges *changes, GError **error)
{
	for (guint i = 0; i < changes->list->len; i++) {
		Change *change = changes->list->pdata[i];
		if ((change->done = do_one (changes, change, error)))
			continue;
		g_autoptr (GError) why = NULL;
		if (rn_changes_undo (changes, &why))
			g_prefix_error (error, _("nothing was changed: "));
		else
			g_prefix_error (error, _("not all could be put back (%s): "), why->message);
		return FALSE;
	}
	return TRUE;
}
