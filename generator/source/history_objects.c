/*
 * history_objects.c - commits and trees as git stores them, and what differs between two trees.
 *
 * In: object ids. Out: views into raw objects; nothing is built of a tree that is only compared. Equal entries cost one
 * memcmp, equal folders are not opened, no blob is read. Objects come from a repository that anybody may have made:
 * every length is checked.
 */
#include "source/history-int.h"
#include "base/words.h"

#include <string.h>

#define KEEP_BYTES (16 << 20)
#define MAX_NAME 4096

guint rn_oid_hash (gconstpointer id)
{
	guint hash;

	memcpy (&hash, ((const git_oid *) id)->id, sizeof hash);
	return hash;
}

gboolean rn_oid_equal (gconstpointer a, gconstpointer b)
{
	return git_oid_equal (a, b);
}

git_odb_object *rn_objects_read (RnObjects *objects, const git_oid *id, GError **error)
{
	git_odb_object *object;

	if (git_odb_read (&object, objects->odb, id) == 0)
		return object;
	char hex[41];
	rn_git_fail (error, RN_TREE_ERROR_IO, git_oid_tostr (hex, sizeof hex, id));
	return NULL;
}

static void drop (RnObjects *objects, guint slot)
{
	objects->bytes -= git_odb_object_size (objects->kept[slot].object);
	git_odb_object_free (objects->kept[slot].object);
	objects->kept[slot].object = NULL;
	objects->kept[slot].used = 0;
}

void rn_objects_clear (RnObjects *objects)
{
	for (guint i = 0; i < G_N_ELEMENTS (objects->kept); i++)
		if (objects->kept[i].object)
			drop (objects, i);
}

static guint oldest (const RnObjects *objects, gboolean filled)
{
	guint found = 0;
	guint64 used = G_MAXUINT64;

	for (guint i = 0; i < G_N_ELEMENTS (objects->kept); i++)
		if (objects->kept[i].used < used && (!filled || objects->kept[i].object)) {
			used = objects->kept[i].used;
			found = i;
		}
	return found;
}

git_odb_object *rn_objects_tree (RnObjects *objects, const git_oid *id, GError **error)
{
	git_odb_object *object = NULL;

	for (guint i = 0; i < G_N_ELEMENTS (objects->kept); i++)
		if (objects->kept[i].object && git_oid_equal (&objects->kept[i].id, id)) {
			objects->kept[i].used = ++objects->now;
			git_odb_object_dup (&object, objects->kept[i].object);
			return object;
		}
	object = rn_objects_read (objects, id, error);
	if (object == NULL)
		return NULL;
	if (git_odb_object_type (object) != GIT_OBJECT_TREE) {
		git_odb_object_free (object);
		g_set_error_literal (error, RN_TREE_ERROR, RN_TREE_ERROR_IO, _("an object of the repository is damaged"));
		return NULL;
	}
	gsize size = git_odb_object_size (object);
	if (size > KEEP_BYTES / 2)
		return object;
	while (objects->bytes > 0 && objects->bytes + size > KEEP_BYTES)
		drop (objects, oldest (objects, TRUE));
	guint slot = oldest (objects, FALSE);
	if (objects->kept[slot].object)
		drop (objects, slot);
	objects->kept[slot].id = *id;
	objects->kept[slot].used = ++objects->now;
	git_odb_object_dup (&objects->kept[slot].object, object);
	objects->bytes += size;
	return object;
}

/* "mode name\0" and 20 bytes of id. */
gboolean rn_raw_entry (const guchar **at, const guchar *end, RnRawEntry *entry)
{
	const guchar *begin = *at, *space = begin, *zero;

	while (space < end && *space != ' ' && space - begin < 8)
		space++;
	if (space >= end || *space != ' ' || (zero = memchr (space, '\0', (gsize) (end - space))) == NULL || end - zero <= GIT_OID_RAWSZ)
		return FALSE;
	entry->begin = begin;
	entry->name = (const char *) space + 1;
	entry->len = (gsize) (zero - space) - 1;
	entry->id = zero + 1;
	entry->end = entry->id + GIT_OID_RAWSZ;
	entry->folder = *begin == '4' || *begin == '0';
	entry->file = begin[0] == '1' && begin[1] == '0';
	*at = entry->end;
	return TRUE;
}

/* Git's order: a folder stands as if its name ended in a slash. */
static int order (const RnRawEntry *a, const RnRawEntry *b)
{
	gsize len = MIN (a->len, b->len);
	int   by_name = memcmp (a->name, b->name, len);
	guint left = a->len > len ? (guchar) a->name[len] : a->folder ? '/' : 0;
	guint right = b->len > len ? (guchar) b->name[len] : b->folder ? '/' : 0;

	return by_name ? by_name : (int) left - (int) right;
}

typedef struct {
	RnObjects *objects;
	RnChanged  changed;
	gpointer   data;
	GString   *name;
	guint      met;          /* files and folders, up to RN_MAX_FILES */
} Compare;

static gboolean compare_trees (Compare *c, const git_oid *before, const git_oid *after, GError **error);

static gboolean report (Compare *c, const RnRawEntry *before, const RnRawEntry *after, GError **error)
{
	const RnRawEntry *any = after ? after : before;
	gsize             len = c->name->len;
	git_oid old_id = { { 0 } }, new_id = { { 0 } };
	gboolean          fine = TRUE;

	if (before)
		memcpy (old_id.id, before->id, GIT_OID_RAWSZ);
	if (after)
		memcpy (new_id.id, after->id, GIT_OID_RAWSZ);
	if (++c->met > RN_MAX_FILES) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_TOO_LARGE, _("it has more than %d files"), RN_MAX_FILES);
		return FALSE;
	}
	g_string_append_len (c->name, any->name, (gssize) any->len);
	if (any->folder) {
		g_string_append_c (c->name, '/');
		if (c->name->len < MAX_NAME)
			fine = compare_trees (c, before ? &old_id : NULL, after ? &new_id : NULL, error);
	} else {
		/* What becomes a link, or was one, comes and goes as a file. */
		const git_oid *from = before && before->file ? &old_id : NULL, *to = after && after->file ? &new_id : NULL;
		if (from || to)
			c->changed (c->data, c->name->str, from, to);
	}
	g_string_truncate (c->name, len);
	return fine;
}

/* How many bytes the two begin with in common. */
static gsize common_bytes (const guchar *a, const guchar *b, gsize len)
{
	gsize at = 0;
	guint64 x, y;

	while (len - at >= 512 && memcmp (a + at, b + at, 512) == 0)
		at += 512;
	for (; len - at >= 8; at += 8) {
		memcpy (&x, a + at, 8);
		memcpy (&y, b + at, 8);
		if (x != y)
			break;
	}
	while (at < len && a[at] == b[at])
		at++;
	return at;
}

/* Steps both over the entries that are the same; the next ones differ, or are the last. Most of a walk's time is spent here. */
static void skip_equal (const guchar **a, const guchar *a_end, const guchar **b, const guchar *b_end)
{
	gsize         same = common_bytes (*a, *b, MIN ((gsize) (a_end - *a), (gsize) (b_end - *b)));
	const guchar *at = *b, *limit = at + same;

	for (;;) {
		/* The modes that git writes have six digits, a folder's five; others are compared as they are. */
		const guchar *name = limit - at < 8 ? NULL : at[6] == ' ' ? at + 7 : at[5] == ' ' ? at + 6 : NULL;
		const guchar *zero = name ? memchr (name, '\0', (gsize) (limit - name)) : NULL;

		if (zero == NULL || limit - zero <= GIT_OID_RAWSZ)
			break;
		at = zero + 1 + GIT_OID_RAWSZ;
	}
	*a += at - *b;
	*b = at;
}

static gboolean compare_objects (Compare *c, git_odb_object *before, git_odb_object *after, GError **error)
{
	const guchar *a = before ? git_odb_object_data (before) : NULL, *a_end = a ? a + git_odb_object_size (before) : NULL;
	const guchar *b = after ? git_odb_object_data (after) : NULL, *b_end = b ? b + git_odb_object_size (after) : NULL;

	for (gboolean fine = TRUE; fine;) {
		RnRawEntry    x, y;
		const guchar *next_a, *next_b;

		if (a && b)
			skip_equal (&a, a_end, &b, b_end);
		next_a = a;
		next_b = b;
		gboolean has_a = a && rn_raw_entry (&next_a, a_end, &x), has_b = b && rn_raw_entry (&next_b, b_end, &y);
		if (!has_a && !has_b)
			return TRUE;
		int which = !has_b ? -1 : !has_a ? 1 : order (&x, &y);
		fine = report (c, which <= 0 ? &x : NULL, which >= 0 ? &y : NULL, error);
		a = which <= 0 ? next_a : a;
		b = which >= 0 ? next_b : b;
		if (!fine)
			return FALSE;
	}
	return TRUE;
}

static gboolean compare_trees (Compare *c, const git_oid *before, const git_oid *after, GError **error)
{
	g_autoptr (RnObject) a = NULL, b = NULL;

	if (before && after && git_oid_equal (before, after))
		return TRUE;
	if ((before && (a = rn_objects_tree (c->objects, before, error)) == NULL) ||
	    (after && (b = rn_objects_tree (c->objects, after, error)) == NULL))
		return FALSE;
	return compare_objects (c, a, b, error);
}

gboolean rn_objects_compare (RnObjects *objects, const git_oid *before, const git_oid *after, RnChanged changed, gpointer data,
                             GError **error)
{
	g_autoptr (GString) name = g_string_sized_new (256);
	Compare compare = { objects, changed, data, name, 0 };

	return compare_trees (&compare, before, after, error);
}

gint rn_objects_find (RnObjects *objects, const git_oid *tree, const char *name, git_oid *id, GError **error)
{
	git_oid folder = *tree;

	for (;;) {
		gsize                len = strcspn (name, "/");
		gboolean             last = name[len] == '\0', found = FALSE;
		g_autoptr (RnObject) object = rn_objects_tree (objects, &folder, error);
		RnRawEntry           entry;

		if (object == NULL)
			return -1;
		const guchar *at = git_odb_object_data (object), *end = at + git_odb_object_size (object);
		while (!found && rn_raw_entry (&at, end, &entry))
			found = entry.len == len && memcmp (entry.name, name, len) == 0 && (last ? entry.file : entry.folder);
		if (!found)
			return 0;
		memcpy ((last ? id : &folder)->id, entry.id, GIT_OID_RAWSZ);
		if (last)
			return 1;
		name += len + 1;
	}
}

void rn_raw_commit_clear (RnRawCommit *commit)
{
	if (commit->parents)
		g_array_free (commit->parents, TRUE);
	g_free (commit->author);
	commit->parents = NULL;
	commit->author = NULL;
}

/* "author Name <email> time zone": gives "Name\nemail". */
static char *person (const char *text, gsize len)
{
	const char *open = memchr (text, '<', len), *close = open ? memchr (open, '>', len - (gsize) (open - text)) : NULL;

	if (close == NULL)
		return g_strdup ("\n");
	gsize name = (gsize) (open - text);
	while (name > 0 && text[name - 1] == ' ')
		name--;
	return g_strdup_printf ("%.*s\n%.*s", (int) name, text, (int) (close - open - 1), open + 1);
}

gboolean rn_objects_commit (RnObjects *objects, const git_oid *id, RnRawCommit *commit, GError **error)
{
	g_autoptr (RnObject) object = rn_objects_read (objects, id, error);
	gboolean             has_tree = FALSE;

	memset (commit, 0, sizeof *commit);
	commit->id = *id;
	if (object == NULL)
		return FALSE;
	commit->parents = g_array_new (FALSE, FALSE, sizeof (git_oid));
	const char *at = git_odb_object_data (object), *end = at + git_odb_object_size (object), *stop;
	for (; at < end && *at != '\n' && (stop = memchr (at, '\n', (gsize) (end - at))) != NULL; at = stop + 1) {
		git_oid parent;

		if (g_str_has_prefix (at, "tree ") && stop - at >= 45)
			has_tree = git_oid_fromstrn (&commit->tree, at + 5, 40) == 0;
		else if (g_str_has_prefix (at, "parent ") && stop - at >= 47 && git_oid_fromstrn (&parent, at + 7, 40) == 0)
			g_array_append_val (commit->parents, parent);
		else if (g_str_has_prefix (at, "author ") && commit->author == NULL)
			commit->author = person (at + 7, (gsize) (stop - at) - 7);
		else if (g_str_has_prefix (at, "committer ")) {
			const char *close = stop;
			while (close > at && *close != '>')
				close--;
			commit->time = rn_git_time (g_ascii_strtoll (close + 1, NULL, 10));
		}
	}
	if (git_odb_object_type (object) == GIT_OBJECT_COMMIT && has_tree)
		return TRUE;
	rn_raw_commit_clear (commit);
	g_set_error_literal (error, RN_TREE_ERROR, RN_TREE_ERROR_IO, _("an object of the repository is damaged"));
	return FALSE;
}
