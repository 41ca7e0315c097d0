/*
 * print - a page, and whatever files follow it, as a product of layouts/print: each file is a PDF whose table of objects leads to them. The first byte says which
 * product. With RN_FUZZ_KEEP=FOLDER the files stay there, for tools that read them.
 */
#include "../world.h"
#include "markdown/parse.h"
#include "print/print.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const products[] = { "booklet", "leaflet", "form", "card", "parallel", "poster", "list-sheet", "booklet-large" };

static const char head[] = "-- content/site.yaml --\nlanguages: [ru, tg]\ntitle: X\nurl: https://example.org/\nprint: {products: [{name: %s, select: {sections: [faq]}}]}\n"
	"-- content/media/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><path d='M0 0h9v9z' fill='red'/><text x='3' y='20'>Text</text></svg>\n"
	"-- content/faq/b.ru.md --\n# B\n\n[a](a.ru.md)\n-- content/faq/a.tg.md --\n# A\n\nМатн.\n-- content/faq/a.ru.md --\n";

typedef struct { const FuzzWorld *world; RnMarkdown *markdown; GString *text; } Parsing;

static const RnDocument *parse (gpointer user, const RnPage *page)
{
	const Parsing *parsing = user;
	if (!page->file || page->text || !rn_tree_read (parsing->world->tree, page->tree_index, 0, 1 << 20, parsing->text, NULL, NULL))
		return NULL;
	return rn_markdown_parse (parsing->markdown, page, parsing->text->str + page->body, parsing->text->len - page->body, page->body_line);
}

static gboolean object_at (const char *data, gsize len, guint64 at, guint64 number)
{
	g_autofree char *begin = g_strdup_printf ("%" G_GUINT64_FORMAT " 0 obj", number);
	const gsize n = strlen (begin);
	return at < len && len - at > n && !memcmp (data + at, begin, n);
}

/* The table at P: "xref", "0 N", and twenty bytes for each object. */
static void check_table (const char *data, gsize len, const char *p)
{
	char *end;
	const guint64 first = g_ascii_strtoull (p + 5, &end, 10), n = g_ascii_strtoull (end, &end, 10);
	g_assert_cmpuint (first, ==, 0);
	g_assert_true (*end == '\n' && n > 1 && (gsize) (data + len - end) > n * 20);
	for (guint64 i = 1; i < n; i++) {
		const char *entry = end + 1 + i * 20;
		g_assert_true (entry[17] == 'n' ? object_at (data, len, g_ascii_strtoull (entry, NULL, 10), i) : entry[17] == 'f');
	}
}

static void check_pdf (const char *data, gsize len)
{
	g_assert_true (len > 60 && !memcmp (data, "%PDF-1.", 7) && !memcmp (data + len - 6, "%%EOF\n", 6));
	const char *last = memmem (data + len - 40, 40, "startxref\n", 10);
	g_assert_nonnull (last);
	const guint64 at = g_ascii_strtoull (last + 10, NULL, 10);
	g_assert_cmpuint (at, <, len);
	if (!memcmp (data + at, "xref\n", 5))
		check_table (data, len, data + at);
	else
		g_assert_true (object_at (data, len, at, g_ascii_strtoull (data + at, NULL, 10)));
}

static gboolean take (gpointer user, const char *name, const char *data, gsize len, guint pages, GError **error)
{
	static guint number;
	const char *keep = g_getenv ("RN_FUZZ_KEEP");
	(void) user, (void) pages;
	if (!g_str_has_suffix (name, ".pdf"))
		return TRUE;
	check_pdf (data, len);
	g_autofree char *path = keep ? g_strdup_printf ("%s/%u.%s", keep, number++, name) : NULL;
	return !path || g_file_set_contents (path, data, (gssize) len, error);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	if (!size)
		return 0;
	fuzz_begin ();
	rn_markdown_init ();
	FuzzWorld world = { .sink = rn_diagnostics_new () };
	g_autoptr (GString) files = g_string_new (NULL);
	g_string_printf (files, head, products[*data % G_N_ELEMENTS (products)]);
	g_string_append_len (files, (const char *) data + 1, (gssize) size - 1);
	fuzz_world_open (&world, fuzz_tree (files->str, files->len, NULL, world.sink), fuzz_shipped (), TRUE);
	if (world.library) {
		const RnMarkdownOptions options = { 0 };
		g_autoptr (GString) text = g_string_new (NULL);
		Parsing parsing = { &world, rn_markdown_new (world.library, &options, world.sink), text };
		g_autoptr (RnPrint) print = rn_print_new (world.library, NULL, 0, world.sink);
		g_autoptr (GError) error = NULL;
		for (guint i = 0; i < rn_print_jobs (print) && i < 4; i++)
			rn_print_make (print, i, parse, &parsing, take, NULL, world.sink, NULL, &error);
		g_assert_no_error (error);
		rn_markdown_free (parsing.markdown);
	}
	fuzz_world_close (&world);
	return 0;
}
