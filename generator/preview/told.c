/* told.c - a sink's diagnostics, copied with their lines; one of them as HTML. */
#include "preview/told-int.h"
#include "base/excerpt.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

/* The file that was read last: diagnostics come file by file. */
typedef struct { const char *dir, *share, *file; GString *text; } Lines;

static void add_line (Lines *lines, RnToldOne *one)
{
	g_autoptr (GString) shown = g_string_new (NULL), caret = g_string_new (NULL);
	gsize len;
	if (!one->where.file || !one->where.line)
		return;
	if (g_strcmp0 (lines->file, one->where.file)) {
		lines->file = one->where.file;
		g_string_truncate (lines->text, 0);
		rn_excerpt_file (lines->dir, lines->share, one->where.file, lines->text);
	}
	const char *line = rn_excerpt_line (lines->text->str, lines->text->len, one->where.line, &len);
	if (!line)
		return;
	rn_excerpt (line, len, one->where.col, shown, caret);
	one->line = g_strdup (shown->str);
	one->caret = g_strdup (caret->str);
}

static void copy (RnTold *told, Lines *lines, const RnDiagnostic *diagnostic)
{
	told->count[diagnostic->severity]++;
	if (told->n == RN_TOLD_MAX)
		return;
	RnToldOne *one = &told->items[told->n++];
	*one = (RnToldOne) { g_strdup (diagnostic->name), g_utf8_make_valid (diagnostic->message, -1), g_strdup (diagnostic->remedy), NULL, NULL, diagnostic->severity,
		RN_PLACE (g_strdup (diagnostic->where.file), diagnostic->where.line, diagnostic->where.col) };
	add_line (lines, one);
}

RnTold *rn_told_new (RnDiagnostics *sink, const GError *failure, const char *dir, const char *share)
{
	RnTold *told = g_new0 (RnTold, 1);
	guint n = 0;
	const RnDiagnostic *const *list = sink ? rn_diagnostics_sorted (sink, &n) : NULL;
	Lines lines = { dir, share, NULL, g_string_new (NULL) };
	told->references = 1;
	told->items = g_new0 (RnToldOne, MIN (n, RN_TOLD_MAX) + 1);   /* and what could not go on */
	for (guint i = 0; i < n; i++)
		copy (told, &lines, list[i]);
	/* What stopped it is mostly told already, with its place. */
	if (failure && !told->count[RN_ERROR]) {
		told->count[RN_ERROR]++;
		told->items[told->n++] = (RnToldOne) { .name = g_strdup (""), .message = g_utf8_make_valid (failure->message, -1), .remedy = g_strdup (""), .severity = RN_ERROR };
	}
	g_string_free (lines.text, TRUE);
	return told;
}

RnTold *rn_told_part (const RnTold *told, const char *file)
{
	RnTold *part = g_new0 (RnTold, 1);
	part->references = 1;
	part->items = g_new0 (RnToldOne, told->n + 1);
	for (guint i = 0; i < told->n; i++) {
		const RnToldOne *one = &told->items[i];
		if (g_strcmp0 (one->where.file, file))
			continue;
		part->count[one->severity]++;
		part->items[part->n++] = (RnToldOne) { g_strdup (one->name), g_strdup (one->message), g_strdup (one->remedy), g_strdup (one->line), g_strdup (one->caret),
			one->severity, RN_PLACE (g_strdup (one->where.file), one->where.line, one->where.col) };
	}
	return part;
}

RnTold *rn_told_ref (RnTold *told)
{
	if (told)
		g_atomic_int_inc (&told->references);
	return told;
}

void rn_told_unref (RnTold *told)
{
	if (!told || !g_atomic_int_dec_and_test (&told->references))
		return;
	for (guint i = 0; i < told->n; i++) {
		RnToldOne *one = &told->items[i];
		for (guint k = 0; k < 5; k++)
			g_free ((char *[]) { one->name, one->message, one->remedy, one->line, one->caret }[k]);
		g_free ((char *) one->where.file);
	}
	g_free (told->items);
	g_free (told);
}

guint rn_told_count (const RnTold *told, RnSeverity severity, const char *file)
{
	guint n = 0;
	for (guint i = 0; told && file && i < told->n; i++)
		n += told->items[i].severity == severity && !g_strcmp0 (told->items[i].where.file, file);
	return n;
}

/* --- as HTML ------------------------------------------------------------------------------------------------------------------ */

/* The template with its places filled in, for an attribute. */
static void fill (const char *editor, const char *path, RnPlace where, GString *out)
{
	g_autofree char *line = g_strdup_printf ("%u", MAX (where.line, 1)), *col = g_strdup_printf ("%u", MAX (where.col, 1));
	g_autoptr (GString) file = g_string_new (NULL), all = g_string_new (editor);
	rn_path_encode (file, path + (strstr (editor, "/{file}") && *path == '/'));
	g_string_replace (all, "{file}", file->str, 0);
	g_string_replace (all, "{line}", line, 0);
	g_string_replace (all, "{col}", col, 0);
	rn_text_escape (out, all->str, -1, TRUE);
}

void rn_told_link (RnPlace where, const char *editor, const char *dir, GString *out)
{
	g_autoptr (GString) name = g_string_new (NULL);
	g_autofree char *path = g_build_filename (dir, where.file, NULL), *valid = g_utf8_make_valid (where.file, -1);
	rn_text_escape (name, valid, -1, TRUE);
	if (where.line)
		g_string_append_printf (name, ":%u:%u", where.line, MAX (where.col, 1));
	if (!editor || !g_file_test (path, G_FILE_TEST_EXISTS)) {
		g_string_append_printf (out, "<code class=\"place\" translate=\"no\">%s</code>", name->str);
		return;
	}
	g_string_append (out, "<a class=\"place\" translate=\"no\" href=\"");
	fill (editor, path, where, out);
	g_string_append_printf (out, "\">%s</a>", name->str);
}

void rn_told_html (const RnToldOne *one, const char *editor, const char *dir, const char *const *words, GString *out)
{
	g_string_append_printf (out, "<li class=\"told %s\">", rn_severity_name (one->severity));
	if (one->where.file)
		rn_told_link (one->where, editor, dir, out);
	g_string_append_printf (out, "<p lang=\"en\"><b>%s</b> ", words[one->severity]);
	rn_text_escape (out, one->message, -1, FALSE);
	if (*one->name) {
		g_string_append (out, " <small>[");
		rn_text_escape (out, one->name, -1, FALSE);
		g_string_append (out, "]</small>");
	}
	g_string_append (out, "</p>");
	if (one->line) {
		g_string_append (out, "<pre tabindex=\"0\">");
		rn_text_escape (out, one->line, -1, FALSE);
		g_string_append_printf (out, "\n%s</pre>", one->caret);
	}
	if (*one->remedy) {
		g_string_append (out, "<p class=\"remedy\" lang=\"en\">");
		rn_text_escape (out, one->remedy, -1, FALSE);
		g_string_append (out, "</p>");
	}
	g_string_append (out, "</li>\n");
}
