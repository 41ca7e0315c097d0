/*
 * address.c - addresses as they leave a layout.
 *
 * In: what an href says: "/tg/faq/", "https://…", "#part". Out: the same, safe and relative to the page. Invariant: no scheme outside of the allow-list, and no byte that
 * would end the address or the attribute.
 */
#include "base/path.h"
#include "script/host-int.h"

#include <string.h>

/* Letters that stay in an address from outside, which comes encoded: '%' is one. */
static const guint8 kept[256] = {
	['!'] = 1, ['#' ... ';'] = 1, ['='] = 1, ['?' ... '['] = 1, [']'] = 1, ['_'] = 1, ['a' ... 'z'] = 1, ['~'] = 1,
};

static void append_encoded (GString *out, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	for (const char *p = text; *p != '\0';) {
		const char *run = p;
		while (kept[(guchar) *p])
			p++;
		rn_put (out, run, (gsize) (p - run));
		if (*p == '\0')
			break;
		char code[3] = { '%', hex[(guchar) *p >> 4], hex[(guchar) *p & 15] };
		rn_put (out, code, 3);
		p++;
	}
}

/* What ends in '/' is a page. */
static void note_file (const RnHost *host, const char *address, gsize len)
{
	if (host->options.file != NULL && address[len - 1] != '/')
		host->options.file (host->options.pictures, address);
}

/* By way of the root: in a cached piece, which stands in all pages of one depth, and where the page is shown at any depth. */
static void append_from_root (RnHost *host, GString *out, const char *address)
{
	gsize begin = out->len, path = strcspn (address, "?#");
	g_string_append_len (out, host->up->str, (gssize) host->up->len);
	g_autofree char *plain = g_strndup (address + 1, path - 1);
	rn_path_encode (out, plain);
	if (address[path - 1] == '/') {
		if (host->site->explicit_index)
			g_string_append_len (out, "index.html", 10);
		else if (out->len == begin)
			g_string_append_len (out, "./", 2);
	}
	append_encoded (out, address + path);
}

/* Letters that an address and HTML both leave as they are; '?' and '#' are not among them. */
static const guint8 plain[256] = {
	['a' ... 'z'] = 1, ['A' ... 'Z'] = 1, ['0' ... '9'] = 1, ['-'] = 1, ['.'] = 1, ['_'] = 1, ['~'] = 1, ['/'] = 1,
};

/* Almost every address of a site: what rn_append_address does, in one walk. */
gboolean rn_append_plain_address (const RnHost *host, GString *out, const char *address)
{
	gsize len = 0, tail, common = 1, skipped = 0;
	if (*address != '/' || address[1] == '/' || host->page == NULL)
		return FALSE;
	while (plain[(guchar) address[len]])
		len++;
	/* A tag that has no page of its own is a part of another. */
	tail = len;
	if (address[tail] == '#')
		for (tail++; plain[(guchar) address[tail]];)
			tail++;
	if (address[tail] != '\0')
		return FALSE;
	note_file (host, address, len);
	gsize begin = out->len, up = host->up->len;
	if (host->captures->len == 0 && !host->rooted) {
		const char *from = host->page->url;
		for (gsize i = 1; i < len && from[i] == address[i]; i++) {
			if (address[i] != '/')
				continue;
			common = i + 1;
			skipped++;
		}
		up -= skipped * 3;
	}
	rn_put (out, host->up->str, up);
	rn_put (out, address + common, len - common);
	if (address[len - 1] == '/') {
		if (host->site->explicit_index)
			rn_put (out, "index.html", 10);
		else if (out->len == begin)
			rn_put (out, "./", 2);
	}
	rn_put (out, address + len, tail - len);
	return TRUE;
}

void rn_append_address (RnHost *host, GString *out, const char *address)
{
	while (*address != '\0' && (guchar) *address <= ' ')
		address++;
	if (*address == '/' && address[1] != '/' && address[1] != '\\') {
		note_file (host, address, strcspn (address, "?#"));
		if (host->page == NULL) {
			append_encoded (out, address);
		} else if (host->captures->len > 0 || host->rooted) {
			append_from_root (host, out, address);
		} else {
			gsize begin = out->len;
			rn_path_relative (out, host->page->url, address, host->site->explicit_index);
			/* What follows the path comes from it as it is. */
			if (strpbrk (address, "?#") != NULL) {
				g_autofree char *whole = g_strdup (out->str + begin);
				g_string_truncate (out, begin);
				append_encoded (out, whole);
			}
		}
		return;
	}
	if (*address == '\0')
		return;
	if (!rn_link_scheme_allowed (address))
		g_string_append_c (out, '#');
	else
		append_encoded (out, address);
}
