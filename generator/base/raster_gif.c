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

/* Is the block at AT one that may say "put back what was there before" of the next picture? An empty one leaves what the one before it said. */
static gboolean puts_back (const guint8 *data, gsize len, gsize at)
{
	return at + 3 < len && data[at + 1] == 0xf9 && (!data[at + 2] || (data[at + 3] >> 2 & 7) >= 3);
}

/* Can nothing of the picture at AT be seen, or not be kept for later? The decoder would keep what lies below it, also beyond the edges of the whole. */
static gboolean lost (const guint8 *data, gsize at, gboolean back)
{
	const gint64 x = number (data + at + 1), y = number (data + at + 3), whole_width = number (data + 6), whole_height = number (data + 8);
	const gboolean beyond = x + number (data + at + 5) > whole_width || y + number (data + at + 7) > whole_height;
	return x >= whole_width || y >= whole_height || (back && beyond);
}

void rn_gif_read (const char *text, gsize len, RnGif *gif)
{
	const guint8 *data = (const guint8 *) text;
	gboolean back = FALSE;
	*gif = (RnGif) { 0 };
	if (len < HEAD)
		return;
	for (gsize at = HEAD + table (data[10]); at < len && data[at] != ';';) {
		if (data[at] == '!') {
			back |= puts_back (data, len, at);
			at = past_pieces (data, len, at + 2);
		} else if (data[at] == ',' && len - at > PICTURE) {
			const gint64 width = lost (data, at, back) ? 0 : number (data + at + 5), height = number (data + at + 7);
			const gint64 pixels = width * height, most = gif->width * gif->height;
			if (!gif->pictures++ || (most > 0 && (!pixels || pixels > most)))
				gif->width = width, gif->height = height;
			at = past_pieces (data, len, at + PICTURE + table (data[at + 9]) + 1);
		} else
			at++;
	}
}
