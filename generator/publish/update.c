/*
 * update.c - manifests, and the difference of one and an edition as a list of what to do. Invariant: what is carried out in this order never shows a page
 * without what it needs.
 */
#include "publish/update.h"
#include "base/path.h"
#include "base/sums.h"
#include "base/words.h"

#include <string.h>

struct RnManifest { GHashTable *sums; };   /* path -> sum, both owned */

RnManifest *rn_manifest_new (void)
{
	RnManifest *manifest = g_new0 (RnManifest, 1);
	manifest->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	return manifest;
}

void rn_manifest_free (RnManifest *manifest)
{
	if (!manifest)
		return;
	g_hash_table_unref (manifest->sums);
	g_free (manifest);
}

void rn_manifest_add (RnManifest *manifest, const char *path, const char *sum)
{
	g_hash_table_replace (manifest->sums, g_strdup (path), g_strdup (sum));
}

static gboolean is_line (const char *line)
{
	return strspn (line, "0123456789abcdef") == 64 && line[64] == ' ' && line[65] == ' ';
}

RnManifest *rn_manifest_parse (const char *text, GError **error)
{
	g_autoptr (RnManifest) manifest = rn_manifest_new ();
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		g_strchomp (lines[i]);
		if (!*lines[i])
			continue;
		if (!is_line (lines[i]) || rn_path_check (lines[i] + 66) != RN_PATH_FINE) {
			g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("line %u of the list of files is not one that we write"), i + 1);
			return NULL;
		}
		lines[i][64] = '\0';
		rn_manifest_add (manifest, lines[i] + 66, lines[i]);
	}
	return g_steal_pointer (&manifest);
}

const char *rn_manifest_sum (const RnManifest *manifest, const char *path)
{
	return g_hash_table_lookup (manifest->sums, path);
}

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *rn_manifest_paths (const RnManifest *manifest)
{
	GPtrArray *paths = g_ptr_array_new ();
	GHashTableIter iter;
	gpointer path;
	g_hash_table_iter_init (&iter, manifest->sums);
	while (g_hash_table_iter_next (&iter, &path, NULL))
		g_ptr_array_add (paths, path);
	g_ptr_array_sort (paths, by_name);
	return paths;
}

char *rn_manifest_text (const RnManifest *manifest)
{
	g_autoptr (GPtrArray) paths = rn_manifest_paths (manifest);
	GString *text = g_string_new (NULL);
	for (guint i = 0; i < paths->len; i++)
		g_string_append_printf (text, "%s  %s\n", rn_manifest_sum (manifest, paths->pdata[i]), (const char *) paths->pdata[i]);
	return g_string_free (text, FALSE);
}

/* --- plans ---------------------------------------------------------------------------------------------------------------------- */

guint rn_update_step (const char *path)
{
	if (!strcmp (path, "offline/root.json") || !strcmp (path, "sw.js") || g_str_has_prefix (path, RN_SUMS_FILE))
		return 2;
	return g_str_has_suffix (path, ".html") || g_str_has_suffix (path, ".html.gz") || g_str_has_suffix (path, ".html.br");
}

static int in_order (gconstpointer a, gconstpointer b)
{
	const RnEditionFile *one = *(const RnEditionFile *const *) a, *two = *(const RnEditionFile *const *) b;
	const int order = (int) rn_update_step (one->path) - (int) rn_update_step (two->path);
	return order ? order : strcmp (one->path, two->path);
}

RnUpdate *rn_update_new (const RnManifest *old, const RnEdition *edition)
{
	RnUpdate *update = g_new0 (RnUpdate, 1);
	update->put = g_ptr_array_new ();
	update->gone = g_ptr_array_new ();
	for (guint i = 0; i < rn_edition_count (edition); i++) {
		const RnEditionFile *file = rn_edition_file (edition, i);
		const char *sum = old ? rn_manifest_sum (old, file->path) : NULL;
		if (sum && !strcmp (sum, file->sum)) {
			update->same++;
			continue;
		}
		*(sum ? &update->changed : &update->added) += 1;
		update->bytes += file->size;
		g_ptr_array_add (update->put, (gpointer) file);
	}
	g_ptr_array_sort (update->put, in_order);
	g_autoptr (GPtrArray) paths = old ? rn_manifest_paths (old) : NULL;
	for (guint i = 0; paths && i < paths->len; i++)
		if (!rn_edition_find (edition, paths->pdata[i]))
			g_ptr_array_add (update->gone, paths->pdata[i]);
	return update;
}

void rn_update_free (RnUpdate *update)
{
	if (!update)
		return;
	g_ptr_array_unref (update->put);
	g_ptr_array_unref (update->gone);
	g_free (update);
}

gboolean rn_update_is_empty (const RnUpdate *update)
{
	return !update->put->len && !update->gone->len;
}

RnManifest *rn_update_pending (const RnUpdate *update, const RnManifest *old)
{
	RnManifest *pending = rn_manifest_new ();
	g_autoptr (GPtrArray) paths = old ? rn_manifest_paths (old) : NULL;
	for (guint i = 0; paths && i < paths->len; i++)
		rn_manifest_add (pending, paths->pdata[i], rn_manifest_sum (old, paths->pdata[i]));
	for (guint i = 0; i < update->gone->len; i++)
		rn_manifest_add (pending, update->gone->pdata[i], RN_SUM_UNKNOWN);
	for (guint i = 0; i < update->put->len; i++)
		rn_manifest_add (pending, ((const RnEditionFile *) update->put->pdata[i])->path, RN_SUM_UNKNOWN);
	return pending;
}

RnManifest *rn_update_done (const RnEdition *edition)
{
	RnManifest *done = rn_manifest_new ();
	for (guint i = 0; i < rn_edition_count (edition); i++)
		rn_manifest_add (done, rn_edition_file (edition, i)->path, rn_edition_file (edition, i)->sum);
	return done;
}
