/* watch.c - one GFileMonitor a folder; folders that come are watched too, and what is in them already is told. */
#include "preview/watch-int.h"

#include <string.h>

#define QUIET_MS 12        /* after the last event */
#define AT_LATEST_MS 80    /* after the first */
#define PATHS_MAX 500
#define DEPTH_MAX 40

typedef struct { char *dir, *except; GFileMonitor *above; } Root;

struct RnWatch {
	RnWatchChanged changed;
	gpointer user;
	GPtrArray *roots;        /* Root */
	GHashTable *monitors;    /* folder -> GFileMonitor */
	GHashTable *paths;       /* a set: what is to be told */
	gboolean all;
	gint64 first;            /* when the first of them came; 0: nothing is to be told */
	guint timer;
};

gboolean rn_watch_passes (const char *name)
{
	const gsize len = strlen (name);
	return !len || name[0] == '.' || name[len - 1] == '~' || (name[0] == '#' && name[len - 1] == '#') || !strcmp (name, "4913");
}

/* --- telling ------------------------------------------------------------------------------------------------------------------ */

static gboolean tell (gpointer data)
{
	RnWatch *watch = data;
	GHashTableIter iter;
	gpointer path;
	g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
	g_hash_table_iter_init (&iter, watch->paths);
	while (g_hash_table_iter_next (&iter, &path, NULL))
		g_ptr_array_add (paths, g_strdup (path));
	const gboolean all = watch->all;
	g_hash_table_remove_all (watch->paths);
	watch->all = FALSE;
	watch->first = 0;
	watch->timer = 0;
	watch->changed (watch->user, paths, all);
	return G_SOURCE_REMOVE;
}

static void note (RnWatch *watch, const char *path)
{
	const gint64 now = g_get_monotonic_time ();
	if (g_hash_table_size (watch->paths) < PATHS_MAX)
		g_hash_table_add (watch->paths, g_strdup (path));
	else
		watch->all = TRUE;
	if (!watch->first)
		watch->first = now;
	const gint64 left = watch->first / 1000 + AT_LATEST_MS - now / 1000;
	if (watch->timer)
		g_source_remove (watch->timer);
	watch->timer = g_timeout_add_full (G_PRIORITY_HIGH, (guint) CLAMP (left, 0, QUIET_MS), tell, watch, NULL);
}

/* --- watching --------------------------------------------------------------------------------------------------------------- */

static void watch_folder (RnWatch *watch, const char *dir, const char *except, gboolean news, guint depth);

static const char *except_of (RnWatch *watch, const char *path)
{
	for (guint i = 0; i < watch->roots->len; i++) {
		const Root *root = watch->roots->pdata[i];
		const gsize len = strlen (root->dir);
		if (!strncmp (path, root->dir, len) && (!path[len] || path[len] == '/'))
			return root->except;
	}
	return NULL;
}

/* DIR is gone: nothing in it is watched any more. */
static void forget_folder (RnWatch *watch, const char *dir)
{
	GHashTableIter iter;
	gpointer name, monitor;
	const gsize len = strlen (dir);
	g_hash_table_iter_init (&iter, watch->monitors);
	while (g_hash_table_iter_next (&iter, &name, &monitor))
		if (!strncmp (name, dir, len) && (!((char *) name)[len] || ((char *) name)[len] == '/')) {
			g_file_monitor_cancel (monitor);
			g_hash_table_iter_remove (&iter);
		}
}

static void saw (RnWatch *watch, GFile *file, gboolean gone)
{
	g_autofree char *path = file ? g_file_get_path (file) : NULL, *name = file ? g_file_get_basename (file) : NULL;
	const char *except = path ? except_of (watch, path) : NULL;
	if (!path || rn_watch_passes (name) || !g_strcmp0 (path, except))
		return;
	if (gone && g_hash_table_contains (watch->monitors, path))
		forget_folder (watch, path);
	else if (!gone && g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
		watch_folder (watch, path, except, TRUE, 0);
	note (watch, path);
}

static void on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user)
{
	RnWatch *watch = user;
	(void) monitor;
	if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || event == G_FILE_MONITOR_EVENT_PRE_UNMOUNT)
		return;
	saw (watch, file, event == G_FILE_MONITOR_EVENT_DELETED || event == G_FILE_MONITOR_EVENT_MOVED_OUT || event == G_FILE_MONITOR_EVENT_RENAMED);
	if (event == G_FILE_MONITOR_EVENT_RENAMED)
		saw (watch, other, FALSE);
}

static GFileMonitor *open_monitor (RnWatch *watch, const char *dir, GCallback callback)
{
	g_autoptr (GFile) file = g_file_new_for_path (dir);
	GFileMonitor *monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
	if (monitor) {
		g_file_monitor_set_rate_limit (monitor, 0);
		g_signal_connect (monitor, "changed", callback, watch);
	}
	return monitor;
}

/* news: what is in it is to be told, for it may have come before anybody watched. */
static void watch_folder (RnWatch *watch, const char *dir, const char *except, gboolean news, guint depth)
{
	if (depth > DEPTH_MAX || !g_strcmp0 (dir, except))
		return;
	if (!g_hash_table_contains (watch->monitors, dir)) {
		GFileMonitor *monitor = open_monitor (watch, dir, G_CALLBACK (on_event));
		if (monitor)
			g_hash_table_insert (watch->monitors, g_strdup (dir), monitor);
	}
	g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
	for (const char *name; folder && (name = g_dir_read_name (folder));) {
		if (rn_watch_passes (name))
			continue;
		g_autofree char *path = g_build_filename (dir, name, NULL);
		if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
			watch_folder (watch, path, except, news, depth + 1);
		else if (news)
			note (watch, path);
	}
}

/* The folder above a root tells when the root comes (again) or goes; of its other entries nobody is told. */
static void on_above (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user)
{
	RnWatch *watch = user;
	for (guint i = 0; i < watch->roots->len; i++) {
		const Root *root = watch->roots->pdata[i];
		g_autofree char *path = file ? g_file_get_path (file) : NULL, *to = other ? g_file_get_path (other) : NULL;
		if (root->above != monitor || (g_strcmp0 (path, root->dir) && g_strcmp0 (to, root->dir)))
			continue;
		if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
			continue;
		if (g_file_test (root->dir, G_FILE_TEST_IS_DIR))
			watch_folder (watch, root->dir, root->except, TRUE, 0);
		else
			forget_folder (watch, root->dir);
		note (watch, root->dir);
	}
}

static void free_root (gpointer data)
{
	Root *root = data;
	if (root->above) {
		g_file_monitor_cancel (root->above);
		g_object_unref (root->above);
	}
	g_free (root->dir);
	g_free (root->except);
	g_free (root);
}

RnWatch *rn_watch_new (RnWatchChanged changed, gpointer user)
{
	RnWatch *watch = g_new0 (RnWatch, 1);
	watch->changed = changed;
	watch->user = user;
	watch->roots = g_ptr_array_new_with_free_func (free_root);
	watch->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
	watch->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	return watch;
}

void rn_watch_add (RnWatch *watch, const char *dir, const char *except)
{
	g_autofree char *above = g_path_get_dirname (dir);
	Root *root = g_new0 (Root, 1);
	root->dir = g_strdup (dir);
	root->except = g_strdup (except);
	root->above = open_monitor (watch, above, G_CALLBACK (on_above));
	g_ptr_array_add (watch->roots, root);
	watch_folder (watch, dir, except, FALSE, 0);
}

void rn_watch_free (RnWatch *watch)
{
	GHashTableIter iter;
	gpointer monitor;
	if (!watch)
		return;
	if (watch->timer)
		g_source_remove (watch->timer);
	g_hash_table_iter_init (&iter, watch->monitors);
	while (g_hash_table_iter_next (&iter, NULL, &monitor))
		g_file_monitor_cancel (monitor);
	g_hash_table_unref (watch->monitors);
	g_ptr_array_unref (watch->roots);
	g_hash_table_unref (watch->paths);
	g_free (watch);
}
