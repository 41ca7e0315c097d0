/* drawn.c - the pictures that a build draws: which there are, how their words break, and that the cache changes no byte. */
#define SHIPPED_TOO "-- layouts/social.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><!-- {{ title }} -->{{ title x=600 y=300 width=1000 lines=2 sizes=90,50 }}</svg>\n" \
	"-- layouts/assets/icon.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\" width=\"4\" height='4'><rect width=\"4\" height=\"4\" fill=\"red\"/></svg>\n"
#include "../model/sample.h"
#include "base/raster.h"
#include "site/drawn-int.h"

#define SITE "-- content/site.yaml --\nlanguages: [ru, tg]\ntitle: Site\n%s-- content/faq/a.ru.md --\n# A\n-- content/faq/a.tg.md --\n# A\n" \
	"-- content/faq/sub/b.ru.md --\n# B\n-- content/c.ru.md --\n# C\n"

static void assert_png (const GString *png, guint width, guint height)
{
	guint w, h;
	g_assert_cmpint (rn_raster_format (png->str, png->len), ==, RN_RASTER_PNG);
	g_assert_true (rn_raster_size (png->str, png->len, &w, &h, NULL));
	g_assert_cmpuint (w, ==, width);
	g_assert_cmpuint (h, ==, height);
}

static RnAssets *open_assets (Sample *sample)
{
	RnAssets *assets = rn_assets_open (sample->site, NULL, NULL);
	g_assert_nonnull (assets);
	return assets;
}

static void pictures (void)
{
	g_autofree char *text = g_strdup_printf (SITE, "base_url: https://example.org\n");
	g_autoptr (Sample) sample = sample_open (text);
	g_autofree char *cache = g_build_filename (sample->dir, "cache", NULL);
	g_autoptr (GString) first = g_string_new ("left over"), again = g_string_new (NULL);
	RnAssets *assets = open_assets (sample);
	RnDrawn *drawn = rn_drawn_new (sample->library, assets, cache, sample->sink);
	/* Three icons; of each language its home and its one section at the top. */
	g_assert_cmpuint (rn_drawn_count (drawn), ==, 7);
	g_assert_cmpstr (rn_drawn_of (drawn, page (sample, "ru", "faq/a")), ==, rn_drawn_of (drawn, page (sample, "ru", "faq")));
	g_assert_cmpstr (rn_drawn_of (drawn, page (sample, "ru", "faq/sub/b")), ==, rn_drawn_of (drawn, page (sample, "ru", "faq")));
	g_assert_cmpstr (rn_drawn_of (drawn, page (sample, "ru", "c")), ==, rn_drawn_of (drawn, page (sample, "ru", "")));
	g_assert_cmpstr (rn_drawn_of (drawn, page (sample, "ru", "faq")), !=, rn_drawn_of (drawn, page (sample, "tg", "faq")));
	g_assert_true (g_str_has_prefix (rn_drawn_of (drawn, page (sample, "tg", "faq")), "/drawn/faq.tg."));
	for (guint i = 0; i < rn_drawn_count (drawn); i++) {
		const char *url = rn_drawn_make (drawn, i, first);
		guint edge = strstr (url, "icon-192") ? 192 : strstr (url, "icon-512") ? 512 : 0;
		assert_png (first, edge ? edge : 1200, edge ? edge : 630);
		g_assert_cmpstr (rn_drawn_make (drawn, i, again), ==, url);
		g_assert_true (g_string_equal (first, again));
	}
	rn_drawn_free (drawn);
	/* A damaged cache is none. */
	g_free (run (cache, "for f in drawn/*; do printf x | dd of=$f bs=1 seek=100 conv=notrunc 2>/dev/null; done"));
	drawn = rn_drawn_new (sample->library, assets, cache, sample->sink);
	rn_drawn_make (drawn, 6, again);
	g_assert_true (g_string_equal (first, again));
	rn_drawn_finish (drawn);
	rn_drawn_free (drawn);
	rn_assets_free (assets);
}

static void without_address (void)
{
	g_autofree char *text = g_strdup_printf (SITE, "");
	g_autoptr (Sample) sample = sample_open (text), untitled = sample_open ("-- content/a.ru.md --\n# A\n");
	RnAssets *assets = open_assets (sample);
	RnDrawn *drawn = rn_drawn_new (sample->library, assets, NULL, sample->sink);
	g_assert_cmpuint (rn_drawn_count (drawn), ==, 3);
	g_assert_nonnull (rn_drawn_icon (drawn, "icon-512-maskable"));
	g_assert_null (rn_drawn_of (drawn, page (sample, "ru", "faq")));
	rn_drawn_free (drawn);
	drawn = rn_drawn_new (untitled->library, assets, NULL, untitled->sink);
	g_assert_cmpuint (rn_drawn_count (drawn), ==, 0);
	g_assert_null (rn_drawn_icon (drawn, "icon-192"));
	rn_drawn_free (drawn);
	rn_assets_free (assets);
}

static void words (void)
{
	static const char template[] = "<svg><!-- {{ title }} -->{{ title x=5 y=100 width=600 lines=2 sizes=50,20 }}|{{ words x=5 y=10 width=100 sizes=10 }}|{{ dir }}|{{ none }}|{{</svg>";
	static const struct { const char *title, *wanted; } cases[] = {
		{ "Short & <", "<text x=\"5\" y=\"117\" font-size=\"50\">Short &amp; &lt;</text>" },
		{ "two lines of words here", "<text x=\"5\" y=\"87\" font-size=\"50\">two lines of words</text><text x=\"5\" y=\"147\" font-size=\"50\">here</text>" },
		{ "so many words that two lines are not enough at all for them", "<text x=\"5\" y=\"95\" font-size=\"20\">so many words that two lines are not enough at all for</text>"
		  "<text x=\"5\" y=\"119\" font-size=\"20\">them</text>" },
		{ "", "" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		g_autofree char *wanted = g_strdup_printf ("<svg>%s||rtl||{{</svg>", cases[i].wanted);
		rn_drawn_fill (template, &(RnDrawnWords) { .title = cases[i].title, .dir = "rtl" }, out);
		g_assert_cmpstr (out->str, ==, wanted);
	}
	/* A word wider than the picture is cut; so is a text of 500 letters. */
	g_autofree char *wide = g_strnfill (500, 'm'), *many = NULL;
	g_autoptr (GString) text = g_string_new (NULL), out = g_string_new (NULL);
	for (guint i = 0; i < 100; i++)
		g_string_append (text, "мамам ");
	many = g_strdup (text->str);
	rn_drawn_fill (template, &(RnDrawnWords) { .title = wide }, out);
	g_assert_nonnull (strstr (out->str, "mmm…</text>"));
	g_assert_cmpuint (out->len, <, 300);
	g_string_truncate (out, 0);
	rn_drawn_fill (template, &(RnDrawnWords) { .title = many }, out);
	g_assert_nonnull (strstr (out->str, "…</text>"));
	g_assert_true (g_utf8_validate (out->str, -1, NULL));
	g_assert_cmpuint (out->len, <, 400);
}

static void pieces (void)
{
	g_autoptr (GString) out = g_string_new (NULL);
	rn_drawn_inside ("<?xml version=\"1.0\"?>\n<svg a=\"b\"><g><svg/></g></svg>\n", out);
	g_assert_cmpstr (out->str, ==, "<g><svg/></g>");
	g_string_truncate (out, 0);
	rn_drawn_inside ("no drawing", out);
	g_assert_cmpstr (out->str, ==, "");
	rn_drawn_maskable ("<svg width=\"4\" viewBox=\"0 0 4 4\" height='4'><rect width=\"4\"/></svg>", "#\"1", out);
	g_assert_cmpstr (out->str, ==, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect width=\"100\" height=\"100\" fill=\"#&quot;1\"/>"
	                               "<svg x=\"12\" y=\"12\" width=\"76\" height=\"76\" viewBox=\"0 0 4 4\"><rect width=\"4\"/></svg></svg>");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/drawn/pictures", pictures);
	g_test_add_func ("/drawn/without-address", without_address);
	g_test_add_func ("/drawn/words", words);
	g_test_add_func ("/drawn/pieces", pieces);
	return g_test_run ();
}
