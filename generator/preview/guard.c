/* guard.c - Host, Origin and path of a request, judged. */
#include "preview/guard-int.h"
#include "base/path.h"

#include <gio/gio.h>
#include <string.h>

/* "localhost:8000", "[::1]:8000" -> the host alone; NULL: it is none. */
static char *without_port (const char *host)
{
	const char *colon = strrchr (host, ':');
	gsize len = strlen (host);
	if (*host == '[') {
		const char *end = strchr (host, ']');
		if (!end || (end[1] && end[1] != ':'))
			return NULL;
		if (end[1] && strspn (end + 2, "0123456789") != strlen (end + 2))
			return NULL;
		return g_strndup (host + 1, (gsize) (end - host - 1));
	}
	if (colon) {
		if (strspn (colon + 1, "0123456789") != strlen (colon + 1) || strchr (host, ':') != colon)
			return NULL;
		len = (gsize) (colon - host);
	}
	return len ? g_strndup (host, len) : NULL;
}

gboolean rn_guard_host (const char *host, const char *bound)
{
	g_autofree char *name = host ? without_port (host) : NULL;
	if (!name)
		return FALSE;
	if (!g_ascii_strcasecmp (name, "localhost") || !strcmp (name, "127.0.0.1") || !strcmp (name, "::1") || !g_ascii_strcasecmp (name, bound))
		return TRUE;
	return (!strcmp (bound, "0.0.0.0") || !strcmp (bound, "::")) && g_hostname_is_ip_address (name);
}

gboolean rn_guard_origin (const char *origin, const char *host)
{
	if (!origin)
		return TRUE;
	return host && g_str_has_prefix (origin, "http://") && !g_ascii_strcasecmp (origin + strlen ("http://"), host);
}

char *rn_guard_path (const char *path)
{
	g_autofree char *plain = path && *path == '/' ? g_uri_unescape_string (path, NULL) : NULL;
	if (!plain)
		return NULL;
	g_autofree char *inside = g_strdup (plain + 1);
	const gsize len = strlen (inside);
	if (len && inside[len - 1] == '/')
		inside[len - 1] = 0;
	if (*plain != '/' || plain[1] == '/' || (*inside && rn_path_check (inside) != RN_PATH_FINE))
		return NULL;
	return g_steal_pointer (&plain);
}
