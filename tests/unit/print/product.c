/* product.c - products from YAML: who overrides whom, what is told and where, styles, papers, folds, and the pages that a selection takes. */
/* What comes with the tool, as far as products need it. */
#define SHIPPED_TOO \
	"-- layouts/print/print.yaml --\n" \
	"fonts: [/usr/share/fonts/truetype/paratype]\n" \
	"families: {serif: {regular: PTF55F.ttf, bold: PTF75F.ttf}, sans: {regular: PTS55F.ttf}}\n" \
	"page: a5\nmargins: {inner: 16mm, outer: 14mm, top: 18mm, bottom: 20mm}\ncolumns: 1\ngutter: 6mm\nprofile: offset\n" \
	"impose: {scheme: none, sheet: sra4}\nlook: {grid: true, list_indent: 1.5em}\n" \
	"style:\n  body: {family: serif, size: 10, leading: 13.5, on_grid: true, first_indent: 1em}\n  h1: {family: sans, face: bold, size: 20, first_indent: 0.5em}\n" \
	"-- layouts/print/booklet.yaml --\nkind: booklet\nimpose: {scheme: saddle}\ncover: {}\ncontents: {depth: 2}\n" \
	"-- layouts/print/leaflet.yaml --\nkind: panels\npage: {paper: a4, landscape: true}\nimpose: {scheme: sheet}\n" \
	"panels: {folded: true, sides: [{widths: [98mm, 99.5mm, 99.5mm], reads: [5, 6, 1]}, {widths: [99.5mm, 99.5mm, 98mm], reads: [2, 3, 4]}]}\n" \
	"-- layouts/print/profiles/offset.yaml --\nbleed: 3mm\nsafe: 4mm\nsheet_marks: true\nx_version: PDF/X-1a:2003\ncondition: any\ncondition_id: FOGRA39\npaper_thickness: 0.1\n" \
	"-- layouts/print/profiles/digital.yaml --\nextends: offset\nbleed: 0\nx_version: none\n"

#include "../model/sample.h"
#include "print/product.h"

#define SITE(print) "-- content/site.yaml --\nlanguages: [tg, ru]\nsections: [faq, lists]\naudiences: {out: Out, back: Back}\nbase_url: https://base.example/\nprint:\n" print
#define PAGES \
	"-- content/lists/police.tg.md --\n---\ntitle: P\nweight: 2\ntags: [папка]\n---\nP\n" \
	"-- content/lists/police.ru.md --\n---\ntitle: P\nweight: 2\ntags: [полиция]\n---\nP\n" \
	"-- content/lists/deep/well.tg.md --\n---\ntitle: W\n---\nW\n" \
	"-- content/lists/home.tg.md --\n---\ntitle: H\nweight: 1\naudience: [back]\n---\nH\n" \
	"-- content/faq/patent.tg.md --\n---\ntitle: Q\naudience: [out]\n---\nQ\n" \
	"-- content/faq/old.tg.md --\n---\ntitle: O\nexpiryDate: 2020-01-01\n---\nO\n"

static RnProducts *read_products (Sample *sample, const char *const *names)
{
	return rn_products_new (sample->library, names, sample->sink);
}

static const RnProduct *named (const RnProducts *products, const char *name)
{
	for (guint i = 0; i < rn_products_count (products); i++)
		if (!strcmp (rn_products_nth (products, i)->name, name))
			return rn_products_nth (products, i);
	return NULL;
}

/* All that was told of products, a line each. */
static char *told (Sample *sample)
{
	guint n;
	GString *text = g_string_new (NULL);
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sample->sink, &n);
	for (guint i = 0; i < n; i++)
		if (g_str_has_prefix (rn_diagnostic_kind (list[i]->id)->id, "product"))
			g_string_append_printf (text, "%s:%u:%u %s\n", list[i]->where.file ? list[i]->where.file : "", list[i]->where.line, list[i]->where.col, list[i]->message);
	return g_string_free (text, FALSE);
}

static void test_lengths (void)
{
	static const struct { const char *text; RnLength size, length; gboolean fine; } cases[] = {
		{ "13.5", 0, 13500, TRUE }, { "4mm", 0, RN_MM (4), TRUE }, { "1.5 cm", 0, RN_MM (15), TRUE }, { "0.5in", 0, 36000, TRUE }, { "-2pt", 0, -2000, TRUE },
		{ "0.5em", 9000, 4500, TRUE }, { "0.5em", 0, 0, FALSE }, { "4 miles", 0, 0, FALSE }, { "", 0, 0, FALSE }, { "mm", 0, 0, FALSE }, { "nan", 0, 0, FALSE },
		{ "inf", 0, 0, FALSE }, { "0x10", 0, 0, FALSE }, { "1e300mm", 0, 0, FALSE }, { "5,5mm", 0, 0, FALSE },
	};
	g_autoptr (RnArena) arena = rn_arena_new (0);
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		RnLength length = 0;
		gboolean fine = rn_length_parse (rn_value_new_string (arena, cases[i].text, 1, 1), cases[i].size, &length);
		g_assert_cmpint (fine, ==, cases[i].fine);
		g_assert_cmpint (length, ==, cases[i].length);
	}
	RnValue number = { .kind = RN_FLOAT, .real = 0.15 };
	RnLength length;
	g_assert_true (rn_length_parse (&number, 0, &length));
	g_assert_cmpint (length, ==, 150);
	g_assert_false (rn_length_parse (NULL, 0, &length));
}

/* print.yaml < the product extended < the product < beside products: < its entry. */
static void test_layers (void)
{
	Sample *sample = sample_open (PAGES
		"-- layouts/print/mine.yaml --\nextends: booklet\ncopies: 7\nstyle: {body: {size: 11}}\n"
		"-- layouts/print/booklet.yaml --\ncontents: {depth: 3}\n"
		SITE ("  links: inline\n  style: {body: {leading: 15}}\n  products:\n    - mine\n    - {name: big, extends: mine, copies: 9, profile: digital, page: a4, cover: false}\n"));
	RnProducts *products = read_products (sample, NULL);
	const RnProduct *mine = named (products, "mine"), *big = named (products, "big");
	g_autofree char *text = told (sample);
	g_assert_cmpstr (text, ==, "");
	g_assert_nonnull (mine);
	g_assert_nonnull (big);
	g_assert_cmpstr (mine->kind, ==, "booklet");
	g_assert_cmpuint (mine->copies, ==, 7);
	g_assert_cmpuint (big->copies, ==, 9);
	/* The site's own booklet.yaml lies over the shipped one, key by key. */
	g_assert_cmpuint (rn_product_count (mine, "contents.depth", 0), ==, 3);
	g_assert_nonnull (rn_product_get (mine, "cover"));
	g_assert_cmpint (rn_product_get (big, "cover")->kind, ==, RN_BOOL);
	g_assert_cmpint (mine->links, ==, RN_LINKS_INLINE);
	g_assert_cmpint (mine->styles.text[RN_STYLE_BODY].size, ==, 11000);
	g_assert_cmpint (mine->styles.text[RN_STYLE_BODY].leading, ==, 15000);
	g_assert_cmpint (mine->styles.grid, ==, 15000);
	/* Lengths in em are of the style's own size, also where it is inherited. */
	g_assert_cmpint (mine->styles.text[RN_STYLE_BODY].first_indent, ==, 11000);
	g_assert_cmpint (mine->styles.text[RN_STYLE_H1].first_indent, ==, 10000);
	g_assert_cmpint (mine->styles.list_indent, ==, 16500);
	g_assert_true (mine->styles.text[RN_STYLE_H1].faces[RN_FACE_BOLD] == mine->styles.text[RN_STYLE_H1].faces[RN_FACE_REGULAR]);
	g_assert_cmpstr (mine->styles.text[RN_STYLE_BODY].faces[RN_FACE_BOLD]->file, ==, "PTF75F.ttf");
	g_assert_cmpstr (mine->profile.x_version, ==, "PDF/X-1a:2003");
	g_assert_null (big->profile.x_version);
	g_assert_cmpint (big->profile.bleed, ==, 0);
	g_assert_cmpint (big->profile.safe, ==, RN_MM (4));
	g_assert_cmpstr (mine->address, ==, "https://base.example");
	g_assert_cmpint (big->height, ==, RN_MM (297));
	/* Folded sheets lie on their long side. */
	g_assert_cmpint (mine->impose.sheet_width, ==, RN_MM (320));
	g_assert_cmpuint (mine->n_languages, ==, 2);
	rn_products_free (products);
	sample_free (sample);
}

static void test_folds (void)
{
	static const char *const names[] = { "leaflet", "leaflet", NULL };
	Sample *sample = sample_open (PAGES SITE ("  address: https://a.example/x/\n"));
	RnProducts *products = read_products (sample, names);
	g_assert_cmpuint (rn_products_count (products), ==, 1);
	const RnProduct *leaflet = rn_products_nth (products, 0);
	g_assert_cmpint (leaflet->width, ==, RN_MM (297));
	g_assert_cmpuint (leaflet->impose.n_folds, ==, 2);
	g_assert_cmpint (leaflet->impose.folds[0], ==, RN_MM (98));
	g_assert_cmpint (leaflet->impose.folds[1], ==, RN_MM (98) + RN_MM (99.5));
	g_assert_cmpstr (leaflet->address, ==, "https://a.example/x");
	g_assert_cmpuint (leaflet->n_fit, ==, 1);
	rn_products_free (products);
	sample_free (sample);
}

static void test_told (void)
{
	Sample *sample = sample_open (PAGES
		"-- layouts/print/wrong.yaml --\nextends: booklet\nchapter_start: left\ncolums: 2\nstyle:\n  body: {size: big}\n  h9: {size: 3}\n"
		SITE ("  products:\n    - wrong\n    - {name: leaflet, panels: {sides: [{widths: [297mm], reads: [2]}]}}\n"
		      "    - {name: booklet, style: {body: {family: gothic}}}\n    - {name: again, extends: again}\n    - {extends: booklet}\n"));
	RnProducts *products = read_products (sample, NULL);
	g_autofree char *text = told (sample);
	g_assert_cmpuint (rn_products_count (products), ==, 0);
	g_assert_cmpstr (text, ==,
		"content/site.yaml:8:39 the print product 'leaflet' cannot be made: 'reads' must number the panels of all sides from 1, each once\n"
		"content/site.yaml:9:46 the print product 'booklet' cannot be made: there is no family 'gothic'\n"
		"content/site.yaml:10:7 there is no print product 'again'\n"
		"layouts/print/wrong.yaml:2:16 the print product 'wrong' cannot be made: 'chapter_start' must be one of recto, side, run\n"
		"layouts/print/wrong.yaml:3:1 the print product 'wrong' has no key 'colums'; did you mean 'columns'?\n"
		"layouts/print/wrong.yaml:5:16 the print product 'wrong' cannot be made: 'style.body.size' must be a length such as 13.5, 4mm, 1.5cm\n"
		"layouts/print/wrong.yaml:6:3 the print product 'wrong' has no key 'style.h9'; did you mean 'style.h1'?\n");
	rn_products_free (products);
	sample_free (sample);
}

/* The keys of the pages that a product with SELECT takes in Tajik, or in Russian. */
static char *selected (const char *select, guint language)
{
	static const char *const names[] = { "booklet", NULL };
	g_autofree char *site = g_strdup_printf (PAGES SITE ("  products: [{name: booklet, select: {%s}}]\n"), select);
	Sample *sample = sample_open (site);
	RnProducts *products = read_products (sample, names);
	GString *keys = g_string_new (NULL);
	if (rn_products_count (products)) {
		g_autoptr (GPtrArray) pages = rn_product_pages (rn_products_nth (products, 0), sample->library, sample->site->languages[language], sample->sink);
		for (guint i = 0; i < pages->len; i++)
			g_string_append_printf (keys, "%s%s", i ? " " : "", ((const RnPage *) pages->pdata[i])->key);
	} else {
		g_autofree char *text = told (sample);
		g_string_assign (keys, text);
	}
	rn_products_free (products);
	sample_free (sample);
	return g_string_free (keys, FALSE);
}

static void test_select (void)
{
	static const struct { const char *select; guint language; const char *keys; } cases[] = {
		{ "", 0, "faq/patent lists/home lists/police lists/deep/well" },
		{ "sections: [lists]", 0, "lists/home lists/police lists/deep/well" },
		{ "sections: [lists], exclude: [lists/deep]", 0, "lists/home lists/police" },
		{ "sections: [lists/]", 1, "lists/home lists/police lists/deep/well" },
		{ "pages: [lists/police, faq/patent]", 0, "lists/police faq/patent" },
		{ "audience: [out, back]", 0, "faq/patent lists/home" },
		{ "audience: [back], sections: [lists]", 0, "lists/home" },
		/* A tag is a word of one language and chooses the page in all. */
		{ "tags: [полиция]", 0, "lists/police" },
		/* What has expired is no mistake, and is not printed. */
		{ "pages: [faq/old, faq/patent]", 0, "faq/patent" },
		{ "sections: [fak]", 0, "content/site.yaml:6:50 the print product 'booklet' cannot be made: 'select.sections': there is no section 'fak'; did you mean 'faq'?\n" },
		{ "audience: [outt]", 0, "content/site.yaml:6:50 the print product 'booklet' cannot be made: 'select.audience': there is no audience 'outt'; did you mean 'out'?\n" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *keys = selected (cases[i].select, cases[i].language);
		g_assert_cmpstr (keys, ==, cases[i].keys);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/product/lengths", test_lengths);
	g_test_add_func ("/product/layers", test_layers);
	g_test_add_func ("/product/folds", test_folds);
	g_test_add_func ("/product/told", test_told);
	g_test_add_func ("/product/select", test_select);
	return g_test_run ();
}
