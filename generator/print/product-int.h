/*
 * product-int.h - a product while it is read: its layers (files, and parts of site.yaml), merged, checked, made into RnProduct.
 *
 *   product_layers.c   which files a name means, and one map of them all
 *   product_tell.c     what is wrong, in the words of what it stands in
 *   product_keys.c     does each layer hold known keys with values of their kinds?
 *   product_read.c     the merged map -> RnProduct
 *   style.c            its styles
 *   product_select.c   the pages that it takes
 */
#ifndef RN_PRINT_PRODUCT_INT_H
#define RN_PRINT_PRODUCT_INT_H

#include "print/product.h"

#define RN_PRODUCT_FOLDER "layouts/print/"

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
	gboolean    broken;
} RnProductDraft;

/* --- product_layers.c -------------------------------------------------------------------------------------------------- */

/* The entry of site.yaml's print: products: that is named NAME: a text, or a map with that name; NULL. */
const RnValue *rn_product_entry (const RnProducts *products, const char *name);
const char    *rn_product_entry_name (const RnValue *entry);

/* All that NAME means, the lowest first, to LAYERS. FALSE: there is no such product, or a file of it cannot be read; told at WHERE or at its line. */
gboolean       rn_product_layers (RnProducts *products, const char *name, RnPlace where, GPtrArray *layers);
/* The same for what `profile:` says, a name or a map; their keys are checked too. */
gboolean       rn_profile_layers (RnProducts *products, const char *product, const RnValue *value, RnPlace where, GPtrArray *layers);

/* One map of all the layers. */
const RnValue *rn_product_merge (RnArena *arena, const GPtrArray *layers);
const RnValue *rn_product_look_up (const RnValue *map, const char *path);

void           rn_product_files_free (RnProducts *products);

/* --- product_tell.c ----------------------------------------------------------------------------------------------------- */

/* What stands in a profile's file is told of that profile, all else of PRODUCT: that it cannot be made, for WHAT stands at WHERE. */
void           rn_product_tell (RnProducts *products, const char *product, RnPlace where, const char *what);
/* The same of a key that means nothing. nearest: "" for none. */
void           rn_product_tell_key (RnProducts *products, const char *product, RnPlace where, const char *key, const char *nearest);
/* PROFILE cannot be used, which was told once where it stands: now of PRODUCT, which asks for it at WHERE. */
void           rn_product_tell_profile (RnProducts *products, const char *product, RnPlace where, const char *profile);
/* Does PLACE lie in a profile's file? */
gboolean       rn_in_profile (RnPlace place);
/* Where the key PATH stands in the uppermost of LAYERS that has it. FALSE: in none. */
gboolean       rn_layers_place (const GPtrArray *layers, const char *path, RnPlace *where);

/* Tells that the product cannot be made for what stands at PATH, and makes it so. WHERE: there, if it has a line. */
void           rn_product_break (RnProductDraft *draft, const char *path, const RnValue *where, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* --- product_keys.c ----------------------------------------------------------------------------------------------------- */

/* Tells each key of LAYER that means nothing, and each value of the wrong kind; once a layer. profile: its keys are those of a
 * profile. FALSE: a value cannot be used. */
gboolean       rn_product_check (RnProducts *products, RnProductLayer *layer, gboolean profile);

/* The first text in VALUE, or in what it holds, that holds PART; NULL. */
const RnValue *rn_value_holding (const RnValue *value, const char *part);

/* --- product_read.c ----------------------------------------------------------------------------------------------------- */

/* Fills draft->product. FALSE: it cannot be made, told. */
gboolean       rn_product_read (RnProductDraft *draft);

/* --- style.c ------------------------------------------------------------------------------------------------------------ */

extern const char *const rn_style_names[];   /* by RnStyleId, and NULL */
gboolean       rn_product_read_styles (RnProductDraft *draft, const char *const *folders);

/* --- product_select.c --------------------------------------------------------------------------------------------------- */

/* Is all that select: names there? */
void           rn_product_check_select (RnProductDraft *draft);

#endif
