/*
 * hyphenate.c - words of the shipped languages against tests/cases/print/hyphens.CODE.txt, which were read by eye; what a language's data may say, and
 * what is said of data that is wrong.
 */
#include "../model/sample.h"
#include "print/hyphenate.h"

#include <string.h>

#define FOLDER "/usr/share/hyphen"
#define PATTERNS FOLDER "/hyph_ru_RU.dic"

static const char *const folders[] = { FOLDER, NULL };

static char *contents (const char *path)
{
	g_autoptr (GError) error = NULL;
	char *text = NULL;
	g_file_get_contents (path, &text, NULL, &error);
	g_assert_no_error (error);
	return text;
}

/* A site with the files as they are shipped. */
static Sample *shipped_site (const char *code)
{
	g_autofree char *lang_file = g_strdup_printf (RN_TESTS "/../layouts/lang/%s.yaml", code);
	g_autofree char *list_file = g_strdup_printf (RN_TESTS "/../layouts/print/hyphens.%s.txt", code);
	g_autofree char *lang = contents (lang_file), *list = contents (list_file);
	g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\nlanguages: [%s]\n-- content/a.%s.md --\n# A\n-- layouts/lang/%s.yaml --\n%s\n-- layouts/print/hyphens.%s.txt --\n%s",
	                                         code, code, code, lang, code, list);
	return sample_open (text);
}

static RnHyphenation *hyphenation (Sample *sample)
{
	return rn_hyphenation_new (sample->site, sample->site->languages[0], folders, sample->sink);
}

/* WORD with hyphens where it may be parted. */
static char *parted (const RnHyphenation *self, const char *word)
{
	gsize len = strlen (word);
	g_autofree guint8 *breaks = g_malloc (len + 1);
	GString *out = g_string_new (NULL);
	memset (breaks, 0xee, len + 1);
	guint n = rn_hyphenate (self, word, len, breaks), found = 0;
	g_assert_cmpint (breaks[len], ==, 0xee);
	for (gsize i = 0; i < len; i++) {
		g_assert_cmpint (breaks[i], <=, 1);
		if (breaks[i]) {
			found++;
			g_assert_true (((guint8) word[i] & 0xc0) != 0x80);
			g_string_append_c (out, '-');
		}
		g_string_append_c (out, word[i]);
	}
	g_assert_cmpuint (n, ==, found);
	return g_string_free (out, FALSE);
}

#define assert_parted(self, word, wanted) G_STMT_START { g_autofree char *parted_ = parted (self, word); g_assert_cmpstr (parted_, ==, wanted); } G_STMT_END

static char *without_hyphens (const char *text)
{
	g_auto (GStrv) parts = g_strsplit (text, "-", -1);
	return g_strjoinv ("", parts);
}

/* --- shipped languages --------------------------------------------------------------------------------------------------- */

static void words_of (gconstpointer user)
{
	const char *code = user;
	if (!strcmp (code, "ru") && !g_file_test (PATTERNS, G_FILE_TEST_EXISTS)) {
		g_test_skip (PATTERNS " is not installed");
		return;
	}
	g_autoptr (Sample) sample = shipped_site (code);
	RnHyphenation *self = hyphenation (sample);
	g_assert_nonnull (self);
	assert_said (sample, "");
	g_autofree char *path = g_strdup_printf (RN_TESTS "/cases/print/hyphens.%s.txt", code), *text = contents (path);
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	guint words = 0;
	for (char **line = lines; *line; line++) {
		if (!**line || **line == '#')
			continue;
		g_autofree char *word = without_hyphens (*line), *capital = g_utf8_strup (word, -1);
		assert_parted (self, word, *line);
		assert_parted (self, capital, capital);
		words++;
	}
	g_assert_cmpuint (words, >=, 200);
	rn_hyphenation_free (self);
}

/* Every word of the list is parted as the list has it, as far as the minima let it be. */
static void exceptions_hold (gconstpointer user)
{
	const char *code = user;
	if (!strcmp (code, "ru") && !g_file_test (PATTERNS, G_FILE_TEST_EXISTS)) {
		g_test_skip (PATTERNS " is not installed");
		return;
	}
	g_autoptr (Sample) sample = shipped_site (code);
	RnHyphenation *self = hyphenation (sample);
	g_autofree char *path = g_strdup_printf (RN_TESTS "/../layouts/print/hyphens.%s.txt", code), *text = contents (path);
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	guint words = 0;
	for (char **line = lines; *line; line++) {
		char *star = strchr (*line, '*');
		if (!**line || **line == '#')
			continue;
		if (star)
			*star = 0;
		g_autoptr (GString) wanted = g_string_new (NULL);
		g_autofree char *word = without_hyphens (*line), *longer = g_strconcat (word, star ? "ана" : "", NULL);
		glong letters = g_utf8_strlen (longer, -1), before = 0;
		for (const char *p = *line; *p; p = g_utf8_next_char (p)) {
			if (*p != '-')
				before++, g_string_append_unichar (wanted, g_utf8_get_char (p));
			else if (before >= 3 && letters - before >= 3)
				g_string_append_c (wanted, '-');
		}
		g_autofree char *got = parted (self, longer);
		if (!g_str_has_prefix (got, wanted->str))
			g_test_message ("%s: %s, not %s", *line, got, wanted->str);
		g_assert_true (g_str_has_prefix (got, wanted->str));
		words++;
	}
	g_assert_cmpuint (words, >, 20);
	rn_hyphenation_free (self);
}

static void no_runts (void)
{
	g_autoptr (Sample) sample = shipped_site ("tg");
	RnHyphenation *self = hyphenation (sample);
	assert_parted (self, "рӯз", "рӯз");
	assert_parted (self, "модар", "модар");
	assert_parted (self, "аробаро", "аро-баро");
	assert_parted (self, "санъат", "санъат");
	assert_parted (self, "Telegram", "Telegram");
	assert_parted (self, "маskва", "маskва");
	assert_parted (self, "", "");
	/* Beyond sixty letters nothing is parted. */
	g_autoptr (GString) many = g_string_new (NULL);
	for (guint i = 0; i < 200; i++)
		g_string_append (many, "ба");
	assert_parted (self, many->str, many->str);
	g_string_truncate (many, 4 * 30);
	g_autofree char *most = parted (self, many->str);
	g_assert_cmpuint (strlen (most), ==, many->len + 27);
	assert_parted (NULL, "модарони", "модарони");
	rn_hyphenation_free (self);
}

/* --- data ------------------------------------------------------------------------------------------------------------------- */

/* A site whose language "xx" has DATA, and more FILES. */
static Sample *site_with (const char *data, const char *files)
{
	g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\nlanguages: [xx]\n-- content/a.xx.md --\n# A\n-- layouts/lang/xx.yaml --\nname: X\nalphabet: abcdefghijklmnop\nhyphenation: %s\n%s",
	                                         data, files);
	return sample_open (text);
}

static void patterns (void)
{
	g_autoptr (Sample) sample = site_with ("{patterns: p.dic, as: {é: e}, left: 2, right: 2, exceptions: x.txt}",
		"-- layouts/print/p.dic --\nUTF-8\n% a comment\nLEFTHYPHENMIN 4\n1b\n2bc % another\n.ab1c\nc3d.\ne1\na1p/x=,1,2\n}\n\\hyphenation{\nfe-fefe\n}\n"
		"-- layouts/print/x.txt --\n# a comment\nga-bgab # parted once\nohh*\noh-h*\n*fo-ob\n");
	RnHyphenation *self = hyphenation (sample);
	g_assert_nonnull (self);
	assert_said (sample, "");
	assert_parted (self, "aabab", "aa-bab");
	assert_parted (self, "aabcabb", "aabca-bb");
	assert_parted (self, "abcdd", "ab-cdd");
	assert_parted (self, "Aéa", "Aéa");
	assert_parted (self, "Aéaa", "Aé-aa");
	assert_parted (self, "aeaa", "ae-aa");
	assert_parted (self, "fefefe", "fe-fefe");
	assert_parted (self, "gabgab", "ga-bgab");
	assert_parted (self, "gabgaba", "ga-bga-ba");
	assert_parted (self, "aafoob", "aafo-ob");
	assert_parted (self, "aafooba", "aafoo-ba");
	/* Of what is said twice, the break counts. */
	assert_parted (self, "ohhaa", "oh-haa");
	assert_parted (self, "aazaa", "aazaa");
	rn_hyphenation_free (self);
}

static void other_encoding (void)
{
	g_autoptr (Sample) sample = site_with ("{patterns: p.dic, vowels: aé}", "-- layouts/print/p.dic --\nISO8859-1\n1b\n1\xe9\n");
	RnHyphenation *self = hyphenation (sample);
	g_assert_nonnull (self);
	assert_parted (self, "bbabab", "bba-bab");
	assert_parted (self, "bbbabb", "bbbabb");
	assert_parted (self, "bébbéb", "béb-béb");
	assert_parted (self, "BÉbbéb", "BÉb-béb");
	rn_hyphenation_free (self);
}

static void wrong_data (void)
{
	static const struct { const char *data, *files, *said; } cases[] = {
		{ "7", "", "layouts/lang/xx.yaml:3:14: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'hyphenation' must be a map such as patterns: hyph.dic\n" },
		{ "{patterns: none.dic}", "", "layouts/lang/xx.yaml:3:25: [hyphens-missing] the hyphenation file 'none.dic' of 'xx' is missing\n" },
		{ "{rule: onset, vowels: a, exceptions: none.txt}", "", "layouts/lang/xx.yaml:3:51: [hyphens-missing] the hyphenation file 'none.txt' of 'xx' is missing\n" },
		{ "{patterns: ../lang/xx.yaml}", "", "layouts/lang/xx.yaml:3:25: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'patterns' must be the name of a file\n" },
		{ "{rule: coda}", "", "layouts/lang/xx.yaml:3:21: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'rule' can be 'onset' alone\n" },
		{ "{rule: onset}", "", "layouts/lang/xx.yaml:3:21: [hyphens-broken] the hyphenation of 'xx' cannot be used: the rule 'onset' needs 'vowels'\n" },
		{ "{pattern: p}", "", "layouts/lang/xx.yaml:3:15: [hyphens-broken] the hyphenation of 'xx' cannot be used: it has no 'pattern'\n" },
		{ "{left: 1}", "", "layouts/lang/xx.yaml:3:21: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'left' must be a number of letters from 2 on\n" },
		{ "{as: {ab: c}}", "", "layouts/lang/xx.yaml:3:24: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'as' must be a map of letters such as {é: e}\n" },
		{ "{patterns: p.dic}", "-- layouts/print/p.dic --\nKLINGON\n1b\n",
		  "layouts/print/p.dic:1:1: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'p.dic': its first line must name its encoding, such as UTF-8, and is 'KLINGON'\n" },
		{ "{patterns: p.dic}", "-- layouts/print/p.dic --\nUTF-8\n1\xff" "b\n",
		  "layouts/print/p.dic: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'p.dic': it is not in the encoding that its first line names, UTF-8\n" },
		{ "{patterns: p.dic}", "-- layouts/print/p.dic --\nUTF-8\n",
		  "layouts/print/p.dic: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'p.dic': it has no patterns\n" },
		{ "{patterns: p.dic}", "-- layouts/print/p.dic --\nUTF-8\n1a\n1\xf0\x90\x90\xa8\n",
		  "layouts/print/p.dic:3:1: [hyphens-broken] the hyphenation of 'xx' cannot be used: 'p.dic': this is not a pattern such as 1ab, or has too many letters\n" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autoptr (Sample) sample = site_with (cases[i].data, cases[i].files);
		g_assert_null (hyphenation (sample));
		assert_said (sample, cases[i].said);
	}
	g_autoptr (Sample) none = site_with ("", "");
	g_assert_null (hyphenation (none));
	assert_said (none, "");
}

/* A line that cannot be read is told, and the others hold. */
static void wrong_line (void)
{
	g_autoptr (Sample) sample = site_with ("{exceptions: x.txt}", "-- layouts/print/x.txt --\nabc-def\nab c-d\n--\nabc-3\n");
	RnHyphenation *self = hyphenation (sample);
	g_assert_nonnull (self);
#define LINE(place) "layouts/print/x.txt:" place ": [hyphens-broken] the hyphenation of 'xx' cannot be used: 'x.txt': one word stands in a line, its breaks marked by hyphens\n"
	assert_said (sample, LINE ("2:3") LINE ("3:1") LINE ("4:5"));
	assert_parted (self, "abcdef", "abc-def");
	rn_hyphenation_free (self);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_data_func ("/hyphenate/words/tg", "tg", words_of);
	g_test_add_data_func ("/hyphenate/words/ru", "ru", words_of);
	g_test_add_data_func ("/hyphenate/exceptions/tg", "tg", exceptions_hold);
	g_test_add_data_func ("/hyphenate/exceptions/ru", "ru", exceptions_hold);
	g_test_add_func ("/hyphenate/no-runts", no_runts);
	g_test_add_func ("/hyphenate/patterns", patterns);
	g_test_add_func ("/hyphenate/other-encoding", other_encoding);
	g_test_add_func ("/hyphenate/wrong-data", wrong_data);
	g_test_add_func ("/hyphenate/wrong-line", wrong_line);
	return g_test_run ();
}
