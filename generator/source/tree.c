/*
 * tree.c - what all trees have in common.
 *
 * In: names as a kind of tree finds them. Out: a sorted list without clashes, searched by halving. After
 * rn_tree_settle the list never changes, so that any thread may read it.
 */
#include "source/tree-int.h"

#include "base/path.h"
#include "base/words.h"

#include <errno.h>
#include <string.h>

G_DEFINE_QUARK (rn-tree-error-quark, rn_tree_error)

#define ENTRY(tree, i) (&g_array_index ((tree)->entries, RnTreeEntry, (i)))

void rn_git_init (void)
{
	static gsize once;

	if (g_once_init_enter (&once)) {
		git_libgit2_init ();
		git_libgit2_opts (GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
		/* A post-receive hook, or a build in a container, reads a repository that another user owns; we run nothing out of it. */
		git_libgit2_opts (GIT_OPT_SET_OWNER_VALIDATION, 0);
		g_once_init_leave (&once, 1);
	}
}

gboolean rn_git_fail (GError **error, RnTreeError code, const char *what)
{
	const git_error *last = git_error_last ();

	g_set_error (error, RN_TREE_ERROR, code, "%s: %s", what, last && last->message ? last->message : _("git gives no reason"));
	return FALSE;
}

gboolean rn_git_whole (git_repository *git, const git_oid *id)
{
	git_odb *objects = NULL;
	git_odb_object *object = NULL;
	const gboolean fine = !git_repository_odb (&objects, git) && !git_odb_read (&object, objects, id);
	git_odb_object_free (object);
	git_odb_free (objects);
	return fine;
}

static int pass (const char *folder, const git_tree_entry *entry, void *user)
{
	(void) folder, (void) entry, (void) user;
	return 0;
}

gboolean rn_git_whole_tree (git_repository *git, const git_oid *id)
{
	git_tree *tree = NULL;
	/* It reads each folder; the files in them were looked at when they were written. */
	const gboolean fine = !git_tree_lookup (&tree, git, id) && !git_tree_walk (tree, GIT_TREEWALK_PRE, pass, NULL);
	git_tree_free (tree);
	return fine;
}

/* --- failures of the system ------------------------------------------------------------------------------------------------- */

/* Takes TEXT; the first one stays. */
static void note_trouble (RnTree *tree, char *text)
{
	if (!g_atomic_pointer_compare_and_exchange (&tree->trouble, NULL, text))
		g_free (text);
}

/* Is it the content that is to blame: a file that has gone, or may not be read? */
static gboolean is_of_content (int code)
{
	return code == ENOENT || code == ENOTDIR || code == EISDIR || code == EACCES || code == EPERM || code == ELOOP || code == ENXIO || code == EXDEV || code == ENAMETOOLONG;
}

void rn_tree_trouble (RnTree *tree, const char *path, int code)
{
	if (!is_of_content (code))
		note_trouble (tree, g_strdup_printf (_("'%s' cannot be read: %s"), path, rn_words_system (code)));
}

void rn_tree_trouble_error (RnTree *tree, const GError *error)
{
	static const GFileError known[] = { G_FILE_ERROR_NOENT, G_FILE_ERROR_NOTDIR, G_FILE_ERROR_ISDIR, G_FILE_ERROR_ACCES, G_FILE_ERROR_PERM, G_FILE_ERROR_LOOP, G_FILE_ERROR_NXIO, G_FILE_ERROR_NAMETOOLONG };
	for (guint i = 0; error && i < G_N_ELEMENTS (known); i++)
		if (error->code == (int) known[i])
			return;
	if (error)
		note_trouble (tree, g_strdup (error->message));
}

void rn_git_trouble (RnTree *tree, const char *what, gboolean always)
{
	const git_error *last = git_error_last ();
	if (last && (always || last->klass == GIT_ERROR_OS || last->klass == GIT_ERROR_NOMEMORY))
		note_trouble (tree, g_strdup_printf ("%s: %s", what, last->message));
}

gboolean rn_tree_sound (RnTree *tree, GError **error)
{
	const char *trouble = g_atomic_pointer_get (&tree->trouble);
	if (trouble)
		g_set_error_literal (error, RN_TREE_ERROR, RN_TREE_ERROR_IO, trouble);
	return !trouble;
}

/* --- what all kinds share --------------------------------------------------------------------------------------------------- */

RnTree *rn_tree_new (const RnTreeKind *kind)
{
	RnTree *tree = g_malloc0 (kind->size);

	tree->kind = kind;
	tree->arena = rn_arena_new (0);
	tree->entries = g_array_new (FALSE, TRUE, sizeof (RnTreeEntry));
	tree->prefix = g_strdup ("");
	return tree;
}

void rn_tree_free (RnTree *tree)
{
	if (tree == NULL)
		return;
	tree->kind->close (tree);
	git_repository_free (tree->repo);
	g_array_free (tree->entries, TRUE);
	rn_arena_free (tree->arena);
	g_free (tree->prefix);
	g_free (tree->trouble);
	g_free (tree);
}

void rn_tree_tell (RnDiagnostics *sink, RnDiagnosticId id, const char *path, const char *detail)
{
	g_autoptr (GString) shown = g_string_new (NULL);

	if (sink == NULL)
		return;
	while (*path) {
		gunichar    c = g_utf8_get_char_validated (path, -1);
		const char *next = c == (gunichar) -1 || c == (gunichar) -2 ? path + 1 : g_utf8_next_char (path);

		if (next == path + 1 && ((guchar) *path < ' ' || (guchar) *path >= 0x7f))
			g_string_append_printf (shown, "\\x%02x", (guchar) *path);
		else
			g_string_append_len (shown, path, next - path);
		path = next;
	}
	const char *file = rn_diagnostics_intern (sink, shown->str);
	if (id == RN_D_FILE_UNREADABLE)
		rn_diagnose (sink, id, RN_PLACE (file, 0, 0), detail);
	else
		rn_diagnose (sink, id, RN_PLACE (file, 0, 0), file, detail ? detail : "");
}

gboolean rn_tree_wanted (const char *name, const char *const *roots)
{
	return roots == NULL || g_strv_contains (roots, name);
}

char *rn_tree_join (RnTree *tree, const char *parent, const char *name, gboolean folder, RnDiagnostics *sink)
{
	RnPathFault fault = rn_path_check (name);
	gsize       a = strlen (parent), b = strlen (name);

	if (fault == RN_PATH_FINE && a + b > 4000)
		fault = RN_PATH_TOO_LONG;
	if (fault == RN_PATH_FINE && strchr (name, '/')) /* only an object that git did not write has it */
		fault = RN_PATH_RESERVED;
	if (fault != RN_PATH_FINE) {
		g_autofree char *path = g_strconcat (parent, name, NULL);
		rn_tree_tell (sink, RN_D_PATH_REFUSED, path, rn_path_fault_text (fault));
		return NULL;
	}
	char *path = rn_arena_alloc (tree->arena, a + b + 2);
	memcpy (path, parent, a);
	memcpy (path + a, name, b);
	path[a + b] = folder ? '/' : '\0';
	return path;
}

void rn_tree_offer (RnTree *tree, const char *path, const git_oid *id)
{
	RnTreeEntry entry = { .path = path };

	if (id)
		entry.id = *id;
	g_array_append_val (tree->entries, entry);
}

static gint by_path (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnTreeEntry *) a)->path, ((const RnTreeEntry *) b)->path);
}

/* Is the LEN bytes long name at PATH, whatever its capitals, another one than is known already? Tells whose. */
static const char *clash_of (GHashTable *known, RnArena *arena, const char *path, gsize len)
{
	gboolean ascii = TRUE;
	char    *folded = rn_arena_strndup (arena, path, (gssize) len);

	for (gsize i = 0; i < len; i++) {
		ascii = ascii && (guchar) folded[i] < 0x80;
		folded[i] = g_ascii_tolower (folded[i]);
	}
	if (!ascii) {
		g_autofree char *wide = g_utf8_casefold (path, (gssize) len);
		folded = rn_arena_strndup (arena, wide, -1);
	}
	const char *other = g_hash_table_lookup (known, folded);
	if (other == NULL)
		g_hash_table_insert (known, folded, (gpointer) path);
	return other && (strncmp (other, path, len) != 0 || (other[len] && other[len] != '/')) ? other : NULL;
}

/*
 * Names that differ only in capitals: the first stays. Folders are held against each other too; all that
 * is in the second one goes, and is told once. The list is sorted, so a folder's files follow one another.
 */
static void refuse_clashes (RnTree *tree, RnDiagnostics *sink)
{
	g_autoptr (RnArena) scratch = rn_arena_new (1 << 16);
	g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
	const char *previous = "", *refused = NULL;
	gsize       refused_len = 0;
	guint       kept = 0;

	for (guint i = 0; i < tree->entries->len; i++) {
		RnTreeEntry entry = *ENTRY (tree, i);
		const char *path = entry.path, *other = NULL;
		gsize       same = 0, end;

		if (refused && strncmp (path, refused, refused_len) == 0 && path[refused_len] == '/')
			continue;
		while (path[same] && path[same] == previous[same])
			same++;
		/* Each folder that the file before was not in, then the file itself. */
		for (end = strcspn (path, "/"); !other; end += 1 + strcspn (path + end + 1, "/")) {
			if (end >= same || path[end] == '\0')
				other = clash_of (known, scratch, path, end);
			if (other || path[end] == '\0')
				break;
		}
		if (other) {
			g_autofree char *name = g_strndup (path, end), *first = g_strndup (other, strlen (name));
			rn_tree_tell (sink, RN_D_PATH_CASE, name, first);
			refused = path;
			refused_len = end;
			continue;
		}
		previous = path;
		*ENTRY (tree, kept++) = entry;
	}
	g_array_set_size (tree->entries, kept);
}

void rn_tree_settle (RnTree *tree, RnDiagnostics *sink)
{
	g_array_sort (tree->entries, by_path);
	refuse_clashes (tree, sink);
}

void rn_tree_set_commit (RnTree *tree, const git_commit *commit)
{
	git_oid_tostr (tree->commit, sizeof tree->commit, git_commit_id (commit));
	tree->commit_time = rn_git_time (git_commit_time (commit));
}

guint rn_tree_count (const RnTree *tree)
{
	return tree->entries->len;
}

const char *rn_tree_path (const RnTree *tree, guint index)
{
	return ENTRY (tree, index)->path;
}

/* The first index whose path is not before KEY, of LEN bytes. */
static guint lower_bound (const RnTree *tree, const char *key, gsize len, gboolean after)
{
	guint low = 0, high = tree->entries->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		int   order = strncmp (ENTRY (tree, middle)->path, key, len);

		if (order < 0 || (after && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

gint rn_tree_find (const RnTree *tree, const char *path)
{
	guint at = lower_bound (tree, path, strlen (path) + 1, FALSE);

	return at < tree->entries->len && strcmp (ENTRY (tree, at)->path, path) == 0 ? (gint) at : -1;
}

void rn_tree_range (const RnTree *tree, const char *prefix, guint *begin, guint *end)
{
	gsize len = strlen (prefix);

	*begin = lower_bound (tree, prefix, len, FALSE);
	*end = lower_bound (tree, prefix, len, TRUE);
}

gboolean rn_tree_too_large (GError **error, const char *path, gsize size, gsize max)
{
	g_autofree char *has = g_format_size (size), *allowed = g_format_size (max);

	g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_TOO_LARGE, _("'%s' has %s; %s are allowed"), path, has, allowed);
	return FALSE;
}

gboolean rn_tree_read (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error)
{
	g_string_truncate (buffer, 0);
	return tree->kind->read (tree, index, head, max, buffer, size, error);
}

const char *rn_tree_commit (const RnTree *tree)
{
	return tree->commit[0] ? tree->commit : NULL;
}

gint64 rn_tree_commit_time (const RnTree *tree)
{
	return tree->commit_time;
}

gboolean rn_tree_is_revision (const RnTree *tree)
{
	return tree->kind->revision;
}

/* Not by libgit2, which would have to be started for it; GLib is no slower. */
void rn_blob_id (const char *data, gsize len, char hex[41])
{
	g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
	char head[32];
	int  n = g_snprintf (head, sizeof head, "blob %" G_GSIZE_FORMAT, len);

	g_checksum_update (sum, (const guchar *) head, n + 1);
	for (gsize at = 0; at < len; at += 1 << 30) /* its lengths are signed */
		g_checksum_update (sum, (const guchar *) data + at, (gssize) MIN (len - at, 1 << 30));
	g_strlcpy (hex, g_checksum_get_string (sum), 41);
}

gboolean rn_tree_stamp (RnTree *tree, GChecksum *sum)
{
	g_checksum_update (sum, (const guchar *) tree->commit, -1);
	return tree->kind->stamp (tree, sum);
}
