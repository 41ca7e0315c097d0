/* query - what a reader types, against an index that was made once of a small site. */
#include "../../unit/search/indexed.h"
#include "../world.h"
#include "search/query.h"

#define SITE "-- content/site.yaml --\nlanguages: [tg, ru, en]\ntitle: X\nmissing_translation: omit\n" \
	"-- layouts/lang/ru.yaml --\nsearch: {stemmer: russian, stop: [как, на], fold: {ё: е}, latin: {x: х}, keyboard: [йцукенгшщзхъ, фывапролджэ, ячсмитьбю]}\n" \
	"transliterate: {а: a, б: b, в: v, д: d, и: i, л: l, н: n, о: o, п: p, р: r, с: s, т: t, у: u, ф: f, ш: sh}\n" \
	"-- layouts/lang/tg.yaml --\nsearch: {fold: {ҳ: х, қ: к}, stemmer: suffixes, suffixes: {3: [и]}, latin: {q: қ}}\n" \
	"-- content/data/synonyms.yaml --\n- {ru: [патент, разрешение на работу], en: [permit]}\n" \
	"-- content/faq/a.ru.md --\n---\ntitle: Как получить патент\ndescription: Кратко\ntags: [труд]\n---\n## Где\n\nПатент дают в центре. Право на труд.\n" \
	"-- content/faq/a.tg.md --\n---\ntitle: Ҳуқуқи шумо\n---\nҲуқуқ.\n-- content/faq/b.ru.md --\n# Труд\n\nПраво и труд.\n" \
	"-- content/faq/c.en.md --\n# The permit\n\nRights.\n-- content/faq/empty.ru.md --\n---\ntitle: Пусто\n---\n"

static RnSearch *open_once (void)
{
	static RnSearch *search;
	if (!search) {
		g_autoptr (Sample) sample = sample_open (SITE);
		g_autofree char *out = sample_index (sample, 1), *path = g_build_filename (out, RN_SEARCH_FILE, NULL);
		search = rn_search_open (path, NULL);
		g_assert_nonnull (search);
	}
	return search;
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	static const char *const languages[] = { NULL, "ru", "tg", "en" };
	fuzz_begin ();
	if (!size)
		return 0;
	g_autofree char *text = fuzz_text (data + 1, size - 1);
	const RnSearchOptions options = { .language = languages[*data % 4], .limit = 10, .now = *data & 4 ? TODAY : 0 };
	g_autoptr (GError) error = NULL;
	g_autoptr (RnResults) results = rn_search_query (open_once (), text, &options, &error);
	g_assert_no_error (error);
	for (guint i = 0; i < results->hits->len; i++)
		g_assert_nonnull (((RnHit *) results->hits->pdata[i])->snippet);
	return 0;
}
