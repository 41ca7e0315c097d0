/*
 * images.c - which pictures are shown, each made once; their addresses; which originals are published.
 *
 * The first page that shows a picture makes it in its own thread, others wait for that. Names hold a hash of the content, so that a browser may
 * keep a file for ever.
 */
#include "site/images-int.h"
#include "base/words.h"

#include <string.h>

#include "markdown/sanitize.h"

typedef struct {
	gboolean made;
	guint    index;
	char    *address;                 /* "/media/a.jpg" */
	char    *why;                     /* NULL: it can be shown */
	gboolean heavy;
	char     key[33];                 /* empty: its files are not ours */
	RnImage  image;
	RnImageFile *files;               /* image.n_webp of them, and the plain one last */
} Entry;

struct RnImages {
	RnImageRules rules;
	const RnSite *site;
	char *dir;                        /* of the cache; NULL: none */
	RnImagePut put;
	gpointer user;
	RnDiagnostics *sink;
	GMutex lock;                      /* over what follows */
	GCond made;
	GHashTable *entries;              /* tree index + 1 -> Entry */
	GHashTable *wanted;               /* tree index + 1: originals */
	GHashTable *by_url;               /* of files made -> Entry */
	GHashTable *used;                 /* keys in the cache */
	GError *error;                    /* the first that put met */
};

const RnImageRules *rn_images_rules (const RnImages *images)
{
	return &images->rules;
}

gboolean rn_images_responsive (const RnImages *images)
{
	return images->rules.responsive;
}

/* --- site.yaml ---------------------------------------------------------------------------------------------------------------- */

static void bad (RnImages *images, const RnValue *value, const char *key, const char *must)
{
	rn_diagnose (images->sink, RN_D_SITE_VALUE, RN_PLACE (images->site->config_file, value->line, value->col), key, must);
}

static void read_widths (RnImages *images, const RnValue *list)
{
	RnImageRules *rules = &images->rules;
	guint n = 0, before = 0;
	if (!list)
		return;
	for (guint i = 0; list->kind == RN_LIST && i < list->n && i < RN_IMAGES_WIDTHS; i++) {
		gint64 width = rn_value_int (list->items[i], 0);
		if (width < 16 || width > 8192 || width <= before)
			break;
		rules->widths[n++] = before = (guint) width;
	}
	if (n && list->kind == RN_LIST && n == list->n) {
		rules->n_widths = n;
		return;
	}
	bad (images, list, "images.widths", "a rising list of one to eight widths such as [360, 720, 1280]");
	memcpy (rules->widths, (const guint[]) { 360, 720, 1280 }, 3 * sizeof (guint));
}

static void read_rules (RnImages *images)
{
	RnImageRules *rules = &images->rules;
	const RnValue *value = rn_value_get (images->site->config, "images"), *quality = rn_value_get (value, "quality"), *sizes = rn_value_get (value, "sizes");
	*rules = (RnImageRules) { .widths = { 360, 720, 1280 }, .n_widths = 3, .quality = 75, .sizes = "(min-width: 46em) 43em, 100vw" };
	if (value && value->kind != RN_MAP && value->kind != RN_BOOL && value->kind != RN_NULL)
		bad (images, value, "images", "true, or a map such as {widths: [360, 720, 1280], quality: 75}");
	rules->responsive = value && (value->kind == RN_MAP || rn_value_bool (value, FALSE));
	if (!rules->responsive)
		return;
	read_widths (images, rn_value_get (value, "widths"));
	gint64 n = rn_value_int (quality, rules->quality);
	if (n < 1 || n > 100 || (quality && quality->kind != RN_INT))
		bad (images, quality, "images.quality", "a whole number from 1 to 100");
	else
		rules->quality = (guint) n;
	const char *text = rn_value_string (sizes);
	if (text && !strpbrk (text, "\"<>&"))
		rules->sizes = text;
	else if (sizes)
		bad (images, sizes, "images.sizes", "what an img's sizes attribute may hold, such as '(min-width: 46em) 43em, 100vw'");
}

/* --- from new to free ------------------------------------------------------------------------------------------------------- */

static void free_entry (gpointer data)
{
	Entry *entry = data;
	for (guint i = 0; entry->files && i <= entry->image.n_webp; i++)
		g_free ((char *) entry->files[i].url);
	g_free (entry->files);
	g_free (entry->address);
	g_free (entry->why);
	g_free (entry);
}

RnImages *rn_images_new (const RnSite *site, const char *cache, RnImagePut put, gpointer user, RnDiagnostics *sink)
{
	RnImages *images = g_new0 (RnImages, 1);
	images->site = site;
	images->sink = sink;
	images->put = put;
	images->user = user;
	images->dir = cache ? g_build_filename (cache, "images", NULL) : NULL;
	images->entries = g_hash_table_new_full (NULL, NULL, NULL, free_entry);
	images->wanted = g_hash_table_new (NULL, NULL);
	images->by_url = g_hash_table_new (g_str_hash, g_str_equal);
	images->used = g_hash_table_new (g_str_hash, g_str_equal);
	g_mutex_init (&images->lock);
	g_cond_init (&images->made);
	read_rules (images);
	return images;
}

void rn_images_free (RnImages *images)
{
	if (!images)
		return;
	g_hash_table_unref (images->used);
	g_hash_table_unref (images->by_url);
	g_hash_table_unref (images->wanted);
	g_hash_table_unref (images->entries);
	g_mutex_clear (&images->lock);
	g_cond_clear (&images->made);
	g_clear_error (&images->error);
	g_free (images->dir);
	g_free (images);
}

gboolean rn_images_finish (RnImages *images, GError **error)
{
	if (images->error) {
		g_propagate_error (error, g_steal_pointer (&images->error));
		return FALSE;
	}
	if (images->rules.responsive)
		rn_image_cache_sweep (images->dir, images->used);
	return TRUE;
}

#define LONGEST_STEM 200   /* bytes: a disk takes names of 255, and hash, width and ending need their share */

/* --- one picture ------------------------------------------------------------------------------------------------------------ */

/* "/media/a.jpg" -> "/media/a.1a2b3c4d.360.webp". Two originals of one name have two endings: those tell their files apart. */
static char *name_file (const Entry *entry, const RnImageVersion *version)
{
	static const char *const endings[] = { [RN_RASTER_PNG] = "png", [RN_RASTER_JPEG] = "jpg", [RN_RASTER_WEBP] = "webp" };
	const char *slash = strrchr (entry->address, '/'), *dot = strrchr (slash, '.');
	gsize stem = dot > slash + 1 ? (gsize) (dot - entry->address) : strlen (entry->address);
	/* What is cut off is told apart by the hash. */
	if (stem - (gsize) (slash + 1 - entry->address) > LONGEST_STEM)
		stem = (gsize) (g_utf8_find_prev_char (slash, slash + 1 + LONGEST_STEM) - entry->address);
	g_autofree char *whole = g_strconcat (entry->key, entry->address + stem, NULL);
	return g_strdup_printf ("%.*s.%08x.%u.%s", (int) stem, entry->address, g_str_hash (whole), version->width, endings[version->format]);
}

static gboolean put_file (RnImages *images, const char *url, const GString *data)
{
	GError *error = NULL;
	g_autofree char *path = g_strconcat ("site", url, NULL);
	if (!images->put || images->put (images->user, path, data->str, data->len, &error))
		return TRUE;
	g_mutex_lock (&images->lock);
	if (!images->error)
		images->error = g_steal_pointer (&error);
	g_mutex_unlock (&images->lock);
	g_clear_error (&error);
	return FALSE;
}

static void settle (RnImages *images, Entry *entry, const RnImageMade *made)
{
	guint n = made->versions->len;
	RnImage *image = &entry->image;
	entry->files = g_new (RnImageFile, n);
	for (guint i = 0; i < n; i++) {
		const RnImageVersion *version = &g_array_index (made->versions, RnImageVersion, i);
		entry->files[i] = (RnImageFile) { version->width, version->height, version->data->len, name_file (entry, version) };
		put_file (images, entry->files[i].url, version->data);
	}
	image->moves = made->moves;
	image->n_webp = n - 1;
	image->webp = entry->files;
	image->plain = entry->files[n - 1];
	/* The largest is the last of its kind. */
	image->width = entry->files[n > 1 ? n - 2 : 0].width;
	image->height = entry->files[n > 1 ? n - 2 : 0].height;
}

static gboolean make_responsive (RnImages *images, Entry *entry, const GString *data, GError **error)
{
	RnImageMade made = { 0 };
	rn_image_key (&images->rules, data->str, data->len, entry->key);
	gboolean fine = rn_image_cache_load (images->dir, entry->key, &made);
	if (!fine && (fine = rn_image_versions (&images->rules, data->str, data->len, &made, error)))
		rn_image_cache_save (images->dir, entry->key, &made);
	if (fine)
		settle (images, entry, &made);
	else
		*entry->key = 0;
	rn_image_made_clear (&made);
	return fine;
}

/* As it is: its size, and its bytes at its own address, which press/media.h puts there. */
static gboolean make_plain (Entry *entry, const GString *data, GError **error)
{
	RnImageFile *plain = &entry->image.plain;
	*plain = (RnImageFile) { .bytes = data->len, .url = entry->address };
	if (!rn_raster_size (data->str, data->len, &plain->width, &plain->height, error))
		return FALSE;
	entry->image.width = plain->width, entry->image.height = plain->height;
	entry->heavy = data->len > RN_IMAGES_HEAVY;
	return TRUE;
}

static gboolean make_drawing (Entry *entry, const GString *data, GError **error)
{
	RnImageFile *plain = &entry->image.plain;
	g_autoptr (GString) clean = g_string_sized_new (data->len);
	char what[32];
	if (!rn_sanitize_svg (data->str, data->len, clean, what)) {
		g_set_error_literal (error, RN_RASTER_ERROR, RN_RASTER_ERROR_BROKEN, data->len ? _("it is not an SVG picture") : _("the file is empty"));
		return FALSE;
	}
	*plain = (RnImageFile) { .bytes = clean->len, .url = entry->address };
	rn_image_svg_size (clean->str, &plain->width, &plain->height);
	entry->image.width = plain->width, entry->image.height = plain->height;
	entry->heavy = clean->len > RN_IMAGES_HEAVY;
	return TRUE;
}

static gboolean read_file (const RnImages *images, guint index, GString *data, GError **error)
{
	return rn_tree_read (images->site->tree, index, 0, RN_IMAGES_MAX, data, NULL, error);
}

static void make (RnImages *images, Entry *entry)
{
	g_autoptr (GString) data = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	gsize len = strlen (entry->address);
	gboolean fine = read_file (images, entry->index, data, &error);
	if (fine && len > 4 && !g_ascii_strcasecmp (entry->address + len - 4, ".svg"))
		fine = make_drawing (entry, data, &error);
	else if (fine)
		fine = images->rules.responsive ? make_responsive (images, entry, data, &error) : make_plain (entry, data, &error);
	if (!fine)
		entry->why = g_strdup (error->message);
}

/* --- what pages ask ---------------------------------------------------------------------------------------------------------- */

static gint index_of (const RnImages *images, const char *address)
{
	g_autofree char *path = *address == '/' ? g_strconcat (images->site->content, address + 1, NULL) : NULL;
	return path ? rn_tree_find (images->site->tree, path) : -1;
}

static void note_files (RnImages *images, Entry *entry)
{
	if (!entry->files)
		return;
	g_hash_table_add (images->used, entry->key);
	for (guint i = 0; i <= entry->image.n_webp; i++)
		g_hash_table_insert (images->by_url, (gpointer) entry->files[i].url, entry);
}

static Entry *entry_of (RnImages *images, guint index, const char *address)
{
	g_mutex_lock (&images->lock);
	Entry *entry = g_hash_table_lookup (images->entries, GUINT_TO_POINTER (index + 1));
	if (entry) {
		while (!entry->made)
			g_cond_wait (&images->made, &images->lock);
		g_mutex_unlock (&images->lock);
		return entry;
	}
	entry = g_new0 (Entry, 1);
	entry->index = index;
	entry->address = g_strdup (address);
	g_hash_table_insert (images->entries, GUINT_TO_POINTER (index + 1), entry);
	g_mutex_unlock (&images->lock);
	make (images, entry);
	g_mutex_lock (&images->lock);
	note_files (images, entry);
	entry->made = TRUE;
	g_cond_broadcast (&images->made);
	g_mutex_unlock (&images->lock);
	return entry;
}

const RnImage *rn_images_get (RnImages *images, const char *address, RnPlace place)
{
	gint index = index_of (images, address);
	if (index < 0)
		return NULL;
	const Entry *entry = entry_of (images, (guint) index, address);
	if (entry->why)
		rn_diagnose (images->sink, RN_D_IMAGE_BROKEN, place, address + 1, entry->why);
	if (entry->image.moves)
		rn_diagnose (images->sink, RN_D_IMAGE_MOVES, place, address + 1);
	if (entry->heavy) {
		g_autofree char *size = g_format_size (entry->image.plain.bytes);
		rn_diagnose (images->sink, RN_D_IMAGE_HEAVY, place, address + 1, size);
	}
	return entry->why ? NULL : &entry->image;
}

/* By its name: rasters alone have notes of a camera, and versions that stand for them. */
static gboolean is_raster_name (const char *name, gsize len)
{
	static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif" };
	for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
		gsize n = strlen (endings[i]);
		if (len > n && !g_ascii_strncasecmp (name + len - n, endings[i], n))
			return TRUE;
	}
	return FALSE;
}

void rn_images_want (RnImages *images, const char *address)
{
	gsize len = strcspn (address, "?#");
	if (!images->rules.responsive || *address != '/' || !is_raster_name (address, len))
		return;
	g_autofree char *path = g_strndup (address, len), *plain = g_uri_unescape_string (path, NULL);
	gint index = index_of (images, path);
	if (index < 0 && plain)
		index = index_of (images, plain);
	if (index < 0)
		return;
	g_mutex_lock (&images->lock);
	g_hash_table_add (images->wanted, GUINT_TO_POINTER ((guint) index + 1));
	g_mutex_unlock (&images->lock);
}

gboolean rn_images_wanted (const RnImages *images, guint tree_index)
{
	const char *path = rn_tree_path (images->site->tree, tree_index);
	return !images->rules.responsive || !is_raster_name (path, strlen (path)) || g_hash_table_contains (images->wanted, GUINT_TO_POINTER (tree_index + 1));
}

gboolean rn_images_read (RnImages *images, const char *url, GString *out)
{
	RnImageMade made = { 0 };
	g_string_truncate (out, 0);
	g_mutex_lock (&images->lock);
	const Entry *entry = g_hash_table_lookup (images->by_url, url);
	g_mutex_unlock (&images->lock);
	if (!entry)
		return FALSE;
	g_autoptr (GString) data = g_string_new (NULL);
	gboolean fine = rn_image_cache_load (images->dir, entry->key, &made) ||
	                (read_file (images, entry->index, data, NULL) && rn_image_versions (&images->rules, data->str, data->len, &made, NULL));
	for (guint i = 0; fine && i < made.versions->len && i <= entry->image.n_webp; i++) {
		const GString *version = g_array_index (made.versions, RnImageVersion, i).data;
		if (!strcmp (entry->files[i].url, url))
			g_string_append_len (out, version->str, (gssize) version->len);
	}
	rn_image_made_clear (&made);
	return out->len > 0;
}
