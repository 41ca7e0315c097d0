/*
 * raster_gif.c - the blocks of a GIF, before a decoder is given it: how many pictures it has, and how large the largest says that it is.
 *
 * The decoder asks for room by each picture's own size, which the size of the whole does not bound. Bytes between blocks are passed over, as decoders do;
 * where the file ends, so does the walk.
 */
#include "base/raster-int.h"

#define HEAD 13        /* signature, size of the whole, flags, two bytes more */
#define PICTURE 10     /* ',', place, size, flags */

/* Bytes of a table of colours, as FLAGS say. */
static gsize table (guint8 flags)
{
	return flags & 0x80 ? (gsize) 3 << ((flags & 7) + 1) : 0;
}

static gint64 number (const guint8 *at)
{
	return at[0] | at[1] << 8;
}

/* Past the pieces that begin at AT, each behind its length, up to one of none. */
static gsize past_pieces (const guint8 *data, gsize len, gsize at)
{
	while (at < len && data[at])
		at += data[at] + 1u;
	return at + 1;
}

void rn_gif_read (const char *text, gsize len, RnGif *gif)
{
	const guint8 *data = (const guint8 *) text;
	*gif = (RnGif) { 0 };
	if (len < HEAD)
		return;
	for (gsize at = HEAD + table (data[10]); at < len && data[at] != ';';) {
		if (data[at] == '!')
			at = past_pieces (data, len, at + 2);
		else if (data[at] == ',' && len - at > PICTURE) {
			/* What lies beside the whole has none that could be seen. */
			const gboolean beside = number (data + at + 1) >= number (data + 6) || number (data + at + 3) >= number (data + 8);
			const gint64 width = beside ? 0 : number (data + at + 5), height = number (data + at + 7);
			const gint64 pixels = width * height, most = gif->width * gif->height;
			if (!gif->pictures++ || (most > 0 && (!pixels || pixels > most)))
				gif->width = width, gif->height = height;
			at = past_pieces (data, len, at + PICTURE + table (data[at + 9]) + 1);
		} else
			at++;
	}
}
