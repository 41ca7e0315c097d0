/*
 * pdf_icc.c - a profile of grey with gamma 2.2 (ICC.1:1998-09, version 2), made here: an archive file must bring its own.
 */
#include "print/pdf-int.h"

#include <string.h>

static void put_u32 (GString *out, guint32 value)
{
	for (gint shift = 24; shift >= 0; shift -= 8)
		g_string_append_c (out, (char) (value >> shift));
}

static void put_zeros (GString *out, guint n)
{
	while (n--)
		g_string_append_c (out, '\0');
}

/* D50, the white of all profiles, in 16.16. */
static void put_white (GString *out)
{
	put_u32 (out, 0xF6D6);
	put_u32 (out, 0x10000);
	put_u32 (out, 0xD32D);
}

static void put_description (GString *out, const char *text)
{
	const guint len = (guint) strlen (text) + 1;
	g_string_append (out, "desc");
	put_u32 (out, 0);
	put_u32 (out, len);
	g_string_append_len (out, text, len);
	put_zeros (out, 4 + 4 + 2 + 1 + 67);   /* no Unicode, no Macintosh text */
}

static void put_copyright (GString *out, const char *text)
{
	g_string_append (out, "text");
	put_u32 (out, 0);
	g_string_append_len (out, text, (gssize) strlen (text) + 1);
}

static void put_white_point (GString *out, const char *unused G_GNUC_UNUSED)
{
	g_string_append (out, "XYZ ");
	put_u32 (out, 0);
	put_white (out);
}

static void put_curve (GString *out, const char *unused G_GNUC_UNUSED)
{
	g_string_append (out, "curv");
	put_u32 (out, 0);
	put_u32 (out, 1);
	g_string_append_len (out, "\x02\x33\0\0", 4);   /* 2.2 in 8.8, padded */
}

static void put_header (GString *out, guint size)
{
	put_u32 (out, size);
	put_u32 (out, 0);
	put_u32 (out, 0x02100000);
	g_string_append (out, "mntrGRAYXYZ ");
	g_string_append_len (out, "\x07\xD0\0\1\0\1\0\0\0\0\0\0", 12);   /* 2000-01-01: the profile is the same for ever */
	g_string_append (out, "acsp");
	put_zeros (out, 4 + 4 + 4 + 4 + 8 + 4);
	put_white (out);
	put_zeros (out, 48);
}

static GString *make_profile (void)
{
	static const struct { const char *name; void (*put) (GString *out, const char *text); const char *text; } tags[] = {
		{ "desc", put_description, "Grey, gamma 2.2" }, { "cprt", put_copyright, "No copyright, use freely" }, { "wtpt", put_white_point, NULL },
		{ "kTRC", put_curve, NULL },
	};
	const guint n = G_N_ELEMENTS (tags), start = 128 + 4 + 12 * n;
	g_autoptr (GString) table = g_string_new (NULL), data = g_string_new (NULL);
	put_u32 (table, n);
	for (guint i = 0; i < n; i++) {
		const gsize at = data->len;
		tags[i].put (data, tags[i].text);
		g_string_append (table, tags[i].name);
		put_u32 (table, (guint32) (start + at));
		put_u32 (table, (guint32) (data->len - at));
		put_zeros (data, (4 - data->len % 4) % 4);
	}
	GString *out = g_string_new (NULL);
	put_header (out, start + (guint) data->len);
	g_string_append_len (out, table->str, (gssize) table->len);
	g_string_append_len (out, data->str, (gssize) data->len);
	return out;
}

guint rn_pdf_grey_profile_write (RnPdfFile *file)
{
	g_autoptr (GString) profile = make_profile ();
	const guint number = rn_pdf_reserve (file);
	rn_pdf_stream (file, number, "/N 1", profile->str, profile->len);
	return number;
}
