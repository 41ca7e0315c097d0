/*
 * yaml_problem.c - libyaml's complaints in the words of somebody who writes pages.
 *
 * In: the parser where it stopped. Out: one diagnostic at the place that the editor must look at, which is not
 * always where libyaml noticed. What the table does not know is told in general words.
 */
#include "base/text.h"
#include "base/words.h"
#include "source/yaml-int.h"

#include <string.h>

typedef struct {
	const char *problem;     /* libyaml's, its beginning */
	const char *context;     /* likewise; NULL: any */
	gboolean    at_context;  /* the place is where the thing began */
	const char *text;
} Translation;

static const Translation translations[] = {
	{ "could not find expected ':'", NULL, TRUE, N_("this line has no colon and blank (': ') after the field's name") },
	{ "block sequence entries are not allowed", NULL, FALSE,
	  N_("a list entry ('- ') cannot stand here; begin the list on the line below its field") },
	{ "mapping keys are not allowed", NULL, FALSE, N_("a value that begins with '?' must stand in quotes") },
	{ "did not find expected key", NULL, FALSE,
	  N_("a field's name was expected here; check the indentation, and that a value that begins with a quote ends with it") },
	{ "did not find expected '-' indicator", NULL, FALSE, N_("another entry of the list ('- ') was expected here; check the indentation") },
	{ "did not find expected ',' or ']'", NULL, TRUE,
	  N_("the list that begins here with '[' needs ',' between its entries and ']' at its end") },
	{ "did not find expected ',' or '}'", NULL, TRUE,
	  N_("the group that begins here with '{' needs ',' between its fields and '}' at its end") },
	{ "found unexpected end of stream", "while scanning a quoted", TRUE, N_("the quote that begins here is never closed") },
	{ "found unexpected document indicator", "while scanning a quoted", TRUE, N_("the quote that begins here is never closed") },
	{ "found unknown escape character", NULL, FALSE,
	  N_("inside double quotes a backslash begins a special sign; write \\\\ for a backslash, or use single quotes") },
	{ "did not find expected hexdecimal number", NULL, FALSE,
	  N_("inside double quotes a backslash begins a special sign; write \\\\ for a backslash, or use single quotes") },
	{ "did not find expected alphabetic or numeric character", NULL, TRUE, N_("a value that begins with '*' or '&' must stand in quotes") },
	{ "found undefined tag handle", NULL, FALSE, N_("a value that begins with '!' must stand in quotes") },
	{ "did not find expected", "while scanning a tag", TRUE, N_("a value that begins with '!' must stand in quotes") },
	{ "did not find expected", "while parsing a tag", TRUE, N_("a value that begins with '!' must stand in quotes") },
	{ "did not find expected comment or line break", NULL, FALSE,
	  N_("after '|' or '>' the text begins on the next line; else put the value in quotes") },
	{ "found an indentation indicator equal to 0", NULL, FALSE,
	  N_("after '|' or '>' the text begins on the next line; else put the value in quotes") },
	{ "did not find expected node content", NULL, FALSE,
	  N_("a value was expected here; one that begins with a special sign must stand in quotes") },
	{ "did not find expected <document start>", NULL, FALSE, N_("this text belongs to no field; write it as name: value") },
	{ "control characters are not allowed", NULL, FALSE, N_("an invisible control character stands here; delete it") },
	/* xgettext:no-c-format */
	{ "found incompatible YAML document", NULL, FALSE, N_("a line that begins with '%' is not a field; put the value in quotes") },
	/* xgettext:no-c-format */
	{ "could not find expected directive name", NULL, FALSE, N_("a line that begins with '%' is not a field; put the value in quotes") },
};

/* The line with number LINE (from 0), without its end. */
static const char *line_at (const char *text, gsize len, gsize line, gsize *bytes)
{
	const char *end = text + len, *at = text, *stop;

	for (; line > 0 && (stop = memchr (at, '\n', (gsize) (end - at))) != NULL; line--)
		at = stop + 1;
	if (line > 0)
		at = end;
	stop = memchr (at, '\n', (gsize) (end - at));
	*bytes = (gsize) ((stop ? stop : end) - at);
	return at;
}

/* The column (from 1) of a tab in the line's indentation, or 0. */
static guint tab_in_indentation (const char *text, gsize len, gsize line)
{
	gsize       bytes;
	const char *at = line_at (text, len, line, &bytes);

	for (guint i = 0; i < bytes; i++) {
		if (at[i] == '\t')
			return i + 1;
		if (at[i] != ' ')
			break;
	}
	return 0;
}

/* "title: one: two" and a line that is indented under a value both end in a colon that libyaml cannot place. */
static const char *misplaced_colon (const char *text, gsize len, yaml_mark_t mark)
{
	gsize       bytes;
	const char *at = line_at (text, len, mark.line, &bytes);
	const char *colon = g_strstr_len (at, (gssize) bytes, ": ");

	if (colon && (gsize) g_utf8_pointer_to_offset (at, colon) < mark.column)
		return _("the value holds another ': '; put the whole value in quotes");
	return _("a field cannot begin here; check that the line is indented like its neighbours, and that the line above is complete");
}

static const char *translate (const yaml_parser_t *parser, const char *text, gsize len, RnPlace *at, RnPlace where)
{
	const char *problem = parser->problem ? parser->problem : "", *context = parser->context ? parser->context : "";

	if (g_str_has_prefix (problem, "mapping values are not allowed"))
		return misplaced_colon (text, len, parser->problem_mark);
	for (gsize i = 0; i < G_N_ELEMENTS (translations); i++) {
		const Translation *t = &translations[i];

		if (!g_str_has_prefix (problem, t->problem) || (t->context && !g_str_has_prefix (context, t->context)))
			continue;
		if (t->at_context && parser->context)
			*at = RN_PLACE (where.file, where.line + parser->context_mark.line, parser->context_mark.column + 1);
		return _(t->text);
	}
	return _("its form is not understood here; a value with special signs must stand in quotes");
}

/* "a value cannot begin with '%'": which sign it was is in the text. */
static gboolean tell_bad_start (const yaml_parser_t *parser, const char *text, gsize len, RnPlace at, RnDiagnostics *sink)
{
	gsize       bytes, column = parser->problem_mark.column;
	const char *line = line_at (text, len, parser->problem_mark.line, &bytes), *end = line + bytes;

	if (!parser->problem || !g_str_has_prefix (parser->problem, "found character that cannot start any token"))
		return FALSE;
	while (column > 0 && line < end) {
		line = g_utf8_next_char (line);
		column--;
	}
	gunichar sign = line < end ? g_utf8_get_char (line) : ' ';
	char     utf8[8] = { 0 };
	g_unichar_to_utf8 (sign, utf8);
	g_autofree char *problem = sign == '\t' ? g_strdup (_("a tab stands where a value was expected; replace it by a blank"))
	                                        : g_strdup_printf (_("a value that begins with '%s' must stand in quotes"), utf8);
	rn_diagnose (sink, RN_D_YAML_SYNTAX, at, problem);
	return TRUE;
}

void rn_yaml_tell_problem (const yaml_parser_t *parser, const char *text, gsize len, RnPlace where, RnDiagnostics *sink)
{
	yaml_mark_t mark = parser->problem_mark;
	RnPlace     at;

	if (parser->error == YAML_MEMORY_ERROR)
		g_error ("out of memory");
	if (parser->error == YAML_READER_ERROR) { /* has an offset and no mark */
		gsize offset = MIN (parser->problem_offset, len);

		mark.line = mark.column = 0;
		for (const char *p = text; p < text + offset; p = g_utf8_next_char (p)) {
			mark.line += *p == '\n';
			mark.column = *p == '\n' ? 0 : mark.column + 1;
		}
	}
	at = RN_PLACE (where.file, where.line + mark.line, mark.column + 1);
	for (gsize back = 0; parser->error != YAML_READER_ERROR && back < 2 && back <= mark.line; back++) {
		guint tab = tab_in_indentation (text, len, mark.line - back);

		if (tab) {
			rn_diagnose (sink, RN_D_YAML_TAB, RN_PLACE (where.file, at.line - back, tab));
			return;
		}
	}
	const guint conflict = rn_text_conflict (text, len);
	if (conflict) {
		rn_diagnose (sink, RN_D_MERGE_CONFLICT, RN_PLACE (where.file, where.line + conflict - 1, 1));
		return;
	}
	if (tell_bad_start (parser, text, len, at, sink))
		return;
	const char *problem = translate (parser, text, len, &at, where);
	rn_diagnose (sink, RN_D_YAML_SYNTAX, at, problem);
}
