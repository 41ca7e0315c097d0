/* pass.c - workers, each with its Lua host and its parser; books first, then the site's maps, assets, pages with their companions; and then media. */
#include "press/pass.h"
#include "base/workers.h"
#include "markdown/pieces.h"
#include "press/anchors.h"
#include "press/media.h"
#include "press/renderer.h"
#include "site/extras.h"
#include "site/feeds.h"
#include "site/sitemap.h"

#include <string.h>

typedef struct { const RnPage *page; RnPlace where; char *message; gboolean syntax; } Failure;

typedef struct {
	RnPass *pass;
	const RnSite *site;
	const RnPages *pages;
	RnAnchors *anchors;
	RnRenderWith with;       /* for every worker's renderer */
	RnStructured *structured; /* NULL: none is made */
	RnDrawn *drawn;          /* NULL: no site is made */
	GArray *media;
	RnImages *images;        /* NULL: no site is made */
	guint books, n_drawn, n_assets, sitemaps;
	guint8 *passed_over;     /* by page: its layout is tried with another page; NULL: all are made */
	GMutex lock;             /* over what follows, pass->broken and pass->printed */
	GArray *failures;        /* Failure: layouts that stopped */
} Run;

typedef struct {
	Run *run;
	RnRenderer *renderer;
	RnIndexer *indexer;      /* NULL: no index is made */
	GString *html, *path;    /* html: the renderer's */
} Worker;

static gpointer open_worker (gpointer shared, GError **error)
{
	Run *run = shared;
	Worker *worker = g_new0 (Worker, 1);
	(void) error;
	worker->run = run;
	worker->renderer = rn_renderer_new (&run->with);
	worker->indexer = run->pass->index ? rn_indexer_new (run->pass->index) : NULL;
	worker->html = worker->renderer->html;
	worker->path = g_string_sized_new (256);
	return worker;
}

static void close_worker (gpointer state, gpointer shared)
{
	Worker *worker = state;
	(void) shared;
	rn_indexer_free (worker->indexer);
	rn_renderer_free (worker->renderer);
	g_string_free (worker->path, TRUE);
	g_free (worker);
}

/* --- a page --------------------------------------------------------------------------------------------------------------- */

static void mark_broken (Run *run, const RnPage *page)
{
	g_mutex_lock (&run->lock);
	g_hash_table_add (run->pass->broken, rn_page_origin (page));
	g_mutex_unlock (&run->lock);
}

/* Splits "layouts/page.html:12: what" into its parts. A budget ends one page: what it was used up by may be that page's own length. */
static void note_failure (Run *run, const RnPage *page, const GError *error)
{
	const gboolean of_page = g_error_matches (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_RUN) || g_error_matches (error, RN_SCRIPT_ERROR, RN_SCRIPT_ERROR_BUDGET);
	Failure failure = { .page = page, .syntax = !of_page };
	g_auto (GStrv) parts = g_strsplit (error->message, ":", 3);
	guint64 line = 0;
	if (g_strv_length (parts) == 3 && g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT32, &line, NULL)) {
		failure.where = RN_PLACE (rn_diagnostics_intern (run->pass->sink, parts[0]), line, 1);
		failure.message = g_strdup (g_strchug (parts[2]));
	} else {
		failure.message = g_strdup (error->message);
	}
	g_mutex_lock (&run->lock);
	g_array_append_val (run->failures, failure);
	g_mutex_unlock (&run->lock);
}

static gboolean put (Worker *worker, const char *path, const GString *bytes, GError **error)
{
	RnAtomicTree *out = worker->run->pass->out;
	return !out || rn_atomic_tree_put (out, path, bytes->str, bytes->len, error);
}

static gboolean make_companions (Worker *worker, const RnPage *page, GError **error)
{
	Run *run = worker->run;
	if (!run->pass->out)
		return TRUE;
	if (rn_feed_wanted (page)) {
		rn_feed_make (run->pass->library, page, worker->html);
		g_string_printf (worker->path, "site%sfeed.xml", page->url);
		if (!put (worker, worker->path->str, worker->html, error))
			return FALSE;
	}
	for (guint i = 0; page->aliases && page->aliases[i] && page->slice <= 1; i++) {
		const char *alias = page->aliases[i];
		rn_redirect_make (run->pass->library, page, alias, worker->html);
		g_string_printf (worker->path, "site%s%s", alias, g_str_has_suffix (alias, "/") ? "index.html" : "");
		if (!put (worker, worker->path->str, worker->html, error))
			return FALSE;
	}
	return TRUE;
}

/* A layout of copies that fails is told. */
static gboolean share_page (Worker *worker, const RnPage *page, const RnDocument *document, GError **error)
{
	g_autoptr (GError) why = NULL;
	const gboolean fine = rn_renderer_share (worker->renderer, page, document, &why, error);
	if (why)
		note_failure (worker->run, page, why);
	return fine;
}

/* A page with its document, NULL where it has no body, goes to the site. */
static gboolean put_page (Worker *worker, const RnPage *page, const RnDocument *document, GError **error)
{
	g_autoptr (GError) why = NULL;
	if (worker->renderer->sharer && rn_share_is_list (page))
		return TRUE; /* it comes when all is there to be listed */
	if (worker->run->passed_over && worker->run->passed_over[rn_library_index (worker->run->pass->library, page)])
		return TRUE;
	if (!rn_page_make (worker->renderer->maker, page, document, worker->html, &why)) {
		note_failure (worker->run, page, why);
		return TRUE;
	}
	g_string_assign (worker->path, "site/");
	rn_page_file (page, worker->path);
	return put (worker, worker->path->str, worker->html, error);
}

/* A page of the text whose tree is at hand, with its piece of it. */
static gboolean make_piece (Worker *worker, const RnPage *page, const RnDocument *document, GError **error)
{
	guint index = (guint) rn_library_index (worker->run->pass->library, page);
	if (worker->indexer && !rn_indexer_take (worker->indexer, index, document, error))
		return FALSE;
	return !worker->run->pass->site || put_page (worker, page, document, error);
}

/* Neither PAGE nor what is below it is in the index. */
static gboolean pass_pages (Worker *worker, const RnPage *page, GError **error)
{
	const RnLibrary *library = worker->run->pass->library;
	for (guint i = 0; page->split && i < page->split->parts.n; i++)
		if (!rn_indexer_pass (worker->indexer, (guint) rn_library_index (library, page->split->parts.items[i]), error))
			return FALSE;
	return rn_indexer_pass (worker->indexer, (guint) rn_library_index (library, page), error)
		&& (!page->split || rn_indexer_pass (worker->indexer, (guint) rn_library_index (library, page->split->whole), error));
}

/* The pages of a text that is shown in pieces, from one tree. */
static gboolean make_pieces (Worker *worker, const RnPage *first, const RnDocument *document, GError **error)
{
	const RnSplit *split = first->split;
	const RnCut *cuts = split->plan->cuts;
	const guint n = split->parts.n;
	g_autoptr (RnPieces) pieces = rn_pieces_new (document);
	for (guint i = 0; i <= n; i++) {
		const RnDocument *piece = rn_pieces_next (pieces, i < n ? cuts[i].line : 0, i ? cuts[i - 1].level : 0);
		if (!make_piece (worker, i ? split->parts.items[i - 1] : first, piece, error))
			return FALSE;
	}
	return make_piece (worker, split->whole, document, error);
}

/* PAGE's document was just parsed: worker->renderer->text still has the file. */
static void proofread (Worker *worker, const RnPage *page, const RnDocument *document)
{
	const char *text = page->text ? page->text : worker->renderer->text->str + page->body;
	rn_proof_page (worker->run->pass->proof, page, document, text, page->text ? page->text_len : worker->renderer->text->len - page->body, page->body_line);
}

static gboolean make_page (Worker *worker, guint index, GError **error)
{
	Run *run = worker->run;
	const RnPage *page = run->pages->items[index];
	const RnDocument *document = NULL;
	if (page->kind == RN_PAGE_PART)
		return TRUE; /* it is made with its text's own page */
	if (rn_renderer_has_body (page)) {
		document = rn_renderer_parse (worker->renderer, page);
		if (!document) {
			mark_broken (run, page);
			if (worker->renderer->sharer && !rn_sharer_take (worker->renderer->sharer, page, NULL, error))
				return FALSE;
			return !worker->indexer || pass_pages (worker, page, error);
		}
		if (run->pass->site || run->pass->read)
			rn_anchors_note (run->anchors, index, document);
		if (run->pass->proof)
			proofread (worker, page, document);
	}
	if (run->pass->read)
		return TRUE;
	if (run->pass->site && !share_page (worker, page, document, error))
		return FALSE;
	if (page->split)
		return make_pieces (worker, page, document, error) && (!run->pass->site || make_companions (worker, page, error));
	if (worker->indexer && !rn_indexer_take (worker->indexer, index, document, error))
		return FALSE;
	return !run->pass->site || (put_page (worker, page, document, error) && make_companions (worker, page, error));
}

/* --- what belongs to the site beside its pages -------------------------------------------------------------------------- */

static gboolean make_drawn (Worker *worker, guint index, GError **error)
{
	const char *url = rn_drawn_make (worker->run->drawn, index, worker->html);
	if (!url)
		return TRUE;
	g_string_printf (worker->path, "site%s", url);
	return put (worker, worker->path->str, worker->html, error);
}

static gboolean make_asset (Worker *worker, guint index, GError **error)
{
	guint n;
	const RnAsset *asset = &rn_assets_all (worker->run->pass->assets, &n)[index];
	gsize len;
	const char *data = g_bytes_get_data (asset->data, &len);
	g_autofree char *path = g_strconcat ("site", asset->url, NULL);
	return !worker->run->pass->out || rn_atomic_tree_put (worker->run->pass->out, path, data ? data : "", len, error);
}

static gboolean make_sitemap (Worker *worker, guint part, GError **error)
{
	rn_sitemap_make (worker->run->pass->library, part, worker->html);
	if (!part || worker->run->sitemaps == 1)
		g_string_assign (worker->path, "site/sitemap.xml");
	else
		g_string_printf (worker->path, "site/sitemap-%u.xml", part);
	return put (worker, worker->path->str, worker->html, error);
}

static gboolean make_small (Worker *worker, GError **error)
{
	const RnPass *pass = worker->run->pass;
	const RnSite *site = worker->run->site;
	rn_robots_make (pass->library, worker->html);
	if (!put (worker, "site/robots.txt", worker->html, error))
		return FALSE;
	if (rn_security_make (pass->library, pass->sink, worker->html) && !put (worker, "site/.well-known/security.txt", worker->html, error))
		return FALSE;
	for (guint i = 0; i < site->n_languages; i++) {
		rn_manifest_make (pass->library, site->languages[i], pass->assets, worker->run->drawn, pass->sink, worker->html);
		g_string_printf (worker->path, "site/%s/manifest.webmanifest", site->languages[i]->code);
		if (!put (worker, worker->path->str, worker->html, error))
			return FALSE;
	}
	return TRUE;
}

/* --- books -------------------------------------------------------------------------------------------------------------------- */

static const RnDocument *parse_again (gpointer user, const RnPage *page)
{
	Worker *worker = user;
	return rn_renderer_has_body (page) ? rn_renderer_parse (worker->renderer, page) : NULL;
}

/* A page that cannot be read is broken for a book too, also where no site is made. */
static const RnDocument *parse_for_print (gpointer user, const RnPage *page)
{
	const RnDocument *document = parse_again (user, page);
	if (!document && rn_renderer_has_body (page))
		mark_broken (((Worker *) user)->run, page);
	return document;
}

static gboolean put_printed (gpointer user, const char *name, const char *data, gsize len, guint pages, GError **error)
{
	Worker *worker = user;
	RnPass *pass = worker->run->pass;
	g_string_printf (worker->path, "print/%s", name);
	g_mutex_lock (&worker->run->lock);
	g_array_append_vals (pass->printed, &(RnPrinted) { g_strdup (name), pages, len }, 1);
	g_mutex_unlock (&worker->run->lock);
	return rn_atomic_tree_put (pass->out, worker->path->str, data, len, error);
}

static gboolean make_book (Worker *worker, guint index, GError **error)
{
	RnPass *pass = worker->run->pass;
	return rn_print_make (pass->print, index, parse_for_print, worker, pass->out ? put_printed : NULL, worker, pass->sink, NULL, error);
}

/* Items: books, and the other large things that are not pages, first, so that no worker begins one at the end; then pages. Without a site: books and pages. */
static gboolean make_item (gpointer state, guint index, gpointer shared, GError **error)
{
	Worker *worker = state;
	Run *run = shared;
	if (index < run->books)
		return make_book (worker, index, error);
	index -= run->books;
	if (!run->pass->site)
		return make_page (worker, index, error);
	if (index < run->n_drawn)
		return make_drawn (worker, index, error);
	index -= run->n_drawn;
	guint maps = run->sitemaps + (run->sitemaps > 1);
	if (index < maps)
		return make_sitemap (worker, run->sitemaps > 1 ? index : 1, error);
	index -= maps;
	if (index < run->n_assets)
		return make_asset (worker, index, error);
	index -= run->n_assets;
	if (!index--)
		return make_small (worker, error);
	return make_page (worker, index, error);
}

/* --- files of the content: which of them readers may have, the pages have told -------------------------------------------- */

static gpointer open_text (gpointer shared, GError **error)
{
	(void) shared;
	(void) error;
	return g_string_sized_new (65536);
}

static void close_text (gpointer text, gpointer shared)
{
	(void) shared;
	g_string_free (text, TRUE);
}

static gboolean put_media (gpointer text, guint index, gpointer shared, GError **error)
{
	Run *run = shared;
	guint file = g_array_index (run->media, guint, index);
	return !rn_images_wanted (run->images, file) || rn_media_put (run->site, file, run->pass->out, text, run->pass->sink, error);
}

static gboolean put_all_media (Run *run, GError **error)
{
	rn_drawn_finish (run->drawn);
	return rn_images_finish (run->images, error) &&
	       (!run->pass->out || rn_workers_run (run->pass->jobs, run->media->len, open_text, put_media, close_text, run, NULL, error));
}

static gboolean put_picture (gpointer out, const char *path, const char *data, gsize len, GError **error)
{
	return rn_atomic_tree_put (out, path, data, len, error);
}

/* --- after all pages -------------------------------------------------------------------------------------------------- */

static int by_place (gconstpointer left, gconstpointer right)
{
	const Failure *a = left, *b = right;
	int order = g_strcmp0 (a->where.file, b->where.file);
	if (!order)
		order = a->where.line < b->where.line ? -1 : a->where.line > b->where.line;
	if (!order)
		order = strcmp (a->message, b->message);
	return order ? order : strcmp (a->page->url, b->page->url);
}

/* A layout's fault is told once, with the first page that met it. Few pages go without; many, and the edition does not appear. */
static void settle_failures (Run *run)
{
	GArray *failures = run->failures;
	g_array_sort (failures, by_place);
	run->pass->layouts_failed = failures->len > 10 && failures->len > run->pages->n / 10;
	for (guint i = 0; i < failures->len; i++) {
		const Failure *failure = &g_array_index (failures, Failure, i), *before = i ? failure - 1 : NULL;
		if (!before || g_strcmp0 (before->where.file, failure->where.file) || before->where.line != failure->where.line || strcmp (before->message, failure->message))
			rn_diagnose (run->pass->sink, failure->syntax ? RN_D_LAYOUT_SYNTAX : RN_D_LAYOUT_ERROR, failure->where, failure->message,
			             failure->syntax ? "" : failure->page->url);
		if (failure->syntax || failure->page->kind != RN_PAGE_CONTENT || !failure->page->file)
			run->pass->layouts_failed = TRUE;
		else
			g_hash_table_add (run->pass->broken, rn_page_origin (failure->page));
	}
}

guint rn_pass_items (const RnPass *pass)
{
	return (pass->print ? rn_print_jobs (pass->print) : 0) + (pass->site || pass->index || pass->read ? rn_library_pages (pass->library)->n : 0);
}

/* How many items the site is. */
static guint site_items (Run *run)
{
	run->media = rn_media_list (run->pass->library, run->pass->sink);
	run->images = rn_images_new (run->site, run->pass->cache, run->pass->out ? put_picture : NULL, run->pass->out, run->pass->sink);
	run->structured = rn_structured_new (run->pass->library, run->pass->sink);
	run->drawn = rn_drawn_new (run->pass->library, run->pass->assets, run->pass->cache, run->pass->sink);
	run->n_drawn = rn_drawn_count (run->drawn);
	rn_assets_all (run->pass->assets, &run->n_assets);
	run->sitemaps = rn_sitemap_parts (run->pass->library);
	return run->n_drawn + run->sitemaps + (run->sitemaps > 1) + run->n_assets + 1 + run->pages->n;
}

/*
 * Where pages are made to be proofread alone, a list that has no words of its own shows of its layout what the first of its kind does: a large site has as many lists as
 * pages, and they are the longest.
 */
static guint8 *alike_lists (const RnPages *pages)
{
	g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	guint8 *passed_over = g_new0 (guint8, pages->n);
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		const gboolean list = page->kind == RN_PAGE_TAG || page->kind == RN_PAGE_AUDIENCE || page->slice > 1;
		passed_over[i] = list && !g_hash_table_add (seen, g_strdup_printf ("%d %s %s %d", (int) page->kind, page->language->code, page->type->name, page->slice > 1));
	}
	return passed_over;
}

gboolean rn_pass_run (RnPass *pass, GError **error)
{
	Run run = { .pass = pass, .site = rn_library_site (pass->library), .pages = rn_library_pages (pass->library) };
	run.anchors = rn_anchors_new (pass->library, pass->site || pass->read ? run.pages->n : 0);
	run.books = pass->print ? rn_print_jobs (pass->print) : 0;
	run.failures = g_array_new (FALSE, TRUE, sizeof (Failure));
	g_mutex_init (&run.lock);
	guint items = run.books + (pass->site ? site_items (&run) : pass->index || pass->read ? run.pages->n : 0);
	run.passed_over = pass->proof && !pass->out ? alike_lists (run.pages) : NULL;
	run.with = (RnRenderWith) { pass->library, pass->assets, run.images, run.structured, run.drawn, pass->share, pass->stops, pass->sink };
	gboolean fine = rn_workers_run_uneven (pass->jobs, run.books + run.n_drawn, items, open_worker, make_item, close_worker, &run, pass->done, error);
	if (fine && (pass->site || pass->read)) {
		Worker *worker = open_worker (&run, NULL);
		settle_failures (&run);
		rn_anchors_check (run.anchors, parse_again, worker, pass->sink);
		close_worker (worker, &run);
	}
	fine = fine && (!pass->site || put_all_media (&run, error));
	for (guint i = 0; i < run.failures->len; i++)
		g_free (g_array_index (run.failures, Failure, i).message);
	g_array_unref (run.failures);
	g_free (run.passed_over);
	if (run.media)
		g_array_unref (run.media);
	rn_images_free (run.images);
	rn_anchors_free (run.anchors);
	rn_structured_free (run.structured);
	rn_drawn_free (run.drawn);
	g_mutex_clear (&run.lock);
	return fine;
}
