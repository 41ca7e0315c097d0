/* terminal.c - standard error, with colours where it is a terminal that wants them. */
#include "command/terminal.h"
#include "base/excerpt.h"
#include "base/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define AT_ONCE 65536  /* bytes */
#define RELATED 10     /* places that one diagnostic tells beside its own */

gboolean rn_terminal_colours (int fd)
{
	const char *no = g_getenv ("NO_COLOR");
	return isatty (fd) && !(no && *no) && g_strcmp0 (g_getenv ("TERM"), "dumb");
}

static gboolean colours (void)
{
	return rn_terminal_colours (STDERR_FILENO);
}

void rn_terminal_error (const char *format, ...)
{
	va_list args;
	va_start (args, format);
	g_autofree char *text = g_strdup_vprintf (_(format), args);
	va_end (args);
	fprintf (stderr, colours () ? "\033[1;31mrohnamo:\033[0m %s\n" : "rohnamo: %s\n", text);
}

/* "3 errors". Free it. */
static char *count_of (RnSeverity severity, guint n)
{
	switch (severity) {
	case RN_ERROR: return g_strdup_printf (ngettext ("%u error", "%u errors", n), n);
	case RN_WARNING: return g_strdup_printf (ngettext ("%u warning", "%u warnings", n), n);
	case RN_HINT: break;
	}
	return g_strdup_printf (ngettext ("%u hint", "%u hints", n), n);
}

char *rn_terminal_counts (RnDiagnostics *sink)
{
	GString *text = g_string_new (NULL);
	for (int severity = RN_ERROR; severity >= RN_HINT; severity--) {
		guint n = rn_diagnostics_count (sink, (RnSeverity) severity);
		g_autofree char *counted = n ? count_of ((RnSeverity) severity, n) : NULL;
		if (n)
			g_string_append_printf (text, "%s%s", text->len ? ", " : "", counted);
	}
	if (!text->len)
		g_string_append (text, _("no errors"));
	return g_string_free (text, FALSE);
}

/* --- diagnostics ---------------------------------------------------------------------------------------------------------- */

/* The file's text, from the site or from what comes with the program; the last one is kept, as diagnostics come file by file. */
typedef struct {
	const RnPressOptions *options;
	RnTree *tree, *shipped;
	char *file;
	GString *text;
	guint line;    /* the last one asked for, which begins AT: the next is mostly behind it */
	gsize at;
} Texts;

static void read_file (Texts *texts, const char *file)
{
	const RnPressOptions *options = texts->options;
	if (!options->rev && !options->repo) {
		rn_excerpt_file (options->dir, options->share, file, texts->text);
		return;
	}
	if (!texts->tree && !rn_press_open (options, NULL, &texts->tree, &texts->shipped, NULL))
		return;
	RnTree *trees[] = { texts->tree, texts->shipped };
	for (guint i = 0; i < 2; i++) {
		gint index = rn_tree_find (trees[i], file);
		if (index >= 0 && rn_tree_read (trees[i], (guint) index, 0, 64 << 20, texts->text, NULL, NULL))
			break;
	}
}

static const char *line_of (Texts *texts, const char *file, guint line, gsize *len)
{
	if (g_strcmp0 (texts->file, file)) {
		g_free (texts->file);
		texts->file = g_strdup (file);
		g_string_truncate (texts->text, 0);
		read_file (texts, file);
		texts->line = 1;
		texts->at = 0;
	}
	if (line < texts->line)
		texts->line = 1, texts->at = 0;
	const char *found = rn_excerpt_line (texts->text->str + texts->at, texts->text->len - texts->at, line - texts->line + 1, len);
	if (found)
		texts->line = line, texts->at = (gsize) (found - texts->text->str);
	return found;
}

static void put_line (GString *out, const char *line, gsize len, guint col)
{
	g_autoptr (GString) shown = g_string_new (NULL), caret = g_string_new (NULL);
	rn_excerpt (line, len, col, shown, caret);
	g_string_append_printf (out, "    %s\n    %s\n", shown->str, caret->str);
}

void rn_terminal_line (const char *line, gsize len, guint col)
{
	g_autoptr (GString) out = g_string_new (NULL);
	put_line (out, line, len, col);
	fputs (out->str, stderr);
}

/* The other places that it speaks of, the first ones of very many. */
static void put_related (GString *out, const RnDiagnostic *diagnostic)
{
	for (guint i = 0; i < MIN (diagnostic->n_related, RELATED); i++) {
		const RnRelated *one = &diagnostic->related[i];
		g_string_append_printf (out, "    %s:%u:%u: %s\n", one->where.file, one->where.line, MAX (one->where.col, 1), one->message);
	}
	if (diagnostic->n_related > RELATED)
		g_string_append_printf (out, _("    and %u more\n"), diagnostic->n_related - RELATED);
}

static void put_one (Texts *texts, const RnDiagnostic *diagnostic, gboolean with_remedy, gboolean colour, GString *out)
{
	static const char *const paint[] = { [RN_ERROR] = "\033[1;31m", [RN_WARNING] = "\033[1;33m", [RN_HINT] = "\033[1;36m" };
	const RnPlace *where = &diagnostic->where;
	GString *place = g_string_new (where->file);
	gsize len;
	if (where->line)
		g_string_append_printf (place, ":%u:%u", where->line, MAX (where->col, 1));
	if (place->len)
		g_string_append (place, ": ");
	g_string_append_printf (out, "%s%s%s%s%s: %s%s [%s]\n", colour ? "\033[1m" : "", place->str, colour ? paint[diagnostic->severity] : "", _(rn_severity_name (diagnostic->severity)),
	         colour ? "\033[0m" : "", diagnostic->message, colour ? "\033[2m" : "", diagnostic->name);
	if (colour)
		g_string_append (out, "\033[0m");
	const char *line = where->line ? line_of (texts, where->file, where->line, &len) : NULL;
	if (line)
		put_line (out, line, len, MAX (where->col, 1));
	put_related (out, diagnostic);
	if (with_remedy)
		g_string_append_printf (out, "    %s\n", diagnostic->remedy);
	g_string_free (place, TRUE);
}

void rn_terminal_diagnostics (const RnPressOptions *options, RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal); /* names; of plugins' rules remedies */
	Texts texts = { .options = options, .text = g_string_new (NULL) };
	const gboolean colour = colours ();
	g_autoptr (GString) out = g_string_new (NULL);
	for (guint i = 0; i < n; i++) {
		const gboolean with_remedy = *list[i]->remedy && g_hash_table_add (told, list[i]->id == RN_D_PLUGIN_CHECK ? list[i]->remedy : (gpointer) list[i]->name);
		put_one (&texts, list[i], with_remedy, colour, out);
		/* Standard error writes each piece at once: many of them go together. */
		if (out->len >= AT_ONCE || i + 1 == n) {
			fwrite (out->str, 1, out->len, stderr);
			g_string_truncate (out, 0);
		}
	}
	if (texts.shipped) {
		rn_tree_free (texts.shipped);
		rn_tree_free (texts.tree);
	}
	g_free (texts.file);
	g_string_free (texts.text, TRUE);
}

/* --- progress -------------------------------------------------------------------------------------------------------------- */

struct RnTerminalProgress {
	RnPressProgress *progress;
	GThread *thread;
	gint stop;
};

static gpointer draw (gpointer data)
{
	RnTerminalProgress *bar = data;
	/* A build that is over at once shows nothing. */
	for (guint tick = 0; !g_atomic_int_get (&bar->stop); tick++) {
		g_usleep (50000);
		gint total = g_atomic_int_get (&bar->progress->total), done = MIN (g_atomic_int_get (&bar->progress->done), total);
		if (tick < 6 || g_atomic_int_get (&bar->stop))
			continue;
		char cells[31];
		gint full = total ? (gint) ((gint64) done * 30 / total) : 0;
		for (gint i = 0; i < 30; i++)
			cells[i] = i < full ? '#' : '.';
		cells[30] = 0;
		const char *phase = _(rn_phase_name ((RnPhase) g_atomic_int_get (&bar->progress->phase)));
		if (total)
			fprintf (stderr, "\r\033[K%-8s [%s] %d/%d", phase, cells, done, total);
		else
			fprintf (stderr, "\r\033[K%-8s", phase);
	}
	fputs ("\r\033[K", stderr);
	return NULL;
}

RnTerminalProgress *rn_terminal_progress_start (RnPressProgress *progress)
{
	if (!isatty (STDERR_FILENO) || !g_strcmp0 (g_getenv ("TERM"), "dumb"))
		return NULL;
	RnTerminalProgress *bar = g_new0 (RnTerminalProgress, 1);
	bar->progress = progress;
	bar->thread = g_thread_try_new ("rohnamo-progress", draw, bar, NULL);
	return bar;
}

void rn_terminal_progress_stop (RnTerminalProgress *bar)
{
	if (!bar)
		return;
	g_atomic_int_set (&bar->stop, 1);
	if (bar->thread)
		g_thread_join (bar->thread);
	g_free (bar);
}
