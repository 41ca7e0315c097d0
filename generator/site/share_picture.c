/* share_picture.c - a picture of the site for a copy of a page. */
#include "site/share-int.h"
#include "base/raster.h"
#include "markdown/sanitize.h"

#include <string.h>

static const char *media_type (const char *url)
{
	static const struct { const char *ending, *type; } types[] = {
		{ ".png", "image/png" }, { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".gif", "image/gif" }, { ".webp", "image/webp" }, { ".svg", "image/svg+xml" },
	};
	const char *dot = strrchr (url, '.');
	for (guint i = 0; dot && i < G_N_ELEMENTS (types); i++)
		if (!g_ascii_strcasecmp (dot, types[i].ending))
			return types[i].type;
	return NULL;
}

/* As press/media.h cleans it for the site: alone it needs its namespace. */
static gboolean clean_drawing (GString *bytes)
{
	char what[32] = "";
	g_autoptr (GString) clean = g_string_sized_new (bytes->len);
	if (!rn_sanitize_svg (bytes->str, bytes->len, clean, what))
		return FALSE;
	g_string_insert (clean, strlen ("<svg"), " xmlns=\"http://www.w3.org/2000/svg\"");
	g_string_truncate (bytes, 0);
	g_string_append_len (bytes, clean->str, (gssize) clean->len);
	return TRUE;
}

/* Without what a photograph tells of its place and its maker. */
static gboolean bare (GString *bytes)
{
	g_autoptr (GString) out = g_string_sized_new (bytes->len);
	if (!rn_raster_bare (bytes->str, bytes->len, out))
		return FALSE;
	g_string_truncate (bytes, 0);
	g_string_append_len (bytes, out->str, (gssize) out->len);
	return TRUE;
}

/* The content's own file. */
static gboolean read_original (const RnSite *site, const char *url, const char *type, gsize most, GString *bytes)
{
	g_autofree char *path = g_strconcat (site->content, url + 1, NULL);
	gint index = rn_site_publishes (site, url + 1) ? rn_tree_find (site->tree, path) : -1;
	gsize size = 0;
	g_string_truncate (bytes, 0);
	if (index < 0 || !rn_tree_read (site->tree, (guint) index, 0, most, bytes, &size, NULL) || !bytes->len)
		return FALSE;
	return strcmp (type, "image/svg+xml") ? bare (bytes) : clean_drawing (bytes);
}

const char *rn_share_picture (const RnSharer *sharer, const char *url, gsize most, GString *bytes)
{
	const char *type = media_type (url);
	if (!type || *url != '/')
		return NULL;
	if (sharer->images && rn_images_read (sharer->images, url, bytes))
		return bytes->len && bytes->len <= most ? type : NULL;
	return read_original (sharer->share->site, url, type, most, bytes) ? type : NULL;
}
