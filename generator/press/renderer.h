/*
 * renderer.h - what one thread needs to make pages of a frozen library: its Lua host with the site's plugins, its parsers, its page maker.
 *
 * A build's workers and who shows single pages make them alike. A renderer is one thread's at a time.
 */
#ifndef RN_PRESS_RENDERER_H
#define RN_PRESS_RENDERER_H

#include "script/stops.h"
#include "site/page.h"
#include "site/share.h"

/* What all renderers of a library share; borrowed. NULL: images, structured, drawn: no site is made; share: no bundles are told of; stops: see host.h. */
typedef struct {
	RnLibrary *library;
	const RnAssets *assets;
	RnImages *images;
	const RnStructured *structured;
	const RnDrawn *drawn;
	RnShare *share;
	RnStops *stops;
	RnDiagnostics *sink;
} RnRenderWith;

typedef struct {
	const RnRenderWith *with;
	RnHost *host;
	RnMarkdown *markdown, *snippets;
	RnPageMaker *maker;
	RnSharer *sharer;        /* NULL: no bundles */
	GString *text;           /* the file of the page that was parsed last */
	GString *html, *offer;   /* html: room for a page, the caller's own */
} RnRenderer;

/* WITH outlives it. */
RnRenderer *rn_renderer_new (const RnRenderWith *with);
void        rn_renderer_free (RnRenderer *renderer);

/* Has PAGE a body of its own to be parsed? */
gboolean    rn_renderer_has_body (const RnPage *page);

/* PAGE's body, until the next is parsed; NULL after a diagnostic. */
const RnDocument *rn_renderer_parse (RnRenderer *renderer, const RnPage *page);

/*
 * Before a page is made: its copy, of a text in pieces the whole (DOCUMENT: all of it), goes to the bundles, and the pages made from now on tell of it. WHY is
 * set where the copy's layout failed: the bundles do without it. FALSE with ERROR: the run cannot go on.
 */
gboolean    rn_renderer_share (RnRenderer *renderer, const RnPage *page, const RnDocument *document, GError **why, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRenderer, rn_renderer_free)

#endif
