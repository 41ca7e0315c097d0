/*
 * product-int.h - a product while it is read: its layers (files, and parts of site.yaml), merged, checked, made into RnProduct.
 *
 *   product_layers.c   which files a name means, and one map of them all
 *   product_keys.c     does each layer hold known keys with values of their kinds?
 *   product_read.c     the merged map -> RnProduct
 *   style.c            its styles
 *   product_select.c   the pages that it takes
 */
#ifndef RN_PRINT_PRODUCT_INT_H
#define RN_PRINT_PRODUCT_INT_H

#include "print/product.h"

/* What one file or one part of site.yaml says. */
typedef struct {
	const char    *file, *name;     /* name: the product or profile that it is of, for messages */
	const RnValue *root;            /* a map */
	gboolean       checked, broken;
} RnProductLayer;

struct RnProducts {
	RnArena         *arena;
	const RnLibrary *library;
	const RnSite    *site;
	RnDiagnostics   *sink;
	GHashTable      *files;         /* path -> RnProductFile: each read once */
	RnFontFiles     *fonts;
	RnHyphenation  **hyphenations;  /* by language */
	gboolean        *hyphenated;    /* asked for already */
	GPtrArray       *folders;       /* of fonts and hyphenations, outside the site: each once */
	GPtrArray       *list;          /* of RnProductDraft * (arena): those that can be made */
};

/* A product and where its keys stand. */
typedef struct {
	RnProduct   product;            /* first: an RnProduct * is an RnProductDraft * */
	RnProducts *products;
	GPtrArray  *layers;             /* of RnProductLayer *, the lowest first; of a product that can be made, its own */
	gboolean    broken;
} RnProductDraft;

/* --- product_layers.c -------------------------------------------------------------------------------------------------- */

/* The entry of site.yaml's print: products: that is named NAME: a text, or a map with that name; NULL. */
const RnValue *rn_product_entry (const RnProducts *products, const char *name);
const char    *rn_product_entry_name (const RnValue *entry);

/* All that NAME means, the lowest first, to LAYERS. FALSE: there is no such product, or a file of it cannot be read; told at WHERE or at its line. */
gboolean       rn_product_layers (RnProducts *products, const char *name, RnPlace where, GPtrArray *layers);
/* The same for what `profile:` says, a name or a map. */
gboolean       rn_profile_layers (RnProducts *products, const char *product, const RnValue *value, RnPlace where, GPtrArray *layers);

/* One map of all the layers. */
const RnValue *rn_product_merge (RnArena *arena, const GPtrArray *layers);
const RnValue *rn_product_look_up (const RnValue *map, const char *path);

void           rn_product_files_free (RnProducts *products);

/* --- product_keys.c ----------------------------------------------------------------------------------------------------- */

/* Tells each key of LAYER that means nothing, and each value of the wrong kind; once a layer. PREFIX: "" or "profile.". FALSE: a value cannot be used. */
gboolean       rn_product_check (RnProducts *products, RnProductLayer *layer, const char *prefix);

/* The first text in VALUE, or in what it holds, that holds PART; NULL. */
const RnValue *rn_value_holding (const RnValue *value, const char *part);
/* Where the uppermost text of PRODUCT's layers that holds PART stands. FALSE: there is none, or PRODUCT is not of PRODUCTS (which may be NULL). */
gboolean       rn_product_find (const RnProducts *products, const RnProduct *product, const char *part, RnPlace *where);

/* --- product_read.c ----------------------------------------------------------------------------------------------------- */

/* The place of the key PATH in the uppermost layer that has it. */
RnPlace        rn_product_place (const RnProductDraft *draft, const char *path);
/* Tells that the product cannot be made for what stands at PATH, and makes it so. WHERE: there, if it has a line. */
void           rn_product_break (RnProductDraft *draft, const char *path, const RnValue *where, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* Fills draft->product. FALSE: it cannot be made, told. */
gboolean       rn_product_read (RnProductDraft *draft);

/* --- style.c ------------------------------------------------------------------------------------------------------------ */

extern const char *const rn_style_names[];   /* by RnStyleId, and NULL */
gboolean       rn_product_read_styles (RnProductDraft *draft, const char *const *folders);

/* --- product_select.c --------------------------------------------------------------------------------------------------- */

/* Is all that select: names there? */
void           rn_product_check_select (RnProductDraft *draft);

#endif
