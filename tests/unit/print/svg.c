/*
 * Golden cases: tests/cases/print/svg/NAME.svg, and the starter site's drawings, as marks against NAME.marks: one line a segment, in hundredths of a
 * point. With RN_UPDATE in the environment the goldens are written anew (read the diff). And hostile drawings.
 */
#include <stdlib.h>
#include <string.h>

#include "print/picture.h"

#define CASES RN_TESTS "/cases/print/svg"
#define STARTER RN_TESTS "/../content/media"
#define WIDTH RN_PT (200)

typedef struct { RnFontFiles *files; const RnFace *faces[RN_FACES]; } Faces;
static Faces faces;

static const RnFace *face_of (gpointer user, const char *family, gboolean bold, gboolean italic)
{
	(void) family;
	return ((Faces *) user)->faces[bold + 2 * italic];
}

static void add_length (GString *out, RnLength length)
{
	gint hundredths = (length + (length < 0 ? -5 : 5)) / 10;
	g_string_append_printf (out, " %s%d.%02d", hundredths < 0 ? "-" : "", abs (hundredths) / 100, abs (hundredths) % 100);
}

static void add_look (GString *out, const RnPath *path)
{
	if (path->filled)
		g_string_append_printf (out, " fill %u%s", path->fill, path->even_odd ? " even-odd" : "");
	if (path->stroked) {
		g_string_append_printf (out, " stroke %u width", path->stroke);
		add_length (out, path->width);
		g_string_append_printf (out, " cap %u join %u", path->cap, path->join);
	}
	for (guint i = 0; i < path->n_dashes; i++)
		g_string_append (out, i ? "" : " dashes"), add_length (out, path->dashes[i]);
	g_string_append_c (out, '\n');
}

static void add_segments (GString *out, const RnMark *mark)
{
	const RnLength *p = mark->path->points;
	for (guint i = 0; i < mark->path->n_segments; i++) {
		char segment = mark->path->segments[i];
		guint n = segment == 'z' ? 0 : segment == 'c' ? 3 : 1;
		g_string_append_printf (out, "  %c", segment);
		for (; n--; p += 2) {
			add_length (out, mark->x + p[0]);
			add_length (out, mark->y + p[1]);
		}
		g_string_append_c (out, '\n');
	}
	g_assert_true (p == mark->path->points + 2 * mark->path->n_points);
}

static void add_mark (GString *out, const RnMark *mark)
{
	static const char *const kinds[] = { "text", "rule", "path", "picture" };
	g_string_append (out, kinds[mark->kind]);
	if (mark->kind == RN_MARK_PATH) {
		add_look (out, mark->path);
		add_segments (out, mark);
		return;
	}
	g_string_append_printf (out, " tint %u at", mark->tint);
	add_length (out, mark->x);
	add_length (out, mark->y);
	add_length (out, mark->w);
	add_length (out, mark->h);
	if (mark->kind == RN_MARK_TEXT) {
		g_string_append_printf (out, " %s", mark->text.font->face->postscript_name);
		add_length (out, mark->text.font->size);
		g_string_append (out, " \"");
		for (guint i = 0; i < mark->text.n; i++)
			g_string_append_len (out, mark->text.glyphs[i].text, mark->text.glyphs[i].len);
		g_string_append_c (out, '"');
	}
	g_string_append_c (out, '\n');
}

/* Nothing stands outside but half a stroke. */
static void check_inside (const RnMark *mark, RnLength width, RnLength height)
{
	RnLength slack = 10 + (mark->kind == RN_MARK_PATH && mark->path->stroked ? mark->path->width / 2 : 0) + (mark->kind == RN_MARK_TEXT ? 500 : 0);
	g_assert_cmpint (mark->x, >=, -slack);
	g_assert_cmpint (mark->y, >=, -slack);
	g_assert_cmpint (mark->x + mark->w, <=, width + slack);
	g_assert_cmpint (mark->y + mark->h, <=, height + slack);
}

/* What becomes of the drawing at WIDTH, as text; NULL: it cannot be read. */
static char *dump (const char *svg, gsize len)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	g_autoptr (GString) missing = g_string_new (NULL);
	RnFonts *fonts = rn_fonts_new ();
	RnTag tag = { .role = RN_ROLE_FIGURE };
	RnSvgSetting setting = { .arena = arena, .fonts = fonts, .face = face_of, .face_user = &faces, .tag = &tag, .missing = missing };
	RnSvgSize size;
	const char *unsupported;
	if (!rn_svg_size (svg, len, &size)) {
		g_assert_false (rn_svg_marks (&setting, svg, len, WIDTH, WIDTH, marks, &unsupported));
		rn_fonts_free (fonts);
		return NULL;
	}
	RnLength height = (RnLength) CLAMP (WIDTH * size.height / size.width, 1, 1e6);
	GString *out = g_string_new (NULL);
	gboolean read = rn_svg_marks (&setting, svg, len, WIDTH, height, marks, &unsupported);
	g_string_append_printf (out, "%g x %g%s%s\n", size.width, size.height, size.stated ? " stated" : "", size.has_text ? " with text" : "");
	if (unsupported)
		g_string_append_printf (out, "unsupported %s\n", unsupported);
	if (missing->len)
		g_string_append_printf (out, "missing %s\n", missing->str);
	for (guint i = 0; i < marks->len; i++) {
		const RnMark *mark = &g_array_index (marks, RnMark, i);
		g_assert_true (mark->tag == &tag);
		check_inside (mark, WIDTH, height);
		add_mark (out, mark);
	}
	rn_fonts_free (fonts);
	if (!read)
		g_assert_cmpuint (marks->len, ==, 0);
	return read ? g_string_free (out, FALSE) : (g_string_free (out, TRUE), NULL);
}

static void run_case (const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename (folder, name, NULL), *svg = NULL, *wanted = NULL;
	g_autofree char *golden = g_strdup_printf (CASES "/%.*s.marks", (int) strlen (name) - 4, name);
	gsize len;
	g_assert_true (g_file_get_contents (path, &svg, &len, NULL));
	g_autofree char *got = dump (svg, len);
	g_assert_nonnull (got);
	if (g_getenv ("RN_UPDATE")) {
		g_assert_true (g_file_set_contents (golden, got, -1, NULL));
		return;
	}
	g_assert_true (g_file_get_contents (golden, &wanted, NULL, NULL));
	if (strcmp (wanted, got))
		g_test_message ("%s\n--- expected\n%s--- got\n%s", golden, wanted, got);
	g_assert_true (!strcmp (wanted, got));
}

static guint run_folder (const char *folder)
{
	GDir *dir = g_dir_open (folder, 0, NULL);
	guint cases = 0;
	g_assert_nonnull (dir);
	for (const char *name; (name = g_dir_read_name (dir));)
		if (g_str_has_suffix (name, ".svg"))
			run_case (folder, name), cases++;
	g_dir_close (dir);
	return cases;
}

static void test_cases (void)
{
	g_assert_cmpuint (run_folder (CASES), >=, 12);
}

static void test_starter (void)
{
	g_assert_cmpuint (run_folder (STARTER), >=, 4);
}

static void test_refused (void)
{
	static const char *const drawings[] = {
		"", "not XML", "<html/>", "<svg>", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "<x:svg xmlns:x='http://example.org/'/>",
		"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><svg><text>&b;</text></svg>",
		"<svg><g id='a'><use href='#a'/><use href='#a'/></g></svg>",
	};
	for (guint i = 0; i < G_N_ELEMENTS (drawings); i++) {
		g_autofree char *got = dump (drawings[i], strlen (drawings[i]));
		g_assert_null (got);
	}
}

/* What cannot be drawn as outlines has a name, so that the caller can have it drawn otherwise. */
static void test_unsupported (void)
{
	static const struct { const char *svg, *what; } drawings[] = {
		{ "<svg><image href='a.png' width='5' height='5'/></svg>", "image" }, { "<svg><foreignObject/></svg>", "foreignObject" },
		{ "<svg><rect width='5' height='5' filter='url(#f)'/></svg>", "filter" }, { "<svg><g style='mask: url(#m)'/></svg>", "mask" },
		{ "<svg><clipPath id='c'><circle r='5'/></clipPath><rect width='5' height='5' clip-path='url(#c)'/></svg>", "clipPath" },
		{ "<svg><text><textPath href='#p'>a</textPath></text></svg>", "textPath" },
		{ "<svg><g style='transform: rotate(3deg)'/></svg>", "transform in CSS" },
		{ "<svg><filter id='f'/><mask/><title>a</title><script>b</script><rect width='5' height='5' filter='none'/></svg>", NULL },
		{ "<svg><switch><foreignObject/><rect width='5' height='5'/></switch></svg>", NULL },
	};
	for (guint i = 0; i < G_N_ELEMENTS (drawings); i++) {
		g_autofree char *got = dump (drawings[i].svg, strlen (drawings[i].svg)), *line = g_strdup_printf ("\nunsupported %s\n", drawings[i].what);
		g_assert_nonnull (got);
		g_assert_true (drawings[i].what ? strstr (got, line) != NULL : strstr (got, "unsupported") == NULL);
	}
}

static char *repeat (const char *begin, const char *part, guint n, const char *end)
{
	GString *out = g_string_new (begin);
	for (guint i = 0; i < n; i++)
		g_string_append (out, part);
	return g_string_free (g_string_append (out, end), FALSE);
}

/* Numbers that are none, and numbers beyond all reason, neither crash nor leave the drawing. */
static void test_numbers (void)
{
	static const char *const values[] = { "nan", "inf", "-inf", "1e999", "-1e999", "1e-999", "99999999999999999999999", "0x10", "", "-", ".", "1e", "5%%", "1e400%", "--1", "1.2.3" };
	for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
		g_auto (GStrv) parts = g_strsplit (
			"<svg viewBox='0 0 100 100'><path d='M@ @ L@ 10 C@ 1 2 3 4 5 A@ @ @ 0 1 9 9z' stroke='#000' stroke-width='@' stroke-dasharray='@ @' stroke-dashoffset='@'/>"
			"<rect x='@' y='@' width='@' height='@' rx='@' transform='rotate(@) scale(@) skewX(@) matrix(@ @ @ @ @ @)'/><circle r='@' opacity='@'/>"
			"<text x='@' font-size='@' letter-spacing='@' fill='rgb(@,@,@)'>a b</text><svg width='@' height='@' viewBox='@ @ @ @'><path d='M0 0h9v9'/></svg></svg>", "@", 0);
		g_auto (GStrv) whole_parts = g_strsplit ("<svg width='@' height='@' viewBox='@ @ @ @'><path d='M0 0h9v9'/></svg>", "@", 0);
		g_autofree char *svg = g_strjoinv (values[i], parts), *whole = g_strjoinv (values[i], whole_parts);
		g_autofree char *got = dump (svg, strlen (svg)), *again = dump (whole, strlen (whole));
		g_assert_nonnull (got);
		g_assert_nonnull (again);
	}
}

static void test_hostile (void)
{
	g_autofree char *wide = repeat ("<svg>", "<g/>", 120000, "</svg>"), *deep = repeat ("<svg>", "<g>", 230, ""), *deep_end = repeat (deep, "</g>", 230, "</svg>");
	g_autofree char *long_path = repeat ("<svg><path d='M0 0", "h1v1", 300000, "'/></svg>");
	g_autofree char *dashes = repeat ("<svg viewBox='0 0 9 9'><path stroke='#000' d='M0 0L9 9' stroke-dasharray='", "1,", 5000, "'/></svg>");
	g_autofree char *rules = repeat ("<svg><style>", "g g>g .a#b, rect{fill:red}", 5000, "</style><rect width='5' height='5'/></svg>");
	g_autofree char *broken_css = repeat ("<svg><style>", "@a{b{c}} x[y]{} /* ", 3, "</style><rect width='5' height='5'/></svg>");
	GString *bomb = g_string_new ("<svg><defs><rect id='u0' width='1' height='1'/>");
	for (guint i = 1; i < 20; i++)
		g_string_append_printf (bomb, "<g id='u%u'><use href='#u%u'/><use href='#u%u'/><use href='#u%u'/></g>", i, i - 1, i - 1, i - 1);
	g_string_append (bomb, "</defs><use href='#u19'/></svg>");
	const char *const refused[] = { wide, deep_end, long_path, bomb->str }, *const read[] = { dashes, rules, broken_css };
	for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
		g_autofree char *got = dump (refused[i], strlen (refused[i]));
		g_assert_null (got);
	}
	for (guint i = 0; i < G_N_ELEMENTS (read); i++) {
		g_autofree char *got = dump (read[i], strlen (read[i]));
		g_assert_nonnull (got);
	}
	g_string_free (bomb, TRUE);
}

/* Every drawing, cut off after each byte, with each byte another: nothing crashes, nothing leaves its box. */
static void test_mutilated (void)
{
	g_autofree char *svg = NULL;
	gsize len;
	g_assert_true (g_file_get_contents (CASES "/mixed.svg", &svg, &len, NULL));
	guint32 state = 1;
	for (gsize i = 0; i < len; i++) {
		g_autofree char *copy = g_memdup2 (svg, len);
		state = state * 1664525 + 1013904223;
		static const char letters[] = "0179.-e'\"<>/#%mMzaAcCqQtT ,()";
		copy[i] = letters[(state >> 16) % strlen (letters)];
		g_free (dump (copy, len));
		if (i % 7 == 0)
			g_free (dump (svg, i));
	}
}

static void load_faces (void)
{
	static const char *const names[RN_FACES] = { "PTS55F.ttf", "PTS75F.ttf", "PTS56F.ttf", "PTS76F.ttf" };
	static const char *const folders[] = { "/usr/share/fonts/truetype/paratype", NULL };
	static RnTree *tree;
	static RnSite site = { .content = "", .config_file = "site.yaml" };
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	tree = rn_tree_open_work (CASES, NULL, NULL, sink, NULL);
	g_assert_nonnull (tree);
	site.tree = tree;
	faces.files = rn_font_files_new (&site);
	for (guint i = 0; i < RN_FACES; i++) {
		faces.faces[i] = rn_font_files_load (faces.files, names[i], folders, RN_PLACE (NULL, 0, 0), sink);
		g_assert_nonnull (faces.faces[i]);
	}
	rn_tree_free (tree);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	load_faces ();
	g_test_add_func ("/svg/cases", test_cases);
	g_test_add_func ("/svg/starter", test_starter);
	g_test_add_func ("/svg/refused", test_refused);
	g_test_add_func ("/svg/unsupported", test_unsupported);
	g_test_add_func ("/svg/numbers", test_numbers);
	g_test_add_func ("/svg/hostile", test_hostile);
	g_test_add_func ("/svg/mutilated", test_mutilated);
	int status = g_test_run ();
	rn_font_files_free (faces.files);
	return status;
}
