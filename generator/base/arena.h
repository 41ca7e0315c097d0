/*
 * arena.h - many small objects with one lifetime: a page's front matter, a body's tree, a library's strings.
 *
 * Memory comes in blocks and goes all at once; nothing is freed singly. An
 * arena belongs to one thread at a time. Allocation cannot fail (it aborts,
 * as g_malloc does); sizes are bounded by the callers' limits on input.
 */
#ifndef RN_BASE_ARENA_H
#define RN_BASE_ARENA_H

#include <glib.h>

typedef struct RnArena RnArena;

/* block: bytes of the first block, 0 for the default of 16 KiB. */
RnArena *rn_arena_new (gsize block);
void     rn_arena_free (RnArena *arena);

/* Forgets all objects and keeps the memory for the next page. */
void     rn_arena_reset (RnArena *arena);

/* Zeroed, aligned for any object. size 0 gives a valid pointer. */
gpointer rn_arena_alloc (RnArena *arena, gsize size);

/* A NUL-terminated copy of the LEN bytes at TEXT (len < 0: up to its NUL); NULL gives NULL. */
char    *rn_arena_strndup (RnArena *arena, const char *text, gssize len);
char    *rn_arena_printf (RnArena *arena, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Bytes that the arena holds from the system, for the statistics. */
gsize    rn_arena_size (const RnArena *arena);

#define rn_arena_new0(arena, Type) ((Type *) rn_arena_alloc ((arena), sizeof (Type)))
#define rn_arena_newn(arena, Type, n) ((Type *) rn_arena_alloc ((arena), sizeof (Type) * (n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnArena, rn_arena_free)

#endif
