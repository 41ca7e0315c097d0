/*
 * drawn_svg.c - words in lines in an SVG.
 *
 * In: a template with {{ title x=600 y=352 width=1060 lines=3 sizes=96,80 }} and words. Out: SVG. Invariant: how wide letters are is reckoned, not measured, so
 * that lines break alike wherever the drawing is made.
 */
#include "site/drawn-int.h"
#include "base/text.h"

#include <string.h>

typedef struct { gint x, y, width, lines; const char *sizes; } Box;

/* --- lines -------------------------------------------------------------------------------------------------------------------- */

/* Of bold letters, in hundredths of the size; ample, for there is no second try. */
static guint letter_width (gunichar c)
{
	if (g_unichar_iswide (c))
		return 100;
	if (g_unichar_ismark (c))
		return 0;
	if (c == ' ' || c == 0xa0)
		return 28;
	return g_unichar_isupper (c) ? 74 : g_unichar_ispunct (c) ? 40 : 60;
}

static guint text_width (const char *text, gsize len)
{
	guint width = 0;
	for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
		width += letter_width (g_utf8_get_char (p));
	return width;
}

/* TEXT broken between words into lines no wider than WIDTH; a word that is wider stands alone. */
static GPtrArray *break_lines (const char *text, guint width)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
	g_auto (GStrv) words = g_strsplit (text, " ", -1);
	g_autoptr (GString) line = g_string_new (NULL);
	for (char **word = words; *word; word++) {
		if (line->len && text_width (line->str, line->len) + letter_width (' ') + text_width (*word, strlen (*word)) > width) {
			g_ptr_array_add (lines, g_strdup (line->str));
			g_string_truncate (line, 0);
		}
		if (**word)
			g_string_append_printf (line, "%s%s", line->len ? " " : "", *word);
	}
	if (line->len)
		g_ptr_array_add (lines, g_strdup (line->str));
	return lines;
}

static gboolean fits (const GPtrArray *lines, guint width, gint most)
{
	for (guint i = 0; i < lines->len; i++)
		if (text_width (lines->pdata[i], strlen (lines->pdata[i])) > width)
			return FALSE;
	return (gint) lines->len <= most;
}

/* Shortens LINE to WIDTH, with a sign that it goes on. */
static void cut (char **line, guint width)
{
	g_autoptr (GString) text = g_string_new (*line);
	while (text->len && text_width (text->str, text->len) + 100 > width)
		g_string_truncate (text, (gsize) (g_utf8_find_prev_char (text->str, text->str + text->len) - text->str));
	g_string_append (text, "…");
	g_free (*line);
	*line = g_strdup (text->str);
}

static void put_lines (const GPtrArray *lines, const Box *box, guint size, GString *out)
{
	gdouble step = size * 1.2, first = box->y - step * (lines->len - 1) / 2 + size * 0.35;
	for (guint i = 0; i < lines->len; i++) {
		g_string_append_printf (out, "<text x=\"%d\" y=\"%d\" font-size=\"%u\">", box->x, (gint) (first + step * i), size);
		rn_text_escape (out, lines->pdata[i], -1, FALSE);
		g_string_append (out, "</text>");
	}
}

static void put_words (const char *text, const Box *box, GString *out)
{
	g_auto (GStrv) sizes = g_strsplit (box->sizes && *box->sizes ? box->sizes : "48", ",", -1);
	for (char **size = sizes; *size; size++) {
		guint points = (guint) CLAMP (g_ascii_strtoull (*size, NULL, 10), 1, 1000), width = (guint) MAX (box->width, 1) * 100 / points;
		g_autoptr (GPtrArray) lines = break_lines (text, width);
		gboolean fine = fits (lines, width, MAX (box->lines, 1));
		if (!fine && size[1])
			continue;
		if (!fine) {
			gboolean more = (gint) lines->len > MAX (box->lines, 1);
			g_ptr_array_set_size (lines, MIN ((gint) lines->len, MAX (box->lines, 1)));
			for (guint i = 0; i < lines->len; i++)
				if ((more && i + 1 == lines->len) || text_width (lines->pdata[i], strlen (lines->pdata[i])) > width)
					cut ((char **) &lines->pdata[i], width);
		}
		put_lines (lines, box, points, out);
		return;
	}
}

/* --- templates -------------------------------------------------------------------------------------------------------------- */

static gint box_number (char **parts, const char *name)
{
	for (; *parts; parts++)
		if (g_str_has_prefix (*parts, name))
			return (gint) g_ascii_strtoll (*parts + strlen (name), NULL, 10);
	return 0;
}

static void put_marker (const char *marker, const RnDrawnWords *words, GString *out)
{
	g_auto (GStrv) parts = g_strsplit (marker, " ", -1);
	Box box = { box_number (parts, "x="), box_number (parts, "y="), box_number (parts, "width="), box_number (parts, "lines="), NULL };
	for (char **part = parts; *part; part++)
		if (g_str_has_prefix (*part, "sizes="))
			box.sizes = *part + strlen ("sizes=");
	const char *name = parts[0] ? parts[0] : "";
	if (!strcmp (name, "title") && words->title)
		put_words (words->title, &box, out);
	else if (!strcmp (name, "words") && words->words)
		put_words (words->words, &box, out);
	else if (!strcmp (name, "icon") && words->icon)
		g_string_append (out, words->icon);
	else if (!strcmp (name, "dir") && words->dir)
		g_string_append (out, words->dir);
}

/* Past a comment that begins at P, or P. */
static const char *past_comment (const char *p)
{
	const char *end = g_str_has_prefix (p, "<!--") ? strstr (p, "-->") : NULL;
	return end ? end + 3 : p;
}

void rn_drawn_fill (const char *template, const RnDrawnWords *words, GString *out)
{
	for (const char *p = template; *p;) {
		const char *after = past_comment (p), *end = g_str_has_prefix (p, "{{") ? strstr (p, "}}") : NULL;
		if (after > p) {
			p = after;
		} else if (end) {
			g_autofree char *marker = g_strndup (p + 2, (gsize) (end - p - 2));
			put_marker (g_strstrip (marker), words, out);
			p = end + 2;
		} else {
			g_string_append_c (out, *p++);
		}
	}
}

/* The begin tag of the outermost element: from '<' to past its '>'. FALSE: there is none. */
static gboolean outermost (const char *svg, const char **begin, const char **end)
{
	*begin = strstr (svg, "<svg");
	*end = *begin ? strchr (*begin, '>') : NULL;
	if (!*end)
		return FALSE;
	++*end;
	return TRUE;
}

void rn_drawn_inside (const char *svg, GString *out)
{
	const char *begin, *end, *close = g_strrstr (svg, "</svg>");
	if (outermost (svg, &begin, &end) && close && close >= end)
		g_string_append_len (out, end, close - end);
}

void rn_drawn_maskable (const char *svg, const char *colour, GString *out)
{
	g_autoptr (GRegex) place = g_regex_new ("\\s(?:x|y|width|height)\\s*=\\s*(?:\"[^\"]*\"|'[^']*')", 0, 0, NULL);
	const char *begin, *end;
	if (!outermost (svg, &begin, &end))
		return;
	g_autofree char *tag = g_regex_replace_literal (place, begin, end - begin, 0, "", 0, NULL);
	g_string_append (out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect width=\"100\" height=\"100\" fill=\"");
	rn_text_escape (out, colour, -1, TRUE);
	g_string_append_printf (out, "\"/><svg x=\"12\" y=\"12\" width=\"76\" height=\"76\"%s%s</svg>", tag + strlen ("<svg"), end);
}
