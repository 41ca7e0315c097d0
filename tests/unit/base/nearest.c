/* nearest.c - the name that was meant, held against the plain definition of the distance over random names. */
#include "base/nearest.h"
#include "base/text.h"

#include <string.h>

/* The whole table, as the books have it. */
static guint plain_distance (const char *x, const char *y)
{
	guint n = (guint) strlen (x), m = (guint) strlen (y), w = m + 1;
	g_autofree guint *d = g_new (guint, (n + 1) * w);
	for (guint i = 0; i <= n; i++)
		for (guint j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i * w + j] = i + j;
				continue;
			}
			guint least = MIN (MIN (d[(i - 1) * w + j] + 1, d[i * w + j - 1] + 1), d[(i - 1) * w + j - 1] + (x[i - 1] != y[j - 1]));
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				least = MIN (least, d[(i - 2) * w + j - 2] + 1);
			d[i * w + j] = least;
		}
	return d[n * w + m];
}

static const char *plain_nearest (const char *name, const char *const *names)
{
	guint n = (guint) strlen (name), best = n < 5 ? 2 : MIN (n / 3, 6) + 1;
	const char *nearest = NULL;
	for (; *names; names++) {
		guint d = plain_distance (name, *names);
		if (d < best)
			best = d, nearest = *names;
	}
	return nearest;
}

static char *random_name (void)
{
	guint n = (guint) g_test_rand_int_range (0, 30);
	char *name = g_malloc0 (n + 1);
	for (guint i = 0; i < n; i++)
		name[i] = "abcd/"[g_test_rand_int_range (0, 5)];
	return name;
}

static char *random_edits (const char *name)
{
	GString *text = g_string_new (name);
	for (gint edits = g_test_rand_int_range (0, 8); edits--;) {
		gssize at = g_test_rand_int_range (0, (gint32) text->len + 1);
		switch (g_test_rand_int_range (0, 4)) {
		case 0: g_string_insert_c (text, at, 'x'); break;
		case 1: if ((gsize) at < text->len) g_string_erase (text, at, 1); break;
		case 2: if ((gsize) at < text->len) text->str[at] = 'y'; break;
		default:
			if ((gsize) at + 1 < text->len) {
				char c = text->str[at];
				text->str[at] = text->str[at + 1];
				text->str[at + 1] = c;
			}
		}
	}
	return g_string_free (text, FALSE);
}

static void as_defined (void)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
	for (guint i = 0; i < 60; i++)
		g_ptr_array_add (names, random_name ());
	g_ptr_array_add (names, NULL);
	const char *const *list = (const char *const *) names->pdata;
	g_autoptr (RnNearest) nearest = rn_nearest_new (list);
	for (guint i = 0; i < 2000; i++) {
		g_autofree char *name = random_edits (list[g_test_rand_int_range (0, 60)]);
		const char *wanted = plain_nearest (name, list);
		g_assert_true (rn_nearest_find (nearest, name) == wanted);
		g_assert_true (rn_text_nearest (name, list) == wanted);
	}
}

/* What a folder of dead links asks: thousands of questions of thousands of long names that are much alike. */
static void many_questions (void)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
	for (guint i = 0; i < 5000; i++)
		g_ptr_array_add (names, g_strdup_printf ("law/part %u/chapter %u/article %u", i % 7, i % 91, i));
	g_ptr_array_add (names, NULL);
	g_autoptr (RnNearest) nearest = rn_nearest_new ((const char *const *) names->pdata);
	g_test_timer_start ();
	for (guint i = 0; i < 2000; i++) {
		g_autofree char *name = g_strdup_printf ("something/else %u/altogether", i);
		g_assert_null (rn_nearest_find (nearest, name));
	}
	g_assert_cmpfloat (g_test_timer_elapsed (), <, 20);
}

static void odd_names (void)
{
	const char *const names[] = { "Душанбе", "", "x", NULL };
	g_assert_cmpstr (rn_text_nearest ("Душамбе", names), ==, "Душанбе");
	g_assert_cmpstr (rn_text_nearest ("Дшуанбе", names), ==, "Душанбе");
	g_assert_null (rn_text_nearest ("\xff\xfe", names));
	g_assert_null (rn_text_nearest ("far away", (const char *const[]) { NULL }));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/nearest/defined", as_defined);
	g_test_add_func ("/nearest/many", many_questions);
	g_test_add_func ("/nearest/odd", odd_names);
	return g_test_run ();
}
