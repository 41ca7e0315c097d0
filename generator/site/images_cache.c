/*
 * images_cache.c - a picture's versions as one file of the cache.
 *
 * Named by the hash of all that they depend on, and with a sum over itself: a cache that is missing, old or damaged changes no byte of the output,
 * only the time it takes.
 */
#include "site/images-int.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>


#define FORMAT "picture 1"
#define TYPE "(ba(uuuay))"
#define DAY ((gint64) 24 * 60 * 60)
#define KEPT (30 * DAY)

/* --- sums ------------------------------------------------------------------------------------------------------------------- */

typedef struct { guint64 a, b; } Sum;

/* Both halves of the product, folded: every bit of either number moves every bit of the sum. */
static guint64 fold (guint64 x, guint64 y)
{
	unsigned __int128 product = (unsigned __int128) x * y;
	return (guint64) product ^ (guint64) (product >> 64);
}

/* Against chance, not against intent: the content is the site's own. A cryptographic one would take longer than reading the pictures. */
static Sum sum_of (Sum sum, const char *data, gsize len)
{
	const guint64 one = G_GUINT64_CONSTANT (0xa0761d6478bd642f), two = G_GUINT64_CONSTANT (0xe7037ed1a0b428db);
	guint64 words[2];
	for (gsize at = 0; at < len; at += sizeof words) {
		words[0] = words[1] = 0;
		memcpy (words, data + at, MIN (sizeof words, len - at));
		guint64 x = GUINT64_FROM_LE (words[0]), y = GUINT64_FROM_LE (words[1]);
		sum.a = fold (x ^ one, y ^ sum.a);
		sum.b = fold (x ^ sum.b, y ^ two);
	}
	return (Sum) { fold (sum.a ^ len, one), fold (sum.b ^ len, two) };
}

void rn_image_key (const RnImageRules *rules, const char *data, gsize len, char key[33])
{
	g_autoptr (GString) rest = g_string_new (FORMAT " ");
	g_string_append_printf (rest, "%s %u", rn_raster_libraries (), rules->quality);
	for (guint i = 0; i < rules->n_widths; i++)
		g_string_append_printf (rest, " %u", rules->widths[i]);
	Sum sum = sum_of (sum_of ((Sum) { 1, 2 }, rest->str, rest->len), data, len);
	g_snprintf (key, 33, "%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", sum.a, sum.b);
}

/* --- files ------------------------------------------------------------------------------------------------------------------ */

static void unpack (GVariant *packed, RnImageMade *made)
{
	g_autoptr (GVariantIter) iter = NULL;
	RnImageVersion version;
	GVariant *bytes;
	rn_image_made_init (made);
	g_variant_get (packed, TYPE, &made->moves, &iter);
	while (g_variant_iter_next (iter, "(uuu@ay)", &version.width, &version.height, &version.format, &bytes)) {
		gsize n;
		const char *data = g_variant_get_fixed_array (bytes, &n, 1);
		version.data = g_string_new_len (data, (gssize) n);
		g_array_append_val (made->versions, version);
		g_variant_unref (bytes);
	}
}

static gboolean is_fine (const RnImageMade *made)
{
	for (guint i = 0; i < made->versions->len; i++) {
		const RnImageVersion *version = &g_array_index (made->versions, RnImageVersion, i);
		gboolean plain = version->format == RN_RASTER_JPEG || version->format == RN_RASTER_PNG;
		if (!version->width || !version->height || (i + 1 == made->versions->len ? !plain : version->format != RN_RASTER_WEBP))
			return FALSE;
	}
	return made->versions->len > 0;
}

/* Notes that it was used, once a day. */
static void touch (const char *path)
{
	struct stat info;
	if (!stat (path, &info) && info.st_mtim.tv_sec + DAY < g_get_real_time () / G_USEC_PER_SEC)
		utimensat (AT_FDCWD, path, NULL, 0);
}

gboolean rn_image_cache_load (const char *dir, const char *key, RnImageMade *made)
{
	g_autofree char *path = dir ? g_build_filename (dir, key, NULL) : NULL, *data = NULL;
	gsize len;
	Sum sum;
	if (!path || !g_file_get_contents (path, &data, &len, NULL) || len < sizeof sum)
		return FALSE;
	memcpy (&sum, data + len - sizeof sum, sizeof sum);
	Sum there = sum_of ((Sum) { 3, 4 }, data, len - sizeof sum);
	if (sum.a != there.a || sum.b != there.b)
		return FALSE;
	g_autoptr (GVariant) packed = g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (TYPE), data, len - sizeof sum, FALSE, NULL, NULL));
	if (!g_variant_is_normal_form (packed))
		return FALSE;
	unpack (packed, made);
	touch (path);
	if (is_fine (made))
		return TRUE;
	rn_image_made_clear (made);
	return FALSE;
}

/* A cache that cannot be written is none. */
void rn_image_cache_save (const char *dir, const char *key, const RnImageMade *made)
{
	GVariantBuilder builder;
	if (!dir || g_mkdir_with_parents (dir, 0755))
		return;
	g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(uuuay)"));
	for (guint i = 0; i < made->versions->len; i++) {
		const RnImageVersion *version = &g_array_index (made->versions, RnImageVersion, i);
		g_variant_builder_add (&builder, "(uuu@ay)", version->width, version->height, version->format,
		                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, version->data->str, version->data->len, 1));
	}
	g_autoptr (GVariant) packed = g_variant_ref_sink (g_variant_new (TYPE, made->moves, &builder));
	g_autoptr (GString) file = g_string_new_len (g_variant_get_data (packed), (gssize) g_variant_get_size (packed));
	Sum sum = sum_of ((Sum) { 3, 4 }, file->str, file->len);
	g_string_append_len (file, (const char *) &sum, sizeof sum);
	g_autofree char *path = g_build_filename (dir, key, NULL);
	g_file_set_contents_full (path, file->str, (gssize) file->len, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL);
}

void rn_image_cache_sweep (const char *dir, GHashTable *used)
{
	g_autoptr (GDir) list = dir ? g_dir_open (dir, 0, NULL) : NULL;
	gint64 oldest = g_get_real_time () / G_USEC_PER_SEC - KEPT;
	for (const char *name = list ? g_dir_read_name (list) : NULL; name; name = g_dir_read_name (list)) {
		g_autofree char *path = g_build_filename (dir, name, NULL);
		struct stat info;
		if (!g_hash_table_contains (used, name) && !lstat (path, &info) && S_ISREG (info.st_mode) && info.st_mtim.tv_sec < oldest)
			unlink (path);
	}
}
