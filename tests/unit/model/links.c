/* links.c - every form of an address in a text, as link.h lists them: what it leads to, and what is said where it leads nowhere. */
#include "sample.h"

#define SITE "-- content/site.yaml --\nlanguages: [tg, ru]\nlink_schemes: {law: legislation}\n" \
	"-- content/faq/patent.tg.md --\n# P\n-- content/faq/patent.ru.md --\n# P\n-- content/faq/visa.tg.md --\n---\ntitle: V\nslug: entry visa\naliases: /old/visa/\n---\n" \
	"-- content/faq/visa.ru.md --\n# V\n-- content/legislation/koap.tg.md --\n# K\n-- content/legislation/koap.ru.md --\n# K\n-- content/faq/only.tg.md --\n# O\n" \
	"-- content/gone.tg.md --\n---\ntitle: G\nexpiryDate: 2020-01-01\n---\n-- content/gone.ru.md --\n# G\n-- content/сафар.tg.md --\n# S\n-- content/сафар.ru.md --\n# S\n" \
	"-- content/media/a.svg --\nx\n-- content/faq/b.png --\nx\n-- content/data/t.csv --\nx\n-- content/trip/index.tg.md --\n# T\n-- content/trip/index.ru.md --\n# T\n" \
	"-- content/trip/map.png --\nx\n-- content/koap.v2.tg.md --\n# K\n-- content/koap.v2.ru.md --\n# K\n"

/* WANTED: "page URL", "page URL#FRAGMENT", "file URL", "out", "refused", "missing NEAREST", "hidden WHY". */
typedef struct { const char *from, *address, *wanted; } Row;

static const Row rows[] = {
	{ "tg faq/patent", "https://example.org/x", "out" },
	{ "tg faq/patent", "HTTPS://example.org/x", "out" },
	{ "tg faq/patent", "mailto:a@example.org", "out" },
	{ "tg faq/patent", "tel:+992446000000", "out" },
	{ "tg faq/patent", "sms:112", "out" },
	{ "tg faq/patent", "geo:38.5,68.7", "out" },
	{ "tg faq/patent", "javascript:alert(1)", "refused" },
	{ "tg faq/patent", "JavaScript:alert(1)", "refused" },
	{ "tg faq/patent", "java\tscript:alert(1)", "refused" },
	{ "tg faq/patent", " javascript:alert(1)", "refused" },
	{ "tg faq/patent", "\x01javascript:alert(1)", "refused" },
	{ "tg faq/patent", "data:text/html,x", "refused" },
	{ "tg faq/patent", "file:///etc/passwd", "refused" },
	{ "tg faq/patent", "//example.org/x", "refused" },
	{ "tg faq/patent", "\\\\example.org\\x", "refused" },
	{ "tg faq/patent", "vbscript:x", "refused" },
	{ "tg faq/patent", "%6Aavascript:x", "refused" },
	{ "tg faq/patent", "#18.8", "page /tg/faq/patent/#18.8" },
	{ "tg faq/patent", "/faq/patent", "page /tg/faq/patent/" },
	{ "ru faq/patent", "/faq/patent", "page /ru/faq/patent/" },
	{ "tg faq/patent", "/faq/patent/#a%20b", "page /tg/faq/patent/#a b" },
	{ "tg faq/patent", "/faq/patent/#%FF", "page /tg/faq/patent/#%FF" },
	{ "tg faq/patent", "/faq/patent?x=1#y", "page /tg/faq/patent/#y" },
	{ "tg faq/patent", "/faq/patent/index.html", "page /tg/faq/patent/" },
	{ "tg faq/patent", "/ru/faq/patent/", "page /ru/faq/patent/" },
	{ "tg faq/patent", "/ru/", "page /ru/" },
	{ "tg faq/patent", "/", "page /tg/" },
	{ "tg faq/patent", "/faq/", "page /tg/faq/" },
	{ "tg faq/patent", "patent.md", "page /tg/faq/patent/" },
	{ "tg faq/patent", "visa.ru.md", "page /ru/faq/entry-visa/" },
	{ "tg faq/patent", "../faq/visa.tg.md#x", "page /tg/faq/entry-visa/#x" },
	{ "tg faq/patent", "visa", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "./visa", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "faq/visa", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "/faq/entry-visa/", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "/tg/faq/entry-visa/", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "/old/visa/", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "../legislation/koap", "page /tg/legislation/koap/" },
	{ "tg faq/patent", "../../legislation/koap/", "page /tg/legislation/koap/" },
	{ "tg faq/patent", "law:koap#18.8", "page /tg/legislation/koap/#18.8" },
	{ "tg faq/patent", "law:koap", "page /tg/legislation/koap/" },
	{ "tg faq/patent", "law:kaop#1", "missing legislation/koap" },
	{ "tg faq/patent", "laws:koap", "refused" },
	{ "tg faq/patent", "/сафар", "page /tg/safar/" },
	{ "tg faq/patent", "/%D1%81%D0%B0%D1%84%D0%B0%D1%80", "page /tg/safar/" },
	{ "tg faq/patent", "/tg/safar/", "page /tg/safar/" },
	{ "tg faq/patent", "/koap.v2", "page /tg/koap.v2/" },
	{ "tg faq/patent", "/media/a.svg", "file /media/a.svg" },
	{ "tg faq/patent", "../media/a.svg", "file /media/a.svg" },
	{ "tg faq/patent", "b.png", "file /faq/b.png" },
	{ "tg trip", "map.png", "file /trip/map.png" },
	{ "tg trip", "../faq/visa.md", "page /tg/faq/entry-visa/" },
	{ "tg faq/patent", "/trip/index.md", "page /tg/trip/" },
	{ "tg faq/patent", "/data/t.csv", "missing NULL" },
	{ "tg faq/patent", "/site.yaml", "missing NULL" },
	{ "tg faq/patent", "/media/b.svg", "missing media/a.svg" },
	{ "tg faq/patent", "/faq/patnet", "missing faq/patent" },
	{ "tg faq/patent", "patnet.md", "missing faq/patent" },
	{ "tg faq/patent", "/nothing/like/it", "missing NULL" },
	{ "tg faq/patent", "../../../../etc/passwd", "missing NULL" },
	{ "tg faq/patent", "/../../etc/passwd", "missing NULL" },
	{ "tg faq/patent", "", "missing NULL" },
	{ "tg faq/patent", "/%FF%FE", "missing NULL" },
	{ "tg faq/patent", "/gone", "hidden expired" },
	{ "ru faq/patent", "../gone.tg.md", "hidden expired" },
	{ "ru faq/only", "/faq/patent", "page /ru/faq/patent/" },
	{ "ru faq/only", "patent.md", "page /ru/faq/patent/" },
};

static char *tell (const RnLink *link)
{
	switch (link->kind) {
	case RN_LINK_EXTERNAL: return g_strdup ("out");
	case RN_LINK_PAGE: return g_strconcat ("page ", link->page->url, link->fragment ? "#" : "", link->fragment, NULL);
	case RN_LINK_FILE: return g_strconcat ("file ", link->url, NULL);
	case RN_LINK_ADDED: return g_strconcat ("added ", link->url, NULL);
	case RN_LINK_REFUSED: return g_strdup ("refused");
	case RN_LINK_MISSING: return g_strconcat ("missing ", link->nearest ? link->nearest : "NULL", NULL);
	case RN_LINK_HIDDEN: return g_strconcat ("hidden ", link->why, NULL);
	}
	return NULL;
}

static void table (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
		g_autofree char *code = g_strndup (rows[i].from, 2);
		const RnPage *from = page (sample, code, rows[i].from + 3);
		RnLink link = rn_link_resolve (sample->library, from, rows[i].address, arena);
		g_autofree char *told = tell (&link), *got = g_strdup_printf ("%s -> %s", rows[i].address, told);
		g_autofree char *wanted = g_strdup_printf ("%s -> %s", rows[i].address, rows[i].wanted);
		g_assert_cmpstr (got, ==, wanted);
	}
}

/* A message's "did you mean" is itself an address that leads there, from wherever it is said. */
static void nearest_leads_there (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnPages *all = rn_library_pages (sample->library);
	for (guint i = 0; i < all->n; i++) {
		if (all->items[i]->kind != RN_PAGE_CONTENT)
			continue;
		RnLink link = rn_link_resolve (sample->library, all->items[i], "/faq/patnet", arena);
		g_assert_cmpint (link.kind, ==, RN_LINK_MISSING);
		link = rn_link_resolve (sample->library, all->items[i], link.nearest, arena);
		g_assert_cmpint (link.kind, ==, RN_LINK_PAGE);
		g_assert_cmpstr (link.page->key, ==, "faq/patent");
	}
}

static void schemes (void)
{
	static const char *const fine[] = { "https://a", "mailto:a@b", "a/b:c", "#a:b", "?a:b", "page", "" };
	static const char *const bad[] = { "javascript:x", "a:b", "//a", "\\a", "x\ny", "\tx" };
	for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
		g_assert_true (rn_link_scheme_allowed (fine[i]));
	for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
		g_assert_false (rn_link_scheme_allowed (bad[i]));
}

/* A stranger's folder: pictures go along, whatever else lies there does not. */
static void stranger (void)
{
	g_autoptr (Sample) sample = sample_open ("-- a.md --\n# A\n-- b.old.md --\n# B\n-- id_rsa --\nx\n-- Makefile --\nx\n-- p.PNG --\nx\n-- index.html --\nx\n");
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnPage *a = page (sample, "und", "a");
	g_assert_cmpint (rn_link_resolve (sample->library, a, "p.PNG", arena).kind, ==, RN_LINK_FILE);
	g_assert_cmpint (rn_link_resolve (sample->library, a, "id_rsa", arena).kind, ==, RN_LINK_MISSING);
	g_assert_false (rn_site_publishes (sample->site, "Makefile"));
	g_assert_false (rn_site_publishes (sample->site, "index.html"));
	g_assert_true (rn_site_publishes (sample->site, "p.PNG"));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/links/table", table);
	g_test_add_func ("/links/nearest", nearest_leads_there);
	g_test_add_func ("/links/schemes", schemes);
	g_test_add_func ("/links/stranger", stranger);
	return g_test_run ();
}
