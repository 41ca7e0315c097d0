/*
 * hyphenate.c - a language's `hyphenation` -> the places where a word may be parted.
 *
 * A word's letters become numbers, capitals as small ones. The rule, where there is one, gives each place 0 or 1, then patterns and exceptions raise
 * them: an odd value is a break. A word with a letter that the language's data does not have is foreign to it and is not parted.
 */
#include "print/hyphenate.h"
#include "print/hyphenate-int.h"
#include "base/path.h"

#include <string.h>

#define LONGEST_WORD 60
#define MAX_FILE     ((gsize) 4 << 20)

enum { CONSONANT, VOWEL, NEVER_BEFORE };

struct RnHyphenation {
	RnLetters   letters;
	RnPatterns *patterns;
	gboolean    onset, vowels;
	guint8      kinds[RN_LETTERS];
	guint       left, right;
};

/* --- words -------------------------------------------------------------------------------------------------------------- */

/* An onset is at most one consonant: a break before a consonant and its vowel, and between two vowels. */
static void apply_onset (const guint8 *kinds, const guint8 *codes, guint n, guint8 *values)
{
	for (guint i = 1; i < n; i++) {
		guint8 kind = kinds[codes[i]], before = kinds[codes[i - 1]];
		values[i] = (kind == CONSONANT && i + 1 < n && kinds[codes[i + 1]] == VOWEL) || (kind == VOWEL && before == VOWEL);
	}
}

/* Draws the bounds of breaks in until a vowel stands on both sides. */
static void keep_vowels (const guint8 *kinds, const guint8 *codes, guint n, guint *first, guint *last)
{
	guint from = 0, to = n;
	while (from < n && kinds[codes[from]] != VOWEL)
		from++;
	while (to > 0 && kinds[codes[to - 1]] != VOWEL)
		to--;
	*first = MAX (*first, from + 1);
	*last = MIN (*last, MAX (to, 1) - 1);
}

/* The letters' numbers and where each begins. 0: not a word that may be parted. */
static guint read_word (const RnHyphenation *self, const char *word, gsize len, guint8 *codes, guint16 *offsets)
{
	const char *p = word, *end = word + len;
	guint n = 0;
	guint8 capitals = RN_LETTER_CAPITAL;
	for (; p < end; p = g_utf8_next_char (p), n++) {
		guint8 code = rn_letters_get (&self->letters, g_utf8_get_char (p));
		if (!code || n == LONGEST_WORD)
			return 0;
		offsets[n] = (guint16) (p - word);
		capitals &= code;
		codes[n] = code & ~RN_LETTER_CAPITAL;
	}
	return capitals ? 0 : n;
}

guint rn_hyphenate (const RnHyphenation *self, const char *word, gsize len, guint8 *breaks)
{
	guint8 codes[LONGEST_WORD + 2], values[LONGEST_WORD + 3] = { 0 };
	guint16 offsets[LONGEST_WORD];
	guint found = 0;

	memset (breaks, 0, len);
	if (!self || len < self->left + self->right)
		return 0;
	guint n = read_word (self, word, len, codes + 1, offsets);
	if (n < self->left + self->right)
		return 0;
	codes[0] = codes[n + 1] = RN_LETTER_END;
	if (self->onset)
		apply_onset (self->kinds, codes + 1, n, values + 1);
	rn_patterns_match (self->patterns, codes, n + 2, values);
	/* Breaks may stand from FIRST to LAST. */
	guint first = self->left, last = n - self->right;
	if (self->vowels)
		keep_vowels (self->kinds, codes + 1, n, &first, &last);
	for (guint i = first; i <= last; i++)
		if (values[i + 1] & 1) {
			breaks[offsets[i]] = 1;
			found++;
		}
	return found;
}

/* --- a language's data --------------------------------------------------------------------------------------------------- */

typedef struct {
	RnHyphenation    *self;
	const RnSite     *site;
	const RnLanguage *language;
	const char *const *folders;
	RnDiagnostics    *sink;
	const RnValue    *map;         /* hyphenation: */
	char             *file;        /* layouts/lang/<code>.yaml */
	gboolean          broken;
	/* The file that is being read. */
	const RnValue    *value;       /* which names it */
	char             *path;        /* in the site; NULL: one of the folders' */
} Reader;

static RnPlace place_of (const Reader *reader, const RnValue *value)
{
	return RN_PLACE (reader->file, value->line, value->col);
}

static void broken (Reader *reader, const RnValue *value, const char *text)
{
	rn_diagnose (reader->sink, RN_D_HYPHENS_BROKEN, place_of (reader, value), reader->language->code, text);
	reader->broken = TRUE;
}

/* A file of the site is told with its line, one of the system's with the line that names it. */
static void file_fault (gpointer user, guint line, guint col, const char *text)
{
	Reader *reader = user;
	const char *name = rn_value_string (reader->value);
	g_autofree char *message = reader->path || !line ? g_strdup_printf ("'%s': %s", name, text) : g_strdup_printf ("'%s', line %u: %s", name, line, text);
	RnPlace where = reader->path ? RN_PLACE (reader->path, line, col) : place_of (reader, reader->value);
	rn_diagnose (reader->sink, RN_D_HYPHENS_BROKEN, where, reader->language->code, message);
}

static gboolean read_folders (Reader *reader, const char *name, GString *text)
{
	for (const char *const *folder = reader->folders; folder && *folder; folder++) {
		g_autofree char *path = g_build_filename (*folder, name, NULL), *bytes = NULL;
		gsize len;
		g_autoptr (GError) why = NULL;
		if (!g_file_get_contents (path, &bytes, &len, &why))
			rn_tree_trouble_error (reader->site->tree, why);
		if (!bytes || len > MAX_FILE)
			continue;
		g_string_append_len (text, bytes, (gssize) len);
		return TRUE;
	}
	return FALSE;
}

typedef gboolean (*ReadFile) (RnPatterns *patterns, RnLetters *letters, const char *text, gsize len, RnPatternFault fault, gpointer user);

static void read_file (Reader *reader, const char *key, ReadFile read)
{
	const RnValue *value = rn_value_get (reader->map, key);
	const char *name = rn_value_string (value);
	g_autoptr (GString) text = g_string_new (NULL);
	if (!value)
		return;
	if (!name || rn_path_check (name) != RN_PATH_FINE) {
		g_autofree char *message = g_strdup_printf ("'%s' must be the name of a file", key);
		broken (reader, value, message);
		return;
	}
	g_autofree char *path = g_strconcat ("layouts/print/", name, NULL);
	gboolean own = rn_site_read (reader->site, path, text, NULL);
	if (!own && !read_folders (reader, name, text)) {
		rn_diagnose (reader->sink, RN_D_HYPHENS_MISSING, place_of (reader, value), name, reader->language->code);
		reader->broken = TRUE;
		return;
	}
	reader->value = value;
	reader->path = own ? path : NULL;
	reader->broken |= !read (reader->self->patterns, &reader->self->letters, text->str, text->len, file_fault, reader);
}

/* The letters of TEXT are of KIND; capitals are added by themselves. */
static void add_letters (Reader *reader, const char *text, guint8 kind)
{
	RnHyphenation *self = reader->self;
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		guint8 code = rn_letters_add (&self->letters, g_unichar_tolower (g_utf8_get_char (p)));
		if (code)
			self->kinds[code] = kind;
	}
}

static void read_rule (Reader *reader)
{
	const RnValue *rule = rn_value_get (reader->map, "rule"), *vowels = rn_value_get (reader->map, "vowels"), *never = rn_value_get (reader->map, "never_before");
	const char *alphabet = rn_value_string (rn_value_get (reader->language->data, "alphabet"));
	if ((vowels && !rn_value_string (vowels)) || (never && !rn_value_string (never))) {
		broken (reader, vowels ? vowels : never, "'vowels' and 'never_before' are letters written together, such as aeiou");
	} else if (rule && g_strcmp0 (rn_value_string (rule), "onset")) {
		broken (reader, rule, "'rule' can be 'onset' alone");
	} else if (rule && (!vowels || !alphabet)) {
		broken (reader, rule, vowels ? "the rule 'onset' needs the language's 'alphabet'" : "the rule 'onset' needs 'vowels'");
	} else {
		add_letters (reader, rule ? alphabet : "", CONSONANT);
		add_letters (reader, vowels ? rn_value_string (vowels) : "", VOWEL);
		add_letters (reader, never ? rn_value_string (never) : "", NEVER_BEFORE);
		reader->self->onset = rule != NULL;
		reader->self->vowels = vowels != NULL;
	}
}

static gboolean one_letter (const char *text)
{
	return text && *text && !*g_utf8_next_char (text) && g_unichar_isalpha (g_utf8_get_char (text));
}

static void read_as (Reader *reader)
{
	const RnValue *as = rn_value_get (reader->map, "as");
	RnLetters *letters = &reader->self->letters;
	if (as && as->kind != RN_MAP)
		broken (reader, as, "'as' must be a map of letters such as {é: e}");
	for (guint i = 0; as && as->kind == RN_MAP && i < as->n; i++) {
		const char *name = as->pairs[i].name, *other = rn_value_string (as->pairs[i].value);
		if (!one_letter (name) || !one_letter (other))
			broken (reader, as->pairs[i].value, "'as' must be a map of letters such as {é: e}");
		else
			rn_letters_set (letters, g_unichar_tolower (g_utf8_get_char (name)), rn_letters_add (letters, g_unichar_tolower (g_utf8_get_char (other))));
	}
}

static guint read_minimum (Reader *reader, const char *key)
{
	const RnValue *value = rn_value_get (reader->map, key);
	gint64 letters = rn_value_int (value, 3);
	if (!value || (value->kind == RN_INT && letters >= 2 && letters <= LONGEST_WORD))
		return (guint) letters;
	g_autofree char *message = g_strdup_printf ("'%s' must be a number of letters from 2 on", key);
	broken (reader, value, message);
	return 3;
}

static void check_keys (Reader *reader)
{
	static const char *const known[] = { "patterns", "as", "rule", "vowels", "never_before", "exceptions", "left", "right", NULL };
	for (guint i = 0; i < reader->map->n; i++) {
		const RnPair *pair = &reader->map->pairs[i];
		if (g_strv_contains (known, pair->name))
			continue;
		g_autofree char *message = g_strdup_printf ("it has no '%s'", pair->name);
		rn_diagnose (reader->sink, RN_D_HYPHENS_BROKEN, RN_PLACE (reader->file, pair->line, pair->col), reader->language->code, message);
		reader->broken = TRUE;
	}
}

RnHyphenation *rn_hyphenation_new (const RnSite *site, const RnLanguage *language, const char *const *folders, RnDiagnostics *sink)
{
	const RnValue *map = rn_value_get (language->data, "hyphenation");
	if (!map || map->kind == RN_NULL)
		return NULL;
	RnHyphenation *self = g_new0 (RnHyphenation, 1);
	g_autofree char *file = g_strdup_printf ("layouts/lang/%s.yaml", language->code);
	Reader reader = { .self = self, .site = site, .language = language, .folders = folders, .sink = sink, .map = map, .file = file };
	rn_letters_init (&self->letters);
	self->patterns = rn_patterns_new ();
	if (map->kind == RN_MAP) {
		check_keys (&reader);
		self->left = read_minimum (&reader, "left");
		self->right = read_minimum (&reader, "right");
		read_as (&reader);
		read_rule (&reader);
		read_file (&reader, "patterns", rn_patterns_read);
		read_file (&reader, "exceptions", rn_exceptions_read);
	} else {
		broken (&reader, map, "'hyphenation' must be a map such as patterns: hyph.dic");
	}
	rn_patterns_pack (self->patterns);
	if (!reader.broken)
		return self;
	rn_hyphenation_free (self);
	return NULL;
}

void rn_hyphenation_free (RnHyphenation *self)
{
	if (!self)
		return;
	rn_letters_clear (&self->letters);
	rn_patterns_free (self->patterns);
	g_free (self);
}
