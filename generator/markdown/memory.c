/* memory.c - a chain of blocks, newest first; the last object given out can grow in place or be taken back. */
#include "markdown/memory-int.h"

#include <string.h>

#define FIRST_BLOCK ((gsize) 256 << 10)
#define KEPT ((gsize) 4 << 20)
#define HEAD 16 /* the object's size stands before it, and keeps it aligned */

typedef struct Block Block;
struct Block {
	Block *older;
	gsize size, used;
	_Alignas (16) char bytes[];
};

struct RnMemory {
	Block *newest;
	gsize left;
	jmp_buf *escape;
};

static _Thread_local RnMemory *current;

RnMemory *rn_memory_new (void)
{
	return g_new0 (RnMemory, 1);
}

static void free_chain (Block *block)
{
	while (block) {
		Block *older = block->older;
		g_free (block);
		block = older;
	}
}

void rn_memory_free (RnMemory *memory)
{
	if (!memory)
		return;
	free_chain (memory->newest);
	g_free (memory);
}

void rn_memory_reset (RnMemory *memory)
{
	Block *newest = memory->newest;
	if (!newest)
		return;
	free_chain (newest->older);
	newest->older = NULL;
	newest->used = 0;
	if (newest->size > KEPT) {
		g_free (newest);
		memory->newest = NULL;
	}
}

void rn_memory_enter (RnMemory *memory, gsize budget, jmp_buf *escape)
{
	memory->left = budget;
	memory->escape = escape;
	current = memory;
}

void rn_memory_leave (RnMemory *around)
{
	current = around;
}

RnMemory *rn_memory_current (void)
{
	return current;
}

void rn_memory_relax (void)
{
	current->left = G_MAXSIZE / 2;
	current->escape = NULL;
}

static Block *block_new (RnMemory *memory, gsize need)
{
	gsize size = memory->newest ? memory->newest->size * 2 : FIRST_BLOCK;
	size = MAX (MIN (size, (gsize) 16 << 20), need);
	Block *block = g_malloc (sizeof (Block) + size);
	block->older = memory->newest;
	block->size = size;
	block->used = 0;
	memory->newest = block;
	return block;
}

static void *take (gsize size)
{
	RnMemory *memory = current;
	gsize need = HEAD + ((size + 15) & ~(gsize) 15);
	if (G_UNLIKELY (size > memory->left || need > memory->left))
		longjmp (*memory->escape, 1);
	memory->left -= need;
	Block *block = memory->newest;
	if (G_UNLIKELY (!block || block->size - block->used < need))
		block = block_new (memory, need);
	char *at = block->bytes + block->used;
	block->used += need;
	*(gsize *) (void *) at = size;
	return at + HEAD;
}

static gsize *size_of (void *object)
{
	return (gsize *) (void *) ((char *) object - HEAD);
}

static gboolean is_last (const Block *block, char *object)
{
	return object + ((*size_of (object) + 15) & ~(gsize) 15) == block->bytes + block->used;
}

static void *memory_calloc (size_t n, size_t size)
{
	return memset (take (n * size), 0, n * size);
}

static void *memory_realloc (void *object, size_t size)
{
	if (!object)
		return take (size);
	gsize had = *size_of (object);
	if (had >= size)
		return object;
	Block *block = current->newest;
	gsize more = ((size + 15) & ~(gsize) 15) - ((had + 15) & ~(gsize) 15);
	if (is_last (block, object) && block->size - block->used >= more && more <= current->left) {
		block->used += more;
		current->left -= more;
		*size_of (object) = size;
		return object;
	}
	return memcpy (take (size), object, had);
}

static void memory_free (void *object)
{
	Block *block = current->newest;
	if (object && is_last (block, object)) {
		gsize need = HEAD + ((*size_of (object) + 15) & ~(gsize) 15);
		block->used -= need;
		current->left += need;
	}
}

cmark_mem rn_memory_allocator = { memory_calloc, memory_realloc, memory_free };
