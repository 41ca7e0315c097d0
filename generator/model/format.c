/*
 * format.c - money and telephone numbers as they are shown.
 *
 * In: values and a language. Out: text, appended. Invariant: a language that lacks a string shows signs instead of words, and the currency's code.
 */
#include "model/format.h"

/* The part NAME of VALUE; FALSE: it is no number. */
static gboolean part (const RnValue *value, const char *name, double *number)
{
	const RnValue *found = rn_value_get (value, name);
	if (found == NULL || (found->kind != RN_INT && found->kind != RN_FLOAT))
		return FALSE;
	*number = rn_value_real (found, 0);
	return TRUE;
}

RnMoney rn_money_of (const RnValue *value)
{
	RnMoney money = { 0 };
	money.has_amount = part (value, "amount", &money.amount);
	money.has_from = part (value, "from", &money.from);
	money.has_to = part (value, "to", &money.to);
	money.currency = rn_value_string (rn_value_get (value, "currency"));
	money.per = rn_value_string (rn_value_get (value, "per"));
	return money;
}

static void append_amount (const RnLanguage *language, GString *out, double amount)
{
	/* Beyond that the comparison below is not defined; and nobody is paid so much. */
	gboolean whole = amount > -1e15 && amount < 1e15 && amount == (double) (gint64) amount;
	rn_language_number (language, out, amount, whole ? 0 : 2);
}

/* The string PREFIX + NAME, or NULL. */
static const char *named_string (const RnLanguage *language, const char *prefix, const char *name, double n)
{
	g_autofree char *key = g_strconcat (prefix, name, NULL);
	return rn_language_string (language, key, n);
}

/* Replaces NAME in TEMPLATE by VALUE. */
static char *with_part (const char *template, const char *name, const char *value)
{
	g_auto (GStrv) parts = g_strsplit (template, name, -1);
	return g_strjoinv (value, parts);
}

static char *range_words (const RnLanguage *language, const RnMoney *money)
{
	g_autoptr (GString) low = g_string_new (NULL), high = g_string_new (NULL);
	append_amount (language, low, money->from);
	append_amount (language, high, money->to);
	if (money->has_from && money->has_to && money->from != money->to) {
		const char *range = rn_language_string (language, "money_range", 1);
		g_autofree char *half = with_part (range != NULL ? range : "{from}–{to}", "{from}", low->str);
		return with_part (half, "{to}", high->str);
	}
	if (money->has_from != money->has_to) {
		const char *template = rn_language_string (language, money->has_from ? "money_from" : "money_to", 1);
		return with_part (template != NULL ? template : money->has_from ? "≥ {amount}" : "≤ {amount}", "{amount}", money->has_from ? low->str : high->str);
	}
	return g_strdup (low->str);
}

gboolean rn_money_format (const RnLanguage *language, GString *out, const RnMoney *money)
{
	if (!money->has_amount && !money->has_from && !money->has_to)
		return FALSE;
	if (money->has_amount) {
		append_amount (language, out, money->amount);
	} else {
		g_autofree char *words = range_words (language, money);
		g_string_append (out, words);
	}
	if (money->currency != NULL) {
		const char *name = named_string (language, "currency_", money->currency, money->has_amount ? money->amount : money->has_to ? money->to : money->from);
		g_string_append_printf (out, "\u00a0%s", name != NULL ? name : money->currency);
	}
	if (money->per != NULL) {
		const char *name = named_string (language, "per_", money->per, 1);
		g_string_append_printf (out, name != NULL ? " %s" : " / %s", name != NULL ? name : money->per);
	}
	return TRUE;
}

void rn_phone_dial (GString *out, const char *number)
{
	gsize start = out->len;
	for (const char *p = number; *p != '\0'; p++)
		if (g_ascii_isdigit (*p) || (*p == '+' && out->len == start))
			g_string_append_c (out, *p);
}
