/*
 * site_words.c - the words of plugins.
 *
 * In: plugins/<name>/lang/<code>.yaml of the plugins that are switched on, the site's own or the shipped one. Out: strings of the languages. Invariant: a word that layouts/lang has stays; of two plugins
 * with one, the first in site.yaml has it.
 */
#include "model/language.h"
#include "model/site-int.h"

const char *rn_site_plugin (const RnValue *entry)
{
	const char *name = rn_value_string (entry);
	return name ? name : rn_value_string (rn_value_get (entry, "name"));
}

static void add_words (RnSite *site, RnLanguage *language, const char *plugin, RnArena *arena, RnDiagnostics *sink)
{
	g_autofree char *path = g_strdup_printf ("plugins/%s/lang/%s.yaml", plugin, language->code);
	const RnValue *data = rn_site_yaml (site->tree, path, arena, sink);
	if (!data)
		data = rn_site_yaml (site->shipped, path, arena, sink);
	if (data)
		rn_language_add_strings (language, arena, data, rn_diagnostics_intern (sink, path), sink);
}

void rn_site_read_words (RnSite *site, RnArena *arena, RnDiagnostics *sink)
{
	const RnValue *plugins = rn_value_get (site->config, "plugins");
	for (guint i = 0; plugins && plugins->kind == RN_LIST && i < plugins->n; i++) {
		const char *name = rn_site_plugin (plugins->items[i]);
		for (guint k = 0; name && k < site->n_languages; k++)
			add_words (site, site->languages[k], name, arena, sink);
	}
}
