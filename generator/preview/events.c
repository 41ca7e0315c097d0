/*
 * events.c - browsers that show a page wait here for news of it (server-sent events).
 *
 * When something has changed, each page that is shown is made once more and its bytes are compared with those that the browser has: a save that changes
 * nothing on a page does not load it anew.
 */
#include "preview/preview-int.h"

#include <string.h>

#define CLIENTS_MAX 64
#define BEAT_SECONDS 10

typedef struct {
	RnEvents *events;
	SoupServerMessage *message;
	char *path, tag[9];
	gboolean fresh;          /* it was not told anything yet */
	gulong finished;
} Client;

struct RnEvents {
	RnPreview *preview;
	GPtrArray *clients;      /* Client */
	guint beat;
	gboolean looking, again; /* a thread compares pages; once more when it is through */
};

/* A comparison on its way: a page and what it is now. */
typedef struct { RnEvents *events; RnPreview *preview; RnShown *shown; GPtrArray *paths; GHashTable *tags; } Look;

static void send (Client *client, const char *text)
{
	SoupMessageBody *body = soup_server_message_get_response_body (client->message);
	soup_message_body_append (body, SOUP_MEMORY_COPY, text, strlen (text));
	soup_server_message_unpause (client->message);
}

static void on_finished (SoupServerMessage *message, gpointer data)
{
	Client *client = data;
	(void) message;
	g_ptr_array_remove_fast (client->events->clients, client);
}

static void free_client (gpointer data)
{
	Client *client = data;
	g_signal_handler_disconnect (client->message, client->finished);
	g_object_unref (client->message);
	g_free (client->path);
	g_free (client);
}

/* A connection that is gone is noticed when something is written to it. */
static gboolean beat (gpointer data)
{
	RnEvents *events = data;
	for (guint i = 0; i < events->clients->len; i++)
		send (events->clients->pdata[i], ":\n\n");
	return G_SOURCE_CONTINUE;
}

RnEvents *rn_events_new (RnPreview *preview)
{
	RnEvents *events = g_new0 (RnEvents, 1);
	events->preview = preview;
	events->clients = g_ptr_array_new_with_free_func (free_client);
	events->beat = g_timeout_add_seconds (BEAT_SECONDS, beat, events);
	return events;
}

void rn_events_free (RnEvents *events)
{
	if (!events)
		return;
	g_source_remove (events->beat);
	g_ptr_array_unref (events->clients);
	g_free (events);
}

/* --- what has changed ------------------------------------------------------------------------------------------------------- */

/* In a thread: what the pages are now. A page that is not there any more has no tag, and is loaded anew to say so. */
static void look (Look *self)
{
	g_autoptr (GString) html = g_string_new (NULL);
	for (guint i = 0; i < self->paths->len; i++) {
		const char *path = self->paths->pdata[i];
		const RnPage *page = self->shown ? rn_shown_at (self->shown, path) : NULL;
		g_autoptr (RnTold) fault = NULL;
		char tag[9] = "";
		gboolean changed;
		g_string_truncate (html, 0);
		if (page)
			rn_route_make (self->preview, self->shown, page, html, &changed);
		else if (self->shown)
			fault = rn_route_lost (self->preview, self->shown, path, html);
		if (html->len)
			rn_route_tag (html, tag);
		g_hash_table_insert (self->tags, g_strdup (path), g_strdup (tag));
	}
}

static void free_look (Look *self)
{
	rn_shown_unref (self->shown);
	g_ptr_array_unref (self->paths);
	g_hash_table_unref (self->tags);
	g_free (self);
}

static gboolean looked (gpointer data)
{
	Look *self = data;
	RnEvents *events = self->events;
	for (guint i = 0; i < events->clients->len; i++) {
		Client *client = events->clients->pdata[i];
		const char *tag = g_hash_table_lookup (self->tags, client->path);
		if (!tag)
			continue;
		const gboolean same = !strcmp (tag, client->tag);
		g_strlcpy (client->tag, tag, sizeof client->tag);
		send (client, !same ? "event: page\ndata:\n\n" : client->fresh ? "event: same\ndata:\n\n" : "event: bar\ndata:\n\n");
		client->fresh = FALSE;
	}
	events->looking = FALSE;
	self->preview->working--;
	free_look (self);
	if (events->again) {
		events->again = FALSE;
		rn_events_tell (events);
	}
	return G_SOURCE_REMOVE;
}

static gpointer run_look (gpointer data)
{
	look (data);
	g_main_context_invoke (NULL, looked, data);
	return NULL;
}

void rn_events_tell (RnEvents *events)
{
	g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
	if (!events->clients->len)
		return;
	if (events->looking) {
		events->again = TRUE;
		return;
	}
	Look *self = g_new0 (Look, 1);
	*self = (Look) { events, events->preview, rn_shown_ref (events->preview->shown), g_ptr_array_new_with_free_func (g_free),
	                 g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
	for (guint i = 0; i < events->clients->len; i++) {
		const Client *client = events->clients->pdata[i];
		if (g_hash_table_add (seen, client->path))
			g_ptr_array_add (self->paths, g_strdup (client->path));
	}
	events->looking = TRUE;
	events->preview->working++;
	g_thread_unref (g_thread_new ("look", run_look, self));
}

/* --- who waits -------------------------------------------------------------------------------------------------------------- */

void rn_events_wait (RnEvents *events, SoupServerMessage *message, GHashTable *query)
{
	const char *path = query ? g_hash_table_lookup (query, "path") : NULL, *tag = query ? g_hash_table_lookup (query, "tag") : NULL;
	SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
	if (events->clients->len >= CLIENTS_MAX) {
		rn_answer_words (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "Too many pages are open in the preview: close some of them.");
		return;
	}
	Client *client = g_new0 (Client, 1);
	client->events = events;
	client->message = g_object_ref (message);
	client->path = g_strdup (path ? path : "/");
	client->fresh = TRUE;
	g_strlcpy (client->tag, tag ? tag : "", sizeof client->tag);
	client->finished = g_signal_connect (message, "finished", G_CALLBACK (on_finished), client);
	rn_answer_headers (message);
	soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
	soup_message_headers_replace (headers, "Content-Type", "text/event-stream");
	soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
	soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
	g_ptr_array_add (events->clients, client);
	send (client, "retry: 500\n\n");
	rn_events_tell (events);   /* it may have changed since the page was loaded */
}
