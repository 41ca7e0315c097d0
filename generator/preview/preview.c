/* preview.c - the parts, tied to one main loop; begins and ends. */
#include "preview/preview-int.h"

#include <glib-unix.h>
#include <string.h>

/* The files of FOLDER in TREE into ASSETS, by name. */
static gboolean load_folder (RnTree *tree, const char *folder, GHashTable *assets, GError **error)
{
	g_autoptr (GString) bytes = g_string_new (NULL);
	guint begin, end;
	rn_tree_range (tree, folder, &begin, &end);
	for (guint i = begin; i < end; i++) {
		if (!rn_tree_read (tree, i, 0, 1 << 20, bytes, NULL, error))
			return FALSE;
		g_hash_table_insert (assets, g_strdup (rn_tree_path (tree, i) + strlen (folder)), g_bytes_new (bytes->str, bytes->len));
	}
	return TRUE;
}

/* The preview's own files and words are those of the program: a site that cannot be read must not be able to break them. */
static gboolean load_own (RnPreview *preview, GError **error)
{
	static const char *const roots[] = { "layouts", NULL };
	g_autoptr (RnTree) tree = rn_tree_open_work (preview->options->press.share, roots, NULL, NULL, error);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	if (!tree || !load_folder (tree, "layouts/preview/", preview->assets, error) || !load_folder (tree, "layouts/cms/", preview->cms_assets, error))
		return FALSE;
	preview->plain = rn_language_new (preview->arena, "und", 0, rn_site_yaml (tree, "layouts/lang/und.yaml", preview->arena, sink), NULL, NULL);
	return TRUE;
}

static gboolean on_end (gpointer loop)
{
	g_main_loop_quit (loop);
	return G_SOURCE_CONTINUE;
}

static gboolean serve (RnPreview *preview, GError **error)
{
	const RnPreviewOptions *options = preview->options;
	if (!(preview->server = rn_server_new (preview, error)))
		return FALSE;
	if (options->listening)
		options->listening (options);
	const guint jobs = options->press.jobs ? options->press.jobs : MIN (g_get_num_processors () + 1, 8);
	preview->makers = g_thread_pool_new (rn_answer_make, preview, (gint) jobs, FALSE, NULL);
	if (!load_own (preview, error))
		return FALSE;
	preview->events = rn_events_new (preview);
	preview->cms = options->cms ? rn_cms_new (preview) : NULL;
	preview->reload = rn_reload_new (preview);
	rn_server_start (preview->server);
	/* Whoever has read the address may end it. */
	const guint ends[] = { g_unix_signal_add (SIGINT, on_end, preview->loop), g_unix_signal_add (SIGTERM, on_end, preview->loop) };
	if (options->ready)
		options->ready (options->user, preview->address, preview->shown != NULL);
	g_main_loop_run (preview->loop);
	g_source_remove (ends[0]);
	g_source_remove (ends[1]);
	return TRUE;
}

static void clear (RnPreview *preview)
{
	rn_server_free (preview->server);
	/* What is closed lets go of its connections in the next rounds. */
	while (g_main_context_iteration (NULL, FALSE))
		;
	rn_events_free (preview->events);
	rn_reload_free (preview->reload);
	if (preview->makers)
		g_thread_pool_free (preview->makers, FALSE, TRUE);
	g_queue_free (preview->waiting);
	rn_kept_free (preview->kept);
	rn_shown_unref (preview->shown);
	rn_told_unref (preview->fault);
	rn_told_unref (preview->judged);
	rn_cms_free (preview->cms);
	g_hash_table_unref (preview->assets);
	g_hash_table_unref (preview->cms_assets);
	if (preview->plain)
		rn_language_free (preview->plain);
	rn_arena_free (preview->arena);
	g_main_loop_unref (preview->loop);
	g_free (preview->bound);
	g_free (preview->address);
	g_free (preview);
	g_main_context_release (NULL);
}

gboolean rn_preview_run (const RnPreviewOptions *options, gboolean *busy, GError **error)
{
	RnPreview *preview = g_new0 (RnPreview, 1);
	/* Else a thread that comes back when the loop has ended would go on in this one's place. */
	g_main_context_acquire (NULL);
	*preview = (RnPreview) { .options = options, .loop = g_main_loop_new (NULL, FALSE), .kept = rn_kept_new (), .waiting = g_queue_new (), .arena = rn_arena_new (0),
		.assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref),
		.cms_assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref),
		.bound = g_strdup (options->bind ? options->bind : "127.0.0.1") };
	const gboolean fine = serve (preview, error);
	*busy = preview->working > 0;
	/* Threads that are still at work hold all of this: the system takes it back. */
	if (!*busy)
		clear (preview);
	return fine;
}
