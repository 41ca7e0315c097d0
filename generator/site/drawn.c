/*
 * drawn.c - which pictures are drawn, under which names; and each once, then from the cache.
 *
 * In: icon.svg, social.svg, the sections' words. Out: PNG. Invariant: a cache that is missing, old or damaged changes no byte.
 */
#include "base/raster.h"
#include "site/drawn-int.h"
#include "site/extras.h"
#include "site/images-int.h"

#include <string.h>

#define SUM 64   /* hexadecimal digits of a SHA-256 behind a cached picture */

typedef struct { char *name, *svg, *key, *url; guint width, height; } Drawing;

struct RnDrawn {
	const RnLibrary *library;
	RnDiagnostics *sink;
	char *dir;               /* of the cache; NULL: none */
	GArray *list;            /* Drawing */
	GHashTable *by_name;     /* name -> url; borrowed from the list */
	GHashTable *by_page;     /* RnPage -> url */
};

static void clear_drawing (gpointer data)
{
	Drawing *drawing = data;
	g_free (drawing->name);
	g_free (drawing->svg);
	g_free (drawing->key);
	g_free (drawing->url);
}

/* --- what is drawn ---------------------------------------------------------------------------------------------------------- */

/* Gives its address. */
static const char *add (RnDrawn *drawn, const char *name, const char *svg, guint width, guint height)
{
	g_autofree char *all = g_strdup_printf ("%s %u %u %s", rn_raster_libraries (), width, height, svg);
	Drawing drawing = { g_strdup (name), g_strdup (svg), g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1), NULL, width, height };
	drawing.url = g_strdup_printf ("/" RN_DRAWN_FOLDER "%s.%.8s.png", name, drawing.key);
	g_array_append_val (drawn->list, drawing);
	g_hash_table_insert (drawn->by_name, drawing.name, drawing.url);
	return drawing.url;
}

static void add_icons (RnDrawn *drawn, const RnAssets *assets)
{
	const RnSite *site = rn_library_site (drawn->library);
	g_autoptr (GString) icon = g_string_new (NULL), masked = g_string_new (NULL);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	/* What has no name of its own, nobody puts on a phone's screen. */
	if (!site->title || !assets || !rn_assets_url ((gpointer) assets, "icon.svg") || !rn_site_read (site, "layouts/assets/icon.svg", icon, NULL))
		return;
	const char *colour = rn_value_string (rn_value_get (rn_manifest_data (site, arena, drawn->sink), "theme_color"));
	rn_drawn_maskable (icon->str, colour ? colour : "#fff", masked);
	add (drawn, "icon-192", icon->str, 192, 192);
	add (drawn, "icon-512", icon->str, 512, 512);
	add (drawn, "icon-512-maskable", masked->str, 512, 512);
}

/* What the icon of PAGE's type holds; the site's own where it names none. */
static char *icon_of (const RnSite *site, const RnPage *page)
{
	g_autofree char *path = g_strdup_printf ("layouts/icons/%s.svg", page->kind == RN_PAGE_HOME ? "way" : page->type->icon ? page->type->icon : "page");
	g_autoptr (GString) svg = g_string_new (NULL), inside = g_string_new (NULL);
	if (rn_site_read (site, path, svg, NULL))
		rn_drawn_inside (svg->str, inside);
	return g_strdup (inside->str);
}

static void add_page (RnDrawn *drawn, const char *template, const RnPage *page)
{
	const RnSite *site = rn_library_site (drawn->library);
	const RnLanguage *language = page->language;
	const char *title = rn_site_text (site, site->title, language), *description = rn_site_text (site, rn_value_get (site->config, "description"), language);
	gboolean home = page->kind == RN_PAGE_HOME;
	g_autofree char *icon = icon_of (site, page), *name = g_strdup_printf ("%s.%s", home ? "home" : page->key, language->code);
	const RnDrawnWords words = { home && title ? title : page->title, home ? description : title, icon, language->dir };
	g_autoptr (GString) svg = g_string_new (NULL);
	rn_drawn_fill (template, &words, svg);
	g_strdelimit (name, "/", '-');
	g_hash_table_insert (drawn->by_page, (gpointer) page, (gpointer) add (drawn, name, svg->str, 1200, 630));
}

/* The sections that stand at the top; those in them share their picture. */
static void add_pages (RnDrawn *drawn)
{
	const RnSite *site = rn_library_site (drawn->library);
	const RnPages *pages = rn_library_pages (drawn->library);
	g_autoptr (GString) template = g_string_new (NULL);
	if (!site->base_url || !rn_site_read (site, "layouts/social.svg", template, NULL))
		return;
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		if (page->slice <= 1 && (page->kind == RN_PAGE_HOME || (page->kind == RN_PAGE_SECTION && page->parent && page->parent->kind == RN_PAGE_HOME)))
			add_page (drawn, template->str, page);
	}
}

const char *rn_drawn_icon (const RnDrawn *drawn, const char *name)
{
	return g_hash_table_lookup (drawn->by_name, name);
}

const char *rn_drawn_of (const RnDrawn *drawn, const RnPage *page)
{
	const char *url = NULL;
	const RnPage *home = rn_library_home (drawn->library, page->language);
	for (page = page->first_slice && page->slice > 1 ? page->first_slice : page; page && !url; page = page->parent)
		url = g_hash_table_lookup (drawn->by_page, page);
	return url || !home ? url : g_hash_table_lookup (drawn->by_page, home);
}

guint rn_drawn_count (const RnDrawn *drawn)
{
	return drawn->list->len;
}

gint rn_drawn_find (const RnDrawn *drawn, const char *url)
{
	for (guint i = 0; i < drawn->list->len; i++)
		if (!strcmp (g_array_index (drawn->list, Drawing, i).url, url))
			return (gint) i;
	return -1;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------ */

static char *cache_path (const RnDrawn *drawn, const Drawing *drawing)
{
	return drawn->dir ? g_build_filename (drawn->dir, drawing->key, NULL) : NULL;
}

static gboolean load (const RnDrawn *drawn, const Drawing *drawing, GString *out)
{
	g_autofree char *path = cache_path (drawn, drawing), *data = NULL;
	gsize len;
	if (!path || !g_file_get_contents (path, &data, &len, NULL) || len < SUM)
		return FALSE;
	g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, len - SUM);
	if (memcmp (sum, data + len - SUM, SUM))
		return FALSE;
	g_string_append_len (out, data, (gssize) (len - SUM));
	return TRUE;
}

/* A cache that cannot be written is none. */
static void save (const RnDrawn *drawn, const Drawing *drawing, const GString *png)
{
	g_autofree char *path = cache_path (drawn, drawing), *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) png->str, png->len);
	if (!path || g_mkdir_with_parents (drawn->dir, 0755))
		return;
	g_autoptr (GString) file = g_string_new_len (png->str, (gssize) png->len);
	g_string_append (file, sum);
	g_file_set_contents_full (path, file->str, (gssize) file->len, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL);
}

/* The drawing as PNG; NULL with ERROR. */
static GString *draw (const char *svg, guint width, guint height, GError **error)
{
	g_autoptr (RnRaster) raster = rn_raster_draw (svg, strlen (svg), width, height, error);
	return raster ? rn_raster_encode (raster, RN_RASTER_PNG, 0, error) : NULL;
}

const char *rn_drawn_make (const RnDrawn *drawn, guint index, GString *out)
{
	const Drawing *drawing = &g_array_index (drawn->list, Drawing, index);
	g_autoptr (GError) error = NULL;
	g_string_truncate (out, 0);
	if (load (drawn, drawing, out))
		return drawing->url;
	GString *png = draw (drawing->svg, drawing->width, drawing->height, &error);
	if (!png) {
		if (error->domain == G_FILE_ERROR)
			rn_tree_trouble_error (rn_library_site (drawn->library)->tree, error);
		else
			rn_diagnose (drawn->sink, RN_D_IMAGE_BROKEN, ((RnPlace) { 0 }), drawing->name, error->message);
		return NULL;
	}
	save (drawn, drawing, png);
	g_string_append_len (out, png->str, (gssize) png->len);
	g_string_free (png, TRUE);
	return drawing->url;
}

/* --- all -------------------------------------------------------------------------------------------------------------------------- */

/* Can each be had, from the cache or drawn here? What draws is asked only where it is needed. */
static gboolean able (const RnDrawn *drawn, GError **error)
{
	for (guint i = 0; i < drawn->list->len; i++) {
		g_autofree char *path = cache_path (drawn, &g_array_index (drawn->list, Drawing, i));
		if (path && g_file_test (path, G_FILE_TEST_EXISTS))
			continue;
		GString *png = draw ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>", 1, 1, error);
		if (png)
			g_string_free (png, TRUE);
		return png != NULL;
	}
	return TRUE;
}

RnDrawn *rn_drawn_new (const RnLibrary *library, const RnAssets *assets, const char *cache, RnDiagnostics *sink)
{
	RnDrawn *drawn = g_new0 (RnDrawn, 1);
	g_autoptr (GError) error = NULL;
	drawn->library = library;
	drawn->sink = sink;
	drawn->dir = cache ? g_build_filename (cache, "drawn", NULL) : NULL;
	drawn->list = g_array_new (FALSE, TRUE, sizeof (Drawing));
	g_array_set_clear_func (drawn->list, clear_drawing);
	drawn->by_name = g_hash_table_new (g_str_hash, g_str_equal);
	drawn->by_page = g_hash_table_new (NULL, NULL);
	add_icons (drawn, assets);
	add_pages (drawn);
	if (able (drawn, &error))
		return drawn;
	rn_diagnose (sink, RN_D_IMAGE_BROKEN, ((RnPlace) { 0 }), "layouts/assets/icon.svg", error->message);
	g_hash_table_remove_all (drawn->by_name);
	g_hash_table_remove_all (drawn->by_page);
	g_array_set_size (drawn->list, 0);
	return drawn;
}

void rn_drawn_free (RnDrawn *drawn)
{
	if (!drawn)
		return;
	g_hash_table_unref (drawn->by_name);
	g_hash_table_unref (drawn->by_page);
	g_array_unref (drawn->list);
	g_free (drawn->dir);
	g_free (drawn);
}

void rn_drawn_finish (const RnDrawn *drawn)
{
	g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < drawn->list->len; i++)
		g_hash_table_add (used, g_array_index (drawn->list, Drawing, i).key);
	rn_image_cache_sweep (drawn->dir, used);
}
