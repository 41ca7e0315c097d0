/* extras.c - robots.txt, security.txt, redirects. */
#include "site/extras.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

void rn_robots_make (const RnLibrary *library, GString *out)
{
	const RnSite *site = rn_library_site (library);
	g_string_assign (out, "User-agent: *\nAllow: /\n");
	if (site->base_url)
		g_string_append_printf (out, "Sitemap: %s/sitemap.xml\n", site->base_url);
}

/* --- security.txt ------------------------------------------------------------------------------------------------------- */

static void told (const RnSite *site, RnDiagnostics *sink, const RnValue *at, const char *key, const char *wanted)
{
	rn_diagnose (sink, RN_D_SITE_VALUE, RN_PLACE (site->config_file, at->line, at->col), key, wanted);
}

/* Only web addresses of the secure kind, mail and telephone: what RFC 9116 allows. */
static gboolean is_contact (const char *text)
{
	static const char *const schemes[] = { "https://", "mailto:", "tel:" };
	for (guint i = 0; text && !strpbrk (text, " \t\r\n") && i < G_N_ELEMENTS (schemes); i++)
		if (g_str_has_prefix (text, schemes[i]) && text[strlen (schemes[i])])
			return TRUE;
	return FALSE;
}

/* One line a value: of a list, each. */
static guint put_addresses (const RnSite *site, RnDiagnostics *sink, const RnValue *map, const char *key, const char *name, GString *out)
{
	const RnValue *value = rn_value_get (map, key);
	guint n = !value ? 0 : value->kind == RN_LIST ? value->n : 1, put = 0;
	for (guint i = 0; i < n; i++) {
		const RnValue *item = value->kind == RN_LIST ? value->items[i] : value;
		const char *text = rn_value_string (item);
		g_autofree char *path = g_strconcat ("security: ", key, NULL);
		if (!is_contact (text)) {
			told (site, sink, item, path, "an address such as mailto:security@example.org or https://example.org/report");
			continue;
		}
		g_string_append_printf (out, "%s: %s\n", name, text);
		put++;
	}
	return put;
}

gboolean rn_security_make (const RnLibrary *library, RnDiagnostics *sink, GString *out)
{
	const RnSite *site = rn_library_site (library);
	const RnValue *security = rn_value_get (site->config, "security");
	gint64 edition = rn_library_edition_time (library);
	g_string_truncate (out, 0);
	if (!security || security->kind == RN_NULL)
		return FALSE;
	if (security->kind != RN_MAP || !rn_value_get (security, "contact")) {
		told (site, sink, security, "security", "a map such as {contact: mailto:security@example.org}");
		return FALSE;
	}
	if (!edition) {
		told (site, sink, security, "security", "used in a site whose pages have dates, or a history: the file has to say when it ends");
		return FALSE;
	}
	if (!put_addresses (site, sink, security, "contact", "Contact", out))
		return FALSE;
	g_string_append (out, "Expires: ");
	rn_date_format (out, rn_date_add (edition, 12, 0), TRUE);
	g_string_append (out, "\nPreferred-Languages: ");
	for (guint i = 0; i < site->n_languages; i++)
		g_string_append_printf (out, "%s%s", i ? ", " : "", site->languages[i]->code);
	g_string_append_c (out, '\n');
	put_addresses (site, sink, security, "policy", "Policy", out);
	if (site->base_url && g_str_has_prefix (site->base_url, "https://"))
		g_string_append_printf (out, "Canonical: %s/.well-known/security.txt\n", site->base_url);
	return TRUE;
}

/* --- redirects ------------------------------------------------------------------------------------------------------------ */

void rn_redirect_make (const RnLibrary *library, const RnPage *page, const char *alias, GString *out)
{
	const RnSite *site = rn_library_site (library);
	g_autoptr (GString) address = g_string_new (NULL), href = g_string_new (NULL);
	rn_path_relative (address, alias, page->url, site->explicit_index);
	rn_text_escape (href, address->str, (gssize) address->len, TRUE);
	g_string_printf (out, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	                      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';base-uri 'none';form-action 'none'\">\n"
	                      "<meta http-equiv=\"refresh\" content=\"0; url=%s\">\n<meta name=\"robots\" content=\"noindex\">\n<title>",
	                 page->language->code, page->language->dir, href->str);
	rn_text_escape (out, page->title, -1, FALSE);
	g_string_append (out, "</title>\n");
	if (site->base_url) {
		g_autoptr (GString) canonical = g_string_new (site->base_url);
		rn_path_encode (canonical, page->url);
		g_string_append (out, "<link rel=\"canonical\" href=\"");
		rn_text_escape (out, canonical->str, (gssize) canonical->len, TRUE);
		g_string_append (out, "\">\n");
	}
	g_string_append_printf (out, "</head>\n<body>\n<p><a href=\"%s\">", href->str);
	rn_text_escape (out, page->title, -1, FALSE);
	g_string_append (out, "</a></p>\n</body>\n</html>\n");
}
