/*
 * indexed.h - the index of a small site: search.db and the phone's shards in a folder of the sample's own.
 */
#ifndef RN_TESTS_INDEXED_H
#define RN_TESTS_INDEXED_H

#include "../model/sample.h"
#include "markdown/parse.h"
#include "search/database.h"
#include "search/index.h"

static const RnDocument *sample_parse (RnMarkdown *markdown, Sample *of, const RnPage *one)
{
	g_autoptr (GString) text = g_string_new (NULL);
	if (!one->file)
		return NULL;
	g_assert_true (rn_tree_read (of->tree, one->tree_index, 0, 1 << 20, text, NULL, NULL));
	return rn_markdown_parse (markdown, one, text->str + one->body, text->len - one->body, one->body_line);
}

/* Tells the pages by two workers, STEP apart, so that rows wait for each other; the output's folder. */
static char *sample_index (Sample *of, guint step)
{
	g_autoptr (GError) error = NULL;
	const RnMarkdownOptions options = { 0 };
	char *out = g_strdup_printf ("%s/out%u", of->dir, step);
	g_autoptr (RnIndex) index = rn_index_new (of->library, "abc", of->sink, &error);
	g_assert_no_error (error);
	RnIndexer *indexers[2] = { rn_indexer_new (index), rn_indexer_new (index) };
	RnMarkdown *markdown = rn_markdown_new (of->library, &options, of->sink);
	const RnPages *pages = rn_library_pages (of->library);
	for (guint first = 0; first < step; first++)
		for (guint i = step - 1 - first; i < pages->n; i += step)
			g_assert_true (rn_indexer_take (indexers[first % 2], i, sample_parse (markdown, of, pages->items[i]), &error));
	rn_indexer_free (indexers[0]);
	rn_indexer_free (indexers[1]);
	rn_markdown_free (markdown);
	RnAtomicTree *tree = rn_atomic_tree_begin (out, RN_SEARCH_FILE, &error);
	g_assert_no_error (error);
	g_assert_true (rn_index_finish (index, tree, &error));
	g_assert_true (rn_atomic_tree_commit (tree, NULL, &error));
	return out;
}

#endif
