/* allow-int.h - the lists that raw HTML and SVG are held against. */
#ifndef RN_MARKDOWN_ALLOW_INT_H
#define RN_MARKDOWN_ALLOW_INT_H

#include <glib.h>

typedef enum {
	RN_ALLOW_INLINE = 1,   /* may stand in a line of text */
	RN_ALLOW_VOID = 2,     /* has no end tag */
	RN_ALLOW_DROP = 4,     /* not allowed, nor what is inside */
} RnAllow;

typedef struct { const char *name; guint8 flags; const char *attributes; /* its own, apart by blanks */ } RnElement;

/* NULL: not on the list. */
const RnElement *rn_allow_element (const char *name);
/* Of what stands on the web alone: controls and the like. NULL: none of these. */
const RnElement *rn_allow_control (const char *name);
/* "data-x", "aria-label", "hidden", "role", "tabindex". */
gboolean rn_allow_web_attribute (const char *name);
/* Types of <input> and <button> that neither send nor load anything. */
gboolean rn_allow_input_type (const char *type);
/* "id", "class" ... or one of the element's own. */
gboolean rn_allow_attribute (const RnElement *element, const char *name);

gboolean rn_allow_svg_element (const char *name);
gboolean rn_allow_svg_attribute (const char *name);

#endif
