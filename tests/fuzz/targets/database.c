/*
 * database - a damaged search.db: opened, asked by us and by FTS5 through the extension's tokenizer. An input is a list of changes to the index of a small site: each
 * three bytes of a place and one to put there; or, where it begins as a database does, the whole file.
 */
#include "../../unit/search/indexed.h"
#include "../world.h"
#include "search/query.h"
#include "search/tokenizer.h"

#define SITE "-- content/site.yaml --\nlanguages: [tg, ru]\ntitle: X\nmissing_translation: omit\n" \
	"-- layouts/lang/ru.yaml --\nsearch: {stemmer: russian, stop: [как, на], fold: {ё: е}, latin: {x: х}, keyboard: [йцукенгшщзхъ, фывапролджэ, ячсмитьбю]}\n" \
	"-- content/data/synonyms.yaml --\n- {ru: [патент, разрешение на работу]}\n" \
	"-- content/faq/a.ru.md --\n---\ntitle: Как получить патент\ndescription: Кратко\n---\n## Где\n\nПатент дают в центре. Право на труд.\n" \
	"-- content/faq/a.tg.md --\n---\ntitle: Ҳуқуқи шумо\n---\nҲуқуқ.\n-- content/faq/b.ru.md --\n# Труд\n\nПраво и труд.\n"

static char *whole, *path;
static gsize whole_size;

static void begin_once (void)
{
	fuzz_begin ();
	rn_markdown_init ();
	if (whole)
		return;
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autofree char *out = sample_index (sample, 1), *made = g_build_filename (out, RN_SEARCH_FILE, NULL);
	g_assert_true (g_file_get_contents (made, &whole, &whole_size, NULL));
	path = g_strdup_printf ("%s/rohnamo-database-%d", g_get_tmp_dir (), getpid ());
}

static void write_file_of (const guint8 *data, gsize size)
{
	const gboolean own = size >= 16 && !memcmp (data, "SQLite format 3", 16);
	const gsize len = own ? size : whole_size;
	g_autofree char *bytes = g_memdup2 (own ? (const char *) data : whole, len);
	for (gsize i = 0; !own && i + 3 < size; i += 4)
		bytes[(data[i] << 16 | data[i + 1] << 8 | data[i + 2]) % len] = (char) data[i + 3];
	FILE *file = fopen (path, "w");
	g_assert_nonnull (file);
	g_assert_cmpuint (fwrite (bytes, 1, len, file), ==, len);
	g_assert_cmpint (fclose (file), ==, 0);
}

static void ask (void)
{
	static const char *const queries[] = { "патент", "pravo trud", "\"право на труд\" -центр", "разришение на работу", "как на" };
	const RnSearchOptions options = { .limit = 10, .now = TODAY }, russian = { .language = "ru", .type = "faq", .limit = 3 };
	g_autoptr (RnSearch) search = rn_search_open (path, NULL);
	for (guint i = 0; search && i < G_N_ELEMENTS (queries); i++) {
		g_autoptr (GError) error = NULL;
		g_autoptr (RnResults) results = rn_search_query (search, queries[i], i % 2 ? &russian : &options, &error);
		g_assert_true ((results == NULL) == (error != NULL));
		for (guint k = 0; results && k < results->hits->len; k++) {
			const RnHit *hit = results->hits->pdata[k];
			g_assert_true (hit->snippet && g_utf8_validate (hit->url, -1, NULL) && g_utf8_validate (hit->title, -1, NULL));
			for (guint p = 0; hit->snippet[p]; p++)
				g_assert_true (g_utf8_validate (hit->snippet[p], -1, NULL));
		}
	}
}

/* As sqlite3 does with librohnamo-fts5.so; the rules are the file's. */
static void ask_as_others (void)
{
	sqlite3 *db = NULL;
	if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK && rn_tokenizer_register (db, RN_TOKENIZER_LANGUAGE_DATA) == SQLITE_OK)
		sqlite3_exec (db, "SELECT title FROM fts_ru JOIN pages ON pages.id = fts_ru.rowid WHERE fts_ru MATCH 'Патенты OR права' ORDER BY rank", NULL, NULL, NULL);
	sqlite3_close (db);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	begin_once ();
	write_file_of (data, size);
	ask ();
	ask_as_others ();
	remove (path);
	return 0;
}
