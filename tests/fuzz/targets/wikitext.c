/* wikitext - a wiki's page as Markdown, with templates that call each other; what comes out is Markdown that can be read. */
#include "../world.h"
#include "import/wikitext.h"
#include "source/yaml.h"

static const char map[] = "interwiki: {w: 'https://w.example/wiki/$1'}\npictures: [little]\n"
	"templates: {Warning: {callout: WARNING}, Card: {fields: {phone: contact_phone, hidden: false}}, Terms: {fence: terms}, Bold: {text: \"'''{{{1}}}'''\"}, Gone: false}\n";

static const char *const templates[][2] = {
	{ "Greeting", "Hello, {{{1|you}}}{{#if:{{{2|}}}|, and {{{2}}}}}!<noinclude>Explained.</noinclude>" }, { "Loop", "{{Loop}}" }, { "Two", "{{Three}}{{Three}}" },
	{ "Three", "{{{1|x}}}{{Two|{{{1|x}}}{{{1|x}}}}}" }, { "Row", "|-\n| {{{1}}} || {{{2}}}" }, { "Items", "* one\n* two" }, { "Double", "{{{1}}}{{{1}}}" },
};

static const char *find_template (gpointer user, const char *name)
{
	(void) user;
	for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
		if (!strcmp (name, templates[i][0]))
			return templates[i][1];
	return NULL;
}

static char *find_address (gpointer user, const char *title, const char *fragment)
{
	(void) user;
	return strcmp (title, "Patent") ? NULL : g_strconcat ("/faq/patent", fragment ? "#" : "", fragment ? fragment : "", NULL);
}

static void take_name (gpointer user, const char *name)
{
	*(gsize *) user += strlen (name);
}

static void take_field (gpointer user, const char *name, const char *value)
{
	*(gsize *) user += strlen (name) + strlen (value);
}

static void tell (gpointer user, gboolean lost, const char *what)
{
	(void) lost;
	*(gsize *) user += strlen (what);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	gsize seen = 0;
	fuzz_begin ();
	g_autofree char *raw = fuzz_text (data, size), *text = g_utf8_make_valid (raw, -1);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnDumpSite *site = rn_dump_site_new ();
	site->name = g_strdup ("Wiki");
	const RnWikiHooks hooks = { .user = &seen, .wiki = site, .title = "Case", .map = rn_yaml_parse (arena, map, strlen (map), RN_PLACE ("map", 1, 1), NULL),
		.template = find_template, .address = find_address, .category = take_name, .field = take_field, .file = take_name, .tell = tell };
	g_autofree char *markdown = rn_wikitext_markdown (&hooks, text);
	G_GNUC_UNUSED g_autofree char *file = rn_wikitext_file (text);
	g_assert_true (g_utf8_validate (markdown, -1, NULL));
	rn_dump_site_free (site);
	return 0;
}
