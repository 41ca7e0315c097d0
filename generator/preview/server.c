/*
 * server.c - connections: so many, so long, so large; and who may ask for what. The main loop alone works here; nobody can hold it up.
 *
 * A connection that has not said all of its request after some seconds is closed, one that does not take its answer too, and more than there is room for
 * are not taken.
 */
#include "base/words.h"
#include "preview/preview-int.h"
#include "preview/guard-int.h"

#include <string.h>

#define CONNECTIONS_MAX 200
#define SECONDS_TO_ASK 20
#define SECONDS_TO_TAKE 60
#define ADDRESS_MAX 8000       /* bytes of a request's address */
#define PORTS 100              /* that are tried */

/* connection: libsoup's, which lets it go to close it. since: from when it owes a request, monotonic seconds; 0: it does not. */
typedef struct { GSocketConnection *connection; GSocketAddress *remote; gint64 since; } Peer;

struct RnServer {
	RnPreview *preview;
	SoupServer *soup;
	GSocketService *service;
	GPtrArray *peers;        /* Peer */
	guint sweep;
};

static gint64 now_seconds (void)
{
	return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void free_peer (gpointer data)
{
	Peer *peer = data;
	g_object_unref (peer->remote);
	g_free (peer);
}

static Peer *peer_of (RnServer *server, SoupServerMessage *message)
{
	GSocketAddress *remote = soup_server_message_get_remote_address (message);
	for (guint i = 0; i < server->peers->len; i++)
		if (((Peer *) server->peers->pdata[i])->remote == remote)
			return server->peers->pdata[i];
	return NULL;
}

/* --- connections -------------------------------------------------------------------------------------------------------------- */

static void on_gone (gpointer data, GObject *connection)
{
	RnServer *server = data;
	for (guint i = 0; i < server->peers->len; i++)
		if ((GObject *) ((Peer *) server->peers->pdata[i])->connection == connection) {
			g_ptr_array_remove_index_fast (server->peers, i);
			return;
		}
}

static gboolean sweep (gpointer data)
{
	RnServer *server = data;
	const gint64 now = now_seconds ();
	for (guint i = server->peers->len; i-- > 0;) {
		const Peer *peer = server->peers->pdata[i];
		GSocket *socket = g_socket_connection_get_socket (peer->connection);
		if (peer->since && now - peer->since > SECONDS_TO_ASK)
			g_socket_shutdown (socket, TRUE, TRUE, NULL);
		/* One that is closed may be held by somebody still. */
		if (g_io_stream_is_closed (G_IO_STREAM (peer->connection)) || g_socket_is_closed (socket)) {
			g_object_weak_unref (G_OBJECT (peer->connection), on_gone, server);
			g_ptr_array_remove_index_fast (server->peers, i);
		}
	}
	return G_SOURCE_CONTINUE;
}

static gboolean on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
	RnServer *server = data;
	g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL), remote = g_socket_connection_get_remote_address (connection, NULL);
	(void) service;
	(void) source;
	if (server->peers->len >= CONNECTIONS_MAX)
		sweep (server);
	if (!local || !remote || server->peers->len >= CONNECTIONS_MAX) {
		g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
		return TRUE;
	}
	g_socket_set_timeout (g_socket_connection_get_socket (connection), SECONDS_TO_TAKE);
	Peer *peer = g_new0 (Peer, 1);
	*peer = (Peer) { connection, g_object_ref (remote), now_seconds () };
	g_ptr_array_add (server->peers, peer);
	g_object_weak_ref (G_OBJECT (connection), on_gone, server);
	soup_server_accept_iostream (server->soup, G_IO_STREAM (connection), local, remote, NULL);
	return TRUE;
}

static void on_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
	Peer *peer = peer_of (data, message);
	(void) soup;
	if (peer)
		peer->since = now_seconds ();
}

static void on_read (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
	Peer *peer = peer_of (data, message);
	(void) soup;
	if (peer)
		peer->since = 0;
}

/* --- requests ----------------------------------------------------------------------------------------------------------------- */

/* What is wrong with MESSAGE, in words; NULL: nothing. */
static const char *refuse (RnServer *server, SoupServerMessage *message, guint *status)
{
	SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
	const char *method = soup_server_message_get_method (message), *host = soup_message_headers_get_one (headers, "Host");
	const char *query = g_uri_get_query (soup_server_message_get_uri (message));
	const gboolean saves = server->preview->cms && !strcmp (method, "POST") && !strcmp (g_uri_get_path (soup_server_message_get_uri (message)), RN_CMS_FOLDER "api/v1");
	*status = SOUP_STATUS_METHOD_NOT_ALLOWED;
	if (strcmp (method, "GET") && strcmp (method, "HEAD") && !saves)
		return "The preview only shows: GET and HEAD are all that it answers.";
	*status = SOUP_STATUS_MISDIRECTED_REQUEST;
	if (!rn_guard_host (host, server->preview->bound))
		return "This is not the address that the preview is at. Open the one that rohnamo serve printed.";
	*status = SOUP_STATUS_FORBIDDEN;
	if (!rn_guard_origin (soup_message_headers_get_one (headers, "Origin"), host))
		return "Another site asked for this. The preview answers its own pages alone.";
	*status = SOUP_STATUS_REQUEST_URI_TOO_LONG;
	if (strlen (g_uri_get_path (soup_server_message_get_uri (message))) > ADDRESS_MAX || (query && strlen (query) > ADDRESS_MAX))
		return "The address is too long.";
	*status = saves ? SOUP_STATUS_FORBIDDEN : SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
	if (saves)
		return rn_cms_refuse (message);
	if (soup_message_headers_get_content_length (headers) || soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
		return "A request to the preview has no body.";
	return NULL;
}

/* Before a request's body is read: most that is wrong can be seen by then, and no byte of a body is kept but that of an editor's save. */
static void on_early (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
	guint status;
	const char *words = refuse (data, message, &status);
	(void) soup;
	(void) path;
	(void) query;
	soup_message_body_set_accumulate (soup_server_message_get_request_body (message), !words && !strcmp (soup_server_message_get_method (message), "POST"));
	if (!words)
		return;
	rn_answer_words (message, status, words);
	soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
	if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
		soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", "GET, HEAD");
}

static void on_request (SoupServer *soup, SoupServerMessage *message, const char *given, GHashTable *query, gpointer data)
{
	RnServer *server = data;
	g_autofree char *path = rn_guard_path (g_uri_get_path (soup_server_message_get_uri (message)));
	(void) soup;
	(void) given;
	if (soup_server_message_get_status (message))
		return;
	if (!path) {
		rn_answer_words (message, SOUP_STATUS_BAD_REQUEST, "There can be nothing at such an address.");
		return;
	}
	if (!strcmp (path, RN_PREVIEW_FOLDER "events")) {
		if (strcmp (soup_server_message_get_method (message), "GET"))
			rn_answer_words (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "News are for GET.");
		else
			rn_events_wait (server->preview->events, message, query);
		return;
	}
	const RnRoute route = rn_route_find (path);
	rn_answer (server->preview, message, path, query, route ? route : rn_route_site);
}

/* --- beginning and end -------------------------------------------------------------------------------------------------------- */

static gboolean listen_at (RnServer *server, const char *address, guint port, guint *taken, GError **error)
{
	g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port), got = NULL;
	if (!wanted) {
		g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("'%s' is no address of this machine in figures, such as 127.0.0.1 or 0.0.0.0"), address);
		return FALSE;
	}
	if (!g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
		return FALSE;
	*taken = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
	return TRUE;
}

static gboolean listen_somewhere (RnServer *server, guint *taken, GError **error)
{
	const RnPreviewOptions *options = server->preview->options;
	const char *address = server->preview->bound;
	for (guint i = 0; i < (options->port ? PORTS : 1); i++) {
		g_autoptr (GError) why = NULL;
		if (listen_at (server, address, options->port + i, taken, &why))
			return TRUE;
		if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) && i + 1 < PORTS && options->port + i < 65535)
			continue;
		g_propagate_prefixed_error (error, g_steal_pointer (&why), "cannot serve at %s, port %u: ", address, options->port + i);
		return FALSE;
	}
	return FALSE;
}

RnServer *rn_server_new (RnPreview *preview, GError **error)
{
	RnServer *server = g_new0 (RnServer, 1);
	guint port = 0;
	server->preview = preview;
	server->peers = g_ptr_array_new_with_free_func (free_peer);
	server->service = g_socket_service_new ();
	/* To wait for the first client GLib starts a thread, and what the process gives up holds only those that are started later. */
	g_socket_service_stop (server->service);
	/* A browser opens several at once; one that finds no room here tries again a second later. */
	g_socket_listener_set_backlog (G_SOCKET_LISTENER (server->service), CONNECTIONS_MAX);
	server->soup = soup_server_new ("server-header", "rohnamo", NULL);
	if (!listen_somewhere (server, &port, error)) {
		rn_server_free (server);
		return NULL;
	}
	const gboolean any = !strcmp (preview->bound, "0.0.0.0") || !strcmp (preview->bound, "::");
	const char *shown = any ? "localhost" : preview->bound;
	preview->address = g_strdup_printf (strchr (shown, ':') ? "http://[%s]:%u/" : "http://%s:%u/", shown, port);
	g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), server);
	g_signal_connect (server->soup, "request-started", G_CALLBACK (on_started), server);
	g_signal_connect (server->soup, "request-read", G_CALLBACK (on_read), server);
	soup_server_add_early_handler (server->soup, NULL, on_early, server, NULL);
	soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
	server->sweep = g_timeout_add_seconds (5, sweep, server);
	return server;
}

void rn_server_start (RnServer *server)
{
	g_socket_service_start (server->service);
}

void rn_server_free (RnServer *server)
{
	if (!server)
		return;
	if (server->sweep)
		g_source_remove (server->sweep);
	g_socket_service_stop (server->service);
	g_socket_listener_close (G_SOCKET_LISTENER (server->service));
	for (guint i = 0; i < server->peers->len; i++)
		g_object_weak_unref (G_OBJECT (((Peer *) server->peers->pdata[i])->connection), on_gone, server);
	g_ptr_array_set_size (server->peers, 0);
	soup_server_disconnect (server->soup);
	g_object_unref (server->service);
	g_object_unref (server->soup);
	g_ptr_array_unref (server->peers);
	g_free (server);
}
