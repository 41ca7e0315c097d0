/* field.c - one value held against its field's declaration: the value, converted, or a diagnostic at its place. */
#include "base/text.h"
#include "base/words.h"
#include "model/schema.h"

#include <math.h>
#include <string.h>

typedef struct {
	const RnField *field;
	RnFieldType type;      /* the field's, or its items' */
	RnArena *arena;
	const char *file;
	RnDiagnostics *sink;
} Check;

static RnPlace place (const Check *check, const RnValue *value)
{
	return RN_PLACE (check->file, value->line, value->col);
}

static const RnValue *not_kind (const Check *check, const RnValue *value, const char *wanted)
{
	rn_diagnose (check->sink, RN_D_FIELD_KIND, place (check, value), check->field->name, _(wanted), rn_kind_name ((RnKind) value->kind));
	return NULL;
}

static const RnValue *not_like (const Check *check, const RnValue *value, const char *text, const char *wanted)
{
	rn_diagnose (check->sink, RN_D_FIELD_PATTERN, place (check, value), check->field->name, text, _(wanted));
	return NULL;
}

/* Is X within the field's bounds? UNIT says of what, for the message. */
static gboolean in_range (const Check *check, const RnValue *value, double x, const char *unit)
{
	const RnField *field = check->field;
	gboolean low = !isnan (field->min) && x < field->min, high = !isnan (field->max) && x > field->max;
	if (!low && !high)
		return TRUE;
	g_autoptr (GString) limit = g_string_new (NULL);
	g_autofree char *text = rn_value_text (value);
	double bound = low ? field->min : field->max;
	if (value->kind == RN_DATE)
		rn_date_format (limit, (gint64) bound, FALSE);
	else
		g_string_append_printf (limit, "%.15g%s", bound, unit);
	g_autofree char *whole = g_strdup_printf (low ? _("the least is %s") : _("the most is %s"), limit->str);
	rn_diagnose (check->sink, RN_D_FIELD_RANGE, place (check, value), field->name, text, whole);
	return FALSE;
}

/* A text, or a number that was written without quotes. */
static const RnValue *as_text (const Check *check, const RnValue *value)
{
	if (value->kind == RN_STRING)
		return value;
	if (value->kind != RN_INT && value->kind != RN_FLOAT && value->kind != RN_DATE)
		return not_kind (check, value, "a text");
	g_autofree char *text = rn_value_text (value);
	return rn_value_new_string (check->arena, text, value->line, value->col);
}

static const RnValue *read_text (const Check *check, const RnValue *value)
{
	const RnValue *text = as_text (check, value);
	if (!text)
		return NULL;
	if (check->field->pattern && !g_regex_match (check->field->pattern, text->string, 0, NULL))
		return not_like (check, value, text->string, check->field->pattern_text);
	return in_range (check, text, (double) g_utf8_strlen (text->string, -1), " characters") ? text : NULL;
}

static const RnValue *read_date (const Check *check, const RnValue *value)
{
	gint64 seconds;
	gboolean has_time;
	RnValue *date;
	if (value->kind == RN_DATE)
		return in_range (check, value, (double) value->date, "") ? value : NULL;
	if (value->kind != RN_STRING || !rn_date_parse (value->string, &seconds, &has_time)) {
		if (!value->told)
			rn_diagnose (check->sink, RN_D_DATE_FIELD, place (check, value), check->field->name);
		return NULL;
	}
	date = rn_arena_new0 (check->arena, RnValue);
	*date = (RnValue) { .kind = RN_DATE, .line = value->line, .col = value->col, .n = has_time, .date = seconds };
	return in_range (check, date, (double) seconds, "") ? date : NULL;
}

static const RnValue *read_number (const Check *check, const RnValue *value)
{
	if (value->kind != RN_INT && value->kind != RN_FLOAT)
		return not_kind (check, value, "a number");
	return in_range (check, value, rn_value_real (value, 0), "") ? value : NULL;
}

static gboolean is_currency (const char *text)
{
	return text && strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]);
}

/* Is PART an amount: a number within the bounds, not negative? */
static gboolean is_amount (const Check *check, const RnValue *part)
{
	if (part->kind != RN_INT && part->kind != RN_FLOAT) {
		not_kind (check, part, "a number");
		return FALSE;
	}
	double x = rn_value_real (part, 0);
	if (!(x >= 0) || isinf (x)) {
		g_autofree char *text = rn_value_text (part);
		rn_diagnose (check->sink, RN_D_FIELD_RANGE, place (check, part), check->field->name, text, _("the least is 0"));
		return FALSE;
	}
	return in_range (check, part, x, "");
}

/* "60000 RUB" as a map. */
static const RnValue *money_of_text (const Check *check, const RnValue *value)
{
	char *end;
	double amount = g_ascii_strtod (value->string, &end);
	gboolean digits = g_ascii_isdigit (*value->string) || *value->string == '-';
	while (*end == ' ')
		end++;
	if (end == value->string || !digits || !isfinite (amount) || !is_currency (end)) {
		not_like (check, value, value->string, "an amount such as {amount: 60000, currency: EUR}");
		return NULL;
	}
	RnPair *pairs = rn_arena_newn (check->arena, RnPair, 2);
	RnValue *number = rn_arena_new0 (check->arena, RnValue), *map = rn_arena_new0 (check->arena, RnValue);
	*number = (RnValue) { .kind = RN_FLOAT, .line = value->line, .col = value->col, .real = amount };
	pairs[0] = (RnPair) { "amount", number, value->line, value->col };
	pairs[1] = (RnPair) { "currency", rn_value_new_string (check->arena, end, value->line, value->col), value->line, value->col };
	*map = (RnValue) { .kind = RN_MAP, .n = 2, .line = value->line, .col = value->col, .pairs = pairs };
	return map;
}

/* {amount, currency} or {from, to, currency}, with per; a text becomes such a map. */
static const RnValue *read_money (const Check *check, const RnValue *value)
{
	static const char *const names[] = { "amount", "from", "to" };
	const RnValue *parts[G_N_ELEMENTS (names)];
	guint amounts = 0;
	if (value->kind == RN_STRING && !(value = money_of_text (check, value)))
		return NULL;
	if (value->kind != RN_MAP)
		return not_kind (check, value, "an amount such as {amount: 60000, currency: EUR}");
	for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
		parts[i] = rn_value_get (value, names[i]);
		if (parts[i] && !is_amount (check, parts[i]))
			return NULL;
		amounts += parts[i] != NULL;
	}
	const char *currency = rn_value_string (rn_value_get (value, "currency"));
	if (!amounts || !is_currency (currency)) {
		g_autofree char *text = rn_value_text (value);
		return not_like (check, value, currency ? currency : text, "an amount with its currency, such as {amount: 60000, currency: EUR}");
	}
	if (parts[1] && parts[2] && rn_value_real (parts[1], 0) > rn_value_real (parts[2], 0)) {
		g_autofree char *from = rn_value_text (parts[1]), *to = rn_value_text (parts[2]);
		g_autofree char *limit = g_strdup_printf (_("it ends at %s"), to);
		rn_diagnose (check->sink, RN_D_FIELD_RANGE, place (check, parts[1]), check->field->name, from, limit);
		return NULL;
	}
	return value;
}

static const RnValue *read_enum (const Check *check, const RnValue *value)
{
	const RnValue *text = as_text (check, value), *values = check->field->values;
	if (!text)
		return NULL;
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 0; i < values->n; i++) {
		const char *name = values->kind == RN_MAP ? values->pairs[i].name : rn_value_string (values->items[i]);
		if (name && !strcmp (name, text->string))
			return text;
		if (name)
			g_ptr_array_add (names, (gpointer) name);
	}
	g_ptr_array_add (names, NULL);
	const char *nearest = rn_text_nearest (text->string, (const char *const *) names->pdata);
	rn_diagnose (check->sink, RN_D_FIELD_ENUM, place (check, value), check->field->name, text->string, nearest ? nearest : "");
	return NULL;
}

static const RnValue *read_phone (const Check *check, const RnValue *value)
{
	const RnValue *text = as_text (check, value);
	if (!text)
		return NULL;
	guint digits = 0;
	for (const char *p = text->string; *p; p++) {
		digits += g_ascii_isdigit (*p);
		if (!g_ascii_isdigit (*p) && !strchr (" ()-", *p) && !(*p == '+' && p == text->string))
			return not_like (check, value, text->string, "a phone number such as \"+12 345 67 89\"");
	}
	/* E.164 has at most 15 digits; short numbers (112) stand without a country. */
	if (digits < 2 || digits > 15 || (*text->string != '+' && digits > 6))
		return not_like (check, value, text->string, "a phone number with its country code, such as \"+12 345 67 89\"");
	return text;
}

static const RnValue *read_email (const Check *check, const RnValue *value)
{
	const RnValue *text = as_text (check, value);
	const char *at = text ? strchr (text->string, '@') : NULL;
	const char *dot = at ? strrchr (at, '.') : NULL;
	if (!text || (dot && at > text->string && dot > at + 1 && dot[1] && !strchr (at + 1, '@') && !strpbrk (text->string, " <>\"")))
		return text;
	return not_like (check, value, text->string, "an e-mail address");
}

static const RnValue *read_url (const Check *check, const RnValue *value)
{
	const RnValue *text = as_text (check, value);
	if (!text)
		return NULL;
	const char *host = g_str_has_prefix (text->string, "https://") ? text->string + 8 : g_str_has_prefix (text->string, "http://") ? text->string + 7 : "";
	if (!*host || *host == '/' || strpbrk (text->string, " <>\""))
		return not_like (check, value, text->string, "a web address that begins with https://");
	return text;
}

static const RnValue *read_coordinates (const Check *check, const RnValue *value)
{
	if (value->kind != RN_LIST || value->n != 2)
		return not_kind (check, value, "a latitude and a longitude, [38.56, 68.77]");
	double lat = rn_value_real (value->items[0], NAN), lon = rn_value_real (value->items[1], NAN);
	if (!(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180)) {
		g_autofree char *text = rn_value_text (value);
		return not_like (check, value, text, "a latitude (-90 to 90) and a longitude (-180 to 180)");
	}
	return value;
}

static const RnValue *read_list (const Check *check, const RnValue *value);

static const RnValue *read_any (const Check *check, const RnValue *value)
{
	switch (check->type) {
	case RN_FIELD_TEXT:
	case RN_FIELD_MARKDOWN: return read_text (check, value);
	case RN_FIELD_DATE: return read_date (check, value);
	case RN_FIELD_NUMBER: return read_number (check, value);
	case RN_FIELD_MONEY: return read_money (check, value);
	case RN_FIELD_ENUM: return read_enum (check, value);
	case RN_FIELD_LIST: return read_list (check, value);
	case RN_FIELD_PHONE: return read_phone (check, value);
	case RN_FIELD_EMAIL: return read_email (check, value);
	case RN_FIELD_URL: return read_url (check, value);
	case RN_FIELD_COORDINATES: return read_coordinates (check, value);
	case RN_FIELD_BOOLEAN: return value->kind == RN_BOOL ? value : not_kind (check, value, "true or false");
	case RN_FIELD_REFERENCE:
	case RN_FIELD_IMAGE: return value->kind == RN_STRING ? value : not_kind (check, value, "a text");
	case RN_FIELD_ANY: break;
	}
	return value;
}

/* Items that do not fit are told and left out; one item alone may stand without brackets. */
static const RnValue *read_list (const Check *check, const RnValue *value)
{
	Check each = *check;
	each.type = check->field->item;
	RnValue *list = rn_arena_new0 (check->arena, RnValue);
	*list = (RnValue) { .kind = RN_LIST, .line = value->line, .col = value->col };
	guint n = value->kind == RN_LIST ? value->n : 1;
	const RnValue **items = rn_arena_newn (check->arena, const RnValue *, n);
	for (guint i = 0; i < n; i++) {
		const RnValue *item = each.type == RN_FIELD_LIST ? NULL : read_any (&each, value->kind == RN_LIST ? value->items[i] : value);
		if (item)
			items[list->n++] = item;
	}
	list->items = items;
	return list;
}

const RnValue *rn_field_read (const RnField *field, const RnValue *value, RnArena *arena, const char *file, RnDiagnostics *sink)
{
	const Check check = { field, field->type, arena, file, sink };
	/* "salary:" with nothing behind it is a field not yet filled in. */
	return value->kind == RN_NULL ? NULL : read_any (&check, value);
}
