/*
 * language_format.c - dates and numbers as a language writes them.
 *
 * In: seconds or a number, and the language's patterns and signs. Out: text, appended. Invariant: neither the process's locale nor
 * its time zone has a part in it: days are those of UTC.
 */
#include "model/language-int.h"

#include <math.h>
#include <string.h>

typedef struct { gint64 year; guint month, day, weekday, hour, minute; } Moment; /* month from 1; weekday: 0 is Monday */

/* The proleptic Gregorian calendar by eras of 400 years. */
static Moment moment_of (gint64 seconds)
{
	gint64 days = seconds / 86400, rest = seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	gint64 shifted = days + 719468;
	gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	guint day_of_era = (guint) (shifted - era * 146097);
	guint year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	guint day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	guint march = (5 * day_of_year + 2) / 153;
	Moment moment = { .day = day_of_year - (153 * march + 2) / 5 + 1, .month = march < 10 ? march + 3 : march - 9 };
	moment.year = (gint64) year_of_era + era * 400 + (moment.month <= 2 ? 1 : 0);
	moment.weekday = (guint) (((days + 3) % 7 + 7) % 7);
	moment.hour = (guint) (rest / 3600);
	moment.minute = (guint) (rest / 60 % 60);
	return moment;
}

static const char *or_else (const char *a, const char *b)
{
	return a != NULL ? a : b;
}

/* NUMBER with at least WIDTH digits. */
static void append_number (GString *out, guint number, guint width)
{
	char digits[12];
	guint at = sizeof digits;
	do {
		digits[--at] = (char) ('0' + number % 10);
		number /= 10;
	} while (number > 0 || sizeof digits - at < width);
	g_string_append_len (out, digits + at, (gssize) (sizeof digits - at));
}

/* Appends what the LEN bytes at NAME stand for; FALSE: nothing that is known. */
static gboolean append_part (GString *out, const struct RnLanguageRules *rules, const Moment *moment, const char *name, gsize len)
{
	guint month = moment->month - 1;
	const char number[3] = { (char) ('0' + moment->month / 10), (char) ('0' + moment->month % 10), '\0' };
#define IS(word) (len == sizeof (word) - 1 && memcmp (name, (word), len) == 0)
	if (IS ("d"))
		append_number (out, moment->day, 1);
	else if (IS ("dd"))
		append_number (out, moment->day, 2);
	else if (IS ("m"))
		append_number (out, moment->month, 1);
	else if (IS ("mm"))
		g_string_append (out, number);
	else if (IS ("yyyy") && moment->year >= 0 && moment->year <= 9999)
		append_number (out, (guint) moment->year, 4);
	else if (IS ("yyyy"))
		g_string_append_printf (out, "%04" G_GINT64_FORMAT, moment->year);
	else if (IS ("yy"))
		g_string_append_printf (out, "%02u", (guint) (((moment->year % 100) + 100) % 100));
	else if (IS ("month"))
		g_string_append (out, or_else (rules->months[month], number));
	else if (IS ("month_standalone"))
		g_string_append (out, or_else (rules->months_standalone[month], or_else (rules->months[month], number)));
	else if (IS ("month_short"))
		g_string_append (out, or_else (rules->months_short[month], or_else (rules->months[month], number)));
	else if (IS ("weekday"))
		g_string_append (out, or_else (rules->weekdays[moment->weekday], ""));
	else if (IS ("hh"))
		g_string_append_printf (out, "%02u", moment->hour);
	else if (IS ("min"))
		g_string_append_printf (out, "%02u", moment->minute);
	else
		return FALSE;
#undef IS
	return TRUE;
}

void rn_language_date (const RnLanguage *language, GString *out, gint64 seconds, const char *form)
{
	const char *pattern = form != NULL ? rn_value_string (rn_value_get (language->rules->patterns, form)) : NULL;
	if (pattern == NULL) {
		rn_date_format (out, seconds, FALSE);
		return;
	}
	Moment moment = moment_of (seconds);
	while (*pattern != '\0') {
		gsize run = strcspn (pattern, "{");
		g_string_append_len (out, pattern, (gssize) run);
		pattern += run;
		if (*pattern == '\0')
			break;
		gsize name = strcspn (pattern + 1, "}");
		if (pattern[1 + name] == '}' && append_part (out, language->rules, &moment, pattern + 1, name)) {
			pattern += name + 2;
		} else {
			g_string_append_c (out, '{');
			pattern++;
		}
	}
}

void rn_language_number (const RnLanguage *language, GString *out, double n, int digits)
{
	const struct RnLanguageRules *rules = language->rules;
	char buffer[400], format[8];
	g_snprintf (format, sizeof format, "%%.%df", CLAMP (digits < 0 ? 6 : digits, 0, 20));
	g_ascii_formatd (buffer, sizeof buffer, format, n);
	if (!isfinite (n)) {
		g_string_append (out, buffer);
		return;
	}
	gsize len = strlen (buffer);
	if (digits < 0) {
		while (buffer[len - 1] == '0')
			len--;
		if (buffer[len - 1] == '.')
			len--;
		buffer[len] = '\0';
	}
	const char *at = buffer;
	gboolean negative = *at == '-';
	at += negative;
	gsize whole = strcspn (at, ".");
	/* -0 is 0: a sum of nothing has no sign. */
	if (negative && strspn (at, "0.") < strlen (at))
		g_string_append (out, rules->minus);
	gboolean grouped = whole >= rules->group_from;
	for (gsize i = 0; i < whole; i++) {
		if (grouped && i > 0 && (whole - i) % 3 == 0)
			g_string_append (out, rules->group);
		g_string_append_c (out, at[i]);
	}
	if (at[whole] == '.') {
		g_string_append (out, rules->decimal);
		g_string_append (out, at + whole + 1);
	}
}
