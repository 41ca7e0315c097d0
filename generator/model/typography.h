/*
 * typography.h - quotes, dashes and non-breaking spaces by the language's rules, over runs of inline text.
 *
 * State runs over the text nodes of one block: a quote opens or closes by what stands before it, also across emphasis.
 * Code, URLs and raw HTML are never touched.
 */
#ifndef RN_MODEL_TYPOGRAPHY_H
#define RN_MODEL_TYPOGRAPHY_H

#include "model/language.h"

typedef struct RnTypesetter RnTypesetter; /* a language's rules, made ready; read-only, for any thread */

RnTypesetter *rn_typesetter_new (const RnTypography *rules);
void          rn_typesetter_free (RnTypesetter *setter);

typedef struct {
	gunichar before;    /* the character before the text; 0: the block's start */
	gunichar after;     /* the one that follows it; 0: not known */
	guint    depth;     /* open quotes */
} RnTypographyState;    /* zero at the start of a block */

/* Appends the text as it is to be set and returns TRUE; FALSE, and nothing appended, where it stays as it is. */
gboolean rn_typography_set (const RnTypesetter *setter, RnTypographyState *state, const char *text, gsize len, GString *out);

/* TEXT as it is to be set, in ARENA, or TEXT itself: for what is no Markdown, such as a title. NULL gives NULL. */
const char *rn_typography_line (const RnLanguage *language, const char *text, RnArena *arena);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnTypesetter, rn_typesetter_free)

#endif
