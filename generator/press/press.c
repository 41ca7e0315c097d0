/* press.c - opens the trees, loads the library, runs passes until no page is broken any more, swaps the edition in. */
#include "press/press.h"
#include "model/due.h"
#include "press/added.h"
#include "press/bundles.h"
#include "press/drift.h"
#include "press/ignored.h"
#include "press/outputs.h"
#include "press/pass.h"
#include "press/split.h"
#include "press/stamp.h"
#include "site/files.h"
#include "site/offline.h"
#include "site/page.h"

#include <string.h>

#define MAX_PASSES 4   /* a pass more for pages that a layout breaks only once others are gone */

const char *rn_phase_name (RnPhase phase)
{
	return (const char *const[]) { "list", "history", "read", "render", "write" }[phase];
}

/* What one build holds; freed as a whole. */
typedef struct {
	const RnPressOptions *options;
	RnDiagnostics *sink;
	RnPressResult *result;
	RnTree *tree, *shipped;
	RnHistory *history;
	RnSite *site;
	RnLibrary *library;
	RnAssets *assets;
	RnPrint *print;
	RnIndex *index;
	RnShare *share;
	RnAtomicTree *out;
	RnFiles *files;    /* NULL: nothing is made of all files of site/ */
	RnStamp *stamp;
	char *cache;
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

/* --- sources ---------------------------------------------------------------------------------------------------------------- */

static RnTree *open_site (const RnPressOptions *options, const char *const *roots, RnDiagnostics *sink, GError **error)
{
	if (options->rev || options->repo)
		return rn_tree_open_revision (options->repo ? options->repo : options->dir, options->rev ? options->rev : "HEAD",
		                              options->repo ? options->dir : NULL, roots, sink, error);
	g_autofree char *out = options->out ? g_canonicalize_filename (options->out, NULL) : NULL;
	return rn_tree_open_work (options->dir, roots, (const char *const[]) { out, NULL }, sink, error);
}

gboolean rn_press_open (const RnPressOptions *options, RnDiagnostics *sink, RnTree **tree, RnTree **shipped, GError **error)
{
	static const char *const roots[] = { "content", "layouts", "plugins", NULL }, *const own[] = { "layouts", "plugins", NULL };
	guint begin, end;
	*shipped = NULL;
	if (!(*tree = open_site (options, roots, sink, error)))
		return FALSE;
	rn_tree_range (*tree, "content/", &begin, &end);
	if (begin == end) {
		/* A folder without content/ is content itself. */
		rn_tree_free (*tree);
		if (!(*tree = open_site (options, NULL, sink, error)))
			return FALSE;
	}
	if (!(*shipped = rn_tree_open_work (options->share, own, NULL, NULL, error))) {
		g_prefix_error (error, "reading the layouts that come with the program: ");
		g_clear_pointer (tree, rn_tree_free);
		return FALSE;
	}
	return TRUE;
}

/* The cache lies beside the site where that is one of ours to keep, else with the user's other caches. */
static char *cache_folder (const Build *build)
{
	guint begin, end;
	rn_tree_range (build->tree, "content/", &begin, &end);
	if (rn_tree_is_revision (build->tree) || begin == end)
		return g_build_filename (g_get_user_cache_dir (), "rohnamo", NULL);
	return g_build_filename (build->options->dir, "build", "cache", NULL);
}

static gboolean open_sources (Build *build, GError **error)
{
	phase_begin (build, RN_PHASE_LIST, 0);
	if (!rn_press_open (build->options, build->sink, &build->tree, &build->shipped, error))
		return FALSE;
	phase_end (build, RN_PHASE_LIST);
	if (rn_tree_commit (build->tree))
		g_strlcpy (build->result->commit, rn_tree_commit (build->tree), sizeof build->result->commit);
	build->cache = cache_folder (build);
	return TRUE;
}

static gint64 clock_of (const Build *build)
{
	if (build->options->has_clock)
		return build->options->clock;
	return rn_tree_is_revision (build->tree) ? rn_tree_commit_time (build->tree) : g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean open_history (Build *build, GError **error)
{
	phase_begin (build, RN_PHASE_HISTORY, 0);
	build->history = rn_history_open (build->tree, build->cache, build->sink, error);
	phase_end (build, RN_PHASE_HISTORY);
	return build->history != NULL;
}

static gboolean open_site_and_assets (Build *build, GError **error)
{
	const RnSiteOptions options = { build->options->counsellor, build->options->drafts, clock_of (build) };
	build->site = rn_site_open (build->tree, build->shipped, &options, build->sink, error);
	if (!build->site)
		return FALSE;
	build->assets = rn_assets_open (build->site, build->sink, error);
	return build->assets != NULL;
}

/* Bundles are made where the site asks for them (share: true), or the call by name. A run that makes the site without them tells of those that stay. */
static gboolean wants_share (const Build *build)
{
	const guint outputs = build->options->outputs;
	if (!(outputs & RN_OUTPUT_SITE))
		return FALSE;
	return (outputs != RN_OUTPUT_ALL && (outputs & RN_OUTPUT_BUNDLES)) || rn_share_wanted (build->site);
}

static gboolean open_share (Build *build, GError **error)
{
	g_clear_pointer (&build->share, rn_share_free);
	if (!wants_share (build))
		return TRUE;
	build->share = rn_share_new (build->library, build->out, (build->options->outputs & RN_OUTPUT_BUNDLES) != 0, error);
	return build->share != NULL;
}

static guint count_stopped (const RnSite *site)
{
	guint n = 0;
	for (guint i = 0; i < site->n_plugins; i++)
		n += site->plugins[i].stopped;
	return n;
}

/* The library with what plugins add, frozen. A plugin that is stopped meanwhile has no part in it: then it is loaded once more. */
static gboolean load_library (Build *build, GError **error)
{
	phase_begin (build, RN_PHASE_READ, 0);
	g_clear_pointer (&build->print, rn_print_free);
	g_clear_pointer (&build->index, rn_index_free);
	g_clear_pointer (&build->share, rn_share_free);
	rn_library_free (build->library);
	const guint stopped = count_stopped (build->site);
	build->library = rn_library_load (build->site, build->history, build->options->jobs, build->broken, build->sink, error);
	if (!build->library)
		return FALSE;
	const RnHostOptions options = { .asset = rn_assets_url, .asset_names = rn_assets_names, .asset_user = build->assets };
	g_autoptr (RnHost) host = rn_host_new (build->library, &options, build->sink);
	rn_host_load_plugins (host);
	rn_host_run_pages (host);
	if (wants_share (build))
		rn_share_add_pages (build->library);
	if (build->options->outputs & RN_OUTPUT_SITE)
		rn_offline_add_pages (build->library);
	/* A later pass has fewer pages, and nothing new to tell of these. */
	gboolean first = !g_hash_table_size (build->broken);
	if (!rn_split_run (build->library, build->options->jobs, first ? build->sink : NULL, error))
		return FALSE;
	rn_library_freeze (build->library);
	if (first)
		rn_host_run_checks (host);
	if (first && build->options->proofread) {
		rn_due_tell (build->library, build->sink);
		rn_drift_tell (build->library, build->history, build->options->jobs, build->sink);
	}
	rn_host_run_files (host);
	if (count_stopped (build->site) > stopped) {
		g_clear_pointer (&host, rn_host_free);
		return load_library (build, error);
	}
	if ((build->options->outputs & RN_OUTPUT_SITE) && first)
		rn_page_check_layouts (host, build->library, build->sink);
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
		const RnValue *list = rn_value_get (rn_value_get (build->site->config, "print"), "products");
		names = list && list->n ? NULL : booklet;
	}
	return rn_print_new (build->library, names, options->has_clock ? options->clock : 0, build->sink);
}

/* The index is made where the site's site.yaml asks for it (search: true), or the call by name. */
static gboolean wants_index (const Build *build)
{
	const guint outputs = build->options->outputs;
	if (!(outputs & RN_OUTPUT_SEARCH))
		return FALSE;
	return outputs != RN_OUTPUT_ALL || rn_value_bool (rn_value_get (build->site->config, "search"), FALSE);
}

static gboolean forbidden (const Build *build)
{
	return build->options->strict && (rn_diagnostics_count (build->sink, RN_ERROR) || rn_diagnostics_count (build->sink, RN_WARNING));
}

/* What plugins add; what is made of all pages: the index, the bundles, and of all files of the site what phones keep. */
static gboolean finish_pass (Build *build, const RnPass *pass, GError **error)
{
	if (pass->site && build->out && !rn_added_put (build->library, build->out, build->options->jobs, error))
		return FALSE;
	if (build->index && !rn_index_finish (build->index, build->out, error))
		return FALSE;
	if (build->share && build->out && !rn_bundles_finish (pass, &build->result->note, error))
		return FALSE;
	return !build->files || rn_offline_put (build->files, build->library, build->result->commit, build->options->jobs, build->out, build->sink, error);
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
	g_autoptr (RnStops) stops = rn_stops_new (build->site);
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
	if (options->out && (!(build->out = rn_atomic_tree_begin (options->out, "build.json", error)) || !rn_outputs_keep (options, build->out, error)))
		return FALSE;
	if (build->out && (options->outputs & RN_OUTPUT_SITE) && rn_files_wanted (build->site))
		build->files = rn_files_new (build->library, build->out);
	build->print = open_print (build);
	if (!options->out)
		rn_index_check (build->library, build->sink);
	else if (wants_index (build) && !(build->index = rn_index_new (build->library, build->result->commit, build->sink, error)))
		return FALSE;
	if (!open_share (build, error))
		return FALSE;
	g_array_set_size (build->result->printed, 0);
	g_autoptr (RnProof) proof = options->proofread ? rn_proof_new (build->site, build->sink) : NULL;
	RnPass pass = { .library = build->library, .assets = build->assets, .site = (options->outputs & RN_OUTPUT_SITE) != 0, .print = build->print, .index = build->index, .share = build->share, .proof = proof,
		.printed = build->result->printed, .out = build->out, .cache = build->cache, .sink = build->sink, .jobs = options->jobs,
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
	g_clear_pointer (&build->files, rn_files_free);
	if (*again)
		g_clear_pointer (&build->out, rn_atomic_tree_abort);
	return TRUE;
}

static gboolean run (Build *build, GError **error)
{
	RnPressResult *result = build->result;
	gboolean again = TRUE, layouts_failed = FALSE;
	if (!open_sources (build, error))
		return FALSE;
	build->stamp = rn_stamp_take (build->options, build->tree, build->shipped);
	if (build->stamp && rn_stamp_matches (build->stamp, build->cache, clock_of (build), build->sink, result))
		return TRUE;
	if (!open_history (build, error) || !open_site_and_assets (build, error))
		return FALSE;
	/* Each pass that ends a plugin is one more. */
	for (guint i = 0; again && i < MAX_PASSES + build->site->n_plugins; i++)
		if (!load_library (build, error) || !run_pass (build, &again, &layouts_failed, error))
			return FALSE;
	result->pages = rn_library_pages (build->library)->n;
	result->left_out = rn_library_left_out (build->library);
	rn_ignored_drop (build->tree, build->sink);
	if (!build->out || layouts_failed || forbidden (build))
		return TRUE;
	phase_begin (build, RN_PHASE_WRITE, 0);
	if (!rn_outputs_put_summary (build->options, build->library, build->sink, result, build->out, error))
		return FALSE;
	result->replaced = rn_atomic_tree_commit (g_steal_pointer (&build->out), &result->files, error);
	/* What could not be made may be possible next time, though nothing in the content changes. */
	if (result->replaced && build->stamp && !result->note)
		rn_stamp_keep (build->stamp, build->cache, build->site->clock, rn_library_valid_until (build->library),
		               build->print ? rn_print_folders (build->print) : NULL, build->sink, result);
	phase_end (build, RN_PHASE_WRITE);
	return result->replaced;
}

gboolean rn_press_run (const RnPressOptions *options, RnDiagnostics *sink, RnPressResult *result, GError **error)
{
	Build build = { .options = options, .sink = sink, .result = result };
	memset (result, 0, sizeof *result);
	result->printed = g_array_new (FALSE, TRUE, sizeof (RnPrinted));
	g_array_set_clear_func (result->printed, free_printed);
	rn_markdown_init ();
	build.broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	gboolean fine = run (&build, error);
	rn_files_free (build.files);
	rn_atomic_tree_abort (build.out);
	rn_stamp_free (build.stamp);
	g_free (build.cache);
	rn_print_free (build.print);
	rn_index_free (build.index);
	rn_share_free (build.share);
	rn_library_free (build.library);
	rn_assets_free (build.assets);
	rn_site_free (build.site);
	if (build.history)
		rn_history_free (build.history);
	if (build.shipped)
		rn_tree_free (build.shipped);
	if (build.tree)
		rn_tree_free (build.tree);
	g_hash_table_unref (build.broken);
	return fine;
}
