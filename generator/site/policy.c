/* policy.c - the hashes of what is inline in a head -> a meta element before all that it is about (CSP level 3, section 8.4). */
#include "site/policy.h"

#include <string.h>

#define HTTP_EQUIV "http-equiv=\"Content-Security-Policy\""
#define CHARSET "<meta charset=\"utf-8\">"

/* " 'sha256-...'" of the LEN bytes at TEXT. */
static void put_hash (const char *text, gsize len, GString *out)
{
	guint8 sum[32];
	gsize size = sizeof sum;
	g_autoptr (GChecksum) sha = g_checksum_new (G_CHECKSUM_SHA256);
	g_checksum_update (sha, (const guchar *) text, (gssize) len);
	g_checksum_get_digest (sha, sum, &size);
	g_autofree char *base64 = g_base64_encode (sum, size);
	g_string_append_printf (out, " 'sha256-%s'", base64);
}

/* The hashes of what stands inside the elements OPEN ("<style") ... CLOSE of a head. Those that load a file, or hold data, have none. */
static void put_hashes (const char *head, const char *end, const char *open, const char *close, GString *out)
{
	for (const char *at = head; (at = g_strstr_len (at, end - at, open));) {
		const char *text = memchr (at, '>', (gsize) (end - at)), *stop = text ? g_strstr_len (text, end - text, close) : NULL;
		if (!stop)
			return;
		if (!g_strstr_len (at, text - at, "src=") && !g_strstr_len (at, text - at, "json"))
			put_hash (text + 1, (gsize) (stop - text - 1), out);
		at = stop;
	}
}

static void put_last_script (const GString *html, GString *out)
{
	static const char open[] = "<script>", close[] = "</script>";
	const char *at = g_strrstr_len (html->str, (gssize) html->len, open), *stop = at ? strstr (at, close) : NULL;
	if (stop)
		put_hash (at + strlen (open), (gsize) (stop - at) - strlen (open), out);
	else
		g_string_append (out, " 'none'");
}

static void put (GString *html, gboolean alone)
{
	const char *head = strstr (html->str, "<head>"), *end = head ? strstr (head, "</head>") : NULL;
	if (!end || g_strstr_len (head, end - head, HTTP_EQUIV))
		return;
	g_autoptr (GString) policy = g_string_new ("<meta " HTTP_EQUIV " content=\"");
	g_string_append (policy, alone ? "default-src 'none';style-src" : "default-src 'self' file:;style-src 'self' file:");
	put_hashes (head, end, "<style", "</style>", policy);
	g_autoptr (GString) scripts = g_string_new (NULL);
	if (alone)
		put_last_script (html, scripts);
	else
		put_hashes (head, end, "<script", "</script>", scripts);
	if (scripts->len)
		g_string_append_printf (policy, ";script-src%s%s", alone ? "" : " 'self' file:", scripts->str);
	g_string_append (policy, alone ? ";img-src data:" : ";img-src 'self' file: data:");
	g_string_append (policy, ";base-uri 'none';form-action 'self'\">");
	const char *charset = g_strstr_len (head, end - head, CHARSET), *place = charset ? charset + strlen (CHARSET) : head + strlen ("<head>");
	g_string_insert_len (html, place - html->str, policy->str, (gssize) policy->len);
}

void rn_policy_put (GString *html)
{
	put (html, FALSE);
}

void rn_policy_put_alone (GString *html)
{
	put (html, TRUE);
}
