/*
 * history_rename.c - which file that is gone is the one that came?
 *
 * In: the files that a commit took away and one that it brought. Out: the one with the same bytes (of several the one
 * of the same last name), else the most similar, if at least half of the larger one's bytes stand in both. Bytes are counted
 * by lines, long ones in pieces of 64, as git counts them.
 */
#include "source/history-int.h"

#include <string.h>

#define MAX_BYTES (4 << 20) /* of a file that is looked into */

typedef struct { guint32 hash, len; } Span;

static gint by_hash (gconstpointer a, gconstpointer b)
{
	const Span *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* The lines of the blob, sorted, those with one hash summed up; NULL: not to be looked into. The first is the size. */
static GArray *spans_of (RnObjects *objects, const git_oid *id)
{
	size_t       size;
	git_object_t type;

	int failed = git_odb_read_header (&size, &type, objects->odb, id);
	if (failed == GIT_ENOTFOUND || (!failed && (type != GIT_OBJECT_BLOB || size == 0 || size > MAX_BYTES)))
		return NULL; /* a clone may lack what is not checked out */
	g_autoptr (RnObject) object = failed ? NULL : rn_objects_read (objects, id, NULL);
	if (object == NULL || git_odb_object_size (object) != size) {
		rn_git_trouble (objects->tree, "its history", TRUE);
		return NULL;
	}
	const guchar *text = git_odb_object_data (object);
	gboolean      binary = memchr (text, '\0', MIN (size, 8000)) != NULL;
	GArray       *spans = g_array_new (FALSE, FALSE, sizeof (Span));
	Span          span = { 5381, 0 };
	for (gsize i = 0; i < size; i++) {
		if (!binary && text[i] == '\r' && i + 1 < size && text[i + 1] == '\n')
			continue;
		span.hash = (span.hash ^ text[i]) * 0x01000193u + (span.hash >> 15);
		if (++span.len < 64 && text[i] != '\n' && i + 1 < size)
			continue;
		g_array_append_val (spans, span);
		span = (Span) { 5381, 0 };
	}
	g_array_sort (spans, by_hash);
	guint kept = 0;
	for (guint i = 1; i < spans->len; i++) {
		const Span *next = &g_array_index (spans, Span, i);
		if (next->hash == g_array_index (spans, Span, kept).hash)
			g_array_index (spans, Span, kept).len += next->len;
		else
			g_array_index (spans, Span, ++kept) = *next;
	}
	g_array_set_size (spans, MIN (spans->len, kept + 1));
	span = (Span) { 0, (guint32) size };
	g_array_prepend_val (spans, span);
	return spans;
}

/* How much of the larger one stands in both, of 60,000. */
static guint similarity (const GArray *a, const GArray *b)
{
	guint64 copied = 0, larger = MAX (g_array_index (a, Span, 0).len, g_array_index (b, Span, 0).len);

	for (guint i = 1, k = 1; i < a->len && k < b->len;) {
		const Span *x = &g_array_index (a, Span, i), *y = &g_array_index (b, Span, k);

		if (x->hash == y->hash)
			copied += MIN (x->len, y->len);
		i += x->hash <= y->hash;
		k += y->hash <= x->hash;
	}
	return (guint) (copied * 60000 / larger);
}

static const char *last_name (const char *name)
{
	const char *slash = strrchr (name, '/');

	return slash ? slash + 1 : name;
}

void rn_gone_clear (gpointer data)
{
	RnGone *gone = data;

	if (gone->spans)
		g_array_free (gone->spans, TRUE);
}

const RnGone *rn_rename_source (RnObjects *objects, GArray *gone, const char *name, const git_oid *after, gboolean many)
{
	const RnGone *found = NULL;
	guint         best = 29999;
	gboolean      best_named = FALSE;

	for (guint i = 0; i < gone->len; i++) {
		const RnGone *one = &g_array_index (gone, RnGone, i);
		gboolean      named = strcmp (last_name (one->name), last_name (name)) == 0;

		if (git_oid_equal (&one->id, after) && (found == NULL || (named && !best_named))) {
			found = one;
			best_named = named;
		}
	}
	if (found || gone->len == 0)
		return found;
	g_autoptr (GArray) spans = spans_of (objects, after);
	for (guint i = 0; spans && i < gone->len; i++) {
		RnGone  *one = &g_array_index (gone, RnGone, i);
		gboolean named = strcmp (last_name (one->name), last_name (name)) == 0;

		/* Where hundreds came and went, all with all is too much work: a file keeps its last name then. */
		if (many && !named)
			continue;
		if (one->spans == NULL)
			one->spans = spans_of (objects, &one->id);
		guint score = one->spans ? similarity (one->spans, spans) : 0;
		if (score > best || (score == best && found && named && !best_named)) {
			best = score;
			best_named = named;
			found = one;
		}
	}
	return found;
}
