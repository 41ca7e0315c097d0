/*
 * cms_api.c - what the editor asks for, as Decap's documented local server answers it (decap-server: POST, {"action", "params"}); a save is a commit.
 *
 * A save is prepared whole before a byte is written. A page that is no longer what the tab opened, or last saved, is refused: nothing of either is lost.
 */
#include "preview/cms-int.h"
#include "base/words.h"
#include "preview/cms_text-int.h"
#include "source/commit.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* status: what the answer becomes where it is not well. */
typedef struct { RnCms *cms; RnShown *shown; const char *tab; const json_t *params; guint status; } Call;

typedef struct { char *path, *key; GString *text; } Save;

static const char *string_of (const json_t *object, const char *name)
{
	return json_string_value (json_object_get (object, name));
}

/* What went wrong, in words for the editor. */
static json_t *refuse (Call *call, guint status, const char *words)
{
	call->status = status;
	return json_pack ("{s:s}", "error", words);
}

static char *stem_of (const char *path)
{
	char *name = g_path_get_basename (path), *dot = strchr (name, '.');
	if (dot)
		*dot = 0;
	return name;
}

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

static json_t *entry_of (Call *call, const char *path)
{
	g_autoptr (GString) shown = g_string_new (NULL);
	GString *text = rn_cms_may (call->cms, path, RN_CMS_PAGE) ? rn_cms_read (call->cms, path, RN_CMS_TEXT_MAX, NULL) : NULL;
	g_autofree char *stem = stem_of (path ? path : "");
	char state[17] = "";
	if (text) {
		rn_cms_show (text->str, text->len, stem, shown);
		rn_cms_state (text->str, text->len, state);
		g_string_free (text, TRUE);
	}
	json_t *data = json_stringn (shown->str, shown->len);
	/* A file that does not exist is an empty entry, and so is one that is no text. */
	return json_pack ("{s:o, s:{s:s, s:s}}", "data", data ? data : json_string (""), "file", "path", path ? path : "", "id", state);
}

static json_t *entries_by_folder (Call *call)
{
	const char *extension = string_of (call->params, "extension");
	g_autofree char *ending = g_strconcat (".", extension ? extension : "md", NULL);
	const json_int_t depth = json_integer_value (json_object_get (call->params, "depth"));
	g_autoptr (GPtrArray) files = rn_cms_list (call->cms, string_of (call->params, "folder"), ending, (guint) CLAMP (depth, 1, 8), RN_CMS_PAGE);
	json_t *list = json_array ();
	for (guint i = 0; i < files->len; i++) {
		g_autofree char *name = g_path_get_basename (files->pdata[i]);
		if (*name != '_')
			json_array_append_new (list, entry_of (call, files->pdata[i]));
	}
	return list;
}

static json_t *entries_by_files (Call *call)
{
	json_t *list = json_array (), *file;
	gsize i;
	json_array_foreach (json_object_get (call->params, "files"), i, file)
		json_array_append_new (list, entry_of (call, string_of (file, "path")));
	return list;
}

static json_t *get_entry (Call *call)
{
	const char *path = string_of (call->params, "path");
	return rn_cms_may (call->cms, path, RN_CMS_PAGE) ? entry_of (call, path) : refuse (call, 403, _("This is no page that the editor may open."));
}

static json_t *media_of (Call *call, const char *path)
{
	g_autoptr (GError) error = NULL;
	GString *bytes = rn_cms_may (call->cms, path, RN_CMS_MEDIA) ? rn_cms_read (call->cms, path, RN_CMS_FILE_MAX, &error) : NULL;
	char state[17];
	if (!bytes)
		return NULL;
	g_autofree char *text = g_base64_encode ((const guchar *) bytes->str, bytes->len), *name = g_path_get_basename (path);
	rn_cms_state (bytes->str, bytes->len, state);
	g_string_free (bytes, TRUE);
	return json_pack ("{s:s, s:s, s:s, s:s, s:s}", "id", state, "content", text, "encoding", "base64", "path", path, "name", name);
}

static json_t *get_media (Call *call)
{
	g_autoptr (GPtrArray) files = rn_cms_list (call->cms, string_of (call->params, "mediaFolder"), NULL, 8, RN_CMS_MEDIA);
	json_t *list = json_array ();
	for (guint i = 0; i < files->len; i++) {
		json_t *one = media_of (call, files->pdata[i]);
		if (one)
			json_array_append_new (list, one);
	}
	return list;
}

static json_t *get_media_file (Call *call)
{
	json_t *one = media_of (call, string_of (call->params, "path"));
	return one ? one : refuse (call, 404, _("There is no such picture or file in media/."));
}

/* --- saving ------------------------------------------------------------------------------------------------------------------- */

static void free_save (gpointer data)
{
	Save *save = data;
	g_free (save->path);
	g_free (save->key);
	g_string_free (save->text, TRUE);
	g_free (save);
}

/* Is the page at PATH what this tab opened as OPENED, or what it made of that itself since? */
static gboolean is_current (Call *call, const char *opened, const char *key, const GString *old)
{
	char state[17];
	if (!old)
		return !opened;
	rn_cms_state (old->str, old->len, state);
	return !g_strcmp0 (opened, state) || !g_strcmp0 (g_hash_table_lookup (call->cms->saves, key), state);
}

/* The fields that the source language alone has: the editor gives a translation its own copy of them. Free it. */
static GPtrArray *shared_of (Call *call, const char *path, gboolean translation)
{
	GPtrArray *names = g_ptr_array_new ();
	g_autofree char *folder = g_path_get_dirname (path + strlen (call->cms->content));
	const RnType *type = translation && call->shown ? rn_library_type (call->shown->from.library, folder) : NULL;
	for (guint i = 0; type && i < type->n_fields; i++)
		if (type->fields[i].shared)
			g_ptr_array_add (names, (gpointer) type->fields[i].name);
	return names;
}

/* One file of an entry made ready. NULL with *wrong: words for the editor; without: there is nothing to write. */
static Save *prepare (Call *call, const json_t *file, gboolean translation, json_t **wrong)
{
	const char *path = string_of (file, "path"), *raw = string_of (file, "raw"), *to = string_of (file, "newPath");
	g_autoptr (GError) error = NULL;
	g_autofree char *opened = NULL, *stem = path ? stem_of (path) : NULL;
	if (!rn_cms_may (call->cms, path, RN_CMS_PAGE) || !raw || strlen (raw) > RN_CMS_TEXT_MAX || !stem || !*stem || (to && strcmp (to, path))) {
		*wrong = refuse (call, 403, _("The editor may not write this file. Nothing was saved."));
		return NULL;
	}
	g_autoptr (GPtrArray) without = shared_of (call, path, translation);
	GString *old = rn_cms_read (call->cms, path, RN_CMS_TEXT_MAX, &error);
	GString *text = g_string_new (NULL);
	Save *save = NULL;
	if (!error && rn_cms_merge (old ? old->str : NULL, old ? old->len : 0, raw, strlen (raw), stem, without, text, &opened, &error)) {
		g_autofree char *key = g_strdup_printf ("%s|%s|%s", call->tab, path, opened ? opened : "");
		if (!is_current (call, opened, key, old))
			*wrong = refuse (call, 409, _("This page was changed by somebody else after you opened it. Nothing was overwritten: "
			                 "copy your text, reload the page and put it in again."));
		else if (text->len && !(old && g_string_equal (old, text))) {
			save = g_new0 (Save, 1);
			*save = (Save) { g_strdup (path), g_steal_pointer (&key), g_steal_pointer (&text) };
		}
	}
	if (error)
		*wrong = refuse (call, 422, error->message);
	if (old)
		g_string_free (old, TRUE);
	if (text)
		g_string_free (text, TRUE);
	return save;
}

static gboolean add_asset (Call *call, const json_t *asset, GPtrArray *saves)
{
	const char *path = string_of (asset, "path"), *content = string_of (asset, "content"), *encoding = string_of (asset, "encoding");
	gsize len = 0;
	if (!rn_cms_may (call->cms, path, RN_CMS_MEDIA) || !content || g_strcmp0 (encoding, "base64"))
		return FALSE;
	g_autofree guchar *bytes = g_base64_decode (content, &len);
	GString *old = rn_cms_read (call->cms, path, RN_CMS_FILE_MAX, NULL);
	const gboolean other = old && (old->len != len || memcmp (old->str, bytes, len));
	if (old)
		g_string_free (old, TRUE);
	/* A picture of that name which is another one stays. */
	if (!len || len > RN_CMS_FILE_MAX || other)
		return FALSE;
	Save *save = g_new0 (Save, 1);
	*save = (Save) { g_strdup (path), NULL, g_string_new_len ((const char *) bytes, (gssize) len) };
	g_ptr_array_add (saves, save);
	return TRUE;
}

/* What was written or taken away becomes a commit, where there is a repository. NULL: well. */
static json_t *commit (Call *call, const char *const *paths)
{
	const char *told = string_of (json_object_get (call->params, "options"), "commitMessage");
	g_autofree char *plain = g_strdup (told && *told ? told : *paths);
	g_autoptr (GError) error = NULL;
	switch (rn_commit_state (call->cms->dir)) {
	case RN_COMMIT_NONE: return NULL;
	case RN_COMMIT_UNKNOWN: return refuse (call, 428, _("The file is saved, but not committed: git does not know who you are. Reload this page and say your name."));
	case RN_COMMIT_BUSY: return refuse (call, 423, _("The file is saved, but not committed: a merge or rebase has to be finished first."));
	default: break;
	}
	g_strdelimit (plain, "\r\n", ' ');
	if (rn_commit_files (call->cms->dir, paths, plain, &error))
		return NULL;
	g_autofree char *words = g_strdup_printf (_("The file is saved, but not committed: %s"), error->message);
	return refuse (call, 500, words);
}

static json_t *keep (Call *call, GPtrArray *saves)
{
	g_autoptr (GPtrArray) paths = g_ptr_array_new ();
	if (*call->cms->refused)
		return refuse (call, 500, (*call->cms->refused)->message);
	for (guint i = 0; i < saves->len; i++) {
		const Save *save = saves->pdata[i];
		g_autoptr (GError) error = NULL;
		char state[17];
		if (!rn_cms_write (call->cms, save->path, save->text->str, save->text->len, &error))
			return refuse (call, 500, error->message);
		rn_cms_state (save->text->str, save->text->len, state);
		if (save->key)
			g_hash_table_insert (call->cms->saves, g_strdup (save->key), g_strdup (state));
		g_ptr_array_add (paths, save->path);
	}
	g_ptr_array_add (paths, NULL);
	json_t *wrong = paths->len > 1 ? commit (call, (const char *const *) paths->pdata) : NULL;
	return wrong ? wrong : json_pack ("{s:s}", "message", "saved");
}

static json_t *persist_entry (Call *call)
{
	g_autoptr (GPtrArray) saves = g_ptr_array_new_with_free_func (free_save);
	json_t *file, *wrong = NULL, *files = json_object_get (call->params, "dataFiles");
	gsize i;
	json_array_foreach (files, i, file) {
		Save *save = prepare (call, file, i > 0, &wrong);
		if (wrong)
			return wrong;
		if (save)
			g_ptr_array_add (saves, save);
	}
	json_array_foreach (json_object_get (call->params, "assets"), i, file)
		if (!add_asset (call, file, saves))
			return refuse (call, 415, _("A picture or file cannot be kept: it is of a kind that the site has no use for, larger than 20 MB, or another one has its name."));
	return keep (call, saves);
}

static json_t *persist_media (Call *call)
{
	g_autoptr (GPtrArray) saves = g_ptr_array_new_with_free_func (free_save);
	const json_t *asset = json_object_get (call->params, "asset");
	if (!add_asset (call, asset, saves))
		return refuse (call, 415, _("A picture or file cannot be kept: it is of a kind that the site has no use for, larger than 20 MB, or another one has its name."));
	json_t *answer = keep (call, saves);
	if (call->status != 200)
		return answer;
	json_decref (answer);
	return media_of (call, string_of (asset, "path"));
}

static json_t *delete_files (Call *call)
{
	g_autoptr (GPtrArray) paths = g_ptr_array_new ();
	json_t *path;
	gsize i;
	json_array_foreach (json_object_get (call->params, "paths"), i, path) {
		const char *name = json_string_value (path);
		if (!rn_cms_may (call->cms, name, RN_CMS_PAGE) && !rn_cms_may (call->cms, name, RN_CMS_MEDIA))
			return refuse (call, 403, _("The editor may not take this file away. Nothing was done."));
		g_ptr_array_add (paths, (gpointer) name);
	}
	for (i = 0; i < paths->len; i++) {
		g_autofree char *full = g_build_filename (call->cms->dir, paths->pdata[i], NULL);
		if (unlink (full) && errno != ENOENT) {
			g_autofree char *words = g_strdup_printf (_("'%s' cannot be removed: %s"), (const char *) paths->pdata[i], g_strerror (errno));
			return refuse (call, 500, words);
		}
	}
	g_ptr_array_add (paths, NULL);
	json_t *wrong = paths->len > 1 ? commit (call, (const char *const *) paths->pdata) : NULL;
	return wrong ? wrong : json_pack ("{s:s}", "message", "deleted");
}

/* --- which it is -------------------------------------------------------------------------------------------------------------- */

static json_t *info (Call *call)
{
	return json_pack ("{s:s, s:[s], s:s}", "repo", call->cms->dir, "publish_modes", "simple", "type", "local_git");
}

static json_t *author (Call *call)
{
	const char *name = string_of (call->params, "name"), *email = string_of (call->params, "email");
	g_autoptr (GError) error = NULL;
	if (!name || !*name || !email || !strchr (email, '@') || strpbrk (name, "<>\n\r") || strpbrk (email, "<>\n\r "))
		return refuse (call, 422, _("Please give a name and an e-mail address."));
	if (!rn_commit_author (call->cms->dir, name, email, &error))
		return refuse (call, 500, error->message);
	return json_pack ("{s:s}", "message", "known");
}

static json_t *no_preview (Call *call)
{
	(void) call;
	return json_null ();
}

static const struct { const char *name; json_t *(*make) (Call *call); } actions[] = {
	{ "info", info }, { "entriesByFolder", entries_by_folder }, { "entriesByFiles", entries_by_files }, { "getEntry", get_entry }, { "persistEntry", persist_entry },
	{ "deleteFile", delete_files }, { "deleteFiles", delete_files }, { "getMedia", get_media }, { "getMediaFile", get_media_file }, { "persistMedia", persist_media },
	{ "getDeployPreview", no_preview }, { "author", author },
};

json_t *rn_cms_answer (RnCms *cms, RnShown *shown, const char *tab, const char *text, gsize len, guint *status)
{
	json_t *asked = json_loadb (text, len, JSON_REJECT_DUPLICATES, NULL), *answer = NULL;
	const char *action = string_of (asked, "action");
	Call call = { cms, shown, tab, json_object_get (asked, "params"), 200 };
	g_autoptr (GError) refused = NULL;
	g_mutex_lock (&cms->lock);
	cms->refused = &refused;
	for (guint i = 0; i < G_N_ELEMENTS (actions) && !answer; i++)
		if (!g_strcmp0 (action, actions[i].name))
			answer = actions[i].make (&call);
	cms->refused = NULL;
	g_mutex_unlock (&cms->lock);
	if (!answer)
		answer = refuse (&call, 422, _("The editor asked for something that this server does not know."));
	/* What was answered without it is not true. */
	if (refused) {
		json_decref (answer);
		answer = refuse (&call, 500, refused->message);
	}
	json_decref (asked);
	*status = call.status;
	return answer;
}
