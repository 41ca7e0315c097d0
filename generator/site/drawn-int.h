/* drawn-int.h - drawn_svg.c writes the drawings that drawn.c draws. */
#ifndef RN_SITE_DRAWN_INT_H
#define RN_SITE_DRAWN_INT_H

#include "site/drawn.h"

/* What stands in place of {{ title }}, {{ words }}, {{ icon }} (markup) and {{ dir }}; NULL: nothing. */
typedef struct { const char *title, *words, *icon, *dir; } RnDrawnWords;

/* TEMPLATE with its words, appended. */
void rn_drawn_fill (const char *template, const RnDrawnWords *words, GString *out);

/* What stands inside the outermost element of SVG, appended. */
void rn_drawn_inside (const char *svg, GString *out);

/* SVG, smaller, in the middle of a square of COLOUR, so that a phone may cut a circle out of it; appended. */
void rn_drawn_maskable (const char *svg, const char *colour, GString *out);

#endif
