/* fit.c - the largest size that fits, found among those of a product; white that is given out evenly. */
#include "setter-helper.h"
#include "print/fit-int.h"

#define SITE "-- content/a.ru.md --\n---\ntitle: A\n---\nA.\n"

/* --- sizes ------------------------------------------------------------------------------------------------------------------- */

/* What a try says: text of this size fits, larger than `well` with a flaw, up to this leading. */
typedef struct { double fits, well, leading; guint tries, told; RnLength last; } Measure;

static RnFitness measure (RnComposer *composer, gpointer user)
{
	Measure *m = user;
	const RnTextStyle *body = &composer->setter.styles.text[RN_STYLE_BODY];
	const double size = (double) body->size / 1000, leading = (double) body->leading / 1000;
	const RnOutlineEntry entry = { "x", 1, "x", FALSE };
	m->tries++;
	m->told += composer->setter.sink != NULL;
	m->last = body->size;
	g_array_append_val (composer->setter.book->outline, entry);
	return size > m->fits || leading > m->leading ? RN_FITS_NOT : size > m->well ? RN_FITS_POORLY : RN_FITS_WELL;
}

/* A product whose text has 10 points on 13.5. */
static RnComposer composer_of (Setting *s, const double *sizes, guint n)
{
	RnComposer composer = { .setter = s->setter };
	s->product.styles = s->setter.styles;
	s->product.fit = sizes;
	s->product.n_fit = n;
	composer.setter.product = &s->product;
	return composer;
}

static void test_size (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	static const double SIZES[] = { 100, 140, 130, 120, 110, 90, 80 };   /* in any order */
	static const struct { double fits, well, leading, least, percent; gboolean found; } CASES[] = {
		{ 12.5, 99, 99, 0, 120, TRUE }, { 14, 99, 99, 0, 140, TRUE }, { 8, 99, 99, 0, 80, TRUE }, { 7.9, 99, 99, 0, 80, FALSE },
		/* Not below what was asked for. */
		{ 9, 99, 99, 100, 100, FALSE }, { 10, 99, 99, 100, 100, TRUE },
		/* A flaw is worth four sizes, not five. */
		{ 14, 10, 99, 0, 100, TRUE }, { 14, 9, 99, 0, 140, TRUE }, { 14, 13.9, 99, 0, 130, TRUE },
	};
	for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
		RnComposer composer = composer_of (s, SIZES, G_N_ELEMENTS (SIZES));
		Measure m = { .fits = CASES[i].fits, .well = CASES[i].well, .leading = CASES[i].leading };
		RnFit fit;
		g_assert_cmpint (rn_fit_find (&composer, CASES[i].least, measure, &m, &fit), ==, CASES[i].found);
		g_assert_cmpfloat (fit.percent, ==, CASES[i].percent);
		g_assert_cmpuint (m.told, ==, 0);
		g_assert_cmpuint (m.tries, <, 18);
		g_assert_true (composer.setter.sink == s->sink);
		g_assert_true (composer.setter.quiet == s->quiet);
		g_assert_cmpuint (composer.setter.book->outline->len, ==, 0);
	}
}

/* At the size that is found, as loose as it goes; and what is to be told is told once, at the end. */
static void test_looseness (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	static const double SIZES[] = { 120, 100 };
	RnComposer composer = composer_of (s, SIZES, 2);
	Measure m = { .fits = 10, .well = 99, .leading = 14.2 };
	RnFit fit;
	g_assert_true (rn_fit_find (&composer, 0, measure, &m, &fit));
	g_assert_cmpfloat (fit.percent, ==, 100);
	/* 13.5 points and a tenth of `loose` per cent of them: 14.2 is 51. */
	g_assert_cmpuint (fit.loose, ==, 50);
	m.told = 0;
	g_assert_true (rn_fit (&composer, measure, &m));
	g_assert_cmpuint (m.told, ==, 1);
	g_assert_cmpint (m.last, ==, RN_PT (10));
	g_assert_cmpint (composer.setter.styles.text[RN_STYLE_BODY].leading, >, RN_PT (14.1));
	/* What stands on covers is set by its own measures. */
	g_assert_cmpint (composer.setter.styles.text[RN_STYLE_COVER_TITLE].leading, ==, RN_PT (13.5));
	m.fits = 5;
	g_assert_false (rn_fit (&composer, measure, &m));
	g_assert_cmpint (m.last, ==, RN_PT (10));
}

/* --- white ------------------------------------------------------------------------------------------------------------------- */

/* "10 10+6 10+6! 10+4": pieces with the white above them; "!": it holds on to the one before. */
static RnColumn column_of (RnArena *arena, const char *form)
{
	RnColumn column = { .placed = g_array_new (FALSE, TRUE, sizeof (RnPlaced)) };
	g_auto (GStrv) words = g_strsplit (form, " ", -1);
	for (guint i = 0; words[i]; i++) {
		RnPiece *piece = rn_arena_new0 (arena, RnPiece);
		const char *plus = strchr (words[i], '+');
		piece->height = atoi (words[i]);
		piece->space = plus ? atoi (plus + 1) : 0;
		piece->penalty = strchr (words[i], '!') ? RN_KEEP : 0;
		const RnPlaced placed = { piece, 0, column.used + (i ? piece->space : 0) };
		g_array_append_val (column.placed, placed);
		column.used = placed.y + piece->height;
	}
	return column;
}

static void test_spread (void)
{
	static const struct { const char *form; RnLength extra; guint most; gboolean notes; const char *tops; RnLength used; } CASES[] = {
		{ "10 10+6 10+6", 12, 100, FALSE, "0 22 44", 54 },
		{ "10 10+6 10+2", 8, 100, FALSE, "0 22 36", 46 },
		/* Not beyond the most, not below a heading, not between lines, not above notes. */
		{ "10 10+6 10+6", 30, 50, FALSE, "0 19 38", 48 },
		{ "10 10+6 10+4!", 6, 100, FALSE, "0 22 36", 46 },
		{ "10+8 10 10", 9, 100, FALSE, "0 10 20", 30 },
		{ "10 10+6", 6, 100, TRUE, "0 16", 26 },
		{ "10 10+6", -5, 100, FALSE, "0 16", 26 },
		{ "", 5, 100, FALSE, "0", 0 },
	};
	for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
		g_autoptr (RnArena) arena = rn_arena_new (0);
		RnColumn column = column_of (arena, CASES[i].form);
		g_autoptr (GString) tops = g_string_new (NULL);
		column.notes = CASES[i].notes;
		rn_fit_spread (&column, CASES[i].extra, CASES[i].most);
		for (guint k = 0; k < column.placed->len; k++)
			g_string_append_printf (tops, k ? " %d" : "%d", g_array_index (column.placed, RnPlaced, k).y);
		g_assert_cmpstr (column.placed->len ? tops->str : "0", ==, CASES[i].tops);
		g_assert_cmpint (column.used, ==, CASES[i].used);
		g_array_unref (column.placed);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/print/fit/size", test_size);
	g_test_add_func ("/print/fit/looseness", test_looseness);
	g_test_add_func ("/print/fit/spread", test_spread);
	return g_test_run ();
}
