/*
 * sandbox_trace.c - where an error happened, and how it came there.
 *
 * In: the stack of a script that fails. Out: its message, with the place before it and the callers behind it, on one line. Invariant: only places of layouts and plugins are named, none of
 * the host's own functions; however deep the stack is, a few dozen of its levels are looked at.
 */
#include "script/sandbox-int.h"

#include <stdarg.h>
#include <string.h>

/* Of all levels the first and the last are looked at; of what is found there the first and the last are said. */
enum { TOP = 48, BOTTOM = 24, SAID_FIRST = 6, SAID_LAST = 3 };

typedef struct { const char *source, *name; int line; } Caller;                  /* all Lua's own; name: as its caller called the function, NULL: it has none */
typedef struct { Caller list[TOP + BOTTOM]; guint n, gap; } Callers;             /* gap: before which others were not looked at; 0: none */
typedef struct { char bytes[2048]; gsize len; } Text;                            /* on the stack: an error may leave any line here */

/* "layouts/page.html:12" of a level; FALSE: it is none of Lua's. */
static gboolean place_of (lua_State *L, lua_Debug *frame, char *place, gsize size)
{
	lua_getinfo (L, "Sl", frame);
	if (frame->currentline <= 0)
		return FALSE;
	g_snprintf (place, size, "%s:%d", frame->source + (*frame->source == '@'), frame->currentline);
	return TRUE;
}

void rn_sandbox_push_where (lua_State *L)
{
	lua_Debug frame;
	char place[300];
	for (int level = 0; level < TOP && lua_getstack (L, level, &frame); level++)
		if (place_of (L, &frame, place, sizeof place)) {
			lua_pushfstring (L, "%s: ", place);
			return;
		}
	lua_pushliteral (L, "");
}

void rn_sandbox_note_where (lua_State *L, char *place, gsize size)
{
	lua_Debug frame;
	for (int level = 0; level < TOP && lua_getstack (L, level, &frame); level++)
		if (place_of (L, &frame, place, size))
			return;
}

gboolean rn_sandbox_has_place (const char *message)
{
	const char *colon = message + strcspn (message, ": ");
	return colon > message && *colon == ':' && g_ascii_isdigit (colon[1]) && colon[1 + strspn (colon + 1, "0123456789")] == ':';
}

/* Pushes the message with its place. Lua shortens long file names: the message begins with the whole one instead. */
static void push_with_place (lua_State *L, const char *message)
{
	const RnSandbox *box = rn_sandbox_of (L);
	lua_Debug frame;
	for (int level = 1; level < TOP && lua_getstack (L, level, &frame); level++) {
		lua_getinfo (L, "Sl", &frame);
		gsize len = strlen (frame.short_src);
		if (frame.currentline > 0 && strncmp (message, frame.short_src, len) == 0 && message[len] == ':') {
			lua_pushfstring (L, "%s%s", frame.source + (*frame.source == '@'), message + len);
			return;
		}
	}
	if (rn_sandbox_has_place (message)) {
		lua_pushstring (L, message);
		return;
	}
	if (rn_sandbox_out_of_memory (L, LUA_ERRRUN) && *box->refused != '\0')
		lua_pushfstring (L, "%s: ", box->refused);
	else
		rn_sandbox_push_where (L);
	lua_pushstring (L, message);
	lua_concat (L, 2);
}

static void collect (lua_State *L, int from, int to, Callers *callers)
{
	lua_Debug frame;
	for (int level = from; level < to && lua_getstack (L, level, &frame); level++) {
		lua_getinfo (L, "Sln", &frame);
		if (frame.currentline <= 0)
			continue;
		const gboolean named = frame.name != NULL && (g_ascii_isalpha (*frame.name) || *frame.name == '_') && strchr (frame.name, ' ') == NULL;
		const Caller caller = { frame.source + (*frame.source == '@'), named ? frame.name : NULL, frame.currentline };
		const Caller *last = callers->n > 0 ? &callers->list[callers->n - 1] : NULL;
		/* A function that calls itself again and again is said once. */
		if (last == NULL || last->line != caller.line || strcmp (last->source, caller.source) != 0 || g_strcmp0 (last->name, caller.name) != 0)
			callers->list[callers->n++] = caller;
	}
}

/* How many levels there are. */
static int depth_of (lua_State *L)
{
	lua_Debug frame;
	int known = 0, beyond = 1;
	while (lua_getstack (L, beyond, &frame)) {
		known = beyond;
		beyond *= 2;
	}
	while (beyond - known > 1) {
		const int middle = known + (beyond - known) / 2;
		if (lua_getstack (L, middle, &frame))
			known = middle;
		else
			beyond = middle;
	}
	return beyond;
}

G_GNUC_PRINTF (2, 3)
static void append (Text *text, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	int len = g_vsnprintf (text->bytes + text->len, sizeof text->bytes - text->len, format, args);
	va_end (args);
	text->len = MIN (text->len + (gsize) MAX (len, 0), sizeof text->bytes - 1);
}

/* Of the function that MESSAGE names the place of only its name is said. */
static void say (const Callers *callers, const char *message, Text *text)
{
	char place[300];
	guint from = 0, said = 0;
	if (callers->n > 0) {
		g_snprintf (place, sizeof place, "%s:%d:", callers->list[0].source, callers->list[0].line);
		from = g_str_has_prefix (message, place);
	}
	if (from > 0 && callers->list[0].name != NULL)
		append (text, " (in %s", callers->list[0].name);
	const guint n = callers->n - from;
	for (guint i = 0; i < n; i++) {
		const Caller *caller = &callers->list[from + i];
		const gboolean skipped = n > SAID_FIRST + SAID_LAST && i >= SAID_FIRST && i < n - SAID_LAST;
		if (skipped && i > SAID_FIRST)
			continue;
		append (text, "%s%s", text->len == 0 ? " (" : ", ", said++ == 0 ? "from " : "");
		if (skipped || (callers->gap > 0 && from + i == callers->gap))
			append (text, "…%s", skipped ? "" : ", ");
		if (!skipped)
			append (text, "%s:%d%s%s", caller->source, caller->line, caller->name != NULL ? " in " : "", caller->name != NULL ? caller->name : "");
	}
	if (text->len > 0)
		append (text, ")");
}

int rn_sandbox_describe (lua_State *L)
{
	if (lua_type (L, 1) != LUA_TSTRING && !lua_isnumber (L, 1)) {
		if (!luaL_callmeta (L, 1, "__tostring") || lua_type (L, -1) != LUA_TSTRING)
			lua_pushfstring (L, "the error is a %s, not a text", luaL_typename (L, 1));
		lua_replace (L, 1);
	}
	lua_settop (L, 1);
	push_with_place (L, lua_tostring (L, 1));
	const int depth = depth_of (L);
	Callers callers = { .n = 0, .gap = 0 };
	collect (L, 1, MIN (depth, TOP), &callers);
	if (depth > TOP + BOTTOM)
		callers.gap = callers.n;
	/* The outermost ones are the layout or the hook that began it. */
	collect (L, MAX (depth - BOTTOM, TOP), depth, &callers);
	Text text = { .len = 0 };
	say (&callers, lua_tostring (L, -1), &text);
	lua_pushstring (L, text.bytes);
	lua_concat (L, 2);
	return 1;
}
