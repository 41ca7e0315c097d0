/* steps.c - a stemmer written as steps in a language file does what libstemmer's of that name does: on all words of the starter site, and on them with other endings. */
#include "model/language.h"
#include "search/rules_read.h"
#include "search/stem.h"
#include "source/yaml.h"

#include <jansson.h>
#include <string.h>

/* The rules of a language file's TEXT, and what was said of it. */
static char *rules_json (const char *text, RnDiagnostics *sink)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnValue *data = rn_yaml_parse (arena, text, strlen (text), RN_PLACE ("layouts/lang/ru.yaml", 1, 1), sink);
	RnLanguage *language = rn_language_new (arena, "ru", 0, data, NULL, sink);
	char *json = rn_rules_json (language, sink);
	rn_language_free (language);
	return json;
}

/* --- steps, as rules.h describes them ---------------------------------------------------------------------------------------------- */

typedef struct { GRegex *regex; guint region, skip; char *put; } Step;
typedef struct { GPtrArray *regions; GArray *steps; } Steps;

static Steps *steps_of (const char *json)
{
	json_t *data = json_loads (json, 0, NULL), *own = json_object_get (data, "steps"), *value;
	Steps *steps = g_new0 (Steps, 1);
	size_t i;
	g_assert_nonnull (own);
	steps->regions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
	steps->steps = g_array_new (FALSE, FALSE, sizeof (Step));
	json_array_foreach (json_object_get (own, "regions"), i, value)
		g_ptr_array_add (steps->regions, g_regex_new (json_string_value (value), G_REGEX_OPTIMIZE, 0, NULL));
	json_array_foreach (json_object_get (own, "rules"), i, value) {
		const Step step = { g_regex_new (json_string_value (json_array_get (value, 1)), G_REGEX_OPTIMIZE, 0, NULL), (guint) json_integer_value (json_array_get (value, 0)),
			(guint) json_integer_value (json_array_get (value, 3)), g_strdup (*json_string_value (json_array_get (value, 2)) ? "\\1" : "") };
		g_array_append_val (steps->steps, step);
	}
	json_decref (data);
	return steps;
}

static void steps_free (Steps *steps)
{
	for (guint i = 0; i < steps->steps->len; i++) {
		g_regex_unref (g_array_index (steps->steps, Step, i).regex);
		g_free (g_array_index (steps->steps, Step, i).put);
	}
	g_ptr_array_unref (steps->regions);
	g_array_unref (steps->steps);
	g_free (steps);
}

static char *stem_by (const Steps *steps, const char *folded)
{
	g_autoptr (GString) word = g_string_new (folded);
	gint begins[4] = { 0 };
	for (guint i = 0; i < steps->regions->len; i++) {
		g_autoptr (GMatchInfo) match = NULL;
		gint begin;
		begins[i] = -1;
		if (g_regex_match (steps->regions->pdata[i], folded, 0, &match))
			g_match_info_fetch_pos (match, 0, &begin, &begins[i]);
	}
	for (guint i = 0; i < steps->steps->len; i++) {
		const Step *step = &g_array_index (steps->steps, Step, i);
		gint begin = begins[step->region];
		if (begin < 0 || (gsize) begin > word->len)
			continue;
		g_autofree char *changed = g_regex_replace (step->regex, word->str + begin, -1, 0, step->put, 0, NULL);
		if (!strcmp (changed, word->str + begin))
			continue;
		g_string_truncate (word, (gsize) begin);
		g_string_append (word, changed);
		i += step->skip;
	}
	return g_strdup (word->str);
}

/* --- words ------------------------------------------------------------------------------------------------------------------------- */

typedef struct { Steps *steps; RnRules *rules; RnStemmer *stemmer; GHashTable *seen; } Check;

static void check_word (Check *check, const char *word)
{
	gunichar letters[RN_WORD_LETTERS];
	char wanted[RN_TERM_MAX];
	guint n = rn_fold_word (check->rules, word, strlen (word), letters);
	g_autofree char *folded = g_ucs4_to_utf8 (letters, n, NULL, NULL, NULL);
	if (!g_hash_table_add (check->seen, g_strdup (folded)))
		return;
	rn_stemmer_folded (check->stemmer, letters, n, wanted);
	g_autofree char *got = stem_by (check->steps, folded);
	if (strcmp (got, wanted))
		g_error ("'%s' becomes '%s' by steps, '%s' by libstemmer", folded, got, wanted);
}

/* The word, and it with each of many endings in the place of its last letters. */
static void check_forms (Check *check, const char *word)
{
	static const char *const endings[] = { "", "а", "ого", "ями", "иями", "ость", "остью", "ейший", "ейше", "ннейше", "нн", "анная", "енного", "ающий", "ующая", "ивший", "вшись", "авши", "ывшись", "ся", "аться", "ил",
		"или", "яла", "аете", "уйте", "ует", "аешь", "ь", "ию", "ием", "и", "ии", "ее", "анно", "енно", "еть", "ый" };
	glong n = g_utf8_strlen (word, -1);
	check_word (check, word);
	for (glong cut = 0; cut < 3 && cut < n; cut++) {
		g_autofree char *stem = g_utf8_substring (word, 0, n - cut);
		for (guint i = (guint) (n + cut) % 3; i < G_N_ELEMENTS (endings); i += 3) {
			g_autofree char *form = g_strconcat (stem, endings[i], NULL);
			check_word (check, form);
		}
	}
}

static void check_folder (Check *check, const char *path)
{
	g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name (dir));) {
		g_autofree char *file = g_build_filename (path, name, NULL), *text = NULL;
		gsize len, at = 0, begin, end;
		check_folder (check, file);
		if (!g_str_has_suffix (name, ".ru.md") || !g_file_get_contents (file, &text, &len, NULL))
			continue;
		while (rn_words_next (check->rules, text, len, &at, &begin, &end)) {
			g_autofree char *word = g_strndup (text + begin, end - begin);
			check_forms (check, word);
		}
	}
}

static void same_as_libstemmer (void)
{
	g_autofree char *text = NULL;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_assert_true (g_file_get_contents ("layouts/lang/ru.yaml", &text, NULL, NULL));
	g_autofree char *json = rules_json (text, sink);
	g_autoptr (RnRules) rules = rn_rules_new (json);
	/* The folds on the stem are no part of the stemmer. */
	RnRules bare = *rules;
	bare.after.n = 0;
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (&bare);
	Check check = { steps_of (json), rules, stemmer, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
	check_folder (&check, "content");
	g_test_message ("%u words", g_hash_table_size (check.seen));
	g_assert_cmpuint (g_hash_table_size (check.seen), >, 20000);
	g_hash_table_unref (check.seen);
	steps_free (check.steps);
}

/* What is wrong is told, and such steps are none. */
static void wrong_steps (void)
{
	static const char *const texts[] = { "steps: x", "steps: {regions: ['^a']}", "steps: {regions: ['(']  , rules: [[0, 'a', '', 0]]}", "steps: {regions: ['a'], rules: [[1, 'a', '', 0]]}",
		"steps: {regions: ['a'], rules: [[0, '[', '', 0]]}", "steps: {regions: ['a'], rules: [[0, 'a', '']]}", "steps: {regions: ['a'], rules: [[0, 'a', '', -1]]}", "steps: {regions: ['a'], rules: [[0, 'a', 5, 0]]}",
		"steps: {regions: ['a'], rules: [7]}", "steps: {regions: [''], rules: []}" };
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
		g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
		g_autofree char *text = g_strdup_printf ("search:\n  stemmer: russian\n  %s\n", texts[i]), *json = rules_json (text, sink);
		g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR), ==, 1);
		g_assert_null (strstr (json, "steps"));
	}
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autofree char *json = rules_json ("search: {stemmer: russian, steps: {regions: ['^a'], rules: [[0, 'b$', '', 0]]}}\n", sink);
	g_assert_cmpuint (rn_diagnostics_count (sink, RN_ERROR), ==, 0);
	g_assert_nonnull (strstr (json, "\"steps\":{\"regions\":[\"^a\"],\"rules\":[[0,\"b$\",\"\",0]]}"));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/steps/same-as-libstemmer", same_as_libstemmer);
	g_test_add_func ("/steps/wrong", wrong_steps);
	return g_test_run ();
}
