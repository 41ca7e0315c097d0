/*
 * linebreak.c - break strips against tests/cases/print/NAME.breaks beside NAME.txt, and what must hold for any items.
 *
 * A case's first line is "measure N" in characters, "measure N M" where the first line has another; below it the paragraph, every letter a character
 * wide, "·" where a word may be parted. A strip's line ends in the ratio in percent.
 */
#include "print/linebreak.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define EM 1000

typedef struct { RnLength first, rest; } Measure;

static RnLength measure_of (gpointer user, guint line)
{
	const Measure *measure = user;
	return line ? measure->rest : measure->first;
}

static void box (GArray *items, RnLength width)
{
	RnItem item = { .kind = RN_ITEM_BOX, .width = width };
	g_array_append_val (items, item);
}

static void glue (GArray *items, RnLength width, RnLength stretch, RnLength shrink)
{
	RnItem item = { .kind = RN_ITEM_GLUE, .width = width, .stretch = stretch, .shrink = shrink };
	g_array_append_val (items, item);
}

static void penalty (GArray *items, gint16 value, RnLength width, gboolean flagged)
{
	RnItem item = { .kind = RN_ITEM_PENALTY, .penalty = value, .width = width, .flagged = flagged };
	g_array_append_val (items, item);
}

static void finish (GArray *items)
{
	glue (items, 0, RN_FILL, 0);
	penalty (items, RN_FORCE, 0, FALSE);
}

static const RnItem *data_of (GArray *items)
{
	return (const RnItem *) (gpointer) items->data;
}

static const RnBrokenLine *lines_of (GArray *lines)
{
	return (const RnBrokenLine *) (gpointer) lines->data;
}

static GArray *break_with (GArray *items, Measure *measure, gboolean greedy)
{
	GArray *lines = g_array_new (FALSE, FALSE, sizeof (RnBrokenLine));
	RnLineRules rules = { .width = measure_of, .user = measure, .greedy = greedy };
	rn_break_lines (data_of (items), items->len, &rules, lines);
	return lines;
}

static double demerits (GArray *items, Measure *measure, GArray *lines)
{
	RnLineRules rules = { .width = measure_of, .user = measure };
	return rn_lines_demerits (data_of (items), &rules, lines_of (lines), lines->len);
}

/* --- break strips --------------------------------------------------------------------------------------------------------- */

#define SOFT 0xb7

/* TEXT's items; LETTERS (GArray of gunichar) has what each stands for, 0 for none. A newline is a forced break. */
static GArray *items_of (const char *text, GArray *letters)
{
	GArray *items = g_array_new (FALSE, TRUE, sizeof (RnItem));
	for (const char *p = text; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (c == SOFT) {
			penalty (items, 50, EM, TRUE);
		} else if (c == ' ') {
			glue (items, EM, EM / 2, EM / 3);
		} else if (c == '\n') {
			glue (items, 0, RN_FILL, 0);
			g_array_append_vals (letters, (gunichar[]) { 0 }, 1);
			penalty (items, RN_FORCE, 0, FALSE);
		} else {
			box (items, EM);
		}
		g_array_append_val (letters, c);
	}
	finish (items);
	g_array_set_size (letters, items->len);
	return items;
}

static void append_strip (GString *out, GArray *items, GArray *letters, GArray *lines)
{
	for (guint k = 0; k < lines->len; k++) {
		const RnBrokenLine *line = &g_array_index (lines, RnBrokenLine, k);
		for (guint i = line->begin; i < line->end; i++)
			if (g_array_index (items, RnItem, i).kind != RN_ITEM_PENALTY && g_array_index (letters, gunichar, i))
				g_string_append_unichar (out, g_array_index (letters, gunichar, i));
		g_string_append_printf (out, "%s|%ld%s\n", line->hyphen ? "-" : "", lround (line->ratio * 100), line->overfull ? " overfull" : "");
	}
}

static char *strips (const char *text)
{
	GString *out = g_string_new (NULL);
	const char *newline = strchr (text, '\n');
	g_autofree char *head = g_strndup (text, (gsize) (newline - text));
	g_autofree char *paragraph = g_strchomp (g_strdup (newline + 1));
	g_auto (GStrv) words = g_strsplit (head, " ", -1);
	g_assert_cmpstr (words[0], ==, "measure");
	RnLength rest = (RnLength) g_ascii_strtoll (words[words[2] ? 2 : 1], NULL, 10) * EM;
	Measure measure = { (RnLength) g_ascii_strtoll (words[1], NULL, 10) * EM, rest };
	g_autoptr (GArray) letters = g_array_new (FALSE, TRUE, sizeof (gunichar)), items = items_of (paragraph, letters);
	for (guint greedy = 0; greedy < 2; greedy++) {
		g_autoptr (GArray) lines = break_with (items, &measure, greedy);
		g_string_append_printf (out, "%s%s\n", greedy ? "\n" : "", greedy ? "first fit" : "total fit");
		append_strip (out, items, letters, lines);
	}
	return g_string_free (out, FALSE);
}

static void strip (gconstpointer user)
{
	const char *name = user;
	g_autofree char *in = g_strdup_printf (RN_TESTS "/cases/print/%s.txt", name), *golden = g_strdup_printf (RN_TESTS "/cases/print/%s.breaks", name);
	g_autofree char *text = NULL, *wanted = NULL;
	g_autoptr (GError) error = NULL;
	g_file_get_contents (in, &text, NULL, &error);
	g_assert_no_error (error);
	g_autofree char *got = strips (text);
	if (g_getenv ("RN_UPDATE"))
		g_file_set_contents (golden, got, -1, NULL);
	g_file_get_contents (golden, &wanted, NULL, NULL);
	g_assert_cmpstr (got, ==, wanted);
}

static void add_strips (void)
{
	g_autoptr (GDir) dir = g_dir_open (RN_TESTS "/cases/print", 0, NULL);
	guint found = 0;
	for (const char *file; dir && (file = g_dir_read_name (dir));) {
		if (!g_str_has_suffix (file, ".breaks"))
			continue;
		char *name = g_strndup (file, strlen (file) - strlen (".breaks"));
		g_autofree char *path = g_strconcat ("/linebreak/strip/", name, NULL);
		g_test_add_data_func_full (path, name, strip, g_free);
		found++;
	}
	g_assert_cmpuint (found, >=, 5);
}

/* --- any items --------------------------------------------------------------------------------------------------------- */

static gboolean may_break (const RnItem *items, guint i)
{
	if (items[i].kind == RN_ITEM_PENALTY)
		return items[i].penalty < RN_FORBID;
	return items[i].kind == RN_ITEM_GLUE && items[i].stretch != RN_FILL && i && items[i - 1].kind == RN_ITEM_BOX;
}

/* The least width of a line over [BEGIN, END) that breaks there. */
static gint64 least (const RnItem *items, guint begin, guint end)
{
	gint64 width = items[end].kind == RN_ITEM_PENALTY ? items[end].width : 0;
	for (guint i = begin; i < end; i++)
		if (items[i].kind != RN_ITEM_PENALTY)
			width += items[i].width - items[i].shrink;
	return width;
}

static void check_lines (GArray *list, Measure *measure, GArray *lines)
{
	const RnItem *items = data_of (list);
	guint next = 0;
	for (guint k = 0; k < lines->len; k++) {
		const RnBrokenLine *line = &lines_of (lines)[k];
		/* Nothing but glue and penalties is lost between two lines, and no forced break is passed over. */
		for (guint i = next; i < line->begin; i++)
			g_assert_true (items[i].kind != RN_ITEM_BOX && (items[i].kind != RN_ITEM_PENALTY || items[i].penalty > RN_FORCE));
		g_assert_cmpuint (line->begin, <=, line->end);
		g_assert_true (may_break (items, line->end));
		for (guint i = line->begin; i < line->end; i++)
			g_assert_true (items[i].kind != RN_ITEM_PENALTY || items[i].penalty > RN_FORCE);
		gboolean wide = least (items, line->begin, line->end) > measure_of (measure, k);
		g_assert_cmpint (wide, ==, line->overfull);
		/* Wider than its measure only where no earlier break would have done. (Unless what follows fits into the first line alone.) */
		for (guint i = line->begin + 1; wide && measure->first <= measure->rest && i < line->end; i++)
			g_assert_true (!may_break (items, i) || least (items, line->begin, i) > measure_of (measure, k));
		g_assert_cmpfloat (line->ratio, >=, -1);
		next = line->end + 1;
	}
	g_assert_cmpuint (next, ==, list->len);
}

/* LOOSE: with spaces that stretch. */
static GArray *random_items (GRand *rand, guint n)
{
	GArray *items = g_array_new (FALSE, TRUE, sizeof (RnItem));
	for (guint i = 0; i < n; i++)
		switch (g_rand_int_range (rand, 0, 16)) {
		case 0: case 1: case 2: case 3: case 4: case 5: case 6: box (items, g_rand_int_range (rand, 0, 6000)); break;
		case 7: box (items, g_rand_int_range (rand, 0, 90000)); break;
		case 8: case 9: case 10: case 11: glue (items, g_rand_int_range (rand, 500, 1500), g_rand_int_range (rand, 0, 600), g_rand_int_range (rand, 0, 400)); break;
		case 12: penalty (items, (gint16) g_rand_int_range (rand, -500, 1000), g_rand_int_range (rand, 0, 1500), g_rand_boolean (rand)); break;
		case 13: penalty (items, 50, EM, TRUE); break;
		case 14: penalty (items, RN_FORBID, 0, FALSE); break;
		case 15:
			if (!g_rand_int_range (rand, 0, 6))
				finish (items);
			break;
		}
	finish (items);
	return items;
}

static void any_items (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (20);
	for (guint round = 0; round < 3000; round++) {
		RnLength rest = g_rand_int_range (rand, -100, 60000);
		Measure measure = { g_rand_boolean (rand) ? rest : g_rand_int_range (rand, 0, 60000), rest };
		g_autoptr (GArray) items = random_items (rand, (guint) g_rand_int_range (rand, 0, 120));
		g_autoptr (GArray) best = break_with (items, &measure, FALSE), first = break_with (items, &measure, TRUE);
		check_lines (items, &measure, best);
		check_lines (items, &measure, first);
		g_autoptr (GArray) again = break_with (items, &measure, FALSE);
		g_assert_cmpmem (best->data, best->len * sizeof (RnBrokenLine), again->data, again->len * sizeof (RnBrokenLine));
	}
}

/* Words as text has them. */
static GArray *words (GRand *rand, guint n)
{
	GArray *items = g_array_new (FALSE, TRUE, sizeof (RnItem));
	for (guint i = 0; i < n; i++) {
		guint letters = (guint) g_rand_int_range (rand, 1, 14);
		if (i)
			glue (items, EM / 2, EM / 4, EM / 6);
		for (guint k = 0; k < letters; k++) {
			if (k > 2 && k + 3 <= letters && k % 2)
				penalty (items, 50, EM / 3, TRUE);
			box (items, g_rand_int_range (rand, 400, 650));
		}
	}
	finish (items);
	return items;
}

/* Every way there is to break a short paragraph, tried one by one: none is cheaper among those whose lines are no looser than ours at worst. */
typedef struct { const RnItem *items; guint n; Measure *measure; double best, loosest; RnBrokenLine lines[64]; } Search;

static double ratio_of (const Search *search, guint begin, guint end, guint line, gboolean *fits)
{
	gint64 width = search->items[end].kind == RN_ITEM_PENALTY ? search->items[end].width : 0, stretch = 0, shrink = 0;
	gboolean fills = FALSE;
	for (guint i = begin; i < end; i++) {
		const RnItem *item = &search->items[i];
		if (item->kind == RN_ITEM_PENALTY)
			continue;
		width += item->width;
		if (item->kind == RN_ITEM_GLUE)
			fills |= item->stretch == RN_FILL, stretch += item->stretch == RN_FILL ? 0 : item->stretch, shrink += item->shrink;
	}
	gint64 lack = measure_of (search->measure, line) - width;
	*fits = lack + shrink >= 0 && (fills || stretch * search->loosest >= lack);
	return lack < 0 ? (double) lack / (double) MAX (shrink, 1) : fills || !stretch ? 0 : (double) lack / (double) stretch;
}

static void search_from (Search *search, guint begin, guint line)
{
	RnLineRules rules = { .width = measure_of, .user = search->measure };
	for (guint end = begin; end < search->n; end++) {
		gboolean fits;
		if (!may_break (search->items, end))
			continue;
		double ratio = ratio_of (search, begin, end, line, &fits);
		search->lines[line] = (RnBrokenLine) { begin, end, ratio, search->items[end].kind == RN_ITEM_PENALTY && search->items[end].flagged, FALSE };
		if (fits && end + 1 == search->n)
			search->best = MIN (search->best, rn_lines_demerits (search->items, &rules, search->lines, line + 1));
		else if (fits && line + 1 < G_N_ELEMENTS (search->lines))
			search_from (search, search->items[end].kind == RN_ITEM_GLUE || search->items[end + 1].kind == RN_ITEM_BOX ? end + 1 : end + 2, line + 1);
	}
}

static void is_the_best (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (21);
	guint compared = 0;
	for (guint round = 0; round < 60; round++) {
		Measure measure = { g_rand_int_range (rand, 9000, 14000), 0 };
		measure.rest = round % 3 ? measure.first : g_rand_int_range (rand, 9000, 14000);
		g_autoptr (GArray) items = words (rand, 8);
		g_autoptr (GArray) lines = break_with (items, &measure, FALSE);
		/* What the passes allow: the first that is at least as loose as what came out. */
		double worst = 0;
		for (guint k = 0; k < lines->len; k++)
			worst = MAX (worst, lines_of (lines)[k].ratio);
		double steps[] = { cbrt (2), cbrt (8), cbrt (30) };
		guint step = 0;
		while (step < 3 && worst > steps[step])
			step++;
		if (step == 3)
			continue;
		Search search = { .items = data_of (items), .n = items->len, .measure = &measure, .best = G_MAXDOUBLE, .loosest = steps[step] };
		search_from (&search, 0, 0);
		g_assert_cmpfloat_with_epsilon (demerits (items, &measure, lines), search.best, 1e-6 * search.best);
		compared++;
	}
	g_assert_cmpuint (compared, >, 30);
}

static double worst_of (GArray *lines)
{
	double worst = 0;
	for (guint k = 0; k < lines->len; k++)
		worst = MAX (worst, lines_of (lines)[k].ratio);
	return worst;
}

static void beats_first_fit (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (22);
	double best_sum = 0, first_sum = 0;
	for (guint round = 0; round < 300; round++) {
		RnLength width = g_rand_int_range (rand, 14000, 60000);
		Measure measure = { width, width };
		g_autoptr (GArray) items = words (rand, (guint) g_rand_int_range (rand, 5, 200));
		g_autoptr (GArray) best = break_with (items, &measure, FALSE), first = break_with (items, &measure, TRUE);
		double ours = demerits (items, &measure, best), theirs = demerits (items, &measure, first);
		/* First fit may be cheaper in sum only where it has a line looser than is allowed at first. */
		if (worst_of (first) <= cbrt (2))
			g_assert_cmpfloat (ours, <=, theirs * (1 + 1e-9));
		best_sum += ours;
		first_sum += theirs;
	}
	g_test_message ("demerits: %.3g of first fit's", best_sum / first_sum);
	g_assert_cmpfloat (best_sum, <, first_sum / 2);
}

/* --- the last line, long things, time -------------------------------------------------------------------------------------- */

static void no_remainder (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (23);
	guint runts = 0, remainders = 0;
	for (guint round = 0; round < 400; round++) {
		Measure measure = { 30000, 30000 };
		g_autoptr (GArray) items = words (rand, 60);
		g_autoptr (GArray) lines = break_with (items, &measure, FALSE);
		const RnBrokenLine *last = &lines_of (lines)[lines->len - 1];
		runts += least (data_of (items), last->begin, last->end) * 20 < measure.rest;
		guint spaces = 0;
		for (guint i = last->begin; i + 2 < last->end; i++)
			spaces += data_of (items)[i].kind == RN_ITEM_GLUE;
		remainders += lines_of (lines)[lines->len - 2].hyphen && !spaces;
	}
	g_test_message ("of 400 paragraphs %u end in a runt, %u in a remainder", runts, remainders);
	g_assert_cmpuint (runts, <=, 2);
	g_assert_cmpuint (remainders, ==, 0);
}

static void one_long_word (void)
{
	Measure measure = { 20 * EM, 20 * EM };
	g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (RnItem));
	box (items, 3 * EM);
	glue (items, EM, EM / 2, EM / 3);
	box (items, 400 * EM);
	glue (items, EM, EM / 2, EM / 3);
	box (items, 3 * EM);
	finish (items);
	g_autoptr (GArray) lines = break_with (items, &measure, FALSE);
	g_assert_cmpuint (lines->len, ==, 3);
	g_assert_false (lines_of (lines)[0].overfull);
	g_assert_true (lines_of (lines)[1].overfull);
	g_assert_false (lines_of (lines)[2].overfull);

	g_autoptr (GArray) parted = g_array_new (FALSE, TRUE, sizeof (RnItem));
	for (guint i = 0; i < 400; i++) {
		box (parted, EM);
		penalty (parted, 50, EM, TRUE);
	}
	finish (parted);
	g_autoptr (GArray) many = break_with (parted, &measure, FALSE);
	check_lines (parted, &measure, many);
	g_assert_cmpuint (many->len, ==, 21);
}

static void nothing (void)
{
	Measure measure = { 20 * EM, 20 * EM };
	g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (RnItem)), none = break_with (items, &measure, FALSE);
	g_assert_cmpuint (none->len, ==, 0);
	finish (items);
	g_autoptr (GArray) empty = break_with (items, &measure, FALSE);
	g_assert_cmpuint (empty->len, ==, 1);
	penalty (items, RN_FORCE, 0, FALSE);
	g_autoptr (GArray) two = break_with (items, &measure, FALSE);
	g_assert_cmpuint (two->len, ==, 2);
}

/* Of the processor, for this thread, in microseconds: what else the machine does is no fault of this. */
static gint64 processor_time (void)
{
	struct timespec spent;
	clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
	return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static gint64 time_of (guint n_words, guint rounds, RnLength width, guint *lines_made)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (24);
	g_autoptr (GArray) items = words (rand, n_words), lines = g_array_new (FALSE, FALSE, sizeof (RnBrokenLine));
	Measure measure = { width, width };
	RnLineRules rules = { .width = measure_of, .user = &measure };
	gint64 begin = processor_time ();
	for (guint i = 0; i < rounds; i++) {
		g_array_set_size (lines, 0);
		rn_break_lines (data_of (items), items->len, &rules, lines);
	}
	*lines_made = lines->len;
	return (processor_time () - begin) * 1000 / rounds;
}

static void linear (void)
{
	guint lines;
	gint64 small = time_of (300, 200, 33000, &lines);
	g_test_message ("300 words in %u lines: %.1f us", lines, (double) small / 1000);
	gint64 narrow = time_of (300, 200, 16000, &lines);
	g_test_message ("300 words in %u lines: %.1f us", lines, (double) narrow / 1000);
	gint64 large = time_of (10000, 5, 33000, &lines);
	g_test_message ("10000 words in %u lines: %.1f us", lines, (double) large / 1000);
	/* 33 times the words; a machine under load may double a time, not make it eight times as long. */
	g_assert_cmpint (large, <, small * 33 * 8);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	add_strips ();
	g_test_add_func ("/linebreak/any-items", any_items);
	g_test_add_func ("/linebreak/is-the-best", is_the_best);
	g_test_add_func ("/linebreak/beats-first-fit", beats_first_fit);
	g_test_add_func ("/linebreak/no-remainder", no_remainder);
	g_test_add_func ("/linebreak/one-long-word", one_long_word);
	g_test_add_func ("/linebreak/nothing", nothing);
	g_test_add_func ("/linebreak/linear", linear);
	return g_test_run ();
}
