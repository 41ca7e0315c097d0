/*
 * sandbox.c - a Lua state under a budget.
 *
 * In: limits. Out: calls that end, with their results or with a message. Invariant: once a budget is used up no script runs on: every hook, every
 * charge and every pcall raises the same error again until the outermost call has returned.
 */
#include "script/sandbox-int.h"

#include <string.h>
#include <time.h>

/* Instructions between two looks at the budget. */
#define TICK 1000
#define TIME_LIMIT (20 * G_USEC_PER_SEC)

/*
 * Nothing else tells where it was: an error of memory unwinds the stack before anyone hears of it. While the stack itself is moved it cannot be looked at, and a block that grows may be
 * the stack; but for anything else Lua asks once more, after it has collected.
 */
static void refuse (RnSandbox *box, const void *old, gsize size)
{
	if (old == NULL || (box->asked_size == size && box->asked == old))
		rn_sandbox_note_where (box->L, box->refused, sizeof box->refused);
	box->asked = old;
	box->asked_size = size;
}

static void *allocate (void *user, void *old, size_t old_size, size_t size)
{
	RnSandbox *box = user;
	if (old == NULL)
		old_size = 0;
	if (size == 0) {
		box->memory -= old_size;
		return rn_slabs_resize (box->slabs, old, old_size, 0);
	}
	if (size > old_size) {
		gsize more = size - old_size;
		/*
		 * No single block takes a quarter: comparing or copying it would be one instruction that lasts. Between calls it is the host that asks, for little, and nobody would catch the error: a
		 * script that keeps what it was given must not leave it without.
		 */
		if (box->depth > 0 && (more > box->call_limit - MIN (box->memory, box->call_limit) || size > box->call_limit / 4)) {
			refuse (box, old, size);
			return NULL;
		}
		if (size > 512)
			box->fuel -= (gint64) (size >> 5);
	}
	void *block = rn_slabs_resize (box->slabs, old, old_size, size);
	if (block == NULL && size <= old_size)
		return old;
	if (block != NULL)
		box->memory += size - old_size;
	return block;
}

/* What the running call may use. */
static guint64 granted (const RnSandbox *box)
{
	return box->call_instructions != 0 ? box->call_instructions : box->instructions;
}

static void push_short_of_memory (lua_State *L)
{
	const RnSandbox *box = rn_sandbox_of (L);
	lua_pushfstring (L, "it was stopped: it needs more than %d MiB of memory", (int) ((box->call_memory != 0 ? box->call_memory : box->memory_limit) >> 20));
}

static gint64 processor_time (void)
{
	struct timespec now;
	clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
	return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

int rn_sandbox_stop (lua_State *L, RnStop why)
{
	RnSandbox *box = rn_sandbox_of (L);
	box->stop = why;
	rn_sandbox_push_where (L);
	switch (why) {
	case RN_STOP_MEMORY:
		push_short_of_memory (L);
		break;
	case RN_STOP_OUTPUT:
		lua_pushliteral (L, "it was stopped: what it prints does not end");
		break;
	case RN_STOP_TIME:
		lua_pushfstring (L, "it was stopped: it ran for more than %d seconds", (int) (TIME_LIMIT / G_USEC_PER_SEC));
		break;
	default:
		lua_pushfstring (L, "it was stopped after %I instructions: a loop does not end, or there is too much to do", (LUAI_UACINT) granted (box));
	}
	lua_concat (L, 2);
	return lua_error (L);
}

static void tick (lua_State *L, lua_Debug *activation)
{
	(void) activation;
	RnSandbox *box = rn_sandbox_of (L);
	box->fuel -= TICK;
	if (box->stop != RN_STOP_NONE)
		rn_sandbox_stop (L, box->stop);
	if (box->fuel < 0)
		rn_sandbox_stop (L, RN_STOP_INSTRUCTIONS);
	if (++box->ticks % 16 != 0)
		return;
	if (box->deadline == 0)
		box->deadline = processor_time () + TIME_LIMIT;
	else if (processor_time () > box->deadline)
		rn_sandbox_stop (L, RN_STOP_TIME);
}

void rn_sandbox_spend (lua_State *L, guint64 cost)
{
	RnSandbox *box = rn_sandbox_of (L);
	box->fuel -= (gint64) MIN (cost, (guint64) 1 << 60);
	if (box->fuel < 0)
		rn_sandbox_stop (L, RN_STOP_INSTRUCTIONS);
}

void rn_sandbox_watch (lua_State *L)
{
	if (lua_gethook (L) == NULL)
		lua_sethook (L, tick, LUA_MASKCOUNT, TICK);
}

gboolean rn_sandbox_open (RnSandbox *box)
{
	box->call_limit = box->memory_limit;
	box->slabs = rn_slabs_new ();
	box->L = lua_newstate (allocate, box);
	if (box->L == NULL) {
		g_clear_pointer (&box->slabs, rn_slabs_free);
		return FALSE;
	}
	*(RnSandbox **) lua_getextraspace (box->L) = box;
	lua_gc (box->L, LUA_GCGEN, 0, 0);
	return TRUE;
}

void rn_sandbox_close (RnSandbox *box)
{
	if (box->L != NULL)
		lua_close (box->L);
	box->L = NULL;
	g_clear_pointer (&box->slabs, rn_slabs_free);
}

#define NO_MEMORY "not enough memory"

gboolean rn_sandbox_out_of_memory (lua_State *L, int status)
{
	/* The second is Lua's string buffer, whose error comes with a place before it. */
	return status == LUA_ERRMEM || (status != LUA_OK && lua_type (L, -1) == LUA_TSTRING && strstr (lua_tostring (L, -1), NO_MEMORY) != NULL);
}

/* The message on the stack is Lua's own: ours instead, with what stands before and behind it. */
static void tell_of_memory (lua_State *L)
{
	const char *message = lua_tostring (L, -1), *words = strstr (message, NO_MEMORY), *refused = rn_sandbox_of (L)->refused;
	if (words == message && *refused != '\0')
		lua_pushfstring (L, "%s: ", refused);
	else
		lua_pushlstring (L, message, (size_t) (words - message));
	push_short_of_memory (L);
	lua_pushstring (L, words + strlen (NO_MEMORY));
	lua_concat (L, 3);
	lua_remove (L, -2);
}

gboolean rn_sandbox_call (RnSandbox *box, int nargs, int nresults, RnStop *stop)
{
	lua_State *L = box->L;
	gconstpointer owner = box->owner;
	if (box->depth++ == 0) {
		box->fuel = (gint64) granted (box);
		const gsize limit = box->memory_limit + box->loaded + (box->guest ? 0 : box->beside);
		box->call_limit = box->call_memory != 0 ? MIN (limit, box->memory + box->call_memory) : limit;
		box->deadline = box->ticks = 0;
		box->stop = RN_STOP_NONE;
		box->asked = NULL;
		box->asked_size = 0;
		*box->refused = '\0';
		if (!box->bounded)
			rn_sandbox_watch (L);
	}
	int base = lua_gettop (L) - nargs;
	lua_pushcfunction (L, rn_sandbox_describe);
	lua_insert (L, base);
	int status = lua_pcall (L, nargs, nresults, base);
	lua_remove (L, base);
	box->owner = owner;
	const gboolean out_of_memory = rn_sandbox_out_of_memory (L, status);
	if (out_of_memory)
		box->stop = RN_STOP_MEMORY;
	*stop = box->stop;
	box->depth--;
	if (out_of_memory) {
		lua_gc (L, LUA_GCCOLLECT);
		tell_of_memory (L);
	}
	if (box->depth == 0) {
		box->bounded = box->guest = FALSE;
		box->call_instructions = box->call_memory = 0;
		box->call_limit = box->memory_limit;
		lua_sethook (L, NULL, 0, 0);
	}
	return status == LUA_OK;
}

static int refuse_write (lua_State *L)
{
	if (lua_type (L, 2) == LUA_TSTRING)
		return luaL_error (L, "'%s' cannot be set: %s is read-only (write 'local %s = …')", lua_tostring (L, 2),
		                   lua_tostring (L, lua_upvalueindex (1)), lua_tostring (L, 2));
	return luaL_error (L, "%s is read-only", lua_tostring (L, lua_upvalueindex (1)));
}

void rn_sandbox_read_only (lua_State *L, const char *name)
{
	lua_newtable (L);
	lua_createtable (L, 0, 3);
	lua_pushvalue (L, -3);
	lua_setfield (L, -2, "__index");
	lua_pushstring (L, name);
	lua_pushcclosure (L, refuse_write, 1);
	lua_setfield (L, -2, "__newindex");
	lua_pushboolean (L, FALSE);
	lua_setfield (L, -2, "__metatable");
	lua_setmetatable (L, -2);
	lua_remove (L, -2);
}

void rn_sandbox_push_library (lua_State *L)
{
	lua_createtable (L, 0, 64);
	rn_sandbox_add_base (L);
	rn_sandbox_add_string (L);
	rn_sandbox_add_table (L);
}
