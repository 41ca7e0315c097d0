/* assets.c - the assets of layouts and plugins, hashed. */
#include "site/assets.h"
#include "site/squeeze.h"

#include <string.h>

#define LAYOUTS "layouts/assets/"

struct RnAssets {
	RnArena *arena;
	RnAsset *list;
	const char **names;  /* NULL-terminated */
	guint n;
};

static const char *hashed_url (RnArena *arena, const char *name, const GString *data)
{
	g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data->str, data->len);
	const char *dot = strrchr (name, '.'), *slash = strrchr (name, '/');
	gsize stem = dot && (!slash || dot > slash) ? (gsize) (dot - name) : strlen (name);
	return rn_arena_printf (arena, "/assets/%.*s.%.8s%s", (int) stem, name, hash, name + stem);
}

/* Reads PATH, which is called NAME, to the end of the list. */
static gboolean add (RnAssets *assets, const RnSite *site, const char *path, const char *name, GArray *list, RnDiagnostics *sink, GError **error)
{
	GString *data = g_string_new (NULL);
	if (!rn_site_read (site, path, data, error)) {
		g_string_free (data, TRUE);
		return FALSE;
	}
	GString *squeezed = g_str_has_suffix (path, ".js") ? rn_squeeze (data->str, data->len, path, sink) : NULL;
	if (squeezed) {
		g_string_free (data, TRUE);
		data = squeezed;
	}
	RnAsset asset = { .name = rn_arena_strndup (assets->arena, name, -1), .url = hashed_url (assets->arena, name, data) };
	asset.data = g_string_free_to_bytes (data);
	g_array_append_val (list, asset);
	return TRUE;
}

/* The files below FOLDER, their names behind NAMED. */
static gboolean add_all (RnAssets *assets, const RnSite *site, const char *folder, const char *named, GArray *list, RnDiagnostics *sink, GError **error)
{
	g_auto (GStrv) paths = rn_site_list (site, folder);
	for (char **path = paths; *path; path++) {
		g_autofree char *name = g_strconcat (named, *path + strlen (folder), NULL);
		if (!add (assets, site, *path, name, list, sink, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean add_plugins (RnAssets *assets, const RnSite *site, GArray *list, RnDiagnostics *sink, GError **error)
{
	for (guint i = 0; i < site->n_plugins; i++) {
		const char *name = site->plugins[i].name;
		g_autofree char *folder = g_strdup_printf ("plugins/%s/assets/", name), *named = g_strconcat (name, "/", NULL);
		if (!add_all (assets, site, folder, named, list, sink, error))
			return FALSE;
	}
	return TRUE;
}

static int by_name (const void *a, const void *b)
{
	return strcmp (((const RnAsset *) a)->name, ((const RnAsset *) b)->name);
}

RnAssets *rn_assets_open (const RnSite *site, RnDiagnostics *sink, GError **error)
{
	RnAssets *assets = g_new0 (RnAssets, 1);
	GArray *list = g_array_new (FALSE, FALSE, sizeof (RnAsset));
	assets->arena = rn_arena_new (0);
	gboolean fine = add_all (assets, site, LAYOUTS, "", list, sink, error) && add_plugins (assets, site, list, sink, error);
	g_array_sort (list, by_name);
	assets->n = list->len;
	assets->list = (RnAsset *) (gpointer) g_array_free (list, FALSE);
	assets->names = rn_arena_newn (assets->arena, const char *, assets->n + 1);
	for (guint i = 0; i < assets->n; i++)
		assets->names[i] = assets->list[i].name;
	if (fine)
		return assets;
	rn_assets_free (assets);
	return NULL;
}

void rn_assets_free (RnAssets *assets)
{
	if (!assets)
		return;
	for (guint i = 0; i < assets->n; i++)
		g_bytes_unref (assets->list[i].data);
	rn_arena_free (assets->arena);
	g_free (assets->list);
	g_free (assets);
}

const char *rn_assets_url (gpointer user, const char *name)
{
	const RnAssets *assets = user;
	const RnAsset key = { .name = name };
	const RnAsset *found = bsearch (&key, assets->list, assets->n, sizeof key, by_name);
	return found ? found->url : NULL;
}

const char *const *rn_assets_names (gpointer user)
{
	return ((const RnAssets *) user)->names;
}

const RnAsset *rn_assets_all (const RnAssets *assets, guint *n)
{
	*n = assets->n;
	return assets->list;
}
