/* shown_file.c - an address that is no page's -> the bytes that a build puts there, by the same makers. */
#include "preview/shown-int.h"
#include "model/added.h"
#include "press/media.h"
#include "site/extras.h"
#include "site/feeds.h"
#include "site/sitemap.h"

#include <string.h>

static gboolean make_asset (const RnShown *shown, const char *url, GString *out)
{
	guint n;
	const RnAsset *all = rn_assets_all (shown->from.assets, &n);
	for (guint i = 0; i < n; i++)
		if (!strcmp (all[i].url, url)) {
			gsize len;
			const char *data = g_bytes_get_data (all[i].data, &len);
			g_string_append_len (out, data ? data : "", (gssize) len);
			return TRUE;
		}
	return FALSE;
}

static gboolean make_sitemap (const RnShown *shown, const char *url, GString *out)
{
	const RnLibrary *library = shown->from.library;
	const guint parts = rn_sitemap_parts (library);
	for (guint part = 0; part <= (parts > 1 ? parts : 0); part++) {
		g_autofree char *name = part ? g_strdup_printf ("/sitemap-%u.xml", part) : g_strdup ("/sitemap.xml");
		if (strcmp (url, name))
			continue;
		rn_sitemap_make (library, parts > 1 ? part : 1, out);
		return TRUE;
	}
	return FALSE;
}

/* robots.txt, the manifests, security.txt. */
static gboolean make_small (const RnShown *shown, const char *url, GString *out)
{
	const RnLibrary *library = shown->from.library;
	const RnSite *site = shown->from.site;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	if (!strcmp (url, "/.well-known/security.txt"))
		return rn_security_make (library, sink, out);
	for (guint i = 0; i < site->n_languages; i++) {
		g_autofree char *name = g_strdup_printf ("/%s/manifest.webmanifest", site->languages[i]->code);
		if (strcmp (url, name))
			continue;
		rn_manifest_make (library, site->languages[i], shown->from.assets, shown->drawn, sink, out);
		return TRUE;
	}
	if (strcmp (url, "/robots.txt"))
		return FALSE;
	rn_robots_make (library, out);
	return TRUE;
}

static gboolean make_feed (const RnShown *shown, const char *url, GString *out)
{
	static const char leaf[] = "feed.xml";
	const RnLibrary *library = shown->from.library;
	const RnAddedFile *added = rn_library_added_at (library, url);
	if (added && added->feed)
		rn_feed_make_added (library, added->feed, out);
	else if (added)
		g_string_append_len (out, added->data, (gssize) added->len);
	if (added || !g_str_has_suffix (url, leaf))
		return added != NULL;
	g_autofree char *folder = g_strndup (url, strlen (url) - strlen (leaf));
	const RnPage *page = rn_library_at (library, folder);
	if (!page || !rn_feed_wanted (page))
		return FALSE;
	rn_feed_make (library, page, out);
	return TRUE;
}

static gboolean make_redirect (const RnShown *shown, const char *url, GString *out)
{
	static const char leaf[] = "/index.html";
	const RnPage *page = g_hash_table_lookup (shown->aliases, url);
	g_autofree char *folder = !page && g_str_has_suffix (url, leaf) ? g_strndup (url, strlen (url) - strlen (leaf) + 1) : NULL;
	if (folder)
		page = g_hash_table_lookup (shown->aliases, folder);
	if (page)
		rn_redirect_make (shown->from.library, page, folder ? folder : url, out);
	return page != NULL;
}

/* --- pictures ----------------------------------------------------------------------------------------------------------------- */

static gboolean make_media (const RnShown *shown, const char *url, GString *out)
{
	const RnSite *site = shown->from.site;
	g_autofree char *path = g_strconcat (site->content, url + 1, NULL);
	const gint index = rn_tree_find (site->tree, path);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	return index >= 0 && rn_site_publishes (site, url + 1) && !rn_library_made_at (shown->from.library, url) && rn_media_make (site, (guint) index, out, sink);
}

/* "/media/a.1a2b3c4d.360.webp" is made of some "/media/a.*", when a page shows it: here also where none has yet. */
static gboolean make_image (const RnShown *shown, const char *url, GString *out)
{
	const RnSite *site = shown->from.site;
	guint begin, end;
	if (rn_images_read (shown->images, url, out))
		return TRUE;
	g_auto (GStrv) parts = g_strsplit (strrchr (url, '/'), ".", -1);
	const guint n = g_strv_length (parts);
	if (n < 4 || strlen (parts[n - 3]) != 8)
		return FALSE;
	const gsize stem = strlen (url) - strlen (parts[n - 1]) - strlen (parts[n - 2]) - strlen (parts[n - 3]) - 2;
	g_autofree char *prefix = g_strdup_printf ("%s%.*s", site->content, (int) stem - 1, url + 1);
	rn_tree_range (site->tree, prefix, &begin, &end);
	for (guint i = begin; i < end; i++) {
		g_autofree char *address = g_strconcat ("/", rn_tree_path (site->tree, i) + strlen (site->content), NULL);
		if (rn_site_publishes (site, address + 1) && rn_images_get (shown->images, address, (RnPlace) { 0 }) && rn_images_read (shown->images, url, out))
			return TRUE;
	}
	return FALSE;
}

static gboolean make_drawn (const RnShown *shown, const char *url, GString *out)
{
	const gint index = rn_drawn_find (shown->drawn, url);
	return index >= 0 && rn_drawn_make (shown->drawn, (guint) index, out);
}

gboolean rn_shown_file (RnShown *shown, const char *url, GString *out)
{
	static gboolean (*const makers[]) (const RnShown *shown, const char *url, GString *out) = {
		make_asset, make_media, make_feed, make_small, make_sitemap, make_redirect, make_drawn, make_image,
	};
	for (guint i = 0; i < G_N_ELEMENTS (makers); i++) {
		g_string_truncate (out, 0);
		if (makers[i] (shown, url, out))
			return TRUE;
	}
	return FALSE;
}
