/* Tables as boxes against tests/cases/print/<name>.md beside .boxes; how rows are kept together; a long one against the clock. */
#include "boxes.h"
#include <time.h>

typedef struct { const char *name, *language; double measure; const char *told; } Case;

static const Case cases[] = {
	{ "table-plain", "ru", 300, "" }, { "table-narrow", "tg", 161, "" }, { "table-smaller", "tg", 111, "" },
	{ "table-stacked", "ru", 161, "content/a.ru.md:5:1: [table-stacked] in sample a table is too wide for the page and is set row by row\n" },
};

/* What was told of tables. */
static char *told (Setting *s)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (s->sink, &n);
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < n; i++)
		if (list[i]->id == RN_D_TABLE_STACKED || list[i]->id == RN_D_LINE_OVERFULL)
			g_string_append_printf (out, "%s:%u:%u: [%s] %s\n", list[i]->where.file, list[i]->where.line, list[i]->where.col, rn_diagnostic_kind (list[i]->id)->id, list[i]->message);
	return g_string_free (out, FALSE);
}

static void test_case (gconstpointer data)
{
	const Case *c = data;
	g_autoptr (Setting) s = box_open (NULL, c->language);
	g_autofree char *file = g_strconcat (c->name, ".md", NULL), *path = g_build_filename (RN_TESTS, "cases", "print", file, NULL), *markdown = NULL;
	g_autofree char *golden = g_strconcat (c->name, ".boxes", NULL);
	g_assert_true (g_file_get_contents (path, &markdown, NULL, NULL));
	RnGalley *galley = box_set (s, markdown, RN_PT (c->measure), RN_PT (500));
	g_autofree char *text = boxes (galley), *messages = told (s);
	assert_golden (golden, text);
	assert_inside (galley, RN_PT (c->measure));
	g_assert_cmpstr (messages, ==, c->told);
	rn_galley_free (galley);
}

static RnPiece *nth (const RnGalley *galley, guint i)
{
	return g_ptr_array_index (galley->pieces, i);
}

/* The head is heard once: repeated, it is an artifact; and its first row holds on to it. */
static void test_head (void)
{
	g_autoptr (Setting) s = box_open (NULL, "ru");
	RnGalley *galley = box_set (s, "| А | Б |\n|---|---|\n| [в](https://example.org) | г |\n| д | е |\n", RN_PT (200), RN_PT (400));
	g_assert_cmpuint (galley->pieces->len, ==, 3);
	g_assert_null (nth (galley, 0)->repeat);
	g_assert_cmpint (nth (galley, 1)->penalty, ==, RN_KEEP);
	/* A small table is better whole, and its last row never alone. */
	g_assert_cmpint (nth (galley, 2)->penalty, >=, 300);
	g_assert_cmpint (nth (galley, 2)->penalty, <, RN_KEEP);
	const RnPiece *head = nth (galley, 2)->repeat;
	g_assert_nonnull (head);
	g_assert_cmpint (head->height, ==, nth (galley, 0)->height);
	for (guint i = 0; i < head->n_marks; i++)
		g_assert_null (head->marks[i].tag);
	rn_galley_free (galley);
}

/* A row that is higher than half a column is as many pieces as it has lines; others are one. */
static void test_high_row (void)
{
	g_autoptr (Setting) s = box_open (NULL, "ru");
	g_autoptr (GString) text = g_string_new ("| А | Б |\n|---|---|\n| коротко | ");
	for (guint i = 0; i < 200; i++)
		g_string_append (text, "слово ");
	g_string_append (text, "|\n| в | г |\n");
	RnGalley *galley = box_set (s, text->str, RN_PT (200), RN_PT (200));
	guint n = galley->pieces->len, free_breaks = 0;
	g_assert_cmpuint (n, >, 20);
	for (guint i = 1; i < n; i++) {
		g_assert_true (nth (galley, i)->repeat == nth (galley, 1)->repeat);
		g_assert_cmpint (nth (galley, i)->height, <, RN_PT (30));
		free_breaks += nth (galley, i)->penalty == 0;
	}
	g_assert_cmpuint (free_breaks, >, n - 6);
	assert_inside (galley, RN_PT (200));
	rn_galley_free (galley);
}

/* Of the processor, for this thread, in microseconds: what else the machine does is no fault of this. */
static gint64 processor_time (void)
{
	struct timespec spent;
	clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
	return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

/* Twice as many rows take twice as long. */
static void test_long (void)
{
	g_autoptr (Setting) s = box_open (NULL, "ru");
	double seconds[2];
	for (guint round = 0; round < 2; round++) {
		g_autoptr (GString) text = g_string_new ("| Город | Телефон | Адрес | Примечание |\n|---|---|---|---|\n");
		guint rows = round == 0 ? 1500 : 3000;
		for (guint i = 0; i < rows; i++)
			g_string_append_printf (text, "| Душанбе %u | +992 44 600 %04u | улица Рудаки, %u | работает с понедельника по пятницу |\n", i, i, i);
		gint64 start = processor_time ();
		RnGalley *galley = box_set (s, text->str, RN_PT (334), RN_PT (500));
		seconds[round] = (double) (processor_time () - start) / 1e6;
		g_assert_cmpuint (galley->pieces->len, ==, rows + 1);
		assert_inside (galley, RN_PT (334));
		rn_galley_free (galley);
	}
	g_test_message ("1500 rows: %.3f s, 3000 rows: %.3f s", seconds[0], seconds[1]);
	g_assert_cmpfloat (seconds[1], <, seconds[0] * 4 + 0.5);
}

/* Rows of different lengths, no rows, one cell, wide spans: nothing falls over. */
static void test_odd (void)
{
	static const char *const tables[] = {
		"<table></table>", "<table><tr></tr></table>", "<table><tr><td></td></tr></table>", "<table><thead><tr><th>а</th></tr></thead></table>",
		"<table><tr><td rowspan=\"99999999999\" colspan=\"99999999999\">а</td></tr><tr><td>б</td></tr></table>",
		"<table><tr><td>а</td></tr><tr><td>б</td><td>в</td><td>г</td></tr></table>", "<table><tr><td><table><tr><td>внутри</td></tr></table></td></tr></table>",
		"<table><tr><td><h2>а</h2><pre>  б</pre><hr><blockquote>в</blockquote></td></tr></table>",
	};
	g_autoptr (Setting) s = box_open (NULL, "ru");
	for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
		for (gint measure = 20; measure < 300; measure += 40) {
			g_autofree char *text = g_strconcat ("текст\n\n", tables[i], "\n\nтекст\n", NULL);
			RnGalley *galley = box_set (s, text, RN_PT (measure), RN_PT (300));
			g_assert_cmpuint (galley->pieces->len, >=, 2);
			if (measure >= 100)
				assert_inside (galley, RN_PT (measure));
			rn_galley_free (galley);
		}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *name = g_strconcat ("/print/table/", cases[i].name, NULL);
		g_test_add_data_func (name, &cases[i], test_case);
	}
	g_test_add_func ("/print/table/head", test_head);
	g_test_add_func ("/print/table/high-row", test_high_row);
	g_test_add_func ("/print/table/odd", test_odd);
	g_test_add_func ("/print/table/long", test_long);
	return g_test_run ();
}
