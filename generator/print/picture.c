/*
 * picture.c - the bytes of a picture -> 8 bits of grey a pixel, no more pixels than 300 dots an inch of its printed size need.
 *
 * gdk-pixbuf decodes; grey and scaling are our own whole-number arithmetic, so that the same file gives the same bytes everywhere.
 */
#include "print/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define RESOLUTION 300
#define MOST_PIXELS ((gint64) 100000000)
#define CHUNK ((gsize) 16384)

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

/* --- decoding ----------------------------------------------------------------------------------------------------------- */

/* What the loader is to make: pixels needed at least (0: only the size is asked for), or, of a drawing, exactly. */
typedef struct { gint width, height; gint need_width, need_height; gboolean drawing, jpeg, too_large; } Wish;

static gboolean is_jpeg (const char *data, gsize len)
{
	return len > 3 && !memcmp (data, "\xff\xd8\xff", 3);
}

/* The other formats that gdk-pixbuf knows are none that a site shows. */
static gboolean is_raster (const char *data, gsize len)
{
	return (len > 8 && !memcmp (data, "\x89PNG\r\n\x1a\n", 8)) || is_jpeg (data, len) || (len > 6 && !memcmp (data, "GIF8", 4)) ||
	       (len > 12 && !memcmp (data, "RIFF", 4) && !memcmp (data + 8, "WEBP", 4)) || (len > 12 && !memcmp (data + 4, "ftypavi", 7));
}

/* JPEG alone can be made smaller while it is decoded: by powers of two, rounded as libjpeg does, so that gdk-pixbuf need not scale it again. */
static void on_size (GdkPixbufLoader *loader, gint width, gint height, gpointer user)
{
	Wish *wish = user;
	wish->width = width, wish->height = height;
	if (wish->drawing) {
		gdk_pixbuf_loader_set_size (loader, wish->need_width, wish->need_height);
		return;
	}
	wish->too_large = (gint64) width * height > MOST_PIXELS;
	if (wish->too_large)
		gdk_pixbuf_loader_set_size (loader, 0, 0);   /* the loader then gives up before it asks for memory */
	else if (wish->jpeg) {
		/* The picture may lie on its side: its shorter edge has to hold the longer one of the place for it. */
		gint need = MAX (wish->need_width, wish->need_height), divide = 1;
		while (divide < 8 && MIN (width, height) / (divide * 2) >= need)
			divide *= 2;
		gdk_pixbuf_loader_set_size (loader, (width + divide - 1) / divide, (height + divide - 1) / divide);
	}
}

/* Feeds DATA until the size is known (head) or to its end. The pixbuf belongs to the loader. */
static gboolean feed (GdkPixbufLoader *loader, const char *data, gsize len, gboolean head, const Wish *wish, GError **error)
{
	g_autoptr (GError) why = NULL;
	gboolean fine = TRUE;
	for (gsize at = 0; fine && at < len && !(head && gdk_pixbuf_loader_get_pixbuf (loader)); at += MIN (CHUNK, len - at))
		fine = gdk_pixbuf_loader_write (loader, (const guchar *) data + at, MIN (CHUNK, len - at), &why);
	/* A small file is looked at only here. */
	if (!gdk_pixbuf_loader_close (loader, fine && !head ? &why : NULL) && !head)
		fine = FALSE;
	if (wish->too_large)
		g_set_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY,
		             "it has %d x %d pixels; 100 million are the most", wish->width, wish->height);
	else if (why)
		g_propagate_error (error, g_steal_pointer (&why));
	else if (!fine)
		g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "it cannot be decoded");
	return fine && !wish->too_large;
}

/* Past the segments of a JPEG's head: the thumbnail that a camera leaves there has an end of its own. */
static gsize after_head (const guint8 *p, gsize len)
{
	gsize at = 2;
	while (at + 4 <= len && p[at] == 0xff && p[at + 1] != 0xda)
		at += p[at + 1] == 0xff ? 1 : 2 + (gsize) p[at + 2] * 256 + p[at + 3];
	return at;
}

/* A file cut short: what is lacking would be filled up with grey or black, and nothing said. */
static gboolean ends_early (const char *data, gsize len)
{
	gsize head = is_jpeg (data, len) ? after_head ((const guint8 *) data, len) : 0;
	if (is_jpeg (data, len))
		return head >= len || !memmem (data + head, len - head, "\xff\xd9", 2);
	return *data == '\x89' && !memmem (data, len, "IEND", 4);
}

static GdkPixbufLoader *loader_new (Wish *wish, GError **error)
{
	GdkPixbufLoader *loader = wish->drawing ? gdk_pixbuf_loader_new_with_mime_type ("image/svg+xml", error) : gdk_pixbuf_loader_new ();
	if (loader)
		g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), wish);
	return loader;
}

static gboolean check_raster (const char *data, gsize len, GError **error)
{
	if (!is_raster (data, len))
		g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE, "it is no PNG, JPEG, GIF or WebP file");
	else if (ends_early (data, len))
		g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "the file is cut off");
	else
		return TRUE;
	return FALSE;
}

/* The whole picture, turned the right way up. */
static GdkPixbuf *decode (const char *data, gsize len, Wish *wish, GError **error)
{
	if (!wish->drawing && !check_raster (data, len, error))
		return NULL;
	g_autoptr (GdkPixbufLoader) loader = loader_new (wish, error);
	if (!loader || !feed (loader, data, len, FALSE, wish, error))
		return NULL;
	GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
	if (pixbuf)
		return gdk_pixbuf_apply_embedded_orientation (pixbuf);
	g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "there is no picture in the file");
	return NULL;
}

/* Do the camera's notes say that the picture lies on its side? (EXIF's orientations 5 to 8.) */
static gboolean lies (GdkPixbuf *pixbuf)
{
	const char *orientation = pixbuf ? gdk_pixbuf_get_option (pixbuf, "orientation") : NULL;
	return orientation && *orientation >= '5' && *orientation <= '8';
}

gboolean rn_picture_size (const char *data, gsize len, guint *width, guint *height, GError **error)
{
	Wish wish = { .jpeg = is_jpeg (data, len) };
	if (!check_raster (data, len, error))
		return FALSE;
	g_autoptr (GdkPixbufLoader) loader = loader_new (&wish, error);
	if (!loader || !feed (loader, data, len, TRUE, &wish, error))
		return FALSE;
	if (wish.width <= 0 || wish.height <= 0) {
		g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "there is no picture in the file");
		return FALSE;
	}
	gboolean turned = lies (gdk_pixbuf_loader_get_pixbuf (loader));
	*width = (guint) (turned ? wish.height : wish.width);
	*height = (guint) (turned ? wish.width : wish.height);
	return TRUE;
}

/* --- grey, and fewer pixels ---------------------------------------------------------------------------------------------- */

/* One row in grey, on white where it is transparent. */
static void grey_row (const GdkPixbuf *pixbuf, guint row, guint8 *out)
{
	guint width = (guint) gdk_pixbuf_get_width (pixbuf), step = (guint) gdk_pixbuf_get_n_channels (pixbuf);
	const guint8 *p = gdk_pixbuf_read_pixels (pixbuf) + (gsize) row * (gsize) gdk_pixbuf_get_rowstride (pixbuf);
	for (guint i = 0; i < width; i++, p += step) {
		guint grey = p[0] * 299u + p[1] * 587u + p[2] * 114u;   /* ITU-R BT.601, in thousandths */
		if (step == 4)
			grey = (grey * p[3] + 255000u * (255u - p[3]) + 127u) / 255u;
		out[i] = (guint8) ((grey + 500u) / 1000u);
	}
}

/*
 * Adds a row of SW pixels to sums over DW wider ones: each source pixel is DW long, each of ours SW, so that all shares are whole numbers.
 * weight: how much of this row belongs to the row being summed.
 */
static void add_row (const guint8 *row, guint sw, guint64 *sums, guint dw, guint weight)
{
	guint at = 0, left = dw;   /* the source pixel, and how much of it is not given away yet */
	for (guint i = 0; i < dw; i++) {
		guint64 sum = 0;
		for (guint need = sw; need;) {
			guint take = MIN (need, left);
			sum += (guint64) row[at] * take;
			need -= take, left -= take;
			if (!left)
				at++, left = dw;
		}
		sums[i] += sum * weight;
	}
}

/* The mean of what each pixel covers: DW x DH of at most as many as there are. */
static void shrink (const GdkPixbuf *pixbuf, guint8 *out, guint dw, guint dh)
{
	guint sw = (guint) gdk_pixbuf_get_width (pixbuf), sh = (guint) gdk_pixbuf_get_height (pixbuf);
	g_autofree guint8 *row = g_malloc (sw);
	g_autofree guint64 *sums = g_new (guint64, dw);
	guint64 whole = (guint64) sw * sh;
	guint at = 0, left = dh;
	grey_row (pixbuf, 0, row);
	for (guint y = 0; y < dh; y++) {
		memset (sums, 0, dw * sizeof *sums);
		for (guint need = sh; need;) {
			guint take = MIN (need, left);
			add_row (row, sw, sums, dw, take);
			need -= take, left -= take;
			if (!left && ++at < sh)
				grey_row (pixbuf, at, row);
			if (!left)
				left = dh;
		}
		for (guint x = 0; x < dw; x++)
			out[(gsize) y * dw + x] = (guint8) ((sums[x] + whole / 2) / whole);
	}
}

static guint pixels_of (RnLength length)
{
	gint64 n = ((gint64) length * RESOLUTION + 71999) / 72000;
	return (guint) CLAMP (n, 1, 100000);
}

static const RnPicture *add (RnPictures *pictures, const char *key, const char *data, gsize len, Wish *wish, GError **error)
{
	g_autofree char *whole_key = g_strdup_printf ("%d %d %s", wish->need_width, wish->need_height, key);
	const RnPicture *old = g_hash_table_lookup (pictures->by_key, whole_key);
	if (old)
		return old;
	g_autoptr (GdkPixbuf) pixbuf = decode (data, len, wish, error);
	if (!pixbuf)
		return NULL;
	guint width = (guint) gdk_pixbuf_get_width (pixbuf), height = (guint) gdk_pixbuf_get_height (pixbuf);
	RnPicture *picture = rn_arena_new0 (pictures->arena, RnPicture);
	picture->number = pictures->all->len;
	picture->width = MIN (width, (guint) wish->need_width);
	picture->height = MIN (height, (guint) wish->need_height);
	guint8 *grey = rn_arena_alloc (pictures->arena, (gsize) picture->width * picture->height);
	shrink (pixbuf, grey, picture->width, picture->height);
	picture->grey = grey;
	g_ptr_array_add (pictures->all, picture);
	g_hash_table_insert (pictures->by_key, rn_arena_strndup (pictures->arena, whole_key, -1), picture);
	return picture;
}

const RnPicture *rn_pictures_add (RnPictures *pictures, const char *key, const char *data, gsize len, RnLength width, RnLength height, GError **error)
{
	Wish wish = { .need_width = (gint) pixels_of (width), .need_height = (gint) pixels_of (height), .jpeg = is_jpeg (data, len) };
	return add (pictures, key, data, len, &wish, error);
}

const RnPicture *rn_pictures_add_drawing (RnPictures *pictures, const char *key, const char *data, gsize len, RnLength width, RnLength height, GError **error)
{
	Wish wish = { .need_width = (gint) pixels_of (width), .need_height = (gint) pixels_of (height), .drawing = TRUE };
	return add (pictures, key, data, len, &wish, error);
}
