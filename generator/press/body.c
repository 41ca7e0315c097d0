/* body.c - the text of a page, its file's or a plugin's, in; its document out. Invariant: the front matter is still that which the library has read. */
#include "press/body.h"
#include "base/text.h"

/* The page's bytes into TEXT; FALSE after a diagnostic. */
static gboolean read_file (const RnPage *page, RnTree *tree, GString *text, RnDiagnostics *sink)
{
	g_autoptr (GError) error = NULL;
	gsize size = 0;
	g_string_truncate (text, 0);
	if (rn_tree_read (tree, page->tree_index, 0, RN_MARKDOWN_MAX_BYTES, text, &size, &error)) {
		if (text->len >= page->body && rn_page_unchanged (page, text->str))
			return TRUE;
		rn_diagnose (sink, RN_D_FILE_CHANGED, rn_page_place (page, 0, 0));
		return FALSE;
	}
	if (g_error_matches (error, RN_TREE_ERROR, RN_TREE_ERROR_TOO_LARGE)) {
		g_autofree char *may = g_format_size_full (RN_MARKDOWN_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS), *has = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
		rn_diagnose (sink, RN_D_FILE_TOO_LARGE, rn_page_place (page, 0, 0), size ? has : "more", may);
	} else {
		rn_diagnose (sink, RN_D_FILE_UNREADABLE, rn_page_place (page, 0, 0), error->message);
	}
	return FALSE;
}

const RnDocument *rn_body_parse (RnMarkdown *markdown, const RnPage *page, RnTree *tree, GString *text, RnDiagnostics *sink)
{
	if (page->text)
		return rn_markdown_parse (markdown, page, page->text, page->text_len, page->body_line);
	if (!read_file (page, tree, text, sink))
		return NULL;
	const guint conflict = rn_text_conflict (text->str + page->body, text->len - page->body);
	if (conflict) {
		rn_diagnose (sink, RN_D_MERGE_CONFLICT, rn_page_place (page, page->body_line + conflict - 1, 1));
		return NULL;
	}
	return rn_markdown_parse (markdown, page, text->str + page->body, text->len - page->body, page->body_line);
}
