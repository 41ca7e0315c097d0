/* words.c - folding and stems of the shipped languages on words with goldens; any bytes are safe; the tokenizer says what the build says. */
#include "model/language.h"
#include "search/rank.h"
#include "search/rules_read.h"
#include "search/tokenizer.h"
#include "search/vocabulary.h"
#include "source/yaml.h"

#include <string.h>

/* The rules of layouts/lang/CODE.yaml. */
static char *rules_json (const char *code)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autofree char *path = g_strdup_printf ("layouts/lang/%s.yaml", code), *text = NULL;
	gsize len;
	g_assert_true (g_file_get_contents (path, &text, &len, NULL));
	const RnValue *data = rn_yaml_parse (arena, text, len, RN_PLACE (path, 1, 1), sink);
	RnLanguage *language = rn_language_new (arena, code, 0, data, NULL, sink);
	char *json = rn_rules_json (language, sink);
	g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR), ==, 0);
	rn_language_free (language);
	return json;
}

static RnRules *rules_of (const char *code)
{
	g_autofree char *json = rules_json (code);
	return rn_rules_new (json);
}

/* Each line of tests/cases/search/stems.<code>.txt is a term and the words that it stands for. */
static void goldens (gconstpointer code)
{
	g_autofree char *path = g_strdup_printf (RN_TESTS "/cases/search/stems.%s.txt", (const char *) code), *text = NULL;
	g_autoptr (RnRules) rules = rules_of (code);
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (rules);
	g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	guint words = 0;
	for (char **line = lines; *line; line++) {
		g_auto (GStrv) parts = g_strsplit (*line, " ", -1);
		for (guint i = 1; **line && **line != '#' && parts[i]; i++, words++) {
			char term[RN_TERM_MAX];
			rn_stemmer_term (stemmer, parts[i], strlen (parts[i]), term);
			if (strcmp (term, parts[0]))
				g_error ("%s: '%s' becomes '%s', not '%s'", path, parts[i], term, parts[0]);
		}
	}
	g_assert_cmpuint (words, >, 20);
}

/* Paradigms: how many of the forms of a word meet their base; printed, and held to a floor. */
static void recall (void)
{
	static const char path[] = RN_TESTS "/cases/search/forms.tg.txt";
	g_autofree char *text = NULL;
	g_autoptr (RnRules) rules = rules_of ("tg");
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (rules);
	guint forms = 0, met = 0;
	g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	for (char **line = lines; *line; line++) {
		g_auto (GStrv) parts = g_strsplit (*line, " ", -1);
		char base[RN_TERM_MAX], term[RN_TERM_MAX];
		if (!**line || **line == '#')
			continue;
		rn_stemmer_term (stemmer, parts[0], strlen (parts[0]), base);
		for (guint i = 1; parts[i]; i++, forms++) {
			rn_stemmer_term (stemmer, parts[i], strlen (parts[i]), term);
			met += !strcmp (term, base);
			if (strcmp (term, base))
				g_test_message ("%s: %s, %s: %s", parts[0], base, parts[i], term);
		}
	}
	g_print ("# recall of the suffix stemmer: %u of %u forms, %.1f %%\n", met, forms, 100.0 * met / forms);
	g_assert_cmpuint (met * 100, >=, forms * 97);
}

static GString *random_text (GRand *random)
{
	static const char *const pieces[] = { "к", "х,", "ҳуқуқ", "й", "ии", "и\xcc\x86", "\xff", "\xd2", "'", "’", " ", "-", "\"", "ё", "ъ", "é", "e\xcc\x81", "\xe2\x80\x8c", "ك", "𝔸", "7",
		"\xf4\x90\x80\x80", "ъъ", "İ", "ß", "\xed\xa0\x80", "*", "(", "NEAR", "OR", "title:", "ffi" };
	GString *text = g_string_new (NULL);
	for (gint n = g_rand_int_range (random, 0, 60); n > 0; n--) {
		if (g_rand_boolean (random))
			g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
		else
			g_string_append_c (text, (char) g_rand_int_range (random, 1, 256));
	}
	return text;
}

static int take_token (void *context, const char *token, int len)
{
	g_string_append_len (context, token, len);
	g_string_append_c (context, ' ');
	return SQLITE_OK;
}

/* Words come in order, whole letters each, and every way to terms gives the same ones. */
static void any_bytes (void)
{
	static const char *const codes[] = { "tg", "ru", "en", "de", "und" };
	g_autoptr (GRand) random = g_rand_new_with_seed (7);
	for (guint c = 0; c < G_N_ELEMENTS (codes); c++) {
		g_autoptr (RnRules) rules = rules_of (codes[c]);
		g_autoptr (RnStemmer) stemmer = rn_stemmer_new (rules);
		RnVocabulary *vocabulary = rn_vocabulary_new (rules);
		for (guint round = 0; round < 4000; round++) {
			g_autoptr (GString) text = random_text (random), out = g_string_new (NULL), want = g_string_new (NULL);
			/* In memory of just that size, for the sanitizer. */
			g_autofree char *copy = g_memdup2 (text->str, text->len);
			gsize at = 0, begin, end, last = 0;
			char term[RN_TERM_MAX];
			while (rn_words_next (rules, copy ? copy : "", text->len, &at, &begin, &end)) {
				g_assert_cmpuint (begin, >=, last);
				g_assert_cmpuint (end, >, begin);
				g_assert_true (g_utf8_validate (text->str + begin, (gssize) (end - begin), NULL));
				last = end;
				gsize bytes = rn_stemmer_term (stemmer, text->str + begin, end - begin, term);
				g_assert_true (g_utf8_validate (term, (gssize) bytes, NULL));
				g_assert_null (strpbrk (term, " \"*"));
				if (bytes)
					take_token (want, term, (int) bytes);
			}
			rn_vocabulary_take (vocabulary, copy ? copy : "", text->len, round, RN_COLUMN_BODY, out);
			g_assert_cmpstr (out->str, ==, want->str);
		}
		rn_vocabulary_free (vocabulary);
	}
}

static int count_terms (sqlite3 *db, const char *sql, GString *out)
{
	sqlite3_stmt *select = NULL;
	g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &select, NULL), ==, SQLITE_OK);
	while (sqlite3_step (select) == SQLITE_ROW)
		g_string_append_printf (out, "%s@%d ", sqlite3_column_text (select, 0), sqlite3_column_int (select, 1));
	return sqlite3_finalize (select);
}

/* What the build gives FTS5 as terms is what its tokenizer makes of the text itself. */
static void tokenizer (void)
{
	static const char text[] = "Ҳуқуқи муҳоҷирон: х,укук, хуқуқҳояшон. 18.8 «патент»";
	g_autofree char *json = rules_json ("tg");
	g_autoptr (RnRules) rules = rn_rules_new (json);
	g_autoptr (GString) terms = g_string_new (NULL), given = g_string_new (NULL), own = g_string_new (NULL);
	RnVocabulary *vocabulary = rn_vocabulary_new (rules);
	rn_vocabulary_take (vocabulary, text, strlen (text), 0, RN_COLUMN_BODY, terms);
	rn_vocabulary_free (vocabulary);
	for (guint kind = 0; kind < 2; kind++) {
		sqlite3 *db = NULL;
		sqlite3_open (":memory:", &db);
		char *sql = sqlite3_mprintf ("CREATE TABLE languages (code, rules); INSERT INTO languages VALUES ('tg', %Q); "
		                             "CREATE VIRTUAL TABLE f USING fts5(x, content='', tokenize='rohnamo tg'); CREATE VIRTUAL TABLE v USING fts5vocab(f, instance);"
		                             "INSERT INTO f VALUES (%Q)", json, kind == RN_TOKENIZER_TERMS ? terms->str : text);
		g_assert_cmpint (rn_tokenizer_register (db, (RnTokenizerKind) kind), ==, SQLITE_OK);
		g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
		count_terms (db, "SELECT term, offset FROM v ORDER BY offset", kind == RN_TOKENIZER_TERMS ? given : own);
		/* A language that the table has not. */
		g_assert_cmpint (sqlite3_exec (db, "CREATE VIRTUAL TABLE g USING fts5(x, tokenize='rohnamo xx')", NULL, NULL, NULL), ==, kind == RN_TOKENIZER_TERMS ? SQLITE_OK : SQLITE_ERROR);
		sqlite3_free (sql);
		sqlite3_close (db);
	}
	g_assert_cmpstr (own->str, ==, given->str);
	g_assert_cmpstr (own->str, ==, "хукук@0 мухочир@1 хукук@2 хукук@3 18@4 8@5 патент@6 ");
}

/* Rules that no build writes: a database from elsewhere. */
static void strange_rules (void)
{
	static const char *const json[] = { "", "[]", "{}", "{\"fold\": {\"\": \"x\", \"abcdefgh\": \"abcdefgh\", \"a\": 1}, \"suffixes\": {\"0\": [\"a\", 1, \"\"], \"x\": 3}, \"stop\": [1, \"\"], \"latin\": "
		"{\"\": [\"\", 1], \"a\": \"b\"}, \"keyboard\": [1], \"stemmer\": \"nothing\", \"single\": 5, \"after\": []}" };
	for (guint i = 0; i < G_N_ELEMENTS (json); i++) {
		RnRules *rules = rn_rules_new (json[i]);
		g_assert_true ((rules != NULL) == (i >= 2));
		if (!rules)
			continue;
		g_autoptr (RnStemmer) stemmer = rn_stemmer_new (rules);
		char term[RN_TERM_MAX];
		rn_stemmer_term (stemmer, "abcabc", 6, term);
		rn_rules_free (rules);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_data_func ("/words/goldens/tg", "tg", goldens);
	g_test_add_data_func ("/words/goldens/ru", "ru", goldens);
	g_test_add_func ("/words/recall", recall);
	g_test_add_func ("/words/any-bytes", any_bytes);
	g_test_add_func ("/words/tokenizer", tokenizer);
	g_test_add_func ("/words/strange-rules", strange_rules);
	return g_test_run ();
}
