/* sums.c - files in, their hashes out; lines as GNU's sha256sum has them. */
#include "base/sums.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean rn_file_sum (int fd, const char *path, gboolean fresh, char sum[65], guint64 *size)
{
	g_autoptr (GChecksum) found = g_checksum_new (G_CHECKSUM_SHA256);
	guchar chunk[65536];
	gssize n = -1;
	int file = openat (fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (file >= 0 && fresh)
		posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED);
	for (*size = 0; file >= 0 && (n = read (file, chunk, sizeof chunk)) > 0; *size += (guint64) n)
		g_checksum_update (found, chunk, n);
	int why = errno;
	if (file >= 0)
		close (file);
	errno = why;
	if (n == 0)
		g_strlcpy (sum, g_checksum_get_string (found), 65);
	return n == 0;
}

void rn_sums_of (const void *data, gsize len, char sum[65])
{
	g_autofree char *found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, len);
	g_strlcpy (sum, found, 65);
}

void rn_sums_add (GString *list, const char *sum, const char *path)
{
	const gboolean odd = strpbrk (path, "\\\n\r") != NULL;
	g_string_append_printf (list, "%s%s  ", odd ? "\\" : "", sum);
	for (const char *at = path; *at; at++)
		switch (*at) {
		case '\\': g_string_append (list, "\\\\"); break;
		case '\n': g_string_append (list, "\\n"); break;
		case '\r': g_string_append (list, "\\r"); break;
		default: g_string_append_c (list, *at);
		}
	g_string_append_c (list, '\n');
}

/* NAME without its escapes, in its place. FALSE: there is one that nobody writes. */
static gboolean unescape (char *name)
{
	char *to = name;
	for (const char *at = name; *at; at++) {
		if (*at == '\\') {
			at++;
			if (*at != '\\' && *at != 'n' && *at != 'r')
				return FALSE;
			*to++ = *at == 'n' ? '\n' : *at == 'r' ? '\r' : '\\';
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
	return TRUE;
}

/* Does PATH stay inside its folder, with no part that is empty or means another folder? */
static gboolean stays_inside (const char *path)
{
	g_auto (GStrv) parts = g_strsplit (path, "/", -1);
	for (char **part = parts; *part; part++)
		if (!**part || !strcmp (*part, ".") || !strcmp (*part, ".."))
			return FALSE;
	return *path != '\0';
}

GHashTable *rn_sums_parse (const char *list, guint *line)
{
	g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	*line = 0;
	while (*list) {
		const char *end = strchr (list, '\n');
		const gboolean odd = *list == '\\';
		const char *sum = list + odd;
		++*line;
		/* The second mark says how it was read: text (a space) or binary (a star), which are one. */
		if (!end || strspn (sum, "0123456789abcdef") != 64 || sum[64] != ' ' || (sum[65] != ' ' && sum[65] != '*'))
			return NULL;
		g_autofree char *path = g_strndup (sum + 66, (gsize) (end - sum - 66));
		if ((odd && !unescape (path)) || !stays_inside (path) || g_hash_table_contains (sums, path))
			return NULL;
		g_hash_table_insert (sums, g_steal_pointer (&path), g_strndup (sum, 64));
		list = end + 1;
	}
	return g_steal_pointer (&sums);
}

gboolean rn_sums_passes (GHashTable *sums, const char *path)
{
	if (!strcmp (path, RN_SUMS_FILE) || !strcmp (path, RN_SUMS_FILE RN_SUMS_SIGNATURE))
		return TRUE;
	if (!g_str_has_suffix (path, RN_SUMS_SIGNATURE))
		return FALSE;
	g_autofree char *signed_one = g_strndup (path, strlen (path) - strlen (RN_SUMS_SIGNATURE));
	return g_hash_table_contains (sums, signed_one);
}
