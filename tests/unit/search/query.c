/* query.c - an index made of a small site, in any order and by several workers; any text as a query; damaged databases. */
#include "indexed.h"
#include "search/query.h"

#include <string.h>

#define SITE "-- content/site.yaml --\nlanguages: [tg, ru, en]\ntitle: X\nmissing_translation: omit\n" \
	"-- layouts/lang/ru.yaml --\nsearch: {stemmer: russian, stop: [как, на]}\n-- layouts/lang/tg.yaml --\nsearch: {fold: {ҳ: х, қ: к}, stemmer: suffixes, suffixes: {3: [и]}, latin: {q: қ}}\n" \
	"-- content/data/synonyms.yaml --\n- {ru: [патент, разрешение на работу], en: [permit]}\n" \
	"-- content/faq/a.ru.md --\n---\ntitle: Как получить патент\ndescription: Кратко\ntags: [труд]\n---\n## Где\n\nПатент дают в центре. Право на труд.\n" \
	"-- content/faq/a.tg.md --\n---\ntitle: Ҳуқуқи шумо\n---\nҲуқуқ.\n-- content/faq/b.ru.md --\n# Труд\n\nПраво и труд.\n" \
	"-- content/faq/c.en.md --\n# The permit\n\nRights.\n-- content/faq/empty.ru.md --\n---\ntitle: Пусто\n---\n"

/* The database of the index; the file's name. */
static char *make_database (Sample *of, guint step)
{
	g_autofree char *out = sample_index (of, step);
	return g_build_filename (out, RN_SEARCH_FILE, NULL);
}

static void same_bytes (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autofree char *first = NULL;
	gsize len = 0;
	for (guint step = 1; step < 6; step++) {
		g_autofree char *path = make_database (sample, step), *bytes = NULL;
		gsize size;
		g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
		if (!first)
			first = g_steal_pointer (&bytes), len = size;
		else
			g_assert_cmpmem (first, len, bytes, size);
	}
	g_assert_cmpuint (rn_diagnostics_count (sample->sink, RN_ERROR), ==, 0);
}

/* The addresses that a query finds, a space after each. */
static char *found (RnSearch *search, const char *language, const char *query)
{
	const RnSearchOptions options = { .language = language, .limit = 10 };
	g_autoptr (GError) error = NULL;
	g_autoptr (RnResults) results = rn_search_query (search, query, &options, &error);
	g_autoptr (GString) text = g_string_new (NULL);
	g_assert_no_error (error);
	for (guint i = 0; i < results->hits->len; i++) {
		const RnHit *hit = results->hits->pdata[i];
		g_assert_nonnull (hit->snippet);
		g_string_append_printf (text, "%s ", hit->url);
	}
	return g_strdup (text->str);
}

#define assert_found(search, language, query, wanted) G_STMT_START { g_autofree char *f_ = found (search, language, query); g_assert_cmpstr (f_, ==, wanted); } G_STMT_END

static void answers (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autofree char *path = make_database (sample, 1);
	g_autoptr (GError) error = NULL;
	g_autoptr (RnSearch) search = rn_search_open (path, &error);
	g_assert_no_error (error);
	assert_found (search, "ru", "патенты", "/ru/faq/a/ ");
	assert_found (search, "ru", "труд", "/ru/faq/b/ /ru/faq/a/ ");
	assert_found (search, "ru", "\"право на труд\"", "/ru/faq/a/ ");
	assert_found (search, "ru", "право -патент", "/ru/faq/b/ ");
	assert_found (search, "ru", "право -\"на труд\"", "/ru/faq/b/ ");
	assert_found (search, "ru", "разрешения на работу", "/ru/faq/a/ ");
	assert_found (search, "en", "разрешение на работу", "/en/faq/c/ ");
	assert_found (search, "ru", "как", "/ru/faq/a/ ");
	assert_found (search, "ru", "кратко", "/ru/faq/a/ ");
	assert_found (search, "ru", "-патент", "");
	assert_found (search, "ru", "", "");
	assert_found (search, "ru", "\"\"", "");
	assert_found (search, "tg", "huquqi", "/tg/faq/a/ ");
	assert_found (search, NULL, "патент", "/ru/faq/a/ /en/faq/c/ ");
}

/* Nothing that is typed is an error, and what is asked twice is answered alike. */
static void any_text (void)
{
	static const char *const pieces[] = { "патент", "\"", "-", "(", ")", "*", "^", ":", "{", "title:", "NEAR(", "AND", "OR", "NOT", "+", " ", "\xff", "\xd0", "“", "ё", "работу", "'", "''", ";", "--", "х,х",
		"permit", "zz", "патнет", "ҳуқуқҳо", "\x01", "разрешение на" };
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autofree char *path = make_database (sample, 1);
	g_autoptr (RnSearch) search = rn_search_open (path, NULL);
	g_autoptr (GRand) random = g_rand_new_with_seed (11);
	for (guint round = 0; round < 1500; round++) {
		g_autoptr (GString) text = g_string_new (NULL);
		for (gint n = g_rand_int_range (random, 0, round % 100 ? 12 : 400); n > 0; n--)
			g_string_append_printf (text, "%s%s", pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))], g_rand_boolean (random) ? " " : "");
		g_autofree char *once = found (search, round % 2 ? "ru" : NULL, text->str), *twice = found (search, round % 2 ? "ru" : NULL, text->str);
		g_assert_cmpstr (once, ==, twice);
	}
}

/* A database with bytes changed or cut off: an answer or an error, no more. */
static void damaged (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autofree char *path = make_database (sample, 1), *bytes = NULL, *other = g_build_filename (sample->dir, "damaged.db", NULL);
	g_autoptr (GRand) random = g_rand_new_with_seed (3);
	const RnSearchOptions options = { .limit = 10 };
	gsize len;
	g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
	for (guint round = 0; round < 300; round++) {
		g_autofree char *copy = g_memdup2 (bytes, len);
		gsize size = round % 3 ? len : (gsize) g_rand_int_range (random, 0, (gint) len);
		for (gint n = g_rand_int_range (random, 0, 40); n > 0; n--)
			copy[g_rand_int_range (random, 0, (gint) len)] = (char) g_rand_int_range (random, 0, 256);
		g_assert_true (g_file_set_contents (other, copy, (gssize) size, NULL));
		g_autoptr (GError) error = NULL;
		g_autoptr (RnSearch) search = rn_search_open (other, &error);
		g_assert_true ((search == NULL) == (error != NULL));
		g_autoptr (RnResults) results = search ? rn_search_query (search, "патнет на работу \"право на\" zz", &options, &error) : NULL;
		g_assert_true (results || error);
	}
}

/* One that would go on for ever when it is asked is not asked. */
static void programs (void)
{
	static const char *const made[] = { "ALTER TABLE texts RENAME TO t; CREATE VIEW texts AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 1 AS id, count(*) AS size, 'a' AS text FROM n",
		"CREATE TABLE more (a, b AS (a || a))", "CREATE TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END" };
	for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
		g_autoptr (Sample) sample = sample_open (SITE);
		g_autofree char *path = make_database (sample, 1);
		g_autoptr (GError) error = NULL;
		sqlite3 *db;
		g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
		g_assert_cmpint (sqlite3_exec (db, made[i], NULL, NULL, NULL), ==, SQLITE_OK);
		sqlite3_close (db);
		g_assert_null (rn_search_open (path, &error));
		g_assert_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_BROKEN);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/query/same-bytes", same_bytes);
	g_test_add_func ("/query/answers", answers);
	g_test_add_func ("/query/any-text", any_text);
	g_test_add_func ("/query/damaged", damaged);
	g_test_add_func ("/query/programs", programs);
	return g_test_run ();
}
