/* font - which files are faces, what they measure, and text as glyphs. */
#include "setter-helper.h"

#define PT "/usr/share/fonts/truetype/paratype/"

typedef struct { char *dir; RnDiagnostics *sink; RnTree *tree; RnSite *site; RnFontFiles *files; } Faces;

/* A site with the files of layouts/print/fonts/ that CHANGE writes into DIR. */
static Faces *faces_open (void (*change) (const char *dir))
{
	const RnSiteOptions options = { .clock = TODAY };
	Faces *f = g_new0 (Faces, 1);
	f->dir = make_folder ();
	f->sink = rn_diagnostics_new ();
	write_file (f->dir, "content/faq/a.ru.md", "---\ntitle: A\n---\nText.\n");
	if (change)
		change (f->dir);
	f->tree = rn_tree_open_work (f->dir, NULL, NULL, f->sink, NULL);
	f->site = rn_site_open (f->tree, NULL, &options, f->sink, NULL);
	g_assert_nonnull (f->site);
	rn_diagnostics_free (f->sink);
	f->sink = rn_diagnostics_new ();
	f->files = rn_font_files_new (f->site);
	return f;
}

static void faces_free (Faces *f)
{
	rn_font_files_free (f->files);
	rn_site_free (f->site);
	rn_tree_free (f->tree);
	rn_diagnostics_free (f->sink);
	remove_folder (f->dir);
	g_free (f->dir);
	g_free (f);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Faces, faces_free)

static const RnFace *load (Faces *f, const char *name)
{
	static const char *const folders[] = { "/nowhere", "/usr/share/fonts/truetype/paratype", NULL };
	return rn_font_files_load (f->files, name, folders, RN_PLACE ("layouts/print/print.yaml", 7, 3), f->sink);
}

/* --- files ---------------------------------------------------------------------------------------------------------------- */

static void test_measures (void)
{
	g_autoptr (Faces) f = faces_open (NULL);
	const RnFace *regular = load (f, "PTF55F.ttf"), *bold = load (f, "PTF76F.ttf"), *mono = load (f, "PTM55F.ttf"), *sans = load (f, "PTS55F.ttf");
	g_assert_nonnull (regular);
	g_assert_cmpstr (regular->postscript_name, ==, "PTSerif-Regular");
	g_assert_cmpuint (regular->units_per_em, ==, 1000);
	g_assert_cmpint (regular->cap_height, ==, 700);
	g_assert_cmpint (regular->x_height, ==, 500);
	g_assert_cmpint (regular->ascent, ==, 1018);
	g_assert_cmpint (regular->descent, ==, -276);
	g_assert_cmpint (regular->weight, ==, 400);
	g_assert_true (regular->serif && !regular->bold && !regular->italic && !regular->fixed_pitch && !regular->italic_angle);
	g_assert_cmpint (regular->box[0], <, 0);
	g_assert_cmpint (regular->box[3], >, 1000);
	g_assert_true (bold->bold && bold->italic && bold->weight == 700 && bold->italic_angle == -12);
	g_assert_true (mono->fixed_pitch && !sans->serif);
	g_assert_cmpuint (rn_font_files_count (f->files), ==, 4);
	for (guint i = 0; i < 4; i++)
		g_assert_cmpuint (rn_font_files_nth (f->files, i)->number, ==, i);
	g_assert_true (load (f, "PTF55F.ttf") == regular);
	/* All letters of the languages that the press comes with. */
	for (const char *p = "ғӣқӯҳҷҒӢҚӮҲҶёЁ«»–—№"; *p; p = g_utf8_next_char (p))
		g_assert_true (rn_face_has (regular, g_utf8_get_char (p)));
	g_assert_false (rn_face_has (regular, 0x4e00));
}

/* The font with CHANGE made to the table TAG of its file. */
static void write_changed (const char *dir, const char *name, const char *tag, void (*change) (guchar *record, guchar *table))
{
	char *data;
	gsize len;
	g_assert_true (g_file_get_contents (PT "PTF55F.ttf", &data, &len, NULL));
	guchar *bytes = (guchar *) data;
	for (guint i = 0, n = (guint) bytes[4] << 8 | bytes[5]; i < n; i++) {
		guchar *record = bytes + 12 + 16 * i;
		if (!memcmp (record, tag, 4))
			change (record, bytes + ((guint) record[8] << 24 | (guint) record[9] << 16 | (guint) record[10] << 8 | record[11]));
	}
	g_autofree char *file = g_build_filename (dir, "layouts/print/fonts", name, NULL), *folder = g_path_get_dirname (file);
	g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
	g_assert_true (g_file_set_contents (file, data, (gssize) len, NULL));
	g_free (data);
}

static void forbid (G_GNUC_UNUSED guchar *record, guchar *table)
{
	table[8] = 0, table[9] = 2;
}

static void allow_preview (G_GNUC_UNUSED guchar *record, guchar *table)
{
	table[8] = 0, table[9] = 4;
}

static void no_part (G_GNUC_UNUSED guchar *record, guchar *table)
{
	table[8] = 1, table[9] = 0;
}

static void rename_table (guchar *record, G_GNUC_UNUSED guchar *table)
{
	record[3] = 'g'; /* still in its place by the alphabet */
}

static void write_faulty (const char *dir)
{
	write_file (dir, "layouts/print/fonts/text.ttf", "This is no font.\n");
	write_file (dir, "layouts/print/fonts/empty.ttf", "");
	write_changed (dir, "forbidden.ttf", "OS/2", forbid);
	write_changed (dir, "whole.ttf", "OS/2", no_part);
	write_changed (dir, "preview.ttf", "OS/2", allow_preview);
	write_changed (dir, "hollow.ttf", "glyf", rename_table);
}

static void test_refused (void)
{
	static const char *const names[] = { "absent.ttf", "text.ttf", "empty.ttf", "forbidden.ttf", "whole.ttf", "hollow.ttf", "../fonts/text.ttf", "" };
	g_autoptr (Faces) f = faces_open (write_faulty);
	for (guint round = 0; round < 2; round++)
		for (guint i = 0; i < G_N_ELEMENTS (names); i++)
			g_assert_null (load (f, names[i]));
	g_assert_nonnull (load (f, "preview.ttf"));
	guint n, missing = 0;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (f->sink, &n);
	g_autoptr (GString) said = g_string_new (NULL);
	for (guint i = 0; i < n; i++) {
		g_string_append_printf (said, "%s\n", list[i]->message);
		missing += list[i]->id == RN_D_FONT_MISSING;
		g_assert_cmpstr (list[i]->where.file, ==, "layouts/print/print.yaml");
	}
	g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
	g_assert_cmpuint (missing, ==, 3);
	g_assert_nonnull (strstr (said->str, "'text.ttf' cannot be used: it is not an OpenType font"));
	g_assert_nonnull (strstr (said->str, "'forbidden.ttf' cannot be used: its licence forbids embedding"));
	g_assert_nonnull (strstr (said->str, "'whole.ttf' cannot be used: its licence forbids embedding"));
	g_assert_nonnull (strstr (said->str, "'hollow.ttf' cannot be used: it has no outlines"));
	g_assert_cmpuint (rn_font_files_count (f->files), ==, 1);
}

/* --- text ----------------------------------------------------------------------------------------------------------------- */

/* All glyphs' texts are TEXT, in order. */
static void assert_whole (const GArray *glyphs, const char *text)
{
	g_autoptr (GString) all = g_string_new (NULL);
	for (guint i = 0; i < glyphs->len; i++) {
		const RnGlyph *glyph = &g_array_index (glyphs, RnGlyph, i);
		g_string_append_len (all, glyph->text, glyph->len);
		g_assert_true (g_utf8_validate (glyph->text, glyph->len, NULL));
		g_assert_true (glyph->text >= text && glyph->text < text + strlen (text));
	}
	g_assert_cmpstr (all->str, ==, text);
}

static void test_shape (void)
{
	static const char *const texts[] = {
		"", "a", "Давлат fi ffl", "Роҳи дур ва ҷойи нав", "a\302\240b\342\200\211c", "е\314\201 и\314\206\314\201x", "8 (992) 37", "ab\331\205\330\261c", "\360\237\230\200",
		"a\342\200\213b\342\201\240c\357\273\277d",
	};
	g_autoptr (Faces) f = faces_open (NULL);
	const RnFace *face = load (f, "PTF55F.ttf");
	RnFonts *fonts = rn_fonts_new ();
	const RnFont *font = rn_fonts_get (fonts, face, RN_PT (10)), *large = rn_fonts_get (fonts, face, RN_PT (20));
	g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	g_assert_true (rn_fonts_get (fonts, face, RN_PT (10)) == font && font != large);
	g_assert_cmpint (font->cap_height, ==, 7000);
	g_assert_cmpint (font->ascent, ==, 10180);
	g_assert_cmpint (font->descent, ==, 2760);
	g_assert_cmpint (large->space, ==, 2 * font->space);
	g_assert_cmpint (font->hyphen, ==, rn_font_width (font, "-", "ru"));
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
		g_array_set_size (glyphs, 0);
		rn_font_shape (font, texts[i], strlen (texts[i]), "tg", glyphs, NULL);
		assert_whole (glyphs, texts[i]);
	}
	/* No ligature joins what a hyphen may part; kerning is on. */
	g_array_set_size (glyphs, 0);
	rn_font_shape (font, "fi", 2, "en", glyphs, NULL);
	g_assert_cmpuint (glyphs->len, ==, 2);
	g_assert_cmpint (rn_font_width (font, "AV", "en"), <, rn_font_width (font, "A", "en") + rn_font_width (font, "V", "en"));
	/* Glyphs are appended. */
	rn_font_shape (font, "ab", 2, "en", glyphs, NULL);
	g_assert_cmpuint (glyphs->len, ==, 4);
	rn_fonts_free (fonts);
}

static void test_missing (void)
{
	g_autoptr (Faces) f = faces_open (NULL);
	RnFonts *fonts = rn_fonts_new ();
	const RnFont *font = rn_fonts_get (fonts, load (f, "PTF55F.ttf"), RN_PT (10));
	g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	g_autoptr (GString) missing = g_string_new (NULL), long_text = g_string_new ("а");
	rn_font_shape (font, "Аӯ \302\240\302\255«–»", strlen ("Аӯ \302\240\302\255«–»"), "tg", glyphs, missing);
	g_assert_cmpstr (missing->str, ==, "");
	rn_font_shape (font, "a中b中ℵ", strlen ("a中b中ℵ"), "ru", glyphs, missing);
	g_assert_cmpstr (missing->str, ==, "中中ℵ");
	/* A letter with more marks than a glyph's text can hold: nothing is lost. */
	for (guint i = 0; i < 400; i++)
		g_string_append (long_text, "\314\201");
	g_string_append (long_text, "б");
	g_array_set_size (glyphs, 0);
	rn_font_shape (font, long_text->str, long_text->len, "ru", glyphs, NULL);
	assert_whole (glyphs, long_text->str);
	rn_fonts_free (fonts);
}

/* A word that was met before looks as it did in the whole, whatever stood beside it. */
static void test_words (void)
{
	static const char *const files[] = { "PTF55F.ttf", "PTF76F.ttf", "PTS55F.ttf", "PTM55F.ttf" };
	static const char text[] = "Т. е. AV Tо «Да» — То, «А» Т, LT Yo Ғам. P. 7, 17 Уж ўк Г. Р, 1 T 1 Ту — та; «Тут» Av. а\314\201 — 中 “a” L'a T";
	g_autoptr (Faces) f = faces_open (NULL);
	GRand *rand = g_rand_new_with_seed (7);
	g_auto (GStrv) words = g_strsplit (text, " ", -1);
	for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
		RnFonts *fonts = rn_fonts_new ();
		const RnFont *font = rn_fonts_get (fonts, load (f, files[i]), RN_PT (10));
		g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
		hb_buffer_t *buffer = hb_buffer_create ();
		for (guint round = 0; round < 300; round++) {
			g_autoptr (GString) line = g_string_new ("Тест");
			for (guint k = 0; k < 12; k++)
				g_string_append_printf (line, "%s%s", g_rand_int_range (rand, 0, 9) ? " " : "  ", words[g_rand_int_range (rand, 0, (gint) g_strv_length (words))]);
			g_array_set_size (glyphs, 0);
			rn_font_shape (font, line->str, line->len, "ru", glyphs, NULL);
			assert_whole (glyphs, line->str);
			hb_buffer_clear_contents (buffer);
			hb_buffer_add_utf8 (buffer, line->str, (int) line->len, 0, -1);
			hb_buffer_set_language (buffer, hb_language_from_string ("ru", -1));
			hb_buffer_guess_segment_properties (buffer);
			hb_shape (font->hb, buffer, &(hb_feature_t) { HB_TAG ('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END }, 1);
			guint n;
			const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (buffer, &n);
			const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions (buffer, NULL);
			g_assert_cmpuint (n, ==, glyphs->len);
			for (guint k = 0; k < n; k++) {
				const RnGlyph *glyph = &g_array_index (glyphs, RnGlyph, k);
				g_assert_cmpuint (glyph->glyph, ==, infos[k].codepoint);
				g_assert_cmpint (glyph->advance, ==, positions[k].x_advance);
				g_assert_true (glyph->dx == positions[k].x_offset && glyph->dy == positions[k].y_offset);
			}
		}
		hb_buffer_destroy (buffer);
		rn_fonts_free (fonts);
	}
	g_rand_free (rand);
}

/* --- threads ---------------------------------------------------------------------------------------------------------------- */

static gpointer shape_all (gpointer face)
{
	static const char text[] = "Барои гирифтани патент 30 рӯз вақт доред. Для получения патента у вас есть 30 дней.";
	RnFonts *fonts = rn_fonts_new ();
	GArray *glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	for (guint i = 0; i < 200; i++)
		rn_font_shape (rn_fonts_get (fonts, face, 8000 + (RnLength) i % 7 * 500), text, strlen (text), i & 1 ? "tg" : "ru", glyphs, NULL);
	rn_fonts_free (fonts);
	return glyphs;
}

static void test_threads (void)
{
	g_autoptr (Faces) f = faces_open (NULL);
	const RnFace *face = load (f, "PTS76F.ttf");
	g_autoptr (GArray) alone = shape_all ((gpointer) face);
	GThread *threads[4];
	for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
		threads[i] = g_thread_new ("shape", shape_all, (gpointer) face);
	for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
		g_autoptr (GArray) glyphs = g_thread_join (threads[i]);
		g_assert_cmpmem (glyphs->data, glyphs->len * sizeof (RnGlyph), alone->data, alone->len * sizeof (RnGlyph));
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/font/measures", test_measures);
	g_test_add_func ("/font/refused", test_refused);
	g_test_add_func ("/font/shape", test_shape);
	g_test_add_func ("/font/missing", test_missing);
	g_test_add_func ("/font/words", test_words);
	g_test_add_func ("/font/threads", test_threads);
	return g_test_run ();
}
