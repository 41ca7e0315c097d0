/* link.c - an address as an editor writes it -> a page, a file, the outside, or why not. */
#include "model/link.h"
#include "base/path.h"
#include "base/text.h"
#include "model/added.h"
#include "model/library-int.h"

#include <string.h>

/* The length of the scheme that ADDRESS begins with, without its colon; 0: none. */
static gsize scheme_length (const char *address)
{
	gsize n = 0;
	if (!g_ascii_isalpha (*address))
		return 0;
	while (g_ascii_isalnum (address[n]) || (address[n] && strchr ("+.-", address[n])))
		n++;
	return address[n] == ':' ? n : 0;
}

gboolean rn_link_scheme_allowed (const char *address)
{
	static const char *const allowed[] = { "http", "https", "mailto", "tel", "sms", "geo" };
	gsize n = scheme_length (address);
	if (!n) {
		/* Browsers drop control characters and read what is left: so they must not be there at all. */
		for (const char *p = address; *p; p++)
			if ((guchar) *p < ' ' || *p == 0x7f)
				return FALSE;
		return *address != '\\' && !g_str_has_prefix (address, "//") && !memchr (address, ':', strcspn (address, "/?#"));
	}
	for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
		if (strlen (allowed[i]) == n && !g_ascii_strncasecmp (address, allowed[i], n))
			return TRUE;
	return FALSE;
}

typedef struct {
	const RnLibrary *library;
	const RnPage *from;
	RnArena *arena;
	RnLink link;
	const RnLanguage *language;     /* in which a page is looked for */
	gboolean settled;
} Search;

static gboolean settle (Search *search, RnLinkKind kind)
{
	search->link.kind = kind;
	return search->settled = TRUE;
}

/* KEY in the language, or the language that has it where none stands in. */
static gboolean try_key (Search *search, const char *key)
{
	const RnSite *site = search->library->site;
	RnPage *page = rn_library_page (search->library, search->language, key);
	RnPage **twins = page ? NULL : g_hash_table_lookup (search->library->by_key, key);
	const char *why = NULL;
	for (guint i = 0; twins && !page && i < site->n_languages; i++) {
		page = rn_seen (twins[i]) ? twins[i] : NULL;
		why = why ? why : twins[i] ? ENTRY (twins[i])->hidden : NULL;
	}
	/* What readers see leads nowhere that only the team has, whichever profile is looked at. */
	if (page && page->type->team && !search->from->type->team) {
		page = NULL;
		why = "counsellor";
	}
	if (page) {
		search->link.page = page;
		return settle (search, RN_LINK_PAGE);
	}
	if (!why)
		return FALSE;
	search->link.why = why;
	return settle (search, RN_LINK_HIDDEN);
}

/* The key that the name of a Markdown file has, its language taken off and noted. */
static char *key_of_file (Search *search, const char *path)
{
	const char *slash = strrchr (path, '/'), *base = slash ? slash + 1 : path;
	char code[16];
	gsize stem;
	if (!rn_site_page_name (search->library->site, base, &stem, code))
		return NULL;
	if (*code && rn_site_language (search->library->site, code))
		search->language = rn_site_language (search->library->site, code);
	gboolean folder = (stem == 6 && (!strncmp (base, "_index", 6) || !g_ascii_strncasecmp (base, "readme", 6))) || (stem == 5 && !strncmp (base, "index", 5));
	return folder ? g_strndup (path, slash ? (gsize) (slash - path) : 0) : g_strndup (path, (gsize) (base - path) + stem);
}

static gboolean try_file (Search *search, const char *path)
{
	const RnSite *site = search->library->site;
	g_autofree char *whole = g_strconcat (site->content, path, NULL);
	gint index = rn_tree_find (site->tree, whole);
	if (index < 0 || !rn_site_publishes (site, path))
		return FALSE;
	search->link.tree_index = (guint) index;
	search->link.url = rn_arena_printf (search->arena, "/%s", path);
	return settle (search, RN_LINK_FILE);
}

static gboolean try_added (Search *search, const char *path)
{
	g_autofree char *url = g_strconcat ("/", path, NULL);
	const RnAddedFile *file = rn_library_added_at (search->library, url);
	search->link.url = file ? file->url : NULL;
	return file && settle (search, RN_LINK_ADDED);
}

/* PATH is inside the content, without its first slash. */
static gboolean try_path (Search *search, const char *path)
{
	const RnSite *site = search->library->site;
	if (g_str_has_suffix (path, ".md")) {
		g_autofree char *key = key_of_file (search, path);
		return key && try_key (search, key);
	}
	g_autofree char *key = g_strdup (path);
	if (g_str_has_suffix (key, "/index.html"))
		key[strlen (key) - strlen ("/index.html")] = 0;
	for (gsize n = strlen (key); n && key[n - 1] == '/'; n--)
		key[n - 1] = 0;
	gsize first = strcspn (key, "/");
	g_autofree char *code = g_strndup (key, first);
	const RnLanguage *language = rn_site_language (site, code);
	if (language) {
		const RnLanguage *before = search->language;
		search->language = language;
		if (try_key (search, key + first + (key[first] == '/')))
			return TRUE;
		search->language = before;
	}
	if (try_key (search, key) || try_file (search, path) || try_added (search, path))
		return TRUE;
	g_autofree char *url = g_strdup_printf ("/%s/", key), *in_language = g_strdup_printf ("/%s/%s/", search->from->language->code, key);
	RnPage *page = g_hash_table_lookup (search->library->by_url, url);
	if (!page)
		page = g_hash_table_lookup (search->library->by_url, in_language);
	/* An old address leads where its reader would be sent. */
	if (!page)
		page = g_hash_table_lookup (search->library->by_alias, url);
	if (!page)
		page = g_hash_table_lookup (search->library->by_alias, in_language);
	search->link.page = page;
	return page && settle (search, RN_LINK_PAGE);
}

/* The name beside which the text's relative links are looked for; NULL: it has none. */
static const char *file_of (const Search *search)
{
	const RnPage *from = search->from;
	return from->text ? from->key : from->file ? from->file + strlen (search->library->site->content) : NULL;
}

/* From the file, as editors and other Markdown viewers read it; then from the page's address, as browsers do; then as a key, as messages name it. */
static gboolean try_relative (Search *search, const char *path)
{
	const RnPage *from = search->from;
	g_autofree char *beside = g_strconcat (from->key, "/x", NULL);
	const char *base = file_of (search);
	g_autofree char *by_file = rn_path_join (base ? base : beside, path);
	g_autofree char *by_url = rn_path_join (beside, path);
	return (by_file && try_path (search, by_file)) || (by_url && try_path (search, by_url)) ||
		(*path != '.' && try_path (search, path));
}

static void miss (Search *search, const char *path)
{
	const char *inside = *path == '/' ? path + 1 : path, *base = strrchr (inside, '/');
	gboolean file = strchr (base ? base : inside, '.') && !g_str_has_suffix (inside, ".md");
	g_autofree char *joined = file_of (search) && *path != '/' ? rn_path_join (file_of (search), path) : NULL;
	const char *wanted = joined ? joined : inside;
	g_autofree char *key = g_str_has_suffix (wanted, ".md") ? key_of_file (search, wanted) : NULL;
	search->link.nearest = file ? rn_library_nearest_file (search->library, wanted) : rn_library_nearest (search->library, search->from->language, key ? key : wanted);
	settle (search, RN_LINK_MISSING);
}

/* The path that a link of the site's own scheme stands for; NULL: it is no such scheme. */
static char *expand_scheme (const Search *search, const char *address, gsize scheme)
{
	const RnValue *schemes = rn_value_get (search->library->site->config, "link_schemes");
	for (guint i = 0; schemes && schemes->kind == RN_MAP && i < schemes->n; i++) {
		const RnPair *pair = &schemes->pairs[i];
		const char *folder = rn_value_string (pair->value);
		if (folder && strlen (pair->name) == scheme && !strncmp (pair->name, address, scheme))
			return g_strdup_printf ("/%s/%s", folder, address + scheme + 1);
	}
	return NULL;
}

static void split_fragment (Search *search, char *path)
{
	char *hash = strchr (path, '#');
	if (hash) {
		*hash = 0;
		g_autofree char *decoded = g_uri_unescape_string (hash + 1, NULL);
		gboolean fine = decoded && g_utf8_validate (decoded, -1, NULL);
		search->link.fragment = hash[1] ? rn_arena_strndup (search->arena, fine ? decoded : hash + 1, -1) : NULL;
	}
	char *query = strchr (path, '?');
	if (query)
		*query = 0;
}

RnLink rn_link_resolve (const RnLibrary *library, const RnPage *from, const char *address, RnArena *arena)
{
	Search search = { .library = library, .from = from, .arena = arena, .language = from->language };
	gsize scheme = scheme_length (address);
	g_autofree char *expanded = scheme ? expand_scheme (&search, address, scheme) : NULL;
	if (!expanded && (scheme || !rn_link_scheme_allowed (address))) {
		search.link.url = address;
		settle (&search, scheme && rn_link_scheme_allowed (address) ? RN_LINK_EXTERNAL : RN_LINK_REFUSED);
		return search.link;
	}
	g_autofree char *path = expanded ? g_steal_pointer (&expanded) : g_strdup (address);
	split_fragment (&search, path);
	g_autofree char *decoded = strchr (path, '%') ? g_uri_unescape_string (path, NULL) : NULL;
	const char *plain = decoded && g_utf8_validate (decoded, -1, NULL) ? decoded : path;
	if (!*plain && search.link.fragment) {
		search.link.page = from;
		settle (&search, RN_LINK_PAGE);
	} else if (*plain && !(*plain == '/' ? try_path (&search, plain + 1) : try_relative (&search, plain))) {
		miss (&search, plain);
	} else if (!*plain) {
		settle (&search, RN_LINK_MISSING);
	}
	return search.link;
}
