/* endings.c - a table of endings does what libstemmer's stemmer does to all words that it was made of: those of this repository's own texts. */
#include "search/endings.h"
#include "search/rank.h"

#include <string.h>

#define RULES "{\"fold\":{},\"after\":{\"i\":\"y\"},\"single\":\"\",\"drop_marks\":false,\"stemmer\":\"%s\",\"suffixes\":{},\"stop\":[],\"latin\":{},\"keyboard\":[]%s}"

static void take_folder (RnVocabulary *vocabulary, const char *path, const char *suffix)
{
	g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
	g_autoptr (GString) terms = g_string_new (NULL);
	for (const char *name; dir && (name = g_dir_read_name (dir));) {
		g_autofree char *file = g_build_filename (path, name, NULL), *text = NULL;
		gsize len;
		take_folder (vocabulary, file, suffix);
		if (g_str_has_suffix (name, suffix) && g_file_get_contents (file, &text, &len, NULL))
			rn_vocabulary_take (vocabulary, text, len, 0, RN_COLUMN_BODY, terms);
	}
}

/* The longest ending of WORD that is a key says what becomes of it. */
static char *stem_by (const json_t *endings, const char *word)
{
	g_autofree char *whole = g_strconcat ("^", word, NULL);
	const char *what = json_string_value (json_object_get (endings, whole));
	for (const char *p = word; !what && *p; p = g_utf8_next_char (p))
		what = json_string_value (json_object_get (endings, p));
	if (!what)
		return g_strdup (word);
	glong n = g_utf8_strlen (word, -1), cut = (glong) g_ascii_strtoull ((const char[]) { *what, '\0' }, NULL, 36);
	g_assert_cmpint (cut, <=, n);
	g_autofree char *kept = g_utf8_substring (word, 0, n - cut);
	return g_strconcat (kept, what + 1, NULL);
}

typedef struct { const json_t *endings; const RnRules *rules; RnStemmer *stemmer; guint forms, wrong; } Check;

static void check_form (gpointer user, const char *form, guint times)
{
	Check *check = user;
	gunichar letters[RN_WORD_LETTERS];
	char wanted[RN_TERM_MAX];
	guint n = rn_fold_word (check->rules, form, strlen (form), letters);
	g_autofree char *folded = g_ucs4_to_utf8 (letters, n, NULL, NULL, NULL), *got = stem_by (check->endings, folded);
	(void) times;
	rn_stemmer_folded (check->stemmer, letters, n, wanted);
	check->forms++;
	check->wrong += strcmp (got, wanted) != 0;
}

/* Words that there are not, of any letters: their endings tell little. */
static void take_random (RnVocabulary *vocabulary)
{
	static const char *const endings[] = { "ing", "ed", "ies", "s", "ational", "ly", "ness", "e", "ible", "y" };
	g_autoptr (GRand) random = g_rand_new_with_seed (2);
	g_autoptr (GString) text = g_string_new (NULL), terms = g_string_new (NULL);
	for (guint i = 0; i < 60000; i++) {
		for (gint n = g_rand_int_range (random, 1, 6); n > 0; n--)
			g_string_append_c (text, (char) g_rand_int_range (random, 'a', 'z' + 1));
		g_string_append_printf (text, "%s ", endings[g_rand_int_range (random, 0, G_N_ELEMENTS (endings))]);
	}
	rn_vocabulary_take (vocabulary, text->str, text->len, 0, RN_COLUMN_BODY, terms);
}

/* The words of FOLDER's files, of none made ones, by NAME's stemmer. exact: so few that no ending must be left out. */
static void learn (const char *name, const char *folder, const char *suffix, gboolean exact)
{
	g_autofree char *json = g_strdup_printf (RULES, name, "");
	g_autoptr (RnRules) rules = rn_rules_new (json);
	RnRules bare = *rules;
	bare.after.n = 0;
	g_autoptr (RnStemmer) stemmer = rn_stemmer_new (&bare);
	RnVocabulary *vocabulary = rn_vocabulary_new (rules);
	RnLexicon *lexicon = rn_lexicon_new ();
	guint n;
	if (folder)
		take_folder (vocabulary, folder, suffix);
	else
		take_random (vocabulary);
	g_free (rn_lexicon_add (lexicon, vocabulary));
	json_t *endings = rn_endings_learn (rules, json, lexicon);
	const RnLexeme *all = rn_lexicon_all (lexicon, &n);
	Check check = { endings, rules, stemmer, 0, 0 };
	for (guint i = 0; i < n; i++)
		rn_lexicon_forms (lexicon, all[i].term, check_form, &check);
	g_test_message ("%s: %u forms, %u endings, %u forms wrong", name, check.forms, (guint) json_object_size (endings), check.wrong);
	g_assert_cmpuint (check.forms, >, 1000);
	g_assert_cmpuint (json_object_size (endings), <=, RN_ENDINGS_MOST);
	g_assert_cmpuint (json_object_size (endings), <, check.forms / 2);
	g_assert_true (exact ? !check.wrong : check.wrong && check.wrong < check.forms / 5);
	json_decref (endings);
	rn_lexicon_free (lexicon);
	rn_vocabulary_free (vocabulary);
}

static void exact (void)
{
	learn ("english", "generator", ".h", TRUE);
	learn ("german", "generator", ".h", TRUE);
	learn ("russian", "content", ".ru.md", TRUE);
}

/* Words that need more endings than there may be: the rarest are left out. */
static void too_many (void)
{
	learn ("english", NULL, NULL, FALSE);
}

static void not_needed (void)
{
	static const char *const none[][2] = { { "none", "" }, { "suffixes", "" }, { "russian", ",\"steps\":{\"regions\":[],\"rules\":[]}" } };
	for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
		g_autofree char *json = g_strdup_printf (RULES, none[i][0], none[i][1]);
		g_autoptr (RnRules) rules = rn_rules_new (json);
		RnLexicon *lexicon = rn_lexicon_new ();
		g_assert_null (rn_endings_learn (rules, json, lexicon));
		rn_lexicon_free (lexicon);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/endings/exact", exact);
	g_test_add_func ("/endings/too-many", too_many);
	g_test_add_func ("/endings/not-needed", not_needed);
	return g_test_run ();
}
