/* plain.h - a page's HTML as plain text for channels that carry nothing else: never wrapped, headings marked, links numbered. */
#ifndef RN_SITE_PLAIN_H
#define RN_SITE_PLAIN_H

#include <glib.h>

/*
 * Appends. HTML: what markup.h takes, its addresses already absolute. A heading of level 1 has '=' under it, others '#' before them; items begin
 * with '- ' or their number; cells stand apart by ' | '; a link to elsewhere is followed by [n], and the addresses follow at the end by number.
 */
void rn_plain (const char *html, gsize len, GString *out);

#endif
