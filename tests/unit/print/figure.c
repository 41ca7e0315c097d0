/* Pictures in a text: their size, their tags, their captions, and what stands there when there is none. */
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "boxes.h"

#define MEASURE RN_PT (334)
#define COLUMN RN_PT (500)

#define SITE \
	"-- content/a.ru.md --\n---\ntitle: A\n---\n\ntext\n" \
	"-- content/media/wide.svg --\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 360 180'><path d='M20 20h320v140h-320z' fill='none' stroke='#000' stroke-width='2'/></svg>\n" \
	"-- content/media/tall.svg --\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 1000'><rect width='100' height='1000'/></svg>\n" \
	"-- content/media/icon.svg --\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><rect width='10' height='10'/></svg>\n" \
	"-- content/media/mark.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><rect width='16' height='16'/></svg>\n" \
	"-- content/media/blur.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'><filter id='f'/><rect width='100' height='50' filter='url(#f)'/></svg>\n" \
	"-- content/media/words.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'><text x='50' y='30' text-anchor='middle'>日 слово</text></svg>\n" \
	"-- content/media/broken.svg --\n<svg><g></svg>\n" \
	"-- content/media/photo.png --\n\n-- content/media/small.png --\n\n-- content/media/cut.png --\n\n"

static void write_png (const Setting *s, const char *name, gint width, gint height, gsize cut)
{
	g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
	g_autofree char *data = NULL, *path = g_build_filename (s->dir, "content", "media", name, NULL);
	gsize len;
	gdk_pixbuf_fill (pixbuf, 0x336699ff);
	g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &len, "png", NULL, NULL));
	g_assert_true (g_file_set_contents (path, data, (gssize) (len - cut), NULL));
}

static Setting *open_site (void)
{
	Setting *s = box_open (SITE, "ru");
	s->setter.pictures = rn_pictures_new (s->setter.book->arena);
	write_png (s, "photo.png", 600, 300, 0);
	write_png (s, "small.png", 100, 50, 0);
	write_png (s, "cut.png", 600, 300, 40);
	return s;
}

static void close_site (Setting *s)
{
	rn_pictures_free (s->setter.pictures);
	setting_free (s);
}

static const RnPiece *nth (const RnGalley *galley, guint i)
{
	g_assert_cmpuint (i, <, galley->pieces->len);
	return g_ptr_array_index (galley->pieces, i);
}

/* What was told since the last call, "line: message" each. */
static char *told (Setting *s)
{
	GString *out = g_string_new (NULL);
	guint n;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (s->sink, &n);
	for (guint i = 0; i < n; i++)
		if (all[i]->id == RN_D_PICTURE_BROKEN || all[i]->id == RN_D_PICTURE_COARSE || all[i]->id == RN_D_GLYPH_MISSING)
			g_string_append_printf (out, "%u: %s\n", all[i]->where.line, all[i]->message);
	return g_string_free (out, FALSE);
}

#define assert_told(s, wanted) G_STMT_START { g_autofree char *got = told (s); g_assert_cmpstr (got, ==, wanted); } G_STMT_END

/* The drawing without its white, in its own tag; the caption below it, holding on. */
static void test_drawing (void)
{
	Setting *s = open_site ();
	RnGalley *galley = box_set (s, "text\n\n![What is seen](media/wide.svg \"What it is\")\n\nafter", MEASURE, COLUMN);
	const RnPiece *picture = nth (galley, 1), *caption = nth (galley, 2), *after = nth (galley, 3);
	const RnTag *figure = picture->marks[0].tag, *words = caption->marks[0].tag;
	g_assert_cmpuint (galley->pieces->len, ==, 4);
	g_assert_true (figure->role == RN_ROLE_FIGURE && words->role == RN_ROLE_CAPTION);
	g_assert_cmpstr (figure->alt, ==, "What is seen");
	g_assert_true (figure->parent == words->parent && figure->parent->role == RN_ROLE_DIV);
	g_assert_true (picture->penalty < RN_KEEP && caption->penalty == RN_KEEP && after->penalty < RN_KEEP);
	g_assert_true (picture->line == 7 && picture->space > 0 && caption->space > 0);
	/* At type of 10 points a unit is 0.6 * 10 / 10.5 points; 322 x 142 of them are ink. */
	const RnMark *mark = &picture->marks[0];
	RnLength half = mark->path->width / 2;
	g_assert_cmpint (mark->path->width, ==, 1143);
	g_assert_cmpint (mark->x, ==, half);
	g_assert_cmpint (mark->y, ==, half);
	g_assert_true (ABS (mark->w - RN_PT (320 * 6 / 10.5)) <= 2);
	g_assert_true (ABS (picture->height - (mark->h + 2 * half)) <= 1);
	assert_inside (galley, MEASURE);
	assert_told (s, "");
	rn_galley_free (galley);
	close_site (s);
}

static void test_sizes (void)
{
	static const struct { const char *file; double width, height; gboolean picture; } sizes[] = {
		{ "tall.svg", 22.5, 225, FALSE },      /* 45 percent of the column */
		{ "icon.svg", 111.33, 111.33, FALSE }, /* a viewBox of 10 is no size: a third of the measure */
		{ "mark.svg", 9.14, 9.14, FALSE },     /* this one is */
		{ "photo.png", 216, 108, TRUE },       /* 450 points by its pixels, 334 by the measure, 216 at 200 dots an inch */
		{ "small.png", 75, 37.5, TRUE },       /* 36 at 200 dots, but that is less than half the measure */
		{ "blur.svg", 57.14, 28.57, TRUE },    /* by librsvg */
	};
	for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
		Setting *s = open_site ();
		g_autofree char *text = g_strdup_printf ("![a](media/%s)", sizes[i].file);
		RnGalley *galley = box_set (s, text, MEASURE, COLUMN);
		const RnPiece *piece = nth (galley, 0);
		const RnMark *mark = &piece->marks[0];
		g_test_message ("%s: %d x %d", sizes[i].file, mark->w, mark->h);
		g_assert_true (galley->pieces->len == 1 && piece->n_marks == 1);
		g_assert_true (ABS (mark->w - RN_PT (sizes[i].width)) <= 20 && ABS (mark->h - RN_PT (sizes[i].height)) <= 20 && piece->height == mark->h);
		g_assert_true (mark->kind == (sizes[i].picture ? RN_MARK_PICTURE : RN_MARK_RULE));
		g_assert_true (mark->tag->role == RN_ROLE_FIGURE && !strcmp (mark->tag->alt, "a"));
		assert_told (s, strcmp (sizes[i].file, "small.png") ? "" : "5: the picture 'media/small.png' has 96 dots an inch at its printed size in sample; print needs 200\n");
		rn_galley_free (galley);
		close_site (s);
	}
}

/* The description stands in a box; the fault is told once, however often the text is set. A file that is not there was told when the page was read. */
static void test_broken (void)
{
	static const struct { const char *file, *why; } files[] = {
		{ "gone.png", NULL }, { "cut.png", "the file is cut off" }, { "broken.svg", "it is no SVG drawing that can be read" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
		Setting *s = open_site ();
		g_autofree char *text = g_strdup_printf ("![In words](media/%s \"Caption\")", files[i].file);
		g_autofree char *wanted = g_strdup_printf ("5: the picture 'media/%s' cannot be printed: %s\n", files[i].file, files[i].why);
		for (guint round = 0; round < 2; round++) {
			RnGalley *galley = box_set (s, text, MEASURE, COLUMN);
			const RnPiece *box = nth (galley, 0), *caption = nth (galley, 1);
			g_autoptr (GString) words = g_string_new (NULL);
			guint rules = 0;
			for (guint k = 0; k < box->n_marks; k++)
				if (box->marks[k].kind == RN_MARK_TEXT) {
					box_text (&box->marks[k], words);
					g_assert_cmpuint (box->marks[k].tag->role, ==, RN_ROLE_P);
				} else
					rules += box->marks[k].kind == RN_MARK_RULE && !box->marks[k].tag;
			g_assert_cmpstr (words->str, ==, "In words");
			g_assert_cmpuint (rules, ==, 4);
			g_assert_true (caption->penalty == RN_KEEP && caption->marks[0].tag->role == RN_ROLE_CAPTION);
			assert_inside (galley, MEASURE);
			rn_galley_free (galley);
		}
		assert_told (s, files[i].why ? wanted : "");
		close_site (s);
	}
}

/* In a line of text, in a drawing's own words, and from a plugin. */
static void test_elsewhere (void)
{
	Setting *s = open_site ();
	RnGalley *galley = box_set (s, "before ![a sign](media/icon.svg) after\n\n![a](media/words.svg)", MEASURE, COLUMN);
	const RnPiece *line = nth (galley, 0);
	guint drawn = 0;
	for (guint i = 0; i < line->n_marks; i++)
		drawn += line->marks[i].kind == RN_MARK_RULE && line->marks[i].tag->role == RN_ROLE_FIGURE && line->marks[i].h <= RN_PT (10);
	g_assert_cmpuint (drawn, ==, 1);
	g_assert_cmpint (line->height, ==, RN_PT (13.5));
	g_autofree char *got = told (s);
	g_assert_true (g_str_has_prefix (got, "7: the font PTS") && strstr (got, "has no '日' (U+65E5)"));
	rn_galley_free (galley);

	static const char svg[] = "<svg width='20' height='10'><title>A chart</title><rect width='20' height='10' fill='#fff'/><rect x='5' width='10' height='10'/></svg>";
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnTag *tag = rn_tag_new (&s->setter.book->tags, NULL, RN_ROLE_FIGURE);
	RnLength width, height;
	g_assert_true (rn_figure_marks (&s->setter, NULL, svg, strlen (svg), 3, MEASURE, COLUMN, tag, marks, &width, &height));
	g_assert_cmpstr (tag->alt, ==, "A chart");
	g_assert_true (marks->len == 1 && width == g_array_index (marks, RnMark, 0).w && g_array_index (marks, RnMark, 0).x == 0);
	close_site (s);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/figure/drawing", test_drawing);
	g_test_add_func ("/figure/sizes", test_sizes);
	g_test_add_func ("/figure/broken", test_broken);
	g_test_add_func ("/figure/elsewhere", test_elsewhere);
	return g_test_run ();
}
