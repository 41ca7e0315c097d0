/*
 * units.h - lengths on paper: whole thousandths of a PostScript point (1/72 inch), so that no sum ever drifts.
 *
 * x runs to the right, y runs down, from the top left corner of whatever holds the thing; the PDF writer alone turns y around.
 */
#ifndef RN_PRINT_UNITS_H
#define RN_PRINT_UNITS_H

#include <glib.h>

typedef gint32 RnLength;

#define RN_PT(points)      ((RnLength) ((points) * 1000.0 + ((points) < 0 ? -0.5 : 0.5)))
#define RN_MM(millimetres) RN_PT ((millimetres) * 72.0 / 25.4)
#define RN_TO_MM(length)   ((double) (length) * 25.4 / 72000.0)

/* A tint of black in percent: 100 is the ink, 0 the bare paper. All that is painted is a tint of black. */
typedef guint8 RnTint;
#define RN_BLACK ((RnTint) 100)
#define RN_PAPER ((RnTint) 0)

#endif
