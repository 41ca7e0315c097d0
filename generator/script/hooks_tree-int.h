/* hooks_tree-int.h - a block's tree being read, for hooks_tree*.c and hooks_fence.c. */
#ifndef RN_SCRIPT_HOOKS_TREE_INT_H
#define RN_SCRIPT_HOOKS_TREE_INT_H

#include "script/hooks-int.h"

/* Where in the tree we are, from the inside out: a name or, NULL, an index. */
typedef struct RnStep RnStep;
struct RnStep { const RnStep *up; const char *name; lua_Integer index; };

typedef struct {
	lua_State      *L;
	RnHost         *host;
	const RnPlugin *plugin;
	const RnFence  *fence;
	RnFenceMade    *made;        /* its text is a buffer meanwhile */
	guint           nodes, depth;
} RnBlockTree;

/* Where the block stands in its page. */
static inline RnPlace rn_fence_place (const RnFence *fence)
{
	return fence->page != NULL ? rn_page_place (fence->page, fence->line, 1) : RN_PLACE (NULL, fence->line, 1);
}

/* Reads the table at index TABLE, a block's result, into made->nodes, web and uses. What is wrong raises an error that names its place in the tree. */
void rn_block_tree_read (RnBlockTree *tree, int table);

/* --- for the kinds of nodes --------------------------------------------------------------------------------------------------------------- */

/* Raises an error: the place AT, and what is wrong there, as lua_pushfstring takes it. */
G_NORETURN void rn_block_tree_fail (RnBlockTree *tree, const RnStep *at, const char *format, ...);
RnNode *rn_block_tree_add (RnBlockTree *tree, RnNode ***tail, RnNodeType type, const RnStep *at);
/* The node that is the table at index TABLE. */
void    rn_block_tree_node (RnBlockTree *tree, int table, RnNode ***tail, const RnStep *at);

/* Of the value on the stack's top, which stays: a text (a number is as good), borrowed from Lua; the same as a node; the entries of a list. */
const char *rn_block_tree_text (RnBlockTree *tree, const RnStep *at, gsize *len);
RnNode     *rn_block_tree_add_text (RnBlockTree *tree, RnNode ***tail, const RnStep *at);
lua_Integer rn_block_tree_length (RnBlockTree *tree, const RnStep *at);

/* hooks_tree_table.c: a kind of node. */
void rn_block_tree_table (RnBlockTree *tree, int table, RnNode *node, const RnStep *at);

#endif
