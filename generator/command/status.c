/* status.c - rohnamo status: all pages, the calendar and the history in; a table by section and language, and what waits for an editor, out. */
#include "command/command.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "model/due.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

typedef enum { MISSING, STALE, DRAFT, REVIEW, ENDS, ENDED, KINDS } Kind;

static const char *const kind_names[KINDS] = { "missing", "stale", "draft", "review", "ends", "ended" };

/* A section in a language. */
typedef struct { guint pages, n[KINDS]; } Count;

/* Something to do: KIND of PAGE, and where one is missing the language that it is missing in. */
typedef struct { Kind kind; const RnPage *page; const RnLanguage *language; gint64 day; guint section; } Work;

typedef struct {
	RnDesk     desk;
	GPtrArray *sections;     /* const char: folders, as the site has them in order, then by name */
	GHashTable *places;      /* folder -> its place + 1 */
	GArray    *counts;       /* Count: sections x languages */
	GArray    *work;         /* Work */
} Status;

/* --- counting ------------------------------------------------------------------------------------------------------------------ */

static char *section_of (const RnPage *page)
{
	const char *slash = strchr (page->key, '/');
	return slash ? g_strndup (page->key, (gsize) (slash - page->key)) : g_strdup ("");
}

static guint place_of (Status *status, const char *section)
{
	guint place = GPOINTER_TO_UINT (g_hash_table_lookup (status->places, section));
	if (place)
		return place - 1;
	g_ptr_array_add (status->sections, g_strdup (section));
	g_hash_table_insert (status->places, status->sections->pdata[status->sections->len - 1], GUINT_TO_POINTER (status->sections->len));
	g_array_set_size (status->counts, status->sections->len * status->desk.site->n_languages);
	return status->sections->len - 1;
}

/* PLACE: of the page's section. */
static void note (Status *status, guint place, Kind kind, const RnPage *page, const RnLanguage *language, gint64 day)
{
	g_array_index (status->counts, Count, place * status->desk.site->n_languages + language->index).n[kind]++;
	g_array_append_vals (status->work, &(Work) { kind, page, language, day, place }, 1);
}

static void count_page (Status *status, const RnPage *page)
{
	const gint64 clock = status->desk.site->clock;
	const RnSite *site = status->desk.site;
	g_autofree char *section = section_of (page);
	const guint place = place_of (status, section);
	g_array_index (status->counts, Count, place * site->n_languages + page->language->index).pages++;
	if (page->freshness == RN_STALE)
		note (status, place, STALE, page, page->language, page->source->lastmod);
	if (page->draft || !g_strcmp0 (page->status, "draft"))
		note (status, place, DRAFT, page, page->language, 0);
	if (page->review_overdue)
		note (status, place, REVIEW, page, page->language, page->review_due);
	if (page->expires && page->expires <= clock)
		note (status, place, ENDED, page, page->language, page->expires);
	else if (rn_due_soon (page, clock))
		note (status, place, ENDS, page, page->language, page->expires);
	/* What is missing waits where its source is. */
	for (guint i = 0; i < site->n_languages && !page->source; i++) {
		const RnPage *twin = page->twins ? page->twins[i] : i == page->language->index ? page : NULL;
		if (!twin || twin->fallback)
			note (status, place, MISSING, page, site->languages[i], page->lastmod);
	}
}

static int by_need (gconstpointer left, gconstpointer right)
{
	const Work *a = left, *b = right;
	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	int order = strcmp (a->page->key, b->page->key);
	if (!order)
		order = (int) a->kind - (int) b->kind;
	return order ? order : (int) a->language->index - (int) b->language->index;
}

static void count (Status *status)
{
	const RnValue *order = rn_value_get (status->desk.site->config, "sections");
	const RnPages *pages = rn_library_pages (status->desk.library);
	for (guint i = 0; order && order->kind == RN_LIST && i < order->n; i++)
		if (rn_value_string (order->items[i]))
			place_of (status, rn_value_string (order->items[i]));
	for (guint i = 0; i < pages->n; i++)
		if (pages->items[i]->kind == RN_PAGE_CONTENT && !pages->items[i]->fallback)
			count_page (status, pages->items[i]);
	g_array_sort (status->work, by_need);
}

/* --- telling ------------------------------------------------------------------------------------------------------------------- */

static gboolean is_empty (const Status *status, guint section)
{
	const guint n = status->desk.site->n_languages;
	for (guint i = 0; i < n; i++) {
		const Count *count = &g_array_index (status->counts, Count, section * n + i);
		if (count->pages || count->n[MISSING])
			return FALSE;
	}
	return TRUE;
}

static void print_table (const Status *status)
{
	const RnSite *site = status->desk.site;
	int width = 8;
	for (guint i = 0; i < status->sections->len; i++)
		width = MAX (width, (int) g_utf8_strlen (status->sections->pdata[i], -1) + 1);
	printf ("%-*s %-5s %6s %8s %6s %6s %7s %6s %6s\n", width, "section", "lang", "pages", "missing", "stale", "drafts", "review", "ends", "ended");
	for (guint i = 0; i < status->sections->len; i++) {
		if (is_empty (status, i))
			continue;
		const char *name = status->sections->pdata[i];
		for (guint k = 0; k < site->n_languages; k++) {
			const Count *count = &g_array_index (status->counts, Count, i * site->n_languages + k);
			const int padding = width - (int) g_utf8_strlen (k ? "" : name, -1);
			printf ("%s%*s %-5s %6u %8u %6u %6u %7u %6u %6u\n", k ? "" : name, padding, "", site->languages[k]->code, count->pages, count->n[MISSING], count->n[STALE], count->n[DRAFT],
			        count->n[REVIEW], count->n[ENDS], count->n[ENDED]);
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

static void print_list (const Status *status)
{
	for (guint i = 0; i < status->work->len; i++) {
		const Work *work = &g_array_index (status->work, Work, i);
		const RnFileHistory *history = work->page->history;
		g_autofree char *day = day_of (work->day);
		printf ("%-8s %-5s %s", kind_names[work->kind], work->language->code, work->page->file);
		if (*day)
			printf ("  %s", day);
		if (history && history->last_author)
			printf ("  %s", history->last_author);
		putchar ('\n');
	}
}

static json_t *json_work (const Work *work)
{
	const RnFileHistory *history = work->page->history;
	g_autofree char *day = day_of (work->day), *changed = day_of (work->page->lastmod);
	json_t *item = json_pack ("{s:s, s:s, s:s, s:s}", "what", kind_names[work->kind], "language", work->language->code, "page", work->page->key, "file", work->page->file);
	if (*day)
		json_object_set_new (item, "day", json_string (day));
	if (*changed)
		json_object_set_new (item, "changed", json_string (changed));
	if (history && history->last_author)
		json_object_set_new (item, "author", json_string (history->last_author));
	return item;
}

static void print_json (const Status *status)
{
	const RnSite *site = status->desk.site;
	json_t *sections = json_array (), *work = json_array ();
	for (guint i = 0; i < status->sections->len; i++) {
		if (is_empty (status, i))
			continue;
		json_t *languages = json_object ();
		for (guint k = 0; k < site->n_languages; k++) {
			const Count *count = &g_array_index (status->counts, Count, i * site->n_languages + k);
			json_t *item = json_pack ("{s:i}", "pages", (int) count->pages);
			for (guint kind = 0; kind < KINDS; kind++)
				json_object_set_new (item, kind_names[kind], json_integer (count->n[kind]));
			json_object_set_new (languages, site->languages[k]->code, item);
		}
		json_array_append_new (sections, json_pack ("{s:s, s:o}", "section", status->sections->pdata[i], "languages", languages));
	}
	for (guint i = 0; i < status->work->len; i++)
		json_array_append_new (work, json_work (&g_array_index (status->work, Work, i)));
	json_t *report = json_pack ("{s:o, s:o}", "sections", sections, "work", work);
	json_dumpf (report, stdout, JSON_INDENT (1));
	putchar ('\n');
	json_decref (report);
}

static void tell (Status *status, gboolean json, gboolean list)
{
	status->sections = g_ptr_array_new_with_free_func (g_free);
	status->places = g_hash_table_new (g_str_hash, g_str_equal);
	status->counts = g_array_new (FALSE, TRUE, sizeof (Count));
	status->work = g_array_new (FALSE, FALSE, sizeof (Work));
	count (status);
	if (json)
		print_json (status);
	else
		(list ? print_list : print_table) (status);
	g_array_unref (status->work);
	g_array_unref (status->counts);
	g_hash_table_unref (status->places);
	g_ptr_array_unref (status->sections);
}

int rn_command_status (int argc, char **argv)
{
	g_autofree char *dir = NULL, *clock = NULL;
	gboolean json = FALSE, list = FALSE, has_time;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, "the site's folder (default: this one)", "DIR" },
		{ "list", 0, 0, G_OPTION_ARG_NONE, &list, "each page that waits, its day and who changed it last, in the order of the sections", NULL },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &json, "both, for programs", NULL },
		{ "clock", 0, 0, G_OPTION_ARG_STRING, &clock, "the day by which reviews and ends are judged (default: now)", "DATE" },
		{ 0 },
	};
	g_autoptr (GError) error = NULL;
	Status status = { 0 };
	RnDeskOptions options = { .history = TRUE };
	int leave;
	if (!rn_command_parse (rn_command_find ("status"), entries,
	                       "pages: of this language; missing: of another language, without a translation; stale: the source has changed since;\n"
	                       "drafts: no editor has reviewed them; review: overdue; ends: within two weeks; ended: published no more.\n", &argc, &argv, &leave))
		return leave;
	if (argc > 1 || (clock && !rn_date_parse (clock, &options.clock, &has_time))) {
		rn_terminal_error (argc > 1 ? "'%s' is one word too many; see: rohnamo status --help" : "--clock takes a date such as 2026-01-31, not '%s'", argc > 1 ? argv[1] : clock);
		return RN_EXIT_USAGE;
	}
	options.dir = dir ? dir : ".";
	leave = RN_EXIT_FINE;
	if (rn_desk_open (&status.desk, &options, &error)) {
		tell (&status, json, list);
	} else {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	}
	rn_desk_close (&status.desk);
	return leave;
}
