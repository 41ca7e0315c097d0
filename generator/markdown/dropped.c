/* dropped.c - what cmark drops without a word. */
#include "markdown/dropped-int.h"

#include <cmark-gfm/parser.h>
#include <cmark-gfm/references.h>
#include <string.h>

typedef struct { const cmark_node *node; const char *name; guint32 line, col; } Note; /* NODE may be gone: it is only compared */
typedef struct { const char *label, *address; } Definition;

/* --- while the text is read ---------------------------------------------------------------------------------------------------- */

/* cmark has the last one first. */
static cmark_node *take_definitions (cmark_syntax_extension *watch, cmark_parser *parser, cmark_node *root)
{
	RnMarkdown *md = watch->priv;
	for (const cmark_map_entry *entry = parser->refmap->refs; entry; entry = entry->next) {
		const cmark_chunk *url = &((const cmark_reference *) entry)->url;
		Definition definition = { rn_convert_copy (md, (const char *) entry->label, strlen ((const char *) entry->label)), rn_convert_copy (md, (const char *) url->data, (gsize) url->len) };
		g_array_append_val (md->definitions, definition);
	}
	return root;
}

void rn_dropped_watch (RnMarkdown *md, cmark_parser *parser, cmark_syntax_extension *watch)
{
	if (!md->definitions) {
		md->definitions = g_array_new (FALSE, FALSE, sizeof (Definition));
		md->written = g_array_new (FALSE, FALSE, sizeof (Note));
	}
	g_array_set_size (md->definitions, 0);
	g_array_set_size (md->written, 0);
	*watch = (cmark_syntax_extension) { .priv = md, .postprocess_func = take_definitions };
	if (md->scan.definitions)
		cmark_parser_attach_syntax_extension (parser, watch);
}

/* Where the note begins, not its text, of which cmark has the place. */
static void note_place (RnMarkdown *md, const cmark_node *node, RnNode *place)
{
	gsize len;
	rn_convert_block_place (md, node, place);
	const char *line = md->fixed_line ? NULL : rn_scan_line (&md->scan, (guint32) MAX (node->start_line, 1) - 1, &len), *at = line ? memmem (line, len, "[^", 2) : NULL;
	if (at)
		place->col = (guint32) g_utf8_strlen (line, at - line) + 1;
}

void rn_dropped_collect (RnMarkdown *md, cmark_parser *parser)
{
	cmark_iter *iter = cmark_iter_new (parser->root);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		const cmark_node *node = cmark_iter_get_node (iter);
		if (event != CMARK_EVENT_ENTER || node->type != CMARK_NODE_FOOTNOTE_DEFINITION)
			continue;
		RnNode place = { 0 };
		note_place (md, node, &place);
		Note note = { node, rn_convert_copy (md, (const char *) node->as.literal.data, (gsize) node->as.literal.len), place.line, place.col };
		g_array_append_val (md->written, note);
	}
	cmark_iter_free (iter);
}

/* --- notes ---------------------------------------------------------------------------------------------------------------------- */

static void tell_notes (RnMarkdown *md, const cmark_node *root)
{
	if (!md->written->len)
		return;
	g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
	for (const cmark_node *node = root->last_child; node && node->type == CMARK_NODE_FOOTNOTE_DEFINITION; node = node->prev)
		g_hash_table_add (nodes, (gpointer) node);
	if (g_hash_table_size (nodes) == md->written->len)
		return;
	g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < md->written->len; i++) {
		const Note *note = &g_array_index (md->written, Note, i);
		if (g_hash_table_contains (nodes, note->node))
			g_hash_table_add (names, g_utf8_casefold (note->name, -1));
	}
	for (guint i = 0; i < md->written->len; i++) {
		const Note *note = &g_array_index (md->written, Note, i);
		if (g_hash_table_contains (nodes, note->node))
			continue;
		g_autofree char *name = g_utf8_casefold (note->name, -1);
		rn_diagnose (md->sink, g_hash_table_contains (names, name) ? RN_D_FOOTNOTE_DOUBLE : RN_D_FOOTNOTE_UNCALLED, rn_convert_place (md, note->line, note->col), note->name);
	}
}

/* --- addresses of links ------------------------------------------------------------------------------------------------------- */

static GHashTable *addresses_of (cmark_node *root)
{
	GHashTable *used = g_hash_table_new (g_str_hash, g_str_equal);
	cmark_iter *iter = cmark_iter_new (root);
	for (cmark_event_type event; (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node (iter);
		if (event == CMARK_EVENT_ENTER && (node->type == CMARK_NODE_LINK || node->type == CMARK_NODE_IMAGE))
			g_hash_table_add (used, (gpointer) cmark_node_get_url (node));
	}
	cmark_iter_free (iter);
	return used;
}

/* As cmark keeps a label. */
static char *folded (const char *label, gsize len)
{
	g_autofree char *text = g_strndup (label, len);
	g_auto (GStrv) words = g_strsplit_set (g_strstrip (text), " \t", -1);
	g_autoptr (GString) one = g_string_new (NULL);
	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf (one, "%s%s", one->len ? " " : "", *word);
	return g_utf8_casefold (one->str, -1);
}

/* The label as it is written, where line INDEX of the body defines the address of the label FOLDED, and the column of its bracket; else NULL. */
static char *defined_in (RnMarkdown *md, guint32 index, const char *label, guint32 *col)
{
	gsize len;
	const char *line = rn_scan_line (&md->scan, index, &len), *end = line + len, *p = line;
	while (p < end && strchr (" \t>-+*0123456789.)", *p))
		p++;
	const char *close = p < end && *p == '[' ? memmem (p, (gsize) (end - p), "]:", 2) : NULL;
	if (!close)
		return NULL;
	g_autofree char *name = folded (p + 1, (gsize) (close - p - 1));
	*col = (guint32) g_utf8_strlen (line, p - line) + 1;
	return strcmp (name, label) == 0 ? g_strndup (p + 1, (gsize) (close - p - 1)) : NULL;
}

#define MISSES 20 /* labels that go over line ends, and are not found for it: after so many, all are told at the text's beginning */

static void tell_definitions (RnMarkdown *md, cmark_node *root)
{
	if (!md->definitions->len)
		return;
	g_autoptr (GHashTable) used = addresses_of (root);
	guint32 next = 0, misses = md->fixed_line ? MISSES : 0;
	for (guint i = md->definitions->len; i-- > 0;) {
		const Definition *definition = &g_array_index (md->definitions, Definition, i);
		g_autofree char *label = folded (definition->label, strlen (definition->label)), *found = NULL;
		guint32 at = next, col = 1;
		for (; misses < MISSES && at < md->scan.n_lines && !found; at++)
			found = defined_in (md, at, label, &col);
		if (found)
			next = at;
		else
			misses++, col = 1;
		if (!*definition->address || strcmp (definition->address, "#") == 0 || g_hash_table_contains (used, definition->address))
			continue;
		RnPlace place = rn_convert_place (md, md->fixed_line ? md->fixed_line : found ? md->line + at - 1 : md->line, col);
		rn_diagnose (md->sink, RN_D_ADDRESS_UNUSED, place, found ? found : definition->label);
	}
}

/* --- comments ------------------------------------------------------------------------------------------------------------------- */

void rn_dropped_html (RnMarkdown *md, const char *html, gsize len, const RnNode *place)
{
	/* CDATA is shown as it stands. cmark finds "-->" in "<!-->" too. */
	static const char *const pairs[][2] = { { "<!--", "-->" }, { "<?", "?>" }, { "<![", "" }, { "<!", ">" } };
	for (; len && (*html == ' ' || *html == '\t'); len--)
		html++;
	for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
		const gsize n = strlen (pairs[i][0]);
		if (len < n || memcmp (html, pairs[i][0], n))
			continue;
		if (!memmem (html, len, pairs[i][1], strlen (pairs[i][1])))
			rn_diagnose (md->sink, RN_D_HTML_OPEN, rn_convert_place (md, place->line, place->col), pairs[i][0], pairs[i][1]);
		return;
	}
}

void rn_dropped_tell (RnMarkdown *md, cmark_node *root)
{
	tell_notes (md, root);
	tell_definitions (md, root);
}
