/*
 * setter-helper.h - all that sets type, for a test: a small site in a folder of its own, the layouts and the product `booklet` that come with the tool, and
 * styles written down here, so that no golden changes with a product's look.
 *
 *   g_autoptr (Setting) s = setting_open ("-- content/faq/a.ru.md --\n---\ntitle: A\n---\nText.\n");
 *   setting_page (s, "ru", "faq/a");      the page that is set from here on; gives its parsed body
 *   rn_set_...  (&s->setter, ...)
 */
#ifndef RN_TESTS_SETTER_HELPER_H
#define RN_TESTS_SETTER_HELPER_H

#include "../model/sample.h"
#include "markdown/parse.h"
#include "print/setter.h"

typedef struct {
	char *dir;
	RnDiagnostics *sink;
	RnTree *tree, *shipped;
	RnSite *site;
	RnLibrary *library;
	RnProducts *products;
	RnMarkdown *markdown;
	RnFontFiles *files;
	GHashTable *in_book, *quiet;
	GString *body;
	RnProduct product;        /* changeable; name "sample" */
	RnSetter setter;
} Setting;

/* The face in a file of fonts-paratype. */
G_GNUC_UNUSED static const RnFace *setting_face (Setting *s, const char *file)
{
	static const char *const folders[] = { "/usr/share/fonts/truetype/paratype", NULL };
	return rn_font_files_load (s->files, file, folders, RN_PLACE ("layouts/print/print.yaml", 1, 1), s->sink);
}

/* Serif text of 10 on 13.5 points, justified and hyphenated; notes of 8 on 10.5. All other styles are as the text's. */
G_GNUC_UNUSED static void setting_styles (Setting *s)
{
	static const char *const names[RN_FACES] = { "PTF55F.ttf", "PTF75F.ttf", "PTF56F.ttf", "PTF76F.ttf" };
	static const char *const bullets[] = { "•", "–", NULL };
	RnTextStyle body = {
		.mono = setting_face (s, "PTM55F.ttf"), .size = RN_PT (10), .leading = RN_PT (13.5), .hyphenate = TRUE, .on_grid = TRUE, .tint = RN_BLACK,
		.shrink_percent = 25, .stretch_percent = 50,
	};
	for (guint i = 0; i < RN_FACES; i++) {
		body.faces[i] = setting_face (s, names[i]);
		g_assert_nonnull (body.faces[i]);
	}
	for (guint i = 0; i < RN_STYLES; i++)
		s->setter.styles.text[i] = body;
	RnTextStyle *note = &s->setter.styles.text[RN_STYLE_FOOTNOTE];
	note->size = RN_PT (8);
	note->leading = RN_PT (10.5);
	note->on_grid = FALSE;
	s->setter.styles.grid = body.leading;
	s->setter.styles.list_indent = body.leading;
	s->setter.styles.bullets = bullets;
}

/* A new book; what was set before is gone with the old one. */
G_GNUC_UNUSED static void setting_book (Setting *s)
{
	rn_book_free (s->setter.book);
	s->setter.book = rn_book_new (s->setter.language->code);
	s->setter.note_number = 0;
	s->setter.called = NULL;
}

/* The site of TEXT (as sample.h has it; site.yaml without languages is "tg, ru"). */
G_GNUC_UNUSED static Setting *setting_open (const char *text)
{
	static const char *const roots[] = { "layouts", NULL }, *const names[] = { "booklet", NULL };
	const RnSiteOptions options = { .clock = TODAY };
	Setting *s = g_new0 (Setting, 1);
	g_autoptr (GError) error = NULL;
	s->dir = make_folder ();
	s->sink = rn_diagnostics_new ();
	write_file (s->dir, "content/site.yaml", "languages: [tg, ru]\n");
	unpack (s->dir, text);
	s->shipped = rn_tree_open_work (".", roots, NULL, s->sink, &error);
	g_assert_no_error (error);
	s->tree = rn_tree_open_work (s->dir, NULL, NULL, s->sink, &error);
	g_assert_no_error (error);
	s->site = rn_site_open (s->tree, s->shipped, &options, s->sink, &error);
	g_assert_no_error (error);
	s->library = rn_library_load (s->site, NULL, 1, NULL, s->sink, &error);
	g_assert_no_error (error);
	rn_library_freeze (s->library);
	s->products = rn_products_new (s->library, names, s->sink);
	rn_markdown_init ();
	s->markdown = rn_markdown_new (s->library, &(const RnMarkdownOptions) { 0 }, s->sink);
	s->files = rn_font_files_new (s->site);
	s->in_book = g_hash_table_new (NULL, NULL);
	s->quiet = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	s->body = g_string_new (NULL);
	s->product = (RnProduct) { .name = "sample", .where = { "layouts/print/sample.yaml", 0, 0 }, .page_references = TRUE };
	s->setter = (RnSetter) {
		.library = s->library, .site = s->site, .products = s->products, .product = &s->product, .sink = s->sink, .language = s->site->languages[0],
		.in_book = s->in_book, .quiet = s->quiet,
	};
	setting_styles (s);
	setting_book (s);
	return s;
}

/* The page that is set from here on. Gives its body, valid until the next call; NULL where it cannot be read. */
G_GNUC_UNUSED static const RnDocument *setting_page (Setting *s, const char *language, const char *key)
{
	s->setter.language = rn_site_language (s->site, language);
	g_assert_nonnull (s->setter.language);
	const RnPage *page = rn_library_page (s->library, s->setter.language, key);
	g_assert_nonnull (page);
	s->setter.page = page;
	s->setter.note_number = 0;
	g_assert_true (rn_tree_read (s->tree, page->tree_index, 0, RN_MARKDOWN_MAX_BYTES, s->body, NULL, NULL));
	return rn_markdown_parse (s->markdown, page, s->body->str + page->body, s->body->len - page->body, page->body_line);
}

/* Links to this page lead to a side of the book. */
G_GNUC_UNUSED static void setting_in_book (Setting *s, const char *language, const char *key)
{
	const RnPage *page = rn_library_page (s->library, rn_site_language (s->site, language), key);
	g_assert_nonnull (page);
	g_hash_table_add (s->in_book, (gpointer) page);
}

G_GNUC_UNUSED static void setting_free (Setting *s)
{
	rn_book_free (s->setter.book);
	rn_font_files_free (s->files);
	rn_markdown_free (s->markdown);
	rn_products_free (s->products);
	rn_library_free (s->library);
	rn_site_free (s->site);
	rn_tree_free (s->tree);
	rn_tree_free (s->shipped);
	rn_diagnostics_free (s->sink);
	g_hash_table_destroy (s->in_book);
	g_hash_table_destroy (s->quiet);
	g_string_free (s->body, TRUE);
	remove_folder (s->dir);
	g_free (s->dir);
	g_free (s);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Setting, setting_free)

#endif
