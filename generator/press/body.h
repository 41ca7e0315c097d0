/* body.h - a page's body, parsed, wherever its text is. */
#ifndef RN_PRESS_BODY_H
#define RN_PRESS_BODY_H

#include "markdown/parse.h"

/* PAGE's document, valid until MARKDOWN parses the next; TEXT is for the bytes of its file in TREE. NULL: it cannot be read, which is told. */
const RnDocument *rn_body_parse (RnMarkdown *markdown, const RnPage *page, RnTree *tree, GString *text, RnDiagnostics *sink);

#endif
