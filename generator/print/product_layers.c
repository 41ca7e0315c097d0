/* product_layers.c - a product's name -> the files and parts of site.yaml that say what it is, the lowest first; and one map of them all. */
#include "base/text.h"
#include "print/product-int.h"

#include <string.h>

#define FOLDER RN_PRODUCT_FOLDER
#define PROFILES FOLDER "profiles/"
#define DEEPEST 8           /* extends: of extends: of ... */

/* A YAML file in the site's tree and in the shipped one. */
typedef struct { RnProductLayer *own, *shipped; gboolean exists, broken; } RnProductFile;

/* --- files -------------------------------------------------------------------------------------------------------------------- */

static RnProductLayer *layer_new (RnProducts *products, const char *file, const char *name, const RnValue *root)
{
	RnProductLayer *layer = rn_arena_new0 (products->arena, RnProductLayer);
	*layer = (RnProductLayer) { .file = rn_diagnostics_intern (products->sink, file), .name = rn_arena_strndup (products->arena, name, -1), .root = root };
	return layer;
}

static RnProductLayer *read_layer (RnProducts *products, RnTree *tree, const char *path, const char *name, RnProductFile *file)
{
	if (!tree || rn_tree_find (tree, path) < 0)
		return NULL;
	const RnValue *root = rn_site_yaml (tree, path, products->arena, products->sink);
	file->exists = TRUE;
	if (root && root->kind == RN_MAP)
		return layer_new (products, path, name, root);
	file->broken = TRUE;
	if (root)
		rn_product_tell (products, name, RN_PLACE (path, root->line, root->col), "the file must be a map of keys");
	return NULL;
}

static gboolean is_name (const char *name)
{
	const char *p = name;
	while (g_ascii_isalnum (*p) || *p == '-' || *p == '_')
		p++;
	return p > name && !*p && p - name <= 60;
}

static RnProductFile *file_of (RnProducts *products, const char *folder, const char *name)
{
	g_autofree char *path = g_strdup_printf ("%s%s.yaml", folder, is_name (name) ? name : "");
	RnProductFile *file = g_hash_table_lookup (products->files, path);
	if (file)
		return file;
	file = rn_arena_new0 (products->arena, RnProductFile);
	if (is_name (name)) {
		file->shipped = read_layer (products, products->site->shipped, path, name, file);
		/* Where the site is the tool's own folder the two are one. */
		file->own = read_layer (products, products->site->tree, path, name, file);
	}
	g_hash_table_insert (products->files, g_steal_pointer (&path), file);
	return file;
}

/* --- site.yaml ---------------------------------------------------------------------------------------------------------------- */

static const RnValue *print_section (const RnProducts *products)
{
	return rn_value_get (products->site->config, "print");
}

const char *rn_product_entry_name (const RnValue *entry)
{
	return entry->kind == RN_MAP ? rn_value_string (rn_value_get (entry, "name")) : rn_value_string (entry);
}

const RnValue *rn_product_entry (const RnProducts *products, const char *name)
{
	const RnValue *list = rn_value_get (print_section (products), "products");
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++)
		if (!g_strcmp0 (rn_product_entry_name (list->items[i]), name))
			return list->items[i];
	return NULL;
}

/* MAP without its key NAME. */
static const RnValue *without (RnArena *arena, const RnValue *map, const char *name)
{
	RnValue *copy = rn_arena_new0 (arena, RnValue);
	RnPair *pairs = rn_arena_newn (arena, RnPair, map->n);
	*copy = *map;
	copy->n = 0;
	copy->pairs = pairs;
	for (guint i = 0; i < map->n; i++)
		if (strcmp (map->pairs[i].name, name))
			pairs[copy->n++] = map->pairs[i];
	return copy;
}

static void add_site (RnProducts *products, const char *key, const RnValue *map, const char *name, GPtrArray *layers)
{
	if (map && map->kind == RN_MAP)
		g_ptr_array_add (layers, layer_new (products, products->site->config_file, name, without (products->arena, map, key)));
}

/* --- chains ------------------------------------------------------------------------------------------------------------------- */

static int by_text (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

static const char *nearest_of (RnProducts *products, const char *folder, const char *name)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	g_auto (GStrv) files = rn_site_list (products->site, folder);
	const RnValue *list = rn_value_get (print_section (products), "products");
	for (char **file = files; *file; file++) {
		char *base = *file + strlen (folder);
		if (strchr (base, '/') || !g_str_has_suffix (base, ".yaml") || !strcmp (base, "print.yaml"))
			continue;
		base[strlen (base) - strlen (".yaml")] = 0;
		g_ptr_array_add (names, base);
	}
	for (guint i = 0; !strcmp (folder, FOLDER) && list && list->kind == RN_LIST && i < list->n; i++)
		if (rn_product_entry_name (list->items[i]) && strcmp (rn_product_entry_name (list->items[i]), name))
			g_ptr_array_add (names, (gpointer) rn_product_entry_name (list->items[i]));
	g_ptr_array_sort (names, by_text);
	g_ptr_array_add (names, NULL);
	const char *nearest = rn_text_nearest (name, (const char *const *) names->pdata);
	return nearest ? rn_arena_strndup (products->arena, nearest, -1) : "";
}

static gboolean unknown (RnProducts *products, const char *folder, const char *product, const char *name, RnPlace where)
{
	const char *nearest = nearest_of (products, folder, name);
	if (!strcmp (folder, FOLDER)) {
		rn_diagnose (products->sink, RN_D_PRODUCT_UNKNOWN, where, name, nearest);
		return FALSE;
	}
	g_autofree char *what = g_strdup_printf (*nearest ? "there is no profile '%s'; did you mean '%s'?" : "there is no profile '%s'", name, nearest);
	rn_product_tell (products, product, where, what);
	return FALSE;
}

typedef struct { const char *folder, *product; guint depth; } Chain;

static gboolean add_chain (RnProducts *products, Chain chain, const char *name, RnPlace where, GPtrArray *layers);

/* What the map ROOT of FILE extends, if not the product of its own name. TRUE where there is nothing to add. */
static gboolean add_extended (RnProducts *products, Chain chain, const char *file, const RnValue *root, const char *own, GPtrArray *layers)
{
	const RnValue *extends = rn_value_get (root, "extends");
	const char *name = rn_value_string (extends);
	return !name || !strcmp (name, own) || add_chain (products, chain, name, RN_PLACE (file, extends->line, extends->col), layers);
}

static gboolean extends_other (const RnValue *root, const char *name)
{
	const char *other = rn_value_string (rn_value_get (root, "extends"));
	return other && strcmp (other, name);
}

static gboolean add_chain (RnProducts *products, Chain chain, const char *name, RnPlace where, GPtrArray *layers)
{
	RnProductFile *file = file_of (products, chain.folder, name);
	gboolean product = !strcmp (chain.folder, FOLDER);
	const RnValue *entry = product ? rn_product_entry (products, name) : NULL;
	if (chain.depth++ >= DEEPEST) {
		rn_product_tell (products, chain.product, where, "extends: leads in a circle");
		return FALSE;
	}
	if (file->broken)
		return FALSE;
	if (!file->exists && extends_other (entry, name)) {
		gboolean fine = add_extended (products, chain, products->site->config_file, entry, name, layers);
		add_site (products, "name", entry, name, layers);
		return fine;
	}
	gboolean alone = file->own && extends_other (file->own->root, name);
	RnProductLayer *lower = alone || !file->shipped ? file->own : file->shipped;
	if (!lower || (product && !strcmp (name, "print")))
		return unknown (products, chain.folder, chain.product, name, where);
	if (!add_extended (products, chain, lower->file, lower->root, name, layers))
		return FALSE;
	g_ptr_array_add (layers, lower);
	if (file->own && file->own != lower)
		g_ptr_array_add (layers, file->own);
	return TRUE;
}

gboolean rn_product_layers (RnProducts *products, const char *name, RnPlace where, GPtrArray *layers)
{
	const Chain chain = { FOLDER, name, 0 };
	const RnValue *entry = rn_product_entry (products, name);
	RnProductFile *common = file_of (products, FOLDER, "print");
	if (common->broken)
		return FALSE;
	for (guint i = 0; i < 2; i++)
		if (i ? common->own : common->shipped)
			g_ptr_array_add (layers, i ? common->own : common->shipped);
	gboolean fine = extends_other (entry, name) ?
		add_extended (products, chain, products->site->config_file, entry, name, layers) : add_chain (products, chain, name, where, layers);
	add_site (products, "products", print_section (products), "print", layers);
	add_site (products, "name", entry, name, layers);
	return fine;
}

gboolean rn_profile_layers (RnProducts *products, const char *product, const RnValue *value, RnPlace where, GPtrArray *layers)
{
	const Chain chain = { PROFILES, product, 0 };
	const gboolean named = value->kind == RN_STRING;
	const char *name = rn_value_string (named ? value : rn_value_get (value, "extends"));
	gboolean fine = named ? add_chain (products, chain, name, where, layers) : add_extended (products, chain, where.file, value, "", layers);
	if (!named)
		g_ptr_array_add (layers, layer_new (products, where.file, product, value));
	for (guint i = 0; i < layers->len; i++)
		fine = rn_product_check (products, layers->pdata[i], TRUE) && fine;
	if (!fine && name && file_of (products, PROFILES, name)->exists)
		rn_product_tell_profile (products, product, where, name);
	return fine;
}

/* --- one map ------------------------------------------------------------------------------------------------------------------ */

static RnPair *find (RnPair *pairs, guint n, const char *name)
{
	for (guint i = 0; i < n; i++)
		if (!strcmp (pairs[i].name, name))
			return &pairs[i];
	return NULL;
}

static const RnValue *lay_over (RnArena *arena, const RnValue *below, const RnValue *above)
{
	if (!below || !above || below->kind != RN_MAP || above->kind != RN_MAP)
		return !above || (above->kind == RN_NULL && below) ? below : above;
	RnValue *both = rn_arena_new0 (arena, RnValue);
	RnPair *pairs = rn_arena_newn (arena, RnPair, below->n + above->n);
	*both = *above;
	both->pairs = pairs;
	memcpy (pairs, below->pairs, below->n * sizeof *pairs);
	both->n = below->n;
	for (guint i = 0; i < above->n; i++) {
		RnPair *pair = find (pairs, below->n, above->pairs[i].name);
		if (!pair) {
			pairs[both->n++] = above->pairs[i];
			continue;
		}
		const RnValue *merged = lay_over (arena, pair->value, above->pairs[i].value);
		*pair = above->pairs[i];
		pair->value = merged;
	}
	return both;
}

const RnValue *rn_product_merge (RnArena *arena, const GPtrArray *layers)
{
	const RnValue *all = NULL;
	for (guint i = 0; i < layers->len; i++)
		all = lay_over (arena, all, ((const RnProductLayer *) layers->pdata[i])->root);
	return all;
}

const RnValue *rn_product_look_up (const RnValue *map, const char *path)
{
	char part[64];
	while (map && *path) {
		const char *dot = strchrnul (path, '.');
		if ((gsize) (dot - path) >= sizeof part)
			return NULL;
		g_strlcpy (part, path, (gsize) (dot - path) + 1);
		map = rn_value_get (map, part);
		path = *dot ? dot + 1 : dot;
	}
	return map;
}

/* --- looking for words --------------------------------------------------------------------------------------------------------- */

const RnValue *rn_value_holding (const RnValue *value, const char *part)
{
	const RnValue *found = NULL;
	if (value && value->kind == RN_STRING)
		return strstr (value->string, part) ? value : NULL;
	const gboolean map = value && value->kind == RN_MAP;
	for (guint i = 0; (map || (value && value->kind == RN_LIST)) && i < value->n && !found; i++)
		found = rn_value_holding (map ? value->pairs[i].value : value->items[i], part);
	return found;
}

gboolean rn_product_find (const RnProduct *product, const char *part, RnPlace *where)
{
	for (guint i = product->layers ? product->layers->len : 0; i--;) {
		const RnProductLayer *layer = product->layers->pdata[i];
		const RnValue *words = rn_value_holding (layer->root, part);
		if (words) {
			*where = RN_PLACE (layer->file, words->line, words->col);
			return TRUE;
		}
	}
	return FALSE;
}

void rn_product_files_free (RnProducts *products)
{
	g_hash_table_unref (products->files);
}
