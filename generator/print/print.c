/*
 * print.c - jobs, each a book: composed until its page numbers hold, imposed, written in every form that its product asks for.
 *
 * A job shares nothing with another but what is read-only: products, faces, hyphenations, the library.
 */
#include "print/print.h"
#include "print/job.h"
#include "print/pdf.h"

#include <string.h>

#define SETTINGS 4     /* a book is set anew while its page numbers need more digits than it has left room for */
#define SHORT_ID 7

typedef struct { const RnProduct *product; const RnLanguage *language; } Job;   /* language: the first of several */

struct RnPrint {
	const RnLibrary *library;
	RnProducts *products;
	GArray *jobs;          /* Job */
	gint64 time;
	char edition[SHORT_ID + 1];
};

typedef struct {
	RnPrint *print;
	const Job *job;
	RnComposer composer;
	RnPictures *pictures;
	RnBook *book;
	RnImposition *imposition;
	char *name;            /* "booklet.tg" */
	GArray *files;         /* RnJobFile: what was written so far, for the ticket */
	RnPrintPut put;
	gpointer put_user;
} Making;

/* --- jobs --------------------------------------------------------------------------------------------------------------------- */

/* Without its jobs. */
static RnPrint *new_print (const RnLibrary *library, const char *const *names, gint64 clock, RnDiagnostics *sink)
{
	RnPrint *print = g_new0 (RnPrint, 1);
	const RnTree *tree = rn_library_site (library)->tree;
	const char *commit = rn_tree_commit (tree);
	print->library = library;
	print->products = rn_products_new (library, names, sink);
	print->jobs = g_array_new (FALSE, FALSE, sizeof (Job));
	print->time = rn_tree_commit_time (tree);
	if (!print->time)
		print->time = rn_library_edition_time (library);
	if (!print->time)
		print->time = clock;
	g_strlcpy (print->edition, commit ? commit : "", sizeof print->edition);
	return print;
}

RnPrint *rn_print_new (const RnLibrary *library, const char *const *names, gint64 clock, RnDiagnostics *sink)
{
	RnPrint *print = new_print (library, names, clock, sink);
	for (guint i = 0; i < rn_products_count (print->products); i++) {
		const RnProduct *product = rn_products_nth (print->products, i);
		for (guint k = 0; k < (product->together ? 1 : product->n_languages); k++)
			g_array_append_vals (print->jobs, &(Job) { product, product->languages[k] }, 1);
	}
	return print;
}

RnPrint *rn_print_new_page (const RnLibrary *library, const RnPage *page, RnDiagnostics *sink)
{
	RnPrint *print = new_print (library, (const char *const[]) { RN_PRINT_PAGE, NULL }, 0, sink);
	/* The products are this print's own. */
	RnProduct *product = rn_products_count (print->products) ? (RnProduct *) rn_products_nth (print->products, 0) : NULL;
	if (!product || page->kind != RN_PAGE_CONTENT)
		return print;
	product->only = page;
	g_array_append_vals (print->jobs, &(Job) { product, page->language }, 1);
	return print;
}

void rn_print_free (RnPrint *print)
{
	if (!print)
		return;
	rn_products_free (print->products);
	g_array_unref (print->jobs);
	g_free (print);
}

guint rn_print_jobs (const RnPrint *print)
{
	return print->jobs->len;
}

const GPtrArray *rn_print_folders (const RnPrint *print)
{
	return rn_products_folders (print->products);
}

char *rn_print_product_of (const char *name)
{
	return g_strndup (name, strcspn (name, "."));
}

static char *job_name (const Job *job)
{
	GString *name = g_string_new (job->product->name);
	for (guint i = 0; i < (job->product->together ? job->product->n_languages : 1); i++) {
		g_string_append_c (name, i ? '-' : '.');
		g_string_append (name, job->product->together ? job->product->languages[i]->code : job->language->code);
	}
	return g_string_free (name, FALSE);
}

/* --- composing ---------------------------------------------------------------------------------------------------------------- */

static GHashTable *pages_of (const Making *making)
{
	const RnProduct *product = making->job->product;
	RnCompose compose = rn_composer_of (product->kind);
	/* Cards and posters show a few words of their pages: no link leads into them. */
	if (compose == rn_compose_cards || compose == rn_compose_poster)
		return NULL;
	GHashTable *set = g_hash_table_new (NULL, NULL);
	for (guint i = 0; i < (product->together ? product->n_languages : 1); i++) {
		const RnLanguage *language = product->together ? product->languages[i] : making->job->language;
		g_autoptr (GPtrArray) pages = rn_product_pages (product, making->print->library, language, NULL);
		for (guint k = 0; k < pages->len; k++)
			g_hash_table_add (set, pages->pdata[k]);
	}
	return set;
}

/* Is a page of the book not as the commit has it? Then the edition is marked. */
static gboolean is_changed (GHashTable *pages)
{
	GHashTableIter iter;
	gpointer page;
	if (!pages)
		return FALSE;
	g_hash_table_iter_init (&iter, pages);
	while (g_hash_table_iter_next (&iter, &page, NULL)) {
		const RnPage *text = ((const RnPage *) page)->fallback ? ((const RnPage *) page)->fallback : page;
		if (text->history && text->history->uncommitted)
			return TRUE;
	}
	return FALSE;
}

static const char *text_of (const Making *making, const char *path)
{
	const char *text = rn_site_text (making->composer.setter.site, rn_product_get (making->job->product, path), making->job->language);
	return text && *text ? text : NULL;
}

static void describe (Making *making, RnBook *book)
{
	const RnSite *site = making->composer.setter.site;
	const RnLanguage *language = making->job->language;
	const char *title = text_of (making, "title"), *author = text_of (making, "publisher");
	const char *subject = rn_site_text (site, rn_value_get (site->config, "description"), language);
	if (!title)
		title = text_of (making, "cover.title");
	if (!title)
		title = rn_site_text (site, site->title, language);
	if (!title)
		title = rn_library_home (making->print->library, language)->title;
	if (!author)
		author = rn_site_text (site, rn_value_get (site->config, "publisher"), language);
	book->title = title;
	book->subject = subject ? subject : "";
	book->author = author ? author : "";
	book->time = making->print->time;
	book->edition = rn_arena_printf (book->arena, "%s%s", making->print->edition,
	                                 *making->print->edition && is_changed (making->composer.setter.in_book) ? "+" : "");
}

static void clear_book (Making *making)
{
	rn_pictures_free (making->pictures);
	rn_book_free (making->book);
	making->pictures = NULL;
	making->book = NULL;
}

/* The next setting finds the words that this one has shaped. */
static RnBook *next_book (Making *making)
{
	RnFonts *fonts = making->book ? g_steal_pointer (&making->book->fonts) : NULL;
	clear_book (making);
	RnBook *book = rn_book_new (making->job->language->code);
	if (fonts) {
		rn_fonts_free (book->fonts);
		book->fonts = fonts;
	}
	return book;
}

/* What the last setting told stands; of what an earlier one told of lines that are no more, nothing. */
static void tell (RnDiagnostics *from, RnDiagnostics *to)
{
	guint n;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (from, &n);
	for (guint i = 0; to && i < n; i++)
		rn_diagnostics_put (to, all[i]);
}

/* Sets the book, and anew while its page numbers need more room. FALSE: it cannot be made, told. */
static gboolean compose (Making *making)
{
	RnSetter *setter = &making->composer.setter;
	RnCompose run = rn_composer_of (setter->product->kind);
	/* Thirty pages may well fill a hundred sides: room for three digits spares a second setting, and lines close up where two are enough. */
	guint digits = setter->in_book && g_hash_table_size (setter->in_book) >= 30 ? 3 : 0;
	RnDiagnostics *sink = setter->sink;
	gboolean fine = TRUE, settled = FALSE;
	for (guint i = 0; i < SETTINGS && fine && !settled; i++) {
		g_autoptr (RnDiagnostics) told = rn_diagnostics_new ();
		setter->sink = told;
		making->book = setter->book = next_book (making);
		making->pictures = setter->pictures = rn_pictures_new (setter->book->arena);
		setter->styles = setter->product->styles;
		setter->language = making->job->language;
		setter->page = NULL;
		setter->note_number = 0;
		setter->called = NULL;
		setter->note_measure = 0;
		setter->book->page_number_digits = MAX (digits, setter->book->page_number_digits);
		describe (making, setter->book);
		fine = run && run (&making->composer) && setter->book->sides->len;
		settled = fine && rn_book_settle (setter->book);
		setter->sink = sink;
		if (settled || !fine || i + 1 == SETTINGS)
			tell (told, sink);
		digits = setter->book->page_number_digits;
	}
	return fine;
}

/* --- files -------------------------------------------------------------------------------------------------------------------- */

static void tell_failed (Making *making, const GError *why)
{
	const RnProduct *product = making->job->product;
	rn_diagnose (making->composer.setter.sink, RN_D_PRODUCT_BROKEN, product->where, product->name, why->message);
}

static gboolean put (Making *making, const char *ending, GString *bytes, guint pages, GError **error)
{
	g_autofree char *name = g_strdup_printf ("%s.%s", making->name, ending);
	gboolean fine = making->put (making->put_user, name, bytes->str, bytes->len, pages, error);
	g_array_append_vals (making->files, &(RnJobFile) { .name = g_steal_pointer (&name), .bytes = bytes }, 1);
	return fine;
}

static gboolean write_form (Making *making, RnPdf *pdf, RnPdfKind kind, const RnImposition *imposition, const char *ending, GError **error)
{
	GString *bytes = g_string_sized_new (1 << 17);
	rn_pdf_write (pdf, kind, &making->job->product->profile, imposition, bytes);
	return put (making, ending, bytes, imposition ? imposition->faces->len : making->book->sides->len, error);
}

static gboolean write_forms (Making *making, RnPdf *pdf, GError **error)
{
	return write_form (making, pdf, RN_PDF_SCREEN, NULL, "screen.pdf", error) && write_form (making, pdf, RN_PDF_PRINT, NULL, "print.pdf", error) &&
		(!making->imposition || write_form (making, pdf, RN_PDF_PRINT, making->imposition, "imposed.pdf", error)) &&
		(!making->job->product->archive || write_form (making, pdf, RN_PDF_ARCHIVE, NULL, "archive.pdf", error));
}

/* The ticket as a page: a small book of its own. */
static gboolean write_ticket_page (Making *making, const RnJobFile *files, guint n, GError **error)
{
	RnSetter *setter = &making->composer.setter;
	g_autoptr (GError) why = NULL;
	g_autoptr (RnBook) book = rn_job_book (setter->site, making->book, setter->product, making->job->language, making->imposition, files, n, setter->sink);
	RnPdf *pdf = rn_pdf_new (book, NULL, &why);
	if (!pdf) {
		tell_failed (making, why);
		return FALSE;
	}
	GString *bytes = g_string_sized_new (1 << 15);
	rn_pdf_write (pdf, RN_PDF_SCREEN, &setter->product->profile, NULL, bytes);
	rn_pdf_free (pdf);
	return put (making, "job.pdf", bytes, book->sides->len, error);
}

static gboolean write_ticket (Making *making, GError **error)
{
	guint n = making->files->len;
	g_autofree RnJobFile *files = g_memdup2 (making->files->data, n * sizeof (RnJobFile));
	for (guint i = 0; i < n; i++)
		rn_job_hash (&files[i]);
	g_autofree char *json = rn_job_json (making->book, making->job->product, making->job->language, making->imposition, files, n);
	return put (making, "job.json", g_string_new (json), 0, error) && write_ticket_page (making, files, n, error);
}

/* FALSE with ERROR: the disk; FALSE without: it was told. */
static gboolean write_all (Making *making, GError **error)
{
	g_autoptr (GError) why = NULL;
	RnPdf *pdf = rn_pdf_new (making->book, making->imposition, &why);
	if (!pdf) {
		tell_failed (making, why);
		return FALSE;
	}
	gboolean fine = write_forms (making, pdf, error) && write_ticket (making, error);
	rn_pdf_free (pdf);
	return fine;
}

/* --- one job ------------------------------------------------------------------------------------------------------------------ */

/* Lays the sides on sheets, before a file is made of the book. FALSE: they do not fit, told. */
static gboolean impose (Making *making)
{
	const RnProduct *product = making->job->product;
	const RnFace *face = product->styles.text[RN_STYLE_FOLIO].faces[RN_FACE_REGULAR];
	if (product->impose.scheme == RN_IMPOSE_NONE)
		return TRUE;
	g_autofree char *slug = g_strdup_printf ("%s%s%s", making->name, *making->book->edition ? " " : "", making->book->edition);
	making->imposition = rn_impose (making->book, product, slug, rn_fonts_get (making->book->fonts, face, RN_PT (6)), making->composer.setter.sink);
	return making->imposition != NULL;
}

static void making_clear (Making *making)
{
	for (guint i = 0; i < making->files->len; i++) {
		RnJobFile *file = &g_array_index (making->files, RnJobFile, i);
		g_free ((char *) file->name);
		g_string_free ((GString *) file->bytes, TRUE);
	}
	g_array_unref (making->files);
	if (making->imposition)
		rn_imposition_free (making->imposition);
	clear_book (making);
	if (making->composer.setter.in_book)
		g_hash_table_unref (making->composer.setter.in_book);
	g_hash_table_unref (making->composer.setter.quiet);
	g_free (making->name);
}

gboolean rn_print_make (RnPrint *print, guint i, RnPrintParse parse, gpointer parse_user, RnPrintPut put_file, gpointer put_user, RnDiagnostics *sink, guint *sides, GError **error)
{
	const Job *job = &g_array_index (print->jobs, Job, i);
	g_autoptr (GError) why = NULL;
	Making making = { .print = print, .job = job, .name = job_name (job), .files = g_array_new (FALSE, FALSE, sizeof (RnJobFile)), .put = put_file, .put_user = put_user };
	making.composer = (RnComposer) { .parse = parse, .parse_user = parse_user, .setter = { .library = print->library, .site = rn_library_site (print->library),
		.products = print->products, .product = job->product, .sink = sink, .quiet = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) } };
	making.composer.setter.in_book = pages_of (&making);
	/* Sheets that are too small are told; the single pages are made all the same. */
	if (compose (&making)) {
		impose (&making);
		if (sides)
			*sides += making.book->sides->len;
		if (put_file)
			write_all (&making, &why);
	}
	making_clear (&making);
	if (!why)
		return TRUE;
	g_propagate_error (error, g_steal_pointer (&why));
	return FALSE;
}
