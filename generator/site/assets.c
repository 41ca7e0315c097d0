/* assets.c - the layouts' assets, hashed. */
#include "site/assets.h"
#include "site/squeeze.h"

#include <string.h>

#define PREFIX "layouts/assets/"

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

RnAssets *rn_assets_open (const RnSite *site, GError **error)
{
	RnAssets *assets = g_new0 (RnAssets, 1);
	g_auto (GStrv) names = rn_site_list (site, PREFIX);
	assets->arena = rn_arena_new (0);
	assets->list = rn_arena_newn (assets->arena, RnAsset, g_strv_length (names));
	assets->names = rn_arena_newn (assets->arena, const char *, g_strv_length (names) + 1);
	for (char **path = names; *path; path++) {
		GString *data = g_string_new (NULL);
		if (!rn_site_read (site, *path, data, error)) {
			g_string_free (data, TRUE);
			rn_assets_free (assets);
			return NULL;
		}
		GString *squeezed = g_str_has_suffix (*path, ".js") ? rn_squeeze (data->str, data->len) : NULL;
		if (squeezed) {
			g_string_free (data, TRUE);
			data = squeezed;
		}
		RnAsset *asset = &assets->list[assets->n++];
		asset->name = assets->names[assets->n - 1] = rn_arena_strndup (assets->arena, *path + strlen (PREFIX), -1);
		asset->url = hashed_url (assets->arena, asset->name, data);
		asset->data = g_string_free_to_bytes (data);
	}
	return assets;
}

void rn_assets_free (RnAssets *assets)
{
	if (!assets)
		return;
	for (guint i = 0; i < assets->n; i++)
		g_bytes_unref (assets->list[i].data);
	rn_arena_free (assets->arena);
	g_free (assets);
}

static int by_name (const void *a, const void *b)
{
	return strcmp (((const RnAsset *) a)->name, ((const RnAsset *) b)->name);
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
