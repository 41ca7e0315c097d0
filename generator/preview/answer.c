/* answer.c - requests go to threads and come back; nothing of them is touched by two at once. */
#include "preview/preview-int.h"

#include <string.h>

typedef struct { RnAsk ask; RnRoute route; gulong finished; } Work;

const char *rn_answer_type (const char *path)
{
	static const char *const types[][2] = {
		{ ".html", "text/html; charset=utf-8" }, { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".json", "application/json" },
		{ ".webmanifest", "application/manifest+json" }, { ".svg", "image/svg+xml" }, { ".png", "image/png" }, { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" },
		{ ".webp", "image/webp" }, { ".gif", "image/gif" }, { ".avif", "image/avif" }, { ".ico", "image/x-icon" }, { ".xml", "application/xml" },
		{ ".txt", "text/plain; charset=utf-8" }, { ".pdf", "application/pdf" }, { ".zip", "application/zip" }, { ".epub", "application/epub+zip" },
		{ ".csv", "text/csv; charset=utf-8" }, { ".ics", "text/calendar; charset=utf-8" }, { ".vcf", "text/vcard; charset=utf-8" }, { ".mp3", "audio/mpeg" },
		{ ".ogg", "audio/ogg" }, { ".mp4", "video/mp4" }, { ".webm", "video/webm" }, { ".woff2", "font/woff2" }, { ".geojson", "application/geo+json" },
	};
	if (g_str_has_suffix (path, "/"))
		return types[0][1];
	for (guint i = 0; i < G_N_ELEMENTS (types); i++)
		if (g_str_has_suffix (path, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

void rn_answer_headers (SoupServerMessage *message)
{
	SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
	soup_message_headers_replace (headers, "Cache-Control", "no-store");
	soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
	soup_message_headers_replace (headers, "X-Frame-Options", "SAMEORIGIN");
	soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
	soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
}

void rn_answer_words (SoupServerMessage *message, guint status, const char *words)
{
	g_autofree char *text = g_strconcat (words, "\n", NULL);
	rn_answer_headers (message);
	soup_server_message_set_status (message, status, NULL);
	soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, text, strlen (text));
}

/* --- there and back ----------------------------------------------------------------------------------------------------------- */

static void free_work (Work *work)
{
	RnAsk *ask = &work->ask;
	g_signal_handler_disconnect (ask->message, work->finished);
	g_object_unref (ask->message);
	g_hash_table_unref (ask->query);
	g_free (ask->path);
	g_free (ask->location);
	rn_shown_unref (ask->shown);
	rn_told_unref (ask->fault);
	rn_told_unref (ask->judged);
	g_string_free (ask->out, TRUE);
	if (ask->bytes)
		g_bytes_unref (ask->bytes);
	g_free (work);
}

static void respond (RnAsk *ask)
{
	SoupMessageBody *body = soup_server_message_get_response_body (ask->message);
	SoupMessageHeaders *headers = soup_server_message_get_response_headers (ask->message);
	GBytes *bytes = ask->bytes ? g_bytes_ref (ask->bytes) : g_bytes_new (ask->out->str, ask->out->len);
	rn_answer_headers (ask->message);
	soup_server_message_set_status (ask->message, ask->status, NULL);
	soup_message_headers_replace (headers, "Content-Type", ask->type ? ask->type : rn_answer_type (ask->path));
	if (ask->location)
		soup_message_headers_replace (headers, "Location", ask->location);
	if (g_bytes_get_size (bytes))
		soup_message_body_append_bytes (body, bytes);
	soup_message_body_complete (body);
	g_bytes_unref (bytes);
}

static void see (Work *work)
{
	RnPreview *preview = work->ask.preview;
	RnAsk *ask = &work->ask;
	rn_shown_unref (ask->shown);
	rn_told_unref (ask->fault);
	rn_told_unref (ask->judged);
	ask->shown = rn_shown_ref (preview->shown);
	ask->fault = rn_told_ref (preview->fault);
	ask->judged = rn_told_ref (preview->judged);
	ask->again = FALSE;
	ask->status = SOUP_STATUS_OK;
	ask->type = NULL;
	g_clear_pointer (&ask->location, g_free);
	g_string_truncate (ask->out, 0);
	preview->working++;
	g_thread_pool_push (preview->makers, work, NULL);
}

static gboolean come_back (gpointer data)
{
	Work *work = data;
	RnAsk *ask = &work->ask;
	RnPreview *preview = ask->preview;
	preview->working--;
	if (ask->again && !ask->waited && !ask->gone) {
		ask->waited = TRUE;
		g_queue_push_tail (preview->waiting, work);
		rn_reload_wanted (preview->reload);
		return G_SOURCE_REMOVE;
	}
	if (!ask->gone) {
		respond (ask);
		soup_server_message_unpause (ask->message);
	}
	free_work (work);
	return G_SOURCE_REMOVE;
}

void rn_answer_make (gpointer data, gpointer preview)
{
	Work *work = data;
	(void) preview;
	work->route (&work->ask);
	g_main_context_invoke (NULL, come_back, work);
}

static void on_finished (SoupServerMessage *message, gpointer data)
{
	(void) message;
	((RnAsk *) data)->gone = TRUE;
}

static void copy_query (gpointer name, gpointer value, gpointer copy)
{
	g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
}

void rn_answer (RnPreview *preview, SoupServerMessage *message, const char *path, GHashTable *query, RnRoute route)
{
	Work *work = g_new0 (Work, 1);
	work->route = route;
	work->ask = (RnAsk) { .preview = preview, .message = g_object_ref (message), .path = g_strdup (path),
		.query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), .out = g_string_sized_new (16384) };
	if (query)
		g_hash_table_foreach (query, copy_query, work->ask.query);
	work->finished = g_signal_connect (message, "finished", G_CALLBACK (on_finished), &work->ask);
	soup_server_message_pause (message);
	see (work);
}

void rn_answer_waiting (RnPreview *preview)
{
	for (Work *work; (work = g_queue_pop_head (preview->waiting));) {
		if (work->ask.gone)
			free_work (work);
		else
			see (work);
	}
}
