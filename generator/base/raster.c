/*
 * raster.c - the bytes of a picture -> its pixels, the right way up.
 *
 * Invariant: no more memory is asked for than RN_RASTER_MOST pixels need, whatever a file says of itself; a file that is cut off is an error, never grey.
 */
#include "base/raster-int.h"
#include "base/words.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

#define CHUNK ((gsize) 16384)

G_DEFINE_QUARK (rn-raster-error-quark, rn_raster_error)

/* Held while a large picture is decoded. */
static GMutex large;

static void set_broken (GError **error, const char *why)
{
	g_set_error_literal (error, RN_RASTER_ERROR, RN_RASTER_ERROR_BROKEN, why);
}

RnRasterFormat rn_raster_format (const char *data, gsize len)
{
	if (len > 8 && !memcmp (data, "\x89PNG\r\n\x1a\n", 8))
		return RN_RASTER_PNG;
	if (len > 3 && !memcmp (data, "\xff\xd8\xff", 3))
		return RN_RASTER_JPEG;
	if (len > 6 && !memcmp (data, "GIF8", 4))
		return RN_RASTER_GIF;
	if (len > 12 && !memcmp (data, "RIFF", 4) && !memcmp (data + 8, "WEBP", 4))
		return RN_RASTER_WEBP;
	/* The other formats that gdk-pixbuf knows are none that a site shows. */
	return len > 12 && !memcmp (data + 4, "ftypavi", 7) ? RN_RASTER_AVIF : RN_RASTER_NONE;
}

void rn_raster_free (RnRaster *raster)
{
	if (!raster)
		return;
	raster->release (raster->held);
	g_free (raster);
}

/* --- files that are none, or not whole ---------------------------------------------------------------------------------- */

/* Past the segments of a JPEG's head: the thumbnail that a camera leaves there has an end of its own. */
static gsize after_head (const guint8 *p, gsize len)
{
	gsize at = 2;
	while (at + 4 <= len && p[at] == 0xff && p[at + 1] != 0xda)
		at += p[at + 1] == 0xff ? 1 : 2 + (gsize) p[at + 2] * 256 + p[at + 3];
	return at;
}

/* A file cut short: what is lacking would be filled up with grey or black, and nothing said. */
static gboolean ends_early (const char *data, gsize len, RnRasterFormat format)
{
	gsize head = format == RN_RASTER_JPEG ? after_head ((const guint8 *) data, len) : 0;
	guint32 riff;
	switch (format) {
	case RN_RASTER_JPEG:
		return head >= len || !memmem (data + head, len - head, "\xff\xd9", 2);
	case RN_RASTER_PNG:
		return !memmem (data, len, "IEND", 4);
	case RN_RASTER_WEBP:
		memcpy (&riff, data + 4, 4);
		return GUINT32_FROM_LE (riff) > len - 8;
	default:
		return FALSE;
	}
}

/* Room is asked for by what the file says of itself: this comes before. */
static gboolean too_many (gint64 width, gint64 height, RnRasterFormat format, GError **error)
{
	gint64 most = format == RN_RASTER_JPEG ? RN_RASTER_MOST : RN_RASTER_MOST / 2;
	if (width <= 0 || height <= 0) {
		set_broken (error, "there is no picture in the file");
		return TRUE;
	}
	if (width * height > most)
		g_set_error (error, RN_RASTER_ERROR, RN_RASTER_ERROR_LARGE, _("it has %d x %d pixels; %d million are the most"), (int) width, (int) height, (int) (most / 1000000));
	return width * height > most;
}

static RnRasterFormat check (const char *data, gsize len, GError **error)
{
	RnRasterFormat format = rn_raster_format (data, len);
	RnGif gif;
	if (!len)
		set_broken (error, "the file is empty");
	else if (format == RN_RASTER_NONE)
		set_broken (error, "it is no PNG, JPEG, GIF or WebP file");
	else if (ends_early (data, len, format))
		set_broken (error, "the file is cut off");
	else if (format == RN_RASTER_GIF && (rn_gif_read (data, len, &gif), too_many (gif.width, gif.height, format, error)))
		return RN_RASTER_NONE;
	else
		return format;
	return RN_RASTER_NONE;
}

/* --- gdk-pixbuf ------------------------------------------------------------------------------------------------------------ */

/* What the loader is to make: pixels needed at least (0: only the size is asked for), or, of a drawing, exactly. */
typedef struct { gint width, height, need_width, need_height; RnRasterFormat format; gboolean drawing, locked; GError *refused; } Wish;

/* JPEG alone can be made smaller while it is decoded: by powers of two, rounded as libjpeg does, so that gdk-pixbuf need not scale it again. */
static void on_size (GdkPixbufLoader *loader, gint width, gint height, gpointer user)
{
	Wish *wish = user;
	wish->width = width, wish->height = height;
	if (wish->drawing) {
		gdk_pixbuf_loader_set_size (loader, wish->need_width, wish->need_height);
		return;
	}
	if (too_many (width, height, wish->format, wish->refused ? NULL : &wish->refused)) {
		gdk_pixbuf_loader_set_size (loader, 0, 0);   /* the loader then gives up before it asks for memory */
		return;
	}
	if (wish->format == RN_RASTER_JPEG) {
		/* The picture may lie on its side: its shorter edge has to hold the longer one of the place for it. */
		gint need = MAX (wish->need_width, wish->need_height), divide = 1;
		while (divide < 8 && MIN (width, height) / (divide * 2) >= need)
			divide *= 2;
		gdk_pixbuf_loader_set_size (loader, (width + divide - 1) / divide, (height + divide - 1) / divide);
	}
	if ((gint64) width * height > RN_RASTER_LARGE && wish->need_width && !wish->locked) {
		g_mutex_lock (&large);
		wish->locked = TRUE;
	}
}

/* Feeds DATA until the size is known (head) or to its end. The pixbuf belongs to the loader. */
static gboolean feed (GdkPixbufLoader *loader, const char *data, gsize len, gboolean head, Wish *wish, GError **error)
{
	g_autoptr (GError) why = NULL;
	gboolean fine = TRUE;
	for (gsize at = 0; fine && at < len && !(head && gdk_pixbuf_loader_get_pixbuf (loader)); at += MIN (CHUNK, len - at))
		fine = gdk_pixbuf_loader_write (loader, (const guchar *) data + at, MIN (CHUNK, len - at), &why);
	/* A small file is looked at only here. */
	if (!gdk_pixbuf_loader_close (loader, fine && !head ? &why : NULL) && !head)
		fine = FALSE;
	if (wish->refused)
		g_propagate_error (error, g_steal_pointer (&wish->refused));
	else if (why)
		set_broken (error, why->message);
	else if (!fine)
		set_broken (error, "it cannot be decoded");
	else
		return TRUE;
	return FALSE;
}

static GdkPixbufLoader *loader_new (Wish *wish, GError **error)
{
	g_autoptr (GError) why = NULL;
	GdkPixbufLoader *loader = wish->drawing ? gdk_pixbuf_loader_new_with_mime_type ("image/svg+xml", &why) : gdk_pixbuf_loader_new ();
	if (loader)
		g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), wish);
	else
		set_broken (error, why ? why->message : "it cannot be decoded");
	return loader;
}

static RnRaster *of_pixbuf (GdkPixbuf *pixbuf)
{
	RnRaster *raster = g_new (RnRaster, 1);
	*raster = (RnRaster) {
		.width = (guint) gdk_pixbuf_get_width (pixbuf), .height = (guint) gdk_pixbuf_get_height (pixbuf), .channels = (guint) gdk_pixbuf_get_n_channels (pixbuf),
		.stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf), .pixels = gdk_pixbuf_read_pixels (pixbuf), .held = pixbuf, .release = g_object_unref,
	};
	return raster;
}

static RnRaster *load (const char *data, gsize len, Wish *wish, GError **error)
{
	g_autoptr (GdkPixbufLoader) loader = loader_new (wish, error);
	GdkPixbuf *pixbuf = NULL;
	if (loader && feed (loader, data, len, FALSE, wish, error)) {
		pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
		if (pixbuf)
			pixbuf = gdk_pixbuf_apply_embedded_orientation (pixbuf);
		else
			set_broken (error, "there is no picture in the file");
	}
	if (wish->locked)
		g_mutex_unlock (&large);
	return pixbuf ? of_pixbuf (pixbuf) : NULL;
}

/* --- libwebp --------------------------------------------------------------------------------------------------------------- */

static gboolean webp_size (const char *data, gsize len, WebPBitstreamFeatures *features, GError **error)
{
	if (WebPGetFeatures ((const guint8 *) data, len, features) != VP8_STATUS_OK) {
		set_broken (error, "it cannot be decoded");
		return FALSE;
	}
	return !too_many (features->width, features->height, RN_RASTER_WEBP, error);
}

/* The first picture of a moving one, on its whole canvas. */
static guint8 *webp_first (const char *data, gsize len, gsize size)
{
	const WebPData file = { (const guint8 *) data, len };
	WebPAnimDecoder *decoder = WebPAnimDecoderNew (&file, NULL);
	guint8 *canvas, *copy = NULL;
	int time;
	if (decoder && WebPAnimDecoderGetNext (decoder, &canvas, &time))
		copy = g_memdup2 (canvas, size);
	WebPAnimDecoderDelete (decoder);
	return copy;
}

static RnRaster *load_webp (const char *data, gsize len, GError **error)
{
	WebPBitstreamFeatures features;
	if (!webp_size (data, len, &features, error))
		return NULL;
	guint width = (guint) features.width, height = (guint) features.height, channels = features.has_alpha || features.has_animation ? 4 : 3;
	gsize stride = (gsize) width * channels;
	gboolean lock = (gint64) width * height > RN_RASTER_LARGE, fine;
	if (lock)
		g_mutex_lock (&large);
	guint8 *pixels = features.has_animation ? webp_first (data, len, stride * height) : g_try_malloc (stride * height);
	if (pixels && !features.has_animation && channels == 4)
		fine = WebPDecodeRGBAInto ((const guint8 *) data, len, pixels, stride * height, (int) stride) != NULL;
	else if (pixels && !features.has_animation)
		fine = WebPDecodeRGBInto ((const guint8 *) data, len, pixels, stride * height, (int) stride) != NULL;
	else
		fine = pixels != NULL;
	if (lock)
		g_mutex_unlock (&large);
	if (!fine) {
		g_free (pixels);
		set_broken (error, "it cannot be decoded");
		return NULL;
	}
	RnRaster *raster = g_new (RnRaster, 1);
	*raster = (RnRaster) { width, height, channels, stride, pixels, pixels, g_free };
	return raster;
}

/* --- what callers ask ------------------------------------------------------------------------------------------------------ */

RnRaster *rn_raster_decode (const char *data, gsize len, guint need_width, guint need_height, GError **error)
{
	Wish wish = { .need_width = (gint) MAX (need_width, 1), .need_height = (gint) MAX (need_height, 1), .format = check (data, len, error) };
	if (wish.format == RN_RASTER_NONE)
		return NULL;
	return wish.format == RN_RASTER_WEBP ? load_webp (data, len, error) : load (data, len, &wish, error);
}

/* A font that could not be opened, as Pango names it: it says so of each font once, in a warning, and draws boxes. Never freed. */
static char *unopened;   /* atomic */

static GLogWriterOutput on_log (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user)
{
	const char *domain = "", *message = "";
	for (gsize i = 0; i < n; i++)
		if (!strcmp (fields[i].key, "GLIB_DOMAIN"))
			domain = fields[i].value;
		else if (!strcmp (fields[i].key, "MESSAGE"))
			message = fields[i].value;
	const char *name = !strcmp (domain, "Pango") && g_str_has_prefix (message, "failed to create cairo ") ? strchr (message, '\'') : NULL;
	char *copy = name ? g_strndup (name + 1, strcspn (name + 1, "'")) : NULL;
	if (copy && !g_atomic_pointer_compare_and_exchange (&unopened, NULL, copy))
		g_free (copy);
	return copy ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n, user);
}

RnRaster *rn_raster_draw (const char *svg, gsize len, guint width, guint height, GError **error)
{
	static gsize listening;
	if (g_once_init_enter (&listening)) {
		g_log_set_writer_func (on_log, NULL, NULL);
		g_once_init_leave (&listening, 1);
	}
	Wish wish = { .need_width = (gint) width, .need_height = (gint) height, .drawing = TRUE };
	RnRaster *raster = load (svg, len, &wish, error);
	if (!raster || !g_atomic_pointer_get (&unopened))
		return raster;
	rn_raster_free (raster);
	g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, _("the font '%s' cannot be opened"), unopened);
	return NULL;
}

/* Do the camera's notes say that the picture lies on its side? (EXIF's orientations 5 to 8.) */
static gboolean lies (GdkPixbuf *pixbuf)
{
	const char *orientation = pixbuf ? gdk_pixbuf_get_option (pixbuf, "orientation") : NULL;
	return orientation && *orientation >= '5' && *orientation <= '8';
}

gboolean rn_raster_size (const char *data, gsize len, guint *width, guint *height, GError **error)
{
	Wish wish = { .format = check (data, len, error) };
	WebPBitstreamFeatures features;
	if (wish.format == RN_RASTER_NONE || (wish.format == RN_RASTER_WEBP && !webp_size (data, len, &features, error)))
		return FALSE;
	if (wish.format == RN_RASTER_WEBP) {
		*width = (guint) features.width, *height = (guint) features.height;
		return TRUE;
	}
	g_autoptr (GdkPixbufLoader) loader = loader_new (&wish, error);
	if (!loader || !feed (loader, data, len, TRUE, &wish, error))
		return FALSE;
	if (wish.width <= 0) {
		set_broken (error, "there is no picture in the file");
		return FALSE;
	}
	gboolean turned = lies (gdk_pixbuf_loader_get_pixbuf (loader));
	*width = (guint) (turned ? wish.height : wish.width);
	*height = (guint) (turned ? wish.width : wish.height);
	return TRUE;
}

gboolean rn_raster_moves (const char *data, gsize len)
{
	RnRasterFormat format = rn_raster_format (data, len);
	WebPBitstreamFeatures features;
	const char *pixels;
	RnGif gif;
	switch (format) {
	case RN_RASTER_WEBP:
		return WebPGetFeatures ((const guint8 *) data, len, &features) == VP8_STATUS_OK && features.has_animation;
	case RN_RASTER_PNG:
		pixels = memmem (data, len, "IDAT", 4);
		return pixels && memmem (data, (gsize) (pixels - data), "acTL", 4) != NULL;
	case RN_RASTER_GIF:
		rn_gif_read (data, len, &gif);
		return gif.pictures > 1;
	default:
		return FALSE;
	}
}
