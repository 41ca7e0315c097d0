/* proof_words.c - words and sentences in; those of two alphabets, those that lack marks of their letters, sentences without end, numbers of somebody's papers, told. */
#include "markdown/proof-int.h"

#include <string.h>

#define FIRST_WORDS 40   /* characters of a sentence that tell which it is */
#define MANY_DIGITS 6    /* a text with fewer has no number of anybody's papers */

/* --- characters ----------------------------------------------------------------------------------------------------------------- */

/* The character at P, which is valid UTF-8, and in *next what follows it: nearly all are of one byte or two. */
static inline gunichar character_at (const char *p, const char **next)
{
	const guchar first = (guchar) *p;
	if (first < 0x80) {
		*next = p + 1;
		return first;
	}
	if (first < 0xe0) {
		*next = p + 2;
		return (first & 0x1fu) << 6 | ((guchar) p[1] & 0x3fu);
	}
	*next = g_utf8_next_char (p);
	return g_utf8_get_char (p);
}

static guint judge (gunichar c)
{
	if (g_unichar_isdigit (c))
		return RN_PROOF_DIGIT;
	if (!g_unichar_isalpha (c))
		return g_unichar_ismark (c) ? RN_PROOF_MARK : RN_PROOF_OTHER;
	const GUnicodeScript script = g_unichar_get_script (c);
	return RN_PROOF_LETTER + (guint) MAX (script, 0);
}

void rn_proof_kinds_make (RnProof *proof)
{
	for (gunichar c = 0; c < RN_PROOF_TABLE; c++)
		proof->kinds[c] = (guint8) judge (c);
}

guint rn_proof_kind (const RnProof *proof, gunichar c)
{
	return c < RN_PROOF_TABLE ? proof->kinds[c] : judge (c);
}

/* Letters of these two kinds stand in one word, and should not: what no alphabet has (COMMON, INHERITED) goes with all. */
static gboolean is_mixed (guint one, guint other)
{
	return one != other && one > RN_PROOF_LETTER + G_UNICODE_SCRIPT_INHERITED && other > RN_PROOF_LETTER + G_UNICODE_SCRIPT_INHERITED;
}

/* --- words ---------------------------------------------------------------------------------------------------------------------- */

/* WORD in small letters as it is typed where the language's own letters are lacking. */
static char *bare_of (const RnProofRules *rules, const char *word)
{
	GString *bare = g_string_sized_new (32);
	for (const char *p = word; *p; p = g_utf8_next_char (p)) {
		const gunichar c = g_utf8_get_char (p);
		gpointer typed = g_hash_table_lookup (rules->letters, GUINT_TO_POINTER (c));
		g_string_append_unichar (bare, typed ? GPOINTER_TO_UINT (typed) : c);
	}
	return g_string_free (bare, FALSE);
}

/* WORD is RIGHT, but that here and there it has what is typed in a letter's place: the other way round it may be another word. */
static gboolean lacks_marks (const RnProofRules *rules, const char *word, const char *right)
{
	if (g_hash_table_contains (rules->words, word))
		return FALSE;
	for (; *word && *right; word = g_utf8_next_char (word), right = g_utf8_next_char (right)) {
		const gunichar typed = g_utf8_get_char (word), c = g_utf8_get_char (right);
		if (typed != c && GPOINTER_TO_UINT (g_hash_table_lookup (rules->letters, GUINT_TO_POINTER (c))) != typed)
			return FALSE;
	}
	return !*word && !*right;
}

static void read_word (RnProofing *proofing, const char *word, gsize len, gboolean mixed, guint32 line, RnPlace where)
{
	const RnProofRules *rules = proofing->rules;
	const char *right = NULL;
	if (!mixed && rules->words) {
		g_autofree char *small = g_utf8_strdown (word, (gssize) len), *bare = bare_of (rules, small);
		right = g_hash_table_lookup (rules->bare, bare);
		right = right && lacks_marks (rules, small, right) ? right : NULL;
	}
	if (!mixed && !right)
		return;
	g_autofree char *shown = g_strndup (word, len);
	if (line)
		where = rn_proof_place (proofing, line, word, len);
	if (mixed)
		rn_diagnose (proofing->proof->sink, RN_D_ALPHABETS_MIXED, where, shown);
	else
		rn_diagnose (proofing->proof->sink, RN_D_LETTERS_MISSING, where, shown, right);
}

/* One more character of a word's hash (FNV-1a). */
static guint32 hash_more (guint32 hash, const RnProofRules *rules, gunichar c)
{
	return (hash ^ (c < RN_PROOF_TABLE ? rules->small[c] : c)) * 16777619u;
}

#define HASH_BEGIN 2166136261u

static guint32 bit_of (guint32 hash)
{
	return (hash ^ hash >> 16) % RN_PROOF_SEEN;
}

static gboolean was_seen (const RnProofRules *rules, guint32 hash)
{
	return rules->seen[bit_of (hash) / 8] >> bit_of (hash) % 8 & 1;
}

void rn_proof_words (RnProofing *proofing, const char *text, gsize len, guint32 line, RnPlace where)
{
	const RnProofRules *rules = proofing->rules;
	const char *end = text + len, *word = NULL;
	guint alphabet = 0;
	guint32 hash = 0, exact = 0;   /* without marks, and as it stands */
	gboolean mixed = FALSE;
	for (const char *p = text, *next = text + 1; p <= end; p = next) {
		/* The text's end ends a word. */
		const gunichar c = p < end ? character_at (p, &next) : 0;
		const guint kind = rn_proof_kind (proofing->proof, c);
		next = p < end ? next : p + 1;
		if (kind == RN_PROOF_MARK || kind >= RN_PROOF_LETTER) {
			if (!word)
				word = p, alphabet = kind, mixed = FALSE, hash = exact = HASH_BEGIN;
			mixed = mixed || is_mixed (alphabet, kind);
			alphabet = MAX (alphabet, kind);
			if (rules->small) {
				hash = hash_more (hash, rules, c);
				exact = (exact ^ c) * 16777619u;
			}
		} else if (word) {
			if (mixed || (rules->small && was_seen (rules, hash) && !g_hash_table_contains (rules->right, GUINT_TO_POINTER (exact))))
				read_word (proofing, word, (gsize) (p - word), mixed, line, where);
			word = NULL;
		}
	}
}

/* --- sentences -------------------------------------------------------------------------------------------------------------------- */

/* The line of the file that byte AT of the block's words is of: lines are pairs of a first byte and a line, by the byte. */
static guint32 line_of (const RnProofing *proofing, gsize at)
{
	const guint32 *lines = (const guint32 *) (const void *) proofing->lines->data;
	guint low = 0, high = proofing->lines->len / 2;
	while (low < high) {
		const guint middle = (low + high) / 2;
		if (lines[2 * middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? lines[2 * low - 1] : 0;
}

/* Does a sentence end with the character before P? Then a capital, a quote or code follows, or nothing. */
static gboolean ends_before (const char *p)
{
	const char *next = p;
	while (*next && g_unichar_isspace (g_utf8_get_char (next)))
		next = g_utf8_next_char (next);
	if (!*next)
		return TRUE;
	const gunichar c = g_utf8_get_char (next);
	return next > p && (g_unichar_isupper (c) || c == '`' || g_unichar_type (c) == G_UNICODE_INITIAL_PUNCTUATION || g_unichar_type (c) == G_UNICODE_OPEN_PUNCTUATION);
}

static void end_sentence (RnProofing *proofing, const char *begin, const char *end, guint words)
{
	if (words <= proofing->rules->sentence)
		return;
	const char *stop = g_utf8_strlen (begin, end - begin) > FIRST_WORDS ? g_utf8_offset_to_pointer (begin, FIRST_WORDS) : end, *space = g_utf8_strrchr (begin, stop - begin, ' ');
	g_autofree char *first = g_strndup (begin, (gsize) ((space && space > begin && stop < end ? space : stop) - begin));
	g_autofree char *has = g_strdup_printf ("%u", words), *most = g_strdup_printf ("%u", proofing->rules->sentence);
	gsize known = strcspn (first, " ");
	rn_diagnose (proofing->proof->sink, RN_D_SENTENCE_LONG, rn_proof_place (proofing, line_of (proofing, (gsize) (begin - proofing->words->str)), first, known), first, has, most);
}

static void read_sentences (RnProofing *proofing)
{
	const char *begin = NULL;
	guint words = 0;
	gboolean in_word = FALSE;
	for (const char *p = proofing->words->str, *next = p; *p; p = next) {
		const gunichar c = character_at (p, &next);
		const guint kind = rn_proof_kind (proofing->proof, c);
		if (kind >= RN_PROOF_DIGIT) {
			begin = begin ? begin : p;
			words += !in_word;
			in_word = TRUE;
			continue;
		}
		in_word = in_word && (c == '-' || c == '\'' || c == '`' || c == 0x2019 || kind == RN_PROOF_MARK);
		if (begin && (c == '.' || c == '!' || c == '?' || c == ';' || c == 0x2026) && ends_before (next)) {
			end_sentence (proofing, begin, p, words);
			begin = NULL;
			words = 0;
		}
	}
	if (begin)
		end_sentence (proofing, begin, proofing->words->str + proofing->words->len, words);
}

static void read_numbers (RnProofing *proofing)
{
	guint digits = 0;
	for (const char *p = proofing->words->str; *p; p++)
		digits += g_ascii_isdigit (*p);
	if (digits < MANY_DIGITS)
		return;
	for (guint i = 0; i < proofing->rules->personal->len; i++) {
		g_autoptr (GMatchInfo) match = NULL;
		gint begin, end;
		if (!g_regex_match (proofing->rules->personal->pdata[i], proofing->words->str, 0, &match) || !g_match_info_fetch_pos (match, 0, &begin, &end))
			continue;
		/* The number itself is not repeated: reports are passed on. */
		rn_diagnose (proofing->proof->sink, RN_D_PERSONAL_DATA, rn_proof_place (proofing, line_of (proofing, (gsize) begin), proofing->words->str + begin, (gsize) (end - begin)), NULL);
	}
}

void rn_proof_block (RnProofing *proofing)
{
	if (proofing->rules->sentence)
		read_sentences (proofing);
	if (proofing->rules->personal)
		read_numbers (proofing);
}

/* --- rules ------------------------------------------------------------------------------------------------------------------------ */

static void tell_rule (const RnLanguage *language, const RnValue *value, const char *what, RnDiagnostics *sink)
{
	g_autofree char *file = g_strdup_printf ("layouts/lang/%s.yaml", language->code);
	rn_diagnose (sink, RN_D_LANGUAGE_DATA, RN_PLACE (file, value->line, value->col), language->code, what);
}

static void read_letters (RnProofRules *rules, const RnValue *letters)
{
	rules->letters = g_hash_table_new (NULL, NULL);
	for (guint i = 0; letters && letters->kind == RN_MAP && i < letters->n; i++) {
		const char *typed = rn_value_string (letters->pairs[i].value);
		if (typed && *typed)
			g_hash_table_insert (rules->letters, GUINT_TO_POINTER (g_utf8_get_char (letters->pairs[i].name)), GUINT_TO_POINTER (g_utf8_get_char (typed)));
	}
}

static void note_seen (RnProofRules *rules, const char *word)
{
	guint32 hash = HASH_BEGIN, exact = HASH_BEGIN;
	for (const char *p = word; *p; p = g_utf8_next_char (p)) {
		hash = hash_more (hash, rules, g_utf8_get_char (p));
		exact = (exact ^ g_utf8_get_char (p)) * 16777619u;
	}
	g_hash_table_add (rules->right, GUINT_TO_POINTER (exact));
	rules->seen[bit_of (hash) / 8] |= (guint8) (1u << bit_of (hash) % 8);
}

static void read_words (RnProofRules *rules, const RnSite *site, const RnLanguage *language, const RnValue *name, RnDiagnostics *sink)
{
	g_autoptr (GString) text = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	g_autofree char *path = g_strdup_printf ("layouts/lang/%s", rn_value_string (name));
	if (!rn_site_read (site, path, text, &error) || !g_utf8_validate (text->str, (gssize) text->len, NULL)) {
		g_autofree char *what = g_strdup_printf ("proof: the words cannot be read: %s", error ? error->message : "not valid UTF-8");
		tell_rule (language, name, what, sink);
		return;
	}
	g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
	rules->right = g_hash_table_new (NULL, NULL);
	rules->seen = g_malloc0 (RN_PROOF_SEEN / 8);
	rules->small = g_new (guint16, RN_PROOF_TABLE);
	for (gunichar c = 0; c < RN_PROOF_TABLE; c++) {
		const gunichar small = g_unichar_tolower (c);
		const guint typed = GPOINTER_TO_UINT (g_hash_table_lookup (rules->letters, GUINT_TO_POINTER (small)));
		rules->small[c] = (guint16) (typed ? typed : small);
	}
	rules->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	rules->bare = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; lines[i]; i++) {
		if (!*g_strstrip (lines[i]) || *lines[i] == '#')
			continue;
		g_autofree char *word = g_utf8_strdown (lines[i], -1);
		if (g_hash_table_contains (rules->words, word))
			continue;
		g_autofree char *bare = bare_of (rules, word);
		if (strcmp (word, bare)) {
			note_seen (rules, word);
			g_hash_table_insert (rules->bare, g_steal_pointer (&bare), word);
		}
		g_hash_table_add (rules->words, g_steal_pointer (&word));
	}
}

static void read_personal (RnProofRules *rules, const RnLanguage *language, const RnValue *list, RnDiagnostics *sink)
{
	rules->personal = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
	for (guint i = 0; list->kind == RN_LIST && i < list->n; i++) {
		const char *text = rn_value_string (list->items[i]);
		g_autoptr (GError) error = NULL;
		/* Not compiled to machine code: few blocks have digits enough, and memory checkers cannot follow such code. */
		GRegex *regex = text ? g_regex_new (text, 0, 0, &error) : NULL;
		if (regex) {
			g_ptr_array_add (rules->personal, regex);
		} else {
			g_autofree char *what = g_strdup_printf ("proof: the expression cannot be read: %s", error ? error->message : "it is no text");
			tell_rule (language, list->items[i], what, sink);
		}
	}
}

void rn_proof_rules_read (RnProofRules *rules, const RnSite *site, const RnLanguage *language, RnDiagnostics *sink)
{
	const RnValue *proof = rn_value_get (language->data, "proof"), *words = rn_value_get (proof, "words"), *personal = rn_value_get (proof, "personal");
	rules->sentence = (guint) CLAMP (rn_value_int (rn_value_get (proof, "sentence"), 0), 0, 1000);
	read_letters (rules, rn_value_get (proof, "letters"));
	if (rn_value_string (words))
		read_words (rules, site, language, words, sink);
	if (personal)
		read_personal (rules, language, personal, sink);
}

void rn_proof_rules_clear (RnProofRules *rules)
{
	g_clear_pointer (&rules->small, g_free);
	g_clear_pointer (&rules->seen, g_free);
	g_clear_pointer (&rules->right, g_hash_table_unref);
	g_clear_pointer (&rules->letters, g_hash_table_unref);
	g_clear_pointer (&rules->words, g_hash_table_unref);
	g_clear_pointer (&rules->bare, g_hash_table_unref);
	g_clear_pointer (&rules->personal, g_ptr_array_unref);
}
