/*
 * images.h - the content's pictures as phones need them: in a few widths, in few bytes, without what their cameras noted.
 *
 * A picture is made when the first page shows it, once, and kept in the cache by the hash of its content. Its files stand beside
 * the original's address: /media/a.jpg -> /media/a.1a2b3c4d.360.webp. Without `images:` in site.yaml a picture is shown as it is, with its size.
 * All functions but new, finish and free are thread-safe; what get returns lives as long as the RnImages.
 */
#ifndef RN_SITE_IMAGES_H
#define RN_SITE_IMAGES_H

#include "base/raster.h"
#include "model/library.h"

#define RN_IMAGES_MAX ((gsize) 64 << 20)      /* bytes of a picture's file */
#define RN_IMAGES_HEAVY ((gsize) 200 << 10)   /* of a picture that goes out as it is, beyond which its readers' cost is told */

typedef struct RnImages RnImages;

/* A file of the site. url: site-absolute, as it stands in the tree (not encoded). */
typedef struct { guint width, height; gsize bytes; const char *url; } RnImageFile;

typedef struct {
	guint width, height;             /* in CSS pixels, of the largest; 0: a drawing that does not say */
	RnImageFile plain;               /* for every browser: JPEG, PNG, SVG, or the original */
	const RnImageFile *webp;         /* by width; n_webp 0: plain alone */
	guint n_webp;
	gboolean moves;                  /* only its first picture is shown */
} RnImage;

/* Puts PATH ("site/media/...") into the output; may be called from many threads. FALSE with ERROR: the run cannot go on. */
typedef gboolean (*RnImagePut) (gpointer user, const char *path, const char *data, gsize len, GError **error);

/* cache: the build's cache folder; NULL: none is kept. put NULL: nothing is written. What is wrong with `images:` is told. */
RnImages *rn_images_new (const RnSite *site, const char *cache, RnImagePut put, gpointer user, RnDiagnostics *sink);
void      rn_images_free (RnImages *images);

/* Does the site ask for pictures in several widths? Then originals are published where something links to them, and only there. */
gboolean  rn_images_responsive (const RnImages *images);

/* ADDRESS, a file of the site ("/media/a.jpg"), which PLACE shows: what is wrong with it is told there. NULL: it cannot be shown. */
const RnImage *rn_images_get (RnImages *images, const char *address, RnPlace place);

/* Something links to the file at ADDRESS itself, or a layout names it: it is published as it is. Any address may be given. */
void      rn_images_want (RnImages *images, const char *address);

/* Is the content's file of that index one to publish? Once all pages are made. */
gboolean  rn_images_wanted (const RnImages *images, guint tree_index);

/* The bytes of one of the files made, by its url, for a bundle: OUT is emptied first. FALSE: there is none, or the disk failed. */
gboolean  rn_images_read (RnImages *images, const char *url, GString *out);

/* After all pages: forgets in the cache what no build has used for a month. FALSE: a file could not be put, as ERROR says. */
gboolean  rn_images_finish (RnImages *images, GError **error);

/* --- images_html.c ---------------------------------------------------------------------------------------------------------- */

/* Appends an address of the site as it goes out: relative, encoded, escaped. */
typedef void (*RnImageAddress) (gpointer user, GString *out, const char *url);

/* alt, title: escaped for an attribute; title may be NULL. width: in CSS pixels, 0: its own. first: of its page, which the reader sees at once. */
typedef struct { const char *alt, *title; guint width; gboolean first; RnImageAddress address; gpointer user; } RnImageTag;

/* Appends <picture>, or <img> where there is one file. TRUE: it weighs enough to ask the reader before; data-kb says what it costs a phone. */
gboolean  rn_image_html (const RnImages *images, const RnImage *image, const RnImageTag *tag, GString *out);

#endif
