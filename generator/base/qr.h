/* qr.h - a text as a QR code (ISO/IEC 18004): which modules are dark. */
#ifndef RN_BASE_QR_H
#define RN_BASE_QR_H

#include <glib.h>

/* Modules of white that must stand around a code. */
#define RN_QR_QUIET 4

/* width: modules a side, without the white around. dark: row by row, TRUE or FALSE. */
typedef struct { gint width; gboolean *dark; } RnQr;

/* As few modules as correction of 15 % allows, and of 25 % where that needs no more. NULL: the text is empty or too long for a code. */
RnQr *rn_qr_new (const char *text);
void  rn_qr_free (RnQr *qr);

/* Light beyond the edges. */
static inline gboolean rn_qr_dark (const RnQr *qr, gint row, gint column)
{
	return row >= 0 && row < qr->width && column >= 0 && column < qr->width && qr->dark[row * qr->width + column];
}

/* The code as an SVG element with the attributes ATTRIBUTES ("" or beginning with a space), black, with its white around. Appended. */
void  rn_qr_svg (const RnQr *qr, const char *attributes, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnQr, rn_qr_free)

#endif
