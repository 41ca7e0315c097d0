/*
 * raster.h - pictures made of dots: the bytes of a file -> pixels the right way up -> fewer pixels -> the bytes of a file.
 *
 * gdk-pixbuf, libpng and libwebp decode and encode; making smaller is our own whole-number arithmetic, so that the same file gives the same bytes everywhere.
 * All functions are thread-safe; pictures of over RN_RASTER_LARGE pixels are decoded one after another, so that memory is bounded.
 */
#ifndef RN_BASE_RASTER_H
#define RN_BASE_RASTER_H

#include <glib.h>

#define RN_RASTER_ERROR (rn_raster_error_quark ())
GQuark rn_raster_error_quark (void);
typedef enum { RN_RASTER_ERROR_BROKEN, RN_RASTER_ERROR_LARGE } RnRasterError;

#define RN_RASTER_LARGE ((gint64) 16 << 20)
#define RN_RASTER_MOST  ((gint64) 100000000)   /* pixels of a JPEG, which is made smaller while it is decoded; of others half as many */

typedef enum { RN_RASTER_NONE, RN_RASTER_PNG, RN_RASTER_JPEG, RN_RASTER_GIF, RN_RASTER_WEBP, RN_RASTER_AVIF } RnRasterFormat;

/* By its first bytes; NONE: no picture that a site shows. */
RnRasterFormat rn_raster_format (const char *data, gsize len);

/* 8 bits a sample, 3 samples a pixel or, where some of it may be transparent, 4 (alpha last, not premultiplied). */
typedef struct {
	guint width, height, channels;
	gsize stride;                 /* bytes from one row to the next */
	const guint8 *pixels;
	gpointer held;                /* what they belong to */
	void (*release) (gpointer held);
} RnRaster;

void rn_raster_free (RnRaster *raster);

/* Its size in pixels as it is seen (turned as its camera says), without decoding it. A file that is none, or is cut off, is an ERROR. */
gboolean rn_raster_size (const char *data, gsize len, guint *width, guint *height, GError **error);

/* Do its pictures change (an animated GIF, WebP or PNG)? */
gboolean rn_raster_moves (const char *data, gsize len);

/*
 * Decodes the first picture of the file, turned the right way up. A JPEG comes with fewer pixels than it has where NEED_WIDTH x NEED_HEIGHT are not
 * undercut by it, whichever way it lies. NULL with ERROR: BROKEN, or LARGE, which is told before any memory is asked for.
 */
RnRaster *rn_raster_decode (const char *data, gsize len, guint need_width, guint need_height, GError **error);

/*
 * An SVG drawn WIDTH x HEIGHT by gdk-pixbuf's loader. NULL with ERROR also where that loader is not installed; a GFileError where the system has refused a font since
 * the program began: what is drawn then has other letters.
 */
RnRaster *rn_raster_draw (const char *svg, gsize len, guint width, guint height, GError **error);

/* --- raster_shrink.c ------------------------------------------------------------------------------------------------------- */

/* Samples go in by rows, from the top, CHANNELS a pixel, each up to 65535; the means of what each pixel of the smaller picture covers come out likewise. */
typedef struct {
	guint channels;
	void (*read) (gpointer user, guint row, guint16 *samples);
	void (*write) (gpointer user, guint row, const guint16 *means);
	gpointer user;
} RnShrink;

/* SW x SH pixels to DW x DH, of at most as many. */
void rn_raster_shrink_rows (const RnShrink *shrink, guint sw, guint sh, guint dw, guint dh);

/* RASTER with WIDTH x HEIGHT pixels, at most as many as it has; what is transparent takes no part in the colours. */
RnRaster *rn_raster_shrink (const RnRaster *raster, guint width, guint height);

/* --- raster_encode.c ------------------------------------------------------------------------------------------------------- */

/* Is no pixel of it transparent at all? */
gboolean rn_raster_opaque (const RnRaster *raster);

/*
 * RASTER as JPEG (transparent pixels on white), PNG or WebP, without any metadata. quality: 1 to 100, 0: without loss (WebP; PNG always is). The
 * same pixels give the same bytes with the same libraries (rn_raster_libraries). NULL with ERROR: out of memory, or over WebP's 16,383 pixels.
 */
GString *rn_raster_encode (const RnRaster *raster, RnRasterFormat format, guint quality, GError **error);

/* The versions that the bytes depend on. */
const char *rn_raster_libraries (void);

/* --- raster_bare.c --------------------------------------------------------------------------------------------------------- */

/*
 * Appends the file without what it tells of its making: place, time, camera, owner, thumbnail, remarks; its pixels' bytes are as they were. What is
 * needed to show it stays: colour profile and, as the only note, which way it is turned. GIF and AVIF come as they are. FALSE: no such file, or a
 * damaged one; nothing is appended.
 */
gboolean rn_raster_bare (const char *data, gsize len, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRaster, rn_raster_free)

#endif
