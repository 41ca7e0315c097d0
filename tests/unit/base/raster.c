/* raster.c - every kind of picture read, made smaller, written and taken out of its notes; and files that are none. */
#include "pictures.h"

#include <stdlib.h>

static RnRaster *decode (const GString *file)
{
	g_autoptr (GError) error = NULL;
	RnRaster *raster = rn_raster_decode (file->str, file->len, 8, 8, &error);
	g_assert_no_error (error);
	return raster;
}

static void assert_pixel (const RnRaster *raster, guint x, guint y, guint red, guint green, guint blue)
{
	const guint8 *p = raster->pixels + y * raster->stride + x * raster->channels;
	g_assert_cmpuint (p[0], ==, red);
	g_assert_cmpuint (p[1], ==, green);
	g_assert_cmpuint (p[2], ==, blue);
}

static void test_kinds (void)
{
	g_autoptr (GString) palette = png_palette (), deep = png_deep (), inks = jpeg_inks (), still = gif (1), moving = gif (2), films = webp (3), noted = webp (1);
	g_autoptr (RnRaster) a = decode (palette), b = decode (deep), c = decode (inks), d = decode (still), e = decode (moving), f = decode (films), g = decode (noted);
	g_assert_true (a->width == 4 && a->height == 1);
	assert_pixel (a, 0, 0, 255, 0, 0);
	assert_pixel (a, 1, 0, 0, 255, 0);
	assert_pixel (a, 2, 0, 0, 0, 255);
	assert_pixel (b, 0, 0, 255, 128, 0);
	assert_pixel (c, 7, 7, 0, 255, 255);
	g_assert_true (rn_raster_opaque (c));
	assert_pixel (d, 0, 0, 255, 255, 255);
	assert_pixel (e, 0, 0, 255, 255, 255);
	g_assert_false (rn_raster_moves (still->str, still->len));
	g_assert_true (rn_raster_moves (moving->str, moving->len));
	g_assert_true (rn_raster_moves (films->str, films->len));
	g_assert_false (rn_raster_moves (noted->str, noted->len));
	/* The first frame of the film is the picture that stands still. */
	g_assert_true (f->width == 16 && f->height == 8 && f->channels == 4 && g->channels == 3);
	for (guint x = 0; x < 16; x++)
		assert_pixel (f, x, 3, g->pixels[3 * g->stride + x * 3], g->pixels[3 * g->stride + x * 3 + 1], g->pixels[3 * g->stride + x * 3 + 2]);
}

static void refuse (const char *data, gsize len, const char *says)
{
	g_autoptr (GError) error = NULL, again = NULL;
	guint width, height;
	g_assert_null (rn_raster_decode (data, len, 8, 8, &error));
	g_assert_nonnull (error);
	g_assert_true (error->domain == RN_RASTER_ERROR);
	if (!strstr (error->message, says))
		g_error ("'%s' does not say '%s'", error->message, says);
	/* What is wrong with all of it is seen without decoding. */
	if (*says)
		g_assert_false (rn_raster_size (data, len, &width, &height, &again));
}

static void test_none (void)
{
	g_autoptr (GString) png = picture ("png", 60, 40, FALSE, 1), jpeg = picture ("jpeg", 60, 40, FALSE, 1), film = webp (2), bomb = png_bomb ();
	refuse ("", 0, "empty");
	refuse ("no picture at all", 17, "it is no PNG");
	refuse ("GIF", 3, "it is no PNG");
	for (guint i = 1; i < 10; i++) {
		refuse (png->str, png->len * i / 10, "");
		refuse (jpeg->str, jpeg->len * i / 10, "");
		refuse (film->str, film->len * i / 10, "");
	}
	refuse (jpeg->str, jpeg->len - 2, "cut off");
	refuse (png->str, png->len - 12, "cut off");
	refuse (film->str, film->len - 2, "cut off");
	refuse (bomb->str, bomb->len, "30000 x 30000 pixels; 50 million are the most");
}

/* Forty million pixels are never in memory at once: they come an eighth or a quarter as wide, and still hold what is needed. */
static void test_photo (void)
{
	g_autoptr (GString) file = picture ("jpeg", 7304, 5480, FALSE, 1);
	g_autoptr (GError) error = NULL;
	g_autoptr (RnRaster) raster = rn_raster_decode (file->str, file->len, 1280, 960, &error);
	g_assert_no_error (error);
	g_assert_true (raster->width == 1826 && raster->height == 1370);
}

static void test_turned (void)
{
	g_autoptr (GString) plain = picture ("jpeg", 64, 32, FALSE, 1), file = with_notes (plain, 6);
	g_autoptr (GError) error = NULL;
	g_autoptr (RnRaster) raster = rn_raster_decode (file->str, file->len, 64, 64, &error);
	guint width, height;
	g_assert_true (rn_raster_size (file->str, file->len, &width, &height, &error));
	g_assert_true (width == 32 && height == 64 && raster->width == 32 && raster->height == 64);
}

/* The mean of what a pixel covers; what is transparent gives no colour. */
static void test_shrink (void)
{
	static const guint8 red_or_nothing[] = { 255, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 255 }, grey[] = { 0, 0, 0, 90, 90, 90, 30, 30, 30 };
	const RnRaster sheer = { 4, 1, 4, 16, red_or_nothing, NULL, NULL }, row = { 3, 1, 3, 9, grey, NULL, NULL };
	g_autoptr (RnRaster) one = rn_raster_shrink (&sheer, 1, 1), two = rn_raster_shrink (&row, 2, 1);
	assert_pixel (one, 0, 0, 255, 0, 0);
	g_assert_cmpuint (one->pixels[3], ==, 128);
	assert_pixel (two, 0, 0, 30, 30, 30);
	assert_pixel (two, 1, 0, 50, 50, 50);
}

/* The same pixels give the same bytes, which can be read back. */
static void test_encode (void)
{
	g_autoptr (GString) file = picture ("png", 200, 100, TRUE, 3);
	g_autoptr (RnRaster) raster = decode (file);
	static const RnRasterFormat formats[] = { RN_RASTER_WEBP, RN_RASTER_WEBP, RN_RASTER_PNG, RN_RASTER_JPEG };
	static const guint quality[] = { 75, 0, 75, 75 };
	g_assert_false (rn_raster_opaque (raster));
	for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
		g_autoptr (GString) a = rn_raster_encode (raster, formats[i], quality[i], NULL), b = rn_raster_encode (raster, formats[i], quality[i], NULL);
		g_assert_true (g_string_equal (a, b));
		g_assert_true (rn_raster_format (a->str, a->len) == formats[i]);
		g_autoptr (RnRaster) back = rn_raster_decode (a->str, a->len, 200, 200, NULL);
		g_assert_true (back->width == 200 && back->height == 100 && rn_raster_opaque (back) == (formats[i] == RN_RASTER_JPEG));
		for (guint x = 20; x < 200 && formats[i] != RN_RASTER_JPEG; x += 20) {
			const guint8 *p = raster->pixels + 50 * raster->stride + x * 4, *q = back->pixels + 50 * back->stride + x * 4;
			g_assert_cmpint (abs (p[3] - q[3]), <=, quality[i] == 75 && i == 0 ? 4 : 0);
			g_assert_cmpint (abs (p[1] - q[1]), <=, quality[i] == 75 && i == 0 ? 60 : 0);
		}
	}
}

/* A drawing and a photograph, with and without what can be seen through: every pixel comes back; what is opaque says so. */
static void test_png (void)
{
	const guint width = 96, height = 64;
	for (guint i = 0; i < 4; i++) {
		const gboolean noisy = i & 1, sheer = i & 2;
		g_autofree guint8 *pixels = g_malloc (width * height * 4);
		guint32 random = 7;
		for (guint at = 0; at < width * height; at++) {
			random = random * 1664525u + 1013904223u;
			for (guint c = 0; c < 3; c++)
				pixels[at * 4 + c] = noisy ? (guint8) (random >> (8 * c)) : at % width < 40 ? 200 : 20;
			pixels[at * 4 + 3] = sheer && at % 7 == 0 ? 90 : 255;
		}
		const RnRaster raster = { width, height, 4, width * 4, pixels, NULL, NULL };
		g_autoptr (GString) png = rn_raster_encode (&raster, RN_RASTER_PNG, 0, NULL);
		g_autoptr (RnRaster) back = rn_raster_decode (png->str, png->len, width, height, NULL);
		g_assert_cmpuint (back->channels, ==, sheer ? 4 : 3);
		g_assert_cmpuint (png->len, <, noisy ? width * height * 4 + 1000 : 400);
		for (guint at = 0; at < width * height; at++)
			g_assert_cmpint (memcmp (pixels + at * 4, back->pixels + at / width * back->stride + at % width * back->channels, back->channels), ==, 0);
	}
}

static gboolean holds (const GString *file, const char *words)
{
	return memmem (file->str, file->len, words, strlen (words)) != NULL;
}

/* What a camera noted is gone, and the picture is what it was. */
static void test_bare (void)
{
	g_autoptr (GString) plain = picture ("jpeg", 64, 32, FALSE, 1), noted = with_notes (plain, 6), still = webp (1), out = g_string_new ("kept");
	g_autoptr (GString) pixels = g_string_new_len ("\0\1\2\3", 4), png = png_by_hand (1, 1, 8, 2, "tEXt", "Place\0GPS here", 14, "\0\1\2\3", 4);
	g_string_append (noted, "GPS here again, behind the end");
	g_assert_true (holds (noted, "GPS here") && holds (noted, "TAKEN AT") && holds (still, "GPS here") && holds (png, "GPS here"));
	const GString *const files[] = { noted, still, png };
	for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
		g_string_truncate (out, 4);
		g_assert_true (rn_raster_bare (files[i]->str, files[i]->len, out));
		g_assert_true (g_str_has_prefix (out->str, "kept"));
		g_string_erase (out, 0, 4);
		g_assert_false (holds (out, "GPS here") || holds (out, "TAKEN AT"));
		g_autoptr (RnRaster) before = decode (files[i]), after = decode (out);
		g_assert_true (before->width == after->width && before->height == after->height);
		for (guint y = 0; y < before->height; y++)
			g_assert_cmpmem (before->pixels + y * before->stride, before->width * before->channels, after->pixels + y * after->stride, after->width * after->channels);
		g_assert_false (rn_raster_bare (files[i]->str, files[i]->len / 2, out));
		g_string_assign (out, "kept");
	}
	g_assert_false (rn_raster_bare ("no picture", 10, out));
	g_assert_cmpstr (out->str, ==, "kept");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/raster/kinds", test_kinds);
	g_test_add_func ("/raster/none", test_none);
	g_test_add_func ("/raster/photo", test_photo);
	g_test_add_func ("/raster/turned", test_turned);
	g_test_add_func ("/raster/shrink", test_shrink);
	g_test_add_func ("/raster/encode", test_encode);
	g_test_add_func ("/raster/png", test_png);
	g_test_add_func ("/raster/bare", test_bare);
	return g_test_run ();
}
