/* files.c - the watcher of a tree: what goes below site/ is noted under a lock, and compressed outside it. */
#include "site/files.h"
#include "site/precompress.h"

#include <string.h>

#define SITE "site/"

struct RnFiles {
	const RnLibrary *library;
	RnAtomicTree *out;
	RnPrecompress *precompress;  /* NULL: not asked for */
	GMutex lock;                 /* over what follows */
	RnArena *names;
	GArray *list;                /* RnFile */
	gboolean sorted;
};

static const RnValue *asked (const RnSite *site, const char *key)
{
	const RnValue *value = rn_value_get (site->config, key);
	return value && rn_value_bool (value, value->kind != RN_NULL) ? value : NULL;
}

gboolean rn_files_wanted (const RnSite *site)
{
	return asked (site, "precompress") || asked (site, "offline");
}

gboolean rn_files_is_text (const char *path)
{
	static const char *const text[] = { ".html", ".css", ".js", ".json", ".webmanifest", ".svg", ".xml", ".txt", ".vtt", ".csv", ".ics", ".vcf", NULL };
	const char *dot = strrchr (path, '.');
	return dot && g_strv_contains (text, dot);
}

/* search/<lang>/<hash>/: bits, already as small as they get. */
static gboolean is_packed (const char *path)
{
	guint depth = 0;
	for (const char *at = path; *at; at++)
		depth += *at == '/';
	return depth > 2 && g_str_has_prefix (path, "search/");
}

static gboolean put_compressed (RnFiles *files, const char *path, const char *data, gsize len, GError **error)
{
	typedef guint8 *(*Make) (RnPrecompress *self, const char *data, gsize len, gsize *size);
	static const struct { Make make; const char *ending; } forms[] = { { rn_precompress_gzip, "gz" }, { rn_precompress_brotli, "br" } };
	if (!files->precompress || !rn_files_is_text (path) || is_packed (path + strlen (SITE)))
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
		gsize size;
		g_autofree guint8 *bytes = forms[i].make (files->precompress, data, len, &size);
		g_autofree char *name = g_strconcat (path, ".", forms[i].ending, NULL);
		if (bytes && !rn_atomic_tree_put (files->out, name, (const char *) bytes, size, error))
			return FALSE;
	}
	return TRUE;
}

/* Whose file is PATH? The address is the file's, without index.html. */
static const RnPage *page_of (RnFiles *files, const char *path)
{
	if (!g_str_has_suffix (path, ".html"))
		return NULL;
	g_autofree char *url = g_strconcat ("/", path, NULL);
	if (g_str_has_suffix (url, "/index.html"))
		url[strlen (url) - strlen ("index.html")] = 0;
	return rn_library_at (files->library, url);
}

static void note (RnFiles *files, const char *path, const char *data, gsize len)
{
	RnFile file = { .bytes = len, .page = page_of (files, path) };
	gsize size = sizeof file.hash;
	g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
	g_checksum_update (sum, (const guchar *) data, (gssize) len);
	g_checksum_get_digest (sum, file.hash, &size);
	g_mutex_lock (&files->lock);
	file.path = rn_arena_strndup (files->names, path, -1);
	g_array_append_val (files->list, file);
	files->sorted = FALSE;
	g_mutex_unlock (&files->lock);
}

static gboolean watch (gpointer user, const char *path, const char *data, gsize len, GError **error)
{
	RnFiles *files = user;
	if (!g_str_has_prefix (path, SITE) || g_str_has_suffix (path, ".gz") || g_str_has_suffix (path, ".br"))
		return TRUE;
	if (!g_str_has_prefix (path, SITE "offline/"))
		note (files, path + strlen (SITE), data, len);
	return put_compressed (files, path, data, len, error);
}

RnFiles *rn_files_new (const RnLibrary *library, RnAtomicTree *out)
{
	RnFiles *files = g_new0 (RnFiles, 1);
	const RnValue *precompress = asked (rn_library_site (library), "precompress");
	files->library = library;
	files->out = out;
	files->precompress = precompress ? rn_precompress_new (!g_strcmp0 (rn_value_string (precompress), "best")) : NULL;
	files->names = rn_arena_new (0);
	files->list = g_array_new (FALSE, FALSE, sizeof (RnFile));
	g_mutex_init (&files->lock);
	rn_atomic_tree_watch (out, watch, files);
	return files;
}

void rn_files_free (RnFiles *files)
{
	if (!files)
		return;
	rn_atomic_tree_watch (files->out, NULL, NULL);
	rn_precompress_free (files->precompress);
	rn_arena_free (files->names);
	g_array_unref (files->list);
	g_mutex_clear (&files->lock);
	g_free (files);
}

static int by_path (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnFile *) a)->path, ((const RnFile *) b)->path);
}

const RnFile *rn_files_all (RnFiles *files, guint *n)
{
	if (!files->sorted)
		g_array_sort (files->list, by_path);
	files->sorted = TRUE;
	*n = files->list->len;
	return (const RnFile *) (gpointer) files->list->data;
}

gboolean rn_files_read (RnFiles *files, const RnFile *file, GString *out, GError **error)
{
	g_autofree char *path = g_strconcat (SITE, file->path, NULL);
	return rn_atomic_tree_read (files->out, path, out, error);
}
