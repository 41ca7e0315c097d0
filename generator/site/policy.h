/*
 * policy.h - a page's Content-Security-Policy, in the page: it holds on any server, from a disk and from a memory card.
 *
 * Scripts and styles come from the site's own files, or stand in the head, which is the layouts' alone, and are allowed by their hash. Nothing inline runs in the body, where the content is:
 * what slipped past the sanitiser would still be text. A page whose layout has a policy of its own keeps that.
 */
#ifndef RN_SITE_POLICY_H
#define RN_SITE_POLICY_H

#include <glib.h>

/* Into HTML, a whole page: allows the site's own files, and the style and script elements of its head as they are now. Called when nothing in these changes any more. */
void rn_policy_put (GString *html);

/* The same for a file that is passed on by itself: it loads nothing but what is in it; its last script, which is the layout's, runs by its hash. */
void rn_policy_put_alone (GString *html);

#endif
