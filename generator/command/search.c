/* search.c - rohnamo search: what a reader types -> pages of the output, the best first, on the terminal or as JSON. */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/terminal.h"
#include "search/query.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct { char *out, *language, *type; int limit; gboolean json, open; } Call;

/* Bold where somebody looks on, ** where a program reads. */
static void print_snippet (const RnHit *hit)
{
	const char *no = g_getenv ("NO_COLOR");
	gboolean bold = isatty (STDOUT_FILENO) && !(no && *no) && g_strcmp0 (g_getenv ("TERM"), "dumb");
	if (!hit->snippet || !(*hit->snippet[0] || hit->snippet[1]))
		return;
	fputs ("   ", stdout);
	for (guint i = 0; hit->snippet[i]; i++)
		printf (i % 2 ? (bold ? "\033[1m%s\033[0m" : "**%s**") : "%s", i ? hit->snippet[i] : g_strchug (hit->snippet[i]));
	putchar ('\n');
}

static void print_text (const RnResults *results, const char *query)
{
	if (results->meant)
		printf (_("Did you mean: %s\n\n"), results->meant);
	for (guint i = 0; i < results->hits->len; i++) {
		const RnHit *hit = results->hits->pdata[i];
		printf ("%u. %s\n   %s\n", i + 1, hit->title, hit->url);
		print_snippet (hit);
	}
	if (results->hits->len)
		return;
	g_autofree char *valid = g_utf8_make_valid (query, -1);
	printf (_("Nothing was found for: %s\n"), valid);
	for (guint i = 0; i < results->elsewhere->len; i++) {
		const RnElsewhere *elsewhere = &g_array_index (results->elsewhere, RnElsewhere, i);
		printf (_("In '%s' there are %u: rohnamo search -l %s ...\n"), elsewhere->language, elsewhere->hits, elsewhere->language);
	}
}

static json_t *json_hit (const RnHit *hit)
{
	json_t *pieces = json_array ();
	for (guint i = 0; hit->snippet && hit->snippet[i]; i++)
		json_array_append_new (pieces, json_string (hit->snippet[i]));
	json_t *item = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:f, s:o}", "url", hit->url, "title", hit->title, "language", hit->language, "type", hit->type,
	                          "section", hit->section, "score", hit->score, "snippet", pieces);
	if (hit->description)
		json_object_set_new (item, "description", json_string (hit->description));
	return item;
}

static void print_json (const RnResults *results, const char *query)
{
	g_autofree char *valid = g_utf8_make_valid (query, -1);
	json_t *hits = json_array (), *elsewhere = json_array ();
	for (guint i = 0; i < results->hits->len; i++)
		json_array_append_new (hits, json_hit (results->hits->pdata[i]));
	for (guint i = 0; i < results->elsewhere->len; i++) {
		const RnElsewhere *other = &g_array_index (results->elsewhere, RnElsewhere, i);
		json_array_append_new (elsewhere, json_pack ("{s:s, s:i}", "language", other->language, "pages", (int) other->hits));
	}
	json_t *report = json_pack ("{s:s, s:o, s:o}", "query", valid, "results", hits, "elsewhere", elsewhere);
	if (results->meant)
		json_object_set_new (report, "meant", json_string (results->meant));
	json_dumpf (report, stdout, JSON_INDENT (1) | JSON_REAL_PRECISION (6));
	putchar ('\n');
	json_decref (report);
}

/* The time by which pages expire: the same as a build's. */
static gint64 clock_now (void)
{
	const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
	guint64 seconds;
	if (epoch && g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT32 * 4ull, &seconds, NULL))
		return (gint64) seconds;
	return g_get_real_time () / G_USEC_PER_SEC;
}

static int run (const Call *call, const char *query)
{
	const RnSearchOptions options = { call->language, call->type, (guint) call->limit, clock_now () };
	g_autofree char *path = g_build_filename (call->out ? call->out : "output", RN_SEARCH_FILE, NULL);
	g_autoptr (GError) error = NULL;
	if (call->open)
		rn_confined_not ();
	else
		rn_confined_search (path);
	g_autoptr (RnSearch) search = rn_search_open (path, &error);
	g_autoptr (RnResults) results = search ? rn_search_query (search, query, &options, &error) : NULL;
	if (!results) {
		if (g_error_matches (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_FAILED) || g_error_matches (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_BROKEN))
			rn_terminal_error ("%s: %s", path, error->message);
		else
			rn_terminal_error ("%s", error->message);
		return g_error_matches (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_LANGUAGE) ? RN_EXIT_USAGE : RN_EXIT_FAILED;
	}
	if (call->json)
		print_json (results, query);
	else
		print_text (results, query);
	return results->hits->len ? RN_EXIT_FINE : RN_EXIT_CONTENT;
}

int rn_command_search (int argc, char **argv)
{
	Call call = { .limit = 10 };
	int leave;
	const GOptionEntry entries[] = {
		{ "output", 'd', 0, G_OPTION_ARG_FILENAME, &call.out, N_("the folder that a build wrote (default: output)"), "OUT" },
		{ "language", 'l', 0, G_OPTION_ARG_STRING, &call.language, N_("search in this language alone (default: in all)"), "LANG" },
		{ "type", 0, 0, G_OPTION_ARG_STRING, &call.type, N_("only pages of this type or section"), "TYPE" },
		{ "number", 'n', 0, G_OPTION_ARG_INT, &call.limit, N_("how many pages to show (default: 10)"), "N" },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &call.json, N_("for programs; generator/search/README.md describes it"), NULL },
		{ "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &call.open, N_("do not give up the right to touch other files and to use the network"), NULL },
		{ 0 },
	};
	gboolean parsed = rn_command_parse (rn_command_find ("search"), entries,
	                                    "Words are found in all their forms, typed on any keyboard, in Latin letters, or with a mistake. \"Words in quotes\" stand next to each\n"
	                                    "other; -word must not occur (put -- in front of a query that begins with it).\n\n"
	                                    "  rohnamo search permit to work\n"
	                                    "  rohnamo search -l en --type faq '\"work permit\" -fee'\n\n"
	                                    "Exit code 0: something was found, 1: nothing was, 2: a wrong call, 3: there is no index.\n", &argc, &argv, &leave);
	if (parsed && (argc < 2 || call.limit < 1 || call.limit > 10000)) {
		rn_terminal_error (argc < 2 ? N_("what to search for is missing; see: rohnamo search --help") : "-n takes a number from 1 to 10000");
		leave = RN_EXIT_USAGE;
	} else if (parsed) {
		g_autofree char *query = g_strjoinv (" ", argv + 1 + !strcmp (argv[1], "--"));
		leave = run (&call, query);
	}
	g_free (call.out);
	g_free (call.language);
	g_free (call.type);
	return leave;
}
