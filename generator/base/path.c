/* path.c - names and addresses, by their text alone. */
#include "base/path.h"
#include "base/words.h"

#include <string.h>

static gboolean reserved_stem (const char *part, gsize len)
{
	static const char *const stems[] = { "con", "prn", "aux", "nul" };
	const char *dot = memchr (part, '.', len);
	gsize n = dot ? (gsize) (dot - part) : len;
	for (guint i = 0; i < G_N_ELEMENTS (stems); i++)
		if (n == 3 && !g_ascii_strncasecmp (part, stems[i], 3))
			return TRUE;
	return n == 4 && part[3] >= '1' && part[3] <= '9' && (!g_ascii_strncasecmp (part, "com", 3) || !g_ascii_strncasecmp (part, "lpt", 3));
}

static RnPathFault part_check (const char *part, gsize len)
{
	if (!len)
		return RN_PATH_EMPTY;
	if (len > 255)
		return RN_PATH_TOO_LONG;
	if (part[0] == '.' && (len == 1 || (len == 2 && part[1] == '.')))
		return RN_PATH_ESCAPES;
	for (gsize i = 0; i < len; i++)
		if ((guchar) part[i] < ' ' || part[i] == 0x7f || strchr ("<>:\"|?*\\", part[i]))
			return RN_PATH_RESERVED;
	if (part[len - 1] == '.' || part[len - 1] == ' ' || reserved_stem (part, len) || (len == 4 && !g_ascii_strncasecmp (part, ".git", 4)))
		return RN_PATH_RESERVED;
	return RN_PATH_FINE;
}

RnPathFault rn_path_check (const char *path)
{
	if (!g_utf8_validate (path, -1, NULL))
		return RN_PATH_INVALID;
	if (strlen (path) > 4000)
		return RN_PATH_TOO_LONG;
	for (const char *part = path;;) {
		gsize len = strcspn (part, "/");
		RnPathFault fault = part_check (part, len);
		if (fault != RN_PATH_FINE || !part[len])
			return fault;
		part += len + 1;
	}
}

const char *rn_path_fault_text (RnPathFault fault)
{
	switch (fault) {
	case RN_PATH_EMPTY: return _("a part of it is empty");
	case RN_PATH_ESCAPES: return _("it leads out of the folder");
	case RN_PATH_RESERVED: return _("it holds a character or a name that some systems do not allow");
	case RN_PATH_INVALID: return _("it is not valid UTF-8");
	case RN_PATH_TOO_LONG: return _("it is too long");
	case RN_PATH_FINE: break;
	}
	return "";
}

char *rn_path_join (const char *base_file, const char *relative)
{
	const char *slash = strrchr (base_file, '/');
	g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *whole = *relative == '/' ? g_strdup (relative + 1) :
		g_strdup_printf ("%.*s/%s", slash ? (int) (slash - base_file) : 0, base_file, relative);
	for (const char *part = whole; part;) {
		gsize len = strcspn (part, "/");
		if (len == 2 && part[0] == '.' && part[1] == '.') {
			if (!parts->len)
				return NULL;
			g_ptr_array_set_size (parts, (int) parts->len - 1);
		} else if (len && !(len == 1 && *part == '.')) {
			g_ptr_array_add (parts, g_strndup (part, len));
		}
		part = part[len] ? part + len + 1 : NULL;
	}
	g_ptr_array_add (parts, NULL);
	return g_strjoinv ("/", (char **) parts->pdata);
}

void rn_path_encode (GString *out, const char *path)
{
	static const char hex[] = "0123456789ABCDEF";
	for (const char *p = path; *p; p++) {
		if (g_ascii_isalnum (*p) || strchr ("/-._~!$&'()*+,;=:@", *p)) {
			g_string_append_c (out, *p);
		} else {
			char code[3] = { '%', hex[(guchar) *p >> 4], hex[(guchar) *p & 15] };
			g_string_append_len (out, code, 3);
		}
	}
}

void rn_path_relative (GString *out, const char *from, const char *to, gboolean explicit_index)
{
	gsize path = strcspn (to, "?#"), common = 0;
	for (gsize i = 0; i < path && from[i] && from[i] == to[i]; i++)
		if (to[i] == '/')
			common = i + 1;
	gsize begin = out->len;
	for (const char *p = from + common; (p = strchr (p, '/')); p++)
		g_string_append_len (out, "../", 3);
	/* A first part with a colon would read as a scheme. */
	gsize first = MIN (strcspn (to + common, "/"), path - common);
	if (out->len == begin && memchr (to + common, ':', first))
		g_string_append_len (out, "./", 2);
	g_autofree char *rest = g_strndup (to + common, path - common);
	rn_path_encode (out, rest);
	if (path && to[path - 1] == '/') {
		if (explicit_index)
			g_string_append_len (out, "index.html", 10);
		else if (out->len == begin)
			g_string_append_len (out, "./", 2);
	}
	g_string_append (out, to + path);
}
