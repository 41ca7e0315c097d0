/*
 * Wikitext into Markdown: golden cases (tests/cases/import/ *.wiki beside .md, what is told in it too), and mutated input: it ends, in time that grows with its
 * length, and every word of the source is in the Markdown or in what is told.
 */
#include "import/wikitext.h"
#include "source/yaml.h"

#include <stdlib.h>
#include <string.h>

typedef struct { GString *lost, *notes; GHashTable *templates; } Told;

static void tell (gpointer user, gboolean lost, const char *what)
{
	Told *told = user;
	g_string_append_printf (lost ? told->lost : told->notes, "%s\n", what);
}

static const char *find_template (gpointer user, const char *name)
{
	return g_hash_table_lookup (((Told *) user)->templates, name);
}

static char *find_address (gpointer user, const char *title, const char *fragment)
{
	(void) user;
	if (strcmp (title, "Patent") && strcmp (title, "Case"))
		return NULL;
	return g_strdup_printf ("/faq/%s%s%s", strcmp (title, "Case") ? "patent" : "case", fragment ? "#" : "", fragment ? fragment : "");
}

static void take_category (gpointer user, const char *name)
{
	g_string_append_printf (((Told *) user)->notes, "category: %s\n", name);
}

static void take_field (gpointer user, const char *name, const char *value)
{
	g_string_append_printf (((Told *) user)->notes, "field: %s = %s\n", name, value);
}

static void take_file (gpointer user, const char *name)
{
	g_string_append_printf (((Told *) user)->notes, "file: %s\n", name);
}

static const char map[] = "interwiki: {w: 'https://w.example/wiki/$1'}\n"
	"pictures: [little]\n"
	"templates: {Warning: {callout: WARNING}, Card: {fields: {phone: contact_phone, hidden: false}}, Terms: {fence: terms}, Bold: {text: \"'''{{{1}}}'''\"}, Gone: false}\n";

static char *convert (Told *told, const char *text)
{
	static const char *const templates[][2] = {
		{ "Greeting", "Hello, {{{1|you}}}{{#if:{{{2|}}}|, and {{{2}}}}}!<noinclude>Explained.</noinclude>" }, { "Loop", "{{Loop}}" },
		{ "Row", "|-\n| {{{1}}} || {{{2}}}" }, { "Items", "* one\n* two" },
	};
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnDumpSite *site = rn_dump_site_new ();
	told->lost = g_string_new (NULL);
	told->notes = g_string_new (NULL);
	told->templates = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
		g_hash_table_insert (told->templates, (gpointer) templates[i][0], (gpointer) templates[i][1]);
	site->name = g_strdup ("Wiki");
	const RnWikiHooks hooks = { .user = told, .wiki = site, .title = "Case", .map = rn_yaml_parse (arena, map, strlen (map), RN_PLACE ("map", 1, 1), NULL),
		.template = find_template, .address = find_address, .category = take_category, .field = take_field, .file = take_file, .tell = tell };
	char *markdown = rn_wikitext_markdown (&hooks, text);
	rn_dump_site_free (site);
	g_hash_table_unref (told->templates);
	return markdown;
}

static void told_clear (Told *told)
{
	g_string_free (told->lost, TRUE);
	g_string_free (told->notes, TRUE);
}

/* --- golden cases ------------------------------------------------------------------------------------------------------------ */

static void test_case (gconstpointer user)
{
	const char *path = user;
	g_autofree char *text = NULL, *expected = NULL, *golden = g_strndup (path, strlen (path) - strlen (".wiki"));
	g_autofree char *file = g_strconcat (golden, ".md", NULL);
	Told told;
	g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
	g_autofree char *markdown = convert (&told, text);
	g_autofree char *all = g_strdup_printf ("%s<!-- lost:\n%s-->\n<!-- notes:\n%s-->\n", markdown, told.lost->str, told.notes->str);
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (file, all, -1, NULL));
	g_assert_true (g_file_get_contents (file, &expected, NULL, NULL));
	g_assert_cmpstr (all, ==, expected);
	told_clear (&told);
}

/* --- mutated input ----------------------------------------------------------------------------------------------------------- */

/* Words that only this test has: where they are gone, something was lost without a word. The digit before each keeps it out of the link that it may stand behind. */
static char *random_text (GRand *rand)
{
	static const char *const marks[] = { "'''", "''", "'''''", "[[", "]]", "[[Patent|", "[[File:A.jpg|thumb|", "[[Category:", "{{", "}}", "{{{", "}}}", "|", "||", "\n|-\n", "\n{|\n",
		"\n|}\n", "\n| ", "\n! ", "!!", "\n|+ ", "\n* ", "\n## ", "\n: ", "\n; ", " : ", "\n== ", " ==\n", "\n\n", "\n", " ", "\n ", "<ref>", "</ref>", "<ref name=a>", "<ref name=a />",
		"<nowiki>", "</nowiki>", "<pre>", "</pre>", "<code>", "</code>", "<br>", "<b>", "</b>", "<i>", "</i>", "<s>", "</s>", "<!--", "-->", "<ul><li>", "</li></ul>", "<table><tr><td>",
		"</td></tr></table>", "&amp;", "&lt;", "&#1234;", "&", "[https://x.example/", "https://y.example/", "]", "~~~~", "__TOC__", "----\n", "{{Warning|", "{{Greeting|", "{{Card|phone=", "=",
		"{{Loop}}", "#", "\\", "`", "_", "*", "<references />", "<references>", "</references>", "<span id=\"a\">", "</span>", "<abbr title=\"", "\">", "</abbr>", "colspan=2 |", "<gallery>",
		"</gallery>", "<poem>", "</poem>", "<includeonly>", "</includeonly>", "{{#if:", "\t", "<math>", "</math>", "<div", ">", "<syntaxhighlight lang=\"c\">", "</syntaxhighlight>", "{{Terms|" };
	GString *text = g_string_new (NULL);
	guint n = (guint) g_rand_int_range (rand, 4, 60);
	for (guint i = 0; i < n; i++)
		if (g_rand_int_range (rand, 0, 3) == 0)
			g_string_append_printf (text, "0ЖЖ%uЩ", i);
		else
			g_string_append (text, marks[g_rand_int_range (rand, 0, G_N_ELEMENTS (marks))]);
	return g_string_free (text, FALSE);
}

static void test_words (void)
{
	GRand *rand = g_rand_new_with_seed (7);
	for (guint round = 0; round < 4000; round++) {
		g_autofree char *text = random_text (rand);
		Told told;
		g_autofree char *markdown = convert (&told, text);
		g_assert_true (g_utf8_validate (markdown, -1, NULL));
		if (strpbrk (markdown, "\1\2\3\4"))
			g_error ("a mark is left\n--- from:\n%s\n--- to:\n%s", text, markdown);
		for (const char *p = text; (p = strstr (p, "ЖЖ")) != NULL; p++) {
			g_autofree char *word = g_strndup (p, (gsize) (strstr (p, "Щ") - p) + strlen ("Щ"));
			if (!strstr (markdown, word) && !strstr (told.lost->str, word) && !strstr (told.notes->str, word))
				g_error ("%s is lost\n--- from:\n%s\n--- to:\n%s\n--- told:\n%s%s", word, text, markdown, told.lost->str, told.notes->str);
		}
		told_clear (&told);
	}
	g_rand_free (rand);
}

/* Bytes of it anywhere, cut anywhere. */
static void test_bytes (void)
{
	GRand *rand = g_rand_new_with_seed (11);
	for (guint round = 0; round < 1500; round++) {
		g_autofree char *text = random_text (rand);
		gsize n = strlen (text);
		for (guint k = 0; k < 4 && n; k++)
			text[g_rand_int_range (rand, 0, (gint32) n)] = (char) g_rand_int_range (rand, 1, 128);
		g_autofree char *valid = g_utf8_make_valid (text, -1);
		Told told;
		g_free (convert (&told, valid));
		told_clear (&told);
	}
	g_rand_free (rand);
}

/* The same opening thing very often: what takes a time that grows with the square would not end. */
static void test_hostile (void)
{
	static const char *const parts[] = { "[[", "{{", "{{{", "<ref>", "<ref>a</ref>", "'''a", "''", "[https://a ", "{|\n|\n", "<b>", "<nowiki>", "<!--", "*", "* a\n", "<table>", "{{Greeting|", "[[a|",
		"<ul>", "<s>x", "&amp", "<a b=\"", "|}", "\n|-\n|a||b", "<code>", "__A", "{{#if:a|", "<ref name=a>x</ref>", "[[File:a|", "colspan=100 |", ";a:b\n", "<abbr title=a>", "https://", "{{{a|", "{{Loop}}", "{{Items}}" };
	for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
		GString *text = g_string_new (NULL);
		while (text->len < 60000)
			g_string_append (text, parts[i]);
		Told told;
		gint64 begin = g_get_monotonic_time ();
		g_autofree char *markdown = convert (&told, text->str);
		if (g_getenv ("RN_TIMES"))
			g_test_message ("%-20.20s %6d ms %zu bytes", parts[i], (int) ((g_get_monotonic_time () - begin) / 1000), strlen (markdown));
		g_assert_cmpuint (strlen (markdown), <, 40u << 20);
		told_clear (&told);
		g_string_free (text, TRUE);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
	g_autoptr (GDir) dir = g_dir_open (RN_TESTS "/cases/import", 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name (dir));)
		if (g_str_has_suffix (name, ".wiki")) {
			char *path = g_build_filename (RN_TESTS, "cases", "import", name, NULL), *test = g_strdup_printf ("/wikitext/%s", name);
			g_ptr_array_add (paths, path);
			g_ptr_array_add (paths, test);
			g_test_add_data_func (test, path, test_case);
		}
	g_assert_cmpuint (paths->len, >, 0);
	g_test_add_func ("/wikitext/words", test_words);
	g_test_add_func ("/wikitext/bytes", test_bytes);
	g_test_add_func ("/wikitext/hostile", test_hostile);
	return g_test_run ();
}
