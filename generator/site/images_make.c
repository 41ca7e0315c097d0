/*
 * images_make.c - one picture -> WebP in each width, and one file that every browser shows.
 *
 * No version is larger than the original. Drawings and screenshots (PNG, GIF) are also tried without loss, which is smaller for flat colours.
 */
#include "site/images-int.h"

#include <string.h>

static void clear_version (gpointer data)
{
	RnImageVersion *version = data;
	if (version->data)
		g_string_free (version->data, TRUE);
}

void rn_image_made_init (RnImageMade *made)
{
	*made = (RnImageMade) { .versions = g_array_new (FALSE, TRUE, sizeof (RnImageVersion)) };
	g_array_set_clear_func (made->versions, clear_version);
}

void rn_image_made_clear (RnImageMade *made)
{
	g_clear_pointer (&made->versions, g_array_unref);
}

static void add (RnImageMade *made, RnRasterFormat format, guint width, guint height, GString *data)
{
	RnImageVersion version = { width, height, format, data };
	g_array_append_val (made->versions, version);
}

/* The widths to make of a picture that has WIDTH: those clearly below it, and its own or the largest asked for. */
static guint choose_widths (const RnImageRules *rules, guint width, guint chosen[RN_IMAGES_WIDTHS + 1])
{
	guint most = MIN (width, rules->widths[rules->n_widths - 1]), n = 0;
	for (guint i = 0; i < rules->n_widths && rules->widths[i] * 8 <= most * 7; i++)
		chosen[n++] = rules->widths[i];
	chosen[n++] = most;
	return n;
}

/* flat: becomes FALSE where trying without loss was in vain by so much that it will be for more pixels too. */
static GString *encode_webp (const RnRaster *raster, guint quality, gboolean *flat)
{
	GString *lossy = rn_raster_encode (raster, RN_RASTER_WEBP, quality, NULL), *exact = *flat ? rn_raster_encode (raster, RN_RASTER_WEBP, 0, NULL) : NULL;
	*flat = lossy && exact && exact->len < 2 * lossy->len;
	if (lossy && exact && exact->len > lossy->len)
		g_string_free (g_steal_pointer (&exact), TRUE);
	if (!exact)
		return lossy;
	if (lossy)
		g_string_free (lossy, TRUE);
	return exact;
}

/* In the original's format where that is one that every browser shows. An untouched original without its notes may be the smallest. */
static GString *encode_plain (const RnRaster *raster, RnRasterFormat format, const RnImageRules *rules, const char *data, gsize len, gboolean untouched, GError **error)
{
	GString *out = rn_raster_encode (raster, format, rules->quality, error);
	if (!out || !untouched || rn_raster_format (data, len) != format)
		return out;
	GString *bare = g_string_sized_new (len);
	gboolean smaller = rn_raster_bare (data, len, bare) && bare->len < out->len;
	g_string_free (smaller ? out : bare, TRUE);
	return smaller ? bare : out;
}

static RnRaster *sized (const RnRaster *whole, guint width, guint height)
{
	if (width < whole->width || height < whole->height)
		return rn_raster_shrink (whole, MIN (width, whole->width), MIN (height, whole->height));
	RnRaster *same = g_new (RnRaster, 1);
	*same = *whole;
	same->held = NULL;
	same->release = g_free;
	return same;
}

typedef struct { const RnImageRules *rules; const char *data; gsize len; RnRasterFormat format, plain; guint width, height; const RnRaster *whole; } Source;

static gboolean make_versions (const Source *from, RnImageMade *made, GError **error)
{
	guint widths[RN_IMAGES_WIDTHS + 1], n = choose_widths (from->rules, from->width, widths), best = 0;
	gboolean flat = from->format == RN_RASTER_PNG || from->format == RN_RASTER_GIF;
	GString *plain = NULL;
	guint plain_height = 0;
	while (best + 1 < n && widths[best] < RN_IMAGES_PHONE)
		best++;
	for (guint i = 0; i < n; i++) {
		guint height = (guint) MAX (((guint64) from->height * widths[i] + from->width / 2) / from->width, 1);
		g_autoptr (RnRaster) raster = sized (from->whole, widths[i], height);
		GString *webp = encode_webp (raster, from->rules->quality, &flat);
		if (webp)
			add (made, RN_RASTER_WEBP, widths[i], height, webp);
		if (i != best)
			continue;
		plain_height = height;
		if (!(plain = encode_plain (raster, from->plain, from->rules, from->data, from->len, widths[i] == from->width, error)))
			return FALSE;
	}
	/* A small mark may weigh less as it was. */
	if (n == 1 && made->versions->len && g_array_index (made->versions, RnImageVersion, 0).data->len >= plain->len)
		g_array_set_size (made->versions, 0);
	add (made, from->plain, widths[best], plain_height, plain);
	return TRUE;
}

gboolean rn_image_versions (const RnImageRules *rules, const char *data, gsize len, RnImageMade *made, GError **error)
{
	Source from = { .rules = rules, .data = data, .len = len, .format = rn_raster_format (data, len) };
	rn_image_made_init (made);
	guint most = rules->widths[rules->n_widths - 1];
	if (!rn_raster_size (data, len, &from.width, &from.height, error))
		return FALSE;
	guint need = MIN (most, from.width);
	g_autoptr (RnRaster) whole = rn_raster_decode (data, len, need, (guint) ((guint64) from.height * need / from.width), error);
	if (!whole)
		return FALSE;
	from.whole = whole;
	gboolean photo = from.format == RN_RASTER_JPEG || ((from.format == RN_RASTER_WEBP || from.format == RN_RASTER_AVIF) && rn_raster_opaque (whole));
	from.plain = photo ? RN_RASTER_JPEG : RN_RASTER_PNG;
	made->moves = rn_raster_moves (data, len);
	return make_versions (&from, made, error);
}

/* --- drawings --------------------------------------------------------------------------------------------------------------- */

/* The value of attribute NAME (" width=\"") of the tag that begins SVG; NULL: it has none. */
static const char *attribute (const char *svg, const char *name)
{
	const char *end = strchr (svg, '>'), *found = end ? g_strstr_len (svg, end - svg, name) : NULL;
	return found ? found + strlen (name) : NULL;
}

/* A CSS length in pixels; 0: none, or one that depends on where it stands. */
static double length (const char *text)
{
	static const struct { const char *unit; double pixels; } units[] = {
		{ "px", 1 }, { "pt", 96 / 72.0 }, { "pc", 16 }, { "mm", 96 / 25.4 }, { "cm", 96 / 2.54 }, { "in", 96 }, { "\"", 1 },
	};
	char *end = NULL;
	double n = text ? g_ascii_strtod (text, &end) : 0;
	for (guint i = 0; n > 0 && n < 100000 && i < G_N_ELEMENTS (units); i++)
		if (g_str_has_prefix (end, units[i].unit))
			return n * units[i].pixels;
	return 0;
}

static guint pixels (double n)
{
	return (guint) CLAMP (n + 0.5, 1, 100000);
}

void rn_image_svg_size (const char *svg, guint *width, guint *height)
{
	double w = length (attribute (svg, " width=\"")), h = length (attribute (svg, " height=\"")), view[4] = { 0 };
	char *at = (char *) attribute (svg, " viewBox=\"");
	for (guint i = 0; at && i < 4; i++) {
		while (*at == ' ' || *at == ',' || *at == '\t' || *at == '\n')
			at++;
		view[i] = g_ascii_strtod (at, &at);
	}
	gboolean has_view = view[2] > 0 && view[3] > 0 && view[2] < 1e6 && view[3] < 1e6;
	if (has_view && w <= 0)
		w = h > 0 ? h * view[2] / view[3] : view[2];
	if (has_view && h <= 0)
		h = w * view[3] / view[2];
	gboolean known = w > 0 && h > 0;
	*width = known ? pixels (w) : 0;
	*height = known ? pixels (h) : 0;
}
