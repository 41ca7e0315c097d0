/* product.c - which products a run makes, each read once; what is asked of a product. */
#include "print/product-int.h"

#include <math.h>
#include <string.h>

/* --- lengths ------------------------------------------------------------------------------------------------------------------ */

/* A decimal number without exponent, whatever the locale; *END behind it. NaN: it is none. */
static double decimal (const char *text, const char **end)
{
	char *stop;
	double number = g_ascii_strtod (text, &stop);
	*end = text + (*text == '-');
	*end += strspn (*end, "0123456789.");
	return stop == *end && stop > text ? number : NAN;
}

gboolean rn_length_parse (const RnValue *value, RnLength size, RnLength *length)
{
	static const struct { const char *name; double points; } units[] = { { "", 1 }, { "pt", 1 }, { "mm", 72 / 25.4 }, { "cm", 72 / 2.54 }, { "in", 72 } };
	const char *text = rn_value_string (value), *end = NULL;
	double number = text ? decimal (text, &end) : rn_value_real (value, NAN), points = NAN;
	while (text && *end == ' ')
		end++;
	if (!text)
		points = number;
	else if (!strcmp (end, "em"))
		points = size > 0 ? number * size / 1000 : NAN;
	for (guint i = 0; text && i < G_N_ELEMENTS (units); i++)
		if (!strcmp (end, units[i].name))
			points = number * units[i].points;
	/* Larger than any paper: it would not fit RnLength. */
	if (!isfinite (points) || fabs (points) > 100000)
		return FALSE;
	*length = RN_PT (points);
	return TRUE;
}

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

static void add_product (RnProducts *products, const char *name, RnPlace where)
{
	for (guint i = 0; i < products->list->len; i++)
		if (!strcmp (((RnProduct *) products->list->pdata[i])->name, name))
			return;
	g_autoptr (GPtrArray) layers = g_ptr_array_new ();
	RnProductDraft *draft = rn_arena_new0 (products->arena, RnProductDraft);
	draft->products = products;
	draft->product.layers = layers;
	draft->product.name = rn_arena_strndup (products->arena, name, -1);
	if (!rn_product_layers (products, name, where, layers))
		return;
	for (guint i = 0; i < layers->len; i++)
		if (!rn_product_check (products, layers->pdata[i], FALSE))
			draft->broken = TRUE;
	draft->product.config = rn_product_merge (products->arena, layers);
	draft->product.where = where.file ? where : RN_PLACE (((RnProductLayer *) layers->pdata[layers->len - 1])->file, 0, 0);
	if (draft->broken || !rn_product_read (draft))
		return;
	g_ptr_array_add (products->list, draft);
	g_steal_pointer (&layers);
}

static void bad_site (RnProducts *products, const RnValue *value, const char *key, const char *wanted)
{
	rn_diagnose (products->sink, RN_D_SITE_VALUE, RN_PLACE (products->site->config_file, value->line, value->col), key, wanted);
}

/* What site.yaml says, each product where it stands. */
static void add_listed (RnProducts *products, const RnValue *list)
{
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		const RnValue *entry = list->items[i];
		const char *name = rn_product_entry_name (entry);
		if (name)
			add_product (products, name, RN_PLACE (products->site->config_file, entry->line, entry->col));
		else
			bad_site (products, entry, "print: products", "a list of names, or of maps with a name: [booklet, {name: my-list, extends: list-sheet}]");
	}
}

RnProducts *rn_products_new (const RnLibrary *library, const char *const *names, RnDiagnostics *sink)
{
	RnProducts *products = g_new0 (RnProducts, 1);
	const RnSite *site = rn_library_site (library);
	const RnValue *print = rn_value_get (site->config, "print"), *list = rn_value_get (print, "products");
	*products = (RnProducts) { .arena = rn_arena_new (65536), .library = library, .site = site, .sink = sink, .fonts = rn_font_files_new (site),
		.files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), .folders = g_ptr_array_new (), .list = g_ptr_array_new () };
	products->hyphenations = rn_arena_newn (products->arena, RnHyphenation *, site->n_languages);
	products->hyphenated = rn_arena_newn (products->arena, gboolean, site->n_languages);
	if (print && print->kind != RN_MAP && print->kind != RN_NULL)
		bad_site (products, print, "print", "a map such as {products: [booklet]}");
	if (list && list->kind != RN_LIST && list->kind != RN_NULL)
		bad_site (products, list, "print: products", "a list such as [booklet, poster]");
	if (!names)
		add_listed (products, list);
	for (; names && *names; names++) {
		const RnValue *entry = rn_product_entry (products, *names);
		add_product (products, *names, entry ? RN_PLACE (site->config_file, entry->line, entry->col) : (RnPlace) { 0 });
	}
	return products;
}

void rn_products_free (RnProducts *products)
{
	if (!products)
		return;
	for (guint i = 0; i < products->site->n_languages; i++)
		rn_hyphenation_free (products->hyphenations[i]);
	for (guint i = 0; i < products->list->len; i++)
		g_ptr_array_unref (((RnProduct *) products->list->pdata[i])->layers);
	rn_font_files_free (products->fonts);
	rn_product_files_free (products);
	g_ptr_array_unref (products->folders);
	g_ptr_array_unref (products->list);
	rn_arena_free (products->arena);
	g_free (products);
}

/* --- asking ------------------------------------------------------------------------------------------------------------------- */

guint rn_products_count (const RnProducts *products)
{
	return products->list->len;
}

const RnProduct *rn_products_nth (const RnProducts *products, guint i)
{
	return products->list->pdata[i];
}

const RnHyphenation *rn_products_hyphenation (const RnProducts *products, const RnLanguage *language)
{
	return products->hyphenations[language->index];
}

const GPtrArray *rn_products_folders (const RnProducts *products)
{
	return products->folders;
}

const RnValue *rn_product_get (const RnProduct *product, const char *path)
{
	const RnValue *value = rn_product_look_up (product->config, path);
	return value && value->kind != RN_NULL ? value : NULL;
}

gboolean rn_product_says (const RnProduct *product, const char *path, const char *word)
{
	return !g_strcmp0 (rn_value_string (rn_product_get (product, path)), word);
}

gboolean rn_product_flag (const RnProduct *product, const char *path, gboolean fallback)
{
	return rn_value_bool (rn_product_get (product, path), fallback);
}

RnLength rn_product_measure (const RnProduct *product)
{
	const gint64 n = MAX (strcmp (product->kind, "parallel") ? product->columns : product->n_languages, 1);
	return (RnLength) (((gint64) product->width - product->inner - product->outer - (n - 1) * product->gutter) / n);
}

guint rn_product_count (const RnProduct *product, const char *path, guint fallback)
{
	gint64 n = rn_value_int (rn_product_get (product, path), fallback);
	return n < 0 || n > G_MAXINT ? fallback : (guint) n;
}
