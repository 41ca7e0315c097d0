/* wikitext_link.c - [[links]], [addresses with a label] and bare ones in; Markdown's links, pictures, categories out. */
#include "import/wikitext-int.h"
#include "import/import.h"

#include <string.h>

#define ADDRESS_MAX 8192      /* bytes of an address with its label: beyond, nobody meant a link */

static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:", "sms:", "geo:" };

static gsize scheme (const char *text, const char *end)
{
	for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
		gsize n = strlen (schemes[i]);
		if ((gsize) (end - text) > n && !g_ascii_strncasecmp (text, schemes[i], n) && !strchr (" \n]<>|\1", text[n]))
			return n;
	}
	return 0;
}

/* ADDRESS as it stands in (): encoded where it would end there. */
static void append_target (GString *out, const char *address)
{
	for (const char *p = address; *p; p++)
		if (strchr (" ()<>\\\"", *p))
			g_string_append_printf (out, "%%%02X", (guchar) *p);
		else if ((guchar) *p > 0x20)
			g_string_append_c (out, *p);
}

static char *link_to (const char *label, const char *address)
{
	GString *out = g_string_new (NULL);
	g_string_append_printf (out, "[%s](", label);
	append_target (out, address);
	g_string_append_c (out, ')');
	return g_string_free (out, FALSE);
}

/* --- pictures and attachments ------------------------------------------------------------------------------------------------ */

char *rn_wikitext_file (const char *name)
{
	g_autofree char *file = g_strstrip (g_strdup (name));
	g_strdelimit (file, " \t\n/\\:*?\"<>|\1\2#%", '_');
	if (*file == '.')
		*file = '_';
	gunichar first = g_utf8_get_char (file);
	GString *out = g_string_new (NULL);
	if (*file) {
		g_string_append_unichar (out, g_unichar_toupper (first));
		g_string_append (out, g_utf8_next_char (file));
	}
	return g_string_free (out, FALSE);
}

/* An option of a picture that says how it looks: MediaWiki's own words, and those of the wiki's language that the map's `pictures` lists. */
static gboolean is_look (const RnWiki *wiki, const char *option)
{
	const RnValue *words = rn_value_get (wiki->hooks->map, "pictures");
	static const char *const looks[] = { "thumb", "thumbnail", "frame", "framed", "frameless", "border", "left", "right", "center", "centre", "none", "baseline",
		"middle", "top", "bottom", "sub", "super", "text-top", "text-bottom", "upright" };
	gsize digits = strspn (option, "0123456789x");
	for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
		if (!g_ascii_strcasecmp (option, looks[i]))
			return TRUE;
	for (guint i = 0; words && words->kind == RN_LIST && i < words->n; i++)
		if (!g_strcmp0 (rn_value_string (words->items[i]), option))
			return TRUE;
	return (digits && !strcmp (option + digits, "px")) || g_str_has_prefix (option, "upright=") || g_str_has_prefix (option, "class=") ||
	       g_str_has_prefix (option, "link=") || g_str_has_prefix (option, "page=") || g_str_has_prefix (option, "lang=");
}

/* The parts of LEN bytes between '|' that stand in no inner link. */
static GPtrArray *parts_of (const char *text, gsize len)
{
	GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
	gsize from = 0, links = 0;
	for (gsize i = 0; i <= len; i++) {
		if (i + 1 < len && (!memcmp (text + i, "[[", 2) || !memcmp (text + i, "]]", 2))) {
			links += text[i] == '[' ? 1 : links ? -1ul : 0;
			i++;
		} else if (i == len || (text[i] == '|' && !links)) {
			g_ptr_array_add (parts, g_strndup (text + from, i - from));
			from = i + 1;
		}
	}
	return parts;
}

/* WORDS as a title in quotes. */
static void append_caption (GString *out, const char *words)
{
	g_autoptr (GString) escaped = g_string_new (NULL);
	rn_wiki_escape (escaped, words, strlen (words));
	g_string_replace (escaped, "\"", "\\\"", 0);
	g_strdelimit (escaped->str, "\n", ' ');
	g_string_append_printf (out, " \"%s\"", escaped->str);
}

/* The words of a caption, which holds no links. */
static char *caption_of (RnWiki *wiki, const char *option)
{
	g_autofree char *text = rn_wiki_unmark (wiki, option);
	if (strstr (text, "[[") || strstr (text, "[http"))
		rn_wiki_tell (wiki, TRUE, "A link in a picture's caption is left out, its words stand: %s", text);
	return rn_wiki_plain (text, strlen (text));
}

static char *picture (RnWiki *wiki, const char *name, GPtrArray *parts)
{
	g_autofree char *file = rn_wikitext_file (name), *alt = NULL, *caption = NULL;
	GString *out = g_string_new (NULL);
	for (guint i = 1; i < parts->len; i++) {
		char *option = g_strstrip (parts->pdata[i]);
		if (g_str_has_prefix (option, "alt=")) {
			g_free (alt);
			alt = caption_of (wiki, option + 4);
		} else if (is_look (wiki, option)) {
			rn_wiki_tell (wiki, FALSE, "How it looked is left out: %s", option);
		} else if (*option) {
			if (caption)
				rn_wiki_tell (wiki, FALSE, "The picture '%s' has two captions: the last stands, this one is left out: %s", file, caption);
			g_free (caption);
			caption = caption_of (wiki, option);
		}
	}
	if (wiki->hooks->file)
		wiki->hooks->file (wiki->hooks->user, file);
	g_string_append (out, "![");
	rn_wiki_escape (out, alt ? alt : caption ? caption : "", strlen (alt ? alt : caption ? caption : ""));
	g_string_append (out, "](/media/");
	append_target (out, file);
	if (caption)
		append_caption (out, caption);
	g_string_append_c (out, ')');
	return g_string_free (out, FALSE);
}

/* --- [[ ]] ------------------------------------------------------------------------------------------------------------------- */

/* TARGET with a prefix of the map's `interwiki`: its address; NULL: it has none. */
static char *interwiki (const RnWiki *wiki, const char *target)
{
	const char *colon = strchr (target, ':');
	g_autofree char *prefix = colon ? g_strndup (target, (gsize) (colon - target)) : NULL;
	const char *pattern = prefix ? rn_value_string (rn_import_mapped (wiki->hooks->map, "interwiki", prefix)) : NULL;
	if (!pattern)
		return NULL;
	GString *out = g_string_new (pattern);
	g_string_replace (out, "$1", colon + 1, 1);
	return g_string_free (out, FALSE);
}

static char *label_of (RnWiki *wiki, const char *text, const char *after, gsize more)
{
	g_autofree char *label = rn_wiki_inline (wiki, text, strlen (text), FALSE);
	GString *out = g_string_new (label);
	rn_wiki_escape (out, after, more);
	g_strdelimit (out->str, "\n", ' ');
	return g_string_free (out, FALSE);
}

static char *to_page (RnWiki *wiki, const char *target, const char *label)
{
	const RnWikiHooks *hooks = wiki->hooks;
	const char *hash = strchr (target, '#'), *fragment = hash ? hash + 1 : NULL;
	g_autofree char *title = hash == target ? g_strdup (hooks->title) : rn_dump_title (hooks->wiki, target, hash ? hash - target : -1);
	g_autofree char *address = hooks->address ? hooks->address (hooks->user, title, fragment) : NULL;
	if (address)
		return link_to (label, address);
	rn_wiki_tell (wiki, TRUE, "There is no page '%s' to link to: its words stand without a link.", target);
	return g_strdup (label);
}

/* A link into a namespace that is not one of texts. NULL: it is one of texts. */
static char *special (RnWiki *wiki, const char *target, GPtrArray *parts)
{
	const RnWikiHooks *hooks = wiki->hooks;
	const char *rest;
	gint ns = rn_dump_namespace (hooks->wiki, target, &rest);
	if (ns == RN_WIKI_FILE && *rest)
		return picture (wiki, rest, parts);
	if (ns == RN_WIKI_MEDIA && *rest) {
		g_autofree char *file = rn_wikitext_file (rest), *address = g_strconcat ("/media/", file, NULL);
		g_autofree char *label = label_of (wiki, parts->len > 1 ? parts->pdata[1] : rest, "", 0);
		if (hooks->file)
			hooks->file (hooks->user, file);
		return link_to (label, address);
	}
	if (ns != RN_WIKI_CATEGORY || !*rest)
		return NULL;
	g_autofree char *name = rn_dump_title (hooks->wiki, rest, -1);
	if (hooks->category)
		hooks->category (hooks->user, name);
	for (guint i = 1; i < parts->len; i++)
		if (*(char *) parts->pdata[i])
			rn_wiki_tell (wiki, FALSE, "A word to sort by is left out: %s", (char *) parts->pdata[i]);
	return g_strdup ("");
}

char *rn_wiki_link (RnWiki *wiki, const char *inside, gsize len, const char *after, const char *end, gsize *more)
{
	g_autoptr (GPtrArray) parts = parts_of (inside, len);
	const char *first = parts->pdata[0];
	g_autofree char *clean = rn_wiki_decoded (first, strlen (first));
	*more = 0;
	const char *target = g_strstrip (clean);
	gboolean shown = *target == ':';
	target += shown;
	if (!*target || strpbrk (target, "[]{}<>\n\1\2\3\4"))
		return NULL;
	char *made = shown ? NULL : special (wiki, target, parts);
	if (made)
		return made;
	while (after + *more < end && g_unichar_isalpha (g_utf8_get_char (after + *more)))
		*more = (gsize) (g_utf8_next_char (after + *more) - after);
	/* What stands behind further bars belongs to the label, as the wiki shows it. */
	g_autofree char *words = parts->len > 1 ? g_strjoinv ("|", (char **) (g_ptr_array_add (parts, NULL), parts->pdata + 1)) : NULL;
	g_autofree char *label = label_of (wiki, words && *words ? words : target, after, *more);
	g_autofree char *foreign = interwiki (wiki, target);
	return foreign ? link_to (label, foreign) : to_page (wiki, target, label);
}

/* --- addresses --------------------------------------------------------------------------------------------------------------- */

static gsize address_length (const char *text, const char *end)
{
	const char *p = text;
	while (p < end && (guchar) *p > 0x20 && !strchr ("[]<>\"|\1\2\3\4{}`\\", *p) && !(*p == '\'' && p + 1 < end && p[1] == '\''))
		p++;
	return (gsize) (p - text);
}

char *rn_wiki_external (RnWiki *wiki, const char *text, const char *end, gsize *used)
{
	end = MIN (end, text + ADDRESS_MAX);
	const char *stop = memchr (text, ']', (gsize) (end - text)), *line = memchr (text, '\n', (gsize) (end - text));
	if (!scheme (text + 1, end) || !stop || (line && line < stop))
		return NULL;
	gsize len = address_length (text + 1, stop);
	g_autofree char *address = g_strndup (text + 1, len), *words = g_strstrip (g_strndup (text + 1 + len, (gsize) (stop - text - 1) - len));
	*used = (gsize) (stop + 1 - text);
	if (!*words)
		return g_strdup_printf ("<%s>", address);
	g_autofree char *label = label_of (wiki, words, "", 0);
	return link_to (label, address);
}

char *rn_wiki_bare (const char *text, const char *end, gsize *used)
{
	gsize head = scheme (text, end), len = head ? address_length (text, end) : 0;
	while (len > head && strchr (".,;:!?", text[len - 1]))
		len--;
	if (len > head && text[len - 1] == ')' && !memchr (text, '(', len))
		len--;
	if (len <= head)
		return NULL;
	*used = len;
	return g_strdup_printf ("<%.*s>", (int) len, text);
}
