/*
 * manifest.c - a language's manifest.webmanifest.
 *
 * In: layouts/manifest.yaml, the site's words, its icons. Out: JSON. Invariant: addresses are relative to the manifest, so that it holds wherever the tree is
 * served; a shortcut stands there only where its page does.
 */
#include "base/path.h"
#include "site/extras.h"
#include "source/yaml.h"

#include <jansson.h>

#define DATA "layouts/manifest.yaml"

typedef struct {
	const RnLibrary *library;
	const RnSite *site;
	const RnLanguage *language;
	const char *url;          /* the manifest's own address */
	json_t *json;
} Manifest;

static json_t *address (const Manifest *manifest, const char *url)
{
	g_autoptr (GString) text = g_string_new (NULL);
	rn_path_relative (text, manifest->url, url, manifest->site->explicit_index);
	return json_string (text->str);
}

/* icon.svg, and the pictures drawn from it. */
static void add_icons (const Manifest *manifest, const RnAssets *assets, const RnDrawn *drawn)
{
	static const struct { const char *name, *sizes, *type, *purpose; } icons[] = {
		{ NULL, "any", "image/svg+xml", "any" }, { "icon-192", "192x192", "image/png", "any" }, { "icon-512", "512x512", "image/png", "any" },
		{ "icon-512-maskable", "512x512", "image/png", "maskable" },
	};
	json_t *list = json_array ();
	for (guint i = 0; i < G_N_ELEMENTS (icons); i++) {
		const char *url = icons[i].name ? (drawn ? rn_drawn_icon (drawn, icons[i].name) : NULL) : assets ? rn_assets_url ((gpointer) assets, "icon.svg") : NULL;
		if (url)
			json_array_append_new (list, json_pack ("{s:o, s:s, s:s, s:s}", "src", address (manifest, url), "sizes", icons[i].sizes,
			                                        "type", icons[i].type, "purpose", icons[i].purpose));
	}
	json_object_set_new (manifest->json, "icons", list);
}

static json_t *shortcut (const Manifest *manifest, const RnValue *item)
{
	const char *key = rn_value_string (rn_value_get (item, "page")), *string = rn_value_string (rn_value_get (item, "string"));
	const char *place = rn_value_string (rn_value_get (item, "place")), *needs = rn_value_string (rn_value_get (item, "needs"));
	const RnPage *home = rn_library_home (manifest->library, manifest->language);
	const RnPage *page = key ? rn_library_page (manifest->library, manifest->language, key) : home;
	const char *name = string ? rn_language_string (manifest->language, string, 1) : page ? page->title : NULL;
	if (!page || !name || (needs && !rn_value_get (manifest->site->config, needs)))
		return NULL;
	g_autofree char *url = place ? g_strconcat (page->url, "#", place, NULL) : g_strdup (page->url);
	return json_pack ("{s:s, s:o}", "name", name, "url", address (manifest, url));
}

/* What manifest.yaml says goes over as it is; its shortcuts are looked up. */
static void add_data (const Manifest *manifest, const RnValue *data)
{
	for (guint i = 0; data && data->kind == RN_MAP && i < data->n; i++) {
		const RnValue *value = data->pairs[i].value;
		if (rn_value_string (value))
			json_object_set_new (manifest->json, data->pairs[i].name, json_string (rn_value_string (value)));
	}
	const RnValue *shortcuts = rn_value_get (data, "shortcuts");
	json_t *list = json_array ();
	for (guint i = 0; shortcuts && shortcuts->kind == RN_LIST && i < shortcuts->n; i++)
		json_array_append_new (list, shortcut (manifest, shortcuts->items[i]));
	if (json_array_size (list))
		json_object_set (manifest->json, "shortcuts", list);
	json_decref (list);
}

const RnValue *rn_manifest_data (const RnSite *site, RnArena *arena, RnDiagnostics *sink)
{
	g_autoptr (GString) text = g_string_new (NULL);
	if (!rn_site_read (site, DATA, text, NULL))
		return NULL;
	return rn_yaml_parse (arena, text->str, text->len, RN_PLACE (rn_diagnostics_intern (sink, DATA), 1, 1), sink);
}

void rn_manifest_make (const RnLibrary *library, const RnLanguage *language, const RnAssets *assets, const RnDrawn *drawn, RnDiagnostics *sink, GString *out)
{
	const RnSite *site = rn_library_site (library);
	const RnPage *home = rn_library_home (library, language);
	const char *title = rn_site_text (site, site->title, language), *description = rn_site_text (site, rn_value_get (site->config, "description"), language);
	g_autofree char *url = g_strdup_printf ("/%s/manifest.webmanifest", language->code), *start = g_strdup_printf ("/%s/", language->code);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	Manifest manifest = { library, site, language, url, json_object () };
	add_data (&manifest, rn_manifest_data (site, arena, sink));
	json_object_set_new (manifest.json, "name", json_string (title ? title : home ? home->title : language->name));
	if (description)
		json_object_set_new (manifest.json, "description", json_string (description));
	json_object_set_new (manifest.json, "lang", json_string (language->code));
	json_object_set_new (manifest.json, "dir", json_string (language->dir));
	json_object_set_new (manifest.json, "start_url", address (&manifest, start));
	json_object_set_new (manifest.json, "scope", json_string ("../"));
	add_icons (&manifest, assets, drawn);
	char *dump = json_dumps (manifest.json, JSON_INDENT (1) | JSON_SORT_KEYS);
	g_string_assign (out, dump ? dump : "{}");
	g_string_append_c (out, '\n');
	free (dump);
	json_decref (manifest.json);
}
