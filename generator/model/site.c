/* site.c - site.yaml and the languages: what is missing gets its default, what is wrong is told. */
#include "model/site-int.h"
#include "base/text.h"
#include "base/words.h"
#include "model/parts.h"
#include "source/yaml.h"

#include <string.h>

typedef struct {
	RnSite site;          /* first: an RnSite * is a Site * */
	RnArena *arena;
	RnDiagnostics *sink;
	gboolean declared;
} Site;

RnArena *rn_site_arena (RnSite *site)
{
	return ((Site *) site)->arena;
}

gboolean rn_site_declared (const RnSite *site)
{
	return ((const Site *) site)->declared;
}

/* --- names -------------------------------------------------------------------------------------------------------------------- */

/* Two or three small letters, then perhaps subtags: tg, ru, uz-Latn. */
static gboolean looks_like_code (const char *text, gsize len)
{
	gsize n = 0;
	while (n < len && g_ascii_islower (text[n]))
		n++;
	if (n < 2 || n > 3 || len > 15)
		return FALSE;
	if (n < len && text[n] != '-')
		return FALSE;
	for (; n < len; n++)
		if (!g_ascii_isalnum (text[n]) && !(text[n] == '-' && n + 1 < len))
			return FALSE;
	return TRUE;
}

gboolean rn_site_split_name (const char *name, gsize *stem, char code[16])
{
	gsize len = strlen (name);
	*code = 0;
	if (len < 4 || strcmp (name + len - 3, ".md"))
		return FALSE;
	*stem = len -= 3;
	const char *dot = g_strrstr_len (name, (gssize) len, ".");
	if (dot && dot > name && looks_like_code (dot + 1, len - (gsize) (dot + 1 - name))) {
		g_strlcpy (code, dot + 1, len - (gsize) (dot + 1 - name) + 1);
		*stem = (gsize) (dot - name);
	}
	return TRUE;
}

gboolean rn_site_page_name (const RnSite *site, const char *name, gsize *stem, char code[16])
{
	if (!rn_site_split_name (name, stem, code))
		return FALSE;
	/* Where nobody says which languages there are, "minutes.old.md" is a page in its folder's language, not one in a language "old". */
	if (*code && !rn_site_language (site, code) && !rn_value_get (site->config, "languages")) {
		*code = 0;
		*stem = strlen (name) - 3;
	}
	return TRUE;
}

gboolean rn_site_is_readme (const char *name)
{
	return !g_ascii_strcasecmp (name, "README.md");
}

gboolean rn_site_publishes (const RnSite *site, const char *path)
{
	static const char *const behind[] = { ".md", ".yaml", ".yml", ".csv", ".json", NULL };
	/* A folder without content/ may be anything, a home folder too: of that only what pages show or hand out goes along. */
	static const char *const shown[] = { ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".mp3", ".ogg", ".opus", ".m4a", ".mp4",
		".webm", ".vtt", ".epub", ".odt", ".doc", ".docx", ".ods", ".xls", ".xlsx", NULL };
	const char *const *endings = *site->content ? behind : shown;
	const char *dot = strrchr (path, '.');
	if (*site->content && g_str_has_prefix (path, "data/"))
		return FALSE;
	for (; dot && *endings; endings++)
		if (!g_ascii_strcasecmp (dot, *endings))
			return !*site->content;
	return *site->content != 0;
}

/* --- configuration ---------------------------------------------------------------------------------------------------- */

const RnValue *rn_site_yaml (RnTree *tree, const char *path, RnArena *arena, RnDiagnostics *sink)
{
	gint index = tree ? rn_tree_find (tree, path) : -1;
	if (index < 0)
		return NULL;
	g_autoptr (GString) text = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	RnPlace place = RN_PLACE (rn_diagnostics_intern (sink, path), 1, 1);
	if (!rn_tree_read (tree, (guint) index, 0, RN_MAX_CONFIG, text, NULL, &error)) {
		place.line = 0;
		rn_diagnose (sink, RN_D_FILE_UNREADABLE, place, error->message);
		return NULL;
	}
	const char *start = text->str;
	gsize len = text->len;
	if (g_str_has_prefix (start, "\xef\xbb\xbf"))
		start += 3, len -= 3;
	return rn_yaml_parse (arena, start, len, place, sink);
}

static void bad_value (Site *self, const RnValue *value, const char *key, const char *wanted)
{
	rn_diagnose (self->sink, RN_D_SITE_VALUE, RN_PLACE (self->site.config_file, value->line, value->col), key, wanted);
}

/* One of two words, or a boolean; the first is the default. */
static gboolean choose (Site *self, const char *key, const char *yes, const char *no)
{
	const RnValue *value = rn_value_get (self->site.config, key);
	const char *text = rn_value_string (value);
	if (!value || !g_strcmp0 (text, yes))
		return TRUE;
	if (!g_strcmp0 (text, no))
		return FALSE;
	g_autofree char *wanted = g_strdup_printf ("'%s' or '%s'", yes, no);
	bad_value (self, value, key, wanted);
	return TRUE;
}

static guint count_value (Site *self, const char *key, guint fallback)
{
	const RnValue *value = rn_value_get (self->site.config, key);
	gint64 n = rn_value_int (value, fallback);
	if (value && (n < 1 || n > 100000 || value->kind != RN_INT)) {
		bad_value (self, value, key, _("a whole number from 1 to 100000"));
		return fallback;
	}
	return (guint) n;
}

/* A number of bytes, or false. */
static guint read_split (Site *self)
{
	const RnValue *value = rn_value_get (self->site.config, "split");
	gint64 n = rn_value_int (value, 0);
	if (!value || value->kind == RN_NULL || (value->kind == RN_BOOL && !value->boolean))
		return 0;
	if (value->kind == RN_INT && n >= RN_SPLIT_MIN && n <= RN_SPLIT_MAX)
		return (guint) n;
	g_autofree char *wanted = g_strdup_printf ("false, or a number of bytes from %d to %d", RN_SPLIT_MIN, RN_SPLIT_MAX);
	bad_value (self, value, "split", wanted);
	return 0;
}

static void read_base_url (Site *self)
{
	const RnValue *value = rn_value_get (self->site.config, "base_url");
	const char *text = rn_value_string (value);
	if (!value || value->kind == RN_NULL || (text && !*text))
		return;
	if (!text || (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://")) || strpbrk (text, " <>\"?#")) {
		bad_value (self, value, "base_url", _("an address such as https://example.org"));
		return;
	}
	gsize len = strlen (text);
	while (len && text[len - 1] == '/')
		len--;
	self->site.base_url = rn_arena_strndup (self->arena, text, (gssize) len);
}

static void read_audiences (Site *self)
{
	const RnValue *value = rn_value_get (self->site.config, "audiences");
	if (!value)
		return;
	if (value->kind != RN_MAP || value->n > 32) {
		bad_value (self, value, "audiences", _("a map of at most 32 names, each with its words"));
		return;
	}
	RnAudience *list = rn_arena_newn (self->arena, RnAudience, value->n);
	for (guint i = 0; i < value->n; i++)
		list[i] = (RnAudience) { value->pairs[i].name, value->pairs[i].value };
	self->site.audiences = list;
	self->site.n_audiences = value->n;
}

static void check_keys (Site *self)
{
	static const char *const known[] = { "title", "description", "footer", "base_url", "languages", "missing_translation", "on_stale", "link_schemes",
		"sections", "audiences", "hotlines", "plugins", "params", "links", "page_size", "tag_min", "split", "script", "publisher", "licence", "print", "search",
		"security", "style", "qr", "precompress", "offline", "quick_exit", "images", "share", "sums", "publish", NULL };
	const RnValue *config = self->site.config;
	for (guint i = 0; i < config->n; i++) {
		const RnPair *pair = &config->pairs[i];
		if (g_strv_contains (known, pair->name))
			continue;
		const char *nearest = rn_text_nearest (pair->name, known);
		rn_diagnose (self->sink, RN_D_SITE_KEY_UNKNOWN, RN_PLACE (self->site.config_file, pair->line, pair->col), pair->name, nearest ? nearest : "");
	}
}

static const RnValue *empty_map (RnArena *arena)
{
	RnValue *map = rn_arena_new0 (arena, RnValue);
	map->kind = RN_MAP;
	return map;
}

static gboolean read_config (Site *self, GError **error)
{
	RnSite *site = &self->site;
	g_autofree char *path = g_strconcat (site->content, "site.yaml", NULL);
	site->config_file = rn_arena_strndup (self->arena, path, -1);
	site->config = empty_map (self->arena);
	self->declared = rn_tree_find (site->tree, path) >= 0;
	if (self->declared) {
		const RnValue *config = rn_site_yaml (site->tree, path, self->arena, self->sink);
		if (config && config->kind != RN_MAP && config->kind != RN_NULL) {
			bad_value (self, config, "site.yaml", _("a map such as title: ..."));
			config = NULL;
		}
		if (!config) {
			g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("%s cannot be used: see above"), path);
			return FALSE;
		}
		if (config->kind == RN_MAP)
			site->config = config;
	}
	check_keys (self);
	site->title = rn_value_get (site->config, "title");
	read_base_url (self);
	read_audiences (self);
	rn_site_read_plugins (&self->site, self->sink);
	site->show_missing = choose (self, "missing_translation", "show", "omit");
	site->hold_stale = !choose (self, "on_stale", "notice", "hold");
	site->explicit_index = choose (self, "links", "file", "folder");
	site->inline_style = !choose (self, "style", "link", "inline");
	site->page_size = count_value (self, "page_size", 50);
	site->tag_min = count_value (self, "tag_min", 2);
	site->split = read_split (self);
	return TRUE;
}

/* --- languages ------------------------------------------------------------------------------------------------------ */

static int by_code (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

typedef struct { char code[16]; guint files; } Suffix;

/* Has CODE words of its own, or is it on so many of the files that it cannot be chance ("minutes.old.md")? */
static gboolean is_language (const Site *self, const Suffix *suffix, guint all)
{
	g_autofree char *path = g_strdup_printf ("layouts/lang/%s.yaml", suffix->code);
	return suffix->files * 10 >= all || rn_tree_find (self->site.tree, path) >= 0 || (self->site.shipped && rn_tree_find (self->site.shipped, path) >= 0);
}

/* The suffixes of the content's files. READMES and BARE count the files without one. */
static GArray *suffixes_of_files (Site *self, guint *readmes, guint *bare)
{
	GArray *list = g_array_new (FALSE, TRUE, sizeof (Suffix));
	guint begin, end, k;
	char code[16];
	gsize stem;
	rn_tree_range (self->site.tree, self->site.content, &begin, &end);
	for (guint i = begin; i < end; i++) {
		const char *path = rn_tree_path (self->site.tree, i), *slash = strrchr (path, '/'), *base = slash ? slash + 1 : path;
		if (!rn_site_split_name (base, &stem, code))
			continue;
		if (!*code) {
			(*(rn_site_is_readme (base) ? readmes : bare))++;
			continue;
		}
		for (k = 0; k < list->len && strcmp (g_array_index (list, Suffix, k).code, code); k++)
			;
		if (k == list->len)
			g_strlcpy (g_array_index (g_array_set_size (list, k + 1), Suffix, k).code, code, sizeof code);
		g_array_index (list, Suffix, k).files++;
	}
	return list;
}

/* The languages that the files' names tell, in the order of their codes; "und" where files have none. */
static GPtrArray *languages_of_files (Site *self)
{
	GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
	guint readmes = 0, bare = 0, all = 0;
	g_autoptr (GArray) suffixes = suffixes_of_files (self, &readmes, &bare);
	for (guint i = 0; i < suffixes->len; i++)
		all += g_array_index (suffixes, Suffix, i).files;
	all += bare;
	for (guint i = 0; i < suffixes->len; i++) {
		const Suffix *suffix = &g_array_index (suffixes, Suffix, i);
		if (is_language (self, suffix, all))
			g_ptr_array_add (codes, g_strdup (suffix->code));
		else
			bare += suffix->files;
	}
	g_ptr_array_sort (codes, by_code);
	/* A README beside pages with a language explains the folder; alone it is the page. */
	if (!bare && !codes->len && !self->declared)
		bare = readmes;
	if (bare) {
		g_autofree char *many = g_strdup_printf (bare == 1 ? "%u page" : "%u pages", bare);
		rn_diagnose (self->sink, RN_D_LANGUAGE_UNDETERMINED, ((RnPlace) { 0 }), many);
		g_ptr_array_insert (codes, 0, g_strdup ("und"));
	}
	return codes;
}

/* The codes of site.yaml: a list of them, or one alone. NULL after a diagnostic. */
static GPtrArray *languages_of_config (Site *self, const RnValue *value)
{
	g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
	if (value->kind == RN_STRING) {
		g_ptr_array_add (codes, g_strdup (value->string));
	} else if (value->kind == RN_NULL || ((value->kind == RN_LIST || value->kind == RN_MAP) && !value->n)) {
		rn_diagnose (self->sink, RN_D_LANGUAGE_NONE, RN_PLACE (self->site.config_file, value->line, value->col));
		return NULL;
	} else if (value->kind != RN_LIST) {
		bad_value (self, value, "languages", _("a list such as [tg, ru]"));
		return NULL;
	}
	for (guint i = 0; value->kind == RN_LIST && i < value->n; i++) {
		const char *code = rn_value_string (value->items[i]);
		if (!code || (!looks_like_code (code, strlen (code)) && strcmp (code, "und")))
			bad_value (self, value->items[i], "languages", _("a list of codes such as [tg, ru]"));
		else if (!g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
			g_ptr_array_add (codes, g_strdup (code));
	}
	return codes->len ? g_steal_pointer (&codes) : NULL;
}

static gboolean read_languages (Site *self, GError **error)
{
	RnSite *site = &self->site;
	const RnValue *value = rn_value_get (site->config, "languages");
	g_autoptr (GPtrArray) codes = value ? languages_of_config (self, value) : languages_of_files (self);
	if (!codes || !codes->len) {
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, codes ? _("there is no page in '%s'") : _("the site has no language (%s)"),
		             !codes ? site->config_file : *site->content ? site->content : ".");
		if (codes)
			rn_diagnose (self->sink, RN_D_SITE_EMPTY, ((RnPlace) { 0 }), *site->content ? site->content : ".");
		return FALSE;
	}
	site->n_languages = codes->len;
	site->languages = rn_arena_newn (self->arena, RnLanguage *, codes->len);
	for (guint i = 0; i < codes->len; i++) {
		const char *code = rn_arena_strndup (self->arena, codes->pdata[i], -1);
		g_autofree char *path = g_strdup_printf ("layouts/lang/%s.yaml", code);
		const RnValue *own = rn_site_yaml (site->tree, path, self->arena, self->sink);
		const RnValue *shipped = rn_site_yaml (site->shipped, path, self->arena, self->sink);
		/* A language without words of its own has the reference's, which is no language of the site's. */
		if (!own && !shipped) {
			shipped = rn_site_yaml (site->shipped, "layouts/lang/und.yaml", self->arena, self->sink);
			/* That a language is not known at all has been told. */
			if (strcmp (code, "und"))
				rn_diagnose (self->sink, RN_D_LANGUAGE_UNKNOWN, ((RnPlace) { 0 }), code);
		}
		site->languages[i] = rn_language_new (self->arena, code, i, own, shipped, self->sink);
	}
	rn_site_read_words (site, self->arena, self->sink);
	return TRUE;
}

RnSite *rn_site_open (RnTree *tree, RnTree *shipped, const RnSiteOptions *options, RnDiagnostics *sink, GError **error)
{
	Site *self = g_new0 (Site, 1);
	RnSite *site = &self->site;
	guint begin, end;
	self->arena = rn_arena_new (0);
	self->sink = sink;
	site->tree = tree;
	site->shipped = shipped;
	site->counsellor = options->counsellor;
	site->drafts = options->drafts;
	site->empty = options->empty;
	site->unlisted = options->unlisted;
	site->clock = options->clock;
	rn_tree_range (tree, "content/", &begin, &end);
	site->content = begin < end ? "content/" : "";
	if (read_config (self, error) && read_languages (self, error))
		return site;
	rn_site_free (site);
	return NULL;
}

void rn_site_free (RnSite *site)
{
	if (!site)
		return;
	for (guint i = 0; i < site->n_languages; i++)
		rn_language_free (site->languages[i]);
	rn_arena_free (((Site *) site)->arena);
	g_free (site);
}

const RnLanguage *rn_site_language (const RnSite *site, const char *code)
{
	for (guint i = 0; code && i < site->n_languages; i++)
		if (!strcmp (site->languages[i]->code, code))
			return site->languages[i];
	return NULL;
}

const char *rn_site_text (const RnSite *site, const RnValue *value, const RnLanguage *language)
{
	if (!value || value->kind != RN_MAP)
		return rn_value_string (value);
	const char *text = language ? rn_value_string (rn_value_get (value, language->code)) : NULL;
	if (!text)
		text = rn_value_string (rn_value_get (value, site->languages[0]->code));
	for (guint i = 0; !text && i < value->n; i++)
		text = rn_value_string (value->pairs[i].value);
	return text;
}

/* --- files of layouts and plugins ------------------------------------------------------------------------------- */

gboolean rn_site_read (const RnSite *site, const char *path, GString *buffer, GError **error)
{
	for (guint i = 0; i < 2; i++) {
		RnTree *tree = i ? site->shipped : site->tree;
		gint index = tree ? rn_tree_find (tree, path) : -1;
		if (index >= 0)
			return rn_tree_read (tree, (guint) index, 0, RN_MAX_CONFIG, buffer, NULL, error);
	}
	g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("there is no file '%s'"), path);
	return FALSE;
}

char **rn_site_list (const RnSite *site, const char *prefix)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint k = 0; k < 2; k++) {
		RnTree *tree = k ? site->shipped : site->tree;
		guint begin = 0, end = 0;
		if (tree)
			rn_tree_range (tree, prefix, &begin, &end);
		for (guint i = begin; i < end; i++)
			g_ptr_array_add (names, (gpointer) rn_tree_path (tree, i));
	}
	g_ptr_array_sort (names, by_code);
	GPtrArray *unique = g_ptr_array_new ();
	for (guint i = 0; i < names->len; i++)
		if (!i || strcmp (names->pdata[i], names->pdata[i - 1]))
			g_ptr_array_add (unique, g_strdup (names->pdata[i]));
	g_ptr_array_add (unique, NULL);
	return (char **) g_ptr_array_free (unique, FALSE);
}

/* --- periods -------------------------------------------------------------------------------------------------------- */

gboolean rn_period_parse (const char *text, gint *months, gint *days)
{
	static const struct { const char *unit; gint months, days; } units[] = { { "day", 0, 1 }, { "week", 0, 7 }, { "month", 1, 0 }, { "year", 12, 0 } };
	char *end;
	gint64 n = text ? g_ascii_strtoll (text, &end, 10) : 0;
	if (n < 1 || n > 1000)
		return FALSE;
	while (*end == ' ')
		end++;
	for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
		gsize len = strlen (units[i].unit);
		if (strncmp (end, units[i].unit, len) || (end[len] && strcmp (end + len, "s")))
			continue;
		*months = (gint) n * units[i].months;
		*days = (gint) n * units[i].days;
		return TRUE;
	}
	return FALSE;
}

gint64 rn_date_add (gint64 seconds, gint months, gint days)
{
	g_autoptr (GDateTime) from = g_date_time_new_from_unix_utc (seconds);
	g_autoptr (GDateTime) moved = from ? g_date_time_add_full (from, 0, months, days, 0, 0, 0) : NULL;
	return moved ? g_date_time_to_unix (moved) : 0;
}
