/* image - a picture's file: what it says of itself, without what its camera noted, and decoded where it says that it is small. */
#include "../world.h"
#include "base/raster.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (GString) bare = g_string_new (NULL);
	guint width = 0, height = 0;
	rn_raster_format (text, size);
	rn_raster_moves (text, size);
	const gboolean sized = rn_raster_size (text, size, &width, &height, NULL);
	if (rn_raster_bare (text, size, bare)) {
		g_autoptr (GString) again = g_string_new (NULL);
		guint w, h;
		if (sized && rn_raster_size (bare->str, bare->len, &w, &h, NULL))
			g_assert_true ((w == width && h == height) || (w == height && h == width));
		if (rn_raster_bare (bare->str, bare->len, again))
			g_assert_true (g_string_equal (bare, again));
	}
	if (!sized || (guint64) width * height > 10000)
		return 0;
	g_autoptr (RnRaster) raster = rn_raster_decode (text, size, 20, 20, NULL);
	if (raster && raster->width > 1 && raster->height > 1) {
		g_autoptr (RnRaster) small = rn_raster_shrink (raster, raster->width / 2, raster->height / 2);
		rn_raster_opaque (small);
	}
	return 0;
}
