/* sheet-int.h - a sheet's parts, for sheet.c, which reads and chooses them, and sheet_tokens.c, which works on their declarations. */
#ifndef RN_SITE_SHEET_INT_H
#define RN_SITE_SHEET_INT_H

#include "site/sheet.h"

typedef struct { const char *text; RnNameSet needs; } RnSelector;

/* property: the number of the custom property that it sets, -1 for what always stays. uses: the custom properties that its value asks for. */
typedef struct { const char *text; gint property; RnNameSet uses; } RnDeclaration;

typedef struct {
	enum { RN_PART_RULE, RN_PART_GROUP, RN_PART_KEPT } kind;
	const char *head, *body;     /* a group's "@media …"; a rule's declarations; what is kept, whole */
	guint first, n;              /* a rule's selectors */
	guint end;                   /* of a group: the number of the part behind it */
	RnDeclaration *declarations; /* of a settled rule, in order; n_declarations is 0 before */
	guint n_declarations;
} RnSheetPart;

struct RnSheet {
	RnArena *arena;
	GArray *parts, *selectors;   /* RnSheetPart, RnSelector */
};

/* As rn_names_note, for a name that a sheet asks for: gives its number, -1 where there are too many. */
gint        rn_names_need (RnNames *names, const char *name, gsize len, gboolean is_class, RnNameSet *set);

/* The first of STOPS in P up to END, outside strings and brackets; or END. */
const char *rn_css_find (const char *p, const char *end, const char *stops);

#endif
