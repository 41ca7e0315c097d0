/*
 * diff.c - rohnamo diff: a translation in; what changed in its source since it was made, word by word and with the places to go on at, out. Without one:
 * all that are stale, in short.
 */
#include "command/command.h"
#include "command/confined.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "base/diff.h"
#include "base/words.h"
#include "markdown/drifted.h"
#include "model/drift.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LONG 240    /* characters that stayed the same between two changes: of more, only those beside the changes are shown */
#define AROUND 90


/* --- for people ------------------------------------------------------------------------------------------------------------------ */

typedef struct { const char *gone, *came, *head, *end[3]; } Paint;

static const Paint plain = { "[-", "{+", "", { "", "-]", "+}" } }, coloured = { "\033[31m", "\033[32m", "\033[1m", { "", "\033[0m", "\033[0m" } };

/* What stayed the same, cut short in the middle, or where nothing is before or behind it there. */
static void print_same (const char *text, gsize len, gboolean first, gboolean last)
{
	const glong n = g_utf8_strlen (text, (gssize) len);
	if (n <= LONG) {
		printf ("%.*s", (int) len, text);
		return;
	}
	const char *begin = g_utf8_offset_to_pointer (text, first ? 0 : AROUND), *end = g_utf8_offset_to_pointer (text, last ? n : n - AROUND);
	printf ("%.*s … %.*s", first ? 0 : (int) (begin - text), text, last ? 0 : (int) (text + len - end), end);
}

static void print_words (const RnDriftedPassage *passage, const Paint *paint)
{
	g_autoptr (GArray) words = rn_diff_words (passage->old_text, passage->text);
	fputs ("    ", stdout);
	for (guint i = 0; i < words->len; i++) {
		const RnWords *one = &g_array_index (words, RnWords, i);
		if (one->kind == RN_WORDS_SAME)
			print_same (one->text, one->len, i == 0 && words->len > 1, i + 1 == words->len && words->len > 1);
		else
			printf ("%s%.*s%s", one->kind == RN_WORDS_GONE ? paint->gone : paint->came, (int) one->len, one->text, paint->end[one->kind]);
	}
	putchar ('\n');
}

static void print_passage (const RnPage *page, const RnDriftedPassage *passage, const Paint *paint)
{
	g_autofree char *sentence = rn_drifted_sentence (passage);
	printf ("\n%s%s", paint->head, page->source->file);
	if (passage->line)
		printf (":%u", passage->line);
	if (passage->old_line && passage->old_line != passage->line)
		printf (_(" (line %u before)"), passage->old_line);
	printf (": %s%s\n", sentence, *paint->head ? "\033[0m" : "");
	print_words (passage, paint);
}

static void print_page (const RnPage *page, const RnDrifted *drifted, gboolean in_short)
{
	const Paint *paint = rn_terminal_colours (STDOUT_FILENO) ? &coloured : &plain;
	const char *source = page->source->file;
	if (drifted->state != RN_DRIFTED_KNOWN)
		printf (_("%s: what changed in %s is not known: %s\n"), page->file, source, rn_drifted_reason (drifted->state));
	else if (!drifted->n)
		printf (_("%s: no words of %s changed since\n"), page->file, source);
	else
		printf (_("%s: %u of %u passages of %s changed since\n"), page->file, drifted->n, drifted->total, source);
	for (guint i = 0; i < drifted->n && !in_short; i++)
		print_passage (page, &drifted->passages[i], paint);
}

/* --- for programs ------------------------------------------------------------------------------------------------------------------ */

static json_t *json_words (const RnDriftedPassage *passage)
{
	static const char *const names[] = { "same", "gone", "came" };
	g_autoptr (GArray) words = rn_diff_words (passage->old_text, passage->text);
	json_t *array = json_array ();
	for (guint i = 0; i < words->len; i++) {
		const RnWords *one = &g_array_index (words, RnWords, i);
		json_array_append_new (array, json_pack ("{s:s%}", names[one->kind], one->text, one->len));
	}
	return array;
}

static json_t *json_passage (const RnDriftedPassage *passage)
{
	static const char *const fates[] = { "same", "changed", "added", "removed", "moved" };                       /* in the order of RnPassageFate */
	static const char *const kinds[] = { "field", "heading", "paragraph", "item", "row", "code", "html" };   /* in the order of RnPassageKind */
	json_t *item = json_pack ("{s:s, s:s, s:{s:i, s:i, s:b}, s:o}", "change", fates[passage->fate], "passage", kinds[passage->kind],
	                          "translation", "line", (int) passage->here, "column", (int) passage->here_col, "exact", passage->exact, "words", json_words (passage));
	if (passage->name)
		json_object_set_new (item, "field", json_string (passage->name));
	if (passage->line)
		json_object_set_new (item, "line", json_integer (passage->line));
	if (passage->old_line)
		json_object_set_new (item, "old_line", json_integer (passage->old_line));
	return item;
}

static json_t *json_page (const RnPage *page, const RnDrifted *drifted)
{
	json_t *changes = json_array ();
	json_t *item = json_pack ("{s:s, s:s, s:s, s:s}", "page", page->key, "language", page->language->code, "file", page->file, "source", page->source->file);
	for (guint i = 0; i < drifted->n; i++)
		json_array_append_new (changes, json_passage (&drifted->passages[i]));
	if (drifted->state == RN_DRIFTED_KNOWN)
		json_object_update_new (item, json_pack ("{s:i, s:i}", "changed", (int) drifted->n, "passages", (int) drifted->total));
	else
		json_object_set_new (item, "unknown", json_string (rn_drifted_reason (drifted->state)));
	json_object_set_new (item, "changes", changes);
	return item;
}

/* --- the command --------------------------------------------------------------------------------------------------------------------- */

static void tell (const RnDesk *desk, const GPtrArray *pages, gboolean json, gboolean in_short)
{
	g_autoptr (RnDrifter) drifter = rn_drifter_new (desk->tree, desk->history);
	json_t *list = json_array ();
	for (guint i = 0; i < pages->len; i++) {
		const RnPage *page = pages->pdata[i];
		const RnDrifted *drifted = rn_drifter_read (drifter, page);
		if (json) {
			json_array_append_new (list, json_page (page, drifted));
			continue;
		}
		if (i && !in_short)
			putchar ('\n');
		print_page (page, drifted, in_short);
	}
	json_t *report = json_pack ("{s:o}", "pages", list);
	if (json && json_dumpf (report, stdout, JSON_INDENT (1)) == 0)
		putchar ('\n');
	if (!json && !pages->len)
		puts (_("No translation is older than what it was made from."));
	json_decref (report);
}

/* What NAME means: a translation, or of a source all its translations. NULL: told. */
static GPtrArray *find_pages (const RnDesk *desk, const char *name)
{
	const RnPage *page = rn_desk_page (desk, name);
	GPtrArray *pages = g_ptr_array_new ();
	if (page && page->source)
		g_ptr_array_add (pages, (gpointer) page);
	for (guint i = 0; page && !page->source && page->twins && i < desk->site->n_languages; i++)
		if (page->twins[i] && page->twins[i]->source == page && !page->twins[i]->fallback)
			g_ptr_array_add (pages, page->twins[i]);
	if (pages->len)
		return pages;
	rn_terminal_error (page ? N_("'%s' has no translation") :
	                          N_("there is no page '%s'; give its file, such as content/faq/patent.ru.md, or its name, such as faq/patent"), name);
	g_ptr_array_unref (pages);
	return NULL;
}

static int run (const RnDesk *desk, const char *name, gboolean json)
{
	g_autoptr (GPtrArray) pages = name ? find_pages (desk, name) : rn_drift_pages (desk->library);
	if (!pages)
		return RN_EXIT_USAGE;
	tell (desk, pages, json, !name);
	return RN_EXIT_FINE;
}

int rn_command_diff (int argc, char **argv)
{
	g_autofree char *dir = NULL, *format = NULL;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("text (default) or json"), "FORMAT" },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	g_autoptr (GError) error = NULL;
	RnDesk desk = { 0 };
	int leave;
	if (!rn_command_parse (rn_command_find ("diff"), entries,
	                       "PAGE is a translation, or a page with all its translations: its file, or its name. What came is green, or {+so+}, what went red, or [-so-].\n"
	                       "Without PAGE: every translation whose source has changed, in short.\n\n"
	                       "  rohnamo diff content/faq/patent.ru.md\n", &argc, &argv, &leave))
		return leave;
	if (argc > 2 || (format && strcmp (format, "text") && strcmp (format, "json"))) {
		rn_terminal_error (argc > 2 ? N_("'%s' is one word too many; see: rohnamo diff --help") : N_("--format is text or json, not '%s'"), argc > 2 ? argv[2] : format);
		return RN_EXIT_USAGE;
	}
	rn_confined_desk (dir ? dir : ".", RN_CONFINED_CACHE, NULL);
	leave = RN_EXIT_FAILED;
	if (rn_desk_open (&desk, &(RnDeskOptions) { .dir = dir ? dir : ".", .history = TRUE }, &error))
		leave = run (&desk, argc > 1 ? argv[1] : NULL, !g_strcmp0 (format, "json"));
	else
		rn_terminal_error ("%s", error->message);
	rn_desk_close (&desk);
	return leave;
}
