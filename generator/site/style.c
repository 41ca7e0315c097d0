/*
 * style.c - linked sheets -> style elements.
 *
 * In: a finished page. Out: the same page, needing no sheet. Invariant: what a page gets depends on that page and on the sheet alone, so that
 * an edit elsewhere leaves its bytes.
 */
#include "site/style.h"
#include "site/sheet.h"

#include <string.h>

/* A sheet, and what of it pages with the same names were given. */
typedef struct {
	const RnAsset *asset;
	RnSheet *sheet;              /* NULL: it stays linked */
	GHashTable *made;            /* RnNameSet -> GString */
} Linked;

struct RnStyle {
	RnNames *names;
	GArray *sheets;              /* Linked */
	GPtrArray *parsed;           /* their RnSheet, borrowed; NULL of one that stays linked */
};

static guint set_hash (gconstpointer key)
{
	const RnNameSet *set = key;
	guint64 hash = 0;
	for (guint i = 0; i < G_N_ELEMENTS (set->bits); i++)
		hash = (hash ^ set->bits[i]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
	return (guint) (hash >> 32);
}

static gboolean set_equal (gconstpointer a, gconstpointer b)
{
	return !memcmp (a, b, sizeof (RnNameSet));
}

static void string_free (gpointer string)
{
	g_string_free (string, TRUE);
}

/* TEXTS takes what the sheet was read from. */
static void add_sheet (RnStyle *style, const RnAsset *asset, GPtrArray *texts)
{
	gsize len;
	const char *data = g_bytes_get_data (asset->data, &len);
	char *css = g_strndup (data ? data : "", len);
	Linked linked = { asset, rn_sheet_new (style->names, css), g_hash_table_new_full (set_hash, set_equal, g_free, string_free) };
	g_array_append_val (style->sheets, linked);
	g_ptr_array_add (texts, css);
	g_ptr_array_add (style->parsed, linked.sheet);
}

RnStyle *rn_style_new (const RnAssets *assets)
{
	RnStyle *style = g_new0 (RnStyle, 1);
	guint n;
	const RnAsset *all = rn_assets_all (assets, &n);
	style->names = rn_names_new ();
	style->sheets = g_array_new (FALSE, FALSE, sizeof (Linked));
	g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
	style->parsed = g_ptr_array_new ();
	/* Names can run out: those of the layouts, which all pages need, come before those of plugins. */
	for (guint plugins = 0; plugins < 2; plugins++)
		for (guint i = 0; i < n; i++)
			if (g_str_has_suffix (all[i].name, ".css") && (strchr (all[i].name, '/') != NULL) == plugins)
				add_sheet (style, &all[i], texts);
	rn_sheets_settle (style->names, (RnSheet *const *) style->parsed->pdata, (const char *const *) texts->pdata, texts->len);
	return style;
}

void rn_style_free (RnStyle *style)
{
	if (!style)
		return;
	for (guint i = 0; i < style->sheets->len; i++) {
		const Linked *linked = &g_array_index (style->sheets, Linked, i);
		rn_sheet_free (linked->sheet);
		g_hash_table_unref (linked->made);
	}
	g_array_unref (style->sheets);
	g_ptr_array_unref (style->parsed);
	rn_names_free (style->names);
	g_free (style);
}

/* --- what a page uses ---------------------------------------------------------------------------------------------------------------- */

static inline gboolean is_space (char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The words of an attribute's value; both: each may be an element too. */
static void note_words (const RnNames *names, const char *p, const char *end, gboolean both, RnNameSet *used)
{
	while (p < end) {
		const char *word = p;
		while (p < end && !is_space (*p))
			p++;
		if (p > word) {
			rn_names_note (names, word, (gsize) (p - word), TRUE, used);
			if (both)
				rn_names_note (names, word, (gsize) (p - word), FALSE, used);
		}
		p++;
	}
}

/* Custom properties that CSS of the page's own names. */
static void note_properties (const RnNames *names, const char *p, const char *end, RnNameSet *used)
{
	while (p < end && (p = g_strstr_len (p, end - p, "--"))) {
		const char *name = p;
		while (p < end && (g_ascii_isalnum (*p) || *p == '-' || *p == '_' || (guchar) *p >= 0x80))
			p++;
		rn_names_note (names, name, (gsize) (p - name), FALSE, used);
	}
}

/* P is behind a tag's name; what is behind its '>' comes back. */
static const char *note_attributes (const RnNames *names, const char *p, RnNameSet *used)
{
	while (*p && *p != '>') {
		while (is_space (*p) || *p == '/')
			p++;
		const char *name = p;
		while (*p && *p != '=' && *p != '>' && *p != '/' && !is_space (*p))
			p++;
		const gsize len = (gsize) (p - name);
		if (*p != '=') {
			p += len == 0 && *p == '=';
			continue;
		}
		const char *value = ++p, *end;
		if (*p == '"' || *p == '\'') {
			end = strchr (++value, *p);
			if (!end)
				return value + strlen (value);
			p = end + 1;
		} else {
			while (*p && *p != '>' && !is_space (*p))
				p++;
			end = p;
		}
		if (len == 5 && !g_ascii_strncasecmp (name, "class", 5))
			note_words (names, value, end, FALSE, used);
		else if (len == 9 && !memcmp (name, "data-uses", 9))
			note_words (names, value, end, TRUE, used);
		else if (len == 5 && !g_ascii_strncasecmp (name, "style", 5))
			note_properties (names, value, end, used);
	}
	return *p ? p + 1 : p;
}

static void note_page (const RnNames *names, const char *p, RnNameSet *used)
{
	while ((p = strchr (p, '<'))) {
		p++;
		if (g_str_has_prefix (p, "!--")) {
			p = strstr (p, "-->");
			if (!p)
				return;
			continue;
		}
		if (!g_ascii_isalpha (*p))
			continue;
		char small[24];
		gsize len = 0;
		for (; g_ascii_isalnum (*p) || *p == '-'; p++)
			if (len < sizeof small)
				small[len++] = g_ascii_tolower (*p);
		rn_names_note (names, small, len, FALSE, used);
		p = note_attributes (names, p, used);
		/* The text of these is no HTML. */
		if (len == 6 && !memcmp (small, "script", 6)) {
			p = strstr (p, "</script");
		} else if (len == 5 && !memcmp (small, "style", 5)) {
			const char *text = p;
			p = strstr (p, "</style");
			note_properties (names, text, p ? p : text, used);
		}
		if (!p)
			return;
	}
}

/* --- the page ---------------------------------------------------------------------------------------------------------------------------- */

#define LINK "<link rel=\"stylesheet\" href=\""

static Linked *linked_at (RnStyle *style, const char *href, gsize len)
{
	for (guint i = 0; i < style->sheets->len; i++) {
		Linked *linked = &g_array_index (style->sheets, Linked, i);
		/* Relative to the page or not, an asset's address ends as it is from the root. */
		const char *path = linked->asset->url + 1;
		const gsize n = strlen (path);
		if (len >= n && !memcmp (href + len - n, path, n))
			return linked->sheet ? linked : NULL;
	}
	return NULL;
}

static const GString *rules_for (RnStyle *style, Linked *linked, const RnNameSet *used)
{
	GString *rules = g_hash_table_lookup (linked->made, used);
	if (!rules) {
		RnNameSet all = *used;
		rn_sheets_want ((RnSheet *const *) style->parsed->pdata, style->parsed->len, &all);
		rules = g_string_new ("<style>");
		rn_sheet_select (linked->sheet, &all, rules);
		g_string_append (rules, "</style>");
		g_hash_table_insert (linked->made, g_memdup2 (used, sizeof *used), rules);
	}
	return rules;
}

void rn_style_inline (RnStyle *style, GString *html)
{
	const char *head = strstr (html->str, "</head>");
	gsize end = head ? (gsize) (head - html->str) : 0, at = 0;
	RnNameSet used = { { 0 } };
	gboolean noted = FALSE;
	while (at < end) {
		char *link = g_strstr_len (html->str + at, (gssize) (end - at), LINK);
		if (!link)
			return;
		const char *href = link + strlen (LINK), *quote = strchr (href, '"'), *close = quote ? strchr (quote, '>') : NULL;
		Linked *linked = close ? linked_at (style, href, (gsize) (quote - href)) : NULL;
		at = (gsize) (href - html->str);
		if (!linked)
			continue;
		if (!noted)
			note_page (style->names, html->str, &used);
		noted = TRUE;
		const GString *rules = rules_for (style, linked, &used);
		const gsize begin = (gsize) (link - html->str), old = (gsize) (close + 1 - link);
		g_string_erase (html, (gssize) begin, (gssize) old);
		g_string_insert_len (html, (gssize) begin, rules->str, (gssize) rules->len);
		end += rules->len - old;
		at = begin + rules->len;
	}
}
