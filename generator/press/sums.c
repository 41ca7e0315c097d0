/* sums.c - the names that an edition has in; two lists of them with their hashes out. Invariant: sorted by name, whatever made them. */
#include "press/sums.h"
#include "base/sums.h"
#include "base/workers.h"

#include <stdlib.h>
#include <string.h>

#define SITE "site/"

typedef struct {
	RnAtomicTree *out;
	const GPtrArray *paths;
	const RnFile *known;
	guint n_known;
	char (*sums)[65];
} Hashing;

gboolean rn_press_sums_wanted (const RnSite *site)
{
	return rn_value_bool (rn_value_get (site->config, "sums"), FALSE);
}

static int by_path (gconstpointer key, gconstpointer file)
{
	return strcmp (key, ((const RnFile *) file)->path);
}

static gboolean hash_one (gpointer state G_GNUC_UNUSED, guint index, gpointer shared, GError **error)
{
	Hashing *hashing = shared;
	const char *path = hashing->paths->pdata[index];
	const RnFile *file = g_str_has_prefix (path, SITE) && hashing->n_known ?
		bsearch (path + strlen (SITE), hashing->known, hashing->n_known, sizeof (RnFile), by_path) : NULL;
	if (!file)
		return rn_atomic_tree_sum (hashing->out, path, hashing->sums[index], error);
	for (guint i = 0; i < sizeof file->hash; i++)
		g_snprintf (hashing->sums[index] + 2 * i, 3, "%02x", file->hash[i]);
	return TRUE;
}

static gboolean put (RnAtomicTree *out, const char *path, const GString *list, GError **error)
{
	return rn_atomic_tree_put (out, path, list->str, list->len, error);
}

gboolean rn_press_sums_put (RnAtomicTree *out, RnFiles *files, guint jobs, GError **error)
{
	g_autoptr (GPtrArray) paths = rn_atomic_tree_list (out, "");
	g_autoptr (GString) all = g_string_new (NULL), site = g_string_new (NULL);
	Hashing hashing = { .out = out, .paths = paths, .sums = g_malloc_n (MAX (paths->len, 1), sizeof *hashing.sums) };
	if (files)
		hashing.known = rn_files_all (files, &hashing.n_known);
	gboolean fine = rn_workers_run (jobs, paths->len, NULL, hash_one, NULL, &hashing, NULL, error);
	for (guint i = 0; fine && i < paths->len; i++)
		if (g_str_has_prefix (paths->pdata[i], SITE))
			rn_sums_add (site, hashing.sums[i], (char *) paths->pdata[i] + strlen (SITE));
	char of_site[65];
	rn_sums_of (site->str, site->len, of_site);
	gboolean told = !site->len;
	for (guint i = 0; fine && i < paths->len; i++) {
		if (!told && strcmp (paths->pdata[i], SITE RN_SUMS_FILE) > 0) {
			rn_sums_add (all, of_site, SITE RN_SUMS_FILE);
			told = TRUE;
		}
		rn_sums_add (all, hashing.sums[i], paths->pdata[i]);
	}
	if (fine && !told)
		rn_sums_add (all, of_site, SITE RN_SUMS_FILE);
	g_free (hashing.sums);
	return fine && (!site->len || put (out, SITE RN_SUMS_FILE, site, error)) && put (out, RN_SUMS_FILE, all, error);
}
