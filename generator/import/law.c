/*
 * law.c - a law as a document (.docx) or a page (.html) in; a page of the content with its articles as headings out.
 *
 * pandoc reads the document, in a process of its own with a limit of time and without a way to the network. Pictures of a document go to media/.
 */
#include "import/law.h"
#include "base/folder.h"
#include "base/words.h"
#include "import/page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define MINUTES "2m"           /* beyond, the document is broken or made to harm */

/* The Markdown of PATH, its pictures in the folder MEDIA. NULL with an error. */
static char *convert (RnImport *import, const char *path, gboolean html, const char *media, const char *where, GError **error)
{
	g_autofree char *pandoc = g_find_program_in_path ("pandoc"), *extract = g_strconcat ("--extract-media=", media, NULL), *full = g_canonicalize_filename (path, NULL);
	char *said = NULL, *complained = NULL;
	int status = 0;
	if (!pandoc) {
		g_set_error_literal (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT, _("this needs pandoc, which is not installed: apt-get install pandoc"));
		return NULL;
	}
	const char *const call[] = { "timeout", MINUTES, pandoc, "-f", html ? "html-native_divs-native_spans" : "docx", "-t", "commonmark+footnotes+pipe_tables+strikeout",
		"--wrap=none", html ? "--sandbox" : extract, "--", full, NULL };
	/* A proxy that is nobody's: whatever the document names, nothing is fetched. */
	g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "http_proxy", "http://127.0.0.1:9", TRUE);
	environment = g_environ_setenv (environment, "https_proxy", "http://127.0.0.1:9", TRUE);
	gboolean fine = g_spawn_sync (NULL, (char **) call, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, &complained, &status, error) &&
	                g_spawn_check_wait_status (status, error);
	g_auto (GStrv) lines = g_strsplit (complained ? g_strstrip (complained) : "", "\n", -1);
	if (!fine)
		g_prefix_error (error, _("pandoc cannot read '%s' (%s): "), path, lines[0] ? lines[0] : "");
	/* In the sandbox it misses words of its own, which a law has no need of. */
	for (guint i = 0; fine && lines[i]; i++)
		if (*lines[i] && !strstr (lines[i], "translation"))
			rn_import_tell (import, RN_IMPORT_LOST, where, "pandoc says: %s", lines[i]);
	if (fine && !g_utf8_validate (said, -1, NULL))
		g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, _("pandoc gave no UTF-8 for '%s'"), path);
	g_free (complained);
	if (!fine || !g_utf8_validate (said, -1, NULL))
		g_clear_pointer (&said, g_free);
	return said;
}

static char *replaced (char *text, const char *pattern, const char *with)
{
	g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
	char *made = g_regex_replace (regex, text, -1, 0, with, 0, NULL);
	g_free (text);
	return made;
}

/* No tag reaches into the next: the work grows with the text alone. */
char *rn_law_tidy (RnImport *import, const char *markdown, const char *where)
{
	char *text = replaced (g_strdup (markdown), "</?(?:span|div|colgroup)\\b[^<>]*>\\n?|<col\\b[^<>]*>\\n?|<a id=\"[^\"<>]*\"></a>", "");
	text = replaced (text, "<img src=\"([^\"<>]*)\"[^<>]*? alt=\"([^\"<>]*)\"[^<>]*>", "![\\2](\\1)");
	text = replaced (text, "<img src=\"([^\"<>]*)\"[^<>]*>", "![](\\1)");
	text = replaced (text, "(<(?:table|tbody|thead|tr|td|th|p|ul|ol|li)\\b[^<>]*?) (?:style|class)=\"[^\"<>]*\"", "\\1");
	if (strstr (text, "<table"))
		rn_import_tell (import, RN_IMPORT_NOTE, where, "A table that Markdown cannot hold stays as HTML.");
	return text;
}

/* --- pictures --------------------------------------------------------------------------------------------------------------- */

/* Copies the picture FILE of MEDIA into the content; gives its address, or NULL with an error. */
static char *keep_picture (const RnImport *import, const char *media, const char *name, const char *slug, GError **error)
{
	g_autofree char *file = g_strdup_printf ("%s-%s", slug, name), *from = g_build_filename (media, "media", name, NULL), *bytes = NULL;
	g_autofree char *to = g_build_filename (import->dir, import->site->content, "media", file, NULL), *folder = g_path_get_dirname (to);
	gsize len;
	if (!g_file_get_contents (from, &bytes, &len, error))
		return NULL;
	if (!import->dry_run && g_mkdir_with_parents (folder, 0777)) {
		const int why = errno;
		g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), _("cannot make the folder '%s': %s"), folder, rn_words_system (why));
		return NULL;
	}
	if (!import->dry_run && !rn_file_put (to, bytes, len, FALSE, 0666, error))
		return NULL;
	return g_strconcat ("/media/", file, NULL);
}

/* The document's pictures into media/, their addresses in TEXT with them; the folder MEDIA goes. */
static gboolean keep_pictures (const RnImport *import, GString *text, const char *media, const char *slug, GError **error)
{
	g_autofree char *folder = g_build_filename (media, "media", NULL);
	g_autoptr (GPtrArray) names = rn_folder_names (folder);
	gboolean fine = TRUE;
	if (!names && errno == ENOENT)
		return TRUE;   /* it has none */
	if (!names) {
		const int why = errno;
		g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), _("cannot read the folder '%s': %s"), folder, rn_words_system (why));
		return FALSE;
	}
	rn_import_sort (names);
	for (guint i = 0; fine && i < names->len; i++) {
		g_autofree char *file = g_build_filename (folder, names->pdata[i], NULL), *address = keep_picture (import, media, names->pdata[i], slug, error);
		fine = address != NULL;
		if (fine)
			g_string_replace (text, file, address, 0);
	}
	return fine;
}

static void remove_folder (const char *media)
{
	const char *const folders[] = { "media", "" };
	for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
		g_autofree char *folder = g_build_filename (media, folders[i], NULL);
		g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
		for (const char *name; dir && (name = g_dir_read_name (dir));) {
			g_autofree char *file = g_build_filename (folder, name, NULL);
			remove (file);
		}
		remove (folder);
	}
}

/* --- the page --------------------------------------------------------------------------------------------------------------- */

/* The first heading or paragraph, as the title, taken out of TEXT; the file's name where it is no title. */
static char *take_title (GString *text, const char *path)
{
	gsize lead = strspn (text->str, "\n "), len = strcspn (text->str + lead, "\n");
	g_autofree char *line = g_strndup (text->str + lead, len), *name = g_path_get_basename (path);
	char *dot = strrchr (name, '.');
	g_strstrip (g_strdelimit (line, "#*_\\", ' '));
	if (*line && g_utf8_strlen (line, -1) <= 300 && !strchr ("<!|[>", text->str[lead])) {
		g_string_erase (text, 0, (gssize) (lead + len));
		return g_steal_pointer (&line);
	}
	if (dot && dot > name)
		*dot = 0;
	return g_steal_pointer (&name);
}

static void write_source (RnImportPage *page, const RnImport *import, const char *file)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnPair pairs[2];
	RnValue map = { .kind = RN_MAP, .n = 1, .pairs = pairs }, list = { .kind = RN_LIST, .n = 1 };
	const RnValue *const one = &map;
	gboolean address = import->source && strstr (import->source, "://");
	list.items = &one;
	pairs[0] = (RnPair) { .name = "title", .value = rn_value_new_string (arena, import->source && !address ? import->source : file, 0, 0) };
	pairs[1] = (RnPair) { .name = "url", .value = rn_value_new_string (arena, address ? import->source : "", 0, 0) };
	map.n += address;
	rn_import_page_value (page, "sources", &list);
	page->from = g_strdup (address ? import->source : file);
}

static gboolean put_law (RnImport *import, const RnType *type, const RnLanguage *language, GString *text, const char *path, const char *media, GError **error)
{
	g_autofree char *file = g_path_get_basename (path), *title = take_title (text, path);
	g_autoptr (RnImportPage) page = rn_import_page_new (file);
	guint articles;
	page->type = g_strdup (type->name);
	page->language = g_strdup (language->code);
	page->slug = rn_import_slug (import, import->name ? import->name : title, language->code);
	if (!keep_pictures (import, text, media, page->slug, error))
		return FALSE;
	g_autofree char *body = rn_law_articles (import, language, text->str, file, &articles);
	rn_import_page_text (page, "title", title);
	if (rn_type_field (type, "official_title"))
		rn_import_page_text (page, "official_title", title);
	rn_import_page_yaml (page, "date", import->today);
	rn_import_page_text (page, "status", "draft");
	write_source (page, import, file);
	g_string_append (page->body, body + strspn (body, "\n"));
	if (!articles)
		rn_import_tell (import, RN_IMPORT_LOST, file, "No article was found: no paragraph begins with a word of `import: articles` in layouts/lang/%s.yaml and a number.", language->code);
	return rn_import_put (import, page, error);
}

static gboolean import_law (RnImport *import, const char *path, gboolean html, GError **error)
{
	const char *name = import->type ? import->type : rn_value_string (rn_value_get (import->map, "type")), *code = import->language;
	const RnType *type = name ? rn_library_type (import->library, name) : NULL;
	const RnLanguage *language = code ? rn_site_language (import->site, code) : import->site->languages[0];
	g_autofree char *media = rn_folder_scratch (error), *where = g_path_get_basename (path);
	if (!media)
		return FALSE;
	g_autofree char *converted = NULL;
	if (!type)
		g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("a law's page needs a type: --type legislation"));
	else
		converted = convert (import, path, html, media, where, error);
	gboolean fine = converted != NULL;
	if (fine && !html)
		rn_import_tell (import, RN_IMPORT_NOTE, where, "Changes that were tracked are taken as accepted; comments, headers and footers of the document are not read.");
	if (fine) {
		g_autofree char *clean = rn_law_tidy (import, converted, where);
		g_autoptr (GString) text = g_string_new (clean);
		fine = put_law (import, type, language, text, path, media, error);
	}
	remove_folder (media);
	return fine;
}

gboolean rn_import_docx (RnImport *import, const char *path, GError **error)
{
	return import_law (import, path, FALSE, error);
}

gboolean rn_import_html (RnImport *import, const char *path, GError **error)
{
	return import_law (import, path, TRUE, error);
}
