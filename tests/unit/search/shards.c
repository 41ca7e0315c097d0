/*
 * shards.c - a decoder of its own finds in the phone's index all that search.db holds (shards_read.h), and synonyms; by any number of workers in the same bytes.
 */
#include "shards_read.h"

#define HEAD "-- content/site.yaml --\nlanguages: [tg, ru, en]\ntitle: X\nmissing_translation: omit\n" \
	"-- layouts/lang/ru.yaml --\nsearch: {stemmer: russian, after: {й: и}, stop: [как, на]}\n-- layouts/lang/en.yaml --\ndir: rtl\nsearch: {stemmer: english}\n"

/* --- tests ---------------------------------------------------------------------------------------------------------------------------- */

static void assert_synonyms (const Reader *reader, const char *term, const char *wanted)
{
	const Found *found = g_hash_table_lookup (reader->terms, term);
	g_assert_nonnull (found);
	g_assert_cmpstr (found->synonyms ? found->synonyms->str : NULL, ==, wanted);
}

static void small_site (void)
{
	g_autoptr (Sample) sample = sample_open (HEAD "-- content/data/synonyms.yaml --\n- {ru: [патент, разрешение на работу], en: [permit, licence]}\n- {ru: [никогда], en: [never]}\n"
		"-- content/faq/a.ru.md --\n---\ntitle: Как получить патент\ndescription: Кратко\nexpiryDate: 2027-01-02\n---\n## Где\n\nПатент дают в центре.\n"
		"-- content/faq/b.ru.md --\n# Разрешения на работу\n\nРазрешение \\\"дают\\\" 12 раз: 𝒳𝒴𝒵 и ﬃ.\n\nЕщё строка.\n-- content/one.ru.md --\n# Одна\n\nПатент, патент и патент.\n"
		"-- content/faq/c.en.md --\n# The permit\n\nPermits are permitted, never forgotten.\n");
	g_autofree char *out = sample_index (sample, 1);
	shards_check (out, "ru");
	shards_check (out, "en");
	shards_check (out, "tg");
	g_autoptr (Reader) ru = reader_open (out, "ru"), en = reader_open (out, "en"), tg = reader_open (out, "tg");
	assert_synonyms (ru, "патент", "=разрешен на работ ;");
	assert_synonyms (ru, "разрешен", "+на+работ=патент ;");
	assert_synonyms (ru, "permits", "=патент =разрешен на работ ;");
	assert_synonyms (ru, "permitted", "=патент =разрешен на работ ;");
	assert_synonyms (en, "патент", "=permit ;");
	assert_synonyms (en, "разрешения", "+на+работу=permit ;");
	assert_synonyms (en, "permit", NULL);
	assert_synonyms (en, "никогда", "=never ;");
	g_assert_null (g_hash_table_lookup (ru->terms, "никогд"));
	g_assert_cmpuint (tg->n, ==, 0);
	g_assert_cmpuint (tg->order->len, ==, 0);
}

static void same_bytes (void)
{
	g_autoptr (Sample) sample = sample_open (HEAD "-- content/a/a.ru.md --\n# Раз два\n\nТри.\n-- content/a/b.ru.md --\n# Четыре\n\nПять два.\n-- content/a/c.ru.md --\n# Шесть\n\nПять.\n-- content/b/c.ru.md --\n# Семь\n\nДва.\n");
	g_autofree char *first = sample_index (sample, 1);
	for (guint step = 2; step < 5; step++) {
		g_autofree char *out = sample_index (sample, step), *left = NULL, *right = NULL, *command = g_strdup_printf ("diff -r '%s' '%s'", first, out);
		gint status;
		g_assert_true (g_spawn_command_line_sync (command, &left, &right, &status, NULL));
		g_assert_cmpint (status, ==, 0);
		shards_check (out, "ru");
	}
}

/* Libraries of any size with words of any frequency, some of letters beyond 16 bits. */
static void random_sites (void)
{
	static const char *const letters[] = { "а", "б", "в", "е", "и", "к", "о", "р", "т", "у", "x", "7", "𐐨", "ﬀ", "ҳ", "q" };
	g_autoptr (GRand) random = g_rand_new_with_seed (5);
	for (guint round = 0; round < 8; round++) {
		g_autoptr (GString) site = g_string_new (HEAD);
		guint pages = round ? 1u << round : 1, vocabulary = 20 + round * 300;
		for (guint i = 0; i < pages; i++) {
			g_string_append_printf (site, "-- content/%s/p%u.%s.md --\n---\ntitle: T%u\n", i % 3 ? "faq" : "law", i, i % 5 ? "ru" : "tg", i);
			if (i % 2)
				g_string_append_printf (site, "description: D %u «кавычки» \\ \"x\"\n", i);
			g_string_append (site, "---\n");
			for (gint n = g_rand_int_range (random, 0, 300); n > 0; n--) {
				double place = g_rand_double (random);
				for (guint number = 1 + (guint) (place * place * place * vocabulary); number; number /= G_N_ELEMENTS (letters))
					g_string_append (site, letters[number % G_N_ELEMENTS (letters)]);
				g_string_append (site, n % 40 ? " " : "\n\n## ");
			}
			g_string_append_c (site, '\n');
		}
		g_autoptr (Sample) sample = sample_open (site->str);
		g_autofree char *out = sample_index (sample, 1 + round % 3);
		shards_check (out, "ru");
		shards_check (out, "tg");
	}
}

/* --- the frozen files of this version ---------------------------------------------------------------------------------------------------- */

#define FROZEN RN_TESTS "/search/format-1"

static json_t *numbers (const guint *list, guint n)
{
	json_t *array = json_array ();
	for (guint i = 0; i < n; i++)
		json_array_append_new (array, json_integer (list[i]));
	return array;
}

static json_t *texts (const GPtrArray *list)
{
	json_t *array = json_array ();
	for (guint i = 0; i < list->len; i++)
		json_array_append_new (array, json_string (list->pdata[i]));
	return array;
}

/* All that a reader finds, as JSON. */
static char *told (const Reader *reader)
{
	json_t *all = json_pack ("{s:O, s:o, s:o, s:o, s:o}", "i", reader->head, "l", texts (reader->forwards), "r", texts (reader->backwards), "d", texts (reader->texts),
	                         "days", numbers ((const guint *) (gpointer) reader->days->data, reader->days->len)), *terms = json_object ();
	for (guint i = 0; i < reader->order->len; i++) {
		const Found *found = g_hash_table_lookup (reader->terms, reader->order->pdata[i]);
		json_object_set_new (terms, reader->order->pdata[i], json_pack ("{s:i, s:o, s:o, s:s}", "pages", (int) found->pages, "list", numbers (found->list, found->listed),
		                                                              "values", numbers (found->values, found->listed), "synonyms", found->synonyms ? found->synonyms->str : ""));
	}
	json_object_set_new (all, "t", terms);
	char *text = json_dumps (all, JSON_INDENT (1) | JSON_REAL_PRECISION (9)), *copy = g_strconcat (text, "\n", NULL);
	free (text);
	json_decref (all);
	return copy;
}

/* The bytes of format 1, and what they mean. Where this fails, RN_SHARDS_VERSION rises; or, where readers of before can still read it, RN_UPDATE=1 makes them anew. */
static void frozen (void)
{
	g_autoptr (Sample) sample = sample_open (HEAD "-- content/data/synonyms.yaml --\n- {ru: [патент, разрешение на работу], en: [permit]}\n"
		"-- content/faq/a.ru.md --\n---\ntitle: Как получить патент\ndescription: Кратко\nexpiryDate: 2027-01-02\n---\n## Где\n\nПатент дают в центре. Патент и патент.\n"
		"-- content/faq/b.ru.md --\n# Разрешения на работу\n\nРазрешение \\\"дают\\\" 12 раз: 𝒳𝒴𝒵.\n-- content/one.ru.md --\n# Одна\n\nПатент.\n-- content/faq/c.en.md --\n# The permit\n\nPermits are permitted.\n");
	g_autofree char *out = sample_index (sample, 1);
	if (g_getenv ("RN_UPDATE")) {
		g_autofree char *copy = g_strdup_printf ("sh -c \"rm -rf " FROZEN "/site && mkdir -p " FROZEN " && cp -r '%s/site' " FROZEN "\"", out);
		g_assert_true (g_spawn_command_line_sync (copy, NULL, NULL, NULL, NULL));
	}
	g_autofree char *command = g_strdup_printf ("diff -r '%s/site' " FROZEN "/site", out);
	gint status;
	g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
	for (guint i = 0; i < 3; i++) {
		const char *code = ((const char *const[]) { "ru", "en", "tg" })[i];
		g_autoptr (Reader) reader = reader_open (FROZEN, code);
		g_autofree char *path = g_strdup_printf (FROZEN "/%s.json", code), *got = told (reader), *wanted = NULL;
		if (g_getenv ("RN_UPDATE"))
			g_assert_true (g_file_set_contents (path, got, -1, NULL));
		g_assert_true (g_file_get_contents (path, &wanted, NULL, NULL));
		g_assert_cmpstr (got, ==, wanted);
	}
	g_assert_cmpint (status, ==, 0);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/shards/small-site", small_site);
	g_test_add_func ("/shards/same-bytes", same_bytes);
	g_test_add_func ("/shards/random-sites", random_sites);
	g_test_add_func ("/shards/frozen", frozen);
	return g_test_run ();
}
