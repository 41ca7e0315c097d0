/* parts.c - the pages of a text in pieces: addresses, titles, neighbours, twins, and where its places are. */
#include "sample.h"
#include "model/parts.h"

#define SITE "-- content/site.yaml --\nlanguages: [tg, ru]\nsplit: 14600\n-- content/law/k.tg.md --\n# Kodeks\n-- content/law/k.ru.md --\n# Kodex\n-- content/law/m.ru.md --\n# M\n"

static Sample *loaded (const char *text)
{
	const RnSiteOptions options = { .clock = TODAY };
	Sample *sample = sample_folder (text);
	g_assert_true (sample_load (sample, &options, FALSE));
	return sample;
}

static RnPage *get (Sample *sample, const char *code, const char *key)
{
	return rn_library_page (sample->library, rn_site_language (sample->site, code), key);
}

static const RnCut cuts[] = {
	{ 3, 2, 100, "gl1", "One" }, { 9, 3, 100, "18.8", "Article" }, { 12, 0, 100, NULL, NULL }, { 20, 2, 100, "whole", "Whole" }, { 21, 2, 100, "a/../b", "Odd" },
};
static const RnPartPlace places[] = { { "gl1", "One", 1, 2 }, { "18.8", "Article", 2, 3 }, { "whole", "Whole", 4, 2 }, { "a/../b", "Odd", 5, 2 }, { "lead", NULL, 0, 0 }, { "raw", NULL, 3, 0 } };
static const RnSplitPlan plan = { cuts, G_N_ELEMENTS (cuts), places, G_N_ELEMENTS (places), 4, 40000, 10 };

static void pages (void)
{
	g_autoptr (Sample) sample = loaded (SITE);
	RnPage *page = get (sample, "ru", "law/k");
	rn_library_split (sample->library, page, &plan);
	rn_library_freeze (sample->library);
	static const struct { const char *url, *title, *parent; } expected[] = {
		{ "/ru/law/k/gl1/", "One – Kodex", "/ru/law/k/" }, { "/ru/law/k/18.8/", "Article – Kodex", "/ru/law/k/gl1/" },
		{ "/ru/law/k/18.8/page/2/", "Article (2) – Kodex", "/ru/law/k/18.8/" }, { "/ru/law/k/whole-2/", "Whole – Kodex", "/ru/law/k/" }, { "/ru/law/k/a-b/", "Odd – Kodex", "/ru/law/k/" },
	};
	g_assert_cmpuint (page->split->parts.n, ==, G_N_ELEMENTS (expected));
	for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
		const RnPage *part = page->split->parts.items[i];
		g_assert_cmpstr (part->url, ==, expected[i].url);
		g_assert_cmpstr (part->title, ==, expected[i].title);
		g_assert_cmpstr (part->parent->url, ==, expected[i].parent);
		g_assert_true (part->previous == (i ? page->split->parts.items[i - 1] : page));
		g_assert_true (rn_library_at (sample->library, part->url) == part && rn_page_of_text (part) == page);
		g_assert_cmpint (rn_library_index (sample->library, part), >=, 0);
	}
	g_assert_cmpstr (page->split->whole->url, ==, "/ru/law/k/whole/");
	g_assert_cmpstr (rn_part_title (page->split->parts.items[2]), ==, "Article (2)");
	g_assert_cmpstr (rn_page_with (page, "18.8")->url, ==, "/ru/law/k/18.8/");
	g_assert_cmpstr (rn_page_with (page, "raw")->url, ==, "/ru/law/k/18.8/page/2/");
	g_assert_true (rn_page_with (page, "lead") == page && rn_page_with (page, "none") == page && rn_page_with (page, NULL) == page);
	/* Lists know the text's own page alone. */
	g_assert_cmpuint (get (sample, "ru", "law")->pages.n, ==, 2);
	g_assert_null (get (sample, "tg", "law/k")->split);
	g_assert_true (page->split->parts.items[0]->twins[0] == get (sample, "tg", "law/k"));
}

/* A translation has pieces of the same names beside the source's; who stands in for a missing one has all of them. */
static void twins (void)
{
	g_autoptr (Sample) sample = loaded (SITE);
	RnPage *ru = get (sample, "ru", "law/k"), *tg = get (sample, "tg", "law/k"), *alone = get (sample, "ru", "law/m");
	RnCut other[] = { cuts[0], cuts[4] };
	other[1].anchor = "other";
	const RnSplitPlan short_plan = { other, 2, places, 1, 1, 30000, 10 };
	rn_library_split (sample->library, ru, &plan);
	rn_library_split (sample->library, tg, &short_plan);
	rn_library_split (sample->library, alone, &plan);
	rn_library_freeze (sample->library);
	const RnPages *parts = &ru->split->parts;
	g_assert_cmpstr (parts->items[0]->twins[0]->url, ==, "/tg/law/k/gl1/");
	g_assert_true (parts->items[1]->twins[0] == tg && parts->items[1]->twins[1] == parts->items[1]);
	g_assert_true (ru->split->whole->twins[0] == tg->split->whole);
	g_assert_cmpstr (tg->split->parts.items[1]->url, ==, "/tg/law/k/other/");
	const RnPage *stand_in = get (sample, "tg", "law/m");
	g_assert_cmpuint (stand_in->split->parts.n, ==, plan.n_cuts);
	g_assert_cmpstr (stand_in->split->parts.items[1]->url, ==, "/tg/law/m/18.8/");
	g_assert_true (stand_in->split->parts.items[1]->fallback == alone->split->parts.items[1]);
}

/* Only what may be too long by its file's size, and is not kept whole, is looked at at all. */
static void long_ones (void)
{
	g_autofree char *body = g_strnfill (20000, 'x');
	g_autofree char *text = g_strdup_printf (SITE "-- content/law/big.ru.md --\n# Big\n\n%s\n-- content/law/kept.ru.md --\n---\ntitle: Kept\nsplit: false\n---\n%s\n"
	                                         "-- content/law/_index.ru.md --\n# Section\n\n%s\n", body, body, body);
	g_autoptr (Sample) sample = loaded (text);
	g_autoptr (GPtrArray) list = rn_library_long (sample->library);
	g_assert_nonnull (list);
	g_assert_cmpuint (list->len, ==, 1);
	g_assert_true (list->pdata[0] == get (sample, "ru", "law/big"));
	g_autoptr (Sample) off = loaded ("-- content/a.ru.md --\n# A\n");
	g_assert_null (rn_library_long (off->library));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/model/parts/pages", pages);
	g_test_add_func ("/model/parts/twins", twins);
	g_test_add_func ("/model/parts/long", long_ones);
	return g_test_run ();
}
