/*
 * tight.h - a page without what HTML lets a writer leave out: white space beside blocks, end tags that the next tag implies.
 *
 * The browser builds the same tree, but for texts of nothing but white space where none is shown.
 */
#ifndef RN_SITE_TIGHT_H
#define RN_SITE_TIGHT_H

#include <glib.h>

/*
 * Shortens HTML in place. It takes what layouts and html.h write: elements closed in order, names in small letters. What stands in <pre>, <textarea>, <script>,
 * <style> and comments stays to the letter; so does an end tag where the next tag is not known to imply it.
 */
void rn_tighten (GString *html);

#endif
