/*
 * print_quality.c - how well text is set, in figures: the words of a site in two measures, by total fit and by first fit.
 *
 *   print_quality SITE SHARE      SITE: a folder with content/; SHARE: one with layouts/
 *
 * Paragraphs: every paragraph of the content, in the booklet's body style, justified and hyphenated; a paragraph's last line is not counted. Columns: the whole pages
 * with their headings, lists, tables and notes, made up into columns of 45 lines. tests/bench/README.md says how to read the table.
 */
#include "print/blocks-int.h"
#include "print/compose.h"
#include "print/makeup.h"
#include "print/paragraph.h"
#include "print/set.h"
#include "press/body.h"
#include "press/opened.h"

#include <stdio.h>

#define LINES 45

typedef struct {
	guint64 words, lines, spaces, wide, loose, ladders;   /* wide: over twice the normal; loose: lines over three times; ladders: hyphens in lines that follow one another */
	RnMakeupFaults faults;
} Figures;

typedef struct {
	RnTree *tree;
	RnLibrary *library;
	RnMarkdown *markdown;
	GString *body;
	RnSetter setter;
	RnTextStyle style;
	RnLength measure;
	Figures figures;
} Bench;

/* --- lines ---------------------------------------------------------------------------------------------------------------------- */

/* Counts the spaces of a line. Returns whether it ends with a hyphen that parts a word. */
static gboolean count_line (Figures *figures, const RnPiece *piece, gboolean counts)
{
	gint64 width = 0, normal = 0;
	gboolean hyphen = FALSE;
	guint spaces = 0, wide = 0;
	for (guint i = 0; i < piece->n_marks; i++) {
		const RnMark *mark = &piece->marks[i];
		for (guint k = 0; mark->kind == RN_MARK_TEXT && k < mark->text.n; k++) {
			const RnGlyph *glyph = &mark->text.glyphs[k];
			hyphen = glyph->flags & RN_GLYPH_SOFT_HYPHEN;
			if (!(glyph->flags & RN_GLYPH_SPACE) || (i + 1 == piece->n_marks && k + 1 == mark->text.n))
				continue;
			spaces++;
			wide += glyph->advance > 2 * mark->text.font->space;
			width += glyph->advance;
			normal += mark->text.font->space;
		}
	}
	figures->words += spaces + !hyphen;
	if (!counts)
		return hyphen;
	figures->lines++;
	figures->spaces += spaces;
	figures->wide += wide;
	figures->loose += width > 3 * normal;
	return hyphen;
}

static void set_paragraph (Bench *bench, const RnNode *node)
{
	RnTag *tag = rn_tag_new (&bench->setter.book->tags, bench->setter.book->root, RN_ROLE_P);
	RnGalley *galley = rn_galley_new (bench->setter.book->arena);
	RnParagraph *paragraph = rn_paragraph_new (&bench->setter, &bench->style, tag);
	gboolean before = FALSE;
	rn_paragraph_nodes (paragraph, node->first, 0);
	rn_paragraph_set (paragraph, galley, 0, bench->measure);
	for (guint i = 0; i < galley->pieces->len; i++) {
		const gboolean hyphen = count_line (&bench->figures, galley->pieces->pdata[i], i + 1 < galley->pieces->len);
		bench->figures.ladders += hyphen && before;
		before = hyphen;
	}
	rn_galley_free (galley);
}

static void set_paragraphs (Bench *bench, const RnNode *first)
{
	for (const RnNode *node = first; node; node = node->next)
		if (node->type == RN_NODE_PARAGRAPH)
			set_paragraph (bench, node);
		else if (node->type != RN_NODE_FOOTNOTE)
			set_paragraphs (bench, node->first);
}

/* --- columns -------------------------------------------------------------------------------------------------------------------- */

static RnLength column_height (gpointer user, guint column G_GNUC_UNUSED)
{
	const Bench *bench = user;
	return LINES * bench->style.leading;
}

static void set_columns (Bench *bench, const RnDocument *document, const RnPage *page)
{
	RnSetter *setter = &bench->setter;
	RnGalley *galley = rn_galley_new (setter->book->arena);
	RnBlocks blocks = { .setter = setter, .galley = galley, .measure = bench->measure, .column_height = column_height (bench, 0), .parent = setter->book->root,
		.body = &setter->styles.text[RN_STYLE_BODY] };
	rn_set_heading (&blocks, 1, page->title, "title");
	rn_set_document (&blocks, document);
	const RnMakeupRules rules = { .height = column_height, .user = bench, .grid = bench->style.leading, .note_gap = bench->style.leading, .columns = 1, .greedy = setter->greedy };
	g_autoptr (GArray) columns = rn_makeup (galley, &rules);
	const RnMakeupFaults faults = rn_makeup_faults (galley, columns);
	bench->figures.faults.columns += faults.columns;
	bench->figures.faults.widows += faults.widows;
	bench->figures.faults.orphans += faults.orphans;
	bench->figures.faults.stranded_headings += faults.stranded_headings;
	rn_galley_free (galley);
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------ */

static void set_page (Bench *bench, const RnPage *page)
{
	RnSetter *setter = &bench->setter;
	if (page->kind != RN_PAGE_CONTENT || page->language != setter->language)
		return;
	const RnDocument *document = rn_body_parse (bench->markdown, page, bench->tree, bench->body, setter->sink);
	if (!document)
		return;
	setter->page = page;
	setter->book = rn_book_new (setter->language->code);
	setter->pictures = rn_pictures_new (setter->book->arena);
	setter->note_number = 0;
	setter->called = NULL;
	set_paragraphs (bench, document->root->first);
	setter->note_number = 0;
	set_columns (bench, document, page);
	rn_pictures_free (setter->pictures);
	rn_book_free (setter->book);
}

static void report (const Bench *bench)
{
	const Figures *f = &bench->figures;
	printf ("%-4s %5d pt  %-9s %7" G_GUINT64_FORMAT " %7" G_GUINT64_FORMAT " %9.2f %% %9.2f %% %8" G_GUINT64_FORMAT " %9u %7u %8u %9u\n", bench->setter.language->code, bench->measure / 1000,
	        bench->setter.greedy ? "first fit" : "total fit", f->words, f->lines, 100.0 * (double) f->wide / (double) MAX (f->spaces, 1),
	        100.0 * (double) f->loose / (double) MAX (f->lines, 1), f->ladders, f->faults.columns, f->faults.widows, f->faults.orphans, f->faults.stranded_headings);
}

static void measure_all (Bench *bench, const RnSite *site)
{
	static const RnLength measures[] = { RN_PT (334), RN_PT (161) };
	const RnPages *pages = rn_library_pages (bench->library);
	printf ("%-4s %8s  %-9s %7s %7s %11s %11s %8s %9s %7s %8s %9s\n", "", "measure", "breaks", "words", "lines", "spaces > 2x", "lines > 3x", "hyphens", "columns", "widows", "orphans", "stranded");
	for (guint l = 0; l < site->n_languages; l++)
		for (guint m = 0; m < G_N_ELEMENTS (measures); m++)
			for (guint greedy = 0; greedy < 2; greedy++) {
				bench->setter.language = site->languages[l];
				bench->setter.greedy = greedy;
				bench->measure = measures[m];
				bench->figures = (Figures) { 0 };
				for (guint i = 0; i < pages->n; i++)
					set_page (bench, pages->items[i]);
				report (bench);
			}
}

/* Why there is no booklet. */
static int tell (RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *told = rn_diagnostics_sorted (sink, &n);
	for (guint i = 0; i < n; i++)
		if (told[i]->severity == RN_ERROR)
			fprintf (stderr, "print_quality: %s:%u: %s\n", told[i]->where.file, told[i]->where.line, told[i]->message);
	fprintf (stderr, "print_quality: there is no booklet\n");
	return 2;
}

int main (int argc, char **argv)
{
	static const char *const names[] = { "booklet", NULL };
	const RnPressOptions options = { .dir = argc == 3 ? argv[1] : "", .share = argc == 3 ? argv[2] : "", .jobs = 1, .outputs = RN_OUTPUT_PRINT };
	g_autoptr (GError) error = NULL;
	RnDiagnostics *sink = rn_diagnostics_new ();
	RnOpened opened = { .options = &options, .sink = sink };
	rn_markdown_init ();
	if (argc != 3 || !rn_opened_sources (&opened, &error) || !rn_opened_site (&opened, &error) || !rn_opened_library (&opened, NULL, &error)) {
		fprintf (stderr, "print_quality: %s\n", error ? error->message : "SITE and SHARE are missing");
		return 2;
	}
	RnProducts *products = rn_products_new (opened.library, names, sink);
	if (!rn_products_count (products))
		return tell (sink);
	const RnProduct *product = rn_products_nth (products, 0);
	GHashTable *quiet = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	Bench bench = { .tree = opened.tree, .library = opened.library, .body = g_string_new (NULL), .style = product->styles.text[RN_STYLE_BODY] };
	bench.markdown = rn_markdown_new (opened.library, &(const RnMarkdownOptions) { 0 }, sink);
	bench.setter = (RnSetter) { .library = opened.library, .site = opened.site, .products = products, .product = product, .styles = product->styles, .sink = sink, .quiet = quiet };
	measure_all (&bench, opened.site);
	g_hash_table_destroy (quiet);
	g_string_free (bench.body, TRUE);
	rn_markdown_free (bench.markdown);
	rn_products_free (products);
	rn_opened_clear (&opened);
	rn_diagnostics_free (sink);
	return 0;
}
