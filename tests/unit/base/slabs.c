/* slabs.c - blocks keep what is written in them until they are given back, lie apart, and what is held follows what is in use. */
#include "base/slabs.h"

#include <string.h>

typedef struct { guint8 *block; gsize size; guint8 byte; } Held;

static void sound (const Held *held)
{
	for (gsize i = 0; i < held->size; i++)
		g_assert_cmpuint (held->block[i], ==, held->byte);
}

static void resize (RnSlabs *slabs, Held *held, gsize size)
{
	const gsize kept = MIN (held->size, size);
	held->block = rn_slabs_resize (slabs, held->block, held->size, size);
	g_assert_true (!size == !held->block);
	g_assert_cmpuint ((guintptr) held->block % 16, ==, 0);
	for (gsize i = 0; i < kept; i++)
		g_assert_cmpuint (held->block[i], ==, held->byte);
	held->size = size;
	if (size)
		memset (held->block, ++held->byte, size);
}

/* Blocks of all sizes come, grow, shrink and go by chance. */
static void by_chance (void)
{
	g_autoptr (RnSlabs) slabs = rn_slabs_new ();
	Held held[3000] = { 0 };
	for (guint round = 0; round < 200000; round++) {
		Held *one = &held[g_test_rand_int_range (0, G_N_ELEMENTS (held))];
		resize (slabs, one, g_test_rand_int_range (0, 3) ? (gsize) g_test_rand_int_range (0, round % 20 ? 300 : 3000) : 0);
	}
	for (guint i = 0; i < G_N_ELEMENTS (held); i++)
		sound (&held[i]);
	for (guint i = 0; i < G_N_ELEMENTS (held); i++)
		resize (slabs, &held[i], 0);
}

/* A million bytes in blocks of one size, and then, when they went, of the next. */
static void other_sizes (void)
{
	g_autoptr (RnSlabs) slabs = rn_slabs_new ();
	g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
	gsize most = 0;
	for (gsize size = 1; size <= 256; size += 5) {
		for (gsize n = 0; n < (1 << 20) / size; n++)
			g_ptr_array_add (blocks, rn_slabs_resize (slabs, NULL, 0, size));
		while (blocks->len)
			g_assert_null (rn_slabs_resize (slabs, g_ptr_array_steal_index_fast (blocks, (guint) g_test_rand_int_range (0, (gint) blocks->len)), size, 0));
		if (size == 11)
			most = rn_slabs_size (slabs);
	}
	/* Of 1 to 11 bytes all take 16; the sizes after that find their room in the same slabs, but for one of each that stays open. */
	g_assert_cmpuint (rn_slabs_size (slabs), <=, most + (1 << 18));
}

/* The block that was given back last is the next one; one that fits where it lies stays there. */
static void in_place (void)
{
	g_autoptr (RnSlabs) slabs = rn_slabs_new ();
	void *block = rn_slabs_resize (slabs, NULL, 0, 33), *large = rn_slabs_resize (slabs, NULL, 0, 5000);
	memset (large, 'x', 5000);
	if (rn_slabs_size (slabs)) {   /* not behind the sanitizers */
		g_assert_true (rn_slabs_resize (slabs, block, 33, 48) == block);
		g_assert_null (rn_slabs_resize (slabs, block, 48, 0));
		g_assert_true (rn_slabs_resize (slabs, NULL, 0, 40) == block);
	}
	char *less = rn_slabs_resize (slabs, large, 5000, 20);
	for (gsize i = 0; i < 20; i++)
		g_assert_cmpint (less[i], ==, 'x');
	rn_slabs_resize (slabs, less, 20, 0);
	rn_slabs_resize (slabs, block, 40, 0);
	rn_slabs_free (NULL);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/slabs/by-chance", by_chance);
	g_test_add_func ("/slabs/other-sizes", other_sizes);
	g_test_add_func ("/slabs/in-place", in_place);
	return g_test_run ();
}
