/*
 * pictures.h - files of pictures, of every kind that an editor may put into a site, made here.
 */
#ifndef RN_TESTS_PICTURES_H
#define RN_TESTS_PICTURES_H

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <libdeflate.h>
#include <string.h>

#include "base/raster.h"

/* A picture of soft colours, as a photograph has them; no two seeds give the same. */
G_GNUC_UNUSED static GdkPixbuf *paint (gint width, gint height, gboolean alpha, guint seed)
{
	GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
	gint stride = gdk_pixbuf_get_rowstride (pixbuf), channels = alpha ? 4 : 3;
	guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
	guint32 noise = seed * 2654435761u + 1;
	for (gint y = 0; y < height; y++)
		for (gint x = 0; x < width; x++) {
			guint8 *p = pixels + (gsize) y * (gsize) stride + x * channels;
			noise = noise * 1664525 + 1013904223;
			p[0] = (guint8) (x * 200 / width + (gint) (noise >> 28));
			p[1] = (guint8) (y * 200 / height + (gint) (seed * 37 % 50));
			p[2] = (guint8) (((x + y) * 3 + (gint) seed) % 200);
			if (alpha)
				p[3] = (guint8) (x * 255 / width);
		}
	return pixbuf;
}

/* TYPE: "jpeg" or "png", with or without ALPHA. */
G_GNUC_UNUSED static GString *picture (const char *type, gint width, gint height, gboolean alpha, guint seed)
{
	g_autoptr (GdkPixbuf) pixbuf = paint (width, height, alpha, seed);
	g_autoptr (GError) error = NULL;
	g_autofree char *data = NULL;
	gsize len;
	gboolean jpeg = !strcmp (type, "jpeg");
	gdk_pixbuf_save_to_buffer (pixbuf, &data, &len, type, &error, jpeg ? "quality" : NULL, "90", NULL);
	g_assert_no_error (error);
	return g_string_new_len (data, (gssize) len);
}

/* --- PNG by hand --------------------------------------------------------------------------------------------------------------- */

static inline void put32 (GString *out, guint32 n)
{
	n = GUINT32_TO_BE (n);
	g_string_append_len (out, (const char *) &n, 4);
}

static inline void put_chunk (GString *out, const char *name, const char *data, gsize len)
{
	put32 (out, (guint32) len);
	gsize at = out->len;
	g_string_append_len (out, name, 4);
	g_string_append_len (out, data, (gssize) len);
	put32 (out, libdeflate_crc32 (0, out->str + at, len + 4));
}

/* DEPTH and COLOUR as the format has them, EXTRA (name and bytes) before the pixels. ROWS: each begins with its filter. */
G_GNUC_UNUSED static GString *png_by_hand (guint32 width, guint32 height, guint8 depth, guint8 colour, const char *extra, const char *extra_data, gsize extra_len,
                                           const char *rows, gsize len)
{
	GString *out = g_string_new_len ("\x89PNG\r\n\x1a\n", 8), *head = g_string_new (NULL);
	g_autofree char *packed = g_malloc (len + 1000);
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (6);
	gsize n = libdeflate_zlib_compress (compressor, rows, len, packed, len + 1000);
	libdeflate_free_compressor (compressor);
	put32 (head, width);
	put32 (head, height);
	g_string_append_len (head, (const char[]) { (char) depth, (char) colour, 0, 0, 0 }, 5);
	put_chunk (out, "IHDR", head->str, head->len);
	if (extra)
		put_chunk (out, extra, extra_data, extra_len);
	put_chunk (out, "IDAT", packed, n);
	put_chunk (out, "IEND", "", 0);
	g_string_free (head, TRUE);
	return out;
}

/* 4 x 1 pixels by a palette: red, green, blue, red. */
G_GNUC_UNUSED static GString *png_palette (void)
{
	return png_by_hand (4, 1, 8, 3, "PLTE", "\xff\0\0\0\xff\0\0\0\xff", 9, "\0\0\1\2\0", 5);
}

/* 1 x 1 pixel of 16 bits a sample. */
G_GNUC_UNUSED static GString *png_deep (void)
{
	return png_by_hand (1, 1, 16, 2, NULL, NULL, 0, "\0\xff\xff\x80\x00\x00\x01", 7);
}

/* It says that it has 30,000 x 30,000 pixels. */
G_GNUC_UNUSED static GString *png_bomb (void)
{
	static const char rows[4096];
	return png_by_hand (30000, 30000, 8, 2, NULL, NULL, 0, rows, sizeof rows);
}

/* --- others by hand ------------------------------------------------------------------------------------------------------------ */

/* 8 x 8 pixels of cyan ink, in the inverted values that Adobe's programs write. */
G_GNUC_UNUSED static GString *jpeg_inks (void)
{
	gsize len;
	g_autofree guchar *data = g_base64_decode (
		"/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI/8AAFAgACAAIBAERAAIR"
		"AAMRAAQRAP/EABwAAAAACQAAAAAAAAAAAAAAAAABAgMEBQYHCP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAgADAAQAAD8Ah/P/AD/z/wB//9k=", &len);
	return g_string_new_len ((const char *) data, (gssize) len);
}

/* FRAMES pictures of one pixel, white or black. */
G_GNUC_UNUSED static GString *gif (guint frames)
{
	GString *out = g_string_new_len ("GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0", 19);
	for (guint i = 0; i < frames; i++) {
		g_string_append_len (out, "\x21\xf9\4\0\x0a\0\0\0", 8);
		g_string_append_len (out, "\x2c\0\0\0\0\1\0\1\0\0\2\2", 12);
		g_string_append_len (out, i ? "\x4c\1\0" : "\x44\1\0", 3);
	}
	return g_string_append_len (out, ";", 1);
}

/* A chunk of RIFF. */
static inline void put_riff (GString *out, const char *name, const char *data, gsize len)
{
	guint32 n = GUINT32_TO_LE ((guint32) len);
	g_string_append_len (out, name, 4);
	g_string_append_len (out, (const char *) &n, 4);
	g_string_append_len (out, data, (gssize) len);
	if (len & 1)
		g_string_append_c (out, 0);
}

/* FRAMES pictures of 16 x 8 pixels that follow each other; with one, it stands still and carries a note EXIF of where it was taken. */
G_GNUC_UNUSED static GString *webp (guint frames)
{
	g_autoptr (GString) body = g_string_new_len ("WEBP", 4);
	const char head[] = { (char) (frames > 1 ? 2 : 8), 0, 0, 0, 15, 0, 0, 7, 0, 0 };
	put_riff (body, "VP8X", head, sizeof head);
	if (frames > 1)
		put_riff (body, "ANIM", "\0\0\0\0\0\0", 6);
	for (guint i = 0; i < frames; i++) {
		g_autoptr (GdkPixbuf) pixbuf = paint (16, 8, FALSE, i);
		const RnRaster raster = { 16, 8, 3, (gsize) gdk_pixbuf_get_rowstride (pixbuf), gdk_pixbuf_read_pixels (pixbuf), NULL, NULL };
		g_autoptr (GString) file = rn_raster_encode (&raster, RN_RASTER_WEBP, 0, NULL), frame = g_string_new_len ("\0\0\0\0\0\0\x0f\0\0\7\0\0\x64\0\0\0", 16);
		g_string_append_len (frame, file->str + 12, (gssize) file->len - 12);
		if (frames > 1)
			put_riff (body, "ANMF", frame->str, frame->len);
		else
			g_string_append_len (body, file->str + 12, (gssize) file->len - 12);
	}
	if (frames == 1)
		put_riff (body, "EXIF", "GPS here", 8);
	GString *out = g_string_new (NULL);
	put_riff (out, "RIFF", body->str, body->len);
	return out;
}

/* FILE, a JPEG, with a camera's notes behind its first two bytes: which way it is turned (1 to 8), and in words where it was taken. */
G_GNUC_UNUSED static GString *with_notes (const GString *file, guint8 orientation)
{
	guint8 note[] = { 0xff, 0xe1, 0, 34 + 8, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
		'G', 'P', 'S', ' ', 'h', 'e', 'r', 'e' };
	GString *out = g_string_new_len (file->str, 2);
	g_string_append_len (out, (const char *) note, sizeof note);
	g_string_append_len (out, "\xff\xfe\0\x0aTAKEN AT", 12);
	return g_string_append_len (out, file->str + 2, (gssize) file->len - 2);
}

#endif
