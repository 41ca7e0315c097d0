/* press.c - opens the trees, loads the library, runs passes until no page is broken any more, swaps the edition in. */
#include "press/press.h"
#include "base/shortage.h"
#include "base/words.h"
#include "markdown/parse.h"
#include "press/added.h"
#include "press/bundles.h"
#include "press/echoes.h"
#include "press/ignored.h"
#include "press/opened.h"
#include "press/outputs.h"
#include "press/pass.h"
#include "press/stamp.h"
#include "press/sums.h"
#include "site/files.h"
#include "site/offline.h"

#include <string.h>

#define MAX_PASSES 4   /* a pass more for pages that a layout breaks only once others are gone */

const char *rn_phase_name (RnPhase phase)
{
	return (const char *const[]) { N_("list"), N_("history"), N_("read"), N_("render"), N_("write") }[phase];
}

/* What one build holds; freed as a whole. */
typedef struct {
	const RnPressOptions *options;
	RnDiagnostics *sink;
	RnPressResult *result;
	RnOpened from;
	RnPrint *print;
	RnIndex *index;
	RnShare *share;
	RnAtomicTree *out;
	RnFiles *files;    /* NULL: nothing is made of all files of site/ */
	RnStamp *stamp;
	GHashTable *broken;
	gint64 since;
} Build;

static void phase_begin (Build *build, RnPhase phase, guint total)
{
	if (build->options->progress) {
		g_atomic_int_set (&build->options->progress->phase, (gint) phase);
		g_atomic_int_set (&build->options->progress->done, 0);
		g_atomic_int_set (&build->options->progress->total, (gint) total);
	}
	build->since = g_get_monotonic_time ();
}

static void phase_end (Build *build, RnPhase phase)
{
	build->result->milliseconds[phase] += (guint) ((g_get_monotonic_time () - build->since + 500) / 1000);
}

/* --- the site ----------------------------------------------------------------------------------------------------------------- */

static gboolean open_sources (Build *build, GError **error)
{
	phase_begin (build, RN_PHASE_LIST, 0);
	if (!rn_opened_sources (&build->from, error))
		return FALSE;
	phase_end (build, RN_PHASE_LIST);
	if (rn_tree_commit (build->from.tree))
		g_strlcpy (build->result->commit, rn_tree_commit (build->from.tree), sizeof build->result->commit);
	return TRUE;
}

static gboolean open_history (Build *build, GError **error)
{
	phase_begin (build, RN_PHASE_HISTORY, 0);
	if (!rn_opened_history (&build->from, error))
		return FALSE;
	phase_end (build, RN_PHASE_HISTORY);
	return TRUE;
}

static gboolean open_share (Build *build, GError **error)
{
	g_clear_pointer (&build->share, rn_share_free);
	if (!rn_opened_shares (&build->from))
		return TRUE;
	build->share = rn_share_new (build->from.library, build->out, (build->options->outputs & RN_OUTPUT_BUNDLES) != 0, error);
	return build->share != NULL;
}

/* What the last pass made of the old library goes before it. */
static gboolean load_library (Build *build, GError **error)
{
	phase_begin (build, RN_PHASE_READ, 0);
	g_clear_pointer (&build->print, rn_print_free);
	g_clear_pointer (&build->index, rn_index_free);
	g_clear_pointer (&build->share, rn_share_free);
	if (!rn_opened_library (&build->from, build->broken, error))
		return FALSE;
	phase_end (build, RN_PHASE_READ);
	return TRUE;
}

/* --- outputs ------------------------------------------------------------------------------------------------------------------ */

static void free_printed (gpointer data)
{
	g_free (((RnPrinted *) data)->name);
}

void rn_press_result_clear (RnPressResult *result)
{
	g_clear_pointer (&result->printed, g_array_unref);
	g_clear_pointer (&result->note, g_free);
}

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnPrinted *) a)->name, ((const RnPrinted *) b)->name);
}

/* The products that this run prints. */
static RnPrint *open_print (const Build *build)
{
	static const char *const booklet[] = { "booklet", NULL };
	const RnPressOptions *options = build->options;
	const char *const *names = options->products;
	if (!(options->outputs & RN_OUTPUT_PRINT))
		return NULL;
	if (names && !*names) {
		const RnValue *list = rn_value_get (rn_value_get (build->from.site->config, "print"), "products");
		names = list && list->n ? NULL : booklet;
	}
	return rn_print_new (build->from.library, names, options->has_clock ? options->clock : 0, build->sink);
}

/* The index is made where the site's site.yaml asks for it (search: true), or the call by name. */
static gboolean wants_index (const Build *build)
{
	const guint outputs = build->options->outputs;
	if (!(outputs & RN_OUTPUT_SEARCH))
		return FALSE;
	return outputs != RN_OUTPUT_ALL || rn_value_bool (rn_value_get (build->from.site->config, "search"), FALSE);
}

static gboolean forbidden (const Build *build)
{
	return build->options->strict && (rn_diagnostics_count (build->sink, RN_ERROR) || rn_diagnostics_count (build->sink, RN_WARNING));
}

/* What plugins add; what is made of all pages: the index, the bundles, and of all files of the site what phones keep. */
static gboolean finish_pass (Build *build, const RnPass *pass, GError **error)
{
	if (pass->site && build->out && !rn_added_put (build->from.library, build->out, build->options->jobs, error))
		return FALSE;
	if (build->index && !rn_index_finish (build->index, build->out, error))
		return FALSE;
	if (build->share && build->out && !rn_bundles_finish (pass, &build->result->note, error))
		return FALSE;
	return !build->files || rn_offline_put (build->files, build->from.library, build->result->commit, build->options->jobs, build->out, build->sink, error);
}

/* Adds to the broken pages those of FOUND. TRUE: there are new ones. */
static gboolean add_broken (Build *build, GHashTable *found)
{
	const guint before = g_hash_table_size (build->broken);
	GHashTableIter iter;
	gpointer name;
	g_hash_table_iter_init (&iter, found);
	while (g_hash_table_iter_next (&iter, &name, NULL))
		g_hash_table_add (build->broken, g_strdup (name));
	return g_hash_table_size (build->broken) > before;
}

/*
 * Makes all pages. Where a budget ends a plugin in one of them, which others it still made depends on the threads: all that was made and told is given up, but for that, and
 * *again is TRUE. It also is where pages were found broken, and the library must do without them.
 */
static gboolean make_pages (Build *build, RnPass *pass, gboolean *again, GError **error)
{
	g_autoptr (RnStops) stops = rn_stops_new (build->from.site);
	g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	pass->stops = stops;
	pass->broken = found;
	rn_diagnostics_hold (build->sink);
	gboolean fine = rn_pass_run (pass, error);
	const gboolean stopped = rn_stops_any (stops);
	rn_diagnostics_release (build->sink, !stopped);
	rn_stops_settle (stops, build->sink);
	pass->layouts_failed = pass->layouts_failed && !stopped;
	*again = stopped || (!pass->layouts_failed && add_broken (build, found));
	return fine;
}

/* One pass into a new stage. TRUE with *again: it must be done once more. */
static gboolean run_pass (Build *build, gboolean *again, gboolean *layouts_failed, GError **error)
{
	const RnPressOptions *options = build->options;
	if (build->out && !rn_outputs_keep (options, build->out, error))
		return FALSE;
	if (build->out && (options->outputs & RN_OUTPUT_SITE) && rn_files_wanted (build->from.site))
		build->files = rn_files_new (build->from.library, build->out);
	build->print = open_print (build);
	if (!options->out)
		rn_index_check (build->from.library, build->sink);
	else if (wants_index (build) && !(build->index = rn_index_new (build->from.library, build->result->commit, build->sink, error)))
		return FALSE;
	if (!open_share (build, error))
		return FALSE;
	g_array_set_size (build->result->printed, 0);
	g_autoptr (RnProof) proof = options->proofread ? rn_proof_new (build->from.site, build->sink) : NULL;
	RnPass pass = { .library = build->from.library, .assets = build->from.assets, .site = (options->outputs & RN_OUTPUT_SITE) != 0, .read = !options->outputs, .print = build->print, .index = build->index, .share = build->share, .proof = proof,
		.printed = build->result->printed, .out = build->out, .cache = build->from.cache, .sink = build->sink, .jobs = options->jobs,
		.done = options->progress ? &options->progress->done : NULL };
	phase_begin (build, RN_PHASE_RENDER, rn_pass_items (&pass));
	if (!make_pages (build, &pass, again, error))
		return FALSE;
	*layouts_failed = pass.layouts_failed;
	g_clear_pointer (&build->result->note, g_free);
	if (!*again && !pass.layouts_failed && !finish_pass (build, &pass, error))
		return FALSE;
	phase_end (build, RN_PHASE_RENDER);
	g_array_sort (build->result->printed, by_name);
	if (*again)
		g_clear_pointer (&build->files, rn_files_free);
	return !*again || !build->out || rn_atomic_tree_again (build->out, error);
}

/* The place of the new edition: there before a page is read, so that who confines the run can allow it by itself. */
static gboolean settle (Build *build, GError **error)
{
	const RnPressOptions *options = build->options;
	if (options->out && !(build->out = rn_atomic_tree_begin (options->out, "build.json", error)))
		return FALSE;
	g_autofree char *stage = build->out ? rn_atomic_tree_stage (build->out) : NULL;
	if (options->settled)
		options->settled (options->user, stage, build->from.cache);
	return TRUE;
}

/* What the system failed to read, or had no memory for, may be missing from all that was made. */
static gboolean sound (const Build *build, GError **error)
{
	if (rn_shortage ()) {
		g_set_error_literal (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_IO, _("the system had too little memory for all that was to be made"));
		return FALSE;
	}
	return (!build->from.tree || rn_tree_sound (build->from.tree, error)) && (!build->from.shipped || rn_tree_sound (build->from.shipped, error));
}

static gboolean run (Build *build, GError **error)
{
	RnPressResult *result = build->result;
	gboolean again = TRUE, layouts_failed = FALSE;
	if (!open_sources (build, error))
		return FALSE;
	build->stamp = rn_stamp_take (build->options, build->from.tree, build->from.shipped);
	if (build->stamp && rn_stamp_matches (build->stamp, build->from.cache, rn_opened_clock (&build->from), build->sink, result))
		return TRUE;
	if (!settle (build, error) || !open_history (build, error) || !rn_opened_site (&build->from, error))
		return FALSE;
	/* Each pass that ends a plugin is one more. */
	for (guint i = 0; again && i < MAX_PASSES + build->from.site->n_plugins; i++)
		if (!load_library (build, error) || !run_pass (build, &again, &layouts_failed, error))
			return FALSE;
	result->pages = rn_library_pages (build->from.library)->n;
	result->left_out = rn_library_left_out (build->from.library);
	rn_echoes_drop (build->sink);
	rn_ignored_drop (build->from.tree, build->sink);
	if (!sound (build, error))
		return FALSE;
	if (!build->out || again || layouts_failed || forbidden (build))
		return TRUE;
	phase_begin (build, RN_PHASE_WRITE, 0);
	if (!rn_outputs_put_summary (build->options, build->from.library, build->sink, result, build->out, error))
		return FALSE;
	if (rn_press_sums_wanted (build->from.site) && !rn_press_sums_put (build->out, build->files, build->options->jobs, error))
		return FALSE;
	g_clear_pointer (&build->files, rn_files_free);
	result->replaced = rn_atomic_tree_commit (g_steal_pointer (&build->out), &result->files, error);
	/* What could not be made may be possible next time, though nothing in the content changes. */
	if (result->replaced && build->stamp && !result->note)
		rn_stamp_keep (build->stamp, build->from.cache, build->from.site->clock, rn_library_valid_until (build->from.library),
		               build->print ? rn_print_folders (build->print) : NULL, build->sink, result);
	phase_end (build, RN_PHASE_WRITE);
	return result->replaced;
}

gboolean rn_press_run (const RnPressOptions *options, RnDiagnostics *sink, RnPressResult *result, GError **error)
{
	Build build = { .options = options, .sink = sink, .result = result, .from = { .options = options, .sink = sink } };
	memset (result, 0, sizeof *result);
	result->printed = g_array_new (FALSE, TRUE, sizeof (RnPrinted));
	g_array_set_clear_func (result->printed, free_printed);
	rn_markdown_init ();
	build.broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	gboolean fine = run (&build, error);
	/* Then what it came to grief over may be that something could not be read. */
	g_autoptr (GError) trouble = NULL;
	if (!fine && !sound (&build, &trouble)) {
		g_clear_error (error);
		g_propagate_error (error, g_steal_pointer (&trouble));
	}
	rn_files_free (build.files);
	rn_atomic_tree_abort (build.out);
	rn_stamp_free (build.stamp);
	rn_print_free (build.print);
	rn_index_free (build.index);
	rn_share_free (build.share);
	rn_opened_clear (&build.from);
	g_hash_table_unref (build.broken);
	return fine;
}
