/*
 * share_folder.c - the site as a folder for a memory card, in a ZIP: a walk over what has been put below site/.
 *
 * In: the site's files, read back one by one. Out: share/site.zip. Invariant: the order of names, whatever the number of workers; never more than a
 * few hundred files in memory. What only a server needs stays behind, and so do pages of use only there; pages that are
 * withheld have others in their place. In pages, links that end in '/' get their index.html, and elements marked data-served go.
 */
#include "site/share-int.h"
#include "base/sums.h"
#include "base/text.h"
#include "base/workers.h"
#include "site/markup.h"
#include "site/policy.h"

#include <string.h>

#define ZIP_FILE "site.zip"
#define START "START.html"
#define AT_ONCE 256

typedef struct { RnShare *share; RnAtomicFile *file; GChecksum *sum; guint64 bytes; } Output;

/* One run of files: workers read, edit and pack them; one thread adds them in order. */
typedef struct {
	RnShare *share;
	const GPtrArray *paths;
	guint first;
	RnZipEntry packed[AT_ONCE];
	char sums[AT_ONCE][65];
	GString *list;            /* SHA256SUMS of what lies in the archive; NULL: not asked for */
} Run;

static gboolean write_out (gpointer user, const char *data, gsize len, GError **error)
{
	Output *output = user;
	g_checksum_update (output->sum, (const guchar *) data, (gssize) len);
	output->bytes += len;
	return rn_atomic_file_write (output->file, data, len, error);
}

/* --- what goes along ------------------------------------------------------------------------------------------------------- */

/* The page whose file PATH is; *led: the one that PATH only leads to. NULL: none. */
static const RnPage *page_of (const RnShare *share, const char *path, const RnPage **led)
{
	*led = NULL;
	if (!g_str_has_suffix (path, "/index.html"))
		return NULL;
	g_autofree char *url = g_strndup (path + strlen ("site"), strlen (path) - strlen ("site") - strlen ("index.html"));
	*led = rn_library_led_from (share->library, url);
	return rn_library_at (share->library, url);
}

static gboolean goes_along (const RnShare *share, const char *path)
{
	static const char *const folders[] = { "site/share/", "site/offline/", "site/.", NULL };
	static const char *const names[] = { "404.html", "robots.txt", "sw.js", "_headers", "_redirects", ".htaccess", NULL };
	static const char *const endings[] = { ".gz", ".br", NULL };
	const char *name = strrchr (path, '/') + 1;
	for (const char *const *folder = folders; *folder; folder++)
		if (g_str_has_prefix (path, *folder))
			return FALSE;
	for (const char *const *ending = endings; *ending; ending++)
		if (g_str_has_suffix (path, *ending))
			return FALSE;
	/* A memory card does not tell a page from what leads there from its address in capitals. */
	g_autofree char *small = g_ascii_strdown (path, -1);
	const RnPage *led, *other, *page = page_of (share, path, &led);
	if (page ? page->online || rn_share_withholds (page) : (led && led->online) || (strcmp (small, path) && page_of (share, small, &other)))
		return FALSE;
	return !g_strv_contains (names, name) && !(g_str_has_prefix (name, "sitemap") && g_str_has_suffix (name, ".xml"));
}

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *rn_share_folder_files (RnShare *share)
{
	g_autoptr (GPtrArray) all = rn_atomic_tree_list (share->out, "site/");
	GPtrArray *paths = g_ptr_array_new ();
	for (guint i = 0; i < all->len; i++)
		if (goes_along (share, all->pdata[i]) && !g_hash_table_contains (share->copies, all->pdata[i]))
			g_ptr_array_add (paths, all->pdata[i]);
	GHashTableIter iter;
	gpointer path;
	for (g_hash_table_iter_init (&iter, share->copies); g_hash_table_iter_next (&iter, &path, NULL);)
		g_ptr_array_add (paths, path);
	g_ptr_array_sort (paths, by_name);
	return paths;
}

/* --- editing a page ------------------------------------------------------------------------------------------------------- */

/* Where "index.html" belongs in the address at VALUE, as it stands in HTML; -1: nowhere. */
static gssize index_place (const char *value, gsize len)
{
	gsize path = 0;
	while (path < len && !strchr ("?#:&", value[path]))
		path++;
	if (!len || *value == '#' || (path < len && value[path] == ':') || *value == '/')
		return -1;
	gboolean folder = !path || value[path - 1] == '/' || (path == 1 && *value == '.') || (path >= 2 && !strncmp (value + path - 2, "..", 2));
	return folder ? (gssize) path : -1;
}

/* Behind the end of the element whose tag has been read. */
static const char *skip_element (RnMarkup *markup)
{
	char name[sizeof markup->name];
	g_strlcpy (name, markup->name, sizeof name);
	for (guint open = !markup->empty; open && rn_markup_next (markup);)
		if (!strcmp (markup->name, name))
			open += markup->type == RN_MARKUP_OPEN ? 1 : markup->type == RN_MARKUP_CLOSE ? -1 : 0;
	return markup->next;
}

/* Does the tag say that its element is of use only where the site is served? FROM: where to look for the mark, moved on. */
static gboolean is_served (const RnMarkup *markup, const char **from)
{
	while (*from && *from < markup->at)
		*from = strstr (*from + 1, " data-served");
	return *from && *from < markup->at + markup->len;
}

/* NAME: links get their index.html. */
static void edit (GString *html, gboolean name)
{
	g_autoptr (GString) out = g_string_sized_new (html->len + html->len / 8);
	const char *done = html->str, *mark = strstr (html->str, " data-served");
	RnMarkup markup;
	rn_markup_begin (&markup, html->str, html->len);
	while (rn_markup_next (&markup)) {
		RnMarkupAttribute attribute;
		if (markup.type == RN_MARKUP_OPEN && is_served (&markup, &mark)) {
			g_string_append_len (out, done, markup.at - done);
			done = skip_element (&markup);
			continue;
		}
		if (!name || markup.type != RN_MARKUP_OPEN || (strcmp (markup.name, "a") && strcmp (markup.name, "link")))
			continue;
		for (const char *at = markup.attributes; rn_markup_attribute (&markup, &at, &attribute);) {
			gssize place = attribute.name_len == 4 && !memcmp (attribute.name, "href", 4) ? index_place (attribute.value, attribute.value_len) : -1;
			if (place < 0)
				continue;
			const char *here = attribute.value + place;
			g_string_append_len (out, done, here - done);
			g_string_append (out, place && here[-1] != '/' ? "/index.html" : "index.html");
			done = here;
		}
	}
	g_string_append (out, done);
	/* What the search adds to the addresses that it finds. */
	if (name)
		g_string_replace (out, "data-leaf=\"\"", "data-leaf=\"index.html\"", 1);
	g_string_assign (html, out->str);
}

static gboolean read_file (RnShare *share, const char *path, GString *bytes, GError **error)
{
	GBytes *copy = g_hash_table_lookup (share->copies, path);
	gsize len;
	if (!copy)
		return rn_atomic_tree_read (share->out, path, bytes, error);
	const char *data = g_bytes_get_data (copy, &len);
	g_string_truncate (bytes, 0);
	g_string_append_len (bytes, data, (gssize) len);
	return TRUE;
}

gboolean rn_share_folder_read (RnShare *share, const char *path, GString *bytes, GError **error)
{
	if (!read_file (share, path, bytes, error))
		return FALSE;
	if (g_str_has_suffix (path, ".html"))
		edit (bytes, !share->site->explicit_index);
	return TRUE;
}

static gboolean pack_file (gpointer state, guint index, gpointer shared, GError **error)
{
	Run *run = shared;
	const char *path = run->paths->pdata[run->first + index];
	g_autoptr (GString) bytes = g_string_new (NULL);
	if (!rn_share_folder_read (run->share, path, bytes, error))
		return FALSE;
	rn_zip_pack (state, bytes->str, bytes->len, &run->packed[index]);
	if (run->list)
		rn_sums_of (bytes->str, bytes->len, run->sums[index]);
	return TRUE;
}

static gpointer open_packer (gpointer shared, GError **error)
{
	(void) shared, (void) error;
	return rn_zip_packer_new ();
}

static void close_packer (gpointer state, gpointer shared)
{
	(void) shared;
	rn_zip_packer_free (state);
}

/* --- START.html ----------------------------------------------------------------------------------------------------------- */

static gboolean add_start (RnShare *share, RnZip *zip, GString *list, GError **error)
{
	const RnSite *site = share->site;
	const char *title = rn_site_text (site, site->title, site->languages[0]);
	g_autoptr (GString) out = g_string_new ("<!doctype html>\n<html lang=\"");
	g_string_append (out, site->languages[0]->code);
	g_string_append (out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	rn_text_escape (out, title ? title : "START", -1, FALSE);
	g_string_append (out, "</title>\n<style>");
	g_string_append (out, share->css->str);
	g_string_append (out, "</style>\n</head>\n<body>\n<main>\n");
	for (guint i = 0; i < site->n_languages; i++) {
		const RnLanguage *language = site->languages[i];
		const RnPage *home = rn_library_home (share->library, language);
		if (!home)
			continue;
		g_string_append_printf (out, "<p class=\"door\" lang=\"%s\" dir=\"%s\"><a href=\"site%sindex.html\"><b>", language->code, language->dir, home->url);
		rn_text_escape (out, language->name, -1, FALSE);
		g_string_append (out, "</b><br>");
		title = rn_site_text (site, site->title, language);
		rn_text_escape (out, title ? title : home->title, -1, FALSE);
		g_string_append (out, "</a></p>\n");
	}
	g_string_append (out, "</main>\n</body>\n</html>\n");
	rn_policy_put_alone (out);
	g_autoptr (RnZipPacker) packer = rn_zip_packer_new ();
	char sum[65];
	rn_sums_of (out->str, out->len, sum);
	if (list)
		rn_sums_add (list, sum, START);
	return rn_zip_add_bytes (zip, packer, START, out->str, out->len, error);
}

/* --- the walk ------------------------------------------------------------------------------------------------------------- */

static gboolean walk (RnShare *share, guint jobs, const GPtrArray *paths, RnZip *zip, GError **error)
{
	g_autofree Run *run = g_new0 (Run, 1);
	g_autoptr (GString) list = rn_value_bool (rn_value_get (share->site->config, "sums"), FALSE) ? g_string_new (NULL) : NULL;
	gboolean fine = add_start (share, zip, list, error);
	run->list = list;
	run->share = share;
	run->paths = paths;
	for (run->first = 0; fine && run->first < paths->len; run->first += AT_ONCE) {
		guint n = MIN (AT_ONCE, paths->len - run->first);
		fine = rn_workers_run (jobs, n, open_packer, pack_file, close_packer, run, NULL, error);
		for (guint i = 0; i < n; i++) {
			fine = fine && rn_zip_add (zip, paths->pdata[run->first + i], &run->packed[i], error);
			rn_zip_entry_clear (&run->packed[i]);
			if (fine && list)
				rn_sums_add (list, run->sums[i], paths->pdata[run->first + i]);
		}
	}
	g_autoptr (RnZipPacker) packer = rn_zip_packer_new ();
	return fine && (!list || rn_zip_add_bytes (zip, packer, RN_SUMS_FILE, list->str, list->len, error)) && rn_zip_finish (zip, error);
}

gboolean rn_share_folder (RnShare *share, guint jobs, GError **error)
{
	g_autoptr (GPtrArray) paths = rn_share_folder_files (share);
	Output output = { .share = share, .file = rn_atomic_tree_open (share->out, "share/" ZIP_FILE, error) };
	if (!output.file)
		return FALSE;
	output.sum = g_checksum_new (G_CHECKSUM_SHA256);
	g_autoptr (RnZip) zip = rn_zip_new (write_out, &output);
	gboolean fine = walk (share, jobs, paths, zip, error);
	if (fine) {
		rn_share_note (share, ZIP_FILE, "folder", NULL, output.bytes, g_checksum_get_string (output.sum));
		fine = rn_atomic_file_close (output.file, "site/share/" ZIP_FILE, error);
	} else {
		rn_atomic_file_abort (output.file);
	}
	g_checksum_free (output.sum);
	return fine;
}
