/* outputs.c - feeds, sitemaps, redirects and the small files of a site: what they hold, and that they are well-formed. */
#include "../model/sample.h"
#include "site/extras.h"
#include "site/feeds.h"
#include "site/sitemap.h"

#define SITE "-- content/site.yaml --\nlanguages: [tg, ru]\ntitle: {tg: 'Site & <more>', ru: Site}\n%s" \
	"-- content/faq/a.tg.md --\n---\ntitle: 'A & <b> \"c\"'\ndate: 2026-01-02\ndescription: D & d\ntags: [x&y, z]\n---\n-- content/faq/a.ru.md --\n# A\n" \
	"-- content/faq/b.tg.md --\n---\ntitle: B\ndate: 2026-03-01\nlastmod: 2026-03-05T10:00:00Z\naliases: /old/b/\n---\n" \
	"-- content/faq/c.tg.md --\n---\ntitle: C\ndate: 2026-02-01\ndraft: true\n---\n-- content/faq/c.ru.md --\n# C\n" \
	"-- content/plain/x.tg.md --\n# X\n-- content/plain/x.ru.md --\n# X\n"

static Sample *open_site (const char *base)
{
	g_autofree char *line = base ? g_strdup_printf ("base_url: %s\n", base) : g_strdup (""), *text = g_strdup_printf (SITE, line);

	return sample_open (text);
}

static void assert_xml (const GString *xml)
{
	g_autofree char *tool = g_find_program_in_path ("xmllint");
	if (!tool) {
		g_test_message ("xmllint is not here");
		return;
	}
	g_autofree char *dir = make_folder ();
	write_file (dir, "x.xml", xml->str);
	g_free (run (dir, "xmllint --noout x.xml"));
	remove_folder (dir);
}

static guint count (const char *text, const char *what)
{
	guint n = 0;
	for (const char *p = strstr (text, what); p; p = strstr (p + 1, what))
		n++;
	return n;
}

static void assert_holds (const GString *text, const char *what)
{
	if (!strstr (text->str, what))
		g_error ("'%s' is not in:\n%s", what, text->str);
}

static void feed (void)
{
	g_autoptr (Sample) sample = open_site ("https://example.org/sub/");
	g_autoptr (GString) out = g_string_new ("left over");
	g_assert_true (rn_feed_wanted (page (sample, "tg", "faq")));
	g_assert_false (rn_feed_wanted (page (sample, "tg", "faq/a")));
	rn_feed_make (sample->library, page (sample, "tg", "faq"), out);
	assert_xml (out);
	/* The newest first; no draft, no stand-in. */
	g_assert_cmpuint (count (out->str, "<entry>"), ==, 2);
	g_assert_true (strstr (out->str, "<title>B</title>") < strstr (out->str, "<title>A &amp; &lt;b&gt;"));
	assert_holds (out, "<id>https://example.org/sub/tg/faq/feed.xml</id>");
	assert_holds (out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/sub/tg/faq/feed.xml\"/>");
	assert_holds (out, "<updated>2026-03-05T10:00:00Z</updated>");
	assert_holds (out, "<published>2026-01-02T00:00:00Z</published>");
	assert_holds (out, "<category term=\"x&amp;y\"/>");
	assert_holds (out, "xml:lang=\"tg\"");
	rn_feed_make (sample->library, page (sample, "tg", ""), out);
	g_assert_cmpuint (count (out->str, "<entry>"), ==, 2);
	assert_xml (out);
	/* Nothing dated: no feed. In Russian the pages are undated or stand in, but the date of a pair is its source's. */
	g_assert_false (rn_feed_wanted (page (sample, "tg", "plain")));
	rn_feed_make (sample->library, page (sample, "ru", "faq"), out);
	g_assert_null (strstr (out->str, "<title>B</title>"));
}

static void feed_keeps_twenty (void)
{
	g_autoptr (GString) text = g_string_new ("-- content/site.yaml --\nlanguages: [ru]\npage_size: 7\n"), out = g_string_new (NULL);
	for (guint i = 0; i < 45; i++)
		g_string_append_printf (text, "-- content/f/p%02u.ru.md --\n---\ntitle: P%02u\ndate: 2026-01-%02u\n---\n", i, i, 1 + i * 7 % 28);
	g_autoptr (Sample) sample = sample_open (text->str);
	rn_feed_make (sample->library, page (sample, "ru", "f"), out);
	g_assert_cmpuint (count (out->str, "<entry>"), ==, 20);
	assert_xml (out);
	g_assert_nonnull (strstr (out->str, "urn:uuid:"));
	const char *before = "9999";
	for (const char *p = strstr (out->str, "<published>"); p; p = strstr (p + 1, "<published>")) {
		g_assert_cmpint (strncmp (before, p + 11, 10), >=, 0);
		before = p + 11;
	}
}

static void sitemap (void)
{
	g_autoptr (Sample) sample = open_site ("https://example.org");
	g_autoptr (GString) out = g_string_new ("left over");
	g_assert_cmpuint (rn_sitemap_parts (sample->library), ==, 1);
	rn_sitemap_make (sample->library, 1, out);
	assert_xml (out);
	assert_holds (out, "<loc>https://example.org/tg/faq/a/</loc>\n<xhtml:link rel=\"alternate\" hreflang=\"tg\" href=\"https://example.org/tg/faq/a/\"/>\n"
	                   "<xhtml:link rel=\"alternate\" hreflang=\"ru\" href=\"https://example.org/ru/faq/a/\"/>\n"
	                   "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/tg/faq/a/\"/>\n<lastmod>2026-01-02</lastmod>");
	/* No stand-in (its text has its own address), no draft, not even as a twin, no 404. */
	g_assert_null (strstr (out->str, "/ru/faq/b/"));
	g_assert_null (strstr (out->str, "/tg/faq/c/"));
	g_assert_null (strstr (out->str, "404"));
	g_assert_cmpuint (count (out->str, "<loc>"), ==, count (out->str, "<url>"));
	rn_sitemap_make (sample->library, 0, out);
	assert_xml (out);
	assert_holds (out, "<loc>https://example.org/sitemap-1.xml</loc>");
}

static void small_files (void)
{
	g_autoptr (Sample) with = open_site ("https://example.org"), without = open_site (NULL);
	g_autoptr (GString) out = g_string_new (NULL);
	rn_robots_make (with->library, out);
	g_assert_cmpstr (out->str, ==, "User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap.xml\n");
	rn_robots_make (without->library, out);
	g_assert_cmpstr (out->str, ==, "User-agent: *\nAllow: /\n");
	const RnPage *b = page (with, "tg", "faq/b");
	g_assert_cmpstr (b->aliases[0], ==, "/old/b/");
	rn_redirect_make (with->library, b, b->aliases[0], out);
	assert_holds (out, "<meta http-equiv=\"refresh\" content=\"0; url=../../tg/faq/b/index.html\">");
	assert_holds (out, "<html lang=\"tg\"");
	rn_redirect_make (with->library, page (with, "tg", "faq/a"), "/old.html", out);
	assert_holds (out, "<title>A &amp; &lt;b&gt; \"c\"</title>");
	assert_holds (out, "url=tg/faq/a/index.html");
}

static void manifest (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\ntitle: {tg: 'Site & <more>', ru: Site}\n"
		"hotlines: [{name: N, phone: '112'}]\n-- content/search.ru.md --\n# Find\n-- content/a.tg.md --\n# A\n"
		"-- layouts/lang/ru.yaml --\nname: R\nstrings: {help: Help me}\n"
		"-- layouts/manifest.yaml --\ntheme_color: '#123'\nshortcuts:\n  - {string: help, place: help, needs: hotlines}\n  - {page: search}\n  - {page: none}\n"
		"  - {string: help, needs: nothing}\n");
	g_autoptr (GString) out = g_string_new ("left over");
	const RnSite *site = rn_library_site (sample->library);
	rn_manifest_make (sample->library, site->languages[1], NULL, NULL, sample->sink, out);
	assert_holds (out, "\"dir\": \"ltr\",\n \"icons\": [],\n \"lang\": \"ru\",\n \"name\": \"Site\",\n \"scope\": \"../\",\n \"shortcuts\": [\n  {\n"
	                   "   \"name\": \"Help me\",\n   \"url\": \"index.html#help\"\n  },\n  {\n   \"name\": \"Find\",\n   \"url\": \"search/index.html\"\n  }\n ],\n"
	                   " \"start_url\": \"index.html\",\n \"theme_color\": \"#123\"\n");
	rn_manifest_make (sample->library, site->languages[0], NULL, NULL, sample->sink, out);
	assert_holds (out, "\"name\": \"Site & <more>\"");
}

#define EDITION "-- content/a.ru.md --\n---\ntitle: A\nlastmod: 2026-03-05T10:00:00Z\n---\n"

static void security (void)
{
	static const struct { const char *yaml, *text; } cases[] = {
		{ "", NULL },
		{ "security: {contact: 'mailto:a@example.org'}\n", "Contact: mailto:a@example.org\nExpires: 2027-03-05T10:00:00Z\nPreferred-Languages: ru\n" },
		{ "base_url: https://example.org\nsecurity: {contact: ['mailto:a@example.org', a@b, 'tel:+1'], policy: 'https://example.org/p'}\n",
		  "Contact: mailto:a@example.org\nContact: tel:+1\nExpires: 2027-03-05T10:00:00Z\nPreferred-Languages: ru\nPolicy: https://example.org/p\n"
		  "Canonical: https://example.org/.well-known/security.txt\n" },
		{ "security: {contact: \"https://x\\nExpires: never\"}\n", NULL }, { "security: yes\n", NULL },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\nlanguages: [ru]\n%s" EDITION, cases[i].yaml);
		g_autoptr (Sample) sample = sample_open (text);
		g_autoptr (GString) out = g_string_new ("left over");
		g_assert_cmpint (rn_security_make (sample->library, sample->sink, out), ==, cases[i].text != NULL);
		g_assert_cmpstr (out->str, ==, cases[i].text ? cases[i].text : "");
	}
	g_autoptr (Sample) undated = sample_open ("-- content/site.yaml --\nsecurity: {contact: 'mailto:a@example.org'}\n-- content/a.ru.md --\n# A\n");
	g_autoptr (GString) out = g_string_new (NULL);
	g_assert_false (rn_security_make (undated->library, undated->sink, out));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/outputs/feed", feed);
	g_test_add_func ("/outputs/feed-twenty", feed_keeps_twenty);
	g_test_add_func ("/outputs/sitemap", sitemap);
	g_test_add_func ("/outputs/small", small_files);
	g_test_add_func ("/outputs/manifest", manifest);
	g_test_add_func ("/outputs/security", security);
	return g_test_run ();
}
