/*
 * raster_encode.c - pixels -> the bytes of a file without metadata.
 *
 * Invariant: one thread encodes one picture, so that its bytes depend on the pixels, the quality and the libraries alone.
 */
#include "base/raster.h"
#include "base/words.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <libdeflate.h>
#include <png.h>
#include <string.h>
#include <webp/encode.h>

gboolean rn_raster_opaque (const RnRaster *raster)
{
	if (raster->channels == 3)
		return TRUE;
	for (guint y = 0; y < raster->height; y++) {
		const guint8 *p = raster->pixels + y * raster->stride;
		for (guint x = 0; x < raster->width; x++)
			if (p[x * 4 + 3] != 255)
				return FALSE;
	}
	return TRUE;
}

const char *rn_raster_libraries (void)
{
	static char text[96];
	static gsize once = 0;
	if (g_once_init_enter (&once)) {
		int webp = WebPGetEncoderVersion ();
		/* No blank before a version: "deflate 1" is what packagers' tools know a copy of zlib by. */
		g_snprintf (text, sizeof text, "libwebp-%d.%d.%d libpng-%s libdeflate-" LIBDEFLATE_VERSION_STRING " gdk-pixbuf-%s", webp >> 16, webp >> 8 & 255, webp & 255, png_get_libpng_ver (NULL),
		            gdk_pixbuf_version);
		g_once_init_leave (&once, 1);
	}
	return text;
}

/* --- WebP ------------------------------------------------------------------------------------------------------------------ */

static int append (const uint8_t *data, size_t size, const WebPPicture *picture)
{
	g_string_append_len (picture->custom_ptr, (const char *) data, (gssize) size);
	return 1;
}

static GString *encode_webp (const RnRaster *raster, guint quality, GError **error)
{
	WebPConfig config;
	WebPPicture picture;
	GString *out = g_string_sized_new (32768);
	gboolean fine = WebPConfigPreset (&config, WEBP_PRESET_DEFAULT, quality ? (float) quality : 75.0f) && WebPPictureInit (&picture);
	/* Effort 3: as small as with 4, the usual one, in four fifths of the time. */
	if (fine)
		config.method = 3;
	if (fine && !quality)
		fine = WebPConfigLosslessPreset (&config, 6);
	if (fine) {
		picture.width = (int) raster->width, picture.height = (int) raster->height;
		picture.use_argb = !quality;
		picture.writer = append, picture.custom_ptr = out;
		fine = raster->channels == 4 ? WebPPictureImportRGBA (&picture, raster->pixels, (int) raster->stride) : WebPPictureImportRGB (&picture, raster->pixels, (int) raster->stride);
		fine = fine && WebPEncode (&config, &picture);
		WebPPictureFree (&picture);
	}
	if (fine)
		return out;
	g_string_free (out, TRUE);
	g_set_error_literal (error, RN_RASTER_ERROR, RN_RASTER_ERROR_LARGE, _("it cannot be written as WebP"));
	return NULL;
}

#define FLAT_MOST ((gsize) 64 << 20) /* bytes of a picture that is held once more to be written */

/* --- PNG ------------------------------------------------------------------------------------------------------------------- */

static void append_png (png_structp png, png_bytep data, png_size_t len)
{
	g_string_append_len (png_get_io_ptr (png), (const char *) data, (gssize) len);
}

static void flush_png (png_structp png)
{
	(void) png;
}

/* What libpng says of a picture that it cannot write, we say in our words. */
static void quiet_png (png_structp png, png_const_charp text)
{
	(void) png, (void) text;
}

/* RASTER in OUT, each row as what differs from its neighbours. */
static gboolean put_filtered (const RnRaster *raster, gboolean opaque, GString *out)
{
	png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, quiet_png);
	png_infop info = png ? png_create_info_struct (png) : NULL;
	if (!info || setjmp (png_jmpbuf (png))) {
		png_destroy_write_struct (&png, &info);
		return FALSE;
	}
	png_set_write_fn (png, out, append_png, flush_png);
	png_set_IHDR (png, info, raster->width, raster->height, 8, opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
		PNG_FILTER_TYPE_DEFAULT);
	png_set_compression_level (png, 9);
	png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
	png_write_info (png, info);
	if (opaque && raster->channels == 4)
		png_set_filler (png, 0, PNG_FILLER_AFTER);
	for (guint y = 0; y < raster->height; y++)
		png_write_row (png, raster->pixels + y * raster->stride);
	png_write_end (png, info);
	png_destroy_write_struct (&png, &info);
	return TRUE;
}

/* PNG (W3C, third edition), section 5.3. */
static void put_chunk (GString *out, const char *type, const guint8 *data, gsize len)
{
	const guint32 size = GUINT32_TO_BE ((guint32) len);
	g_string_append_len (out, (const char *) &size, sizeof size);
	const gsize from = out->len;
	g_string_append_len (out, type, 4);
	g_string_append_len (out, (const char *) data, (gssize) len);
	const guint32 sum = GUINT32_TO_BE (libdeflate_crc32 (0, out->str + from, out->len - from));
	g_string_append_len (out, (const char *) &sum, sizeof sum);
}

/* The rows as they are, each behind the mark of no filter. Free with g_free. NULL: there is not enough memory. */
static guint8 *rows_of (const RnRaster *raster, guint channels)
{
	const gsize row = (gsize) raster->width * channels;
	guint8 *rows = g_try_malloc ((row + 1) * raster->height), *to = rows;
	for (guint y = 0; rows && y < raster->height; y++) {
		const guint8 *from = raster->pixels + y * raster->stride;
		*to++ = 0;
		for (guint x = 0; raster->channels != channels && x < raster->width; x++)
			memcpy (to + x * 3, from + x * 4, 3);
		if (raster->channels == channels)
			memcpy (to, from, row);
		to += row;
	}
	return rows;
}

/* RASTER in OUT without filters, in one piece, by libdeflate: three times as quick as libpng with zlib. FALSE: it is too large for that. */
static gboolean put_flat (const RnRaster *raster, gboolean opaque, GString *out)
{
	const guint channels = opaque ? 3 : 4;
	const gsize len = ((gsize) raster->width * channels + 1) * raster->height;
	g_autofree guint8 *rows = len <= FLAT_MOST ? rows_of (raster, channels) : NULL;
	/* An icon goes to phones, and is small: more work is done on it. */
	struct libdeflate_compressor *compressor = rows ? libdeflate_alloc_compressor (raster->width * raster->height > 512 * 512 ? 7 : 9) : NULL;
	const gsize room = compressor ? libdeflate_zlib_compress_bound (compressor, len) : 0;
	g_autofree guint8 *packed = room ? g_try_malloc (room) : NULL;
	const gsize size = packed ? libdeflate_zlib_compress (compressor, rows, len, packed, room) : 0;
	libdeflate_free_compressor (compressor);
	if (!size)
		return FALSE;
	const guint32 sides[] = { GUINT32_TO_BE (raster->width), GUINT32_TO_BE (raster->height) };
	guint8 head[13] = { [8] = 8, opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA };
	memcpy (head, sides, sizeof sides);
	g_string_append_len (out, "\x89PNG\r\n\x1a\n", 8);
	put_chunk (out, "IHDR", head, sizeof head);
	put_chunk (out, "IDAT", packed, size);
	put_chunk (out, "IEND", NULL, 0);
	return TRUE;
}

/* Drawings, flat, are smaller without filters; photographs are not. */
static GString *encode_png (const RnRaster *raster, GError **error)
{
	const gboolean opaque = rn_raster_opaque (raster);
	g_autoptr (GString) flat = g_string_sized_new (32768), filtered = g_string_new (NULL);
	if (put_flat (raster, opaque, flat) && flat->len < (gsize) raster->width * raster->height / 8)
		return g_steal_pointer (&flat);
	if (put_filtered (raster, opaque, filtered))
		return flat->len && flat->len <= filtered->len ? g_steal_pointer (&flat) : g_steal_pointer (&filtered);
	g_set_error_literal (error, RN_RASTER_ERROR, RN_RASTER_ERROR_LARGE, _("there is not enough memory for it"));
	return NULL;
}

/* --- JPEG ------------------------------------------------------------------------------------------------------------------ */

/* A copy of RASTER without transparency, on white: what JPEG can hold. */
static GdkPixbuf *on_white (const RnRaster *raster)
{
	GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) raster->width, (int) raster->height);
	for (guint y = 0; pixbuf && y < raster->height; y++) {
		const guint8 *from = raster->pixels + y * raster->stride;
		guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);
		for (guint x = 0; x < raster->width; x++, from += 4, to += 3)
			for (guint c = 0; c < 3; c++)
				to[c] = (guint8) ((from[c] * from[3] + 255u * (255u - from[3]) + 127u) / 255u);
	}
	return pixbuf;
}

static gboolean append_part (const char *data, gsize len, GError **error, gpointer user)
{
	(void) error;
	g_string_append_len (user, data, (gssize) len);
	return TRUE;
}

static GString *encode_jpeg (const RnRaster *raster, guint quality, GError **error)
{
	g_autoptr (GString) out = g_string_sized_new (32768);
	g_autoptr (GError) why = NULL;
	g_autoptr (GdkPixbuf) pixbuf = raster->channels == 4 ? on_white (raster) :
		gdk_pixbuf_new_from_data (raster->pixels, GDK_COLORSPACE_RGB, FALSE, 8, (int) raster->width, (int) raster->height, (int) raster->stride, NULL, NULL);
	char level[16];
	g_snprintf (level, sizeof level, "%u", quality);
	if (pixbuf && gdk_pixbuf_save_to_callback (pixbuf, append_part, out, "jpeg", &why, "quality", level, NULL))
		return g_steal_pointer (&out);
	g_set_error_literal (error, RN_RASTER_ERROR, RN_RASTER_ERROR_LARGE, why ? why->message : _("there is not enough memory for it"));
	return NULL;
}

GString *rn_raster_encode (const RnRaster *raster, RnRasterFormat format, guint quality, GError **error)
{
	return format == RN_RASTER_WEBP ? encode_webp (raster, quality, error) : format == RN_RASTER_PNG ? encode_png (raster, error) : encode_jpeg (raster, quality, error);
}
