/*
 * raster_bare.c - a picture's file without what it tells of its making, byte by byte as it was otherwise.
 *
 * Works on segments (JPEG) and chunks (PNG, WebP) by a list of what is needed to show a picture: what nobody here knows is left out too.
 */
#include "base/raster.h"

#include <string.h>

/* --- JPEG ------------------------------------------------------------------------------------------------------------------ */

static guint read16 (const guint8 *p, gboolean big)
{
	return big ? p[0] * 256u + p[1] : p[1] * 256u + p[0];
}

static guint32 read32 (const guint8 *p, gboolean big)
{
	return big ? (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3] : (guint32) p[3] << 24 | (guint32) p[2] << 16 | (guint32) p[1] << 8 | p[0];
}

/* EXIF's orientation in a TIFF header, 1 to 8; 1 where it has none. */
static guint orientation_of (const guint8 *tiff, gsize len)
{
	if (len < 8 || (memcmp (tiff, "MM", 2) && memcmp (tiff, "II", 2)))
		return 1;
	gboolean big = *tiff == 'M';
	gsize at = read32 (tiff + 4, big);
	if (at > len - 2)
		return 1;
	guint n = read16 (tiff + at, big);
	for (at += 2; n && at + 12 <= len; n--, at += 12)
		if (read16 (tiff + at, big) == 0x0112) {
			guint value = read16 (tiff + at + 8, big);
			return value >= 1 && value <= 8 ? value : 1;
		}
	return 1;
}

static void put_orientation (GString *out, guint orientation)
{
	guint8 note[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
	note[29] = (guint8) orientation;
	g_string_append_len (out, (const char *) note, sizeof note);
}

/* Is the segment needed to show the picture: tables, frames, JFIF's head, a colour profile, Adobe's word on CMYK? */
static gboolean keeps (guint marker, const guint8 *body, gsize len)
{
	if (marker == 0xe2)
		return len > 12 && !memcmp (body, "ICC_PROFILE", 12);
	return (marker >= 0xc0 && marker <= 0xdf) || marker == 0xe0 || marker == 0xee;
}

/* What follows the picture's end (a film, a depth map, what a phone hides there) is left out as well. FALSE: not understood. */
static gboolean bare_jpeg (const guint8 *p, gsize len, GString *out)
{
	gsize at = 2;
	guint orientation = 1;
	g_string_append_len (out, "\xff\xd8", 2);
	while (at + 4 <= len && p[at] == 0xff) {
		guint marker = p[at + 1];
		gsize size = 2 + (gsize) read16 (p + at + 2, TRUE);
		if (marker == 0xff) {
			at++;
			continue;
		}
		if (size < 4 || at + size > len)
			return FALSE;
		const guint8 *body = p + at + 4;
		if (marker == 0xe1 && size > 10 && !memcmp (body, "Exif\0\0", 6))
			orientation = orientation_of (body + 6, size - 10);
		if (marker == 0xda)
			break;
		if (keeps (marker, body, size - 4))
			g_string_append_len (out, (const char *) p + at, (gssize) size);
		at += size;
	}
	const guint8 *end = at + 4 <= len ? memmem (p + at, len - at, "\xff\xd9", 2) : NULL;
	/* A progressive file has tables between its scans, and none of their bytes looks like an end; its own end is the first. */
	if (!end)
		return FALSE;
	if (orientation > 1)
		put_orientation (out, orientation);
	g_string_append_len (out, (const char *) p + at, end + 2 - (p + at));
	return TRUE;
}

/* --- PNG ------------------------------------------------------------------------------------------------------------------- */

static gboolean bare_png (const guint8 *p, gsize len, GString *out)
{
	static const char *const kept[] = {
		"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
	};
	gsize at = 8;
	g_string_append_len (out, (const char *) p, 8);
	while (at + 12 <= len) {
		gsize size = (gsize) read32 (p + at, TRUE) + 12;
		if (at + size > len)
			return FALSE;
		for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
			if (!memcmp (p + at + 4, kept[i], 4))
				g_string_append_len (out, (const char *) p + at, (gssize) size);
		if (!memcmp (p + at + 4, "IEND", 4))
			return TRUE;
		at += size;
	}
	return FALSE;
}

/* --- WebP ------------------------------------------------------------------------------------------------------------------ */

/* The head of the file and the flags of its extended form tell what follows: both are set anew. */
static gboolean bare_webp (const guint8 *p, gsize len, GString *out)
{
	enum { EXIF_FLAG = 8, XMP_FLAG = 4 };
	gsize begin = out->len, at = 12;
	g_string_append_len (out, (const char *) p, 12);
	while (at + 8 <= len) {
		gsize size = 8 + (gsize) read32 (p + at + 4, FALSE), whole = size + (size & 1), place = out->len;
		if (at + size > len)
			return FALSE;
		gboolean kept = !memcmp (p + at, "VP8", 3) || !memcmp (p + at, "ALPH", 4) || !memcmp (p + at, "AN", 2) || !memcmp (p + at, "ICCP", 4);
		if (kept)
			g_string_append_len (out, (const char *) p + at, (gssize) MIN (whole, len - at));
		if (kept && p[at + 3] == 'X' && size > 8)
			out->str[place + 8] = (char) (p[at + 8] & ~(EXIF_FLAG | XMP_FLAG));
		at += whole;
	}
	guint32 riff = GUINT32_TO_LE ((guint32) (out->len - begin - 8));
	memcpy (out->str + begin + 4, &riff, 4);
	return TRUE;
}

gboolean rn_raster_bare (const char *data, gsize len, GString *out)
{
	gsize begin = out->len;
	gboolean fine = FALSE;
	switch (rn_raster_format (data, len)) {
	case RN_RASTER_JPEG: fine = bare_jpeg ((const guint8 *) data, len, out); break;
	case RN_RASTER_PNG: fine = bare_png ((const guint8 *) data, len, out); break;
	case RN_RASTER_WEBP: fine = bare_webp ((const guint8 *) data, len, out); break;
	case RN_RASTER_GIF: case RN_RASTER_AVIF: return g_string_append_len (out, data, (gssize) len), TRUE;
	case RN_RASTER_NONE: break;
	}
	if (!fine)
		g_string_truncate (out, begin);
	return fine;
}
