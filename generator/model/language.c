/*
 * language.c - a language file read once.
 *
 * In: the site's own layouts/lang/<code>.yaml and the shipped one, parsed. Out: an RnLanguage whose strings, plurals and signs are looked up
 * without reading YAML again. Invariant: whatever a file lacks or has wrong, the language works with plain English habits.
 */
#include "model/language-int.h"
#include "model/typography.h"

#include <string.h>

static const char *const category_names[RN_PLURAL_CATEGORIES + 1] = { "zero", "one", "two", "few", "many", "other", NULL };

typedef struct {
	RnLanguage    *language;
	RnArena       *arena;
	RnDiagnostics *sink;
	const char    *file;
	gboolean       below;   /* strings that are there already stay */
} Reader;

static void fault (const Reader *reader, const RnValue *value, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void fault (const Reader *reader, const RnValue *value, const char *format, ...)
{
	if (reader->sink == NULL)
		return;
	va_list args;
	va_start (args, format);
	g_autofree char *text = g_strdup_vprintf (format, args);
	va_end (args);
	RnPlace where = RN_PLACE (reader->file, value != NULL ? value->line : 0, value != NULL ? value->col : 0);
	rn_diagnose (reader->sink, RN_D_LANGUAGE_DATA, where, reader->language->code, text);
}

/* The pairs of OWN, then those of SHIPPED that it lacks. A map whose order has a meaning (plural) is taken whole, from one file. */
static const RnValue *merge (RnArena *arena, const RnValue *own, const RnValue *shipped, guint depth)
{
	if (own == NULL || shipped == NULL || own->kind != RN_MAP || shipped->kind != RN_MAP)
		return own != NULL ? own : shipped;
	RnPair *pairs = rn_arena_newn (arena, RnPair, own->n + shipped->n + 1);
	guint n = 0;
	for (guint i = 0; i < own->n; i++) {
		pairs[n] = own->pairs[i];
		if (depth == 0 && strcmp (pairs[n].name, "plural") != 0)
			pairs[n].value = merge (arena, pairs[n].value, rn_value_get (shipped, pairs[n].name), 1);
		n++;
	}
	g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < own->n; i++)
		g_hash_table_add (known, (gpointer) own->pairs[i].name);
	for (guint i = 0; i < shipped->n; i++)
		if (!g_hash_table_contains (known, shipped->pairs[i].name))
			pairs[n++] = shipped->pairs[i];
	RnValue *merged = rn_arena_new0 (arena, RnValue);
	*merged = *own;
	merged->n = n;
	merged->pairs = pairs;
	return merged;
}

static int category_of (const char *name)
{
	for (int i = 0; i < RN_PLURAL_CATEGORIES; i++)
		if (strcmp (name, category_names[i]) == 0)
			return i;
	return -1;
}

static void read_plurals (const Reader *reader, const RnValue *map)
{
	struct RnLanguageRules *rules = reader->language->rules;
	if (map == NULL)
		return;
	if (map->kind != RN_MAP) {
		fault (reader, map, "'plural' must be a map of conditions, such as {one: \"n = 1\"}");
		return;
	}
	for (guint i = 0; i < map->n; i++) {
		const RnPair *pair = &map->pairs[i];
		int category = category_of (pair->name);
		const char *text = rn_value_string (pair->value), *why = NULL;
		if (category == RN_PLURAL_OTHER)
			continue;
		if (category < 0 || text == NULL) {
			fault (reader, pair->value, "the plural form '%s' must be one of zero, one, two, few, many, with its condition as text", pair->name);
			continue;
		}
		RnPluralRule *rule = rn_plural_compile (reader->arena, text, &why);
		if (rule == NULL) {
			fault (reader, pair->value, "the condition of the plural form '%s' cannot be read: %s", pair->name, why);
			continue;
		}
		if (rules->n_plurals == RN_PLURAL_CATEGORIES)
			return;
		rules->categories[rules->n_plurals] = (guint8) category;
		rules->plurals[rules->n_plurals++] = rule;
	}
}

static gboolean all_categories (const RnValue *map)
{
	for (guint i = 0; i < map->n; i++)
		if (category_of (map->pairs[i].name) < 0)
			return FALSE;
	return map->n > 0;
}

/* Strings may be grouped: {status: {draft: ...}} is the key status.draft. */
static void read_strings (const Reader *reader, const RnValue *map, const char *prefix)
{
	for (guint i = 0; i < map->n; i++) {
		const RnPair *pair = &map->pairs[i];
		const RnValue *value = pair->value;
		const char *key = prefix == NULL ? pair->name : rn_arena_printf (reader->arena, "%s.%s", prefix, pair->name);
		if (value->kind == RN_MAP && !all_categories (value)) {
			read_strings (reader, value, key);
			continue;
		}
		if (value->kind == RN_NULL || (reader->below && g_hash_table_contains (reader->language->rules->strings, key)))
			continue;
		RnLanguageText *text = rn_arena_new0 (reader->arena, RnLanguageText);
		if (value->kind == RN_LIST) {
			fault (reader, value, "the string '%s' must be a text, or a map of plural forms", key);
			continue;
		}
		if (value->kind != RN_MAP) {
			g_autofree char *plain = rn_value_text (value);
			const char *same = rn_value_string (value);
			text->forms[RN_PLURAL_OTHER] = same != NULL ? same : rn_arena_strndup (reader->arena, plain, -1);
		} else {
			for (guint f = 0; f < value->n; f++)
				text->forms[category_of (value->pairs[f].name)] = rn_value_string (value->pairs[f].value);
			if (text->forms[RN_PLURAL_OTHER] == NULL)
				fault (reader, value, "the string '%s' needs the form 'other'", key);
		}
		g_hash_table_insert (reader->language->rules->strings, (gpointer) key, text);
	}
}

/* SLOTS of the list NAME of MAP; all or none. */
static void read_names (const Reader *reader, const RnValue *map, const char *name, const char **slots, guint n)
{
	const RnValue *list = rn_value_get (map, name);
	if (list == NULL)
		return;
	gboolean fits = list->kind == RN_LIST && list->n == n;
	for (guint i = 0; fits && i < n; i++)
		fits = rn_value_string (list->items[i]) != NULL;
	if (!fits) {
		fault (reader, list, "'%s' must be a list of %u names", name, n);
		return;
	}
	for (guint i = 0; i < n; i++)
		slots[i] = rn_value_string (list->items[i]);
}

static const char *read_sign (const Reader *reader, const RnValue *map, const char *name, const char *fallback)
{
	const RnValue *value = rn_value_get (map, name);
	if (value == NULL)
		return fallback;
	const char *text = rn_value_string (value);
	if (text == NULL || strlen (text) > 8) {
		fault (reader, value, "'%s' must be a sign in quotes", name);
		return fallback;
	}
	return text;
}

static GHashTable *read_words (const Reader *reader, const RnValue *map, const char *name)
{
	const RnValue *list = rn_value_get (map, name);
	if (list == NULL)
		return NULL;
	if (list->kind != RN_LIST) {
		fault (reader, list, "'%s' must be a list of words", name);
		return NULL;
	}
	GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < list->n; i++) {
		g_autofree char *text = rn_value_text (list->items[i]);
		g_hash_table_add (words, g_utf8_strdown (text, -1));
	}
	return words;
}

static void read_quotes (const Reader *reader, const RnValue *map, const char *name, RnTypography *typography, guint level)
{
	const RnValue *list = rn_value_get (map, name);
	if (list == NULL)
		return;
	if (list->kind != RN_LIST || list->n != 2 || rn_value_string (list->items[0]) == NULL || rn_value_string (list->items[1]) == NULL) {
		fault (reader, list, "'%s' must be a list of two signs", name);
		return;
	}
	typography->open[level] = rn_value_string (list->items[0]);
	typography->close[level] = rn_value_string (list->items[1]);
}

static void read_typography (const Reader *reader, const RnValue *map)
{
	RnTypography *typography = &reader->language->typography;
	read_quotes (reader, map, "quotes", typography, 0);
	read_quotes (reader, map, "inner_quotes", typography, 1);
	typography->dash = read_sign (reader, map, "dash", NULL);
	typography->dash_nbsp = rn_value_bool (rn_value_get (map, "dash_nbsp"), FALSE);
	typography->nbsp_after = read_words (reader, map, "nbsp_after");
	typography->nbsp_before = read_words (reader, map, "nbsp_before");
}

static void read_transliteration (const Reader *reader, const RnValue *map)
{
	if (map == NULL)
		return;
	if (map->kind != RN_MAP) {
		fault (reader, map, "'transliterate' must be a map of letters");
		return;
	}
	RnTransliteration *table = rn_transliteration_new ();
	for (guint i = 0; i < map->n; i++) {
		const RnValue *value = map->pairs[i].value;
		const char *text = value->kind == RN_NULL ? "" : rn_value_string (value);
		if (text == NULL)
			fault (reader, value, "the letter '%s' must become a text", map->pairs[i].name);
		else
			rn_transliteration_add (table, map->pairs[i].name, text);
	}
	reader->language->transliteration = table;
}

/* The letters stand together where the first code of their script does, in the order given. */
static void read_alphabet (const Reader *reader, const RnValue *value)
{
	const char *letters = rn_value_string (value);
	if (value == NULL)
		return;
	if (letters == NULL || *letters == '\0') {
		fault (reader, value, "'alphabet' must be a text of letters in their order");
		return;
	}
	gunichar first = G_MAXUINT32;
	for (const char *p = letters; *p; p = g_utf8_next_char (p))
		first = MIN (first, g_utf8_get_char (p));
	guint32 *places = rn_arena_newn (reader->arena, guint32, RN_ALPHABET_END), place = 0;
	for (const char *p = letters; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_unichar_tolower (g_utf8_get_char (p));
		if (c < RN_ALPHABET_END && places[c] == 0)
			places[c] = (first << 8) + ++place;
	}
	reader->language->alphabet = places;
}

guint32 rn_language_letter (const RnLanguage *language, gunichar c)
{
	c = g_unichar_tolower (c);
	return language->alphabet != NULL && c < RN_ALPHABET_END && language->alphabet[c] != 0 ? language->alphabet[c] : c << 8;
}

static void read_all_strings (const Reader *reader, const RnValue *data)
{
	const RnValue *strings = rn_value_get (data, "strings");
	if (strings != NULL && strings->kind == RN_MAP)
		read_strings (reader, strings, NULL);
	else if (strings != NULL && strings->kind != RN_NULL)
		fault (reader, strings, "'strings' must be a map of keys and texts");
}

void rn_language_add_strings (RnLanguage *language, RnArena *arena, const RnValue *data, const char *file, RnDiagnostics *sink)
{
	const Reader reader = { .language = language, .arena = arena, .sink = sink, .file = file, .below = TRUE };
	for (guint i = 0; data->kind == RN_MAP && i < data->n; i++)
		if (strcmp (data->pairs[i].name, "strings") != 0)
			fault (&reader, data->pairs[i].value, "'%s' means nothing here: a plugin has strings alone", data->pairs[i].name);
	read_all_strings (&reader, data);
}

static void read_file (const Reader *reader, const RnValue *data)
{
	RnLanguage *language = reader->language;
	struct RnLanguageRules *rules = language->rules;
	const char *dir = rn_value_string (rn_value_get (data, "dir"));
	const RnValue *number = rn_value_get (data, "number"), *date = rn_value_get (data, "date");
	if (rn_value_string (rn_value_get (data, "name")) != NULL)
		language->name = rn_value_string (rn_value_get (data, "name"));
	if (dir != NULL && strcmp (dir, "ltr") != 0 && strcmp (dir, "rtl") != 0)
		fault (reader, rn_value_get (data, "dir"), "'dir' must be ltr or rtl");
	else if (dir != NULL)
		language->dir = dir;
	rules->decimal = read_sign (reader, number, "decimal", rules->decimal);
	rules->group = read_sign (reader, number, "group", rules->group);
	rules->minus = read_sign (reader, number, "minus", rules->minus);
	rules->group_from = (guint) CLAMP (rn_value_int (rn_value_get (number, "group_from"), 4), 4, 400);
	rules->patterns = date;
	read_names (reader, date, "months", rules->months, 12);
	read_names (reader, date, "months_standalone", rules->months_standalone, 12);
	read_names (reader, date, "months_short", rules->months_short, 12);
	read_names (reader, date, "weekdays", rules->weekdays, 7);
	read_plurals (reader, rn_value_get (data, "plural"));
	read_typography (reader, rn_value_get (data, "typography"));
	read_transliteration (reader, rn_value_get (data, "transliterate"));
	read_alphabet (reader, rn_value_get (data, "alphabet"));
	read_all_strings (reader, data);
}

RnLanguage *rn_language_new (RnArena *arena, const char *code, guint index, const RnValue *own, const RnValue *shipped, RnDiagnostics *sink)
{
	RnLanguage *language = rn_arena_new0 (arena, RnLanguage);
	language->code = rn_arena_strndup (arena, code, -1);
	language->name = language->code;
	language->dir = "ltr";
	language->index = index;
	language->rules = rn_arena_new0 (arena, struct RnLanguageRules);
	language->rules->strings = g_hash_table_new (g_str_hash, g_str_equal);
	language->rules->decimal = ".";
	language->rules->group = "";
	language->rules->minus = "-";
	language->rules->group_from = 4;
	language->data = merge (arena, own, shipped, 0);

	g_autofree char *path = g_strdup_printf ("layouts/lang/%s.yaml", code);
	Reader reader = { .language = language, .arena = arena, .sink = sink, .file = sink != NULL ? rn_diagnostics_intern (sink, path) : NULL };
	if (language->data == NULL) {
		/* "und" is no language: that it is not known is told by the site. */
		if (strcmp (code, "und") != 0)
			rn_diagnose (sink, RN_D_LANGUAGE_UNKNOWN, RN_PLACE (NULL, 0, 0), code);
	} else if (language->data->kind != RN_MAP) {
		fault (&reader, language->data, "the file must be a map of keys");
		language->data = NULL;
	} else {
		read_file (&reader, language->data);
	}
	language->typesetter = rn_typesetter_new (&language->typography);
	return language;
}

void rn_language_free (RnLanguage *language)
{
	if (language == NULL)
		return;
	g_clear_pointer (&language->typesetter, rn_typesetter_free);
	g_clear_pointer (&language->rules->strings, g_hash_table_unref);
	g_clear_pointer (&language->typography.nbsp_after, g_hash_table_unref);
	g_clear_pointer (&language->typography.nbsp_before, g_hash_table_unref);
	g_clear_pointer (&language->transliteration, rn_transliteration_free);
}

static guint plural_category (const RnLanguage *language, double n, guint fraction_digits)
{
	const struct RnLanguageRules *rules = language->rules;
	RnPluralOperands operands;
	if (rules->n_plurals == 0 || !rn_plural_operands (&operands, n, fraction_digits))
		return RN_PLURAL_OTHER;
	for (guint i = 0; i < rules->n_plurals; i++)
		if (rn_plural_test (rules->plurals[i], &operands))
			return rules->categories[i];
	return RN_PLURAL_OTHER;
}

const char *rn_language_plural (const RnLanguage *language, double n, guint fraction_digits)
{
	return category_names[plural_category (language, n, fraction_digits)];
}

/* The digits after the sign that N is shown with when nobody says how many. */
static guint natural_fraction_digits (double n)
{
	char buffer[G_ASCII_DTOSTR_BUF_SIZE + 16];
	if (!(n > -1e15 && n < 1e15) || n == (double) (gint64) n)
		return 0;
	g_ascii_formatd (buffer, sizeof buffer, "%.6f", n);
	gsize len = strlen (buffer);
	guint digits = 6;
	while (digits > 0 && buffer[--len] == '0')
		digits--;
	return digits;
}

const char *rn_language_string (const RnLanguage *language, const char *key, double n)
{
	const RnLanguageText *text = g_hash_table_lookup (language->rules->strings, key);
	if (text == NULL)
		return NULL;
	const char *form = text->forms[plural_category (language, n, natural_fraction_digits (n))];
	if (form == NULL)
		form = text->forms[RN_PLURAL_OTHER];
	for (guint i = 0; form == NULL && i < RN_PLURAL_CATEGORIES; i++)
		form = text->forms[i];
	return form;
}
