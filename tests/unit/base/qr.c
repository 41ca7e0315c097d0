/* qr.c - codes as SVG: the dashes of the drawing are the modules, and nothing beyond the edges. */
#include <string.h>

#include "base/qr.h"

/* What a renderer makes of the drawing: walks the dashes along the rows, there and back. */
static void draw (const char *svg, gint width, gboolean *dark)
{
	const char *p = strstr (svg, "stroke-dasharray=\"") + strlen ("stroke-dasharray=\"");
	gint at = 0, total = (width + 1) * width;
	for (gboolean is_dark = TRUE; *p != '"'; is_dark = !is_dark) {
		char *end;
		for (gint run = (gint) strtol (p, &end, 10); run; run--, at++) {
			gint row = at / (width + 1), i = at % (width + 1);
			g_assert_cmpint (at, <, total);
			if (i < width)
				dark[row * width + (row % 2 ? width - 1 - i : i)] = is_dark;
			else
				g_assert_false (is_dark);
		}
		p = *end == ' ' ? end + 1 : end;
		g_assert_false (*p == '"' && is_dark);
	}
	g_assert_cmpint (at, ==, total);
}

static void svg (void)
{
	static const char *const texts[] = { "a", "https://example.org/tg/faq/patent/", "https://example.org/ru/legislation/ru-115-fz/articles/13.3/?a=b&c=\"<>", "тоҷикӣ" };
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
		g_autoptr (RnQr) qr = rn_qr_new (texts[i]);
		g_autoptr (GString) out = g_string_new ("x");
		g_assert_nonnull (qr);
		rn_qr_svg (qr, " class=\"c\"", out);
		g_assert_true (g_str_has_prefix (out->str, "x<svg class=\"c\" viewBox=\"-4 -4 "));
		g_autofree gboolean *drawn = g_new0 (gboolean, qr->width * qr->width);
		draw (out->str, qr->width, drawn);
		g_assert_cmpmem (drawn, sizeof (gboolean) * (gsize) (qr->width * qr->width), qr->dark, sizeof (gboolean) * (gsize) (qr->width * qr->width));
	}
}

static void limits (void)
{
	g_autofree char *long_text = g_strnfill (5000, 'a');
	g_assert_null (rn_qr_new (""));
	g_assert_null (rn_qr_new (long_text));
	g_autoptr (RnQr) qr = rn_qr_new ("a");
	g_assert_true (rn_qr_dark (qr, 0, 0));
	g_assert_false (rn_qr_dark (qr, -1, 0) || rn_qr_dark (qr, 0, qr->width));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/qr/svg", svg);
	g_test_add_func ("/qr/limits", limits);
	return g_test_run ();
}
