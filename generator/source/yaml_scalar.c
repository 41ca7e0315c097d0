/*
 * yaml_scalar.c - what a scalar without quotes means.
 *
 * In: its text. Out: nothing, true or false, a number, a date, and all else as text. Both readers of YAML ask here, so that one
 * word means one thing in whatever form the document is written.
 */
#include "source/yaml-int.h"

#include <string.h>

/* A plain number: digits without a leading zero, so that 007 and telephone numbers stay text, and no more than a number can hold. */
static gboolean read_number (const char *text, gsize len, RnValue *value)
{
	gsize i = text[0] == '-', first = i;

	while (g_ascii_isdigit (text[i]))
		i++;
	if (i == first || i - first > 18 || (text[first] == '0' && i - first > 1))
		return FALSE;
	if (i == len) {
		value->kind = RN_INT;
		value->integer = g_ascii_strtoll (text, NULL, 10);
		return TRUE;
	}
	if (text[i] != '.')
		return FALSE;
	gsize decimals = i + 1;
	for (i = decimals; g_ascii_isdigit (text[i]);)
		i++;
	if (i == decimals || i - first > 17)
		return FALSE;
	value->n = (guint32) (i - decimals);
	if (i < len && (text[i] == 'e' || text[i] == 'E')) {
		value->n = 0;
		i += text[i + 1] == '-' || text[i + 1] == '+' ? 2 : 1;
		if (!g_ascii_isdigit (text[i]))
			return FALSE;
		while (g_ascii_isdigit (text[i]))
			i++;
	}
	value->kind = RN_FLOAT;
	value->real = g_ascii_strtod (text, NULL);
	return i == len;
}

/* Is it meant as a date? Ten signs like 2026-02-31 and then nothing but what a time of day is written with. */
static gboolean looks_like_date (const char *text, gsize len)
{
	if (len < 10)
		return FALSE;
	for (guint i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
			return FALSE;
	return len == 10 || (strchr ("Tt ", text[10]) && strspn (text + 11, "0123456789:.+-Zz ") == len - 11 && strchr (text + 11, ':'));
}

/* null, Null and NULL, as YAML has them; nULL is text. */
static gboolean is_word (const char *text, const char *lower, const char *title, const char *upper)
{
	return strcmp (text, lower) == 0 || strcmp (text, title) == 0 || strcmp (text, upper) == 0;
}

/* null, true and false by their first letter, which most texts do not have. */
static gboolean read_word (const char *text, RnValue *value)
{
	gboolean yes = FALSE;

	switch (text[0]) {
	case '\0': return TRUE; /* RN_NULL already */
	case '~': return text[1] == '\0';
	case 'n':
	case 'N': return is_word (text, "null", "Null", "NULL");
	case 't':
	case 'T':
		yes = is_word (text, "true", "True", "TRUE");
		if (!yes)
			return FALSE;
		break;
	case 'f':
	case 'F':
		if (!is_word (text, "false", "False", "FALSE"))
			return FALSE;
		break;
	default: return FALSE;
	}
	value->kind = RN_BOOL;
	value->boolean = yes;
	return TRUE;
}

gboolean rn_yaml_resolve (RnValue *value, const char *text, gsize len)
{
	gboolean impossible = FALSE;

	if (g_ascii_isdigit (text[0]) || text[0] == '-') {
		gboolean timed;

		if (read_number (text, len, value))
			return TRUE;
		value->n = 0;
		if (looks_like_date (text, len)) {
			if (rn_date_parse (text, &value->date, &timed)) {
				value->kind = RN_DATE;
				value->n = timed;
				return TRUE;
			}
			impossible = TRUE;
		}
	} else if (read_word (text, value)) {
		return TRUE;
	}
	value->kind = RN_STRING;
	value->n = (guint32) len;
	value->string = text;
	return !impossible;
}
