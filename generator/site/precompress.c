/* precompress.c - compressors of libdeflate are handed from file to file; brotli's encoder is made for each. */
#include "site/precompress.h"

#include <brotli/encode.h>
#include <libdeflate.h>

#define GZIP_LEVEL 12
#define BROTLI_FAST 5
#define MIN_BYTES 256   /* a file smaller than that goes in one packet as it is */

struct RnPrecompress {
	GAsyncQueue *idle;   /* struct libdeflate_compressor */
	int quality;
};

static void free_compressor (gpointer compressor)
{
	libdeflate_free_compressor (compressor);
}

RnPrecompress *rn_precompress_new (gboolean best)
{
	RnPrecompress *self = g_new0 (RnPrecompress, 1);
	self->idle = g_async_queue_new_full (free_compressor);
	self->quality = best ? BROTLI_MAX_QUALITY : BROTLI_FAST;
	return self;
}

void rn_precompress_free (RnPrecompress *self)
{
	if (!self)
		return;
	g_async_queue_unref (self->idle);
	g_free (self);
}

static guint8 *keep_if_small (guint8 *bytes, gsize size, gsize len)
{
	if (size && size <= len - len / 10)
		return bytes;
	g_free (bytes);
	return NULL;
}

guint8 *rn_precompress_gzip (RnPrecompress *self, const char *data, gsize len, gsize *size)
{
	if (len < MIN_BYTES)
		return NULL;
	struct libdeflate_compressor *compressor = g_async_queue_try_pop (self->idle);
	if (!compressor)
		compressor = libdeflate_alloc_compressor (GZIP_LEVEL);
	guint8 *bytes = g_malloc (len);
	/* 0: it does not fit, so it does not shrink. */
	*size = libdeflate_gzip_compress (compressor, data, len, bytes, len);
	g_async_queue_push (self->idle, compressor);
	return keep_if_small (bytes, *size, len);
}

guint8 *rn_precompress_brotli (RnPrecompress *self, const char *data, gsize len, gsize *size)
{
	if (len < MIN_BYTES)
		return NULL;
	gsize room = BrotliEncoderMaxCompressedSize (len);
	guint8 *bytes = g_malloc (room);
	*size = room;
	if (!BrotliEncoderCompress (self->quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, len, (const guint8 *) data, size, bytes))
		*size = 0;
	return keep_if_small (bytes, *size, len);
}
