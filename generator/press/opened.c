/* opened.c - opens the trees, reads the history and the configuration, loads the library with what plugins add. */
#include "press/opened.h"
#include "base/words.h"
#include "model/due.h"
#include "press/drift.h"
#include "press/split.h"
#include "press/team.h"
#include "site/offline.h"
#include "site/page.h"
#include "site/share.h"

/* --- sources ---------------------------------------------------------------------------------------------------------------- */

static RnTree *open_site (const RnPressOptions *options, const char *const *roots, RnDiagnostics *sink, GError **error)
{
	if (options->staged)
		return rn_tree_open_staged (options->repo, options->index, options->dir, roots, sink, error);
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
		if (!rn_tree_sound (*tree, error)) {
			g_clear_pointer (tree, rn_tree_free);
			return FALSE;
		}
		/* A folder without content/ is content itself. */
		rn_tree_free (*tree);
		if (!(*tree = open_site (options, NULL, sink, error)))
			return FALSE;
	}
	if (!(*shipped = rn_tree_open_work (options->share, own, NULL, NULL, error))) {
		g_prefix_error (error, _("reading the layouts that come with the program: "));
		g_clear_pointer (tree, rn_tree_free);
		return FALSE;
	}
	return TRUE;
}

/* The cache lies beside the site where that is one of ours to keep, else with the user's other caches. */
static char *cache_folder (const RnOpened *opened)
{
	guint begin, end;
	rn_tree_range (opened->tree, "content/", &begin, &end);
	if (rn_tree_is_revision (opened->tree) || opened->options->staged || begin == end)
		return g_build_filename (g_get_user_cache_dir (), "rohnamo", NULL);
	return g_build_filename (opened->options->dir, "build", "cache", NULL);
}

gboolean rn_opened_sources (RnOpened *opened, GError **error)
{
	if (!rn_press_open (opened->options, opened->sink, &opened->tree, &opened->shipped, error))
		return FALSE;
	opened->cache = cache_folder (opened);
	return TRUE;
}

gint64 rn_opened_clock (const RnOpened *opened)
{
	if (opened->options->has_clock)
		return opened->options->clock;
	return rn_tree_is_revision (opened->tree) ? rn_tree_commit_time (opened->tree) : g_get_real_time () / G_USEC_PER_SEC;
}

gboolean rn_opened_history (RnOpened *opened, GError **error)
{
	opened->history = rn_history_open (opened->tree, opened->cache, opened->sink, error);
	return opened->history != NULL;
}

gboolean rn_opened_site (RnOpened *opened, GError **error)
{
	const RnSiteOptions options = { .counsellor = opened->options->counsellor, .drafts = opened->options->drafts, .unlisted = opened->options->unlisted, .clock = rn_opened_clock (opened) };
	opened->site = rn_site_open (opened->tree, opened->shipped, &options, opened->sink, error);
	if (!opened->site)
		return FALSE;
	opened->assets = rn_assets_open (opened->site, opened->sink, error);
	return opened->assets != NULL;
}

/* --- the library ------------------------------------------------------------------------------------------------------------ */

gboolean rn_opened_shares (const RnOpened *opened)
{
	const guint outputs = opened->options->outputs;
	if (!(outputs & RN_OUTPUT_SITE))
		return FALSE;
	return (outputs != RN_OUTPUT_ALL && (outputs & RN_OUTPUT_BUNDLES)) || rn_share_wanted (opened->site);
}

static guint count_stopped (const RnSite *site)
{
	guint n = 0;
	for (guint i = 0; i < site->n_plugins; i++)
		n += site->plugins[i].stopped;
	return n;
}

gboolean rn_opened_library (RnOpened *opened, GHashTable *broken, GError **error)
{
	const gboolean site = (opened->options->outputs & RN_OUTPUT_SITE) != 0, read = !opened->options->outputs;
	/* A later pass has fewer pages, and nothing new to tell of these. */
	const gboolean first = !broken || !g_hash_table_size (broken);
	const guint stopped = count_stopped (opened->site);
	rn_library_free (opened->library);
	opened->library = rn_library_load (opened->site, opened->history, opened->options->jobs, broken, opened->sink, error);
	if (!opened->library)
		return FALSE;
	const RnHostOptions options = { .asset = rn_assets_url, .asset_names = rn_assets_names, .asset_user = opened->assets };
	g_autoptr (RnHost) host = rn_host_new (opened->library, &options, opened->sink);
	rn_host_load_plugins (host);
	rn_host_run_pages (host);
	/* Where texts are only read, links still lead to the pages that a build adds. */
	if (rn_opened_shares (opened) || (read && rn_share_wanted (opened->site)))
		rn_share_add_pages (opened->library);
	if (site || read)
		rn_offline_add_pages (opened->library);
	if (site && !opened->options->proofread && !rn_team_add_pages (opened, error))
		return FALSE;
	if (!rn_split_run (opened->library, opened->options->jobs, first ? opened->sink : NULL, error))
		return FALSE;
	rn_library_freeze (opened->library);
	if (first)
		rn_host_run_checks (host);
	if (first && opened->options->proofread) {
		rn_due_tell (opened->library, opened->sink);
		rn_drift_tell (opened->library, opened->history, opened->options->jobs, opened->sink);
	}
	rn_host_run_files (host);
	if (count_stopped (opened->site) > stopped) {
		g_clear_pointer (&host, rn_host_free);
		return rn_opened_library (opened, broken, error);
	}
	if (site && first)
		rn_page_check_layouts (host, opened->library, opened->sink);
	return TRUE;
}

void rn_opened_clear (RnOpened *opened)
{
	rn_library_free (opened->library);
	rn_assets_free (opened->assets);
	rn_site_free (opened->site);
	if (opened->history)
		rn_history_free (opened->history);
	if (opened->shipped)
		rn_tree_free (opened->shipped);
	if (opened->tree)
		rn_tree_free (opened->tree);
	g_clear_pointer (&opened->cache, g_free);
	*opened = (RnOpened) { .options = opened->options, .sink = opened->sink };
}
