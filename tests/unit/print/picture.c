/* Pictures made here, read back: grey, size, transparency, the camera's side, and files that are none. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>
#include <string.h>

#include "base/raster.h"
#include "print/picture.h"

typedef struct { char *data; gsize len; } File;

/* A picture whose left half is LEFT and right half RIGHT (RRGGBBAA). */
static File make (const char *type, gint width, gint height, guint32 left, guint32 right)
{
	g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, !strcmp (type, "png"), 8, width, height);
	g_autoptr (GdkPixbuf) half = NULL;
	g_autoptr (GError) error = NULL;
	File file;
	gdk_pixbuf_fill (pixbuf, left);
	half = gdk_pixbuf_new_subpixbuf (pixbuf, width / 2, 0, width - width / 2, height);
	gdk_pixbuf_fill (half, right);
	gboolean jpeg = !strcmp (type, "jpeg");
	gdk_pixbuf_save_to_buffer (pixbuf, &file.data, &file.len, type, &error, jpeg ? "quality" : NULL, "100", NULL);
	g_assert_no_error (error);
	return file;
}

typedef struct { RnArena *arena; RnPictures *pictures; } World;

static World world_new (void)
{
	World world = { .arena = rn_arena_new (0) };
	world.pictures = rn_pictures_new (world.arena);
	return world;
}

static void world_free (World *world)
{
	rn_pictures_free (world->pictures);
	rn_arena_free (world->arena);
}

static const RnPicture *add (World *world, const char *key, const File *file, RnLength width, RnLength height)
{
	g_autoptr (GError) error = NULL;
	const RnPicture *picture = rn_pictures_add (world->pictures, key, file->data, file->len, width, height, &error);
	g_assert_no_error (error);
	return picture;
}

static void test_grey (void)
{
	static const struct { guint32 colour; guint grey; } colours[] = {
		{ 0x000000ff, 0 }, { 0xffffffff, 255 }, { 0xff0000ff, 76 }, { 0x00ff00ff, 150 }, { 0x0000ffff, 29 }, { 0x808080ff, 128 }, { 0x00000000, 255 },
		{ 0x00000080, 127 }, { 0xff000040, 210 },
	};
	World world = world_new ();
	for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
		File file = make ("png", 8, 4, colours[i].colour, 0xffffffff);
		g_autofree char *key = g_strdup_printf ("%u", i);
		const RnPicture *picture = add (&world, key, &file, RN_PT (72), RN_PT (36));
		g_assert_cmpuint (picture->number, ==, i);
		g_assert_true (picture->width == 8 && picture->height == 4);
		for (guint p = 0; p < 32; p++)
			g_assert_cmpuint (picture->grey[p], ==, p % 8 < 4 ? colours[i].grey : 255);
		g_free (file.data);
	}
	g_assert_cmpuint (rn_pictures_count (world.pictures), ==, G_N_ELEMENTS (colours));
	g_assert_null (rn_pictures_nth (world.pictures, G_N_ELEMENTS (colours)));
	world_free (&world);
}

/* 300 dots an inch and no more; the mean of what a pixel covers; the same file at the same size is held once. */
static void test_shrink (void)
{
	World world = world_new ();
	File file = make ("png", 1000, 500, 0x000000ff, 0xffffffff);
	const RnPicture *inch = add (&world, "a", &file, RN_PT (72), RN_PT (36)), *odd = add (&world, "a", &file, RN_PT (0.72), RN_PT (0.36));
	g_assert_true (inch->width == 300 && inch->height == 150);
	g_assert_true (odd->width == 3 && odd->height == 2);
	for (guint y = 0; y < 2; y++)
		g_assert_true (odd->grey[y * 3] == 0 && odd->grey[y * 3 + 1] == 128 && odd->grey[y * 3 + 2] == 255);
	g_assert_true (add (&world, "a", &file, RN_PT (72), RN_PT (36)) == inch);
	g_assert_true (add (&world, "b", &file, RN_PT (72), RN_PT (36)) != inch);
	g_assert_true (rn_pictures_nth (world.pictures, 0) == inch && rn_pictures_nth (world.pictures, 1) == odd);
	g_free (file.data);
	world_free (&world);
}

/* JPEG is made smaller while it is read; what comes out is the same picture. */
static void test_jpeg (void)
{
	World world = world_new ();
	File file = make ("jpeg", 2400, 1600, 0x202020ff, 0xe0e0e0ff);
	const RnPicture *picture = add (&world, "a.jpg", &file, RN_PT (72), RN_PT (48));
	g_assert_true (picture->width == 300 && picture->height == 200);
	for (guint y = 0; y < 200; y += 20)
		for (guint x = 0; x < 300; x += 7)
			if (x < 140 || x > 160)
				g_assert_cmpint (abs ((gint) picture->grey[y * 300 + x] - (x < 150 ? 0x20 : 0xe0)), <=, 2);
	g_free (file.data);
	world_free (&world);
}

/* A camera's note behind the file's first two bytes: "turn me by a quarter" (EXIF's orientation 6). */
static File turned (const File *file)
{
	static const guint8 note[] = {
		0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
	};
	File out = { g_malloc (file->len + sizeof note), file->len + sizeof note };
	memcpy (out.data, file->data, 2);
	memcpy (out.data + 2, note, sizeof note);
	memcpy (out.data + 2 + sizeof note, file->data + 2, file->len - 2);
	return out;
}

static void test_turned (void)
{
	World world = world_new ();
	File plain = make ("jpeg", 80, 40, 0x000000ff, 0xffffffff), file = turned (&plain);
	guint width, height;
	g_assert_true (rn_raster_size (plain.data, plain.len, &width, &height, NULL));
	g_assert_true (width == 80 && height == 40);
	g_assert_true (rn_raster_size (file.data, file.len, &width, &height, NULL));
	g_assert_true (width == 40 && height == 80);
	const RnPicture *picture = add (&world, "a", &file, RN_PT (36), RN_PT (72));
	g_assert_true (picture->width == 40 && picture->height == 80);
	/* What was left is above. */
	g_assert_cmpuint (picture->grey[10 * 40 + 20], <, 10);
	g_assert_cmpuint (picture->grey[70 * 40 + 20], >, 245);
	g_free (plain.data);
	g_free (file.data);
	world_free (&world);
}

static void refuse (const char *data, gsize len, const char *says)
{
	World world = world_new ();
	g_autoptr (GError) error = NULL;
	g_assert_null (rn_pictures_add (world.pictures, "a", data, len, RN_PT (72), RN_PT (72), &error));
	g_assert_nonnull (error);
	if (says && !strstr (error->message, says))
		g_test_message ("got: %s", error->message);
	g_assert_true (!says || strstr (error->message, says));
	g_assert_cmpuint (rn_pictures_count (world.pictures), ==, 0);
	world_free (&world);
}

static void test_broken (void)
{
	File png = make ("png", 200, 100, 0xff0000ff, 0x00ff00ff), jpeg = make ("jpeg", 200, 100, 0xff0000ff, 0x00ff00ff);
	guint width, height;
	refuse ("", 0, "empty");
	refuse ("GIF", 3, "no PNG");
	refuse ("<svg xmlns='http://www.w3.org/2000/svg'/>", 41, "no PNG");
	refuse ("/* XPM */ static char *a[] = {", 30, "no PNG");
	for (guint i = 1; i < 8; i++) {
		refuse (png.data, png.len * i / 8, NULL);
		refuse (jpeg.data, jpeg.len * i / 8, NULL);
	}
	refuse (jpeg.data, jpeg.len - 2, "cut off");
	g_assert_false (rn_raster_size (png.data, 20, &width, &height, NULL));
	g_free (png.data);
	g_free (jpeg.data);
}

/* The same header with a width of 40,000 and a height of 30,000: over 50 million pixels. */
static void test_too_large (void)
{
	File png = make ("png", 8, 8, 0, 0);
	static const guint8 size[] = { 0, 0, 0x9c, 0x40, 0, 0, 0x75, 0x30 };
	memcpy (png.data + 16, size, sizeof size);
	guint32 crc = 0xffffffff;
	for (guint i = 12; i < 29; i++)
		for (guint bit = 0, value = (guint8) png.data[i]; bit < 8; bit++)
			crc = crc >> 1 ^ ((crc ^ value >> bit) & 1 ? 0xedb88320 : 0);
	crc = GUINT32_TO_BE (~crc);
	memcpy (png.data + 29, &crc, 4);
	refuse (png.data, png.len, "50 million");
	g_free (png.data);
}

static void test_drawing (void)
{
	static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><rect width='10' height='10'/></svg>";
	World world = world_new ();
	g_autoptr (GError) error = NULL;
	const RnPicture *picture = rn_pictures_add_drawing (world.pictures, "a", svg, strlen (svg), RN_PT (24), RN_PT (12), &error);
	g_assert_no_error (error);
	g_assert_true (picture->width == 100 && picture->height == 50);
	g_assert_true (picture->grey[25 * 100 + 25] == 0 && picture->grey[25 * 100 + 75] == 255);
	g_assert_null (rn_pictures_add_drawing (world.pictures, "b", "no svg", 6, RN_PT (24), RN_PT (12), &error));
	g_assert_nonnull (error);
	world_free (&world);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/picture/grey", test_grey);
	g_test_add_func ("/picture/shrink", test_shrink);
	g_test_add_func ("/picture/jpeg", test_jpeg);
	g_test_add_func ("/picture/turned", test_turned);
	g_test_add_func ("/picture/broken", test_broken);
	g_test_add_func ("/picture/too-large", test_too_large);
	g_test_add_func ("/picture/drawing", test_drawing);
	return g_test_run ();
}
