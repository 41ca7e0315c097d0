/* product_keys.c - the table of all keys, and each layer held against it: what means nothing is told, what cannot be used breaks its products. */
#include "base/text.h"
#include "print/product-int.h"

#include <string.h>

typedef enum { MAP, MAP_OR_FALSE, TEXT, STRING, WORD, LENGTH, SIGNED_LENGTH, FLAG, COUNT, PERCENT, NUMBER, STRINGS, WORDS, LENGTHS, SIZES, PAPER, PROFILE, DATE, SIDES } Kind;

/* words: those that may stand there. */
typedef struct { const char *path; Kind kind; const char *words; } Key;

#define LONGEST_TEXT 4000   /* bytes */
#define PROFILE_PREFIX "profile."

#define SHOWN "title|subtitle|hotlines|contacts|text|description|facts|body|qr|address|publisher"

static const Key keys[] = {
	{ "kind", WORD, "booklet|parallel|panels|cards|poster" }, { "extends", STRING, NULL }, { "name", STRING, NULL }, { "title", TEXT, NULL },
	{ "publisher", TEXT, NULL }, { "address", STRING, NULL }, { "page", PAPER, NULL }, { "columns", COUNT, NULL }, { "gutter", LENGTH, NULL },
	{ "languages", STRINGS, NULL }, { "together", FLAG, NULL }, { "profile", PROFILE, NULL }, { "links", WORD, "footnote|inline|none" },
	{ "page_references", FLAG, NULL }, { "copies", COUNT, NULL }, { "archive", FLAG, NULL }, { "fit", SIZES, NULL }, { "fonts", STRINGS, NULL },
	{ "hyphenation", STRINGS, NULL }, { "running", FLAG, NULL }, { "folios", FLAG, NULL },
	{ "margins", MAP, NULL }, { "margins.inner", LENGTH, NULL }, { "margins.outer", LENGTH, NULL }, { "margins.top", LENGTH, NULL }, { "margins.bottom", LENGTH, NULL },
	{ "select", MAP, NULL }, { "select.sections", STRINGS, NULL }, { "select.types", STRINGS, NULL }, { "select.tags", STRINGS, NULL },
	{ "select.audience", STRINGS, NULL }, { "select.pages", STRINGS, NULL }, { "select.exclude", STRINGS, NULL },
	{ "impose", MAP, NULL }, { "impose.scheme", WORD, "none|saddle|perfect|sheet|repeat" }, { "impose.sheet", PAPER, NULL }, { "impose.signature", COUNT, NULL },
	{ "impose.limit", COUNT, NULL }, { "impose.folds", LENGTHS, NULL },
	{ "parts", MAP, NULL }, { "parts.description", FLAG, NULL }, { "parts.notices", FLAG, NULL }, { "parts.facts", FLAG, NULL }, { "parts.sources", FLAG, NULL },
	{ "look", MAP, NULL }, { "look.grid", FLAG, NULL }, { "look.list_indent", LENGTH, NULL }, { "look.bullets", STRINGS, NULL }, { "look.notice_marks", STRINGS, NULL }, { "look.ragged_lists", FLAG, NULL }, { "look.callout_padding", LENGTH, NULL },
	{ "look.callout_bar", LENGTH, NULL }, { "look.callout_tint", PERCENT, NULL }, { "look.rule", LENGTH, NULL }, { "look.table_padding", LENGTH, NULL },
	{ "look.table_head_tint", PERCENT, NULL }, { "look.quote_bar_tint", PERCENT, NULL },
	{ "families", MAP, NULL }, { "families.*", MAP, NULL }, { "families.*.regular", STRING, NULL }, { "families.*.bold", STRING, NULL },
	{ "families.*.italic", STRING, NULL }, { "families.*.bold_italic", STRING, NULL },
	{ "style", MAP, NULL }, { "style.*", MAP, NULL }, { "style.*.family", STRING, NULL }, { "style.*.face", WORD, "regular|bold|italic|bold_italic" },
	{ "style.*.size", LENGTH, NULL }, { "style.*.leading", LENGTH, NULL }, { "style.*.before", LENGTH, NULL }, { "style.*.after", LENGTH, NULL },
	{ "style.*.first_indent", SIGNED_LENGTH, NULL }, { "style.*.left", LENGTH, NULL }, { "style.*.right", LENGTH, NULL }, { "style.*.tracking", SIGNED_LENGTH, NULL },
	{ "style.*.align", WORD, "justify|left|centre|right" }, { "style.*.hyphenate", FLAG, NULL }, { "style.*.on_grid", FLAG, NULL }, { "style.*.capitals", FLAG, NULL },
	{ "style.*.keep_with_next", FLAG, NULL }, { "style.*.tint", PERCENT, NULL }, { "style.*.shrink", PERCENT, NULL }, { "style.*.stretch", COUNT, NULL },
	{ "cover", MAP_OR_FALSE, NULL }, { "cover.title", TEXT, NULL }, { "cover.subtitle", TEXT, NULL }, { "cover.note", TEXT, NULL }, { "cover.picture", STRING, NULL },
	{ "imprint", MAP_OR_FALSE, NULL }, { "imprint.text", TEXT, NULL }, { "imprint.copies_note", TEXT, NULL },
	{ "contents", MAP_OR_FALSE, NULL }, { "contents.depth", COUNT, NULL }, { "chapters", WORD, "section|page" }, { "chapter_start", WORD, "recto|side|run" },
	{ "index", FLAG, NULL }, { "contacts", FLAG, NULL }, { "back_cover", MAP_OR_FALSE, NULL }, { "back_cover.text", TEXT, NULL }, { "back_cover.hotlines", FLAG, NULL },
	{ "back_cover.qr", FLAG, NULL }, { "qr", WORD, "chapter|page|none" }, { "groups", FLAG, NULL }, { "notices", WORD, "box|mark" }, { "sources", WORD, "page|end" }, { "changes_since", DATE, NULL }, { "valid_until", FLAG, NULL }, { "missing", TEXT, NULL },
	{ "panels", MAP, NULL }, { "panels.sides", SIDES, NULL }, { "panels.folded", FLAG, NULL }, { "panels.each", WORD, "all|page" },
	{ "panels.page_starts", WORD, "panel|flow" }, { "panels.band", FLAG, NULL },
	{ "cards", MAP, NULL }, { "cards.each", WORD, "all|page" }, { "cards.band", FLAG, NULL }, { "cards.front", WORDS, SHOWN }, { "cards.back", WORDS, SHOWN }, { "cards.title", TEXT, NULL },
	{ "cards.subtitle", TEXT, NULL }, { "cards.text", TEXT, NULL }, { "cards.fields", STRINGS, NULL },
	{ "poster", MAP, NULL }, { "poster.band", FLAG, NULL }, { "poster.shows", WORDS, SHOWN }, { "poster.title", TEXT, NULL }, { "poster.subtitle", TEXT, NULL }, { "poster.text", TEXT, NULL },
	{ "poster.fields", STRINGS, NULL },
	{ "profile.extends", STRING, NULL }, { "profile.bleed", LENGTH, NULL }, { "profile.safe", LENGTH, NULL }, { "profile.page_marks", FLAG, NULL },
	{ "profile.sheet_marks", FLAG, NULL }, { "profile.outlines", FLAG, NULL }, { "profile.x_version", WORD, "PDF/X-1a:2003|none" }, { "profile.condition", STRING, NULL },
	{ "profile.condition_id", STRING, NULL }, { "profile.paper", STRING, NULL }, { "profile.paper_thickness", NUMBER, NULL }, { "profile.cover_paper", STRING, NULL },
};

/* --- values ------------------------------------------------------------------------------------------------------------------- */

static const char *wanted (Kind kind)
{
	static const char *const texts[] = {
		[MAP] = "a map of keys", [MAP_OR_FALSE] = "a map of keys, or false", [TEXT] = "a text, or one a language: {tg: ..., ru: ...}, of a page at most", [STRING] = "a text of a page at most",
		[LENGTH] = "a length such as 13.5, 4mm, 1.5cm", [SIGNED_LENGTH] = "a length such as 13.5 or -2mm", [FLAG] = "true or false", [COUNT] = "a whole number from 0 to 10000000",
		[PERCENT] = "a whole number from 0 to 100", [NUMBER] = "a number from 0 to 10", [STRINGS] = "a list of texts such as [a, b]", [LENGTHS] = "a list of lengths such as [99mm, 198mm]",
		[SIZES] = "a list of percentages from 20 to 400 such as [100, 95, 90]", [PAPER] = "a3, a4, a5, a6, sra3, sra4, letter, or {width: 148mm, height: 210mm}",
		[PROFILE] = "a name, or a map with extends:", [DATE] = "a date such as 2026-01-31",
		[SIDES] = "a list of one or two maps such as {widths: [98mm, 99.5mm, 99.5mm], reads: [5, 6, 1]}",
	};
	return texts[kind];
}

static gboolean among (const char *text, const char *words)
{
	gsize len = strlen (text);
	for (const char *p = words; p; p = strchr (p, '|') ? strchr (p, '|') + 1 : NULL)
		if (!strncmp (p, text, len) && (p[len] == '|' || !p[len]))
			return TRUE;
	return FALSE;
}

static gboolean is_length (const RnValue *value, gboolean negative)
{
	RnLength length;
	return rn_length_parse (value, RN_PT (10), &length) && (negative || length >= 0) && ABS (length) <= RN_MM (5000);
}

typedef gboolean (*Test) (const RnValue *value, const Key *key);

/* Titles stand at the head of every side, and are tried at many sizes: what is longer than a page of text is none. */
static gboolean is_string (const RnValue *value, const Key *key)
{
	return value->kind == RN_STRING && strlen (value->string) <= LONGEST_TEXT && (!key->words || among (value->string, key->words));
}

static gboolean is_text (const RnValue *value, const Key *key)
{
	for (guint i = 0; value->kind == RN_MAP && i < value->n; i++)
		if (!is_string (value->pairs[i].value, key))
			return FALSE;
	return value->kind == RN_MAP || is_string (value, key);
}

static gboolean is_positive_length (const RnValue *value, const Key *key)
{
	(void) key;
	return is_length (value, FALSE);
}

static gboolean is_size (const RnValue *value, const Key *key)
{
	double percent = rn_value_real (value, 0);
	(void) key;
	return percent >= 20 && percent <= 400;
}

static gboolean all_are (const RnValue *value, const Key *key, Test test)
{
	for (guint i = 0; value->kind == RN_LIST && i < value->n; i++)
		if (!test (value->items[i], key))
			return FALSE;
	return value->kind == RN_LIST;
}

static gboolean is_side (const RnValue *value, const Key *key)
{
	for (guint i = 0; value->kind == RN_MAP && i < value->n; i++) {
		const RnPair *pair = &value->pairs[i];
		gboolean widths = !strcmp (pair->name, "widths");
		if ((!widths && strcmp (pair->name, "reads")) || pair->value->kind != RN_LIST || (widths && !all_are (pair->value, key, is_positive_length)))
			return FALSE;
		for (guint k = 0; !widths && k < pair->value->n; k++)
			if (rn_value_int (pair->value->items[k], 0) < 1)
				return FALSE;
	}
	return value->kind == RN_MAP;
}

static gboolean is_paper (const RnValue *value)
{
	if (value->kind == RN_MAP)
		for (guint i = 0; i < value->n; i++)
			if (!among (value->pairs[i].name, "width|height|paper|landscape"))
				return FALSE;
	return value->kind == RN_STRING || value->kind == RN_MAP;
}

/* Is VALUE of KEY's kind? What a value means beside others is seen where it is read. */
static gboolean fits (const RnValue *value, const Key *key)
{
	gint64 n = value->kind == RN_INT ? value->integer : -1;
	switch (key->kind) {
	case MAP: return value->kind == RN_MAP;
	case MAP_OR_FALSE: return value->kind == RN_MAP || (value->kind == RN_BOOL && !value->boolean);
	case TEXT: return is_text (value, key);
	case STRING: case WORD: return is_string (value, key);
	case LENGTH: return is_length (value, FALSE);
	case SIGNED_LENGTH: return is_length (value, TRUE);
	case FLAG: return value->kind == RN_BOOL;
	case COUNT: return n >= 0 && n <= 10000000;
	case PERCENT: return n >= 0 && n <= 100;
	case NUMBER: return rn_value_real (value, -1) >= 0 && rn_value_real (value, -1) <= 10;
	case STRINGS: case WORDS: return all_are (value, key, is_string);
	case LENGTHS: return all_are (value, key, is_positive_length);
	case SIZES: return value->n && all_are (value, key, is_size);
	case PAPER: return is_paper (value);
	case PROFILE: return value->kind == RN_STRING || value->kind == RN_MAP;
	case DATE: return value->kind == RN_DATE;
	case SIDES: return (value->n == 1 || value->n == 2) && all_are (value, key, is_side);
	}
	return FALSE;
}

/* --- keys --------------------------------------------------------------------------------------------------------------------- */

/* PATH with the names that everybody chooses as a star: "style.h1.size" -> "style.*.size". */
static void to_pattern (const char *path, GString *pattern)
{
	g_string_assign (pattern, path);
	const char *dot = strchr (path, '.');
	if (!dot || (!g_str_has_prefix (path, "style.") && !g_str_has_prefix (path, "families.")))
		return;
	const char *end = strchrnul (dot + 1, '.');
	g_string_truncate (pattern, (gsize) (dot + 1 - path));
	g_string_append_c (pattern, '*');
	g_string_append (pattern, end);
}

static const Key *find (const char *pattern)
{
	for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
		if (*keys[i].path == *pattern && !strcmp (keys[i].path, pattern))
			return &keys[i];
	return NULL;
}

/* The key that was meant among those of the map at PATTERN ("" or with its dot); NULL. */
static const char *nearest_key (const char *pattern, const char *name)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	gsize len = strlen (pattern);
	for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
		if (!strncmp (keys[i].path, pattern, len) && !strchr (keys[i].path + len, '.'))
			g_ptr_array_add (names, (gpointer) (keys[i].path + len));
	g_ptr_array_add (names, NULL);
	return rn_text_nearest (name, (const char *const *) names->pdata);
}

typedef struct { RnProducts *products; RnProductLayer *layer; GString *path, *pattern; } Check;

/* How much of a key's path its file does not show: a profile's own file has its keys bare. */
static gsize hidden (RnPlace where)
{
	return rn_in_profile (where) ? strlen (PROFILE_PREFIX) : 0;
}

static void tell_unknown (Check *check, const RnPair *pair, gsize parent)
{
	RnPlace where = RN_PLACE (check->layer->file, pair->line, pair->col);
	const char *nearest;
	if (g_str_has_prefix (check->path->str, "style.") && !strchr (check->path->str + 6, '.')) {
		nearest = rn_text_nearest (pair->name, rn_style_names);
	} else {
		to_pattern (check->path->str, check->pattern);
		const char *dot = strrchr (check->pattern->str, '.');
		g_string_truncate (check->pattern, dot ? (gsize) (dot + 1 - check->pattern->str) : 0);
		nearest = nearest_key (check->pattern->str, pair->name);
	}
	g_autofree char *meant = nearest ? g_strdup_printf ("%.*s%s", (int) parent, check->path->str, nearest) : g_strdup ("");
	rn_product_tell_key (check->products, check->layer->name, where, check->path->str + hidden (where), *meant ? meant + hidden (where) : "");
}

static void tell_broken (Check *check, const Key *key, const RnPair *pair)
{
	const RnValue *value = pair->value;
	g_auto (GStrv) list = g_strsplit (key->words ? key->words : "", "|", -1);
	g_autofree char *words = key->words ? g_strjoinv (", ", list) : NULL;
	const RnPlace where = RN_PLACE (check->layer->file, value->line ? value->line : pair->line, value->line ? value->col : pair->col);
	const char *path = check->path->str + hidden (where);
	g_autofree char *what = words ? g_strdup_printf ("'%s' must be %s%s", path, key->kind == WORDS ? "a list of " : "one of ", words) :
		g_strdup_printf ("'%s' must be %s", path, wanted (key->kind));
	rn_product_tell (check->products, check->layer->name, where, what);
	check->layer->broken = TRUE;
}

static void check_map (Check *check, const RnValue *map)
{
	gsize parent = check->path->len;
	for (guint i = 0; i < map->n; i++) {
		const RnPair *pair = &map->pairs[i];
		g_string_truncate (check->path, parent);
		g_string_append (check->path, pair->name);
		to_pattern (check->path->str, check->pattern);
		const Key *key = find (check->pattern->str);
		gboolean style = key && !strcmp (key->path, "style.*");
		if (!key || (style && !g_strv_contains (rn_style_names, pair->name))) {
			tell_unknown (check, pair, parent);
		} else if (pair->value->kind == RN_NULL) {
			continue;
		} else if (!fits (pair->value, key)) {
			tell_broken (check, key, pair);
		} else if (pair->value->kind == RN_MAP && (key->kind == MAP || key->kind == MAP_OR_FALSE || key->kind == PROFILE)) {
			g_string_append_c (check->path, '.');
			check_map (check, pair->value);
		}
	}
}

gboolean rn_product_check (RnProducts *products, RnProductLayer *layer, gboolean profile)
{
	if (layer->checked)
		return !layer->broken;
	Check check = { products, layer, g_string_new (profile ? PROFILE_PREFIX : ""), g_string_new (NULL) };
	layer->checked = TRUE;
	check_map (&check, layer->root);
	g_string_free (check.path, TRUE);
	g_string_free (check.pattern, TRUE);
	return !layer->broken;
}
