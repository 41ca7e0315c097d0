/* raster-int.h - what the files that read pictures share. */
#ifndef RN_BASE_RASTER_INT_H
#define RN_BASE_RASTER_INT_H

#include "base/raster.h"

/* pictures: how many a GIF has; width, height: of one that has no pixels, or none that could be seen, else of the largest. */
typedef struct { guint pictures; gint64 width, height; } RnGif;

/* Walks over a file that rn_raster_format takes for a GIF, to its end or as far as it goes. */
void rn_gif_read (const char *data, gsize len, RnGif *gif);

#endif
