/* values.c - cells into values: by the field's type, then held against the field as a page's own value is. */
#include "import/values.h"
#include "import/values-int.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* --- words ------------------------------------------------------------------------------------------------------------------ */

static gboolean same_fold (const char *a, const char *b)
{
	g_autofree char *one = g_utf8_casefold (a, -1), *two = g_utf8_casefold (b, -1);
	return !strcmp (one, two);
}

gboolean rn_import_label_is (const RnValue *label, const char *text)
{
	if (rn_value_string (label))
		return same_fold (rn_value_string (label), text);
	for (guint i = 0; label && label->kind == RN_MAP && i < label->n; i++)
		if (rn_value_string (label->pairs[i].value) && same_fold (rn_value_string (label->pairs[i].value), text))
			return TRUE;
	return FALSE;
}

const char *rn_import_enum_key (const RnField *field, const char *text)
{
	const RnValue *values = field->values;
	for (guint i = 0; values && i < values->n; i++) {
		const char *key = values->kind == RN_MAP ? values->pairs[i].name : rn_value_string (values->items[i]);
		if (key && (same_fold (key, text) || (values->kind == RN_MAP && rn_import_label_is (values->pairs[i].value, text))))
			return key;
	}
	return NULL;
}

static gboolean in_words (const RnValue *words, const char *text)
{
	for (guint i = 0; words && words->kind == RN_LIST && i < words->n; i++)
		if (rn_value_string (words->items[i]) && same_fold (rn_value_string (words->items[i]), text))
			return TRUE;
	return FALSE;
}

/* --- simple values ---------------------------------------------------------------------------------------------------------- */

static RnValue *new_value (const RnImportReader *reader, RnKind kind)
{
	RnValue *value = rn_arena_new0 (reader->arena, RnValue);
	value->kind = (guint8) kind;
	return value;
}

const RnValue *rn_import_string (const RnImportReader *reader, const char *text)
{
	return rn_value_new_string (reader->arena, text, 0, 0);
}

static const RnValue *truth (const RnImportReader *reader, const char *text)
{
	static const char *const yes[] = { "true", "yes", "1", "x", "+", "✓", NULL }, *const no[] = { "false", "no", "0", "-", "–", NULL };
	RnValue *value = new_value (reader, RN_BOOL);
	for (guint i = 0; yes[i]; i++)
		if (!g_ascii_strcasecmp (text, yes[i])) {
			value->boolean = TRUE;
			return value;
		}
	for (guint i = 0; no[i]; i++)
		if (!g_ascii_strcasecmp (text, no[i]))
			return value;
	for (guint i = 0; i < reader->import->site->n_languages; i++) {
		const RnValue *words = rn_value_get (reader->import->site->languages[i]->data, "import");
		value->boolean = in_words (rn_value_get (words, "yes"), text);
		if (value->boolean || in_words (rn_value_get (words, "no"), text))
			return value;
	}
	return NULL;
}

/* A number's digits with '.' as its decimal sign; NULL: it is none. */
static char *plain_number (const RnImportReader *reader, const char *text)
{
	const char *decimal = reader->language ? rn_value_string (rn_value_get (rn_value_get (reader->language->data, "number"), "decimal")) : NULL;
	const char *comma = strrchr (text, ','), *point = strrchr (text, '.');
	guint commas = 0, points = 0;
	for (const char *p = text; *p; p++) {
		commas += *p == ',';
		points += *p == '.';
	}
	/* Of two signs the last is the decimal one; one that stands twice parts thousands; one alone before three digits is what the language says. */
	char sign = comma && point ? (comma > point ? ',' : '.') : commas == 1 ? ',' : points == 1 ? '.' : 0;
	const char *at = sign == ',' ? comma : point;
	if (sign && !(comma && point) && strlen (at + 1) == 3 && at > text && *text != '0' && (!decimal || *decimal != sign))
		sign = 0;
	GString *out = g_string_new (NULL);
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (g_ascii_isdigit (*p) || ((c == '-' || c == 0x2212 || c == '+') && p == text))
			g_string_append_c (out, c == 0x2212 ? '-' : *p);
		else if (sign && *p == sign)
			g_string_append_c (out, '.');
		else if (!g_unichar_isspace (c) && *p != ',' && *p != '.' && *p != '\'' && c != 0x202f && c != 0x2019) {
			g_string_free (out, TRUE);
			return NULL;
		}
	}
	return g_string_free (out, FALSE);
}

const RnValue *rn_import_number (const RnImportReader *reader, const char *text)
{
	g_autofree char *plain = plain_number (reader, text);
	char *end;
	if (!plain || !strpbrk (plain, "0123456789"))
		return NULL;
	double real = g_ascii_strtod (plain, &end);
	if (*end)
		return NULL;
	gboolean whole = !strchr (plain, '.') && strlen (plain) < 16;
	RnValue *value = new_value (reader, whole ? RN_INT : RN_FLOAT);
	if (whole)
		value->integer = g_ascii_strtoll (plain, NULL, 10);
	else
		value->real = real;
	return value;
}

static const RnValue *phone (const RnImportReader *reader, const char *text, char **why)
{
	g_autoptr (GString) digits = g_string_new (NULL);
	gboolean plus = FALSE;
	for (const char *p = text; *p; p++) {
		plus |= *p == '+' && !digits->len;
		if (g_ascii_isdigit (*p))
			g_string_append_c (digits, *p);
		else if (!strchr (" +()-./\xc2\xa0", *p)) {
			*why = g_strdup_printf ("'%s' is no phone number.", text);
			return NULL;
		}
	}
	const char *code = reader->import->code;
	if (!plus && g_str_has_prefix (digits->str, "00")) {
		g_string_erase (digits, 0, 2);
		plus = TRUE;
	}
	if (!plus && digits->len > 6) {
		if (!code) {
			*why = g_strdup_printf ("'%s' has no country's code: write it with +, or give --country-code.", text);
			return NULL;
		}
		if (*digits->str == '0')
			g_string_erase (digits, 0, 1);
		g_string_prepend (digits, code + (*code == '+'));
		plus = TRUE;
	}
	if (plus)
		g_string_prepend_c (digits, '+');
	return rn_import_string (reader, digits->str);
}

static const RnValue *coordinates (const RnImportReader *reader, const char *text)
{
	g_auto (GStrv) parts = g_strsplit (text, strchr (text, ';') ? ";" : strstr (text, ", ") ? ", " : ",", -1);
	if (g_strv_length (parts) != 2)
		return NULL;
	RnValue *value = new_value (reader, RN_LIST);
	const RnValue **items = rn_arena_newn (reader->arena, const RnValue *, 2);
	for (guint i = 0; i < 2; i++) {
		g_autofree char *number = g_strdelimit (g_strstrip (g_strdup (parts[i])), ",", '.');
		char *end;
		RnValue *item = new_value (reader, RN_FLOAT);
		item->real = g_ascii_strtod (number, &end);
		if (*end || !*number)
			return NULL;
		items[i] = item;
	}
	value->n = 2;
	value->items = items;
	return value;
}

/* One of the field's values, by its key or by what it is called in any language. */
static const RnValue *choice (const RnImportReader *reader, const RnField *field, const char *text, char **why)
{
	const RnValue *values = field->values;
	const char *key = rn_import_enum_key (field, text);
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	if (key)
		return rn_import_string (reader, key);
	for (guint i = 0; values && i < values->n; i++) {
		const RnValue *label = values->kind == RN_MAP ? values->pairs[i].value : values->items[i];
		if (values->kind == RN_MAP)
			g_ptr_array_add (names, (gpointer) values->pairs[i].name);
		if (rn_value_string (label))
			g_ptr_array_add (names, (gpointer) rn_value_string (label));
		for (guint k = 0; label->kind == RN_MAP && k < label->n; k++)
			if (rn_value_string (label->pairs[k].value))
				g_ptr_array_add (names, (gpointer) rn_value_string (label->pairs[k].value));
	}
	g_ptr_array_add (names, NULL);
	const char *nearest = rn_text_nearest (text, (const char *const *) names->pdata);
	if (nearest)
		*why = g_strdup_printf ("'%s' is none of its values; did you mean '%s'?", text, nearest);
	else
		*why = g_strdup_printf ("'%s' is none of its values: _type.yaml lists them, and a map can say what it means.", text);
	return NULL;
}

/* --- by type ---------------------------------------------------------------------------------------------------------------- */

static const RnValue *of_type (const RnImportReader *reader, RnFieldType type, const RnField *field, const char *text, char **why);

static const RnValue *list (const RnImportReader *reader, RnFieldType item, const RnField *field, const char *text, char **why)
{
	g_auto (GStrv) parts = g_strsplit_set (text, strpbrk (text, ";\n") ? ";\n" : ",", -1);
	RnValue *value = new_value (reader, RN_LIST);
	const RnValue **items = rn_arena_newn (reader->arena, const RnValue *, g_strv_length (parts));
	for (guint i = 0; parts[i]; i++) {
		if (!*g_strstrip (parts[i]))
			continue;
		items[value->n] = of_type (reader, item, field, parts[i], why);
		if (!items[value->n])
			return NULL;
		value->n++;
	}
	value->items = items;
	return value;
}

/* Why TEXT is no value of TYPE. */
static char *complaint (RnFieldType type, const char *text)
{
	switch (type) {
	case RN_FIELD_DATE: return g_strdup_printf ("'%s' is no date such as 2026-01-31 or 31.01.2026.", text);
	case RN_FIELD_NUMBER: return g_strdup_printf ("'%s' is no number.", text);
	case RN_FIELD_MONEY: return g_strdup_printf ("'%s' is no amount with its currency, such as 60 000 EUR.", text);
	case RN_FIELD_BOOLEAN: return g_strdup_printf ("'%s' is neither yes nor no.", text);
	default: return g_strdup_printf ("'%s' is no place such as 38.56, 68.77.", text);
	}
}

static const RnValue *of_type (const RnImportReader *reader, RnFieldType type, const RnField *field, const char *text, char **why)
{
	const RnValue *value = NULL;
	switch (type) {
	case RN_FIELD_DATE: value = rn_import_date (reader, text); break;
	case RN_FIELD_NUMBER: value = rn_import_number (reader, text); break;
	case RN_FIELD_MONEY: value = rn_import_money (reader, text); break;
	case RN_FIELD_BOOLEAN: value = truth (reader, text); break;
	case RN_FIELD_COORDINATES: value = coordinates (reader, text); break;
	case RN_FIELD_PHONE: return phone (reader, text, why);
	case RN_FIELD_LIST: return list (reader, field->item, field, text, why);
	case RN_FIELD_ENUM: return choice (reader, field, text, why);
	case RN_FIELD_URL: {
		g_autofree char *whole = strstr (text, "://") || !strchr (text, '.') ? g_strdup (text) : g_strconcat ("https://", text, NULL);
		return rn_import_string (reader, whole);
	}
	default: return rn_import_string (reader, text);
	}
	if (!value)
		*why = complaint (type, text);
	return value;
}

/* Fields that every page may have and that are no texts. */
static RnFieldType common_type (const char *name, RnFieldType *item)
{
	static const struct { const char *name; RnFieldType type; } common[] = {
		{ "date", RN_FIELD_DATE }, { "publishDate", RN_FIELD_DATE }, { "expiryDate", RN_FIELD_DATE }, { "lastmod", RN_FIELD_DATE }, { "reviewed", RN_FIELD_DATE },
		{ "weight", RN_FIELD_NUMBER }, { "draft", RN_FIELD_BOOLEAN }, { "sensitive", RN_FIELD_BOOLEAN }, { "toc", RN_FIELD_BOOLEAN }, { "search", RN_FIELD_BOOLEAN },
		{ "tags", RN_FIELD_LIST }, { "audience", RN_FIELD_LIST }, { "related", RN_FIELD_LIST }, { "aliases", RN_FIELD_LIST },
	};
	*item = RN_FIELD_TEXT;
	for (guint i = 0; i < G_N_ELEMENTS (common); i++)
		if (!g_ascii_strcasecmp (common[i].name, name))
			return common[i].type;
	return RN_FIELD_TEXT;
}

const RnValue *rn_import_value (const RnImportReader *reader, const char *name, const char *text, char **why)
{
	const RnField *field = reader->type ? rn_type_field (reader->type, name) : NULL;
	const RnValue *word = rn_value_get (rn_import_mapped (reader->import->map, "values", name), text);
	RnField common = { .name = name };
	common.type = common_type (name, &common.item);
	/* A title has one line. */
	g_autofree char *line = !strcmp (name, "title") ? g_strdelimit (g_strdup (text), "\r\n\t", ' ') : NULL;
	text = line ? line : text;
	*why = NULL;
	const RnValue *value = word ? word : of_type (reader, field ? field->type : common.type, field ? field : &common, text, why);
	if (!value) {
		g_autofree char *reason = *why;
		*why = g_strdup_printf ("%s: %s The field is left out.", name, reason);
	}
	if (!value || !field)
		return value;
	/* The field's own rules: what a page could not hold is told now. */
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	const RnValue *checked = rn_field_read (field, value, reader->arena, "", sink);
	guint n;
	const RnDiagnostic *const *told = rn_diagnostics_sorted (sink, &n);
	if (n)
		*why = g_strdup_printf ("%s. The field is left out.", told[0]->message);
	return n ? NULL : checked;
}
