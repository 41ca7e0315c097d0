/* packs_code.c - a text with a byte a letter, and deflate against a dictionary that a phone has already. */
#include "site/packs-int.h"

#include <string.h>
#include <zlib.h>

#define ESCAPE 0xff   /* a UTF-16 unit follows, the high byte first */

/* --- alphabets ------------------------------------------------------------------------------------------------------------ */

gboolean rn_alphabet_count (const char *text, gsize len, guint32 counts[65536])
{
	if (!g_utf8_validate (text, (gssize) len, NULL))
		return FALSE;
	for (const char *at = text, *end = text + len; at < end; at = g_utf8_next_char (at)) {
		gunichar c = (guint8) *at < 0x80 ? 0 : g_utf8_get_char (at);
		if (c && c < 0x10000)
			counts[c]++;
	}
	return TRUE;
}

/* The commonest letters; of equally common ones the first by code. */
void rn_alphabet_make (RnAlphabet *alphabet, const guint32 *counts)
{
	alphabet->place = g_new0 (guint8, 65536);
	for (alphabet->n = 0; alphabet->n < RN_ALPHABET_MAX; alphabet->n++) {
		guint best = 0;
		for (guint c = 0x80; c < 65536; c++)
			if (!alphabet->place[c] && counts[c] > counts[best])
				best = c;
		if (!best)
			break;
		alphabet->letters[alphabet->n] = (gunichar2) best;
		alphabet->place[best] = (guint8) (alphabet->n + 1);
	}
}

static void put_unit (GString *out, gunichar2 unit)
{
	const char bytes[3] = { (char) ESCAPE, (char) (unit >> 8), (char) unit };
	g_string_append_len (out, bytes, 3);
}

void rn_alphabet_encode (const RnAlphabet *alphabet, const char *text, gsize len, GString *out)
{
	for (const char *at = text, *end = text + len; at < end; at = g_utf8_next_char (at)) {
		if ((guint8) *at < 0x80) {
			g_string_append_c (out, *at);
			continue;
		}
		gunichar c = g_utf8_get_char (at);
		if (c < 0x10000 && alphabet->place[c]) {
			g_string_append_c (out, (char) (0x80 + alphabet->place[c] - 1));
		} else if (c < 0x10000) {
			put_unit (out, (gunichar2) c);
		} else {
			put_unit (out, (gunichar2) (0xd800 + ((c - 0x10000) >> 10)));
			put_unit (out, (gunichar2) (0xdc00 + ((c - 0x10000) & 0x3ff)));
		}
	}
}

/* --- deflate -------------------------------------------------------------------------------------------------------------- */

struct RnDeflater { z_stream stream; };

RnDeflater *rn_deflater_new (void)
{
	RnDeflater *self = g_new0 (RnDeflater, 1);
	if (deflateInit2 (&self->stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		g_error ("deflate cannot begin");
	return self;
}

void rn_deflater_free (RnDeflater *self)
{
	if (!self)
		return;
	deflateEnd (&self->stream);
	g_free (self);
}

/* All of DATA after DICTIONARY (may be NULL), with EXTRA bytes of room behind. */
static guint8 *run (RnDeflater *self, const GString *dictionary, const char *data, gsize len, int flush, gsize extra, gsize *size)
{
	z_stream *stream = &self->stream;
	deflateReset (stream);
	if (dictionary && dictionary->len)
		deflateSetDictionary (stream, (const Bytef *) dictionary->str, (uInt) dictionary->len);
	gsize room = deflateBound (stream, len) + 64;
	guint8 *out = g_malloc (room + extra);
	stream->next_in = (Bytef *) (gpointer) data;
	stream->avail_in = (uInt) len;
	stream->next_out = out;
	stream->avail_out = (uInt) room;
	deflate (stream, flush);
	*size = room - stream->avail_out;
	return out;
}

void rn_deflater_open (RnDeflater *self, const GString *dictionary, GString *out)
{
	gsize size;
	g_autofree guint8 *bytes = run (self, NULL, dictionary->str, dictionary->len, Z_SYNC_FLUSH, 0, &size);
	g_string_append_len (out, (const char *) bytes, (gssize) size);
}

static void put32 (guint8 *at, guint32 value)
{
	for (guint i = 0; i < 4; i++)
		at[i] = (guint8) (value >> 8 * i);
}

guint8 *rn_deflater_member (RnDeflater *self, const GString *dictionary, const char *data, gsize len, gsize *size)
{
	guint8 *bytes = run (self, dictionary, data, len, Z_FINISH, 8, size);
	uLong sum = crc32 (crc32 (0, (const Bytef *) dictionary->str, (uInt) dictionary->len), (const Bytef *) data, (uInt) len);
	put32 (bytes + *size, (guint32) sum);
	put32 (bytes + *size + 4, (guint32) (dictionary->len + len));
	*size += 8;
	return g_realloc (bytes, *size);
}

void rn_deflater_gzip (RnDeflater *self, const char *data, gsize len, GString *out)
{
	static const char head[10] = { 0x1f, (char) 0x8b, 8, 0, 0, 0, 0, 0, 2, 3 };
	const GString none = { .str = (char *) "" };
	gsize size;
	g_autofree guint8 *bytes = rn_deflater_member (self, &none, data, len, &size);
	g_string_append_len (out, head, sizeof head);
	g_string_append_len (out, (const char *) bytes, (gssize) size);
}
