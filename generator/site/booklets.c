/* booklets.c - the screen's form of what site.yaml names, from print/ into site/print/. */
#include "site/booklets.h"
#include "base/words.h"

#include <string.h>

#define FROM "print/"
#define ENDING ".screen.pdf"

/* Is PATH the product NAME for the screen, in any language? */
static gboolean is_product (const char *path, const char *name)
{
	const char *file = path + strlen (FROM);
	gsize len = strlen (name);
	return !strncmp (file, name, len) && file[len] == '.' && g_str_has_suffix (file + len + 1, ENDING);
}

static gboolean put (RnAtomicTree *out, const char *path, GString *bytes, GArray *booklets, GError **error)
{
	g_autofree char *served = g_strconcat ("site/", path, NULL);
	if (!rn_atomic_tree_read (out, path, bytes, error) || !rn_atomic_tree_put (out, served, bytes->str, bytes->len, error))
		return FALSE;
	g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes->str, bytes->len);
	RnBooklet booklet = { .path = g_strdup (path), .bytes = bytes->len };
	g_strlcpy (booklet.hash, hash, sizeof booklet.hash);
	g_array_append_val (booklets, booklet);
	return TRUE;
}

/* All that is there of the product that ITEM names. */
static gboolean put_product (const RnSite *site, const RnValue *item, const GPtrArray *printed, RnAtomicTree *out, RnDiagnostics *sink, GArray *booklets,
                             GError **error)
{
	const char *name = rn_value_string (rn_value_get (item, "name"));
	g_autoptr (GString) bytes = g_string_new (NULL);
	guint before = booklets->len;
	if (!name) {
		rn_diagnose (sink, RN_D_SITE_VALUE, RN_PLACE (site->config_file, item->line, item->col), "booklets", _("a list of maps with name and title"));
		return TRUE;
	}
	for (guint i = 0; i < printed->len; i++)
		if (is_product (printed->pdata[i], name) && !put (out, printed->pdata[i], bytes, booklets, error))
			return FALSE;
	if (booklets->len == before && printed->len)
		rn_diagnose (sink, RN_D_BOOKLET_MISSING, RN_PLACE (site->config_file, item->line, item->col), name);
	return TRUE;
}

static void free_booklet (gpointer data)
{
	g_free (((RnBooklet *) data)->path);
}

static int by_path (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnBooklet *) a)->path, ((const RnBooklet *) b)->path);
}

GArray *rn_booklets_put (const RnSite *site, RnAtomicTree *out, RnDiagnostics *sink, GError **error)
{
	const RnValue *list = rn_value_get (rn_value_get (site->config, "offline"), "booklets");
	g_autoptr (GPtrArray) printed = list ? rn_atomic_tree_list (out, FROM) : NULL;
	g_autoptr (GArray) booklets = g_array_new (FALSE, FALSE, sizeof (RnBooklet));
	g_array_set_clear_func (booklets, free_booklet);
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++)
		if (!put_product (site, list->items[i], printed, out, sink, booklets, error)) {
			g_prefix_error (error, _("putting the booklets that readers can keep: "));
			return NULL;
		}
	g_array_sort (booklets, by_path);
	return g_steal_pointer (&booklets);
}
