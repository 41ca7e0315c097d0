/* status.c - rohnamo status: what waits for editors (worklist.h), and how much of each stale page, in; a table by section and language, a list, or JSON, out. */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "press/team.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* --- telling ------------------------------------------------------------------------------------------------------------------- */

/* TEXT in WIDTH columns, from the left where it is negative; wider where the text is. */
static void print_cell (const char *text, int width)
{
	const int padding = ABS (width) - (int) g_utf8_strlen (text, -1);
	printf ("%*s%s%*s", width > 0 ? MAX (padding, 0) : 0, "", text, width < 0 ? MAX (padding, 0) : 0, "");
}

/* A row of numbers, each as wide as its column's head. */
static void print_count (const RnWorkCount *count, const int *widths)
{
	const guint numbers[] = { count->pages, count->n[RN_WORK_MISSING], count->n[RN_WORK_STALE], count->passages, count->n[RN_WORK_DRAFT], count->n[RN_WORK_REVIEW],
		count->n[RN_WORK_ENDS], count->n[RN_WORK_ENDED] };
	for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
		printf (" %*u", widths[i], numbers[i]);
	putchar ('\n');
}

static void print_table (const RnWorklist *list)
{
	const char *const heads[] = { _("pages"), _("missing"), _("stale"), _("passages"), _("drafts"), _("review"), _("ends"), _("ended") };
	int widths[] = { 6, 8, 6, 9, 6, 7, 6, 6 }, width = (int) g_utf8_strlen (_("section"), -1) + 1;
	const RnSite *site = list->site;
	for (guint i = 0; i < list->sections->len; i++)
		width = MAX (width, (int) g_utf8_strlen (list->sections->pdata[i], -1) + 1);
	print_cell (_("section"), -width);
	printf (" ");
	print_cell (_("lang"), -5);
	for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
		widths[i] = MAX (widths[i], (int) g_utf8_strlen (heads[i], -1));
		putchar (' ');
		print_cell (heads[i], widths[i]);
	}
	putchar ('\n');
	for (guint i = 0; i < list->sections->len; i++) {
		for (guint k = 0; k < site->n_languages && !rn_worklist_empty (list, i); k++) {
			print_cell (k ? "" : list->sections->pdata[i], -width);
			printf (" ");
			print_cell (site->languages[k]->code, -5);
			print_count (rn_worklist_count (list, i, k), widths);
		}
	}
}

/* "2026-01-31", or nothing for a day that is not known. */
static char *day_of (gint64 seconds)
{
	GString *text = g_string_new (NULL);
	if (seconds)
		rn_date_format (text, seconds, FALSE);
	return g_string_free (text, FALSE);
}

static void print_list (const RnWorklist *list)
{
	for (guint i = 0; i < list->work->len; i++) {
		const RnWork *work = &g_array_index (list->work, RnWork, i);
		const RnFileHistory *history = work->page->history;
		g_autofree char *day = day_of (work->day);
		print_cell (_(rn_work_name (work->kind)), -8);
		printf (" %-5s %s", work->language->code, work->page->file);
		if (*day)
			printf ("  %s", day);
		if (work->known)
			printf (_("  %u of %u passages"), work->changed, work->total);
		if (history && history->last_author)
			printf ("  %s", history->last_author);
		putchar ('\n');
	}
}

static json_t *json_work (const RnWork *work)
{
	const RnFileHistory *history = work->page->history;
	g_autofree char *day = day_of (work->day), *changed = day_of (work->page->lastmod);
	json_t *item = json_pack ("{s:s, s:s, s:s, s:s, s:i}", "what", rn_work_name (work->kind), "language", work->language->code, "page", work->page->key,
	                          "file", work->page->file, "links", (int) work->links);
	if (*day)
		json_object_set_new (item, "day", json_string (day));
	if (work->known)
		json_object_update_new (item, json_pack ("{s:i, s:i}", "changed_passages", (int) work->changed, "passages", (int) work->total));
	if (*changed)
		json_object_set_new (item, "changed", json_string (changed));
	if (history && history->last_author)
		json_object_set_new (item, "author", json_string (history->last_author));
	return item;
}

static json_t *json_section (const RnWorklist *list, guint section)
{
	json_t *languages = json_object ();
	for (guint k = 0; k < list->site->n_languages; k++) {
		const RnWorkCount *count = rn_worklist_count (list, section, k);
		json_t *item = json_pack ("{s:i, s:i}", "pages", (int) count->pages, "changed_passages", (int) count->passages);
		for (guint kind = 0; kind < RN_WORK_KINDS; kind++)
			json_object_set_new (item, rn_work_name ((RnWorkKind) kind), json_integer (count->n[kind]));
		json_object_set_new (languages, list->site->languages[k]->code, item);
	}
	return json_pack ("{s:s, s:o}", "section", list->sections->pdata[section], "languages", languages);
}

static void print_json (const RnWorklist *list)
{
	json_t *sections = json_array (), *work = json_array ();
	for (guint i = 0; i < list->sections->len; i++)
		if (!rn_worklist_empty (list, i))
			json_array_append_new (sections, json_section (list, i));
	for (guint i = 0; i < list->work->len; i++)
		json_array_append_new (work, json_work (&g_array_index (list->work, RnWork, i)));
	json_t *report = json_pack ("{s:o, s:o}", "sections", sections, "work", work);
	json_dumpf (report, stdout, JSON_INDENT (1));
	putchar ('\n');
	json_decref (report);
}

static void tell (const RnDesk *desk, gboolean json, gboolean in_full)
{
	rn_library_freeze (desk->library);
	g_autoptr (RnWorklist) list = rn_team_worklist (desk->library, desk->history, 0);
	if (json)
		print_json (list);
	else
		(in_full ? print_list : print_table) (list);
}

int rn_command_status (int argc, char **argv)
{
	g_autofree char *dir = NULL, *clock = NULL;
	gboolean json = FALSE, list = FALSE, has_time;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "list", 0, 0, G_OPTION_ARG_NONE, &list, N_("each page that waits, its day and who changed it last; what readers need most comes first"), NULL },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("both, for programs"), NULL },
		{ "clock", 0, 0, G_OPTION_ARG_STRING, &clock, N_("the day by which reviews and ends are judged (default: now)"), "DATE" },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	g_autoptr (GError) error = NULL;
	RnDesk desk = { 0 };
	RnDeskOptions options = { .history = TRUE };
	int leave;
	if (!rn_command_parse (rn_command_find ("status"), entries,
	                       "pages: of this language; missing: of another language, without a translation; stale: the source has changed since,\n"
	                       "in so many passages (headings, paragraphs, items, rows, fields): see rohnamo diff;\n"
	                       "drafts: no editor has reviewed them; review: overdue; ends: within two weeks; ended: published no more.\n", &argc, &argv, &leave))
		return leave;
	if (argc > 1 || (clock && !rn_date_parse (clock, &options.clock, &has_time))) {
		rn_terminal_error (argc > 1 ? N_("'%s' is one word too many; see: rohnamo status --help") : N_("--clock takes a date such as 2026-01-31, not '%s'"), argc > 1 ? argv[1] : clock);
		return RN_EXIT_USAGE;
	}
	options.dir = dir ? dir : ".";
	rn_confined_desk (options.dir, RN_CONFINED_CACHE, NULL);
	leave = RN_EXIT_FINE;
	if (rn_desk_open (&desk, &options, &error)) {
		tell (&desk, json, list);
	} else {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	}
	rn_desk_close (&desk);
	return leave;
}
