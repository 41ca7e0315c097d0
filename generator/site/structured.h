/*
 * structured.h - what a page says, once more for machines: JSON-LD in the words of schema.org.
 *
 * Which property says what is data: layouts/structured.yaml for what every page has, `schema:` of a field in _type.yaml for the rest. Nothing stands there that the
 * page does not show; a thing that lacks what its type needs is told of as an article.
 */
#ifndef RN_SITE_STRUCTURED_H
#define RN_SITE_STRUCTURED_H

#include "markdown/document.h"

typedef struct RnStructured RnStructured;

/* For LIBRARY, frozen and borrowed; what is wrong in the data is told. Read-only then: any thread may use it. NULL: without base_url there is none. */
RnStructured *rn_structured_new (const RnLibrary *library, RnDiagnostics *sink);
void          rn_structured_free (RnStructured *structured);

/* PAGE as JSON that may stand in a script element, into OUT (emptied first). DOCUMENT NULL: it has no body. FALSE: there is nothing to say of it. */
gboolean      rn_structured_make (const RnStructured *structured, const RnPage *page, const RnDocument *document, GString *out);

#endif
