/* policy.c - the hashes of what is inline in a head -> a meta element before all that it is about (CSP level 3, section 8.4). */
#include "site/policy.h"

#include <string.h>

#define HTTP_EQUIV "http-equiv=\"Content-Security-Policy\""
#define CHARSET "<meta charset=\"utf-8\">"

/* What was hashed last, by turns: nearly all pages have the same style and the same script in their heads. Each worker has its own. */
#define KEPT 4
typedef struct { struct { GString *text; char *hash; } kept[KEPT]; guint next; } Kept;

static void kept_free (gpointer data)
{
	Kept *kept = data;
	for (guint i = 0; i < KEPT && kept->kept[i].text; i++) {
		g_string_free (kept->kept[i].text, TRUE);
		g_free (kept->kept[i].hash);
	}
	g_free (kept);
}

static GPrivate worker = G_PRIVATE_INIT (kept_free);

static const char *hash_of (const char *text, gsize len)
{
	Kept *kept = g_private_get (&worker);
	guint8 sum[32];
	gsize size = sizeof sum;
	if (!kept)
		g_private_set (&worker, kept = g_new0 (Kept, 1));
	for (guint i = 0; i < KEPT && kept->kept[i].text; i++)
		if (kept->kept[i].text->len == len && !memcmp (kept->kept[i].text->str, text, len))
			return kept->kept[i].hash;
	g_autoptr (GChecksum) sha = g_checksum_new (G_CHECKSUM_SHA256);
	g_checksum_update (sha, (const guchar *) text, (gssize) len);
	g_checksum_get_digest (sha, sum, &size);
	const guint i = kept->next++ % KEPT;
	if (!kept->kept[i].text)
		kept->kept[i].text = g_string_new (NULL);
	g_string_truncate (kept->kept[i].text, 0);
	g_string_append_len (kept->kept[i].text, text, (gssize) len);
	g_free (kept->kept[i].hash);
	return kept->kept[i].hash = g_base64_encode (sum, size);
}

/* " 'sha256-...'" of the LEN bytes at TEXT. */
static void put_hash (const char *text, gsize len, GString *out)
{
	g_string_append (out, " 'sha256-");
	g_string_append (out, hash_of (text, len));
	g_string_append_c (out, '\'');
}

static const char *find (const char *at, const char *end, const char *what)
{
	return memmem (at, (gsize) (end - at), what, strlen (what));
}

/* The hashes of what stands inside the elements OPEN ("<style") ... CLOSE of a head. Those that load a file, or hold data, have none. */
static void put_hashes (const char *head, const char *end, const char *open, const char *close, GString *out)
{
	for (const char *at = head; (at = find (at, end, open));) {
		const char *text = memchr (at, '>', (gsize) (end - at)), *stop = text ? find (text, end, close) : NULL;
		if (!stop)
			return;
		if (!find (at, text, "src=") && !find (at, text, "json"))
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
	if (!end || find (head, end, HTTP_EQUIV))
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
	const char *charset = find (head, end, CHARSET), *place = charset ? charset + strlen (CHARSET) : head + strlen ("<head>");
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
