/*
 * value.c - what can be asked of a value, whoever read it, and the calendar that YAML dates are held against.
 *
 * In: RnValue trees. Out: their content as C types or as text. No function here changes a value, and all
 * take NULL. Dates are proleptic Gregorian, computed without the system's calendar, so that no time zone or locale plays a part.
 */
#include "source/value.h"
#include "base/words.h"

#include <math.h>
#include <string.h>

const char *rn_kind_name (RnKind kind)
{
	static const char *const names[] = {
		[RN_NULL] = N_("nothing"), [RN_BOOL] = N_("true or false"), [RN_INT] = N_("number"), [RN_FLOAT] = N_("number"),
		[RN_STRING] = N_("text"),  [RN_DATE] = N_("date"),          [RN_LIST] = N_("list"),  [RN_MAP] = N_("group of fields"),
	};

	return _((guint) kind < G_N_ELEMENTS (names) ? names[kind] : "nothing");
}

static const RnValue *sorted_get (const RnValue *map, const char *name)
{
	guint32 low = 0, high = map->n;
	while (low < high) {
		const guint32 middle = low + (high - low) / 2;
		const int order = strcmp (name, map->pairs[middle].name);
		if (order == 0)
			return map->pairs[middle].value;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const RnValue *rn_value_get (const RnValue *map, const char *name)
{
	if (map == NULL || map->kind != RN_MAP)
		return NULL;
	if (map->sorted)
		return sorted_get (map, name);
	for (guint32 i = 0; i < map->n; i++)
		if (strcmp (map->pairs[i].name, name) == 0)
			return map->pairs[i].value;
	return NULL;
}

const char *rn_value_string (const RnValue *value)
{
	return value && value->kind == RN_STRING ? value->string : NULL;
}

gboolean rn_value_bool (const RnValue *value, gboolean fallback)
{
	return value && value->kind == RN_BOOL ? value->boolean : fallback;
}

gint64 rn_value_int (const RnValue *value, gint64 fallback)
{
	if (value == NULL)
		return fallback;
	if (value->kind == RN_INT)
		return value->integer;
	/* 2^63 itself is no gint64, and the comparison is false for NaN. */
	if (value->kind == RN_FLOAT && fabs (value->real) < 9223372036854775808.0 && value->real == floor (value->real))
		return (gint64) value->real;
	return fallback;
}

double rn_value_real (const RnValue *value, double fallback)
{
	if (value == NULL)
		return fallback;
	return value->kind == RN_INT ? (double) value->integer : value->kind == RN_FLOAT ? value->real : fallback;
}

static gboolean maps_equal (const RnValue *a, const RnValue *b)
{
	if (a->n != b->n)
		return FALSE;
	for (guint32 i = 0; i < a->n; i++) {
		/* The same order is the common case and saves the search. */
		const RnPair  *pair = &a->pairs[i];
		const RnValue *other = strcmp (pair->name, b->pairs[i].name) == 0 ? b->pairs[i].value : rn_value_get (b, pair->name);

		if (other == NULL || !rn_value_equal (pair->value, other))
			return FALSE;
	}
	return TRUE;
}

gboolean rn_value_equal (const RnValue *a, const RnValue *b)
{
	if (a == b)
		return TRUE;
	if (a == NULL || b == NULL)
		return FALSE;
	if (a->kind != b->kind)
		return (a->kind == RN_INT || a->kind == RN_FLOAT) && (b->kind == RN_INT || b->kind == RN_FLOAT) &&
		       rn_value_real (a, 0) == rn_value_real (b, 0);
	switch ((RnKind) a->kind) {
	case RN_NULL: return TRUE;
	case RN_BOOL: return !a->boolean == !b->boolean;
	case RN_INT: return a->integer == b->integer;
	case RN_FLOAT: return a->real == b->real;
	case RN_STRING: return a->n == b->n && memcmp (a->string, b->string, a->n) == 0;
	case RN_DATE: return a->date == b->date;
	case RN_MAP: return maps_equal (a, b);
	case RN_LIST:
		if (a->n != b->n)
			return FALSE;
		for (guint32 i = 0; i < a->n; i++)
			if (!rn_value_equal (a->items[i], b->items[i]))
				return FALSE;
		return TRUE;
	}
	return FALSE;
}

/* The decimals as they were written (18.10 is an article, not 18.1); else the shortest text that reads back as the same number. */
static void append_real (GString *out, const RnValue *value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE + 320], format[16];

	if (value->n && value->n < 20) {
		g_snprintf (format, sizeof format, "%%.%uf", (guint) value->n);
		g_string_append (out, g_ascii_formatd (text, sizeof text, format, value->real));
		return;
	}
	g_ascii_formatd (text, sizeof text, "%.15g", value->real);
	if (g_ascii_strtod (text, NULL) != value->real)
		g_ascii_formatd (text, sizeof text, "%.17g", value->real);
	g_string_append (out, text);
}

static void append_text (GString *out, const RnValue *value)
{
	switch ((RnKind) value->kind) {
	case RN_NULL: break;
	case RN_BOOL: g_string_append (out, value->boolean ? "true" : "false"); break;
	case RN_INT: g_string_append_printf (out, "%" G_GINT64_FORMAT, value->integer); break;
	case RN_FLOAT: append_real (out, value); break;
	case RN_STRING: g_string_append_len (out, value->string, value->n); break;
	case RN_DATE: rn_date_format (out, value->date, value->n != 0); break;
	case RN_LIST:
		for (guint32 i = 0; i < value->n; i++) {
			g_string_append (out, i ? ", " : "");
			append_text (out, value->items[i]);
		}
		break;
	case RN_MAP:
		for (guint32 i = 0; i < value->n; i++) {
			g_string_append_printf (out, "%s%s: ", i ? ", " : "", value->pairs[i].name);
			append_text (out, value->pairs[i].value);
		}
		break;
	}
}

char *rn_value_text (const RnValue *value)
{
	GString *out = g_string_new (NULL);

	if (value)
		append_text (out, value);
	return g_string_free (out, FALSE);
}

RnValue *rn_value_new_string (RnArena *arena, const char *text, guint32 line, guint32 col)
{
	RnValue *value = rn_arena_new0 (arena, RnValue);

	value->kind = RN_STRING;
	value->line = line;
	value->col = (guint16) MIN (col, G_MAXUINT16);
	value->n = (guint32) strlen (text);
	value->string = rn_arena_strndup (arena, text, (gssize) value->n);
	return value;
}

/* Days since 1970-01-01 of a date, and back: years of 400 from March on, so that the leap day is a year's last. */
static gint64 days_from_date (gint64 year, gint month, gint day)
{
	gint64 y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
	gint64 of_era = y - era * 400, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_from_days (gint64 days, gint64 *year, gint *month, gint *day)
{
	gint64 z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
	gint64 y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	gint64 of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;

	*day = (gint) (of_year - (153 * m + 2) / 5 + 1);
	*month = (gint) (m < 10 ? m + 3 : m - 9);
	*year = y + era * 400 + (*month <= 2);
}

static gboolean read_number (const char **text, guint digits, gint *number)
{
	*number = 0;
	for (guint i = 0; i < digits; i++, (*text)++) {
		if (!g_ascii_isdigit (**text))
			return FALSE;
		*number = *number * 10 + (**text - '0');
	}
	return TRUE;
}

static gboolean read_zone (const char **text, gint *seconds)
{
	gint sign = **text == '-' ? -1 : 1, hours, minutes = 0;

	*seconds = 0;
	if (**text == 'Z' || **text == 'z') {
		(*text)++;
		return TRUE;
	}
	if (**text != '+' && **text != '-')
		return TRUE;
	(*text)++;
	if (!read_number (text, 2, &hours))
		return FALSE;
	if (**text == ':')
		(*text)++;
	if (g_ascii_isdigit (**text) && !read_number (text, 2, &minutes))
		return FALSE;
	*seconds = sign * (hours * 3600 + minutes * 60);
	return hours <= 15 && minutes <= 59;
}

static gboolean read_time (const char **text, gint64 *seconds)
{
	gint hour, minute, second = 0, zone;

	if (!read_number (text, 2, &hour) || *(*text)++ != ':' || !read_number (text, 2, &minute))
		return FALSE;
	if (**text == ':') {
		(*text)++;
		if (!read_number (text, 2, &second))
			return FALSE;
		if (**text == '.')
			for ((*text)++; g_ascii_isdigit (**text);)
				(*text)++;
	}
	if (**text == ' ')
		(*text)++;
	if (!read_zone (text, &zone) || hour > 23 || minute > 59 || second > 59)
		return FALSE;
	*seconds += hour * 3600 + minute * 60 + second - zone;
	return TRUE;
}

gboolean rn_date_parse (const char *text, gint64 *seconds, gboolean *has_time)
{
	static const gint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	gint  year, month, day;

	if (text == NULL || !read_number (&text, 4, &year) || *text++ != '-' || !read_number (&text, 2, &month) || *text++ != '-' ||
	    !read_number (&text, 2, &day))
		return FALSE;
	if (year < 1 || month < 1 || month > 12 || day < 1)
		return FALSE;
	gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (day > lengths[month - 1] + (month == 2 && leap))
		return FALSE;
	gint64   result = days_from_date (year, month, day) * 86400;
	gboolean timed = *text == 'T' || *text == 't' || *text == ' ';
	if (timed) {
		text++;
		if (!read_time (&text, &result))
			return FALSE;
	}
	if (*text != '\0')
		return FALSE;
	if (seconds)
		*seconds = result;
	if (has_time)
		*has_time = timed;
	return TRUE;
}

/* BEFORE, unless it is NUL, and two digits: a printf costs more than all else of a sitemap's entry. */
static void append_pair (GString *out, char before, gint64 n)
{
	char text[3] = { before, (char) ('0' + n / 10), (char) ('0' + n % 10) };

	g_string_append_len (out, before ? text : text + 1, before ? 3 : 2);
}

void rn_date_format (GString *out, gint64 seconds, gboolean has_time)
{
	gint64 days = seconds / 86400, rest = seconds % 86400, year;
	gint   month, day;

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	date_from_days (days, &year, &month, &day);
	if (year < 0 || year > 9999) {
		g_string_append_printf (out, "%04" G_GINT64_FORMAT, year);
	} else {
		append_pair (out, '\0', year / 100);
		append_pair (out, '\0', year % 100);
	}
	append_pair (out, '-', month);
	append_pair (out, '-', day);
	if (has_time) {
		append_pair (out, 'T', rest / 3600);
		append_pair (out, ':', rest / 60 % 60);
		append_pair (out, ':', rest % 60);
		g_string_append_c (out, 'Z');
	}
}
