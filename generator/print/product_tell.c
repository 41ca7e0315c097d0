/* product_tell.c - what is wrong in a product's layers -> messages in the words of what they stand in: a product, or a profile that several products may ask for. */
#include "print/product-int.h"

#include <string.h>

#define PROFILES RN_PRODUCT_FOLDER "profiles/"

gboolean rn_in_profile (RnPlace place)
{
	return place.file && g_str_has_prefix (place.file, PROFILES);
}

/* The profile whose file this is. */
static char *profile_of (RnPlace place)
{
	const char *name = place.file + strlen (PROFILES);
	return g_strndup (name, strlen (name) - strlen (".yaml"));
}

void rn_product_tell (RnProducts *products, const char *product, RnPlace where, const char *what)
{
	g_autofree char *profile = rn_in_profile (where) ? profile_of (where) : NULL;
	rn_diagnose (products->sink, profile ? RN_D_PROFILE_BROKEN : RN_D_PRODUCT_BROKEN, where, profile ? profile : product, what);
}

void rn_product_tell_key (RnProducts *products, const char *product, RnPlace where, const char *key, const char *nearest)
{
	g_autofree char *profile = rn_in_profile (where) ? profile_of (where) : NULL;
	rn_diagnose (products->sink, profile ? RN_D_PROFILE_KEY : RN_D_PRODUCT_KEY, where, profile ? profile : product, key, nearest);
}

void rn_product_tell_profile (RnProducts *products, const char *product, RnPlace where, const char *profile)
{
	g_autofree char *what = g_strdup_printf ("its profile '%s' cannot be used", profile);
	rn_product_tell (products, product, where, what);
}

gboolean rn_layers_place (const GPtrArray *layers, const char *path, RnPlace *where)
{
	for (guint i = layers ? layers->len : 0; i--;) {
		const RnProductLayer *layer = layers->pdata[i];
		const RnValue *value = rn_product_look_up (layer->root, path);
		if (value && value->kind != RN_NULL) {
			*where = RN_PLACE (layer->file, value->line, value->col);
			return TRUE;
		}
	}
	return FALSE;
}

RnPlace rn_product_place (const RnProduct *product, const char *path)
{
	RnPlace where = product->where;
	rn_layers_place (product->layers, path, &where);
	return where;
}

void rn_product_break (RnProductDraft *draft, const char *path, const RnValue *where, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	g_autofree char *what = g_strdup_vprintf (format, args);
	va_end (args);
	RnPlace place = rn_product_place (&draft->product, path);
	if (where && where->line)
		place.line = where->line, place.col = where->col;
	rn_product_tell (draft->products, draft->product.name, place, what);
	draft->broken = TRUE;
}
