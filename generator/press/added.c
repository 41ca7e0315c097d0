/* added.c - each file and feed that the library was given becomes a file of site/. */
#include "press/added.h"
#include "base/workers.h"
#include "model/added.h"
#include "site/feeds.h"

typedef struct { const RnLibrary *library; RnAtomicTree *out; const RnAddedFile *files; } Run;

static gpointer open_text (gpointer shared, GError **error)
{
	(void) shared;
	(void) error;
	return g_string_new (NULL);
}

static void close_text (gpointer text, gpointer shared)
{
	(void) shared;
	g_string_free (text, TRUE);
}

static gboolean put (gpointer text, guint index, gpointer shared, GError **error)
{
	const Run *run = shared;
	const RnAddedFile *file = &run->files[index];
	GString *feed = text;
	g_autofree char *path = g_strconcat ("site", file->url, NULL);
	if (!file->feed)
		return rn_atomic_tree_put (run->out, path, file->data, file->len, error);
	rn_feed_make_added (run->library, file->feed, feed);
	return rn_atomic_tree_put (run->out, path, feed->str, feed->len, error);
}

gboolean rn_added_put (const RnLibrary *library, RnAtomicTree *out, guint jobs, GError **error)
{
	guint n;
	Run run = { .library = library, .out = out, .files = rn_library_added (library, &n) };
	return !n || rn_workers_run (jobs, n, open_text, put, close_text, &run, NULL, error);
}
