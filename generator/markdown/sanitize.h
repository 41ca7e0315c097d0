/*
 * sanitize.h - raw HTML and SVG against an allow-list of elements, attributes and URL schemes (libxml2 reads, we write).
 *
 * What is not on the list loses its tags and keeps its text; script, style, iframe, object and their like lose both.
 * Unclosed elements are closed, so that no fragment reaches beyond itself.
 */
#ifndef RN_MARKDOWN_SANITIZE_H
#define RN_MARKDOWN_SANITIZE_H

#include <glib.h>

typedef enum { RN_SANITIZE_FINE, RN_SANITIZE_CHANGED } RnSanitizeResult;

/*
 * What an address in raw HTML becomes: NULL, it is taken out with its attribute; else free with g_free. picture: of an img's src.
 */
typedef char *(*RnSanitizeAddress) (gpointer user, const char *address, gboolean picture);

/* A whole fragment of blocks. what: the first thing that was taken away ("script", "onclick"), for the message. Appends. */
RnSanitizeResult rn_sanitize_html (const char *html, gsize len, GString *out, char what[32]);
RnSanitizeResult rn_sanitize_html_with (const char *html, gsize len, GString *out, char what[32], RnSanitizeAddress address, gpointer user);

/*
 * A plugin's HTML for the web alone: form controls too, with data- and aria- attributes, hidden, role. No form and no address to send anything to: what a
 * reader fills in stays on the page.
 */
RnSanitizeResult rn_sanitize_web (const char *html, gsize len, GString *out, char what[32], RnSanitizeAddress address, gpointer user);

/* One inline tag as CommonMark gives it ("<b class=x>", "</b>", a comment): the same tag, cleaned, or nothing. */
RnSanitizeResult rn_sanitize_tag (const char *tag, gsize len, GString *out, char what[32]);
RnSanitizeResult rn_sanitize_tag_with (const char *tag, gsize len, GString *out, char what[32], RnSanitizeAddress address, gpointer user);

/* GFM's tag filter alone, for the spec's examples: < of nine elements becomes &lt;. Appends. */
void             rn_sanitize_tagfilter (const char *html, gsize len, GString *out);

/* An SVG document for inlining: the svg element alone, no scripts, events, foreign objects or outside references. FALSE: not SVG. */
/* (An SVG that asked for what it may not have comes without it: what is then not empty.) */
gboolean         rn_sanitize_svg (const char *svg, gsize len, GString *out, char what[32]);
/*
 * The same for a drawing that stands in a text: it has the role of a picture and ALT for its name, PREFIX before its ids, and what states no colour has the text's.
 */
gboolean         rn_sanitize_drawing (const char *svg, gsize len, const char *prefix, const char *alt, GString *out, char what[32]);
/* The same as a file of its own, with its name space. OUT is empty. */
gboolean         rn_sanitize_svg_alone (const char *svg, gsize len, GString *out, char what[32]);

#endif
