/* shown.c - loads a site and keeps it for as long as somebody makes something of it. */
#include "preview/shown-int.h"
#include "markdown/parse.h"

#include <malloc.h>
#include <string.h>

static void note_pages (RnShown *shown)
{
	const RnPages *pages = rn_library_pages (shown->from.library);
	shown->aliases = g_hash_table_new (g_str_hash, g_str_equal);
	shown->by_file = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < pages->n; i++) {
		RnPage *page = pages->items[i];
		if (page->file && !page->text && !page->fallback && page->kind != RN_PAGE_PART && page->slice <= 1)
			g_hash_table_insert (shown->by_file, (gpointer) page->file, page);
		for (guint k = 0; page->aliases && page->aliases[k] && page->slice <= 1; k++)
			g_hash_table_insert (shown->aliases, (gpointer) page->aliases[k], page);
	}
}

/* What renderers share. What is wrong with a picture is told by the check of the whole site, not each time that one is shown. */
static gboolean open_makers (RnShown *shown, GError **error)
{
	RnOpened *from = &shown->from;
	shown->images = rn_images_new (from->site, from->cache, NULL, NULL, NULL);
	shown->structured = rn_structured_new (from->library, shown->sink);
	shown->drawn = rn_drawn_new (from->library, from->assets, from->cache, shown->sink);
	return !rn_opened_shares (from) || (shown->share = rn_share_new (from->library, NULL, FALSE, error)) != NULL;
}

static void free_shown (RnShown *shown)
{
	g_ptr_array_unref (shown->idle);
	rn_share_free (shown->share);
	rn_images_free (shown->images);
	rn_structured_free (shown->structured);
	rn_drawn_free (shown->drawn);
	if (shown->aliases) {
		g_hash_table_unref (shown->aliases);
		g_hash_table_unref (shown->by_file);
	}
	rn_opened_clear (&shown->from);
	rn_told_unref (shown->told);
	rn_diagnostics_free (shown->sink);
	g_mutex_clear (&shown->lock);
	g_free (shown);
	/* A library is many megabytes in small pieces: without this the C library keeps them all after a day of saving. */
	malloc_trim (0);
}

static void free_renderer (gpointer data)
{
	RnRenderer *renderer = data;
	RnRenderWith *with = (RnRenderWith *) renderer->with;
	rn_renderer_free (renderer);
	rn_diagnostics_free (with->sink);
	g_free (with);
}

RnShown *rn_shown_open (const RnPressOptions *options, RnTold **told)
{
	RnShown *shown = g_new0 (RnShown, 1);
	g_autoptr (GError) error = NULL;
	*told = NULL;
	rn_markdown_init ();
	shown->references = 1;
	shown->options = *options;
	shown->sink = rn_diagnostics_new ();
	shown->from = (RnOpened) { .options = &shown->options, .sink = shown->sink };
	shown->idle = g_ptr_array_new_with_free_func (free_renderer);
	g_mutex_init (&shown->lock);
	const gboolean fine = rn_opened_sources (&shown->from, &error) && rn_opened_history (&shown->from, &error) && rn_opened_site (&shown->from, &error) &&
	                      rn_opened_library (&shown->from, NULL, &error) && open_makers (shown, &error) &&
	                      rn_tree_sound (shown->from.tree, &error) && rn_tree_sound (shown->from.shipped, &error);
	if (fine) {
		note_pages (shown);
		shown->told = rn_told_new (shown->sink, NULL, options->dir, options->share);
		return shown;
	}
	*told = rn_told_new (shown->sink, error, options->dir, options->share);
	free_shown (shown);
	return NULL;
}

RnShown *rn_shown_ref (RnShown *shown)
{
	if (shown)
		g_atomic_int_inc (&shown->references);
	return shown;
}

void rn_shown_unref (RnShown *shown)
{
	if (shown && g_atomic_int_dec_and_test (&shown->references))
		free_shown (shown);
}

const RnPage *rn_shown_at (const RnShown *shown, const char *url)
{
	static const char leaf[] = "/index.html";
	const RnPage *page = rn_library_at (shown->from.library, url);
	if (page || !g_str_has_suffix (url, leaf))
		return page;
	g_autofree char *folder = g_strndup (url, strlen (url) - strlen (leaf) + 1);
	return rn_library_at (shown->from.library, folder);
}
