/*
 * images-int.h - what the files of images share.
 *
 *   images.c        which pictures, each once; addresses, wanted originals
 *   images_make.c   a picture's bytes -> its versions
 *   images_cache.c  versions on disk, by the hash of all that they depend on
 *   images_html.c   markup
 */
#ifndef RN_SITE_IMAGES_INT_H
#define RN_SITE_IMAGES_INT_H

#include "site/images.h"

enum { RN_IMAGES_WIDTHS = 8 };

/* What a phone of 360 px with two dots a pixel shows: the plain file is no narrower, and this is the cost that a reader is told. */
#define RN_IMAGES_PHONE 720

typedef struct {
	gboolean responsive;
	guint    widths[RN_IMAGES_WIDTHS], n_widths;   /* rising */
	guint    quality;
	const char *sizes;                             /* the attribute, escaped: how wide a picture stands in the page */
} RnImageRules;

const RnImageRules *rn_images_rules (const RnImages *images);

/* One file to be: WebP ones by width, and last the plain one. */
typedef struct { guint32 width, height, format; GString *data; } RnImageVersion;

/* versions: RnImageVersion, freed with the array. */
typedef struct { gboolean moves; GArray *versions; } RnImageMade;

void     rn_image_made_init (RnImageMade *made);
void     rn_image_made_clear (RnImageMade *made);

/* DATA, a raster, by RULES. FALSE with ERROR: it cannot be shown. */
gboolean rn_image_versions (const RnImageRules *rules, const char *data, gsize len, RnImageMade *made, GError **error);

/* What a drawing's root says of its size, in CSS pixels: width and height, else the viewBox; 0: nothing. SVG: as rn_sanitize_svg writes it. */
void     rn_image_svg_size (const char *svg, guint *width, guint *height);

/* A name for what DATA becomes by RULES, with this program and these libraries: 32 hexadecimal digits. */
void     rn_image_key (const RnImageRules *rules, const char *data, gsize len, char key[33]);

/* In the folder DIR (may be NULL: nothing is kept). FALSE: there is none, or a damaged one. */
gboolean rn_image_cache_load (const char *dir, const char *key, RnImageMade *made);
void     rn_image_cache_save (const char *dir, const char *key, const RnImageMade *made);
/* Removes what is older than a month and not among USED (keys). */
void     rn_image_cache_sweep (const char *dir, GHashTable *used);

#endif
