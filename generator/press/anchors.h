/*
 * anchors.h - does the place that a link names exist? Known when all pages are through.
 *
 * A page leaves the hashes of its anchors (4 bytes each) and its links into pages; names are looked up again only for a link that misses.
 */
#ifndef RN_PRESS_ANCHORS_H
#define RN_PRESS_ANCHORS_H

#include "markdown/parse.h"

typedef struct RnAnchors RnAnchors;

/* For pages numbered 0 .. n-1. */
RnAnchors *rn_anchors_new (const RnLibrary *library, guint n);
void       rn_anchors_free (RnAnchors *anchors);

/* What DOCUMENT, the body of page INDEX, holds and asks for. Thread-safe for different pages. */
void       rn_anchors_note (RnAnchors *anchors, guint index, const RnDocument *document);

/* Parses the page again, for the names of its anchors; NULL: it has no body. */
typedef const RnDocument *(*RnAnchorsParse) (gpointer user, const RnPage *page);

/* Tells every link that misses. */
void       rn_anchors_check (RnAnchors *anchors, RnAnchorsParse parse, gpointer user, RnDiagnostics *sink);

#endif
