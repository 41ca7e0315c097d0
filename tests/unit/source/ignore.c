/* Ignored files: random rules over a random tree, and `git ls-files` says which files are left. */
#include "source/ignore.h"
#include "source/tree.h"

#include "repository.h"

static void test_match (void)
{
	static const struct { const char *pattern, *text; gboolean matches; } cases[] = {
		{ "a.md", "a.md", TRUE },   { "a.md", "a.mdx", FALSE }, { "*", "a", TRUE },         { "*", "a/b", FALSE },      { "*.md", ".md", TRUE },
		{ "a*c*e", "abcde", TRUE }, { "a*c*e", "abcd", FALSE }, { "a?c", "a/c", FALSE },    { "a?c", "aӣc", TRUE },     { "[a-c]x", "bx", TRUE },
		{ "[!a-c]x", "bx", FALSE }, { "[]]x", "]x", TRUE },     { "[а-я]", "ж", TRUE },     { "\\*", "*", TRUE },       { "\\*", "a", FALSE },
		{ "**/a", "a", TRUE },      { "**/a", "x/y/a", TRUE },  { "**/a", "x/ya", FALSE },  { "a/**", "a/b/c", TRUE },  { "a/**", "a", FALSE },
		{ "a/**/b", "a/b", TRUE },  { "a/**/b", "a/x/y/b", TRUE }, { "a/**/b", "a/xb", FALSE }, { "a/*/b", "a/x/y/b", FALSE }, { "[a", "[a", TRUE },
		{ "**/x/*.c", "a/x/b/x/y.c", TRUE }, { "**/x/*.c", "a/x/b/y.c", FALSE }, { "", "", TRUE }, { "a\\", "a\\", TRUE },
	};

	for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
		if (rn_ignore_match (cases[i].pattern, cases[i].text) != cases[i].matches)
			g_error ("'%s' against '%s'", cases[i].pattern, cases[i].text);
	g_autoptr (GString) pattern = g_string_new (NULL), text = g_string_new (NULL);
	for (guint i = 0; i < 2000; i++) {
		g_string_append (pattern, i % 50 ? "a*" : "/**/");
		g_string_append (text, i % 50 ? "aa" : "/a/");
	}
	g_string_append_c (pattern, 'b');
	g_assert_false (rn_ignore_match (pattern->str, text->str)); /* and ends */
}

static void random_rules (GString *rules, GRand *rand)
{
	static const char *const parts[] = { "a", "b", "ab", "*", "a*", "*b", "**", "?", "[ab]", "[!a]", "c.md", "*.md", "\\a", "d" };

	for (gint n = g_rand_int_range (rand, 1, 6); n > 0; n--) {
		g_string_append (rules, g_rand_int_range (rand, 0, 4) == 0 ? "!" : "");
		g_string_append (rules, g_rand_int_range (rand, 0, 4) == 0 ? "/" : "");
		for (gint k = g_rand_int_range (rand, 1, 4); k > 0; k--)
			g_string_append_printf (rules, "%s%s", parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))], k > 1 ? "/" : "");
		g_string_append (rules, g_rand_int_range (rand, 0, 4) == 0 ? "/" : "");
		g_string_append (rules, g_rand_int_range (rand, 0, 6) == 0 ? " \r\n" : "\n");
	}
	g_string_append (rules, "# comment\n\n");
}

static void test_random (void)
{
	g_autofree char   *dir = make_folder ();
	g_autoptr (GRand)  rand = g_rand_new_with_seed (11);
	static const char *const folders[] = { "a", "b", "ab", "d" }, *const names[] = { "ba", "aab", "c.md", "z.md", "e", "bb" };

	g_free (run (dir, "git init -q -b main"));
	for (guint i = 0; i < 150; i++) {
		g_autoptr (GString) path = g_string_new (NULL);

		for (gint k = g_rand_int_range (rand, 0, 4); k > 0; k--)
			g_string_append_printf (path, "%s/", folders[g_rand_int_range (rand, 0, G_N_ELEMENTS (folders))]);
		g_string_append (path, names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
		write_file (dir, path->str, "x");
	}
	for (guint round = 0; round < 200; round++) {
		g_autoptr (GString) rules = g_string_new (NULL), inner = g_string_new (NULL), ours = g_string_new (NULL);
		g_autoptr (GError) error = NULL;

		random_rules (rules, rand);
		random_rules (inner, rand);
		write_file (dir, ".gitignore", rules->str);
		g_free (run (dir, "rm -f */.gitignore"));
		write_file (dir, round % 2 ? "a/.gitignore" : "ab/.gitignore", inner->str);
		g_autofree char *theirs = run (dir, "git -c core.quotepath=off ls-files --others --exclude-standard | sed '/\\.gitignore$/d' | LC_ALL=C sort");
		g_autoptr (RnTree) tree = rn_tree_open_work (dir, NULL, NULL, NULL, &error);
		g_assert_no_error (error);
		for (guint i = 0; i < rn_tree_count (tree); i++)
			g_string_append_printf (ours, "%s%s", i ? "\n" : "", rn_tree_path (tree, i));
		if (strcmp (ours->str, theirs) != 0)
			g_error ("rules:\n%s\ninner:\n%s\nours:\n%s\ngit:\n%s", rules->str, inner->str, ours->str, theirs);
	}
	remove_folder (dir);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	use_plain_git ();
	g_setenv ("XDG_CONFIG_HOME", "/nonexistent", TRUE);
	g_test_add_func ("/source/ignore/match", test_match);
	g_test_add_func ("/source/ignore/random", test_random);
	return g_test_run ();
}
