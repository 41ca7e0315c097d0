/* cms.c - what is at /_cms/: the editor's page and program, its configuration, and the address that it asks and saves at. Nothing of it comes from elsewhere. */
#include "preview/cms-int.h"
#include "base/folder.h"
#include "base/words.h"
#include "preview/cms.h"
#include "source/commit.h"

#include <string.h>

/* The editor makes its styles, and the checks of its configuration, as it goes. */
#define POLICY "default-src 'none'; script-src 'self' 'unsafe-eval'; " \
	"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; " \
	"connect-src 'self' blob: data:; frame-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

RnCms *rn_cms_new (const RnPreview *preview)
{
	RnCms *cms = g_new0 (RnCms, 1);
	g_autofree char *content = g_build_filename (preview->options->press.dir, "content", NULL);
	g_autofree char *program = preview->options->cms ? g_build_filename (preview->options->cms, "decap-cms.js", NULL) : NULL;
	cms->dir = preview->options->press.dir;
	cms->content = rn_folder_may_be (content) ? "content/" : "";
	cms->folder = program && g_file_test (program, G_FILE_TEST_IS_REGULAR) ? g_strdup (preview->options->cms) : NULL;
	cms->saves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	g_mutex_init (&cms->lock);
	return cms;
}

void rn_cms_free (RnCms *cms)
{
	if (!cms)
		return;
	g_hash_table_unref (cms->saves);
	g_mutex_clear (&cms->lock);
	g_free (cms->folder);
	g_free (cms);
}

const char *rn_cms_refuse (SoupServerMessage *message)
{
	SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
	const char *type = soup_message_headers_get_content_type (headers, NULL), *tab = soup_message_headers_get_one (headers, "X-Rohnamo-Tab");
	if (!soup_message_headers_get_one (headers, "Origin") || g_strcmp0 (type, "application/json") || !tab || strlen (tab) > 64)
		return "Only the editor's own page may save.";
	if (soup_message_headers_get_content_length (headers) > RN_CMS_BODY_MAX || soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
		return "This is too much to save at once.";
	return NULL;
}

static void send_json (RnAsk *ask, json_t *value)
{
	char *text = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
	g_string_append (ask->out, text);
	free (text);
	json_decref (value);
	ask->type = "application/json";
}

/* What the editor's page has to know before it begins. */
static void send_state (RnAsk *ask)
{
	const RnCms *cms = ask->preview->cms;
	const RnCommitState state = rn_commit_state (cms->dir);
	const char *note = !cms->folder ? _("The editor is not installed. Run `make cms` in the folder of Rohnamo, then start `rohnamo serve --cms` again.") :
		state == RN_COMMIT_NONE ? _("This folder is in no git repository: what you save is kept in the files, without a history.") : "";
	send_json (ask, json_pack ("{s:b, s:b, s:s, s:s, s:s, s:s, s:s}", "editor", cms->folder != NULL, "author", state != RN_COMMIT_UNKNOWN, "note", note,
	                           "ask", _("Who are you? Each page that you save is noted with your name."),
	                           "name", _("Your name"), "email", _("Your e-mail address"), "lang", rn_words_language ()));
}

static void send_config (RnAsk *ask)
{
	const char *code = g_hash_table_lookup (ask->query, "lang");
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	RnArena *arena = rn_arena_new (0);
	if (ask->shown) {
		const RnLibrary *library = ask->shown->from.library;
		const RnCmsOptions options = { .language = code ? rn_site_language (rn_library_site (library), code) : NULL, .address = ask->preview->address };
		rn_cms_config (library, &options, arena, sink, ask->out);
	} else {
		ask->status = SOUP_STATUS_SERVICE_UNAVAILABLE;
		g_string_append (ask->out, "# The site cannot be loaded: open " RN_PREVIEW_FOLDER " to see why.\n");
	}
	ask->type = "text/yaml; charset=utf-8";
	rn_arena_free (arena);
}

/* A part of the editor's program, or of its page. */
static void send_file (RnAsk *ask, const char *name)
{
	const RnCms *cms = ask->preview->cms;
	GBytes *own = g_hash_table_lookup (ask->preview->cms_assets, name);
	g_autofree char *path = cms->folder && !strchr (name, '/') && g_str_has_suffix (name, ".js") ? g_build_filename (cms->folder, name, NULL) : NULL;
	GMappedFile *file = !own && path ? g_mapped_file_new (path, FALSE, NULL) : NULL;
	if (own) {
		ask->bytes = g_bytes_ref (own);
	} else if (file) {
		ask->bytes = g_mapped_file_get_bytes (file);
		g_mapped_file_unref (file);
	} else {
		ask->status = SOUP_STATUS_NOT_FOUND;
		g_string_append (ask->out, "There is nothing at this address.\n");
		ask->type = "text/plain; charset=utf-8";
	}
	if (!strcmp (name, "index.html"))
		ask->type = "text/html; charset=utf-8";
}

static void send_answer (RnAsk *ask)
{
	SoupMessageBody *body = soup_server_message_get_request_body (ask->message);
	const char *tab = soup_message_headers_get_one (soup_server_message_get_request_headers (ask->message), "X-Rohnamo-Tab");
	if (strcmp (soup_server_message_get_method (ask->message), "POST")) {
		ask->status = SOUP_STATUS_METHOD_NOT_ALLOWED;
		return;
	}
	g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
	gsize len;
	const char *text = g_bytes_get_data (bytes, &len);
	send_json (ask, rn_cms_answer (ask->preview->cms, ask->shown, tab, text ? text : "", len, &ask->status));
}

void rn_cms_route (RnAsk *ask)
{
	const char *name = ask->path + strlen (RN_CMS_FOLDER);
	if (!ask->preview->cms) {
		rn_route_site (ask);
		return;
	}
	soup_message_headers_replace (soup_server_message_get_response_headers (ask->message), "Content-Security-Policy", POLICY);
	if (!strcmp (ask->path, RN_CMS_API))
		send_answer (ask);
	else if (!strcmp (name, "config.yml"))
		send_config (ask);
	else if (!strcmp (name, "state"))
		send_state (ask);
	else
		send_file (ask, *name ? name : "index.html");
}
