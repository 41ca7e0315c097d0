/*
 * template_literal.c - what a printing call prints before its value, and the field that it reads.
 *
 * In: text of a layout, the code of an expression. Out: an RnLiteral. Invariant: only names with dots between them are read as a field; all else is left to Lua.
 */
#include "script/template-int.h"

#include <string.h>

RnLiteral *rn_literal_new (const char *text, gsize len)
{
	RnLiteral *literal = g_new0 (RnLiteral, 1);
	literal->text = g_strndup (text, len);
	literal->len = len;
	literal->field = -1;
	return literal;
}

void rn_literal_free (gpointer data)
{
	RnLiteral *literal = data;
	g_free (literal->text);
	g_free (literal->object);
	g_free (literal->name);
	g_free (literal);
}

void rn_literal_name (RnLiteral *literal, const char *object, const char *dot, gsize len)
{
	literal->object = g_strstrip (g_strndup (object, (gsize) (dot - object)));
	literal->name = g_strstrip (g_strndup (dot + 1, len));
	literal->field = rn_field_named (literal->name, strlen (literal->name));
}

const char *rn_last_dot (const char *code, gsize len)
{
	const char *dot = NULL, *end = code + len, *p = code;
	while (p < end && g_ascii_isspace (*p))
		p++;
	while (end > p && g_ascii_isspace (end[-1]))
		end--;
	for (gboolean begins = TRUE; p < end; p++) {
		if (*p == '.' && !begins)
			dot = p;
		else if (!(g_ascii_isalpha (*p) || *p == '_' || (g_ascii_isdigit (*p) && !begins)))
			return NULL;
		begins = *p == '.';
	}
	return dot != NULL && dot + 1 < end ? dot : NULL;
}
