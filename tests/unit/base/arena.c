/* arena.c - many small objects with one lifetime. */
#include "base/arena.h"

#include <stdint.h>
#include <string.h>

/* Objects do not overlap, are aligned and zeroed, whatever their sizes and however often the arena is used again. */
static void test_property (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (64);
	for (guint round = 0; round < 20; round++) {
		guchar *objects[300];
		gsize sizes[300];
		for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
			sizes[i] = (gsize) g_test_rand_int_range (0, i % 50 ? 100 : 5000);
			objects[i] = rn_arena_alloc (arena, sizes[i]);
			g_assert_nonnull (objects[i]);
			g_assert_cmpuint ((uintptr_t) objects[i] % 16, ==, 0);
			for (gsize j = 0; j < sizes[i]; j++)
				g_assert_cmpuint (objects[i][j], ==, 0);
			memset (objects[i], (int) (i % 255) + 1, sizes[i]);
		}
		for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
			for (gsize j = 0; j < sizes[i]; j++)
				g_assert_cmpuint (objects[i][j], ==, i % 255 + 1);
		rn_arena_reset (arena);
	}
}

static void test_strings (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_assert_cmpstr (rn_arena_strndup (arena, "роҳнамо", -1), ==, "роҳнамо");
	g_assert_cmpstr (rn_arena_strndup (arena, "abcdef", 3), ==, "abc");
	g_assert_cmpstr (rn_arena_strndup (arena, "", -1), ==, "");
	g_assert_null (rn_arena_strndup (arena, NULL, 5));
	g_assert_cmpstr (rn_arena_printf (arena, "%s/%d", "a", 7), ==, "a/7");
	g_autofree char *long_text = g_strnfill (100000, 'x');
	g_assert_cmpstr (rn_arena_printf (arena, "%s", long_text), ==, long_text);
	/* Every length at every distance from a block's end, also of blocks of odd sizes. */
	for (gsize block = 1; block < 80; block++) {
		g_autoptr (RnArena) odd = rn_arena_new (block);
		char *texts[40];
		for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
			texts[i] = rn_arena_printf (odd, "%.*s", (int) i, long_text);
		for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
			g_assert_true (strlen (texts[i]) == i && strspn (texts[i], "x") == i);
	}
}

/* Used again for page after page, it does not grow. */
static void test_reset (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	rn_arena_reset (arena);
	gsize most = 0;
	for (guint page = 0; page < 200; page++) {
		for (guint i = 0; i < 1000; i++)
			rn_arena_alloc (arena, 40);
		most = page == 5 ? rn_arena_size (arena) : most;
		rn_arena_reset (arena);
	}
	g_assert_cmpuint (rn_arena_size (arena), <=, most);
	rn_arena_free (NULL);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/arena/property", test_property);
	g_test_add_func ("/arena/strings", test_strings);
	g_test_add_func ("/arena/reset", test_reset);
	return g_test_run ();
}
