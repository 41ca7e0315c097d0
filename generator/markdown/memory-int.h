/*
 * memory-int.h - the memory of one cmark parse: a bump arena behind cmark_mem, forgotten as a whole.
 *
 * cmark_mem has no user data, so the arena that a parse uses is the thread's current one. A parse may not take more than its
 * budget: what a body of some bytes can sensibly need is known, and an input made to explode is stopped by a jump out of cmark
 * (nothing but this arena is held at that moment).
 */
#ifndef RN_MARKDOWN_MEMORY_INT_H
#define RN_MARKDOWN_MEMORY_INT_H

#include <cmark-gfm.h>
#include <glib.h>
#include <setjmp.h>

typedef struct RnMemory RnMemory;

RnMemory *rn_memory_new (void);
void      rn_memory_free (RnMemory *memory);

/* Forgets everything; memory beyond a page's usual need goes back to the system. */
void      rn_memory_reset (RnMemory *memory);

/* Makes MEMORY the thread's, with room for BUDGET more bytes; beyond, control goes to ESCAPE. rn_memory_leave takes it off again and makes the one around it (NULL: none) the thread's. */
void      rn_memory_enter (RnMemory *memory, gsize budget, jmp_buf *escape);
void      rn_memory_leave (RnMemory *around);
RnMemory *rn_memory_current (void);
/* Takes the budget away: the parse is over, and its tree is walked. */
void      rn_memory_relax (void);

extern cmark_mem rn_memory_allocator;

#endif
