/* yaml_write.c - values in, YAML on one line out. Invariant: rn_yaml_parse gives the same value back. */
#include "source/yaml_write.h"

#include <string.h>

/* Words that some reader of YAML takes for another kind. */
static gboolean is_word_of_yaml (const char *text)
{
	static const char *const words[] = { "true", "false", "null", "yes", "no", "on", "off", "y", "n", NULL };
	for (guint i = 0; words[i]; i++)
		if (!g_ascii_strcasecmp (text, words[i]))
			return TRUE;
	return FALSE;
}

/* Blanks other than the plain one, line ends of all kinds and what has no shape are written by their numbers. */
static gboolean has_shape (gunichar c)
{
	return c == ' ' || (g_unichar_isgraph (c) && c != 0x2028 && c != 0x2029);
}

static gboolean is_plain (const char *text)
{
	gsize len = strlen (text);
	if (!len || !g_unichar_isalpha (g_utf8_get_char (text)) || text[len - 1] == ' ' || is_word_of_yaml (text))
		return FALSE;
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (c < 0x80 ? strchr (":#\"'{}[],&*!|>%@`\\", (int) c) || c < 0x20 || c == 0x7f : !has_shape (c))
			return FALSE;
	}
	return TRUE;
}

void rn_yaml_write_text (GString *out, const char *text)
{
	if (is_plain (text)) {
		g_string_append (out, text);
		return;
	}
	g_string_append_c (out, '"');
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (c == '"' || c == '\\')
			g_string_append_printf (out, "\\%c", (int) c);
		else if (c == '\n')
			g_string_append (out, "\\n");
		else if (c == '\t')
			g_string_append (out, "\\t");
		else if (c < 0x20 || c == 0x7f)
			g_string_append_printf (out, "\\x%02x", c);
		else if (c > 0xffff && !has_shape (c))
			g_string_append_printf (out, "\\U%08x", c);
		else if (!has_shape (c))
			g_string_append_printf (out, "\\u%04x", c);
		else
			g_string_append_unichar (out, c);
	}
	g_string_append_c (out, '"');
}

static void write_many (GString *out, const RnValue *value)
{
	gboolean map = value->kind == RN_MAP;
	g_string_append_c (out, map ? '{' : '[');
	for (guint i = 0; i < value->n; i++) {
		if (i)
			g_string_append (out, ", ");
		if (map) {
			rn_yaml_write_text (out, value->pairs[i].name);
			g_string_append (out, ": ");
		}
		rn_yaml_write_value (out, map ? value->pairs[i].value : value->items[i]);
	}
	g_string_append_c (out, map ? '}' : ']');
}

void rn_yaml_write_value (GString *out, const RnValue *value)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];
	switch (value ? (RnKind) value->kind : RN_NULL) {
	case RN_NULL: g_string_append (out, "null"); break;
	case RN_BOOL: g_string_append (out, value->boolean ? "true" : "false"); break;
	case RN_INT: g_string_append_printf (out, "%" G_GINT64_FORMAT, value->integer); break;
	case RN_FLOAT: g_string_append (out, g_ascii_formatd (number, sizeof number, "%.15g", value->real)); break;
	case RN_STRING: rn_yaml_write_text (out, value->string); break;
	case RN_DATE: rn_date_format (out, value->date, value->n != 0); break;
	case RN_LIST:
	case RN_MAP: write_many (out, value); break;
	}
}
