/*
 * site_plugins.c - plugins: of site.yaml, each a name or a map with its budget.
 *
 *   plugins: [vacancies, {name: statistics, instructions: 200000000, memory: 128}]
 */
#include "model/site-int.h"

#include <string.h>

static void tell (const RnSite *site, RnDiagnostics *sink, const RnValue *at, const char *key, const char *wanted)
{
	rn_diagnose (sink, RN_D_SITE_VALUE, RN_PLACE (site->config_file, at->line, at->col), key, wanted);
}

/* The whole number KEY of MAP; 0: not given, or told. */
static guint64 number (const RnSite *site, RnDiagnostics *sink, const RnValue *map, const char *key, gint64 least, gint64 most, const char *wanted)
{
	const RnValue *value = rn_value_get (map, key);
	const gint64 n = rn_value_int (value, -1);
	if (!value || (n >= least && n <= most))
		return value ? (guint64) n : 0;
	g_autofree char *path = g_strconcat ("plugins: ", key, NULL);
	tell (site, sink, value, path, wanted);
	return 0;
}

static void check_keys (const RnSite *site, RnDiagnostics *sink, const RnValue *map)
{
	static const char *const keys[] = { "name", "instructions", "memory", NULL };
	for (guint i = 0; i < map->n; i++)
		if (!g_strv_contains (keys, map->pairs[i].name)) {
			const char *nearest = rn_text_nearest (map->pairs[i].name, keys);
			g_autofree char *path = g_strconcat ("plugins: ", map->pairs[i].name, NULL);
			rn_diagnose (sink, RN_D_SITE_KEY_UNKNOWN, RN_PLACE (site->config_file, map->pairs[i].line, map->pairs[i].col), path, nearest ? nearest : "");
		}
}

void rn_site_read_plugins (RnSite *site, RnDiagnostics *sink)
{
	static const char wanted[] = "a list of names, or of maps such as {name: vacancies, instructions: 100000000, memory: 128}";
	const RnValue *list = rn_value_get (site->config, "plugins");
	if (!list || list->kind == RN_NULL)
		return;
	if (list->kind != RN_LIST) {
		tell (site, sink, list, "plugins", wanted);
		return;
	}
	site->plugins = rn_arena_newn (rn_site_arena (site), RnSitePlugin, list->n + 1);
	for (guint i = 0; i < list->n; i++) {
		const RnValue *item = list->items[i];
		const char *name = rn_value_string (item->kind == RN_MAP ? rn_value_get (item, "name") : item);
		RnSitePlugin plugin = { .name = name, .where = RN_PLACE (site->config_file, item->line, item->col) };
		if (!name || !*name) {
			tell (site, sink, item, "plugins", wanted);
			continue;
		}
		if (item->kind == RN_MAP) {
			check_keys (site, sink, item);
			plugin.instructions = number (site, sink, item, "instructions", 100000, G_GINT64_CONSTANT (100000000000), "a number of Lua's instructions from 100000 on");
			plugin.memory = (gsize) number (site, sink, item, "memory", 8, 4096, "a number of MiB from 8 to 4096") << 20;
		}
		site->plugins[site->n_plugins++] = plugin;
	}
}
