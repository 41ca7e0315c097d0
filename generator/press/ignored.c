/* ignored.c - a file's lines "rohnamo: ignore" in; which of the diagnostics about it are meant to be, out. */
#include "press/ignored.h"

#include <string.h>

#define MARK "rohnamo: ignore "
#define MAX_BYTES (8u << 20)   /* of a file that is read for its marks */

/* ID is meant from line FIRST to line LAST. */
typedef struct { char *id; guint first, last; } Meant;

typedef struct {
	RnTree *tree;
	RnDiagnostics *sink;
	const char *file;       /* whose marks they are; interned */
	GArray *marks;          /* Meant */
} Ignored;

static void meant_clear (gpointer data)
{
	g_free (((Meant *) data)->id);
}

/* --- what a mark says ------------------------------------------------------------------------------------------------------------ */

/* Whether ID can be passed over; told where it cannot. */
static gboolean may_ignore (Ignored *ignored, const char *id, RnPlace where)
{
	const char *nearest;
	if (strchr (id, '/'))
		return TRUE; /* a plugin's: an error of these is held back where it is dropped */
	const RnDiagnosticKind *kind = rn_diagnostic_find (id, &nearest);
	if (!kind)
		rn_diagnose (ignored->sink, RN_D_IGNORE_UNKNOWN, where, id, nearest ? nearest : "");
	else if (kind->severity == RN_ERROR)
		rn_diagnose (ignored->sink, RN_D_IGNORE_ERROR, where, id);
	return kind && kind->severity != RN_ERROR;
}

/* WORDS, what stands behind the mark, up to its end: "ID, ID: why". It holds from line FIRST to LAST. */
static void take_mark (Ignored *ignored, const char *words, RnPlace where, guint first, guint last)
{
	const char *colon = strstr (words, ":");
	g_autofree char *names = colon ? g_strndup (words, (gsize) (colon - words)) : g_strdup (words);
	g_autofree char *why = g_strstrip (g_strdup (colon ? colon + 1 : ""));
	g_auto (GStrv) ids = g_strsplit (names, ",", -1);
	for (char **id = ids; *id; id++) {
		g_strstrip (*id);
		if (!*why)
			rn_diagnose (ignored->sink, RN_D_IGNORE_REASON, where, *id);
		else if (may_ignore (ignored, *id, where))
			g_array_append_vals (ignored->marks, &(Meant) { g_strdup (*id), first, last }, 1);
	}
}

/* --- where marks stand ------------------------------------------------------------------------------------------------------------- */

static gboolean is_empty (const char *line)
{
	return !line[strspn (line, " \t\r")];
}

/* The last line of what stands behind the comment in LINES[AT]: its own where that holds more, else up to the next empty one. From 1. */
static guint end_of_block (char **lines, guint at, gboolean alone)
{
	guint i = at;
	if (!alone)
		return at + 1;
	while (lines[i + 1] && is_empty (lines[i + 1]))
		i++;
	while (lines[i + 1] && !is_empty (lines[i + 1]))
		i++;
	return i + 1;
}

/* A mark in LINES[AT], if there is one. YAML: the line is of a front matter or a YAML file. */
static void read_line (Ignored *ignored, char **lines, guint at, gboolean yaml)
{
	const char *line = lines[at], *mark = strstr (line, MARK);
	if (!mark)
		return;
	const char *begin = line + strspn (line, " \t");
	const RnPlace where = RN_PLACE (ignored->file, at + 1, g_utf8_strlen (line, mark - line) + 1);
	if (yaml && *begin == '#') {
		take_mark (ignored, mark + strlen (MARK), where, 1, G_MAXUINT);
		return;
	}
	const char *open = g_strrstr_len (line, mark - line, "<!--"), *close = strstr (mark, "-->");
	if (yaml || !open || !close)
		return;
	g_autofree char *words = g_strndup (mark + strlen (MARK), (gsize) (close - mark - (gssize) strlen (MARK)));
	take_mark (ignored, words, where, at + 1, end_of_block (lines, at, open == begin && is_empty (close + 3)));
}

static void read_marks (Ignored *ignored, const char *file)
{
	g_autoptr (GString) text = g_string_new (NULL);
	gint index = rn_tree_find (ignored->tree, file);
	ignored->file = file;
	g_array_set_size (ignored->marks, 0);
	if (index < 0 || !rn_tree_read (ignored->tree, (guint) index, 0, MAX_BYTES, text, NULL, NULL) || !strstr (text->str, MARK) || !g_utf8_validate (text->str, (gssize) text->len, NULL))
		return;
	g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
	const gboolean data = !g_str_has_suffix (file, ".md");
	gboolean front = !data && lines[0] && g_str_has_prefix (lines[0], "---");
	for (guint i = 0; lines[i]; i++) {
		front = front && !(i && g_str_has_prefix (lines[i], "---"));
		read_line (ignored, lines, i, data || front);
	}
}

/* Diagnostics come file by file. */
static gboolean is_meant (const RnDiagnostic *told, gpointer user)
{
	Ignored *ignored = user;
	if (!told->where.file)
		return FALSE;
	if (told->where.file != ignored->file)
		read_marks (ignored, told->where.file);
	for (guint i = 0; i < ignored->marks->len; i++) {
		const Meant *meant = &g_array_index (ignored->marks, Meant, i);
		if (strcmp (meant->id, told->name))
			continue;
		if (told->severity == RN_ERROR)
			rn_diagnose (ignored->sink, RN_D_IGNORE_ERROR, told->where, told->name);
		else if (meant->first == 1 || (told->where.line >= meant->first && told->where.line <= meant->last))
			return TRUE;
	}
	return FALSE;
}

void rn_ignored_drop (RnTree *tree, RnDiagnostics *sink)
{
	Ignored ignored = { .tree = tree, .sink = sink, .marks = g_array_new (FALSE, FALSE, sizeof (Meant)) };
	g_array_set_clear_func (ignored.marks, meant_clear);
	rn_diagnostics_drop (sink, is_meant, &ignored);
	g_array_unref (ignored.marks);
}
