/* sieve.c - what is in a text is never denied; what is not is denied nearly always. */
#include "base/sieve.h"

#include <string.h>

static const char prose[] = "---\ntitle: \"Патент\"\nstatus: draft\n---\n\n## Где дают?\n\nВ центре (Душанбе), с 9 до 17. [Список](/lists/centres), `код`.\n";

static gboolean may_have (const RnSieve *sieve, const char *words)
{
	return rn_sieve_may_have (sieve, words, strlen (words));
}

/* Every part of a text of any bytes, up to twelve long. */
static void never_denied (void)
{
	for (guint round = 0; round < 200; round++) {
		g_autoptr (RnArena) arena = rn_arena_new (0);
		const gsize len = (gsize) g_test_rand_int_range (0, round < 100 ? 40 : 20000);
		g_autofree char *text = g_malloc (len + 1);
		for (gsize i = 0; i < len; i++)
			text[i] = g_test_rand_bit () ? (char) g_test_rand_int_range (0, 256) : "](`<:/ a\n"[g_test_rand_int_range (0, 9)];
		/* Alone, so that a byte too far is seen. */
		g_autofree char *alone = g_memdup2 (text, len);
		const RnSieve *sieve = rn_sieve_new (arena, alone, len);
		for (guint i = 0; len && i < 2000; i++) {
			const gsize from = (gsize) g_test_rand_int_range (0, (gint) len), most = MIN (len - from, 12);
			g_assert_true (rn_sieve_may_have (sieve, text + from, (gsize) g_test_rand_int_range (0, (gint) most + 1)));
		}
	}
}

static void denied (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GString) text = g_string_new (NULL);
	while (text->len < 10000)
		g_string_append (text, prose);
	const RnSieve *sieve = rn_sieve_new (arena, text->str, text->len);
	g_assert_true (may_have (sieve, "(/lists/") && may_have (sieve, "`код`"));
	guint let_through = 0;
	for (guint i = 0; i < 10000; i++) {
		g_autofree char *word = g_strdup_printf ("%c%c%c", g_test_rand_int_range ('a', 'z' + 1), g_test_rand_int_range ('a', 'z' + 1), "(:/`"[i % 4]);
		let_through += !strstr (text->str, word) && may_have (sieve, word);
	}
	g_assert_cmpuint (let_through, <, 1000);
}

static void unknown (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnSieve *sieve = rn_sieve_new (arena, prose, strlen (prose));
	g_assert_true (may_have (sieve, "nothing of the kind") && may_have (sieve, "::") && may_have (sieve, "é"));
	g_assert_true (may_have (NULL, "](fill:"));
	g_assert_false (may_have (sieve, "](fill:"));
	g_assert_false (may_have (rn_sieve_new (arena, "", 0), "](fill:"));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/sieve/never-denied", never_denied);
	g_test_add_func ("/sieve/denied", denied);
	g_test_add_func ("/sieve/unknown", unknown);
	return g_test_run ();
}
