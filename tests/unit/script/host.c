/*
 * host - layouts against tests/cases/script/ (a layout beside what it prints, or its error), and hostile scripts that must be stopped.
 *
 * RN_UPDATE=1 writes the .out files anew: look at the difference.
 */
#include "script/host.h"
#include "source/tree.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct { const char *config; char *dir; RnTree *tree; RnSite *site; RnLibrary *library; RnDiagnostics *sink; RnHost *host; } Site;

static const char plugin_source[] =
	"return { helpers = {\n"
	"  fail = function() local x = nil; return x.y end,\n"
	"  forever = function() while true do end end,\n"
	"  object = function() return { run = function() while true do end end } end,\n"
	"  read = function(path) return site.read(path) end,\n"
	"  csv = function(path) local r = {} for _, row in ipairs(site.csv(path)) do r[#r + 1] = row.name .. '=' .. row.value end return table.concat(r, ';') end,\n"
	"}, blocks = { shout = function(args, body) return (args[1] or '') .. (args.key or '') .. body:upper() end,\n"
	"  broken = function() error('no') end, tree = function() return { { 'paragraph', 'x' }, 'y' } end },\n"
	"pages = function(site) local n = 0 for p in each(site.all_pages) do n = n + 1 end\n"
	"  return { { key = 'made/list', lang = 'xx', title = 'Made', data = { n = n, list = { 1, 'two', { three = true } } } } } end }\n";

static void put (const Site *s, const char *path, const char *text)
{
	g_autofree char *file = g_build_filename (s->dir, path, NULL), *folder = g_path_get_dirname (file);
	g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
	g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static const char *asset (gpointer user, const char *name)
{
	(void) user;
	return strcmp (name, "style.css") == 0 ? "/assets/style.1.css" : NULL;
}

static void put_cases (const Site *s)
{
	g_autoptr (GDir) dir = g_dir_open (RN_TESTS "/cases/script", 0, NULL);
	g_assert_nonnull (dir);
	for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
		if (!g_str_has_suffix (name, ".html"))
			continue;
		g_autofree char *from = g_build_filename (RN_TESTS "/cases/script", name, NULL), *to = g_build_filename ("layouts", name, NULL), *text = NULL;
		g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
		/* Every case knows the same hostile text. */
		g_autofree char *whole = strstr (text, "hostile") == NULL ? g_strdup (text) :
			g_strconcat ("{% local hostile = \"<&>\\\"' </script><!-- \\u{2028} javascript:x\" -%}", text, NULL);
		put (s, to, whole);
	}
}

static void open_site (Site *s, guint64 instructions)
{
	static const char *const roots[] = { "content", "layouts", "plugins", NULL };
	g_autoptr (GError) error = NULL;
	s->dir = g_dir_make_tmp ("rn-script-XXXXXX", NULL);
	s->sink = rn_diagnostics_new ();
	put (s, "content/site.yaml", s->config != NULL ? s->config : "title: Site\nlanguages: [xx, yy]\nplugins: [tool]\nbase_url: https://s.example\n");
	put (s, "content/faq/one.xx.md", "---\ntitle: One\n---\nText\n");
	put (s, "content/_index.xx.md", "---\ntitle: Welcome\n---\n");
	put (s, "content/faq/two.xx.md", "---\ntitle: Two\n---\nText\n");
	put (s, "content/data/t.csv", "name;value\na;\"x;\"\"y\"\"\"\r\nb;2\n");
	put (s, "content/data/secret.txt", "inside");
	put (s, "plugins/tool/init.lua", plugin_source);
	put (s, "layouts/lang/xx.yaml", "name: Xx\nplural: {one: 'n = 1'}\nnumber: {decimal: ',', group: '.'}\n"
	     "strings: {hello: 'Hello {name}', n: {one: '{n} thing', other: '{n} things'}, only_first: First, per_month: a month, money_range: '{from} to {to}'}\n");
	put (s, "layouts/lang/yy.yaml", "name: Yy\nstrings: {hello: 'Salut {name}'}\n");
	put (s, "layouts/partials/item.html", "<li>\n{{ it.n }}</li>");
	put (s, "layouts/icons/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\" onload=\"x()\"><path d=\"M0 0\"/></svg>");
	put_cases (s);
	s->tree = rn_tree_open_work (s->dir, roots, NULL, s->sink, &error);
	g_assert_no_error (error);
	RnSiteOptions options = { .clock = 1700000000 };
	s->site = rn_site_open (s->tree, NULL, &options, s->sink, &error);
	g_assert_no_error (error);
	s->library = rn_library_load (s->site, NULL, 1, NULL, s->sink, &error);
	g_assert_no_error (error);
	RnHostOptions host = { .instructions = instructions, .memory = 16 << 20, .asset = asset };
	s->host = rn_host_new (s->library, &host, s->sink);
	rn_host_load_plugins (s->host);
	rn_host_run_pages (s->host);
	rn_library_freeze (s->library);
}

static void remove_folder (const char *path)
{
	g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
	for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
		g_autofree char *child = g_build_filename (path, name, NULL);
		remove_folder (child);
	}
	g_remove (path);
}

static void close_site (Site *s)
{
	rn_host_free (s->host);
	rn_library_free (s->library);
	rn_site_free (s->site);
	rn_tree_free (s->tree);
	rn_diagnostics_free (s->sink);
	remove_folder (s->dir);
	g_free (s->dir);
}

/* What the layout prints for faq/one, or "error: …". */
static char *render (Site *s, const char *layout, int *code)
{
	const RnPage *page = rn_library_page (s->library, s->site->languages[0], "faq/one");
	g_assert_nonnull (page);
	RnRender what = { .page = page, .content = "<b>safe</b>", .content_len = 11 };
	g_autoptr (GError) error = NULL;
	GString *out = g_string_new (NULL);
	if (!rn_host_render (s->host, layout, &what, out, &error)) {
		g_assert_cmpuint (out->len, ==, 0);
		g_string_printf (out, "error: %s\n", error->message);
	}
	if (code != NULL)
		*code = error != NULL ? error->code : -1;
	return g_string_free (out, FALSE);
}

static void test_cases (void)
{
	Site s = { 0 };
	guint n = 0;
	open_site (&s, 0);
	g_autoptr (GDir) dir = g_dir_open (RN_TESTS "/cases/script", 0, NULL);
	for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
		if (!g_str_has_suffix (name, ".html"))
			continue;
		g_autofree char *stem = g_strndup (name, strlen (name) - 5), *file = g_strdup_printf (RN_TESTS "/cases/script/%s.out", stem), *expected = NULL;
		g_autofree char *found = render (&s, stem, NULL), *again = render (&s, stem, NULL);
		g_assert_cmpstr (found, ==, again);
		if (g_getenv ("RN_UPDATE") != NULL)
			g_assert_true (g_file_set_contents (file, found, -1, NULL));
		g_assert_true (g_file_get_contents (file, &expected, NULL, NULL));
		if (strcmp (found, expected) != 0)
			g_error ("%s: expected\n%s\nfound\n%s", name, expected, found);
		n++;
	}
	g_assert_cmpuint (n, >, 40);
	close_site (&s);
}

/* Each must end in an error (stop 1: of the budget), or soon (stop -1). */
static const struct { const char *code; int stop; } hostile[] = {
	{ "while true do end", 1 }, { "repeat until false", 1 }, { "::a:: goto a", 1 }, { "local function f() return f() end f()", 1 },
	{ "while true do pcall(function() while true do end end) end", 1 }, { "xpcall(function() while true do end end, function() while true do end end)", 1 },
	{ "pcall(function() local t <close> = 1 end) while true do end", 1 },
	{ "local s = 'x' while true do s = s .. s end", 1 }, { "local t = {} for i = 1, 1e9 do t[i] = i end", 1 },
	{ "pcall(function() local s = 'x' while true do s = s .. s end end) local s = 'y' while true do s = s .. s end", 1 },
	{ "string.rep('', 1e18)", -1 }, { "string.rep('x', 1e10)", 1 }, { "for i = 1, 1e9 do string.rep('x', 1e6) end", 1 },
	{ "string.find(string.rep('a', 30000), '.-.-.-.-b')", 1 }, { "string.gsub(string.rep('a', 30000), '.-.-.-b', '')", 1 },
	{ "string.match(string.rep('(', 100000), '%b()%b()%b()')", 0 }, { "table.move({}, 1, 2^53, 1)", 1 },
	{ "table.concat({}, 'x', 1, 2^40)", 0 }, { "for x in math.random do end", 0 }, { "local each = select for x in each(1, math.random) do end", 0 }, { "for x in function() return 1 end do end", 1 },
	{ "local t = {} for i = 1, 3000 do t[i] = i end for a in ipairs(t) do for b in ipairs(t) do for c in ipairs(t) do end end end", 1 },
	{ "for a in each(site.all_pages) do local b = site.all_pages end tool.forever()", 1 }, { "tool.object().run()", 1 },
	{ "tool.fail()", 0 }, { "local x = io.open('/etc/passwd')", 0 }, { "os.execute('true')", 0 }, { "require('io')", 0 }, { "load('return 1')()", 0 },
	{ "string.dump(function() end)", 0 }, { "collectgarbage()", 0 }, { "debug.getinfo(1)", 0 }, { "setmetatable({}, { __gc = function() end })", 0 },
	{ "setmetatable({}, { __mode = 'k' })", 0 }, { "getmetatable('').__index = nil", 0 }, { "string.upper = nil", 0 }, { "math.pi = 3", 0 },
	{ "page.url = 'x'", 0 }, { "site.title = 'x'", 0 }, { "for k in pairs({ [{}] = 1 }) do end", 0 }, { "tool.read('../../etc/passwd')", 0 },
	{ "tool.read('/etc/passwd')", 0 }, { "tool.read('layouts/lang/xx.yaml')", 0 }, { "site.read('content/data/secret.txt')", 0 },
	{ "string.format('%p', {})", 0 }, { "coroutine.wrap(function() end)()", 0 }, { "rn_T(1, 'x')(2)", 0 }, { "rn_L(99999)", 0 }, { "rn_L(-1)", 0 },
	{ "rn_C1() rn_C1()", 0 }, { "error({})", 0 }, { "error()", 0 }, { "next({ 1 }, 1)", 0 }, { "utf8.codepoint('x', 1, 1e9)", 0 },
};

/* Of the processor, for this thread, in microseconds: what else the machine does is no fault of this. */
static gint64 processor_time (void)
{
	struct timespec spent;
	clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
	return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static void test_hostile (void)
{
	guint n = G_N_ELEMENTS (hostile);
	for (guint i = 0; i < n; i++) {
		Site one = { 0 };
		int code;
		open_site (&one, 3000000);
		g_autofree char *layout = g_strdup_printf ("first line\n{%% %s %%}\n", hostile[i].code);
		put (&one, "layouts/hostile.html", layout);
		put (&one, "layouts/after.html", "{{ string.upper(page.title) }}");
		rn_tree_free (one.tree);
		static const char *const roots[] = { "content", "layouts", "plugins", NULL };
		one.tree = rn_tree_open_work (one.dir, roots, NULL, one.sink, NULL);
		one.site->tree = one.tree;
		gint64 begin = processor_time ();
		g_autofree char *found = render (&one, "hostile", &code), *after = render (&one, "after", NULL);
		if (hostile[i].stop < 0 && code < 0) { /* harmless: it only must not last */
			g_assert_cmpint (processor_time () - begin, <, 5 * G_USEC_PER_SEC);
			close_site (&one);
			continue;
		}
		if (code < 0 || (hostile[i].stop && code != RN_SCRIPT_ERROR_BUDGET && strstr (found, "overflow") == NULL))
			g_error ("not contained: %s: %s", hostile[i].code, found);
		if (strstr (found, "hostile.html:2") == NULL && strstr (found, "init.lua:") == NULL && strstr (found, "memory") == NULL)
			g_error ("no place: %s: %s", hostile[i].code, found);
		if (strstr (found, "0x") != NULL)
			g_error ("an address: %s: %s", hostile[i].code, found);
		g_assert_cmpstr (after, ==, "ONE");
		g_assert_cmpint (processor_time () - begin, <, 5 * G_USEC_PER_SEC);
		close_site (&one);
	}
}

static void test_plugin (void)
{
	Site s = { 0 };
	open_site (&s, 0);
	g_autoptr (GString) out = g_string_new (NULL);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GPtrArray) uses = g_ptr_array_new ();
	RnFenceMade result = { .text = out, .arena = arena, .uses = uses };
	const RnPage *page = rn_library_page (s.library, s.site->languages[0], "faq/one");
	RnFence fence = { "shout", "first key=\"a b\"", "body", 3, page };
	g_assert_cmpint (rn_host_fence (s.host, &fence, &result), ==, RN_FENCE_MARKDOWN);
	g_assert_cmpstr (out->str, ==, "firsta bBODY");
	fence.name = "tree";
	g_assert_cmpint (rn_host_fence (s.host, &fence, &result), ==, RN_FENCE_NODES);
	g_assert_cmpint (result.nodes->type, ==, RN_NODE_PARAGRAPH);
	g_assert_cmpstr (result.nodes->first->text, ==, "x");
	g_assert_cmpint (result.nodes->next->type, ==, RN_NODE_TEXT);
	fence.name = "python";
	g_assert_cmpint (rn_host_fence (s.host, &fence, &result), ==, RN_FENCE_UNKNOWN);
	fence.name = "broken";
	g_assert_cmpint (rn_host_fence (s.host, &fence, &result), ==, RN_FENCE_FAILED);
	guint n, told = 0;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (s.sink, &n);
	for (guint i = 0; i < n; i++)
		told += all[i]->id == RN_D_BLOCK_FAILED && strcmp (all[i]->where.file, "content/faq/one.xx.md") == 0 && all[i]->where.line == 3;
	g_assert_cmpuint (told, ==, 1);
	const RnPage *made = rn_library_page (s.library, s.site->languages[0], "made/list");
	g_assert_nonnull (made);
	g_assert_cmpint (rn_value_int (rn_value_get (made->data, "n"), 0), ==, 4); /* with their stand-ins in the other language */
	g_assert_cmpuint (rn_value_get (made->data, "list")->n, ==, 3);
	close_site (&s);
}

static void test_place (void)
{
	Site s = { 0 };
	open_site (&s, 0);
	const char *rest;
	g_autoptr (GError) error = g_error_new_literal (RN_SCRIPT_ERROR, 0, "layouts/page.html:12: a 'b:3:' c");
	RnPlace place = rn_host_error_place (s.host, error, &rest);
	g_assert_cmpstr (place.file, ==, "layouts/page.html");
	g_assert_cmpuint (place.line, ==, 12);
	g_assert_cmpstr (rest, ==, "a 'b:3:' c");
	g_assert_true (rn_host_has_layout (s.host, "frame"));
	g_assert_false (rn_host_has_layout (s.host, "../content/site"));
	close_site (&s);
}

static void check_rooted (Site *s, const char *at, const char *expected)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) out = g_string_new (NULL);
	RnRender what = { .page = rn_library_at (s->library, at) };
	g_assert_nonnull (what.page);
	g_assert_true (rn_host_render (s->host, "rooted", &what, out, &error));
	g_assert_cmpstr (out->str, ==, expected);
}

/* The page for whatever is missing is shown at any depth: its addresses begin at the server's root, and it shares no cached piece with others of its depth. */
static void test_rooted (void)
{
	static const char *const configs[] = { "title: Site\nlanguages: [xx]\n", "languages: [xx]\nbase_url: https://s.example/guide\n" };
	static const char *const names[] = { "Site", "Welcome" }, *const roots[] = { "/", "/guide/" };
	static const char *const made[] = { "/xx/faq/one/index.html", "https://s.example/guide/xx/faq/one/" }; /* by url(), then printed in an href */
	for (guint i = 0; i < G_N_ELEMENTS (configs); i++) {
		Site s = { .config = configs[i] };
		open_site (&s, 0);
		const char *up = roots[i];
		g_autofree char *rooted = g_strdup_printf ("<title>%s</title>\n<a href=\"%sxx/index.html\"><a href=\"%sxx/faq/index.html?q=%%D1%%91\">\n"
			"<link href=\"%sstyle.css\"><a href=\"%sxx/feed.xml\"><a href=\"%sxx/404.html\"><a href=\"%s\"><a href=\"%sxx/index.html\">\n",
			names[i], up, up, up, up, up, made[i], up);
		g_autofree char *plain = g_strdup_printf ("<title>%s</title>\n<a href=\"../xx/index.html\"><a href=\"../xx/faq/index.html?q=%%D1%%91\">\n"
			"<link href=\"../style.css\"><a href=\"feed.xml\"><a href=\"index.html\"><a href=\"faq/one/index.html\"><a href=\"index.html\">\n", names[i]);
		check_rooted (&s, "/xx/", plain);
		check_rooted (&s, "/xx/404.html", rooted);
		check_rooted (&s, "/xx/", plain);
		check_rooted (&s, "/xx/404.html", rooted);
		close_site (&s);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/script/cases", test_cases);
	g_test_add_func ("/script/plugin", test_plugin);
	g_test_add_func ("/script/place", test_place);
	g_test_add_func ("/script/rooted", test_rooted);
	g_test_add_func ("/script/hostile", test_hostile);
	return g_test_run ();
}
