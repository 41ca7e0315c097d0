/* search.c - a search page that was asked a question answers it itself, from the index of the last edition: without a script, in the order of `rohnamo search`. */
#include "preview/preview-int.h"
#include "base/path.h"
#include "base/text.h"
#include "search/query.h"

#include <string.h>

#define HITS 20
#define QUESTION_MAX 500   /* bytes */

static void add_form (const RnPage *page, const char *question, GString *out)
{
	g_string_append (out, "<form class=\"search\" role=\"search\">\n<label for=\"q\">");
	rn_preview_word (page->language, "search_label", out);
	g_string_append (out, "</label>\n<div><input id=\"q\" name=\"q\" type=\"search\" value=\"");
	rn_text_escape (out, question, -1, TRUE);
	g_string_append (out, "\"><button>");
	rn_preview_word (page->language, "search_go", out);
	g_string_append (out, "</button></div>\n</form>\n");
}

void rn_search_ask (const RnPage *page, GString *out)
{
	g_autoptr (GString) form = g_string_new (NULL);
	add_form (page, "", form);
	g_string_replace (form, "\n", "", 0);
	g_string_append_printf (out, "<noscript>%s</noscript>", form->str);
}

/* The string KEY with VALUE in place of NAME, escaped. */
static void add_with (const RnLanguage *language, const char *key, const char *name, const char *value, GString *out)
{
	const char *template = rn_language_string (language, key, 0);
	g_autoptr (GString) text = g_string_new (template ? template : key);
	g_string_replace (text, name, value, 0);
	rn_text_escape (out, text->str, -1, FALSE);
}

static void add_hit (const RnHit *hit, GString *out)
{
	g_autoptr (GString) url = g_string_new (NULL);
	rn_path_encode (url, hit->url);
	g_string_append (out, "<a href=\"");
	rn_text_escape (out, url->str, -1, TRUE);
	g_string_append (out, "\"><b>");
	rn_text_escape (out, hit->title, -1, FALSE);
	g_string_append (out, "</b><span>");
	for (guint i = 0; hit->snippet && hit->snippet[i]; i++) {
		g_string_append (out, i % 2 ? "<mark>" : "");
		rn_text_escape (out, hit->snippet[i], -1, FALSE);
		g_string_append (out, i % 2 ? "</mark>" : "");
	}
	g_string_append (out, "</span></a>\n");
}

static void add_results (const RnPage *page, const RnResults *results, GString *out)
{
	g_autofree char *n = g_strdup_printf ("%u", results->hits->len);
	g_string_append (out, "<p role=\"status\">");
	if (results->meant)
		add_with (page->language, "search_meant", "{q}", results->meant, out);
	g_string_append_c (out, ' ');
	if (results->hits->len)
		add_with (page->language, "search_found", "{n}", n, out);
	else
		rn_preview_word (page->language, "search_none", out);
	g_string_append (out, "</p>\n<div id=\"hits\">\n");
	for (guint i = 0; i < results->hits->len; i++)
		add_hit (results->hits->pdata[i], out);
	g_string_append (out, "</div>\n");
}

/* Is the index that of a site with these languages? Another one's would answer with pages that are not here. */
static gboolean is_ours (const RnSearch *search, const RnSite *site)
{
	const char *const *codes = rn_search_languages (search);
	for (guint i = 0; i < site->n_languages; i++)
		if (!codes[i] || strcmp (codes[i], site->languages[i]->code))
			return FALSE;
	return !codes[site->n_languages];
}

static void answer (RnAsk *ask, const RnPage *page, const char *question, GString *out)
{
	const RnPreviewOptions *options = ask->preview->options;
	const RnSearchOptions asked = { page->language->code, NULL, HITS, ask->shown->from.site->clock };
	g_autofree char *path = g_build_filename (options->press.out, RN_SEARCH_FILE, NULL);
	g_autoptr (RnSearch) search = rn_search_open (path, NULL);
	g_autoptr (RnResults) results = search && is_ours (search, ask->shown->from.site) ? rn_search_query (search, question, &asked, NULL) : NULL;
	if (results) {
		add_results (page, results, out);
		return;
	}
	g_string_append (out, "<p role=\"status\">");
	rn_preview_word (page->language, search ? "preview_index_other" : "preview_index_none", out);
	g_string_append (out, "</p>\n");
}

gboolean rn_search_answer (RnAsk *ask, const RnPage *page, GString *html)
{
	const char *given = g_hash_table_lookup (ask->query, "q");
	if (!given)
		return FALSE;
	g_autofree char *cut = g_strndup (given, QUESTION_MAX), *question = g_utf8_make_valid (cut, -1);
	g_autoptr (GString) body = g_string_new (NULL);
	add_form (page, question, body);
	if (*g_strstrip (question))
		answer (ask, page, question, body);
	return rn_shown_text (ask->shown, page, body, html);
}
