/* routes.c - which address is answered by what; the site's own: pages with the preview's script at their end, all else as a build makes it. */
#include "preview/preview-int.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *path; gboolean below; RnRoute route; } routes[] = {
	{ RN_PREVIEW_FOLDER, FALSE, rn_route_list },
	{ RN_PREVIEW_FOLDER "bar", FALSE, rn_route_bar },
	{ RN_PREVIEW_FOLDER "phone", FALSE, rn_route_phone },
	{ RN_PREVIEW_FOLDER "pair", FALSE, rn_route_pair },
	{ RN_PREVIEW_FOLDER "print", FALSE, rn_route_print },
	{ RN_PREVIEW_FOLDER, TRUE, rn_route_asset },
	{ RN_CMS_FOLDER, TRUE, rn_cms_route },
	{ "/sw.js", FALSE, rn_route_worker },
};

RnRoute rn_route_find (const char *path)
{
	for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
		if (routes[i].below ? g_str_has_prefix (path, routes[i].path) : !strcmp (path, routes[i].path))
			return routes[i].route;
	return NULL;
}

/* --- pages ------------------------------------------------------------------------------------------------------------------ */

void rn_route_tag (const GString *html, char tag[9])
{
	g_snprintf (tag, 9, "%08x", g_str_hash (html->str));
}

/* Does FILE ("content/faq/patent.tg.md") look like that of PATH ("/tg/faq/patent/")? */
static gboolean is_file_of (const char *file, const char *path)
{
	g_autofree char *stem = g_path_get_basename (file), *folder = g_path_get_dirname (file), *name = NULL;
	g_auto (GStrv) parts = g_strsplit (path, "/", -1);
	const guint n = g_strv_length (parts);
	if (n < 3 || !g_str_has_suffix (file, ".md"))
		return FALSE;
	const char *last = n > 3 ? parts[n - 2] : "";
	name = g_strdup_printf ("%s.%s.md", last, parts[1]);
	if (!strcmp (stem, name))
		return TRUE;
	g_free (name);
	name = g_strdup_printf ("_index.%s.md", parts[1]);
	return !strcmp (stem, name) && (!*last || g_str_has_suffix (folder, last));
}

/* What was told of the file that should be the page at PATH, which the library has left out for it; NULL: nothing. */
static RnTold *told_left_out (RnPreview *preview, const RnShown *shown, const char *path)
{
	g_autofree char *known = rn_kept_file (preview->kept, path);
	for (guint i = 0; i < shown->told->n; i++) {
		const RnToldOne *one = &shown->told->items[i];
		if (one->severity == RN_ERROR && one->where.file && (!g_strcmp0 (one->where.file, known) || is_file_of (one->where.file, path)))
			return rn_told_part (shown->told, one->where.file);
	}
	return NULL;
}

/* Another language stands in for a page whose own file is broken: what was shown of that file stays, with what is wrong with it; else the other language is shown with it. */
static gboolean make_stand_in (RnPreview *preview, RnShown *shown, const RnPage *page, GString *html, gboolean *changed)
{
	g_autoptr (RnTold) fault = page->fallback ? told_left_out (preview, shown, page->url) : NULL, told = NULL;
	if (!fault)
		return FALSE;
	rn_kept_fail (preview->kept, page->url, fault);
	if (!rn_kept_get (preview->kept, page->url, html))
		rn_shown_page (shown, page, html, &told, changed);
	return TRUE;
}

gboolean rn_route_make (RnPreview *preview, RnShown *shown, const RnPage *page, GString *html, gboolean *changed)
{
	g_autoptr (RnTold) told = NULL;
	*changed = FALSE;
	if (make_stand_in (preview, shown, page, html, changed))
		return FALSE;
	if (rn_shown_page (shown, page, html, &told, changed)) {
		rn_kept_put (preview->kept, page->url, page->file, html);
		return TRUE;
	}
	rn_kept_fail (preview->kept, page->url, told);
	rn_kept_get (preview->kept, page->url, html);
	return FALSE;
}

/* HTML with the preview's script behind it: not a byte before it differs from a build's. */
static void send_page (RnAsk *ask, const char *url, const GString *html)
{
	const RnPage *page = ask->shown ? rn_shown_at (ask->shown, url) : NULL;
	char tag[9];
	rn_route_tag (html, tag);
	g_string_append_len (ask->out, html->str, (gssize) html->len);
	g_string_append_c (ask->out, '\n');
	if (page && page->kind == RN_PAGE_SEARCH && !g_hash_table_contains (ask->query, "q"))
		rn_search_ask (page, ask->out);
	g_string_append (ask->out, "<script src=\"" RN_PREVIEW_FOLDER "bar.js\" data-path=\"");
	rn_text_escape (ask->out, url, -1, TRUE);
	g_string_append_printf (ask->out, "\" data-tag=\"%s\" defer></script>\n", tag);
	ask->type = "text/html; charset=utf-8";
}

static void send_site_page (RnAsk *ask, const RnPage *page)
{
	g_autoptr (GString) html = g_string_new (NULL);
	gboolean changed = FALSE;
	if (page->kind == RN_PAGE_SEARCH && rn_search_answer (ask, page, html)) {
		send_page (ask, page->url, html);
		return;
	}
	if (!rn_route_make (ask->preview, ask->shown, page, html, &changed)) {
		ask->again = changed;
		g_autoptr (RnTold) fault = rn_kept_fault (ask->preview->kept, page->url);
		if (!html->len) {
			rn_desk_fault (ask, fault);
			return;
		}
	}
	if (page->kind == RN_PAGE_NOT_FOUND)
		ask->status = SOUP_STATUS_NOT_FOUND;
	send_page (ask, page->url, html);
}

/* --- what is made of all pages at once: from the last edition ------------------------------------------------------------------- */

/* Opens PATH below DIR without following a link on the way. -1: there is no such file. */
static int open_below (const char *dir, const char *path)
{
	g_auto (GStrv) parts = g_strsplit (path, "/", -1);
	int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (char **part = parts; fd >= 0 && *part; part++) {
		const int next = openat (fd, *part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (part[1] ? O_DIRECTORY : 0));
		close (fd);
		fd = next;
	}
	return fd;
}

static gboolean is_of_all (const RnAsk *ask, const RnPage *page)
{
	static const char *const folders[] = { "/search/", "/offline/", "/print/", "/share/" };
	for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
		if (g_str_has_prefix (ask->path, folders[i]))
			return TRUE;
	return page && ask->shown->share && rn_share_is_list (page);
}

static gboolean send_of_all (RnAsk *ask, const RnPage *page)
{
	g_autofree char *site = g_build_filename (ask->preview->options->press.out, "site", NULL);
	g_autoptr (GString) path = g_string_new (ask->path + 1);
	g_autoptr (GString) html = NULL;
	if (page) {
		g_string_truncate (path, 0);
		rn_page_file (page, path);
	}
	const int fd = open_below (site, path->str);
	if (fd < 0)
		return FALSE;
	GMappedFile *file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
	close (fd);
	if (!file)
		return FALSE;
	ask->bytes = g_mapped_file_get_bytes (file);
	g_mapped_file_unref (file);
	if (!page)
		return TRUE;
	html = g_string_new_len (g_bytes_get_data (ask->bytes, NULL), (gssize) g_bytes_get_size (ask->bytes));
	g_clear_pointer (&ask->bytes, g_bytes_unref);
	send_page (ask, page->url, html);
	return TRUE;
}

/* --- all of the site -------------------------------------------------------------------------------------------------------- */

/* "/tg/faq" where "/tg/faq/" is a page. */
static gboolean send_on (RnAsk *ask)
{
	g_autofree char *folder = g_strconcat (ask->path, "/", NULL);
	const RnPage *page = g_str_has_suffix (ask->path, "/") ? NULL : rn_library_at (ask->shown->from.library, folder);
	if (!page)
		return FALSE;
	ask->location = g_uri_escape_string (folder, "/", FALSE);
	ask->status = SOUP_STATUS_MOVED_PERMANENTLY;
	return TRUE;
}

RnTold *rn_route_lost (RnPreview *preview, RnShown *shown, const char *path, GString *html)
{
	RnTold *fault = told_left_out (preview, shown, path);
	g_string_truncate (html, 0);
	if (fault) {
		rn_kept_fail (preview->kept, path, fault);
		rn_kept_get (preview->kept, path, html);
	}
	return fault;
}

/* There is nothing. Of a page whose file is broken what was shown last stays, or what is wrong with it is; else the site's own page for that. */
static void send_nothing (RnAsk *ask)
{
	g_autoptr (GString) html = g_string_new (NULL);
	g_autoptr (RnTold) fault = rn_route_lost (ask->preview, ask->shown, ask->path, html);
	if (html->len)
		send_page (ask, ask->path, html);
	else
		rn_desk_fault (ask, fault);
}

void rn_route_site (RnAsk *ask)
{
	const RnPage *page = ask->shown ? rn_shown_at (ask->shown, ask->path) : NULL;
	if (!ask->shown)
		rn_desk_fault (ask, ask->fault);
	else if (is_of_all (ask, page) && send_of_all (ask, page))
		return;
	else if (page)
		send_site_page (ask, page);
	else if (!rn_shown_file (ask->shown, ask->path, ask->out) && !send_on (ask))
		send_nothing (ask);
}
