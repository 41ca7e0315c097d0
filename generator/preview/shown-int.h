/*
 * shown-int.h - the site as it was loaded at one moment: its library, frozen, and what makes its pages and files when they are asked for.
 *
 * Held by all who are making something of it; the last one frees it. Any thread may ask.
 */
#ifndef RN_PREVIEW_SHOWN_INT_H
#define RN_PREVIEW_SHOWN_INT_H

#include "press/opened.h"
#include "press/renderer.h"
#include "preview/told-int.h"

typedef struct {
	gint references;
	RnPressOptions options;      /* its strings are the preview's */
	RnOpened from;
	RnDiagnostics *sink;         /* what the load told */
	RnTold *told;                /* the same, as it was then */
	RnImages *images;
	RnStructured *structured;
	RnDrawn *drawn;
	RnShare *share;              /* NULL: the site has none */
	GHashTable *aliases;         /* address -> RnPage */
	GHashTable *by_file;         /* "content/faq/patent.tg.md" -> RnPage that has its text */
	GMutex lock;                 /* over what follows */
	GPtrArray *idle;             /* renderers that nobody uses */
} RnShown;

/* Loads the site that OPTIONS name. NULL: it cannot be shown, as *told says (set in any case of that). */
RnShown *rn_shown_open (const RnPressOptions *options, RnTold **told);
RnShown *rn_shown_ref (RnShown *shown);
/* NULL is allowed. */
void     rn_shown_unref (RnShown *shown);

/* What the page at URL is ("/tg/faq/patent/", with or without index.html); NULL: there is none. */
const RnPage *rn_shown_at (const RnShown *shown, const char *url);

/* --- shown_page.c ----------------------------------------------------------------------------------------------------------- */

/* PAGE as a build makes it, into HTML (emptied first). FALSE: it cannot be made, as *told says. *changed: its file is not the one that was loaded any more, or the system failed to read one. */
gboolean rn_shown_page (RnShown *shown, const RnPage *page, GString *html, RnTold **told, gboolean *changed);
/* The same with BODY, safe HTML, in place of its content. */
gboolean rn_shown_text (RnShown *shown, const RnPage *page, const GString *body, GString *html);
/* PAGE as it would be printed: a PDF of its own into OUT (emptied first). FALSE: it cannot be, as *told says. */
gboolean rn_shown_print (RnShown *shown, const RnPage *page, GString *out, RnTold **told);

/* --- shown_file.c ----------------------------------------------------------------------------------------------------------- */

/* What a build puts at URL that is no page and that can be made by itself: feeds, redirects, assets, pictures, manifests. Into OUT. FALSE: nothing. */
gboolean rn_shown_file (RnShown *shown, const char *url, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnShown, rn_shown_unref)

#endif
