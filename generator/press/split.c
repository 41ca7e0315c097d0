/* split.c - large files, over the cores -> plans; then the plans, in the order of pages, into the library. */
#include "press/split.h"
#include "base/workers.h"
#include "markdown/pieces.h"
#include "markdown/parse.h"

typedef struct { RnSplitPlan plan; guint32 too_large; } Found;

typedef struct {
	RnLibrary *library;
	GPtrArray *pages;
	Found *found;               /* by page */
	GMutex lock;                /* over arenas */
	GPtrArray *arenas;
} Run;

typedef struct { Run *run; RnMarkdown *markdown; RnArena *arena; GString *text; } Worker;

static gpointer open_worker (gpointer shared, GError **error)
{
	Run *run = shared;
	Worker *worker = g_new0 (Worker, 1);
	const RnMarkdownOptions options = { 0 };
	(void) error;
	/* What is wrong in a body is told when its page is made. */
	*worker = (Worker) { run, rn_markdown_new (NULL, &options, NULL), rn_arena_new (0), g_string_sized_new (65536) };
	g_mutex_lock (&run->lock);
	g_ptr_array_add (run->arenas, worker->arena);
	g_mutex_unlock (&run->lock);
	return worker;
}

static void close_worker (gpointer state, gpointer shared)
{
	Worker *worker = state;
	(void) shared;
	rn_markdown_free (worker->markdown);
	g_string_free (worker->text, TRUE);
	g_free (worker);
}

static gsize characters (const char *text, gsize len)
{
	gsize n = 0;
	for (gsize i = 0; i < len; i++)
		n += ((guchar) text[i] & 0xc0) != 0x80;
	return n;
}

static gboolean plan_one (gpointer state, guint index, gpointer shared, GError **error)
{
	Worker *worker = state;
	Run *run = shared;
	const RnPage *page = run->pages->pdata[index];
	const RnSite *site = rn_library_site (run->library);
	const gsize room = rn_split_room (site);
	Found *found = &run->found[index];
	(void) error;
	g_string_truncate (worker->text, 0);
	if (!page->text && (!rn_tree_read (site->tree, page->tree_index, 0, RN_MARKDOWN_MAX_BYTES, worker->text, NULL, NULL) || worker->text->len < page->body))
		return TRUE;
	const char *body = page->text ? page->text : worker->text->str + page->body;
	const gsize len = page->text ? page->text_len : worker->text->len - page->body;
	const RnDocument *document = characters (body, len) > room ? rn_markdown_parse (worker->markdown, page, body, len, page->body_line) : NULL;
	if (!document)
		return TRUE;
	found->too_large = rn_pieces_plan (document, room, worker->arena, &found->plan);
	return TRUE;
}

static void settle (Run *run, RnDiagnostics *sink)
{
	for (guint i = 0; i < run->pages->len; i++) {
		RnPage *page = run->pages->pdata[i];
		if (run->found[i].plan.n_cuts)
			rn_library_split (run->library, page, &run->found[i].plan);
		if (run->found[i].too_large)
			rn_diagnose (sink, RN_D_BODY_LONG, rn_page_place (page, run->found[i].too_large, 1));
	}
}

gboolean rn_split_run (RnLibrary *library, guint jobs, RnDiagnostics *sink, GError **error)
{
	g_autoptr (GPtrArray) pages = rn_library_long (library);
	if (!pages)
		return TRUE;
	g_autofree Found *found = g_new0 (Found, pages->len);
	g_autoptr (GPtrArray) arenas = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_arena_free);
	Run run = { .library = library, .pages = pages, .found = found, .arenas = arenas };
	g_mutex_init (&run.lock);
	gboolean fine = rn_workers_run (jobs, pages->len, open_worker, plan_one, close_worker, &run, NULL, error);
	g_mutex_clear (&run.lock);
	if (fine)
		settle (&run, sink);
	return fine;
}
