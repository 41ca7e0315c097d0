/* values_dates.c - dates and amounts as people write them in; values out. */
#include "import/values-int.h"

#include <string.h>

/* --- dates ------------------------------------------------------------------------------------------------------------------ */

static const RnValue *day (const RnImportReader *reader, guint year, guint month, guint date)
{
	g_autofree char *iso = g_strdup_printf ("%04u-%02u-%02u", year, month, date);
	gint64 seconds;
	gboolean has_time;
	if (!rn_date_parse (iso, &seconds, &has_time))
		return NULL;
	RnValue *value = rn_arena_new0 (reader->arena, RnValue);
	*value = (RnValue) { .kind = RN_DATE, .date = seconds };
	return value;
}

static guint year_of (guint written, gsize digits)
{
	return digits > 2 ? written : written < 70 ? 2000 + written : 1900 + written;
}

/* 31.01.2026, 31/1/26, 2026/01/31; the month first where it cannot be the day. */
static const RnValue *numeric (const RnImportReader *reader, const char *text)
{
	guint n[3];
	gsize digits[3];
	const char *p = text;
	for (guint i = 0; i < 3; i++) {
		char *end;
		digits[i] = strspn (p, "0123456789");
		n[i] = (guint) g_ascii_strtoull (p, &end, 10);
		if (!digits[i] || digits[i] > 4)
			return NULL;
		p = end;
		if (i < 2 && !strchr ("./-", *p))
			return NULL;
		p += i < 2 && *p;
	}
	/* Behind it may stand a time, or a mark for "year". */
	if (digits[0] == 4)
		return day (reader, n[0], n[1], n[2]);
	return n[1] > 12 && n[0] <= 12 ? day (reader, year_of (n[2], digits[2]), n[0], n[1]) : day (reader, year_of (n[2], digits[2]), n[1], n[0]);
}

/* The month that WORD names in a language of the site; 0: none. */
static guint month_of (const RnImportReader *reader, const char *word)
{
	static const char *const lists[] = { "months", "months_standalone" };
	g_autofree char *wanted = g_utf8_casefold (word, -1);
	for (guint i = 0; i < reader->import->site->n_languages; i++)
		for (guint k = 0; k < G_N_ELEMENTS (lists); k++) {
			const RnValue *months = rn_value_get (rn_value_get (reader->import->site->languages[i]->data, "date"), lists[k]);
			for (guint m = 0; months && months->kind == RN_LIST && m < months->n; m++) {
				const char *name = rn_value_string (months->items[m]);
				g_autofree char *folded = name ? g_utf8_casefold (name, -1) : NULL;
				if (folded && !strcmp (folded, wanted))
					return m + 1;
			}
		}
	return 0;
}

/* "31 January 2026", with whatever stands behind the year. */
static const RnValue *in_words (const RnImportReader *reader, const char *text)
{
	g_auto (GStrv) words = g_strsplit_set (text, " ,", -1);
	guint date = 0, month = 0, year = 0;
	for (guint i = 0; words[i]; i++) {
		gsize digits = strspn (words[i], "0123456789");
		guint number = (guint) g_ascii_strtoull (words[i], NULL, 10);
		if (digits == 4 && !year)
			year = number;
		else if (digits && digits < 3 && !date)
			date = number;
		else if (!month)
			month = month_of (reader, words[i]);
	}
	return date && month && year ? day (reader, year, month, date) : NULL;
}

const RnValue *rn_import_date (const RnImportReader *reader, const char *text)
{
	gint64 seconds;
	gboolean has_time;
	if (rn_date_parse (text, &seconds, &has_time)) {
		RnValue *value = rn_arena_new0 (reader->arena, RnValue);
		*value = (RnValue) { .kind = RN_DATE, .date = seconds, .n = has_time };
		return value;
	}
	const RnValue *value = numeric (reader, text);
	return value ? value : in_words (reader, text);
}

/* --- amounts ---------------------------------------------------------------------------------------------------------------- */

/* Takes the currency's three capitals out of TEXT; NULL: there are none. */
static char *take_currency (char *text)
{
	for (char *p = text; *p; p++)
		if (g_ascii_isupper (p[0]) && g_ascii_isupper (p[1]) && g_ascii_isupper (p[2]) && !g_ascii_isalpha (p[3]) && (p == text || !g_ascii_isalpha (p[-1]))) {
			char *code = g_strndup (p, 3);
			memset (p, ' ', 3);
			return code;
		}
	return NULL;
}

const RnValue *rn_import_money (const RnImportReader *reader, const char *text)
{
	static const char *const periods[] = { "hour", "day", "week", "month", "year" };
	g_autofree char *rest = g_strdup (text), *currency = take_currency (rest);
	const char *per = NULL;
	char *slash = strchr (rest, '/');
	for (guint i = 0; slash && i < G_N_ELEMENTS (periods); i++)
		if (!g_ascii_strcasecmp (g_strstrip (slash + 1), periods[i]))
			per = periods[i];
	if (!currency || (slash && !per))
		return NULL;
	if (slash)
		*slash = 0;
	/* A dash of any length between two amounts. */
	g_autoptr (GString) amounts = g_string_new (g_strstrip (rest));
	g_string_replace (amounts, "–", "-", 0);
	g_string_replace (amounts, "—", "-", 0);
	g_auto (GStrv) parts = g_strsplit (amounts->str, "-", -1);
	guint n = g_strv_length (parts), filled = 0;
	if (!n || n > 2)
		return NULL;
	RnPair *pairs = rn_arena_newn (reader->arena, RnPair, 4);
	for (guint i = 0; i < n; i++) {
		const RnValue *amount = rn_import_number (reader, g_strstrip (parts[i]));
		if (!amount)
			return NULL;
		pairs[filled++] = (RnPair) { .name = n == 1 ? "amount" : i ? "to" : "from", .value = amount };
	}
	pairs[filled++] = (RnPair) { .name = "currency", .value = rn_import_string (reader, currency) };
	if (per)
		pairs[filled++] = (RnPair) { .name = "per", .value = rn_import_string (reader, per) };
	RnValue *map = rn_arena_new0 (reader->arena, RnValue);
	*map = (RnValue) { .kind = RN_MAP, .n = filled, .pairs = pairs };
	return map;
}
