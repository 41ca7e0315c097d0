/* copy.c - tag by tag; texts go through as they are. */
#include "site/copy.h"
#include "base/path.h"
#include "base/text.h"
#include "site/markup.h"

#include <string.h>

typedef struct {
	const RnLibrary *library;
	const RnPage *page;
	const RnCopyOptions *options;
	GString *out, *value, *url;
	guint unlinked;              /* how many open <a> have been left out */
	GString *target;
} Copy;

/* --- addresses ------------------------------------------------------------------------------------------------------------ */

static gboolean has_scheme (const char *address)
{
	gsize n = 0;
	while (g_ascii_isalnum (address[n]) || (n && strchr ("+-.", address[n]) && address[n]))
		n++;
	return n && address[n] == ':';
}

gboolean rn_copy_resolve (const RnPage *page, const char *address, GString *url, const char **fragment)
{
	g_string_truncate (url, 0);
	*fragment = strchr (address, '#');
	if (has_scheme (address) || (*address == '/' && address[1] == '/'))
		return FALSE;
	gsize len = strcspn (address, "?#");
	g_autofree char *encoded = g_strndup (address, len), *path = g_uri_unescape_string (encoded, NULL);
	if (!path)
		return FALSE;
	if (!*path) {
		g_string_assign (url, page->url);
		return TRUE;
	}
	const char *base = strrchr (page->url, '/');
	if (*path != '/')
		g_string_append_len (url, page->url, base - page->url + 1);
	else
		g_string_append_c (url, '/');
	for (char *part = path, *stop; part; part = stop) {
		stop = strchr (part, '/');
		if (stop)
			*stop++ = 0;
		if (!strcmp (part, "..")) {
			gsize to = url->len > 1 ? url->len - 1 : 0;
			while (to && url->str[to - 1] != '/')
				to--;
			g_string_truncate (url, MAX (to, 1));
		} else if (*part && strcmp (part, ".")) {
			g_string_append (url, part);
			if (stop)
				g_string_append_c (url, '/');
		}
	}
	if (g_str_has_suffix (url->str, "/index.html"))
		g_string_truncate (url, url->len - strlen ("index.html"));
	return TRUE;
}

/* What the address in copy->value becomes, into copy->target. FALSE: it is left out. */
static gboolean lead (Copy *copy, RnCopyTo to)
{
	const char *fragment;
	g_string_truncate (copy->target, 0);
	if (!rn_copy_resolve (copy->page, copy->value->str, copy->url, &fragment)) {
		g_string_append (copy->target, copy->value->str);
		return TRUE;
	}
	const RnCopyAddress address = { copy->url->str, fragment ? fragment + 1 : NULL, rn_library_at (copy->library, copy->url->str) };
	return to && to (copy->options->user, &address, copy->target);
}

/* --- attributes ----------------------------------------------------------------------------------------------------------- */

static void put_attribute (Copy *copy, const char *name, gsize len, const char *value)
{
	g_string_append_c (copy->out, ' ');
	g_string_append_len (copy->out, name, (gssize) len);
	g_string_append (copy->out, "=\"");
	rn_text_escape (copy->out, value, -1, TRUE);
	g_string_append_c (copy->out, '"');
}

static gboolean is (const RnMarkupAttribute *attribute, const char *name)
{
	return attribute->name_len == strlen (name) && !g_ascii_strncasecmp (attribute->name, name, attribute->name_len);
}

static gboolean is_one_of (const RnMarkupAttribute *attribute, const char *const *names)
{
	while (*names && !is (attribute, *names))
		names++;
	return *names != NULL;
}

/* Ids, and every place where one is named. */
static gboolean names_ids (const RnMarkupAttribute *attribute)
{
	static const char *const names[] = { "id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", NULL };
	return is_one_of (attribute, names);
}

static void put_ids (Copy *copy, const RnMarkupAttribute *attribute)
{
	g_autoptr (GString) ids = g_string_new (NULL);
	g_auto (GStrv) words = g_strsplit (copy->value->str, " ", -1);
	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf (ids, "%s%s%s", ids->len ? " " : "", copy->options->prefix, *word);
	put_attribute (copy, attribute->name, attribute->name_len, ids->str);
}

/* url(#name) in a drawing. */
static void put_reference (Copy *copy, const RnMarkupAttribute *attribute)
{
	g_autofree char *with = g_strconcat ("url(#", copy->options->prefix, NULL);
	g_string_replace (copy->value, "url(#", with, 0);
	put_attribute (copy, attribute->name, attribute->name_len, copy->value->str);
}

/* What a browser asks a server for by and by: a copy has no server. */
static gboolean is_loading (const RnMarkupAttribute *attribute)
{
	static const char *const names[] = { "loading", "decoding", "srcset", "sizes", "fetchpriority", NULL };
	return is_one_of (attribute, names);
}

static void put_attributes (Copy *copy, const RnMarkup *markup, const char *target)
{
	const char *at = markup->attributes;
	RnMarkupAttribute attribute;
	while (rn_markup_attribute (markup, &at, &attribute)) {
		gboolean address = is (&attribute, "href") || is (&attribute, "src");
		g_string_truncate (copy->value, 0);
		if (attribute.value)
			rn_markup_read (attribute.value, attribute.value_len, copy->value);
		if (is_loading (&attribute))
			continue;
		if (address && target)
			put_attribute (copy, attribute.name, attribute.name_len, target);
		else if (address && *copy->value->str == '#' && *copy->options->prefix) {
			g_string_insert (copy->value, 1, copy->options->prefix);
			put_attribute (copy, attribute.name, attribute.name_len, copy->value->str);
		} else if (names_ids (&attribute))
			put_ids (copy, &attribute);
		else if (*copy->options->prefix && strstr (copy->value->str, "url(#"))
			put_reference (copy, &attribute);
		else if (attribute.value || copy->options->xml)
			put_attribute (copy, attribute.name, attribute.name_len, attribute.value ? copy->value->str : "");
		else {
			g_string_append_c (copy->out, ' ');
			g_string_append_len (copy->out, attribute.name, (gssize) attribute.name_len);
		}
	}
}

/* --- elements ------------------------------------------------------------------------------------------------------------- */

static gboolean is_heading (const char *name)
{
	return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2];
}

static char level_of (const Copy *copy, const RnMarkup *markup)
{
	return (char) MIN ((guint) markup->name[1] + copy->options->deeper, '6');
}

/* Names in drawings have capitals: the piece itself says how it is spelt. */
static void put_name (Copy *copy, const RnMarkup *markup)
{
	const char *name = markup->at + 1;
	g_string_append_c (copy->out, '<');
	if (is_heading (markup->name))
		g_string_append_printf (copy->out, "h%c", level_of (copy, markup));
	else
		g_string_append_len (copy->out, name, (gssize) strcspn (name, " \t\r\n/>"));
}

static void put_open (Copy *copy, const RnMarkup *markup, const char *target)
{
	put_name (copy, markup);
	put_attributes (copy, markup, target);
	if (copy->options->xml && !strcmp (markup->name, "svg") && !g_strstr_len (markup->at, (gssize) markup->len, "xmlns="))
		g_string_append (copy->out, " xmlns=\"http://www.w3.org/2000/svg\"");
	gboolean slash = markup->empty && (copy->options->xml || markup->at[markup->len - 2] == '/');
	g_string_append (copy->out, slash ? "/>" : ">");
}

static void put_picture (Copy *copy, const RnMarkup *markup)
{
	g_string_truncate (copy->value, 0);
	rn_markup_value (markup, "src", copy->value);
	if (lead (copy, copy->options->picture)) {
		g_autofree char *target = g_strdup (copy->target->str);
		put_open (copy, markup, target);
		return;
	}
	g_string_truncate (copy->value, 0);
	rn_markup_value (markup, "alt", copy->value);
	g_string_append (copy->out, "<span class=\"gone\">");
	rn_text_escape (copy->out, copy->value->str, -1, FALSE);
	if (copy->options->left_out) {
		g_string_append (copy->out, copy->value->len ? " (" : "(");
		rn_text_escape (copy->out, copy->options->left_out, -1, FALSE);
		g_string_append_c (copy->out, ')');
	}
	g_string_append (copy->out, "</span>");
}

static void put_link (Copy *copy, const RnMarkup *markup)
{
	g_string_truncate (copy->value, 0);
	if (!rn_markup_value (markup, "href", copy->value)) {
		put_open (copy, markup, NULL);
	} else if (lead (copy, copy->options->link)) {
		g_autofree char *target = g_strdup (copy->target->str);
		put_open (copy, markup, target);
	} else {
		copy->unlinked++;
	}
}

static void open_tag (Copy *copy, const RnMarkup *markup)
{
	if (!strcmp (markup->name, "img"))
		put_picture (copy, markup);
	else if (!strcmp (markup->name, "a") && copy->options->link)
		put_link (copy, markup);
	else if (strcmp (markup->name, "source"))
		put_open (copy, markup, NULL);
}

static void close_tag (Copy *copy, const RnMarkup *markup)
{
	if (copy->unlinked && !strcmp (markup->name, "a"))
		copy->unlinked--;
	else if (is_heading (markup->name))
		g_string_append_printf (copy->out, "</h%c>", level_of (copy, markup));
	else
		g_string_append_len (copy->out, markup->at, (gssize) markup->len);
}

/* XML holds no control characters, and of names of letters only five. */
static void put_text (Copy *copy, const RnMarkup *markup)
{
	if (!copy->options->xml || markup->raw) {
		g_string_append_len (copy->out, markup->at, (gssize) markup->len);
		return;
	}
	g_string_truncate (copy->value, 0);
	rn_markup_read (markup->at, markup->len, copy->value);
	gsize to = 0;
	for (gsize i = 0; i < copy->value->len; i++) {
		guchar c = (guchar) copy->value->str[i];
		if (c >= ' ' || c == '\n' || c == '\t')
			copy->value->str[to++] = (char) c;
	}
	rn_text_escape (copy->out, copy->value->str, (gssize) to, FALSE);
}

void rn_copy (const RnLibrary *library, const RnPage *page, const char *html, gsize len, const RnCopyOptions *options, GString *out)
{
	Copy copy = { .library = library, .page = page, .options = options, .out = out, .value = g_string_new (NULL), .url = g_string_new (NULL),
		.target = g_string_new (NULL) };
	RnMarkup markup;
	rn_markup_begin (&markup, html, len);
	while (rn_markup_next (&markup)) {
		switch (markup.type) {
		case RN_MARKUP_OPEN: open_tag (&copy, &markup); break;
		case RN_MARKUP_CLOSE: close_tag (&copy, &markup); break;
		case RN_MARKUP_TEXT: put_text (&copy, &markup); break;
		case RN_MARKUP_NOTE:
			if (!options->xml)
				g_string_append_len (out, markup.at, (gssize) markup.len);
			break;
		default: break;
		}
	}
	g_string_free (copy.value, TRUE);
	g_string_free (copy.url, TRUE);
	g_string_free (copy.target, TRUE);
}
