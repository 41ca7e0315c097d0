/*
 * wikitext_list.c - lines that begin with * # : ; in; nested Markdown lists out.
 *
 * As in MediaWiki a line belongs to the lists of the line before as far as their marks agree. What : and ; indent are paragraphs, in the
 * item that they stand in where there is one: a term is bold.
 */
#include "import/wikitext-int.h"

#include <string.h>

#define DEEPEST 12

typedef struct { char mark; guint count, width; } Level;

typedef struct {
	RnWiki *wiki;
	GString *out;
	Level levels[DEEPEST];
	guint n;
	gboolean paragraph;      /* the last line was one of a paragraph's */
} List;

static void indent_of (const List *list, GString *indent, guint levels)
{
	for (guint i = 0; i < levels; i++)
		for (guint k = 0; k < list->levels[i].width; k++)
			g_string_append_c (indent, ' ');
}

/* What a list's item begins with. */
static void open_item (List *list, GString *lead, guint level)
{
	Level *at = &list->levels[level];
	gsize before = lead->len;
	if (at->mark == '*')
		g_string_append (lead, list->wiki->other_marks ? "* " : "- ");
	else if (at->mark == '#')
		g_string_append_printf (lead, "%u%s ", ++at->count, list->wiki->other_marks ? ")" : ".");
	at->width = (guint) (lead->len - before);
}

/* Boxes to tick, as wikis draw them. */
static const char *tick (const char *text, GString *lead)
{
	static const struct { const char *box, *mark; } boxes[] = { { "☐", "[ ] " }, { "☑", "[x] " }, { "☒", "[x] " } };
	for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
		if (g_str_has_prefix (text, boxes[i].box)) {
			g_string_append (lead, boxes[i].mark);
			text += strlen (boxes[i].box);
			return text + strspn (text, " ");
		}
	return text;
}

static void put_item (List *list, const char *marks, guint n, const char *text, gsize len)
{
	g_autoptr (GString) lead = g_string_new (NULL), indent = g_string_new (NULL);
	guint common = 0;
	char last = marks[n - 1];
	while (common < n && common < list->n && (list->levels[common].mark == marks[common] || (list->levels[common].mark == ':' && marks[common] == ';')))
		common++;
	gboolean next = common == n, fresh = common == 0 && list->n;
	list->n = common;
	indent_of (list, lead, next ? n - 1 : common);
	for (guint i = next ? n - 1 : common; i < n; i++) {
		if (!next)
			list->levels[i] = (Level) { marks[i] == ';' ? ':' : marks[i], 0, 0 };
		open_item (list, lead, i);
	}
	list->n = n;
	indent_of (list, indent, n);
	gboolean paragraph = last == ':' || last == ';';
	if (list->out->len)
		g_string_append (list->out, paragraph || list->paragraph || fresh ? "\n\n" : "\n");
	list->paragraph = paragraph;
	g_autofree char *words = g_strstrip (g_strndup (text, len));
	const char *body = last == '*' ? tick (words, lead) : words;
	g_autofree char *bold = last == ';' && *body ? g_strdup_printf ("'''%s'''", body) : NULL;
	g_autofree char *flow = rn_wiki_flow (list->wiki, bold ? bold : body, strlen (bold ? bold : body));
	g_autofree char *made = rn_wiki_indent (*flow ? flow : " ", lead->str, indent->str);
	g_string_append (list->out, g_strchomp (made));
}

/* "; term : what it means" in one line: where the colon stands that is not in a link; NULL: it has none. */
static const char *definition (const char *text, const char *end)
{
	guint depth = 0;
	for (const char *p = text; p < end; p++) {
		depth += *p == '[' || *p == '<';
		depth -= depth && (*p == ']' || *p == '>');
		if (!depth && *p == ':' && p > text && p[-1] == ' ')
			return p;
	}
	return NULL;
}

static void put_line (List *list, const char *line, gsize len)
{
	char marks[DEEPEST] = { 0 };   /* every line has one at least */
	guint n = 0;
	gsize i = 0;
	for (; i < len && strchr ("*#:;", line[i]); i++)
		if (n < DEEPEST)
			marks[n++] = line[i];
	const char *text = line + i, *end = line + len, *colon = marks[n - 1] == ';' ? definition (text, end) : NULL;
	put_item (list, marks, n, text, (gsize) ((colon ? colon : end) - text));
	if (colon) {
		marks[n - 1] = ':';
		put_item (list, marks, n, colon + 1, (gsize) (end - colon - 1));
	}
}

char *rn_wiki_list (RnWiki *wiki, const char *text, gsize len)
{
	List list = { .wiki = wiki, .out = g_string_new (NULL) };
	for (const char *p = text, *end = text + len; p < end;) {
		const char *stop = memchr (p, '\n', (gsize) (end - p));
		stop = stop ? stop : end;
		put_line (&list, p, (gsize) (stop - p));
		p = stop + 1;
	}
	return g_string_free (list.out, FALSE);
}
