/*
 * html.h - a document's tree as HTML, by a table of one function a node type.
 *
 * With plain options (the spec's examples) the bytes are cmark-gfm's own. In a page: headings carry their anchors, tables
 * stand in a scrolling box with header cells scoped, callouts are <div class="callout note" role="note">, footnotes a section with back links,
 * addresses of the site are relative to the page.
 */
#ifndef RN_SITE_HTML_H
#define RN_SITE_HTML_H

#include "markdown/document.h"
#include "site/images.h"

typedef struct {
	gboolean plain;             /* cmark-gfm's bytes */
	const RnPage *page;         /* addresses are relative to its url; NULL with plain */
	gboolean explicit_index;
	gboolean in_pieces;         /* what is written is a piece of the text of PAGE's split: places of the text that are elsewhere are linked there */
	const RnLanguage *language; /* names of callouts, "back to text"; NULL with plain */
	gboolean web;               /* a page of the site itself: what blocks add for scripts is written too */
	RnImages *images;           /* the site's pictures; NULL: addresses of pictures go out as they are */
} RnHtmlOptions;

/* Appends. Returns how many pictures are worth asking the reader about before they load. */
guint rn_html_render (const RnNode *node, const RnHtmlOptions *options, GString *out);

#endif
