/* plain.c - tags become line ends and marks; white space in between becomes one blank. */
#include "site/plain.h"
#include "site/markup.h"

#include <string.h>

#define DEEPEST 32

typedef struct {
	GString *out;
	gsize start;
	guint blank;                 /* line ends to write before the next word: 0, 1, 2 */
	gboolean space;              /* a blank to write before it */
	guint pre, skip;             /* open <pre>; open elements that say nothing to a reader (svg, style) */
	guint hidden;                /* how deep in an element that is hidden until a script shows it */
	gint lists[DEEPEST];         /* open lists: the number of the next item; -1: without numbers */
	guint n_lists;
	gsize title;                 /* 1 + where the words of an open <h1> begin; 0: none */
	gsize mark;                  /* behind the mark of an item or a heading: what begins there stays on its line */
	GPtrArray *addresses;
	guint number;                /* of the open link; 0: none */
	gboolean cell;               /* a cell stands before in this row */
	guint32 told;                /* open <ins> and <del>, a bit each: has it words that say so? The innermost is the lowest */
} Plain;

static void flush (Plain *plain)
{
	GString *out = plain->out;
	if (out->len == plain->mark && out->len > plain->start) {
		/* Words follow their mark. */
	} else if (plain->blank && out->len > plain->start) {
		gsize have = 0;
		while (have < out->len - plain->start && out->str[out->len - 1 - have] == '\n')
			have++;
		for (; have < plain->blank; have++)
			g_string_append_c (out, '\n');
	} else if (plain->space && out->len > plain->start && !strchr ("\n ", out->str[out->len - 1])) {
		g_string_append_c (out, ' ');
	}
	plain->blank = 0;
	plain->space = FALSE;
}

static void line (Plain *plain, guint ends)
{
	plain->blank = MAX (plain->blank, ends);
	plain->space = FALSE;
}

static void say (Plain *plain, const char *words)
{
	flush (plain);
	g_string_append (plain->out, words);
}

static void text (Plain *plain, const RnMarkup *markup)
{
	g_autoptr (GString) words = g_string_sized_new (markup->len + 1);
	if (plain->skip || plain->hidden || markup->raw)
		return;
	rn_markup_read (markup->at, markup->len, words);
	if (plain->pre) {
		say (plain, words->str);
		return;
	}
	for (const char *p = words->str; *p;) {
		gsize gap = strspn (p, " \t\r\n"), n = strcspn (p + gap, " \t\r\n");
		plain->space |= gap > 0;
		if (n) {
			flush (plain);
			g_string_append_len (plain->out, p + gap, (gssize) n);
		}
		p += gap + n;
	}
}

static gboolean is_block (const char *name)
{
	static const char *const names[] = { "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "ul", "ol", "dl", "table", "figure",
		"blockquote", "pre", "hr", "details", "h1", "h2", "h3", "h4", "h5", "h6", NULL };
	return g_strv_contains (names, name);
}

static gboolean is_line (const char *name)
{
	static const char *const names[] = { "br", "li", "tr", "dt", "figcaption", "caption", "summary", "legend", NULL };
	return g_strv_contains (names, name);
}

static gboolean is_silent (const char *name)
{
	static const char *const names[] = { "svg", "style", "script", "head", NULL };
	return g_strv_contains (names, name);
}

static void open_item (Plain *plain)
{
	static const char indent[] = "                                                                ";
	guint depth = MIN (plain->n_lists, DEEPEST);
	char mark[16] = "- ";
	if (depth && plain->lists[depth - 1] >= 0)
		g_snprintf (mark, sizeof mark, "%d. ", plain->lists[depth - 1]++);
	line (plain, 1);
	flush (plain);
	g_string_append_len (plain->out, indent, depth > 1 ? (gssize) (depth - 1) * 2 : 0);
	g_string_append (plain->out, mark);
	plain->mark = plain->out->len;
}

static void open_list (Plain *plain, const RnMarkup *markup)
{
	g_autoptr (GString) start = g_string_new (NULL);
	gboolean ordered = !strcmp (markup->name, "ol");
	if (ordered && !rn_markup_value (markup, "start", start))
		g_string_assign (start, "1");
	if (plain->n_lists++ < DEEPEST)
		plain->lists[plain->n_lists - 1] = ordered ? (gint) g_ascii_strtoull (start->str, NULL, 10) : -1;
	/* One in another's item follows its words closely, paragraph or not. */
	if (plain->n_lists > 1)
		plain->blank = 1;
	else
		line (plain, 2);
}

/* Only a link that leads somewhere by itself gets a number: not one to a place in the text, and no telephone number, which says itself. */
static void open_link (Plain *plain, const RnMarkup *markup)
{
	g_autoptr (GString) href = g_string_new (NULL);
	plain->number = 0;
	if (!rn_markup_value (markup, "href", href) || !g_str_has_prefix (href->str, "http"))
		return;
	for (guint i = 0; i < plain->addresses->len && !plain->number; i++)
		if (!strcmp (plain->addresses->pdata[i], href->str))
			plain->number = i + 1;
	if (plain->number)
		return;
	g_ptr_array_add (plain->addresses, g_strdup (href->str));
	plain->number = plain->addresses->len;
}

/* FROM: the attribute that describes it. */
static void open_picture (Plain *plain, const RnMarkup *markup, const char *from)
{
	g_autoptr (GString) alt = g_string_new (NULL);
	if (!rn_markup_value (markup, from, alt) || !alt->len)
		return;
	say (plain, "[");
	g_string_append (plain->out, alt->str);
	g_string_append_c (plain->out, ']');
}

static void open_heading (Plain *plain, guint level)
{
	flush (plain);
	if (level == 1)
		plain->title = plain->out->len + 1;
	for (guint i = 1; i < level; i++)
		g_string_append_c (plain->out, '#');
	if (level > 1)
		g_string_append_c (plain->out, ' ');
	plain->mark = plain->out->len;
}

static gboolean is_edit (const char *name)
{
	return !strcmp (name, "ins") || !strcmp (name, "del");
}

/* No line is below or through words here: its title says what was done. */
static void open_edit (Plain *plain, const RnMarkup *markup)
{
	g_autoptr (GString) title = g_string_new (NULL);
	gboolean has = rn_markup_value (markup, "title", title) && title->len;
	plain->told = plain->told << 1 | has;
	if (!has)
		return;
	say (plain, "[");
	g_string_append_printf (plain->out, "%s: ", title->str);
}

static void close_edit (Plain *plain)
{
	if (plain->told & 1)
		g_string_append_c (plain->out, ']');
	plain->told >>= 1;
}

static gboolean is_heading (const char *name)
{
	return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2];
}

static gboolean is_hidden (const RnMarkup *markup)
{
	const char *at = markup->attributes;
	RnMarkupAttribute attribute;
	while (rn_markup_attribute (markup, &at, &attribute))
		if (attribute.name_len == 6 && !memcmp (attribute.name, "hidden", 6))
			return TRUE;
	return FALSE;
}

static void open_tag (Plain *plain, const RnMarkup *markup)
{
	const char *name = markup->name;
	if (!strcmp (name, "svg") && !plain->skip && !plain->hidden)
		open_picture (plain, markup, "aria-label");
	if (is_silent (name))
		plain->skip += !markup->empty;
	if (plain->hidden || is_hidden (markup))
		plain->hidden += !markup->empty;
	if (plain->skip || plain->hidden)
		return;
	if (!strcmp (name, "ul") || !strcmp (name, "ol"))
		open_list (plain, markup);
	else if (is_block (name))
		line (plain, 2);
	else if (is_line (name))
		line (plain, 1);
	if (is_heading (name))
		open_heading (plain, (guint) (name[1] - '0'));
	else if (!strcmp (name, "li"))
		open_item (plain);
	else if (!strcmp (name, "tr"))
		plain->cell = FALSE;
	else if (!strcmp (name, "td") || !strcmp (name, "th")) {
		if (plain->cell)
			plain->space = FALSE, say (plain, " |");
		plain->space = plain->cell;
		plain->cell = TRUE;
	} else if (!strcmp (name, "a"))
		open_link (plain, markup);
	else if (is_edit (name))
		open_edit (plain, markup);
	else if (!strcmp (name, "img"))
		open_picture (plain, markup, "alt");
	else if (!strcmp (name, "hr"))
		say (plain, "---"), line (plain, 2);
	else if (!strcmp (name, "pre"))
		plain->pre++;
}

static void close_link (Plain *plain)
{
	if (plain->number)
		g_string_append_printf (plain->out, " [%u]", plain->number);
	plain->number = 0;
}

static void close_title (Plain *plain)
{
	gsize begin = plain->title - 1;
	glong n = g_utf8_strlen (plain->out->str + begin, (gssize) (plain->out->len - begin));
	g_string_append_c (plain->out, '\n');
	for (glong i = 0; i < MIN (n, 60); i++)
		g_string_append_c (plain->out, '=');
	plain->title = 0;
}

static void close_shown (Plain *plain, const char *name)
{
	if (!strcmp (name, "h1") && plain->title)
		close_title (plain);
	if (!strcmp (name, "dt"))
		g_string_append_c (plain->out, ':');
	if (!strcmp (name, "a"))
		close_link (plain);
	if (is_edit (name))
		close_edit (plain);
	if (!strcmp (name, "pre"))
		plain->pre -= plain->pre > 0;
	gboolean list = !strcmp (name, "ul") || !strcmp (name, "ol");
	if (list)
		plain->n_lists -= plain->n_lists > 0;
	if (!strcmp (name, "dt"))
		plain->space = TRUE;
	else if (is_block (name))
		line (plain, list && plain->n_lists ? 1 : 2);
	else if (is_line (name) || !strcmp (name, "dd"))
		line (plain, 1);
}

static void close_tag (Plain *plain, const RnMarkup *markup)
{
	const char *name = markup->name;
	if (is_silent (name)) {
		plain->skip -= plain->skip > 0;
		return;
	}
	if (plain->hidden)
		plain->hidden--;
	else if (!plain->skip)
		close_shown (plain, name);
}

void rn_plain (const char *html, gsize len, GString *out)
{
	Plain plain = { .out = out, .start = out->len, .addresses = g_ptr_array_new_with_free_func (g_free) };
	RnMarkup markup;
	rn_markup_begin (&markup, html, len);
	while (rn_markup_next (&markup)) {
		if (markup.type == RN_MARKUP_OPEN)
			open_tag (&plain, &markup);
		else if (markup.type == RN_MARKUP_CLOSE)
			close_tag (&plain, &markup);
		else if (markup.type == RN_MARKUP_TEXT)
			text (&plain, &markup);
	}
	g_string_append_c (out, '\n');
	for (guint i = 0; i < plain.addresses->len; i++)
		g_string_append_printf (out, "%s[%u] %s\n", i ? "" : "\n", i + 1, (const char *) plain.addresses->pdata[i]);
	g_ptr_array_unref (plain.addresses);
}
