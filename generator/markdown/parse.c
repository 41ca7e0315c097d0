/*
 * parse.c - a worker's parser: what is set up once a process, once a worker, and for each body.
 *
 * cmark-gfm's own globals after rn_markdown_init: the list of extensions (read only), an arena of its own that we never make, and
 * the tables of special characters, whose entries of our extensions are set for good. Strikethrough alone must name a
 * character of its own for the delimiters that it leaves behind; it names a control character, so that what each parse sets and
 * clears is an entry that no text asks for.
 */
#include "markdown/parse.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/text.h"
#include "markdown/convert-int.h"
#include "markdown/dropped-int.h"
#include "markdown/notes-int.h"

/* What a body may take of memory in cmark: ordinary text needs some ten times its size, tables thrice that. */
#define BUDGET(len) (((gsize) 128 << 20) + 32 * (len))

/* Exported by the library, and in none of its headers. */
extern void cmark_manage_extensions_special_characters (cmark_parser *parser, int add);

#define DELIMITER '\x01'

static cmark_syntax_extension *ext_table, *ext_strike, *ext_autolink, *ext_tasks;
static cmark_syntax_extension strike;
static cmark_llist strike_characters = { NULL, (void *) (gsize) DELIMITER };

static cmark_syntax_extension *find (const char *name, cmark_parser *parser)
{
	cmark_syntax_extension *extension = cmark_find_syntax_extension (name);
	g_assert (extension);
	cmark_parser_attach_syntax_extension (parser, extension);
	return extension;
}

static void forget_characters (cmark_syntax_extension *extension)
{
	cmark_llist_free (cmark_get_default_mem_allocator (), extension->special_inline_chars);
	cmark_syntax_extension_set_special_inline_chars (extension, NULL);
}

/* As cmark-gfm's own, but for the name of the delimiter. */
static cmark_node *match_tildes (cmark_syntax_extension *self, cmark_parser *parser, cmark_node *parent, unsigned char c, cmark_inline_parser *inlines)
{
	int left, right, before, after;
	char tildes[101] = "";
	(void) self, (void) parent;
	if (c != '~')
		return NULL;
	int n = cmark_inline_parser_scan_delimiters (inlines, sizeof tildes - 1, '~', &left, &right, &before, &after);
	memset (tildes, '~', (gsize) n);
	cmark_node *node = cmark_node_new_with_mem (CMARK_NODE_TEXT, parser->mem);
	cmark_node_set_literal (node, tildes);
	node->start_line = node->end_line = cmark_inline_parser_get_line (inlines);
	node->start_column = cmark_inline_parser_get_column (inlines) - n;
	if ((left || right) && n <= 2)
		cmark_inline_parser_push_delimiter (inlines, DELIMITER, left, right, node);
	return node;
}

void rn_markdown_init (void)
{
	static gsize done;
	if (!g_once_init_enter (&done))
		return;
	xmlInitParser ();
	cmark_gfm_core_extensions_ensure_registered ();
	cmark_parser *parser = cmark_parser_new (CMARK_OPT_DEFAULT);
	ext_table = find ("table", parser);
	ext_strike = find ("strikethrough", parser);
	ext_autolink = find ("autolink", parser);
	ext_tasks = find ("tasklist", parser);
	cmark_manage_extensions_special_characters (parser, 1);
	cmark_parser_free (parser);
	forget_characters (ext_table);
	forget_characters (ext_strike);
	forget_characters (ext_autolink);
	forget_characters (ext_tasks);
	strike = *ext_strike;
	strike.match_inline = match_tildes;
	strike.emphasis = false;
	strike.special_inline_chars = &strike_characters;
	g_once_init_leave (&done, 1);
}

RnMarkdown *rn_markdown_new (const RnLibrary *library, const RnMarkdownOptions *options, RnDiagnostics *sink)
{
	RnMarkdown *md = g_new0 (RnMarkdown, 1);
	md->library = library;
	md->options = *options;
	md->sink = sink;
	md->arena = rn_arena_new ((gsize) 128 << 10);
	md->memory = rn_memory_new ();
	md->scratch = g_string_sized_new (4096);
	md->words = g_string_sized_new (256);
	md->anchors = g_hash_table_new (g_str_hash, g_str_equal);
	md->counters = g_hash_table_new (g_str_hash, g_str_equal);
	md->headings = g_array_new (FALSE, FALSE, sizeof (RnAnchor));
	md->ids = g_array_new (FALSE, FALSE, sizeof (const char *));
	md->id_lines = g_array_new (FALSE, FALSE, sizeof (guint32));
	md->links = g_array_new (FALSE, FALSE, sizeof (RnOutLink));
	md->media = g_array_new (FALSE, FALSE, sizeof (guint));
	md->abbreviations = g_array_new (FALSE, FALSE, sizeof (RnAbbreviation));
	md->open_tags = g_array_new (FALSE, FALSE, sizeof (RnOpenTag));
	md->uses = g_ptr_array_new ();
	return md;
}

void rn_markdown_free (RnMarkdown *md)
{
	if (!md)
		return;
	rn_arena_free (md->arena);
	rn_memory_free (md->memory);
	g_string_free (md->scratch, TRUE);
	g_string_free (md->words, TRUE);
	g_hash_table_unref (md->anchors);
	g_hash_table_unref (md->counters);
	g_array_unref (md->headings);
	g_array_unref (md->ids);
	g_array_unref (md->id_lines);
	g_array_unref (md->links);
	g_array_unref (md->media);
	g_array_unref (md->abbreviations);
	g_array_unref (md->open_tags);
	g_clear_pointer (&md->written, g_array_unref);
	g_clear_pointer (&md->definitions, g_array_unref);
	g_ptr_array_unref (md->uses);
	rn_scan_clear (&md->scan);
	rn_scan_clear (&md->line_scan);
	g_free (md);
}

/* A parser with those extensions that the text needs. */
static cmark_parser *new_parser (const RnScan *scan, int options, gboolean gfm)
{
	cmark_parser *parser = cmark_parser_new_with_mem (options, &rn_memory_allocator);
	if (gfm && scan->table)
		cmark_parser_attach_syntax_extension (parser, ext_table);
	if (gfm && scan->tilde)
		cmark_parser_attach_syntax_extension (parser, &strike);
	if (gfm && scan->autolink)
		cmark_parser_attach_syntax_extension (parser, ext_autolink);
	if (gfm && scan->tasks)
		cmark_parser_attach_syntax_extension (parser, ext_tasks);
	return parser;
}

/* cmark's tree of the text, whose memory is the worker's; NULL where it would take more than it may. */
static cmark_node *read_tree (RnMarkdown *md, const char *text, gsize len)
{
	const RnScan *scan = &md->scan;
	gboolean watched = (scan->footnotes || scan->definitions) && !md->options.plain;
	cmark_syntax_extension watch;
	int options = CMARK_OPT_SOURCEPOS | CMARK_OPT_UNSAFE | (scan->footnotes && !md->options.plain ? CMARK_OPT_FOOTNOTES : 0);
	char sign = 0;
	g_autofree char *hidden = options & CMARK_OPT_FOOTNOTES ? rn_notes_hide (text, len, &sign) : NULL;
	jmp_buf escape;
	if (setjmp (escape)) {
		rn_memory_relax ();
		return NULL;
	}
	rn_memory_enter (md->memory, BUDGET (len), &escape);
	cmark_parser *parser = new_parser (scan, options, !md->options.plain || md->options.gfm);
	if (watched)
		rn_dropped_watch (md, parser, &watch);
	cmark_parser_feed (parser, hidden ? hidden : text, len);
	if (options & CMARK_OPT_FOOTNOTES) {
		if (len && text[len - 1] != '\n')
			cmark_parser_feed (parser, "\n", 1);
		rn_dropped_collect (md, parser);
	}
	cmark_node *root = cmark_parser_finish (parser);
	if (hidden)
		rn_notes_show (root, sign);
	rn_memory_relax ();
	if (watched)
		rn_dropped_tell (md, root);
	return root;
}

/* The same for inlines alone: a paragraph that holds them. What begins like a block is no block here. */
static cmark_node *read_line (RnMarkdown *md, const char *text, gsize len)
{
	guint32 line;
	jmp_buf escape;
	if (rn_scan (&md->line_scan, text, len, &line) == RN_SCAN_DENSE)
		return NULL;
	if (setjmp (escape)) {
		rn_memory_relax ();
		return NULL;
	}
	rn_memory_enter (md->memory, BUDGET (len), &escape);
	cmark_parser *parser = new_parser (&md->line_scan, CMARK_OPT_UNSAFE, TRUE);
	cmark_node *paragraph = cmark_node_new_with_mem (CMARK_NODE_PARAGRAPH, &rn_memory_allocator);
	paragraph->start_line = paragraph->start_column = 1;
	cmark_strbuf_put (&paragraph->content, (const unsigned char *) text, (bufsize_t) len);
	cmark_parse_inlines (parser, paragraph, parser->refmap, CMARK_OPT_UNSAFE);
	cmark_consolidate_text_nodes (paragraph);
	if (md->line_scan.autolink)
		ext_autolink->postprocess_func (ext_autolink, parser, paragraph);
	rn_memory_relax ();
	return paragraph;
}

static guint32 count_notes (const cmark_node *root)
{
	guint32 n = 0;
	for (const cmark_node *node = root->last_child; node && node->type == CMARK_NODE_FOOTNOTE_DEFINITION; node = node->prev)
		n++;
	return n;
}

static void convert_tree (RnMarkdown *md, cmark_node *root, RnNode **first)
{
	guint32 base = md->note_base, note = md->note;
	md->note_base = md->notes;
	md->note = 0;
	md->notes += md->scan.footnotes ? count_notes (root) : 0;
	if (!md->options.plain && md->scan.ids)
		rn_anchors_reserve (md, root);
	if (!md->options.plain && md->scan.abbreviations)
		rn_abbreviations_collect (md, root);
	rn_convert_blocks (md, root, first);
	md->note_base = base;
	md->note = note;
}

/* The allocator's memory is held by the caller: a plugin's text is read while the body's tree is still needed. */
gboolean rn_parse_into (RnMarkdown *md, const char *text, gsize len, RnNode **first)
{
	guint32 line = 0;
	RnInlines in = md->in;
	RnTypographyState typography = md->typography;
	RnScan scan = md->scan;
	if (md->blocks)
		md->scan = (RnScan) { 0 };
	guint at = md->fixed_line;
	RnScanResult result = rn_scan (&md->scan, text, len, &line);
	cmark_node *root = result == RN_SCAN_FINE ? read_tree (md, text, len) : NULL;
	if (root)
		convert_tree (md, root, first);
	if (result == RN_SCAN_DEEP)
		md->too_deep = TRUE;
	else if (!root)
		rn_diagnose (md->sink, RN_D_BODY_DENSE, rn_convert_place (md, at ? at : md->line + line, 1), NULL);
	if (md->too_deep) {
		char depth[16];
		g_snprintf (depth, sizeof depth, "%d", RN_MAX_DEPTH);
		rn_diagnose (md->sink, RN_D_NESTING, rn_convert_place (md, at ? at : md->line + line, 1), depth);
	}
	gboolean fine = root && !md->too_deep;
	if (md->blocks) {
		rn_scan_clear (&md->scan);
		md->scan = scan;
	}
	md->in = in;
	md->typography = typography;
	return fine;
}

/* Most cells of a table are words or numbers, which need no parser. */
static gboolean is_words (const char *text, gsize len)
{
	return strcspn (text, "*_`[]<&\\~@\n\r") >= len && !memmem (text, len, "://", 3) && !memmem (text, len, "www.", 4);
}

void rn_parse_line (RnMarkdown *md, const char *text, gsize len, RnNode **first)
{
	const RnNode place = { .line = md->fixed_line };
	for (; len && g_ascii_isspace (*text); len--)
		text++;
	while (len && g_ascii_isspace (text[len - 1]))
		len--;
	if (is_words (text, len)) {
		md->typography = (RnTypographyState) { 0 };
		rn_convert_text (md, text, len, &first, &place);
		return;
	}
	cmark_node *paragraph = read_line (md, text, len);
	if (paragraph)
		rn_convert_inlines (md, paragraph, first);
	else
		rn_diagnose (md->sink, RN_D_BODY_DENSE, rn_convert_place (md, md->fixed_line, 1), NULL);
}

static void begin (RnMarkdown *md, const RnPage *page, guint32 line)
{
	rn_arena_reset (md->arena);
	rn_memory_reset (md->memory);
	rn_anchors_begin (md);
	GArray *lists[] = { md->headings, md->ids, md->id_lines, md->links, md->media, md->abbreviations, md->open_tags };
	for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
		g_array_set_size (lists[i], 0);
	memset (md->first_bytes, 0, sizeof md->first_bytes);
	memset (&md->document, 0, sizeof md->document);
	md->page = page;
	/* A stand-in shows the text of another page, in that one's language and from that one's file. */
	const RnPage *text = page && page->fallback ? page->fallback : page;
	md->language = text ? text->language : NULL;
	md->text_of = text;
	md->typesetter = md->options.plain || !md->language ? NULL : md->language->typesetter;
	md->line = line;
	md->fixed_line = 0;
	md->blocks = md->depth = md->inline_depth = md->drawings = 0;
	g_ptr_array_set_size (md->uses, 0);
	md->too_deep = md->begun = FALSE;
	md->notes = md->note_base = md->note = 0;
	md->first_note = NULL;
	md->last_note = &md->first_note;
}

static gint by_number (gconstpointer a, gconstpointer b)
{
	guint32 x = (*(const RnNode *const *) a)->number, y = (*(const RnNode *const *) b)->number;
	return x < y ? -1 : x > y;
}

static void finish (RnMarkdown *md)
{
	RnDocument *doc = &md->document;
	RnNode **last = &doc->root->first;
	if (md->first_note) {
		/* Those of plugins' texts were met before those of the body, and are numbered after them. */
		g_autoptr (GPtrArray) notes = g_ptr_array_new ();
		for (RnNode *note = md->first_note; note; note = note->next)
			g_ptr_array_add (notes, note);
		g_ptr_array_sort (notes, by_number);
		while (*last)
			last = &(*last)->next;
		for (guint i = 0; i < notes->len; i++) {
			*last = g_ptr_array_index (notes, i);
			last = &(*last)->next;
		}
		*last = NULL;
	}
	doc->headings = (const RnAnchor *) (void *) md->headings->data, doc->n_headings = md->headings->len;
	doc->anchors = (const char *const *) (void *) md->ids->data, doc->n_anchors = md->ids->len;
	doc->anchor_lines = (const guint32 *) (void *) md->id_lines->data;
	doc->links = (const RnOutLink *) (void *) md->links->data, doc->n_links = md->links->len;
	doc->uses = (const char *const *) md->uses->pdata, doc->n_uses = md->uses->len;
	doc->media = (const guint *) (void *) md->media->data, doc->n_media = md->media->len;
}


const RnDocument *rn_markdown_parse (RnMarkdown *md, const RnPage *page, const char *text, gsize len, guint32 line)
{
	/* Another text of this thread may be at work on a plugin's call that asked for this one. */
	RnMemory *around = rn_memory_current ();
	begin (md, page, line);
	if (!md->options.plain) {
		gssize bad = rn_text_invalid_at (text, len);
		if (bad >= 0) {
			guint bad_line, col;
			char offset[24];
			g_snprintf (offset, sizeof offset, "%zd", bad + (page ? (gssize) page->body : 0));
			rn_text_position (text, len, (gsize) bad, &bad_line, &col);
			rn_diagnose (md->sink, RN_D_ENCODING, rn_convert_place (md, line + bad_line - 1, col), offset, "");
			return NULL;
		}
	}
	RnNode *root = rn_arena_new0 (md->arena, RnNode);
	root->type = RN_NODE_DOCUMENT;
	root->line = line;
	root->col = 1;
	md->document.root = root;
	gboolean fine = rn_parse_into (md, text, len, &root->first);
	rn_memory_leave (around);
	if (!fine)
		return NULL;
	finish (md);
	return &md->document;
}
