/*
 * template_parse.c - cuts a layout's source at its marks.
 *
 * In: the text. Out: pieces in its order, with the line on which each begins; white space that {%- and -%} take away is gone. Invariant: an end mark inside a Lua
 * string, a comment or braces does not end the code.
 */
#include "script/template-int.h"

#include <string.h>

typedef struct { const char *file, *at, *end; guint line; GArray *pieces; gboolean trim_next; } Reader;

void rn_piece_clear (gpointer piece)
{
	g_free (((RnPiece *) piece)->name);
}

void rn_template_fault (GError **error, const char *file, guint line, const char *format, ...)
{
	if (error != NULL && *error != NULL) /* the first fault is the one to mend; what follows may be its echo */
		return;
	va_list args;
	va_start (args, format);
	g_autofree char *text = g_strdup_vprintf (format, args);
	va_end (args);
	g_set_error (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_SYNTAX, "%s:%u: %s", file, line, text);
}

static guint count_lines (const char *from, const char *to)
{
	guint n = 0;
	while ((from = memchr (from, '\n', (gsize) (to - from))) != NULL) {
		n++;
		from++;
	}
	return n;
}

const char *rn_lua_skip_string (const char *p, const char *end)
{
	if (*p == '"' || *p == '\'') {
		char quote = *p++;
		while (p < end && *p != quote && *p != '\n')
			p += *p == '\\' && p + 1 < end ? 2 : 1;
		return MIN (p + 1, end);
	}
	if (*p == '[') {
		const char *level = p + 1;
		while (level < end && *level == '=')
			level++;
		if (level < end && *level == '[') {
			g_autofree char *close = g_strndup (p, (gsize) (level - p + 1));
			for (char *c = close; *c != '\0'; c++)
				if (*c == '[')
					*c = ']';
			const char *found = memmem (level, (gsize) (end - level), close, strlen (close));
			return found != NULL ? found + strlen (close) : end;
		}
	}
	return p;
}

/* Finds MARK ("}}", "%}") from P on, outside of strings and braces; NULL: it is not closed. */
static const char *find_close (const char *p, const char *end, const char *mark)
{
	gsize len = strlen (mark);
	int braces = 0;
	while (p < end) {
		if (braces <= 0 && (gsize) (end - p) >= len && memcmp (p, mark, len) == 0)
			return p;
		const char *after = rn_lua_skip_string (p, end);
		if (after > p) {
			p = after;
			continue;
		}
		if (p[0] == '-' && p + 1 < end && p[1] == '-' && !(p + 2 < end && p + 1 + len < end + 1 && memcmp (p + 1, mark, len) == 0)) {
			/* A Lua comment ends with its line, or with the mark. */
			while (p < end && *p != '\n' && !((gsize) (end - p) >= len && memcmp (p, mark, len) == 0))
				p++;
			continue;
		}
		braces += *p == '{' ? 1 : *p == '}' ? -1 : 0;
		p++;
	}
	return NULL;
}

static void add (Reader *reader, RnPieceKind kind, guint line, const char *at, gsize len, char *name)
{
	RnPiece piece = { kind, line, at, len, name };
	g_array_append_val (reader->pieces, piece);
}

static void add_text (Reader *reader, const char *end, gboolean trim_end)
{
	const char *at = reader->at;
	guint line = reader->line;
	if (reader->trim_next) {
		while (at < end && g_ascii_isspace (*at))
			line += *at++ == '\n';
	}
	const char *stop = end;
	while (trim_end && stop > at && g_ascii_isspace (stop[-1]))
		stop--;
	if (stop > at)
		add (reader, RN_PIECE_TEXT, line, at, (gsize) (stop - at), NULL);
	reader->line += count_lines (reader->at, end);
	reader->at = end;
	reader->trim_next = FALSE;
}

/* The name in quotes at *P, which goes behind it; NULL: none. */
static char *quoted_name (const char **p, const char *end)
{
	while (*p < end && g_ascii_isspace (**p))
		(*p)++;
	if (*p == end || (**p != '"' && **p != '\''))
		return NULL;
	const char *begin = *p + 1, *close = memchr (begin, **p, (gsize) (end - begin));
	if (close == NULL || close == begin)
		return NULL;
	*p = close + 1;
	return g_strndup (begin, (gsize) (close - begin));
}

static char *plain_name (const char *p, const char *end)
{
	g_autofree char *name = g_strstrip (g_strndup (p, (gsize) (end - p)));
	if (!g_ascii_isalpha (name[0]) || strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != strlen (name))
		return NULL;
	return g_steal_pointer (&name);
}

static gboolean blank (const char *p, const char *end)
{
	while (p < end && g_ascii_isspace (*p))
		p++;
	return p == end;
}

/* "nav" or "card" with expression */
static gboolean read_include (Reader *reader, guint line, const char *p, const char *end, GError **error)
{
	char *name = quoted_name (&p, end);
	const char *value = p;
	while (value < end && g_ascii_isspace (*value))
		value++;
	gboolean with = end - value > 5 && memcmp (value, "with", 4) == 0 && g_ascii_isspace (value[4]);
	if (name == NULL || (!with && !blank (p, end))) {
		g_free (name);
		rn_template_fault (error, reader->file, line, "write it as {%% include \"name\" %%} or {%% include \"name\" with value %%}");
		return FALSE;
	}
	add (reader, RN_PIECE_INCLUDE, line, with ? value + 4 : p, with ? (gsize) (end - value - 4) : 0, name);
	return TRUE;
}

/* A directive of ours, or Lua. FALSE: it is wrong. */
static gboolean read_directive (Reader *reader, guint line, const char *p, const char *end, GError **error)
{
	const char *word = p;
	while (word < end && g_ascii_isspace (*word))
		word++;
	const char *rest = word;
	while (rest < end && (g_ascii_isalnum (*rest) || *rest == '_'))
		rest++;
	gsize len = (gsize) (rest - word);
	/* "block = 1" and "super.x()" are Lua. */
	const char *next = rest;
	while (next < end && g_ascii_isspace (*next))
		next++;
	gboolean lua = next < end && strchr ("=.([:{", *next) != NULL;
#define IS(text) (!lua && len == sizeof (text) - 1 && memcmp (word, text, len) == 0)
	if (IS ("extends")) {
		char *name = quoted_name (&rest, end);
		if (name == NULL || !blank (rest, end) || reader->pieces->len > 0) {
			gboolean late = name != NULL && blank (rest, end);
			g_free (name);
			rn_template_fault (error, reader->file, line, late ? "{%% extends %%} must be the first thing in the layout" : "write it as {%% extends \"base\" %%}");
			return FALSE;
		}
		add (reader, RN_PIECE_EXTENDS, line, NULL, 0, name);
	} else if (IS ("block")) {
		char *name = plain_name (rest, end);
		if (name == NULL) {
			rn_template_fault (error, reader->file, line, "write it as {%% block name %%}");
			return FALSE;
		}
		add (reader, RN_PIECE_BLOCK, line, NULL, 0, name);
	} else if (IS ("include")) {
		return read_include (reader, line, rest, end, error);
	} else if (IS ("cached")) {
		add (reader, RN_PIECE_CACHED, line, rest, (gsize) (end - rest), NULL);
	} else if (IS ("endblock") || IS ("endcached") || IS ("super")) {
		if (!blank (rest, end) && !(word[3] == 'b')) {
			rn_template_fault (error, reader->file, line, "{%% %.*s %%} takes nothing more", (int) len, word);
			return FALSE;
		}
		add (reader, word[0] == 's' ? RN_PIECE_SUPER : word[3] == 'b' ? RN_PIECE_ENDBLOCK : RN_PIECE_ENDCACHED, line, NULL, 0, NULL);
	} else if (IS ("endif") || IS ("endfor") || IS ("elif") || IS ("raw") || IS ("set") || IS ("macro") || IS ("import")) {
		rn_template_fault (error, reader->file, line, "there is no {%% %.*s %%}: statements are Lua (if … then, for … do, end, elseif, local)", (int) len, word);
		return FALSE;
	} else {
		add (reader, RN_PIECE_LUA, line, p, (gsize) (end - p), NULL);
	}
#undef IS
	return TRUE;
}

static gboolean read_mark (Reader *reader, GError **error)
{
	const char *open = reader->at;
	guint line = reader->line;
	gboolean raw = open + 2 < reader->end && memcmp (open, "{{{", 3) == 0, remark = open[1] == '#';
	const char *mark = raw ? "}}}" : open[1] == '{' ? "}}" : remark ? "#}" : "%}", *code = open + strlen (mark);
	if (code < reader->end && *code == '-')
		code++;
	const char *close = remark ? memmem (code, (gsize) (reader->end - code), mark, 2) : find_close (code, reader->end, mark);
	if (close == NULL) {
		rn_template_fault (error, reader->file, line, "%.*s is not closed: %s is missing", (int) strlen (mark), open, mark);
		return FALSE;
	}
	const char *end = close > code && close[-1] == '-' ? close - 1 : close;
	reader->trim_next = end < close;
	guint first = line + count_lines (open, code);
	gboolean fine = TRUE;
	if (remark)
		;
	else if (open[1] == '{' && blank (code, end)) {
		rn_template_fault (error, reader->file, line, "there is no expression between %s and %s", raw ? "{{{" : "{{", mark);
		fine = FALSE;
	} else if (open[1] == '{')
		add (reader, raw ? RN_PIECE_RAW : RN_PIECE_EXPRESSION, first, code, (gsize) (end - code), NULL);
	else
		fine = read_directive (reader, first, code, end, error);
	reader->at = close + strlen (mark);
	reader->line = line + count_lines (open, reader->at);
	return fine;
}

gboolean rn_template_parse (const char *file, const char *source, gsize len, GArray *pieces, GError **error)
{
	Reader reader = { .file = file, .at = source, .end = source + len, .line = 1, .pieces = pieces };
	const char *p = source;
	if (len >= 3 && memcmp (source, "\xef\xbb\xbf", 3) == 0)
		reader.at = p = source + 3;
	while (p < reader.end) {
		p = memchr (p, '{', (gsize) (reader.end - p));
		if (p == NULL || p + 1 >= reader.end)
			break;
		if (p[1] != '{' && p[1] != '%' && p[1] != '#') {
			p++;
			continue;
		}
		gboolean trim = p + 2 < reader.end && (p[2] == '-' || (p[1] == '{' && p[2] == '{' && p + 3 < reader.end && p[3] == '-'));
		add_text (&reader, p, trim);
		if (!read_mark (&reader, error))
			return FALSE;
		p = reader.at;
	}
	add_text (&reader, reader.end, FALSE);
	return TRUE;
}
