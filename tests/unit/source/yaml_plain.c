/* The plain form of YAML: whatever its reader takes, libyaml gives the same tree for, places and all, and has nothing to tell. */
#include "source/yaml-int.h"

#include "base/text.h"

#include <ftw.h>
#include <string.h>

static guint n_read, n_plain;

static void assert_same (const RnValue *a, const RnValue *b)
{
	g_assert_cmpuint (a->kind, ==, b->kind);
	g_assert_cmpuint (a->quoted, ==, b->quoted);
	g_assert_cmpuint (a->line, ==, b->line);
	g_assert_cmpuint (a->col, ==, b->col);
	g_assert_cmpuint (a->n, ==, b->n);
	for (guint32 i = 0; a->kind == RN_LIST && i < a->n; i++)
		assert_same (a->items[i], b->items[i]);
	for (guint32 i = 0; a->kind == RN_MAP && i < a->n; i++) {
		g_assert_cmpstr (a->pairs[i].name, ==, b->pairs[i].name);
		g_assert_cmpuint (a->pairs[i].line, ==, b->pairs[i].line);
		g_assert_cmpuint (a->pairs[i].col, ==, b->pairs[i].col);
		assert_same (a->pairs[i].value, b->pairs[i].value);
	}
	if (a->kind == RN_STRING) {
		g_assert_cmpmem (a->string, a->n, b->string, b->n);
		g_assert_cmpuint (strlen (a->string), ==, a->n);
	}
	g_assert_true (a->kind == RN_LIST || rn_value_equal (a, b));
}

/* TRUE: TEXT is plain, and both readers agree on it. */
static gboolean both (const char *text, gsize len)
{
	if (rn_text_invalid_at (text, len) >= 0)
		return FALSE;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	/* A copy without a byte to spare, for the address sanitizer. */
	g_autofree char *exact = g_memdup2 (text, len);
	const RnValue *plain = rn_yaml_read_plain (arena, exact, len, 2);

	n_read++;
	if (plain == NULL)
		return FALSE;
	n_plain++;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	const RnValue *any = rn_yaml_read_any (arena, text, len, RN_PLACE ("x", 2, 1), sink);
	guint told;
	rn_diagnostics_sorted (sink, &told);
	if (any == NULL || told)
		g_error ("read as plain, though libyaml complains:\n%.*s", (int) len, text);
	if (g_test_verbose ())
		g_printerr ("%.*s\n", (int) len, text);
	assert_same (plain, any);
	return TRUE;
}

static void test_taken (void)
{
	static const char *const texts[] = {
		"a: b", "a: b\n", "a: b\r\nc: d\r\n", "a:\nb:   \n", "# x\n\n   \na: b\n  # y: [\nb: c\n", "title: Ҳуқуқ, «ин» – [ва] {он} - чӣ? Ҳа! 5 * 3 & 2%\n",
		"a: \"x: y # z\"\nb: 'x \\ \"y\"'\nc: \"\"\nd: ''\n", "t: [а, \"б, в\", 'г', -5, 1.50, true, null, ~, 2026-01-31]\nu: []\nv: [ ]\nw: [ a , b ]  \n",
		"t:\n  - а б\n  # c\n\n  - \"q\"\n  -   3\nx: 1\n", "t:\n- a\n- b\nx: 1\n", "url: https://x.example/a#b\ntime: 10:30\nd: 2026-01-31 10:00\n",
		"phone: \"+992 37\"\nlat: 39.5475\nn: -7\nz: 007\nx-y_z: False\n", "t: C# & C++\n", "e: 😀 ok\nq: a\xc2\xa0" "b\n", "_a1: TRUE\n",
	};

	for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
		if (!both (texts[i], strlen (texts[i])))
			g_error ("not read as plain: %s", texts[i]);
}

static void test_left (void)
{
	static const char *const texts[] = {
		"", "# c\n", "a", "a:b\n", "a: b: c\n", "a: b:\n", "a: b # c\n", "a: \"b\" # c\n", "a: \"b\n  c\"\n", "a: b\n  c\n", "a: b\n# x\n  c\n", "a: |\n  b\n",
		"a: >\n  b\n", "a: &x b\n", "a: *x\n", "a: !!str b\n", "a: {b: c}\n", "a: [b, {c: d}]\n", "a: [b: c]\n", "a: [b, [c]]\n", "a: [b,\n  c]\n", "a: [b, ]\n",
		"a: [b\n", "a: [b] c\n", "a: \"\\n\"\n", "a: 'it''s'\n", "a: 'b' c\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: - b\n", "a: ? b\n", "a: , b\n", "a: ] b\n",
		"a: } b\n", "? a\n: b\n", "- a\n", "a:\n  b: c\n", "a:\n  - b: c\n", "a:\n  - b\n - c\n", "a:\n  - b\n    c\n", "a:\n  -\n  - b\n", "a:\n  - - b\n",
		"a: b\n- c\n", "a: [b]\n  - c\n", "a: 1\na: 2\n", "<<: x\n", "---\na: b\n", "a: b\n---\n", "a: b\n...\n", "\xEF\xBB\xBF" "a: b\n", "a:\tb\n", "a: b\tc\n",
		"a: b\n\tc: d\n", "a: b\x01\n", "a: b\rc: d\n", "a: b\r", "a: \x7f\n", "a: b\xc2\x85" "c\n", "a: b\xe2\x80\xa8" "c\n", "# \xe2\x80\xa9\na: b\n",
		"a: \xEF\xBB\xBF\n", "a: \xef\xbf\xbe\n", " a: b\n", "a : b\n", "\"a\": b\n", "a: 2026-02-31\n", "a: 2026-02-31 10:00\n", "a b: c\n", "a: b\n]\n",
		"# \x1b\na: b\n", "a: \"b\xc2\x85\"\n", "%YAML 1.1\n---\na: b\n", "5: a\n",
	};

	for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
		g_autoptr (RnArena) arena = rn_arena_new (0);

		if (rn_yaml_read_plain (arena, texts[i], strlen (texts[i]), 1))
			g_error ("read as plain: %s", texts[i]);
	}
}

/* --- made documents --------------------------------------------------------------------------------------------------------- */

/* Pieces that mean something to YAML somewhere, more often than letters that do not. */
static const char *const pieces[] = {
	" ", " ", " ", "  ", "\n", "\r\n", ":", ": ", " #", "#", "-", "- ", "\n- ", "\n  - ", "[", "]", ", ", ",", "{", "}", "?", "? ", "!", "!!str ", "&a ", "*a", "|",
	">", "%", "@", "`", "\"", "'", "\"x\"", "'y'", "''", "\\", "\\n", "\t", "\r", "~", "null", "true", "False", "a", "b", "key", "\nkey: ", "\nc:", "\nd: ",
	"тоҷикӣ", "ҳ", "–", "«", "\xc2\xa0", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\x93", "\xEF\xBB\xBF", "\xef\xbf\xbf", "\x01", "\x7f", "😀", "---", "...",
	"\n---\n", "\n...\n", "<<", "<<: ", "0", "7", "-5", "1.5", "1e5", ".", "2026-01-31", "2026-02-30", "10:00", "http://x/y", "\n\n", "\n  \n", "\n# c\n",
	"\n  # c\n", "[a, b]", "[]", "[\"a\", 'b']", "\n  ", "\n ", "=", "$", "(", ")", "+992", "x: y",
};

static const char *piece (void)
{
	return pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
}

static void add_value (GString *text)
{
	static const char *const values[] = {
		"", " ", "слово ва боз", "\"қӯшода: бале\"", "'он # ин'", "[a, \"б\", 3]", "[]", "2026-01-31", "2024-02-29T10:00:00+05:00", "-12.50", "true",
		"\n  - a\n  - b", "\n- x y\n-  'z'", "null", "https://x.example/?a=b#c",
	};

	g_string_append (text, values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
	for (int n = g_test_rand_int_range (-3, 3); n > 0; n--)
		g_string_append (text, piece ());
}

static void add_line (GString *text, guint i)
{
	switch (g_test_rand_int_range (0, 12)) {
	case 0: g_string_append (text, "# тавзеҳ"); break;
	case 1: g_string_append (text, "   "); break;
	case 2: g_string_append (text, piece ()); break;
	default:
		g_string_append_printf (text, "k%u:%s", g_test_rand_int_range (0, 40) ? i : 0, g_test_rand_int_range (0, 20) ? " " : "");
		add_value (text);
	}
	g_string_append (text, g_test_rand_int_range (0, 8) ? "\n" : g_test_rand_bit () ? "\r\n" : "");
}

static void test_made (void)
{
	n_read = n_plain = 0;
	for (guint round = 0; round < 40000; round++) {
		g_autoptr (GString) text = g_string_new (NULL);

		for (int n = g_test_rand_int_range (1, 7), i = 0; i < n; i++)
			add_line (text, (guint) i);
		both (text->str, text->len);
	}
	/* A test of nothing would pass too. */
	g_assert_cmpuint (n_plain, >, 4000);
	g_assert_cmpuint (n_plain, <, n_read);
}

/* TEXT with some bytes replaced by pieces, pieces put in, and bytes taken out. */
static void damage (const char *text, gsize len, guint rounds)
{
	for (guint round = 0; round < rounds; round++) {
		g_autoptr (GString) copy = g_string_new_len (text, (gssize) len);

		for (int n = g_test_rand_int_range (1, 4); n > 0 && copy->len; n--) {
			gssize at = g_test_rand_int_range (0, (gint32) copy->len);

			if (g_test_rand_bit ())
				g_string_erase (copy, at, 1);
			if (g_test_rand_int_range (0, 4))
				g_string_insert (copy, at, piece ());
		}
		both (copy->str, copy->len);
	}
}

static void test_damaged (void)
{
	static const char *const texts[] = {
		"title: Ариза\ndate: 2026-12-07\nweight: 60\ntags: [як, ду]\nphone: \"+992 37\"\nlat: 39.5475\n",
		"a:\n  - b\n  - \"c\"\n# d\ne: 'f'\ng:\n- h\n- 1\n", "a: b\n\nc:\nd: []\n",
	};

	n_read = n_plain = 0;
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
		damage (texts[i], strlen (texts[i]), 10000);
	g_assert_cmpuint (n_plain, >, 3000);
}

/* Every sign of a few bytes in every place of a value: all that the reader could take for something else. */
static void test_signs (void)
{
	static const char *const frames[] = { "a: %s\nb: 1\n", "a: x%s\n", "a: x%sy\n", "a: x %s y\n", "a: [%s]\n", "a: [x%sy, z]\n", "a: [x, %s z]\n", "a: \"%s\"\n",
		"a: '%s'\n", "a:\n  - %s\n", "a:\n  - x%s\n  - y\n", "# %s\na: b\n", "%s: x\n", "a%s: x\n", "a:%sx\n", "a: x\n%s\n", "a: x\n%s b: c\n", "a:\n%s\n", "a:\n %s- b\n",
		"a: \"x\"%s\n", "a: [x]%s\n", "%sa: b\n", "a: b%s" };

	for (guint f = 0; f < G_N_ELEMENTS (frames); f++)
		for (gunichar c = 1; c < 0x3000; c++) {
			char  sign[8] = { 0 };
			const char *hole = strstr (frames[f], "%s");
			g_autoptr (GString) text = g_string_new_len (frames[f], hole - frames[f]);

			if (c >= 0x180 && c < 0x2000)
				continue;
			g_unichar_to_utf8 (c, sign);
			g_string_append (text, sign);
			g_string_append (text, hole + 2);
			both (text->str, text->len);
		}
}

/* --- real documents --------------------------------------------------------------------------------------------------------- */

static guint n_files;

static int real_file (const char *path, const struct stat *about, int kind, struct FTW *where)
{
	g_autofree char *text = NULL;
	gsize            len;

	(void) about, (void) where;
	if (kind != FTW_F || (!g_str_has_suffix (path, ".md") && !g_str_has_suffix (path, ".yaml")))
		return 0;
	g_assert_true (g_file_get_contents (path, &text, &len, NULL));
	if (g_str_has_suffix (path, ".md")) {
		RnFrontMatter found;

		rn_front_matter_find (text, len, &found);
		memmove (text, text + found.yaml, found.yaml_len);
		len = found.yaml_len;
	}
	n_files++;
	both (text, len);
	damage (text, MIN (len, 2000), 20);
	return 0;
}

static void test_real (void)
{
	nftw (RN_TESTS "/cases", real_file, 16, FTW_PHYS);
	nftw (RN_TESTS "/../content", real_file, 16, FTW_PHYS);
	nftw (RN_TESTS "/../layouts", real_file, 16, FTW_PHYS);
	g_assert_cmpuint (n_files, >, 50);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/source/yaml-plain/taken", test_taken);
	g_test_add_func ("/source/yaml-plain/left", test_left);
	g_test_add_func ("/source/yaml-plain/signs", test_signs);
	g_test_add_func ("/source/yaml-plain/made", test_made);
	g_test_add_func ("/source/yaml-plain/damaged", test_damaged);
	g_test_add_func ("/source/yaml-plain/real", test_real);
	return g_test_run ();
}
