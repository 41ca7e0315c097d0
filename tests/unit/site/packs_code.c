/* packs_code.c - what the worker of layouts/sw.js does, done with zlib: head, opening and piece unpack to the dictionary and the page. */
#include "site/packs-int.h"

#include <string.h>
#include <zlib.h>

static const char head[10] = { 0x1f, (char) 0x8b, 8, 0, 0, 0, 0, 0, 2, 3 };

/* A gzip stream of PARTS unpacked; zlib holds its sum and length. */
static GString *unpack (const GString *parts)
{
	GString *out = g_string_new (NULL);
	char room[4096];
	z_stream stream = { .next_in = (Bytef *) (gpointer) parts->str, .avail_in = (uInt) parts->len };
	int status;
	g_assert_cmpint (inflateInit2 (&stream, 31), ==, Z_OK);
	do {
		stream.next_out = (Bytef *) (gpointer) room;
		stream.avail_out = sizeof room;
		status = inflate (&stream, Z_NO_FLUSH);
		g_string_append_len (out, room, (gssize) (sizeof room - stream.avail_out));
	} while (status == Z_OK);
	g_assert_cmpint (status, ==, Z_STREAM_END);
	g_assert_cmpuint (stream.avail_in, ==, 0);
	inflateEnd (&stream);
	return out;
}

/* As layouts/sw.js: a byte a letter, 255 before a UTF-16 unit. */
static char *decode (const RnAlphabet *alphabet, const char *bytes, gsize len)
{
	g_autofree gunichar2 *units = g_new0 (gunichar2, len + 1);
	gsize n = 0;
	for (gsize i = 0; i < len; i++) {
		guint8 byte = (guint8) bytes[i];
		if (byte == 255) {
			units[n++] = (gunichar2) ((guint8) bytes[i + 1] << 8 | (guint8) bytes[i + 2]);
			i += 2;
		} else {
			units[n++] = byte < 128 ? byte : alphabet->letters[byte - 128];
		}
	}
	return g_utf16_to_utf8 (units, (glong) n, NULL, NULL, NULL);
}

static void test_members (void)
{
	static const char *const texts[] = { "", "<p>Муҳоҷират — қоида ва ҳуқуқ</p>", "<p>Муҳоҷират, ҳуқуқ: ғ ӣ ӯ 😀 \xef\xbf\xbd</p>", "ASCII alone" };
	g_autofree guint32 *counts = g_new0 (guint32, 65536);
	RnAlphabet alphabet = { .n = 0 };
	g_autoptr (GString) dictionary = g_string_new (NULL);
	RnDeflater *deflater = rn_deflater_new ();
	g_assert_true (rn_alphabet_count (texts[1], strlen (texts[1]), counts));
	rn_alphabet_make (&alphabet, counts);
	rn_alphabet_encode (&alphabet, texts[1], strlen (texts[1]), dictionary);
	/* Each letter of the counted text is one byte. */
	g_assert_cmpuint (dictionary->len, ==, (gsize) g_utf8_strlen (texts[1], -1));
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
		gsize size;
		g_autoptr (GString) parts = g_string_new_len (head, sizeof head), coded = g_string_new (NULL);
		rn_alphabet_encode (&alphabet, texts[i], strlen (texts[i]), coded);
		rn_deflater_open (deflater, dictionary, parts);
		g_autofree guint8 *piece = rn_deflater_member (deflater, dictionary, coded->str, coded->len, &size);
		g_string_append_len (parts, (const char *) piece, (gssize) size);
		g_autoptr (GString) whole = unpack (parts);
		g_assert_cmpmem (whole->str, dictionary->len, dictionary->str, dictionary->len);
		g_autofree char *text = decode (&alphabet, whole->str + dictionary->len, whole->len - dictionary->len);
		g_assert_cmpstr (text, ==, texts[i]);
	}
	g_free (alphabet.place);
	rn_deflater_free (deflater);
}

/* More letters than bytes: the commonest have one, all come back. */
static void test_many_letters (void)
{
	g_autofree guint32 *counts = g_new0 (guint32, 65536);
	RnAlphabet alphabet = { .n = 0 };
	g_autoptr (GString) text = g_string_new (NULL), coded = g_string_new (NULL);
	for (guint c = 0x4e00; c < 0x4f00; c++)
		for (guint i = 0; i < 1 + (c & 1); i++)
			g_string_append_unichar (text, c);
	g_assert_true (rn_alphabet_count (text->str, text->len, counts));
	rn_alphabet_make (&alphabet, counts);
	g_assert_cmpuint (alphabet.n, ==, RN_ALPHABET_MAX);
	g_assert_cmpuint (alphabet.letters[0], ==, 0x4e01);
	rn_alphabet_encode (&alphabet, text->str, text->len, coded);
	g_autofree char *back = decode (&alphabet, coded->str, coded->len);
	g_assert_cmpstr (back, ==, text->str);
	g_assert_false (rn_alphabet_count ("\xff\xfe", 2, counts));
	g_free (alphabet.place);
}

static void test_gzip (void)
{
	g_autoptr (GString) text = g_string_new ("{\"p\":[]}"), file = g_string_new (NULL);
	RnDeflater *deflater = rn_deflater_new ();
	rn_deflater_gzip (deflater, text->str, text->len, file);
	g_autoptr (GString) back = unpack (file);
	g_assert_cmpmem (back->str, back->len, text->str, text->len);
	rn_deflater_free (deflater);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/packs/members", test_members);
	g_test_add_func ("/packs/many-letters", test_many_letters);
	g_test_add_func ("/packs/gzip", test_gzip);
	return g_test_run ();
}
