/* desk.c - the preview's own pages: all that was told, a page that cannot be shown, frames of other pages, print; and its own files. */
#include "preview/preview-int.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

/* --- words -------------------------------------------------------------------------------------------------------------------- */

void rn_preview_word (const RnLanguage *language, const char *key, GString *out)
{
	const char *text = rn_language_string (language, key, 0);
	rn_text_escape (out, text ? text : key, -1, TRUE);
}

static void word_in (const char *key, const RnLanguage *language, const char *before, const char *after, GString *out)
{
	g_string_append (out, before);
	rn_preview_word (language, key, out);
	g_string_append (out, after);
}

const RnPage *rn_preview_asked (const RnAsk *ask)
{
	const char *path = g_hash_table_lookup (ask->query, "path");
	return ask->shown && path ? rn_shown_at (ask->shown, path) : NULL;
}

/* The site's language that the first part of PATH names; NULL. */
static const RnLanguage *language_of (const RnShown *shown, const char *path)
{
	g_autofree char *code = path && *path == '/' ? g_strndup (path + 1, strcspn (path + 1, "/")) : NULL;
	return code ? rn_site_language (shown->from.site, code) : NULL;
}

const RnLanguage *rn_preview_language (const RnAsk *ask)
{
	if (!ask->shown)
		return ask->preview->plain;
	const RnLanguage *language = language_of (ask->shown, g_hash_table_lookup (ask->query, "path"));
	if (!language)
		language = language_of (ask->shown, ask->path);
	return language ? language : ask->shown->from.site->languages[0];
}

char **rn_preview_severities (const RnLanguage *language)
{
	static const char *const keys[] = { [RN_HINT] = "preview_hint", [RN_WARNING] = "preview_warning", [RN_ERROR] = "preview_error" };
	char **words = g_new0 (char *, RN_ERROR + 2);
	for (guint i = 0; i <= RN_ERROR; i++) {
		GString *word = g_string_new (NULL);
		rn_preview_word (language, keys[i], word);
		words[i] = g_string_free (word, FALSE);
	}
	return words;
}

/* --- frame -------------------------------------------------------------------------------------------------------------------- */

void rn_desk_begin (RnAsk *ask, const RnLanguage *language, const char *title, const char *class)
{
	const gboolean known = language != ask->preview->plain;
	ask->type = "text/html; charset=utf-8";
	g_string_append_printf (ask->out, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n"
		"<link rel=\"stylesheet\" href=\"" RN_PREVIEW_FOLDER "preview.css\">\n</head>\n<body class=\"desk %s\">\n<main>\n<h1>%s</h1>\n",
		known ? language->code : "en", language->dir, title, class, title);
}

void rn_desk_end (RnAsk *ask, gboolean lives)
{
	g_string_append (ask->out, "</main>\n");
	if (lives) {
		g_string_append (ask->out, "<script src=\"" RN_PREVIEW_FOLDER "bar.js\" data-path=\"");
		rn_text_escape (ask->out, ask->path, -1, TRUE);
		g_string_append (ask->out, "\" data-tag=\"\" data-desk defer></script>\n");
	}
	g_string_append (ask->out, "</body>\n</html>\n");
}

/* All of TOLD, file by file. */
static void add_told (RnAsk *ask, const RnTold *told, const RnLanguage *language)
{
	const RnPreviewOptions *options = ask->preview->options;
	g_auto (GStrv) words = rn_preview_severities (language);
	const char *before = NULL;
	gboolean open = FALSE;
	for (guint i = 0; i < told->n; i++) {
		const RnToldOne *one = &told->items[i];
		if (!open || g_strcmp0 (before, one->where.file)) {
			g_string_append (ask->out, open ? "</ul>\n<h2>" : "<h2>");
			if (one->where.file)
				rn_text_escape (ask->out, one->where.file, -1, FALSE);
			else
				rn_preview_word (language, "preview_site", ask->out);
			g_string_append (ask->out, "</h2>\n<ul class=\"faults\">\n");
			before = one->where.file;
			open = TRUE;
		}
		rn_told_html (one, options->editor, options->press.dir, (const char *const *) words, ask->out);
	}
	g_string_append (ask->out, open ? "</ul>\n" : "");
}

/* --- what was told ------------------------------------------------------------------------------------------------------------ */

/* What stands in the way comes first; then what the check of all told, or, until it is through, the load. */
void rn_route_list (RnAsk *ask)
{
	const RnLanguage *language = rn_preview_language (ask);
	const RnTold *told = ask->judged ? ask->judged : ask->shown ? ask->shown->told : NULL;
	g_autoptr (GString) title = g_string_new (NULL);
	rn_preview_word (language, "preview_list", title);
	rn_desk_begin (ask, language, title->str, "list");
	word_in ("preview_home", language, "<p><a href=\"/\">", "</a></p>\n", ask->out);
	if (ask->fault) {
		word_in ("preview_last_good", language, "<p class=\"stop\" role=\"alert\">", "</p>\n", ask->out);
		add_told (ask, ask->fault, language);
	}
	if (!ask->judged)
		word_in ("preview_checking", language, "<p>", "</p>\n", ask->out);
	else if (!told->n && !ask->fault)
		word_in ("preview_none", language, "<p>", "</p>\n", ask->out);
	if (told && !ask->fault)
		add_told (ask, told, language);
	rn_desk_end (ask, TRUE);
}

/* --- what cannot be shown ----------------------------------------------------------------------------------------------------- */

static gboolean is_made_of_all (const char *path)
{
	static const char *const folders[] = { "/search/", "/offline/", "/print/", "/share/" };
	for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
		if (g_str_has_prefix (path, folders[i]))
			return TRUE;
	return FALSE;
}

/* The site's own page for addresses that are nobody's, in the language of the address. */
static gboolean add_not_found (RnAsk *ask)
{
	const RnLanguage *language = rn_preview_language (ask);
	g_autofree char *url = g_strdup_printf ("/%s/404.html", language->code);
	const RnPage *page = ask->shown && !is_made_of_all (ask->path) ? rn_shown_at (ask->shown, url) : NULL;
	const char *accept = soup_message_headers_get_one (soup_server_message_get_request_headers (ask->message), "Accept");
	gboolean changed;
	if (!page || (accept && !strstr (accept, "text/html") && !strstr (accept, "*/*")) || !rn_route_make (ask->preview, ask->shown, page, ask->out, &changed))
		return FALSE;
	ask->type = "text/html; charset=utf-8";
	g_string_append (ask->out, "\n<script src=\"" RN_PREVIEW_FOLDER "bar.js\" data-path=\"");
	rn_text_escape (ask->out, ask->path, -1, TRUE);
	g_string_append (ask->out, "\" data-tag=\"\" defer></script>\n");
	return TRUE;
}

void rn_desk_fault (RnAsk *ask, const RnTold *told)
{
	const RnLanguage *language = rn_preview_language (ask);
	g_autoptr (GString) title = g_string_new (NULL);
	ask->status = told ? SOUP_STATUS_INTERNAL_SERVER_ERROR : SOUP_STATUS_NOT_FOUND;
	g_string_truncate (ask->out, 0);
	if (!told && add_not_found (ask))
		return;
	g_string_truncate (ask->out, 0);
	rn_preview_word (language, told ? "preview_broken" : "preview_missing", title);
	rn_desk_begin (ask, language, title->str, "fault");
	word_in (told ? "preview_mend" : is_made_of_all (ask->path) ? "preview_of_all" : "preview_missing_text", language, "<p>", "</p>\n", ask->out);
	if (told)
		add_told (ask, told, language);
	word_in ("preview_home", language, "<p><a href=\"/\">", "</a> · ", ask->out);
	word_in ("preview_list", language, "<a href=\"" RN_PREVIEW_FOLDER "\">", "</a></p>\n", ask->out);
	rn_desk_end (ask, TRUE);
}

/* --- frames ------------------------------------------------------------------------------------------------------------------- */

/* A page in a frame; the preview's script sees there that no bar is wanted. */
static void add_frame (RnAsk *ask, const RnPage *page, const char *class)
{
	g_string_append_printf (ask->out, "<iframe class=\"%s\" data-preview lang=\"%s\" title=\"", class, page->language->code);
	rn_text_escape (ask->out, page->title, -1, TRUE);
	g_string_append (ask->out, "\" src=\"");
	g_autoptr (GString) url = g_string_new (NULL);
	rn_path_encode (url, page->url);
	rn_text_escape (ask->out, url->str, -1, TRUE);
	g_string_append (ask->out, "\"></iframe>\n");
}

static const RnPage *begin_frames (RnAsk *ask, const char *key, const char *class)
{
	const RnLanguage *language = rn_preview_language (ask);
	const RnPage *page = rn_preview_asked (ask);
	g_autoptr (GString) title = g_string_new (NULL);
	if (!page) {
		rn_desk_fault (ask, NULL);
		return NULL;
	}
	rn_preview_word (language, key, title);
	rn_desk_begin (ask, language, title->str, class);
	g_string_append (ask->out, "<p><a href=\"");
	rn_text_escape (ask->out, page->url, -1, TRUE);
	g_string_append (ask->out, "\">");
	rn_text_escape (ask->out, page->title, -1, FALSE);
	g_string_append (ask->out, "</a></p>\n");
	return page;
}

void rn_route_phone (RnAsk *ask)
{
	const RnPage *page = begin_frames (ask, "preview_phone", "phone");
	if (!page)
		return;
	add_frame (ask, page, "screen");
	rn_desk_end (ask, FALSE);
}

void rn_route_pair (RnAsk *ask)
{
	const RnPage *page = begin_frames (ask, "preview_pair", "pair");
	if (!page)
		return;
	const guint n = page->twins ? ask->shown->from.site->n_languages : 0;
	g_string_append (ask->out, "<div class=\"frames\">\n");
	for (guint i = 0; i < n; i++)
		if (page->twins[i])
			add_frame (ask, page->twins[i], "half");
	if (!n)
		add_frame (ask, page, "half");
	g_string_append (ask->out, "</div>\n");
	rn_desk_end (ask, FALSE);
}

void rn_route_print (RnAsk *ask)
{
	const RnPage *page = rn_preview_asked (ask);
	g_autoptr (RnTold) told = NULL;
	if (!page) {
		rn_desk_fault (ask, NULL);
		return;
	}
	if (page->kind != RN_PAGE_CONTENT && page->kind != RN_PAGE_PART) {
		const RnLanguage *language = rn_preview_language (ask);
		g_autoptr (GString) title = g_string_new (NULL);
		rn_preview_word (language, "preview_no_print", title);
		rn_desk_begin (ask, language, title->str, "fault");
		rn_desk_end (ask, FALSE);
		return;
	}
	if (rn_shown_print (ask->shown, page, ask->out, &told))
		ask->type = "application/pdf";
	else
		rn_desk_fault (ask, told);
}

/* --- own files ---------------------------------------------------------------------------------------------------------------- */

void rn_route_asset (RnAsk *ask)
{
	GBytes *bytes = g_hash_table_lookup (ask->preview->assets, ask->path + strlen (RN_PREVIEW_FOLDER));
	if (bytes)
		ask->bytes = g_bytes_ref (bytes);
	else
		rn_desk_fault (ask, NULL);
}

void rn_route_worker (RnAsk *ask)
{
	GBytes *bytes = g_hash_table_lookup (ask->preview->assets, "sw.js");
	ask->bytes = bytes ? g_bytes_ref (bytes) : NULL;
}
