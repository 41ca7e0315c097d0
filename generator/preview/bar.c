/* bar.c - what the preview says of a page, as a piece of HTML that its script puts over it: state, translation, faults, ways to look at it otherwise. */
#include "preview/preview-int.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

static void add_mark (GString *out, const RnLanguage *language, const char *class, const char *key)
{
	g_string_append_printf (out, "<span class=\"mark %s\">", class);
	rn_preview_word (language, key, out);
	g_string_append (out, "</span>\n");
}

/* The string KEY with {n}, in the plural that N asks for; escaped. */
static void add_count (GString *out, const RnLanguage *language, const char *key, guint n)
{
	const char *template = rn_language_string (language, key, n);
	g_autofree char *figure = g_strdup_printf ("%u", n);
	g_autoptr (GString) text = g_string_new (template ? template : "{n}");
	g_string_replace (text, "{n}", figure, 0);
	rn_text_escape (out, text->str, -1, FALSE);
}

/* The word KEY as a link to ADDRESS of the preview, with the page's path as its query. */
static void add_way (GString *out, const RnLanguage *language, const char *address, const RnPage *page, const char *key)
{
	g_autofree char *path = g_uri_escape_string (page->url, "/", FALSE);
	g_string_append_printf (out, "<a href=\"" RN_PREVIEW_FOLDER "%s?path=%s\">", address, path);
	rn_preview_word (language, key, out);
	g_string_append (out, "</a>\n");
}

/* --- its state ---------------------------------------------------------------------------------------------------------------- */

static void add_reviewed (GString *out, const RnPage *page)
{
	g_autoptr (GString) date = g_string_new (NULL), text = g_string_new (rn_language_string (page->language, "preview_reviewed", 0));
	if (page->kind != RN_PAGE_CONTENT)
		return;
	if (!page->reviewed) {
		add_mark (out, page->language, "soft", "preview_unreviewed");
		return;
	}
	rn_language_date (page->language, date, page->reviewed, "short");
	g_string_replace (text, "{date}", date->str, 0);
	g_string_append_printf (out, "<span class=\"mark %s\">", page->review_overdue ? "warning" : "fine");
	rn_text_escape (out, text->str, -1, FALSE);
	g_string_append (out, "</span>\n");
}

static void add_twin (GString *out, const RnPage *twin)
{
	g_autoptr (GString) url = g_string_new (NULL);
	rn_path_encode (url, twin->url);
	g_string_append (out, "<a href=\"");
	rn_text_escape (out, url->str, -1, TRUE);
	g_string_append_printf (out, "\" lang=\"%s\" hreflang=\"%s\">", twin->language->code, twin->language->code);
	rn_text_escape (out, twin->language->name, -1, FALSE);
	g_string_append (out, "</a>\n");
}

/* How it stands to the text that it translates, with the ways to its twins. */
static void add_translation (GString *out, const RnPage *page, guint languages)
{
	static const char *const keys[] = { [RN_FRESH] = "preview_fresh", [RN_STALE] = "preview_stale", [RN_STALE_UNKNOWN] = "preview_unknown" };
	static const char *const classes[] = { [RN_FRESH] = "fine", [RN_STALE] = "warning", [RN_STALE_UNKNOWN] = "soft" };
	if (page->fallback)
		add_mark (out, page->language, "warning", "preview_fallback");
	else if (page->source)
		add_mark (out, page->language, classes[page->freshness], keys[page->freshness]);
	for (guint i = 0; page->twins && i < languages; i++)
		if (page->twins[i] && page->twins[i] != page)
			add_twin (out, page->twins[i]);
}

static void add_state (RnAsk *ask, const RnPage *page)
{
	if (page->draft || !g_strcmp0 (page->status, "draft"))
		add_mark (ask->out, page->language, "warning", "preview_draft");
	if (page->expires && page->expires <= ask->shown->from.site->clock)
		add_mark (ask->out, page->language, "warning", "preview_ended");
	if (page->publish > ask->shown->from.site->clock)
		add_mark (ask->out, page->language, "warning", "preview_later");
	add_reviewed (ask->out, page);
	add_translation (ask->out, page, ask->shown->from.site->n_languages);
}

/* --- what is wrong ------------------------------------------------------------------------------------------------------------ */

static const RnTold *told_of (const RnAsk *ask)
{
	return ask->fault ? ask->fault : ask->judged ? ask->judged : ask->shown ? ask->shown->told : NULL;
}

static void add_counts (RnAsk *ask, const RnLanguage *language, const char *file)
{
	const RnTold *told = told_of (ask);
	const guint errors = rn_told_count (told, RN_ERROR, file), warnings = rn_told_count (told, RN_WARNING, file);
	if (file && (errors || warnings)) {
		g_string_append_printf (ask->out, "<span class=\"mark %s\">", errors ? "error" : "warning");
		add_count (ask->out, language, errors ? "preview_errors" : "preview_warnings", errors ? errors : warnings);
		g_string_append (ask->out, "</span>\n");
	}
	g_string_append (ask->out, "<a href=\"" RN_PREVIEW_FOLDER "\">");
	rn_preview_word (language, "preview_site", ask->out);
	g_string_append (ask->out, ": ");
	add_count (ask->out, language, "preview_errors", told ? told->count[RN_ERROR] : 0);
	g_string_append (ask->out, ", ");
	add_count (ask->out, language, "preview_warnings", told ? told->count[RN_WARNING] : 0);
	g_string_append (ask->out, "</a>\n");
}

/* Errors that stand over what was last shown well. */
static void add_faults (RnAsk *ask, const RnTold *told, const RnLanguage *language)
{
	const RnPreviewOptions *options = ask->preview->options;
	g_auto (GStrv) words = rn_preview_severities (language);
	g_string_append (ask->out, "<section class=\"over\" role=\"alert\">\n<p><b>");
	rn_preview_word (language, "preview_last_good", ask->out);
	g_string_append (ask->out, "</b></p>\n<ul class=\"faults\">\n");
	for (guint i = 0; i < told->n; i++)
		if (told->items[i].severity == RN_ERROR || !told->count[RN_ERROR])
			rn_told_html (&told->items[i], options->editor, options->press.dir, (const char *const *) words, ask->out);
	g_string_append (ask->out, "</ul>\n</section>\n");
}

/* What stands in the way of all pages, or of this one as it is now. */
static void add_overlay (RnAsk *ask, const RnPage *page, const RnLanguage *language, const char *path)
{
	g_autoptr (GString) html = g_string_new (NULL);
	g_autoptr (RnTold) fault = NULL;
	if (page && !ask->fault)
		rn_route_make (ask->preview, ask->shown, page, html, &ask->again);
	else if (ask->shown && !ask->fault)
		rn_told_unref (rn_route_lost (ask->preview, ask->shown, path, html));
	fault = rn_kept_fault (ask->preview->kept, page ? page->url : path);
	if (ask->fault || fault)
		add_faults (ask, ask->fault ? ask->fault : fault, language);
}

/* --- the bar ------------------------------------------------------------------------------------------------------------------ */

static void add_ways (RnAsk *ask, const RnPage *page)
{
	const RnPreviewOptions *options = ask->preview->options;
	if (page->file && page->tree_index < rn_tree_count (ask->shown->from.tree))
		rn_told_link (RN_PLACE (page->file, page->text ? 0 : MAX (page->body_line, 1), 0), options->editor, options->press.dir, ask->out);
	g_string_append_c (ask->out, '\n');
	add_way (ask->out, page->language, "phone", page, "preview_phone");
	if (page->twins)
		add_way (ask->out, page->language, "pair", page, "preview_pair");
	if (page->kind == RN_PAGE_CONTENT || page->kind == RN_PAGE_PART)
		add_way (ask->out, page->language, "print", page, "preview_print");
}

void rn_route_bar (RnAsk *ask)
{
	const RnPage *page = rn_preview_asked (ask);
	const RnLanguage *language = page ? page->language : rn_preview_language (ask);
	const char *path = g_hash_table_lookup (ask->query, "path");
	ask->type = "text/html; charset=utf-8";
	g_string_append (ask->out, "<link rel=\"stylesheet\" href=\"" RN_PREVIEW_FOLDER "preview.css\">\n");
	g_string_append_printf (ask->out, "<div class=\"bar\" lang=\"%s\" dir=\"%s\" role=\"region\" aria-label=\"",
	                        language == ask->preview->plain ? "en" : language->code, language->dir);
	rn_preview_word (language, "preview", ask->out);
	g_string_append (ask->out, "\">\n");
	add_overlay (ask, page, language, path ? path : "/");
	g_string_append (ask->out, "<details>\n<summary><b>");
	rn_preview_word (language, "preview", ask->out);
	g_string_append (ask->out, "</b></summary>\n<div class=\"ways\">\n");
	if (page)
		add_ways (ask, page);
	g_string_append (ask->out, "</div>\n</details>\n<div class=\"marks\">\n");
	if (page)
		add_state (ask, page);
	add_counts (ask, language, page ? page->file : NULL);
	g_string_append (ask->out, "</div>\n</div>\n");
}
