/* outputs.c - what is not made is kept by name; what build.json said of it is said again. */
#include "press/outputs.h"
#include "base/folder.h"
#include "base/sums.h"
#include "base/words.h"
#include "print/print.h"
#include "search/index.h"
#include "search/shards.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* Does this run make FILE of print/ anew, or take it away? */
static gboolean is_made (const RnPressOptions *options, const char *file)
{
	if (!(options->outputs & RN_OUTPUT_PRINT))
		return FALSE;
	if (!options->products || !*options->products)
		return TRUE;
	g_autofree char *product = rn_print_product_of (file);
	return g_strv_contains (options->products, product);
}

static int by_text (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The names in the old print/, sorted; NULL with ERROR where it cannot be read. */
static GPtrArray *old_files (const RnPressOptions *options, GError **error)
{
	g_autofree char *folder = g_build_filename (options->out, "print", NULL);
	GPtrArray *names = rn_folder_names (folder);
	if (!names && errno != ENOENT)
		g_set_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_IO, _("cannot read the folder '%s': %s"), folder, rn_words_system (errno));
	else if (!names)
		names = g_ptr_array_new ();
	if (names)
		g_ptr_array_sort (names, by_text);
	return names;
}

/* They stand twice: for who passes them on, and in the site. */
static gboolean keep_bundles (const RnPressOptions *options, RnAtomicTree *out, GError **error)
{
	return rn_atomic_tree_keep (out, "share", NULL, error) && (!(options->outputs & RN_OUTPUT_SITE) || rn_atomic_tree_keep (out, "site/share", NULL, error));
}

gboolean rn_outputs_keep (const RnPressOptions *options, RnAtomicTree *out, GError **error)
{
	/* The phone's index lies in the site, and is made with search.db. */
	const gboolean search = (options->outputs & RN_OUTPUT_SEARCH) != 0, site = (options->outputs & RN_OUTPUT_SITE) != 0;
	/* The list of the site's files is always made anew: other things than pages are in it. */
	const char *const anew[] = { "site/" RN_SUMS_FILE, search ? RN_SHARDS_FOLDER "/" : NULL, NULL };
	if (!site && !rn_atomic_tree_keep (out, "site", anew, error))
		return FALSE;
	if (site && !search && !rn_atomic_tree_keep (out, RN_SHARDS_FOLDER, NULL, error))
		return FALSE;
	if (!(options->outputs & RN_OUTPUT_BUNDLES) && !keep_bundles (options, out, error))
		return FALSE;
	if (!search && !rn_atomic_tree_keep (out, RN_SEARCH_FILE, NULL, error))
		return FALSE;
	g_autoptr (GPtrArray) names = old_files (options, error);
	if (!names)
		return FALSE;
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename ("print", names->pdata[i], NULL);
		if (!is_made (options, names->pdata[i]) && !rn_atomic_tree_keep (out, path, NULL, error))
			return FALSE;
	}
	return TRUE;
}

/* --- build.json --------------------------------------------------------------------------------------------------------------- */

static json_t *count_pages (const RnLibrary *library)
{
	const RnPages *pages = rn_library_pages (library);
	const RnSite *site = rn_library_site (library);
	json_t *languages = json_object ();
	for (guint i = 0; i < site->n_languages; i++) {
		const RnLanguage *language = site->languages[i];
		guint content = 0, all = 0;
		for (guint k = 0; k < pages->n; k++) {
			all += pages->items[k]->language == language;
			content += pages->items[k]->language == language && pages->items[k]->kind == RN_PAGE_CONTENT && !pages->items[k]->fallback;
		}
		json_object_set_new (languages, language->code, json_pack ("{s:i, s:i}", "content", (int) content, "pages", (int) all));
	}
	return languages;
}

/* The files of print/ by name: those of this run, and what the last edition said of those that are kept. */
static json_t *list_printed (const RnPressOptions *options, const RnPressResult *result)
{
	json_t *list = json_object ();
	g_autofree char *path = g_build_filename (options->out, "build.json", NULL);
	json_t *old = json_load_file (path, 0, NULL), *value;
	const char *name;
	json_object_foreach (json_object_get (old, "print"), name, value) {
		g_autofree char *file = g_build_filename (options->out, "print", name, NULL);
		if (!is_made (options, name) && (!access (file, F_OK) || errno != ENOENT))
			json_object_set (list, name, value);
	}
	for (guint i = 0; i < result->printed->len; i++) {
		const RnPrinted *printed = &g_array_index (result->printed, RnPrinted, i);
		json_object_set_new (list, printed->name, json_pack ("{s:i, s:I}", "pages", (int) printed->pages, "bytes", (json_int_t) printed->bytes));
	}
	json_decref (old);
	return list;
}

gboolean rn_outputs_put_summary (const RnPressOptions *options, const RnLibrary *library, RnDiagnostics *sink, const RnPressResult *result, RnAtomicTree *out, GError **error)
{
	json_t *printed = list_printed (options, result);
	json_t *summary = json_pack ("{s:s, s:s, s:o, s:i, s:i, s:i, s:s}", "generator", "rohnamo", "version", RN_VERSION, "languages", count_pages (library),
	                             "errors", (int) rn_diagnostics_count (sink, RN_ERROR), "warnings", (int) rn_diagnostics_count (sink, RN_WARNING),
	                             "left_out", (int) result->left_out, "profile", rn_library_site (library)->counsellor ? "counsellor" : "public");
	if (*result->commit)
		json_object_set_new (summary, "commit", json_string (result->commit));
	if (json_object_size (printed))
		json_object_set (summary, "print", printed);
	char *text = json_dumps (summary, JSON_INDENT (1) | JSON_SORT_KEYS);
	g_autofree char *line = g_strconcat (text, "\n", NULL);
	free (text);
	json_decref (summary);
	json_decref (printed);
	return rn_atomic_tree_put (out, "build.json", line, strlen (line), error);
}
