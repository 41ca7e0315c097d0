/* page.c - a page's fields, and its file: made new, or left as it is. What an earlier import made is brought up to date in update.c. */
#include "import/page-int.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/text.h"
#include "base/words.h"
#include "source/yaml_write.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

RnImportPage *rn_import_page_new (const char *where)
{
	RnImportPage *page = g_new0 (RnImportPage, 1);
	page->where = g_strdup (where);
	page->names = g_ptr_array_new_with_free_func (g_free);
	page->values = g_ptr_array_new_with_free_func (g_free);
	page->body = g_string_new (NULL);
	return page;
}

void rn_import_page_free (RnImportPage *page)
{
	if (!page)
		return;
	g_ptr_array_unref (page->names);
	g_ptr_array_unref (page->values);
	g_string_free (page->body, TRUE);
	g_free (page->type);
	g_free (page->slug);
	g_free (page->language);
	g_free (page->where);
	g_free (page->from);
	g_free (page->key);
	g_free (page->by);
	g_free (page);
}

/* --- fields ----------------------------------------------------------------------------------------------------------------- */

static gint find (const RnImportPage *page, const char *name)
{
	for (guint i = 0; i < page->names->len; i++)
		if (!strcmp (page->names->pdata[i], name))
			return (gint) i;
	return -1;
}

const char *rn_import_page_get (const RnImportPage *page, const char *name)
{
	gint at = find (page, name);
	return at < 0 ? NULL : page->values->pdata[at];
}

void rn_import_page_yaml (RnImportPage *page, const char *name, const char *yaml)
{
	gint at = find (page, name);
	if (at < 0) {
		g_ptr_array_add (page->names, g_strdup (name));
		g_ptr_array_add (page->values, g_strdup (yaml));
		return;
	}
	char *old = page->values->pdata[at];
	page->values->pdata[at] = g_strdup (yaml);
	g_free (old);
}

void rn_import_page_text (RnImportPage *page, const char *name, const char *text)
{
	g_autoptr (GString) yaml = g_string_new (NULL);
	rn_yaml_write_text (yaml, text);
	rn_import_page_yaml (page, name, yaml->str);
}

void rn_import_page_value (RnImportPage *page, const char *name, const RnValue *value)
{
	g_autoptr (GString) yaml = g_string_new (NULL);
	rn_yaml_write_value (yaml, value);
	rn_import_page_yaml (page, name, yaml->str);
}

void rn_import_page_append (RnImportPage *page, const char *name, const char *text)
{
	const char *old = rn_import_page_get (page, name);
	g_autoptr (GString) item = g_string_new (NULL), list = g_string_new ("[");
	rn_yaml_write_text (item, text);
	if (old && *old == '[') {
		g_autofree char *bare = g_strndup (old + 1, strlen (old) - 2);
		g_auto (GStrv) items = g_strsplit (bare, ", ", -1);
		if (g_strv_contains ((const char *const *) items, item->str))
			return;
		g_string_append_printf (list, "%s, ", bare);
	}
	g_string_append_printf (list, "%s]", item->str);
	rn_import_page_yaml (page, name, list->str);
}

/* --- names ------------------------------------------------------------------------------------------------------------------ */

char *rn_import_slug (const RnImport *import, const char *text, const char *language)
{
	const RnLanguage *known = language ? rn_site_language (import->site, language) : NULL;
	g_autofree char *slug = rn_text_slug (text, -1, (known ? known : import->site->languages[0])->transliteration);
	slug[MIN (rn_text_slug_length (slug), 100)] = 0;
	const char *end;
	if (!g_utf8_validate (slug, -1, &end))
		slug[end - slug] = 0;
	gsize len = strlen (slug);
	while (len && slug[len - 1] == '-')
		slug[--len] = 0;
	return g_strdup (len ? slug : "page");
}

char *rn_import_page_path (const RnImport *import, const RnImportPage *page)
{
	return g_strdup_printf ("%s%s%s%s.%s.md", import->site->content, page->type, *page->type ? "/" : "", page->slug, page->language);
}

/* --- the file --------------------------------------------------------------------------------------------------------------- */

guint32 rn_import_mark (const char *text)
{
	return rn_text_hash (text, strlen (text));
}

/* `imported`: whence, when and, for what is to be brought up to date, the mark of each value. */
void rn_import_write_origin (GString *out, const RnImport *import, const RnImportPage *page)
{
	g_string_append (out, "imported: {from: ");
	rn_yaml_write_text (out, page->from ? page->from : "");
	g_string_append_printf (out, ", on: %s", import->today);
	if (page->by) {
		g_string_append (out, ", by: ");
		rn_yaml_write_text (out, page->by);
	}
	if (page->key) {
		g_string_append (out, ", key: ");
		rn_yaml_write_text (out, page->key);
		g_string_append (out, ", made: {");
		for (guint i = 0; i < page->names->len; i++) {
			rn_yaml_write_text (out, page->names->pdata[i]);
			g_string_append_printf (out, ": \"%08x\", ", rn_import_mark (page->values->pdata[i]));
		}
		g_string_append_printf (out, "_text: \"%08x\"}", rn_import_mark (page->body->str));
	}
	g_string_append (out, "}\n");
}

static void write_page (GString *out, const RnImport *import, const RnImportPage *page)
{
	g_string_append (out, "---\n");
	for (guint i = 0; i < page->names->len; i++) {
		rn_yaml_write_text (out, page->names->pdata[i]);
		g_string_append_printf (out, ": %s\n", (char *) page->values->pdata[i]);
	}
	rn_import_write_origin (out, import, page);
	g_string_append_printf (out, "---\n%s%s", page->body->len ? "\n" : "", page->body->str);
}

gboolean rn_import_write_file (const RnImport *import, const char *path, const GString *text, GError **error)
{
	g_autofree char *full = g_build_filename (import->dir, path, NULL), *folder = g_path_get_dirname (full);
	if (import->dry_run)
		return TRUE;
	if (g_mkdir_with_parents (folder, 0777)) {
		g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _("cannot make the folder '%s': %s"), folder, g_strerror (errno));
		return FALSE;
	}
	return rn_file_put (full, text->str, text->len, FALSE, 0666, error);
}

static gboolean can_stand (RnImport *import, const RnImportPage *page, const char *path)
{
	const char *first = g_hash_table_lookup (import->claimed, path);
	if (!rn_site_language (import->site, page->language)) {
		rn_import_tell (import, RN_IMPORT_LOST, page->where, "The site has no language '%s': the page is left out.", page->language);
	} else if (rn_path_check (path) != RN_PATH_FINE || strchr (page->slug, '/')) {
		rn_import_tell (import, RN_IMPORT_LOST, page->where, "'%s' cannot be a file's name: the page is left out.", path);
	} else if (first) {
		rn_import_tell (import, RN_IMPORT_LOST, page->where, "%s would be the same page as %s: this one is left out. Give one of them another name.", path, first);
	} else {
		g_hash_table_insert (import->claimed, g_strdup (path), g_strdup (page->where));
		return TRUE;
	}
	return FALSE;
}

gboolean rn_import_put (RnImport *import, RnImportPage *page, GError **error)
{
	g_autofree char *path = rn_import_page_path (import, page), *full = g_build_filename (import->dir, path, NULL), *old = NULL;
	g_autoptr (GString) text = g_string_new (NULL);
	struct stat info;
	gsize len;
	if (!can_stand (import, page, path))
		return TRUE;
	const gboolean there = !lstat (full, &info);
	if (!there && errno != ENOENT) {
		const int why = errno;
		g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), _("'%s' cannot be read: %s"), path, rn_words_system (why));
		return FALSE;
	}
	if (!there) {
		write_page (text, import, page);
		import->made++;
		return rn_import_write_file (import, path, text, error);
	}
	if (!S_ISREG (info.st_mode)) {
		rn_import_tell (import, RN_IMPORT_LOST, page->where, "'%s' is there and is not a file: the page is left out.", path);
		return TRUE;
	}
	if (!g_file_get_contents (full, &old, &len, error))
		return FALSE;
	if (page->key && rn_import_is_of (page, old, len))
		return rn_import_update (import, page, path, old, len, error);
	if (!import->force) {
		rn_import_tell (import, RN_IMPORT_LOST, page->where, "'%s' is there already and stays as it is; --force writes over it.", path);
		import->left++;
		return TRUE;
	}
	write_page (text, import, page);
	gboolean same = text->len == len && !memcmp (text->str, old, len);
	import->same += same;
	import->changed += !same;
	return same || rn_import_write_file (import, path, text, error);
}
