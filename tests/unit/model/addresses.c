/* addresses.c - where pages stand: slugs, other alphabets, collisions, aliases, slices of long lists, orders. */
#include "sample.h"

#define RU "-- content/site.yaml --\nlanguages: [ru]\n"

static void slugs (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\n-- content/ҳуҷҷат/шартнома.tg.md --\n# A\n-- content/ҳуҷҷат/шартнома.ru.md --\n# A\n"
		"-- content/b.tg.md --\n---\ntitle: B\nslug: Own Name\n---\n-- content/b.ru.md --\n# B\n"
		"-- content/c.tg.md --\n---\ntitle: C\nslug: ..\n---\n-- content/c.ru.md --\n# C\n"
		"-- content/d.tg.md --\n---\ntitle: D\nslug: a/../../x\n---\n-- content/d.ru.md --\n# D\n"
		"-- content/e.tg.md --\n---\ntitle: E\nslug: con\n---\n-- content/e.ru.md --\n# E\n"
		"-- content/\xc3\x9c" "ber uns & wir.tg.md --\n# U\n-- content/\xc3\x9c" "ber uns & wir.ru.md --\n# U\n");
	g_assert_cmpstr (page (sample, "tg", "b")->url, ==, "/tg/own-name/");
	g_assert_cmpstr (page (sample, "ru", "b")->url, ==, "/ru/own-name/");
	g_assert_cmpstr (page (sample, "tg", "c")->url, ==, "/tg/-/");
	g_assert_cmpstr (page (sample, "tg", "d")->url, ==, "/tg/a-x/");
	g_assert_null (strstr (page (sample, "tg", "c")->url, ".."));
	/* One table, the default language's, for all: a page's addresses differ in the language alone. */
	const char *tg = page (sample, "tg", "ҳуҷҷат/шартнома")->url, *ru = page (sample, "ru", "ҳуҷҷат/шартнома")->url;
	g_assert_cmpstr (tg + 4, ==, ru + 4);
	g_assert_true (g_str_has_prefix (tg, "/tg/h"));
	g_assert_cmpstr (page (sample, "tg", "\xc3\x9c" "ber uns & wir")->url, ==, "/tg/uber-uns-wir/");
	assert_said (sample, "");
}

/* A name that grows in Latin letters still fits into a file's name, and so does a tag of a whole sentence. */
static void long_names (void)
{
	g_autoptr (GString) name = g_string_new (NULL), text = g_string_new ("-- content/site.yaml --\nlanguages: [tg]\ntag_min: 1\n");
	for (guint i = 0; i < 110; i++)
		g_string_append (name, "ш");
	g_string_append_printf (text, "-- content/%s.tg.md --\n---\ntitle: A\ntags: ['%s %s']\n---\n", name->str, name->str, name->str);
	g_autoptr (Sample) sample = sample_open (text->str);
	const RnPages *all = rn_library_pages (sample->library);
	for (guint i = 0; i < all->n; i++) {
		g_auto (GStrv) parts = g_strsplit (all->items[i]->url, "/", -1);
		for (char **part = parts; *part; part++)
			g_assert_cmpuint (strlen (*part), <=, 255);
	}
	g_assert_cmpuint (page (sample, "tg", name->str)->tags.n, ==, 1);
}

static void collisions (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\n-- content/f/a.tg.md --\n# First\n-- content/f/a.ru.md --\n# First\n"
		"-- content/f/b.tg.md --\n---\ntitle: B\nslug: a\n---\n-- content/f/b.ru.md --\n# B\n"
		"-- content/f/c.tg.md --\n---\ntitle: C\nslug: a\n---\n"
		"-- content/g.tg.md --\n---\ntitle: G\nslug: f\n---\n-- content/g.ru.md --\n---\ntitle: G\nslug: g2\n---\n");
	assert_said (sample, "[url-twice] the address /tg/f/ is also that of content/g.tg.md\n"
	                     "content/f/b.ru.md:1:1: [url-twice] the address /ru/f/a/ is also that of content/f/a.ru.md\n"
	                     "content/f/b.tg.md:1:1: [url-twice] the address /tg/f/a/ is also that of content/f/a.tg.md\n"
	                     "content/f/c.tg.md:1:1: [url-twice] the address /tg/f/a/ is also that of content/f/a.tg.md\n"
	                     "content/f/c.tg.md:1:1: [twin-missing] there is no translation into 'ru'\n");
	g_assert_cmpstr (rn_library_at (sample->library, "/tg/f/a/")->title, ==, "First");
	g_assert_null (page (sample, "tg", "f/b"));
	const RnPages *all = rn_library_pages (sample->library);
	for (guint i = 1; i < all->n; i++)
		g_assert_cmpstr (all->items[i - 1]->url, <, all->items[i]->url);
}

static void aliases (void)
{
	g_autoptr (Sample) sample = sample_open (RU "-- content/media/p.png --\nx\n-- content/b.ru.md --\n# B\n-- content/x.y.ru.md --\n# XY\n"
		"-- content/f/a.ru.md --\n---\ntitle: A\naliases:\n  - /old/place/\n  - near\n  - ../up.html\n  - /%D0%B0/\n  - /ru/b/\n  - /media/p.png\n"
		"  - /media/p.png/x\n  - /ru/x.y\n  - /\n  - ../../../x\n  - /old/place\n  - /ru/f/a/\n  - {a: b}\n  - /robots.txt\n  - /ru/feed.xml\n  - /ru/f\n---\n"
		"-- content/g.ru.md --\n---\ntitle: G\naliases: [/old/place/, /old, /up.html/deeper/]\n---\n-- content/h.ru.md --\n---\naliases:\n---\n# H\n");
	const char *const *list = page (sample, "ru", "f/a")->aliases;
	g_autofree char *all = g_strjoinv (" ", (char **) list);
	g_assert_cmpstr (all, ==, "/old/place/ /ru/f/near/ /ru/up.html /а/");
	g_autofree char *others = g_strjoinv (" ", (char **) page (sample, "ru", "g")->aliases);
	g_assert_cmpstr (others, ==, "/old/ /up.html/deeper/");
	g_assert_null (page (sample, "ru", "h")->aliases);
#define TAKEN(line, alias, by) "content/f/a.ru.md:" line ":5: [alias-taken] the alias " alias " is the address of " by ": it is passed over\n"
#define ODD(line, text) "content/f/a.ru.md:" line ":5: [field-pattern] 'aliases' is '" text "', which does not look like an address of the site such as /old/page/\n"
	assert_said (sample,
	             TAKEN ("8", "/ru/b/", "content/b.ru.md") TAKEN ("9", "/media/p.png", "content/media/p.png")
	             TAKEN ("10", "/media/p.png/x/", "content/media/p.png") TAKEN ("11", "/ru/x.y", "content/x.y.ru.md") ODD ("12", "/") ODD ("13", "../../../x")
	             TAKEN ("14", "/old/place/", "content/f/a.ru.md") ODD ("16", "a: b") TAKEN ("17", "/robots.txt", "a file that the press makes itself")
	             TAKEN ("18", "/ru/feed.xml", "/ru/") TAKEN ("19", "/ru/f/", "/ru/f/")
	             "content/g.ru.md:3:11: [alias-taken] the alias /old/place/ is the address of content/f/a.ru.md: it is passed over\n");
}

static void files_in_the_place_of_pages (void)
{
	g_autoptr (Sample) sample = sample_open (RU "-- content/a.ru.md --\n---\ntitle: A\naliases: /old/\n---\n");
	static const struct { const char *url, *by; } places[] = {
		{ "/index.html", "/" }, { "/ru/index.html", "/ru/" }, { "/ru/a/index.html", "content/a.ru.md" }, { "/ru/a", "content/a.ru.md" },
		{ "/old/index.html", "content/a.ru.md" }, { "/ru/404.html", "/ru/404.html" }, { "/robots.txt", "a file that the press makes itself" },
		{ "/ru/feed.xml", "/ru/" }, { "/ru/manifest.webmanifest", "/ru/" },
		{ "/.well-known/security.txt", "a file that the press makes itself" }, { "/.well-known/other", NULL }, { "/media/index.html", NULL }, { "/ru/a/picture.png", NULL }, { "/index.htm", NULL }, { "/CNAME", NULL },
	};
	for (guint i = 0; i < G_N_ELEMENTS (places); i++)
		g_assert_cmpstr (rn_library_made_at (sample->library, places[i].url), ==, places[i].by);
}

static void slices (void)
{
	g_autoptr (GString) text = g_string_new ("-- content/site.yaml --\nlanguages: [ru]\npage_size: 4\n");
	for (guint i = 0; i < 9; i++)
		g_string_append_printf (text, "-- content/f/p%u.ru.md --\n---\ntitle: P\nweight: %u\ntags: [all]\n---\n", i, i + 1);
	g_autoptr (Sample) sample = sample_open (text->str);
	const RnPage *first = page (sample, "ru", "f");
	g_assert_cmpuint (first->slices, ==, 3);
	g_assert_cmpuint (first->slice, ==, 1);
	assert_urls (&first->pages, "/ru/f/p0/ /ru/f/p1/ /ru/f/p2/ /ru/f/p3/ ");
	g_assert_cmpstr (first->slice_pages[1]->url, ==, "/ru/f/page/2/");
	assert_urls (&first->slice_pages[2]->pages, "/ru/f/p8/ ");
	g_assert_true (first->slice_pages[2]->first_slice == first);
	g_assert_nonnull (rn_library_at (sample->library, "/ru/tags/all/page/3/"));
	g_assert_cmpuint (page (sample, "ru", "f/p0")->slices, ==, 0);
	/* Neighbours go over the cut. */
	g_assert_true (page (sample, "ru", "f/p3")->next == page (sample, "ru", "f/p4"));
	assert_said (sample, "");
}

#define ORDER(rule, wanted) { rule, wanted }
static void orders (void)
{
	static const struct { const char *sort, *wanted; } rules[] = {
		ORDER ("weight", "/ru/j/c/ /ru/j/a/ /ru/j/d/ /ru/j/b/ /ru/j/e/ "),
		ORDER ("title", "/ru/j/e/ /ru/j/b/ /ru/j/a/ /ru/j/d/ /ru/j/c/ "),
		ORDER ("-title", "/ru/j/c/ /ru/j/d/ /ru/j/a/ /ru/j/b/ /ru/j/e/ "),
		ORDER ("date", "/ru/j/a/ /ru/j/b/ /ru/j/d/ /ru/j/e/ /ru/j/c/ "),
		ORDER ("-date", "/ru/j/d/ /ru/j/b/ /ru/j/a/ /ru/j/e/ /ru/j/c/ "),
		ORDER ("pay", "/ru/j/c/ /ru/j/a/ /ru/j/b/ /ru/j/e/ /ru/j/d/ "),
		ORDER ("-pay", "/ru/j/b/ /ru/j/a/ /ru/j/c/ /ru/j/e/ /ru/j/d/ "),
		ORDER ("city", "/ru/j/d/ /ru/j/e/ /ru/j/b/ /ru/j/a/ /ru/j/c/ "),
	};
	for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
		g_autofree char *text = g_strdup_printf (RU "-- content/j/_type.yaml --\nsort: %s\nfields: {pay: money, city: text}\n"
			"-- content/j/a.ru.md --\n---\ntitle: в\ndate: 2026-01-01\nweight: 2\npay: 30 RUB\n---\n"
			"-- content/j/b.ru.md --\n---\ntitle: Б\ndate: 2026-02-01\npay: {from: 100, to: 200, currency: RUB}\ncity: B\n---\n"
			"-- content/j/c.ru.md --\n---\ntitle: Д\nweight: 1\npay: 4 RUB\n---\n"
			"-- content/j/d.ru.md --\n---\ntitle: Г\ndate: 2026-03-01\ncity: A\n---\n"
			"-- content/j/e.ru.md --\n---\ntitle: а\ncity: B\n---\n", rules[i].sort);
		g_autoptr (Sample) sample = sample_open (text);
		assert_said (sample, "");
		assert_urls (&page (sample, "ru", "j")->pages, rules[i].wanted);
	}
}

static void home_order (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\nsections: [c, a]\n-- content/a/x.ru.md --\n# X\n-- content/b/x.ru.md --\n# X\n"
		"-- content/c/x.ru.md --\n# X\n-- content/top.ru.md --\n# T\n");
	assert_said (sample, "");
	assert_urls (&page (sample, "ru", "")->pages, "/ru/c/ /ru/a/ /ru/b/ /ru/top/ ");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/addresses/slugs", slugs);
	g_test_add_func ("/addresses/long", long_names);
	g_test_add_func ("/addresses/collisions", collisions);
	g_test_add_func ("/addresses/aliases", aliases);
	g_test_add_func ("/addresses/files", files_in_the_place_of_pages);
	g_test_add_func ("/addresses/slices", slices);
	g_test_add_func ("/addresses/orders", orders);
	g_test_add_func ("/addresses/home", home_order);
	return g_test_run ();
}
