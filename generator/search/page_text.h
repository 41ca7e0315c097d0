/* page_text.h - what of a page is searched for: the words of its checked fields, of its headings and topics, its facets. */
#ifndef RN_SEARCH_PAGE_TEXT_H
#define RN_SEARCH_PAGE_TEXT_H

#include "markdown/document.h"
#include "model/library.h"

/* Is the page in the index? Contents, sections and plugins' pages are; made lists and stand-ins for a missing translation are not. */
gboolean rn_page_searched (const RnPage *page);

/* The bytes of its key that name its section: the first folder, or the page itself. */
gsize    rn_page_section (const RnPage *page);

/* Appends the values of the fields that may be shown, a line each. */
void  rn_page_fields_text (const RnLibrary *library, const RnPage *page, GString *out);

/* Appends headings, then topics, a line each. document may be NULL. */
void  rn_page_headings_text (const RnPage *page, const RnDocument *document, GString *out);

/* The values of the fields that are facets as JSON: {"country": "kz", "housing": true}. Free it. */
char *rn_page_facets_json (const RnLibrary *library, const RnPage *page);

/* The keys of its audiences as JSON: ["outgoing"]. Free it. */
char *rn_page_audience_json (const RnLibrary *library, const RnPage *page);

#endif
