/* rules_read.c - each key checked where it stands; `transliterate`, turned round, becomes the Latin spellings. */
#include "search/rules_read.h"
#include "search/rules.h"

#include <jansson.h>
#include <string.h>

typedef struct { const RnLanguage *language; RnDiagnostics *sink; const char *file; } Reader;

static void fault (const Reader *reader, const RnValue *value, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void fault (const Reader *reader, const RnValue *value, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	g_autofree char *text = g_strdup_vprintf (format, args);
	va_end (args);
	rn_diagnose (reader->sink, RN_D_LANGUAGE_DATA, RN_PLACE (reader->file, value->line, value->col), reader->language->code, text);
}

static gboolean is_word (gunichar c)
{
	return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* One to four letters; the last may be another sign. */
static gboolean may_fold (const char *key)
{
	glong n = g_utf8_strlen (key, -1);
	for (const char *p = key; *p && *g_utf8_next_char (p); p = g_utf8_next_char (p))
		if (!is_word (g_utf8_get_char (p)))
			return FALSE;
	return n >= 1 && n <= RN_FOLD_KEY && !strchr (" \t\r\n", key[strlen (key) - 1]);
}

static json_t *read_folds (const Reader *reader, const RnValue *map, const char *name)
{
	json_t *folds = json_object ();
	if (map && map->kind != RN_MAP)
		fault (reader, map, "'search: %s' must be a map of letters", name);
	for (guint i = 0; map && map->kind == RN_MAP && i < map->n; i++) {
		const RnPair *pair = &map->pairs[i];
		const char *to = pair->value->kind == RN_NULL ? "" : rn_value_string (pair->value);
		if (!may_fold (pair->name) || !to || g_utf8_strlen (to, -1) > RN_FOLD_KEY || strpbrk (to, " \t\r\n"))
			fault (reader, pair->value, "'search: %s' turns one to %d letters into as many at most, not '%s'", name, RN_FOLD_KEY, pair->name);
		else
			json_object_set_new (folds, pair->name, json_string (to));
	}
	return folds;
}

static json_t *read_words (const Reader *reader, const RnValue *list, const char *name)
{
	json_t *words = json_array ();
	if (list && list->kind != RN_LIST)
		fault (reader, list, "'search: %s' must be a list of words", name);
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		const char *word = rn_value_string (list->items[i]);
		if (word && *word)
			json_array_append_new (words, json_string (word));
		else
			fault (reader, list->items[i], "'search: %s' must be a list of words; put this one in quotes", name);
	}
	return words;
}

static json_t *read_suffixes (const Reader *reader, const RnValue *map)
{
	json_t *suffixes = json_object ();
	if (map && map->kind != RN_MAP)
		fault (reader, map, "'search: suffixes' must be a map: letters that are left -> list of suffixes");
	for (guint i = 0; map && map->kind == RN_MAP && i < map->n; i++) {
		guint64 least;
		if (g_ascii_string_to_unsigned (map->pairs[i].name, 10, 1, RN_WORD_LETTERS, &least, NULL))
			json_object_set_new (suffixes, map->pairs[i].name, read_words (reader, map->pairs[i].value, "suffixes"));
		else
			fault (reader, map->pairs[i].value, "'search: suffixes' must be a map: letters that are left -> list of suffixes");
	}
	return suffixes;
}

static char *read_stemmer (const Reader *reader, const RnValue *value)
{
	const char *name = rn_value_string (value);
	if (!value || !g_strcmp0 (name, "none"))
		return NULL;
	if (name && (!strcmp (name, "suffixes") || rn_stemmer_known (name)))
		return g_strdup (name);
	g_autofree char *text = rn_value_text (value);
	fault (reader, value, "there is no stemmer '%s': it is 'suffixes', 'none', or one of libstemmer's, such as 'english'", text);
	return NULL;
}

/* Latin letters -> all that are written so. */
static void add_spelling (json_t *latin, const char *spelling, const char *letter)
{
	g_autofree char *small = g_utf8_strdown (spelling, -1);
	if (!*small || g_utf8_strlen (letter, -1) != 1)
		return;
	json_t *list = json_object_get (latin, small);
	if (!list)
		json_object_set_new (latin, small, list = json_array ());
	json_array_append_new (list, json_string (letter));
}

static json_t *read_latin (const Reader *reader, const RnValue *search)
{
	json_t *latin = json_object ();
	const RnValue *table = rn_value_get (reader->language->data, "transliterate"), *more = rn_value_get (search, "latin");
	for (guint i = 0; table && table->kind == RN_MAP && i < table->n; i++)
		if (rn_value_string (table->pairs[i].value))
			add_spelling (latin, rn_value_string (table->pairs[i].value), table->pairs[i].name);
	if (more && more->kind != RN_MAP)
		fault (reader, more, "'search: latin' must be a map of Latin spellings and letters");
	for (guint i = 0; more && more->kind == RN_MAP && i < more->n; i++) {
		if (rn_value_string (more->pairs[i].value) && g_utf8_strlen (rn_value_string (more->pairs[i].value), -1) == 1)
			add_spelling (latin, more->pairs[i].name, rn_value_string (more->pairs[i].value));
		else
			fault (reader, more->pairs[i].value, "'search: latin' gives one letter for '%s'", more->pairs[i].name);
	}
	return latin;
}

static json_t *read_pattern (const Reader *reader, const RnValue *value)
{
	const char *pattern = rn_value_string (value);
	g_autoptr (GError) error = NULL;
	g_autoptr (GRegex) regex = pattern && *pattern ? g_regex_new (pattern, 0, 0, &error) : NULL;
	if (regex)
		return json_string (pattern);
	g_autofree char *text = value ? rn_value_text (value) : g_strdup ("");
	fault (reader, value, "'search: steps' needs a pattern here, not '%s'%s%s", text, error ? ": " : "", error ? error->message : "");
	return NULL;
}

static json_t *read_regions (const Reader *reader, const RnValue *steps)
{
	const RnValue *list = rn_value_get (steps, "regions");
	json_t *regions = json_array ();
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		json_t *pattern = read_pattern (reader, list->items[i]);
		if (pattern)
			json_array_append_new (regions, pattern);
	}
	return regions;
}

static json_t *read_step (const Reader *reader, const RnValue *step, gsize n_regions)
{
	const gboolean four = step->kind == RN_LIST && step->n == 4;
	const gint64 region = four ? rn_value_int (step->items[0], -1) : -1, skip = four ? rn_value_int (step->items[3], -1) : -1;
	const char *put = four ? rn_value_string (step->items[2]) : NULL;
	if (region >= 0 && region < (gint64) n_regions && skip >= 0 && put) {
		json_t *pattern = read_pattern (reader, step->items[1]);
		return pattern ? json_pack ("[I, o, s, I]", (json_int_t) region, pattern, put, (json_int_t) skip) : NULL;
	}
	fault (reader, step, "a rule of 'search: steps' is a list of four: the number of a region, from 0; a pattern; what is put in its place; how many rules are passed over then");
	return NULL;
}

/* NULL: there are none, or a part of them is wrong: then they are no stemmer any more. */
static json_t *read_steps (const Reader *reader, const RnValue *steps)
{
	const RnValue *list = rn_value_get (steps, "rules"), *wanted = rn_value_get (steps, "regions");
	if (!steps)
		return NULL;
	if (!list || list->kind != RN_LIST || !wanted || wanted->kind != RN_LIST) {
		fault (reader, steps, "'search: steps' must be a map of two lists: regions and rules");
		return NULL;
	}
	json_t *regions = read_regions (reader, steps), *rules = json_array ();
	for (guint i = 0; i < list->n; i++) {
		json_t *step = read_step (reader, list->items[i], wanted->n);
		if (step)
			json_array_append_new (rules, step);
	}
	const gboolean whole = json_array_size (rules) == list->n && json_array_size (regions) == wanted->n;
	json_t *read = json_pack ("{s:o, s:o}", "regions", regions, "rules", rules);
	if (whole)
		return read;
	json_decref (read);
	return NULL;
}

static gboolean read_marks (const Reader *reader, const RnValue *value)
{
	gboolean drop = !g_strcmp0 (rn_value_string (value), "drop");
	if (value && !drop && g_strcmp0 (rn_value_string (value), "keep"))
		fault (reader, value, "'search: marks' is drop or keep");
	return drop;
}

char *rn_rules_json (const RnLanguage *language, RnDiagnostics *sink)
{
	const RnValue *search = rn_value_get (language->data, "search");
	g_autofree char *path = g_strdup_printf ("layouts/lang/%s.yaml", language->code);
	Reader reader = { language, sink, sink ? rn_diagnostics_intern (sink, path) : NULL };
	if (search && search->kind != RN_MAP)
		fault (&reader, search, "'search' must be a map");
	g_autofree char *stemmer = read_stemmer (&reader, rn_value_get (search, "stemmer"));
	const char *single = rn_value_string (rn_value_get (search, "single"));
	json_t *rules = json_pack ("{s:o, s:o, s:s, s:b, s:s, s:o, s:o, s:o, s:o}", "fold", read_folds (&reader, rn_value_get (search, "fold"), "fold"),
	                           "after", read_folds (&reader, rn_value_get (search, "after"), "after"), "single", single ? single : "",
	                           "drop_marks", read_marks (&reader, rn_value_get (search, "marks")), "stemmer", stemmer ? stemmer : "none",
	                           "suffixes", read_suffixes (&reader, rn_value_get (search, "suffixes")), "stop", read_words (&reader, rn_value_get (search, "stop"), "stop"),
	                           "latin", read_latin (&reader, search), "keyboard", read_words (&reader, rn_value_get (search, "keyboard"), "keyboard"));
	json_t *steps = read_steps (&reader, rn_value_get (search, "steps"));
	if (steps)
		json_object_set_new (rules, "steps", steps);
	char *text = json_dumps (rules, JSON_COMPACT | JSON_SORT_KEYS), *json = g_strdup (text);
	free (text);
	json_decref (rules);
	return json;
}
