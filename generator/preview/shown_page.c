/* shown_page.c - one page made by a renderer that is idle, or by a new one; one that a fault was met with is thrown away with what it told. */
#include "preview/shown-int.h"
#include "markdown/pieces.h"
#include "print/print.h"

#include <string.h>

static RnRenderer *take (RnShown *shown)
{
	RnRenderer *renderer = NULL;
	g_mutex_lock (&shown->lock);
	if (shown->idle->len)
		renderer = g_ptr_array_steal_index_fast (shown->idle, shown->idle->len - 1);
	g_mutex_unlock (&shown->lock);
	if (!renderer) {
		RnRenderWith *with = g_new (RnRenderWith, 1);
		*with = (RnRenderWith) { shown->from.library, shown->from.assets, shown->images, shown->structured, shown->drawn, shown->share, NULL, rn_diagnostics_new () };
		renderer = rn_renderer_new (with);
	}
	rn_diagnostics_hold (renderer->with->sink);
	return renderer;
}

/* A renderer that has done its work forgets what it told, so that it does not grow. */
static void give_back (RnShown *shown, RnRenderer *renderer)
{
	rn_diagnostics_release (renderer->with->sink, FALSE);
	g_mutex_lock (&shown->lock);
	g_ptr_array_add (shown->idle, renderer);
	g_mutex_unlock (&shown->lock);
}

static void throw_away (RnRenderer *renderer)
{
	RnRenderWith *with = (RnRenderWith *) renderer->with;
	rn_renderer_free (renderer);
	rn_diagnostics_free (with->sink);
	g_free (with);
}

/* What RENDERER told, and why its layout stopped (NULL: it did not). */
static RnTold *told_of (const RnShown *shown, RnRenderer *renderer, const RnPage *page, const GError *why, gboolean *changed)
{
	RnDiagnostics *sink = renderer->with->sink;
	guint n;
	rn_diagnostics_release (sink, TRUE);
	if (why) {
		const char *message = why->message;
		const RnPlace where = rn_host_error_place (renderer->host, why, &message);
		const gboolean of_page = g_error_matches (why, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_RUN) || g_error_matches (why, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_BUDGET);
		rn_diagnose (sink, of_page ? RN_D_LAYOUT_ERROR : RN_D_LAYOUT_SYNTAX, where, message, of_page ? page->url : "");
	}
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	for (guint i = 0; i < n; i++)
		*changed = *changed || list[i]->id == RN_D_FILE_CHANGED || list[i]->id == RN_D_FILE_UNREADABLE;
	return rn_told_new (sink, NULL, shown->options.dir, shown->options.share);
}

/* --- a page ----------------------------------------------------------------------------------------------------------------- */

/* PAGE of the text whose tree is at hand: its own piece. */
static gboolean make_piece (RnRenderer *renderer, const RnPage *page, const RnDocument *document, GString *html, GError **error)
{
	const RnSplit *split = page->split;
	const RnCut *cuts = split->plan->cuts;
	const guint n = split->parts.n, wanted = page == split->first ? 0 : page == split->whole ? n + 1 : page->part;
	g_autoptr (RnPieces) pieces = wanted <= n ? rn_pieces_new (document) : NULL;
	for (guint i = 0; pieces && i <= wanted; i++)
		document = rn_pieces_next (pieces, i < n ? cuts[i].line : 0, i ? cuts[i - 1].level : 0);
	return rn_page_make (renderer->maker, page, document, html, error);
}

/* The page whose file has PAGE's text. */
static const RnPage *text_of (const RnPage *page)
{
	return page->split ? page->split->first : page;
}

static gboolean make (RnRenderer *renderer, const RnPage *page, GString *html, GError **error)
{
	const RnPage *text = text_of (page);
	const gboolean has_body = rn_renderer_has_body (text);
	const RnDocument *document = has_body ? rn_renderer_parse (renderer, text) : NULL;
	g_autoptr (GError) why = NULL;
	if (has_body && !document)
		return FALSE;
	if (!rn_renderer_share (renderer, text, document, &why, error))
		return FALSE;
	/* A layout of copies that fails stands in nobody's way here. */
	return page->split ? make_piece (renderer, page, document, html, error) : rn_page_make (renderer->maker, page, document, html, error);
}

/* Has everything been read that was asked for? What the system failed to give may be missing in pages without a word: all is loaded anew then, with its own renderers. */
static gboolean is_sound (const RnShown *shown, GError **error)
{
	return rn_tree_sound (shown->from.tree, error) && rn_tree_sound (shown->from.shipped, error);
}

gboolean rn_shown_page (RnShown *shown, const RnPage *page, GString *html, RnTold **told, gboolean *changed)
{
	RnRenderer *renderer = take (shown);
	g_autoptr (GError) why = NULL, trouble = NULL;
	const gboolean fine = make (renderer, page, html, &why), sound = is_sound (shown, &trouble);
	*told = NULL;
	*changed = !sound;
	if (fine && sound) {
		give_back (shown, renderer);
		return TRUE;
	}
	g_string_truncate (html, 0);
	*told = fine ? rn_told_new (renderer->with->sink, trouble, shown->options.dir, shown->options.share) : told_of (shown, renderer, page, why, changed);
	throw_away (renderer);
	return FALSE;
}

gboolean rn_shown_text (RnShown *shown, const RnPage *page, const GString *body, GString *html)
{
	RnRenderer *renderer = take (shown);
	const gboolean fine = rn_page_make_text (renderer->maker, page, body, html, NULL);
	if (fine)
		give_back (shown, renderer);
	else
		throw_away (renderer);
	return fine;
}

/* --- as it would be printed ------------------------------------------------------------------------------------------------- */

static const RnDocument *parse_for_print (gpointer user, const RnPage *page)
{
	return rn_renderer_has_body (page) ? rn_renderer_parse (user, page) : NULL;
}

static gboolean take_screen (gpointer out, const char *name, const char *data, gsize len, guint pages, GError **error)
{
	(void) pages;
	(void) error;
	if (g_str_has_suffix (name, ".screen.pdf"))
		g_string_append_len (out, data, (gssize) len);
	return TRUE;
}

gboolean rn_shown_print (RnShown *shown, const RnPage *page, GString *out, RnTold **told)
{
	RnRenderer *renderer = take (shown);
	RnDiagnostics *sink = renderer->with->sink;
	g_autoptr (RnPrint) print = rn_print_new_page (shown->from.library, text_of (page), sink);
	g_autoptr (GError) error = NULL;
	gboolean changed = FALSE;
	*told = NULL;
	g_string_truncate (out, 0);
	if (rn_print_jobs (print) && rn_print_make (print, 0, parse_for_print, renderer, take_screen, out, sink, NULL, &error) && out->len) {
		give_back (shown, renderer);
		return TRUE;
	}
	*told = told_of (shown, renderer, page, NULL, &changed);
	throw_away (renderer);
	return FALSE;
}
