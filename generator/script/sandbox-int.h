/*
 * sandbox-int.h - the box itself: a Lua state that holds a budget, and what a script finds in it.
 *
 * There are no coroutines, finalizers, weak tables, loaders or addresses: nothing that would let a script outlive its
 * budget, or let what it prints depend on the collector, the clock or the machine. The count hook sees
 * Lua's own instructions; C functions that may work long (patterns, sorting, copying) charge for it with rn_sandbox_spend, and every
 * allocation charges for its bytes.
 */
#ifndef RN_SCRIPT_SANDBOX_INT_H
#define RN_SCRIPT_SANDBOX_INT_H

#include "base/slabs.h"

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

#include <glib.h>

typedef enum { RN_STOP_NONE, RN_STOP_INSTRUCTIONS, RN_STOP_MEMORY, RN_STOP_OUTPUT, RN_STOP_TIME } RnStop;

typedef struct {
	guint64  instructions;   /* a call may use */
	gsize    memory_limit;   /* of all that is held */
	gsize    loaded;         /* what plugins have kept since they were loaded, which takes nothing from any call */
	gsize    beside;         /* what calls that are not a plugin's may hold beyond that, so that no plugin can leave layouts without */
	gboolean guest;          /* set before a call: it is a plugin's */
	guint64  call_instructions; gsize call_memory; /* set before a call: what this one may use, and hold more than is held when it begins; 0: as above */
	gsize    call_limit;     /* of all that is held, while a call runs */
	gsize    memory;         /* held now */
	gint64   fuel;           /* instructions that the running call has left */
	gint64   deadline;       /* of the thread's processor time, microseconds, 0: not yet set; the last resort against what nobody counted */
	guint    ticks;
	gboolean bounded;        /* set before a call: what runs can loop only through functions that charge, so no hook is needed */
	guint    depth;          /* calls inside one another share one budget */
	RnStop   stop;           /* the running call is being stopped: pcall must not catch it */
	gconstpointer owner;     /* whose function is at work, as the host has it; what catches an error puts it back */
	gconstpointer asked; gsize asked_size; char refused[256];   /* the block that was refused last, and where: "plugins/x/init.lua:3", "": not known */
	RnSlabs  *slabs;         /* where all of it lies */
	lua_State *L;
} RnSandbox;

/* Opens BOX (zeroed but for its limits). FALSE: not even the empty state fits its memory. */
gboolean   rn_sandbox_open (RnSandbox *box);
void       rn_sandbox_close (RnSandbox *box);
static inline RnSandbox *rn_sandbox_of (lua_State *L)
{
	return *(RnSandbox **) lua_getextraspace (L);
}

/* Pushes a new table of all that scripts may call. */
void       rn_sandbox_push_library (lua_State *L);
/* The pieces it is made of. */
void       rn_sandbox_add_base (lua_State *L);
void       rn_sandbox_add_string (lua_State *L);
void       rn_sandbox_add_table (lua_State *L);
extern const luaL_Reg rn_pattern_functions[];

/* Charges for COST instructions' worth of work; does not return where the budget is used up. */
void       rn_sandbox_spend (lua_State *L, guint64 cost);
/* Switches the count hook on until the outermost call ends, for code that is not known to be bounded. */
void       rn_sandbox_watch (lua_State *L);
int        rn_sandbox_stop (lua_State *L, RnStop why);

/*
 * Calls the function below its NARGS arguments, as lua_pcall does. FALSE: the message, as rn_sandbox_describe makes it, is on the stack in
 * the results' place, and *STOP tells whether a budget ended it.
 */
gboolean   rn_sandbox_call (RnSandbox *box, int nargs, int nresults, RnStop *stop);

/* sandbox_trace.c: the message handler. The error becomes a text on one line, with its place before it and the callers behind it: "a.lua:3: no table (in price, from a.lua:9 in row, a.lua:20)". */
int        rn_sandbox_describe (lua_State *L);
/* Pushes the place that is at work, of a layout or a plugin, as "a.lua:3: ", or "". */
void       rn_sandbox_push_where (lua_State *L);
/* Does MESSAGE begin with a place of its own, as what was caught and thrown again does? */
gboolean   rn_sandbox_has_place (const char *message);
/* The same place into PLACE without ": ", and without asking Lua for memory; what is there stays where nothing is at work. */
void       rn_sandbox_note_where (lua_State *L, char *place, gsize size);

/* Is it the key under which a table holds its place (values_place.c)? No script sees it. */
gboolean   rn_place_is_key (const void *pointer);

/* Did a protected call end because memory was refused? Its message is on the stack. */
gboolean   rn_sandbox_out_of_memory (lua_State *L, int status);

/* Replaces the table on the stack by a view of it that cannot be written. */
void       rn_sandbox_read_only (lua_State *L, const char *name);

#endif
