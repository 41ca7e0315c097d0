/*
 * job - tickets of a booklet and of cards against tests/cases/print/NAME.job.json, and the printed page: all within its side, every file named, nothing missing in any language.
 *
 * RN_UPDATE=1 writes the .job.json files anew: look at the difference.
 */
#include "print/job.h"

#include "setter-helper.h"

typedef struct { Setting *setting; RnProduct product; RnBook *book; RnImposition *imposition; RnJobFile files[2]; } Case;

static void case_init (Case *c, RnImposeScheme scheme, guint n, double width, double height)
{
	*c = (Case) { .setting = setting_open ("-- content/faq/a.ru.md --\n---\ntitle: A\n---\nText.\n"), .book = rn_book_new ("ru") };
	static const char *const paper = "offset 80 g/m2";
	c->product = (RnProduct) { .name = "sample", .kind = "booklet", .where = { "layouts/print/sample.yaml", 0, 0 }, .copies = 150000, .styles = c->setting->setter.styles,
		.profile = { .name = "offset", .bleed = RN_MM (3), .sheet_marks = TRUE, .x_version = "PDF/X-1a:2003", .condition = "Offset (FOGRA39)", .paper = paper, .paper_thickness = 0.1 },
		.impose = { .scheme = scheme, .sheet_width = RN_MM (320), .sheet_height = RN_MM (225), .signature = 16, .limit = 80 } };
	for (guint i = 0; i < n; i++)
		rn_book_add_side (c->book, RN_MM (width), RN_MM (height));
	c->book->title = "Роҳнамо \"А\"";
	c->book->edition = "1a2b3c4";
	c->book->time = TODAY;
	c->files[0] = (RnJobFile) { .name = "sample.ru.print.pdf", .bytes = g_string_new ("abc") };
	c->files[1] = (RnJobFile) { .name = "sample.ru.imposed.pdf", .bytes = g_string_new ("") };
}

static void case_clear (Case *c)
{
	for (guint i = 0; i < G_N_ELEMENTS (c->files); i++)
		g_string_free ((GString *) c->files[i].bytes, TRUE);
	rn_imposition_free (c->imposition);
	rn_book_free (c->book);
	setting_free (c->setting);
}

static void check_json (Case *c, const char *name)
{
	c->imposition = rn_impose (c->book, &c->product, NULL, NULL, c->setting->sink);
	g_autofree char *got = rn_job_json (c->book, &c->product, c->setting->site->languages[1], c->imposition, c->files, 2), *expected = NULL;
	g_autofree char *golden = g_strdup_printf ("%s/cases/print/%s.job.json", RN_TESTS, name);
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (golden, got, -1, NULL));
	g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
	g_assert_cmpstr (got, ==, expected);
	/* Hashed before or not, it says the same. */
	rn_job_hash (&c->files[0]);
	g_assert_cmpstr (c->files[0].sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	g_autofree char *again = rn_job_json (c->book, &c->product, c->setting->site->languages[1], c->imposition, c->files, 2);
	g_assert_cmpstr (again, ==, expected);
}

/* What is too thick to be stapled is not said to be. */
static void test_thick (void)
{
	Case c;
	case_init (&c, RN_IMPOSE_SADDLE, 84, 148, 210);
	c.imposition = rn_impose (c.book, &c.product, NULL, NULL, c.setting->sink);
	g_autofree char *got = rn_job_json (c.book, &c.product, c.setting->site->languages[0], c.imposition, c.files, 2);
	g_assert_nonnull (strstr (got, "\"binding\": \"perfect\""));
	g_assert_nonnull (strstr (got, "\"folding\": \"in signatures\""));
	g_assert_nonnull (strstr (got, "\"signatures\": 5"));
	case_clear (&c);
}

static void test_json (void)
{
	Case c;
	case_init (&c, RN_IMPOSE_SADDLE, 18, 148, 210);
	((RnSide *) c.book->sides->pdata[3])->blank = TRUE;
	check_json (&c, "saddle");
	case_clear (&c);
	case_init (&c, RN_IMPOSE_REPEAT, 2, 85.6, 54);
	check_json (&c, "cards");
	case_clear (&c);
	case_init (&c, RN_IMPOSE_NONE, 5, 148, 210);
	c.product.copies = 0;
	check_json (&c, "single");
	case_clear (&c);
}

/* The text of all marks, a line each, in painting order; each within the side. */
static char *text_of (const RnBook *book)
{
	GString *out = g_string_new (NULL);
	g_assert_cmpuint (book->sides->len, ==, 1);
	const RnSide *side = book->sides->pdata[0];
	for (guint i = 0; i < side->placed->len; i++) {
		const RnPlaced *placed = &g_array_index (side->placed, RnPlaced, i);
		for (guint k = 0; k < placed->piece->n_marks; k++) {
			const RnMark *mark = &placed->piece->marks[k];
			RnLength x = placed->x + mark->x, y = placed->y + mark->y;
			g_assert_true (x >= RN_MM (15) && y >= RN_MM (15) && x + mark->w <= side->width - RN_MM (15) && y + mark->h <= side->height - RN_MM (15));
			for (guint g = 0; mark->kind == RN_MARK_TEXT && g < mark->text.n; g++)
				g_string_append_len (out, mark->text.glyphs[g].text, mark->text.glyphs[g].len);
			g_string_append_c (out, mark->kind == RN_MARK_TEXT ? '\n' : ' ');
		}
	}
	return g_string_free (out, FALSE);
}

/* Each sheet says which it is: outside the trim and its bleed, on the sheet. */
static void check_slugs (const RnImposition *made)
{
	for (guint i = 0; i < made->faces->len; i++) {
		const RnSheetFace *face = &g_array_index (made->faces, RnSheetFace, i);
		const RnMark *slug = &face->marks->marks[face->marks->n_marks - 1];
		g_autoptr (GString) text = g_string_new (NULL);
		g_autofree char *expected = g_strdup_printf ("sample.ru · sheet %u/%u %s", i / 2 + 1, made->sheets, i % 2 ? "back" : "face");
		g_assert_cmpint (slug->kind, ==, RN_MARK_TEXT);
		for (guint g = 0; g < slug->text.n; g++)
			g_string_append_len (text, slug->text.glyphs[g].text, slug->text.glyphs[g].len);
		g_assert_cmpstr (text->str, ==, expected);
		g_assert_cmpint (slug->y - slug->text.font->cap_height, >=, made->trim_y + made->trim_height + made->bleed);
		g_assert_cmpint (slug->y + slug->text.font->descent, <=, made->height);
		g_assert_true (slug->x >= made->trim_x && slug->x + slug->w <= made->trim_x + made->trim_width);
	}
}

static void check_page (RnImposeScheme scheme, guint n, double width, double height)
{
	Case c;
	case_init (&c, scheme, n, width, height);
	const RnFont *font = rn_fonts_get (c.book->fonts, c.product.styles.text[RN_STYLE_FOLIO].faces[0], RN_PT (6));
	c.imposition = rn_impose (c.book, &c.product, "sample.ru", font, c.setting->sink);
	if (c.imposition)
		check_slugs (c.imposition);
	for (guint i = 0; i < 2; i++) {
		const RnLanguage *language = c.setting->site->languages[i];
		g_autoptr (RnBook) book = rn_job_book (c.setting->site, c.book, &c.product, language, c.imposition, c.files, 2, c.setting->sink);
		g_autofree char *text = text_of (book);
		const char *const wanted[] = { "sample.ru.print.pdf\n", "sample.ru.imposed.pdf\n", "ba7816bf8f01cfea\n", "1a2b3c4", "PDF/X-1a:2003", "offset 80 g/m2", "150", language->name };
		for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
			if (strstr (text, wanted[k]) == NULL)
				g_error ("'%s' is missing in:\n%s", wanted[k], text);
		g_assert_null (strstr (text, "print_job"));
	}
	guint told;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (c.setting->sink, &told);
	for (guint i = 0; i < told; i++)
		if (list[i]->id != RN_D_TWIN_MISSING)
			g_error ("%s", list[i]->message);
	case_clear (&c);
}

static void test_page (void)
{
	check_page (RN_IMPOSE_SADDLE, 18, 148, 210);
	check_page (RN_IMPOSE_SADDLE, 120, 148, 210);
	check_page (RN_IMPOSE_PERFECT, 40, 148, 210);
	check_page (RN_IMPOSE_REPEAT, 2, 85.6, 54);
	check_page (RN_IMPOSE_SHEET, 1, 210, 297);
	check_page (RN_IMPOSE_NONE, 5, 148, 210);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/job/json", test_json);
	g_test_add_func ("/job/thick", test_thick);
	g_test_add_func ("/job/page", test_page);
	return g_test_run ();
}
