/* dense.c - one walk over the tags: how many attributes each has, what is never closed. */
#include "base/dense.h"

#include <string.h>

/* Past the value that begins at P, behind its '='. */
static const char *past_value (const char *p, const char *end)
{
	while (p < end && g_ascii_isspace (*p))
		p++;
	if (p == end || (*p != '"' && *p != '\''))
		return p;
	const char *close = memchr (p + 1, *p, (gsize) (end - p - 1));
	return close ? close + 1 : end;
}

/* Past the tag whose name begins at P; *attributes: how many it has. */
static const char *past_tag (const char *p, const char *end, guint *attributes)
{
	gboolean apart = FALSE;
	*attributes = 0;
	while (p < end && *p != '>') {
		if (*p == '=') {
			p = past_value (p + 1, end);
			/* Another may stand right behind a quote. */
			apart = p[-1] == '"' || p[-1] == '\'';
			continue;
		}
		const gboolean between = g_ascii_isspace (*p) || *p == '/';
		*attributes += apart && !between;
		apart = between;
		p++;
	}
	return p;
}

/* Past what begins with OPEN at P, if it does; *closed: it ends. */
static const char *past (const char *p, const char *end, const char *open, const char *close, gboolean *closed)
{
	const gsize n = strlen (open);
	if ((gsize) (end - p) < n || memcmp (p, open, n))
		return p;
	const char *found = memmem (p + n, (gsize) (end - p) - n, close, strlen (close));
	*closed = found != NULL;
	return found ? found + strlen (close) : p + n;
}

/* From P on no comment has an end. */
static gboolean many_open (const char *p, const char *end)
{
	const double behind = (double) (end - p);
	double open = 0;
	for (; (p = memmem (p, (gsize) (end - p), "<!", 2)); p += 2)
		open++;
	return open * behind > RN_DENSE_WORK;
}

gboolean rn_dense_markup (const char *markup, gsize len)
{
	const char *end = markup + len;
	gboolean open = FALSE;
	if (!len)
		return FALSE;
	for (const char *p = markup; (p = memchr (p, '<', (gsize) (end - p)));) {
		guint attributes = 0;
		gboolean closed = TRUE;
		const char *after = open ? p : past (p, end, "<!--", "-->", &closed);
		after = after == p && !open ? past (p, end, "<![CDATA[", "]]>", &closed) : after;
		if (!closed && !open) {
			if (many_open (p, end))
				return TRUE;
			open = TRUE;
		}
		if (after == p)
			after = p + 1 < end && g_ascii_isalpha (p[1]) ? past_tag (p + 1, end, &attributes) : p + 1;
		if (attributes > RN_DENSE_ATTRIBUTES)
			return TRUE;
		p = after;
	}
	return FALSE;
}
