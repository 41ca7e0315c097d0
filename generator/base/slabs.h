/*
 * slabs.h - small blocks that come and go by the hundred thousand: what a script's objects lie in.
 *
 * A slab holds blocks of one size and knows how many of them are in use; one that is empty serves any size next, so that what is held follows what is in
 * use (J. Bonwick, "The Slab Allocator", 1994). A set of slabs belongs to one thread at a time. Large blocks are the C library's. Behind the sanitizers
 * all are, as these find what is used after it was freed only there.
 */
#ifndef RN_BASE_SLABS_H
#define RN_BASE_SLABS_H

#include <glib.h>

typedef struct RnSlabs RnSlabs;

RnSlabs *rn_slabs_new (void);
/* With all blocks but the large ones, which must have been freed. NULL: nothing. */
void     rn_slabs_free (RnSlabs *slabs);

/*
 * As realloc: OLD is NULL, or a block of OLD_SIZE bytes of the same slabs, which is freed where SIZE is 0 (NULL is returned). Aligned to 16. The sizes must be those that were asked for.
 * NULL and OLD as it was: the system has no more.
 */
gpointer rn_slabs_resize (RnSlabs *slabs, gpointer old, gsize old_size, gsize size);

/* Bytes that the slabs hold from the system, used or not. */
gsize    rn_slabs_size (const RnSlabs *slabs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSlabs, rn_slabs_free)

#endif
