/*
 * hooks_fence.c - fenced blocks that plugins make.
 *
 * In: ```name arguments, with a body. Out: Markdown or a tree of nodes in its place. Invariant: called while a page is parsed, in its worker's own
 * host; a block that fails is told at its line of the page, and the page goes on without it.
 */
#include "script/hooks_tree-int.h"

#include <string.h>

/* One word, or a text in quotes, at *P. Pushes it. */
static void push_word (lua_State *L, const char **p)
{
	const char *at = *p;
	if (*at == '"' || *at == '\'') {
		const char *close = strchr (at + 1, *at);
		gsize len = close != NULL ? (gsize) (close - at - 1) : strlen (at + 1);
		lua_pushlstring (L, at + 1, len);
		*p = at + 1 + len + (close != NULL);
		return;
	}
	gsize len = strcspn (at, " \t\r\n");
	lua_pushlstring (L, at, len);
	*p = at + len;
}

/* city=Moscow title="two words" word: named ones by their name, others as a list. */
static void push_arguments (lua_State *L, const char *p)
{
	lua_Integer n = 0;
	lua_newtable (L);
	for (;;) {
		p += strspn (p, " \t\r\n");
		if (*p == '\0')
			return;
		gsize name = 0;
		while (g_ascii_isalnum (p[name]) || p[name] == '_' || p[name] == '-')
			name++;
		if (name > 0 && p[name] == '=') {
			lua_pushlstring (L, p, name);
			p += name + 1;
			push_word (L, &p);
			lua_rawset (L, -3);
		} else {
			push_word (L, &p);
			lua_rawseti (L, -2, ++n);
		}
	}
}

typedef struct { RnHost *host; const RnFence *fence; const RnBlock *block; RnFenceMade *made; RnFenceResult kind; } Task;

static int run_block (lua_State *L)
{
	Task *task = lua_touserdata (L, lua_upvalueindex (1));
	size_t len;
	lua_rawgeti (L, LUA_REGISTRYINDEX, task->block->function);
	push_arguments (L, task->fence->arguments != NULL ? task->fence->arguments : "");
	lua_pushstring (L, task->fence->body != NULL ? task->fence->body : "");
	rn_push_page (L, task->fence->page);
	lua_call (L, 3, 1);
	switch (lua_type (L, -1)) {
	case LUA_TNIL:
		task->kind = RN_FENCE_UNKNOWN;
		return 0;
	case LUA_TTABLE: {
		RnBlockTree tree = { L, task->host, task->block->plugin, task->fence, task->made, 0, 0 };
		task->kind = RN_FENCE_NODES;
		rn_block_tree_read (&tree, lua_gettop (L));
		return 0;
	}
	case LUA_TSTRING:
		break;
	default:
		return luaL_error (L, "a block returns Markdown as a text, a node, a list of these or nil, not a %s", luaL_typename (L, -1));
	}
	const char *text = rn_check_text (L, -1, &len, "what the block returned");
	g_string_append_len (task->made->text, text, (gssize) len);
	task->kind = RN_FENCE_MARKDOWN;
	return 0;
}

/* The message is on the stack. */
static void tell (RnHost *host, const RnFence *fence, const RnBlock *block, RnStop stop)
{
	g_autofree char *from = block->line > 0 ? g_strdup_printf ("'%s' (plugins/%s/init.lua:%u)", block->plugin->name, block->plugin->name, block->line) :
		g_strdup_printf ("'%s'", block->plugin->name);
	const char *const args[] = { fence->name, lua_tostring (host->box.L, -1), from, NULL };
	rn_plugin_failed (host, block->plugin, fence->page, stop, RN_D_BLOCK_FAILED, rn_fence_place (fence), args);
}

/* FALSE: it failed, and the message is on the stack. */
static gboolean call (RnHost *host, Task *task, RnStop *stop)
{
	lua_State *L = host->box.L;
	const RnFence *fence = task->fence;
	host->calls++;
	*stop = RN_STOP_NONE;
	/* Inside markdown() of a layout the page is being made already. */
	gboolean fine = host->render != NULL || fence->page == NULL || rn_host_enter (host, fence->page, stop);
	if (fine) {
		lua_pushlightuserdata (L, task);
		lua_pushcclosure (L, run_block, 1);
		fine = rn_plugin_call (host, task->block->plugin, 0, 0, stop);
	}
	return fine;
}

RnFenceResult rn_host_fence (gpointer user, const RnFence *fence, RnFenceMade *made)
{
	RnHost *host = user;
	const RnFenceMade before = *made;
	const guint uses = made->uses != NULL ? made->uses->len : 0;
	RnStop stop;
	for (;;) {
		/* Anew each time: a new state has its own. */
		const RnBlock *block = g_hash_table_lookup (host->blocks, fence->name);
		if (block == NULL)
			return RN_FENCE_UNKNOWN;
		if (rn_plugin_silent (host, block->plugin, fence->page))
			return RN_FENCE_FAILED;
		Task task = { host, fence, block, made, RN_FENCE_FAILED };
		if (call (host, &task, &stop))
			return task.kind;
		*made = before;
		g_string_truncate (made->text, 0);
		if (made->uses != NULL)
			g_ptr_array_set_size (made->uses, (int) uses);
		if (!rn_host_again (host, stop))
			tell (host, fence, block, stop);
		lua_pop (host->box.L, 1);
		if (!rn_host_renew (host, stop))
			return RN_FENCE_FAILED;
	}
}

void rn_put_block (lua_State *L, RnHost *host, RnPlugin *plugin, const char *name)
{
	rn_plugin_put (L, host->blocks, plugin, "block", name);
}
