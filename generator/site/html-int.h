/* html-int.h - what the files that write a tree as HTML share. */
#ifndef RN_SITE_HTML_INT_H
#define RN_SITE_HTML_INT_H

#include <string.h>

#include "site/html.h"

typedef struct {
	GString *out;
	const RnHtmlOptions *options;
	gsize    start;              /* where our part of OUT begins */
	gboolean tight;              /* in a list whose items have no paragraphs */
	const RnNode *note;          /* the footnote being written, */
	const RnNode *note_end;      /* and its last paragraph, which takes the links back; NULL: it does not end in one */
	guint    pictures, dear;     /* written so far, and those to ask the reader about */
} RnHtml;

static inline void rn_html_put (RnHtml *html, const char *text, gsize len)
{
	GString *out = html->out;
	if (G_UNLIKELY (out->len + len >= out->allocated_len)) {
		g_string_append_len (out, text, (gssize) len);
		return;
	}
	memcpy (out->str + out->len, text, len);
	out->len += len;
	out->str[out->len] = 0;
}

static inline void rn_html_put_text (RnHtml *html, const char *text)
{
	rn_html_put (html, text, strlen (text));
}

#define PUT(html, literal) rn_html_put ((html), "" literal, sizeof (literal) - 1)

/* Begins a new line, unless one is begun. */
void rn_html_line (RnHtml *html);
/* TEXT, ended by NUL, with the characters in WHICH as entities. */
void rn_html_escape (RnHtml *html, const char *text, gsize len, const char *which);
void rn_html_node (RnHtml *html, const RnNode *node);
void rn_html_children (RnHtml *html, const RnNode *node);

/* html_link.c, html_moved.c, html_raw.c, html_table.c */
void rn_html_address (RnHtml *html, const char *text, gsize len);   /* as it stands in an attribute */
/* Appends the address of TEXT, one of the site or a place of the page's own text, as seen from the page. */
void rn_html_relative (const RnHtml *html, const char *text, GString *out);
/* TEXT, raw HTML of a piece, with its relative addresses as seen from the page; NULL: it stays as it is. Free with g_free. */
char *rn_html_moved (const RnHtml *html, const char *text);
void rn_html_link (RnHtml *html, const RnNode *node);
void rn_html_image (RnHtml *html, const RnNode *node);
/* The site's picture at ADDRESS, which NODE shows; ALT and TITLE (may be NULL) escaped; WIDTH in CSS pixels, 0: its own. FALSE: it cannot be shown, and its description stands here instead. */
gboolean rn_html_picture (RnHtml *html, const RnNode *node, const char *address, const char *alt, const char *title, guint width);
void rn_html_raw (RnHtml *html, const RnNode *node);
void rn_html_table (RnHtml *html, const RnNode *node);

#endif
