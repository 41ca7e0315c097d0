/* extras.c - robots.txt, manifest.webmanifest, redirects. */
#include "site/extras.h"
#include "base/path.h"
#include "base/text.h"

#include <jansson.h>

void rn_robots_make (const RnLibrary *library, GString *out)
{
	const RnSite *site = rn_library_site (library);
	g_string_assign (out, "User-agent: *\nAllow: /\n");
	if (site->base_url)
		g_string_append_printf (out, "Sitemap: %s/sitemap.xml\n", site->base_url);
}

void rn_manifest_make (const RnLibrary *library, const char *icon, GString *out)
{
	const RnSite *site = rn_library_site (library);
	const RnLanguage *language = site->languages[0];
	const char *title = rn_site_text (site, site->title, language), *description = rn_site_text (site, rn_value_get (site->config, "description"), language);
	json_t *manifest = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s}", "name", title ? title : language->name, "lang", language->code, "dir", language->dir,
	                              "start_url", site->explicit_index ? "./index.html" : "./", "scope", "./", "display", "minimal-ui");
	if (description)
		json_object_set_new (manifest, "description", json_string (description));
	if (icon)
		json_object_set_new (manifest, "icons", json_pack ("[{s:s, s:s, s:s}]", "src", icon + 1, "sizes", "any", "type", "image/svg+xml"));
	char *text = json_dumps (manifest, JSON_INDENT (1) | JSON_SORT_KEYS);
	g_string_assign (out, text ? text : "{}");
	g_string_append_c (out, '\n');
	free (text);
	json_decref (manifest);
}

void rn_redirect_make (const RnLibrary *library, const RnPage *page, const char *alias, GString *out)
{
	const RnSite *site = rn_library_site (library);
	g_autoptr (GString) address = g_string_new (NULL), href = g_string_new (NULL);
	rn_path_relative (address, alias, page->url, site->explicit_index);
	rn_text_escape (href, address->str, (gssize) address->len, TRUE);
	g_string_printf (out, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	                      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	                      "<meta http-equiv=\"refresh\" content=\"0; url=%s\">\n<meta name=\"robots\" content=\"noindex\">\n<title>",
	                 page->language->code, page->language->dir, href->str);
	rn_text_escape (out, page->title, -1, FALSE);
	g_string_append_printf (out, "</title>\n</head>\n<body>\n<p><a href=\"%s\">", href->str);
	rn_text_escape (out, page->title, -1, FALSE);
	g_string_append (out, "</a></p>\n</body>\n</html>\n");
}
