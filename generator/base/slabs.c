/* slabs.c - slabs of 16 KiB, each at a multiple of that, so that a block's address tells its slab; sixteen of them come from the system at once. */
#include "base/slabs.h"

#include <stdlib.h>
#include <string.h>

#define SLAB ((gsize) 16 << 10)
#define AREA (16 * SLAB)
#define STEP 16                    /* between two sizes, and what blocks are aligned to */
#define CLASSES 16                 /* up to 256 bytes */
#define SMALL (STEP * CLASSES)

typedef struct Slab Slab;
struct Slab {
	Slab   *next, *before;         /* of those of its size that have room, or of the empty ones */
	void   *freed;                 /* the first of its blocks that were given back; each holds the next */
	guint32 size, used;            /* bytes of a block; how many are given out */
	guint32 end;                   /* what lies behind that was never given out */
};

struct RnSlabs {
	Slab      *open[CLASSES];      /* with room, by size */
	Slab      *empty;
	GPtrArray *areas;
};

#define FIRST ((guint32) ((sizeof (Slab) + STEP - 1) / STEP * STEP))

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
static gboolean small (gsize size) { return (void) size, FALSE; }
#else
static gboolean small (gsize size) { return size <= SMALL; }
#endif

RnSlabs *rn_slabs_new (void)
{
	RnSlabs *slabs = g_new0 (RnSlabs, 1);
	slabs->areas = g_ptr_array_new_with_free_func (free);
	return slabs;
}

void rn_slabs_free (RnSlabs *slabs)
{
	if (!slabs)
		return;
	g_ptr_array_unref (slabs->areas);
	g_free (slabs);
}

gsize rn_slabs_size (const RnSlabs *slabs)
{
	return slabs->areas->len * AREA;
}

static void put_in (Slab **list, Slab *slab)
{
	slab->before = NULL;
	slab->next = *list;
	if (slab->next)
		slab->next->before = slab;
	*list = slab;
}

static void take_out (Slab **list, Slab *slab)
{
	*(slab->before ? &slab->before->next : list) = slab->next;
	if (slab->next)
		slab->next->before = slab->before;
}

static gboolean more_slabs (RnSlabs *slabs)
{
	char *area = aligned_alloc (SLAB, AREA);
	if (!area)
		return FALSE;
	g_ptr_array_add (slabs->areas, area);
	for (gsize at = AREA; at; at -= SLAB)
		put_in (&slabs->empty, (Slab *) (gpointer) (area + at - SLAB));
	return TRUE;
}

static guint class_of (gsize size)
{
	return (guint) ((size - 1) / STEP);
}

/* An empty slab made one for blocks of CLASS. NULL: the system has no more. */
static Slab *open_slab (RnSlabs *slabs, guint class)
{
	Slab *slab = slabs->empty;
	if (!slab && !more_slabs (slabs))
		return NULL;
	slab = slabs->empty;
	take_out (&slabs->empty, slab);
	slab->freed = NULL;
	slab->used = 0;
	slab->size = (class + 1) * STEP;
	slab->end = FIRST;
	put_in (&slabs->open[class], slab);
	return slab;
}

static gboolean full (const Slab *slab)
{
	return !slab->freed && slab->end + slab->size > SLAB;
}

static gpointer give (RnSlabs *slabs, gsize size)
{
	const guint class = class_of (size);
	Slab *slab = slabs->open[class];
	if (G_UNLIKELY (!slab) && !(slab = open_slab (slabs, class)))
		return NULL;
	void *block = slab->freed;
	if (block)
		memcpy (&slab->freed, block, sizeof slab->freed);
	else
		block = (char *) slab + slab->end, slab->end += slab->size;
	slab->used++;
	if (full (slab))
		take_out (&slabs->open[class], slab);
	return block;
}

static void take_back (RnSlabs *slabs, gpointer block)
{
	Slab *slab = (Slab *) ((guintptr) block & ~(guintptr) (SLAB - 1));
	Slab **open = &slabs->open[class_of (slab->size)];
	if (full (slab))
		put_in (open, slab);
	memcpy (block, &slab->freed, sizeof slab->freed);
	slab->freed = block;
	/* The last one with room stays: the next block may well be of that size. */
	if (!--slab->used && (slab->next || slab->before)) {
		take_out (open, slab);
		put_in (&slabs->empty, slab);
	}
}

gpointer rn_slabs_resize (RnSlabs *slabs, gpointer old, gsize old_size, gsize size)
{
	const gboolean was_small = old && small (old_size);
	if (!was_small && (!size || !small (size))) {
		if (size)
			return g_try_realloc (old, size);
		g_free (old);
		return NULL;
	}
	if (was_small && size && small (size) && class_of (size) == class_of (old_size))
		return old;
	gpointer block = !size ? NULL : small (size) ? give (slabs, size) : g_try_malloc (size);
	if (size && !block)
		return NULL;
	if (block && old)
		memcpy (block, old, MIN (old_size, size));
	if (was_small)
		take_back (slabs, old);
	else
		g_free (old);
	return block;
}
