/*
 * style.h - a page's style sheets inside the page, each cut down to what the page uses: one request shows it.
 *
 * A layout links its sheets as it always does; with style: inline in site.yaml the page maker puts rules in place of each such link. One
 * RnStyle is one worker's.
 */
#ifndef RN_SITE_STYLE_H
#define RN_SITE_STYLE_H

#include "site/assets.h"

typedef struct RnStyle RnStyle;

/* ASSETS is borrowed. */
RnStyle *rn_style_new (const RnAssets *assets);
void     rn_style_free (RnStyle *style);

/*
 * In the head of the page HTML, puts a style element in place of each <link rel="stylesheet" href="..."> that leads to an asset. The page's elements
 * and classes are those of its tags, and the words of data-uses="..." for what a script will add. A sheet that loads other files stays linked.
 */
void     rn_style_inline (RnStyle *style, GString *html);

#endif
