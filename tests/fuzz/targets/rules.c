/* rules - a language's file (what stands before the first empty line) and a text in it: words, folds, stems, typography, plurals, dates, patterns for scripts. */
#include "../world.h"
#include "model/language.h"
#include "model/typography.h"
#include "search/endings.h"
#include "search/rules_read.h"
#include "search/script_rules.h"
#include "search/stem.h"
#include "search/vocabulary.h"
#include "base/text.h"
#include "source/yaml.h"

static void read_words (const RnRules *rules, const char *json, const char *text, gsize len)
{
	RnVocabulary *vocabulary = rn_vocabulary_new (rules);
	RnPostings *postings = rn_postings_new ();
	RnLexicon *lexicon = rn_lexicon_new ();
	g_autoptr (GString) terms = g_string_new (NULL);
	gsize at = 0, begin, end, last = 0;
	while (rn_words_next (rules, text, len, &at, &begin, &end)) {
		g_assert_true (begin < end && end <= len && begin >= last);
		last = end;
	}
	rn_vocabulary_take (vocabulary, text, len, 0, 0, terms);
	rn_vocabulary_page (vocabulary, postings);
	g_free (rn_lexicon_add (lexicon, vocabulary));
	json_t *endings = rn_endings_learn (rules, json, lexicon), *script = rn_script_rules (rules, json, endings);
	json_decref (script);
	json_decref (endings);
	rn_lexicon_free (lexicon);
	rn_postings_free (postings);
	rn_vocabulary_free (vocabulary);
}

static void speak (const RnLanguage *language, RnArena *arena, const char *text, gsize len)
{
	static const double numbers[] = { 0, 1, 2, 5, 11, 21, 1e6, 1.5, -3, 1e300 };
	static const char *const forms[] = { "long", "short", "month" };
	g_autoptr (GString) out = g_string_new (NULL);
	RnTypographyState state = { 0 };
	for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
		rn_language_plural (language, numbers[i], i % 3);
		rn_language_string (language, "n", numbers[i]);
		rn_language_number (language, out, numbers[i], (int) i - 1);
	}
	for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
		rn_language_date (language, out, (gint64) 1e9 * i, forms[i]);
	if (!g_utf8_validate (text, (gssize) len, NULL))
		return;
	g_string_truncate (out, 0);
	rn_typography_set (language->typesetter, &state, text, len, out);
	rn_typography_line (language, text, arena);
	G_GNUC_UNUSED g_autofree char *slug = rn_text_slug (text, len, language->transliteration);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const char *gap = g_strstr_len (text, (gssize) size, "\n\n"), *rest = gap ? gap + 2 : text + size;
	const RnValue *own = rn_yaml_parse (arena, text, gap ? (gsize) (gap - text) : size, RN_PLACE ("layouts/lang/xx.yaml", 1, 1), sink);
	if (!own)
		return 0;
	RnLanguage *language = rn_language_new (arena, "xx", 0, own, NULL, sink);
	g_autofree char *json = rn_rules_json (language, sink);
	g_autoptr (RnRules) rules = rn_rules_new (json);
	g_assert_nonnull (rules);
	read_words (rules, json, rest, (gsize) (text + size - rest));
	speak (language, arena, rest, (gsize) (text + size - rest));
	rn_language_free (language);
	return 0;
}
