/* relations.c - tags, related pages, references and their circles. */
#include "sample.h"

#define RU "-- content/site.yaml --\nlanguages: [ru]\n"

static void tags (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\n-- content/a.tg.md --\n---\ntitle: A\ntags: [Work Permit, ҳуҷҷат, 2026]\n---\n"
		"-- content/a.ru.md --\n---\ntitle: A\ntags: работа\n---\n"
		"-- content/b.tg.md --\n---\ntitle: B\ntags: [work permit, WORK-PERMIT, '', ' ']\n---\n-- content/b.ru.md --\n---\ntitle: B\ntags:\n---\n"
		"-- content/c.tg.md --\n---\ntitle: C\ndraft: true\ntags: [hidden]\n---\n-- content/c.ru.md --\n---\ntitle: C\ndraft: true\ntags: [hidden]\n---\n");
	assert_said (sample, "");
	const RnPage *tag = page (sample, "tg", "tags/work-permit");
	g_assert_cmpstr (tag->title, ==, "Work Permit");
	assert_urls (&tag->pages, "/tg/a/ /tg/b/ ");
	g_assert_cmpuint (page (sample, "tg", "b")->tags.n, ==, 1);
	/* Of one page alone: no page of its own, a place on the page of all. */
	assert_urls (&page (sample, "tg", "a")->tags, "/tg/tags/work-permit/ /tg/tags/#hujjat /tg/tags/#2026 ");
	g_assert_null (rn_library_at (sample->library, "/tg/tags/hujjat/"));
	assert_urls (&page (sample, "tg", "tags")->pages, "/tg/tags/#2026 /tg/tags/work-permit/ /tg/tags/#hujjat ");
	g_assert_true (tag->parent == page (sample, "tg", "tags"));
	g_assert_nonnull (page (sample, "ru", "tags"));
	g_assert_null (page (sample, "ru", "tags/work-permit"));
}

static void tag_min (void)
{
	static const char text[] = "tag_min: %u\n-- content/a.ru.md --\n---\ntitle: A\ntags: x\n---\n-- content/b.ru.md --\n---\ntitle: B\ntags: [x, y]\n---\n";
	for (guint n = 1; n <= 3; n++) {
		g_autofree char *whole = g_strdup_printf (RU "tag_min: %u\n%s", n, strchr (text, '\n') + 1);
		g_autoptr (Sample) sample = sample_open (whole);
		g_assert_true ((rn_library_at (sample->library, "/ru/tags/x/") != NULL) == (n <= 2));
		g_assert_true ((rn_library_at (sample->library, "/ru/tags/y/") != NULL) == (n <= 1));
	}
}

static void content_named_tags (void)
{
	g_autoptr (Sample) sample = sample_open (RU "-- content/tags/_index.ru.md --\n# Price tags\n-- content/tags/x.ru.md --\n---\ntitle: X\ntags: [x, z]\n---\n"
		"-- content/404.ru.md --\n---\ntitle: Not it\ntags: [x, z]\n---\n");
	assert_said (sample, "");
	g_assert_cmpstr (page (sample, "ru", "tags")->title, ==, "Price tags");
	g_assert_cmpstr (page (sample, "ru", "tags/x")->title, ==, "X");
	g_assert_cmpstr (page (sample, "ru", "404")->title, ==, "Not it");
	g_assert_cmpstr (rn_library_at (sample->library, "/ru/404.html")->title, ==, "None");
}

static void related (void)
{
	g_autoptr (Sample) sample = sample_open (RU "-- content/f/_type.yaml --\nname: F\n-- content/f/a.ru.md --\n---\ntitle: A\nrelated: [f/b, /f/c, f/b, f/a, f/draft, /f/draft, f/bb]\n---\n"
		"-- content/f/b.ru.md --\n---\ntitle: B\ntags: [x, y]\n---\n-- content/f/c.ru.md --\n---\ntitle: C\ntags: [x, y]\n---\n"
		"-- content/f/d.ru.md --\n---\ntitle: D\ntags: [x]\n---\n-- content/e.ru.md --\n---\ntitle: E\ntags: [x]\n---\n"
		"-- content/f/draft.ru.md --\n---\ntitle: Draft\ndraft: true\ntags: [x]\n---\n-- content/f/g.ru.md --\n---\ntitle: G\nrelated:\n---\n");
	assert_said (sample, "content/f/a.ru.md:3:51: [related-missing] 'related' names the page 'f/bb', which does not exist; did you mean 'f/b'?\n");
	assert_urls (&page (sample, "ru", "f/a")->related, "/ru/f/b/ /ru/f/c/ ");
	/* By the tags in common, the same type before another. */
	assert_urls (&page (sample, "ru", "f/b")->related, "/ru/f/c/ /ru/f/d/ /ru/e/ ");
	assert_urls (&page (sample, "ru", "f/g")->related, "");
}

static void shared_reference_is_told_once (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\n-- content/l/_type.yaml --\nfields:\n  amends: {type: reference, to: l, shared: true}\n"
		"-- content/l/a.tg.md --\n---\ntitle: A\namends: nothing\n---\n-- content/l/a.ru.md --\n---\ntitle: A\n\n\namends: nothing\n---\n"
		"-- content/l/b.tg.md --\n---\ntitle: B\namends: l/c\n---\n-- content/l/b.ru.md --\n---\ntitle: B\n---\n"
		"-- content/l/c.tg.md --\n---\ntitle: C\namends: l/b\n---\n-- content/l/c.ru.md --\n---\ntitle: C\n---\n");
	assert_said (sample, "content/l/a.tg.md:3:9: [field-reference] 'amends' names the page 'nothing', which does not exist\n"
	                     "content/l/c.tg.md:3:9: [reference-cycle] 'amends' leads back to this page: l/b -> l/c -> l/b\n");
	assert_field (page (sample, "ru", "l/b"), "amends", "l/c");
	assert_field (page (sample, "ru", "l/c"), "amends", NULL);
}

static void circles (void)
{
	g_autoptr (Sample) sample = sample_open (RU "-- content/l/_type.yaml --\nfields:\n  one: {type: reference, to: l}\n  many: {type: list, of: reference, to: l}\n"
		"-- content/l/a.ru.md --\n---\ntitle: A\none: l/a\nmany: [b, c, d]\n---\n-- content/l/b.ru.md --\n---\ntitle: B\nmany: [l/c, l/a, l/d]\n---\n"
		"-- content/l/c.ru.md --\n---\ntitle: C\nmany: l/b\n---\n-- content/l/d.ru.md --\n---\ntitle: D\n---\n");
	assert_said (sample, "content/l/a.ru.md:3:6: [reference-cycle] 'one' leads back to this page: l/a -> l/a\n"
	                     "content/l/b.ru.md:3:13: [reference-cycle] 'many' leads back to this page: l/a -> l/b -> l/a\n"
	                     "content/l/c.ru.md:3:7: [reference-cycle] 'many' leads back to this page: l/b -> l/c -> l/b\n");
	assert_field (page (sample, "ru", "l/a"), "one", NULL);
	assert_field (page (sample, "ru", "l/a"), "many", "l/b, l/c, l/d");
	assert_field (page (sample, "ru", "l/b"), "many", "l/c, l/d");
	assert_field (page (sample, "ru", "l/c"), "many", "");
}

/* A chain as long as a large site, that closes: no stack of the machine is used, and the message stays readable. */
static void long_chain (void)
{
	enum { LENGTH = 50000 };
	g_autoptr (Sample) sample = sample_folder (RU "-- content/l/_type.yaml --\nfields:\n  next: {type: reference, to: l}\n");
	const RnSiteOptions options = { .clock = TODAY };
	g_autofree char *dir = g_build_filename (sample->dir, "site/content/l", NULL);
	for (guint i = 0; i < LENGTH; i++) {
		g_autofree char *file = g_strdup_printf ("%s/p%05u.ru.md", dir, i), *text = g_strdup_printf ("---\ntitle: P\nnext: l/p%05u\n---\n", (i + 1) % LENGTH);
		g_assert_true (g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
	}
	g_assert_true (sample_load (sample, &options, FALSE));
	rn_library_freeze (sample->library);
	assert_said (sample, "content/l/p49999.ru.md:3:7: [reference-cycle] 'next' leads back to this page: "
	                     "l/p00000 -> l/p00001 -> l/p00002 -> ... -> l/p49997 -> l/p49998 -> l/p49999 -> l/p00000\n");
	assert_field (page (sample, "ru", "l/p49999"), "next", NULL);
}

static void custom_pages (void)
{
	static const char text[] = "-- content/site.yaml --\nlanguages: [tg, ru]\n-- content/jobs/_type.yaml --\nname: J\n-- content/jobs/a.tg.md --\n# A\n-- content/jobs/a.ru.md --\n# A\n";
	const RnSiteOptions options = { .clock = TODAY };
	g_autoptr (Sample) sample = sample_folder (text);
	g_assert_true (sample_load (sample, &options, FALSE));
	g_assert_cmpuint (rn_library_pages (sample->library)->n, ==, 2);
	RnCustomPage custom = { .key = "jobs/by-city", .language = "tg", .title = "By city", .where = RN_PLACE ("plugins/jobs/init.lua", 3, 1) };
	RnPage *made = rn_library_add (sample->library, &custom);
	g_assert_nonnull (made);
	g_assert_null (rn_library_add (sample->library, &custom));
	custom.key = "jobs/a";
	g_assert_null (rn_library_add (sample->library, &custom));
	custom.key = "../x";
	g_assert_null (rn_library_add (sample->library, &custom));
	custom = (RnCustomPage) { .key = "x", .language = "en", .where = custom.where };
	g_assert_null (rn_library_add (sample->library, &custom));
	rn_library_freeze (sample->library);
	assert_said (sample, "plugins/jobs/init.lua:3:1: [url-twice] the address /tg/jobs/a/ is also that of content/jobs/a.tg.md\n"
	                     "plugins/jobs/init.lua:3:1: [url-twice] the address /tg/jobs/by-city/ is also that of another plugin's page\n"
	                     "plugins/jobs/init.lua:3:1: [custom-page] the plugin's page '../x' is left out: its key is not a path such as vacancies/by-city\n"
	                     "plugins/jobs/init.lua:3:1: [custom-page] the plugin's page 'x' is left out: its language is not one of the site's\n");
	g_assert_true (page (sample, "tg", "jobs/by-city") == made);
	g_assert_cmpstr (made->parent->url, ==, "/tg/jobs/");
	g_assert_cmpstr (made->type->name, ==, "jobs");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/relations/tags", tags);
	g_test_add_func ("/relations/tag-min", tag_min);
	g_test_add_func ("/relations/named-tags", content_named_tags);
	g_test_add_func ("/relations/related", related);
	g_test_add_func ("/relations/shared", shared_reference_is_told_once);
	g_test_add_func ("/relations/circles", circles);
	g_test_add_func ("/relations/long-chain", long_chain);
	g_test_add_func ("/relations/custom", custom_pages);
	return g_test_run ();
}
