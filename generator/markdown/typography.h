/*
 * typography.h - quotes, dashes and non-breaking spaces by the language's rules, over runs of inline text.
 *
 * State runs over the text nodes of one block: a quote opens or closes by what stands before it, also across emphasis.
 * Code, URLs and raw HTML are never touched.
 */
#ifndef RN_MARKDOWN_TYPOGRAPHY_H
#define RN_MARKDOWN_TYPOGRAPHY_H

#include "model/language.h"

typedef struct { gunichar before; guint depth; } RnTypographyState; /* zero at the start of a block */

/* Appends the text as it is to be set. TRUE if it differs. */
gboolean rn_typography_set (const RnTypography *rules, RnTypographyState *state, const char *text, gsize len, GString *out);

#endif
