/* diff.c - sequences and texts that became others: what is told leads from one to the other, and tells no more than it must. */
#include "base/diff.h"

#include <string.h>

/* --- sequences --------------------------------------------------------------------------------------------------------------- */

/* How many numbers come and go at least, by the table of all pairs of beginnings. */
static guint least (const guint32 *a, guint n_a, const guint32 *b, guint n_b)
{
	g_autofree guint *row = g_new (guint, n_b + 1);
	for (guint k = 0; k <= n_b; k++)
		row[k] = k;
	for (guint i = 1; i <= n_a; i++) {
		guint corner = row[0];
		row[0] = i;
		for (guint k = 1; k <= n_b; k++) {
			const guint above = row[k];
			row[k] = a[i - 1] == b[k - 1] ? corner : MIN (row[k - 1], above) + 1;
			corner = above;
		}
	}
	return row[n_b];
}

/* The runs cover both, are what they say, and stand in turn; gives how many numbers they let come and go. */
static guint check_runs (const guint32 *a, guint n_a, const guint32 *b, guint n_b)
{
	g_autoptr (GArray) runs = rn_diff (a, n_a, b, n_b);
	guint at_a = 0, at_b = 0, changed = 0;
	for (guint i = 0; i < runs->len; i++) {
		const RnDiffRun *run = &g_array_index (runs, RnDiffRun, i);
		g_assert_cmpuint (run->a, ==, at_a);
		g_assert_cmpuint (run->b, ==, at_b);
		g_assert_cmpuint (run->n_a + run->n_b, >, 0);
		g_assert_true (!i || run->same != g_array_index (runs, RnDiffRun, i - 1).same);
		if (run->same) {
			g_assert_cmpuint (run->n_a, ==, run->n_b);
			for (guint k = 0; k < run->n_a; k++)
				g_assert_cmpuint (a[run->a + k], ==, b[run->b + k]);
		} else {
			changed += run->n_a + run->n_b;
		}
		at_a += run->n_a;
		at_b += run->n_b;
	}
	g_assert_cmpuint (at_a, ==, n_a);
	g_assert_cmpuint (at_b, ==, n_b);
	return changed;
}

static void sequences (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (3);
	for (guint round = 0; round < 3000; round++) {
		guint32 a[40], b[40];
		const guint n_a = (guint) g_rand_int_range (rand, 0, 40), n_b = (guint) g_rand_int_range (rand, 0, 40), kinds = (guint) g_rand_int_range (rand, 1, 12);
		for (guint i = 0; i < 40; i++)
			a[i] = g_rand_int (rand) % kinds;
		for (guint i = 0; i < 40; i++)
			b[i] = g_rand_int (rand) % 3 ? a[(i + round) % 40] : g_rand_int (rand) % kinds;
		g_assert_cmpuint (check_runs (a, n_a, b, n_b), ==, least (a, n_a, b, n_b));
	}
}

/* Beyond the bound all between the ends is one run. */
static void far_apart (void)
{
	enum { N = 3000 };
	g_autofree guint32 *a = g_new (guint32, N), *b = g_new (guint32, N);
	for (guint i = 0; i < N; i++) {
		a[i] = i;
		b[i] = i < 10 || i >= N - 10 ? i : i + N;
	}
	g_assert_cmpuint (check_runs (a, N, b, N), ==, 2 * (N - 20));
	g_autoptr (GArray) runs = rn_diff (a, N, b, N);
	g_assert_cmpuint (runs->len, ==, 3);
}

/* --- texts -------------------------------------------------------------------------------------------------------------------- */

static char *marked (const char *before, const char *after)
{
	static const char *const marks[][2] = { { "", "" }, { "[-", "-]" }, { "{+", "+}" } };
	GString *out = g_string_new (NULL);
	g_autoptr (GArray) words = rn_diff_words (before, after);
	for (guint i = 0; i < words->len; i++) {
		const RnWords *one = &g_array_index (words, RnWords, i);
		g_string_append_printf (out, "%s%.*s%s", marks[one->kind][0], (int) one->len, one->text, marks[one->kind][1]);
	}
	return g_string_free (out, FALSE);
}

static void texts (void)
{
	static const char *const cases[][3] = {
		{ "", "", "" }, { "", "New words.", "{+New words.+}" }, { "Old words.", "", "[-Old words.-]" }, { "The same.", "The same.", "The same." },
		{ "It costs 100 somoni.", "It costs 150 somoni.", "It costs [-100-]{+150+} somoni." },
		{ "One two three four five six", "One two new three four five six", "One two {+new +}three four five six" },
		{ "quick brown foxes", "slow red hares", "[-quick brown foxes-]{+slow red hares+}" },
		{ "Weeks and months pass", "Days and years pass", "[-Weeks and months-]{+Days and years+} pass" },
		{ "Патент нужен сразу.", "Патент нужен через 30 дней.", "Патент нужен [-сразу-]{+через 30 дней+}." },
		{ "по-русски говорят", "по-таджикски говорят", "[-по-русски-]{+по-таджикски+} говорят" },
		/* A letter and its mark are one, in either way of writing them. */
		{ "мои\xcc\x86 дом", "мой дом", "[-мои\xcc\x86-]{+мой+} дом" }, { "e", "e\xcc\x81", "[-e-]{+e\xcc\x81+}" }, { "— x", "—\xcc\x81 x", "[-—-]{+—\xcc\x81+} x" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *said = marked (cases[i][0], cases[i][1]);
		g_assert_cmpstr (said, ==, cases[i][2]);
	}
}

static char *random_text (GRand *rand, const char *from)
{
	static const char *const pieces[] = { "патент", "ҳуҷҷат", "кор", " ", " ", " ", "  ", "\n", "-", ".", ",", "и", "й", "e\xcc\x81", "\xcc\x88", "’", "я", "100", "«", "»", "日本", "😀" };
	GString *text = g_string_new (NULL);
	g_auto (GStrv) old = g_strsplit (from, " ", -1);
	for (char **word = old; *word; word++) {
		if (g_rand_int (rand) % 4)
			g_string_append_printf (text, "%s ", *word);
		if (g_rand_int (rand) % 4 == 0)
			g_string_append (text, pieces[g_rand_int (rand) % G_N_ELEMENTS (pieces)]);
	}
	for (gint n = g_rand_int_range (rand, 0, 12); n > 0; n--)
		g_string_append (text, pieces[g_rand_int (rand) % G_N_ELEMENTS (pieces)]);
	return g_string_free (text, FALSE);
}

/* What stayed and went makes the old text, what stayed and came the new one; no piece begins with a mark that belongs to the one before. */
static void edits_lead_over (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (11);
	g_autofree char *text = g_strdup ("");
	for (guint round = 0; round < 3000; round++) {
		g_autofree char *next = random_text (rand, round % 30 ? text : "");
		g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
		g_autoptr (GArray) words = rn_diff_words (text, next);
		for (guint i = 0; i < words->len; i++) {
			const RnWords *one = &g_array_index (words, RnWords, i);
			g_assert_cmpuint (one->len, >, 0);
			g_assert_true (g_utf8_validate (one->text, (gssize) one->len, NULL));
			const gboolean begins = one->text == text || one->text == next;
			g_assert_true (begins || !g_unichar_ismark (g_utf8_get_char (one->text)));
			if (one->kind != RN_WORDS_CAME)
				g_string_append_len (before, one->text, (gssize) one->len);
			if (one->kind != RN_WORDS_GONE)
				g_string_append_len (after, one->text, (gssize) one->len);
		}
		g_assert_cmpstr (before->str, ==, text);
		g_assert_cmpstr (after->str, ==, next);
		g_free (text);
		text = g_steal_pointer (&next);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/diff/sequences", sequences);
	g_test_add_func ("/diff/far-apart", far_apart);
	g_test_add_func ("/diff/texts", texts);
	g_test_add_func ("/diff/edits-lead-over", edits_lead_over);
	return g_test_run ();
}
