/*
 * passages.c - the bytes of a page's file in; its fields and blocks, with their texts and places, out.
 *
 * Inlines are written as Markdown again, in one way, so that what a translator must follow, an address or an emphasis among it, is a difference, and how
 * it was typed is none.
 */
#include "markdown/passages.h"

#include <string.h>

#include "base/text.h"
#include "source/yaml.h"

typedef struct {
	RnArena    *arena;
	GArray     *list;       /* RnPassage */
	GString    *text;
	GHashTable *meanings;   /* of abbreviations that were met */
} Reader;

/* How many bytes at P are a blank; 0: none. Beyond ASCII blanks begin with one of four bytes, which most letters do not. */
static gsize blank_at (const char *p)
{
	const guchar c = (guchar) *p;
	if (c < 0x80)
		return g_ascii_isspace (c) || c == '\v';
	return (c == 0xc2 || (c >= 0xe1 && c <= 0xe3)) && g_unichar_isspace (g_utf8_get_char (p)) ? (gsize) (g_utf8_next_char (p) - p) : 0;
}

/* TEXT, every run of blanks as one and none at the ends. */
static char *squeezed (RnArena *arena, const char *text)
{
	char *out = rn_arena_alloc (arena, strlen (text) + 1), *to = out;
	gboolean pending = FALSE;
	for (const char *p = text; *p;) {
		const gsize blank = blank_at (p);
		if (blank) {
			pending = to > out;
			p += blank;
			continue;
		}
		if (pending)
			*to++ = ' ';
		pending = FALSE;
		*to++ = *p++;
		while (((guchar) *p & 0xc0) == 0x80)
			*to++ = *p++;
	}
	*to = '\0';
	return out;
}

static void add (Reader *reader, RnPassageKind kind, const RnNode *node)
{
	const RnPassage passage = { kind, kind == RN_PASSAGE_HEADING ? node->level : 0, NULL, squeezed (reader->arena, reader->text->str), node->line, MAX (node->col, 1) };
	if (*passage.text)
		g_array_append_val (reader->list, passage);
	g_string_truncate (reader->text, 0);
}

/* --- inlines ------------------------------------------------------------------------------------------------------------------- */

static void write_inlines (Reader *reader, const RnNode *node);

static void write_around (Reader *reader, const RnNode *node, const char *mark)
{
	g_string_append (reader->text, mark);
	write_inlines (reader, node->first);
	g_string_append (reader->text, mark);
}

/* A bare address stands once. */
static void write_link (Reader *reader, const RnNode *node)
{
	const RnNode *words = node->first;
	const gboolean bare = words && !words->next && words->type == RN_NODE_TEXT && node->type == RN_NODE_LINK && g_str_has_suffix (node->text, words->text);
	g_string_append (reader->text, bare ? "" : node->type == RN_NODE_IMAGE ? "![" : "[");
	write_inlines (reader, words);
	if (bare)
		return;
	g_string_append_printf (reader->text, "](%s", node->text);
	if (node->extra)
		g_string_append_printf (reader->text, " \"%s\"", node->extra);
	g_string_append_c (reader->text, ')');
}

/* Its meaning, which stands in no block, is told where it is met first. */
static void write_abbreviation (Reader *reader, const RnNode *node)
{
	write_inlines (reader, node->first);
	if (g_hash_table_add (reader->meanings, (gpointer) node->extra))
		g_string_append_printf (reader->text, " (%s)", node->extra);
}

static void write_inlines (Reader *reader, const RnNode *node)
{
	for (; node; node = node->next) {
		switch (node->type) {
		case RN_NODE_TEXT:
		case RN_NODE_HTML: g_string_append_len (reader->text, node->text, node->len); break;
		case RN_NODE_CODE: g_string_append_printf (reader->text, "`%s`", node->text); break;
		case RN_NODE_SOFT_BREAK:
		case RN_NODE_LINE_BREAK: g_string_append_c (reader->text, ' '); break;
		case RN_NODE_EMPHASIS: write_around (reader, node, "*"); break;
		case RN_NODE_STRONG: write_around (reader, node, "**"); break;
		case RN_NODE_STRIKE: write_around (reader, node, "~~"); break;
		case RN_NODE_LINK:
		case RN_NODE_IMAGE: write_link (reader, node); break;
		case RN_NODE_ABBREVIATION: write_abbreviation (reader, node); break;
		/* Its number would make all that follow it others. */
		case RN_NODE_FOOTNOTE_REFERENCE: g_string_append (reader->text, "[^]"); break;
		default: break;
		}
	}
}

/* --- blocks -------------------------------------------------------------------------------------------------------------------- */

static void read_blocks (Reader *reader, const RnNode *node, gboolean item);

static void read_row (Reader *reader, const RnNode *row)
{
	for (const RnNode *cell = row->first; cell; cell = cell->next) {
		g_string_append (reader->text, cell == row->first ? "" : " | ");
		write_inlines (reader, cell->first);
	}
	add (reader, RN_PASSAGE_ROW, row);
}

static void read_callout (Reader *reader, const RnNode *node)
{
	g_string_append_printf (reader->text, "[!%s] %s", node->text, node->extra ? node->extra : "");
	add (reader, RN_PASSAGE_PARAGRAPH, node);
	read_blocks (reader, node->first, FALSE);
}

/* A picture with its caption is one passage. */
static void read_figure (Reader *reader, const RnNode *node)
{
	write_inlines (reader, node->first);
	add (reader, RN_PASSAGE_PARAGRAPH, node);
}

static void read_block (Reader *reader, const RnNode *node, gboolean item)
{
	switch (node->type) {
	case RN_NODE_HEADING:
		write_inlines (reader, node->first);
		add (reader, RN_PASSAGE_HEADING, node);
		break;
	case RN_NODE_PARAGRAPH:
		write_inlines (reader, node->first);
		add (reader, item ? RN_PASSAGE_ITEM : RN_PASSAGE_PARAGRAPH, node);
		break;
	case RN_NODE_FIGURE: read_figure (reader, node); break;
	case RN_NODE_ROW: read_row (reader, node); break;
	case RN_NODE_CODE_BLOCK:
		g_string_append_printf (reader->text, "%s %s", node->extra ? node->extra : "", node->text);
		add (reader, RN_PASSAGE_CODE, node);
		break;
	case RN_NODE_HTML_BLOCK:
		g_string_append_len (reader->text, node->text, node->len);
		add (reader, RN_PASSAGE_HTML, node);
		break;
	case RN_NODE_CALLOUT: read_callout (reader, node); break;
	case RN_NODE_ITEM: read_blocks (reader, node->first, TRUE); break;
	default: read_blocks (reader, node->first, FALSE); break;
	}
}

/* ITEM: the first of them is an item's own words. */
static void read_blocks (Reader *reader, const RnNode *node, gboolean item)
{
	for (; node; node = node->next, item = FALSE)
		read_block (reader, node, item);
}

/* --- fields --------------------------------------------------------------------------------------------------------------------- */

/* Does each language have the field NAME of its own? */
static gboolean is_own (const RnPage *page, const char *name)
{
	static const char *const common[] = { "title", "description", "summary" };
	for (guint i = 0; i < G_N_ELEMENTS (common); i++)
		if (!g_ascii_strcasecmp (name, common[i]))
			return TRUE;
	const RnField *field = page->type ? rn_type_field (page->type, name) : NULL;
	return field && !field->shared;
}

static gboolean read_fields (Reader *reader, const RnPage *page, const char *yaml, gsize len)
{
	const RnValue *map = rn_yaml_parse (reader->arena, yaml, len, RN_PLACE (page->file, 2, 1), NULL);
	for (guint i = 0; map && map->kind == RN_MAP && i < map->n; i++) {
		const RnPair *pair = &map->pairs[i];
		g_autofree char *text = is_own (page, pair->name) ? rn_value_text (pair->value) : NULL;
		const RnPassage passage = { RN_PASSAGE_FIELD, 0, pair->name, text ? squeezed (reader->arena, text) : "", pair->line, pair->col };
		if (*passage.text)
			g_array_append_val (reader->list, passage);
	}
	return map != NULL;
}

gboolean rn_passages_read (RnMarkdown *markdown, const RnPage *page, const char *text, gsize len, RnArena *arena, RnPassages *passages)
{
	/* Its title is a heading like others here: once it may have been another. */
	RnPage bare = *page;
	RnFrontMatter front;
	bare.title = bare.whole_title = NULL;
	bare.fallback = NULL;
	*passages = (RnPassages) { 0 };
	rn_front_matter_find (text, len, &front);
	if (front.open || rn_text_invalid_at (text, len) >= 0)
		return FALSE;
	Reader reader = { arena, g_array_new (FALSE, FALSE, sizeof (RnPassage)), g_string_new (NULL), g_hash_table_new (g_str_hash, g_str_equal) };
	gboolean fine = !front.yaml_len || read_fields (&reader, page, text + front.yaml, front.yaml_len);
	passages->fields = reader.list->len;
	const RnDocument *document = fine ? rn_markdown_parse (markdown, &bare, text + front.body, len - front.body, front.body_line) : NULL;
	if (document)
		read_blocks (&reader, document->root->first, FALSE);
	passages->n = reader.list->len;
	passages->items = rn_arena_newn (arena, RnPassage, reader.list->len + 1);
	if (reader.list->len)
		memcpy ((gpointer) passages->items, reader.list->data, reader.list->len * sizeof (RnPassage));
	g_array_unref (reader.list);
	g_string_free (reader.text, TRUE);
	g_hash_table_unref (reader.meanings);
	return document != NULL;
}
