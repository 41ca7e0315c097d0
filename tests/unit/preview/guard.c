/* guard.c - Host, Origin and path of requests; which names of files are nobody's content. */
#include "preview/guard-int.h"
#include "preview/watch-int.h"

static void hosts (void)
{
	static const struct { const char *host, *bound; gboolean fine; } cases[] = {
		{ "127.0.0.1:8000", "127.0.0.1", TRUE }, { "localhost", "127.0.0.1", TRUE }, { "LocalHost:1", "127.0.0.1", TRUE }, { "[::1]:8000", "127.0.0.1", TRUE },
		{ "192.168.1.5:8000", "192.168.1.5", TRUE }, { "192.168.1.5", "0.0.0.0", TRUE }, { "[fe80::1]:80", "::", TRUE }, { "192.168.1.6", "192.168.1.5", FALSE },
		{ "192.168.1.5", "127.0.0.1", FALSE }, { "evil.example", "0.0.0.0", FALSE }, { "evil.example:8000", "127.0.0.1", FALSE }, { "127.0.0.1.evil.example", "0.0.0.0", FALSE },
		{ "", "127.0.0.1", FALSE }, { NULL, "127.0.0.1", FALSE }, { ":80", "127.0.0.1", FALSE }, { "127.0.0.1:80:80", "127.0.0.1", FALSE }, { "localhost:80x", "127.0.0.1", FALSE },
		{ "[::1", "127.0.0.1", FALSE }, { "[::1]x", "127.0.0.1", FALSE }, { "a@localhost", "127.0.0.1", FALSE },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
		if (rn_guard_host (cases[i].host, cases[i].bound) != cases[i].fine)
			g_error ("'%s' at %s is %s", cases[i].host, cases[i].bound, cases[i].fine ? "refused" : "taken");
}

static void origins (void)
{
	g_assert_true (rn_guard_origin (NULL, "localhost:8000"));
	g_assert_true (rn_guard_origin ("http://localhost:8000", "localhost:8000"));
	static const char *const others[] = { "", "null", "http://", "http://localhost", "https://localhost:8000", "http://localhost:8000.evil.example", "http://evil.example", "localhost:8000" };
	for (guint i = 0; i < G_N_ELEMENTS (others); i++)
		g_assert_false (rn_guard_origin (others[i], "localhost:8000"));
	g_assert_false (rn_guard_origin ("http://localhost:8000", NULL));
}

static void paths (void)
{
	static const struct { const char *path, *plain; } cases[] = {
		{ "/", "/" }, { "/en/", "/en/" }, { "/en/a%20b/", "/en/a b/" }, { "/en/%D1%8F", "/en/я" }, { "/.well-known/security.txt", "/.well-known/security.txt" },
		{ "", NULL }, { "en/", NULL }, { "//en/", NULL }, { "/en//a", NULL }, { "/../a", NULL }, { "/en/..", NULL }, { "/en/%2e%2e/a", NULL }, { "/en/.", NULL }, { "/%2f/a", NULL },
		{ "/a%00b", NULL }, { "/a%5cb", NULL }, { "/a\\b", NULL }, { "/%ff", NULL }, { "/%", NULL }, { "/%zz", NULL }, { "/a%0ab", NULL }, { "/.git/config", NULL }, { "/con", NULL }, { NULL, NULL },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *plain = rn_guard_path (cases[i].path);
		g_assert_cmpstr (plain, ==, cases[i].plain);
	}
}

static void names (void)
{
	static const char *const passed[] = { ".git", ".page.md.swp", "page.md~", "#page.md#", "4913", "" }, *const seen[] = { "page.md", "a", "#1.md", "_type.yaml", "49130" };
	for (guint i = 0; i < G_N_ELEMENTS (passed); i++)
		g_assert_true (rn_watch_passes (passed[i]));
	for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
		g_assert_false (rn_watch_passes (seen[i]));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/guard/hosts", hosts);
	g_test_add_func ("/guard/origins", origins);
	g_test_add_func ("/guard/paths", paths);
	g_test_add_func ("/guard/names", names);
	return g_test_run ();
}
