/* build.c - rohnamo build, and rohnamo check, which is a build that writes nothing. */
#include "command/command.h"
#include "command/terminal.h"
#include "source/value.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	char *dir, *out, *repo, *rev, *clock, *format, *profile, *only;
	int jobs;
	gboolean strict, drafts, json, check;
} Call;

static gboolean wrong (int *leave, const char *what, const char *value)
{
	rn_terminal_error ("%s: '%s'", what, value);
	*leave = RN_EXIT_USAGE;
	return FALSE;
}

/* From words to what the press takes. FALSE: the call was wrong. */
static gboolean settle (Call *call, RnPressOptions *options, char **share, int *leave)
{
	gboolean has_time;
	const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
	guint64 seconds;
	if (call->format && strcmp (call->format, "text") && strcmp (call->format, "json"))
		return wrong (leave, "--format is text or json, not", call->format);
	if (call->profile && strcmp (call->profile, "public") && strcmp (call->profile, "counsellor"))
		return wrong (leave, "--profile is public or counsellor, not", call->profile);
	if (call->only && strcmp (call->only, "site"))
		return wrong (leave, "--only takes what this version makes, which is site, not", call->only);
	if (call->jobs < 0 || call->jobs > 1024) {
		g_autofree char *jobs = g_strdup_printf ("%d", call->jobs);
		return wrong (leave, "-j takes a number from 1 to 1024, not", jobs);
	}
	if (call->clock && !rn_date_parse (call->clock, &options->clock, &has_time))
		return wrong (leave, "--clock takes a date such as 2026-01-31, not", call->clock);
	options->has_clock = call->clock != NULL;
	if (!options->has_clock && epoch && g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT32 * 4ull, &seconds, NULL)) {
		options->has_clock = TRUE;
		options->clock = (gint64) seconds;
	}
	call->json = !g_strcmp0 (call->format, "json");
	if (!call->dir && !call->repo)
		call->dir = g_strdup (".");
	if (!call->out && !call->check)
		call->out = call->repo ? g_strdup ("output") : g_build_filename (call->dir, "output", NULL);
	*share = rn_command_share ();
	options->dir = call->dir;
	options->repo = call->repo;
	options->rev = call->rev;
	options->out = call->check ? NULL : call->out;
	options->share = *share;
	options->jobs = (guint) call->jobs;
	options->strict = call->strict;
	options->drafts = call->drafts;
	options->counsellor = !g_strcmp0 (call->profile, "counsellor");
	return TRUE;
}

/* --- reports ------------------------------------------------------------------------------------------------------------------ */

static json_t *json_diagnostics (RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	json_t *array = json_array ();
	for (guint i = 0; i < n; i++) {
		const RnDiagnosticKind *kind = rn_diagnostic_kind (list[i]->id);
		json_t *item = json_pack ("{s:s, s:s, s:s, s:s}", "id", kind->id, "severity", rn_severity_name (list[i]->severity), "message", list[i]->message, "remedy", list[i]->remedy);
		if (list[i]->where.file) {
			g_autofree char *file = g_utf8_make_valid (list[i]->where.file, -1);
			json_object_set_new (item, "file", json_string (file));
		}
		if (list[i]->where.line)
			json_object_update_new (item, json_pack ("{s:i, s:i}", "line", (int) list[i]->where.line, "column", (int) MAX (1, list[i]->where.col)));
		json_array_append_new (array, item);
	}
	return array;
}

static void print_json (const RnPressResult *result, RnDiagnostics *sink, const GError *error)
{
	json_t *phases = json_object ();
	for (guint i = 0; i < RN_PHASES; i++)
		json_object_set_new (phases, rn_phase_name ((RnPhase) i), json_integer (result->milliseconds[i]));
	json_t *report = json_pack ("{s:i, s:i, s:b, s:i, s:i, s:i, s:I, s:o, s:i, s:i, s:i, s:o}", "pages", (int) result->pages, "left_out", (int) result->left_out,
	                            "replaced", result->replaced, "files", (int) result->files.files, "changed", (int) result->files.changed,
	                            "removed", (int) result->files.removed, "bytes", (json_int_t) result->files.bytes, "milliseconds", phases,
	                            "errors", (int) rn_diagnostics_count (sink, RN_ERROR), "warnings", (int) rn_diagnostics_count (sink, RN_WARNING),
	                            "hints", (int) rn_diagnostics_count (sink, RN_HINT), "diagnostics", json_diagnostics (sink));
	if (*result->commit)
		json_object_set_new (report, "commit", json_string (result->commit));
	if (error)
		json_object_set_new (report, "failure", json_string (error->message));
	json_dumpf (report, stdout, JSON_INDENT (1));
	putchar ('\n');
	json_decref (report);
}

static void print_text (const Call *call, const RnPressOptions *options, const RnPressResult *result, RnDiagnostics *sink, gint64 began)
{
	g_autofree char *counts = rn_terminal_counts (sink);
	rn_terminal_diagnostics (options, sink);
	if (call->check) {
		printf ("%u pages checked: %s\n", result->pages, counts);
		return;
	}
	if (!result->replaced) {
		printf ("%s: nothing was replaced, %s is as it was\n", counts, call->out);
		return;
	}
	g_autofree char *bytes = g_format_size (result->files.bytes);
	g_autofree char *left = result->left_out ? g_strdup_printf (", %u left out", result->left_out) : g_strdup ("");
	printf ("%u pages%s; %u files, %s, %u changed, %u removed; %s; %.2f s\n%s/site/index.html\n", result->pages, left, result->files.files, bytes,
	        result->files.changed, result->files.removed, counts, (double) (g_get_monotonic_time () - began) / 1e6, call->out);
}

static int leave_code (const RnPressOptions *options, RnDiagnostics *sink)
{
	if (rn_diagnostics_count (sink, RN_ERROR) || (options->strict && rn_diagnostics_count (sink, RN_WARNING)))
		return RN_EXIT_CONTENT;
	return RN_EXIT_FINE;
}

static int run (Call *call)
{
	RnPressOptions options = { 0 };
	RnPressResult result = { 0 };
	RnPressProgress progress = { 0 };
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (GError) error = NULL;
	g_autofree char *share = NULL;
	int leave = RN_EXIT_FINE;
	gint64 began = g_get_monotonic_time ();
	if (!settle (call, &options, &share, &leave))
		return leave;
	options.progress = &progress;
	RnTerminalProgress *bar = call->json ? NULL : rn_terminal_progress_start (&progress);
	gboolean fine = rn_press_run (&options, sink, &result, &error);
	rn_terminal_progress_stop (bar);
	if (call->json)
		print_json (&result, sink, error);
	else if (fine)
		print_text (call, &options, &result, sink, began);
	else
		rn_terminal_diagnostics (&options, sink);
	if (fine)
		return leave_code (&options, sink);
	rn_terminal_error ("%s", error->message);
	/* Content that leaves nothing to build is the content's error; anything else is the system's. */
	return rn_diagnostics_count (sink, RN_ERROR) && g_error_matches (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING) ? RN_EXIT_CONTENT : RN_EXIT_FAILED;
}

static void call_clear (Call *call)
{
	for (guint i = 0; i < 8; i++)
		g_free ((char *[]) { call->dir, call->out, call->repo, call->rev, call->clock, call->format, call->profile, call->only }[i]);
}

static int parse_and_run (const char *verb, gboolean check, int argc, char **argv)
{
	Call call = { .check = check };
	int leave;
	const GOptionEntry common[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, "the site's folder (default: this one); with --repo, its folder in the repository", "DIR" },
		{ "rev", 0, 0, G_OPTION_ARG_STRING, &call.rev, "a branch, tag or commit instead of the files as they are", "REV" },
		{ "repo", 0, 0, G_OPTION_ARG_FILENAME, &call.repo, "the repository to read it from, bare or not, without a checkout", "GITDIR" },
		{ "clock", 0, 0, G_OPTION_ARG_STRING, &call.clock, "the day by which drafts and expiry dates are judged (default: now; with --rev the commit's)", "DATE" },
		{ "profile", 0, 0, G_OPTION_ARG_STRING, &call.profile, "public (default), or counsellor: withheld fields are shown", "NAME" },
		{ "drafts", 0, 0, G_OPTION_ARG_NONE, &call.drafts, "show drafts and what is not yet, or no more, published", NULL },
		{ "strict", 0, 0, G_OPTION_ARG_NONE, &call.strict, "warnings count as errors, and any error leaves the old output in place", NULL },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &call.jobs, "how many cores to use (default: all)", "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &call.format, "text (default) or json", "FORMAT" },
		{ check ? NULL : "output", 'd', 0, G_OPTION_ARG_FILENAME, &call.out, "where the output goes (default: output/ in the site's folder)", "OUT" },
		{ check ? NULL : "only", 0, 0, G_OPTION_ARG_STRING, &call.only, "the outputs to make: site", "LIST" },
		{ 0 },
	};
	const char *details = check ? "Tells every error in one run, with file, line and what to do. Exit code 1 where there are errors.\n" :
		"The new output is made beside the old one and takes its place in one step; unchanged files are not touched.\n"
		"A page that cannot be read is told, left out, and takes nothing else down.\n\n"
		"  rohnamo build                                   this folder -> output/\n"
		"  rohnamo build -s ~/notes -d /srv/www/notes      any folder of Markdown\n"
		"  rohnamo build --repo site.git --rev v2 -d out   a revision, without a checkout\n";
	gboolean parsed = rn_command_parse (rn_command_find (verb), common, details, &argc, &argv, &leave);
	if (parsed && argc > 1) {
		rn_terminal_error ("'%s' is one word too many; see: rohnamo %s --help", argv[1], verb);
		leave = RN_EXIT_USAGE;
	} else if (parsed) {
		leave = run (&call);
	}
	call_clear (&call);
	return leave;
}

int rn_command_build (int argc, char **argv)
{
	return parse_and_run ("build", FALSE, argc, argv);
}

int rn_command_check (int argc, char **argv)
{
	return parse_and_run ("check", TRUE, argc, argv);
}
