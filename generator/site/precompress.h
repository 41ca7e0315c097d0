/* precompress.h - a file's bytes as gzip (libdeflate, level 12) and as brotli, for servers that send them as they are. */
#ifndef RN_SITE_PRECOMPRESS_H
#define RN_SITE_PRECOMPRESS_H

#include <glib.h>

typedef struct RnPrecompress RnPrecompress;

/* best: brotli at its highest quality, forty times as slow and a tenth smaller. */
RnPrecompress *rn_precompress_new (gboolean best);
void           rn_precompress_free (RnPrecompress *self);

/* Either answers NULL where less than a tenth would be saved. Free with g_free. Thread-safe. */
guint8 *rn_precompress_gzip (RnPrecompress *self, const char *data, gsize len, gsize *size);
guint8 *rn_precompress_brotli (RnPrecompress *self, const char *data, gsize len, gsize *size);

#endif
