/*
 * picture.c - the bytes of a picture -> 8 bits of grey a pixel, no more pixels than 300 dots an inch of its printed size need.
 *
 * Grey is our own whole-number arithmetic, as scaling is (base/raster.h), so that the same file gives the same bytes everywhere.
 */
#include "print/picture.h"
#include "base/raster.h"

#define RESOLUTION 300

struct RnPictures {
	RnArena *arena;
	GPtrArray *all;
	GHashTable *by_key;   /* "file width height" (arena) -> RnPicture */
};

RnPictures *rn_pictures_new (RnArena *arena)
{
	RnPictures *pictures = g_new0 (RnPictures, 1);
	pictures->arena = arena;
	pictures->all = g_ptr_array_new ();
	pictures->by_key = g_hash_table_new (g_str_hash, g_str_equal);
	return pictures;
}

void rn_pictures_free (RnPictures *pictures)
{
	if (!pictures)
		return;
	g_ptr_array_unref (pictures->all);
	g_hash_table_unref (pictures->by_key);
	g_free (pictures);
}

guint rn_pictures_count (const RnPictures *pictures)
{
	return pictures->all->len;
}

const RnPicture *rn_pictures_nth (const RnPictures *pictures, guint number)
{
	return number < pictures->all->len ? g_ptr_array_index (pictures->all, number) : NULL;
}

/* --- grey, and fewer pixels ---------------------------------------------------------------------------------------------- */

typedef struct { const RnRaster *raster; guint8 *grey; guint width; } Copy;

/* One row in grey, on white where it is transparent. */
static void grey_row (gpointer user, guint row, guint16 *out)
{
	const RnRaster *raster = ((const Copy *) user)->raster;
	const guint8 *p = raster->pixels + row * raster->stride;
	for (guint i = 0; i < raster->width; i++, p += raster->channels) {
		guint grey = p[0] * 299u + p[1] * 587u + p[2] * 114u;   /* ITU-R BT.601, in thousandths */
		if (raster->channels == 4)
			grey = (grey * p[3] + 255000u * (255u - p[3]) + 127u) / 255u;
		out[i] = (guint16) ((grey + 500u) / 1000u);
	}
}

static void put_row (gpointer user, guint row, const guint16 *means)
{
	const Copy *copy = user;
	for (guint x = 0; x < copy->width; x++)
		copy->grey[(gsize) row * copy->width + x] = (guint8) means[x];
}

static guint pixels_of (RnLength length)
{
	gint64 n = ((gint64) length * RESOLUTION + 71999) / 72000;
	return (guint) CLAMP (n, 1, 100000);
}

typedef struct { const char *key, *data; gsize len; guint width, height; gboolean drawing; } Wish;

static const RnPicture *add (RnPictures *pictures, const Wish *wish, GError **error)
{
	g_autofree char *whole_key = g_strdup_printf ("%u %u %s", wish->width, wish->height, wish->key);
	const RnPicture *old = g_hash_table_lookup (pictures->by_key, whole_key);
	if (old)
		return old;
	g_autoptr (RnRaster) raster = wish->drawing ? rn_raster_draw (wish->data, wish->len, wish->width, wish->height, error) :
		rn_raster_decode (wish->data, wish->len, wish->width, wish->height, error);
	if (!raster)
		return NULL;
	RnPicture *picture = rn_arena_new0 (pictures->arena, RnPicture);
	picture->number = pictures->all->len;
	picture->width = MIN (raster->width, wish->width);
	picture->height = MIN (raster->height, wish->height);
	Copy copy = { raster, rn_arena_alloc (pictures->arena, (gsize) picture->width * picture->height), picture->width };
	const RnShrink shrink = { 1, grey_row, put_row, &copy };
	rn_raster_shrink_rows (&shrink, raster->width, raster->height, picture->width, picture->height);
	picture->grey = copy.grey;
	g_ptr_array_add (pictures->all, picture);
	g_hash_table_insert (pictures->by_key, rn_arena_strndup (pictures->arena, whole_key, -1), picture);
	return picture;
}

const RnPicture *rn_pictures_add (RnPictures *pictures, const char *key, const char *data, gsize len, RnLength width, RnLength height, GError **error)
{
	const Wish wish = { key, data, len, pixels_of (width), pixels_of (height), FALSE };
	return add (pictures, &wish, error);
}

const RnPicture *rn_pictures_add_drawing (RnPictures *pictures, const char *key, const char *data, gsize len, RnLength width, RnLength height, GError **error)
{
	const Wish wish = { key, data, len, pixels_of (width), pixels_of (height), TRUE };
	return add (pictures, &wish, error);
}
