/*
 * font - a font's file: read, measured, text shaped with it. An input that does not begin as a font is a list of changes to one of eight letters: each two bytes of
 * a place and one to put there.
 */
#include "../world.h"
#include "print/font.h"

#include <hb-subset.h>

static void shape (const RnFace *face)
{
	static const char text[] = "Text fi ffl 12 Аа ӣқ";
	g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	g_autoptr (GString) missing = g_string_new (NULL);
	RnFonts *fonts = rn_fonts_new ();
	const RnFont *font = rn_fonts_get (fonts, face, RN_PT (10));
	rn_font_shape (font, text, sizeof text - 1, "ru", glyphs, missing);
	rn_font_width (font, "12", NULL);
	rn_face_has (face, 'a');
	rn_fonts_free (fonts);
}

/* A few letters of a real font, 3,000 bytes or so. */
static GString *few_letters (void)
{
	hb_blob_t *whole = hb_blob_create_from_file ("/usr/share/fonts/truetype/paratype/PTF55F.ttf");
	hb_face_t *face = hb_face_create (whole, 0);
	hb_subset_input_t *input = hb_subset_input_create_or_fail ();
	for (const char *p = "Text 12А"; *p; p = g_utf8_next_char (p))
		hb_set_add (hb_subset_input_unicode_set (input), g_utf8_get_char (p));
	hb_face_t *subset = hb_subset_or_fail (face, input);
	hb_blob_t *blob = hb_face_reference_blob (subset);
	guint len;
	const char *data = hb_blob_get_data (blob, &len);
	GString *letters = g_string_new_len (data, len);
	hb_blob_destroy (blob);
	hb_face_destroy (subset);
	hb_subset_input_destroy (input);
	hb_face_destroy (face);
	hb_blob_destroy (whole);
	return letters;
}

static void put_font (GString *files, const guint8 *data, gsize size)
{
	static GString *letters;
	const gsize at = files->len;
	if (size > 4 && (!memcmp (data, "\0\1\0\0", 4) || !memcmp (data, "OTTO", 4) || !memcmp (data, "true", 4) || !memcmp (data, "ttcf", 4))) {
		g_string_append_len (files, (const char *) data, (gssize) size);
		return;
	}
	if (!letters)
		letters = few_letters ();
	g_string_append_len (files, letters->str, (gssize) letters->len);
	for (gsize i = 0; i + 2 < size; i += 3)
		files->str[at + (data[i] << 8 | data[i + 1]) % letters->len] = (char) data[i + 2];
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autoptr (GString) files = g_string_new ("-- content/a.und.md --\n# A\n-- layouts/print/fonts/a.ttf --\n");
	const gsize before = files->len;
	put_font (files, data, size);
	if (memmem (files->str + before, files->len - before, "\n-- ", 4))
		return 0;
	FuzzWorld world = { .sink = rn_diagnostics_new () };
	fuzz_world_open (&world, fuzz_tree (files->str, files->len, NULL, world.sink), NULL, TRUE);
	g_assert_no_error (world.error);
	RnFontFiles *fonts = rn_font_files_new (world.site);
	const RnFace *face = rn_font_files_load (fonts, "a.ttf", NULL, RN_PLACE ("layouts/print/print.yaml", 1, 1), world.sink);
	if (face)
		shape (face);
	rn_font_files_free (fonts);
	fuzz_world_close (&world);
	return 0;
}
