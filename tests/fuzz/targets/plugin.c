/*
 * plugin - a plugin's init.lua (what stands before the first empty comment, "--" alone on a line) and a layout: loaded, all its hooks run, its blocks made, the
 * layout rendered. The budget is small; what is stopped by it is told.
 */
#include "../world.h"
#include "markdown/parse.h"
#include "script/host.h"

#define FILES "-- content/site.yaml --\ntitle: Site\nlanguages: [xx, yy]\nplugins: [tool]\nbase_url: https://s.example\n" \
	"-- content/faq/one.xx.md --\n---\ntitle: One\ntags: [a]\n---\nText\n-- content/faq/two.xx.md --\n---\ntitle: Two\ndate: 2026-01-01\n---\nText\n" \
	"-- content/data/t.csv --\nname;value\na;\"x;\"\"y\"\"\"\nb;2\n-- content/data/j.json --\n{\"a\": [1, 2.5, null, true, \"\\u00e9\"]}\n-- content/data/y.yaml --\na: [1, {b: 2}]\n" \
	"-- layouts/lang/xx.yaml --\nname: Xx\nplural: {one: 'n = 1'}\nstrings: {hello: 'Hello {name}', n: {one: '{n} thing', other: '{n} things'}}\n" \
	"-- layouts/partials/item.html --\n<li>\n{{ it.n }}</li>\n-- layouts/base.html --\n<html>{% block main %}x{% endblock %}</html>\n-- plugins/tool/init.lua --\n"

static const char *asset (gpointer user, const char *name)
{
	(void) user;
	return strcmp (name, "style.css") ? NULL : "/assets/style.1.css";
}

static void render (RnHost *host, const RnPage *page, const char *layout)
{
	const RnRender what = { .page = page, .content = "<b>safe</b>", .content_len = 11 };
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) out = g_string_new (NULL);
	if (!rn_host_render (host, layout, &what, out, &error)) {
		const char *message;
		g_assert_nonnull (error);
		g_assert_cmpuint (out->len, ==, 0);
		rn_host_error_place (host, error, &message);
	}
}

static void run (const FuzzWorld *world, RnHost *host, const RnPage *page)
{
	static const char body[] = "```shout a b=c\nbody\n```\n\n```tree\n1,2\n```\n\n[x](t:1#2) text\n";
	const RnMarkdownOptions options = { .fence = rn_host_fence, .fence_user = host, .scheme = rn_host_scheme, .scheme_user = host };
	RnMarkdown *markdown = rn_markdown_new (world->library, &options, world->sink);
	rn_host_run_files (host);
	rn_host_run_checks (host);
	rn_markdown_parse (markdown, page, body, sizeof body - 1, 1);
	rn_markdown_free (markdown);
	render (host, page, "fuzz");
	render (host, page, "tool:one");
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	FuzzWorld world = { .sink = rn_diagnostics_new () };
	fuzz_begin ();
	rn_markdown_init ();
	const guint8 *gap = memmem (data, size, "\n--\n", 4);
	const gsize first = gap ? (gsize) (gap - data) + 1 : size, second = gap ? first + 3 : size;
	g_autoptr (GString) files = g_string_new (FILES);
	g_string_append_len (files, (const char *) data, (gssize) first);
	for (guint i = 0; i < 2; i++) {
		g_string_append (files, i ? "\n-- plugins/tool/layouts/one.html --\n" : "\n-- layouts/fuzz.html --\n");
		g_string_append_len (files, (const char *) data + second, (gssize) (size - second));
	}
	fuzz_world_open (&world, fuzz_tree (files->str, files->len, NULL, world.sink), NULL, FALSE);
	if (world.library) {
		const RnHostOptions options = { .instructions = 20000, .memory = 4 << 20, .asset = asset };
		g_autoptr (RnHost) host = rn_host_new (world.library, &options, world.sink);
		rn_host_load_plugins (host);
		rn_host_run_pages (host);
		rn_library_freeze (world.library);
		const RnPage *page = rn_library_home (world.library, world.site->languages[0]);
		if (page)
			run (&world, host, page);
	}
	fuzz_world_close (&world);
	return 0;
}
