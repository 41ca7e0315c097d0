/* qr.c - text -> modules, by libqrencode; modules -> SVG. */
#include "base/qr.h"

#include <qrencode.h>

/* The strongest correction, up to a quarter of the code, that makes it no finer than M does. */
static QRcode *encode (const char *text)
{
	QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
	QRcode *stronger = code ? QRcode_encodeString8bit (text, code->version, QR_ECLEVEL_Q) : NULL;
	if (stronger && stronger->version == code->version) {
		QRcode_free (code);
		return stronger;
	}
	if (stronger)
		QRcode_free (stronger);
	return code;
}

RnQr *rn_qr_new (const char *text)
{
	QRcode *code = *text ? encode (text) : NULL;
	if (!code)
		return NULL;
	RnQr *qr = g_new0 (RnQr, 1);
	qr->width = code->width;
	qr->dark = g_new (gboolean, (gsize) code->width * (gsize) code->width);
	for (gint i = 0; i < code->width * code->width; i++)
		qr->dark[i] = code->data[i] & 1;
	QRcode_free (code);
	return qr;
}

void rn_qr_free (RnQr *qr)
{
	if (!qr)
		return;
	g_free (qr->dark);
	g_free (qr);
}

/*
 * One dashed stroke, there and back through all rows: "7 1 2 3" are dark and light by turns. No other drawing is as short. The steps between rows are light,
 * and the first module, the corner of a finder pattern, is always dark.
 */
void rn_qr_svg (const RnQr *qr, const char *attributes, GString *out)
{
	const gint size = qr->width + 2 * RN_QR_QUIET;
	g_string_append_printf (out, "<svg%s viewBox=\"-%d -%d %d %d\"><path fill=\"none\" stroke=\"#000\" stroke-dasharray=\"", attributes, RN_QR_QUIET, RN_QR_QUIET, size, size);
	gboolean drawn = TRUE;
	gint run = 0;
	for (gint row = 0; row < qr->width; row++)
		for (gint i = 0; i <= qr->width; i++) {
			gboolean is_dark = i < qr->width && rn_qr_dark (qr, row, row % 2 ? qr->width - 1 - i : i);
			if (is_dark != drawn) {
				g_string_append_printf (out, "%d ", run);
				run = 0;
				drawn = is_dark;
			}
			run++;
		}
	/* The last step is light: the number of runs is even, as it must be. */
	g_string_append_printf (out, "%d\" d=\"M0 .5", run);
	for (gint row = 0; row < qr->width; row++)
		g_string_append_printf (out, "h%s%dv1", row % 2 ? "-" : "", qr->width);
	g_string_append (out, "\"/></svg>");
}
