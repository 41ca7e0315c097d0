/*
 * hook_commit.c - git is about to commit: what is staged is checked, and what the commit is answerable for is told.
 *
 * In: the index as git hands it over (GIT_INDEX_FILE). Out: diagnostics on standard error, an exit code. Invariant: the work tree's bytes play no part; errors
 * that were there
 * before stop nobody.
 */
#include "command/command.h"
#include "command/confined.h"
#include "command/hook-int.h"
#include "command/terminal.h"
#include "publish/caused.h"
#include "source/repository.h"

#include <stdio.h>
#include <string.h>

/* Those of PATHS (relative to the repository) that lie in the site's FOLDER, relative to that. */
static GPtrArray *in_site (const GPtrArray *paths, const char *folder)
{
	GPtrArray *inside = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *prefix = *folder ? g_strconcat (folder, "/", NULL) : g_strdup ("");
	for (guint i = 0; i < paths->len; i++)
		if (g_str_has_prefix (paths->pdata[i], prefix))
			g_ptr_array_add (inside, g_strdup ((char *) paths->pdata[i] + strlen (prefix)));
	return inside;
}

/* What was told of the last commit; NULL: there is none, or it cannot be checked. */
static RnDiagnostics *told_before (const RnPressOptions *options)
{
	RnPressOptions before = *options;
	RnPressResult result = { 0 };
	RnDiagnostics *sink = rn_diagnostics_new ();
	before.staged = FALSE;
	before.rev = "HEAD";
	before.proofread = FALSE;
	before.settled = NULL;   /* it is held already */
	/* The same day for both: what only time did is not the commit's doing. */
	before.has_clock = TRUE;
	before.clock = g_get_real_time () / G_USEC_PER_SEC;
	if (!rn_press_run (&before, sink, &result, NULL))
		g_clear_pointer (&sink, rn_diagnostics_free);
	rn_press_result_clear (&result);
	return sink;
}

static int check (const RnPressOptions *options, const GPtrArray *changed, GError **error)
{
	RnPressResult result = { 0 };
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new (), before = NULL;
	gboolean fine = rn_press_run (options, sink, &result, error);
	rn_press_result_clear (&result);
	if (!fine && !rn_diagnostics_count (sink, RN_ERROR))
		return RN_EXIT_FAILED;
	/* A site.yaml that cannot be read leaves nothing to build, and is told. */
	g_clear_error (error);
	if (rn_caused_elsewhere (sink, changed))
		before = told_before (options);
	rn_caused_keep (sink, changed, before);
	rn_terminal_diagnostics (options, sink);
	if (!rn_diagnostics_count (sink, RN_ERROR))
		return RN_EXIT_FINE;
	g_autofree char *counts = rn_terminal_counts (sink);
	rn_terminal_error ("nothing was committed (%s): correct what is told above, `git add` it and commit again; `git commit --no-verify` commits it as it is", counts);
	return RN_EXIT_CONTENT;
}

int rn_hook_pre_commit (void)
{
	g_autoptr (GError) error = NULL;
	const char *handed = g_getenv ("GIT_INDEX_FILE");
	g_autofree char *index = handed && *handed ? g_canonicalize_filename (handed, NULL) : NULL, *share = rn_command_share ();
	RnPressOptions options = { .repo = ".", .staged = TRUE, .index = index, .share = share, .outputs = 0, .proofread = TRUE };
	rn_confined_commit (&options, index);
	g_autoptr (RnRepository) repository = rn_repository_open (".", &error);
	g_autoptr (GPtrArray) paths = repository ? rn_repository_staged (repository, index, &error) : NULL;
	int leave = RN_EXIT_FAILED;
	if (paths) {
		g_autofree char *set = rn_repository_get (repository, "rohnamo.site"), *folder = g_strdup (set ? set : "");
		g_autoptr (GPtrArray) changed = in_site (paths, folder);
		options.dir = folder;
		options.repo = rn_repository_folder (repository);
		leave = changed->len ? check (&options, changed, &error) : RN_EXIT_FINE;
	}
	if (error)
		rn_terminal_error ("%s", error->message);
	return leave;
}
