/* arena.c - blocks in a chain, each twice the one before up to a bound; an object larger than a block gets one of its own. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Under AddressSanitizer what lies between two objects, and behind the last one, is nobody's: who touches it is told of. */
#ifdef __has_feature
#if __has_feature (address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define GAP 16
#else
#define GAP 0
#define ASAN_POISON_MEMORY_REGION(at, len) ((void) (at), (void) (len))
#define ASAN_UNPOISON_MEMORY_REGION(at, len) ((void) (at), (void) (len))
#endif

#define ALIGNMENT 16
#define LARGEST_BLOCK ((gsize) 1 << 20)

typedef struct Block Block;
struct Block {
	Block *older;
	gsize size, used;
	_Alignas (ALIGNMENT) char bytes[];
};

struct RnArena {
	Block *newest;
	gsize block, total;
};

static Block *block_new (RnArena *arena, gsize size)
{
	Block *block = g_malloc (sizeof (Block) + size);
	block->older = arena->newest;
	block->size = size;
	block->used = 0;
	arena->newest = block;
	arena->total += size;
	ASAN_POISON_MEMORY_REGION (block->bytes, size);
	return block;
}

RnArena *rn_arena_new (gsize block)
{
	RnArena *arena = g_new0 (RnArena, 1);
	arena->block = block ? block : 16384;
	return arena;
}

static void free_chain (Block *block)
{
	while (block) {
		Block *older = block->older;
		g_free (block);
		block = older;
	}
}

void rn_arena_free (RnArena *arena)
{
	if (!arena)
		return;
	free_chain (arena->newest);
	g_free (arena);
}

void rn_arena_reset (RnArena *arena)
{
	if (!arena->newest)
		return;
	/* The newest block is as large as any ordinary one: keep it alone. */
	free_chain (arena->newest->older);
	arena->newest->older = NULL;
	arena->newest->used = 0;
	ASAN_POISON_MEMORY_REGION (arena->newest->bytes, arena->newest->size);
	arena->total = arena->newest->size;
}

static gpointer take (RnArena *arena, gsize size)
{
	Block *block = arena->newest;
	if (G_UNLIKELY (size > G_MAXSIZE / 2))
		g_error ("an object of %zu bytes was asked of an arena", size);
	gsize need = ((size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1)) + GAP;
	if (G_UNLIKELY (!block || block->size - block->used < need)) {
		if (block && arena->block < LARGEST_BLOCK)
			arena->block *= 2;
		block = block_new (arena, MAX (arena->block, need));
	}
	gpointer at = block->bytes + block->used;
	block->used += need;
	ASAN_UNPOISON_MEMORY_REGION (at, size);
	return at;
}

gpointer rn_arena_alloc (RnArena *arena, gsize size)
{
	return memset (take (arena, size), 0, size);
}

char *rn_arena_strndup (RnArena *arena, const char *text, gssize len)
{
	if (!text)
		return NULL;
	gsize n = len < 0 ? strlen (text) : (gsize) len;
	char *copy = take (arena, n + 1);
	memcpy (copy, text, n);
	copy[n] = 0;
	return copy;
}

char *rn_arena_printf (RnArena *arena, const char *format, ...)
{
	/* Most texts fit into what the block has left, and are formatted once. */
	Block *block = arena->newest;
	gsize room = block ? (block->size - block->used) & ~(gsize) (ALIGNMENT - 1) : 0;
	char nowhere[1], *const tried = room ? block->bytes + block->used : nowhere;
	va_list args;
	ASAN_UNPOISON_MEMORY_REGION (tried, room);
	va_start (args, format);
	gsize size = (gsize) vsnprintf (tried, room, format, args) + 1;   /* NOLINT(clang-analyzer-valist.Uninitialized): begun in the line above */
	va_end (args);
	if (room)
		ASAN_POISON_MEMORY_REGION (tried, room);
	char *text = take (arena, size);
	/* It was too long, or there was no room for the gap behind it. */
	if (text != tried) {
		va_start (args, format);
		vsnprintf (text, size, format, args);   /* NOLINT(clang-analyzer-valist.Uninitialized): begun in the line above */
		va_end (args);
	}
	return text;
}

gsize rn_arena_size (const RnArena *arena)
{
	return arena->total;
}
