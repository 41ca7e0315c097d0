/* call.c - the options of build, check and print -> what the press takes; the run; the exit code. */
#include "command/call-int.h"
#include "base/words.h"
#include "command/confined.h"
#include "command/terminal.h"
#include "source/value.h"

#include <string.h>

/* FALSE: --only names what there is not. */
static gboolean read_outputs (const RnCall *call, guint *outputs)
{
	static const char *const known[] = { "site", "print", "search", "bundles" };   /* in the order of RN_OUTPUT_* */
	*outputs = call->verb == RN_CALL_PRINT ? RN_OUTPUT_PRINT : call->only ? 0 : RN_OUTPUT_ALL;
	if (!call->only)
		return TRUE;
	g_auto (GStrv) names = g_strsplit (call->only, ",", -1);
	for (char **name = names; *name; name++) {
		guint i = 0;
		for (g_strstrip (*name); i < G_N_ELEMENTS (known) && strcmp (*name, known[i]); i++)
			;
		if (i == G_N_ELEMENTS (known))
			return FALSE;
		*outputs |= 1u << i;
	}
	if (*outputs & RN_OUTPUT_BUNDLES)
		*outputs |= RN_OUTPUT_SITE;
	return *outputs != 0;
}

static gboolean read_format (RnCall *call)
{
	static const char *const known[] = { "text", "json", "sarif" };   /* in the order of RN_FORMAT_* */
	for (guint i = 0; i < G_N_ELEMENTS (known); i++)
		if (!strcmp (call->format ? call->format : "text", known[i])) {
			call->as = (RnCallFormat) i;
			return TRUE;
		}
	return FALSE;
}

/* From words to what the press takes. FALSE: the call was wrong. */
static gboolean settle (RnCall *call, RnPressOptions *options, char **share, int *leave)
{
	gboolean has_time;
	const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
	guint64 seconds;
	*leave = RN_EXIT_USAGE;
	if (!read_format (call)) {
		rn_terminal_error ("--format is text, json or sarif, not '%s'", call->format);
		return FALSE;
	}
	if (call->profile && strcmp (call->profile, "public") && strcmp (call->profile, "counsellor")) {
		rn_terminal_error ("--profile is public or counsellor, not '%s'", call->profile);
		return FALSE;
	}
	if (!read_outputs (call, &options->outputs)) {
		rn_terminal_error ("--only takes site, print, search, bundles, or several as site,search, not '%s'", call->only);
		return FALSE;
	}
	if (call->jobs < 0 || call->jobs > 1024) {
		rn_terminal_error ("-j takes a number from 1 to 1024, not %d", call->jobs);
		return FALSE;
	}
	if (call->clock && !rn_date_parse (call->clock, &options->clock, &has_time)) {
		rn_terminal_error ("--clock takes a date such as 2026-01-31, not '%s'", call->clock);
		return FALSE;
	}
	options->has_clock = call->clock != NULL;
	if (!options->has_clock && epoch && g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT32 * 4ull, &seconds, NULL)) {
		options->has_clock = TRUE;
		options->clock = (gint64) seconds;
	}
	if (!call->dir && !call->repo)
		call->dir = g_strdup (".");
	if (!call->out && call->verb != RN_CALL_CHECK)
		call->out = call->repo ? g_strdup ("output") : g_build_filename (call->dir, "output", NULL);
	*share = rn_command_share ();
	options->dir = call->dir;
	options->repo = call->repo;
	options->rev = call->rev;
	options->out = call->verb == RN_CALL_CHECK ? NULL : call->out;
	options->products = call->products;
	options->share = *share;
	options->jobs = (guint) call->jobs;
	options->strict = call->strict;
	options->proofread = call->verb == RN_CALL_CHECK;
	options->drafts = call->drafts;
	/* A check looks at all there is: at the team's pages too. */
	options->counsellor = call->profile ? !strcmp (call->profile, "counsellor") : call->verb == RN_CALL_CHECK;
	return TRUE;
}

static int leave_code (const RnPressOptions *options, RnDiagnostics *sink)
{
	if (rn_diagnostics_count (sink, RN_ERROR) || (options->strict && rn_diagnostics_count (sink, RN_WARNING)))
		return RN_EXIT_CONTENT;
	return RN_EXIT_FINE;
}

static int run (RnCall *call)
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
	if (call->open)
		rn_confined_not ();
	else
		rn_confined_press (&options);
	RnTerminalProgress *bar = call->as != RN_FORMAT_TEXT ? NULL : rn_terminal_progress_start (&progress);
	gboolean fine = rn_press_run (&options, sink, &result, &error);
	rn_confined_done ();
	rn_terminal_progress_stop (bar);
	rn_report (call, &options, &result, sink, error, began);
	rn_press_result_clear (&result);
	if (fine)
		return leave_code (&options, sink);
	rn_terminal_error ("%s", error->message);
	/* Content that leaves nothing to build is the content's error; anything else is the system's. */
	return rn_diagnostics_count (sink, RN_ERROR) && g_error_matches (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING) ? RN_EXIT_CONTENT : RN_EXIT_FAILED;
}

static void call_clear (RnCall *call)
{
	for (guint i = 0; i < 8; i++)
		g_free ((char *[]) { call->dir, call->out, call->repo, call->rev, call->clock, call->format, call->profile, call->only }[i]);
}

int rn_call (RnCallVerb verb, const char *details, int argc, char **argv)
{
	static const char *const names[] = { "build", "check", "print" };
	RnCall call = { .verb = verb };
	int leave;
	const GOptionEntry common[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, N_("the site's folder (default: this one); with --repo, its folder in the repository"), "DIR" },
		{ "rev", 0, 0, G_OPTION_ARG_STRING, &call.rev, N_("a branch, tag or commit instead of the files as they are"), "REV" },
		{ "repo", 0, 0, G_OPTION_ARG_FILENAME, &call.repo, N_("the repository to read it from, bare or not, without a checkout"), "GITDIR" },
		{ "clock", 0, 0, G_OPTION_ARG_STRING, &call.clock, N_("the day by which drafts and expiry dates are judged (default: now; with --rev the commit's)"), "DATE" },
		{ "profile", 0, 0, G_OPTION_ARG_STRING, &call.profile, verb == RN_CALL_CHECK ? N_("public, or counsellor (default): with the team's pages and withheld fields") : N_("public (default), or counsellor: with the team's pages and withheld fields"), "NAME" },
		{ "drafts", 0, 0, G_OPTION_ARG_NONE, &call.drafts, N_("show drafts and what is not yet, or no more, published"), NULL },
		{ "strict", 0, 0, G_OPTION_ARG_NONE, &call.strict, N_("warnings count as errors, and any error leaves the old output in place"), NULL },
		{ "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &call.open, N_("do not give up the right to touch other files and to use the network"), NULL },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &call.jobs, N_("how many cores to use (default: all)"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &call.format, N_("text (default), json, or sarif for editors and forges"), "FORMAT" },
		{ verb == RN_CALL_CHECK ? NULL : "output", 'd', 0, G_OPTION_ARG_FILENAME, &call.out, N_("where the output goes (default: output/ in the site's folder)"), "OUT" },
		{ verb == RN_CALL_PRINT ? NULL : "only", 0, 0, G_OPTION_ARG_STRING, &call.only, N_("the outputs to make: site, print, search, bundles (default: all)"), "LIST" },
		{ 0 },
	};
	gboolean parsed = rn_command_parse (rn_command_find (names[verb]), common, details, &argc, &argv, &leave);
	/* What is left over are names of products. */
	call.products = verb == RN_CALL_PRINT ? (const char *const *) argv + 1 : NULL;
	if (parsed && argc > 1 && verb != RN_CALL_PRINT) {
		rn_terminal_error ("'%s' is one word too many; see: rohnamo %s --help", argv[1], names[verb]);
		leave = RN_EXIT_USAGE;
	} else if (parsed) {
		leave = run (&call);
	}
	call_clear (&call);
	return leave;
}
