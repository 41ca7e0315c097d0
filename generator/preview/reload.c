/*
 * reload.c - files change -> the site is loaded anew in a thread, and takes the old one's place when it is whole.
 *
 * A page whose body alone has changed is read when it is asked for: browsers are told at once, and the site is loaded when it has been quiet for a while, for
 * what a body changes elsewhere (its day, its translation's state, its pieces). After that all of the content is checked in the background.
 */
#include "preview/preview-int.h"
#include "base/folder.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define QUIET_MS 700          /* after a body's last change, before the site is loaded */
#define CHECK_MS 300          /* after a load, before all is checked */

struct RnReload {
	RnPreview *preview;
	RnWatch *watch;
	GPtrArray *paths;         /* what has changed and was not looked at yet */
	gboolean all;             /* it is more than bodies */
	gboolean loading, checking, check_again;
	guint quiet, check;       /* timers; 0: none */
};

/* A load on its way. */
typedef struct {
	RnReload *reload;
	RnPressOptions options;
	RnShown *before;          /* what is shown; NULL: nothing is */
	GPtrArray *paths;
	gboolean all;
	gboolean bodies;          /* result: nothing but bodies has changed */
	RnShown *shown;           /* result: NULL where it could not be loaded */
	RnTold *told;             /* result: why */
} Load;

static void start (RnReload *reload);

/* --- in a thread -------------------------------------------------------------------------------------------------------------- */

/* Is PATH the file of a page whose front matter is what was read? */
static gboolean is_body (const RnShown *shown, const char *path)
{
	const RnSite *site = shown->from.site;
	const char *dir = shown->options.dir;
	const gsize len = strlen (dir);
	g_autofree char *bytes = NULL;
	gsize size;
	if (strncmp (path, dir, len) || path[len] != '/' || !g_str_has_suffix (path, ".md") || rn_tree_find (site->tree, path + len + 1) < 0)
		return FALSE;
	const RnPage *page = g_hash_table_lookup (shown->by_file, path + len + 1);
	return page && g_file_get_contents (path, &bytes, &size, NULL) && size >= page->body && rn_page_unchanged (page, bytes);
}

static gboolean are_bodies (const Load *load)
{
	if (load->all || !load->before || !load->paths->len)
		return FALSE;
	for (guint i = 0; i < load->paths->len; i++)
		if (!is_body (load->before, load->paths->pdata[i]))
			return FALSE;
	return TRUE;
}

static void run_load (Load *load)
{
	load->bodies = are_bodies (load);
	if (!load->bodies)
		load->shown = rn_shown_open (&load->options, &load->told);
}

static void free_load (Load *load)
{
	rn_shown_unref (load->before);
	rn_shown_unref (load->shown);
	rn_told_unref (load->told);
	g_ptr_array_unref (load->paths);
	g_free (load);
}

/* --- the check of all ------------------------------------------------------------------------------------------------------- */

typedef struct { RnReload *reload; RnPressOptions options; RnTold *told; } Check;

static gboolean schedule_check (gpointer data);

static gboolean checked (gpointer data)
{
	Check *check = data;
	RnReload *reload = check->reload;
	RnPreview *preview = reload->preview;
	reload->checking = FALSE;
	preview->working--;
	rn_told_unref (preview->judged);
	preview->judged = check->told;
	g_free (check);
	if (preview->options->judged)
		preview->options->judged (preview->options->user, preview->judged->count[RN_ERROR], preview->judged->count[RN_WARNING]);
	rn_events_tell (preview->events);
	if (reload->check_again)
		schedule_check (reload);
	return G_SOURCE_REMOVE;
}

/* As `rohnamo check` does, but for what is printed. It must be in nobody's way. */
static gpointer run_check (gpointer data)
{
	Check *check = data;
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (GError) error = NULL;
	RnPressResult result = { 0 };
	setpriority (PRIO_PROCESS, (id_t) gettid (), 10);
	rn_press_run (&check->options, sink, &result, &error);
	rn_press_result_clear (&result);
	check->told = rn_told_new (sink, error, check->options.dir, check->options.share);
	g_main_context_invoke (NULL, checked, check);
	return NULL;
}

static gboolean schedule_check (gpointer data)
{
	RnReload *reload = data;
	reload->check = 0;
	reload->check_again = reload->checking;
	if (reload->checking)
		return G_SOURCE_REMOVE;
	Check *check = g_new0 (Check, 1);
	check->reload = reload;
	check->options = reload->preview->options->press;
	check->options.out = NULL;
	check->options.jobs = 1;
	check->options.proofread = TRUE;
	reload->checking = TRUE;
	reload->preview->working++;
	g_thread_unref (g_thread_new ("check", run_check, check));
	return G_SOURCE_REMOVE;
}

static void check_soon (RnReload *reload)
{
	if (reload->check)
		g_source_remove (reload->check);
	reload->check = g_timeout_add (CHECK_MS, schedule_check, reload);
}

/* --- in the main loop ------------------------------------------------------------------------------------------------------- */

/* What was loaded takes its place. */
static void settle (RnReload *reload, Load *load)
{
	RnPreview *preview = reload->preview;
	preview->generation++;
	if (load->bodies)
		return;
	rn_told_unref (preview->fault);
	preview->fault = g_steal_pointer (&load->told);
	if (!load->shown)
		return;
	rn_shown_unref (preview->shown);
	preview->shown = g_steal_pointer (&load->shown);
}

static gboolean load_quietly (gpointer data)
{
	RnReload *reload = data;
	reload->quiet = 0;
	rn_reload_wanted (reload);
	return G_SOURCE_REMOVE;
}

static gboolean loaded (gpointer data)
{
	Load *load = data;
	RnReload *reload = load->reload;
	RnPreview *preview = reload->preview;
	reload->loading = FALSE;
	preview->working--;
	settle (reload, load);
	if (load->bodies) {
		if (reload->quiet)
			g_source_remove (reload->quiet);
		reload->quiet = g_timeout_add (QUIET_MS, load_quietly, reload);
	}
	rn_events_tell (preview->events);
	if (reload->all || reload->paths->len)
		start (reload);
	else
		rn_answer_waiting (preview);
	check_soon (reload);
	free_load (load);
	return G_SOURCE_REMOVE;
}

static gpointer load_in_thread (gpointer data)
{
	run_load (data);
	g_main_context_invoke (NULL, loaded, data);
	return NULL;
}

static Load *new_load (RnReload *reload)
{
	Load *load = g_new0 (Load, 1);
	load->reload = reload;
	load->options = reload->preview->options->press;
	load->before = rn_shown_ref (reload->preview->shown);
	load->paths = reload->paths;
	load->all = reload->all;
	reload->paths = g_ptr_array_new_with_free_func (g_free);
	reload->all = FALSE;
	return load;
}

static void start (RnReload *reload)
{
	if (reload->loading)
		return;
	if (reload->all && reload->quiet) {
		g_source_remove (reload->quiet);
		reload->quiet = 0;
	}
	reload->loading = TRUE;
	reload->preview->working++;
	g_thread_unref (g_thread_new ("load", load_in_thread, new_load (reload)));
}

static void on_changed (gpointer user, const GPtrArray *paths, gboolean all)
{
	RnReload *reload = user;
	for (guint i = 0; i < paths->len && reload->paths->len < 1000; i++)
		g_ptr_array_add (reload->paths, g_strdup (paths->pdata[i]));
	reload->all = reload->all || all || reload->paths->len >= 1000;
	start (reload);
}

void rn_reload_wanted (RnReload *reload)
{
	reload->all = TRUE;
	start (reload);
}

gboolean rn_reload_busy (const RnReload *reload)
{
	return reload->loading || reload->checking;
}

/* --- beginning and end ------------------------------------------------------------------------------------------------------ */

static void watch_all (RnReload *reload)
{
	static const char *const roots[] = { "content", "layouts", "plugins" };
	const RnPressOptions *options = &reload->preview->options->press;
	g_autofree char *content = g_build_filename (options->dir, "content", NULL);
	reload->watch = rn_watch_new (on_changed, reload);
	if (!rn_folder_may_be (content)) {
		/* A folder without content/ is content itself; what is built of it lies in it. */
		rn_watch_add (reload->watch, options->dir, options->out);
	} else {
		for (guint i = 0; i < G_N_ELEMENTS (roots); i++) {
			g_autofree char *path = g_build_filename (options->dir, roots[i], NULL);
			rn_watch_add (reload->watch, path, NULL);
		}
	}
	for (guint i = 1; i < G_N_ELEMENTS (roots) && strcmp (options->dir, options->share); i++) {
		g_autofree char *path = g_build_filename (options->share, roots[i], NULL);
		rn_watch_add (reload->watch, path, NULL);
	}
}

RnReload *rn_reload_new (RnPreview *preview)
{
	RnReload *reload = g_new0 (RnReload, 1);
	reload->preview = preview;
	reload->paths = g_ptr_array_new_with_free_func (g_free);
	reload->all = TRUE;
	watch_all (reload);
	Load *load = new_load (reload);
	run_load (load);
	settle (reload, load);
	free_load (load);
	check_soon (reload);
	return reload;
}

void rn_reload_free (RnReload *reload)
{
	if (!reload)
		return;
	rn_watch_free (reload->watch);
	if (reload->quiet)
		g_source_remove (reload->quiet);
	if (reload->check)
		g_source_remove (reload->check);
	g_ptr_array_unref (reload->paths);
	g_free (reload);
}
