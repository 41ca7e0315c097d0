/* panels.c - sheets, cards and posters, composed from the products that come with the tool: where things stand, what is told when they do not fit. */
#include "boxes.h"
#include "print/panels-int.h"

#include <stdlib.h>

#define HOTLINES "hotlines: [{name: {ru: Скорая помощь}, phone: \"103\"}, {name: {ru: Единый номер экстренных служб на всякий случай}, phone: \"112\"}]\n"
#define SITE_HEAD "-- content/site.yaml --\nlanguages: [ru]\ntitle: Путеводитель\ndescription: Самое нужное.\n" HOTLINES "print:\n  address: https://example.org/\n" \
	"  publisher: Центр\n  products:\n"
#define PAGE(name) "-- content/faq/" name ".ru.md --\n---\ntitle: О патенте " name "\ndescription: Коротко " name ".\n---\n\n"
#define PARAGRAPH "Патент даёт право работать. Его берут в первые тридцать дней, и каждый месяц за него платят вперёд.\n\n"

typedef struct { Setting *s; RnProducts *products; RnComposer composer; } Composing;

static const RnDocument *parse (gpointer user, const RnPage *page)
{
	return setting_page (user, page->language->code, page->key);
}

/* Composes the product NAME of TEXT's site. Returns what the composer does. */
static gboolean compose (Composing *c, const char *text, const char *name)
{
	const char *const names[] = { name, NULL };
	c->s = setting_open (text);
	c->products = rn_products_new (c->s->library, names, c->s->sink);
	g_assert_cmpuint (rn_products_count (c->products), ==, 1);
	c->composer = (RnComposer) { .setter = c->s->setter, .parse = parse, .parse_user = c->s };
	c->composer.setter.products = c->products;
	c->composer.setter.product = rn_products_nth (c->products, 0);
	c->composer.setter.styles = c->composer.setter.product->styles;
	c->composer.setter.in_book = NULL;
	c->s->setter.book->title = "Книга";
	return rn_composer_of (c->composer.setter.product->kind) (&c->composer);
}

static void done (Composing *c)
{
	rn_products_free (c->products);
	setting_free (c->s);
}

/* PARAGRAPH N times below PAGE. */
static char *site_of (const char *products, const char *page, guint n)
{
	GString *text = g_string_new (products);
	g_string_append (text, page);
	for (guint i = 0; i < n; i++)
		g_string_append (text, PARAGRAPH);
	return g_string_free (text, FALSE);
}

static const RnSide *side_of (const Composing *c, guint i)
{
	g_assert_cmpuint (i, <, c->s->setter.book->sides->len);
	return c->s->setter.book->sides->pdata[i];
}

/* All that SIDE says, a line a mark. */
static char *words_of (const RnSide *side)
{
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < side->placed->len; i++) {
		const RnPiece *piece = g_array_index (side->placed, RnPlaced, i).piece;
		for (guint k = 0; k < piece->n_marks; k++)
			if (piece->marks[k].kind == RN_MARK_TEXT) {
				box_text (&piece->marks[k], out);
				g_string_append_c (out, '\n');
			}
	}
	return g_string_free (out, FALSE);
}

typedef struct { RnLength left, top, right, bottom; } Area;

/* Where the text of SIDE stands between the lines LEFT and RIGHT. */
static Area text_area (const RnSide *side, RnLength left, RnLength right)
{
	Area area = { G_MAXINT32, G_MAXINT32, 0, 0 };
	for (guint i = 0; i < side->placed->len; i++) {
		const RnPlaced *placed = &g_array_index (side->placed, RnPlaced, i);
		for (guint k = 0; k < placed->piece->n_marks; k++) {
			const RnMark *mark = &placed->piece->marks[k];
			const RnLength x = placed->x + mark->x;
			if (mark->kind != RN_MARK_TEXT || x < left || x >= right)
				continue;
			area.left = MIN (area.left, x);
			area.right = MAX (area.right, x + mark->w);
			area.top = MIN (area.top, placed->y + mark->y - mark->text.font->cap_height);
			area.bottom = MAX (area.bottom, placed->y + mark->y + mark->text.font->descent);
		}
	}
	return area;
}

/* The black grounds of SIDE as "x y w h" in tenths of millimetres. */
static char *grounds_of (const RnSide *side)
{
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < side->placed->len; i++) {
		const RnPlaced *placed = &g_array_index (side->placed, RnPlaced, i);
		for (guint k = 0; k < placed->piece->n_marks; k++) {
			const RnMark *m = &placed->piece->marks[k];
			if (m->kind == RN_MARK_RULE && m->tint == RN_BLACK && m->w > RN_MM (15) && m->h > RN_MM (5))
				g_string_append_printf (out, "%.0f %.0f %.0f %.0f\n", RN_TO_MM (placed->x + m->x) * 10, RN_TO_MM (placed->y + m->y) * 10, RN_TO_MM (m->w) * 10,
				                        RN_TO_MM (m->h) * 10);
		}
	}
	return g_string_free (out, FALSE);
}

static char *told (const Composing *c)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (c->s->sink, &n);
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < n; i++)
		if (list[i]->id == RN_D_PRODUCT_OVERFLOW || list[i]->id == RN_D_PRODUCT_EMPTY || list[i]->id == RN_D_PRODUCT_BROKEN || list[i]->id == RN_D_PRODUCT_KEY)
			g_string_append_printf (out, "%s: %s\n", list[i]->where.file, rn_diagnostic_kind (list[i]->id)->id);
	return g_string_free (out, FALSE);
}

static void assert_told (const Composing *c, const char *expected)
{
	g_autofree char *text = told (c);
	g_assert_cmpstr (text, ==, expected);
}

/* --- panels ------------------------------------------------------------------------------------------------------------------ */

/* The same white on both sides of each fold, the panel that is folded in narrower, the text of all equally wide. */
static void test_geometry (void)
{
	Composing c;
	RnPanelSheet sheet = { 0 };
	g_autofree char *text = site_of (SITE_HEAD "    - leaflet\n", PAGE ("a"), 1);
	g_assert_true (compose (&c, text, "leaflet"));
	g_assert_true (rn_panels_read (&sheet, c.composer.setter.product));
	g_assert_cmpuint (sheet.n, ==, 6);
	g_assert_cmpuint (sheet.cover, ==, 1);
	for (guint i = 0; i < 6; i++) {
		const RnPanel *panel = &sheet.panels[i];
		const gboolean first = rn_panel_first (panel), last = rn_panel_last (panel, c.composer.setter.product);
		const RnLength left = panel->left - panel->x, right = panel->width - left - sheet.measure;
		g_assert_cmpuint (panel->reads, ==, i + 1);
		g_assert_cmpuint (panel->side, ==, i >= 1 && i <= 3 ? 1 : 0);
		g_assert_cmpint (RN_TO_MM (panel->width) * 10 + .5, ==, i == 3 || i == 4 ? 980 : 995);
		if (!first)
			g_assert_cmpint (ABS (left - RN_MM (7.5)), <, 10);
		if (!last)
			g_assert_cmpint (ABS (right - RN_MM (7.5)), <, 10);
		g_assert_cmpint (MIN (left, right), >=, RN_MM (5.99));
	}
	done (&c);
}

/* The cover has the page's title, and the text does not begin with it again; grounds stop at the folds and leave the trim by the bleed. */
static void test_leaflet (void)
{
	Composing c;
	g_autofree char *text = site_of (SITE_HEAD "    - leaflet\n", PAGE ("a"), 40);
	g_assert_true (compose (&c, text, "leaflet"));
	g_assert_cmpuint (c.s->setter.book->sides->len, ==, 2);
	g_autofree char *outer = words_of (side_of (&c, 0)), *inner = words_of (side_of (&c, 1)), *grounds = grounds_of (side_of (&c, 0)), *none = grounds_of (side_of (&c, 1));
	g_assert_nonnull (strstr (outer, "патенте"));
	g_assert_nonnull (strstr (outer, "Коротко"));
	g_assert_nonnull (strstr (outer, "example.org/ru/faq/a"));
	g_assert_nonnull (strstr (outer, "112"));
	g_assert_null (strstr (inner, "патенте"));
	g_assert_null (strstr (inner, "Коротко"));
	g_assert_true (g_str_has_prefix (grounds, "1975 -30 1025 1"));   /* from the fold to the bleed */
	g_assert_nonnull (strstr (grounds, "\n980 "));                   /* the back: between two folds */
	g_assert_nonnull (strstr (strstr (grounds, "\n980 "), " 995 "));
	g_assert_cmpstr (none, ==, "");
	assert_told (&c, "");
	done (&c);
}

/* Panels end at one height, whatever there is to say. */
static void test_even (void)
{
	for (guint n = 24; n < 60; n += 7) {
		Composing c;
		g_autofree char *text = site_of (SITE_HEAD "    - {name: leaflet, parts: {sources: false}}\n", PAGE ("a"), n);
		g_assert_true (compose (&c, text, "leaflet"));
		const RnSide *inner = side_of (&c, 1);
		RnLength least = G_MAXINT32, most = 0;
		for (guint i = 0; i < 3; i++) {
			const Area area = text_area (inner, RN_MM (99.5) * (RnLength) i, RN_MM (99.5) * (RnLength) (i + 1) - RN_MM (2));
			least = MIN (least, area.bottom);
			most = MAX (most, area.bottom);
		}
		g_assert_cmpint (most, <=, RN_MM (200));
		g_assert_cmpint (most - least, <, RN_PT (15));
		assert_told (&c, "");
		done (&c);
	}
}

/* What does not fit is told at its page; it does not cover the back, and the other leaflet of the file is made. */
static void test_overflow (void)
{
	Composing c;
	g_autofree char *one = site_of (SITE_HEAD "    - leaflet\n", PAGE ("a"), 300), *text = site_of (one, PAGE ("b"), 5);
	g_assert_true (compose (&c, text, "leaflet"));
	g_assert_cmpuint (c.s->setter.book->sides->len, ==, 4);
	assert_told (&c, "content/faq/a.ru.md: product-overflow\n");
	g_autofree char *long_back = words_of (side_of (&c, 0)), *other = words_of (side_of (&c, 3));
	g_assert_nonnull (strstr (long_back, "112"));
	g_assert_nonnull (strstr (other, "Патент"));
	/* The text that there is stays above what the back says. */
	const Area back = text_area (side_of (&c, 0), RN_MM (98), RN_MM (197));
	g_assert_cmpint (back.bottom, <, RN_MM (206));
	done (&c);
}

/* A list: its head and its foot stand across the sheet; what fits its face leaves the back empty. */
static void test_list (void)
{
	static const struct { guint n; gboolean blank; } CASES[] = { { 6, TRUE }, { 45, FALSE } };
	for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
		Composing c;
		g_autofree char *text = site_of (SITE_HEAD "    - list-sheet\n", PAGE ("a"), CASES[i].n);
		g_assert_true (compose (&c, text, "list-sheet"));
		g_assert_cmpuint (c.s->setter.book->sides->len, ==, 2);
		g_autofree char *face = words_of (side_of (&c, 0)), *back = words_of (side_of (&c, 1)), *last = g_strdup (CASES[i].blank ? face : back);
		g_assert_cmpint (side_of (&c, 1)->blank, ==, CASES[i].blank);
		g_assert_nonnull (strstr (face, "патенте"));
		g_assert_nonnull (strstr (face, "1/2"));
		g_assert_nonnull (strstr (last, "103"));
		g_assert_nonnull (strstr (last, "example.org/ru/faq/a"));
		g_assert_cmpint (strstr (back, "2/2") == NULL, ==, CASES[i].blank);
		assert_told (&c, "");
		done (&c);
	}
}

/* --- cards and posters ---------------------------------------------------------------------------------------------------------- */

/* Nothing nearer than 4 mm to the trim but the ground, which goes beyond it. */
static void test_card (void)
{
	Composing c;
	g_autofree char *text = site_of (SITE_HEAD "    - {name: card, cards: {text: Не отдавайте паспорт.}}\n", PAGE ("a"), 1);
	g_assert_true (compose (&c, text, "card"));
	g_assert_cmpuint (c.s->setter.book->sides->len, ==, 2);
	g_autofree char *front = words_of (side_of (&c, 0)), *back = words_of (side_of (&c, 1)), *grounds = grounds_of (side_of (&c, 0)), *none = grounds_of (side_of (&c, 1));
	g_assert_true (g_str_has_prefix (front, "Путеводитель\n"));
	g_assert_nonnull (strstr (front, "112"));
	g_assert_nonnull (strstr (back, "паспорт."));
	g_assert_nonnull (strstr (back, "example.org/ru"));
	g_assert_nonnull (strstr (back, "Центр"));
	g_assert_true (g_str_has_prefix (grounds, "-30 -30 916 "));
	g_assert_cmpstr (none, ==, "");
	for (guint i = 0; i < 2; i++) {
		const Area area = text_area (side_of (&c, i), 0, RN_MM (85.6));
		g_assert_cmpint (MIN (area.left, area.top), >=, RN_MM (3.9));
		g_assert_cmpint (area.right, <=, RN_MM (81.7));
		g_assert_cmpint (area.bottom, <=, RN_MM (50.1));
	}
	assert_told (&c, "");
	done (&c);
}

/* Without a title there is no ground, and what is said of a page is never black on black. */
static void test_band (void)
{
	static const struct { const char *front; guint grounds; RnTint ink; } CASES[] = {
		{ "[title, description]", 1, RN_PAPER }, { "[description]", 0, RN_BLACK }, { "[hotlines, title]", 0, RN_BLACK },
	};
	for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
		Composing c;
		g_autofree char *product = g_strdup_printf (SITE_HEAD "    - {name: card, cards: {each: page, front: %s, back: []}}\n", CASES[i].front);
		g_autofree char *text = site_of (product, PAGE ("a"), 1);
		g_assert_true (compose (&c, text, "card"));
		const RnSide *side = side_of (&c, 0);
		g_autofree char *grounds = grounds_of (side);
		g_assert_cmpint (*grounds != '\0', ==, CASES[i].grounds);
		for (guint k = 0; k < side->placed->len; k++) {
			const RnPiece *piece = g_array_index (side->placed, RnPlaced, k).piece;
			for (guint m = 0; m < piece->n_marks; m++)
				if (piece->marks[m].kind == RN_MARK_TEXT)
					g_assert_cmpuint (piece->marks[m].tint, ==, CASES[i].ink);
		}
		done (&c);
	}
}

static void test_card_overflow (void)
{
	Composing c;
	g_autofree char *text = site_of (SITE_HEAD "    - {name: card, cards: {each: page, front: [title, body], back: []}}\n", PAGE ("a"), 20);
	g_autofree char *two = site_of (text, PAGE ("b"), 1);
	g_assert_true (compose (&c, two, "card"));
	/* No back: a side each. */
	g_assert_cmpuint (c.s->setter.book->sides->len, ==, 2);
	assert_told (&c, "content/faq/a.ru.md: product-overflow\n");
	done (&c);
}

/* White stands evenly between the things on a poster, from its band to its foot. */
static void test_poster (void)
{
	Composing c;
	g_autofree char *text = site_of (SITE_HEAD "    - {name: poster, poster: {text: Не отдавайте паспорт.}}\n", PAGE ("a"), 1);
	g_assert_true (compose (&c, text, "poster"));
	g_assert_cmpuint (c.s->setter.book->sides->len, ==, 1);
	const Area area = text_area (side_of (&c, 0), 0, RN_MM (297));
	g_assert_cmpint (area.top, >=, RN_MM (20));
	g_assert_cmpint (area.bottom, >=, RN_MM (330));
	g_assert_cmpint (area.bottom, <=, RN_MM (398.1));
	g_assert_cmpint (area.right, <=, RN_MM (277.1));
	assert_told (&c, "");
	done (&c);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/print/panels/geometry", test_geometry);
	g_test_add_func ("/print/panels/leaflet", test_leaflet);
	g_test_add_func ("/print/panels/even", test_even);
	g_test_add_func ("/print/panels/overflow", test_overflow);
	g_test_add_func ("/print/panels/list", test_list);
	g_test_add_func ("/print/panels/card", test_card);
	g_test_add_func ("/print/panels/band", test_band);
	g_test_add_func ("/print/panels/card-overflow", test_card_overflow);
	g_test_add_func ("/print/panels/poster", test_poster);
	return g_test_run ();
}
