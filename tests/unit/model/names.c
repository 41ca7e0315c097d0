/* names.c - what files' names make of a folder: languages, pages, sections, bundles, READMEs, titles. */
#include "sample.h"

static void assert_languages (Sample *sample, const char *wanted)
{
	g_autoptr (GString) codes = g_string_new (NULL);

	for (guint i = 0; i < sample->site->n_languages; i++)
		g_string_append_printf (codes, "%s%s", i ? " " : "", sample->site->languages[i]->code);
	g_assert_cmpstr (codes->str, ==, wanted);
}

static void languages_of_site_yaml (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru, tg]\n-- content/a.ru.md --\n# A\n-- content/a.tg.md --\n# A\n"
	                                         "-- content/b.ru.md --\n# B\n-- content/b.tg.md --\n# B\n-- content/a.en.md --\n# A\n");
	assert_languages (sample, "ru tg");
	assert_said (sample, "content/a.en.md: [language-foreign] 'en' is not among the site's languages: the page is left out\n");
	g_assert_null (rn_library_at (sample->library, "/en/a/"));
}

static void languages_of_suffixes (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/a.tg.md --\n# A\n-- content/a.ru.md --\n# A\n-- content/README.md --\nFor editors.\n");
	assert_languages (sample, "ru tg");
	assert_said (sample, "");
	assert_urls (rn_library_pages (sample->library), "/ /ru/ /ru/404.html /ru/a/ /tg/ /tg/404.html /tg/a/ ");
}

static void languages_of_bare_files (void)
{
	g_autoptr (Sample) sample = sample_open ("-- a.md --\n# A\n-- b/c.md --\n# C\n");
	assert_languages (sample, "und");
	assert_said (sample, "[language-undetermined] the site's language is not known: 2 pages without a suffix such as page.tg.md\n");
	assert_urls (rn_library_pages (sample->library), "/ /und/ /und/404.html /und/a/ /und/b/ /und/b/c/ ");
}

static void bare_files_are_in_the_first_language (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: ru\n-- content/a.md --\n# A\n");
	assert_said (sample, "");
	g_assert_nonnull (page (sample, "ru", "a"));
}

static void chance_suffixes (void)
{
	g_autoptr (GString) text = g_string_new ("-- minutes.old.md --\n# Old\n");
	for (guint i = 0; i < 12; i++)
		g_string_append_printf (text, "-- p%u.md --\n# P\n", i);
	g_autoptr (Sample) sample = sample_open (text->str);
	assert_languages (sample, "und");
	g_assert_nonnull (page (sample, "und", "minutes.old"));
	assert_said (sample, "[language-undetermined] the site's language is not known: 13 pages without a suffix such as page.tg.md\n");
}

static void no_language (void)
{
	const RnSiteOptions options = { .clock = TODAY };
	static const struct { const char *yaml, *said; } cases[] = {
		{ "languages: []\n", "content/site.yaml:1:12: [language-none] 'languages' is empty\n" },
		{ "languages: {a: b}\n", "content/site.yaml:1:12: [site-value] 'languages' must be a list such as [tg, ru]\n" },
		{ "languages: [Russian]\n", "content/site.yaml:1:13: [site-value] 'languages' must be a list of codes such as [tg, ru]\n" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\n%s-- content/a.ru.md --\n# A\n", cases[i].yaml);
		g_autoptr (Sample) sample = sample_folder (text);
		g_assert_false (sample_load (sample, &options, FALSE));
		g_assert_nonnull (sample->error);
		assert_said (sample, cases[i].said);
	}
}

static void empty_folder (void)
{
	const RnSiteOptions options = { .clock = TODAY };
	g_autoptr (Sample) sample = sample_folder ("-- content/site.yaml --\nlanguages: [ru]\n-- content/README.md --\n# R\n");
	g_assert_false (sample_load (sample, &options, FALSE));
	g_assert_cmpstr (sample->error->message, ==, "there is no page in 'content/'");
	assert_said (sample, "[site-empty] there is no page in 'content/'\n");
}

static void keys_of_site_yaml (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\ntitel: X\nbase_url: example.org\npage_size: many\n"
	                                         "missing_translation: perhaps\nsections: [faq, lsits]\naudiences: [a]\n-- content/faq/a.ru.md --\n# A\n");
	assert_said (sample,
	             "content/site.yaml:2:1: [site-key-unknown] site.yaml has no 'titel'; did you mean 'title'?\n"
	             "content/site.yaml:3:11: [site-value] 'base_url' must be an address such as https://example.org\n"
	             "content/site.yaml:4:12: [site-value] 'page_size' must be a whole number from 1 to 100000\n"
	             "content/site.yaml:5:22: [site-value] 'missing_translation' must be 'show' or 'omit'\n"
	             "content/site.yaml:6:17: [site-value] 'sections' must be a list of folders with pages, and 'lsits' is none\n"
	             "content/site.yaml:7:12: [site-value] 'audiences' must be a map of at most 32 names, each with its words\n");
	g_assert_null (sample->site->base_url);
	g_assert_cmpuint (sample->site->page_size, ==, 50);
}

static void readme_of_a_stranger (void)
{
	g_autoptr (Sample) sample = sample_open ("-- README.md --\n# Whole\n-- deep/readme.md --\n# Deep\n-- deep/a.md --\n# A\n"
	                                         "-- both/README.md --\n# For editors\n-- both/index.md --\n# Both\n-- both/b.md --\n# B\n");
	g_assert_cmpstr (page (sample, "und", "")->title, ==, "Whole");
	g_assert_cmpint (page (sample, "und", "")->kind, ==, RN_PAGE_HOME);
	g_assert_cmpstr (page (sample, "und", "deep")->title, ==, "Deep");
	g_assert_cmpstr (page (sample, "und", "both")->title, ==, "Both");
	g_assert_cmpstr (page (sample, "und", "both/README")->title, ==, "For editors");
	assert_said (sample, "[language-undetermined] the site's language is not known: 3 pages without a suffix such as page.tg.md\n");
}

static void sections (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\ntitle: Site\n-- content/_index.ru.md --\nNo title here.\n"
	                                         "-- content/faq/_type.yaml --\nname: {ru: Questions}\n-- content/faq/_index.ru.md --\nNo title.\n"
	                                         "-- content/faq/deep/er/a.ru.md --\n# A\n-- content/trip/index.ru.md --\n# Trip\n-- content/trip/map.png --\nx\n"
	                                         "-- content/laws/index.ru.md --\n# Laws\n-- content/laws/b.ru.md --\n# B\n-- content/jobs.ru.md --\n# Jobs\n"
	                                         "-- content/jobs/c.ru.md --\n# C\n-- content/jobs/_type.yaml --\nname: x\nsort: title\n");
	assert_said (sample, "");
	g_assert_cmpstr (page (sample, "ru", "")->title, ==, "Site");
	g_assert_cmpstr (page (sample, "ru", "faq")->title, ==, "Questions");
	g_assert_cmpstr (page (sample, "ru", "faq/deep")->title, ==, "Deep");
	g_assert_true (page (sample, "ru", "faq/deep/er/a")->parent->parent->parent == page (sample, "ru", "faq"));
	g_assert_cmpstr (page (sample, "ru", "faq/deep/er/a")->type->name, ==, "faq");
	/* A folder with index.md alone is a page with its pictures; with others beside it, their section. */
	g_assert_cmpint (page (sample, "ru", "trip")->kind, ==, RN_PAGE_CONTENT);
	g_assert_cmpint (page (sample, "ru", "laws")->kind, ==, RN_PAGE_SECTION);
	g_assert_cmpint (page (sample, "ru", "jobs")->kind, ==, RN_PAGE_SECTION);
	g_assert_cmpstr (page (sample, "ru", "jobs")->type->sort, ==, "title");
	assert_urls (&page (sample, "ru", "")->pages, "/ru/jobs/ /ru/laws/ /ru/faq/ /ru/trip/ ");
	assert_urls (&page (sample, "ru", "faq")->pages, "/ru/faq/deep/ ");
}

static void two_files_for_one_page (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\n-- content/a.md --\n# Bare\n-- content/a.ru.md --\n# Suffixed\n"
	                                         "-- content/a/index.ru.md --\n# Bundle\n-- content/_index.md --\n# H\n-- content/index.ru.md --\n# I\n");
	assert_said (sample, "content/a.ru.md:1:1: [url-twice] the address /ru/a/ is also that of content/a.md\n"
	                     "content/a/index.ru.md:1:1: [url-twice] the address /ru/a/ is also that of content/a.md\n"
	                     "content/index.ru.md:1:1: [url-twice] the address /ru/ is also that of content/_index.md\n");
	g_assert_cmpstr (page (sample, "ru", "a")->title, ==, "Bare");
}

static void titles (void)
{
	static const struct { const char *text, *title; } cases[] = {
		{ "---\ntitle: Given\n---\n# Heading\n", "Given" },
		{ "---\nTitle: Capital\n---\n", "Capital" },
		{ "---\ntitle: 2026\n---\n", "2026" },
		{ "\n\n# From a **heading** with `code` {#id}\n\ntext", "From a heading with code" },
		{ "# [A link](/b) and \\*stars\\* ##\n", "A link and *stars*" },
		{ "# No line end", "No line end" },
		{ "# A form\ffeed\n", "A form feed" },
		{ "---\ntitle: |\n  Two\n  lines\n---\n", "Two lines" },
		{ "---\ntitle: \"Bell\\aed\"\n---\n", "Bell ed" },
		{ "# \xc3\x9c" "ber uns\r\n\r\nText\r\n", "\xc3\x9c" "ber uns" },
		{ "Under\n=====\n\ntext\n", "Under" },
		{ "## Second level\n", NULL },
		{ "", NULL },
		{ "---\ntitle: \"\"\n---\ntext\n", NULL },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autoptr (Sample) sample = sample_folder ("-- content/site.yaml --\nlanguages: [ru]\n");
		const RnSiteOptions options = { .clock = TODAY };
		g_autofree char *dir = g_build_filename (sample->dir, "site", NULL);
		write_file (dir, "content/the-page_of.ru.md", cases[i].text);
		g_assert_true (sample_load (sample, &options, FALSE));
		rn_library_freeze (sample->library);
		g_assert_cmpstr (page (sample, "ru", "the-page_of")->title, ==, cases[i].title ? cases[i].title : "The page of");
		assert_said (sample, cases[i].title ? "" : "content/the-page_of.ru.md:1:1: [title-missing] the page has no title\n");
	}
}

static void broken_pages (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\n-- content/open.ru.md --\n---\ntitle: A\n\ntext\n"
	                                         "-- content/list.ru.md --\n---\n- a\n---\n-- content/toml.ru.md --\n+++\ntitle = \"A\"\n+++\n# T\n"
	                                         "-- content/toml2.ru.md --\n+++\nx = 1\n+++\n# T\n-- content/fine.ru.md --\n---\n---\n# Fine\n");
	assert_said (sample, "content/list.ru.md:2:1: [yaml-syntax] the YAML cannot be read: it must be lines of name: value\n"
	                     "content/open.ru.md:1:1: [front-matter-open] the front matter begins with --- and does not end\n"
	                     "content/toml.ru.md:1:1: [front-matter-toml] the front matter is TOML (+++), which is not read; 2 pages, first here\n");
	g_assert_cmpstr (rn_library_hidden (sample->library, sample->site->languages[0], "open"), ==, "broken");
	g_assert_null (page (sample, "ru", "list"));
	g_assert_cmpstr (page (sample, "ru", "toml")->title, ==, "T");
	g_assert_cmpstr (page (sample, "ru", "fine")->title, ==, "Fine");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/names/languages/site.yaml", languages_of_site_yaml);
	g_test_add_func ("/names/languages/suffixes", languages_of_suffixes);
	g_test_add_func ("/names/languages/bare", languages_of_bare_files);
	g_test_add_func ("/names/languages/first", bare_files_are_in_the_first_language);
	g_test_add_func ("/names/languages/chance", chance_suffixes);
	g_test_add_func ("/names/languages/none", no_language);
	g_test_add_func ("/names/empty", empty_folder);
	g_test_add_func ("/names/site.yaml", keys_of_site_yaml);
	g_test_add_func ("/names/readme", readme_of_a_stranger);
	g_test_add_func ("/names/sections", sections);
	g_test_add_func ("/names/twice", two_files_for_one_page);
	g_test_add_func ("/names/titles", titles);
	g_test_add_func ("/names/broken", broken_pages);
	return g_test_run ();
}
