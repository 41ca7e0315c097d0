/* wikitext_html.c - HTML's block elements in; the wikitext that says the same out: lists, tables, headings, paragraphs. Inline elements stay. */
#include "import/wikitext-int.h"

#include <string.h>

typedef struct {
	RnWiki *wiki;
	GString *out, *lists;    /* lists: '*' or '#' of each <ul>, <ol> that is open */
	guint tables;
} Html;

/* Begins a line, unless one begins here. */
static void line (Html *h, const char *text)
{
	if (h->out->len && h->out->str[h->out->len - 1] != '\n')
		g_string_append_c (h->out, '\n');
	g_string_append (h->out, text);
}

static void attributes (Html *h, const RnWikiTag *tag)
{
	static const char *const kept[] = { "colspan", "rowspan" };
	for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
		g_autofree char *value = rn_wiki_attribute (tag->attributes, tag->len, kept[i]);
		if (value)
			g_string_append_printf (h->out, " %s=%s", kept[i], value);
	}
	rn_wiki_tell_looks (h->wiki, tag->attributes, tag->len);
}

static gboolean list_element (Html *h, const RnWikiTag *tag)
{
	const char *name = tag->name;
	if (!strcmp (name, "ul") || !strcmp (name, "ol")) {
		if (!tag->closes && h->lists->len < RN_WIKI_DEPTH)
			g_string_append_c (h->lists, name[0] == 'u' ? '*' : '#');
		else if (tag->closes && h->lists->len)
			g_string_truncate (h->lists, h->lists->len - 1);
		line (h, h->lists->len ? "" : "\n");
	} else if (!strcmp (name, "li")) {
		if (!tag->closes)
			line (h, h->lists->len ? h->lists->str : "*");
		if (!tag->closes)
			g_string_append_c (h->out, ' ');
	} else if (!strcmp (name, "dt") || !strcmp (name, "dd")) {
		if (!tag->closes)
			line (h, name[1] == 't' ? ";" : ":");
	} else {
		return !strcmp (name, "dl");
	}
	return TRUE;
}

static gboolean table_element (Html *h, const RnWikiTag *tag)
{
	const char *name = tag->name;
	gboolean cell = !strcmp (name, "td") || !strcmp (name, "th");
	if (!strcmp (name, "table") && (!tag->closes || h->tables)) {
		line (h, tag->closes ? "|}\n" : "{|\n");
		h->tables += tag->closes ? -1u : 1u;
	} else if (!h->tables || (!cell && strcmp (name, "tr") && strcmp (name, "caption"))) {
		return !strcmp (name, "tbody") || !strcmp (name, "thead") || !strcmp (name, "tfoot");
	} else if (!tag->closes && !strcmp (name, "tr")) {
		line (h, "|-\n");
	} else if (!tag->closes) {
		line (h, cell ? name[1] == 'h' ? "!" : "|" : "|+");
		attributes (h, tag);
		g_string_append (h->out, cell ? " | " : " ");
		return TRUE;
	}
	rn_wiki_tell_looks (h->wiki, tag->attributes, tag->len);
	return TRUE;
}

/* TRUE: the element was one of these; others are the inline step's. */
static gboolean element (Html *h, const RnWikiTag *tag)
{
	const char *name = tag->name;
	if (list_element (h, tag)) {
		rn_wiki_tell_looks (h->wiki, tag->attributes, tag->len);
		return TRUE;
	}
	if (table_element (h, tag))
		return TRUE;
	if (!strcmp (name, "p") || !strcmp (name, "div") || !strcmp (name, "center")) {
		line (h, "\n");
	} else if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]) {
		g_autofree char *marks = g_strnfill ((gsize) (name[1] - '0'), '=');
		if (tag->closes)
			g_string_append (h->out, marks);
		else
			line (h, marks);
		if (tag->closes)
			g_string_append_c (h->out, '\n');
	} else if (!strcmp (name, "hr")) {
		line (h, "----\n");
	} else {
		return FALSE;
	}
	g_autofree char *id = rn_wiki_attribute (tag->attributes, tag->len, "id");
	if (id)
		g_string_append_printf (h->out, "<span id=\"%s\"></span>", id);
	rn_wiki_tell_looks (h->wiki, tag->attributes, tag->len);
	return TRUE;
}

char *rn_wiki_html (RnWiki *wiki, const char *text)
{
	g_autoptr (GString) lists = g_string_new (NULL);
	Html h = { wiki, g_string_sized_new (strlen (text)), lists, 0 };
	const char *end = text + strlen (text);
	for (const char *p = text; p < end;) {
		RnWikiTag tag;
		gsize n = *p == '<' ? rn_wiki_tag (p, end, &tag) : 0;
		if (!n || !element (&h, &tag)) {
			g_string_append_len (h.out, p, (gssize) (n ? n : 1));
			n = n ? n : 1;
		}
		p += n;
	}
	return g_string_free (h.out, FALSE);
}
