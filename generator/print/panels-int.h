/*
 * panels-int.h - a sheet parted into panels: where they are, what stands at its beginning and at its end.
 */
#ifndef RN_PRINT_PANELS_INT_H
#define RN_PRINT_PANELS_INT_H

#include "print/fit-int.h"

/* side: of the sheet; left: of its text. */
typedef struct { guint side; RnLength x, width, left; guint reads; } RnPanel;

typedef struct {
	RnPanel  panels[RN_PANELS];        /* in the order of reading */
	guint    n, sides;
	RnLength measure, height;          /* of the text in each */
	guint    cover;                    /* 1: the first panel is one, and text begins on the second; else 0 */
	gboolean across;                   /* head and foot stand across the side */

	GPtrArray *pages;                  /* what stands on this sheet */
	RnTag     *tag;
	guint      room;                   /* so many panels hold text */
	gboolean   back;                   /* the last panel is a back cover alone */
	guint      foot_panel;             /* which holds the foot, or its side */
	RnGalley  *text, *front, *head, *calls, *foot;
	RnLength   head_height, foot_height;   /* what they take from the text */
	RnLength   ground;                 /* of the back: how high it is, from the trim's foot */
	RnLength   less;                   /* so much lower are columns than they could be, so that they are even */
	GArray    *columns;
} RnPanelSheet;

/* The panels of the product, their texts as wide as the narrowest. FALSE: there is no room for text. */
gboolean rn_panels_read (RnPanelSheet *sheet, const RnProduct *product);
/* The panel lies at the left, at the right edge of its side. */
gboolean rn_panel_first (const RnPanel *panel);
gboolean rn_panel_last (const RnPanel *panel, const RnProduct *product);

/* The page that the sheet is of; NULL: it is of several. */
const RnPage *rn_panels_page (const RnPanelSheet *sheet);

/* --- panels_ends.c: the galleys of what stands around the text are set, and put. ------------------------------------------------- */

void rn_panels_set_ends (RnComposer *composer, RnPanelSheet *sheet);
void rn_panels_put_beginning (RnComposer *composer, RnPanelSheet *sheet, guint first_side);
void rn_panels_put_end (RnComposer *composer, const RnPanelSheet *sheet, guint first_side);

#endif
